"""`new`: a whole site, and a briefing in one."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from builder.commands import options
from builder.commands.terminal import renew_schemas, run
from builder.diagnostics import Diagnostic, printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.starter import Pin

MUST_SAY = {".gitignore": "/public/ and /.variorum/", ".gitattributes": "/seeds/** -text"}
"""What a file that stays as it is has to say."""


class _New(click.Group):
    """`new briefing` is a command of its own; any other word after `new` is the folder of a new site."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] and args[0] in self.commands:
            return super().make_context(info_name, args, parent, **extra)
        return site.make_context(info_name, args, parent, **extra)


def _folder(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value:
        raise click.BadParameter("The name of the folder is empty.", context, parameter)
    return os.path.normpath(value)


def _offered(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Folders, and the word that is none."""
    return [CompletionItem(typed, "dir"), *(CompletionItem(word) for word in new.commands if word.startswith(typed))]


@click.command(
    "new",
    epilog='Example: variorum new my-site --title "Side by side". '
    "And for another briefing in a site: variorum new briefing harbour-bridge",
)
@click.argument("folder", metavar="[DIR]", default=".", callback=_folder, shell_complete=_offered)
@click.option("--title", metavar="TEXT", help="The site's name.  [default: Side by side]")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="The language of the briefings.")
def site(folder: str, title: str | None, language: str) -> None:
    """Make a new site with a small example, in DIR or in the current folder if that is empty.

    Nothing that is there is ever overwritten.
    """
    from builder.build import check_site
    from builder.freshness import Options
    from builder.starter import SITE, TITLE

    title = TITLE if title is None else title
    _refuse(check_site(_files(title, language, None)[SITE], Options()).diagnostics)
    run(lambda: _make_site(folder, title, language))


def _files(title: str, language: str, pin: Pin | None) -> dict[str, bytes]:
    from builder.groundwork import example
    from builder.starter import site_files

    return site_files(example(), title, language, pin)


def _refuse(faults: Iterable[Diagnostic]) -> None:
    """Wrong usage, where the words of a command would be faults in the files that are made of them."""
    for fault in faults:
        raise click.UsageError(printable(f"{fault.message} {fault.help}".strip()))


@click.group(
    cls=_New,
    help=site.help,
    epilog=site.epilog,
    short_help="Make a new site, or with `new briefing` a briefing in one.",
)
def new() -> None:
    """Never called by itself: see _New."""


def _name(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from builder.starter import name_fault

    if fault := name_fault(value):
        raise click.BadParameter(printable(fault), context, parameter)
    return value


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """A date as it is written in a briefing; where there is a person to ask, they are asked."""
    from builder.dates import DateError, parse_date

    def checked(text: str) -> str:
        try:
            parse_date(text.strip())
        except DateError as error:
            raise click.BadParameter(printable(f"{error}."), context, parameter) from error
        return text

    if value is not None:
        return checked(value)
    if context.resilient_parsing or not (sys.stdin and sys.stdin.isatty()):
        raise click.MissingParameter(ctx=context, param=parameter)
    question = "When did it happen, such as 2025-03-03" if parameter.name == "date" else "When will the briefing appear"
    answer: str = click.prompt(question, value_proc=checked, err=True)
    return answer


@new.command(epilog="Example: variorum new briefing harbour-bridge --date 2025-03-03 --published 2025-03-10")
@click.argument("name", callback=_name)
@click.option("--title", metavar="TEXT", default="", help="The briefing's title.  [default: from its name]")
@click.option("--date", metavar="DATE", callback=_date, help="When it happened, such as 2025-03-03.")
@click.option("--published", metavar="DATE", callback=_date, help="When the briefing appears.")
@options.root
def briefing(name: str, title: str, date: str, published: str, root: Path) -> None:
    """Start a new briefing, a draft, in content/NAME."""
    from builder.build import ANY_SITE, study
    from builder.editors.vscode import FOLDER
    from builder.starter import briefing_files
    from builder.written import Texts

    editor = (root / FOLDER).is_dir()
    files = briefing_files(name, title, date, published, editor=editor)
    studied = study(Texts(name, files), ANY_SITE, {})
    _refuse(studied.diagnostics if studied else ())
    run(lambda: _make_briefing(root, name, files, editor=editor))


def _make_briefing(root: Path, name: str, files: dict[str, bytes], *, editor: bool) -> bool:
    from builder.groundwork import lay

    content = root / "content"
    if not (root / "site.yaml").is_file():
        raise StoreError(f"{_called(str(root))} has no site.yaml, so it is no site. `variorum new` makes one.")
    if content.is_symlink():
        raise StoreError(f"{printable(str(content))} is a symbolic link. Nothing was made.")
    if os.path.lexists(content / name):
        raise StoreError(f"{printable(str(content / name))} is there already. Nothing was made.")
    lay(content / name, {path.removeprefix(f"content/{name}/"): data for path, data in files.items()})
    click.echo(
        f"Made {_shown(content / name)}: {', '.join(path.rpartition('/')[2] for path in files)}. It is a draft.\n"
    )
    click.echo("Next, for each article, a saved page or a text:")
    click.echo(f"  variorum add source FILE --briefing {name} --write")
    click.echo(f"Then: variorum add claim --briefing {name} --write")
    if editor:
        renew_schemas(root)
    return True


def _make_site(folder: str, title: str, language: str) -> bool:
    from builder.groundwork import lay, site_around
    from builder.installed import installed_from

    if os.path.lexists(folder) and not os.path.exists(folder):  # noqa: PTH110  (Path raises for a loop of links)
        raise StoreError(f"{printable(folder)} is a link to nothing. Nothing was made.")
    target = Path(os.path.realpath(folder))
    kept = _kept(folder, target)
    if around := site_around(target):
        raise StoreError(f"{printable(folder)} is inside the site {printable(str(around))}. Take a folder outside.")
    pin, there = installed_from()
    files = _files(title, language, pin)
    theirs = [path for path in files if _is_there(path, kept)]
    lay(target, {path: data for path, data in files.items() if path not in theirs})
    click.echo(f"Made a site with an example briefing in {_called(folder)}: {len(files) - len(theirs)} files.\n")
    click.echo("\n".join(["Next:", *(f"  {line}" for line in _next(folder))]))
    for note in _notes(target, theirs, pin, there=there):
        click.echo(note, err=True)
    return True


def _called(folder: str) -> str:
    return "this folder" if folder == "." else printable(folder)


def _is_there(path: str, kept: Sequence[str]) -> bool:
    """Whether a file of a new site is there already; a README is, whatever its ending."""
    names = {name.lower() for name in kept}
    top = path.partition("/")[0].lower()
    return top in names or (top == "readme.md" and any(name.startswith("readme") for name in names))


def _kept(folder: str, target: Path) -> list[str]:
    """What stands in the folder and may stay. Raises StoreError where there is anything else, or no folder."""
    from builder.starter import may_stay

    if not target.exists():
        return []
    if not target.is_dir():
        raise StoreError(f"{printable(folder)} is a file. Nothing was made.")
    names = sorted(path.name for path in target.iterdir())
    strange = [name for name in names if not may_stay(name)]
    if strange:
        more = f" and {len(strange) - 3} more" if len(strange) > 3 else ""
        listed = f"{', '.join(map(printable, strange[:3]))}{more}"
        raise StoreError(f"Nothing was made: {_called(folder)} is not empty, it holds {listed}.")
    return names


def _next(folder: str) -> list[str]:
    """The next commands."""
    if folder == "." or printable(folder) != folder:
        return ["variorum serve", "variorum new briefing NAME"]
    typed = f"./{folder}" if folder.startswith("-") else folder
    return [f"cd {shlex.quote(typed)}", "variorum serve", "variorum new briefing NAME"]


def _notes(target: Path, theirs: Sequence[str], pin: Pin | None, *, there: bool) -> list[str]:
    """What somebody has to know who wants to publish."""
    from builder.groundwork import repository_around
    from builder.starter import WORKFLOW

    notes = []
    for name in theirs:
        has_to = f"; it has to say {MUST_SAY[name]}" if name in MUST_SAY else ""
        notes.append(f"{name} stays as it was{has_to}.")
    if pin is None:
        notes.append(
            "Before you publish on GitHub Pages: from where Variorum was installed is not known, so "
            f"fill in VARIORUM_URL and VARIORUM_COMMIT in {WORKFLOW}."
        )
    elif not there:
        notes.append(
            f"{WORKFLOW} takes Variorum from {pin.url}, commit {pin.commit}. "
            "As far as the clone here knows, that commit was not pushed yet."
        )
    if around := repository_around(target):
        notes.append(
            f"This folder is part of the repository {printable(str(around))}: GitHub runs {WORKFLOW} only at its top."
        )
    return notes


def _shown(path: Path) -> str:
    from builder.unchanged import shown

    return printable(shown(str(path)))
