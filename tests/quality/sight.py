"""Whether what has the focus can be seen, and is not beneath something that sticks."""

IN_SIGHT = """() => {
  const focused = document.activeElement;
  const seen = focused.closest('label') || focused;
  const [box] = seen.getClientRects();
  if (!box || !box.width || !box.height) return `no size: ${focused.outerHTML}`;
  const middle = (start, end, size) => (Math.max(0, start) + Math.min(size, end)) / 2;
  const x = middle(box.left, box.right, innerWidth), y = middle(box.top, box.bottom, innerHeight);
  const top = document.elementFromPoint(x, y);
  const clear = top && (seen.contains(top) || top.contains(seen));
  return clear ? '' : `hidden at ${x},${y} by ${top && top.outerHTML.slice(0, 80)}: ${focused.outerHTML.slice(0, 120)}`;
}"""
"""In the page: nothing if it can, else what is wrong."""
