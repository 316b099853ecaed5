"""`serve`: the site in a browser while it is edited."""

from __future__ import annotations

import hashlib
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
from builder.diagnostics import printable
from builder.inputs import StoreError
from builder.unchanged import STATE

if TYPE_CHECKING:
    import threading

    from builder.freshness import Options
    from builder.preview.server import Audience
    from builder.preview.work import Next, Outcome
    from builder.publish import Order
    from builder.workshop import Made

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
    from builder.preview.curator import Curator
    from builder.preview.served import Served
    from builder.preview.server import Labour, Plan, ServeError
    from builder.preview.server import serve as serve_site
    from builder.publish import Order, rehearse

    # Where the site will be one day does not matter here: it stands below the same base path.
    order_options = Options(base_url=f"http://localhost{base}", drafts=drafts)
    folder = root / STATE / _folder(order_options)
    served = Served(folder)
    order = Order(root, folder, root / STATE, order_options, more["jobs"], replacing=served.replaced)
    plan = Plan(served, base, host, port or 0, open_browser, _told(root, drafts=drafts))
    labour = Labour(partial(_changes, root, more["poll"]), _attempts(order), lambda name: rehearse(order, [name]))

    def action() -> bool:
        try:
            serve_site(plan, labour, Curator(root, more["editor"]))
        except ServeError as error:
            raise StoreError(str(error)) from error
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
    from builder.watch import bursts

    templates = dict.fromkeys([root / "templates", Path(templates_of(str(root)))])
    return bursts(root, _say, also=[*templates, HOME], polling=poll, stop=stop, wake=wake)


def _attempts(order: Order) -> Callable[[Audience], Outcome | Next]:
    """Builds when it is called, and tells the terminal."""
    from builder.commands.explain import messages
    from builder.preview.restart import Code, CodeError, try_out
    from builder.preview.work import Next, Superseded, failure, outcome
    from builder.publish import Published, publish

    code = Code()
    explanations = messages()

    def attempt(audience: Audience) -> Outcome | Next:
        start = time.perf_counter()
        if code.changed():
            try:
                try_out()
            except CodeError as error:
                _say(f"The builder’s own code has changed and cannot be loaded: {error}")
                return failure(error, order.root)
            _say("The builder’s own code has changed: beginning anew.")
            return Next.ANEW
        mine = replace(order, first=audience.looked_at, progress=partial(_shown_ahead, audience))
        try:
            found, done = outcome(partial(publish, mine), order.root, explanations)
        except Superseded:
            return Next.AGAIN
        with suppress(OSError, ValueError):  # nobody may be at the terminal any more
            if isinstance(done, Published):
                show(done.diagnostics)
                tell(order, done, time.perf_counter() - start)
            else:
                _say(_line(found))
        return found

    return attempt


def _shown_ahead(audience: Audience, all_made: Iterator[Made], many: int) -> Iterator[Made]:
    """What is made, as it comes; what somebody looks at is shown at once, if there is much more to be made."""
    from builder.preview.work import Superseded

    looked_at = audience.looked_at()
    for made in all_made:
        yield made
        if many > FEW and made.name in looked_at and made.staged and made.staged.put:
            audience.ahead(made.name)
        if audience.superseded():
            raise Superseded


def _line(found: Outcome) -> str:
    """A failure that is no matter of diagnostics, as the browser is told."""
    (fault,) = found.faults
    place = f"{fault['place']['at']}: " if fault["place"] else ""
    return f"variorum: {place}{fault['message']}"


def _say(line: str) -> None:
    with suppress(OSError, ValueError):
        click.echo(printable(line), err=True)
