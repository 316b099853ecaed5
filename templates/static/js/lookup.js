// How words are looked for. builder/lookup says how they are folded, and what stands in the index and in the data.
(() => {
  const { word, sign, dropped, same } = JSON.parse(document.getElementById('search').dataset.rules);
  const [WORD, SIGN, DROPPED] = [word, sign, dropped].map((pattern) => RegExp(pattern, 'gu'));

  // The words of a text as they are compared, each with its start and its end.
  const split = (text) => [...text.matchAll(WORD)].map(({ 0: found, index }) => [
    found.normalize('NFKD').toLowerCase().replace(DROPPED, '').replace(/./gu, (char) => same[char] ?? char),
    index,
    index + found.length,
  ]).filter(([one]) => one);

  // Whether a part of what was typed stands at a word: its own words one after the other, the last perhaps only begun.
  const stands = (part, words, at) => part.every((one, i) => {
    const [other] = words[at + i] ?? [''];
    return i < part.length - 1 ? other === one : other.startsWith(one);
  });
  const holds = (words, query) => query.every((part) => words.some((_, at) => stands(part, words, at)));

  // Where any part stands in a text: starts and ends, in order and without overlaps.
  const placesOf = (query) => (text) => {
    const words = split(text);
    const places = [];
    words.forEach(([, start], at) => {
      const part = !(start < places.at(-1)?.[1]) && query.find((one) => stands(one, words, at));
      if (part) places.push([start, words[at + part.length - 1][2]]);
    });
    return places;
  };

  // The briefings that hold a word, or one that begins so, as lines of the index have it: numbers, from the oldest.
  const numbers = (lines, one) => {
    const holding = new Set();
    for (const [, digits] of lines.matchAll(RegExp(`^${one.slice(0, 16)}\\S* (.+)$`, 'gm'))) {
      let number = -1;
      let distance = 0;
      for (const digit of digits) {
        distance = distance * 26 + parseInt(digit, 36) - 10;
        if (digit < 'a') continue;
        holding.add(number += distance);
        distance = 0;
      }
    }
    return holding;
  };

  const likely = async (names, files, load, query) => {
    const asked = query.flat().filter((one) => files && (one.length > 1 || one.match(SIGN)));
    const holding = await Promise.all(asked.map(async (one) => {
      const [first, second = '\0'] = one;
      const file = (first.codePointAt() * 31 + second.codePointAt()) % files;
      return numbers(await load(`data/search-${String(file).padStart(2, '0')}.js`) ?? '', one);
    }));
    return names.filter((_, i) => holding.every((one) => one.has(names.length - 1 - i)));
  };

  // Entries of one kind that hold a query: first those that show it, then those that have it beside what they show.
  const matching = (data, entries, query) => {
    const all = entries.map((entry) => {
      const [, shown, , below, number, translation] = entry;
      entry.words ??= split([].concat(shown).join(''));
      entry.more ??= split([typeof below === 'string' ? below : '', data.sources[number]?.[1], translation].join(' '));
      return [entry, holds(entry.words, query)];
    });
    const beside = ([entry, shown]) => !shown && holds([...entry.words, ...entry.more], query);
    return [...all.filter(([, shown]) => shown), ...all.filter(beside)].map(([entry]) => entry);
  };

  async function* lookup({ names, files }, load, { q, kind, in: briefing }) {
    const query = q.split(/\s+/).map((part) => split(part).map(([one]) => one)).filter((part) => part.length);
    if (!query.length || !names) return;
    const places = placesOf(query);
    const left = briefing ? [briefing] : await likely(names.split(' '), +files, load, query);
    for (const [i, name] of left.entries()) {
      for (const soon of left.slice(i, i + 4)) load(`${soon}/data/search.js`);
      const data = await load(`${name}/data/search.js`);
      for (const [key, entries] of Object.entries(data?.hits ?? {})) {
        if (kind && kind !== key) continue;
        for (const entry of matching(data, entries, query)) yield { name, data, entry, places };
      }
    }
  }

  window.found(Object.assign(lookup, { split }));
})();
