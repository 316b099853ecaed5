// Random pages and random scripts for the laws of the patch: `trees(seed)` gives what `test_preview_patch.py` needs.
export const trees = (seed) => {
  let state = seed;
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const one = (list) => list[below(list.length)];
  let made = 0;

  const word = () => one(['ab', 'a', '\u{1F600}', '\u{1F601}', ' ', '\n', `w${++made}`, `w${++made}`, 'x&y<z']);
  const node = (depth) => {
    const dice = below(12);
    if (dice < 4 || depth === 0) return document.createTextNode(`${word()}${word()}`);
    if (dice === 4) return document.createComment(`c${below(9)}`);
    if (dice === 5) return drawing();
    if (dice === 6) return holder(depth);
    return element(depth);
  };
  const attributes = (made) => {
    if (below(3) === 0) made.setAttribute('class', one(['a', 'b', 'a b', 'c', '']));
    if (below(4) === 0) made.id = `i${below(12)}`;
    if (below(4) === 0) made.setAttribute(one(['title', 'lang', 'data-x']), `v${below(4)}`);
    return made;
  };
  const element = (depth) => {
    const made = attributes(document.createElement(one(['div', 'div', 'section', 'ul', 'b', 'details', 'span'])));
    fill(made, depth - 1);
    return made;
  };
  const drawing = () => {
    const space = 'http://www.w3.org/2000/svg';
    const made = attributes(document.createElementNS(space, 'svg'));
    made.setAttribute('viewBox', `0 0 ${below(3)} 1`);
    const use = made.appendChild(document.createElementNS(space, 'use'));
    use.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', `#${below(3)}`);
    return made;
  };
  const holder = (depth) => {
    const made = document.createElement('template');
    fill(made.content, depth - 1);
    return made;
  };
  const fill = (parent, depth) => {
    for (let count = below(6); count > 0; count--) parent.append(node(depth));
  };

  const page = () => {
    const made = document.implementation.createHTMLDocument('T');
    attributes(made.body);
    made.title = `T${below(3)}`;
    fill(made.body, 4);
    return made;
  };

  // A page that came from another by a few edits.
  const edited = (from) => {
    const made = from.cloneNode(true);
    for (let edits = 1 + below(4); edits > 0; edits--) {
      const all = [...made.body.querySelectorAll('*'), made.body];
      const chosen = one(all);
      const dice = below(6);
      if (dice === 0) chosen.insertBefore(node(2), one([null, ...chosen.childNodes]));
      else if (dice === 1 && chosen !== made.body) chosen.remove();
      else if (dice === 2) attributes(chosen);
      else if (dice === 3 && chosen !== made.body) move(chosen, all.filter((other) => !chosen.contains(other)));
      else if (dice === 4 && chosen.lastChild) chosen.lastChild.remove();
      else chosen.append(document.createTextNode(word()));
    }
    return made;
  };
  const move = (chosen, places) => {
    const place = one(places);
    place.insertBefore(chosen, one([null, ...place.childNodes]));
  };

  return { below, one, page, edited, write: (made) => `<!doctype html>${made.documentElement.outerHTML}` };
};

const parser = new DOMParser();
export const parse = (html) => parser.parseFromString(html, 'text/html');

// What a tree holds, as text, wherever it came from and in whatever order its attributes stand.
export const shape = (node) => {
  const below = () => [...((node.localName === 'template' && node.content) || node).childNodes].map(shape);
  if (node.nodeType !== Node.ELEMENT_NODE) return [node.nodeName, node.nodeValue, below()];
  const attributes = [...node.attributes].map((one) => `${one.namespaceURI} ${one.name}=${one.value}`).sort();
  return [node.namespaceURI, node.nodeName, attributes, below()];
};
export const same = (one, other) => JSON.stringify(shape(one)) === JSON.stringify(shape(other));
