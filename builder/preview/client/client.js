// The preview in the browser: hears over livereload's protocol what this page should show, and makes it show that.
// It must come before the page's own scripts, so that it knows the page as it was sent.
import { remember, patch } from './patch.js';
import * as faults from './faults.js';
import * as places from './places.js';
import * as article from './article.js';
import { copied } from './elements.js';

const tag = () => document.getElementById('variorum-preview');
const { base } = tag().dataset;
const shownParts = new Map(Object.entries(JSON.parse(tag().dataset.parts)));
const path = decodeURIComponent(location.pathname).slice(base.length);

remember();

const ask = async (name, options) => {
  const headers = { 'X-Preview-Token': tag().dataset.token, ...options.headers };
  const answer = await fetch(`${base}__preview/${name}`, { ...options, headers }).catch(() => null);
  if (!answer) throw new Error('The preview does not answer.');
  if (!answer.headers.get('Content-Type').startsWith('application/json')) throw new Error(await answer.text());
  const data = await answer.json();
  if (data.error) throw new Error(data.error);
  return data;
};

const api = {
  base,
  page: path === '' || path.endsWith('/') ? `${path}index.html` : path,
  get: (name, params = {}) => ask(`${name}?${new URLSearchParams(params)}`, {}),
  post: (name, body) =>
    ask(name, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  // Opens a line in the editor, or else copies the place; returns what is to be said of it, and never fails.
  async open(file, line, column) {
    try {
      return (await api.post('open', { file, line, column })).said;
    } catch (error) {
      const place = `${file}:${line}:${column}`;
      return `${error.message} ${await copied(place) ? `Copied ${place}.` : place}`;
    }
  },
  say: (sentence) => told.say(sentence),
};

const told = faults.start(api);
const located = places.start(api);
const whole = article.start(api);
told.offer('What made this page', located.list);

// ---- showing what there is ----

const resolved = (href) => new URL(href, document.baseURI).pathname;

const heirs = new Map(); // a style sheet → the one that is being loaded to take its place

// A new style sheet is loaded beside the old one, which goes when the new one is there: nothing flashes.
const swapStyle = (part, digest) => {
  const coming = [...heirs.values()];
  for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
    if (resolved(link.getAttribute('href')) !== resolved(part) || coming.includes(link)) continue;
    heirs.get(link)?.remove(); // it is old already
    const next = link.cloneNode();
    next.href = `${part}?v=${digest}`;
    const settle = (loser) => {
      if (heirs.get(link) !== next) return;
      heirs.delete(link);
      loser.remove();
    };
    next.addEventListener('load', () => settle(link), { once: true });
    next.addEventListener('error', () => {
      if (shownParts.get(part) === digest) shownParts.set(part, '');
      settle(next);
      askAgain();
    }, { once: true });
    heirs.set(link, next);
    link.after(next);
  }
};

const swapPicture = (part, digest) => {
  for (const image of document.images) {
    if (resolved(image.getAttribute('src') ?? '') === resolved(part)) image.src = `${part}?v=${digest}`;
  }
};

const swapParts = (parts) => {
  for (const [part, digest] of Object.entries(parts)) {
    const known = shownParts.get(part);
    shownParts.set(part, digest);
    if (known === undefined || known === digest) continue;
    if (part.endsWith('.js')) location.reload(); // what it did cannot be undone
    else if (part.endsWith('.css')) swapStyle(part, digest);
    else swapPicture(part, digest);
  }
};

let wanted = tag().dataset.page;
let another = false; // whether another server may have taken the place of the one that sent this page
let busy = false;

const renew = async () => {
  if (busy) return;
  busy = true;
  try {
    while (another || tag().dataset.page !== wanted) {
      another = false;
      const goal = wanted;
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } });
      if (patch(await answer.text()) === 'reload') {
        location.reload();
        return;
      }
      // The site may have moved on meanwhile; then the next message says so.
      if (tag().dataset.page !== wanted && goal === wanted) wanted = tag().dataset.page;
    }
  } catch {
    another = true;
    askAgain();
  } finally {
    busy = false;
  }
};

let building = false;
let foreign = false; // whether the preview of another site has come to this address

const hear = async (message) => {
  if (message.command === 'site') {
    foreign = message.id !== tag().dataset.site;
    if (foreign) told.say('Another site is shown at this address now. Load the page anew to see it.');
  }
  if (foreign) return;
  if (message.command === 'site') {
    swapParts(message.parts);
    wanted = message.page;
    await renew();
    located.refresh();
    whole.refresh();
  } else if (message.command === 'building') {
    building = true;
    told.say('Building …');
  } else if (message.command === 'faults') {
    if (building) told.say('');
    building = false;
    told.show(message);
    document.documentElement.dataset.vp = 'ready';
  }
};

// ---- the connection ----

const RETRY = 500; // milliseconds
let pause = 100;
let gone = false;
let send;
const introduce = () => send({ command: 'info', url: location.href });

// Something could not be loaded. Where the connection is lost, too, we shall be told when it is found again.
const askAgain = () => setTimeout(() => gone || introduce(), RETRY);

const connect = () => {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}${base}__preview/socket`);
  send = (message) => socket.send(JSON.stringify(message));
  socket.addEventListener('open', () => send({ command: 'hello', protocols: ['http://livereload.com/protocols/official-7'] }));
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(event.data);
    if (message.command === 'hello') {
      pause = 100;
      if (gone) told.found();
      another ||= gone;
      gone = false;
      introduce();
    } else {
      hear(message);
    }
  });
  socket.addEventListener('close', () => {
    if (!gone) setTimeout(() => gone && told.lost(), 1500); // it may only begin anew
    gone = true;
    if (building) told.say(''); // nobody knows whether it goes on
    building = false;
    setTimeout(connect, pause);
    pause = Math.min(pause * 1.5, 2000);
  });
};
connect();
