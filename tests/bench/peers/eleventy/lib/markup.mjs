// The smallest pieces of markup, as functions that templates call: quicker than macros. All escape what they print.

import nunjucks from "nunjucks";

import { STANCES, STATUSES } from "./words.mjs";

const { escape } = nunjucks.lib;
const safe = (html) => new nunjucks.runtime.SafeString(html);

const markOf = (key) => `<svg class="mark" aria-hidden="true"><use href="#i-${key}"/></svg>`;
const TAGS = Object.fromEntries(
  Object.entries(STANCES).map(([key, label]) => [key, safe(`<span class="tag ${key}">${markOf(key)}${label}</span>`)]),
);
const STATUS_TAGS = Object.fromEntries(
  Object.values(STATUSES)
    .map(({ name, key, label }) => [name, safe(`<span class="status ${key}">${markOf(key)}${label}</span>`)]),
);

/** A quotation's words: the keys in <mark>, what was left out in .gap, what was put in in <ins>. */
function wordsOf(quote, stance) {
  let text = quote.exact;
  for (const key of quote.key) text = text.replace(key, (found) => `\x01${found}\x02`);
  text = escape(text);
  if (quote.parts) {
    text = text.replace(/\s*\[(?:…|\.\.\.)\]\s*/g, '<span class="gap">$&</span>');
    text = text.replace(/\s*\[[^\]…]+\]\s*/g, "<ins>$&</ins>");
  }
  if (!quote.key.length) return text;
  return text.replaceAll("\x01", `<mark class="${stance}">`).replaceAll("\x02", "</mark>");
}

const aroundOf = (words) => (words ? `<span class="context">${escape(words)}</span>` : "");
const all = (quote, stance) => aroundOf(quote.prefix) + wordsOf(quote, stance) + aroundOf(quote.suffix);
const cite = (to, source, quote) => `cite="${to}${source.id}.html#c${quote.start}"${source.lang}`;

/** What templates find under these names. `to` is the folder of the sources as seen from the page. */
export const markup = {
  mark: (key) => safe(markOf(key)),
  logo: () => safe(`<span class="logo">${Object.keys(STANCES).map(markOf).join("")}</span>`),
  tag: (stance) => TAGS[stance],
  status: (name) => STATUS_TAGS[name],
  tally: (number, total, key) => safe(`<svg class="tally ${key}" viewBox="0 0 ${total} 1" preserveAspectRatio="none"`
    + ` aria-hidden="true"><path d="M0 .5h${number}"/></svg>`),
  siglum: (source, to) => safe(`<a class="sig" href="${to}${source.id}.html"`
    + ` aria-label="Source ${source.letter}, ${escape(source.name)}">${source.letter}</a>`),
  place: (quote, source, to) => safe(`<a class="place" href="${to}${source.id}.html#c${quote.start}"`
    + ` aria-label="from character ${quote.start} in text ${source.letter}">¶ ${quote.start}</a>`),
  words: (quote, stance) => safe(wordsOf(quote, stance)),
  inline: (quote, source, to, stance) => safe(`<q ${cite(to, source, quote)}>${wordsOf(quote, stance)}</q>`),
  around: (quote, source, to, stance) => safe(`<q ${cite(to, source, quote)}>${all(quote, stance)}</q>`),
  block: (quote, source, to, stance) =>
    safe(`<blockquote ${cite(to, source, quote)}>${all(quote, stance)}</blockquote>`),
  chain: (via, origins) => safe(`<span class="chain">${via.map((id) => `← ${escape(origins[id])}`).join(" ")}</span>`),
  strip: (evidence, sources) => {
    const words = evidence.map((cell, index) => `${sources[index].letter} ${cell.stance}`).join("; ");
    const marks = evidence.map(({ stance }, index) =>
      `<span class="${stance}"><b>${sources[index].letter}</b>${markOf(stance)}</span>`);
    return safe(`<span class="strip" role="img" aria-label="${words}">${marks.join("")}</span>`);
  },
};
