"""`make words`: every message of the builder and its templates, into each catalogue, with the translations it has.

A message that nothing says any longer goes. There are no line numbers and no dates in a catalogue: it changes when
words do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import generate_po, read_po
from jinja2.ext import babel_extract

from builder.catalogues import ENDING, plural_of
from builder.locales import wider

KEYWORDS: dict[str, tuple[tuple[int, ...], int | None]] = {
    "gettext": ((0,), None),
    "N_": ((0,), None),
    "ngettext": ((0, 1), None),
    "pgettext": ((1,), 0),
    "P_": ((1,), 0),
    "npgettext": ((1, 2), 0),
}
"""Which arguments of a call are the forms of a message, and which is its context."""
_TEMPLATES = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
"""As `builder.jinja` reads them."""

Found = tuple[str | tuple[str, ...], str | None]
"""A message, with its context."""


def messages(builder: Path, templates: Path) -> Catalog:
    """All messages, each with the files that say it, in the order of the files."""
    catalog = Catalog()
    for path in sorted(builder.rglob("*.py")):
        for message, context in in_python(path.read_text("utf-8")):
            catalog.add(message, locations=[(f"builder/{path.relative_to(builder).as_posix()}", 0)], context=context)
    for path in sorted([*templates.rglob("*.html"), *templates.rglob("*.svg")]):
        for message, context in in_template(path.read_bytes()):
            catalog.add(
                message, locations=[(f"templates/{path.relative_to(templates).as_posix()}", 0)], context=context
            )
    return catalog


def in_python(text: str) -> Iterator[Found]:
    """The messages of a module, in their order. Those that are computed are marked where they stand, by `N_`."""
    if not any(f"{name}(" in text for name in KEYWORDS):
        return
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in KEYWORDS:
            given = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
            forms, context = KEYWORDS[name]
            found = tuple(str(given[at]) for at in forms if at < len(given) and isinstance(given[at], str))
            if len(found) == len(forms):
                yield found if len(found) > 1 else found[0], None if context is None else str(given[context])


def in_template(data: bytes) -> Iterator[Found]:
    """The messages of a template, in their order."""
    options = {**_TEMPLATES, "extensions": "jinja2.ext.i18n"}
    for _, function, said, _ in babel_extract(BytesIO(data), [*KEYWORDS], (), options):
        given = [said] if isinstance(said, str) else list(said or ())
        forms, context = KEYWORDS[function]
        found = tuple(str(given[at]) for at in forms if at < len(given) and given[at] is not None)
        if len(found) == len(forms):
            yield found if len(found) > 1 else found[0], None if context is None else str(given[context])


def renewed(language: str, known: bytes, all_messages: Catalog) -> bytes:
    """A catalogue with all messages, and with the translations that `known` has of them."""
    before = read_po(BytesIO(known), locale=wider(language)[-1]) if known else Catalog(locale=wider(language)[-1])
    fresh = Catalog(locale=wider(language)[-1])
    for message in all_messages:
        if message.id:
            old = before.get(_id(message), message.context)
            files = sorted({(file, 0) for file, _ in message.locations})
            kept = old if old is not None and _fits(old, message, fresh.num_plurals) else Message(message.id)
            fuzzy = ["fuzzy"] if kept.fuzzy else []
            notes = kept.user_comments
            fresh.add(message.id, kept.string, files, fuzzy, (), notes, context=message.context)
    body = "".join(generate_po(fresh, omit_header=True, include_lineno=False, width=110))
    return (_header(language) + body).encode()


def _fits(old: Message, message: Message, forms: int) -> bool:
    """Whether a translation has as many forms as it has to: it may be of a message that had no plural."""
    if not message.pluralizable:
        return isinstance(old.string, str)
    return isinstance(old.string, tuple) and len(old.string) == forms


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _header(language: str) -> str:
    lines = [f"Language: {language}", "MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"]
    lines.append("Content-Transfer-Encoding: 8bit")
    if language != "en":  # its copy becomes another language's, which may have other forms
        many, rule = plural_of(language)
        lines.append(f"Plural-Forms: nplurals={many}; plural={rule};")
    stated = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{stated}\n'


def main() -> None:
    """Renew all catalogues of the templates that stand beside the builder."""
    builder = Path(__file__).resolve().parent
    templates = builder.parent / "templates"
    found = messages(builder, templates)
    for path in sorted((templates / "words").glob(f"*{ENDING}")):
        path.write_bytes(renewed(path.stem, path.read_bytes(), found))


if __name__ == "__main__":
    main()
