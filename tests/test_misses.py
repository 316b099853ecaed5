"""A small change in a quotation is always caught, and the passage that was meant is named."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from samples import sample

from builder.anchor import find_quotation
from builder.article import Article
from builder.diagnostics import Diagnostic
from builder.model import Quotation, Source
from builder.text import Span, fold_needle, words

ASKED = 300
RIGHT = 0.98
"""The share of changed quotations whose own passage has to be the one that is named."""


@dataclass(frozen=True)
class Trial:
    """A quotation of the sample with one small change."""

    kind: str
    source: Source
    wrong: Quotation
    meant: Span
    """Where the changed words stand, or stood, in the article."""


def letter(text: str, chance: random.Random) -> str:
    at = chance.choice([at for at, char in enumerate(text) if char.isalpha()])
    return text[:at] + chance.choice([c for c in "aeioustr" if c != text[at].lower()]) + text[at + 1 :]


def word(text: str, chance: random.Random) -> str:
    span = chance.choice(words(text))
    return text[: span.start] + chance.choice(["bridge", "perhaps", "seventeen"]) + text[span.end :]


def case(text: str, chance: random.Random) -> str:
    at = chance.choice([at for at, char in enumerate(text) if char.isalpha() and char.lower() != char.upper()])
    return text[:at] + text[at].swapcase() + text[at + 1 :]


def typography(text: str, chance: random.Random) -> str:
    gap = chance.choice([at for at, char in enumerate(text) if char == " "])
    return text[:gap] + chance.choice([" ,", ", ", " (", "-", "; "]) + text[gap + 1 :]


def order(text: str, chance: random.Random) -> str:
    parts = text.split()
    at = chance.randrange(len(parts) - 1)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return " ".join(parts)


def omission(text: str, chance: random.Random) -> str:
    parts = text.split()
    at = chance.randrange(1, len(parts) - 1)
    return " ".join(parts[:at] + parts[at + 1 :])


def addition(text: str, chance: random.Random) -> str:
    parts = text.split()
    at = chance.randrange(len(parts) + 1)
    return " ".join([*parts[:at], chance.choice(["very", "not", "reportedly"]), *parts[at:]])


def accent(text: str, chance: random.Random) -> str:
    marked = {"a": "à", "e": "é", "i": "í", "o": "ö", "u": "ü", "c": "ç", "n": "ñ"}
    at = chance.choice([at for at, char in enumerate(text) if char in marked])
    return text[:at] + marked[text[at]] + text[at + 1 :]


def symbol(text: str, chance: random.Random) -> str:
    gap = chance.choice([at for at, char in enumerate(text) if char == " "])
    return text[:gap] + chance.choice([" % ", " & ", " € ", " 👍 "]) + text[gap + 1 :]


KINDS: list[Callable[[str, random.Random], str]] = [
    letter, word, case, typography, order, omission, addition, accent, symbol,
]  # fmt: skip


def trials() -> Iterator[Trial]:
    """Changed quotations, without end, the same ones each time."""
    anchored = sample().anchored
    sources = {source.id: source for source in anchored.briefing.sources}
    quotations = {(c.id, e.source): e.quotations for c in anchored.briefing.claims for e in c.evidence}
    whole = [
        (quotation, passage)
        for key, passages in anchored.evidence.items()
        for quotation, passage in zip(quotations[key], passages, strict=True)
        if len(passage.span.of(anchored.articles[passage.source].text).split()) >= 4
    ]
    chance = random.Random("variorum")
    while True:
        kind = KINDS[chance.randrange(len(KINDS))]
        quotation, passage = chance.choice(whole)
        text = anchored.articles[passage.source].text
        parts = [part.span.of(text) for part in passage.parts]
        at = chance.choice([index for index, part in enumerate(parts) if len(part.split()) >= 3] or [-1])
        if at < 0:
            continue
        changed = kind(parts[at], chance)
        joined = "".join(
            part.joint + (changed if index == at else parts[index]) for index, part in enumerate(passage.parts)
        )
        # What stands in the article all the same was changed into another quotation, not into a wrong one.
        if fold_needle(changed) not in anchored.articles[passage.source].folded.text:
            wrong = replace(quotation, exact=joined + passage.tail, key=())
            yield Trial(kind.__name__, sources[passage.source], wrong, passage.parts[at].span)


def passage_named(fault: Diagnostic, article: Article) -> Span | None:
    """The passage of the quotation's own article that a fault shows."""
    for related in fault.related:
        if related.place.file == f"seeds/{article.name}":
            lines = article.text.split("\n")
            start = sum(len(line) + 1 for line in lines[: related.place.line - 1]) + related.place.column - 1
            return Span(start, start + related.place.length)
    return None


def share(one: Span, other: Span) -> float:
    """Of what both cover together, what both cover."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (max(one.end, other.end) - min(one.start, other.start))


@pytest.fixture(scope="module")
def tried() -> list[tuple[Trial, Diagnostic | None]]:
    anchored = sample().anchored
    read = [(source, anchored.articles[source.id]) for source in anchored.briefing.sources]
    out: list[tuple[Trial, Diagnostic | None]] = []
    for trial, _ in zip(trials(), range(ASKED), strict=False):
        others = [pair for pair in read if pair[0] is not trial.source]
        checked = find_quotation(anchored.articles[trial.source.id], trial.source, trial.wrong, others)
        out.append((trial, None if checked.value else checked.diagnostics[0]))
    return out


def test_every_small_change_is_caught(tried: list[tuple[Trial, Diagnostic | None]]) -> None:
    assert [trial.wrong.exact for trial, fault in tried if fault is None] == []
    assert Counter(trial.kind for trial, _ in tried).keys() == {kind.__name__ for kind in KINDS}


def test_only_words_in_disorder_are_told_as_such(tried: list[tuple[Trial, Diagnostic | None]]) -> None:
    told = {trial.kind for trial, fault in tried if fault and fault.code == "quotation-order"}
    assert told <= {"order", "omission"}


def test_the_passage_that_was_meant_is_named(tried: list[tuple[Trial, Diagnostic | None]]) -> None:
    articles = sample().anchored.articles
    missed = []
    for trial, fault in tried:
        assert fault
        named = passage_named(fault, articles[trial.source.id])
        if named is None or share(named, trial.meant) < 0.6:
            missed.append((trial.kind, trial.wrong.exact, fault.code, fault.help))
    assert 1 - len(missed) / len(tried) >= RIGHT, missed


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("letter", {"quotation-words", "quotation-elsewhere", "quotation-cut"}),
        ("word", {"quotation-words", "quotation-elsewhere"}),
        ("case", {"quotation-case"}),
        ("typography", {"quotation-typography"}),
        ("order", {"quotation-order"}),
        ("omission", {"quotation-omission", "quotation-elsewhere"}),
    ],
)
def test_a_change_is_called_by_its_kind(
    kind: str, codes: set[str], tried: list[tuple[Trial, Diagnostic | None]]
) -> None:
    found = [(fault.code, trial.wrong.exact) for trial, fault in tried if fault and trial.kind == kind]
    assert found
    assert [pair for pair in found if pair[0] not in codes] == []


def test_where_the_words_are_the_same_the_cure_is_certain(tried: list[tuple[Trial, Diagnostic | None]]) -> None:
    articles = sample().anchored.articles
    certain = [(t, f) for t, f in tried if f and f.code in ("quotation-typography", "quotation-case")]
    assert len(certain) > 40
    unsure = [trial.wrong.exact for trial, fault in certain if not fault.fixes]
    assert unsure == []
    for trial, fault in certain:
        mended = replace(trial.wrong, exact=fault.fixes[0].text)
        assert find_quotation(articles[trial.source.id], trial.source, mended).value
