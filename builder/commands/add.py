"""`add`: what a curator puts into a briefing next."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands import options
from builder.commands.claim import claim
from builder.commands.terminal import run, written
from builder.diagnostics import printable
from builder.ids import is_id
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.desk import Desk
    from builder.intake import Intake
    from builder.newsource import Addition, Wishes

MAX_BYTES = 5 * 1024 * 1024
"""Of a page on the disk."""
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
MAX_LEFT_OUT = 10
"""Lines of a page that are named as left out."""
PAGES = (".html", ".htm", ".xhtml")
NO_PAGES = {
    ".mhtml": "Save the page again as “HTML only”.",
    ".mht": "Save the page again as “HTML only”.",
    ".webarchive": "Save the page again as “page source”.",
    ".pdf": "Copy its text into a .txt file, UTF-8, and add that.",
    ".doc": "Save it as plain text, UTF-8, and add that.",
    ".docx": "Save it as plain text, UTF-8, and add that.",
}
NEEDS_REST = "Of what reads web pages, a part is missing. Run `pip install lxml_html_clean`."
NEEDS_WEB = 'Web pages need one more package. Run `make web`, or `pip install "variorum[web]"`.'


@click.group()
def add() -> None:
    """Take in an article, or add a claim.

    Both print an entry; with --write it goes where it belongs.
    """


add.add_command(claim)


def _id(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not is_id(value)):
        raise click.BadParameter("Use small letters a-z, digits and single hyphens, at most 64.", context, parameter)
    return value


def _name(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\w[\w. -]*\.txt", value):
        raise click.BadParameter("Write the plain name of a .txt file, such as gazette.txt.", context, parameter)
    return value


def _page(context: click.Context, parameter: click.Parameter, value: str) -> str:
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", value)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise click.BadParameter("Only addresses with http:// or https:// are fetched.", context, parameter)
    return value


@add.command(
    short_help="Take in an article: a text, a saved page or an address.",
    epilog="Example: variorum add source gazette.html --write",
)
@click.argument("page", metavar="FILE-or-URL", callback=_page, type=click.Path())
@options.root
@options.briefing
@click.option("--id", "id_", metavar="ID", callback=_id, help="The source's id.  [default: from outlet or file]")
@click.option("--name", metavar="FILE.txt", callback=_name, help="The file in seeds/.  [default: from the id]")
@click.option("--headline-translation", metavar="TEXT", help="What its headline means, in the site's language.")
@options.write
def source(page: str, root: Path, briefing: str | None, write: bool, **given: str | None) -> None:
    """Take in an article: a text file, a saved web page, or a page on the web.

    Prints an entry for sources.yaml with what the page states; what it does not is marked, and nothing is guessed.
    Without --write nothing is written.
    """

    def action() -> bool:
        from builder.desk import open_desk
        from builder.newsource import add_source

        desk = open_desk(root)
        studied = desk.one(briefing)
        intake, wishes = _taken_in(page, root, given["id_"] or "", given["name"] or "")
        wishes = replace(wishes, translation=" ".join((given["headline_translation"] or "").split()))
        addition = add_source(desk, studied, intake, wishes)
        click.echo("".join(f"  {line}\n" for line in addition.entry.splitlines()), nl=False)
        _summary(intake, addition)
        if write:
            files = addition.files()
            if not written(desk, files):
                return False
            click.echo(f"Wrote {' and '.join(map(printable, files))}.", err=True)
        _next_steps(addition, desk, studied.texts.name, written=write)
        return True

    run(action)


def _summary(intake: Intake, addition: Addition) -> None:
    """What goes into seeds/, in a few lines."""
    from builder.strings import plural
    from builder.text import count_words, paragraphs

    spans = paragraphs(intake.text)
    counts = f"{plural(count_words(intake.text), 'word')} in {plural(len(spans), 'paragraph')}"
    where = "" if addition.seed is not None else ", as it stands there"
    click.echo(f"\nseeds/{printable(addition.article)}: {counts}{where}", err=True)
    for label, span in (("first", spans[0]), ("last", spans[-1])):
        click.echo(f"  {label}: {_short(span.of(intake.text))}", err=True)
    if intake.left_out:
        click.echo("  left out, as links, labels or a byline:", err=True)
        for line in intake.left_out[:MAX_LEFT_OUT]:
            click.echo(f"    {_short(line)}", err=True)
        if len(intake.left_out) > MAX_LEFT_OUT:
            click.echo(f"    and {plural(len(intake.left_out) - MAX_LEFT_OUT, 'other')}", err=True)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return printable(line if len(line) <= 90 else f"{line[:90].rstrip()}…")


def _next_steps(addition: Addition, desk: Desk, briefing: str, *, written: bool) -> None:
    place = "" if written else f"Paste it below `sources:` in {printable(addition.sources)}, or run this with --write. "
    click.echo(f"{place}Check `body`, and name what is not the article's in `boilerplate`.", err=True)
    named = f" --briefing {printable(briefing)}" if len(desk.briefings) > 1 else ""
    click.echo(f"Then: variorum add claim{named} --write", err=True)


# ---- where it comes from ---------------------------------------------------------------------------------------


def _taken_in(page: str, root: Path, id_: str, name: str) -> tuple[Intake, Wishes]:
    """Read what was named. Raises StoreError with the one line that says why not."""
    from builder.fetch import FetchError
    from builder.intake import IntakeError
    from builder.intake.charset import CharsetError

    try:
        with _quietly():
            if re.match(r"https?://", page, re.IGNORECASE):
                return _from_web(page, id_, name)
            return _from_file(Path(page), root, id_, name)
    except (CharsetError, FetchError, IntakeError) as error:
        raise StoreError(str(error)) from error


def _from_web(address: str, id_: str, name: str) -> tuple[Intake, Wishes]:
    from builder.fetch import fetch
    from builder.intake import from_page, from_text
    from builder.intake.charset import decode_page
    from builder.newsource import Wishes

    _need_web()
    if sys.stderr and sys.stderr.isatty():
        click.echo(f"Fetching {printable(address)} …", err=True)
    got = fetch(address)
    text = decode_page(got.data, got.charset)
    intake = from_text("The page", text.encode(), got.address) if got.plain else from_page(text, got.address)
    return intake, Wishes(id_, name, address=got.address)


def _from_file(path: Path, root: Path, id_: str, name: str) -> tuple[Intake, Wishes]:
    from builder.intake import from_page, from_text
    from builder.intake.charset import decode_page
    from builder.newsource import Wishes

    shown = printable(str(path))
    if cure := NO_PAGES.get(path.suffix.lower()):
        raise StoreError(f"{shown} is neither text nor HTML. {cure}")
    data = _read(path)
    looks = _HTML.match(data[:1000]) is not None
    if path.suffix.lower() == ".txt" and looks:
        raise StoreError(f"{shown} is a web page, not its text. Rename it to .html, and add that.")
    if looks or path.suffix.lower() in PAGES:
        _need_web()
        return from_page(decode_page(data)), Wishes(id_, name, path.stem)
    in_seeds = _in_seeds(path, root)
    if in_seeds and name not in ("", in_seeds):
        raise StoreError(f"{shown} stands in seeds/ already; leave out --name.")
    return from_text(shown, data), Wishes(id_, name, path.stem, in_seeds=in_seeds)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            # What looks like an address is none where its end is that of a file.
            named = path.suffix.lower() in (".txt", *PAGES, *NO_PAGES) and len(path.parts) == 1
            address = not named and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", str(path))
            hint = " A web address starts with https://." if address else ""
            raise StoreError(f"There is no file {printable(str(path))}.{hint}")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise StoreError(f"{printable(str(path))} cannot be read: {getattr(error, 'strerror', error)}.") from error
    if len(data) > MAX_BYTES:
        raise StoreError(f"{printable(str(path))} is larger than {MAX_BYTES // 1024**2} MB.")
    return data


def _in_seeds(path: Path, root: Path) -> str:
    """Its name where it is a file of seeds/ already."""
    from builder.inputs import is_article

    here = path.parent.resolve() == (root / "seeds").resolve()
    return path.name if here and is_article(path.name) and not path.is_symlink() else ""


def _need_web() -> None:
    from builder.intake.htmltree import available

    if available():
        return
    # An older pip leaves out what a package names as an extra of another.
    from importlib.util import find_spec

    raise StoreError(NEEDS_REST if find_spec("lxml") and not find_spec("lxml_html_clean") else NEEDS_WEB)


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the logs of packages, which would show a page's words to the terminal as they are."""
    import logging  # takes long to load, and the help of all commands loads this file

    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)
