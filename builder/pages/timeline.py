"""The timeline page: events and texts on axes of time, and in order with their words."""

from __future__ import annotations

from builder import views
from builder.analysis.matrix import last_known
from builder.analysis.timeline import Happening, Known, Writing
from builder.dates import Extent, Precision
from builder.model import Event, Source
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.labels import machine_date
from builder.pages.order import order_lines, unplaced
from builder.pages.page import Page
from builder.pages.timecharts import all_charts, clock_of, id_of, reach, when
from builder.routes import BriefingRoute
from builder.views.time import Happening as Entry
from builder.views.time import Period, TimelinePage
from builder.words import N_, Words

_PRECISIONS = {
    Precision.YEAR: (N_("year"), N_("about this year")),
    Precision.SEASON: (N_("season"), N_("about this season")),
    Precision.MONTH: (N_("month"), N_("about this month")),
    Precision.DAY: (N_("day"), N_("about this day")),
    Precision.MINUTE: (N_("to the minute"), N_("about this minute")),
}
_KNOWN = {
    Known.PRINTED: N_("printed"),
    Known.WINDOW: N_("window, inferred"),
    Known.NO_LATER_LIMIT: N_("no later limit"),
    Known.UNKNOWN: N_("not known"),
}


def timeline_page(folder: Folder) -> Page:
    """What happened, and who could know it."""
    briefing, words = folder.analysis.anchored.briefing, folder.words
    route = BriefingRoute(briefing.name, "timeline")
    page = PageContext(folder, route)
    order, contrary = order_lines(page)
    view = TimelinePage(
        chrome=page.chrome(
            words.gettext("Timeline: %(briefing)s", briefing=briefing.title),
            words.gettext("What happened, when each text was written, and who could know it."),
        ),
        intro=words.gettext(
            "Events and texts in %(clock)s. A bar is as long as the uncertainty about the date. The last moment that a "
            "text shows it knows of is its horizon. What lies beyond, it may not have known: its silence there says "
            "nothing.",
            clock=clock_of(briefing, words),
        ),
        charts=all_charts(page),
        undated=_undated(folder),
        periods=_periods(folder),
        order=order,
        contrary=contrary,
        unplaced=unplaced(folder) if order or contrary else (),
    )
    return Page(route, "timeline.html", view)


def _undated(folder: Folder) -> tuple[views.Link, ...]:
    """What no axis can show: texts of which nothing tells when they were written."""
    undated = (one for one in folder.analysis.timeline.happenings if not one.stretch.ends)
    return tuple(views.Link(_title(one, folder.words), f"#{id_of(one)}") for one in undated)


def _title(happening: Happening, words: Words) -> str:
    subject = happening.subject
    if isinstance(subject, Event):
        return subject.title
    printed = subject.known is Known.PRINTED
    message = N_("%(text)s is published") if printed else N_("%(text)s is written")
    return words.gettext(message, text=subject.source.siglum)


# ---- chronicle -------------------------------------------------------------------------------------------------


def _periods(folder: Folder) -> tuple[Period, ...]:
    """Before, during and after what the briefing is about."""
    timeline, words = folder.analysis.timeline, folder.words
    names = (
        words.gettext("Before"),
        words.date(folder.analysis.anchored.briefing.date),
        words.gettext("After"),
        words.gettext("Date not known"),
    )
    parts: tuple[list[Entry], ...] = ([], [], [], [])
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
        parts[part].append(view)
    return tuple(Period(name, tuple(entries)) for name, entries in zip(names, parts, strict=True) if entries)


def _event(folder: Folder, event: Event, happening: Happening, part: int) -> Entry:
    anchored = folder.analysis.anchored
    claims = [row.claim for row in folder.analysis.matrix.rows if row.claim.event == event.id]
    beyond, unsure = reach(folder, event)
    return Entry(
        id=id_of(happening),
        when=when(happening, folder.words),
        datetime=machine_date(event.date),
        certainty=_certainty(event, folder.words),
        inferred=event.inferred,
        title=event.title,
        note=event.note,
        source=None,
        quotes=tuple(map(folder.source_quote, anchored.events[event.id])),
        claims=tuple(views.Link(claim.text, folder.to_claim(claim.id)) for claim in claims),
        exact=part == 1,
        beyond=tuple(_shown_by(folder, source) for source in beyond),
        unsure=tuple(_shown_by(folder, source) for source in unsure if last_known(source)),
        former=tuple(f"event-{old}" for old in event.was),
    )


def _shown_by(folder: Folder, source: Source) -> views.Siglum:
    """A source's letter that leads to the words that show its horizon, or else to its entry in the chronicle."""
    siglum, passage = folder.siglum(source), folder.analysis.anchored.horizons.get(source.id)
    href = folder.quote(passage).href if passage and source.known_through else f"#text-{source.id}"
    return views.Siglum(siglum.letter, siglum.name, href)


def _certainty(event: Event, words: Words) -> str:
    if event.inferred:
        return words.gettext("date inferred")
    if event.label:
        return words.gettext("as the text puts it")
    if event.date.extent is Extent.ONE_OF:
        return words.gettext("order only")
    point = event.date.start or event.date.end
    return words.gettext(_PRECISIONS[point.precision][event.date.approximate]) if point else ""


def _writing(folder: Folder, happening: Happening, part: int) -> Entry:
    writing = happening.subject
    assert isinstance(writing, Writing)
    source, anchored = writing.source, folder.analysis.anchored
    passages = [shown[source.id] for shown in (anchored.horizons, anchored.outlooks) if source.id in shown]
    ahead = next(
        (e.title for e in anchored.briefing.events if source.looks_ahead and e.id == source.looks_ahead.event),
        None,
    )
    printed = writing.known is Known.PRINTED
    return Entry(
        id=id_of(happening),
        when=when(happening, folder.words),
        datetime=machine_date(source.published) if source.published else None,
        certainty=folder.words.gettext(_KNOWN[writing.known]),
        inferred=not printed,
        title=_title(happening, folder.words),
        note=folder.words.gettext("Still ahead of it: %(event)s.", event=ahead) if ahead else None,
        source=folder.siglum(source),
        quotes=tuple(map(folder.source_quote, passages)),
        claims=(),
        exact=part == 1,
    )
