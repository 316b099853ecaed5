"""Events and the articles' own moments in time. Uncertainty is length; what is not known stays open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from builder.analysis.axes import Axis, Stretch, axis
from builder.analysis.zoom import Level, levels
from builder.dates import Edtf
from builder.model import AnchoredBriefing, Event, Source

_DAY = timedelta(days=1)
# What dates can name, with room for any clock before and after (see dates).
_EARLIEST, _LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


class Known(StrEnum):
    """How a text's moment of writing is known."""

    PRINTED = "printed"
    """The text prints when it was published."""
    WINDOW = "window"
    """It lies between what the text knows and what still lay ahead of it."""
    NO_LATER_LIMIT = "no later limit"
    """It lies after what the text knows."""
    UNKNOWN = "unknown"
    """The text shows nothing."""


@dataclass(frozen=True, slots=True)
class Writing:
    """When an article was written, as far as its text shows."""

    source: Source
    stretch: Stretch
    known: Known


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, or the writing of an article."""

    subject: Event | Writing
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chronicle and the axes it is drawn on."""

    happenings: tuple[Happening, ...]
    """In order of their beginnings; what starts together stays as written, texts after events."""
    focus: Stretch
    """What the briefing is about."""
    close: Axis
    """Around the focus."""
    levels: tuple[Level, ...]
    """The axes on which all that is dated is drawn: the widest one first, each closer one after a wider one."""


def timeline_of(anchored: AnchoredBriefing) -> Timeline:
    """Order everything and choose the axes."""
    briefing = anchored.briefing
    offset = briefing.utc_offset
    events = {event.id: event for event in briefing.events}
    happenings = [Happening(event, Stretch(*event.date.bounds(offset))) for event in briefing.events]
    for source in briefing.sources:
        ahead = events[source.looks_ahead.event].date if source.looks_ahead else None
        writing = writing_of(source, ahead, offset)
        happenings.append(Happening(writing, writing.stretch))
    ordered = sorted(happenings, key=lambda h: h.stretch.start or h.stretch.end or _EARLIEST)

    focus = Stretch(*briefing.date.bounds(offset))
    instants = [i for h in happenings for i in (h.stretch.start, h.stretch.end) if i]
    first = focus.start or focus.end or _EARLIEST
    last = focus.end or focus.start or _EARLIEST
    length = max(last - first, _DAY)
    near = [i for i in instants if _moved(first, -2 * length) <= i <= _moved(last, 2 * length)]
    pad = max(_DAY, length / 4)
    close = axis(min([*near, _moved(first, -pad)]), max([*near, _moved(last, pad)]), offset)
    whole = axis(min([*instants, close.start]), max([*instants, close.end]), offset)
    if all(close.start <= i <= close.end for i in instants):
        whole = close
    return Timeline(tuple(ordered), focus, close, levels([h.stretch for h in ordered], whole, close, offset))


def _moved(instant: datetime, by: timedelta) -> datetime:
    """`instant` moved, but not out of what a calendar holds."""
    if by < timedelta():
        return _EARLIEST if instant - _EARLIEST < -by else instant + by
    return _LATEST if _LATEST - instant < by else instant + by


def writing_of(source: Source, ahead: Edtf | None, offset: timedelta) -> Writing:
    """When a text was written: as printed, or between what it knows and what lay ahead of it (`ahead`)."""
    if source.published:
        return Writing(source, Stretch(*source.published.bounds(offset)), Known.PRINTED)
    start = source.known_through.date.bounds(offset)[0] if source.known_through else None
    ends = [date.bounds(offset)[1] for date in (ahead, source.captured) if date]
    end = min((e for e in ends if e), default=None)
    known = Known.WINDOW if start and end else Known.NO_LATER_LIMIT if start else Known.UNKNOWN
    return Writing(source, Stretch(start, end), known)
