"""The timeline page: events and texts on one axis, and in order with their words."""

from __future__ import annotations

from datetime import datetime, timedelta

from builder import strings, views
from builder.analysis.matrix import could_know, last_known
from builder.analysis.timeline import Axis, Happening, Known, Stretch, Writing
from builder.dates import Edtf, Extent, Point, Precision, in_words, zone_in_words
from builder.drawing import charts
from builder.model import Briefing, Event, Source
from builder.pages.context import Folder, PageContext, machine_date
from builder.pages.order import order_lines, unplaced
from builder.pages.page import Page
from builder.routes import BriefingRoute

_PRECISIONS = {
    Precision.YEAR: "year",
    Precision.SEASON: "season",
    Precision.MONTH: "month",
    Precision.DAY: "day",
    Precision.MINUTE: "to the minute",
}
MOST_NAMED = 6
"""So many texts are named beside a bar; of more, only the number is told there. The chronicle names them all."""
_KNOWN = {
    Known.PRINTED: "printed",
    Known.WINDOW: "window, inferred",
    Known.NO_LATER_LIMIT: "no later limit",
    Known.UNKNOWN: "not known",
}


def timeline_page(folder: Folder) -> Page:
    """What happened, and who could know it."""
    briefing, timeline = folder.analysis.anchored.briefing, folder.analysis.timeline
    route = BriefingRoute(briefing.name, "timeline")
    page = PageContext(folder, route)
    order, contrary = order_lines(page)
    axes = [(timeline.close, "close"), *([(timeline.wide, "wide")] if timeline.wide else [])]
    view = views.TimelinePage(
        chrome=page.chrome(
            f"Timeline: {briefing.title}",
            f"Events and the moments when the {strings.texts(len(briefing.sources))} were written, on one axis.",
        ),
        intro=f"Events and texts on one axis, in {_clock(briefing)}. "
        "A bar is as long as the uncertainty about the date. "
        "The last moment that a text shows it knows of is its horizon. What lies beyond, it may not have known: its "
        "silence there says nothing.",
        charts=tuple(time_chart(page, axis, id_) for axis, id_ in axes),
        periods=_periods(folder),
        order=order,
        contrary=contrary,
        unplaced=unplaced(folder) if order or contrary else (),
    )
    return Page(route, "timeline.html", view)


def _clock(briefing: Briefing) -> str:
    zone = zone_in_words(briefing.utc_offset)
    return f"{briefing.place} time ({zone})" if briefing.place else zone


# ---- charts ----------------------------------------------------------------------------------------------------


def time_chart(page: PageContext, axis: Axis, id_: str) -> views.TimeChart:
    """Events and texts on one axis. The wide one leaves out what the close one holds: it would be mere hairlines."""
    briefing, timeline = page.folder.analysis.anchored.briefing, page.folder.analysis.timeline
    offset = briefing.utc_offset
    first = (axis.start + offset).date()
    last = (axis.end + offset - timedelta(microseconds=1)).date()
    ends = Point(first, first, Precision.DAY), Point(last, last, Precision.DAY)
    days = in_words(Edtf("", *ends, Extent.LASTED))
    title = days if id_ == "close" or first.year == last.year else f"From {first.year} to {last.year}"
    events: list[views.TimeRow] = []
    texts: list[views.TimeRow] = []
    for happening in timeline.happenings:
        row = _row(page, happening, axis)
        if row and (axis is timeline.close or not _holds(timeline.close, happening.stretch)):
            (texts if row.source else events).append(row)
    ticks = charts.ticks(axis, timeline.focus)
    return views.TimeChart(id_, title, ticks, tuple(events), tuple(texts), _clock(briefing))


def _holds(axis: Axis, stretch: Stretch) -> bool:
    """Whether all known ends of a stretch lie on an axis."""
    ends = [end for end in (stretch.start, stretch.end) if end]
    return bool(ends) and all(axis.start <= end <= axis.end for end in ends)


def _row(page: PageContext, happening: Happening, axis: Axis) -> views.TimeRow | None:
    subject, horizon, beyond = happening.subject, None, ""
    if isinstance(subject, Event):
        before = [source.siglum for source in _reach(page.folder, subject)[0]]
        beyond = strings.listed(before) if len(before) <= MOST_NAMED else strings.texts(len(before))
        inferred = subject.inferred or subject.date.approximate or subject.date.extent is Extent.ONE_OF
        bar = charts.bar(axis, happening.stretch, "event", inferred=inferred)
        label, source = subject.title, None
    else:
        bar = charts.bar(axis, happening.stretch, "text", inferred=subject.known is not Known.PRINTED)
        label, source = subject.source.name, page.folder.siglum(subject.source)
        horizon = charts.instant(axis, _horizon(page.folder, subject.source))
    if bar is None:
        return None
    return views.TimeRow(label, when(happening), page.to("timeline", _id(happening)), source, bar, horizon, beyond)


def _horizon(folder: Folder, source: Source) -> datetime | None:
    """When the last moment ends that a text knows of; None where this is no more than its publication."""
    known = source.known_through
    return known.date.bounds(folder.analysis.anchored.briefing.utc_offset)[1] if known else None


def _reach(folder: Folder, event: Event) -> tuple[list[Source], list[Source]]:
    """The sources that end before an event, and those of which nobody can tell."""
    briefing = folder.analysis.anchored.briefing
    could = [(source, could_know(source, event, briefing.utc_offset)) for source in briefing.sources]
    return [source for source, known in could if known is False], [source for source, known in could if known is None]


def when(happening: Happening) -> str:
    """The date in words, as the articles tell it."""
    subject = happening.subject
    if isinstance(subject, Event):
        return subject.label or in_words(subject.date, weekday=True)
    source = subject.source
    if source.published:
        return in_words(source.published, weekday=True)
    if source.known_through:
        return f"{in_words(source.known_through.date)} or later"
    return "Not known"


def _id(happening: Happening) -> str:
    subject = happening.subject
    return f"event-{subject.id}" if isinstance(subject, Event) else f"text-{subject.source.id}"


# ---- chronicle -------------------------------------------------------------------------------------------------


def _periods(folder: Folder) -> tuple[views.Period, ...]:
    """Before, during and after what the briefing is about."""
    timeline, date = folder.analysis.timeline, folder.analysis.anchored.briefing.date
    parts: dict[str, list[views.Happening]] = {
        "Before": [],
        in_words(date): [],
        "After": [],
        "Date not known": [],
    }
    names = list(parts)
    for happening in timeline.happenings:
        start = happening.stretch.start or happening.stretch.end
        if start is None:
            part = 3
        elif timeline.focus.start and start < timeline.focus.start:
            part = 0
        else:
            part = 2 if timeline.focus.end and start >= timeline.focus.end else 1
        view = _event(folder, happening.subject, happening, part) if isinstance(happening.subject, Event) else None
        view = view or _writing(folder, happening, part)
        parts[names[part]].append(view)
    return tuple(views.Period(title, tuple(entries)) for title, entries in parts.items() if entries)


def _event(folder: Folder, event: Event, happening: Happening, part: int) -> views.Happening:
    anchored = folder.analysis.anchored
    claims = [row.claim for row in folder.analysis.matrix.rows if row.claim.event == event.id]
    beyond, unsure = _reach(folder, event)
    return views.Happening(
        id=_id(happening),
        when=when(happening),
        datetime=machine_date(event.date),
        certainty=_certainty(event),
        inferred=event.inferred,
        title=event.title,
        note=event.note,
        source=None,
        quotes=tuple(map(folder.source_quote, anchored.events[event.id])),
        claims=tuple(views.Link(claim.text, folder.to_claim(claim.id)) for claim in claims),
        exact=part == 1,
        beyond=tuple(_shown_by(folder, source) for source in beyond),
        unsure=tuple(_shown_by(folder, source) for source in unsure if last_known(source)),
    )


def _shown_by(folder: Folder, source: Source) -> views.Siglum:
    """A source's letter that leads to the words that show its horizon, or else to its entry in the chronicle."""
    siglum, passage = folder.siglum(source), folder.analysis.anchored.horizons.get(source.id)
    href = folder.quote(passage).href if passage and source.known_through else f"#text-{source.id}"
    return views.Siglum(siglum.letter, siglum.name, href)


def _certainty(event: Event) -> str:
    if event.inferred:
        return "date inferred"
    if event.label:
        return "as the text puts it"
    if event.date.extent is Extent.ONE_OF:
        return "order only"
    point = event.date.start or event.date.end
    return f"{'about this ' if event.date.approximate else ''}{_PRECISIONS[point.precision]}" if point else ""


def _writing(folder: Folder, happening: Happening, part: int) -> views.Happening:
    writing = happening.subject
    assert isinstance(writing, Writing)
    source, anchored = writing.source, folder.analysis.anchored
    passages = [shown[source.id] for shown in (anchored.horizons, anchored.outlooks) if source.id in shown]
    ahead = next(
        (e.title for e in anchored.briefing.events if source.looks_ahead and e.id == source.looks_ahead.event),
        None,
    )
    printed = writing.known is Known.PRINTED
    return views.Happening(
        id=_id(happening),
        when=when(happening),
        datetime=machine_date(source.published) if source.published else None,
        certainty=_KNOWN[writing.known],
        inferred=not printed,
        title=f"{source.siglum} is {'published' if printed else 'written'}",
        note=f"Still ahead of it: {ahead}." if ahead else None,
        source=folder.siglum(source),
        quotes=tuple(map(folder.source_quote, passages)),
        claims=(),
        exact=part == 1,
    )
