// What this tab remembers from page to page; where a browser keeps nothing, it is remembered while the page is open.
export const remembered = (key, first) => {
  let now = first;
  try {
    now = JSON.parse(sessionStorage.getItem(key)) ?? first;
  } catch { /* nothing is kept */ }
  return {
    get: () => now,
    set: (next) => {
      now = next;
      try {
        sessionStorage.setItem(key, JSON.stringify(next));
      } catch { /* too much, or not allowed */ }
    },
  };
};
