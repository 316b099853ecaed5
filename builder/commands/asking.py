"""Questions to a curator at a terminal, and what is meant by an id that is typed.

Questions go to the error stream: the answer alone is what a command prints.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from builder.diagnostics import printable


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen: by its number, its id, its letter, or so much of its id as no other starts with."""

    id: str
    label: str
    letter: str = ""


def at_terminal() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def say(text: str) -> None:
    """A line for the person, made safe."""
    click.echo(printable(text), err=True)


def text(question: str, default: str = "") -> str:
    """One line, without white space at its ends; empty where nothing is answered."""
    answer: str = click.prompt(printable(question), default=default, show_default=bool(default), err=True)
    return answer.strip()


def needed(question: str, default: str = "") -> str:
    """One line that is not empty."""
    while not (answer := text(question, default)):
        say("An answer is needed here; Ctrl-C ends without writing anything.")
    return answer


def agreed(question: str) -> bool:
    """Yes or no; yes where nothing is answered."""
    return click.confirm(question, default=True, err=True)


def chosen(question: str, choices: Sequence[Choice], *, none: str = "", listed: bool = True) -> str | None:
    """The id of one of the choices, which are listed first unless that was done before.

    With `none`, what an empty answer means, there may be one: then it is None.
    """
    for number, choice in enumerate(choices if listed else (), 1):
        say(f"  {choice.letter or number:>3}  {choice.label}")
    while True:
        answer = text(f"{question} (empty: {none})" if none else question)
        if not answer and none:
            return None
        found = match(answer, choices)
        if found:
            return found
        known = [choice.letter or str(number) for number, choice in enumerate(choices, 1)]
        say(f"Please answer with {' or '.join((', '.join(known[:-1]), known[-1]) if known[1:] else known)}.")


def match(answer: str, choices: Sequence[Choice]) -> str | None:
    """The id of the only choice that an answer means."""
    for choice in choices:
        if answer == choice.id:
            return choice.id
    letters = [choice.id for choice in choices if choice.letter and choice.letter.casefold() == answer.casefold()]
    if len(letters) == 1:
        return letters[0]
    if answer.isascii() and answer.isdigit() and not any(choice.letter for choice in choices):
        number = int(answer) if len(answer) < 10 else 0
        return choices[number - 1].id if 1 <= number <= len(choices) else None
    starting = [choice.id for choice in choices if answer and choice.id.startswith(answer)]
    return starting[0] if len(starting) == 1 else None


# ---- ids on the command line -----------------------------------------------------------------------------------


def one_of(option: str, given: str | None, choices: Sequence[Choice]) -> str:
    """The id that an option gives, if it is one of the choices. Raises click.UsageError."""
    known = ", ".join(printable(choice.id) for choice in choices) or "none"
    if given is None:
        raise click.UsageError(f"Say which with {option} ID; there are: {known}.")
    if given not in [choice.id for choice in choices]:
        raise click.BadParameter(f"{printable(given)} is not known; there are: {known}.", param_hint=f"'{option}'")
    return given


def nearest_known(id_: str, known: Sequence[str], most: int = 1) -> str:
    """Which known ids a wrong one may mean, or all of them where it is like none."""
    from difflib import get_close_matches

    near = get_close_matches(id_, dict.fromkeys(known), most)
    if near:
        return f"Did you mean {' or '.join(map(printable, near))}?"
    return f"There are: {', '.join(map(printable, dict.fromkeys(known)))}." if known else "There is none."
