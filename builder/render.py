"""From planned pages to bytes: Jinja over view models, autoescape always on, an unknown name is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateError, TemplateNotFound
from jinja2.bccache import Bucket, BytecodeCache

from builder.drawing import glance
from builder.jinja import Templates, Unknown
from builder.mistakes import NotUtf8, near
from builder.pages.labels import stances
from builder.pages.page import Page
from builder.routes import STYLE, OutputFile, data_path, path_of
from builder.views.cards import CARD_HEIGHT, CARD_WIDTH
from builder.views.site import BriefingCard
from builder.words import ENGLISH, Words

STYLE_SHEETS = ("css/tokens.css", "css/base.css", "css/components.css", "css/print.css")
"""Joined in this order into one file, so that a page asks for one. The others belong to single pages, which link
them."""

BEGINNINGS = {"css/claim.css": "css/rail.css", "css/source.css": "css/rail.css", "css/many.css": "css/matrix.css"}
"""Sheets of single pages that begin with another one, so that a page asks for one."""

NEVER_ALONE = ("css/rail.css",)
"""Beginnings that no page asks for."""

OWN_STYLE = "css/site.css"
"""A site's own colours and rules, if it has any."""


PREFIX = "variorum/"
"""Before the name of a template: the one that came with the builder."""


class Layers(FileSystemLoader):
    """A site's own templates before ours; `variorum/` before a name means ours, also where the site has one."""

    def __init__(self, ours: Path, own: Path | None) -> None:
        super().__init__([own, ours] if own else [ours])
        self._ours = FileSystemLoader(ours)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, and where it stands. Raises jinja2.TemplateNotFound, NotUtf8."""
        ours = template.startswith(PREFIX)
        name = template.removeprefix(PREFIX)
        try:
            return self._ours.get_source(environment, name) if ours else super().get_source(environment, template)
        except UnicodeDecodeError as error:
            paths = (Path(one, name) for one in (self._ours if ours else self).searchpath)
            raise NotUtf8(str(next(path for path in paths if path.is_file())), error) from error
        except TemplateNotFound as error:
            every = [f"{PREFIX * ours}{name}" for name in (self._ours if ours else self).list_templates()]
            among = " among the builder’s own" if ours else ""
            said = f"there is no template “{template}”{among}{near(template, every)}"
            raise TemplateNotFound(template, said) from error


def environment(ours: Path, words: Words = ENGLISH, own: Path | None = None, language: str | None = None) -> Templates:
    """The templates of a folder, and before them a site's `own`; `language` is the site's, where it is not that of
    the words.

    They are code; content is only ever given to them, never compiled.
    """
    return Templates(
        words,
        language,
        loader=Layers(ours, own),
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def compile_all(templates: Environment, get: Callable[[str], bytes | None], put: Callable[[str, bytes], None]) -> None:
    """Compile every template, or load what an earlier process compiled and `put` away; a faulty one is left to fail."""
    templates.bytecode_cache = _Compiled(get, put)
    for name in templates.list_templates(filter_func=lambda name: not name.startswith(("static/", "fonts/", "words/"))):
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
        page=glance.picture(card, tuple(stances(templates.words).values()))
    )
    return OutputFile(data_path(name, "pattern.svg"), svg.encode("utf-8"))


_HEAD = re.compile(r"\A(?://.*\n)+")
"""What a script says of itself, which the minifier would take for a licence."""


@lru_cache(maxsize=64)
def _light(name: str, data: bytes) -> bytes:
    """Style sheets and scripts without what is there for people alone: an eighth of it, packed. Others as they are."""
    element = {"css": "style", "js": "script"}.get(name.rpartition(".")[2])
    if element is None or b"</" in data:  # which would end the element
        return data
    from minify_html import minify  # needed once in a build, and large

    try:
        words = _HEAD.sub("", data.decode("utf-8"))
    except UnicodeDecodeError:  # a browser reads on, and so may a site
        return data
    page = minify(f"<{element}>{words}</{element}>", minify_css=True, minify_js=True)
    made = page.removeprefix(f"<{element}>").removesuffix(f"</{element}>")
    return (_MEDIA.sub(_bounds, made) if element == "style" else made).encode()


_MEDIA = re.compile(r"@media[^{};]+\{")


def _bounds(media: re.Match[str]) -> str:
    """Bounds of width and height as browsers older than 2023 read them, too: `<` is a hundredth less."""
    each = re.sub(r"\(([\w.]+)<=(width|height)<", r"(\2>=\1) and (\2<", media[0])
    least = re.sub(r"\((width|height)>=", r"(min-\1:", each)
    return re.sub(r"\((width|height)<([\d.]+)", lambda found: f"(max-{found[1]}:{float(found[2]) - 0.01:g}", least)


def static_files(files: Mapping[str, bytes]) -> list[OutputFile]:
    """Style sheets, scripts and pictures, from the files of templates/static. Raises jinja2.TemplateNotFound.

    What a site says in css/site.css stands last: it counts where it says the same thing otherwise.
    """
    for name in (*STYLE_SHEETS, "icon.svg"):
        if name not in files:
            raise TemplateNotFound(name, f"There is no templates/static/{name}")
    joined = [*STYLE_SHEETS, *([OWN_STYLE] if OWN_STYLE in files else [])]
    apart = sorted({*files} - {*joined, *NEVER_ALONE})
    style = _light(STYLE, b"\n".join(files[name] for name in joined))
    whole = {
        **files,
        **{name: files.get(first, b"") + files[name] for name, first in BEGINNINGS.items() if name in files},
    }
    single = [OutputFile(f"static/{name}", _light(name, whole[name])) for name in apart]
    return [OutputFile(STYLE, style), *single]


# ---- link previews ---------------------------------------------------------------------------------------------


def card_svg(template: str, view: object, templates: Environment) -> str:
    """A link preview as SVG. Raises jinja2.TemplateError where a template is at fault."""
    return templates.get_template(template).render(
        page=view, colours=colours(templates), size=(CARD_WIDTH, CARD_HEIGHT), fonts=FAMILIES
    )


FAMILIES = {"serif": "'Source Serif 4', serif", "sans": "'Source Sans 3', sans-serif"}
"""Of link previews, which know no fonts of the system."""


@lru_cache(maxsize=2)
def colours(templates: Environment) -> Mapping[str, str]:
    """The colours of light pages, by name: those of css/tokens.css, and then those of a site's own style sheet."""
    assert templates.loader
    found: dict[str, str] = {}
    for name in (f"{PREFIX}static/{STYLE_SHEETS[0]}", f"static/{STYLE_SHEETS[0]}", f"static/{OWN_STYLE}"):
        with suppress(TemplateNotFound):
            css = re.sub(r"/\*.*?\*/", "", templates.loader.get_source(templates, name)[0], flags=re.DOTALL)
            css = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)  # what holds only on some screens
            for rules in re.findall(r":root\s*\{([^{}]*)\}", css):
                found.update(
                    re.findall(r"--([\w-]+)\s*:\s*(?:light-dark\(\s*)?(#[0-9a-fA-F]{3,8})\s*(?:,[^;]*)?(?:;|$)", rules)
                )
    return found
