"""The timeline page: events and texts on one axis, and in order with their words."""

from __future__ import annotations

from datetime import timedelta

from builder import charts, strings, views
from builder.analysis.timeline import Axis, Happening, Known, Stretch, Writing
from builder.dates import Edtf, Extent, Point, Precision, in_words, zone_in_words
from builder.model import Briefing, Event
from builder.pages.context import Folder, PageContext, machine_date
from builder.pages.page import Page
from builder.routes import BriefingRoute

_PRECISIONS = {
    Precision.YEAR: "year",
    Precision.SEASON: "season",
    Precision.MONTH: "month",
    Precision.DAY: "day",
    Precision.MINUTE: "to the minute",
}
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
    axes = [(timeline.close, "close"), *([(timeline.wide, "wide")] if timeline.wide else [])]
    view = views.TimelinePage(
        chrome=page.chrome(
            f"Timeline: {briefing.title}",
            f"Events and the moments when the {strings.texts(len(briefing.sources))} were written, on one axis.",
        ),
        intro=f"Events and texts on one axis, in {_clock(briefing)}. "
        "A bar is as long as the uncertainty about the date. "
        "A text that ends before an event cannot report it, so its silence there says nothing.",
        charts=tuple(time_chart(page, axis, id_) for axis, id_ in axes),
        periods=_periods(folder),
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
    title = days if id_ == "close" else f"From {first.year} to {last.year}"
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
    subject = happening.subject
    if isinstance(subject, Event):
        inferred = subject.inferred or subject.date.approximate or subject.date.extent is Extent.ONE_OF
        bar = charts.bar(axis, happening.stretch, "event", inferred=inferred)
        label, source = subject.title, None
    else:
        bar = charts.bar(axis, happening.stretch, "text", inferred=subject.known is not Known.PRINTED)
        label, source = subject.source.name, page.folder.siglum(subject.source)
    if bar is None:
        return None
    return views.TimeRow(label, when(happening), page.to("timeline", _id(happening)), source, bar)


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
    )


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
