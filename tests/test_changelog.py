"""Changes in words that harm neither a terminal nor a page of GitHub's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builder.changes import Change, Changes, Group, Section, Sign
from builder.changes.changelog import MOST, NOTHING, as_markdown, as_text
from builder.changes.rewording import Kind, Line, Piece, name, ours, reworded, theirs

GITHUB = MarkdownIt("gfm-like", {"linkify": False}).enable(["table", "strikethrough"])


def changes_of(*lines: Line, notes: tuple[Line, ...] = ()) -> Changes:
    section = Section((name("case"),), (Group("Claims", tuple(Change(Sign.CHANGED, line) for line in lines)),))
    return Changes("main", "the working tree", (section,) if lines else (), notes)


def rendered(text: str) -> str:
    html: str = GITHUB.render(text)
    return html


def test_without_changes_both_say_so() -> None:
    assert as_text(changes_of()) == NOTHING
    assert as_markdown(changes_of()) == f"{NOTHING}\n"


def test_text_marks_what_is_gone_and_what_has_come_without_colour() -> None:
    assert as_text(changes_of(reworded("six years", "seven years"))).splitlines() == [
        "case",
        "  Claims",
        "  ~ [-six-] {+seven+} years",
        "",
        "1 change that a reader would notice.",
    ]


def test_colours_are_put_around_what_was_made_safe() -> None:
    painted = as_text(changes_of((Piece(Kind.COME, "a\x1bb"),)), lambda kind, text: f"<{kind.name}>{text}")
    assert "<COME>{+a\\u001bb+}" in painted


def test_markdown_is_a_list_under_headings() -> None:
    html = rendered(as_markdown(changes_of(reworded("six years", "seven years"))))
    assert "<h3><code>case</code></h3>" in html
    assert "<li><s>six</s> <strong>seven</strong> years</li>" in html


def test_what_is_new_and_what_is_removed_is_called_so() -> None:
    group = Group("Claims", (Change(Sign.ADDED, (ours("a"),), ((ours("why"),),)), Change(Sign.REMOVED, (ours("b"),))))
    text = as_markdown(Changes("one", "two", (Section((ours("The site"),), (group,)),)))
    assert "- **New:** a\n  - why\n- **Removed:** b\n" in text
    assert text.startswith("Between `one` and `two`: 2 changes that a reader would notice.\n")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- hidden -->",
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "https://evil.example/path",
    "HTTP://EVIL.example",
    "www.evil.example",
    "<https://evil.example>",
    "[x][y] [^1] [ ] [x]",
    "@octocat @org/team someone@evil.example",
    "#12 owner/repo#12 GH-12 gh-12",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "*bold* _em_ **b** __u__ ~~s~~ `code` ``x``",
    "| a | b |",
    "&lt;b&gt; &amp; &#64;octocat",
    "$x$ $$y$$ `$x$`",
    ":tada: :+1:",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "\\",
    "back\\*slash\\",
    "line\nbreak\r\nand more",
    "esc \x1b[31m bell \x07 bidi \u202e zero \u200b",
    "```",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", [Kind.THEIRS, Kind.GONE, Kind.COME, Kind.NAME])
def test_content_shows_as_it_is_and_does_nothing(text: str, kind: Kind) -> None:
    piece = theirs(text) if kind is Kind.THEIRS else name(text) if kind is Kind.NAME else Piece(kind, text)
    markdown = as_markdown(changes_of((ours("said: "), piece, ours(" and so on"))))
    html = rendered(markdown)
    item = html.partition("<li>")[2].partition("</li>")[0]
    assert set(re.findall(r"</?(\w+)", item)) <= {"s", "strong", "code"}
    if kind is not Kind.NAME:  # nothing in a code span is ever made a link
        plain = re.sub(r"<[^>]+>", "", item)
        assert not re.search(r"@\w|#\d|(?i:gh-\d|www\.|://)|\b[0-9a-f]{7,40}\b|:[\w+-]+:", plain)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", markdown)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u200b]", as_text(changes_of((piece,))))


def test_a_heading_and_a_note_are_harmless_too() -> None:
    section = Section((name("a`b"), ours(": "), theirs("# <b> @you")), (Group("Claims", (Change(Sign.ADDED, ()),)),))
    html = rendered(as_markdown(Changes("`x` @you", "y", (section,), ((name("`x`"), ours(": "), theirs("<b>")),))))
    assert "<b>" not in html
    assert html.count("<h3>") == 1
    assert "@you" not in re.sub(r"<code>.*?</code>", "", html)


@given(
    st.lists(st.sampled_from(["a", "桥", "“", ".", " ", "*", "~", "\u200b"]), max_size=8).map("".join), st.booleans()
)
def test_marks_of_emphasis_never_show(text: str, gone: bool) -> None:
    kind = Kind.GONE if gone else Kind.COME
    html = rendered(as_markdown(changes_of((theirs("x"), Piece(kind, text), theirs("y")))))
    item = html.partition("<li>")[2].partition("</li>")[0]
    tag = "s" if gone else "strong"
    assert item.count(f"<{tag}>") == (1 if text.strip() else 0)


def test_a_comment_is_bounded_and_says_what_it_leaves_out() -> None:
    lines = [(theirs(f"{number} {'*' * 300}"),) for number in range(1000)]
    text = as_markdown(changes_of(*lines))
    shown = len(re.findall(r"^- ", text, re.MULTILINE))
    assert MOST - 2000 < len(text) <= MOST
    assert text.endswith(f"\n… and {1000 - shown} more changes.\n")


def test_a_change_too_long_for_any_comment_is_counted_not_shown() -> None:
    details = tuple((theirs("<" * 400),) for _ in range(200))
    group = Group("Claims", (Change(Sign.CHANGED, (ours("a"),), details),))
    text = as_markdown(Changes("one", "two", (Section((ours("x"),), (group,)),)))
    assert len(text) < MOST
    assert text.endswith("\n… and 1 more change.\n")


def test_many_notes_do_not_fill_the_comment() -> None:
    notes = tuple((theirs("n" * 300),) for _ in range(500))
    text = as_markdown(changes_of((ours("a"),), notes=notes))
    assert len(text) < MOST
    assert "And 480 more notes." in text
    assert "\n- a\n" in text
