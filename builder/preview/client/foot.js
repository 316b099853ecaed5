// What stands at the foot of the window steps aside while somebody reads on. It is back on the way up, at the page's
// end, and where the pointer comes near it.

const STEP = 24; // less than that is a tremble and no scrolling, in pixels
const NEAR = 24; // so near the pointer calls it back, in pixels

export const stepAside = (bar) => {
  let last = scrollY;
  let away = false;
  const set = (now) => {
    away = now;
    bar.classList.toggle('vp-aside', now);
  };
  addEventListener('scroll', () => {
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    if (scrollY <= 0 || left < STEP) set(false);
    else if (Math.abs(scrollY - last) < STEP) return;
    else set(scrollY > last);
    last = scrollY;
  }, { passive: true });
  document.addEventListener('pointermove', ({ clientX, clientY, pointerType }) => {
    if (!away || pointerType === 'touch') return;
    const { right, top } = bar.getBoundingClientRect();
    if (clientX < right + NEAR && clientY > top - NEAR) set(false);
  }, { passive: true });
};
