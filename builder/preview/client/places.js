// Places: every element of the page knows which line of which file made it. A label at its corner says so and opens the
// line in the editor; a panel lists them all. The page's own elements are only read: what is shown lies over them.
import { remembered } from './memory.js';
import { makeLabel } from './places-label.js';
import { makePanel } from './places-panel.js';

const REST = 140; // so long the pointer rests before a label comes, in milliseconds
const LEAVE = 350; // so long it may be away before the label goes
const SLICE = 8; // so long the page may be kept busy at a stretch

const idle = () =>
  new Promise((done) => {
    if (window.requestIdleCallback) requestIdleCallback(done, { timeout: 1000 });
    else setTimeout(done, 50);
  });
const plain = (text) => text.replace(/\s+/g, ' ').trim();
const isOurs = (node) => Boolean(node?.closest?.('body [data-vp]'));
const isField = (node) => Boolean(node?.closest?.('textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])'));

const labels = remembered('vp-places', null); // whether someone chose to have them; null if nobody did

// Every link by its address, as it is written.
const linksOf = (page) => {
  const links = new Map();
  for (const link of page.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href');
    links.set(href, [...(links.get(href) || []), link]);
  }
  return links;
};

// What a selector finds. Where all of that are links to one address or hold one, only these are looked at.
const found = ({ selector, link }, links) => {
  if (!link) return [...document.querySelectorAll(selector)];
  const elements = new Set();
  for (const one of links.get(link) || []) {
    for (let element = one; element; element = element.parentElement) {
      if (element.matches(selector)) elements.add(element);
    }
  }
  return [...elements];
};

// The elements of a place. One that holds other words was made by something else: the page is older than the files.
const elementsOf = (place, links) => {
  const expected = plain(place.words);
  const holds = (element) => !isOurs(element) && (!expected || plain(element.textContent).includes(expected));
  try {
    return found(place, links).filter(holds);
  } catch {
    return []; // a browser that does not know the selector
  }
};

const samePlace = (one, other) => one.file === other.file && one.line === other.line && one.column === other.column;

export const start = (api) => {
  let placesOf = new WeakMap(); // an element → the places that made it
  let turn = 0; // which request is the latest

  const open = async ({ file, line, column }) => {
    const sentence = await api.open(file, line, column);
    api.say(sentence);
    return sentence;
  };

  // ---- which element, which place ----

  const innermost = (node) => {
    let element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
    while (element && !placesOf.has(element)) element = element.parentElement;
    return isOurs(node) ? null : element || null;
  };

  // The next element outwards that something else made.
  const outer = (element) => {
    const here = placesOf.get(element) || [];
    let next = innermost(element.parentElement);
    while (next && placesOf.get(next).every((place) => here.some((one) => samePlace(one, place)))) {
      next = innermost(next.parentElement);
    }
    return next;
  };

  const label = makeLabel({
    open,
    outer,
    placesOf: (element) => placesOf.get(element) || [],
    all: (places) => panel.open(places),
  });
  const panel = makePanel({
    open,
    isOn: () => labels.get() ?? matchMedia('(hover: hover)').matches,
    choose: (on) => {
      labels.set(on);
      if (!on) label.hide();
    },
  });

  const load = async () => {
    const mine = ++turn;
    const labelled = label.element();
    placesOf = new WeakMap();
    label.hide();
    panel.wait();
    await idle();
    let listed;
    try {
      listed = (await api.get('places', { page: api.page })).places ?? [];
    } catch (error) {
      if (mine === turn) panel.fail(error.message);
      return;
    }
    const links = linksOf(document);
    const mapped = new WeakMap();
    const there = [];
    let until = performance.now() + SLICE;
    for (const place of listed) {
      if (performance.now() > until) {
        await idle();
        until = performance.now() + SLICE;
      }
      if (mine !== turn) return;
      const elements = elementsOf(place, links);
      if (elements.length) there.push(place);
      for (const element of elements) mapped.set(element, [...(mapped.get(element) || []), place]);
    }
    if (mine !== turn) return;
    placesOf = mapped;
    panel.list(there);
    if (labelled?.isConnected && !label.element()) label.show(labelled);
  };

  // ---- the pointer ----

  let timer = 0;
  let waiting = null; // the element whose label comes when the pointer rests
  let touched = false; // whether the last pointer was a finger

  const soon = (act, delay) => {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  };
  const calm = () => {
    clearTimeout(timer);
    waiting = null;
  };
  const selecting = () => !(getSelection()?.isCollapsed ?? true);
  const mayPoint = (event) => labels.get() !== false && event.pointerType !== 'touch' && !event.buttons && !selecting();

  const come = () => {
    const element = waiting;
    calm();
    if (element?.isConnected && !selecting()) label.show(element);
  };

  document.addEventListener('pointerover', (event) => {
    if (!mayPoint(event)) return;
    if (label.holds(event.target)) return calm();
    const element = innermost(event.target);
    if (element && element === label.element()) return calm();
    waiting = element;
    if (element) soon(come, REST);
    else soon(() => label.leave(), LEAVE);
  }, { passive: true });
  document.addEventListener('pointermove', (event) => {
    // On the way to the label the pointer crosses other elements: only where it rests a new label comes.
    if (waiting && mayPoint(event)) soon(come, REST);
  }, { passive: true });
  document.documentElement.addEventListener('pointerleave', () => {
    waiting = null;
    soon(() => label.leave(), LEAVE);
  });
  document.addEventListener('pointerdown', (event) => {
    touched = event.pointerType === 'touch';
    if (label.holds(event.target)) return;
    calm();
    label.hide();
  }, { passive: true });
  document.addEventListener('selectionchange', () => {
    if (selecting() && !label.isAsked()) label.hide();
  });
  document.addEventListener('click', (event) => {
    // A tap, once somebody wanted that. What can be used is left alone.
    if (!touched || labels.get() !== true || event.defaultPrevented || selecting() || isOurs(event.target)) return;
    if (event.target.closest('a, button, input, label, select, summary, textarea')) return;
    const element = innermost(event.target);
    if (element) label.show(element);
  });

  // ---- the keyboard ----

  document.addEventListener('focusin', (event) => {
    if (label.holds(event.target)) return;
    const element = labels.get() !== false && event.target.matches(':focus-visible') ? innermost(event.target) : null;
    calm();
    if (element) label.show(element);
    else label.hide();
  });

  // What the selection or the focus is in, or else what the label is for.
  const subject = () => {
    const selection = getSelection();
    const selected = selecting() && selection.rangeCount ? innermost(selection.getRangeAt(0).commonAncestorContainer) : null;
    const focused = document.activeElement === document.body ? null : innermost(document.activeElement);
    return selected || focused || label.element();
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && label.element()) {
      calm();
      label.hide();
    }
    const isShortcut = event.code === 'KeyE' && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
    if (!isShortcut || event.repeat || isField(event.target) || panel.isOpen()) return;
    event.preventDefault();
    const element = subject();
    if (!element) return api.say('No line is known for this.');
    const places = placesOf.get(element) || [];
    if (places.length === 1) open(places[0]);
    else label.ask(element);
  });

  load();
  return {
    refresh: load,
    list: () => {
      label.hide();
      panel.open();
    },
  };
};
