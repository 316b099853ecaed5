"""What a reader would notice of a briefing beside its claims: what it says of itself, its sources, its events."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from builder.changes.rewording import Line, name, ours, theirs
from builder.changes.side import Change, Side, Sign, called, label, renamed, was_and_is, wording
from builder.dates import Edtf, in_words, zone_in_words
from builder.model import Correction, Event, Origin, Source, Topic
from builder.strings import listed
from builder.text import count_words, fold_text


def page_changes(before: Side, after: Side) -> list[Change]:
    """What the briefing says of itself: title, summary, dates, prose, topics, corrections."""
    if before.studied.documents.front is None or after.studied.documents.front is None:
        return []
    old, new = before.briefing, after.briefing
    lines: list[Line] = []
    if old.draft != new.draft:
        lines.append((ours("a draft again: it leaves the site" if new.draft else "published: it was a draft"),))
    lines += wording("title", old.title, new.title)
    lines += wording("summary", old.summary, new.summary)
    lines += was_and_is("place", old.place, new.place)
    lines += _dates("date", old.date, new.date)
    lines += was_and_is("clock", zone_in_words(old.utc_offset), zone_in_words(new.utc_offset))
    lines += _dates("published", old.published, new.published)
    lines += _dates("updated", old.updated, new.updated)
    lines += wording("prose", old.prose, new.prose)
    return [
        *(Change(Sign.CHANGED, line) for line in lines),
        *_topics(old.topics, new.topics),
        *_corrections(old.corrections, new.corrections),
    ]


def _dates(about: str, old: Edtf | None, new: Edtf | None) -> Iterator[Line]:
    yield from was_and_is(about, in_words(old) if old else None, in_words(new) if new else None)


def _topics(old: Sequence[Topic], new: Sequence[Topic]) -> Iterator[Change]:
    olds, news = {topic.id: topic for topic in old}, {topic.id: topic for topic in new}
    for id_, topic in news.items():
        if id_ not in olds:
            yield Change(Sign.ADDED, (ours("topic "), theirs(topic.title)))
            continue
        for about, one, other in (
            ("title", olds[id_].title, topic.title),
            ("short name", olds[id_].short, topic.short),
        ):
            if about == "title" or olds[id_].title == topic.title:
                for line in was_and_is(f"topic, {about}", one, other):
                    yield Change(Sign.CHANGED, line)
    for id_, topic in olds.items():
        if id_ not in news:
            yield Change(Sign.REMOVED, (ours("topic "), theirs(topic.title)))
    if [id_ for id_ in olds if id_ in news] != [id_ for id_ in news if id_ in olds]:
        yield Change(Sign.CHANGED, (ours("The topics stand in another order."),))


def _corrections(old: Sequence[Correction], new: Sequence[Correction]) -> Iterator[Change]:
    olds, news = [_correction(one) for one in old], [_correction(one) for one in new]
    yield from (Change(Sign.ADDED, line) for line in news if line not in olds)
    yield from (Change(Sign.REMOVED, line) for line in olds if line not in news)


def _correction(correction: Correction) -> Line:
    claim = [ours(", on "), name(correction.claim)] if correction.claim else []
    more = [(" Before: ", correction.before), (" Why: ", correction.why)]
    told = [piece for about, text in more if text for piece in (ours(about), theirs(text))]
    return (ours(f"correction of {in_words(correction.date)}"), *claim, ours(": "), theirs(correction.changed), *told)


# ---- sources and origins ---------------------------------------------------------------------------------------


def source_pairs(before: Side, after: Side) -> dict[str, str]:
    """The sources of the later state that were there before, each with its id then: by id, then by article."""
    olds, news = before.source, after.source
    pairs = {id_: id_ for id_ in news if id_ in olds}
    free = {source.article: id_ for id_, source in olds.items() if id_ not in pairs}
    articles = ((id_, free.get(source.article)) for id_, source in news.items() if id_ not in pairs)
    return pairs | {id_: old for id_, old in articles if old}


def source_changes(before: Side, after: Side, pairs: Mapping[str, str]) -> list[Change]:
    """All changes of sources, and of the origins that both states know."""
    olds, news = before.source, after.source
    changes = []
    for id_, source in news.items():
        if id_ in pairs:
            details = tuple(_source(before, after, olds[pairs[id_]], source))
            if details:
                changes.append(Change(Sign.CHANGED, _source_line(source), details))
        elif not before.hides_source(id_):
            changes.append(Change(Sign.ADDED, _source_line(source)))
    for id_, source in olds.items():
        if id_ not in pairs.values() and not after.hides_source(id_):
            changes.append(Change(Sign.REMOVED, _source_line(source)))
    if [old for old in olds if old in pairs.values()] != [pairs[new] for new in news if new in pairs]:
        changes.append(Change(Sign.CHANGED, (ours("The sources stand in another order."),)))
    shared = [(old, new) for id_, new in after.briefing.origins.items() if (old := before.briefing.origins.get(id_))]
    changes += [change for old, new in shared for change in _origin(before, after, old, new)]
    return [*changes, *_in_common(before, after, pairs)]


def _source_line(source: Source) -> Line:
    headline = [ours(": "), theirs(" / ".join(source.headline))] if source.headline else []
    return (name(source.id), ours(", "), *label(source), *headline)


def _source(before: Side, after: Side, old: Source, new: Source) -> Iterator[Line]:
    if old.id != new.id:
        yield renamed(old.id, new.id, new.was)
    yield from was_and_is("siglum", old.siglum, new.siglum)
    yield from was_and_is("outlet", old.outlet, new.outlet)
    yield from wording("headline", " / ".join(old.headline), " / ".join(new.headline))
    yield from wording("headline in translation", old.headline_translation, new.headline_translation)
    yield from was_and_is("author", old.author, new.author)
    yield from was_and_is("address", old.url, new.url)
    yield from was_and_is("language", old.language, new.language)
    yield from was_and_is("licence", old.licence, new.licence)
    if old.full_text != new.full_text:
        yield (ours("its whole text may be shown" if new.full_text else "its whole text may no longer be shown"),)
    if old.primary != new.primary:
        yield (ours("now the primary text" if new.primary else "no longer the primary text"),)
    yield from _dates("published", old.published, new.published)
    yield from _dates("captured", old.captured, new.captured)
    horizons = [source.known_through.date if source.known_through else None for source in (old, new)]
    yield from _dates("known through", *horizons)
    ahead = [
        side.event(source.looks_ahead.event) if source.looks_ahead else None
        for side, source in ((before, old), (after, new))
    ]
    yield from was_and_is("looks ahead to", *ahead)
    yield from was_and_is("rests on", before.origins(old.via) or None, after.origins(new.via) or None)
    yield from wording("note", old.note, new.note)
    if old.article != new.article:
        yield (ours("another article: "), name(old.article), ours(" → "), name(new.article))
    yield from _article(before, after, old, new)


def _article(before: Side, after: Side, old: Source, new: Source) -> Iterator[Line]:
    one, other = before.studied.articles.get(old.id), after.studied.articles.get(new.id)
    if one and other and fold_text(one.text).split() != fold_text(other.text).split():
        counts = [f"{count_words(article.text):,}" for article in (one, other)]
        yield (ours(f"the article’s text is another: {counts[0]} words → {counts[1]}"),)


def _origin(before: Side, after: Side, old: Origin, new: Origin) -> Iterator[Change]:
    details = [
        *was_and_is("name", old.name, new.name),
        *was_and_is("kind", old.kind, new.kind),
        *was_and_is("speaks for", old.side, new.side),
        *was_and_is("rests on", before.origins(old.via) or None, after.origins(new.via) or None),
        *was_and_is("is the source", old.source, new.source),
    ]
    if details:
        yield Change(Sign.CHANGED, (ours("origin "), *called(new.id, new.name)), tuple(details))


def _in_common(before: Side, after: Side, pairs: Mapping[str, str]) -> Iterator[Change]:
    """How the text is explained that two sources have in common; `pairs` are their ids, later and earlier."""
    if before.studied.documents.audit is None or after.studied.documents.audit is None:
        return
    olds = {note.sources: note.why for note in before.briefing.shared}
    news = {frozenset(pairs.get(id_, id_) for id_ in note.sources): note for note in after.briefing.shared}
    for sources, note in news.items():
        if sources not in olds:
            yield Change(Sign.ADDED, (*_of_both(after, note.sources), ours(": "), theirs(note.why)))
        for line in wording("", olds[sources], note.why) if sources in olds else ():
            yield Change(Sign.CHANGED, (*_of_both(after, note.sources), *line))
    for sources, why in olds.items():
        if sources not in news:
            yield Change(Sign.REMOVED, (*_of_both(before, sources), ours(": "), theirs(why)))


def _of_both(side: Side, sources: Collection[str]) -> Line:
    sigla = listed([source.siglum for source in side.briefing.sources if source.id in sources])
    return (ours("what explains the text that "), theirs(sigla), ours(" have in common"))


# ---- events ----------------------------------------------------------------------------------------------------


def event_changes(before: Side, after: Side, sources: Mapping[str, str]) -> list[Change]:
    """All changes of events: by id, then by title."""
    olds = {event.id: event for event in before.briefing.events}
    news = {event.id: event for event in after.briefing.events}
    free = {event.title: id_ for id_, event in reversed(olds.items()) if id_ not in news}
    pairs = {id_: id_ if id_ in olds else free.get(event.title) for id_, event in news.items()}
    changes = []
    for id_, event in news.items():
        old = pairs[id_]
        if old is not None:
            details = tuple(_event(after, olds[old], event, sources))
            if details:
                changes.append(Change(Sign.CHANGED, called(id_, event.title), details))
        elif not before.hides_event(id_):
            changes.append(Change(Sign.ADDED, _event_line(event)))
    for id_, event in olds.items():
        if id_ not in pairs.values() and not after.hides_event(id_):
            changes.append(Change(Sign.REMOVED, _event_line(event)))
    return changes


def _event_line(event: Event) -> Line:
    return (*called(event.id, event.title), ours(f" ({in_words(event.date)})"))


def _event(after: Side, old: Event, new: Event, sources: Mapping[str, str]) -> Iterator[Line]:
    if old.id != new.id:
        yield renamed(old.id, new.id, new.was)
    yield from wording("title", old.title, new.title)
    yield from _dates("date", old.date, new.date)
    yield from was_and_is("shown as", old.label, new.label)
    if old.inferred != new.inferred:
        yield from was_and_is("its date is", *("worked out" if one.inferred else "printed" for one in (old, new)))
    for source in after.briefing.sources:
        earlier = sources.get(source.id)
        if earlier is None:
            continue
        quoted = [
            " / ".join(" ".join(quotation.exact.split()) for of, quotation in event.quotations if of == id_)
            for event, id_ in ((old, earlier), (new, source.id))
        ]
        if fold_text(quoted[0]) != fold_text(quoted[1]):
            for line in wording(", quotation", *quoted):
                yield (*label(source), *line)
    yield from wording("note", old.note, new.note)
