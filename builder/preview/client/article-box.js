// What rests on the words under the pointer, and what can be made of those that are selected: a box beside them.
import { wordsIn } from './article-words.js';
import { make } from './elements.js';

const NAMES = { supports: 'Supports', qualifies: 'Qualifies', contradicts: 'Contradicts', silent: 'Silent' };
const KINDS = { event: 'Event', horizon: 'What it knew of', outlook: 'What lay ahead' };

export const about = (api, { text, fold, body, bar, at, told, entering }) => {
  const box = make('div', 'vp-a-box', { hidden: true, role: 'group' });
  box.setAttribute('aria-label', 'About these words');
  body.append(box);
  let pinned = ''; // by a tap on a `mark`, or by selected `words`; else it goes with the pointer
  let leaving;

  const hide = () => {
    clearTimeout(leaving);
    box.hidden = true;
    pinned = '';
  };

  const resting = (index) => {
    const use = told().uses[index];
    const item = make('li', use.stance || 'vp-a-told');
    const name = use.stance ? NAMES[use.stance] : KINDS[use.kind];
    const line = make('button', 'vp-a-line', { type: 'button', textContent: `line ${use.line}` });
    line.setAttribute('aria-label', `Open ${use.file}, line ${use.line}, in the editor`);
    line.title = `${use.file}:${use.line}`;
    line.addEventListener('click', async () => api.say(await api.open(use.file, use.line, use.column)));
    item.append(
      make('a', '', { href: api.base + use.href, textContent: use.text }),
      make('span', 'vp-a-how', {}, make('b', '', { textContent: name }), ' ', line),
    );
    return item;
  };

  // Below the words, or above them where the window ends.
  const place = (rects) => {
    const first = rects[0] ?? text.getBoundingClientRect();
    const last = rects[rects.length - 1] ?? first;
    const frame = body.getBoundingClientRect();
    box.style.maxWidth = `${frame.width}px`;
    const above = last.bottom + box.offsetHeight + 8 > innerHeight && first.top > box.offsetHeight + 60;
    const rect = above ? first : last;
    box.style.top = `${(above ? rect.top - box.offsetHeight - 6 : rect.bottom + 6) - frame.top}px`;
    const room = Math.max(0, frame.width - box.offsetWidth);
    box.style.left = `${Math.min(Math.max(0, rect.left - frame.left), room)}px`;
  };

  // Scrolls so far that the form covers no more of the words than it must.
  const uncover = (rects) => {
    if (!rects.length) return;
    const covered = rects[rects.length - 1].bottom - entering.element.getBoundingClientRect().top;
    const room = rects[0].top - bar.offsetHeight - 24;
    if (covered > 0 && room > 0) scrollBy({ top: Math.min(covered + 16, room), behavior: 'instant' });
  };

  // What rests on the words between two offsets, and, for a selection, what can be made of them.
  const tell = (from, to, rects, selected) => {
    const inside = told().paragraphs.flatMap((one) => one.segments)
      .filter((one) => one.start < to && from < one.start + [...one.text].length);
    const used = [...new Set(inside.flatMap((one) => one.used))];
    const parts = [];
    if (used.length) parts.push(make('ul', 'vp-a-uses', {}, ...used.map(resting)));
    if (selected) {
      const name = `Evidence from ${selected === 'one' ? 'this word' : `these ${wordsIn(at.slice(from, to))}`}…`;
      const button = make('button', 'button vp-a-make', { type: 'button', textContent: name });
      button.addEventListener('click', () => {
        hide();
        entering.open(from, to, at.slice(from, to));
        at.highlight(from, to);
        uncover(at.rects(from, to));
      });
      parts.push(button);
    }
    if (!parts.length) return hide();
    box.replaceChildren(...parts);
    box.hidden = false;
    place(rects);
    return undefined;
  };

  const ofMark = (mark, pin) => {
    const from = Number(mark.dataset.start);
    pinned = pin ? 'mark' : '';
    tell(from, from + [...mark.textContent].length, mark.getClientRects(), '');
  };

  const soon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => !pinned && hide(), 300);
  };

  text.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse' || pinned) return;
    const mark = event.target.closest('.vp-a-used');
    if (!mark) return soon();
    clearTimeout(leaving);
    ofMark(mark, false);
    return undefined;
  });
  for (const area of [text, box]) area.addEventListener('pointerleave', soon);
  box.addEventListener('pointerenter', () => clearTimeout(leaving));
  box.addEventListener('pointerdown', (event) => event.preventDefault()); // the selection shall stay
  text.addEventListener('click', (event) => {
    const mark = event.target.closest('.vp-a-used');
    if (!at.read() && mark) ofMark(mark, true);
  });

  let settled;
  const look = () => {
    const chosen = told() && fold.open ? at.read() : null;
    if (!chosen) {
      if (pinned === 'words' && !box.contains(document.activeElement)) hide();
      return;
    }
    const words = wordsIn(at.slice(chosen.start, chosen.end));
    if (words === '0 words') return;
    pinned = 'words';
    tell(chosen.start, chosen.end, at.rects(chosen.start, chosen.end), words === '1 word' ? 'one' : 'more');
  };
  document.addEventListener('selectionchange', () => {
    clearTimeout(settled);
    settled = setTimeout(look, 120);
  });
  document.addEventListener('pointerdown', (event) => {
    if (pinned && !box.contains(event.target)) hide();
  });

  // Away with it; the focus goes back to the text.
  const leave = () => {
    const within = box.contains(document.activeElement);
    hide();
    getSelection().removeAllRanges();
    if (within) text.focus({ preventScroll: true });
  };
  // What rests on the words may have changed.
  const again = () => {
    if (box.contains(document.activeElement)) return;
    if (pinned === 'words') look();
    else hide();
  };
  return { box, leave, again };
};
