"""Questions to a curator at a terminal. They go to the error stream: the answer alone is what a command prints."""

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
    return sys.stdin.isatty() and sys.stderr.isatty()


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
        say("Please answer with one of those above, by what stands before it or by its id.")


def match(answer: str, choices: Sequence[Choice]) -> str | None:
    """The id of the only choice that an answer means."""
    for choice in choices:
        if answer == choice.id:
            return choice.id
    letters = [choice.id for choice in choices if choice.letter and choice.letter.casefold() == answer.casefold()]
    if len(letters) == 1:
        return letters[0]
    if answer.isascii() and answer.isdigit() and not any(choice.letter for choice in choices):
        return choices[int(answer) - 1].id if 1 <= int(answer[:9]) <= len(choices) else None
    starting = [choice.id for choice in choices if answer and choice.id.startswith(answer)]
    return starting[0] if len(starting) == 1 else None
