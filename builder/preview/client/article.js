// The whole article at a source's page: what rests on its words, what nobody has used yet, and evidence from words
// that are selected. Offsets on the wire are code points; those of the DOM are UTF-16, and stay in article-offsets.js.
import { about } from './article-box.js';
import { form } from './article-form.js';
import { offsets } from './article-offsets.js';
import { wordsIn } from './article-words.js';
import { make } from './elements.js';
import { remembered } from './memory.js';

const HEAVY = ['contradicts', 'qualifies', 'supports', 'silent'];
const IDLE = { refresh() {} };

export const start = (api) => {
  const column = () => document.querySelector('main[data-article] .split > div');
  if (!column()) return IDLE;
  const memory = remembered(`vp-article ${api.page}`, { open: false, left: false });
  const remember = (changed) => memory.set({ ...memory.get(), ...changed });
  let told; // what the server said last
  let asked = 0;

  // ---- the section ----

  const counts = make('p', 'lede');
  const left = make('input', 'vp-a-check', { type: 'checkbox', id: 'vp-a-left' });
  const back = make('button', 'vp-a-step', { type: 'button', textContent: 'Previous', disabled: true });
  const next = make('button', 'vp-a-step', { type: 'button', textContent: 'Next', disabled: true });
  const status = make('span', 'vp-a-status', { role: 'status' });
  const hint = make('p', 'vp-a-hint', { id: 'vp-a-hint' });
  hint.textContent = 'Select words to make evidence of them. With the keyboard: arrow keys go from word to word, '
    + 'with Shift they select, Enter leads to what can be done.';
  const text = make('div', 'vp-a-text', { tabIndex: 0, role: 'group' });
  text.setAttribute('aria-label', 'The article');
  text.setAttribute('aria-describedby', 'vp-a-hint');
  const body = make('div', 'vp-a-body', {}, text);
  const bar = make(
    'div', 'vp-a-bar', {},
    make('label', 'vp-a-switch', { htmlFor: 'vp-a-left' }, left, 'Not covered yet'),
    make('span', 'vp-a-steps', {}, back, next),
    status,
  );
  const fold = make('details', 'vp-a-fold', { open: memory.get().open === true });
  const entering = form(api, () => text.focus({ preventScroll: true }));
  fold.append(make('summary', '', { textContent: 'Read it here' }), hint, bar, body, entering.element);
  const title = make('h2', '', { id: 'vp-a-title', textContent: 'The whole article ' },
    make('small', 'vp-a-only', { textContent: '(only in this preview)' }));
  const section = make('section', 'section vp-article', {}, title, counts, fold);
  section.setAttribute('aria-labelledby', 'vp-a-title');
  const at = offsets(text);

  const unfold = () => {
    fold.open = true;
  };
  fold.addEventListener('toggle', () => remember({ open: fold.open }));
  left.checked = memory.get().left === true;
  section.classList.toggle('vp-a-leftovers', left.checked);
  left.addEventListener('change', () => {
    remember({ left: left.checked });
    section.classList.toggle('vp-a-leftovers', left.checked);
    tellLeft();
  });

  // ---- its text ----

  const weight = (used) => used.map((index) => told.uses[index].stance).filter(Boolean)
    .sort((one, other) => HEAVY.indexOf(one) - HEAVY.indexOf(other))[0];

  const piece = (segment) => {
    const one = make(segment.used.length ? 'mark' : 'span', 'vp-a-words', { textContent: segment.text });
    if (segment.used.length) {
      one.classList.add('vp-a-used', weight(segment.used) ?? 'vp-a-told');
      one.setAttribute('role', 'button'); // a tap, or a screen reader's Enter, shows what rests on it
      one.tabIndex = -1;
    }
    if (segment.left >= 0) one.classList.add(told.left[segment.left].whole ? 'vp-a-open' : 'vp-a-rest');
    one.dataset.start = segment.start;
    return one;
  };

  const paragraph = (one) => {
    const label = make('span', 'vp-a-place');
    const shown = make('p', one.zone === 'headline' ? 'vp-a-head' : '', { lang: told.language, dir: 'auto' });
    shown.append(...one.segments.filter((segment) => !segment.between).map(piece));
    return make('div', one.proper ? 'vp-a-par' : 'vp-a-par vp-a-not', { id: `vp-${one.id}` }, label, shown);
  };

  // A link each way, where the page shows an excerpt of the paragraph.
  const connect = () => {
    for (const one of told.paragraphs) {
      const excerpt = one.id && column().querySelector(`.excerpt[id="${CSS.escape(one.id)}"]`);
      const label = document.getElementById(`vp-${one.id}`).querySelector('.vp-a-place');
      const link = make('a', 'place', { href: `#${one.id}`, textContent: one.label });
      if (excerpt) link.setAttribute('aria-label', `${one.label}: its evidence`);
      label.replaceChildren(excerpt ? link : one.label);
      if (!excerpt) continue;
      const known = excerpt.querySelector('.vp-a-whole');
      const whole = known ?? make('a', 'place vp-a-whole', { textContent: 'all of it' });
      whole.href = `#vp-${one.id}`;
      whole.setAttribute('aria-label', `${one.label}, all of it`);
      if (!known) excerpt.querySelector('.place')?.after(whole);
    }
  };
  addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('.vp-a-whole')) unfold();
  }, true);

  // Only paragraphs that say something else are made anew, so that a selection elsewhere stays.
  const known = new Map();
  const show = () => {
    const old = [...text.children];
    const made = told.paragraphs.map((one, index) => {
      const facts = JSON.stringify([one, one.segments.map((segment) => [
        weight(segment.used), segment.left >= 0 && told.left[segment.left].whole,
      ]), told.language]);
      if (known.get(old[index]) === facts) return old[index];
      const element = paragraph(one);
      known.set(element, facts);
      return element;
    });
    for (const [index, element] of made.entries()) {
      if (old[index] === element) continue;
      known.delete(old[index]);
      if (old[index]) old[index].replaceWith(element);
      else text.append(element);
    }
    for (const element of old.slice(made.length)) {
      known.delete(element);
      element.remove();
    }
  };

  // ---- what is left ----

  const sentences = () => told.left.filter((one) => one.whole);
  const tellLeft = () => {
    if (!told) return;
    const number = sentences().length;
    const of = told.counts.sentences;
    back.disabled = next.disabled = number === 0;
    const part = told.counts.in_part ? `; of ${told.counts.in_part} more a part is left` : '';
    status.textContent = number ? `${number} of ${of} sentences${part}` : `Every sentence is used${part}`;
  };
  const step = (by) => {
    const all = sentences();
    if (!all.length) return;
    if (!left.checked) left.click();
    const here = at.read()?.start ?? (by > 0 ? -1 : Infinity);
    const after = all.findIndex((one) => one.start > here);
    const before = all.findLastIndex((one) => one.start < here);
    const current = by > 0 ? (after < 0 ? 0 : after) : before < 0 ? all.length - 1 : before;
    at.select(all[current].start, all[current].end);
    status.textContent = `${current + 1} of ${all.length}, ${wordsIn(at.slice(all[current].start, all[current].end))}`;
  };
  back.addEventListener('click', () => step(-1));
  next.addEventListener('click', () => step(1));

  const near = about(api, { text, fold, body, bar, at, told: () => told, entering });

  section.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (near.box.hidden) entering.close();
    else near.leave();
  });

  // ---- selecting by keyboard ----

  let byKeys = true; // who came with the mouse keeps the arrow keys for scrolling
  text.addEventListener('pointerdown', () => {
    byKeys = false;
  });
  text.addEventListener('blur', () => {
    byKeys = true;
  });
  text.addEventListener('keydown', (event) => {
    if (!byKeys || event.ctrlKey || event.altKey || event.metaKey || !told) return;
    if (event.key === 'Enter' && !near.box.hidden) near.box.querySelector('a, button').focus();
    else if (!at.step(event.key, event.shiftKey)) return;
    event.preventDefault();
  });

  // ---- from the server ----

  const renew = async () => {
    const ticket = ++asked;
    let answer;
    try {
      answer = await api.get('article', { page: api.page });
    } catch (error) {
      if (ticket === asked) counts.textContent = error.message;
      return;
    }
    if (ticket !== asked) return; // a later answer is on its way
    const before = at.read();
    told = answer;
    at.know(told.paragraphs);
    show();
    connect();
    const missing = told.counts.missing;
    const lost = missing ? ` ${missing === 1 ? 'A quotation is' : `${missing} quotations are`} not found in it.` : '';
    counts.textContent = `Claims and events rest on ${told.counts.told}.${lost} What you see here is never published.`;
    tellLeft();
    const now = at.read();
    const same = before && now && now.start === before.start && now.end === before.end;
    if (before && !same) at.select(before.start, before.end, false);
    near.again();
    const chosen = entering.chosen();
    if (chosen) at.highlight(chosen.start, chosen.end);
    entering.renewed(at.slice);
  };

  const stand = () => {
    if (column() && section.parentNode !== column()) column().append(section);
  };
  const follow = () => {
    if (!location.hash.startsWith('#vp-')) return;
    unfold();
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  };

  stand();
  renew().then(follow);
  addEventListener('hashchange', follow);
  return {
    refresh() {
      stand();
      renew();
    },
  };
};
