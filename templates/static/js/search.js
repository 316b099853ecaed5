// The search page: what is typed, its address, the keys. lookup.js finds words, hits.js shows them: both are loaded when
// something is typed, as all data is, as scripts: a folder allows nothing else.
(() => {
  const [page, field, hits, more, within, browse] =
    ['search', 'q', 'hits', 'more', 'within', 'browse'].map((id) => document.getElementById(id));
  const only = within.firstChild;
  const kinds = [...document.getElementsByName('kind')];
  const { names, count, soFar, none } = page.dataset;
  const AT_ONCE = 30;
  let given, done, briefing, turn = 0;

  const known = {};
  window.found = (data) => { given = data; };
  const load = (path) => known[path += `?${page.dataset.version}`] ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.onload = () => resolve(given);
    script.onerror = () => resolve();
    script.src = path;
    document.head.append(script);
  });

  const run = async () => {
    const mine = ++turn;
    const query = (field.defaultValue = field.value).trim(); // Safari shows the default when the reader comes back
    const state = { q: query, kind: kinds.find((kind) => kind.checked).value, in: only.checked ? briefing : '' };
    const typed = `${new URLSearchParams(Object.entries(state).filter(([, value]) => value))}`;
    try {
      if (location.hash.slice(1) !== typed) history.replaceState(null, '', `#${typed}`);
    } catch { /* Some browsers allow a hundred in half a minute; hits count for more than the address. */ }
    const [lookup, draw] = await Promise.all((query ? ['lookup', 'hits'] : []).map((name) => load(`static/js/${name}.js`)));
    const source = lookup?.(page.dataset, load, state);
    let next = await source?.next() ?? { done: true };
    if (mine !== turn) return;
    hits.replaceChildren();
    let sum = 0;
    const go = async () => {
      const start = sum;
      for (; !next.done && sum < start + AT_ONCE; sum++) {
        draw(hits, next.value);
        next = await source.next();
        if (mine !== turn) return;
      }
      more.hidden = next.done;
      browse.hidden = sum;
      page.lastElementChild.textContent = sum ? (next.done ? count : soFar).replace('#', sum) : query && none;
      if (start) links()[start].focus();
    };
    more.firstChild.onclick = go;
    await go();
  };
  const start = () => { done = run(); };
  const links = () => hits.querySelectorAll('li > a');

  // What follows # was typed here, what follows ? came with a link.
  const read = async () => {
    const state = new URLSearchParams(location.hash.slice(1) || location.search);
    field.value = state.get('q') ?? '';
    for (const kind of kinds) kind.checked = kind.value === state.get('kind') || !kind.value;
    briefing = names.split(' ').find((name, _, all) => all[1] && name === state.get('in'));
    only.checked = briefing;
    within.hidden = !briefing;
    start();
    if (briefing) within.lastChild.textContent = (await load(`${briefing}/data/search.js`)).title;
  };

  page.addEventListener('input', start);
  addEventListener('hashchange', () => document.getElementById(location.hash.slice(1)) || read()); // or a skip link
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const stops = [field, ...links()];
    const at = stops.indexOf(target);
    let goal;
    if (at && ['/', 'Escape'].includes(key)) goal = field;
    else if (at >= 0 && key === 'ArrowDown') goal = stops[at + 1];
    else if (at > 0 && key === 'ArrowUp') goal = stops[at - 1];
    else if (!at && key === 'Enter') done.then(() => links()[0]?.click());
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  });
  read();
})();
