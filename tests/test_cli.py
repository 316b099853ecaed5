"""What a terminal sees: exit codes that never hide a fault, faults as text or data, and usage that is explained."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, FRONT, ONE, ROOT, SITE, SMALL, SOURCES, TWO
from whole_site import tree

from builder import __version__
from builder.cli import main

BUNDLED_TEMPLATES = ROOT / "templates"
ORPHANED = CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva")
SHOWS_MUCH = SOURCES.replace("    full_text: yes\n", "", 1)
"""With the limits of SITE_WARNS: a warning, and no error."""
SITE_WARNS = f"{SITE}limits: {{excerpt_warning: 1 %, excerpt_maximum: 100 %}}\n"


def run(*arguments: str | Path, color: bool = False) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], color=color, prog_name="variorum")


def claims(root: Path, text: str) -> None:
    put(root, {"content/case/claims.yaml": text})


# ---- build ------------------------------------------------------------------------------------------------------


def test_a_build_says_what_it_did(small_site: Path) -> None:
    result = run("build", "--root", small_site)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, *skipped = result.stdout.splitlines()
    public = re.escape(str(small_site / "public"))
    assert re.fullmatch(rf"{public}: 15 pages, [\d,]+ kB in \d+\.\d\d s \(\d+ written files\)", first)
    assert second == "  1 briefing: 1 claim, 2 sources, 1 event, 3 quotations verified, 0 warnings"
    assert skipped == ["  skipped feed.xml and the sitemaps: no address (`url` in site.yaml, or --base-url)"]


def without_time(said: str) -> str:
    return re.sub(r" in \d+\.\d\d s ", " ", said)


def test_a_second_build_leaves_everything(small_site: Path) -> None:
    written = run("build", "--root", small_site).stdout
    before = times(small_site / "public")
    again = run("build", "--root", small_site).stdout
    assert without_time(again) == re.sub(r"\(\d+ written files\)", "(nothing changed)", without_time(written))
    assert times(small_site / "public") == before


def times(folder: Path) -> dict[Path, int]:
    """When each file and folder was changed."""
    return {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}


def test_all_makes_everything_anew_and_finds_it_the_same(small_site: Path) -> None:
    written = run("build", "--root", small_site).stdout
    before = times(small_site / "public")
    again = run("build", "--root", small_site, "--all").stdout
    assert without_time(again) == without_time(written).replace(" written files)", " unchanged files)")
    assert times(small_site / "public") == before


def test_explain_says_why(small_site: Path) -> None:
    def why() -> list[str]:
        lines = run("build", "--root", small_site, "--explain").stdout.splitlines()
        return [line.removeprefix("stale: ") for line in lines if line.startswith("stale: ")]

    assert why() == ["everything: nothing is known of a last build"]
    assert why() == ["nothing is stale"]
    put(small_site, {"seeds/one.txt": f"{ONE} More."})
    assert why() == ["case: seeds/one.txt changed"]
    put(small_site, {"site.yaml": f"{SITE}tagline: Words.\n"})
    (small_site / "public/case/matrix.html").unlink()
    assert why() == ["everything: site.yaml changed", "case: case/matrix.html is not as it was written"]


def test_explain_speaks_of_a_build_that_is_refused_too(small_site: Path) -> None:
    claims(small_site, ORPHANED)
    result = run("build", "--root", small_site, "--explain")
    assert (result.exit_code, result.stdout) == (1, "stale: everything: nothing is known of a last build\n")


def test_a_briefing_that_is_gone_is_removed_and_told(small_site: Path) -> None:
    more = {path.replace("/case/", "/more/"): text for path, text in SMALL.items() if text and "/case/" in path}
    put(small_site, more)
    run("build", "--root", small_site)
    number = len([path for path in (small_site / "public/more").rglob("*") if path.is_file()])
    for path in more:
        (small_site / path).unlink()
    (small_site / "content/more").rmdir()
    result = run("build", "--root", small_site, "--explain")
    assert "stale: more: removed" in result.stdout.splitlines()
    assert f", {number} removed files)" in result.stdout
    assert not (small_site / "public/more").exists()


def test_a_memory_that_is_damaged_leaves_no_briefing_out(small_site: Path) -> None:
    for n in range(15):
        put(
            small_site,
            {p.replace("/case/", f"/case-{n}/"): text for p, text in SMALL.items() if text and "/case/" in p},
        )
    build = ("build", "--root", small_site, "--base-url", "https://one.example/", "--jobs", "1")
    run(*build)
    (file,) = (small_site / ".variorum").glob("*.facts")
    before, whole = tree(small_site / "public"), file.read_bytes()
    assert len(whole) > 20 * 4096
    for start in range(0, len(whole), 2 * 4096):
        put(small_site, {"content/case/briefing.md": FRONT.replace("The prose.", f"Prose {start}.")})
        file.write_bytes(whole[:start] + b"\xff" * 16 + whole[start + 16 :])
        assert run(*build).exit_code == 0
        after = tree(small_site / "public")
        assert {path for path in before if before[path] != after.get(path)} == {"case/index.html"}, start
        assert after.keys() == before.keys()


def test_a_site_is_built_even_where_nothing_can_be_remembered(small_site: Path) -> None:
    run("build", "--root", small_site)
    (file,) = (small_site / ".variorum").glob("*.facts")
    before = tree(small_site / "public")
    file.unlink()
    put(file, {"in the way": ""})
    for words in ("Other prose.", "Still other prose."):
        put(small_site, {"content/case/briefing.md": FRONT.replace("The prose.", words)})
        result = run("build", "--root", small_site)
        assert (result.exit_code, result.stderr) == (0, "")
        after = tree(small_site / "public")
        assert {path for path in before if before[path] != after.get(path)} == {"case/index.html"}
        assert words.encode() in after["case/index.html"]


def test_a_warning_is_told_again_by_a_build_with_nothing_to_do(small_site: Path) -> None:
    put(small_site, {"site.yaml": SITE_WARNS, "content/case/sources.yaml": SHOWS_MUCH})
    first, second = run("build", "--root", small_site), run("build", "--root", small_site)
    assert "nothing changed" in second.stdout
    assert first.stderr == second.stderr != ""


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_as_many_processes_as_one_likes_make_the_same_site(small_site: Path, jobs: str) -> None:
    for n in range(12):
        put(
            small_site,
            {p.replace("/case/", f"/case-{n}/"): text for p, text in SMALL.items() if text and "/case/" in p},
        )
    assert run("build", "--root", small_site, "--jobs", jobs).exit_code == 0
    assert run("build", "--root", small_site, "--jobs", "2", "--all", "--output", small_site / "other").exit_code == 0
    assert tree(small_site / "public") == tree(small_site / "other")
    assert len(tree(small_site / "public")) > 12 * 9
    for n in (3, 7, 11):
        put(small_site, {f"content/case-{n}/claims.yaml": ORPHANED})
    found = run("check", "--root", small_site, "--jobs", jobs)
    assert found.exit_code == 1
    assert re.findall(r"^content/case-(\d+)/.*error", found.stderr, re.MULTILINE) == ["11", "3", "7"]
    assert run("build", "--root", small_site, "--jobs", jobs).stderr.startswith(found.stderr)


def test_a_fault_stops_publication_and_leaves_the_old_site(small_site: Path) -> None:
    run("build", "--root", small_site)
    before = {path: path.read_bytes() for path in sorted((small_site / "public").rglob("*")) if path.is_file()}
    claims(small_site, ORPHANED)
    result = run("build", "--root", small_site)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "error[quotation-words]" in result.stderr
    assert result.stderr.endswith(f"1 error\nNothing was written; {small_site / 'public'} is as it was.\n")
    assert {path: path.read_bytes() for path in sorted((small_site / "public").rglob("*")) if path.is_file()} == before


def test_the_output_may_go_elsewhere(small_site: Path, tmp_path: Path) -> None:
    assert run("build", "--root", small_site, "--output", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/case/index.html").is_file()
    assert not (small_site / "public").exists()


def test_a_base_url_goes_before_that_of_site_yaml(small_site: Path) -> None:
    put(small_site, {"site.yaml": f"{SITE}url: https://one.example/\n"})
    assert run("build", "--root", small_site, "--base-url", "https://two.example/there").exit_code == 0
    assert b"https://two.example/there/case/" in (small_site / "public/sitemap.xml").read_bytes()
    assert b"https://two.example/there/case/matrix.html" in (small_site / "public/case/sitemap.xml").read_bytes()
    assert b"one.example" not in (small_site / "public/feed.xml").read_bytes()
    # An empty one, as a workflow may pass it, is none.
    assert run("build", "--root", small_site, "--base-url", "").exit_code == 0
    assert b"https://one.example/case/" in (small_site / "public/sitemap.xml").read_bytes()
    assert b"https://one.example/case/matrix.html" in (small_site / "public/case/sitemap.xml").read_bytes()


def test_drafts_are_built_on_demand_only(small_site: Path) -> None:
    put(small_site, {"content/case/briefing.md": FRONT.replace("status: published", "status: draft")})
    result = run("build", "--root", small_site)
    assert result.exit_code == 0
    assert "  skipped case: a draft (--drafts builds it)" in result.stdout.splitlines()
    assert not (small_site / "public/case").exists()
    assert run("build", "--root", small_site, "--drafts").exit_code == 0
    assert (small_site / "public/case/index.html").is_file()


# ---- check ------------------------------------------------------------------------------------------------------


def test_a_check_without_faults_says_so_and_writes_nothing(small_site: Path) -> None:
    before = sorted(small_site.rglob("*"))
    result = run("check", "--root", small_site)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 claim, 3 quotations: all verified.\n", "")
    assert sorted(small_site.rglob("*")) == before


def test_a_check_names_every_fault_in_order_and_counts_them(small_site: Path) -> None:
    claims(small_site, ORPHANED.replace("topic: talks", "topic: nowhere"))
    put(small_site, {"content/case/timeline.yaml": "a: \0", "site.yaml": "titel: T\n"})
    result = run("check", "--root", small_site)
    assert result.exit_code == 1
    assert result.stdout == ""
    heads = re.findall(r"^(\S+?):(\d+):\d+: error\[([a-z-]+)\]", result.stderr, re.MULTILINE)
    assert heads == [
        ("content/case/claims.yaml", "3", "topic-unknown"),
        ("content/case/claims.yaml", "6", "quotation-words"),
        ("content/case/timeline.yaml", "1", "yaml-character"),
        ("site.yaml", "1", "key-unknown"),
    ]
    assert result.stderr.endswith("\n\n4 errors\n")


def test_a_check_looks_at_drafts_too(small_site: Path) -> None:
    put(small_site, {"content/case/briefing.md": FRONT.replace("status: published", "status: draft")})
    claims(small_site, ORPHANED)
    assert run("check", "--root", small_site).exit_code == 1
    assert run("build", "--root", small_site).exit_code == 0


def test_faults_as_data_have_the_documented_fields(small_site: Path) -> None:
    claims(small_site, ORPHANED)
    result = run("check", "--root", small_site, "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    (fault,) = json.loads(result.stdout)
    assert {key: fault[key] for key in ("code", "severity", "file", "line", "column", "message")} == {
        "code": "quotation-words",
        "severity": "error",
        "file": "content/case/claims.yaml",
        "line": 6,
        "column": 36,
        "message": "These words are not in one.txt (A, Outlet not named): it has “Thursday”, not “Friday”.",
    }
    assert fault["help"].startswith("The article has:\n")
    assert [(r["file"], r["line"]) for r in fault["related"]] == [("seeds/one.txt", 1)]


def test_no_faults_are_an_empty_list(small_site: Path) -> None:
    result = run("check", "--root", small_site, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, [], "")


@pytest.mark.parametrize("command", ["check", "build"])
def test_warnings_are_faults_under_strict_only(small_site: Path, command: str) -> None:
    put(small_site, {"site.yaml": SITE_WARNS, "content/case/sources.yaml": SHOWS_MUCH})
    lenient = run(command, "--root", small_site)
    assert lenient.exit_code == 0
    assert "warning[excerpt-share]" in lenient.stderr
    assert lenient.stderr.endswith("\n\n1 warning\n")
    (small_site / "public").mkdir(exist_ok=True)
    before = sorted((small_site / "public").rglob("*"))
    strict = run(command, "--root", small_site, "--strict")
    assert strict.exit_code == 1
    assert "warning[excerpt-share]" in strict.stderr
    assert sorted((small_site / "public").rglob("*")) == before


def test_a_warning_is_counted_beside_the_errors(small_site: Path) -> None:
    put(
        small_site,
        {"site.yaml": SITE_WARNS, "content/case/sources.yaml": SHOWS_MUCH, "content/other/briefing.md": "no"},
    )
    assert run("check", "--root", small_site).stderr.endswith("\n\n3 errors and 1 warning\n")


FAULTY: list[dict[str, str | bytes]] = [
    {"content/case/claims.yaml": ORPHANED},
    {"content/case/claims.yaml": "a: ["},
    {"content/case/claims.yaml": b"\xff"},
    {"content/case/claims.yaml": 'met: {claim: "\\e[31m", topic: talks}\n'},
    {"content/case/briefing.md": ""},
    {"content/case/sources.yaml": SOURCES.replace("two.txt", "2.txt")},
    {"content/Bad Name/briefing.md": FRONT},
    {"content/static/briefing.md": FRONT},
    {"content/more/notes.txt": ""},
    {"site.yaml": ""},
    {"site.yaml": b"\x00"},
    {"seeds/two.txt": TWO.encode() + b"\xff"},
    {"seeds/two.txt": "Other words."},
    {"seeds/two.txt": b"x" * (1024 * 1024 + 1)},
]


@pytest.mark.parametrize("changed", FAULTY)
def test_no_fault_ends_with_0_however_it_is_asked_for(small_site: Path, changed: dict[str, str | bytes]) -> None:
    put(small_site, changed)
    text, data = run("check", "--root", small_site), run("check", "--root", small_site, "--format", "json")
    assert text.exit_code == data.exit_code == run("build", "--root", small_site).exit_code == 1
    assert not (small_site / "public").exists()
    rows = json.loads(data.stdout)
    assert rows
    for row in rows:
        assert f"{row['file']}:" in text.stderr
        assert f"{row['severity']}[{row['code']}]" in text.stderr
    for printed in (text.stderr, data.stdout):
        assert "Traceback" not in printed
        assert "\x1b" not in printed


def test_a_site_without_site_yaml_is_not_built(small_site: Path) -> None:
    (small_site / "site.yaml").unlink()
    for command in ("check", "build"):
        result = run(command, "--root", small_site)
        assert result.exit_code == 1
        assert "site.yaml: error[file-missing]: The site has no site.yaml." in result.stderr


def test_a_link_among_the_inputs_is_a_fault(small_site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    (small_site / "seeds/two.txt").unlink()
    (small_site / "seeds/two.txt").symlink_to(tmp_path / "secret.txt")
    result = run("check", "--root", small_site)
    assert result.exit_code == 1
    assert "seeds/two.txt: error[symlink]" in result.stderr
    assert "secret words" not in result.output


# ---- clean ------------------------------------------------------------------------------------------------------


def test_clean_removes_what_was_built_and_nothing_else(small_site: Path) -> None:
    run("build", "--root", small_site)
    put(small_site, {"public/mine.txt": "mine"})
    result = run("clean", "--root", small_site)
    assert result.exit_code == 0
    assert re.fullmatch(r"Removed [1-9]\d* files\.\n", result.stdout)
    assert [path.name for path in (small_site / "public").rglob("*")] == ["mine.txt"]
    assert (small_site / "seeds/one.txt").is_file()
    assert run("clean", "--root", small_site).stdout == "Removed 0 files.\n"


# ---- usage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["build", "--nope"], "No such option"),
        (["build", "extra"], "unexpected extra argument"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["check", "--root", "/nowhere/at/all"], "does not exist"),
        (["build", "--base-url", "example.org"], "`example.org` is no web address"),
        (["build", "--base-url", "javascript:alert(1)"], "is no web address"),
        (["build", "--base-url", "https://a b"], "is no web address"),
        (["build", "--base-url", "https://u@example.org"], "is no web address"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["check", "--jobs", "many"], "is not a valid integer"),
        (["serve", "--port", "0"], "0 is not in the range"),
        (["serve", "--port", "http"], "is not a valid integer"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_root_that_is_a_file_is_wrong_usage(small_site: Path) -> None:
    assert run("check", "--root", small_site / "site.yaml").exit_code == 2


@pytest.mark.parametrize("command", ["build", "check", "serve", "clean"])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_explains_itself(command: str, option: str) -> None:
    result = run(command, option)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: variorum {command} [OPTIONS]")
    assert "--root DIRECTORY" in result.stdout
    assert f"  {command} " in run(option).stdout


def test_the_version_is_that_of_the_package() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"variorum {__version__}\n")


# ---- colour -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "0"}, False)],
)
def test_colour_is_left_out_where_no_color_is_set(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    claims(small_site, ORPHANED)
    told = run("check", "--root", small_site, color=True).stderr
    assert ("\x1b[" in told) is coloured
    plain = re.sub(r"\x1b\[\d*(;\d+)*m", "", told)
    assert plain == run("check", "--root", small_site).stderr


# ---- templates --------------------------------------------------------------------------------------------------


@pytest.fixture
def own(small_site: Path) -> Path:
    """A site with templates of its own."""
    for path in BUNDLED_TEMPLATES.rglob("*"):
        if path.is_file():
            put(small_site, {f"templates/{path.relative_to(BUNDLED_TEMPLATES)}": path.read_bytes()})
    return small_site


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n{{ page.clame }}\n", "templates/claim.html:2:9: error[template-fault]: There is no “clame” here.\n"),
        ("{{ nothing }}\n", "templates/claim.html:1:4: error[template-fault]: There is no “nothing” here.\n"),
        ("one\n\n{% if %}\n", "templates/claim.html:3:1: error[template-fault]: Something is missing before %}.\n"),
        ("{% for x in page %}\n", "templates/claim.html:1:1: error[template-fault]: {% for %} is never closed.\n"),
        ("{% include 'gone.html' %}\n", "templates/claim.html:1:13: error[template-fault]: There is no template “gone"),
        ("{% extends 'gone.html' %}\n", "templates/claim.html:1:13: error[template-fault]: There is no template “gone"),
    ],
)
def test_a_template_at_fault_is_told_with_its_line_by_the_build_as_by_the_check(
    own: Path, text: str, said: str
) -> None:
    put(own, {"templates/claim.html": text})
    result = run("build", "--root", own)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(said)
    assert result.stderr.endswith(f"1 error\nNothing was written; {own / 'public'} is as it was.\n")
    assert not (own / "public").exists()
    checked = run("check", "--root", own)
    assert (checked.exit_code, checked.stdout) == (1, "")
    assert result.stderr.startswith(checked.stderr)


@pytest.mark.parametrize("name", ["claim.html", "base.html", "pattern.svg", "static/css/print.css", "static/icon.svg"])
def test_what_a_site_does_not_have_of_its_own_is_ours(own: Path, name: str) -> None:
    (own / "templates" / name).unlink()
    assert run("build", "--root", own).exit_code == 0


def test_a_sites_own_templates_are_used(own: Path) -> None:
    put(own, {"templates/404.html": "My own <{{ page.chrome.site }}>"})
    assert run("build", "--root", own).exit_code == 0
    assert (own / "public/404.html").read_text() == "My own <A Site>"


# ---- as a program -----------------------------------------------------------------------------------------------

VARIORUM = Path(sys.executable).with_name("variorum")
WAYS = [[sys.executable, "-m", "builder"], [str(VARIORUM)]]


def program(way: list[str], *arguments: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ} | more
    command = [*way, *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**kept, "PYTHONPATH": str(ROOT)},
    )


def test_python_m_builder_is_the_same_program(small_site: Path) -> None:
    claims(small_site, ORPHANED)
    module, script = (program(way, "check", cwd=small_site) for way in WAYS)
    assert module.returncode == script.returncode == 1
    assert module.stderr == script.stderr
    assert "content/case/claims.yaml:6:36: error[quotation-words]" in script.stderr
    assert "\x1b" not in script.stderr
    assert program(WAYS[0], "--version", cwd=small_site).stdout == f"variorum {__version__}\n"


def test_exit_codes_are_those_of_the_process(small_site: Path) -> None:
    assert program(WAYS[0], "check", cwd=small_site).returncode == 0
    assert program(WAYS[0], "check", "--frob", cwd=small_site).returncode == 2
    built = program(WAYS[0], "build", cwd=small_site)
    assert built.returncode == 0
    assert built.stdout.startswith("public: 15 pages, ")


def test_a_terminal_without_utf_8_gets_its_faults_all_the_same(small_site: Path) -> None:
    claims(small_site, CLAIMS.replace("talked in Geneva, Thursday", "for “about three hours”"))
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
    }
    text, data = (
        subprocess.run(
            [*WAYS[0], "check", "--format", shape], cwd=small_site, capture_output=True, check=False, env=env
        )
        for shape in ("text", "json")
    )
    assert text.returncode == data.returncode == 1
    assert b"error[quotation-words]" in text.stderr
    assert b"Traceback" not in text.stderr
    assert json.loads(data.stdout)[0]["help"].startswith("The article has:\nfor “about two hours")


# ---- a command on files that are old enough ------------------------------------------------------------------------
# Once nothing has changed for two seconds, the words of a command are remembered and answered without a closer look.


@pytest.fixture(scope="module")
def old_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sites that nobody has changed for a while."""
    folder = tmp_path_factory.mktemp("old")
    sites = [folder / name for name in ("explained", "all", "full", "ü")]
    try:
        odd = folder / os.fsdecode(b"odd \xff")
        odd.mkdir()
        sites.append(odd)
    except OSError:
        pass  # this file system takes no such name
    for root in sites:
        put(root, SMALL)
    time.sleep(2.1)
    return folder


def test_an_explanation_that_is_asked_for_again_is_given_again(old_sites: Path) -> None:
    said = [program(WAYS[0], "build", "--explain", cwd=old_sites / "explained").stdout for _ in range(4)]
    lines = [[line for line in text.splitlines() if line.startswith("stale: ")] for text in said]
    assert lines == [["stale: everything: nothing is known of a last build"], *[["stale: nothing is stale"]] * 3]


def test_all_is_all_however_often_it_is_asked_for(old_sites: Path) -> None:
    root = old_sites / "all"
    for _ in range(3):
        assert "nothing changed" not in program(WAYS[0], "build", "--all", cwd=root).stdout
    page = root / "public/case/matrix.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"ministers", b"monsters"))
    assert "(1 written, " in program(WAYS[0], "build", "--all", cwd=root).stdout
    assert page.read_bytes() == before


def test_a_folder_whose_name_is_no_text_can_be_built_in(old_sites: Path) -> None:
    odd = old_sites / os.fsdecode(b"odd \xff")
    if not odd.exists():
        pytest.skip("this file system takes no such name")
    for _ in range(3):
        built = program(WAYS[0], "build", cwd=odd)
        assert (built.returncode, built.stderr) == (0, "")
        assert built.stdout.startswith("public: 15 pages, ")


def test_a_terminal_without_utf_8_is_told_all_the_same(old_sites: Path) -> None:
    for _ in range(3):
        built = program(WAYS[0], "build", "--root", "ü", cwd=old_sites, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert (built.returncode, built.stderr) == (0, "")
        assert "/public: 15 pages, " in built.stdout


def test_an_output_that_nobody_can_write_to_is_one_line(old_sites: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    line = [*WAYS[0], "build", "--root", str(old_sites / "full")]
    for _ in range(3):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(line, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, done.stderr) == (1, "variorum: No space left on device\n")
