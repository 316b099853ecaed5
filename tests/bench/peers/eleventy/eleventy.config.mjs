// All pages of all briefings: one template for each kind, over a list of small items that say which page is meant.

import { readdirSync, readFileSync } from "node:fs";

import markdownIt from "markdown-it";
import nunjucks from "nunjucks";

import { agreements, briefing, passages } from "./lib/briefings.mjs";
import { chronicle, pattern, plot } from "./lib/charts.mjs";
import { date } from "./lib/dates.mjs";
import { markup } from "./lib/markup.mjs";
import * as words from "./lib/words.mjs";

const site = JSON.parse(readFileSync("site.json", "utf-8"));
const markdown = markdownIt({ html: false });

/** Every briefing by its name, the newest first; those of one date by name. */
function read() {
  const all = readdirSync("briefings").sort().map((file) => {
    const data = JSON.parse(readFileSync(`briefings/${file}`, "utf-8"));
    return briefing(data, site);
  });
  const newer = (one, other) => one.data.published > other.data.published;
  all.sort((one, other) => newer(other, one) - newer(one, other));
  return new Map(all.map((b) => [b.name, b]));
}

/** The items of each kind of page: the briefing's name, the place of the claim or source in it, and the path. */
function itemsOf(briefings) {
  const names = [...briefings.keys()];
  const each = (list, folder) => [...briefings.values()].flatMap((b) =>
    list(b).map((one, at) => ({ briefing: b.name, at, path: `${b.name}/${folder}/${one.id}.html` })));
  return {
    overview: names.map((name) => ({ briefing: name, path: `${name}/index.html` })),
    matrix: names.map((name) => ({ briefing: name, path: `${name}/matrix.html` })),
    timeline: names.map((name) => ({ briefing: name, path: `${name}/timeline.html` })),
    claim: each((b) => b.data.claims, "claims"),
    source: each((b) => b.sources, "sources"),
    digest: [{ path: "index.html" }],
    archive: names.length > 12 ? [{ path: "archive.html" }] : [],
  };
}

export default function (eleventyConfig) {
  const briefings = read();
  eleventyConfig.setNunjucksEnvironmentOptions({ autoescape: true, trimBlocks: true, lstripBlocks: true });
  const globals = {
    ...markup, ...words, site, agreements, chronicle, passages, pattern, plot,
    words: markup.words, status: markup.status,
    briefings: [...briefings.values()],
    briefing: (name) => briefings.get(name),
    date: (text, offset) => date(text, offset),
    markdown: (text) => new nunjucks.runtime.SafeString(markdown.render(text)),
  };
  for (const [name, value] of Object.entries(globals)) eleventyConfig.addNunjucksGlobal(name, value);
  eleventyConfig.addGlobalData("items", itemsOf(briefings));
  return { dir: { input: "pages", includes: "../includes" }, templateFormats: ["njk"] };
}
