// What is wrong with what was written, over the last good page. Folded, it is a chip at the foot of the page, which is
// also where the preview says what it has to say.
import { pressedBeside } from './beside.js';
import { button, make } from './elements.js';
import { elementOf } from './fault.js';
import { remembered } from './memory.js';
import { stepAside } from './foot.js';

const ENDED = 'The preview has ended: this page may be out of date.';
const LONG = 8000; // milliseconds that a sentence stays

const plural = (number, word) => `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;

const counted = ({ faults, all }) => {
  const warnings = faults.filter((fault) => fault.severity === 'warning').length;
  const errors = faults.length - warnings;
  if (all > faults.length || !warnings) return plural(all, 'fault');
  return errors ? `${plural(errors, 'error')} and ${plural(warnings, 'warning')}` : plural(warnings, 'warning');
};

// What each fault is known by: its line may move while somebody writes above it.
const keysOf = (faults) => {
  const alike = new Map();
  return faults.map((fault) => {
    const key = JSON.stringify([fault.severity, fault.code, fault.message, fault.place?.file]);
    alike.set(key, (alike.get(key) ?? 0) + 1);
    return `${key} ${alike.get(key)}`;
  });
};

const folded = remembered('vp-folded', []); // the keys of those that were folded away

const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};

const notes = () => {
  const parts = { said: make('p', 'vp-said'), lost: make('p', 'vp-lost') };
  for (const part of Object.values(parts)) part.setAttribute('role', 'status');
  return parts;
};

const build = (base) => {
  const host = make('div', 'vp-faults');
  host.lang = 'en';
  host.dir = 'ltr';
  const style = make('link');
  style.rel = 'stylesheet';
  style.href = `${base}__preview/faults.css`;
  const ui = { host, style, outer: notes(), inner: notes(), list: make('ol'), title: make('h2'), about: make('p', 'vp-quiet') };
  ui.list.setAttribute('role', 'list'); // some readers forget one that has no numbers
  ui.list.setAttribute('aria-labelledby', 'title');
  ui.list.tabIndex = 0; // so that keys scroll it
  ui.title.id = 'title';
  ui.quiet = make('p', 'vp-hidden');
  ui.quiet.setAttribute('role', 'status');
  ui.chip = button('vp-chip', () => ui.open());
  ui.chip.hidden = true;
  const away = button('vp-button', () => ui.fold(), 'Show the page');
  away.title = 'Esc';
  ui.dialog = make('dialog', '',
    make('div', 'vp-top', make('div', '', ui.title, ui.about), away),
    ui.list,
    ui.inner.said, ui.inner.lost);
  ui.dialog.setAttribute('aria-labelledby', 'title');
  ui.bar = make('section', 'vp-bar', ui.quiet, ui.outer.said, ui.outer.lost, ui.chip);
  ui.bar.setAttribute('aria-label', 'Preview');
  host.attachShadow({ mode: 'open' }).append(style, ui.bar, ui.dialog);
  return ui;
};

export const start = (api) => {
  const ui = build(api.base);
  const { chip, dialog, list } = ui;
  // Before its style is there, it would stand in the page like a part of it.
  ui.host.hidden = true;
  const styled = new Promise((resolve) => {
    for (const event of ['load', 'error']) ui.style.addEventListener(event, resolve, { once: true });
  }).then(() => { ui.host.hidden = false; });
  document.body.append(ui.host);
  stepAside(ui.bar);

  // ---- sentences ----

  let said = '';
  let gone = false;
  let timer;

  // Behind the open dialog nobody would read or hear them.
  const tell = () => {
    for (const place of [ui.outer, ui.inner]) {
      const here = (place === ui.inner) === dialog.open;
      place.said.textContent = here ? said : '';
      place.lost.textContent = here && gone ? ENDED : '';
    }
  };
  const say = (sentence) => {
    said = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => { said = ''; tell(); }, LONG);
    tell();
  };

  // ---- open and folded ----

  let now = { failed: false, faults: [], all: 0 };
  let before = null; // what had the focus, and how the page scrolled, while the dialog is open

  ui.open = () => {
    if (dialog.open) return;
    const { style } = document.documentElement;
    before = { element: focused(), overflow: style.overflow, gutter: style.scrollbarGutter };
    if (innerWidth > document.documentElement.clientWidth) style.scrollbarGutter = 'stable';
    style.overflow = 'hidden'; // the page behind stays where it is
    dialog.showModal();
    list.scrollTop = 0;
    list.classList.add('vp-arrived');
    list.focus({ preventScroll: true });
    tell();
  };
  const shut = () => {
    if (!before) return;
    const { style } = document.documentElement;
    const { element, overflow, gutter } = before;
    before = null;
    dialog.close();
    style.overflow = overflow;
    style.scrollbarGutter = gutter;
    const root = document.documentElement;
    if (root.getAttribute('style') === '') root.removeAttribute('style');
    if (element?.isConnected) element.focus({ preventScroll: true });
    if (dialog.contains(focused())) focused().blur(); // nothing had the focus before
    tell();
  };
  ui.fold = () => {
    if (now.failed) folded.set(keysOf(now.faults));
    shut();
  };
  list.addEventListener('blur', () => list.classList.remove('vp-arrived'));
  pressedBeside(dialog, ui.fold);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    ui.fold();
  });
  dialog.addEventListener('close', () => { if (!dialog.open) ui.fold(); }); // a browser may do it unasked

  // ---- the list ----

  const act = {
    say,
    open: async (place) => say(await api.open(place.file, place.line, place.column)),
    mend: async (fault, control) => {
      if (control.getAttribute('aria-disabled')) return;
      control.setAttribute('aria-disabled', 'true');
      const { file, line, column } = fault.place;
      try {
        say((await api.post('fix', { file, line, column, code: fault.code })).said);
      } catch (error) {
        say(error.message);
      }
      control.removeAttribute('aria-disabled');
    },
  };

  const items = new Map(); // by key: the fault as JSON, and its element

  const itemsOf = (faults) => {
    const whys = new Map(faults.filter((fault) => fault.why).map((fault) => [fault.code, fault.why]));
    const keys = keysOf(faults);
    const next = faults.map((fault, number) => {
      const why = whys.get(fault.code);
      const json = JSON.stringify([{ ...fault, why }]);
      const old = items.get(keys[number]);
      if (old?.json === json) return old;
      const item = elementOf(fault, why, act);
      if (old?.item.querySelector('details')?.open) item.querySelector('details')?.setAttribute('open', '');
      return { json, item };
    });
    items.clear();
    keys.forEach((key, number) => items.set(key, next[number]));
    return next.map(({ item }) => item);
  };

  // The reader stays where they are in the list, also when the fault that they are at is told anew.
  const fill = (faults) => {
    const at = dialog.open ? focused() : null;
    const item = at?.closest('li');
    const key = [...items].find(([, one]) => one.item === item)?.[0];
    const controls = (element) => [...(element?.querySelectorAll('button, summary') ?? [])];
    const index = controls(item).indexOf(at);
    const [scrolled, top] = [list.scrollTop, item?.getBoundingClientRect().top];
    const next = itemsOf(faults);
    if (next.length === list.children.length && next.every((one, number) => one === list.children[number])) return;
    list.replaceChildren(...next);
    if (at && !dialog.contains(focused())) {
      (controls(items.get(key)?.item)[index] ?? list).focus({ preventScroll: true });
    }
    list.scrollTop = scrolled; // an empty list has forgotten it
    const heir = items.get(key)?.item;
    if (heir) list.scrollTop += heir.getBoundingClientRect().top - top;
  };

  const write = () => {
    const { failed, faults, all, site } = now;
    const count = counted(now);
    const last = site === false ? 'there is no good site yet' : 'this is the last good site';
    const about = [];
    if (failed) about.push(site === false ? 'There is no good site yet.' : 'The page behind this is of the last good site.');
    else about.push('A warning stops nothing. It asks for a second look.');
    if (all > faults.length) about.push(`The first ${faults.length} are shown.`);
    ui.title.textContent = count;
    ui.about.textContent = about.join(' ');
    dialog.className = failed ? 'vp-failed' : '';
    chip.className = failed ? 'vp-chip vp-failed' : 'vp-chip';
    chip.textContent = failed ? `${count}: ${last}` : count;
    chip.hidden = !all;
    fill(faults);
  };

  const show = (message) => styled.then(() => {
    const { failed } = now;
    now = message;
    ui.quiet.textContent = failed && !now.failed ? 'The faults are mended.' : '';
    if (!now.failed) folded.set([]);
    if (failed && !now.failed) said = ''; // it was about what is mended
    if (dialog.open && !now.failed && (failed || !now.all)) shut();
    write();
    tell();
    if (now.failed && !dialog.open && keysOf(now.faults).some((key) => !folded.get().includes(key))) ui.open();
  });

  return {
    show,
    say,
    lost: () => { gone = true; tell(); },
    found: () => { gone = false; tell(); },
    // A button that stays at the foot of the page.
    offer: (label, action) => ui.bar.append(button('vp-chip vp-offer', action, label)),
  };
};
