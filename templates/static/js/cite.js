// Shows a button that copies the citation, with the address at which the reader stands.
if (navigator.clipboard) {
  const cite = document.getElementById('cite');
  const button = cite.nextElementSibling;
  const words = cite.firstChild.textContent.trim();
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(`${words} ${location.href.split('#')[0]}`);
    button.textContent = 'Copied';
  });
}
