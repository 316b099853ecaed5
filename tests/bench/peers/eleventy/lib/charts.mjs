// Where marks, bars and points lie.

import { given } from "./briefings.mjs";
import { at, date, month, second, weekday } from "./dates.mjs";
import { listed, number, sentence } from "./words.mjs";

const DAY = 86400;
const FAR = { lower: "100.0", upper: "0.0" };
const SIZES = { supports: 8, qualifies: 9, contradicts: 10, silent: 8 };

/** A row for each source, a column for each claim. */
export function pattern(b) {
  const marks = { contradicts: [], qualifies: [], silent: [], supports: [] };
  const topics = [];
  const bottom = 1 + 12 * b.sources.length;
  let x = 14;
  for (const topic of b.topics) {
    if (3 * topic.title.length <= 12 * topic.claims.length + 5) topics.push({ x: x - 1, text: topic.title });
    for (const claim of topic.claims) {
      claim.evidence.forEach((cell, row) => {
        const size = SIZES[cell.stance];
        const inset = (8 - size) / 2;
        marks[cell.stance].push({ x: x + inset, y: 1 + 12 * row + inset, size });
      });
      x += 12;
    }
    x += 5;
  }
  return { width: x - 5, height: bottom + 10, label: bottom + 6, marks: Object.entries(marks), topics };
}

/** The numbers of at least two sources on one axis; nothing where there are fewer. */
export function plot(claim, b) {
  const values = given(claim, b.sources);
  if (values.length < 2) return null;
  const low = values[0].low, high = Math.max(...values.map((one) => one.high));
  const spread = (high - low || Math.abs(high) || 1) / 3;
  const power = 10 ** Math.floor(Math.log10(spread));
  const step = power * [1, 2, 5, 10].find((factor) => power * factor >= spread);
  const from = Math.floor((low - step / 2) / step) * step;
  const start = low >= 0 ? Math.max(0, from) : from;
  const end = Math.ceil((high + step / 2) / step) * step;
  const x = (one) => (2 + (95 * (one - start)) / (end - start)).toFixed(2);
  const ticks = Array.from({ length: Math.round((end - start) / step) + 1 }, (_, index) => start + step * index);
  const silent = b.sources.filter((source) => !values.some((one) => one.source === source));
  const others = silent.map((source) => source.letter);
  const without = others.length
    ? `${listed(others)} ${others.length === 1 ? "gives" : "give"} no number.`
    : "";
  const words = values.map((one) => `${one.source.letter} gives ${one.words} ${claim.unit}`).join("; ");
  return {
    title: `${sentence(number(values.length))} sources give a number, in ${claim.unit}.`, without,
    description: `${words}. ${without}`.trim(),
    ticks: ticks.map((one) => ({ x: x(one), text: Number(one.toPrecision(12)) })),
    rows: values.map((one) => ({ ...one, x: x(one.low), far: FAR[one.kind] ?? x(one.high) })),
  };
}

// ---- time

/** Events and texts in the order of their beginnings, by periods and on their axes. */
export function chronicle(b) {
  const events = b.data.events.map((event) => ofEvent(b, b.events[event.id]));
  const happenings = [...events, ...b.sources.map((source) => ofText(b, source))];
  happenings.sort((one, other) => one.at - other.at);
  const focus = date(b.data.date, b.offset);
  const first = focus.start ?? focus.end, last = focus.end ?? focus.start;
  const length = Math.max(DAY, last - first);
  const pad = Math.max(DAY, length / 4);
  const ends = happenings.flatMap((one) => [one.start, one.end]).filter((end) => end !== null);
  const near = ends.filter((end) => end >= first - 2 * length && end <= last + 2 * length);
  const close = axis("close", Math.min(first - pad, ...near), Math.max(last + pad, ...near), focus);
  const axes = [close];
  if (ends.some((end) => end < close.start || end > close.end)) {
    axes.push(axis("wide", Math.min(close.start, ...ends), Math.max(close.end, ...ends), focus));
  }
  for (const one of axes) {
    one.groups = [["event", "events", "What happened"], ["text", "texts", "When each text was written"]]
      .map(([kind, id, title]) => ({ id, title, rows: rows(happenings.filter((h) => h.kind === kind), one, close) }))
      .filter((group) => group.rows.length);
  }
  return { close, axes, periods: periods(happenings, focus) };
}

function ofEvent(b, event) {
  const { on } = event;
  const inferred = event.dated === "inferred";
  return {
    id: `event-${event.id}`, kind: "event", at: on.start ?? on.end ?? 0, start: on.start, end: on.end,
    label: event.title, title: event.title, when: event.label ?? on.long, machine: on.machine, inferred,
    certainty: inferred ? "date inferred" : event.label ? "as the text puts it" : on.one ? "order only"
      : `${on.about ? "about this " : ""}${on.precision}`,
    hatched: inferred || on.one || Boolean(on.about), note: event.note, evidence: event.evidence,
    claims: b.data.claims.filter((claim) => claim.event === event.id),
  };
}

function ofText(b, source) {
  const { raw } = source;
  const on = raw.published ? date(raw.published, b.offset) : null;
  const through = raw.known_through ? date(raw.known_through, b.offset) : null;
  const ahead = raw.looks_ahead ? b.events[raw.looks_ahead] : null;
  const limits = [ahead?.on.end, raw.captured && date(raw.captured, b.offset).end].filter((end) => end != null);
  const start = on ? on.start : (through?.start ?? null);
  const end = on ? on.end : limits.length ? Math.min(...limits) : null;
  const known = end === null ? "no later limit" : "window, inferred";
  const certainty = on ? "printed" : start === null ? "not known" : known;
  return {
    id: `text-${source.id}`, kind: "text", at: start ?? end ?? 0, start, end, label: source.name, source,
    title: `${source.letter} is ${on ? "published" : "written"}`,
    when: on?.long ?? (through ? `${through.words} or later` : "Not known"),
    machine: on?.machine, certainty, inferred: !on, hatched: !on,
    note: ahead ? `Still ahead of it: ${ahead.title}.` : "",
    evidence: [{ source: source.id, quotations: [...raw.known_through_quotations, ...raw.looks_ahead_quotations] }],
    claims: [],
  };
}

function periods(happenings, focus) {
  const parts = [["Before", []], [focus.words, []], ["After", []], ["Date not known", []]];
  for (const one of happenings) {
    const part = one.start === null && one.end === null ? 3 : focus.start !== null && one.at < focus.start ? 0
      : focus.end !== null && one.at >= focus.end ? 2 : 1;
    parts[part][1].push({ ...one, around: part !== 1 });
  }
  return parts.filter(([, entries]) => entries.length).map(([title, entries]) => ({ title, entries }));
}

/** An axis in whole days, months or years, with at most nine columns. */
function axis(id, low, high, focus) {
  const days = (high - low) / DAY;
  const unit = days <= 9 ? "day" : days <= 270 ? "month" : "year";
  const by = Math.ceil(days / 3287);
  const first = at(low);
  const [year, number, day] = [first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()];
  const tick = {
    day: (i) => second(year, number, day + i),
    month: (i) => second(year, number + i, 1),
    year: (i) => second(year + by * i, 0, 1),
  }[unit];
  const starts = [tick(0)];
  while (starts.at(-1) < high) starts.push(tick(starts.length));
  const [start, end] = [starts[0], starts.at(-1)];
  const title = id === "close" ? date(`${iso(start)}/${iso(end - DAY)}`).words
    : `From ${at(start).getUTCFullYear()} to ${at(end - DAY).getUTCFullYear()}`;
  const scale = 100 / (end - start);
  const columns = starts.slice(0, -1).map((from, index) => ({
    x: ((from - start) * scale).toFixed(2), width: ((starts[index + 1] - from) * scale).toFixed(2),
    label: label(from, unit, index === 0),
    focus: starts[index + 1] > (focus.start ?? -Infinity) && from < (focus.end ?? Infinity),
  }));
  return { id, title, start, end, scale, columns };
}

const iso = (moment) => at(moment).toISOString().slice(0, 10);

function label(moment, unit, first) {
  const day = at(moment);
  if (unit === "year") return String(day.getUTCFullYear());
  const short = month(moment).slice(0, 3);
  if (unit === "month") return `${short} ${day.getUTCFullYear()}`;
  return `${weekday(moment).slice(0, 3)} ${day.getUTCDate()}${first || day.getUTCDate() === 1 ? ` ${short}` : ""}`;
}

/** The bars of an axis; a wide one leaves out what the close one holds. */
function rows(happenings, axis, close) {
  return happenings.flatMap((one) => {
    const left = one.start === null ? -Infinity : (one.start - axis.start) * axis.scale;
    const right = one.end === null ? Infinity : (one.end - axis.start) * axis.scale;
    const ends = [one.start, one.end].filter((end) => end !== null);
    const held = axis !== close && ends.length > 0 && ends.every((end) => end >= close.start && end <= close.end);
    if (held || right < 0 || left >= 100) return [];
    const [x, width] = [Math.max(0, left), Math.min(100, right) - Math.max(0, left)];
    const bar = { kind: one.kind, inferred: one.hatched, opens: left < 0, ends: right > 100, point: width === 0 };
    return [{ ...one, bar: { ...bar, x: x.toFixed(2), width: width.toFixed(2) } }];
  });
}
