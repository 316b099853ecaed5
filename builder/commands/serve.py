"""`serve`: the site in a browser while it is edited."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands import options
from builder.commands.build import PREVIEW, tell
from builder.commands.terminal import run, show
from builder.diagnostics import Diagnostic, printable
from builder.inputs import StoreError
from builder.unchanged import STATE

if TYPE_CHECKING:
    import threading

    from builder.freshness import Options
    from builder.preview.aside import Aside
    from builder.preview.labour import Audience
    from builder.preview.outcome import Next, Outcome
    from builder.publish import Order, Published
    from builder.workshop import Made

PATIENCE = 0.5
"""How long the terminal may take for what is still to be told at the end, in seconds."""

FEW = 3
"""So many briefings are made in no time."""


def _base_path(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from builder.preview.guard import base_path

    try:
        return base_path(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


@click.command(
    short_help="Show the site in a browser, renewed at every save.", epilog="Example: variorum serve --port 8000"
)
@options.root
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port.  [default: the first free one from 5500 on]")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser.")
@click.option(
    "--base-path",
    "base",
    default="/",
    callback=_base_path,
    metavar="PATH",
    help="The path that the site will have, such as /briefings/.  [default: /]",
)
@click.option("--drafts/--no-drafts", default=True, help="Whether drafts are shown.  [default: they are]")
@click.option("--poll", is_flag=True, help="Find changes by looking, where the system does not tell of them.")
@click.option(
    "--editor",
    metavar="COMMAND",
    help="Opens a file: a command, in which {file}, {line} and {column} may stand.  [default: VARIORUM_EDITOR, or "
    "an editor that is found]",
)
@options.jobs
def serve(root: Path, host: str, port: int | None, open_browser: bool, base: str, drafts: bool, **more: Any) -> None:
    """Show the site, drafts included, and renew it in the browser at every save.

    A fault is shown over the last good page, with its line and its cure, until it is mended.
    """
    from builder.freshness import Options
    from builder.preview.aside import Aside
    from builder.preview.curator import Curator
    from builder.preview.labour import Labour
    from builder.preview.served import Served
    from builder.preview.server import Plan, ServeError
    from builder.preview.server import serve as serve_site
    from builder.publish import Order
    from builder.rehearsing import rehearse

    # Where the site will be one day does not matter here: it stands below the same base path.
    order_options = Options(base_url=f"http://localhost{base}", drafts=drafts, cards=False, patterns=True)
    folder = root / STATE / _folder(order_options)
    served = Served(folder)
    order = Order(root, folder, root / STATE, order_options, more["jobs"])
    order = replace(order, replacing=served.replaced, unstaged=served.give_up)
    plan = Plan(served, base, host, port or 0, open_browser, _told(root, drafts=drafts))
    aside = Aside()
    attempts = _attempts(order, aside)
    labour = Labour(partial(_changes, root, more["poll"]), attempts, lambda name: rehearse(order, [name]))

    def action() -> bool:
        try:
            serve_site(plan, labour, Curator(root, more["editor"]))
        except ServeError as error:
            raise StoreError(str(error)) from error
        if not aside.settle(PATIENCE):
            os._exit(0)  # a thread that still writes would crash the interpreter at its end
        if sys.stderr and sys.stderr.isatty():
            click.echo(err=True)  # else the shell asks for more in the line of ^C
        return True

    run(action)


def _folder(chosen: Options) -> str:
    """Where the preview's site is kept: other options make another site, which must not take the place of this one."""
    usual = chosen.drafts and chosen.base_url == "http://localhost/"
    return PREVIEW if usual else f"{PREVIEW}-{hashlib.sha256(repr(chosen).encode()).hexdigest()[:8]}"


def _told(root: Path, *, drafts: bool) -> str:
    """What is served, in a few words."""
    from builder.scan import is_folder, listing
    from builder.strings import plural

    number = sum(map(is_folder, listing(f"{root}/content").values()))
    return f"{plural(number, 'briefing')}, drafts {'too' if drafts else 'left out'}"


def _changes(root: Path, poll: bool, stop: threading.Event, wake: threading.Event) -> Iterator[Callable[[], bool]]:
    """An item at once, and after every burst of changes of what a site is made from, the builder included."""
    from builder.preview.restart import HOME
    from builder.scan import templates_of
    from builder.watching import bursts

    templates = dict.fromkeys([root / "templates", *map(Path, templates_of(str(root)))])
    return bursts(root, _say, also=[*templates, HOME], polling=poll, stop=stop, wake=wake)


def _attempts(order: Order, aside: Aside) -> Callable[[Audience], Outcome | Next]:
    """Builds when it is called, and tells the terminal."""
    from builder.commands.explain import messages
    from builder.preview.outcome import Next, Superseded, failure, outcome
    from builder.preview.restart import Code, CodeError, try_out
    from builder.publish import Published

    code = Code()
    explanations = messages()
    terminal = _Terminal(order)

    def attempt(audience: Audience) -> Outcome | Next:
        start = time.perf_counter()
        if code.changed():
            try:
                try_out()
            except CodeError as error:
                aside.do(partial(_say, f"The builder’s own code has changed and cannot be loaded: {error}"))
                return failure(error, order.root)
            aside.do(partial(_say, "The builder’s own code has changed: beginning anew."))
            aside.settle(PATIENCE)
            return Next.ANEW
        mine = replace(order, first=audience.looked_at, progress=partial(_shown_ahead, audience))
        try:
            found, done = outcome(partial(_published, mine), order.root, explanations)
        except Superseded:
            return Next.AGAIN
        if isinstance(done, Published):
            aside.do(partial(terminal.tell, done, time.perf_counter() - start))
        else:
            aside.do(partial(terminal.fail, _line(found)))
        return found

    return attempt


def _published(order: Order) -> Published:
    """A build into the site's own folder. Raises StoreError where a link leads out of it: a site may come with one."""
    from builder.publish import publish

    for folder in (order.state, order.output):
        if folder.is_symlink():
            name = printable(folder.relative_to(order.root).as_posix())
            raise StoreError(f"{name} is a symbolic link. Remove it: the preview makes a folder there.")
    return publish(order)


def _shown_ahead(audience: Audience, all_made: Iterator[Made], many: int) -> Iterator[Made]:
    """What is made, as it comes; what somebody looks at is shown at once, if there is much more to be made."""
    from builder.preview.outcome import Superseded

    looked_at = audience.looked_at()
    for made in all_made:
        yield made
        if many > FEW and made.name in looked_at and made.staged and made.staged.put:
            audience.ahead(made.name)
        if audience.superseded():
            raise Superseded


class _Terminal:
    """What the terminal is told: all about the first build, then a line for every save and what is to be mended."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._context = click.get_current_context()  # it knows of colour; the thread that builds has none of its own
        self._first = True
        self._shown: list[Diagnostic] = []
        self._failed = ""

    def fail(self, line: str) -> None:
        """Of a build that did not come to its end: once, though it is tried again and again."""
        if line != self._failed:
            _say(line)
        self._failed = line

    def tell(self, done: Published, seconds: float) -> None:
        """Of a build that came to its end."""
        with self._context.scope(cleanup=False):
            self._tell(done, seconds)

    def _tell(self, done: Published, seconds: float) -> None:
        as_before = not done.refused and done.diagnostics == self._shown
        if not as_before:
            show(done.diagnostics)
        if self._first:
            tell(self._order, done, seconds)
        else:
            click.echo(printable(_saved(done, seconds, as_before=as_before)), err=done.refused)
        self._first, self._shown, self._failed = False, done.diagnostics, ""


def _saved(done: Published, seconds: float, *, as_before: bool) -> str:
    """What a save changed, and what came of it."""
    from builder.freshness import in_short
    from builder.strings import plural, sentence

    what = in_short(done.stale)
    if done.refused:
        until = "nothing is renewed until this is mended."
        return f"{what}: {until}" if what else sentence(until)
    if not what:
        return "Nothing differs from the last good site."
    files = done.written + done.removed
    came = f"{plural(files, 'file')} renewed in {seconds:.2f} s" if files else f"no page differs ({seconds:.2f} s)"
    warned = f", {plural(len(done.diagnostics), 'warning')} as before" if as_before and done.diagnostics else ""
    return f"{what}: {came}{warned}"


def _line(found: Outcome) -> str:
    """A failure that is no matter of diagnostics, as the browser is told."""
    (fault,) = found.faults
    place = f"{fault['place']['at']}: " if fault["place"] else ""
    return f"variorum: {place}{fault['message']}"


def _say(line: str) -> None:
    with suppress(OSError, ValueError):
        click.echo(printable(line), err=True)
