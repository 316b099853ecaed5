// Elements and numbers, for the whole article.

// An element with classes, properties and what is in it. Texts stay texts.
export const make = (name, classes, properties = {}, ...inside) => {
  const element = document.createElement(name);
  if (classes) element.className = classes;
  for (const [key, value] of Object.entries(properties)) element[key] = value;
  element.append(...inside);
  return element;
};

// A word as the builder counts it.
export const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

export const wordsIn = (text) => {
  const number = text.match(WORD)?.length ?? 0;
  return number === 1 ? '1 word' : `${number} words`;
};
