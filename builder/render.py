"""From planned pages to bytes: Jinja over view models, autoescape always on, an unknown name is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache

from builder.drawing import charts
from builder.jinja import Templates
from builder.pages.context import stances
from builder.pages.page import Page
from builder.routes import STYLE, OutputFile, data_path, path_of
from builder.views import BriefingCard
from builder.words import ENGLISH, Words

STYLE_SHEETS = ("css/tokens.css", "css/base.css", "css/components.css", "css/print.css")
"""Joined in this order into one file, so that a page asks for one. The others belong to single pages, which link
them."""


def environment(folder: Path, words: Words = ENGLISH) -> Templates:
    """The templates of a folder. They are code; content is only ever given to them, never compiled."""
    return Templates(
        words,
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def compile_all(templates: Environment, get: Callable[[str], bytes | None], put: Callable[[str, bytes], None]) -> None:
    """Compile every template, or load what an earlier process compiled and `put` away; a faulty one is left to fail."""
    templates.bytecode_cache = _Compiled(get, put)
    for name in templates.list_templates(filter_func=lambda name: not name.startswith("static/")):
        with suppress(TemplateError, UnicodeError):
            templates.get_template(name)
    templates.bytecode_cache = None


class _Compiled(BytecodeCache):
    def __init__(self, get: Callable[[str], bytes | None], put: Callable[[str, bytes], None]) -> None:
        self._get = get
        self._put = put

    def load_bytecode(self, bucket: Bucket) -> None:
        if data := self._get(bucket.key):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._put(bucket.key, bucket.bytecode_to_string())


def render(page: Page, templates: Environment) -> OutputFile:
    """One page. Raises jinja2.TemplateError where a template is at fault."""
    html = templates.get_template(page.template).render(page=page.view)
    return OutputFile(path_of(page.route), html.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was planned, and the file that came of it."""

    page: Page
    file: OutputFile


def draw(pages: Iterable[Page], templates: Environment, before: Iterable[Drawn] = ()) -> tuple[Drawn, ...]:
    """Render pages. What the same templates drew `before` is taken as it is where a page is planned the same.

    Raises jinja2.TemplateError where a template is at fault.
    """
    known = {one.file.path: one for one in before}
    drawn = []
    for page in pages:
        one = known.get(path_of(page.route))
        drawn.append(one if one is not None and one.page == page else Drawn(page, render(page, templates)))
    return tuple(drawn)


def picture(name: str, card: BriefingCard, templates: Templates) -> OutputFile:
    """A briefing's pattern as a picture of its own. Raises jinja2.TemplateError where the template is at fault."""
    svg = templates.get_template("pattern.svg").render(
        page=charts.picture(card, tuple(stances(templates.words).values()))
    )
    return OutputFile(data_path(name, "pattern.svg"), svg.encode("utf-8"))


def static_files(files: Mapping[str, bytes]) -> list[OutputFile]:
    """Style sheet, scripts and icon, from the files of templates/static. Raises jinja2.TemplateNotFound."""
    for name in (*STYLE_SHEETS, "icon.svg"):
        if name not in files:
            raise TemplateNotFound(name, f"There is no templates/static/{name}")
    style = b"\n".join(files[name] for name in STYLE_SHEETS)
    single = [OutputFile(f"static/{name}", files[name]) for name in sorted(files) if name not in STYLE_SHEETS]
    return [OutputFile(STYLE, style), *single]
