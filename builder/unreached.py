"""What a site's own templates and catalogues hold that reaches no page, in lines for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateError

from builder import catalogues
from builder.diagnostics import printable
from builder.inputs import read_words
from builder.jinja import Templates
from builder.overlay import unused, without_dark
from builder.render import OWN_STYLE, STYLE_SHEETS
from builder.scan import template_names
from builder.templating import catalogue_path


def unreached(folders: Sequence[Path], templates: Templates) -> list[str]:
    """What a site's own templates hold that reaches no page, in lines for a person."""
    if len(folders) == 1:
        return []
    own, ours = (template_names(str(folder)) for folder in folders)
    found = unused(own, ours, lambda name: _source(templates, name))
    return [f"templates/{printable(name)}: {why}" for name, why in found] + _unsaid(folders, templates)


def in_the_dark(static: Mapping[str, bytes]) -> list[str]:
    """What to look at in a site's own style sheet."""
    own, ours = (static.get(name, b"").decode(errors="replace") for name in (OWN_STYLE, STYLE_SHEETS[0]))
    names = [printable(name) for name in without_dark(own, ours)]
    place = f"  look at templates/static/{OWN_STYLE}:"
    return [f"{place} on dark screens, too, {name} has this value; light-dark(…, …) gives two" for name in names]


def _unsaid(folders: Sequence[Path], templates: Templates) -> list[str]:
    """What a site's own catalogues translate and no page says, in lines for a person."""
    (own, ours), language = folders, templates.words.language
    named = list(dict.fromkeys([*catalogues.names(language), "en"]))
    lines = []
    for one, data in read_words(own, named).items():
        file = catalogues.File(one, catalogue_path(one), data)
        found = _unsaid_in(file, catalogues.File("en", catalogue_path("en"), read_words(ours, ["en"]).get("en", b"")))
        if found:
            texts = [_source(templates, name) for name in template_names(str(own)) if not name.startswith("words/")]
            said = {" ".join(text.split()) for text in texts}
            found = [one for one in found if not any(one[1] in text for text in said)]
        lines += [f"{file.path}:{line}: {_why_unsaid(message, many)}" for line, message, many in found]
    return lines


def _why_unsaid(message: str, many: str | None) -> str:
    if many:
        return f"pages say “{printable(message)}” of one and have msgid_plural “{printable(many)}” for more"
    return f"no page says “{printable(message)}”" + (" with a plural" if many == "" else "")


@lru_cache(maxsize=8)
def _unsaid_in(file: catalogues.File, ours: catalogues.File) -> list[tuple[int, str, str | None]]:
    return catalogues.unsaid(file, ours)


def _source(templates: Templates, name: str) -> str:
    assert templates.loader
    with suppress(TemplateError, UnicodeError):
        return templates.loader.get_source(templates, name)[0]
    return ""
