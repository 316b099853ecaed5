// What the pages of a briefing share, derived of its data once.

import { date, offsetOf } from "./dates.mjs";
import { STATUSES, value } from "./words.mjs";

/** A briefing's data with its names looked up. */
export function briefing(data, site) {
  const offset = offsetOf(data.clock);
  const events = Object.fromEntries(data.events.map((event) => {
    const when = date(event.date, offset);
    return [event.id, { ...event, when: event.label ?? when.words, on: when }];
  }));
  const sources = data.sources.map((source, index) => view(source, index, data, offset, site));
  const topics = data.topics
    .map((topic) => ({ ...topic, claims: data.claims.filter((claim) => claim.topic === topic.id) }))
    .filter((topic) => topic.claims.length);
  const ledger = Object.values(STATUSES)
    .map((status) => ({ status, claims: data.claims.filter((claim) => claim.status === status.name) }))
    .filter((line) => line.claims.length);
  return {
    name: data.id, data, offset, events, sources, topics, ledger,
    of: Object.fromEntries(sources.map((source) => [source.id, source])),
    origins: Object.fromEntries(data.origins.map((origin) => [origin.id, origin.name])),
    when: date(data.date, offset).words,
    clock: data.place ? `${data.place} time (${data.clock})` : data.clock,
    figures: data.claims.filter((claim) => claim.unit).map(figure(sources)).filter((one) => one.values.length),
  };
}

function view(source, index, data, offset, site) {
  const through = source.known_through && date(source.known_through, offset).words;
  const written = source.published ? date(source.published, offset).words
    : through ? `No date; knows of ${through}` : "No date";
  const last = through ?? (source.published && date(source.published, offset).words);
  return {
    index, id: source.id, raw: source, letter: source.siglum, name: source.outlet ?? "Outlet not named", written,
    column: index + 1,
    because: last ? `Knows of nothing after ${last}` : "Ends before it",
    headline: source.headline?.split(" / ")[0],
    lang: source.language === site.language ? "" : ` lang="${source.language}"`,
    speaks: data.claims.filter((claim) => claim.evidence[index].stance !== "silent").length,
  };
}

/** The numbers that sources give for a claim, with words to show for them, the smallest first. */
export function given(claim, sources) {
  return claim.evidence
    .flatMap((cell, index) => (cell.value && cell.quotations.length
      ? [{ cell, source: sources[index], stance: cell.stance, quote: cell.quotations[0], ...value(cell.value) }] : []))
    .sort((one, other) => one.low - other.low);
}

const figure = (sources) => (claim) => {
  const values = new Map();
  for (const one of given(claim, sources)) {
    if (!values.has(one.words)) values.set(one.words, { ...one, sources: [] });
    values.get(one.words).sources.push(one.source);
  }
  return { claim, values: [...values.values()] };
};

/** How a source stands to the others on the claims that both speak to. */
export function agreements(b, source) {
  return b.sources.filter((other) => other !== source).map((other) => {
    const counts = { alike: 0, qualified: 0, contradicted: 0 };
    for (const { evidence } of b.data.claims) {
      const [one, two] = [evidence[source.index].stance, evidence[other.index].stance];
      if (one === "silent" || two === "silent") continue;
      if (one === two) counts[one === "qualifies" ? "qualified" : "alike"] += 1;
      else counts[one === "contradicts" || two === "contradicts" ? "contradicted" : "qualified"] += 1;
    }
    const text = Object.entries(counts).filter(([, count]) => count).map(([word, count]) => `${count} ${word}`);
    return { other, ...counts, shared: counts.alike + counts.qualified + counts.contradicted, text: text.join(", ") };
  });
}

/** What is shown of a source: blocks of passages that stand close together. The data has offsets, no paragraphs. */
export function passages(b, source) {
  const spans = [];
  const add = (quote, stance, claim) => {
    for (const part of quote.parts ?? [quote]) spans.push({ ...part, key: quote.key, stance, claim });
  };
  for (const claim of b.data.claims) {
    const cell = claim.evidence[source.index];
    for (const quote of cell.quotations) add(quote, cell.stance, claim);
  }
  for (const quote of source.raw.known_through_quotations) add(quote, "", null);
  for (const quote of source.raw.looks_ahead_quotations) add(quote, "", null);
  for (const event of b.data.events) {
    const said = event.evidence.find((one) => one.source === source.id);
    for (const quote of said?.quotations ?? []) add(quote, "", null);
  }
  spans.sort((one, other) => one.start - other.start);
  const blocks = [];
  for (const span of spans) {
    const block = blocks.at(-1);
    if (block && span.start <= block.end + 80) {
      block.spans.push(span);
      block.end = Math.max(block.end, span.end);
    } else {
      blocks.push({ start: span.start, end: span.end, spans: [span], before: block ? block.end : 0 });
    }
  }
  return blocks.map(shown);
}

/** A block with its words once, and the claims that rest on them. */
function shown(block) {
  const pieces = [];
  let at = block.start;
  for (const span of block.spans) {
    if (span.start > at) pieces.push({ gap: span.start - at });
    if (span.end > at) {
      const exact = span.start >= at ? span.exact : [...span.exact].slice(at - span.start).join("");
      pieces.push({ exact, key: span.key, stance: span.stance });
    }
    at = Math.max(at, span.end);
  }
  const used = block.spans.filter((span) => span.claim);
  const notes = used.filter((span, index) => span.claim !== used[index - 1]?.claim);
  const scale = 100 / (block.end - block.start);
  const marks = used.map((span) => ({
    stance: span.stance,
    x: ((span.start - block.start) * scale).toFixed(1),
    width: ((span.end - span.start) * scale).toFixed(1),
  }));
  return { ...block, pieces, notes, marks, size: Math.round((block.end - block.start) / 6) };
}
