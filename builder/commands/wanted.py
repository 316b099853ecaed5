"""Evidence as a command line asks for it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

import click

from builder.commands.asking import Choice
from builder.diagnostics import printable

_EVIDENCE = re.compile(
    r"(?P<source>[^:#=]+)(?::(?P<stance>[^:#=]*))?(?::(?P<differs_in>[^:#=]*))?(?:#(?P<place>[0-9]{1,3}))?"
)
STANCES = (
    Choice("supports", "supports: the text says the same"),
    Choice("qualifies", "qualifies: with a limit, in part, or in other quoted words"),
    Choice("contradicts", "contradicts: what it says cannot hold at the same time"),
    Choice("silent", "silent: it does not say it; the words only come near it"),
)
DIFFERENCES = (
    Choice("scope", "scope: of more, of less or of something else"),
    Choice("strength", "strength: more firmly or more cautiously"),
    Choice("precision", "precision: vaguer or more exact"),
    Choice("expectation", "expectation: only expected or possible"),
    Choice("wording", "wording: the same in other words inside quotation marks"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One piece of evidence as it was asked for."""

    source: str
    stance: str | None
    differs_in: str | None
    place: int | None
    """Which of several places, from 1."""
    words: str

    @property
    def option(self) -> str:
        """How it is written as an option."""
        head = ":".join(part for part in (self.source, self.stance, self.differs_in) if part)
        number = f"#{self.place}" if self.place else ""
        return f"--evidence {shlex.quote(printable(f'{head}{number}={self.words}'))}"


def evidence(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[Wanted, ...]:
    """SOURCE=WORDS, SOURCE:STANCE=WORDS, SOURCE:qualifies:DIFFERENCE#PLACE=WORDS."""
    return tuple(_wanted(context, parameter, value) for value in values)


def _wanted(context: click.Context, parameter: click.Parameter, value: str) -> Wanted:
    head, equals, words = value.partition("=")
    found = _EVIDENCE.fullmatch(head.strip())
    if not found or not equals:
        raise click.BadParameter(f"{printable(value)}: write SOURCE:STANCE=WORDS.", context, parameter)
    stance, differs_in = found["stance"] or None, found["differs_in"] or None
    for word, known in ((stance, STANCES), (differs_in, DIFFERENCES)):
        if word and word not in [choice.id for choice in known]:
            message = f"{printable(word)} is none of {', '.join(choice.id for choice in known)}."
            raise click.BadParameter(message, context, parameter)
    place = int(found["place"]) if found["place"] else None
    return Wanted(found["source"].strip(), stance, differs_in, place, words.strip())


def pairs(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """SOURCE=TEXT."""
    found = [(head.strip(), text.strip()) for head, _, text in (value.partition("=") for value in values)]
    for (source, text), value in zip(found, values, strict=True):
        if not source or not text:
            raise click.BadParameter(f"{printable(value)}: write {parameter.metavar}.", context, parameter)
    return tuple(found)


@dataclass(frozen=True)
class Asked:
    """What the command line says of a claim."""

    sentence: str | None
    id: str | None
    topic: str | None
    event: str | None
    unit: str | None
    question: str | None
    note: str | None
    utterance: str | None
    evidence: tuple[Wanted, ...]
    value: tuple[tuple[str, str], ...]
    via: tuple[tuple[str, str], ...]
    key: tuple[tuple[str, str], ...]
    reading: tuple[tuple[str, str], ...]
    translation: tuple[tuple[str, str], ...]
    file: str | None
