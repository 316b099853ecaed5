// Keeps the page where the reader has it while it changes: scrolling, focus, selection and :target.

// To be called before a change. What it returns is to be called after, with the nodes that were moved: they are nothing
// to hold on to.
export const hold = () => {
  const parts = [holdSelection(), holdFocus(), holdScrolling()];
  return (moved) => {
    // The page's own scripts look again. Neither event scrolls by itself.
    dispatchEvent(new HashChangeEvent('hashchange', { oldURL: location.href, newURL: location.href }));
    dispatchEvent(new Event('resize'));
    const aimed = aim();
    for (const release of parts) release(moved, aimed);
  };
};

// An address that names an element shows it, even when that is new. Whether it was followed again: this begins a
// scroll, perhaps a smooth one, which is to be ended.
const aim = () => {
  const stale = document.getElementById(location.hash.slice(1)) !== document.querySelector(':target');
  if (stale) location.replace(location.href);
  return stale;
};

const withStyle = (element, property, value) => {
  const hadStyle = element.hasAttribute('style');
  element.style.setProperty(property, value);
  return () => {
    element.style.removeProperty(property);
    if (!hadStyle && element.getAttribute('style') === '') element.removeAttribute('style');
  };
};

// ---- scrolling ----

const scrolled = new Set(); // elements that were ever scrolled: looking for them anew would take long
const noticed = ({ target }) => target !== document && scrolled.add(target);
addEventListener('scroll', noticed, { capture: true, passive: true });

const holdScrolling = () => {
  const root = document.scrollingElement;
  for (const one of scrolled) if (!one.isConnected) scrolled.delete(one);
  const scrollers = [...scrolled, root]; // the page itself last, as what it holds on to may stand in another
  const held = scrollers.map((scroller) => {
    const edge = scroller === root ? 0 : scroller.getBoundingClientRect().top;
    const end = edge + scroller.clientHeight;
    const { scrollLeft: left, scrollTop: top } = scroller;
    return { scroller, left, top, edge, marks: top > 0 ? landmarks(scroller, edge, end) : [] };
  });
  // The browser's own way of holding on would correct the same shift a second time.
  const restore = [document.body, ...scrollers].map((one) => withStyle(one, 'overflow-anchor', 'none'));
  return (moved, aimed) => {
    for (const { scroller, left, top, edge, marks } of held) {
      const strayed = scroller.scrollLeft !== left || scroller.scrollTop !== top;
      if (aimed || strayed) scroller.scrollTo({ left, top, behavior: 'instant' });
      const mark = marks.find(([element]) => isThere(element, moved));
      if (!mark) continue;
      const now = scroller === root ? 0 : scroller.getBoundingClientRect().top;
      const shift = mark[0].getBoundingClientRect().top - now - (mark[1] - edge);
      if (shift) scroller.scrollBy({ top: shift, behavior: 'instant' });
    }
    for (const undo of restore) undo();
  };
};

// What stands between `top` and `bottom`, with its own top edge: whatever begins there before what begins above it, or
// under a heading that hovers.
const landmarks = (box, top, bottom) => {
  const marks = standing(box, top, bottom);
  const open = marks.filter(([element, edge]) => edge >= top && !isCovered(element));
  const covered = marks.filter((mark) => mark[1] >= top && !open.includes(mark));
  return [...open, ...covered, ...marks.filter(([, edge]) => edge < top)];
};

const standing = (box, top, bottom) =>
  [...box.children]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([element, { height, top: edge, bottom: end }]) => height && end > top && edge < bottom && flows(element))
    .flatMap(([element, { top: edge }]) => [...(edge < top ? standing(element, top, bottom) : []), [element, edge]]);

const isCovered = (element) => {
  const { left, top } = element.getBoundingClientRect();
  return !element.contains(document.elementFromPoint(Math.max(left, 0) + 1, top + 1));
};

// Not what hovers, nor the columns of a table, which are as tall as all its rows.
const flows = (element) =>
  !element.localName.startsWith('col') && ['static', 'relative'].includes(getComputedStyle(element).position);

const isThere = (element, moved) =>
  element.getClientRects().length > 0 && ![...moved].some((node) => node.contains(element));

// ---- focus ----

// An element that had to be made anew has the focus again: the one with its id, or in its place among its kind.
const holdFocus = () => {
  const active = document.activeElement;
  if (!active || active === document.body || active === document.documentElement) return () => {};
  const focusVisible = active.matches(':focus-visible');
  const places = [];
  for (let up = active.parentElement; up; up = up.parentElement) {
    places.push([up, [...up.getElementsByTagName(active.localName)].indexOf(active)]);
  }
  return () => {
    if (document.activeElement === active) return;
    const heir = active.isConnected ? active : document.getElementById(active.id) ?? successor(active, places);
    heir?.focus({ preventScroll: true, focusVisible });
  };
};

const successor = (active, places) => {
  const [up, index] = places.find(([element]) => element.isConnected);
  const same = up.getElementsByTagName(active.localName);
  return same[Math.min(index, same.length - 1)];
};

// ---- selection ----

// Browsers follow changes of a text. Where they lose it, the same words are selected again, in the same place.
const holdSelection = () => {
  const selection = getSelection();
  if (selection.isCollapsed) return () => {};
  const words = String(selection);
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  const range = selection.getRangeAt(0).cloneRange();
  const starts = [];
  for (let up = range.commonAncestorContainer; up; up = up.parentNode) {
    const ahead = new Range();
    ahead.setStart(up, 0);
    ahead.setEnd(range.startContainer, range.startOffset);
    starts.push([up, ahead.toString().length]);
  }
  const length = range.toString().length;
  return () => {
    if (String(selection) === words) return;
    const found = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    const [up, start] = starts.find(([node]) => node.isConnected);
    const tries = [
      () => selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset),
      () => selection.setBaseAndExtent(...boundary(up, start, true), ...boundary(up, start + length, false)),
    ];
    for (const again of tries) {
      try {
        again();
      } catch {
        continue; // the place is no longer there
      }
      if (String(selection) === words) return;
    }
    selection.removeAllRanges();
    if (found) selection.addRange(found);
  };
};

// The text and the offset at which the character number `at` below `node` begins, or the one before it ends.
const boundary = (node, at, begins) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let left = at;
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (begins ? left < length : left <= length) return [walker.currentNode, left];
    left -= length;
  }
  throw new RangeError('fewer characters than there were');
};
