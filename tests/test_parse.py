"""From bytes to documents: front matter, the files of a briefing, and what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLAIMS, FRONT, SMALL, codes, faults, inputs_of, small

from builder.parse import Documents, parse_briefing, parse_site, split_front_matter

PREFIX = "content/case/"


def documents(**changed: str | bytes | None) -> Documents:
    (texts,) = inputs_of(small(**changed)).briefings
    checked = parse_briefing(texts)
    assert checked.diagnostics == ()
    return checked.value


def found(**changed: str | bytes | None) -> list[tuple[str, str, int]]:
    """Code, file and line of every fault."""
    (texts,) = inputs_of(small(**changed)).briefings
    return [(d.code, d.place.file.removeprefix(PREFIX), d.place.line) for d in parse_briefing(texts).diagnostics]


# ---- front matter -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "front", "prose"),
    [
        ("---\na: b\n---\nProse.\n", "a: b", "Prose.\n"),
        ("---\r\na: b\r\n---\r\nProse.\r\n", "a: b\r", "Prose.\r\n"),
        ("---  \na: b\n--- \n", "a: b", ""),
        ("---\n---\n", "", ""),
        ("---\n---", "", ""),
        ("---\na: b\n---\nOne\n\n---\n\nTwo", "a: b", "One\n\n---\n\nTwo"),
        ("---\na: '\n  --- no end'\n----\n---\n", "a: '\n  --- no end'\n----", ""),
    ],
)
def test_front_matter_stands_between_the_first_two_lines_of_hyphens(text: str, front: str, prose: str) -> None:
    checked = split_front_matter("b.md", text)
    assert checked.diagnostics == ()
    assert checked.value == (front, prose)


@pytest.mark.parametrize(
    "text",
    ["", "title: T\n---\n", "\n---\na: b\n---\n", " ---\na: b\n---\n", "-- -\n---\n", "# A\n"],
)
def test_without_the_first_line_there_is_none(text: str) -> None:
    checked = split_front_matter("b.md", text)
    assert checked.value is None
    (fault,) = checked.diagnostics
    assert (fault.code, fault.place.file, fault.place.line, fault.place.column) == ("front-matter", "b.md", 1, 1)
    assert "between two lines `---`" in fault.help


@pytest.mark.parametrize(
    ("text", "line"), [("---\na: b\n", 2), ("---", 1), ("---\na: b\nc: d\n\nThe prose.\n", 3), ("---\na: b\n ---\n", 3)]
)
def test_without_the_second_line_it_is_never_closed(text: str, line: int) -> None:
    checked = split_front_matter("b.md", text)
    assert checked.value is None
    (fault,) = checked.diagnostics
    assert (fault.code, fault.place.line) == ("front-matter", line)
    assert "never closed" in fault.message


def test_a_conflict_of_git_in_the_prose_is_never_published() -> None:
    prose = "One.\n<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> other\n"
    (fault,) = faults(small(front=FRONT.replace("The prose.\n", prose)))
    assert (fault.code, fault.place.line, fault.place.text) == ("yaml-conflict", 10, "<<<<<<< HEAD")


LINES = st.lists(st.text(st.sampled_from("-a: \r"), max_size=5).filter(lambda line: line.rstrip() != "---"), max_size=5)


@given(LINES, st.text(max_size=20))
def test_what_is_divided_is_all_there(lines: list[str], prose: str) -> None:
    front = "\n".join(lines)
    for text in (f"---\n{front}\n---\n{prose}", f"--- \r\n{front}\n---\t\n{prose}"):
        assert split_front_matter("b.md", text).value == (front, prose)


def test_a_byte_order_mark_does_not_count() -> None:
    assert documents(front="\ufeff" + FRONT).front == documents().front


def test_line_breaks_of_windows_do_not_count() -> None:
    read = documents(front=FRONT.replace("\n", "\r\n"), claims=CLAIMS.replace("\n", "\r\n"))
    assert read.front == documents().front
    assert read.claims[0].entries == documents().claims[0].entries
    assert read.prose == "The prose.\r\n"


@pytest.mark.parametrize(
    ("front", "faults"),
    [
        (FRONT.replace("date: 2024-05-02", "date: soon"), [("format", "briefing.md", 5)]),
        (
            FRONT.replace("title: A briefing", "titel: X"),
            [("key-unknown", "briefing.md", 2)],
        ),
        (FRONT.replace("title: A", "title: A: B"), [("yaml-colon", "briefing.md", 2)]),
        ("---\n---\n", [("key-missing", "briefing.md", 2)] * 6),
        ("---\n[a]\n---\n", [("shape", "briefing.md", 2)]),
        (b"---\n\xff\n---\n", [("encoding", "briefing.md", 2)]),
    ],
)
def test_faults_of_front_matter_are_at_the_lines_of_the_file(
    front: str | bytes, faults: list[tuple[str, str, int]]
) -> None:
    assert sorted(found(front=front)) == sorted(faults)


def test_prose_is_never_read_as_yaml() -> None:
    prose = "---\n*a: [\t{{ page }} &b !!x\n"
    assert documents(front=FRONT + prose).prose == "The prose.\n" + prose


# ---- the files of a briefing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"front": None}, [("file-missing", "briefing.md", 1)]),
        ({"sources": None}, [("file-missing", "sources.yaml", 1)]),
        ({"claims": None}, [("file-missing", "claims.yaml", 1)]),
        ({"timeline": None}, []),
        (
            {"front": None, "sources": None, "claims": None},
            [
                ("file-missing", "briefing.md", 1),
                ("file-missing", "sources.yaml", 1),
                ("file-missing", "claims.yaml", 1),
            ],
        ),
        ({"sources": ""}, [("key-missing", "sources.yaml", 1)]),
        ({"sources": "sources: {}\norigins: words\n"}, [("shape", "sources.yaml", 2)]),
        ({"sources": "sources: {}\norigin: {}\n"}, [("key-unknown", "sources.yaml", 2)]),
        ({"claims": ""}, []),
        ({"claims": "# Nothing yet.\n"}, []),
        ({"timeline": ""}, []),
        ({"claims": "- a\n"}, [("shape", "claims.yaml", 1)]),
        ({"timeline": b"\xfe"}, [("encoding", "timeline.yaml", 1)]),
        (
            {"timeline": "a: [\n", "claims": "b: ]\n"},
            [("yaml-syntax", "claims.yaml", 1), ("yaml-syntax", "timeline.yaml", 2)],
        ),
    ],
)
def test_a_file_that_is_missing_or_unreadable_is_named_and_the_others_are_read(
    changed: dict[str, str | bytes | None], faults: list[tuple[str, str, int]]
) -> None:
    assert found(**changed) == faults


def test_a_missing_file_is_named_with_what_belongs_into_it() -> None:
    (fault,) = faults(small(claims=None, timeline=""))
    assert fault.message == "The briefing has no content/case/claims.yaml."
    assert fault.help == "Write it, or several files claims/*.yaml."


def test_what_cannot_be_read_is_none_and_the_rest_is_there() -> None:
    (texts,) = inputs_of(small(sources="a: \x00", timeline="x: \x00")).briefings
    read = parse_briefing(texts).value
    assert (read.origins, read.sources, read.events) == (None, None, None)
    assert read.front is not None
    assert list(read.claims[0].entries) == ["met"]
    assert read.all_claims


def test_files_of_claims_are_read_in_the_order_of_their_names_and_the_single_one_first() -> None:
    names = ["10", "9", "02-people", "a", "Z"]
    files = {
        **SMALL,
        **{f"{PREFIX}claims/{name}.yaml": f"in-{name.lower()}: {{claim: C., topic: talks}}\n" for name in names},
        f"{PREFIX}claims/notes.txt": "no: [claims",
        f"{PREFIX}claims.yml": "no: [claims",
    }
    (texts,) = inputs_of(files).briefings
    read = parse_briefing(texts)
    assert read.diagnostics == ()
    assert [id_ for entries in read.value.claims for id_ in entries.entries] == [
        "met", "in-02-people", "in-10", "in-9", "in-z", "in-a",
    ]  # fmt: skip
    assert read.value.all_claims


def test_one_unreadable_file_of_claims_leaves_the_others() -> None:
    files = {**SMALL, f"{PREFIX}claims/1.yaml": "a: \x00", f"{PREFIX}claims/2.yaml": "b: {claim: C., topic: talks}\n"}
    (texts,) = inputs_of(files).briefings
    read = parse_briefing(texts).value
    assert [list(entries.entries) for entries in read.claims] == [["met"], ["b"]]
    assert not read.all_claims
    assert codes(files) == ["yaml-character"]


def test_a_faulty_entry_is_known_but_not_usable() -> None:
    (texts,) = inputs_of(small(timeline="a: {title: A}\nb: {title: B, date: 2024}\n")).briefings
    events = parse_briefing(texts).value.events
    assert events is not None
    assert list(events.entries) == ["a", "b"]
    assert list(events.usable()) == ["b"]


# ---- site.yaml --------------------------------------------------------------------------------------------------


def test_the_site_is_read() -> None:
    read = parse_site("\ufefftitle: T\r\nurl: https://a.example/\r\n".encode())
    assert read.diagnostics == ()
    assert read.value is not None
    assert (read.value.title, read.value.url) == ("T", "https://a.example/")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "key-missing", 1),
        (b"title: \xe4", "encoding", 1),
        (b"title: T\ntitle: U\n", "yaml-duplicate", 2),
        (b"title: &a T\n", "yaml-anchor", 1),
        (b"a\n", "shape", 1),
        (b"title: T\nurl: x\n", "format", 2),
    ],
)
def test_what_is_wrong_with_the_site_is_at_its_line(data: bytes, code: str, line: int) -> None:
    read = parse_site(data)
    assert [(d.code, d.place.file, d.place.line) for d in read.diagnostics] == [(code, "site.yaml", line)]


@given(st.binary(max_size=60))
def test_any_bytes_are_a_site_or_faults(data: bytes) -> None:
    read = parse_site(data)
    assert (read.value is None) <= (read.diagnostics != ())
