"""Whose words a passage inside quotation marks is said to be: the words of its sentence that name the speaker.

A cue is a verb of saying with the words that are its subject ("Qin added", "said the mayor"), or the credit of an
outlet or a readout ("according to CCTV"). It is looked for in the sentence that holds the passage and nowhere else;
only a passage that is a sentence of its own may have that of the one before, directly beside both. Where the sentence
names nobody there is none. Offsets are code points, spans half-open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.extracting.quotemarks import Quoted
from builder.extracting.speakers import (
    LONGEST,
    SENTENCE_ENDS,
    Token,
    abbreviates,
    ends_sentence,
    first_sentence,
    last_sentence,
    name_back,
    name_on,
    named,
    tokens_in,
)
from builder.language import saying
from builder.text import Span, unspaced

BEFORE = 400
"""Code points before a passage that are looked at."""
AFTER = 200
"""Code points after it."""
MOST = 2000
"""Passages of one text that cues are looked for."""

_INSIDE = "\0"
"""Stands for every character inside quotation marks: their words name no speaker."""
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
        ends = text[span.end - 1] if text[span.end - 1] in SENTENCE_ENDS or text[span.end - 1] in ",，" else _INSIDE
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
    before = last_sentence(tokens_in(text, Span(start, start + len(left))))
    after = tokens_in(text, right) if passage.closed else []
    if after and not after[0].word:
        after = after[1:]  # the mark itself
    pause = _pauses(article, passage)
    return (
        _beside(after, pause=pause)
        or _in_words_of(before)
        or _before(before, article[passage.span.start : passage.span.start + 60])
        or _rest(first_sentence(after))
        or _eastern(left, start)
    )


def _pauses(text: str, passage: Quoted) -> bool:
    """Whether a passage ends with a comma or a stop, before the marks that it may close itself."""
    return text[max(passage.span.start, passage.span.end - 4) : passage.span.end].rstrip("’'”\"»›")[-1:] in tuple(
        ",.!?…，"
    )


# ---- ways to name a speaker ----------------------------------------------------------------------------------------


def _beside(after: Sequence[Token], *, pause: bool) -> Cue | None:
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
    for index, token in enumerate(after[: LONGEST + 4]):
        if not token.word and not (token.text == "." and abbreviates(after, index)):
            return None
        if token.low in saying.SAYING:
            cue = _name_and_verb(after, index)
            return cue if cue and cue.speaker.start == after[0].start else None
    return None


def _in_words_of(before: Sequence[Token]) -> Cue | None:
    """`in Qin’s words “…”`"""
    while before and before[-1].text in "-–—:,":
        before = before[:-1]
    owner = len(before) - 2
    if owner < 0 or before[-1].low not in ("words", "word") or before[owner].low[-2:] not in ("'s", "’s", "s'", "s’"):
        return None
    first = owner
    while first > 0 and before[first - 1].word and before[first - 1].low not in saying.ENDS_NAME | saying.JOINS:
        first -= 1
    name = named(before[first : owner + 1])
    if name is None:
        return None
    start = before[first - 1].start if first and before[first - 1].low in ("in", "with") else name.start
    possessive = 1 if before[owner].text[-1] in "'’" else 2
    return Cue(Span(start, before[-1].end), Span(name.start, name.end - possessive))


def _before(before: Sequence[Token], opening: str) -> Cue | None:
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


def _rest(after: Sequence[Token]) -> Cue | None:
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
    between = tokens_in(text, Span(last.span.end, passage.span.start))[1:-1]
    if not between or not ends_sentence(between, len(between) - 1):
        return None
    pause = _pauses(text, last)
    first = first_sentence(between)
    return _beside(between, pause=pause) if len(first) == len(between) - 1 else None


def _unclosed(text: str, passage: Quoted) -> Cue | None:
    """`“…, Miller said.`: of marks that are never closed, a speaker named after the last comma."""
    if passage.closed or passage.continues:
        return None
    tokens = tokens_in(text, Span(max(passage.span.start, passage.span.end - AFTER), passage.span.end))
    commas = [index for index, token in enumerate(tokens) if token.text in ",，"]
    for comma in commas[-1:] if tokens and tokens[-1].text not in ",，" else commas[-2:-1]:
        for index in range(comma + 1, len(tokens)):
            if tokens[index].low in saying.SAYING:
                return _name_and_verb(tokens[comma + 1 :], index - comma - 1) or _verb_and_name(tokens, index)
    return None


def _eastern(left: str, start: int) -> Cue | None:
    """`市长说：“…”`"""
    match = _EAST.search(left[-40:])
    if match is None or not unspaced(match[1][0]):
        return None
    at = start + len(left) - len(left[-40:])
    return Cue(Span(at + match.start(), at + match.end(1)), Span(at + match.start(1), at + match.end(1)))


# ---- names ---------------------------------------------------------------------------------------------------------


def _name_and_verb(tokens: Sequence[Token], verb: int) -> Cue | None:
    """The name before a verb: `Qin also said`, `Wang, China’s top diplomat, said`."""
    index = verb - 1
    while index >= 0 and (
        tokens[index].low in saying.BESIDE_VERB or (tokens[index].word and tokens[index].low[-2:] == "ly")
    ):
        index -= 1
    if index >= 0 and tokens[index].text == ",":
        commas = (at for at in reversed(range(max(0, index - 16), index)) if tokens[at].text == ",")
        index = next(commas, 0) - 1
    name = name_back(tokens, index)
    out = verb + 1 < len(tokens) and tokens[verb].low.startswith("point") and tokens[verb + 1].low == "out"
    return Cue(Span(name.start, tokens[verb + out].end), name) if name else None


def _verb_and_name(tokens: Sequence[Token], verb: int) -> Cue | None:
    """The name after a verb: `said the mayor`."""
    name = name_on(tokens, verb + 1, saying.ENDS_NAME | saying.JOINS)
    return Cue(Span(tokens[verb].start, name.end), name) if name else None


def _credit(tokens: Sequence[Token], index: int) -> Cue | None:
    """`according to a readout by the U.S. state department`, where it begins at a token."""
    for words in saying.CREDITS.get(tokens[index].low, ()) if index < len(tokens) else ():
        end = index + len(words)
        if tuple(token.low for token in tokens[index:end]) == words:
            name = name_on(tokens, end, saying.ENDS_CREDIT)
            return Cue(Span(tokens[index].start, name.end), name) if name else None
    return None
