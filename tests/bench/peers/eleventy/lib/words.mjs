// The words of the interface.

export const STANCES = { supports: "Supports", qualifies: "Qualifies", contradicts: "Contradicts", silent: "Silent" };
export const RULES = {
  supports: "The text says the same.",
  qualifies: "It says so with a limit, in part, or in other quoted words.",
  contradicts: "It says something that cannot hold at the same time.",
  silent: "It does not mention it. Silence is not denial.",
};
export const STATUSES = Object.fromEntries([
  ["disputed", "A text contradicts the claim."],
  ["single source", "One text states it. Texts that only expect it do not count."],
  ["wording differs", "The texts differ in nothing but the words inside quotation marks."],
  ["qualified", "A text says it with a difference."],
  ["corroborated", "Two or more independent origins support it."],
  ["repeated", "Several texts support it, from one origin or naming none."],
  ["unsourced", "No text states it."],
].map(([name, rule]) => [name, { name, key: name.replace(" ", "-"), label: sentence(name), rule }]));
export const GROUPS = ["corroborated", "wording differs", "qualified", "repeated", "single source", "unsourced"];
export const DIFFERENCES = {
  scope: "in scope", strength: "in strength", precision: "in precision", expectation: "as an expectation",
  wording: "in wording",
};
export const MODES = {
  direct: "inside quotation marks", mixed: "partly inside quotation marks", indirect: "in the outlet’s own words",
};
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
  "twelve"];
const COMPARATORS = { ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about " };

export const number = (count) => NUMBERS[count] ?? String(count);
export const plural = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
export function sentence(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
export function listed(items) {
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items[0] ?? "";
}

/** A number with its limits: what it says in words, its ends, and how it is drawn. */
export function value(text) {
  const [, comparator, low, high] = /^(>=|<=|>|<|~)?(-?[\d.]+?)(?:\.\.(-?[\d.]+))?$/.exec(text);
  const words = high ? `${low}–${high}` : (COMPARATORS[comparator] ?? "") + low;
  const kinds = { ">": "lower", ">=": "lower", "<": "upper", "<=": "upper", "~": "about" };
  return { words, low: Number(low), high: Number(high ?? low), kind: high ? "range" : (kinds[comparator] ?? "point") };
}

/** How many texts say what of a claim, and whom its support rests on. */
export function why(claim, origins) {
  const verbs = [["supports", "support it", "supports it"], ["qualifies", "qualify it", "qualifies it"],
    ["contradicts", "contradict it", "contradicts it"], ["silent", "are silent", "is silent"]];
  const parts = verbs.flatMap(([stance, many, one]) => {
    const count = claim.evidence.filter((cell) => cell.stance === stance).length;
    return count ? [`${number(count)} text${count === 1 ? ` ${one}` : `s ${many}`}`] : [];
  });
  const counted = `${sentence(listed(parts))}.`;
  if (!["corroborated", "repeated"].includes(claim.status)) return counted;
  const names = claim.independent_origins.map((id) => origins[id]);
  if (names.length) return `${counted} Support rests on ${listed(names)}.`;
  return claim.status === "repeated" ? `${counted} No origin is named.` : counted;
}
