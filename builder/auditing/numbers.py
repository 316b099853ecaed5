"""Numbers that no claim uses: those that could be compared with a claim to paste, the others in short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builder.analysis.numbers import Comparable, PrintedNumber
from builder.auditing.entries import Proposals
from builder.auditing.finding import MOST, Advice, Finding, Section, Shown, State, called, open_if, words_at
from builder.claiming import Said
from builder.model import AnchoredBriefing, Quotation
from builder.strings import listed, plural
from builder.text import count_words, on_one_line
from builder.values import Fit, fit

LONG = 30
"""Words of a sentence beyond which only the number itself is quoted."""


def numbers(
    anchored: AnchoredBriefing,
    printed: Sequence[PrintedNumber],
    groups: Sequence[Comparable],
    proposals: Proposals,
) -> Section:
    """A finding for each group that could be compared, and one each for the other numbers in use and not in use."""
    grouped = {(number.source, number.span) for group in groups for number in group.numbers}
    alone = [number for number in printed if (number.source, number.span) not in grouped]
    work = _Work(anchored, proposals)
    findings = [work.group(group, advised=at < MOST) for at, group in enumerate(groups)]
    findings += work.unused(alone)
    findings += work.used([number for number in alone if not _waits(number)])
    return Section("Numbers", tuple(findings))


class _Work:
    """A briefing, as far as its numbers are asked for."""

    def __init__(self, anchored: AnchoredBriefing, proposals: Proposals) -> None:
        self.anchored = anchored
        self.proposals = proposals

    def group(self, group: Comparable, *, advised: bool) -> Finding:
        """Numbers of several sources that may speak of one thing; if `advised`, with what to do."""
        sigla = dict.fromkeys(self.proposals.sources[number.source].siglum for number in group.numbers)
        waiting = [number for number in group.numbers if _waits(number)]
        state = "no claim uses them" if len(waiting) == len(group.numbers) else "no claim uses some of them"
        state = state if waiting else "all of them are used or left out"
        title = f"{plural_of(group.unit)}, in {listed([*sigla])}: {state}"
        shown = tuple(map(self._shown, group.numbers))
        if not advised or not waiting:
            return Finding(open_if(bool(waiting)), title, shown)
        alone = ((one.source, self.proposals.quotation(one.source, one.span)) for one in waiting[:MOST])
        needless = tuple((source, quotation) for source, quotation in alone if quotation)
        return Finding(State.OPEN, title, shown, (self._claim(group.unit, waiting),), needless=needless)

    def unused(self, alone: Sequence[PrintedNumber]) -> Iterator[Finding]:
        """The numbers that no claim uses and that need none.

        Those in one unit are told together where several sources give some, and at least one waits: what they count,
        and whether it is one thing, only a reader can tell.
        """
        by_unit: dict[str, list[PrintedNumber]] = {}
        for number in alone:
            by_unit.setdefault(number.unit, []).append(number)
        rest: list[PrintedNumber] = []
        for unit, members in by_unit.items():
            waiting = [number for number in members if _waits(number)]
            sigla = dict.fromkeys(self.proposals.sources[number.source].siglum for number in members)
            if waiting and len(sigla) > 1:
                title = f"{plural_of(unit)}, in {listed([*sigla])}: their sentences are not alike"
                advice = Advice("Where they speak of one thing, a claim can compare them.")
                yield Finding(State.LOOK, title, tuple(map(self._shown, members)), (advice,), len(waiting))
            else:
                rest += waiting
        if rest:
            title = f"{plural(len(rest), 'number')} that no claim uses and nothing is compared with"
            yield Finding(State.LOOK, title, tuple(map(self._brief, rest)), (), len(rest))

    def used(self, alone: Sequence[PrintedNumber]) -> Iterator[Finding]:
        """The numbers that a claim uses, or that are left out knowingly."""
        if alone:
            title = f"{plural(len(alone), 'number')} that claims use, or that are left out knowingly"
            yield Finding(State.DONE, title, tuple(map(self._brief, alone)), things=len(alone))

    def _text(self, number: PrintedNumber) -> str:
        return self.anchored.articles[number.source].text

    def _brief(self, number: PrintedNumber) -> Shown:
        shown = self._shown(number)
        words = on_one_line(number.span.of(self._text(number)))
        return replace(shown, about=f"“{words}”, {shown.about}", framed=False)

    def _shown(self, number: PrintedNumber) -> Shown:
        figure = re.sub(r"(?<![\d.])\d{5,}", lambda match: f"{int(match[0]):,}", number.value.text)
        read = f"read as {figure} {plural_of(number.unit)}".strip()
        parts = [called(self.proposals.sources[number.source]), read]
        parts += [f"used by {listed([*number.used_by])}"] if number.used_by else []
        parts += ["left out knowingly"] if number.left_out else []
        return Shown(words_at(self.anchored.articles[number.source], number.span), ", ".join(parts))

    # ---- what to do ----

    def _claim(self, unit: str, waiting: Sequence[PrintedNumber]) -> Advice:
        """A claim with the first number of each source."""
        firsts = {number.source: number for number in reversed(waiting)}
        chosen = [number for number in waiting if firsts[number.source] is number]
        quoted = [(number, quotation) for number in chosen if (quotation := self._quotation(number))]
        if not quoted:
            return Advice("None of them can be quoted as they stand.")
        model = quoted[0][0]
        said = [_said(number, quotation, model) for number, quotation in quoted]
        near = [(number.source, number.span) for number, _ in quoted]
        words = on_one_line(model.sentence.of(self._text(model)))
        entry = self.proposals.claim(words, said, near, unit=plural_of(unit))
        return Advice("A claim to paste, once it says what is counted here:", entry)

    def _quotation(self, number: PrintedNumber) -> Quotation | None:
        """The sentence with the number as its key words, or the number alone where the sentence is long."""
        sentence = number.sentence
        if count_words(sentence.of(self._text(number))) <= LONG:
            whole = self.proposals.quotation(number.source, sentence, number.span)
            if whole:
                return whole
        return self.proposals.quotation(number.source, number.span)


def plural_of(unit: str) -> str:
    """A unit as a claim has it: `hours` for `hour`; what is no word, such as `%`, stays."""
    latin = all(char.isalpha() and char < "\u0250" for char in unit)
    if len(unit) < 3 or not latin or unit.endswith("s"):
        return unit
    if unit.endswith(("x", "ch", "sh")):
        return f"{unit}es"
    return f"{unit[:-1]}ies" if unit[-1] == "y" and unit[-2] not in "aeiou" else f"{unit}s"


def _waits(number: PrintedNumber) -> bool:
    return not number.used_by and not number.left_out


def _said(number: PrintedNumber, quotation: Quotation, model: PrintedNumber) -> Said:
    """What a source says to a claim with the number of `model`."""
    how = fit(number.value, model.value)
    stance = {Fit.EQUAL: "supports", Fit.CONFLICTING: "contradicts"}.get(how, "qualifies")
    differs_in = "precision" if stance == "qualifies" else None
    return Said(number.source, stance, differs_in, (quotation,), number.value.text)
