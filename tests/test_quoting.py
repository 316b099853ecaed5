"""What a page prints of an article is the article's own slice, and what is left out or put in is marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import analysis_of, article_of, quotation_of, sample, scalar, small, source_of

from builder.analysis import Analysis
from builder.analysis.coverage import Coverage
from builder.anchor import find_quotation
from builder.article import Article, Paragraph, Zone
from builder.model import Passage, Stance
from builder.quoting import NARROW, anchor_of, excerpt_of, label_of, segments_of
from builder.text import Span, count_words
from builder.views import Segment

TEXT = "The ministers met on Thursday in Geneva. They said “little”, and can’t say more. The end came — late."
ARTICLE = article_of(TEXT)


def passage(exact: str, *key: str, article: Article = ARTICLE, allow: str = "negation") -> Passage:
    checked = find_quotation(article, source_of(), quotation_of(exact, key=key, allow=[allow]))
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def kinds(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [(segment.kind, segment.text) for segment in segments]


# ---- quotations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exact", "key", "segments"),
    [
        ("met on Thursday in Geneva", [], [("text", "met on Thursday in Geneva")]),
        ("met on Thursday in Geneva", ["Thursday"], [("text", "met on "), ("key", "Thursday"), ("text", " in Geneva")]),
        ("met on Thursday", ["met"], [("key", "met"), ("text", " on Thursday")]),
        ("met on Thursday", ["Thursday"], [("text", "met on "), ("key", "Thursday")]),
        ("met on Thursday", ["met on Thursday"], [("key", "met on Thursday")]),
        ("met on Thursday", ["Thursday", "met"], [("key", "met"), ("text", " on "), ("key", "Thursday")]),
        # Keys that overlap are tinted once.
        ("met on Thursday", ["met on", "on Thursday"], [("key", "met on"), ("key", " Thursday")]),
        ("met on Thursday", ["met on Thursday", "on"], [("key", "met on Thursday")]),
        ("met on Thursday", ["on", "on"], [("text", "met "), ("key", "on"), ("text", " Thursday")]),
        # The article's own marks are printed, whatever the curator typed.
        ('said "little", and can\'t', [], [("text", "said “little”, and can’t")]),
        ("came - late", ["-"], [("text", "came "), ("key", "—"), ("text", " late")]),
        # Omissions and insertions.
        ("The ministers […] in Geneva", [], [("text", "The ministers"), ("gap", " […] "), ("text", "in Geneva")]),
        ("The ministers [...] in Geneva", [], [("text", "The ministers"), ("gap", " [...] "), ("text", "in Geneva")]),
        ("The ministers [Blinken] met", [], [("text", "The ministers"), ("insertion", " [Blinken] "), ("text", "met")]),
        ("[t]he ministers met", [], [("insertion", "[t]"), ("text", "he ministers met")]),
        ("They said [nothing]", [], [("text", "They said"), ("insertion", " [nothing]")]),
        (
            "[The men] met on […] in Geneva",
            ["met", "Geneva"],
            [
                ("insertion", "[The men] "),
                ("key", "met"),
                ("text", " on"),
                ("gap", " […] "),
                ("text", "in "),
                ("key", "Geneva"),
            ],
        ),
    ],
)
def test_a_quotation_is_printed_in_segments(exact: str, key: list[str], segments: list[tuple[str, str]]) -> None:
    assert kinds(segments_of(ARTICLE, passage(exact, *key))) == segments


def test_with_context_the_words_around_come_first_and_last() -> None:
    segments = segments_of(ARTICLE, passage("met on Thursday"), context=True)
    assert kinds(segments) == [("context", "The ministers "), ("text", "met on Thursday"), ("context", " in Geneva.")]


def passages(analysis: Analysis) -> list[Passage]:
    anchored = analysis.anchored
    found = [*anchored.evidence.values(), *anchored.events.values()]
    return [p for group in found for p in group] + [*anchored.horizons.values(), *anchored.outlooks.values()]


def test_the_segments_of_every_passage_are_what_is_quoted() -> None:
    analysis = sample()
    assert len(passages(analysis)) > 100
    for one in passages(analysis):
        article = analysis.anchored.articles[one.source]
        segments = segments_of(article, one)
        assert "".join(segment.text for segment in segments) == one.quoted(article.text)
        assert all(segment.text for segment in segments)
        assert "context" not in [segment.kind for segment in segments]
        keyed = "".join(segment.text for segment in segments if segment.kind == "key")
        assert keyed or not one.keys
        assert all(
            any(part in key.of(article.text) for key in one.keys) for part in keyed.split() if len(one.keys) == 1
        )


def test_context_is_the_articles_own_and_directly_beside() -> None:
    analysis = sample()
    for one in passages(analysis):
        text = analysis.anchored.articles[one.source].text
        segments = segments_of(analysis.anchored.articles[one.source], one, context=True)
        bare = segments_of(analysis.anchored.articles[one.source], one)
        before = segments[0].text if segments[0].kind == "context" else ""
        after = segments[-1].text if segments[-1].kind == "context" else ""
        assert text[: one.span.start].endswith(before)
        assert text[one.span.end :].startswith(after)
        assert segments[before != "" : len(segments) - (after != "")] == bare


@given(st.data())
def test_any_quotation_is_printed_as_it_is_quoted(data: st.DataObject) -> None:
    words = [*re.finditer(r"\S+", TEXT)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    exact = TEXT[words[first].start() : words[last].end()]
    if last - first > 2 and data.draw(st.booleans()):
        inside = data.draw(st.integers(first + 1, last - 1))
        before, after = (
            TEXT[words[first].start() : words[inside].start()],
            TEXT[words[inside].end() : words[last].end()],
        )
        exact = f"{before}[…]{after}"
    found = find_quotation(ARTICLE, source_of(), quotation_of(exact, allow=["negation"])).value
    if found is None:  # a single word may stand twice
        return
    segments = segments_of(ARTICLE, found)
    assert "".join(segment.text for segment in segments) == found.quoted(TEXT)
    at = 0
    for segment in segments:
        if segment.kind in ("text", "key"):
            at = TEXT.index(segment.text, at) + len(segment.text)


# ---- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "number", "anchor", "label"),
    [
        (Zone.BODY, 1, "p1", f"¶{NARROW}1"),
        (Zone.BODY, 12, "p12", f"¶{NARROW}12"),
        (Zone.HEADLINE, 1, "headline", "Headline"),
        (Zone.HEADLINE, 2, "headline-2", "Headline 2"),
        (Zone.CAPTION, 1, "caption", "Caption"),
        (Zone.CAPTION, 3, "caption-3", "Caption 3"),
    ],
)
def test_a_paragraph_has_an_anchor_and_a_label(zone: Zone, number: int, anchor: str, label: str) -> None:
    paragraph = Paragraph(Span(0, 1), zone, number)
    assert (anchor_of(paragraph), label_of(paragraph)) == (anchor, label)


def test_no_two_paragraphs_share_an_anchor() -> None:
    for article in sample().anchored.articles.values():
        anchors = [anchor_of(paragraph) for paragraph in article.paragraphs]
        assert len(set(anchors)) == len(anchors)


# ---- excerpts ---------------------------------------------------------------------------------------------------


def excerpt(*shown: str, keys: dict[str, Stance] | None = None) -> list[tuple[str, str, str]]:
    """The excerpt of the only paragraph of TEXT, of which `shown` is shown."""
    spans = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in shown)
    marked = {Span(TEXT.index(w), TEXT.index(w) + len(w)): stance for w, stance in (keys or {}).items()}
    segments = excerpt_of(ARTICLE, ARTICLE.paragraphs[0], Coverage(spans, 0, 0), marked)
    return [(segment.kind, segment.text, segment.stance) for segment in segments]


@pytest.mark.parametrize(
    ("shown", "segments"),
    [
        ([], []),
        ([TEXT], [("text", TEXT)]),
        (["met on Thursday"], [("gap", "[…\u00a02] "), ("text", "met on Thursday"), ("gap", " […\u00a013]")]),
        (["The ministers"], [("text", "The ministers"), ("gap", " […\u00a016]")]),
        (["late."], [("gap", "[…\u00a017] "), ("text", "late.")]),
        (["late"], [("gap", "[…\u00a017] "), ("text", "late"), ("text", ".")]),
        (
            ["met", "on Thursday"],
            [("gap", "[…\u00a02] "), ("text", "met"), ("text", " "), ("text", "on Thursday"), ("gap", " […\u00a013]")],
        ),
        (
            ["ministers", "Geneva"],
            [
                ("gap", "[…\u00a01] "),
                ("text", "ministers"),
                ("gap", " […\u00a04] "),
                ("text", "Geneva"),
                ("gap", " […\u00a011]"),
            ],
        ),
    ],
)
def test_an_excerpt_shows_what_is_quoted_and_counts_the_words_left_out(
    shown: list[str], segments: list[tuple[str, str]]
) -> None:
    assert [(kind, text) for kind, text, _ in excerpt(*shown)] == segments


def test_key_words_of_an_excerpt_carry_their_stance() -> None:
    keys = {"met": Stance.SUPPORTS, "Thursday": Stance.CONTRADICTS, "late": Stance.QUALIFIES}
    assert excerpt("met on Thursday", keys=keys)[1:-1] == [
        ("key", "met", "supports"),
        ("text", " on ", ""),
        ("key", "Thursday", "contradicts"),
    ]


def test_excerpts_are_slices_in_their_order_and_gaps_say_how_much_is_left_out() -> None:
    analysis = sample()
    shown = 0
    for id_, article in analysis.anchored.articles.items():
        for paragraph in article.paragraphs:
            segments = excerpt_of(article, paragraph, analysis.coverage[id_], {})
            check_excerpt(paragraph.span.of(article.text), segments)
            shown += bool(segments)
    assert shown > 30


def check_excerpt(text: str, segments: tuple[Segment, ...]) -> None:
    """The segments are slices of `text` in order, and each gap counts the words between its neighbours."""
    pattern = "".join("(.+?)" if s.kind == "gap" else re.escape(s.text) for s in segments)
    match = re.fullmatch(pattern, text, re.DOTALL)
    assert match or not segments
    gaps = [segment.text for segment in segments if segment.kind == "gap"]
    for gap in gaps:
        assert re.fullmatch(r" ?\[…\u00a0[1-9]\d*\] ?", gap)
    if match and len(gaps) == 1:
        assert gaps[0].strip() == f"[…\u00a0{count_words(match[1])}]"


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=4))
def test_any_excerpt_is_made_of_slices_in_their_order(ends: list[tuple[int, int]]) -> None:
    points = sorted({point for pair in ends for point in pair})
    spans = tuple(Span(one, other) for one, other in zip(points[::2], points[1::2], strict=False))
    segments = excerpt_of(ARTICLE, ARTICLE.paragraphs[0], Coverage(spans, 0, 0), {})
    check_excerpt(TEXT, segments)
    assert (segments == ()) is (spans == ())
    shown = "".join(segment.text for segment in segments if segment.kind != "gap")
    for span in spans:
        assert span.of(TEXT) in shown


def test_nothing_is_shown_of_a_paragraph_that_nobody_quotes() -> None:
    text = f"One paragraph that is long.{' It goes on.' * 10}\nAnother one, quoted.\n"
    files = small(
        one=text,
        sources=analysis_sources(text),
        claims='c: {claim: C., topic: talks, evidence: {one: {stance: supports, quote: "one, quoted"}}}\n',
        timeline="",
    )
    analysis = analysis_of(files)
    article = analysis.anchored.articles["one"]
    first, second = (excerpt_of(article, p, analysis.coverage["one"], {}) for p in article.paragraphs)
    assert first == ()
    assert "".join(segment.text for segment in second) == "Another one, quoted."


def analysis_sources(text: str) -> str:
    words = text.split()
    return (
        f"sources:\n  one: {{siglum: A, article: one.txt, body: [{scalar(' '.join(words[:2]))}, {scalar(words[-1])}], "
        "full_text: yes}\n"
    )
