// One fault as an element: what is wrong, where, the line itself, and the cure.
import { button, copied, make } from './elements.js';

// Words between backticks are what somebody types.
const prose = (text) => text.split(/`([^`]+)`/).map((piece, number) => (number % 2 ? make('code', '', piece) : piece));

const lineOf = (place) => {
  if (!place?.parts) return [];
  const words = place.parts.map(([text, mark]) => (mark ? make('mark', `vp-${mark}`, text) : text));
  return [make('p', 'vp-line', make('span', 'vp-number', `${place.line}`), ' ', make('code', '', ...words))];
};

const placeOf = (place, act) => {
  if (!place) return [];
  const element = button('vp-place', () => act.open(place), place.at);
  element.setAttribute('aria-label', `${place.at}: open in the editor`);
  return [element];
};

const pasteOf = (text, act) => {
  const shown = make('pre', '', text);
  const copy = button('vp-button', async () => {
    const done = await copied(text, shown);
    act.say(done ? 'Copied.' : 'It cannot be copied from here: it is selected instead.');
  }, 'Copy');
  return make('div', 'vp-paste', shown, copy);
};

const relatedOf = (related, act) =>
  make('div', 'vp-related', make('p', '', ...placeOf(related.place, act), ' ', related.message), ...lineOf(related.place));

const blocksOf = (title, blocks) => {
  if (!blocks.length) return [];
  const inside = blocks.flatMap((block) => [make('p', 'vp-quiet', block.title), ...(block.text ? [make('pre', '', block.text)] : [])]);
  return [make('div', 'vp-example', ...(title ? [make('h4', '', title)] : []), ...inside)];
};

const whyOf = (why) => {
  if (!why) return [];
  return [make('details', 'vp-why',
    make('summary', '', 'Why?'),
    ...why.text.map((text) => make('p', '', ...prose(text))),
    ...blocksOf('', why.shared), ...blocksOf('Wrong', why.wrong), ...blocksOf('Right', why.right),
    make('p', 'vp-quiet', ...prose(why.where)))];
};

const SEVERITIES = { error: 'Error', warning: 'Warning' };

// `act` opens a place, mends a fault and says a sentence; `why` is what the fault's code means, if that is known.
export const elementOf = (fault, why, act) => {
  const severity = fault.severity === 'warning' ? 'warning' : 'error';
  const mend = fault.fixable && fault.place ? [button('vp-button', (event) => act.mend(fault, event.currentTarget), 'Mend it')] : [];
  return make('li', `vp-fault vp-${severity}`,
    make('p', 'vp-head',
      make('span', 'vp-severity', SEVERITIES[severity]), ' ', make('code', '', fault.code), ' ', ...placeOf(fault.place, act)),
    make('h3', '', ...prose(fault.message)),
    ...lineOf(fault.place),
    ...fault.related.map((related) => relatedOf(related, act)),
    ...fault.cure.map(({ text, paste }) => (paste ? pasteOf(text, act) : make('p', 'vp-cure', ...prose(text)))),
    ...mend,
    ...whyOf(why));
};
