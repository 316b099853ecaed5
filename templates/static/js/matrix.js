// The matrix: announces how many claims a filter leaves, lets arrow keys move between cells, and makes the region a
// tab stop only while it scrolls. The page works without it.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.getClientRects().length > 0;
  const table = document.querySelector('.matrix');
  const region = document.querySelector('.scroll');
  const chips = all('a.chip');

  const announce = () => {
    const current = chips.find((chip) => chip.hash === location.hash) || chips[0];
    for (const chip of chips) chip.removeAttribute('aria-current');
    current.setAttribute('aria-current', 'true');
    const rows = all('.matrix tr[id]');
    const live = document.getElementById('live');
    const words = `${rows.filter(shown).length} of ${rows.length} claims shown`;
    if (live.textContent !== words) live.textContent = words;
  };
  addEventListener('hashchange', announce);
  addEventListener('load', announce);

  const fit = () => {
    const larger = region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1;
    region.tabIndex = larger && getComputedStyle(region).overflowX !== 'visible' ? 0 : -1;
  };
  addEventListener('resize', fit);
  addEventListener('change', fit);
  fit();

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const cell = event.target.closest('td, th');
    if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = all('.matrix tr[id]').filter(shown);
    let row = rows.indexOf(cell.parentNode);
    let column = cell.cellIndex;
    let link;
    while (!link && rows[(row += step[0])]?.cells[(column += step[1])]) {
      link = rows[row].cells[column].querySelector('a');
    }
    if (!link) return;
    event.preventDefault();
    link.focus();
  });
})();
