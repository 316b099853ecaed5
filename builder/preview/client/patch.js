// Brings an edit into the page without loading it anew: what the source changed is changed in the page, and nothing
// else. Three trees are compared: the page as it was sent (`sent`), the page as it is sent now, and the page that is
// shown, where scripts and the reader have been at work. Only what differs between the first two reaches the third.
import { compare, inside, isElement, pairTexts, rising } from './patch-compare.js';
import { hold } from './patch-steady.js';

const parser = new DOMParser();
const NOTHING = new DocumentFragment();

let sent; // the document as the server last sent it, which nobody but us touches
const shown = new WeakMap(); // a node of it → the node of the page that shows it
const ours = new WeakSet(); // the nodes of the page that came from the server, not from a script
let touched = new Set(); // elements that the last patch changed

// What a patch needs to know, made anew for each.
let compared; // the two sources, as `compare` gives them
let moved; // nodes of the page that stand elsewhere now
let gone; // nodes of the page that have to go

const join = (source, live) => {
  shown.set(source, live);
  shown.set(inside(source), inside(live));
  ours.add(live);
};

const joinAll = (source, live) => {
  join(source, live);
  let twin = inside(live).firstChild;
  for (let node = inside(source).firstChild; node; node = node.nextSibling) {
    joinAll(node, twin);
    twin = twin.nextSibling;
  }
};

// To be called once, when the page is parsed and before any script of its own has run.
export const remember = () => {
  sent = document.cloneNode(true);
  joinAll(sent, document);
};

// The elements of the page that the last patch changed, made or moved.
export const changed = () => [...touched].filter((element) => element.isConnected);

// Shows a new state of the page. 'same': there was nothing to do. 'reload': this cannot be done in place, as with
// scripts, which have run already.
export const patch = (html) => {
  const next = parser.parseFromString(html, 'text/html');
  // Where scripts run, the parser takes what is in <noscript> for text; DOMParser does not.
  for (const unused of next.querySelectorAll('noscript')) unused.textContent = unused.innerHTML;
  touched = new Set();
  if (fixed(sent) !== fixed(next)) return 'reload';
  compared = compare(sent, next);
  if (compared.alike(sent, next)) return 'same';
  moved = new Set();
  gone = [];
  const release = hold();
  try {
    children(sent, next, document);
    for (const node of gone) node.remove();
    sent = next;
    // A script had put something into an element that is gone now.
    if (![...touched].every((one) => one.isConnected || isHidden(one))) return 'reload';
  } catch (error) {
    console.error(error);
    return 'reload'; // half a patch must not stay
  } finally {
    compared = gone = null;
    release(moved);
  }
  return 'patched';
};

// What no patch can bring about: scripts that ran, styles that client.js swaps, and what counts only while parsing.
const fixed = (page) =>
  JSON.stringify(
    [...page.querySelectorAll('script, link[rel~="stylesheet"], base, meta[http-equiv]')].map((element) =>
      element.localName === 'script'
        ? [element.getAttribute('src'), element.getAttribute('type'), element.textContent]
        : element.outerHTML,
    ),
  ) + page.compatMode;

// ---- changing the page ----

// `old` and `fresh` are a node of both sources, or fragments; `live` is what shows them. From the top down, so that
// whatever an element moves into stands in its own place already.
const children = (old, fresh, live) => {
  const olds = [...old.childNodes];
  const news = [...fresh.childNodes];
  const match = new Map();
  compared.align(olds.filter(isElement), news.filter(isElement), match);
  const rank = new Map(olds.map((node, index) => [node, index]));
  const pairs = news.filter((node) => rank.has(match.get(node))).map((node) => [rank.get(match.get(node)), node]);
  const stay = new Set(rising(pairs).map(([, node]) => node));
  pairTexts(olds, news, match, stay);

  const kept = new Set(match.values());
  for (const node of olds) {
    if (kept.has(node) || compared.claimed.has(node)) continue;
    gone.push(shown.get(node));
    note(live);
  }
  let last = null; // the child of `live` after which the next one belongs
  for (const node of news) {
    let was = match.get(node);
    if (!isElement(node)) {
      last = text(was, node, live, last, olds.length > 0) ?? last;
      continue;
    }
    if (was && isLost(was, node, live)) was = null;
    if (!was) last = place(make(node), live, last);
    else if (stay.has(node)) last = slot(shown.get(was), live) ?? last;
    else last = move(was, live, last) ?? last;
    if (was) element(was, node);
    else children(NOTHING, inside(node), inside(shown.get(node)));
  }
};

// Whether a script took away what the source now changes: then it is made anew.
const isLost = (old, fresh, parent) => parent.isConnected && !shown.get(old).isConnected && !compared.alike(old, fresh);

const element = (old, fresh) => {
  if (compared.alike(old, fresh)) {
    fresh.replaceWith(old); // with all below it, so that it need not be mapped anew
    return;
  }
  const live = shown.get(old);
  join(fresh, live);
  attributes(old, fresh, live);
  children(inside(old), inside(fresh), inside(live));
  if (live.localName === 'textarea' && old.textContent !== fresh.textContent) live.value = fresh.textContent;
};

const make = (node) => {
  const live = document.importNode(node, false);
  join(node, live);
  return live;
};

const isHidden = (live) => live.getRootNode() instanceof DocumentFragment; // in a <template>
const note = (live) => isElement(live) && touched.add(live);

// The child of `parent` that is `live` or holds it: a script may have wrapped it. Null where a script took it away.
const slot = (live, parent) => {
  let node = live;
  while (node && node.parentNode !== parent) node = node.parentNode;
  return node;
};

const place = (live, parent, last) => {
  const next = last ? last.nextSibling : parent.firstChild;
  if (live !== next) {
    // A move keeps focus, scrolling and :target, where the browser can do it.
    if (parent.moveBefore && parent.isConnected && live.isConnected) parent.moveBefore(live, next);
    else parent.insertBefore(live, next);
  }
  note(isElement(live) ? live : parent);
  return live;
};

const move = (old, parent, last) => {
  const live = shown.get(old);
  if (!slot(live, shown.get(old.parentNode)) || live.contains(parent)) return null; // a script has put it elsewhere
  moved.add(live);
  return place(live, parent, last);
};

// A text or comment. Where a script has rewritten a text that the source changes, too, the source wins.
const text = (old, fresh, parent, last, hadContent) => {
  if (old && compared.alike(old, fresh)) {
    const live = shown.get(old);
    fresh.replaceWith(old);
    return slot(live, parent);
  }
  const live = old ? shown.get(old) : make(fresh);
  join(fresh, live);
  const stands = old && slot(live, parent);
  const rewritten = old && (!stands || live.data !== old.data);
  if (rewritten || !hadContent) clear(parent, last, live, rewritten);
  write(live, fresh.data);
  note(parent);
  return stands?.parentNode === parent ? stands : place(live, parent, last);
};

// Removes what scripts put after `last`, up to the next node of the source.
const clear = (parent, last, but, elementsToo) => {
  let node = last ? last.nextSibling : parent.firstChild;
  while (node && (node === but || !ours.has(node))) {
    const next = node.nextSibling;
    if (node !== but && (elementsToo || !isElement(node))) node.remove();
    node = next;
  }
};

// Changes only the letters that differ, so that a selection in the others stays.
const write = (live, data) => {
  const was = live.data;
  if (was === data) return;
  const most = Math.min(was.length, data.length);
  let start = 0;
  while (start < most && was[start] === data[start]) start++;
  if (isHalf(was, start) || isHalf(data, start)) start--;
  let end = 0;
  while (end < most - start && was.at(-1 - end) === data.at(-1 - end)) end++;
  if (isHalf(was, was.length - end) || isHalf(data, data.length - end)) end--;
  live.replaceData(start, was.length - start - end, data.slice(start, data.length - end));
};

// Whether the boundary `at` lies within a character that takes two units.
const isHalf = (data, at) => at > 0 && data.codePointAt(at - 1) > 0xffff;

const attributes = (old, fresh, live) => {
  for (const { namespaceURI, localName, name, value } of old.attributes) {
    if (fresh.hasAttributeNS(namespaceURI, localName)) continue;
    if (name === 'class') classes(value, '', live);
    else live.removeAttributeNS(namespaceURI, localName);
    state(live, name, '');
    note(live);
  }
  for (const attribute of fresh.attributes) {
    const { namespaceURI, localName, name, value } = attribute;
    const was = old.getAttributeNS(namespaceURI, localName);
    if (was === value) continue;
    if (name === 'class' && live.hasAttribute(name) && live.getAttribute(name) !== was) classes(was ?? '', value, live);
    else live.setAttributeNodeNS(document.importNode(attribute, false)); // any name that the parser takes
    state(live, name, value, true);
    note(live);
  }
};

const words = (value) => value.split(/[\t\n\f\r ]+/).filter(Boolean);

// Scripts add classes of their own, which stay.
const classes = (was, value, live) => {
  live.classList.remove(...words(was));
  live.classList.add(...words(value));
  if (!value && !live.classList.length) live.removeAttribute('class');
};

// What the reader has done to a field outlives a patch, unless the source changed that very thing.
const state = (live, name, value, present = false) => {
  if (live.localName === 'input' && name === 'checked') live.checked = present;
  if (live.localName === 'option' && name === 'selected') live.selected = present;
  if (live.localName === 'input' && name === 'value' && live.type !== 'file') live.value = value;
};
