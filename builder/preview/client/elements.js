// Elements, for all that the preview shows: whatever a file or an article says becomes text here, never markup.

// An element with classes, and with what is in it: texts, other elements, and objects with properties of its own.
export const make = (name, classes, ...inside) => {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const part of inside) {
    if (typeof part === 'string' || part instanceof Node) element.append(part);
    else Object.assign(element, part);
  }
  return element;
};

export const button = (classes, act, ...inside) => {
  const element = make('button', classes, { type: 'button' }, ...inside);
  element.addEventListener('click', act);
  return element;
};

// Copies a text; whether that could be done. Else `shown`, which shows it, is selected, to be copied by hand.
export const copied = async (text, shown) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch { // only a page of this computer, or over https, has a clipboard
    if (!shown) return false;
    getSelection().selectAllChildren(shown);
    return document.execCommand('copy');
  }
};
