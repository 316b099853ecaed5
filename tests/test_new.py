"""A new site and a new briefing: complete from the start, whole or not at all, never over what is there."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import put
from every_command import commands
from samples import ROOT
from test_groundwork import everything, full_after
from whole_site import tree

from builder import groundwork, installed
from builder.cli import main
from builder.groundwork import example
from builder.starter import SITE, TITLE, WORKFLOW, Pin, site_files
from builder.yamldoc import Data, parse_yaml

COMMIT = "0123456789abcdef0123456789abcdef01234567"


PIN = Pin("https://github.com/owner/variorum.git", COMMIT)


DATES = ("--date", "2025-03-03", "--published", "2025-03-10")


FOLDERS = {".github", ".vscode", "content", "seeds"}
FILES = {".gitattributes", ".gitignore", "README.md", SITE}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="variorum")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one; nobody knows where the builder came from."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(installed, "installed_from", lambda: (None, False))
    return folder


@pytest.fixture
def site(here: Path) -> Path:
    assert run("new").exit_code == 0
    return here


def test_a_new_site_is_checked_without_a_warning_and_built(here: Path) -> None:
    made = run("new", "my-site")
    assert made.exit_code == 0
    assert made.stdout == (
        f"Made a site with an example briefing in my-site: {len(tree(here / 'my-site'))} files.\n"
        "\nNext:\n  cd my-site\n  variorum serve\n  variorum new briefing NAME\n"
    )
    checked = run("check", "--root", "my-site", "--strict")
    assert (checked.exit_code, checked.stderr) == (0, "")
    built = run("build", "--root", "my-site", "--strict")
    assert (built.exit_code, built.stderr) == (0, "")
    assert (here / "my-site/public/harbour-bridge/claims/years-of-work.html").is_file()


def test_it_is_the_example_with_what_editors_need(site: Path) -> None:
    made = tree(site)
    assert made == site_files(example(), TITLE, "en", None)
    for path, data in example().items():
        assert made[path] == data or re.sub(rb"\A# yaml-language-server: .*\n", b"", made[path]) == data
    assert {path.split("/")[0] for path in made} == {*FOLDERS, *FILES}
    current = run("editor", "--check")
    assert (current.exit_code, current.stdout) == (0, "Everything is current.\n")


def test_the_example_shows_what_a_claim_map_can_say(site: Path) -> None:
    assert run("build").exit_code == 0
    told = json.loads((site / "public/harbour-bridge/data/briefing.json").read_text("utf-8"))
    evidence = [one for claim in told["claims"] for one in claim["evidence"]]
    assert {one["stance"] for one in evidence} == {"supports", "contradicts", "qualifies", "silent"}
    assert {one.get("because") for one in evidence} >= {"omitted", "predates"}
    assert any(one.get("via") for one in evidence)
    assert any(one.get("value") for one in evidence)
    assert {claim["status"] for claim in told["claims"]} >= {
        "disputed",
        "single source",
        "repeated",
        "qualified",
        "wording differs",
    }
    assert len(told["events"]) == 3
    assert [len(utterance["readings"]) for utterance in told["utterances"]] == [2]
    assert "Nothing is open." in run("audit").stdout


def test_the_commands_of_its_workflow_do_what_they_are_there_for(site: Path) -> None:
    lines = re.findall(r"run: variorum (.+)\n", (site / WORKFLOW).read_text("utf-8"))
    assert [line.split()[0] for line in lines] == ["check", "build"]
    for line in lines:
        # An address is asked for on main alone; where there is none, it is empty.
        for address in ("", "https://example.org/news"):
            result = run(*shlex.split(line.replace("$BASE_URL", address)))
            assert (result.exit_code, result.stderr) == (0, "")
    assert b"https://example.org/news/harbour-bridge/" in (site / "public/sitemap.xml").read_bytes()
    put(site, {"seeds/harbour-a.txt": "Other words."})
    refused = run(*shlex.split(lines[0]))
    assert refused.exit_code == 1
    assert "::error file=content/harbour-bridge/" in refused.output


def test_the_example_is_a_site_where_it_is() -> None:
    checked = run("check", "--root", groundwork.EXAMPLE, "--strict")
    assert (checked.exit_code, checked.stderr) == (0, "")


def settings(site: Path) -> Data:
    node = parse_yaml(SITE, (site / SITE).read_text("utf-8")).value
    assert node
    return node.data()


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("The Harbour Review", "The Harbour Review"),
        ("  Two   words ", "Two words"),
        ("Brücken: “alt” & neu #1", "Brücken: “alt” \\& neu \\#1"),
        ("- [no](list) *or* <b>", "- \\[no\\](list) \\*or\\* \\<b\\>"),
        ("no", "no"),
        ("2025", "2025"),
        ("'", "'"),
        ('"', '"'),
        ("{x: y}", "{x: y}"),
        ("%{title} FILL IN {0}", "%{title} FILL IN {0}"),
    ],
)
def test_any_title_is_kept_as_it_was_given(here: Path, title: str, heading: str) -> None:
    assert run("new", "--title", title).exit_code == 0
    told = settings(here)
    assert isinstance(told, dict)
    assert told["title"] == " ".join(title.split())
    assert (here / "README.md").read_text("utf-8").startswith(f"# {heading}\n")
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--title", ""], "The text is missing"),
        (["--title", " "], "The text is missing"),
        (["--title", "\x1b[31m"], "control character U+001B"),
        (["--title", "x" * 1001], "too long"),
        (["--language", "english language"], "does not have the form"),
        (["--language", "en\nurl: https://x.example"], "does not have the form"),
        ([""], "The name of the folder is empty"),
    ],
)
def test_words_that_no_site_could_hold_are_wrong_usage(here: Path, words: list[str], said: str) -> None:
    result = run("new", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "\x1b" not in result.output
    assert everything(here) == {}


def test_another_language_leaves_the_articles_english(here: Path) -> None:
    assert run("new", "--language", "de-AT").exit_code == 0
    told = settings(here)
    assert isinstance(told, dict)
    assert told["language"] == "de-AT"
    assert (here / "content/harbour-bridge/sources.yaml").read_text("utf-8").count("    language: en\n") == 2
    assert run("check", "--strict").exit_code == 0


def test_names_with_spaces_and_other_letters_are_said_so_that_they_can_be_typed(here: Path) -> None:
    result = run("new", "meine Brücken")
    assert "  cd 'meine Brücken'\n" in result.stdout
    assert (here / "meine Brücken/site.yaml").is_file()


def test_a_name_that_could_steer_a_terminal_is_shown_and_not_to_be_pasted(here: Path) -> None:
    result = run("new", "a\x1b[31m\nb")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "a\\u001b[31m\\u000ab" in result.stdout
    assert "cd " not in result.stdout
    assert (here / "a\x1b[31m\nb/site.yaml").is_file()


def test_a_name_that_looks_like_an_option_is_said_so_that_it_is_none(here: Path) -> None:
    assert "  cd ./-x\n" in run("new", "./-x").stdout
    assert (here / "-x/site.yaml").is_file()


def test_folders_above_are_made_too(here: Path) -> None:
    assert run("new", "one/two/").exit_code == 0
    assert (here / "one/two/site.yaml").is_file()
    assert [path.name for path in (here / "one").iterdir()] == ["two"]


def test_a_new_repository_counts_as_empty_and_keeps_what_it_has(here: Path) -> None:
    theirs = {".git/HEAD": "ref", "README": "mine", "LICENSE.txt": "free", ".gitignore": "*.o\n", ".venv/x": ""}
    put(here, theirs)
    result = run("new")
    assert result.exit_code == 0
    assert {path: (here / path).read_text() for path in theirs} == theirs
    assert not (here / "README.md").exists()
    assert ".gitignore stays as it was; it has to say /public/ and /.variorum/.\n" in result.stderr
    assert "README.md stays as it was.\n" in result.stderr
    assert {path.name for path in here.iterdir()} == {*FOLDERS, *FILES, ".git", ".venv", "LICENSE.txt", "README"} - {
        "README.md"
    }


@pytest.mark.parametrize(
    "files", [{"notes.txt": ""}, {"site.yaml": "title: Mine"}, {"content/x": ""}, {".github/x": ""}, {"SEEDS/x": ""}]
)
def test_a_folder_that_holds_anything_else_is_left_alone(here: Path, files: dict[str, str]) -> None:
    put(here, files)
    before = everything(here)
    result = run("new")
    (top,) = {path.split("/")[0] for path in files}
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"variorum: Nothing was made: this folder is not empty, it holds {top}.\n"
    assert everything(here) == before


def test_many_files_in_the_way_are_counted(here: Path) -> None:
    put(here, {f"{number}.txt": "" for number in range(9)} | {"\x1b[31m": ""})
    result = run("new")
    assert result.stderr.endswith("it holds \\u001b[31m, 0.txt, 1.txt and 7 more.\n")


def a_file(here: Path) -> str:
    put(here, {"x": "words"})
    return "x is a file"


def within_a_file(here: Path) -> str:
    put(here.parent, {"file": ""})
    (here / "x").symlink_to(here.parent / "file/x")
    return "x is a link to nothing"


def a_link_to_nothing(here: Path) -> str:
    (here / "x").symlink_to("gone")
    return "x is a link to nothing"


def a_loop(here: Path) -> str:
    (here / "x").symlink_to("x")
    return "x is a link to nothing"


def a_link_to_a_file(here: Path) -> str:
    put(here, {"file": ""})
    (here / "x").symlink_to("file")
    return "x is a file"


def within_a_site(here: Path) -> str:
    put(here, {"site.yaml": "", "content/.gitkeep": ""})
    return f"x is inside the site {here}"


@pytest.mark.parametrize("place", [a_file, within_a_file, a_link_to_nothing, a_loop, a_link_to_a_file, within_a_site])
def test_a_place_where_no_site_can_be_is_refused_in_one_line(here: Path, place: Callable[[Path], str]) -> None:
    said = place(here)
    before = everything(here)
    result = run("new", "x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert everything(here) == before


def test_a_link_to_an_empty_folder_is_that_folder(here: Path) -> None:
    (here / "real").mkdir()
    (here / "x").symlink_to("real")
    assert run("new", "x").exit_code == 0
    assert (here / "real/site.yaml").is_file()
    assert (here / "x").is_symlink()


def test_a_folder_within_a_repository_is_told_where_its_workflow_has_to_be(here: Path) -> None:
    put(here, {".git/HEAD": ""})
    assert f"part of the repository {here}: GitHub runs {WORKFLOW} only at its top." in run("new", "x").stderr


@pytest.mark.parametrize("files", [0, 1, 7])
@pytest.mark.parametrize("folder", [".", "new", "one/two"])
def test_a_disk_that_fills_up_leaves_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, files: int, folder: str
) -> None:
    put(here, {"LICENSE": "free"})
    full_after(monkeypatch, files)
    result = run("new", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "No space left on device. Nothing was made." in result.stderr
    assert everything(here) == {"LICENSE": b"free"}


def test_a_disk_that_fills_up_leaves_no_half_of_a_briefing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(site)
    full_after(monkeypatch, 2)
    assert run("new", "briefing", "talks", *DATES).exit_code == 1
    assert everything(site) == before


def test_a_folder_that_may_not_be_written_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere, so it is the system that is made to refuse.
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    result = run("new", "one/two")
    assert result.exit_code == 1
    assert result.stderr == f"variorum: {here}/one/two: Permission denied. Nothing was made.\n"
    assert everything(here) == {}


@pytest.mark.usefixtures("here")
def test_a_site_whose_builder_is_not_known_says_so() -> None:
    assert "fill in VARIORUM_URL and VARIORUM_COMMIT in .github/workflows/pages.yml.\n" in run("new").stderr


def test_a_new_briefing_is_a_draft_without_a_fault(site: Path) -> None:
    result = run("new", "briefing", "tunnel-talks", *DATES)
    assert (result.exit_code, result.stderr) == (0, "")
    names = "briefing.md, sources.yaml, claims.yaml, timeline.yaml"
    assert result.stdout == (
        f"Made content/tunnel-talks: {names}. It is a draft.\n"
        "\nNext, for each article, a saved page or a text:\n"
        "  variorum add source FILE --briefing tunnel-talks --write\n"
        "Then: variorum add claim --briefing tunnel-talks --write\n"
    )
    checked = run("check", "--strict")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert run("editor", "--check").stdout == "Everything is current.\n"
    assert "skipped tunnel-talks: a draft" in run("build").stdout
    assert run("build", "--drafts").exit_code == 0
    assert "Tunnel talks" in (site / "public/tunnel-talks/index.html").read_text("utf-8")


def test_its_commented_examples_are_what_the_builder_understands(site: Path) -> None:
    assert run("new", "briefing", "case", *DATES, "--title", "A: case").exit_code == 0
    folder = site / "content/case"
    for name in ("claims.yaml", "sources.yaml", "timeline.yaml"):
        named, head, *rest = (folder / name).read_text("utf-8").replace("\nsources: {}\n", "").splitlines()
        assert named.startswith("# yaml-language-server: ")
        assert head.startswith("# ")
        (folder / name).write_text("".join(f"{line.removeprefix('#').removeprefix(' ')}\n" for line in rest))
    sources = (folder / "sources.yaml").read_text("utf-8")
    courier = "  courier: {siglum: B, article: courier.txt, body: [It opened, of the week.]}\n"
    words = "body: [The first words of the article proper, the last words of it.]"
    assert words in sources
    sources = sources.replace(words, "body: [The bridge, 3 March 2025.]").replace(
        "    headline: The headline as printed\n", ""
    )
    put(site, {
        "content/case/sources.yaml": sources + courier,
        "seeds/gazette.txt": "The bridge was opened on Monday, 3 March 2025.",
        "seeds/courier.txt": "It opened at the beginning of the week.",
    })  # fmt: skip
    checked = run("check")
    assert [line for line in checked.stderr.splitlines() if "error[" in line and "excerpt-share" not in line] == []
    assert "content/case" in checked.stderr  # the two short articles are shown in full


HOSTILE_NAMES = [
    "", " ", ".", "..", "../x", "a/b", "Con", "con", "com1", "nul", "static", "data", "A", "ä", "a--b", "-a", "a-",
    "x" * 65, "a b", "a.b", "a\nb", "\x1b[31m", "content/x", "~", "$(x)", "\udcff",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_that_no_briefing_can_have_is_wrong_usage_and_told_with_a_cure(site: Path, name: str) -> None:
    before = everything(site.parent)
    result = run("new", "briefing", *DATES, "--", name)
    assert result.exit_code == 2
    assert "Invalid value for 'NAME'" in result.stderr
    assert "take another name" in result.stderr or "small letters a-z" in result.stderr
    assert "\x1b" not in result.output
    assert everything(site.parent) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Missing option '--date'"),
        (["--date", "2025"], "Missing option '--published'"),
        (["--date", "yesterday", "--published", "2025"], "Invalid value for '--date': 'yesterday' is no date"),
        (["--date", "2025", "--published", ""], "Invalid value for '--published'"),
        (["--date", "2025\nstatus: published", "--published", "2025"], "Invalid value for '--date'"),
        ([*DATES, "--title", "\x1b[31m"], "control character U+001B"),
        ([*DATES, "--title", "x" * 1001], "too long"),
    ],
)
def test_words_that_no_briefing_could_hold_are_wrong_usage(site: Path, words: list[str], said: str) -> None:
    before = everything(site)
    result = run("new", "briefing", "talks", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "\x1b" not in result.output
    assert everything(site) == before


def test_any_date_and_title_that_a_briefing_can_have_are_kept(site: Path) -> None:
    words = ("--date", "[2023-06-19..]", "--published", "2023-06-20?", "--title", 'no: "x" # {y}')
    assert run("new", "briefing", "talks", *words).exit_code == 0
    text = (site / "content/talks/briefing.md").read_text("utf-8").split("---\n")[1]
    node = parse_yaml("briefing.md", text).value
    assert node
    told = node.data()
    assert isinstance(told, dict)
    assert (told["date"], told["published"], told["title"]) == ("[2023-06-19..]", "2023-06-20?", 'no: "x" # {y}')
    assert run("check", "--strict").exit_code == 0


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "link"])
def test_a_name_that_is_taken_is_refused(site: Path, kind: str) -> None:
    taken = site / "content/talks"
    if kind == "link":
        taken.symlink_to("gone")
    elif kind == "empty folder":
        taken.mkdir()
    else:
        put(taken if kind == "folder" else taken.parent, {"talks": "words"})
    before = everything(site)
    result = run("new", "briefing", "talks", *DATES)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("content/talks is there already. Nothing was made.\n")
    assert everything(site) == before


def test_a_folder_that_is_no_site_gets_no_briefing(here: Path) -> None:
    result = run("new", "briefing", "talks", *DATES)
    assert result.exit_code == 1
    assert "has no site.yaml" in result.stderr
    assert everything(here) == {}


def test_a_briefing_never_leaves_the_site_through_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "content").rename(site / "moved")
    (site / "content").symlink_to(tmp_path / "elsewhere")
    assert "is a symbolic link" in run("new", "briefing", "talks", *DATES).stderr
    assert everything(tmp_path / "elsewhere") == {}


def test_a_site_without_content_gets_its_first_briefing(here: Path) -> None:
    put(here, {"site.yaml": "title: Mine\n"})
    assert run("new", "briefing", "talks", *DATES).exit_code == 0
    assert run("check", "--strict").exit_code == 0


def test_a_person_at_a_terminal_is_asked_for_the_dates(site: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "builder", "new", "briefing", "talks"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as process:
        os.write(ours, b"some day\n2025-03-03\n2025-03-10\n")
        out, err = process.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, err
    assert out.startswith(b"Made content/talks: ")
    assert b"'some day' is no date" in err
    text = (site / "content/talks/briefing.md").read_text("utf-8")
    assert "date: 2025-03-03 " in text
    assert "published: 2025-03-10 " in text


def test_a_briefing_called_by_a_command_of_new_can_be_a_folder_all_the_same(here: Path) -> None:
    assert run("new", "./briefing").exit_code == 0
    assert (here / "briefing/site.yaml").is_file()


RUN = [name for name, command in commands() if not isinstance(command, click.Group)]


@pytest.mark.parametrize("words", [*RUN, "new"])
def test_the_help_of_every_command_ends_with_an_example(words: str) -> None:
    result = run(*words.split(), "--help")
    assert result.exit_code == 0
    last = " ".join(result.stdout.split("\n\n")[-1].split())
    assert last.startswith(f"Example: variorum {words}"), "give it an epilog: Example: variorum …"


def test_a_commit_that_was_not_pushed_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "installed_from", lambda: (PIN, False))
    result = run("new")
    assert result.exit_code == 0
    assert f"takes Variorum from {PIN.url}, commit {COMMIT}. As far as the clone here knows" in result.stderr
    assert f'VARIORUM_COMMIT: "{COMMIT}"' in (here / WORKFLOW).read_text("utf-8")
    monkeypatch.setattr(installed, "installed_from", lambda: (PIN, True))
    assert run("new", here.parent / "other").stderr == ""
