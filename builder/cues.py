"""Whose words a passage inside quotation marks is said to be: the words of its sentence that name the speaker.

A cue is a verb of saying with the words that are its subject ("Qin added", "said the mayor"), or the credit of an
outlet or a readout ("according to CCTV"). It is looked for in the sentence that holds the passage and nowhere else;
only a passage that is a sentence of its own may have that of the one before, directly beside both. Where the sentence
names nobody there is none. Offsets are code points, spans half-open.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from builder import saying
from builder.quotemarks import Quoted
from builder.text import UNSPACED, Span

BEFORE = 400
"""Code points before a passage that are looked at."""
AFTER = 200
"""Code points after it."""
MOST = 2000
"""Passages of one text that cues are looked for."""
_LONGEST = 10
"""Words that name a speaker."""

_INSIDE = "\0"
"""Stands for every character inside quotation marks: their words name no speaker."""
_TOKEN = re.compile(r"\0+|[^\W_](?:[\w.'’&/\-]*\w)?|[^\w\s]")
_SENTENCE = frozenset(".!?…。！？")
_AFTER_SENTENCE = frozenset("\"'”’“»«)]")
_EAST = re.compile(
    r"([^\W\d_][^\s，。：；、！？“”「」『』\0]{0,11}?)(?:表示|指出|强调|強調|告诉记者|告訴記者|回答|说|說|称|稱|问|問)[：，:,]?\Z"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say whose words a passage is."""

    span: Span
    """With the verb or preposition: `said the mayor`, `According to CCTV`."""
    speaker: Span
    """Without: `the mayor`, `CCTV`; a pronoun where the text has no more."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()

    @property
    def word(self) -> bool:
        return self.text[0].isalnum()


def cues_of(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted]) -> tuple[Cue | None, ...]:
    """The cue of every passage that `quotemarks.quoted_of` found in these paragraphs, in the same order.

    Beyond the first MOST passages nothing is looked for.
    """
    masked = _masked(text, [passage.span for passage in quoted if passage.depth == 0])
    found: list[Cue | None] = []
    outer: list[Quoted] = []  # those that hold the passage in turn, the outermost first
    last: Quoted | None = None
    at = 0
    for passage in quoted[:MOST]:
        while at < len(paragraphs) - 1 and paragraphs[at].end <= passage.span.start:
            at += 1
        del outer[passage.depth :]
        if outer:
            found.append(_cue(text, passage, outer[-1].span, text))
        else:
            cue = _cue(masked, passage, paragraphs[at], text)
            if cue is None and last is not None and last.span.start >= paragraphs[at].start:
                cue = _carried(masked, last, passage)
            found.append(cue or _unclosed(text, passage))
            last = passage
        outer.append(passage)
    return (*found, *[None] * (len(quoted) - len(found)))


def _masked(text: str, spans: Sequence[Span]) -> str:
    """`text` with what is inside the spans made unreadable, but for a stop at their end; all offsets stay."""
    out: list[str] = []
    at = 0
    for span in spans:
        ends = text[span.end - 1] if text[span.end - 1] in _SENTENCE or text[span.end - 1] in ",，" else _INSIDE
        out += text[at : span.start], _INSIDE * (span.end - span.start - 1), ends
        at = span.end
    return "".join([*out, text[at:]])


def _cue(text: str, passage: Quoted, within: Span, article: str) -> Cue | None:
    """The cue in the sentence around a passage; `within` is its paragraph, or the passage that holds it.

    `text` is that of the article, where other passages may be masked.
    """
    start = max(within.start, passage.span.start - BEFORE)
    left = text[start : passage.span.start].rstrip()[:-1]  # without the mark itself
    right = Span(passage.span.end, min(within.end, passage.span.end + AFTER))
    before = _last_sentence(_tokens(text, Span(start, start + len(left))))
    after = _tokens(text, right) if passage.closed else []
    if after and not after[0].word:
        after = after[1:]  # the mark itself
    pause = _pauses(article, passage)
    return (
        _beside(after, pause=pause)
        or _in_words_of(before)
        or _before(before, article[passage.span.start : passage.span.start + 60])
        or _rest(_first_sentence(after))
        or _eastern(left, start)
    )


def _pauses(text: str, passage: Quoted) -> bool:
    """Whether a passage ends with a comma or a stop, before the marks that it may close itself."""
    return text[max(passage.span.start, passage.span.end - 4) : passage.span.end].rstrip("’'”\"»›")[-1:] in tuple(
        ",.!?…，"
    )


def _tokens(text: str, within: Span) -> list[_Token]:
    return [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text, within.start, within.end)]


# ---- sentences -----------------------------------------------------------------------------------------------------


def _ends_sentence(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a sentence ends at a token: a stop that no abbreviation has, before a capital letter or nothing."""
    token = tokens[index]
    if token.text not in _SENTENCE or (token.text == "." and _abbreviates(tokens, index)):
        return False
    following = index + 1
    while following < len(tokens) and tokens[following].text in _AFTER_SENTENCE:
        following += 1
    return following >= len(tokens) or not tokens[following].text[0].islower()


def _abbreviates(tokens: Sequence[_Token], index: int) -> bool:
    """Whether the full stop at `index` belongs to the word before it: `U.S.`, `J.`, `Mr.`"""
    word = tokens[index - 1].low if index and tokens[index - 1].end == tokens[index].start else ""
    return word[:1].isalpha() and (len(word) == 1 or "." in word or word in saying.TITLES)


def _last_sentence(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """The sentence that the tokens end in."""
    for index in reversed(range(len(tokens))):
        if _ends_sentence(tokens, index):
            start = index + 1
            while start < len(tokens) and tokens[start].text in _AFTER_SENTENCE:
                start += 1
            return tokens[start:]
    return tokens


def _first_sentence(tokens: Sequence[_Token]) -> Sequence[_Token]:
    """What is left of the sentence that the tokens begin in."""
    ends = (index for index in range(len(tokens)) if _ends_sentence(tokens, index))
    return tokens[: next(ends, len(tokens))]


# ---- ways to name a speaker ----------------------------------------------------------------------------------------


def _beside(after: Sequence[_Token], *, pause: bool) -> Cue | None:
    """`,” said Miller` · `,” Qin added` · `,” according to CCTV`; a name before its verb only after a pause."""
    if not after:
        return None
    if after[0].text in ",，—–-":
        after, pause = after[1:], True
    verb = next((index for index, token in enumerate(after[:3]) if token.low not in saying.BESIDE_VERB), 0)
    if after and after[verb].low in saying.SAYING and (cue := _verb_and_name(after, verb)):
        return Cue(Span(after[0].start, cue.span.end), cue.speaker)
    if credit := _credit(after, 0):
        return credit
    if not pause:
        return None
    for index, token in enumerate(after[: _LONGEST + 4]):
        if not token.word and not (token.text == "." and _abbreviates(after, index)):
            return None
        if token.low in saying.SAYING:
            cue = _name_and_verb(after, index)
            return cue if cue and cue.speaker.start == after[0].start else None
    return None


def _in_words_of(before: Sequence[_Token]) -> Cue | None:
    """`in Qin’s words “…”`"""
    while before and before[-1].text in "-–—:,":
        before = before[:-1]
    owner = len(before) - 2
    if owner < 0 or before[-1].low not in ("words", "word") or before[owner].low[-2:] not in ("'s", "’s", "s'", "s’"):
        return None
    first = owner
    while first > 0 and before[first - 1].word and before[first - 1].low not in saying.ENDS_NAME | saying.JOINS:
        first -= 1
    name = _named(before[first : owner + 1])
    if name is None:
        return None
    start = before[first - 1].start if first and before[first - 1].low in ("in", "with") else name.start
    possessive = 1 if before[owner].text[-1] in "'’" else 2
    return Cue(Span(start, before[-1].end), Span(name.start, name.end - possessive))


def _before(before: Sequence[_Token], opening: str) -> Cue | None:
    """`Qin said that “…”` · `According to CCTV, “…”` · `Qin: “…”`: the nearest of them that has a name."""
    if before and before[-1].text == ":":
        name = [token for token in before[:-1] if token.word or token.text != "."]
        if 0 < len(name) <= 5 and all(token.word and token.text[0].isupper() for token in name):
            speaker = Span(name[0].start, name[-1].end)
            return Cue(speaker, speaker)
    if before and before[-1].low == "made" and any(word in saying.SPEECH for word in opening.casefold().split()[:4]):
        return _name_and_verb(before, len(before) - 1)
    for index in reversed(range(len(before))):
        token = before[index]
        if token.low in saying.SAYING:
            cue = _name_and_verb(before, index)
            if cue is None and index and before[index - 1].text in "”\"’'»“,，":
                cue = _verb_and_name(before, index)
            if cue is not None:
                return cue
        elif credit := _credit(before, index):
            return credit
    return None


def _rest(after: Sequence[_Token]) -> Cue | None:
    """`“…” of the matter, Qin said.` · `“…” of the matter, according to CCTV.`"""
    for index, token in enumerate(after):
        if credit := _credit(after, index):
            return credit
        if token.low in saying.SAYING:
            cue = _name_and_verb(after, index)
            comma = cue is not None and any(t.text in ",，" and t.end <= cue.speaker.start for t in after)
            last = index + 1 >= len(after) or after[index + 1].text in ",，"
            if cue is not None and comma and last:
                return cue
    return None


def _carried(text: str, last: Quoted, passage: Quoted) -> Cue | None:
    """`“One.” Qin said. “Two.”`: a passage that begins its own sentence goes on with the speaker of the one before."""
    if not 0 <= passage.span.start - last.span.end <= AFTER or not last.closed:
        return None
    between = _tokens(text, Span(last.span.end, passage.span.start))[1:-1]
    if not between or not _ends_sentence(between, len(between) - 1):
        return None
    pause = _pauses(text, last)
    first = _first_sentence(between)
    return _beside(between, pause=pause) if len(first) == len(between) - 1 else None


def _unclosed(text: str, passage: Quoted) -> Cue | None:
    """`“…, Miller said.`: of marks that are never closed, a speaker named after the last comma."""
    if passage.closed or passage.continues:
        return None
    tokens = _tokens(text, Span(max(passage.span.start, passage.span.end - AFTER), passage.span.end))
    commas = [index for index, token in enumerate(tokens) if token.text in ",，"]
    for comma in commas[-1:] if tokens and tokens[-1].text not in ",，" else commas[-2:-1]:
        for index in range(comma + 1, len(tokens)):
            if tokens[index].low in saying.SAYING:
                return _name_and_verb(tokens[comma + 1 :], index - comma - 1) or _verb_and_name(tokens, index)
    return None


def _eastern(left: str, start: int) -> Cue | None:
    """`市长说：“…”`"""
    match = _EAST.search(left[-40:])
    if match is None or not re.match(UNSPACED, match[1][0]):
        return None
    at = start + len(left) - len(left[-40:])
    return Cue(Span(at + match.start(), at + match.end(1)), Span(at + match.start(1), at + match.end(1)))


# ---- names ---------------------------------------------------------------------------------------------------------


def _name_and_verb(tokens: Sequence[_Token], verb: int) -> Cue | None:
    """The name before a verb: `Qin also said`, `Wang, China’s top diplomat, said`."""
    index = verb - 1
    while index >= 0 and (
        tokens[index].low in saying.BESIDE_VERB or (tokens[index].word and tokens[index].low[-2:] == "ly")
    ):
        index -= 1
    if index >= 0 and tokens[index].text == ",":
        commas = (at for at in reversed(range(max(0, index - 16), index)) if tokens[at].text == ",")
        index = next(commas, 0) - 1
    name = _name_back(tokens, index)
    out = verb + 1 < len(tokens) and tokens[verb].low.startswith("point") and tokens[verb + 1].low == "out"
    return Cue(Span(name.start, tokens[verb + out].end), name) if name else None


def _name_back(tokens: Sequence[_Token], last: int) -> Span | None:
    """The name that ends with the token `last`, back to where its clause begins."""
    first = last
    while first >= 0 and _within_name(tokens, first) and tokens[first].low not in saying.JOINS:
        first -= 1
        if last - first > _LONGEST:
            return None
    name = [token for token in tokens[first + 1 : last + 1] if token.word]
    if name and name[0].low in saying.ENDS_NAME:  # "On Monday Qin"
        name = name[1:]
        while name and (name[0].low in saying.DAYS or name[0].text.isdigit()):
            name = name[1:]
    return _named(name)


def _verb_and_name(tokens: Sequence[_Token], verb: int) -> Cue | None:
    """The name after a verb: `said the mayor`."""
    name = _name_on(tokens, verb + 1, saying.ENDS_NAME | saying.JOINS)
    return Cue(Span(tokens[verb].start, name.end), name) if name else None


def _name_on(tokens: Sequence[_Token], first: int, ends: Collection[str]) -> Span | None:
    """The name that begins with the token `first`."""
    last = first
    while last < len(tokens) and _within_name(tokens, last) and tokens[last].low not in ends:
        last += 1
        if last - first > _LONGEST:
            return None
    return _named([token for token in tokens[first:last] if token.word])


def _within_name(tokens: Sequence[_Token], index: int) -> bool:
    return tokens[index].word or (tokens[index].text == "." and _abbreviates(tokens, index))


def _named(name: Sequence[_Token]) -> Span | None:
    """The span of words that can be a speaker; None of those that cannot."""
    words = [token.low for token in name]
    if not words or words[0] in saying.NOBODY or all(word in saying.ARTICLES for word in words):
        return None
    known = words[0] in saying.ARTICLES or words[0] in saying.PRONOUNS or not name[0].text[0].islower()
    if not known and len(name) > 3:
        return None
    return Span(name[0].start, name[-1].end)


def _credit(tokens: Sequence[_Token], index: int) -> Cue | None:
    """`according to a readout by the U.S. state department`, where it begins at a token."""
    for words in saying.CREDITS.get(tokens[index].low, ()) if index < len(tokens) else ():
        end = index + len(words)
        if tuple(token.low for token in tokens[index:end]) == words:
            name = _name_on(tokens, end, saying.ENDS_CREDIT)
            return Cue(Span(tokens[index].start, name.end), name) if name else None
    return None
