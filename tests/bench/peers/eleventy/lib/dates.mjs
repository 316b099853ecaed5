// Dates as the data gives them (EDTF), in words and as seconds on the place's clock.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const SEASONS = ["Spring", "Summer", "Autumn", "Winter"];
const ABOUT = { "~": "about ", "?": "probably ", "%": "probably about " };
const known = new Map();

/** A second as a date that is read with the UTC methods. */
export const at = (second) => new Date(second * 1000);
export const second = (year, month, day) => Date.UTC(year, month, day) / 1000;
export const weekday = (second) => DAYS[at(second).getUTCDay()];
export const month = (second) => MONTHS[at(second).getUTCMonth()];

function clock(text, offset) {
  const [, zone] = /(Z|[+-]\d\d:\d\d)$/.exec(text);
  const start = Date.parse(text) / 1000 + offset;
  const [year, number, rest] = text.split("-");
  const day = Number(rest.slice(0, 2));
  const name = zone === "Z" ? "UTC" : `UTC${zone.replace(":00", "").replace(/(?<=[+-])0/, "")}`;
  const words = `${day} ${MONTHS[number - 1]} ${year}, ${rest.slice(3, 8)} ${name}`;
  const long = `${weekday(second(year, number - 1, day))} ${words}`;
  return { start, end: start, precision: "to the minute", about: "", words, long };
}

function point(text, offset) {
  if (text.includes("T")) return clock(text, offset);
  const [, year, number, day, mark] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%])?$/.exec(text);
  const about = ABOUT[mark] ?? "";
  let words = year, precision = "year", first = [year, 0, 1], last = [Number(year) + 1, 0, 1];
  if (day) {
    precision = "day";
    first = [year, number - 1, day];
    last = [year, number - 1, Number(day) + 1];
    words = `${Number(day)} ${MONTHS[number - 1]} ${year}`;
  } else if (number > "20") {
    precision = "season";
    first = [year, (number - 20) * 3 - 1, 1];
    last = [year, (number - 20) * 3 + 2, 1];
    words = `${SEASONS[number - 21]} ${year}`;
  } else if (number) {
    precision = "month";
    first = [year, number - 1, 1];
    last = [year, Number(number), 1];
    words = `${MONTHS[number - 1]} ${year}`;
  }
  const start = second(...first);
  const long = about + (day ? `${weekday(start)} ${words}` : words);
  return { start, end: second(...last), precision, about, words: about + words, long, day, number, year };
}

function range(start, end, long) {
  const days = start.precision === "day" && end.precision === "day" && !start.about && !end.about;
  if (days && start.year === end.year) {
    if (start.number === end.number) return `${Number(start.day)}–${end.words}`;
    return `${Number(start.day)} ${MONTHS[start.number - 1]} – ${end.words}`;
  }
  return long ? `${start.long} – ${end.long}` : `${start.words} – ${end.words}`;
}

function read(text, offset) {
  const one = text.startsWith("[");
  const ends = one ? text.slice(1, -1).split("..") : text.split("/");
  const [start, end] = [ends[0], ends.at(-1)].map((end) => (end && end !== ".." ? point(end, offset) : null));
  const say = (long) => {
    const words = (point) => (long ? point.long : point.words);
    if (ends.length === 1) return words(start);
    if (!start) return (one ? "on or before " : "until ") + words(end);
    if (!end) return (one ? "on or after " : "from ") + words(start);
    return (one ? "some time in " : "") + range(start, end, long);
  };
  const precision = (start ?? end).precision;
  return {
    words: say(false), long: say(true), start: start?.start ?? null, end: end?.end ?? null, one, precision,
    machine: ends.length === 1 && precision !== "season" ? text.replace(/[?~%]+$/, "") : "",
    about: (start?.about || end?.about) ?? "",
  };
}

/** A date with its words; `offset` is the place's clock, in seconds from UTC. */
export function date(text, offset = 0) {
  const key = `${text} ${offset}`;
  if (!known.has(key)) known.set(key, read(text, offset));
  return known.get(key);
}

/** The offset of "UTC+8" or "UTC−3:30", in seconds. */
export function offsetOf(clock) {
  const [, sign, hours, minutes] = /^UTC(?:([+−])(\d+)(?::(\d+))?)?$/.exec(clock);
  return (sign === "−" ? -1 : 1) * (3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0));
}
