"""An article from outside: its text as a file for seeds/, and what is found out about it.

The text is kept letter by letter; only paragraphs are parted by blank lines, as `text.paragraphs` reads them. What
was not found is said, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile

from builder.intake import stated
from builder.intake.bounds import caption_words, ends_after, ends_of, inline
from builder.intake.htmltree import PageError
from builder.intake.stated import Context, Field
from builder.intake.statements import Statements
from builder.intake.webpage import HEADINGS, Block, Page, read_page
from builder.text import fold_needle, paragraphs, words
from builder.yamldoc import decode

MAX_HEADLINE = 300
"""Code points: what is longer is no headline."""
MAX_WINDOW = 1000
"""Code points of a window's title that are looked at."""
LINKS = 0.75
"""The share of letters in links from which on a paragraph leads elsewhere, and is none of the article's."""
MOST = 0.8
"""The share of the text below a headline from which on what stands above it is none of the article's."""
MAX_CAPTIONS = 50
MAX_TEXT = 1024 * 1024
"""Bytes of an article that seeds/ takes."""

_LEADS = re.compile(
    r"standfirst|lede|\blead\b|\bdeks?\b|subhead|sub-?title|strapline|alternativeheadline|vorspann|chapo\b"
)
"""How pages name what stands between headline and text and belongs to the article."""
_BYLINES = re.compile(r"byline|dateline|\bdate\b|publi|timestamp|\btime\b|author|\bmeta\b|\binfo\b|credits?\b")
"""How pages name the lines below a headline that say who wrote when."""
MAX_BYLINE = 120
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LABELS = frozenset([
    "ad", "ads", "advertisement", "advertorial", "sponsored", "anzeige", "werbung", "publicité", "publicidad",
    "anuncio", "pubblicità", "advertentie", "annons", "annonse", "reklama", "реклама", "广告", "広告",
])  # fmt: skip
"""Lines that say that an advertisement follows."""


class IntakeError(ValueError):
    """Why no article can be taken from what was given, in one line."""


@dataclass(frozen=True)
class Intake:
    """An article as it goes into seeds/, and what is known of it."""

    seed: bytes
    text: str
    """What `seed` reads as."""
    body: tuple[str, str]
    """The first and the last words of the article proper."""
    headline: tuple[str, ...] = ()
    """As printed, and found as such in `text`."""
    proposal: str = ""
    """What may be its headline, where that is not known."""
    captions: tuple[str, ...] = ()
    """Words that stand in the paragraphs which are captions."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    """What a page states: `outlet`, `author`, `url`, `language` and `published`; none for a file of plain text."""
    plain: bool = False
    """Whether it is a text of which nobody knows where the article starts and ends."""
    left_out: tuple[str, ...] = ()
    """Lines, and words within them, that stand amid the text and are taken for none of the article's."""


def from_text(name: str, data: bytes, asked: str = "") -> Intake:
    """An article from a text file, byte for byte; `asked` is its address if it came from the web.

    Raises IntakeError where it is no text in UTF-8.
    """
    if len(data) > MAX_TEXT:
        raise IntakeError(f"{name} is larger than {MAX_TEXT // 1024**2} MiB, which no article is.")
    text = decode(name, data)
    if text.value is None:
        fault = text.diagnostics[0]
        where = f"line {fault.place.line}, column {fault.place.column}"
        raise IntakeError(f"{name}: {fault.message.rstrip('.')} ({where}). {fault.help}")
    if odd := _CONTROL.search(text.value):
        line = text.value.count("\n", 0, odd.start()) + 1
        which = f"the control character U+{ord(odd[0]):04X} (line {line})"
        raise IntakeError(f"{name} holds {which}, which is no text. Save the article as plain text, UTF-8.")
    spans = paragraphs(text.value)
    if not words(text.value):
        raise IntakeError(f"{name} has no words in it.")
    first = inline(spans[0].of(text.value))
    proposal = first if len(first) <= MAX_HEADLINE else ""
    fields = stated.fields(Statements(), Context("", 0, 0, asked)) if asked else {}
    return Intake(data, text.value, ends_of(text.value, 0), proposal=proposal, fields=fields, plain=True)


def from_page(html: str, asked: str = "") -> Intake:
    """The article of a web page; `asked` is its address if it came from the web. Raises IntakeError.

    Needs trafilatura (see htmltree.available).
    """
    try:
        page = read_page(html)
    except PageError as error:
        raise IntakeError(str(error)) from error
    chosen = [one for one in page.article() if _folded(one.text()) not in _LABELS]
    body = [one for one in chosen if not _leads_away(one)]
    first = next((one for one in body if one.tag not in HEADINGS and not one.caption), None)
    if first is None:
        cure = "Copy its text into a .txt file, UTF-8, and add that."
        raise IntakeError(f"No article was found in this page; scripts may write it. {cure}")
    printed = _headline(page, first)
    above, below = _bylines(_body(page, body, printed), {one.at for one in page.statements.times})
    start = below[0].at
    kept = [*_leads(page, printed, start), *below]
    lines = [inline(one.text()) for one in printed]
    text = "\n\n".join([*lines, *(one.text(page.chosen) for one in kept)]) + "\n"
    if len(text.encode()) > MAX_TEXT:
        raise IntakeError(f"The text of this page is larger than {MAX_TEXT // 1024**2} MiB, which no article is.")
    ends, apart = ends_after(text, lines)
    found = page.statements
    said = [title for title in [*lines, *stated.headlines(found)] if title.strip() and len(title) <= MAX_HEADLINE]
    context = Context(lines[0] if lines else "", printed[0].at if printed else start, start, asked)
    captions = [one.text(page.chosen) for one in kept if one.caption][:MAX_CAPTIONS]
    return Intake(
        text.encode(),
        text,
        ends,
        tuple(lines) if apart else (),
        "" if apart else next(iter(said), ""),
        tuple(caption_words(text, lines if apart else (), ends, captions)),
        stated.fields(found, context),
        left_out=tuple(_left_out(page, [*above, *filter(_leads_away, chosen)], kept, context.start)),
    )


def _folded(text: str) -> str:
    return fold_needle(inline(text)).casefold()


def _headline(page: Page, first: Block) -> list[Block]:
    """The headline as the page prints it, and its second line: a heading below it that belongs to no section.

    It is what the page states as its headline, else a line before the text that stands in the title of the window, a
    heading if possible, else the last <h1>.
    """
    fitting = [(at, one) for at, one in enumerate(page.blocks) if 0 < len(inline(one.text())) <= MAX_HEADLINE]
    said = {_folded(value) for value in stated.headlines(page.statements)}
    window = _folded(page.statements.title[:MAX_WINDOW])
    sites = {_folded(value) for value in page.statements.meta.get("og:site_name", ())}
    before = [pair for pair in reversed(fitting) if pair[1].at <= first.at and _folded(pair[1].text()) not in sites]
    same = [pair for pair in fitting if _folded(pair[1].text()) in said]
    named = sorted((pair for pair in before if _in_window(window, _folded(pair[1].text()))), key=_length, reverse=True)
    order = [
        *(pair for pair in same if pair[1].tag == "h1"),
        *(pair for pair in same if pair[1].at <= first.at),
        *(pair for pair in named if pair[1].tag in HEADINGS),
        *(pair for pair in before if pair[1].tag == "h1"),
        *named,
    ]
    if not order:
        return []
    at, one = order[0]
    below = page.blocks[at + 1 : at + 2]
    second = [
        two
        for two in below
        if two.tag in HEADINGS and two.at < first.at and len(two.text()) <= MAX_HEADLINE and not two.share(page.chosen)
    ]
    return [one, *second]


def _length(pair: tuple[int, Block]) -> int:
    return len(pair[1].text())


def _in_window(window: str, line: str) -> bool:
    """Whether a window's title is this line, or it with the outlet's name before or after it, behind a sign."""
    sign = r"\s*[-|:·»•]\s*"
    return bool(line) and re.fullmatch(f"(?:.*{sign})?{re.escape(line)}(?:{sign}.*)?", window) is not None


def _bylines(body: list[Block], times: Set[int]) -> tuple[list[Block], list[Block]]:
    """The lines above the text that say who wrote when, and the rest; without headings that nothing follows.

    `times` are the steps where a <time> stands.
    """

    def is_byline(one: Block) -> bool:
        named = _BYLINES.search(one.names) is not None or one.at in times
        return named and one.tag not in HEADINGS and len(one.text()) <= MAX_BYLINE

    tops = list(takewhile(lambda one: is_byline(one) or _LEADS.search(one.names), body))
    above = [one for one in tops if is_byline(one)] if len(tops) < len(body) else []
    rest = [*(one for one in tops if not (above and is_byline(one))), *body[len(tops) :]]
    while len(rest) > 1 and rest[-1].tag in HEADINGS:
        rest = rest[:-1]
    return above, rest


def _left_out(page: Page, blocks: Sequence[Block], kept: Sequence[Block], start: int) -> Iterator[str]:
    """Whole blocks below the headline, and words within those that are kept."""
    yield from (inline(one.text()) for one in blocks if one.at > start)
    yield from (words for one in kept if (words := inline(one.dropped(page.chosen))))


def _leads_away(block: Block) -> bool:
    return block.links >= LINKS and block.tag not in HEADINGS


def _body(page: Page, chosen: Sequence[Block], headline: Sequence[Block]) -> list[Block]:
    """The article's blocks without its headline, and without the little that stands above that."""
    titles = {_folded(one.text()) for one in headline}
    body = [one for one in chosen if _folded(one.text(page.chosen)) not in titles] or list(chosen)
    below = [one for one in body if not headline or one.at >= headline[-1].at]
    most = sum(len(one.text()) for one in below) >= MOST * sum(len(one.text()) for one in body)
    return below if below and most else body


def _leads(page: Page, headline: Sequence[Block], start: int) -> list[Block]:
    """What stands between headline and text, belongs to the article, and was not chosen."""
    between = [one for one in page.blocks if headline and headline[-1].at < one.at < start]
    return [one for one in between if _LEADS.search(one.names) and not one.share(page.chosen) and not _leads_away(one)]
