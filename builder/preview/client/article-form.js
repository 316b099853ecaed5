// Evidence from selected words: for which claim, with which stance, as it would stand in the file.
import { copied, make } from './elements.js';

const STANCES = [
  ['supports', 'Supports'], ['qualifies', 'Qualifies'], ['contradicts', 'Contradicts'], ['silent', 'Silent'],
];
const DIFFERENCES = ['scope', 'strength', 'precision', 'expectation', 'wording'];
const NEW = ''; // the id of a claim that is still to be written
const OPEN = 'Choose a claim and a stance.';

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// `closed` is called when the form goes.
export const form = (api, closed) => {
  let words = null; // which were selected: start, end, said
  let asked = 0;
  let writing = false;
  let ready = null; // the entry that may be written

  const quote = make('blockquote', 'vp-a-said');
  const filter = make('input', 'vp-a-filter', { type: 'search', id: 'vp-a-filter', autocomplete: 'off', placeholder: 'find by its words' });
  const shown = make('span', 'vp-a-shown', { role: 'status' });
  const claims = make('div', 'vp-a-claims', { role: 'radiogroup' });
  claims.setAttribute('aria-label', 'Claim');
  const stances = make('fieldset', 'vp-a-stances', {}, make('legend', '', { textContent: 'Stance' }));
  const differs = make('select', 'vp-a-differs', { id: 'vp-a-differs' });
  const differing = make('p', 'vp-a-field', { hidden: true },
    make('label', '', { htmlFor: 'vp-a-differs', textContent: 'Differs in' }), differs);
  const yaml = make('pre', 'vp-a-yaml', { tabIndex: 0, role: 'region' });
  yaml.setAttribute('aria-label', 'As it would stand in the file');
  const where = make('button', 'vp-a-line', { type: 'button', hidden: true });
  const note = make('p', 'vp-a-note', { role: 'status' });
  const copy = make('button', 'button plain', { type: 'button', textContent: 'Copy', disabled: true });
  const write = make('button', 'button', { type: 'submit', textContent: 'Write', disabled: true });
  const leave = make('button', 'button plain', { type: 'button', textContent: 'Close' });
  const element = make('form', 'vp-a-form', { hidden: true, noValidate: true });
  element.setAttribute('aria-labelledby', 'vp-a-form-title');
  element.append(
    make('h3', '', { id: 'vp-a-form-title', textContent: 'Evidence from these words' }),
    quote,
    make('div', 'vp-a-pick', {},
      make('div', 'vp-a-which', {},
        make('p', 'vp-a-field', {}, make('label', '', { htmlFor: 'vp-a-filter', textContent: 'Claim' }), filter),
        shown, claims),
      make('div', 'vp-a-how-so', {}, stances, differing, where, yaml)),
    make('div', 'vp-a-end', {}, note, make('p', 'vp-a-buttons', {}, write, copy, leave)),
  );
  differs.append(make('option', '', { value: '', textContent: 'choose …' }),
    ...DIFFERENCES.map((one) => make('option', '', { value: one, textContent: one })));
  for (const [value, name] of STANCES) {
    const radio = make('input', '', { type: 'radio', name: 'vp-a-stance', value });
    stances.append(make('label', `vp-a-choice ${value}`, {}, radio, name));
  }

  const picked = (name) => element.querySelector(`input[name="${name}"]:checked`)?.value;

  const pick = (stance, difference) => {
    for (const radio of stances.querySelectorAll('input')) radio.checked = radio.value === stance;
    differs.value = difference;
  };

  // ---- the claims ----

  let known = new Map();

  const row = (claim) => {
    const radio = make('input', '', { type: 'radio', name: 'vp-a-claim', value: claim.id });
    const facts = [claim.topic];
    if (claim.has) facts.push(`${claim.stance} it already`);
    if (claim.words.length) facts.push(`shares ${claim.words.join(', ')}`);
    return make('label', 'vp-a-claim', {}, radio, make('span', '', {},
      make('span', 'vp-a-sentence', { textContent: claim.text }),
      make('span', 'vp-a-facts', { textContent: facts.filter(Boolean).join(' · ') })));
  };

  const narrow = () => {
    const wanted = fold(filter.value).split(/\s+/).filter(Boolean);
    let number = 0;
    for (const label of claims.children) {
      const radio = label.querySelector('input');
      const text = fold(`${radio.value} ${label.textContent}`);
      label.hidden = !radio.checked && radio.value !== NEW && !wanted.every((word) => text.includes(word));
      number += !label.hidden && radio.value !== NEW;
    }
    const all = `${known.size - 1} claims`;
    shown.textContent = wanted.length ? `${number} of ${all}` : `${all}, the likeliest first`;
  };

  let listed = '';
  const list = (found) => {
    const facts = JSON.stringify(found);
    if (facts === listed) return;
    listed = facts;
    const before = picked('vp-a-claim');
    const within = claims.contains(document.activeElement);
    const scrolled = claims.scrollTop;
    const fresh = { id: NEW, text: 'A new claim', topic: 'only to copy', has: false, stance: '', words: [] };
    known = new Map([...found, fresh].map((claim) => [claim.id, claim]));
    claims.replaceChildren(...[...known.values()].map(row));
    const again = [...claims.querySelectorAll('input')].find((radio) => radio.value === before);
    if (again) again.checked = true;
    narrow();
    claims.scrollTop = scrolled;
    if (within) again?.focus({ preventScroll: true });
  };

  // ---- the entry ----

  const point = ({ file, line }) => {
    where.textContent = `${file}:${line}`;
    where.setAttribute('aria-label', `Open ${where.textContent} in the editor`);
  };

  const tell = (sentence, entry) => {
    ready = entry?.writable ? entry : null;
    note.textContent = sentence;
    yaml.textContent = entry?.yaml ?? '';
    yaml.hidden = !entry;
    copy.disabled = !entry;
    copy.textContent = 'Copy';
    where.hidden = !entry;
    if (entry) point(entry);
    write.disabled = !ready || writing;
  };

  const wish = () => ({
    page: api.page,
    start: words.start,
    end: words.end,
    said: words.said,
    claim: picked('vp-a-claim'),
    stance: picked('vp-a-stance') ?? '',
    differs_in: picked('vp-a-stance') === 'qualifies' ? differs.value : '',
  });

  let place = null;
  let given = false; // whether the stance is that of the claim's evidence, not the curator's choice

  const ask = async () => {
    const ticket = ++asked;
    const wanted = wish();
    differing.hidden = wanted.stance !== 'qualifies';
    if (wanted.claim === undefined || !wanted.stance) return tell(OPEN);
    if (wanted.stance === 'qualifies' && !wanted.differs_in) return tell('Choose in what it differs.');
    try {
      const entry = await api.post('entry', wanted);
      if (ticket !== asked) return undefined;
      place = entry;
      return tell(entry.note, entry);
    } catch (error) {
      return ticket === asked ? tell(error.message) : undefined;
    }
  };

  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!ready || writing) return;
    writing = true;
    write.disabled = true;
    const ticket = ++asked;
    try {
      const done = await api.post('write', wish());
      if (ticket === asked) {
        place = { ...place, ...done, column: 1 };
        ready = null;
        point(done);
        note.textContent = `Written to ${done.file}, line ${done.line}.`;
      } else {
        api.say(`Written to ${done.file}, line ${done.line}.`); // the form is about something else by now
      }
    } catch (error) {
      if (ticket === asked) note.textContent = error.message;
    } finally {
      writing = false;
      write.disabled = !ready;
    }
  });

  copy.addEventListener('click', async () => {
    if (await copied(yaml.textContent, yaml)) copy.textContent = 'Copied';
    else note.textContent = 'The browser does not let this page copy: the lines are selected, copy them by hand.';
  });
  where.addEventListener('click', async () => api.say(await api.open(place.file, place.line, 1)));

  element.addEventListener('change', (event) => {
    if (event.target.name === 'vp-a-claim') {
      const claim = known.get(event.target.value);
      if (claim?.has) pick(claim.stance, claim.differs_in); // evidence has one stance
      else if (given) pick('', '');
      given = claim?.has;
    } else if (event.target !== filter) {
      given = false;
    }
    if (event.target !== filter) ask();
  });
  filter.addEventListener('input', narrow);
  filter.addEventListener('keydown', (event) => {
    const into = { ArrowDown: true, Enter: true }[event.key];
    if (!into) return;
    event.preventDefault(); // Enter would write
    const first = [...claims.querySelectorAll('label:not([hidden]) input')][0];
    first?.focus();
    if (event.key === 'Enter') first?.click();
  });

  // ---- opening and closing ----

  const close = () => {
    if (element.hidden) return;
    element.hidden = true;
    asked += 1;
    words = null;
    globalThis.CSS?.highlights?.delete('vp-a-chosen');
    closed();
  };
  leave.addEventListener('click', close);
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && filter.value) event.stopPropagation(); // it only empties the field
  });

  const offer = async () => {
    const mine = words;
    try {
      const { claims: found } = await api.get('claims', { page: api.page, start: mine.start, end: mine.end });
      if (mine === words) list(found);
    } catch (error) {
      if (mine === words) tell(error.message);
    }
  };

  return {
    element,
    close,
    chosen: () => words,
    open(start, end, said) {
      words = { start, end, said };
      asked += 1;
      quote.textContent = said.replace(/\s+/g, ' ').trim();
      filter.value = '';
      known = new Map();
      listed = '';
      claims.replaceChildren();
      pick('', '');
      given = false;
      differing.hidden = true;
      tell(OPEN);
      element.hidden = false;
      filter.focus();
      offer();
    },
    // The site was built anew. What was written is told until something else is chosen.
    async renewed(slice) {
      if (!words) return;
      if (slice(words.start, words.end) !== words.said) {
        asked += 1;
        tell('The article has changed: select the words again.');
        return;
      }
      const done = note.textContent.startsWith('Written');
      await offer();
      if (words && !done) ask();
    },
  };
};
