"""What editors get: schemas and modelines that are current, and a check that they understand. A person's files stay."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import put
from language_server import NODE
from samples import CLAIMS, ROOT, SITE, SMALL, SOURCES, small
from whole_site import tree

from builder.cli import main
from builder.documents import ClaimEntry, Entry, EventEntry, EvidenceEntry, OriginEntry, SourceEntry
from builder.editors.schemas import MARK
from builder.editors.vscode import BEGIN, END, own_files, schema_of, with_modeline
from builder.validation import validate_entries
from builder.workspace import plan
from builder.yamldoc import parse_yaml

SCHEMAS = ".vscode/schemas"
KINDS = ("sources", "claims", "timeline")
"""Of the files of the small site, those that have a schema."""
CLAIMS_FILE = "content/case/claims.yaml"
MODELINE = "# yaml-language-server: $schema=../../.vscode/schemas/case/claims.json"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="variorum")


# ---- modelines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("site.yaml", "site.json"),
        ("content/a/sources.yaml", "a/sources.json"),
        ("content/a/claims.yaml", "a/claims.json"),
        ("content/a/claims/01 x.yaml", "a/claims.json"),
        ("content/a/timeline.yaml", "a/timeline.json"),
        ("content/a/audit.yaml", "a/audit.json"),
        ("content/a/briefing.md", None),
        ("content/README.md", None),
        ("content/a/other.yaml", None),
        ("content/a/claims/b/c.yaml", None),
    ],
)
def test_a_file_has_the_schema_of_its_kind_and_briefing(file: str, schema: str | None) -> None:
    assert schema_of(file) == (f"{SCHEMAS}/{schema}" if schema else None)


def test_a_modeline_leads_from_its_file_to_the_schema() -> None:
    for file in ("site.yaml", "content/a/claims.yaml", "content/a/claims/b.yaml"):
        first = with_modeline(file, b"").decode().strip()
        target = first.removeprefix("# yaml-language-server: $schema=")
        assert os.path.normpath(Path(file).parent / target) == schema_of(file)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: b\n", f"{MODELINE}\na: b\n"),
        ("", f"{MODELINE}\n"),
        ("a: b", f"{MODELINE}\na: b"),
        ("a: b\r\nc: d\r\n", f"{MODELINE}\r\na: b\r\nc: d\r\n"),
        ("a: b\rc: d", f"{MODELINE}\ra: b\rc: d"),
        ("\ufeffa: b\n", f"\ufeff{MODELINE}\na: b\n"),
        ("# words\n\na: b\n", f"{MODELINE}\n# words\n\na: b\n"),
        (f"# words\n{MODELINE}\na: b\n", f"# words\n{MODELINE}\na: b\n"),
        (f"{MODELINE}\r\na: b\n", f"{MODELINE}\r\na: b\n"),
        ("# yaml-language-server: $schema=other.json\r\na: b\n", f"{MODELINE}\r\na: b\n"),
        ("\ufeff# yaml-language-server: $schema=x\na: b\n", f"\ufeff{MODELINE}\na: b\n"),
        ("# words\n# $schema: other.json\na: b\n", f"# words\n{MODELINE}\na: b\n"),
        ("# yaml-language-server: $schema=none\na: b\n", "# yaml-language-server: $schema=none\na: b\n"),
        (f"a: b\n{MODELINE}\n", f"{MODELINE}\na: b\n{MODELINE}\n"),
        ("a: >-\n  # yaml-language-server: $schema=x\n", f"{MODELINE}\na: >-\n  # yaml-language-server: $schema=x\n"),
        ("---\na: b\n", f"{MODELINE}\n---\na: b\n"),
    ],
)
def test_a_modeline_is_added_or_mended_and_nothing_else_changes(before: str, after: str) -> None:
    assert with_modeline(CLAIMS_FILE, before.encode()) == after.encode()
    assert with_modeline(CLAIMS_FILE, after.encode()) == after.encode()


def test_what_is_not_utf_8_stays() -> None:
    assert with_modeline(CLAIMS_FILE, b"a: \xff\n") == b"a: \xff\n"


# ---- the command -------------------------------------------------------------------------------------------------


def test_the_repository_s_own_files_are_current() -> None:
    todo = plan(ROOT)
    assert (list(todo.writes), todo.removals, todo.left) == ([], (), ())


def test_everything_is_written_once(small_site: Path) -> None:
    before = tree(small_site)
    result = run("editor", "--root", small_site)
    assert (result.exit_code, result.stderr) == (0, "")
    after = tree(small_site)
    new = {f"{SCHEMAS}/site.json", *(f"{SCHEMAS}/case/{kind}.json" for kind in (*KINDS, "audit"))}
    assert set(after) - set(before) == new | set(own_files())
    changed = {path for path, data in before.items() if after[path] != data}
    assert changed == {"site.yaml", *(f"content/case/{kind}.yaml" for kind in KINDS)}
    assert all(after[path] == with_modeline(path, before[path]) for path in changed)
    assert set(result.stdout.splitlines()) == {f"written: {path}" for path in (*new, *own_files(), *changed)}
    assert run("check", "--root", small_site).exit_code == 0
    again = run("editor", "--root", small_site)
    assert (again.exit_code, again.stdout) == (0, "Everything is current.\n")
    assert tree(small_site) == after


def test_a_check_writes_nothing_and_says_what_is_not_current(small_site: Path) -> None:
    before = tree(small_site)
    result = run("editor", "--root", small_site, "--check")
    assert result.exit_code == 1
    assert f"not current: {CLAIMS_FILE}" in result.stdout
    assert result.stderr == "Put it right with: variorum editor\n"
    assert tree(small_site) == before
    run("editor", "--root", small_site)
    assert run("editor", "--root", small_site, "--check").exit_code == 0
    put(small_site, {"content/case/claims/more.yaml": "a: {claim: C, topic: talks}\n"})
    result = run("editor", "--root", small_site, "--check")
    assert (result.exit_code, result.stdout) == (1, "not current: content/case/claims/more.yaml\n")


def test_a_new_id_makes_a_schema_stale(small_site: Path) -> None:
    run("editor", "--root", small_site)
    put(small_site, {"content/case/sources.yaml": SOURCES.replace("agency:", "bureau: {name: B}\n  agency:")})
    run("editor", "--root", small_site)
    assert '"bureau"' in (small_site / SCHEMAS / "case/claims.json").read_text("utf-8")


def test_what_a_person_wrote_stays(small_site: Path) -> None:
    put(small_site, {".vscode/settings.json": "// mine\n{}", ".vscode/launch.json": "{}"})
    result = run("editor", "--root", small_site)
    assert result.exit_code == 0
    assert "left as it is: .vscode/settings.json" in result.stdout.splitlines()
    assert (small_site / ".vscode/settings.json").read_text() == "// mine\n{}"
    assert (small_site / ".vscode/launch.json").read_text() == "{}"
    assert run("editor", "--root", small_site, "--check").exit_code == 0


def test_the_schemas_of_a_briefing_that_is_gone_go_and_other_files_stay(small_site: Path) -> None:
    run("editor", "--root", small_site)
    other = {
        f"{SCHEMAS}/mine/claims.json": "{}",
        f"{SCHEMAS}/mine/list.json": f'["{MARK}"]',
        f"{SCHEMAS}/mine/broken.json": "{",
        f"{SCHEMAS}/mine.json": f'{{"$comment": "{MARK}"}}',
    }
    put(small_site, other)
    (small_site / "content/case").rename(small_site / "content/renamed")
    told = run("editor", "--root", small_site, "--check").stdout.splitlines()
    assert f"no longer needed: {SCHEMAS}/case/claims.json" in told
    assert run("editor", "--root", small_site).exit_code == 0
    assert not (small_site / SCHEMAS / "case").exists()
    assert (small_site / SCHEMAS / "renamed/claims.json").is_file()
    assert all((small_site / path).is_file() for path in other)


@pytest.mark.parametrize(
    "changes",
    [
        {"claims": "met: [\n"},
        {"sources": b"\xff\xfe"},
        {"front": None, "timeline": None},
        {"site": None},
        {"site": "title: [\n", "sources": "- a\n"},
    ],
)
def test_content_that_is_at_fault_does_not_stop_it(tmp_path: Path, changes: dict[str, Any]) -> None:
    put(tmp_path, small(**changes))
    result = run("editor", "--root", tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (tmp_path / SCHEMAS / "case/claims.json").is_file()
    assert run("editor", "--root", tmp_path, "--check").exit_code == 0


@pytest.mark.parametrize("link", [".vscode", SCHEMAS, f"{SCHEMAS}/case", f"{SCHEMAS}/case/claims.json"])
def test_nothing_is_written_through_a_link(small_site: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (small_site / link).parent.mkdir(parents=True, exist_ok=True)
    (small_site / link).symlink_to(outside)
    before = tree(small_site)
    result = run("editor", "--root", small_site)
    assert result.exit_code == 1
    assert "is a symbolic link. Nothing was written." in result.stderr
    assert "Traceback" not in result.output
    assert (tree(small_site), [*outside.iterdir()]) == (before, [])


def test_nothing_is_removed_through_a_link(small_site: Path, tmp_path: Path) -> None:
    run("editor", "--root", small_site)
    theirs = tmp_path / "theirs"
    put(theirs, {"claims.json": f'{{"$comment": "{MARK}"}}'})
    (small_site / SCHEMAS / "gone").symlink_to(theirs)
    assert run("editor", "--root", small_site).exit_code == 0
    assert (theirs / "claims.json").is_file()


def test_a_folder_without_a_site_stays_as_it_is(tmp_path: Path) -> None:
    result = run("editor", "--root", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no site.yaml, no briefing. Nothing was written." in result.stderr
    assert [*tmp_path.iterdir()] == []


def test_a_folder_in_the_way_is_one_line(small_site: Path) -> None:
    (small_site / ".vscode/settings.json").mkdir(parents=True)
    result = run("editor", "--root", small_site)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is no ordinary file. Nothing was written." in result.stderr


# ---- settings, snippets ----------------------------------------------------------------------------------------


def own(name: str) -> Any:
    return json.loads(own_files()[f".vscode/{name}"])


def test_a_formatter_cannot_touch_a_quotation_and_nothing_is_asked_of_the_network() -> None:
    settings = own("settings.json")
    assert settings["yaml.format.enable"] is False
    assert settings["yaml.schemaStore.enable"] is False
    assert own("extensions.json")["recommendations"] == ["redhat.vscode-yaml"]


def filled(body: list[str]) -> str:
    """A snippet with what stands in its places, and the first word of each choice."""
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", "\n".join(body))
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)


@pytest.mark.parametrize(
    ("title", "model"),
    [
        ("New claim", ClaimEntry),
        ("New evidence", EvidenceEntry),
        ("New evidence that qualifies", EvidenceEntry),
        ("New event", EventEntry),
        ("New source", SourceEntry),
        ("New origin", OriginEntry),
    ],
)
def test_a_snippet_is_an_entry_that_the_builder_takes(title: str, model: type[Entry]) -> None:
    snippet = own("variorum.code-snippets")[title]
    assert snippet["scope"] == "yaml"
    read = parse_yaml("f.yaml", filled(snippet["body"]))
    assert read.value is not None
    assert (read.diagnostics, validate_entries(model, read.value).diagnostics) == ((), ())


def test_there_is_no_other_snippet() -> None:
    assert len(own("variorum.code-snippets")) == 6


# ---- the task's problem matcher ----------------------------------------------------------------------------------

MATCH = """
const [task, lines] = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const found = [];
for (const line of lines) {
  for (const [kind, matcher] of task.problemMatcher.entries()) {
    const pattern = matcher.pattern, match = new RegExp(pattern.regexp).exec(line);
    if (!match) continue;
    const said = name => match[pattern[name]];
    const place = [said("file"), +said("line") || 1, +said("column") || 1];
    found.push([kind, ...place, said("severity"), said("code"), said("message")]);
  }
}
const background = task.problemMatcher[0].background;
const marks = name => lines.flatMap((line, index) => new RegExp(background[name]).test(line) ? [index] : []);
console.log(JSON.stringify([found, marks("beginsPattern"), marks("endsPattern")]));
"""
"""The patterns as VS Code uses them: each on every line."""


def matched(output: str) -> tuple[list[Any], list[int], list[int]]:
    """What an editor hears in a task's output: problems, and the lines where a check begins and ends."""
    task = own("tasks.json")["tasks"][0]
    told = json.dumps([task, output.splitlines()])
    done = subprocess.run([NODE, "-e", MATCH], input=told, capture_output=True, check=True, encoding="utf-8")
    found, begins, ends = json.loads(done.stdout)
    return found, begins, ends


HOSTILE = 'met:\n  claim: "x"\n  topic: "content/a.yaml:1:2: error[x]: y"\n  evidence: {\n'
FAULTY: Mapping[str, Mapping[str, str | bytes | None]] = {
    "words": small(claims=CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva"), site=None),
    "shapes": small(claims="met: [a]\nB: {claim: x, topi: y}\n", sources="origins: []\n", timeline="a: {date: June}\n"),
    "syntax": small(claims="met:\n\tclaim: x\n", timeline=HOSTILE, front="no front matter\n"),
    "bytes": small(claims=b"met: \xff\n", sources=None, site="title: [\n"),
    "ids": small(claims=CLAIMS.replace("topic: talks", "topic: talk").replace("one:", "oen:")),
    "warnings": small(
        sources=SOURCES.replace("    full_text: yes\n", "", 1),
        site=f"{SITE}limits: {{excerpt_warning: 1 %, excerpt_maximum: 100 %}}\n",
    ),
    "names": {**SMALL, "content/case/claims/a b:1.yaml": "x: y\n", "content/Bad name/briefing.md": "x"},
    "frames": small(claims="met:\n  claim: x\n  topic: talks\n  'content/x.yaml:1:1: error[a-b]: c': y\n"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_an_editor_hears_every_diagnostic_with_its_place_severity_and_code(tmp_path: Path, name: str) -> None:
    put(tmp_path, {path: data for path, data in FAULTY[name].items() if data is not None})
    if name == "names":
        (tmp_path / "content/link").symlink_to(tmp_path)
        (tmp_path / "seeds/link.txt").symlink_to(tmp_path)
    output = run("check", "--root", tmp_path).stderr
    found, begins, ends = matched(output)
    said = json.loads(run("check", "--root", tmp_path, "--format", "json").stdout)
    keys = ("file", "line", "column", "severity", "code", "message")
    assert [problem[1:] for problem in found] == [[one[key] for key in keys] for one in said]
    assert said
    assert (begins, ends) == ([], [])


def test_the_matcher_tells_files_from_lines(tmp_path: Path) -> None:
    put(tmp_path, {path: data for path, data in FAULTY["words"].items() if data is not None})
    found, _, _ = matched(run("check", "--root", tmp_path).stderr)
    assert [(kind, file) for kind, file, *_ in found] == [(0, CLAIMS_FILE), (1, "site.yaml")]


# ---- a check that watches --------------------------------------------------------------------------------------

PATIENCE = 30.0
"""How long a condition may take on a slow machine before a test fails, in seconds."""


class Watch:
    """A watching check in a process of its own, and what it has said so far."""

    def __init__(self, root: Path) -> None:
        self.lines: list[str] = []
        self._told = 0
        """How many of them were waited for."""
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "builder", "check", "--watch", "--root", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def news(self) -> list[str]:
        """What nobody has waited for yet."""
        return self.lines[self._told :]

    def wait_for(self, pattern: str) -> list[str]:
        """The lines of the first check with a line like that; those before it are forgotten."""
        deadline = time.monotonic() + PATIENCE
        while True:
            news = self.news()
            for at, line in enumerate(news):
                if line == END:
                    begin = max(index for index in range(at) if news[index] == BEGIN)
                    if any(re.search(pattern, said) for said in news[begin:at]):
                        self._told += at + 1
                        return news[begin : at + 1]
            assert time.monotonic() < deadline, news
            assert self._process.poll() is None, news
            time.sleep(0.01)

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture
def watch(small_site: Path) -> Iterator[Watch]:
    watching = Watch(small_site)
    yield watching
    watching.stop()


GOOD, BAD = r"^1 claim, .* verified\.$", r"^content/case/claims\.yaml:6:\d+: error\["


def test_a_watching_check_says_all_at_the_start_and_after_every_change(small_site: Path, watch: Watch) -> None:
    watch.wait_for(GOOD)
    put(small_site, {CLAIMS_FILE: CLAIMS.replace("met on Thursday", "met on Friday")})
    said = watch.wait_for(BAD)
    found, begins, ends = matched("\n".join(said))
    assert [problem[1:3] for problem in found] == [[CLAIMS_FILE, 6]]
    assert (begins, ends) == ([0], [len(said) - 1])
    put(small_site, {CLAIMS_FILE: CLAIMS, "templates/404.html": "{{ nothing }}"})
    watch.wait_for(r"^templates/404\.html:1:4: error\[template-fault\]")
    (small_site / "templates/404.html").unlink()
    watch.wait_for(GOOD)
    assert watch.interrupt() == 0


def test_it_sees_what_an_editor_replaces_and_survives_what_is_missing(small_site: Path, watch: Watch) -> None:
    watch.wait_for(GOOD)
    put(small_site, {"new": "title: A\ntitel: B\n"})
    (small_site / "new").rename(small_site / "site.yaml")
    watch.wait_for(r"site\.yaml:2:1: error\[key-unknown\]")
    (small_site / "site.yaml").unlink()
    watch.wait_for(r"^site\.yaml: error\[file-missing\]")
    put(small_site, {"site.yaml": SITE})
    watch.wait_for(GOOD)
    (small_site / "content").rename(small_site / "away")
    watch.wait_for(r"^0 claims|article-unused")
    (small_site / "away").rename(small_site / "content")
    watch.wait_for(GOOD)
    put(small_site, {CLAIMS_FILE: CLAIMS.replace("met on Thursday", "met on Friday")})
    watch.wait_for(BAD)
    small_site.rename(small_site.with_name("moved"))
    watch.wait_for("^variorum: The folder .* cannot be read")
    small_site.with_name("moved").rename(small_site)
    watch.wait_for(BAD)
    put(small_site, {"seeds/one.txt": (small_site / "seeds/one.txt").read_text().replace("Thursday", "Friday")})
    watch.wait_for(r"^content/case/timeline\.yaml:\d+:\d+: error\[")
    assert watch.interrupt() == 0


def test_one_burst_is_one_check_and_an_editor_s_own_files_are_none(small_site: Path, watch: Watch) -> None:
    watch.wait_for(GOOD)
    put(
        small_site,
        {"content/case/.claims.yaml.swp": "x", "content/case/claims.yaml~": "x", "content/case/#claims#": "x"},
    )
    time.sleep(0.6)
    assert watch.news() == []
    put(small_site, {f"content/case/claims/{number}.yaml": "" for number in range(100)})
    watch.wait_for(GOOD)
    time.sleep(0.6)
    assert watch.news().count(BEGIN) < 5  # a slow machine makes several bursts of it


def test_it_keeps_the_schemas_of_an_editor_current_and_makes_none(small_site: Path, watch: Watch) -> None:
    watch.wait_for(GOOD)
    assert not (small_site / ".vscode").exists()
    run("editor", "--root", small_site)
    watch.wait_for(GOOD)
    put(small_site, {"content/case/sources.yaml": SOURCES.replace("agency:", "bureau: {name: B}\n  agency:")})
    deadline = time.monotonic() + PATIENCE
    while '"bureau"' not in (small_site / SCHEMAS / "case/claims.json").read_text("utf-8"):
        assert time.monotonic() < deadline, watch.news()
        time.sleep(0.01)


def test_a_watching_check_speaks_to_people_only(small_site: Path) -> None:
    result = run("check", "--watch", "--format", "json", "--root", small_site)
    assert result.exit_code == 2
    assert "--watch goes with --format text only." in result.stderr
