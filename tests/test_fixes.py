"""`variorum fix`: what is certain is cured, byte for byte nothing else, and what is left is said."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import BRIEFING, CLAIMS, FRONT, SOURCES, TIMELINE, Files, inputs_of, sample_inputs, small, studied_of

from builder import editing as edit
from builder.build import ANY_SITE, Studied
from builder.cli import main
from builder.diagnostics import Fix, Severity, printable
from builder.editing.fixes import Cured, cured, difference, shown

CASE = CLAIMS.replace("met on Thursday in", "Met on Thursday in")
MORE = """later:
  claim: They met again.
  topic: people
  event: meeting
  evidence:
    # an order of its own
    two: {stance: supports,   quote: "It went well"}   # so it is
    one:
        stance: 'supports'
        quote: >-
          The talks lasted
          two hours.
"""


def cure(files: Files, *, typography: bool = False) -> Cured:
    return cured(studied_of(files), ANY_SITE, inputs_of(files).articles, typography=typography)


def after(files: Files, found: Cured) -> Studied:
    return studied_of({**files, **found.files})


def errors(studied: Studied) -> list[str]:
    return [fault.message for fault in studied.diagnostics if fault.severity is Severity.ERROR]


def reasons(found: Cured) -> list[str]:
    return [f"{cure.code}: {cure.reason} {why}" for cure, why in found.left]


def with_more(**changed: str | bytes | None) -> dict[str, str | bytes | None]:
    """The small site with claims in two files."""
    files = small(claims=None, **changed)
    return {"content/case/claims/1.yaml": CLAIMS, "content/case/claims/2.yaml": MORE, **files}


def in_form(files: Files, form: str) -> dict[str, str | bytes | None]:
    """The same with the line ends of another system, or a byte order mark."""
    changed: dict[str, str | bytes | None] = {}
    for path, data in files.items():
        text = data.decode() if isinstance(data, bytes) else data
        if text and path.startswith("content/"):
            text = text.replace("\n", "\r\n") if "CRLF" in form else text
            text = f"\ufeff{text}" if "BOM" in form else text
        changed[path] = text.encode() if text is not None else None
    return changed


def text_of(files: Files, path: str) -> str:
    data = files[path]
    assert isinstance(data, bytes)
    return data.decode()


FORMS = ["LF", "CRLF", "BOM", "CRLF BOM"]


# ---- ids ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_renamed_source_gets_its_new_name_in_every_file(form: str) -> None:
    files = in_form(with_more(sources=SOURCES.replace("  one:", "  one-more:"), timeline=TIMELINE), form)
    found = cure(files)
    assert [cure.fix.text for cure in found.done] == ["one-more"] * 3
    assert {path: data.decode() for path, data in found.files.items()} == {
        path: re.sub(r"(?m)^( +)one:", r"\1one-more:", text_of(files, path))
        for path in ("content/case/claims/1.yaml", "content/case/claims/2.yaml", "content/case/timeline.yaml")
    }
    assert found.left == ()
    assert errors(after(files, found)) == []


@pytest.mark.parametrize(
    ("changed", "old", "new"),
    [
        ({"front": FRONT.replace("talks: The", "the-talks: The")}, "topic: talks", "topic: the-talks"),
        ({"sources": SOURCES.replace("agency:", "agencies:")}, "via: agency", "via: agencies"),
        ({"timeline": TIMELINE.replace("meeting:", "first-meeting:")}, "event: meeting", "event: first-meeting"),
    ],
    ids=["topic", "origin", "event"],
)
def test_ids_of_every_kind_are_renamed(changed: dict[str, str], old: str, new: str) -> None:
    claims = CLAIMS + MORE.replace("topic: talks", "topic: people")
    files = small(claims=claims, **changed)
    found = cure(files)
    assert found.files == {"content/case/claims.yaml": claims.replace(old, new).encode()}
    assert errors(after(files, found)) == []


def test_a_claim_that_a_correction_names_is_renamed() -> None:
    front = FRONT.replace("---\nThe", "corrections:\n  - {date: 2024-06-01, claim: 'meet', changed: A word}\n---\nThe")
    found = cure(small(front=front))
    assert found.files == {"content/case/briefing.md": front.replace("'meet'", "'met'").encode()}


def test_an_event_that_a_source_looks_ahead_to_is_renamed() -> None:
    ahead = "    looks_ahead: {event: meetings, quote: The talks}\n"
    sources = SOURCES.replace("    full_text: yes\n", f"    full_text: yes\n{ahead}", 1)
    found = cure(small(sources=sources, claims=CLAIMS.replace("  event: meeting\n", "")))
    assert found.files == {"content/case/sources.yaml": sources.replace("meetings", "meeting").encode()}


SPOKEN = """said:
  claim: They called it short.
  topic: talks
  utterance: {by: They, lemma: one}
  evidence:
    one: {stance: supports, quote: It was a short}
"""
AUDIT = """left_out:
  one:
    - {quote: two hours, why: Nothing to compare.}
shared:
  - {sources: [two, one], why: Both were there.}
"""
FOLDER = "content/case/"


def test_a_renamed_source_is_known_to_utterances_origins_and_the_audit() -> None:
    sources = SOURCES.replace("  one:", "  one-more:").replace("{name: The Agency}", "{name: The Agency, source: one}")
    files = small(claims=CLAIMS + SPOKEN, sources=sources)
    files[f"{FOLDER}audit.yaml"] = AUDIT
    found = cure(files)
    renamed = {path: re.sub(r"\bone(?=[:}\]])", "one-more", text) for path, text in {
        f"{FOLDER}claims.yaml": CLAIMS + SPOKEN, f"{FOLDER}sources.yaml": sources, f"{FOLDER}audit.yaml": AUDIT,
        f"{FOLDER}timeline.yaml": TIMELINE,
    }.items()}  # fmt: skip
    assert {path: data.decode() for path, data in found.files.items()} == renamed
    assert errors(after(files, found)) == []


@pytest.mark.parametrize("named", ["lemma: one", "source: one", "sources: [two, one]", "left_out"])
def test_a_source_that_is_named_anywhere_is_not_taken_for_a_renamed_one(named: str) -> None:
    claims = CLAIMS.replace("    one:", "    oen:")
    files: dict[str, str | bytes | None] = small(
        claims=claims, timeline=TIMELINE.replace("  evidence:\n    one: met on Thursday\n", "")
    )
    if named == "lemma: one":
        files[f"{FOLDER}claims.yaml"] = claims.replace("  event:", "  utterance: {by: X, lemma: one}\n  event:")
    elif named == "source: one":
        files[f"{FOLDER}sources.yaml"] = SOURCES.replace("The Agency}", "The Agency, source: one}")
    else:
        files[f"{FOLDER}audit.yaml"] = "".join(re.split(r"(?=shared:)", AUDIT)[named != "left_out"])
    assert cure(files).done == ()
    files[f"{FOLDER}audit.yaml"] = None
    files |= {f"{FOLDER}claims.yaml": claims, f"{FOLDER}sources.yaml": SOURCES}
    assert [done.fix.text for done in cure(files).done] == ["one"]


@pytest.mark.parametrize("relation", ["settles: met", "refines: [met]", "conflicts_with: met"])
def test_a_claim_that_another_one_is_related_to_is_renamed(relation: str) -> None:
    key, _, id_ = relation.partition(": ")
    claims = CLAIMS.replace("met:", "met-them:") + MORE.replace("  topic:", f"  {key}: {id_}\n  topic:", 1)
    found = cure(small(claims=claims))
    assert found.files == {
        f"{FOLDER}claims.yaml": claims.replace(relation, relation.replace("met", "met-them")).encode()
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"sources": SOURCES.replace("  one:", "  gazette:")},
        {"sources": SOURCES.replace("  one:", "  one-a:") + SOURCES[SOURCES.index("  two:") :].replace("two", "one-b")},
        {
            "sources": SOURCES.replace("  one:", "  one-a:"),
            "timeline": TIMELINE.replace("one:", "one-b:"),
        },
        {"sources": SOURCES.replace("  one:", "  one-a:"), "timeline": TIMELINE + "x: [\n"},
        {"sources": SOURCES.replace("  one:", "  one-a:"), "timeline": TIMELINE + "y:\n  title: Y\ny:\n  title: Z\n"},
        {"sources": SOURCES.replace("  one:", "  one-a:"), "front": "No front matter."},
        {
            "sources": SOURCES.replace("  one:", "  one-a:"),
            "claims": f"{CLAIMS}faulty:\n  claims: no such key\n  evidence: {{one-a: {{stance: silent}}}}\n",
        },
    ],
    ids=["not alike", "two unused", "two alike", "a file not read", "a key twice", "no front matter", "named"],
)
def test_an_id_that_may_be_another_is_left(changed: dict[str, str]) -> None:
    found = cure(small(**changed))
    assert (found.files, found.done, found.left) == ({}, (), ())


def test_an_entry_with_another_fault_is_renamed_too() -> None:
    sources = SOURCES.replace("  one:", "  ones:")
    claims = CLAIMS.replace("claim: The", "claims: The") + MORE
    found = cure(small(sources=sources, claims=claims))
    renamed = claims.replace("    one:\n", "    ones:\n").encode()
    assert found.files["content/case/claims.yaml"] == renamed


# ---- quotations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_capital_letters_become_the_articles(form: str) -> None:
    files = in_form(small(claims=CLAIMS.replace("met on Thursday in", "Met on thursday in")), form)
    found = cure(files)
    assert found.files == {"content/case/claims.yaml": in_form(small(), form)["content/case/claims.yaml"]}
    assert [cure.code for cure in found.done] == ["quotation-case"]


def test_what_one_cure_brings_to_light_is_cured_in_turn() -> None:
    files = small(
        sources=SOURCES.replace("  one:", "  one-a:"), claims=CLAIMS.replace("met on Thursday in", "Met on Thursday in")
    )
    found = cure(files)
    assert [cure.code for cure in found.done] == ["source-unknown", "source-unknown", "quotation-case"]
    assert errors(after(files, found)) == []


def test_what_would_bring_a_fault_is_left_with_the_reason() -> None:
    files = with_more(
        sources=SOURCES.replace("  one:", "  one-a:"), timeline=TIMELINE.replace("met on", "did not meet on")
    )
    found = cure(files)
    assert sorted(found.files) == ["content/case/claims/1.yaml", "content/case/claims/2.yaml"]
    assert len(found.left) == 1
    assert re.search(
        r"^source-unknown: .*`one-a` .*this would be wrong: content/case/timeline.yaml:5: These words",
        reasons(found)[0],
    )


def test_quotations_that_are_found_keep_their_marks_unless_asked() -> None:
    claims = CLAIMS.replace('"talked in Geneva, Thursday"', "'for \"about two hours\"'")
    assert cure(small(claims=claims)).files == {}
    found = cure(small(claims=claims), typography=True)
    assert found.files == {
        "content/case/claims.yaml": claims.replace('"about two hours"', "“about two hours”").encode()
    }
    assert [(cure.code, cure.reason) for cure in found.done] == [("typography", "two.txt has other marks here.")]
    assert errors(after(small(claims=claims), found)) == []


ARTICLE = (
    "The “ministers” met — at last… — on Thur\u00adsday\u00a0in Geneva. It’s said [sic] that ‘they’ met. "
    "It was a short one."
)


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("""The "ministers" met""", "The “ministers” met"),
        ("met - at last... - on Thursday in Geneva", "met — at last… — on Thursday in Geneva"),
        ("""The "ministers" […] Thursday in Geneva""", "The “ministers” […] Thursday in Geneva"),
        ("""The "ministers" [...] Thursday in Geneva""", "The “ministers” [...] Thursday in Geneva"),
        ("""[They] met - at last""", "[They] met — at last"),
        ("""[I]t's said [by some] that 'they' met""", "[I]t’s said [by some] that ‘they’ met"),
        ("met —  at\n\n\n    last… —\n\n    on Thursday", None),
        ("on Thur\u00adsday\u00a0in Geneva", None),
        ("on Thursday in Geneva", None),
    ],
)
def test_marks_become_those_of_the_article(typed: str, own: str | None) -> None:
    claims = CLAIMS.replace("met on Thursday in Geneva", edit.scalar(typed, flow=True))
    files = small(claims=claims, one=ARTICLE, timeline="", front=FRONT) | {
        "content/case/sources.yaml": SOURCES.replace("[The ministers met,", "[The “ministers” met,")
    }
    files["content/case/claims.yaml"] = claims.replace("  event: meeting\n", "")
    assert errors(studied_of(files)) == []
    assert [cure.fix.text for cure in cure(files, typography=True).done] == ([own] if own else [])


# ---- the sample ---------------------------------------------------------------------------------------------------


def sample_files(newline: str) -> dict[str, str]:
    """The sample's files with the marks of its articles."""
    files = next(texts.files for texts in sample_inputs().briefings if texts.name == BRIEFING)
    texts = {path: data.decode().replace("\n", newline) for path, data in files.items()}
    articles = sample_inputs().articles
    tidy = cured(sample_study(texts), ANY_SITE, articles, typography=True).files
    return texts | {path: data.decode() for path, data in tidy.items()}


def sample_study(texts: Mapping[str, str]) -> Studied:
    return studied_of({**texts, **{f"seeds/{name}": data for name, data in sample_inputs().articles.items()}})


def planted(texts: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """With other marks in every quotation, and every seventh one in capital letters; and how many of these."""
    wrong: dict[str, list[Fix]] = {}
    capitals = 0
    claims = sample_study(texts).briefing.claims
    quotations = [one for claim in claims for evidence in claim.evidence for one in evidence.quotations]
    for number, quotation in enumerate(quotations):
        text = quotation.exact.translate(str.maketrans("“”’–", "«»'-"))
        if number % 7 == 0 and "[" not in text:
            text = text.upper()
            capitals += 1
        wrong.setdefault(quotation.place.file, []).append(Fix(quotation.place, text))
    changed = {path: edit.replace(path, texts[path], fixes) for path, fixes in wrong.items()}
    return {**texts, **changed}, capitals


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_sample_with_wrong_marks_letters_and_ids_is_cured(newline: str) -> None:
    right = sample_files(newline)
    wrong, capitals = planted(right)
    path = f"content/{BRIEFING}/sources.yaml"
    wrong[path] = wrong[path].replace("  mercopress:", "  merco-press:")
    found = cured(sample_study(wrong), ANY_SITE, sample_inputs().articles, typography=True)
    named = r"(?m)(^ +|lemma: |\[|, )mercopress(?=[]:,}\r\n])"
    renamed = {file: re.sub(named, r"\1merco-press", text) for file, text in right.items()}
    assert {**wrong, **{file: data.decode() for file, data in found.files.items()}} == renamed
    codes = [cure.code for cure in found.done]
    assert codes.count("quotation-case") == capitals > 10
    assert codes.count("source-unknown") == sum(len(re.findall(named, text)) for text in right.values()) - 1 > 20
    assert codes.count("typography") > 10
    assert found.left == ()


# ---- what is left -------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_is_left_and_the_others_are_cured() -> None:
    quote = "    one: {stance: supports, quote: Met on Thursday in Geneva}\n"
    twice = f"again:\n  claim: They met.\n  claim: Twice.\n  topic: talks\n  evidence:\n{quote}"
    files = small(claims=None, timeline=TIMELINE.replace("met on", "Met on"))
    files = {"content/case/claims/1.yaml": CLAIMS, "content/case/claims/2.yaml": twice, **files}
    found = cure(files)
    assert sorted(found.files) == ["content/case/timeline.yaml"]
    assert [why for _, why in found.left] == [
        "content/case/claims/2.yaml:3: The key `claim` is given twice. Correct that first."
    ]


def test_one_layout_that_cannot_take_a_cure_keeps_no_other_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = CASE + MORE.replace("The talks lasted", "the talks lasted")
    real = edit.replace

    def picky(file: str, text: str, fixes: list[Fix]) -> str:
        if any(fix.place.line > 10 for fix in fixes):
            raise edit.EditError("too far down")
        return real(file, text, fixes)

    monkeypatch.setattr(edit, "replace", picky)
    found = cure(small(claims=claims))
    assert found.files == {"content/case/claims.yaml": claims.replace("Met on", "met on").encode()}
    assert [why for _, why in found.left] == ["too far down"]


def test_a_briefing_without_faults_stays_as_it_is() -> None:
    found = cure(small())
    assert (found.files, found.done, found.left) == ({}, (), ())


# ---- the difference -----------------------------------------------------------------------------------------------


def test_a_difference_shows_line_ends_and_steers_no_terminal() -> None:
    before, after_ = "\ufeffa\r\nb\t\x1b[2J\u202e\nc", "\ufeffA\r\nb\t\x1b[2J\u202e\nc"
    lines = difference("f\n.yaml", before.encode(), after_.encode())
    assert [shown(line) for line in lines] == [
        "--- a/f\\u000a.yaml\n",
        "+++ b/f\\u000a.yaml\n",
        "@@ -1,3 +1,3 @@\n",
        "-\ufeffa\r\n",
        "+\ufeffA\r\n",
        " b\t\\u001b[2J\\u202e\n",
        " c\n",
        "\\ No newline at end of file\n",
    ]


# ---- the command --------------------------------------------------------------------------------------------------


def run(root: Path, *options: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, ["fix", "--root", str(root), *options], color=color)


def site(root: Path, files: Files) -> dict[Path, bytes]:
    put(root, {path: data for path, data in files.items() if data is not None})
    return tree(root)


def tree(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_command_shows_and_writes_nothing(tmp_path: Path) -> None:
    before = site(tmp_path, small(claims=CASE))
    result = run(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == (
        "--- a/content/case/claims.yaml\n+++ b/content/case/claims.yaml\n@@ -3,5 +3,5 @@\n"
        "   topic: talks\n   event: meeting\n   evidence:\n"
        "-    one: {stance: supports, quote: Met on Thursday in Geneva}\n"
        "+    one: {stance: supports, quote: met on Thursday in Geneva}\n"
        '     two: {stance: supports, quote: "talked in Geneva, Thursday", via: agency}\n'
    )
    first, last = result.stderr.splitlines()
    assert first.startswith("content/case/claims.yaml:6:36: quotation-case: ")
    assert last == "1 text in 1 file; --write writes it."
    assert tree(tmp_path) == before


def test_the_command_writes_what_it_showed(tmp_path: Path) -> None:
    before = site(tmp_path, small(claims=CASE))
    showed = run(tmp_path).stdout
    result = run(tmp_path, "--write")
    assert (result.exit_code, result.stdout) == (0, showed)
    assert result.stderr.splitlines()[-1] == "Written: 1 text in 1 file."
    assert tree(tmp_path) == {**before, tmp_path / "content/case/claims.yaml": CLAIMS.encode()}
    again = run(tmp_path, "--write")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "There is nothing to fix.\n")


@pytest.mark.parametrize("form", FORMS)
def test_what_the_command_shows_can_be_applied_as_a_patch(tmp_path: Path, form: str) -> None:
    if not shutil.which("git"):
        pytest.skip("git is missing")
    files = in_form(small(claims=CASE.removesuffix("\n"), timeline=TIMELINE.replace("met", "Met")), form)
    site(tmp_path, files)
    patch = run(tmp_path).stdout_bytes
    environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    line = ["git", "apply", "-"]
    done = subprocess.run(line, cwd=tmp_path, input=patch, env=environment, check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    patched = tree(tmp_path)
    site(tmp_path, files)
    assert run(tmp_path, "--write").exit_code == 0
    assert tree(tmp_path) == patched


def test_the_command_asks_for_typography(tmp_path: Path) -> None:
    site(tmp_path, small(claims=CLAIMS.replace('"talked in Geneva, Thursday"', "'for \"about two hours\"'")))
    assert run(tmp_path).stderr == "There is nothing to fix.\n"
    assert "+    two: {stance: supports, quote: 'for “about two hours”', via" in run(tmp_path, "--typography").stdout


def test_what_the_command_leaves_is_said_and_told_by_the_exit_code(tmp_path: Path) -> None:
    timeline = TIMELINE.replace("met on", "did not meet on")
    site(tmp_path, with_more(sources=SOURCES.replace("  one:", "  one-a:"), timeline=timeline))
    result = run(tmp_path, "--write")
    assert result.exit_code == 1
    *_, left, last = result.stderr.splitlines()
    assert re.fullmatch(
        r"content/case/timeline\.yaml:5:5: source-unknown: .* Left as it is: Then this would be wrong: .*", left
    )
    assert last == "Written: 2 texts in 2 files."
    assert "one-a:" in (tmp_path / "content/case/claims/1.yaml").read_text("utf-8")
    assert run(tmp_path, "--write").stderr == "Nothing can be cured for certain.\n"


def test_the_command_steers_no_terminal(tmp_path: Path) -> None:
    claims = CASE.replace("in Geneva}", "in Geneva} # \u202e\u009b2J").replace("\u009b", "")
    site(tmp_path, small(claims=f"# \u200f\n{claims}"))
    result = run(tmp_path)
    assert "\\u202e" in result.stdout
    assert all(printable(line) == line for line in result.output.splitlines())
    assert "this is no patch to apply" in result.stderr


def test_the_command_colours_a_difference_for_a_terminal(tmp_path: Path) -> None:
    site(tmp_path, small(claims=CASE))
    lines = run(tmp_path, color=True).stdout.splitlines()
    assert [line[:5] for line in lines if line.startswith("\x1b")] == [
        "\x1b[31m",
        "\x1b[32m",
        "\x1b[36m",
        "\x1b[31m",
        "\x1b[32m",
    ]
    assert all(line.endswith("\x1b[0m") for line in lines)


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site(tmp_path, small(claims=CASE))
    path = tmp_path / "content/case/claims.yaml"

    def slow(*arguments: object, **options: object) -> Cured:
        path.write_text(CASE + "# mine\n", "utf-8")
        return cured(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("builder.editing.fixes.cured", slow)
    result = run(tmp_path, "--write")
    assert result.exit_code == 1
    assert "changed meanwhile" in result.stderr
    assert path.read_text("utf-8") == CASE + "# mine\n"
