// Tells when an open page shows what it is waited for: runs in every document before the document's own scripts.
//
// Each frame is looked at before it is painted. What is waited for outlives a reload in the tab's own storage. The
// time told is that of the first task after the frame that shows it, when the main thread has painted the frame.

(() => {
  if (window !== window.top || location.protocol !== 'http:') return;
  const AWAITED = 'bench-awaited';
  const HEARD = 'bench-heard';
  const now = () => performance.timeOrigin + performance.now();

  // Words in a shadow root are visible, too, whether it is open or closed.
  const roots = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    roots.push(root);
    return root;
  };

  // The last message of the server in the document that was waiting; what a new document hears is its greeting.
  let waiting = false;
  window.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      this.addEventListener('message', () => {
        if (waiting) sessionStorage.setItem(HEARD, now());
      });
    }
  };

  // The words of the site: neither those around a quotation nor what the preview puts beside them.
  const own = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if ([...(node.classList ?? [])].some((name) => name === 'context' || name.startsWith('vp-'))) return '';
    return [...node.childNodes].map(own).join('');
  };

  const deepest = (node, words) => {
    const inside = [...node.children].find((child) => child.textContent.includes(words));
    return inside ? deepest(inside, words) : node;
  };

  const shown = (words) =>
    [document.body, ...roots].some((root) => {
      if (!root?.textContent.includes(words)) return false;
      const element = deepest(root, words);
      return element instanceof Element && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    });

  const holds = (awaited) => {
    if (awaited.fault) return shown(awaited.fault);
    if (awaited.mended) return document.readyState !== 'loading' && !!document.querySelector('h1') && !shown(awaited.mended);
    const element = document.querySelector(awaited.selector);
    if (!element) return false;
    if (awaited.property) return getComputedStyle(element)[awaited.property] === awaited.value;
    return own(element).trim() === awaited.text;
  };

  // When the last thing arrived that was fetched for it: the document after a reload, else what a script asked for.
  const fetched = (since) => {
    const ends = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => performance.timeOrigin + entry.responseEnd);
    return Math.max(...ends.filter((end) => end > since), 0) || null;
  };

  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const seen = now();
    const text = sessionStorage.getItem(AWAITED);
    if (!text) return; // it was told by a task before
    const { since } = JSON.parse(text);
    const heard = Number(sessionStorage.getItem(HEARD)) || null;
    const reloaded = !waiting;
    waiting = false;
    sessionStorage.removeItem(AWAITED);
    console.debug(`bench-seen ${JSON.stringify({ seen, heard, fetched: fetched(since), reloaded })}`);
  };

  const look = () => {
    const text = sessionStorage.getItem(AWAITED);
    if (!text) return;
    if (holds(JSON.parse(text))) channel.port2.postMessage(null);
    else requestAnimationFrame(look);
  };

  window.benchAwait = (awaited) => {
    if (holds(awaited)) throw new Error('it is there already');
    performance.clearResourceTimings();
    sessionStorage.removeItem(HEARD);
    sessionStorage.setItem(AWAITED, JSON.stringify({ ...awaited, since: now() }));
    waiting = true;
    requestAnimationFrame(look);
  };

  requestAnimationFrame(look);
})();
