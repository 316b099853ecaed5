// Compares two states of a page's source: which nodes are the same, and which element continues which.

export const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
export const inside = (node) => (node.localName === 'template' && node.content) || node;
const HTML = document.documentElement.namespaceURI;
const kind = (node) => (node.namespaceURI === HTML ? '' : node.namespaceURI) + node.nodeName;

// What is known of two documents: `alike`, `align`, and `claimed`, the old elements whose id stands in the new one.
export const compare = (sent, next) => {
  // The browser's comparison passes over what is in a <template>.
  const templated = [sent, next].some((page) => page.querySelector('template'));
  const verdicts = new Map(); // a new node → the old one that it was compared with, and whether they are alike
  const heirs = new Map(); // a new element → the old one with its id, wherever that stands
  const claimed = new Set();
  const before = named(sent);
  for (const [id, fresh] of named(next)) {
    const old = before.get(id);
    if (!old || !fresh || kind(old) !== kind(fresh)) continue;
    heirs.set(fresh, old);
    claimed.add(old);
  }

  // Whether two nodes are the same to the last letter, with all below them.
  const alike = (old, fresh) => {
    let verdict = verdicts.get(fresh);
    if (verdict?.old !== old) {
      verdict = { old, alike: old.isEqualNode(fresh) && (!templated || hidden(old) === hidden(fresh)) };
      verdicts.set(fresh, verdict);
    }
    return verdict.alike;
  };

  // Which of `olds` each of `news` continues: noted in `match`. What is alike at both ends, then what there is only one
  // of, and between these anchors whatever is of one kind, in order.
  const align = (olds, news, match, anchored = false) => {
    let start = 0;
    let end = olds.length;
    let stop = news.length;
    while (start < end && start < stop && alike(olds[start], news[start])) match.set(news[start], olds[start++]);
    while (start < end && start < stop && alike(olds[end - 1], news[stop - 1])) match.set(news[--stop], olds[--end]);
    const left = olds.slice(start, end);
    const right = news.slice(start, stop);
    if (anchored) {
      pairKinds(left, right, match);
      return;
    }
    const rank = new Map(left.map((old, index) => [old, index]));
    const known = singles(left.filter((old) => !claimed.has(old)));
    const looks = new Map([...singles(right.filter((fresh) => !heirs.has(fresh)))].map(([key, fresh]) => [fresh, key]));
    const pairs = [];
    right.forEach((fresh, index) => {
      const old = heirs.get(fresh) ?? known.get(looks.get(fresh));
      if (!old) return;
      match.set(fresh, old);
      if (rank.has(old)) pairs.push([rank.get(old), index]);
    });
    const taken = new Set(pairs.map(([at]) => left[at]));
    let [from, onward] = [0, 0];
    for (const [at, index] of [...rising(pairs), [left.length, right.length]]) {
      const open = left.slice(from, at).filter((old) => !taken.has(old) && !claimed.has(old));
      align(open, right.slice(onward, index).filter((fresh) => !match.has(fresh)), match, true);
      [from, onward] = [at + 1, index + 1];
    }
  };

  return { alike, align, claimed };
};

const hidden = (node) => {
  const all = [node, ...(node.querySelectorAll?.('template') ?? [])];
  return JSON.stringify(all.map((one) => one.localName === 'template' && one.innerHTML));
};

// By what an element is found again among its siblings, were it moved or its markup changed.
const look = (element) => {
  const text = element.textContent;
  return `${kind(element)}\0${text.trim() ? `${element.getAttribute('class')}\0${text}` : element.outerHTML}`;
};

// The elements by their look; without those that look like another.
const singles = (elements) => {
  const seen = new Map();
  for (const element of elements) {
    const key = look(element);
    seen.set(key, seen.has(key) ? null : element);
  }
  return new Map([...seen].filter(([, element]) => element));
};

const pairKinds = (olds, news, match) => {
  const queues = new Map();
  for (const old of olds) {
    if (!queues.has(kind(old))) queues.set(kind(old), []);
    queues.get(kind(old)).push(old);
  }
  for (const queue of queues.values()) queue.reverse();
  for (const fresh of news) {
    const old = queues.get(kind(fresh))?.pop();
    if (old) match.set(fresh, old);
  }
};

// The elements with an id; null for an id that stands twice.
const named = (page) => {
  const found = new Map();
  for (const element of page.querySelectorAll('[id]')) {
    const id = element.getAttribute('id');
    found.set(id, found.has(id) ? null : element);
  }
  return found;
};

// Of pairs [rank, …], those of the longest run whose ranks rise.
export const rising = (pairs) => {
  const ends = []; // ends[n]: the pair with the smallest rank that ends a run of n + 1
  const before = new Map();
  for (const pair of pairs) {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (ends[middle][0] < pair[0]) low = middle + 1;
      else high = middle;
    }
    before.set(pair, ends[low - 1]);
    ends[low] = pair;
  }
  const run = [];
  for (let pair = ends.at(-1); pair; pair = before.get(pair)) run.push(pair);
  return run.reverse();
};

// Texts are not moved: each continues one between the same two elements that stay.
export const pairTexts = (olds, news, match, stay) => {
  const staying = new Map(olds.map((old, index) => [old, index]));
  const halts = new Set([...stay].map((fresh) => match.get(fresh)));
  let at = 0;
  for (const fresh of news) {
    if (stay.has(fresh)) at = staying.get(match.get(fresh)) + 1;
    if (isElement(fresh)) continue;
    while (at < olds.length && !halts.has(olds[at]) && olds[at].nodeName !== fresh.nodeName) at++;
    if (at < olds.length && !halts.has(olds[at])) match.set(fresh, olds[at++]);
  }
};
