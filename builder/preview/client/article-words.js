// Words, as the builder counts them.
export const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

export const wordsIn = (text) => {
  const number = text.match(WORD)?.length ?? 0;
  return number === 1 ? '1 word' : `${number} words`;
};
