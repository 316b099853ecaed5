// The label at an element's corner, and the frame that shows which element is meant.
import { button, make } from './elements.js';

const MOST = 3; // so many places are listed; the panel has the others
const TOUCH = 24; // so much of its side touches the element, in pixels, at least
const STOLEN = 200; // so much worse it is to cover a link than to cover words
const EDGE = 4; // so far the label keeps from the window's edge, in pixels

const shared = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

// The part of an element that can be seen in the window: it may scroll within something smaller.
const visible = (element) => {
  const box = element.getBoundingClientRect();
  const seen = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const edge = around.getBoundingClientRect();
    if (overflowX !== 'visible') [seen.left, seen.right] = [Math.max(seen.left, edge.left), Math.min(seen.right, edge.right)];
    if (overflowY !== 'visible') [seen.top, seen.bottom] = [Math.max(seen.top, edge.top), Math.min(seen.bottom, edge.bottom)];
  }
  const { clientWidth, clientHeight } = document.documentElement;
  return {
    left: Math.max(seen.left, 0),
    top: Math.max(seen.top, 0),
    right: Math.min(seen.right, clientWidth),
    bottom: Math.min(seen.bottom, clientHeight),
  };
};

// The corner where a label of this size covers least: no link if that can be, and few words of the articles.
const corner = (element, seen, width, height) => {
  const { clientWidth, clientHeight } = document.documentElement;
  const along = [seen.right - width];
  for (let x = seen.right - width; x < seen.right - TOUCH; x += TOUCH) along.push(x + TOUCH);
  for (let x = seen.right - width; x > seen.left - width + TOUCH; x -= TOUCH) along.push(x - TOUCH);
  const ends = [
    ...along.map((x) => [x, seen.bottom]),
    [seen.right, seen.top],
    ...along.map((x) => [x, seen.top - height]),
    [seen.left - width, seen.top],
    [seen.right - width, seen.bottom - height],
    [seen.right - width, seen.top],
    [seen.left, seen.bottom - height],
  ];
  const used = [...document.querySelectorAll('a, button, summary, label')]
    .filter((one) => !one.closest('body [data-vp]'))
    .flatMap((one) => [...one.getClientRects()]);
  const written = [element, ...document.querySelectorAll('main :is(q, blockquote, h1, h2, h3, h4)')];
  const words = [...new Set(written)].flatMap((one) => [...one.getClientRects()]);
  const cost = (box) =>
    STOLEN * used.reduce((sum, one) => sum + shared(one, box), 0) + words.reduce((sum, one) => sum + shared(one, box), 0);
  let best = null;
  for (const [x, y] of ends) {
    const left = Math.min(Math.max(x, EDGE), clientWidth - EDGE - width);
    const top = Math.min(Math.max(y, EDGE), clientHeight - EDGE - height);
    const price = cost({ left, top, right: left + width, bottom: top + height });
    if (!best || price < best.price) best = { left, top, price };
  }
  return best;
};

export const makeLabel = ({ open, outer, placesOf, all }) => {
  const frame = make('div', 'vp-frame');
  const box = make('section', 'vp-label');
  for (const part of [frame, box]) {
    part.dataset.vp = 'places';
    part.hidden = true;
  }
  box.setAttribute('aria-label', 'Where this is written');
  // Pressing a button takes neither the selection nor the focus away.
  box.addEventListener('mousedown', (event) => event.preventDefault());

  let current = null;
  let asked = false; // whether it came by the shortcut
  let back = null; // what had the focus before

  // Of one place a word says enough: the element itself stands beside it.
  const row = (place, _, { length }) => {
    const item = make('li', 'vp-made');
    const file = place.file.split('/').pop();
    item.append(
      button('vp-line', () => open(place), make('span', 'vp-hidden', 'Open '), `${file}:${place.line}`),
      make('span', 'vp-what', length > 1 ? place.label : place.what),
    );
    return item;
  };

  const fill = (element) => {
    const places = placesOf(element);
    const list = make('ul', 'vp-list');
    list.append(...places.slice(0, MOST).map(row));
    const parts = [list];
    const more = make('p', 'vp-steps');
    if (places.length > MOST) {
      more.append(button('vp-step', () => {
        hide();
        all(places);
      }, `All ${places.length}`));
    }
    const next = outer(element);
    if (next) {
      more.append(button('vp-step', (event) => {
        const byKey = box.contains(document.activeElement);
        show(next);
        if (byKey || event.detail === 0) box.querySelector('button').focus();
      }, make('span', 'vp-hidden', 'Outwards: '), `↑ ${placesOf(next)[0].what}`));
    }
    if (more.hasChildNodes()) parts.push(more);
    box.replaceChildren(...parts);
  };

  const lay = () => {
    if (!current) return;
    const seen = visible(current);
    if (!current.isConnected || seen.right <= seen.left || seen.bottom <= seen.top) return hide();
    Object.assign(frame.style, {
      left: `${seen.left}px`,
      top: `${seen.top}px`,
      width: `${seen.right - seen.left}px`,
      height: `${seen.bottom - seen.top}px`,
    });
    const { left, top } = corner(current, seen, box.offsetWidth, box.offsetHeight);
    Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
  };

  const show = (element) => {
    if (!placesOf(element).length) return;
    if (!box.isConnected || !frame.isConnected) document.body.append(frame, box);
    if (element !== current) fill(element);
    current = element;
    frame.hidden = false;
    box.hidden = false;
    lay();
  };

  const hide = () => {
    if (!current) return;
    const inside = box.contains(document.activeElement);
    current = null;
    asked = false;
    frame.hidden = true;
    box.hidden = true;
    if (inside && back?.isConnected) back.focus();
    back = null;
  };

  // Shows it and goes into it: for who asked by the keyboard, where there is something to choose.
  const ask = (element) => {
    back = box.contains(document.activeElement) ? back : document.activeElement;
    asked = true;
    show(element);
    box.querySelector('button')?.focus();
  };

  box.addEventListener('focusout', (event) => {
    if (asked && event.relatedTarget && !box.contains(event.relatedTarget)) {
      back = null;
      hide();
    }
  });

  let drawing = 0;
  const again = () => {
    if (!current) return;
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(lay);
  };
  document.addEventListener('scroll', again, { capture: true, passive: true });
  addEventListener('resize', again);

  return {
    show,
    hide,
    ask,
    leave: () => {
      if (!box.contains(document.activeElement)) hide();
    },
    element: () => current,
    isAsked: () => asked,
    holds: (node) => box.contains(node),
  };
};
