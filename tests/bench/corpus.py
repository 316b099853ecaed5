"""A corpus of any size: a whole site of N briefings, the same bytes on every machine, every quotation verified.

    python -m tests.bench.corpus FOLDER N

Its words are the sample briefing's. An article is made of sentences of the sample's articles, with other names, dates
and numbers in each briefing and other wordings in each article; a claim is one of these sentences, and its evidence
what the articles of the briefing make of it. So a briefing is like the sample in what costs time, such as the lengths
of words, sentences and quotations, and nine of ten paragraphs stand in no other briefing. Briefing k is the same in a
corpus of any size. Emphasis stands in one note of eight; a link or a list, of which the sample has none, in one of
fifteen.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import yaml

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = "blinken-in-beijing"
"""The briefing that lends the words."""
SIGLA = "ABCDEFGH"
CLAIMS = 30
MEASURED = 4
"""Claims of a briefing that give a number."""
ARTICLE = 3500
"""Characters that the sentences of an article have, at least; with all that stands around them, about 4,100."""
NOTE = 52
"""Words of a claim's note, at least; as it ends with its sentence, about 60."""
ORIGINS = 8
PARAGRAPHS = 7
"""Of a briefing's prose."""
ASIDE = "Advertisement"
"""Stands between the paragraphs of every article."""
EPOCH = date(2017, 1, 1)
YEARS = 8
"""The events lie in so many years from then on."""

SITE = """title: A corpus
tagline: Made up, to measure what building costs.
url: https://corpus.example/
cards: none
language: en
publisher: The benchmark
corrections: corrections@corpus.example
limits:
  excerpt_warning: 60 %
  excerpt_maximum: 65 %
"""


def write_corpus(folder: Path, briefings: int, sample: Path) -> None:
    """Write a site of so many briefings into `folder`, with the words of the sample briefing below `sample`."""
    words = read_sample(sample)
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_bytes(SITE.encode())
    for number in range(1, briefings + 1):
        for path, text in briefing_files(number, words).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())


def briefing_files(number: int, sample: Sample) -> dict[str, str]:
    """The files of one briefing, by path from the site's root. Numbers count from 1."""
    scene = scene_of(number, sample)
    claims = claims_of(scene)
    articles = [article_of(scene, index, claims) for index in range(len(SIGLA))]
    events = events_of(scene)
    content = f"content/{scene.name}"
    return {
        f"{content}/briefing.md": front_of(scene, claims),
        f"{content}/sources.yaml": sources_yaml(scene, articles, events),
        f"{content}/claims.yaml": "\n".join(claim_yaml(scene, claim, articles, events) for claim in claims),
        f"{content}/timeline.yaml": timeline_yaml(scene, articles, events),
        **{f"seeds/{article.file}": article.printed for article in articles},
    }


class Dice:
    """Numbers without a pattern, the same for the same seed on every machine and in every Python: SplitMix64."""

    def __init__(self, *seed: int | str) -> None:
        self._state = int.from_bytes(hashlib.sha256("/".join(map(str, seed)).encode()).digest()[:8], "big")

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) % 2**64
        mixed = (self._state ^ (self._state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        return (mixed ^ (mixed >> 31)) % limit

    def once_in(self, number: int) -> bool:
        """True once in so many times."""
        return self.below(number) == 0

    def pick(self, items: Sequence[T]) -> T:
        """One of them."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many of them, or all, each once, in any order."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]


# ---- the words of the sample -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """The texts that a corpus is made of."""

    sentences: tuple[str, ...]
    """Of the articles, with typographic quotation marks."""
    notes: tuple[str, ...]
    """Sentences that curators wrote about claims, sources and events."""
    remarks: tuple[str, ...]
    """What curators wrote beside single pieces of evidence."""
    questions: tuple[str, ...]
    topics: tuple[str, ...]
    events: tuple[str, ...]
    origins: tuple[tuple[str, str], ...]
    """Names and kinds."""

    def renamed(self, rename: Callable[[str], str]) -> Sample:
        """The same with other names in every text."""

        def each(texts: Sequence[str]) -> tuple[str, ...]:
            return tuple(map(rename, texts))

        return Sample(
            each(self.sentences),
            each(self.notes),
            each(self.remarks),
            each(self.questions),
            each(self.topics),
            each(self.events),
            tuple((rename(name), rename(kind)) for name, kind in self.origins),
        )


_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?]”))\s+(?=[A-Z“])")


def read_sample(root: Path) -> Sample:
    """The words of the sample briefing below `root`."""
    folder = root / "content" / SAMPLE
    sources = yaml.safe_load((folder / "sources.yaml").read_bytes())
    timeline = yaml.safe_load((folder / "timeline.yaml").read_bytes())
    files = [yaml.safe_load(file.read_bytes()) for file in sorted((folder / "claims").glob("*.yaml"))]
    claims: list[dict[str, Any]] = [claim for file in files for claim in file.values()]
    _, front_matter, prose = (folder / "briefing.md").read_text("utf-8").split("---\n", 2)
    topics = [
        topic if isinstance(topic, str) else topic["title"] for topic in yaml.safe_load(front_matter)["topics"].values()
    ]
    entries = [*claims, *sources["sources"].values(), *timeline.values()]
    notes = [*prose.replace("*", "").split("\n\n"), *(entry["note"] for entry in entries if "note" in entry)]
    evidence = [cell for claim in claims for cell in claim["evidence"].values()]
    articles = [(root / "seeds" / source["article"]).read_text("utf-8") for source in sources["sources"].values()]
    # Those that rest on no other come first.
    origins = sorted(sources["origins"].values(), key=lambda origin: "via" in origin)
    return Sample(
        sentences=tuple(dict.fromkeys(chain.from_iterable(map(usable_sentences, articles)))),
        notes=tuple(" ".join(sentence.split()) for note in notes for sentence in _SENTENCE_END.split(note.strip())),
        remarks=tuple(dict.fromkeys(cell["note"] for cell in evidence if "note" in cell)),
        questions=tuple(claim["question"] for claim in claims if "question" in claim),
        topics=tuple(topics),
        events=tuple(event["title"] for event in timeline.values()),
        origins=tuple((origin["name"], origin["kind"]) for origin in origins if "kind" in origin),
    )


def usable_sentences(article: str) -> Iterator[str]:
    """The whole sentences of an article, of 9 to 60 words, without addresses and with all their marks closed."""
    text = article.replace("U.S.", "US").replace("U.S", "US").replace("Jun.", "June").replace("'", "’")
    text = re.sub(r'"([^"\n]*)"', r"“\1”", text)
    for sentence in chain.from_iterable(_SENTENCE_END.split(line.strip()) for line in text.split("\n")):
        whole = 9 <= len(sentence.split()) <= 60 and sentence[-1] in ".”"
        closed = sentence.count("“") == sentence.count("”")
        if whole and closed and not re.search("http|@|Facebook", sentence):
            yield sentence


# ---- a briefing's own names and dates --------------------------------------------------------------------------

PEOPLE = (
    "Antony", "Blinken", "Qin", "Gang", "Wang", "Yi", "Xi", "Jinping", "Matthew", "Miller", "Joe", "Joseph", "Biden",
    "Mike", "Pompeo", "Trump",
)  # fmt: skip
PLACES = (
    "China", "Beijing", "Taiwan", "Washington", "Bali", "Munich", "Philippines", "Pacific", "US", "Reuters", "CCTV",
    "CGTN", "Xinhua",
)  # fmt: skip
DERIVED = {
    "Chinese": ("China", "ese"),
    "American": ("US", "ian"),
    "United States": ("US", " Union"),
    "Quin": ("Qin", ""),
}
"""What goes with one of these names."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PAPERS = ("Post", "Herald", "Times", "Daily", "Wire", "Observer", "Gazette", "Courier")
ONSETS = ("b", "br", "d", "dr", "f", "g", "h", "j", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei")
CODAS = ("n", "r", "l", "m", "s", "nd", "rk", "th", "x")


@dataclass(frozen=True, slots=True)
class Scene:
    """Who met whom where and when in one briefing."""

    number: int
    name: str
    title: str
    place: str
    day: date
    """Of the main event."""
    papers: tuple[str, ...]
    """The outlets, one for each siglum."""
    words: Sample
    """The sample's texts, with this briefing's names and dates."""

    def after(self, days: int) -> str:
        """The date so many days after the main event, as people write it in YAML."""
        return (self.day + timedelta(days)).isoformat()


def scene_of(number: int, sample: Sample) -> Scene:
    """The scene of a briefing: coined names, and a day between 2017 and 2024."""
    dice = Dice(number, "scene")
    day = EPOCH + timedelta(dice.below(365 * YEARS))
    coined: dict[str, None] = {}
    while len(coined) < len(PEOPLE) + len(PLACES) + len(PAPERS):
        coined[coin(dice)] = None
    names = dict(zip((*PEOPLE, *PLACES), coined, strict=False))
    names |= {word: names[base] + ending for word, (base, ending) in DERIVED.items()}
    names |= {"2023": str(day.year), "2022": str(day.year - 1), "2021": str(day.year - 2), "2018": str(day.year - 5)}
    names |= {"June": MONTHS[day.month - 1], "18": str(day.day), "19": str((day + timedelta(1)).day)}
    names |= {month: dice.pick(MONTHS) for month in ("February", "November")}
    known = re.compile(rf"\b(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")
    words = sample.renamed(lambda text: known.sub(lambda match: names[match[0]], text))
    papers = tuple(f"{name} {paper}" for name, paper in zip(list(coined)[-len(PAPERS) :], PAPERS, strict=True))
    title = f"{names['Blinken']} in {names['Beijing']}"
    return Scene(number, f"{slug(title)}-{number:05}", title, names["Beijing"], day, papers, words)


def coin(dice: Dice) -> str:
    """A name that nobody has."""
    return "".join(dice.pick(part) for part in (ONSETS, VOWELS, ONSETS, VOWELS, CODAS)).capitalize()


def slug(text: str) -> str:
    """An id of the text's first words."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:6])[:50].rstrip("-")


# ---- claims ----------------------------------------------------------------------------------------------------

KINDS = (
    "corroborated", "qualified", "disputed", "wording", "repeated", "qualified", "corroborated", "single", "disputed",
)  # fmt: skip
"""What the sources shall make of a claim, in turn."""
DIFFERENCES = ("scope", "strength", "precision", "expectation")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is planned: which of the sample's sentences it is about, and who speaks to it."""

    number: int
    id: str
    text: str
    topic: str
    kind: str
    """One of KINDS, or "measured"."""
    sentence: int
    speakers: tuple[int, ...]
    """Indices of the articles, in no order."""


def claims_of(scene: Scene) -> list[Claim]:
    """The claims of a briefing."""
    dice = Dice(scene.number, "claims")
    sentences = scene.words.sentences
    measures = [at for at, sentence in enumerate(sentences) if _MEASURE.search(sentence)]
    others = [at for at, sentence in enumerate(sentences) if not _MEASURE.search(sentence)]
    measured = dice.some(measures, MEASURED)
    subjects = dice.some([*measured, *dice.some(others, CLAIMS - len(measured))], CLAIMS)
    topics = topics_of(scene)
    claims = []
    for number, subject in enumerate(subjects):
        kind = "measured" if subject in measured else KINDS[number % len(KINDS)]
        speakers = dice.some(range(len(SIGLA)), 1 if kind == "single" else 5 + dice.below(2))
        text = statement(sentences[subject], 18)
        topic = topics[number * len(topics) // CLAIMS][0]
        claims.append(Claim(number, f"{slug(text)}-{number}", text, topic, kind, subject, tuple(speakers)))
    return claims


def topics_of(scene: Scene) -> list[tuple[str, str]]:
    """Ids and titles of a briefing's topics: six to eight."""
    return [(slug(title), title) for title in scene.words.topics[: 6 + scene.number % 3]]


DANGLING = {
    "a", "an", "and", "as", "at", "between", "by", "for", "in", "is", "its", "of", "on", "or", "that", "the", "to",
    "with",
}  # fmt: skip
"""Words at which no statement ends."""


def statement(sentence: str, most: int) -> str:
    """A sentence without quotation marks, of so many words at most; it ends at a comma where there is one."""
    words = re.sub("[“”]", "", sentence).rstrip(".").split(" ")
    if len(words) > most:
        commas = [at for at in range(8, most) if words[at].endswith(",")]
        words = words[: commas[-1] + 1 if commas else most]
        while words[-1] in DANGLING:
            words.pop()
    return " ".join(words).rstrip(",;:") + "."


def stances(claim: Claim, dice: Dice) -> Iterator[tuple[str, str | None]]:
    """Stance and difference of each speaker, for all kinds but the measured: there the numbers decide."""
    for index in range(len(claim.speakers)):
        if claim.kind == "disputed" and index % 3 == 1:
            yield "contradicts", None
        elif claim.kind == "wording" and index % 2:
            yield "qualifies", "wording"
        elif (claim.kind == "qualified" and index % 2) or (claim.kind == "disputed" and dice.once_in(4)):
            yield "qualifies", DIFFERENCES[(claim.number + index // 2) % len(DIFFERENCES)]
        else:
            yield "supports", None


# ---- articles --------------------------------------------------------------------------------------------------

SYNONYMS = {
    "said": "stated", "talks": "discussions", "agreed": "consented", "relations": "ties", "visit": "stay",
    "issues": "matters", "meeting": "encounter", "countries": "nations", "noted": "remarked", "also": "likewise",
    "dialogue": "exchange", "concerns": "worries", "reduce": "lessen", "building": "shaping", "candid": "frank",
    "maintain": "keep", "raised": "brought up", "lowest": "worst", "interests": "aims", "increasing": "adding",
    "constructive": "productive", "principles": "rules", "stable": "steady", "important": "weighty",
}  # fmt: skip
_SYNONYM = re.compile(rf"\b(?:{'|'.join(SYNONYMS)})\b")
NUMBERS = ("three", "four", "five", "six", "seven", "eight", "nine")
"""From 3 on."""
_MEASURE = re.compile(
    rf"(?:(?P<about>approximately|about|almost) |(?P<above>more than|over) )?"
    rf"(?P<number>{'|'.join(NUMBERS)})(?P<half> and a half)? (?P<unit>hours|months|years)"
)
STRAIGHT = str.maketrans("“”’", '""\'')


@dataclass(frozen=True, slots=True)
class Article:
    """An article, with what its entry in sources.yaml has to say of it."""

    id: str
    siglum: str
    file: str
    outlet: str
    headline: str
    body: tuple[str, str]
    """The first words of its body, and the last."""
    caption: str
    text: str
    """With typographic quotation marks, as quotations have them."""
    printed: str
    """As in the file: one article of four has straight marks."""
    said: Mapping[int, str]
    """Its wording of the sample's sentences, by their index: those of the claims that it speaks to, and others."""


def article_of(scene: Scene, index: int, claims: Sequence[Claim]) -> Article:
    """Article number `index` of a briefing."""
    dice = Dice(scene.number, "article", index)
    subjects = {claim.sentence for claim in claims}
    told = [claim.sentence for claim in claims if index in claim.speakers]
    unused = [at for at in range(len(scene.words.sentences)) if at not in subjects]
    others = dice.some(unused, len(unused))
    replaced = {word for word in SYNONYMS if dice.once_in(3)}
    said = {at: worded(scene.words.sentences[at], replaced, dice) for at in told}
    headline = statement(scene.words.sentences[others.pop()], 12).rstrip(".")
    caption = worded(scene.words.sentences[others.pop()], replaced, dice)
    while sum(map(len, said.values())) < ARTICLE and others:
        at = others.pop()
        said[at] = worded(scene.words.sentences[at], replaced, dice)
    order = dice.some(list(said.values()), len(said))
    text = laid_out(scene, index, headline, caption, order, dice)
    siglum, outlet = SIGLA[index], scene.papers[index]
    return Article(
        id=slug(outlet),
        siglum=siglum,
        file=f"{scene.name}-{siglum.lower()}.txt",
        outlet=outlet,
        headline=headline,
        body=(first_words(text, order[0]), last_words(text, order[-1])),
        caption=first_words(text, caption),
        text=text,
        printed=text.translate(STRAIGHT) if index % 4 == 3 else text,
        said=said,
    )


def laid_out(scene: Scene, index: int, headline: str, caption: str, sentences: Sequence[str], dice: Dice) -> str:
    """An article's text: sentences in paragraphs of one to three, and around and between them what is no body."""
    paragraphs = []
    at = 0
    while at < len(sentences):
        length = 1 + dice.below(3)
        paragraphs.append(" ".join(sentences[at : at + length]))
        at += length
    paragraphs.insert(len(paragraphs) // 2, ASIDE)
    paragraphs.insert(len(paragraphs) // 3, caption)
    top = f"{scene.papers[index]}, {scene.place} edition"
    return "\n\n".join([top, headline, *paragraphs, "Related news", "Leave a comment"]) + "\n"


def worded(sentence: str, replaced: set[str], dice: Dice) -> str:
    """A sentence in the words of one article: with some synonyms, and other numbers."""

    def other_number(match: re.Match[str]) -> str:
        number = NUMBERS[(NUMBERS.index(match["number"]) + dice.below(3)) % len(NUMBERS)]
        return match[0].replace(match["number"], number)

    said = _SYNONYM.sub(lambda match: SYNONYMS[match[0]] if match[0] in replaced else match[0], sentence)
    return _MEASURE.sub(other_number, said)


def first_words(text: str, sentence: str) -> str:
    """As many first words of a sentence as stand in the text once."""
    words = sentence.split(" ")
    return next(some for length in range(6, len(words) + 1) if text.count(some := " ".join(words[:length])) == 1)


def last_words(text: str, sentence: str) -> str:
    """As many last words of a sentence as stand in the text once."""
    words = sentence.split(" ")
    return next(some for length in range(6, len(words) + 1) if text.count(some := " ".join(words[-length:])) == 1)


# ---- quotations ------------------------------------------------------------------------------------------------

_NEGATION = re.compile(r"\b(?:no|not|nor|never|neither|none|nothing|without|den\w+|\w+n’t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of an article that stand in it once, or once after their prefix."""

    exact: str
    prefix: str | None = None
    key: str | None = None


def quotation(article: Article, at: int, dice: Dice) -> Quotation:
    """Words out of an article's wording of a sentence; one in twelve with an omission, one in twelve with a prefix."""
    words = article.said[at].split(" ")
    if measure := _MEASURE.search(article.said[at]):
        first, last = (article.said[at].count(" ", 0, offset) for offset in measure.span())
        exact = once(article.text, words, max(0, first - dice.below(4)), min(len(words), last + 1 + dice.below(4)))
        return Quotation(exact, key=measure[0])
    shape = dice.below(12)
    if shape == 0 and (parts := shortened(article.text, words, dice)):
        return Quotation(parts, key=key_in(parts.partition(" […] ")[0], dice))
    if shape == 1 and (short := repeated(article.text, words, dice)):
        return short
    length = min(len(words), 5 + dice.below(5))
    start = dice.below(len(words) - length + 1)
    exact = once(article.text, words, start, start + length)
    return Quotation(exact, key=None if dice.once_in(4) else key_in(exact, dice))


def once(text: str, words: Sequence[str], start: int, end: int) -> str:
    """The words from `start` to `end`, and as many around them as it takes to stand in the text once."""
    while text.count(exact := tidy(words[start:end])) != 1:
        if start == 0 and end == len(words):
            raise ValueError(f"this sentence stands in the article twice: {exact}")
        start, end = max(0, start - 1), min(len(words), end + 1)
    return exact


def shortened(text: str, words: Sequence[str], dice: Dice) -> str | None:
    """Words with an omission, which hides no negation; None where none fits."""
    if len(words) < 16:
        return None
    start, length, gap = dice.below(len(words) - 14), 3 + dice.below(2), 3 + dice.below(4)
    first, other = tidy(words[start : start + length]), tidy(words[start + length + gap : start + 2 * length + gap])
    left_out = " ".join(words[start + length : start + length + gap])
    return None if text.count(first) != 1 or _NEGATION.search(left_out) else f"{first} […] {other}"


def repeated(text: str, words: Sequence[str], dice: Dice) -> Quotation | None:
    """Two words that stand in the text more than once, with a prefix that tells which are meant; None if none do."""
    for start in dice.some(range(1, len(words) - 1), 8):
        exact = tidy(words[start : start + 2])
        if text.count(exact) > 1:
            prefixes = (" ".join(words[first:start]) for first in range(start - 1, -1, -1))
            return next((Quotation(exact, p) for p in prefixes if text.count(f"{p} {exact}") == 1), None)
    return None


def key_in(exact: str, dice: Dice) -> str | None:
    """Two to four words of a quotation."""
    words = exact.split(" ")
    length = min(len(words), 2 + dice.below(3))
    start = dice.below(len(words) - length + 1)
    return " ".join(words[start : start + length]).strip("“”.,;:()") or None


def tidy(words: Sequence[str]) -> str:
    """Words as a quotation has them: without a comma at the end."""
    return " ".join(words).rstrip(",;:")


# ---- YAML ------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z“](?:[^:#\n]*[^:#\s])?|[0-9]+(?:\.[0-9]+)?")
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def scalar(text: str) -> str:
    """A text in one line of block style, plain as a person would write it, or in quotation marks where it has to be."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def item(indent: int, key: str, text: str | None) -> str:
    """A key with a text, which goes into a block of its own where it has several lines; nothing where there is none."""
    if text is None:
        return ""
    space = " " * indent
    if "\n" in text:
        return f"{space}{key}: |\n" + "".join(f"{space}  {line}\n" if line else "\n" for line in text.split("\n"))
    return f"{space}{key}: {scalar(text)}\n"


def quoted(indent: int, quotations: Sequence[Quotation]) -> str:
    """The quotations of a piece of evidence: one with its keys beside it, or a list."""
    if len(quotations) == 1:
        (one,) = quotations
        return item(indent, "quote", one.exact) + item(indent, "prefix", one.prefix) + item(indent, "key", one.key)
    return f"{' ' * indent}quote:\n" + "".join(listed(indent + 2, each) for each in quotations)


def listed(indent: int, quotation: Quotation) -> str:
    """A quotation as an entry of a list."""
    space = " " * indent
    rest = item(indent + 2, "prefix", quotation.prefix) + item(indent + 2, "key", quotation.key)
    if rest:
        return f"{space}- exact: {scalar(quotation.exact)}\n{rest}"
    return f"{space}- {scalar(quotation.exact)}\n"


def lone(indent: int, key: str, quotation: Quotation) -> str:
    """A quotation by itself: its words, or a mapping where there is more to say."""
    if quotation.prefix is None:
        return item(indent, key, quotation.exact)
    return (
        f"{' ' * indent}{key}:\n"
        + item(indent + 2, "exact", quotation.exact)
        + item(indent + 2, "prefix", quotation.prefix)
    )


# ---- the files of a briefing -----------------------------------------------------------------------------------


def claim_yaml(scene: Scene, claim: Claim, articles: Sequence[Article], events: Sequence[Event]) -> str:
    """An entry of claims.yaml."""
    dice = Dice(scene.number, "claim", claim.number)
    claimed = _MEASURE.search(scene.words.sentences[claim.sentence]) if claim.kind == "measured" else None
    verdicts = dict(zip(claim.speakers, stances(claim, dice), strict=True))
    cells = ""
    for index, article in enumerate(articles):
        own = _MEASURE.search(article.said[claim.sentence]) if claimed and index in verdicts else None
        if claimed and own:
            cells += cell_yaml(scene, claim, article, *measured(own, claimed), value_of(own), dice)
        elif index in verdicts:
            cells += cell_yaml(scene, claim, article, *verdicts[index], None, dice)
        elif dice.once_in(9):
            cells += silence_yaml(scene, article, dice)
    asked = claimed or claim.kind in ("disputed", "wording")
    return (
        f"{claim.id}:\n"
        + item(2, "claim", claim.text)
        + item(2, "question", dice.pick(scene.words.questions) if asked else None)
        + item(2, "topic", claim.topic)
        + item(2, "event", None if dice.once_in(3) else dice.pick(events[-5:-2]).id)
        + item(2, "unit", claimed["unit"] if claimed else None)
        + f"  evidence:\n{cells}"
        + item(2, "note", markdown(scene, dice))
    )


def cell_yaml(
    scene: Scene, claim: Claim, article: Article, stance: str, differs_in: str | None, value: str | None, dice: Dice
) -> str:
    """What an article says to a claim."""
    quotations = [quotation(article, claim.sentence, dice)]
    if dice.once_in(20):
        other = dice.pick([at for at in article.said if at != claim.sentence])
        quotations.append(quotation(article, other, dice))
    credited = claim.kind != "repeated" and (claim.kind == "corroborated" or dice.once_in(3))
    return (
        f"    {article.id}:\n"
        + item(6, "stance", stance)
        + item(6, "differs_in", differs_in)
        + quoted(6, quotations)
        + item(6, "value", value)
        + item(6, "via", dice.pick(origins_of(scene))[0] if credited else None)
        + item(6, "note", dice.pick(scene.words.remarks) if dice.once_in(2) else None)
    )


def silence_yaml(scene: Scene, article: Article, dice: Dice) -> str:
    """An article that is silent, and what it says instead."""
    near = replace(quotation(article, dice.pick(list(article.said)), dice), key=None)
    return (
        f"    {article.id}:\n      stance: silent\n"
        + quoted(6, [near])
        + item(6, "note", dice.pick(scene.words.remarks))
    )


def measured(own: re.Match[str], claimed: re.Match[str]) -> tuple[str, str | None]:
    """Stance and difference of an article that gives a number."""
    if own["number"] == claimed["number"]:
        return "supports", None
    return ("qualifies", "precision") if own["about"] or own["above"] else ("contradicts", None)


def value_of(measure: re.Match[str]) -> str:
    """The number that an article gives, as claims.yaml has it."""
    sign = "~" if measure["about"] else ">" if measure["above"] else ""
    return f"{sign}{NUMBERS.index(measure['number']) + 3}{'.5' if measure['half'] else ''}"


def markdown(scene: Scene, dice: Dice) -> str:
    """A paragraph of sentences that curators wrote; now and then with emphasis, a link, or a list."""
    sentences: list[str] = []
    for sentence in dice.some(scene.words.notes, 20):
        if sum(len(each.split()) for each in sentences) >= NOTE:
            break
        sentences.append(sentence)
    if dice.once_in(8):
        sentences[0] = f"*{sentences[0]}*"
    if dice.once_in(15):
        sentences[-1] = f"[{sentences[-1].rstrip('.')}](https://example.org/{slug(scene.title)})."
    if dice.once_in(15):
        return sentences[0] + "\n\n" + "\n".join(f"- {sentence}" for sentence in sentences[1:])
    return " ".join(sentences)


def origins_of(scene: Scene) -> list[tuple[str, str, str]]:
    """Ids, names and kinds of a briefing's origins. All go back to one of the first two."""
    return [(slug(name), name, kind) for name, kind in scene.words.origins[:ORIGINS]]


def sources_yaml(scene: Scene, articles: Sequence[Article], events: Sequence[Event]) -> str:
    """sources.yaml"""
    text = "origins:\n"
    origins = origins_of(scene)
    for index, (id_, name, kind) in enumerate(origins):
        text += f"  {id_}:\n" + item(4, "name", name) + item(4, "kind", kind)
        text += item(4, "via", origins[index % 2][0] if index > 1 else None)
    return f"{text}\nsources:\n" + "\n".join(source_yaml(scene, article, events[-1]) for article in articles)


def source_yaml(scene: Scene, article: Article, ahead: Event) -> str:
    """An article's entry in sources.yaml."""
    dice = Dice(scene.number, "source", article.siglum)
    shown, hoped = (quotation(article, at, dice) for at in dice.some(list(article.said), 2))
    looks_ahead = f"    looks_ahead:\n      event: {ahead.id}\n{lone(6, 'quote', hoped)}"
    return (
        f"  {article.id}:\n"
        + item(4, "siglum", article.siglum)
        + item(4, "article", article.file)
        + item(4, "outlet", article.outlet)
        + item(4, "headline", article.headline)
        + f"    body:\n      - {scalar(article.body[0])}\n      - {scalar(article.body[1])}\n"
        + item(4, "captions", article.caption)
        + item(4, "boilerplate", ASIDE)
        + (f"    published: {scene.after(1)}T{10 + dice.below(10)}:33Z\n" if dice.once_in(2) else "")
        + f"    known_through:\n      date: {scene.after(dice.below(2))}\n{lone(6, 'quote', shown)}"
        + (looks_ahead if dice.once_in(3) else "")
        + item(4, "via", dice.pick(origins_of(scene))[0] if dice.once_in(4) else None)
        + item(4, "note", dice.pick(scene.words.notes))
    )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and when, as timeline.yaml has it."""

    id: str
    title: str
    date: str


def events_of(scene: Scene) -> list[Event]:
    """The events of a briefing, from five years before its day to some day after it: dates of every kind."""
    days = [scene.after(days) for days in (-1800, -700, -200, -60, -4, -3, -2)]
    dates = [days[0][:4], days[1][:7], f"{days[2][:7]}~", days[3], f"{days[4]}/{days[5]}", f"{days[6]}?"]
    dates += [f'"[..{scene.after(0)}]"', *[scene.after(0)] * 3, scene.after(1), f'"[{scene.after(1)}..]"']
    titles = Dice(scene.number, "events").some(scene.words.events, len(dates))
    return [Event(f"{slug(title)}-{index}", title, dates[index]) for index, title in enumerate(titles)]


def timeline_yaml(scene: Scene, articles: Sequence[Article], events: Sequence[Event]) -> str:
    """timeline.yaml"""
    text = ""
    for event in events:
        dice = Dice(scene.number, "event", event.id)
        text += f"{event.id}:\n" + item(2, "title", event.title) + f"  date: {event.date}\n"
        text += "  dated: inferred\n" if dice.once_in(3) else ""
        text += "  evidence:\n"
        told = dice.some(articles, 2 + dice.below(2))
        for article in articles:
            if article in told:
                text += lone(4, article.id, quotation(article, dice.pick(list(article.said)), dice))
        text += item(2, "note", dice.pick(scene.words.notes) if dice.once_in(3) else None) + "\n"
    return text


def front_of(scene: Scene, claims: Sequence[Claim]) -> str:
    """briefing.md"""
    dice = Dice(scene.number, "front")
    published = 3 + dice.below(40)
    text = (
        "---\n"
        + item(0, "title", scene.title)
        + item(0, "summary", " ".join(dice.some(scene.words.notes, 3)))
        + "status: published\n"
        + item(0, "place", scene.place)
        + f'date: {scene.after(0)}/{scene.after(1)}\nutc_offset: "+{dice.below(10):02}:00"\n'
        + f"published: {scene.after(published)}\ntopics:\n"
    )
    for id_, title in topics_of(scene):
        text += f"  {id_}:\n" + item(4, "title", title) + item(4, "short", title.split(" ")[-1][:14])
    if dice.once_in(5):
        claim = dice.pick(claims)
        text += f"updated: {scene.after(published + 9)}\n"
        text += f"corrections:\n  - date: {scene.after(published + 9)}\n    claim: {claim.id}\n"
        text += item(4, "changed", dice.pick(scene.words.notes))
    return f"{text}---\n" + "\n\n".join(markdown(scene, dice) for _ in range(PARAGRAPHS)) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description="Write a corpus of N briefings.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("briefings", type=int, metavar="N")
    options = parser.parse_args(arguments)
    write_corpus(options.folder, options.briefings, ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
