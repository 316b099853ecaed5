// From places in the DOM to offsets in the article, and back. The article counts code points, the DOM counts UTF-16.
import { WORD } from './article-words.js';

const length = (text) => [...text].length;

// Half of a pair belongs to the whole of it: an offset within one moves out of it.
const whole = (text, offset, forward) => {
  const code = text.charCodeAt(offset - 1);
  const next = text.charCodeAt(offset);
  const cut = code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000;
  return cut ? offset + (forward ? 1 : -1) : offset;
};

// `root` holds the words in elements with `data-start`, each with a single text.
export const offsets = (root) => {
  let points = []; // the article, code point by code point
  let words = []; // where its words start and end
  let breaks = []; // which of them starts a paragraph

  const pieces = () => [...root.querySelectorAll('[data-start]')];
  const from = (piece) => Number(piece.dataset.start);

  const slice = (start, end) => points.slice(start, end).join('');

  // What is selected of the article, clipped to it; null where nothing is.
  const read = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(root)) return null;
    let start = null;
    let end = null;
    for (const piece of pieces()) {
      const node = piece.firstChild;
      if (!range.intersectsNode(node)) continue;
      const text = node.data;
      const low = whole(text, range.startContainer === node ? range.startOffset : 0, false);
      const high = whole(text, range.endContainer === node ? range.endOffset : text.length, true);
      if (low >= high) continue;
      start ??= from(piece) + length(text.slice(0, low));
      end = from(piece) + length(text.slice(0, high));
    }
    return start === null ? null : { start, end };
  };

  // The DOM range of a stretch of the article; null where it is not shown.
  const range = (start, end) => {
    const every = pieces();
    const first = every.findLast((piece) => from(piece) <= start);
    const last = every.findLast((piece) => from(piece) < end);
    if (!first || !last) return null;
    const unit = (piece, offset) =>
      [...piece.firstChild.data].slice(0, Math.max(0, offset - from(piece))).join('').length;
    const made = document.createRange();
    made.setStart(first.firstChild, unit(first, start));
    made.setEnd(last.firstChild, unit(last, end));
    return made;
  };

  const select = (start, end, reveal = true) => {
    const made = range(start, end);
    if (!made) return;
    getSelection().removeAllRanges();
    getSelection().addRange(made);
    const rect = made.getBoundingClientRect();
    const hidden = rect.top < 0 || rect.bottom > innerHeight - 160; // what can be done with it stands below it
    if (reveal && hidden) made.startContainer.parentElement.scrollIntoView({ block: 'center' });
  };

  const index = (offset) => words.findIndex(([, end]) => end > offset);

  // The words that the arrow keys have reached: the first and the last one of them, in the order of walking.
  let anchor = -1;
  let focus = -1;

  const toward = (key) => {
    const paragraph = breaks.findLastIndex((word) => word <= focus);
    return {
      ArrowRight: focus + 1,
      ArrowLeft: focus - 1,
      ArrowDown: breaks[paragraph + 1] ?? words.length - 1,
      ArrowUp: focus > breaks[paragraph] ? breaks[paragraph] : (breaks[paragraph - 1] ?? 0),
    }[key];
  };

  // Follows an arrow key; false where it is none.
  const step = (key, extend) => {
    const chosen = read();
    if (!chosen) anchor = focus = -1;
    else if (chosen.start !== words[Math.min(anchor, focus)]?.[0]) anchor = focus = index(chosen.start);
    const goal = toward(key);
    if (goal === undefined || !words.length) return false;
    focus = Math.min(Math.max(goal, 0), words.length - 1);
    if (!extend || anchor < 0) anchor = focus;
    select(words[Math.min(anchor, focus)][0], words[Math.max(anchor, focus)][1]);
    return true;
  };

  const know = (paragraphs) => {
    points = paragraphs.flatMap((one) => one.segments.flatMap((segment) => [...segment.text]));
    words = [];
    breaks = [];
    for (const one of paragraphs) {
      const shown = one.segments.filter((segment) => !segment.between);
      const text = shown.map((segment) => segment.text).join('');
      breaks.push(words.length);
      for (const match of text.matchAll(WORD)) {
        const start = shown[0].start + length(text.slice(0, match.index));
        words.push([start, start + length(match[0])]);
      }
    }
  };

  // Words that stay marked while the selection is elsewhere, where the browser can.
  const highlight = (start, end) => {
    const made = start === undefined ? null : range(start, end);
    if (!globalThis.CSS?.highlights) return;
    if (made) CSS.highlights.set('vp-a-chosen', new Highlight(made));
    else CSS.highlights.delete('vp-a-chosen');
  };

  const rects = (start, end) => range(start, end)?.getClientRects() ?? [];

  return { know, read, select, slice, step, highlight, rects };
};
