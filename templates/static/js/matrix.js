// The matrix: filters that combine, orders, words to find, all in the address; arrow keys between cells.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const [form] = document.forms;
  const [table] = all('.matrix');
  const [live] = all('#live');
  const [every, ...chips] = all('a.chip');
  const boxes = all('[name=without]');
  const sorted = table.createTBody();
  let rows = []; // as they are written

  const nameOf = ({ hash }) => hash.slice(1);
  const light = (chip, on) => (chip.ariaCurrent = on || null);
  const active = () => chips.filter((chip) => chip.ariaCurrent).map(nameOf);
  const show = () => {
    const names = active();
    const column = all('.speaks a').findIndex((chip) => chip.ariaCurrent) + 1;
    const words = form.q.value.toLowerCase().split(' ');
    for (const row of rows) {
      const says = (column ? [row.cells[column]] : [...row.cells]).map((cell) => cell.className);
      const told = [row.className, row.home.id, ...says];
      const text = row.textContent.toLowerCase();
      row.hidden = !(
        names.every((name) => told.includes(name) || (/^source-/.test(name) && says[0] !== 'silent')) &&
        words.every((word) => text.includes(word))
      );
    }
    for (const body of table.tBodies) body.hidden = !body.querySelector('[id]:not([hidden])');
    light(every, !names[0]);
    const shown = rows.filter((row) => !row.hidden).length;
    live.textContent = live.dataset.words.replace('{shown}', shown).replace('{all}', rows.length);
    live.nextElementSibling.hidden = shown === rows.length;
  };

  const read = () => {
    const hash = nameOf(location);
    const target = document.getElementById(hash);
    if (target && !target.closest('.matrix, .chip')) return;
    const given = new URLSearchParams(hash);
    for (const chip of chips) light(chip, given.has(nameOf(chip)));
    for (const box of boxes) box.checked = given.getAll('without').includes(box.value);
    for (const name of ['q', 'sort', 'view']) form[name].value = given.get(name) ?? '';
    for (const row of rows) if (sorted.contains(row)) row.home.append(row);
    rows = all('.matrix tr[id]');
    for (const row of rows) row.home = row.parentNode;
    const ranks = form.sort.selectedOptions[0]?.dataset.ranks;
    const rank = (row) => ranks.codePointAt(rows.indexOf(row));
    if (ranks) sorted.append(...[...rows].sort((one, other) => rank(one) - rank(other)));
    const seen = target?.getClientRects()[0];
    show();
    if (!seen) target?.scrollIntoView();
  };

  const write = () => {
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const top = scrollY;
    location.hash = [...active(), given].join('&').replace(/&$/, '') || 'all';
    scrollTo({ top, behavior: 'instant' });
  };
  window.onhashchange = read;
  window.onpageshow = (event) => event.persisted && setTimeout(read); // Safari empties a form on the way back
  form.oninput = show;
  form.onchange = write;
  form.onclick = (event) => {
    const chip = event.target.closest('a.chip');
    if (!chip || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const on = !chip.ariaCurrent;
    for (const other of chips) if (chip === every || chip.closest('ul').contains(other)) light(other);
    if (chip === every) form.q.value = '';
    light(chip, on);
    write();
    chip.focus({ preventScroll: true });
  };

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -99], End: [0, 99] };
  table.onkeydown = (event) => {
    const cell = event.target.closest('td, th');
    const step = steps[event.key];
    if (!cell || !step || event.altKey || event.metaKey) return;
    const near = (list, one, by) => {
      const seen = [...list].filter((other) => other.className !== 'topic' && other.getClientRects()[0]);
      return seen[Math.max(0, Math.min(seen.length - 1, seen.indexOf(one) + by))];
    };
    const { cells } = near(table.rows, cell.parentNode, step[0]);
    const next = near(cells, cells[cell.cellIndex], step[1]);
    next.tabIndex = -1;
    (next.querySelector('a') ?? next).focus();
    event.preventDefault();
  };

  for (const one of all('.controls [hidden]')) one.hidden = false;
  read();
})();
