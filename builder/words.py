"""The words of the interface in the language of a site: messages, numbers, lists and dates.

A message is English in the code, marked as gettext has it (`gettext`, `ngettext`, `N_`, in templates `{% trans %}`),
and translated by templates/words/<language>.po. What has no translation stays English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import NullTranslations

from builder import dates
from builder.dates import Edtf


def N_(message: str) -> str:
    """Mark a message that is translated where it is used, not where it stands."""
    return message


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
        return f"{number:,}"

    def spelt(self, number: int) -> str:
        """Small numbers as words, others in figures: `two`, `14`."""
        return self.gettext(_SMALL[number]) if number < len(_SMALL) else self.number(number)

    def listed(self, items: Sequence[str]) -> str:
        """`A`, `A and B`, `A, B and C`."""
        return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)

    def date(self, edtf: Edtf, *, weekday: bool = False) -> str:
        """As a reader says it: "18–19 June 2023", "about February 2023", "on or after 19 June 2023"."""
        return dates.in_words(edtf, weekday=weekday)


_SMALL = (
    N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"),
    N_("nine"), N_("ten"), N_("eleven"), N_("twelve"),
)  # fmt: skip

ENGLISH = Words()


def sentence(text: str) -> str:
    """With a capital at its start; the rest stays."""
    return text[:1].upper() + text[1:]
