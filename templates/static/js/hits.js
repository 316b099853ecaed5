// What a hit looks like. builder/lookup/entries.py says what an entry holds.
(() => {
  const tags = document.getElementById('tags').content;

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...content);
    return element;
  };
  const linked = (href, ...content) => {
    const link = make('a', '', ...content);
    link.href = href;
    return link;
  };

  // A text, the words in some places marked.
  const marked = (text, places) => {
    let at = 0;
    const nodes = places(text).flatMap(([start, end]) => {
      const before = text.slice(at, start);
      at = end;
      return [before, make('mark', '', text.slice(start, end))];
    });
    return [...nodes, text.slice(at)];
  };

  // An article's words; at every second place what stands for words left out, or put in.
  const quoted = (pieces, [, , language, direction], places) => {
    const quote = make('q', '', ...pieces.flatMap((piece, i) =>
      i % 2 ? make(/…|\.\.\./.test(piece) ? 'span' : 'ins', 'gap', piece) : marked(piece, places)));
    quote.lang = language;
    quote.dir = direction;
    return quote;
  };

  // Marks with the letters of sources: `tag` is the key of a stance or status, or nothing.
  const about = ([tag, ...letters]) =>
    make('span', 'row', tag && tags.querySelector(`.${tag}`).cloneNode(true), ...letters.map((one) => make('b', 'sig', one)));

  const item = (name, data, [href, shown, whom, below, number, translation], places) => {
    const source = data.sources[number] ?? [];
    const words = Array.isArray(shown) ? [quoted(shown, source, places)] : marked(shown, places);
    const claim = typeof below === 'number' && data.hits.claims[below];
    return make('li', '',
      make('p', 'kicker', ...whom.map(about), source[1] ?? ''),
      linked(`${name}/${href}`, ...words),
      translation ? make('p', 'translation', tags.querySelector('i').cloneNode(true), ' ', ...marked(translation, places)) : '',
      make('p', 'small', claim ? linked(`${name}/${claim[0]}`, claim[1]) : below));
  };

  window.found((hits, { name, data, entry, places }) => {
    if (hits.lastChild?.dataset.name !== name) {
      const title = make('h2', '', linked(`${name}/index.html`, data.title), ' ', make('small', '', data.when));
      hits.append(make('section', '', title, make('ol', '')));
      hits.lastChild.dataset.name = name;
    }
    hits.lastChild.lastChild.append(item(name, data, entry, places));
  });
})();
