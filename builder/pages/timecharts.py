"""Events and texts on axes of time: a wide one, and closer ones wherever more can be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from builder import views
from builder.analysis.axes import Axis, Stretch
from builder.analysis.matrix import could_know
from builder.analysis.timeline import Happening, Known
from builder.analysis.zoom import Level
from builder.dates import Edtf, Extent, Point, Precision
from builder.drawing import charts
from builder.model import Briefing, Event, Source
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.views.time import TimeChart, TimeRow, TimeWindow
from builder.words import Words

MOST_NAMED = 6
"""So many texts are named beside a bar; of more, only the number is told there. The chronicle names them all."""
MOST_EVENTS, MOST_TEXTS = 5, 8
"""So many are drawn on the overview; the timeline has all."""


def all_charts(page: PageContext) -> tuple[TimeChart, ...]:
    """A chart for each axis, the widest one first. Everything that is dated stands on one of them."""
    levels = page.analysis.timeline.levels
    return tuple(_chart(page, levels, number) for number in range(len(levels)))


def short_chart(page: PageContext) -> tuple[TimeChart, views.Link]:
    """The time around what the briefing is about: the texts, and the events that most claims are about.

    With it, the way to the timeline, which has all.
    """
    timeline, words = page.analysis.timeline, page.folder.words
    near = [one for one in timeline.happenings if timeline.close.holds(one.stretch)]
    events = [one for one in near if isinstance(one.subject, Event)]
    about = [row.claim.event for row in page.analysis.matrix.rows]
    most = sorted(events, key=lambda one: -about.count(one.subject.id) if isinstance(one.subject, Event) else 0)
    texts = [one for one in near if not isinstance(one.subject, Event)][:MOST_TEXTS]
    told = [one for one in near if one in most[:MOST_EVENTS] or one in texts]
    left = len(timeline.happenings) - len(told)
    more = words.ngettext("The full timeline has %(num)s more", "The full timeline has %(num)s more", left)
    label = more if left else words.gettext("Full timeline")
    return _drawn(page, timeline.close, told), views.Link(label, page.to("timeline"))


def clock_of(briefing: Briefing, words: Words) -> str:
    """Whose clock the charts show: `Beijing time (UTC+8)`."""
    zone = words.zone(briefing.utc_offset)
    if not briefing.place:
        return zone
    return words.gettext("%(place)s time (%(zone)s)", place=briefing.place, zone=zone)


def id_of(happening: Happening) -> str:
    """The address of an event or a text on the timeline's page."""
    subject = happening.subject
    return f"event-{subject.id}" if isinstance(subject, Event) else f"text-{subject.source.id}"


def when(happening: Happening, words: Words) -> str:
    """The date in words, as the articles tell it."""
    subject = happening.subject
    if isinstance(subject, Event):
        return subject.label or words.date(subject.date, weekday=True)
    source = subject.source
    if source.published:
        return words.date(source.published, weekday=True)
    if source.known_through:
        return words.gettext("%(date)s or later", date=words.date(source.known_through.date))
    return words.gettext("Not known")


def reach(folder: Folder, event: Event) -> tuple[list[Source], list[Source]]:
    """The sources that end before an event, and those of which nobody can tell."""
    briefing = folder.analysis.anchored.briefing
    could = [(source, could_know(source, event, briefing.utc_offset)) for source in briefing.sources]
    return [source for source, known in could if known is False], [source for source, known in could if known is None]


# ---- one chart -------------------------------------------------------------------------------------------------


def _chart(page: PageContext, levels: Sequence[Level], number: int) -> TimeChart:
    level, timeline = levels[number], page.analysis.timeline
    windows = tuple(
        _window(page, level.axis, levels, other) for other, one in enumerate(levels) if one.within == number
    )
    wider, beyond = None, tuple[views.Link, ...]()
    if level.within is not None:
        around = levels[level.within].axis
        wider = TimeWindow(_span(page, around), "", f"#{_address(page, around)}", *_place(around, level.axis))
        held = set(_held(levels, number))
        others = [one.stretch for index, one in enumerate(timeline.happenings) if index not in held]
        beyond = tuple(_beyond(page.folder.words, level.axis, others, wider.href))
    return _drawn(page, level.axis, [timeline.happenings[index] for index in level.drawn], windows, wider, beyond)


def _held(levels: Sequence[Level], number: int) -> Iterable[int]:
    """What is drawn on a level or on one of those within it."""
    yield from levels[number].drawn
    for other, level in enumerate(levels):
        if level.within == number:
            yield from _held(levels, other)


def _window(page: PageContext, axis: Axis, levels: Sequence[Level], number: int) -> TimeWindow:
    """One level, as it is marked on the axis of a wider one."""
    words, happenings = page.folder.words, page.analysis.timeline.happenings
    closer = levels[number].axis
    held = [isinstance(happenings[index].subject, Event) for index in _held(levels, number)]
    events, texts = held.count(True), held.count(False)
    counts = [words.ngettext("%(num)s event", "%(num)s events", events)] if events else []
    counts += [words.ngettext("%(num)s text", "%(num)s texts", texts)] if texts else []
    return TimeWindow(_span(page, closer), words.listed(counts), f"#{_address(page, closer)}", *_place(axis, closer))


def _place(axis: Axis, closer: Axis) -> tuple[float, float]:
    left = axis.position(closer.start)
    return round(left, 2), round(axis.position(closer.end) - left, 2)


def _beyond(words: Words, axis: Axis, others: Iterable[Stretch], href: str) -> Iterable[views.Link]:
    """What does not stand on an axis, by where it lies."""
    earlier = later = around = 0
    for stretch in others:
        if stretch.end and stretch.end <= axis.start:
            earlier += 1
        elif stretch.start and stretch.start >= axis.end:
            later += 1
        elif stretch.ends:
            around += 1
    if earlier:
        yield views.Link(words.ngettext("%(num)s earlier", "%(num)s earlier", earlier), href)
    if around:
        one, many = "%(num)s that begins earlier or ends later", "%(num)s that begin earlier or end later"
        yield views.Link(words.ngettext(one, many, around), href)
    if later:
        yield views.Link(words.ngettext("%(num)s later", "%(num)s later", later), href)


def _drawn(
    page: PageContext,
    axis: Axis,
    happenings: Iterable[Happening],
    windows: tuple[TimeWindow, ...] = (),
    wider: TimeWindow | None = None,
    beyond: tuple[views.Link, ...] = (),
) -> TimeChart:
    rows = [_row(page, happening, axis) for happening in happenings]
    return TimeChart(
        id=_address(page, axis),
        title=_span(page, axis),
        ticks=charts.ticks(axis, page.analysis.timeline.focus, page.folder.words),
        events=tuple(row for row in rows if row and not row.source),
        texts=tuple(row for row in rows if row and row.source),
        clock=clock_of(page.analysis.anchored.briefing, page.folder.words),
        windows=windows,
        wider=wider,
        beyond=beyond,
    )


def _row(page: PageContext, happening: Happening, axis: Axis) -> TimeRow | None:
    subject, words, horizon, beyond = happening.subject, page.folder.words, None, ""
    if isinstance(subject, Event):
        before = [source.siglum for source in reach(page.folder, subject)[0]]
        if before:
            many = words.ngettext("beyond %(number)s text", "beyond %(number)s texts", len(before),
                                  number=words.spelt(len(before)))  # fmt: skip
            few = words.gettext("beyond %(texts)s", texts=words.listed(before))
            beyond = few if len(before) <= MOST_NAMED else many
        inferred = subject.inferred or subject.date.approximate or subject.date.extent is Extent.ONE_OF
        bar = charts.bar(axis, happening.stretch, "event", inferred=inferred)
        label, source = subject.title, None
    else:
        bar = charts.bar(axis, happening.stretch, "text", inferred=subject.known is not Known.PRINTED)
        source = page.folder.siglum(subject.source)
        label = source.name
        horizon = charts.instant(axis, _horizon(page.folder, subject.source))
    if bar is None:
        return None
    href = page.to("timeline", id_of(happening))
    return TimeRow(label, when(happening, words), href, source, bar, horizon, beyond)


def _horizon(folder: Folder, source: Source) -> datetime | None:
    """When the last moment ends that a text knows of; None where this is no more than its publication."""
    known = source.known_through
    return known.date.bounds(folder.analysis.anchored.briefing.utc_offset)[1] if known else None


# ---- an axis in words ------------------------------------------------------------------------------------------

_PRECISIONS = {"year": Precision.YEAR, "month": Precision.MONTH}


def _span(page: PageContext, axis: Axis) -> str:
    """From when to when an axis reaches, as finely as it counts: `16–20 June 2023`."""
    words, (first, last) = page.folder.words, _clocks(page, axis)
    unit = axis.ticks[0].unit
    if unit in ("hour", "minute") and first.date() == last.date():
        end = (last + timedelta(microseconds=1)).strftime("%H:%M").replace("00:00", "24:00")
        day = words.day(first.date())
        if f"{first:%H:%M}" == "00:00" and end == "24:00":
            return day
        return words.gettext("%(day)s, %(first)s to %(last)s", day=day, first=f"{first:%H:%M}", last=end)
    points = [Point(at.date(), at.date(), _PRECISIONS.get(unit, Precision.DAY)) for at in (first, last)]
    if unit == "year" and first.year != last.year:
        start, end = (words.date(Edtf("", point, point)) for point in points)
        return words.gettext("From %(first)s to %(last)s", first=start, last=end)
    same = (first.year, first.month) == (last.year, last.month) if unit == "month" else unit == "year"
    return words.date(Edtf("", points[0], points[0] if same else points[1], Extent.LASTED))


def _clocks(page: PageContext, axis: Axis) -> tuple[datetime, datetime]:
    """Its first and last moment on the place's clock."""
    offset = page.analysis.anchored.briefing.utc_offset
    start, end = axis.start + offset, axis.end + offset - timedelta(microseconds=1)
    return start, end


_FORMS = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}


def _address(page: PageContext, axis: Axis) -> str:
    """An id that is that of the span alone: `from-2023-06-16-to-2023-06-20`."""
    form = _FORMS.get(axis.ticks[0].unit, "%Y-%m-%dT%H%M")
    first, last = (at.strftime(form) for at in _clocks(page, axis))
    return f"from-{first}-to-{last}"
