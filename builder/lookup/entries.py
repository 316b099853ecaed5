"""What can be found in one briefing: its claims, its quotations, its sources and its events.

A briefing's data/search.js hands over an object. `sources` are what quotations refer to: letter, name, language and
direction of each. In `hits` stand the entries, by kind: the address from the briefing's folder, what is shown of it,
its tags, what stands below, and for an article's words their source. Where what is shown is a list, it is quoted: the
article's words and, at every second place, what stands for words left out or put in. A tag is the key of a stance or
status with the letters of sources. Below a quotation, a number is that of the claim it bears on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from builder.analysis.matrix import Row
from builder.article import Article, Zone
from builder.lookup.folding import distinct
from builder.lookup.index import Terms, terms_of
from builder.lookup.scripted import call
from builder.model import Event, Passage, Source, Stance
from builder.pages.folder import Folder
from builder.pages.labels import outlet_of, status_key
from builder.quoting import anchor_of
from builder.routes import OutputFile, data_path
from builder.words import direction

FILE = "search.js"
KINDS = ("claims", "quotations", "sources", "events")
"""In the order of their weight."""

Entry = list[object]
Tag = list[str]


@dataclass(frozen=True, slots=True)
class Findable:
    """What can be found in a briefing."""

    file: OutputFile
    terms: Terms
    """For the index."""

    @property
    def version(self) -> str:
        """Tells one state of it from another."""
        return hashlib.sha256(self.file.data).hexdigest()[:16]


def findable(folder: Folder) -> Findable:
    """What can be found in a briefing, with addresses from its folder."""
    briefing = folder.analysis.anchored.briefing
    hits: dict[str, list[Entry]] = {
        "claims": [_claim(folder, row) for row in folder.analysis.matrix.rows],
        "quotations": [*_of_claims(folder), *_of_events(folder)],
        "sources": [_source(folder, index, source) for index, source in enumerate(briefing.sources)],
        "events": [_event(folder, event) for event in briefing.events],
    }
    data = {
        "title": briefing.title,
        "when": folder.words.date(briefing.date),
        "sources": [
            [s.siglum, outlet_of(s, folder.words), s.language, direction(s.language)] for s in briefing.sources
        ],
        "hits": hits,
    }
    names = (outlet_of(source, folder.words) for source in briefing.sources)
    terms = terms_of(distinct([briefing.title, *names, *(text for kind in KINDS for text in _texts(hits[kind]))]))
    return Findable(OutputFile(data_path(briefing.name, FILE), call(data)), terms)


def _texts(entries: Iterable[Sequence[object]]) -> Iterator[str]:
    """All that is searched of entries."""
    for _, shown, _, below, *more in entries:
        yield "".join(map(str, shown)) if isinstance(shown, list) else str(shown)
        yield from (text for text in (below, *more) if isinstance(text, str))


# ---- the entries -------------------------------------------------------------------------------------------------


def _claim(folder: Folder, row: Row) -> Entry:
    """A claim, with its status, who says what, and its question or topic."""
    briefing = folder.analysis.anchored.briefing
    by_stance = {stance: [cell.source.siglum for cell in row.cells if cell.stance is stance] for stance in Stance}
    tags: list[Tag] = [[status_key(row.status)]]
    tags += [[stance.value, *letters] for stance, letters in by_stance.items() if letters]
    topic = next(topic.title for topic in briefing.topics if topic.id == row.claim.topic)
    return [folder.to_claim(row.claim.id), row.claim.text, tags, row.claim.question or topic]


def _of_claims(folder: Folder) -> Iterator[Entry]:
    """The quotations, each once for every claim that it bears on."""
    numbers = _numbers(folder)
    for index, row in enumerate(folder.analysis.matrix.rows):
        for cell in row.cells:
            tags: list[Tag] = [[cell.stance.value, cell.source.siglum]]
            for passage in cell.passages:
                yield _quotation(folder, passage, tags, index, numbers[passage.source])


def _of_events(folder: Folder) -> Iterator[Entry]:
    numbers = _numbers(folder)
    for event in folder.analysis.anchored.briefing.events:
        for source, passages in groupby(folder.analysis.anchored.events[event.id], key=lambda passage: passage.source):
            siglum = folder.analysis.anchored.briefing.sources[numbers[source]].siglum
            for passage in passages:
                yield _quotation(folder, passage, [["", siglum]], event.title, numbers[source])


def _numbers(folder: Folder) -> dict[str, int]:
    return {source.id: number for number, source in enumerate(folder.analysis.anchored.briefing.sources)}


def _quotation(folder: Folder, passage: Passage, tags: list[Tag], below: int | str, source: int) -> Entry:
    article = folder.analysis.anchored.articles[passage.source]
    place = anchor_of(article.paragraphs[passage.paragraph])
    shown: list[str] = []
    for part in passage.parts:
        # Words stand at even places, so what joins them needs words before it, be they none.
        shown += [part.joint, part.span.of(article.text)] if shown else _opening(part.joint, part.span.of(article.text))
    shown += [passage.tail] if passage.tail else []
    entry: Entry = [f"{folder.to_source(passage.source)}#{place}", shown, tags, below, source]
    return [*entry, passage.translation] if passage.translation else entry


def _opening(joint: str, words: str) -> list[str]:
    return ["", joint, words] if joint else [words]


def _source(folder: Folder, index: int, source: Source) -> Entry:
    """A source by its headline; one without by its name."""
    headline = _headline(folder.analysis.anchored.articles[source.id])
    href, tags = folder.to_source(source.id), [["", source.siglum]]
    if not headline:
        return [href, outlet_of(source, folder.words), tags, source.author or ""]
    entry: Entry = [href, headline, tags, source.author or "", index]
    return [*entry, source.headline_translation] if source.headline_translation else entry


def _headline(article: Article) -> list[str]:
    """The article's own, its lines parted by a stroke that is not the article's."""
    lines = [p.span.of(article.text).strip() for p in article.paragraphs if p.zone is Zone.HEADLINE]
    return [piece for line in lines for piece in (" / ", line)][1:]


def _event(folder: Folder, event: Event) -> Entry:
    return [f"{folder.pages['timeline']}#event-{event.id}", event.title, [], folder.words.date(event.date)]
