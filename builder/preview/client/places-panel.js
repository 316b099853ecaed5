// The panel “What made this page”: all places of the page by file, for everyone who has no pointer or looks for a line.
import { pressedBeside } from './beside.js';
import { button, make } from './elements.js';

const counted = (number) => (number === 1 ? '1 place' : `${number} places`);
const sameFor = ({ file, line, column, label }) => [file, line, column, label].join('\n');

// Each place once, by file and line; files in the order in which they were told.
const inOrder = (places) => {
  const once = new Map(places.map((place) => [sameFor(place), place]));
  const files = new Map();
  for (const place of once.values()) files.set(place.file, [...(files.get(place.file) || []), place]);
  for (const group of files.values()) group.sort((one, other) => one.line - other.line || one.column - other.column);
  return files;
};

export const makePanel = ({ open, isOn, choose }) => {
  const dialog = make('dialog', 'vp-panel');
  dialog.dataset.vp = 'places';
  dialog.setAttribute('aria-labelledby', 'vp-panel-title');
  const title = make('h2', 'vp-title', 'What made this page');
  title.id = 'vp-panel-title';
  const close = button('vp-close', () => dialog.close(), 'Close');
  const head = make('div', 'vp-head');
  head.append(title, close);

  const help = make('p', 'vp-help', 'A line opens in your editor. On the page, Alt+Shift+E opens the line of what has the focus or is selected.');
  const toggle = make('input', 'vp-toggle');
  toggle.type = 'checkbox';
  toggle.addEventListener('change', () => choose(toggle.checked));
  const switching = make('label', 'vp-switch');
  switching.append(toggle, 'Show labels on the page, at the pointer, the focus or a tap');

  const filter = make('input', 'vp-filter');
  filter.type = 'search';
  filter.autocomplete = 'off';
  filter.spellcheck = false;
  const asking = make('label', 'vp-field');
  asking.append(make('span', 'vp-name', 'Filter'), filter);
  const status = make('p', 'vp-status');
  status.setAttribute('role', 'status');
  const groups = make('div', 'vp-groups');
  dialog.append(head, help, switching, asking, status, groups);

  let places = [];
  let problem = 'The places are being looked up.';
  let only = null; // the places of one element, if the panel was opened for these
  let rows = []; // { element, text }: what a row is found by

  const row = (place) => {
    const go = button('vp-go', async () => {
      status.textContent = await open(place);
    }, make('span', 'vp-number', make('span', 'vp-hidden', 'Line '), `${place.line}`), make('span', 'vp-what', place.label));
    if (place.words && place.what !== 'evidence') go.append(make('span', 'vp-words', place.words));
    return make('li', 'vp-row', go);
  };

  const sift = () => {
    const asked = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of rows) {
      element.hidden = !asked.every((word) => text.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    for (const group of groups.children) group.hidden = !group.querySelector('li:not([hidden])');
    const all = counted(rows.length);
    status.textContent = problem || (asked.length ? `${shown} of ${all}` : all);
  };
  filter.addEventListener('input', sift);

  const fill = () => {
    rows = [];
    const made = [];
    for (const [file, group] of inOrder(only || places)) {
      const section = make('section', 'vp-group');
      const list = make('ul', 'vp-rows');
      for (const place of group) {
        const element = row(place);
        const text = `${file}:${place.line} ${place.what} ${place.label} ${place.words}`.toLowerCase();
        rows.push({ element, text });
        list.append(element);
      }
      section.append(make('h3', 'vp-file', file), list);
      made.push(section);
    }
    groups.replaceChildren(...made);
    sift();
  };

  const renew = () => {
    if (!dialog.open) return;
    // The row that has the focus is made anew: whoever was there stays in the panel.
    const inside = groups.contains(document.activeElement);
    fill();
    if (inside) filter.focus();
  };

  pressedBeside(dialog, () => dialog.close());
  dialog.addEventListener('close', () => {
    only = null;
    filter.value = '';
    groups.replaceChildren();
  });

  return {
    isOpen: () => dialog.open,
    open: (chosen) => {
      if (!dialog.isConnected) document.body.append(dialog);
      only = chosen || null;
      toggle.checked = isOn();
      filter.value = '';
      fill();
      if (!dialog.open) dialog.showModal();
      filter.focus();
    },
    // Until it is known what made the page as it is now, nothing is listed.
    wait: () => {
      [places, only, problem] = [[], null, 'The places are being looked up.'];
      renew();
    },
    fail: (sentence) => {
      problem = sentence;
      renew();
    },
    list: (listed) => {
      places = listed;
      problem = listed.length ? '' : 'No line of your files is known for this page.';
      renew();
    },
  };
};
