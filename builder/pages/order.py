"""On the timeline: in which order the texts were written, with what shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from builder import views
from builder.analysis.matrix import last_known
from builder.analysis.order import Earlier, Order, Reason, placed
from builder.dates import Edtf
from builder.model import Passage, Source
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.views.time import OrderLine, OrderReason
from builder.words import N_, Words


def order_lines(page: PageContext) -> tuple[tuple[OrderLine, ...], tuple[OrderLine, ...]]:
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


def _line(page: PageContext, later: Source, earlier: Collection[str], following: Collection[str]) -> OrderLine:
    shown = [one for one in page.analysis.order if one.other == later.id and one.one in earlier]
    groups: dict[tuple[Reason, str | None, str | None], list[Earlier]] = {}
    for one in shown:
        groups.setdefault((one.reason, one.event, one.claim), []).append(one)
    return OrderLine(
        _sigla(page.folder, earlier),
        page.folder.siglum(later),
        _sigla(page.folder, following),
        tuple(_reason(page, group, later) for group in groups.values()),
    )


def _sigla(folder: Folder, ids: Collection[str]) -> tuple[views.Siglum, ...]:
    """In the order of the sources."""
    return tuple(folder.siglum(source) for source in folder.analysis.anchored.briefing.sources if source.id in ids)


def _reason(page: PageContext, group: Sequence[Earlier], later: Source) -> OrderReason:
    """What shows in the same way that texts were written before another one."""
    folder, reason = page.folder, group[0].reason
    briefing = page.analysis.anchored.briefing
    sources = {source.id: source for source in briefing.sources}
    words = folder.words
    names = words.listed([sources[one.one].siglum for one in group])
    quotes = _quotes(folder, (passage for one in group for passage in one.passages), later)
    if reason is Reason.DATES:
        dates = [*(_latest(page, sources[one.one]) for one in group), _earliest(later, words)]
        told = words.gettext("By their dates: %(dates)s.", dates="; ".join(dates))
        return OrderReason(told, None, "", quotes)
    if reason is Reason.AHEAD:
        event = next(event for event in briefing.events if event.id == group[0].event)
        link = views.Link(event.title, page.to("timeline", f"event-{event.id}"))
        ahead = words.gettext("Still ahead for %(texts)s:", texts=names)
        return OrderReason(ahead, link, words.gettext("%(text)s reports it.", text=later.siglum), quotes)
    claim = folder.rows[group[0].claim or ""].claim
    expect = words.ngettext("%(texts)s only expects this:", "%(texts)s only expect this:", len(group), texts=names)
    link = views.Link(claim.text.removesuffix("."), folder.to_claim(claim.id))  # the line goes on with a stop
    return OrderReason(expect, link, words.gettext("%(text)s states it.", text=later.siglum), quotes)


def _quotes(folder: Folder, passages: Iterable[Passage], later: Source) -> tuple[views.SourceQuote, ...]:
    """Each once, those of the later text last."""
    ordered = sorted(dict.fromkeys(passages), key=lambda passage: passage.source == later.id)
    return tuple(map(folder.source_quote, ordered))


_PUBLISHED = N_("%(text)s was published on %(date)s")


def _latest(page: PageContext, source: Source) -> str:
    """The latest that a text can have been written, in words."""
    words = page.folder.words
    if source.published:
        return words.gettext(_PUBLISHED, text=source.siglum, date=words.date(source.published))
    events = {event.id: event for event in page.analysis.anchored.briefing.events}
    limits: list[tuple[Edtf, str]] = []
    if source.captured:
        limits.append((source.captured, N_("%(text)s was saved on %(date)s")))
    if source.looks_ahead:
        ahead = N_("%(text)s was written while an event of %(date)s lay ahead")
        limits.append((events[source.looks_ahead.event].date, ahead))
    offset = page.analysis.anchored.briefing.utc_offset
    ends = [(end, index) for index, (date, _) in enumerate(limits) if (end := date.bounds(offset)[1])]
    date, message = limits[min(ends)[1]]
    return words.gettext(message, text=source.siglum, date=words.date(date))


def _earliest(source: Source, words: Words) -> str:
    """The earliest that a text can have been written, in words."""
    date = source.published or last_known(source)
    message = _PUBLISHED if source.published else N_("%(text)s knows of %(date)s")
    return words.gettext(message, text=source.siglum, date=words.date(date)) if date else source.siglum
