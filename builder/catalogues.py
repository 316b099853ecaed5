"""Catalogues of the interface's words, as gettext has them: <language>.po. They are read once, and checked then.

A page is never the place to find out that a translation does not fit: each message is checked for its placeholders, its
elements and its plural forms before any page is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations, c2py
from io import StringIO
from typing import TYPE_CHECKING

from builder.locales import wider
from builder.words import Words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ENDING = ".po"
NUMBERS = frozenset({"num", "number", "numbers", "count", "many", "n"})
"""Placeholders of numbers: a form that fits one number alone may say it as a word."""
MOST_TOLD = 300
"""So many characters of a fault, which may quote a whole paragraph."""
MOST_FORMS = 6
"""No language has more plural forms."""

Key = tuple[str, str, str]
"""The context of a message, or nothing, the message, and what it is of many, or nothing."""


class CatalogueError(ValueError):
    """A catalogue cannot be used; says which, in which line, and why."""

    def __init__(self, path: str, line: int, why: str, message: str = "") -> None:
        self.line = line
        self.why = _short(why)
        self.message = message = _short(message)
        """The one whose translation is at fault; nothing where the catalogue cannot be read."""
        super().__init__(f"{path}:{line}: {self.why}" + (f"; the message is “{message}”" if message else ""))


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= MOST_TOLD else told[:MOST_TOLD] + " …"


@dataclass(frozen=True, slots=True)
class File:
    """A catalogue as it stands on the disk."""

    language: str
    path: str
    """For people, from the site's root."""
    data: bytes


def is_catalogue(file: str) -> bool:
    """Whether a file is named as a catalogue is, by a language tag: `es.po`, `es-MX.po`."""
    return re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\.po", file) is not None


def names(language: str) -> tuple[str, ...]:
    """The languages whose catalogues say words in this one, the nearest first: `es-MX`, `es`."""
    return wider(language)


def speaks(spoken: str, wanted: str) -> bool:
    """Whether words in one language are words in another: those of a country, say, in that of all countries."""
    return wider(spoken)[-1] == wider(wanted)[-1]


def words_of(language: str, files: Sequence[File]) -> Words:
    """The words of a language, from catalogues in that or a wider one: each message from the first that has it.

    Without any, the words are English. Raises CatalogueError.
    """
    tags = names(language)
    fitting = [file for file in files if file.language in tags]
    if not fitting and wider(language)[-1] != "en":
        return words_of("en", files)
    first: NullTranslations | None = None
    for file in fitting:
        found = read(file)
        if found and first is None:
            first = found
        elif found and first:
            first.add_fallback(found)
    return Words(language, first or NullTranslations())


class Messages(NullTranslations):
    """Translated messages, each with all forms that the language has. What is not among them is said by the next."""

    def __init__(self, forms: Mapping[Key, tuple[str, ...]], plural: Callable[[int], int]) -> None:
        super().__init__()
        self._forms = forms
        self._plural = plural

    def gettext(self, message: str) -> str:
        """A message without a context."""
        found = self._forms.get(("", message, ""))
        return found[0] if found else super().gettext(message)

    def pgettext(self, context: str, message: str) -> str:
        """A message in its context."""
        found = self._forms.get((context, message, ""))
        return found[0] if found else super().pgettext(context, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a number."""
        found = self._forms.get(("", msgid1, msgid2))
        return found[self._plural(n)] if found else super().ngettext(msgid1, msgid2, n)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a number, in a context."""
        found = self._forms.get((context, msgid1, msgid2))
        return found[self._plural(n)] if found else super().npgettext(context, msgid1, msgid2, n)


# ---- reading -----------------------------------------------------------------------------------------------------

_FILLED = re.compile(r'^[ \t]*msgstr(?!(?:\[\d+\])?[ \t]+""[ \t]*\r?$(?!\n[ \t]*"))', re.MULTILINE)
"""Where it says more than nothing, be it as it should be or not."""
_HEADER = re.compile(r'^msgid[ \t]+""[ \t]*\r?\n' + _FILLED.pattern, re.MULTILINE)


def read(file: File) -> Messages | None:
    """The translations in a catalogue; None where it has none. Raises CatalogueError."""
    text = _text(file)
    if not _is_filled(text):
        return None  # so that Babel is not imported for a list of messages alone
    plural, many = _plural(file, text)
    forms: dict[Key, tuple[str, ...]] = {}
    for message in _parsed(file, text):
        if message.id and not message.fuzzy and (said := _forms(file, message, many)):
            context, one, more = _key(message)
            forms[context, one, more] = said
            forms.setdefault((context, one, ""), said)
    return Messages(forms, plural)


def faults(file: File) -> list[CatalogueError]:
    """All that is at fault in a catalogue, in its order: of each message the first."""
    found = []
    try:
        text = _text(file)
        if not _is_filled(text):
            return []
        _, many = _plural(file, text)
        messages = [message for message in _parsed(file, text) if message.id and not message.fuzzy]
    except CatalogueError as error:
        return [error]
    for message in messages:
        try:
            _forms(file, message, many)
        except CatalogueError as error:
            found.append(error)
    return found


def unsaid(file: File, ours: File) -> list[tuple[int, str, str | None]]:
    """The messages that a catalogue translates and the builder, with the messages of `ours`, never says so.

    Each with its line, and with its form for many where it is said with one. Raises CatalogueError.
    """
    text = _text(file)
    if not _is_filled(text):
        return []
    known = {_key(message)[:2]: _key(message)[2] for message in _parsed(ours, _text(ours))}
    mine = [message for message in _parsed(file, text) if message.id and any(_said(message)) and not message.fuzzy]
    keys = ((message.lineno or 1, _key(message)) for message in mine)
    return [
        (line, one, known.get((context, one)))
        for line, (context, one, more) in keys
        if known.get((context, one)) != more
    ]


def _is_filled(text: str) -> bool:
    return len(_FILLED.findall(text)) > len(_HEADER.findall(text))


def _key(message: Message) -> Key:
    one, *more = (message.id,) if isinstance(message.id, str) else message.id
    return message.context or "", one, more[0] if more else ""


def _said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _text(file: File) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(file.path, line, "this is not UTF-8") from error


_PLURAL = re.compile(r'^"Plural-Forms:(.*?)(?:\\n)?"[ \t]*$', re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]+);?\s*")


_ARABIC = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
"""As all write it but Babel, which has the last two the other way round."""


def plural_of(language: str) -> tuple[int, str]:
    """How many forms a language has for numbers, and which fits a number, as gettext writes it."""
    from babel.messages.plurals import get_plural

    main = wider(language)[-1]
    many, rule, *_ = get_plural(main)
    return (many, _ARABIC) if main == "ar" else (many, rule)


def _plural(file: File, text: str) -> tuple[Callable[[int], int], int]:
    """Which form fits a number, and how many there are: as the file says, or else as its language has it."""
    stated = _PLURAL.search(text)
    if stated is None:
        every, usual = plural_of(file.language)
        return c2py(usual), every
    parts = _RULE.fullmatch(stated[1])
    many = int(parts[1]) if parts else 0
    try:
        rule = c2py(parts[2]) if parts and many <= MOST_FORMS else None
        if rule and all(0 <= rule(number) < many for number in range(200)):
            return rule, many
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        pass  # the same as for a rule that fits no number
    line = text.count("\n", 0, stated.start()) + 1
    example = "nplurals=2; plural=(n != 1);"
    raise CatalogueError(file.path, line, f"these Plural-Forms cannot be used; those of Spanish are “{example}”")


_QUOTED = re.compile(r'[ \t]*(?:msg[a-z_]+(?:\[\d+\])?[ \t]+)?"')
_CLOSED = re.compile(_QUOTED.pattern + r'(?:[^"\\]|\\.)*"[ \t\r]*')


def _parsed(file: File, text: str) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    for number, line in enumerate(text.split("\n"), 1):
        if _QUOTED.match(line) and not _CLOSED.fullmatch(line):  # Babel would take away its last letter
            raise CatalogueError(file.path, number, 'words stand between two ", and a " among them is written \\"')
    try:
        return read_po(StringIO(text), locale=wider(file.language)[-1], ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        why = str(error).rpartition(" on ")[0]
        raise CatalogueError(file.path, error.lineno + 1, why[:1].lower() + why[1:] or "no catalogue") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CatalogueError(file.path, 1, "this is no catalogue that could be read") from error


def _forms(file: File, message: Message, many: int) -> tuple[str, ...]:
    """What a message is in the language, checked; nothing where it is not translated."""
    said = _said(message)
    if not any(said):
        return ()
    line = message.lineno or 1
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    if len(ids) > 1 and not (len(said) == many and all(said)):
        forms = ", ".join(f"msgstr[{index}]" for index in range(many))
        raise CatalogueError(file.path, line, f"the language has {many} forms: {forms}", ids[0])
    for why in wrong(ids, said):
        raise CatalogueError(file.path, line, why, ids[0])
    return said


# ---- whether a translation fits ----------------------------------------------------------------------------------

_PLACE = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"<[^<>]*>")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def places(message: str) -> set[str] | None:
    """The names of its placeholders; None where a percent sign is neither one nor doubled."""
    bare = _PLACE.sub("", message.replace("%%", ""))
    return None if "%" in bare else set(_PLACE.findall(message.replace("%%", "")))


def wrong(ids: Sequence[str], said: Sequence[str]) -> list[str]:
    """What is wrong with a translation, in words; `ids` are a message or its two English forms."""
    named = [places(one) or set() for one in ids]
    allowed, needed = set.union(*named), set.intersection(*named)
    if len(ids) > 1:
        needed -= NUMBERS
    return [why for form in said for why in _wrong(form, ids, allowed, needed)]


def _wrong(form: str, ids: Sequence[str], allowed: set[str], needed: set[str]) -> list[str]:
    found = places(form)
    if found is None:
        return ["a percent sign is written %%, a placeholder %(name)s"]
    why = [f"there is no placeholder %({name})s" for name in sorted(found - allowed)]
    why += [f"the placeholder %({name})s is missing" for name in sorted(needed - found)]
    tags = {tuple(sorted(_TAG.findall(one))) for one in ids}
    if tuple(sorted(_TAG.findall(form))) not in tags or not _nested(_TAG.findall(form)):
        why.append("what stands in < > has to be as in the message")
    bare = _TAG.sub("", form)
    if re.search('[<>"]', bare) and not any(re.search('[<>"]', _TAG.sub("", one)) for one in ids):
        why.append('<, > and " cannot stand here; quotation marks are “ ”, « » or others')
    if _CONTROL.search(form):
        why.append("it holds a character that cannot be seen")
    return why


def _nested(tags: Sequence[str]) -> bool:
    """Whether each element ends after it begins, and within the one that it begins in."""
    opened: list[str] = []
    for tag in tags:
        name = re.split(r"[\s/>]", tag.lstrip("</"), maxsplit=1)[0]
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
