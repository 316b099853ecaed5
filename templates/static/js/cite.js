// Shows a button that copies the citation, with the address of the quotation that the reader came for or went to.
if (navigator.clipboard) {
  const cite = document.getElementById('cite');
  const button = cite.nextElementSibling;
  const words = cite.firstChild.textContent.trim();
  const copy = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const cited = document.querySelector('.testimony :target');
    await navigator.clipboard.writeText(words + ' ' + location.href.split('#')[0] + (cited ? '#' + cited.id : ''));
    button.textContent = button.dataset.done;
  });
  addEventListener('hashchange', (event) => { if (event.newURL !== event.oldURL) button.textContent = copy; });
}
