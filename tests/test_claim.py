"""`add claim`, as a terminal and a script see it."""

from __future__ import annotations

import os
import pty
import select
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, FRONT, ONE, ROOT, SMALL, SOURCES
from whole_site import tree

from builder.cli import main
from builder.commands import asking

SENTENCE = "The talks lasted two hours."
FILE = "content/case/claims.yaml"


def add(small_site: Path, *arguments: str, answers: str | None = None) -> Result:
    line = ["add", "claim", *arguments, "--root", str(small_site)]
    return CliRunner().invoke(main, line, input=answers, prog_name="variorum")


EVIDENCE = ("--evidence", "A:supports=lasted two hours")
WHOLE = (SENTENCE, "--topic", "talks", *EVIDENCE)
ENTRY = """talks-lasted-two-hours:
  claim: The talks lasted two hours.
  topic: talks
  evidence:
    one:
      stance: supports
      quote: lasted two hours
"""


def said_by_both(key: str) -> str:
    """The evidence of an entry in which both sources speak."""
    one = f"    one:\n      stance: supports\n      quote: lasted two hours\n      key: {key}\n      value: 2\n"
    two = "    two:\n      stance: qualifies\n      differs_in: precision\n      quote: about two hours\n"
    return f"  evidence:\n{one}{two}      value: ~2\n      via:\n        - agency\n"


def test_an_entry_is_printed_ready_to_paste_and_nothing_is_written(small_site: Path) -> None:
    before = tree(small_site)
    result = add(small_site, *WHOLE)
    assert (result.exit_code, result.stdout) == (0, ENTRY)
    assert "A, Outlet not named: seeds/one.txt:1:52" in result.stderr
    assert "[lasted two hours]" in result.stderr
    assert result.stderr.endswith("Not written; with --write it goes to the end of content/case/claims.yaml.\n")
    assert tree(small_site) == before


def test_what_is_printed_can_be_pasted(small_site: Path) -> None:
    put(small_site, {FILE: f"{CLAIMS}\n{add(small_site, *WHOLE).stdout}"})
    check = CliRunner().invoke(main, ["check", "--root", str(small_site)])
    assert check.stdout == "2 claims, 4 quotations: all verified.\n"


def test_everything_may_be_said_in_one_line(small_site: Path) -> None:
    evidence = ["--evidence", "two:qualifies:precision=about two hours", *EVIDENCE]
    values = ["--value", "A=2", "--value", "B=~2", "--key", "A=two hours", "--via", "B=agency"]
    more = [
        "--id",
        "two-hours",
        "--event",
        "meeting",
        "--unit",
        "hours",
        "--question",
        "How long?",
        "--note",
        "B: in marks.",
    ]
    result = add(small_site, SENTENCE, "--topic", "talks", *evidence, *values, *more)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "two-hours:\n"
        "  claim: The talks lasted two hours.\n"
        "  question: How long?\n"
        "  topic: talks\n"
        "  event: meeting\n"
        "  unit: hours\n"
        f"{said_by_both('two hours')}"
        '  note: "B: in marks."\n'
    )


def test_a_source_may_give_several_quotations_and_another_be_silent(small_site: Path) -> None:
    more = ["--evidence", "A=It was a short one", "--evidence", "B:silent=", "--key", "A=short"]
    result = add(small_site, *WHOLE, *more)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.endswith(
        "    one:\n"
        "      stance: supports\n"
        "      quote:\n"
        "        - lasted two hours\n"
        "        - exact: It was a short one\n"
        "          key: short\n"
        "    two:\n"
        "      stance: silent\n"
    )


def test_each_quotation_may_have_what_it_means_beside_it(small_site: Path) -> None:
    more = [
        "--evidence",
        "A=It was a short one",
        "--translation",
        "A=duraron dos horas",
        "--translation",
        "A=Fue breve",
    ]
    result = add(small_site, *WHOLE, *more, "--write")
    assert result.exit_code == 0, result.stderr
    quoted = "- exact: lasted two hours\n          translation: duraron dos horas\n"
    assert f"{quoted}        - exact: It was a short one\n          translation: Fue breve\n" in result.stdout
    single = add(small_site, *WHOLE, "--translation", "one=duraron dos horas")
    assert single.stdout.endswith("      quote: lasted two hours\n      translation: duraron dos horas\n")


def test_a_translation_belongs_to_a_quotation(small_site: Path) -> None:
    for said in (["B=Unas dos horas"], ["A=Uno", "--translation", "A=Otro"]):
        result = add(small_site, *WHOLE, "--translation", *said)
        assert (result.exit_code, result.stdout) == (2, "")
        assert ("no --evidence of it" if len(said) == 1 else "more translations than quotations") in result.stderr


# ---- writing -----------------------------------------------------------------------------------------------------


def test_it_is_written_at_the_end_and_told_where(small_site: Path) -> None:
    result = add(small_site, *WHOLE, "--write")
    assert result.exit_code == 0, result.stderr
    text = (small_site / FILE).read_text("utf-8")
    line = text.splitlines().index("talks-lasted-two-hours:") + 1
    assert text.startswith(CLAIMS)
    assert result.stderr.endswith(f"Written: {FILE}:{line}\n")
    assert CliRunner().invoke(main, ["check", "--root", str(small_site)]).exit_code == 0


def test_the_same_sentence_again_gets_another_id(small_site: Path) -> None:
    add(small_site, *WHOLE, "--write")
    assert add(small_site, *WHOLE, "--write").stdout.startswith("talks-lasted-two-hours-2:\n")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b""])
def test_marks_and_line_ends_stay(small_site: Path, data: bytes) -> None:
    before = data + CLAIMS.replace("\n", "\r\n").encode()
    put(small_site, {FILE: before})
    assert add(small_site, *WHOLE, "--write").exit_code == 0
    after = (small_site / FILE).read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")


def test_of_several_files_it_goes_to_that_of_its_topic_or_to_the_one_asked_for(small_site: Path) -> None:
    (small_site / FILE).unlink()
    people = CLAIMS.replace("met:", "people:", 1).replace("topic: talks", "topic: people")
    put(small_site, {"content/case/claims/1.yaml": CLAIMS, "content/case/claims/2.yaml": people})
    assert "content/case/claims/1.yaml:" in add(small_site, *WHOLE, "--write").stderr
    for name in ("claims/2.yaml", "content/case/claims/3.yaml"):
        result = add(small_site, *WHOLE, "--write", "--file", name)
        assert result.stderr.splitlines()[-1].startswith(f"Written: content/case/{name.removeprefix('content/case/')}:")
    assert (small_site / "content/case/claims/3.yaml").read_text("utf-8").endswith("two hours\n")


@pytest.mark.parametrize("name", ["../x.yaml", "/etc/passwd", "briefing.md", "claims/../x.yaml", "claims/a/b.yaml", ""])
def test_no_other_file_is_ever_written(small_site: Path, name: str) -> None:
    before = tree(small_site)
    result = add(small_site, *WHOLE, "--write", "--file", name)
    assert result.exit_code == 2
    assert "is no file for claims" in result.stderr
    assert tree(small_site) == before


def test_a_link_in_the_way_is_not_followed(small_site: Path, tmp_path: Path) -> None:
    (small_site / "content/case/claims").mkdir()
    target = tmp_path / "elsewhere.yaml"
    (small_site / "content/case/claims/new.yaml").symlink_to(target)
    result = add(small_site, *WHOLE, "--write", "--file", "claims/new.yaml")
    assert result.exit_code == 1
    assert not target.exists()


def test_faults_elsewhere_are_no_obstacle(small_site: Path) -> None:
    put(small_site, {FILE: CLAIMS.replace("Thursday in Geneva", "Friday in Geneva"), "site.yaml": "titel: x\n"})
    assert add(small_site, *WHOLE, "--write").exit_code == 0
    assert "talks-lasted-two-hours:" in (small_site / FILE).read_text("utf-8")


def test_a_file_that_cannot_be_read_is_left_as_it_is(small_site: Path) -> None:
    put(small_site, {FILE: "met: ["})
    result = add(small_site, *WHOLE, "--write")
    assert (result.exit_code, result.stdout) == (1, ENTRY)
    assert "Nothing was written" in result.stderr
    assert (small_site / FILE).read_text("utf-8") == "met: ["


# ---- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say the claim itself, as a sentence"),
        ((SENTENCE,), "Say which with --topic ID; there are: talks, people."),
        ((SENTENCE, "--topic", "nowhere", *EVIDENCE), "nowhere is not known; there are: talks, people."),
        ((SENTENCE, "--topic", "talks"), "--evidence SOURCE:STANCE=WORDS"),
        ((SENTENCE, "--topic", "talks", "--evidence", "A=two hours"), "one:supports|qualifies|contradicts|silent="),
        ((SENTENCE, "--topic", "talks", "--evidence", "A:qualifies=lasted two hours"), "one:qualifies:scope|strength"),
        ((SENTENCE, "--topic", "talks", "--evidence", "A:agrees=two"), "agrees is none of supports, qualifies"),
        ((SENTENCE, "--topic", "talks", "--evidence", "A:qualifies:size=two"), "size is none of scope"),
        ((SENTENCE, "--topic", "talks", "--evidence", "no equals"), "write SOURCE:STANCE=WORDS"),
        ((SENTENCE, "--topic", "talks", "--evidence", "X:supports=two"), "no source X; there are: A (one), B (two)."),
        ((*WHOLE, "--event", "party"), "party is not known; there are: meeting."),
        ((*WHOLE, "--id", "Two Hours"), "Two Hours is no id"),
        ((*WHOLE, "--id", "met"), "met is taken already"),
        ((*WHOLE, "--value", "A=2"), "A value needs its unit: --unit TEXT."),
        ((*WHOLE, "--unit", "h", "--value", "A=two"), "is no value; write 5.5"),
        ((*WHOLE, "--unit", "h", "--value", "B=2"), "--value B=2: no --evidence of it is given."),
        ((*WHOLE, "--unit", "h", "--value", "2"), "write SOURCE=NUMBER"),
        ((*WHOLE, "--unit", "h", "--value", "A=2", "--value", "one=3"), "A source gives one value."),
        ((*WHOLE, "--via", "A=nobody"), "nobody is not known; there are: agency."),
        ((*WHOLE, "--evidence", "A:contradicts=short"), "A is given two stances."),
        ((*WHOLE, "--evidence", "A:qualifies\x1b[31m=x"), "\\u001b[31m"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_named(small_site: Path, arguments: tuple[str, ...], said: str) -> None:
    before = tree(small_site)
    result = add(small_site, *arguments, "--write")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert "\x1b" not in result.stderr
    assert tree(small_site) == before


def test_other_words_are_refused_with_what_to_paste(small_site: Path) -> None:
    wrong = ["--evidence", "A:supports=lasted three hours"]
    result = add(small_site, SENTENCE, "--topic", "talks", *wrong)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "“two”, not “three”" in result.stderr
    paste = shlex.split(result.stderr.splitlines()[-1])
    assert paste == list(EVIDENCE)
    assert add(small_site, SENTENCE, "--topic", "talks", *paste).stdout == ENTRY


def test_words_that_stand_twice_are_refused_with_each_place_to_paste(small_site: Path) -> None:
    put(small_site, {"seeds/one.txt": ONE.replace("It was", "The talks were fine. It was")})
    result = add(small_site, SENTENCE, "--topic", "talks", "--evidence", "A:supports=The talks")
    assert result.exit_code == 1
    second = result.stderr.splitlines()[-1]
    assert shlex.split(second) == ["--evidence", "A:supports#2=The talks"]
    result = add(small_site, SENTENCE, "--topic", "talks", *shlex.split(second))
    assert result.stdout.endswith("      quote: The talks\n      prefix: lasted two hours.\n")


def test_a_place_that_is_not_there_is_refused(small_site: Path) -> None:
    result = add(small_site, SENTENCE, "--topic", "talks", "--evidence", "A:supports#2=lasted two hours")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The words stand in 1 place." in result.stderr
    assert shlex.split(result.stderr.splitlines()[-1]) == ["--evidence", "A:supports#1=lasted two hours"]


def test_a_warning_is_told_and_is_no_obstacle(small_site: Path) -> None:
    put(
        small_site,
        {
            "site.yaml": "title: A\nlimits: {excerpt_warning: 60 %, excerpt_maximum: 100 %}\n",
            "content/case/sources.yaml": SOURCES.replace("    full_text: yes\n", "", 1),
        },
    )
    result = add(small_site, *WHOLE, "--evidence", "A=It was a short one")
    assert result.exit_code == 0
    assert "warning: The briefing shows " in result.stderr
    assert result.stdout.startswith("talks-lasted-two-hours:")


def test_words_that_are_nowhere_are_refused(small_site: Path) -> None:
    result = add(small_site, SENTENCE, "--topic", "talks", "--evidence", "A:supports=zebras graze quietly")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("variorum: These words are not in one.txt")


def test_capital_letters_and_marks_are_taken_as_printed_and_told(small_site: Path) -> None:
    result = add(small_site, SENTENCE, "--topic", "talks", "--evidence", 'B:supports=FOR "about TWO hours"')
    assert "quote: for “about two hours”\n" in result.stdout
    assert "Taken as the article prints it" in result.stderr


def test_key_words_have_to_stand_in_the_quotation(small_site: Path) -> None:
    result = add(small_site, *WHOLE, "--key", "A=three")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("variorum: The key words “three” do not stand in what is quoted of A.\n")


def test_an_utterance_has_its_speaker_and_the_words_of_it_in_longer_quotations(small_site: Path) -> None:
    said = ["--topic", "talks", "--utterance", "The ministers", "--evidence", "A:supports=The talks lasted two hours"]
    said += ["--evidence", "B:supports=about two hours"]
    result = add(small_site, SENTENCE, *said, "--reading", "A=LASTED two hours", "--write")
    assert result.exit_code == 0, result.stderr
    assert "  topic: talks\n  utterance: The ministers\n  evidence:\n" in result.stdout
    assert "      quote: The talks lasted two hours\n      reading: lasted two hours\n" in result.stdout
    check = CliRunner().invoke(main, ["check", "--root", str(small_site)])
    assert check.stdout == "2 claims, 5 quotations: all verified.\n"


def test_the_words_of_an_utterance_have_to_stand_in_the_quotation_and_have_a_speaker(small_site: Path) -> None:
    result = add(small_site, *WHOLE, "--utterance", "They", "--reading", "A=three")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("The words of the utterance “three” do not stand in what is quoted of A.\n")
    result = add(small_site, *WHOLE, "--reading", "A=two")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("A reading is of an utterance: --utterance SPEAKER.\n")


def test_a_claim_with_a_fault_is_not_printed(small_site: Path) -> None:
    result = add(small_site, "x" * 1001, "--topic", "talks", *EVIDENCE)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error: The text is too long: at most 1000 characters." in result.stderr


def test_a_source_whose_article_is_missing_is_refused(small_site: Path) -> None:
    (small_site / "seeds/one.txt").unlink()
    result = add(small_site, *WHOLE)
    assert (result.exit_code, result.stderr) == (1, "variorum: The article of A cannot be read: seeds/one.txt.\n")


def test_without_topics_or_briefings_that_is_told(small_site: Path) -> None:
    assert "There is no briefing other" in add(small_site, *WHOLE, "--briefing", "other").stderr
    put(small_site, {"content/case/briefing.md": "nothing"})
    assert "No topic is known: see content/case/briefing.md." in add(small_site, *WHOLE).stderr


def test_names_out_of_content_cannot_steer_the_terminal(small_site: Path) -> None:
    put(
        small_site,
        {
            "content/case/sources.yaml": SOURCES.replace("siglum: A", 'siglum: A\n    outlet: "\\e[31mRed"'),
            "content/case/briefing.md": FRONT.replace("talks: The talks", 'talks: "\\e[32mGreen"'),
            "seeds/one.txt": ONE.replace("two hours.", "two hours. \x1b[33mYellow\u202e."),
        },
    )
    assert "\x1b[3" not in add(small_site, *WHOLE).output


# ---- at a terminal -----------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)


@pytest.mark.usefixtures("terminal")
def test_a_terminal_asks_for_everything(small_site: Path) -> None:
    answers = [
        SENTENCE, "1", "meeting", "hours",
        "a", "lasted three hours", "y", "supports", "two", "2", "",
        "B", "about two hours", "2", "pre", "", "~2", "agency",
        "", "",
    ]  # fmt: skip
    result = add(small_site, "--write", answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "talks-lasted-two-hours:\n"
        "  claim: The talks lasted two hours.\n"
        "  topic: talks\n"
        "  event: meeting\n"
        "  unit: hours\n"
        f"{said_by_both('two')}"
    )
    assert result.stdout in (small_site / FILE).read_text("utf-8")


@pytest.mark.usefixtures("terminal")
def test_a_wrong_answer_is_asked_again(small_site: Path) -> None:
    answers = [
        "", SENTENCE, "x", "talks", "", "hours",
        "C", "A", "", "zebras graze quietly", "lasted three hours", "n", "lasted two hours", "s", "con",
        "zebra", "", "many", "7", "", "A", "short one", "", "", "How long?", "met", "Two Hours", "two-hours", "n",
    ]  # fmt: skip
    result = add(small_site, answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "two-hours:\n"
        "  claim: The talks lasted two hours.\n"
        "  question: How long?\n"
        "  topic: talks\n"
        "  unit: hours\n"
        "  evidence:\n"
        "    one:\n"
        "      stance: contradicts\n"
        "      quote:\n"
        "        - lasted two hours\n"
        "        - short one\n"
        "      value: 7\n"
    )


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("answer", "written"), [("", True), ("y", True), ("n", False)])
def test_who_answered_every_question_need_not_answer_them_again_to_write(
    small_site: Path, answer: str, written: bool
) -> None:
    answers = [SENTENCE, "talks", "", "", "A", "lasted two hours", "supports", "", "", "", "", answer]
    result = add(small_site, answers="\n".join(answers) + "\n")
    assert (result.exit_code, result.stdout) == (0, ENTRY)
    assert f"Write it to {FILE}?" in result.stderr
    assert (ENTRY in (small_site / FILE).read_text("utf-8")) is written


@pytest.mark.usefixtures("terminal")
def test_a_terminal_asks_which_of_several_briefings(small_site: Path) -> None:
    other = {path.replace("/case/", "/other/"): text for path, text in SMALL.items() if text and "/case/" in path}
    put(small_site, other)
    result = add(small_site, *WHOLE, "--write", answers="x\nother\n")
    assert result.exit_code == 0, result.stderr
    assert "  1  case\n    2  other\nBriefing: " in result.stderr
    assert "Please answer with 1 or 2.\n" in result.stderr
    assert ENTRY in (small_site / "content/other/claims.yaml").read_text("utf-8")


@pytest.mark.usefixtures("terminal")
def test_with_options_only_what_is_missing_is_asked(small_site: Path) -> None:
    put(small_site, {"seeds/one.txt": ONE.replace("It was", "The talks were fine. It was")})
    result = add(small_site, SENTENCE, "--evidence", "A=The talks", answers="talks\n2\nqual\n1\n")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "talks-lasted-two-hours:\n"
        "  claim: The talks lasted two hours.\n"
        "  topic: talks\n"
        "  evidence:\n"
        "    one:\n"
        "      stance: qualifies\n"
        "      differs_in: scope\n"
        "      quote: The talks\n"
        "      prefix: lasted two hours.\n"
    )


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("answers", ["", SENTENCE, f"{SENTENCE}\ntalks\n\n\nA\nlasted two hours\n"])
def test_an_end_amid_the_questions_ends_with_nothing_written(small_site: Path, answers: str) -> None:
    before = tree(small_site)
    result = add(small_site, "--write", answers=answers)
    assert (result.exit_code, result.stdout) == (1, "")
    assert tree(small_site) == before


CONTROLLED = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from builder.cli import main; main()"
"""The command in a session whose terminal is standard input, so that Ctrl-C reaches it."""


def test_a_real_terminal_asks_and_ctrl_c_ends_it(small_site: Path) -> None:
    before = tree(small_site)
    ours, theirs = pty.openpty()
    line = [sys.executable, "-c", CONTROLLED, "add", "claim", "--write"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with subprocess.Popen(
        line, cwd=small_site, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        try:
            said = until(ours, b"sentence: ")
            os.write(ours, b"Anything.\n")
            said += until(ours, b"Topic: ")
            said += until(ours, b"Aborted!", b"\x03")
            assert process.wait(20) == 1
        finally:
            process.kill()
            os.close(ours)
    assert b"The people (people)" in said
    assert tree(small_site) == before


def until(descriptor: int, words: bytes, pressed: bytes = b"") -> bytes:
    """What is printed up to some words; a key is pressed again where it came too early to be seen."""
    said = b""
    for _ in range(40):
        os.write(descriptor, pressed)
        while select.select([descriptor], [], [], 1)[0]:
            said += os.read(descriptor, 4096)
            if words in said:
                return said
    raise AssertionError(said)
