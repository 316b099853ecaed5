"""On the timeline: in which order the texts were written, with what shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from builder import strings, views
from builder.analysis.matrix import last_known
from builder.analysis.order import Earlier, Order, Reason, placed
from builder.dates import Edtf, in_words
from builder.model import Passage, Source
from builder.pages.context import Folder, PageContext


def order_lines(page: PageContext) -> tuple[tuple[views.OrderLine, ...], tuple[views.OrderLine, ...]]:
    """For each text the earlier ones, and apart from these the texts that are shown in both orders."""
    folder, order = page.folder, _placed(page.folder)
    lines, contrary = [], []
    for source in folder.analysis.anchored.briefing.sources:
        if order.before[source.id]:
            lines.append(_line(page, source, order.before[source.id], order.following[source.id]))
        against = {one.one for one in folder.analysis.order if one.other == source.id} - order.before[source.id]
        if against:
            contrary.append(_line(page, source, against, ()))
    return tuple(lines), tuple(contrary)


def unplaced(folder: Folder) -> tuple[views.Siglum, ...]:
    """The texts of which nothing shows their place."""
    sources = {source.id: source for source in folder.analysis.anchored.briefing.sources}
    return tuple(folder.siglum(sources[id_]) for id_ in _placed(folder).unplaced)


def _placed(folder: Folder) -> Order:
    return placed([source.id for source in folder.analysis.anchored.briefing.sources], folder.analysis.order)


def _line(page: PageContext, later: Source, earlier: Collection[str], following: Collection[str]) -> views.OrderLine:
    shown = [one for one in page.analysis.order if one.other == later.id and one.one in earlier]
    groups: dict[tuple[Reason, str | None, str | None], list[Earlier]] = {}
    for one in shown:
        groups.setdefault((one.reason, one.event, one.claim), []).append(one)
    return views.OrderLine(
        _sigla(page.folder, earlier),
        page.folder.siglum(later),
        _sigla(page.folder, following),
        tuple(_reason(page, group, later) for group in groups.values()),
    )


def _sigla(folder: Folder, ids: Collection[str]) -> tuple[views.Siglum, ...]:
    """In the order of the sources."""
    return tuple(folder.siglum(source) for source in folder.analysis.anchored.briefing.sources if source.id in ids)


def _reason(page: PageContext, group: Sequence[Earlier], later: Source) -> views.OrderReason:
    """What shows in the same way that texts were written before another one."""
    folder, reason = page.folder, group[0].reason
    briefing = page.analysis.anchored.briefing
    sources = {source.id: source for source in briefing.sources}
    names = strings.listed([sources[one.one].siglum for one in group])
    quotes = _quotes(folder, (passage for one in group for passage in one.passages), later)
    if reason is Reason.DATES:
        earlier = "; ".join(f"{sources[one.one].siglum} was {_latest(page, sources[one.one])}" for one in group)
        return views.OrderReason(f"By their dates: {earlier}; {later.siglum} {_earliest(later)}.", None, "", quotes)
    if reason is Reason.AHEAD:
        event = next(event for event in briefing.events if event.id == group[0].event)
        link = views.Link(event.title, page.to("timeline", f"event-{event.id}"))
        return views.OrderReason(f"Still ahead for {names}:", link, f"{later.siglum} reports it.", quotes)
    claim = folder.rows[group[0].claim or ""].claim
    expect = f"{names} only expect{'s' if len(group) == 1 else ''} this:"
    link = views.Link(claim.text, folder.to_claim(claim.id))
    return views.OrderReason(expect, link, f"{later.siglum} states it.", quotes)


def _quotes(folder: Folder, passages: Iterable[Passage], later: Source) -> tuple[views.SourceQuote, ...]:
    """Each once, those of the later text last."""
    ordered = sorted(dict.fromkeys(passages), key=lambda passage: passage.source == later.id)
    return tuple(map(folder.source_quote, ordered))


def _latest(page: PageContext, source: Source) -> str:
    """The latest that a text can have been written, in words."""
    if source.published:
        return f"published on {in_words(source.published)}"
    events = {event.id: event for event in page.analysis.anchored.briefing.events}
    limits: list[tuple[Edtf, str]] = [(source.captured, "saved on {}")] if source.captured else []
    if source.looks_ahead:
        ahead = events[source.looks_ahead.event]
        limits.append((ahead.date, "written while an event of {} lay ahead"))
    offset = page.analysis.anchored.briefing.utc_offset
    ends = [(end, index) for index, (date, _) in enumerate(limits) if (end := date.bounds(offset)[1])]
    date, words = limits[min(ends)[1]]
    return words.format(in_words(date))


def _earliest(source: Source) -> str:
    """The earliest that a text can have been written, in words."""
    if source.published:
        return f"was published on {in_words(source.published)}"
    last = last_known(source)
    return f"knows of {in_words(last)}" if last else ""
