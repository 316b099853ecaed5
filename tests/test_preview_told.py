"""The browser is told of every fault with its line and its cure, of every failed build why, and of no path why."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from conftest import put
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from samples import ROOT, faults, small

from builder.commands.explain import messages
from builder.diagnostics import Diagnostic, Fix, Place, Related, Severity, printable
from builder.inputs import StoreError
from builder.jobs import WorkError
from builder.preview import told
from builder.preview.restart import CodeError
from builder.preview.told import HERE, LINE, MOST, failure, without_paths
from builder.render import environment
from builder.templating import template_faults

PLACE = Place("content/x/claims.yaml", 7, 3, 5, "- one two")
HOSTILE = "\x00\x1b[31m\x85\xad\u200b\u200d\u202e\u2066\u2028\ufeff\U000e0041\ud800"
TEXTS = st.text(st.one_of(st.sampled_from("ab 中\u0301👍" + HOSTILE), st.characters()))


def fault(**changed: Any) -> Diagnostic:
    return Diagnostic(**{"code": "quotation-words", "message": "Not found.", "place": PLACE, **changed})


def one(diagnostic: Diagnostic) -> Any:
    (found,) = told.faults([diagnostic])
    return found


def parts(text: str, column: int, length: int, marks: tuple[tuple[int, int], ...] = ()) -> list[tuple[str, str]]:
    found = one(fault(place=Place("f.yaml", 1, column, length, text, marks)))
    return [(words, mark) for words, mark in found["place"]["parts"]]


def strings(value: Any) -> list[str]:
    """All texts in what the browser gets."""
    if isinstance(value, dict):
        return [text for entry in value.values() for text in strings(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in strings(entry)]
    return [value] if isinstance(value, str) else []


# ---- faults --------------------------------------------------------------------------------------------------------


def test_a_fault_is_told_with_its_place_its_line_its_cure_and_what_explains_it() -> None:
    related = Related(Place("seeds/a.txt", 3, 1, 3, "The words"), "the nearest passage")
    found = one(fault(help="The article has:\nThe words", related=(related,), fixes=(Fix(PLACE, "The words"),)))
    assert found == {
        "severity": "error",
        "code": "quotation-words",
        "message": "Not found.",
        "place": {
            "file": "content/x/claims.yaml",
            "line": 7,
            "column": 3,
            "at": "content/x/claims.yaml:7:3",
            "parts": [["- ", ""], ["one t", "mark"], ["wo", ""]],
        },
        "related": [
            {
                "message": "the nearest passage",
                "place": {
                    "file": "seeds/a.txt",
                    "line": 3,
                    "column": 1,
                    "at": "seeds/a.txt:3:1",
                    "parts": [["The", "mark"], [" words", ""]],
                },
            }
        ],
        "cure": [{"text": "The article has:", "paste": False}, {"text": "The words", "paste": True}],
        "fixable": True,
        "why": None,
    }


def test_errors_come_first_and_keep_their_order() -> None:
    severities = (Severity.WARNING, Severity.ERROR, Severity.WARNING, Severity.ERROR)
    given_ = [fault(message=str(number), severity=severity) for number, severity in enumerate(severities)]
    assert [entry["message"] for entry in told.faults(given_)] == ["1", "3", "0", "2"]


def test_so_many_are_told_and_no_more() -> None:
    assert len(told.faults([fault(message=str(number)) for number in range(MOST + 1)])) == MOST


def test_a_place_without_a_line_has_no_line() -> None:
    found = one(fault(place=Place("site.yaml")))
    assert (found["place"]["parts"], found["place"]["at"]) == (None, "site.yaml")


def test_only_the_first_fault_of_a_code_says_what_the_code_means() -> None:
    first, second = told.faults([fault(), fault(message="Again.")], messages())
    assert second["why"] is None
    why: Any = first["why"]
    assert why["text"][0] == "Some of these words are not those of the article."
    assert [(block["title"], block["text"]) for block in why["wrong"]] == [
        ("What the source says", "quote: lasted five and a quarter hours")
    ]
    assert [block["title"] for block in why["shared"]] == ["The article"]
    assert "content/README.md" in why["where"]


def test_every_message_can_be_explained() -> None:
    every = [fault(code=explanation.code) for explanation in messages()]
    assert all(found["why"] for found in told.faults(every, messages()))


# ---- the line ------------------------------------------------------------------------------------------------------


def test_the_words_that_matter_most_are_told_from_the_others() -> None:
    line = "the talks lasted two hours"
    assert parts(line, 5, 16, ((6, 6),)) == [
        ("the ", ""),
        ("talks ", "words"),
        ("lasted", "mark"),
        (" two", "words"),
        (" hours", ""),
    ]
    assert parts(line, 5, 16, ((6, 0),))[2] == ("l", "mark")


def test_what_is_missing_at_the_end_of_a_line_is_marked_there() -> None:
    assert parts("key:", 5, 1) == [("key:", ""), (" ", "mark")]


def test_of_a_long_line_a_window_around_the_words_is_shown() -> None:
    line = "x" * 50_000 + "here" + "y" * 50_000
    found = parts(line, 50_001, 4)
    assert found[0] == found[-1] == ("…", "")
    assert ("here", "mark") in found
    assert sum(len(words) for words, _ in found) == LINE + 2


def test_a_cut_parts_no_letter_from_its_accents() -> None:
    line = "e\u0301" * 1000
    for column in (501, 502):
        inside = parts(line, column, 2)[1:-1]
        assert inside[0][0].startswith("e")
        assert inside[-1][0].endswith("\u0301")


@given(TEXTS, st.integers(1, 400), st.integers(0, 400), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 9))))
def test_whatever_a_line_holds_its_parts_are_the_line(
    line: str, column: int, length: int, marks: list[tuple[int, int]]
) -> None:
    line *= 3
    if not line:
        return
    found = parts(line, column, length, tuple(marks))
    joined = "".join(words for words, _ in found).strip("… ")
    assert joined in printable(line)
    assert {mark for _, mark in found} <= {"", "words", "mark"}
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for words, _ in found for char in words)


# ---- the cure ------------------------------------------------------------------------------------------------------


def test_what_can_be_pasted_is_told_apart_from_what_is_said() -> None:
    cure = "Mark what is left out:\nThe […] words\nOr quote all of it:\nThe own\n  words"
    assert [(piece["text"], piece["paste"]) for piece in one(fault(help=cure))["cure"]] == [
        ("Mark what is left out:", False),
        ("The […] words", True),
        ("Or quote all of it:", False),
        ("The own\n  words", True),
    ]
    assert one(fault())["cure"] == []


def test_indentation_is_pasted_too() -> None:
    (_, piece) = one(fault(help="Write:\n  opening:\n    title: The bridge"))["cure"]
    assert piece == {"text": "  opening:\n    title: The bridge", "paste": True}


def test_what_is_too_long_to_be_pasted_whole_is_not_offered_at_all() -> None:
    pieces = one(fault(help="Write:\n" + "x" * 10_001))["cure"]
    assert [piece["paste"] for piece in pieces] == [False, False]
    assert "variorum check" in pieces[1]["text"]


def test_a_real_fault_is_cured_by_what_is_pasted() -> None:
    wrong = small(claims=small()["content/case/claims.yaml"].replace("met on Thursday in", "met at Thursday in"))  # type: ignore[union-attr, arg-type]
    found = told.faults(faults(wrong))
    pasted = [piece["text"] for piece in found[0]["cure"] if piece["paste"]]  # type: ignore[union-attr, index, call-overload]
    assert pasted == ["met on Thursday in Geneva"]


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_is_told_can_steer_what_shows_it(message: str, name: str, cure: str) -> None:
    related = Related(Place(name, 1, 1, 1, cure), message)
    entry = one(fault(message=message, help=cure, related=(related,), place=Place(name, 1, 1, 1, message), code=name))
    for text in strings(entry):
        assert all(char == "\n" or printable(char) == char for char in text)
    assert json.loads(json.dumps(entry)) == entry


def test_a_message_as_long_as_a_file_is_cut() -> None:
    found = one(fault(message="x" * 100_000))["message"]
    assert found.endswith("x…")
    assert len(found) == told.SENTENCE + 1


# ---- builds that failed otherwise ----------------------------------------------------------------------------------


def text_of(path: str) -> str | None:
    """The second line of every file is this."""
    return None if path.startswith("builder/") else "first\n{{ page.nothing }}\r\nthird"


def test_a_fault_in_a_template_has_its_line() -> None:
    error = StoreError("/home/jo doe/site/templates/_partials/x.html:2: 'nothing' is undefined. Nothing was written.")
    found: Any = failure(error, "/home/jo doe/site", text_of)
    assert found["code"] == "build-template"
    assert found["message"] == "'nothing' is undefined. Nothing was written."
    assert found["place"]["at"] == "templates/_partials/x.html:2"
    assert found["place"]["parts"] == [["{{ page.nothing }}", ""]]
    for said in ("somewhere/templates/x.html", "site/templates/x.html", "/site/templates/x.html"):
        place: Any = failure(StoreError(f"{said}:2: No. Nothing was written."), "/site", text_of)["place"]
        assert place["file"] == "templates/x.html"


def test_a_catalogue_at_fault_is_always_the_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)
    error = StoreError("templates/words/es.po:5: there is no placeholder %(x)s. Nothing was written.")
    place: Any = failure(error, "/site", text_of)["place"]
    assert place["file"] == "templates/words/es.po"


def test_a_template_that_came_with_the_builder_is_called_as_a_site_says_it() -> None:
    for folder in (f"{HERE}/builder/templates", f"{HERE}/templates"):
        error = StoreError(f"{folder}/x.html:2: No. Nothing was written.")
        place: Any = failure(error, "/site", text_of)["place"]
        assert place["file"] == "variorum/x.html"
        place = failure(error, HERE, text_of)["place"]
        assert place["file"] == "templates/x.html"


@pytest.mark.parametrize(
    ("source", "message"),
    [("{% if %}", "Something is missing before %}"), ("{{ page.a.b }}", "There is no “page” here")],
)
def test_what_jinja_says_of_a_template_leads_to_its_line(tmp_path: Path, source: str, message: str) -> None:
    put(tmp_path, {"templates/parts/x.html": f"one\n{source}\n", "templates/y.html": "{% include 'parts/x.html' %}"})
    with pytest.raises(StoreError) as caught, template_faults():
        environment(tmp_path / "templates").get_template("y.html").render()
    found: Any = failure(caught.value, str(tmp_path), lambda path: (tmp_path / path).read_text("utf-8"))
    assert found["message"].startswith(message)
    assert (found["place"]["at"], found["place"]["parts"]) == ("templates/parts/x.html:2", [[source, ""]])


def test_a_line_that_a_template_does_not_have_is_told_without_its_text() -> None:
    found: Any = failure(StoreError("site/templates/x.html:9: No."), "/site", text_of)
    assert (found["place"]["at"], found["place"]["parts"]) == ("templates/x.html:9", None)


@pytest.mark.parametrize("path", ["templates/../../x:2", "templates//x:2", "templates/x:0", "templates/x:99999999"])
def test_what_is_no_line_of_a_template_is_no_place(path: str) -> None:
    def read(path: str) -> str:
        raise AssertionError(path)

    found = failure(StoreError(f"{path}: No."), "/site", read)
    assert (found["place"], found["code"]) == (None, "build-refused")


def test_what_the_disk_refuses_is_told_line_by_line() -> None:
    error = StoreError("/srv/site/public is in the way:\n  /srv/site/public/a\nMove it.")
    found: Any = failure(error, "/srv/site")
    assert found["message"] == "public is in the way:"
    assert [piece["text"] for piece in found["cure"]] == ["  public/a", "Move it."]


def test_a_full_disk_is_no_fault_of_the_builder() -> None:
    found = failure(OSError(28, "No space left on device", "/srv/site/.variorum/x"), "/srv/site")
    assert found["code"] == "build-disk"
    assert found["message"] == "The disk did not do what the build asked for: .variorum/x: No space left on device."


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), MemoryError(), OSError(), Exception()])
def test_every_end_of_a_build_is_a_sentence(error: BaseException) -> None:
    found = failure(error, "/site")
    assert found["severity"] == "error"
    assert str(found["message"]).endswith((".", type(error).__name__))
    assert found["code"] in ("build-ended", "build-memory", "build-bug")


def test_a_bug_is_told_with_the_line_of_the_builder_that_it_came_up_in() -> None:
    with pytest.raises(AttributeError) as caught:
        told.faults([None])  # type: ignore[list-item]
    found: Any = failure(caught.value, str(ROOT), lambda path: (ROOT / path).read_text("utf-8"))
    assert found["code"] == "build-bug"
    assert "AttributeError: 'NoneType' object has no attribute 'severity'" in found["message"]
    assert found["place"]["file"] == "builder/preview/told.py"
    assert "severity" in found["place"]["parts"][0][0]


def test_new_code_that_cannot_be_loaded_is_told_with_its_own_line() -> None:
    try:
        raise CodeError("builder/strings.py:3: SyntaxError: '(' was never closed")
    except CodeError as error:
        found: Any = failure(error, "/site", lambda path: (ROOT / path).read_text("utf-8"))
    assert found["place"]["at"] == "builder/strings.py:3"
    assert found["message"] == "The builder itself failed. SyntaxError: '(' was never closed"


def test_a_bug_outside_the_builder_is_told_where_the_builder_called() -> None:
    with pytest.raises(TypeError) as caught:
        failure(StoreError("templates/x.html:1: No."), "/site", lambda _: json.loads(None))  # type: ignore[arg-type]
    found: Any = failure(caught.value, "/site")
    assert found["place"]["file"] == "builder/preview/told.py"


def test_nesting_without_end_is_told_as_such() -> None:
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as caught:
        deeper()
    assert str(failure(caught.value, "/site")["message"]).startswith("Something is nested too deeply. RecursionError: ")


def test_a_bug_in_another_process_is_told_with_its_last_line_and_place() -> None:
    trace = f'Traceback (most recent call last):\n  File "{HERE}/builder/anchor.py", line 12, in anchor\n'
    trace += f'  File "/usr/lib/python3/json.py", line 9, in loads\nKeyError: "{HERE}/x"\n'
    found: Any = failure(WorkError(f"briefing case: {trace}"), "/site")
    assert found["message"] == 'The builder itself failed. KeyError: "x"'
    assert found["place"]["at"] == "builder/anchor.py:12"


def test_a_template_that_fails_is_no_bug_of_the_builder() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        Environment().from_string("{{ 1 / 0 }}").render()
    found: Any = failure(caught.value, "/site")
    assert found["place"] is None


# ---- paths ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/srv/site/content/a.yaml cannot be read", "content/a.yaml cannot be read"),
        ("The folder /srv/site cannot be read", "The folder site cannot be read"),
        (f"{HERE}/builder/x.py", "builder/x.py"),
        ("No such file: '/home/jo doe/x.html'", "No such file: 'x.html'"),
        ("no “/home/jo/x” there", "no “x” there"),
        ("at /home/jo/x.", "at x."),
        ("file:///home/jo/x", "x"),
        ("error:/home/jo/x:12: bad", "error:x:12: bad"),
        ("(//home/jo/x)", "(x)"),
        ("in /home/jo/ and /etc", "in jo and etc"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
        ("either/or, content/a.yaml, </p>, 1 / 0", "either/or, content/a.yaml, </p>, 1 / 0"),
    ],
)
def test_paths_of_this_machine_are_not_told(text: str, shown: str) -> None:
    assert without_paths(text, "/srv/site") == shown


def test_the_root_of_all_folders_takes_no_slash_away() -> None:
    assert without_paths("content/a.yaml", "/") == without_paths("content/a.yaml", ".") == "content/a.yaml"


@given(st.lists(st.sampled_from(["/", "home", " ", "'", '"', ":", "a.b", "“", "(", "site", "\n"]), max_size=12))
def test_no_absolute_path_of_several_names_is_left(pieces: list[str]) -> None:
    secret = "/home/secretive/deep/x.html"
    for text in ("".join([*pieces, " ", secret]), f"{secret} {''.join(pieces)}", f"'{secret}' {''.join(pieces)}"):
        found = failure(ValueError(text), "/srv/site")
        assert "secretive" not in json.dumps(found)
