"""Silence: how it is known, on every page, and never told as denial."""

import csv
import io
import json
import re

import pytest
from samples import CLAIMS, ROOT, SOURCES, analysis_of, sample, small

from builder.analysis import Analysis
from builder.analysis.matrix import Silence, could_know, silence_of
from builder.build import ANY_SITE, build_briefing
from builder.dates import parse_date, parse_offset
from builder.model import Event
from builder.render import environment

TEMPLATES = environment(ROOT / "templates")
ALONE = CLAIMS.partition("    two:")[0]
"""The small site's claim, with the second source silent."""


def silent(entry: str = "", *, dates: str = "", event: str = "2024-05-02") -> Analysis:
    """The small site with its second source silent: what is written of that, and what is known of its text."""
    sources = SOURCES.replace("siglum: B\n", f"siglum: B\n{dates}")
    timeline = f'meeting: {{title: They meet, date: "{event}", evidence: {{one: met on Thursday}}}}\n'
    claims = ALONE + (f"    two: {entry}\n" if entry else "")
    return analysis_of(small(sources=sources, claims=claims, timeline=timeline))


OPEN = '    known_through: "2024-05-01"\n'
"""A text that ends the day before and shows no limit of when it was written."""
BEFORE, AFTER = f'{OPEN}    published: "2024-05-02"\n', '    known_through: "2024-05-03"\n'


@pytest.mark.parametrize(
    ("entry", "dates", "kind"),
    [
        ("", BEFORE, Silence.PREDATES),
        ("", AFTER, Silence.OMITTED),
        ("", "", Silence.UNKNOWN),
        ("", OPEN, Silence.UNKNOWN),
        ("{stance: silent}", OPEN, Silence.UNKNOWN),
        ("{stance: silent}", BEFORE, Silence.PREDATES),
        ("{stance: silent}", AFTER, Silence.OMITTED),
        ("{stance: silent, because: omitted}", BEFORE, Silence.STATED),
        ("{stance: silent, because: predates}", "", Silence.STATED),
        ("{stance: silent, note: No word of it.}", AFTER, Silence.STATED),
        ("{stance: silent, quote: It went well}", AFTER, Silence.STATED),
        ('{stance: supports, quote: "talked in Geneva, Thursday"}', BEFORE, None),
    ],
)
def test_every_silence_has_its_kind(entry: str, dates: str, kind: Silence | None) -> None:
    assert silent(entry, dates=dates).matrix.rows[0].cells[1].silence is kind


@pytest.mark.parametrize(
    ("last", "event", "offset", "known"),
    [
        (None, "2024-05-02", "+00:00", None),
        ("2024-05-01", "2024-05-02", "+00:00", False),
        ("2024-05-02", "2024-05-02", "+00:00", True),
        ("2024-05", "2024-05-20", "+00:00", True),
        # An event whose beginning is not known: only a text that reaches its end surely could know of it.
        ("2024-05-01", "[..2024-05-02]", "+00:00", None),
        ("2024-05-02", "[..2024-05-02]", "+00:00", True),
        ("2020", "../2024", "+00:00", None),
        # An event on some day from a first one on: a text from before that day cannot know.
        ("2024-05-01", "[2024-05-02..]", "+00:00", False),
        ("2024-05-09", "[2024-05-02..]", "+00:00", True),
        # A text that knows of nothing before a day, and perhaps of more.
        ("[2024-05-03..]", "2024-05-02", "+00:00", True),
        ("[2024-05-01..]", "2024-05-02", "+00:00", None),
        ("[..2024-05-01]", "2024-05-02", "+00:00", False),
        # The clock of the place.
        ("2024-05-01T20:00Z", "2024-05-02", "+08:00", True),
        ("2024-05-01T20:00Z", "2024-05-02", "+00:00", False),
    ],
)
def test_whether_a_text_could_know_is_said_only_where_the_dates_tell(
    last: str | None, event: str, offset: str, known: bool | None
) -> None:
    dates = f'    known_through: "{last}"\n    published: "2024-05-09"\n' if last else ""
    briefing = silent(dates=dates).anchored.briefing
    happened = Event("e", "E", parse_date(event), None, False, (), None, briefing.events[0].place)
    assert could_know(briefing.sources[1], happened, parse_offset(offset)) is known
    kinds = {True: Silence.OMITTED, False: Silence.PREDATES, None: Silence.UNKNOWN}
    assert silence_of(briefing.sources[1], happened, parse_offset(offset)) is kinds[known]


def test_a_text_without_a_date_could_not_know_of_what_it_says_lies_ahead() -> None:
    ahead = "    looks_ahead: {event: meeting, quote: It went well}\n"
    analysis = silent(dates=ahead)
    (event,) = analysis.anchored.briefing.events
    source = analysis.anchored.briefing.sources[1]
    assert could_know(source, event, parse_offset("+00:00")) is False
    assert silence_of(source, event, parse_offset("+00:00")) is Silence.PREDATES
    other = Event("other", "E", event.date, None, False, (), None, event.place)
    assert could_know(source, other, parse_offset("+00:00")) is None


@pytest.mark.parametrize(
    ("entry", "dates", "words"),
    [
        ("", BEFORE, "Knows of nothing after 1 May 2024"),
        ("", AFTER, "Leaves it out"),
        ("", "", "Not known whether it could know"),
        ("", OPEN, "Knows of nothing after 1 May 2024, and may be younger"),
        ("{stance: silent, because: omitted}", BEFORE, "Leaves it out, as the curator states"),
        ("{stance: silent, because: predates}", "", "Ends before it, as the curator states"),
        ("{stance: silent, note: No word of it.}", AFTER, "As the curator states"),
        ("{stance: silent, note: It ends the day before.}", BEFORE, "Knows of nothing after 1 May 2024"),
    ],
)
def test_a_silence_is_told_in_words_wherever_it_is_shown(entry: str, dates: str, words: str) -> None:
    analysis = silent(entry, dates=dates)
    files = {file.path: file.data.decode() for file in build_briefing(analysis, ANY_SITE, TEMPLATES).files}
    for page in ("claims/met.html", "sources/two.html"):
        assert re.search(rf">{re.escape(words)} ?<", files[f"case/{page}"])
    plain = words in ("Leaves it out", "As the curator states")  # the matrix says no more of it than that it is silent
    assert (f">{words}<" in files["case/matrix.html"]) == (not plain)
    label = {"K": "Ends before", "L": "Left out", "N": "Cannot be told"}[words[0]] if not entry else "Stated"
    label = "Cannot be told" if dates == OPEN else label
    assert f'<th scope="col">{label}</th>' in files["case/coverage.html"]


def test_the_data_say_what_a_silence_is_taken_for_and_how_that_is_known() -> None:
    files = {file.path: file.data.decode() for file in build_briefing(silent(), ANY_SITE, TEMPLATES).files}
    cells = json.loads(files["case/data/briefing.json"])["claims"][0]["evidence"]
    assert [(cell["because"], cell["silence"]) for cell in cells] == [(None, None), (None, "unknown")]
    rows = list(csv.DictReader(io.StringIO(files["case/data/matrix.csv"])))
    assert [(line["because"], line["silence"]) for line in rows] == [("", ""), ("", "unknown")]


def test_quiet_texts_are_listed_together_by_how_their_silence_is_known() -> None:
    files = {file.path: file.data.decode() for file in build_briefing(sample(), ANY_SITE, TEMPLATES).files}
    for row in sample().matrix.rows:
        page = files[f"blinken-in-beijing/claims/{row.claim.id}.html"]
        ids = re.findall(r'<li id="([^"]+)"', page)
        assert sorted(ids) == sorted(cell.source.id for cell in row.cells)


def test_no_page_calls_silence_a_denial() -> None:
    files = build_briefing(sample(), ANY_SITE, TEMPLATES).files
    for file in files:
        if file.path.endswith(".html"):
            text = file.data.decode().replace("Silence is not denial", "")
            assert not re.search(
                r"\bden(?:ies|ial)\b|conceal|suppress|\bhides?\b",
                re.sub(r"<(q|blockquote).*?</\1>", "", text, flags=re.DOTALL),
            )
