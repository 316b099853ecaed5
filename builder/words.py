"""The words of the interface in the language of a site: messages, numbers, lists and dates.

A message is English in the code, marked as gettext has it (`gettext`, `ngettext`, `N_`, in templates `{% trans %}`),
and translated by templates/words/<language>.po. What has no translation stays English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime, timedelta
from decimal import Decimal
from gettext import NullTranslations

from builder import locales
from builder.dates import Edtf, Extent, Point, Precision, zone_in_words


def N_(message: str) -> str:
    """Mark a message that is translated where it is used, not where it stands."""
    return message


def P_(context: str, message: str) -> tuple[str, str]:
    """The same for a message with a context: what `pgettext` takes first."""
    return context, message


def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`. A tag such as `az-Arab` may name its script."""
    return locales.direction(language)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The interface in one language. Values stand in messages as `%(name)s`, a percent sign as `%%`."""

    language: str = "en"
    """As BCP 47 has it; that of the messages, which need not be the site's."""
    messages: NullTranslations = field(default_factory=NullTranslations)

    def gettext(self, message: str, /, **values: object) -> str:
        """A message, with values put in."""
        return self.messages.gettext(message) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of a message that fits a number, which it may name as `%(num)s`."""
        return self.messages.ngettext(one, many, number) % {"num": self.number(number), **values}

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """A message that English has twice, in one of its meanings."""
        return self.messages.pgettext(context, message) % values

    def number(self, number: int) -> str:
        """In figures, thousands grouped: `1,204`."""
        return locales.number(self.language, number)

    def decimal(self, number: Decimal) -> str:
        """In figures, with all that it has after the point: `1,204.50`."""
        return locales.decimal(self.language, number)

    def spelt(self, number: int) -> str:
        """Small numbers as words, others in figures: `two`, `14`."""
        return self.gettext(_SMALL[number]) if number < len(_SMALL) else self.number(number)

    def listed(self, items: Sequence[str]) -> str:
        """`A`, `A and B`, `A, B and C`."""
        return locales.listed(self.language, items)

    def date(self, edtf: Edtf, *, weekday: bool = False) -> str:
        """As a reader says it: "18–19 June 2023", "about February 2023", "on or after 19 June 2023"."""
        start, end = edtf.start, edtf.end
        if start and (edtf.extent is Extent.MOMENT or start == end):
            return self._point(start, weekday)
        if start and end:
            both = self._range(start, end, weekday)
            return self.gettext("some time in %(date)s", date=both) if edtf.extent is Extent.ONE_OF else both
        known = start or end
        if known is None:
            return ""
        kind = "day" if known.precision >= Precision.DAY else "month or year"
        return self.pgettext(*_OPEN[edtf.extent, start is not None, kind], date=self._point(known, weekday))

    def day(self, at: Day, *, weekday: bool = False) -> str:
        """A day of the calendar: "19 June 2023", "Monday 19 June 2023"."""
        return locales.day(self.language, at, weekday=weekday)

    def tick(self, at: datetime, unit: str, *, first: bool = False) -> str:
        """The label of a column of a chart, on the place's clock: "Mon 19", "Mon 19 Jun", "Jun 2023", "10:00".

        `unit` is hour, day, month or year. The `first` column says more, and so does one where a day or year begins.
        """
        return locales.tick(self.language, at, unit, first=first)

    def zone(self, offset: timedelta) -> str:
        """`UTC`, `UTC+8` or `UTC−3:30`."""
        return zone_in_words(offset)

    def _range(self, start: Point, end: Point, weekday: bool) -> str:
        days = start.precision is end.precision is Precision.DAY and not (start.qualifier or end.qualifier)
        if days and start.first.year == end.first.year:
            return locales.days(self.language, start.first, end.first)
        return self.gettext("%(start)s – %(end)s", start=self._point(start, weekday), end=self._point(end, weekday))

    def _point(self, point: Point, weekday: bool) -> str:
        at, told = point.first, self.language
        if point.precision is Precision.YEAR:
            words = locales.year(told, at)
        elif point.precision is Precision.SEASON:
            words = self.gettext(_SEASONS[at.month // 3 - 1], year=locales.year(told, at))
        elif point.precision is Precision.MONTH:
            words = locales.month(told, at)
        elif point.instant is None:
            words = locales.day(told, at, weekday=weekday)
        else:
            on = locales.moment(told, point.instant, weekday=weekday)
            words = f"{on} {self.zone(point.instant.utcoffset() or timedelta())}"
        return self.gettext(_DOUBTS[point.qualifier], date=words) if point.qualifier else words


_SMALL = (
    N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"),
    N_("nine"), N_("ten"), N_("eleven"), N_("twelve"),
)  # fmt: skip

_SEASONS = (N_("Spring %(year)s"), N_("Summer %(year)s"), N_("Autumn %(year)s"), N_("Winter %(year)s"))
_DOUBTS = {"~": N_("about %(date)s"), "?": N_("probably %(date)s"), "%": N_("probably about %(date)s")}
_OPEN = {
    (Extent.LASTED, True, "day"): P_("day", "from %(date)s"),
    (Extent.LASTED, False, "day"): P_("day", "until %(date)s"),
    (Extent.ONE_OF, True, "day"): P_("day", "on or after %(date)s"),
    (Extent.ONE_OF, False, "day"): P_("day", "on or before %(date)s"),
    (Extent.LASTED, True, "month or year"): P_("month or year", "from %(date)s"),
    (Extent.LASTED, False, "month or year"): P_("month or year", "until %(date)s"),
    (Extent.ONE_OF, True, "month or year"): P_("month or year", "on or after %(date)s"),
    (Extent.ONE_OF, False, "month or year"): P_("month or year", "on or before %(date)s"),
}
"""By what is meant, whether the beginning is known, and how finely; the last is the context of the message."""

ENGLISH = Words()


def sentence(text: str) -> str:
    """With a capital at its start; the rest stays."""
    return text[:1].upper() + text[1:]
