"""The entry of a new source for sources.yaml, and its names. Comments say what is left to the curator."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from builder.diagnostics import printable
from builder.ids import id_of
from builder.intake import Intake
from builder.intake.stated import NOT_FOUND, Field
from builder.text import primary_language
from builder.yamltext import entries

MAX_SLUG = 40

KNOWN_THROUGH = """\
# known_through: the last moment that the text shows it knew of, with the words that show it, such as
# known_through: {date: 2025-03-03, quote: was opened on Monday}
"""
UNSTATED = "# language: where it is not the site’s; outlet, author, url, published: only where the text shows them\n"
ALL_OF_IT = "# body: all of the file; move both ends to where the article proper starts and ends\n"


def entry_of(intake: Intake, id_: str, siglum: str, article: str, language: str, translation: str = "") -> str:
    """The entry, not indented; `language` is the site's, `translation` what the headline means in it."""
    fields = {key: one for key, one in intake.fields.items() if key != "language" or _differs(one, language)}
    by = ", ".join(f"{key} ({one.by})" for key, one in fields.items() if one.value and one.by)
    body = "".join(
        [
            entries({"siglum": siglum, "article": article}),
            _headline(intake, translation),
            f"# stated by the page; keep what its text shows, too: {by}\n" if by else "",
            *(_field(key, one) for key, one in fields.items()),
            "" if intake.fields else UNSTATED,
            ALL_OF_IT if intake.plain else "",
            entries({"body": list(intake.body)}),
            entries({"captions": list(intake.captions)}) if intake.captions else "",
            KNOWN_THROUGH,
        ]
    )
    return f"{id_}:\n" + "".join(f"  {line}\n" for line in body.split("\n")[:-1])


def _headline(intake: Intake, translation: str) -> str:
    means = entries({"headline_translation": translation}) if translation else ""
    if intake.headline:
        return _headline_entry(intake.headline) + means
    if intake.proposal:
        what = "the first line" if intake.plain else "what the page states; it is not printed apart from the text"
        lines = (_headline_entry([intake.proposal]) + means).splitlines()
        return f"# headline: {what}; uncomment it if it is the headline\n" + "".join(f"# {line}\n" for line in lines)
    return f"# headline: {NOT_FOUND}\n" + "".join(f"# {line}\n" for line in means.splitlines())


def _headline_entry(lines: Sequence[str]) -> str:
    # One line that starts with a dash would be taken for the item of a list.
    alone = len(lines) == 1 and not lines[0].startswith("-")
    return entries({"headline": lines[0] if alone else list(lines)})


def _field(key: str, found: Field) -> str:
    note = f"# {key}: {printable(found.note)}\n" if found.note else ""
    return note + (entries({key: found.value}) if found.value else "")


def _differs(language: Field, other: str) -> bool:
    """Whether a text is in another language than the site; one that is not known is taken for the site's."""
    return primary_language(language.value) not in ("", primary_language(other))


# ---- names -----------------------------------------------------------------------------------------------------


def slug(text: str) -> str:
    """`text` as an id that is short enough to be typed; nothing where no letters and digits are left."""
    return id_of(text, MAX_SLUG)


def host_slug(address: str) -> str:
    """The outlet's part of a web address as an id: `courier` for https://www.courier.example/a."""
    try:
        labels = (urlsplit(address).hostname or "").removeprefix("www.").split(".")
    except ValueError:
        return ""
    return slug("-".join(labels[:-1] or labels))


def free_siglum(taken: Collection[str]) -> str | None:
    """The next free letter, then letters with a digit; None where all are taken."""
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    every = [*letters, *(f"{letter}{digit}" for letter in letters for digit in range(1, 10))]
    return next((siglum for siglum in every if siglum not in taken), None)
