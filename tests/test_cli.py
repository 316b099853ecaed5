"""What a terminal sees: exit codes that never hide a fault, faults as text or data, and usage that is explained."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, FRONT, ROOT, SITE, SMALL, SOURCES, TWO

from builder import __version__
from builder.cli import BUNDLED_TEMPLATES, main

ORPHANED = CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva")
SHOWS_MUCH = SOURCES.replace("    full_text: yes\n", "", 1)
"""With the limits of SITE_WARNS: a warning, and no error."""
SITE_WARNS = f"{SITE}limits: {{excerpt_warning: 1 %, excerpt_maximum: 100 %}}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    put(root, {path: text for path, text in SMALL.items() if text is not None})
    return root


def run(*arguments: str | Path, color: bool = False) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], color=color, prog_name="variorum")


def claims(root: Path, text: str) -> None:
    put(root, {"content/case/claims.yaml": text})


# ---- build ------------------------------------------------------------------------------------------------------


def test_a_build_says_what_it_did(site: Path) -> None:
    result = run("build", "--root", site)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, *skipped = result.stdout.splitlines()
    public = re.escape(str(site / "public"))
    assert re.fullmatch(rf"{public}: 10 pages, [\d,]+ kB in \d+\.\d\d s \(\d+ written files\)", first)
    assert second == "  1 briefing: 1 claim, 2 sources, 1 event, 3 quotations verified, 0 warnings"
    assert skipped == ["  skipped feed.xml and sitemap.xml: no address (`url` in site.yaml, or --base-url)"]


def test_a_second_build_leaves_everything(site: Path) -> None:
    written = run("build", "--root", site).stdout
    again = run("build", "--root", site).stdout
    number = re.search(r"\((\d+) written files\)", written)
    assert number is not None
    assert f"({number[1]} unchanged files)" in again


def test_a_fault_stops_publication_and_leaves_the_old_site(site: Path) -> None:
    run("build", "--root", site)
    before = {path: path.read_bytes() for path in sorted((site / "public").rglob("*")) if path.is_file()}
    claims(site, ORPHANED)
    result = run("build", "--root", site)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "error[quotation-orphaned]" in result.stderr
    assert result.stderr.endswith(f"1 error\nNothing was written; {site / 'public'} is as it was.\n")
    assert {path: path.read_bytes() for path in sorted((site / "public").rglob("*")) if path.is_file()} == before


def test_the_output_may_go_elsewhere(site: Path, tmp_path: Path) -> None:
    assert run("build", "--root", site, "--output", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out/case/index.html").is_file()
    assert not (site / "public").exists()


def test_a_base_url_goes_before_that_of_site_yaml(site: Path) -> None:
    put(site, {"site.yaml": f"{SITE}url: https://one.example/\n"})
    assert run("build", "--root", site, "--base-url", "https://two.example/there").exit_code == 0
    assert b"https://two.example/there/case/" in (site / "public/sitemap.xml").read_bytes()
    assert b"one.example" not in (site / "public/feed.xml").read_bytes()
    # An empty one, as a workflow may pass it, is none.
    assert run("build", "--root", site, "--base-url", "").exit_code == 0
    assert b"https://one.example/case/" in (site / "public/sitemap.xml").read_bytes()


def test_drafts_are_built_on_demand_only(site: Path) -> None:
    put(site, {"content/case/briefing.md": FRONT.replace("status: published", "status: draft")})
    result = run("build", "--root", site)
    assert result.exit_code == 0
    assert "  skipped case: a draft (--drafts builds it)" in result.stdout.splitlines()
    assert not (site / "public/case").exists()
    assert run("build", "--root", site, "--drafts").exit_code == 0
    assert (site / "public/case/index.html").is_file()


# ---- check ------------------------------------------------------------------------------------------------------


def test_a_check_without_faults_says_so_and_writes_nothing(site: Path) -> None:
    before = sorted(site.rglob("*"))
    result = run("check", "--root", site)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 claim, 3 quotations: all verified.\n", "")
    assert sorted(site.rglob("*")) == before


def test_a_check_names_every_fault_in_order_and_counts_them(site: Path) -> None:
    claims(site, ORPHANED.replace("topic: talks", "topic: nowhere"))
    put(site, {"content/case/timeline.yaml": "a: [", "site.yaml": "titel: T\n"})
    result = run("check", "--root", site)
    assert result.exit_code == 1
    assert result.stdout == ""
    heads = re.findall(r"^(\S+?):(\d+):\d+: error\[([a-z-]+)\]", result.stderr, re.MULTILINE)
    assert heads == [
        ("content/case/claims.yaml", "3", "topic-unknown"),
        ("content/case/claims.yaml", "6", "quotation-orphaned"),
        ("content/case/timeline.yaml", heads[2][1], "yaml-syntax"),
        ("site.yaml", "1", "key-missing"),
        ("site.yaml", "1", "key-unknown"),
    ]
    assert result.stderr.endswith("\n\n5 errors\n")


def test_a_check_looks_at_drafts_too(site: Path) -> None:
    put(site, {"content/case/briefing.md": FRONT.replace("status: published", "status: draft")})
    claims(site, ORPHANED)
    assert run("check", "--root", site).exit_code == 1
    assert run("build", "--root", site).exit_code == 0


def test_faults_as_data_have_the_documented_fields(site: Path) -> None:
    claims(site, ORPHANED)
    result = run("check", "--root", site, "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    (fault,) = json.loads(result.stdout)
    assert {key: fault[key] for key in ("code", "severity", "file", "line", "column", "message")} == {
        "code": "quotation-orphaned",
        "severity": "error",
        "file": "content/case/claims.yaml",
        "line": 6,
        "column": 36,
        "message": "These words are not in one.txt (A, Outlet not named).",
    }
    assert fault["help"].startswith("The article has:\n")
    assert [(r["file"], r["line"]) for r in fault["related"]] == [("seeds/one.txt", 1)]


def test_no_faults_are_an_empty_list(site: Path) -> None:
    result = run("check", "--root", site, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, [], "")


@pytest.mark.parametrize("command", ["check", "build"])
def test_warnings_are_faults_under_strict_only(site: Path, command: str) -> None:
    put(site, {"site.yaml": SITE_WARNS, "content/case/sources.yaml": SHOWS_MUCH})
    lenient = run(command, "--root", site)
    assert lenient.exit_code == 0
    assert "warning[excerpt-share]" in lenient.stderr
    assert lenient.stderr.endswith("\n\n1 warning\n")
    (site / "public").mkdir(exist_ok=True)
    before = sorted((site / "public").rglob("*"))
    strict = run(command, "--root", site, "--strict")
    assert strict.exit_code == 1
    assert "warning[excerpt-share]" in strict.stderr
    assert sorted((site / "public").rglob("*")) == before


def test_a_warning_is_counted_beside_the_errors(site: Path) -> None:
    put(site, {"site.yaml": SITE_WARNS, "content/case/sources.yaml": SHOWS_MUCH, "content/other/briefing.md": "no"})
    assert run("check", "--root", site).stderr.endswith("\n\n3 errors and 1 warning\n")


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
def test_no_fault_ends_with_0_however_it_is_asked_for(site: Path, changed: dict[str, str | bytes]) -> None:
    put(site, changed)
    text, data = run("check", "--root", site), run("check", "--root", site, "--format", "json")
    assert text.exit_code == data.exit_code == run("build", "--root", site).exit_code == 1
    assert not (site / "public").exists()
    rows = json.loads(data.stdout)
    assert rows
    for row in rows:
        assert f"{row['file']}:" in text.stderr
        assert f"{row['severity']}[{row['code']}]" in text.stderr
    for printed in (text.stderr, data.stdout):
        assert "Traceback" not in printed
        assert "\x1b" not in printed


def test_a_site_without_site_yaml_is_not_built(site: Path) -> None:
    (site / "site.yaml").unlink()
    for command in ("check", "build"):
        result = run(command, "--root", site)
        assert result.exit_code == 1
        assert "site.yaml: error[file-missing]: The site has no site.yaml." in result.stderr


def test_a_link_among_the_inputs_is_a_fault(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    (site / "seeds/two.txt").unlink()
    (site / "seeds/two.txt").symlink_to(tmp_path / "secret.txt")
    result = run("check", "--root", site)
    assert result.exit_code == 1
    assert "seeds/two.txt: error[symlink]" in result.stderr
    assert "secret words" not in result.output


# ---- clean ------------------------------------------------------------------------------------------------------


def test_clean_removes_what_was_built_and_nothing_else(site: Path) -> None:
    run("build", "--root", site)
    put(site, {"public/mine.txt": "mine"})
    result = run("clean", "--root", site)
    assert result.exit_code == 0
    assert re.fullmatch(r"Removed [1-9]\d* files\.\n", result.stdout)
    assert [path.name for path in (site / "public").rglob("*")] == ["mine.txt"]
    assert (site / "seeds/one.txt").is_file()
    assert run("clean", "--root", site).stdout == "Removed 0 files.\n"


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
        (["serve", "--port", "0"], "0 is not in the range"),
        (["serve", "--port", "http"], "is not a valid integer"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_root_that_is_a_file_is_wrong_usage(site: Path) -> None:
    assert run("check", "--root", site / "site.yaml").exit_code == 2


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
    site: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    claims(site, ORPHANED)
    told = run("check", "--root", site, color=True).stderr
    assert ("\x1b[" in told) is coloured
    plain = re.sub(r"\x1b\[\d*(;\d+)*m", "", told)
    assert plain == run("check", "--root", site).stderr


# ---- templates --------------------------------------------------------------------------------------------------


@pytest.fixture
def own(site: Path) -> Path:
    """A site with templates of its own."""
    for path in BUNDLED_TEMPLATES.rglob("*"):
        if path.is_file():
            put(site, {f"templates/{path.relative_to(BUNDLED_TEMPLATES)}": path.read_bytes()})
    return site


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n{{ page.nothing_like_it }}\n", "templates/claim.html:2: "),
        ("{{ nothing }}\n", "templates/claim.html:1: 'nothing' is undefined."),
        ("one\n\n{% if %}\n", "templates/claim.html:3: Expected an expression"),
        ("{% for x in page %}\n", "templates/claim.html:1: Unexpected end of template"),
        ("{% include '_partials/gone.html' %}\n", "templates/claim.html:1: '_partials/gone.html' not found"),
        ("{% extends 'gone.html' %}\n", "templates/claim.html:1: 'gone.html' not found"),
    ],
)
def test_a_template_at_fault_is_one_line_with_its_place(own: Path, text: str, said: str) -> None:
    put(own, {"templates/claim.html": text})
    result = run("build", "--root", own)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("variorum: ")
    assert result.stderr.endswith(" Nothing was written.\n")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr
    assert not (own / "public").exists()


@pytest.mark.parametrize("name", ["claim.html", "base.html", "pattern.svg"])
def test_a_template_that_is_missing_is_named(own: Path, name: str) -> None:
    (own / "templates" / name).unlink()
    result = run("build", "--root", own)
    assert result.exit_code == 1
    assert f"'{name}' not found" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["css/print.css", "icon.svg"])
def test_a_static_file_that_is_missing_is_named(own: Path, name: str) -> None:
    (own / "templates/static" / name).unlink()
    result = run("build", "--root", own)
    assert result.exit_code == 1
    assert result.stderr == f"variorum: There is no templates/static/{name}. Nothing was written.\n"


def test_a_sites_own_templates_are_used(own: Path) -> None:
    put(own, {"templates/404.html": "My own <{{ page.chrome.site }}>"})
    assert run("build", "--root", own).exit_code == 0
    assert (own / "public/404.html").read_text() == "My own <A Site>"


# ---- as a program -----------------------------------------------------------------------------------------------

VARIORUM = Path(sys.executable).with_name("variorum")
WAYS = [[sys.executable, "-m", "builder"], [str(VARIORUM)]]


def program(way: list[str], *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
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


def test_python_m_builder_is_the_same_program(site: Path) -> None:
    claims(site, ORPHANED)
    module, script = (program(way, "check", cwd=site) for way in WAYS)
    assert module.returncode == script.returncode == 1
    assert module.stderr == script.stderr
    assert "content/case/claims.yaml:6:36: error[quotation-orphaned]" in script.stderr
    assert "\x1b" not in script.stderr
    assert program(WAYS[0], "--version", cwd=site).stdout == f"variorum {__version__}\n"


def test_exit_codes_are_those_of_the_process(site: Path) -> None:
    assert program(WAYS[0], "check", cwd=site).returncode == 0
    assert program(WAYS[0], "check", "--frob", cwd=site).returncode == 2
    built = program(WAYS[0], "build", cwd=site)
    assert built.returncode == 0
    assert built.stdout.startswith("public: 10 pages, ")


def test_a_terminal_without_utf_8_gets_its_faults_all_the_same(site: Path) -> None:
    claims(site, CLAIMS.replace("talked in Geneva, Thursday", "for “about three hours”"))
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
    }
    text, data = (
        subprocess.run([*WAYS[0], "check", "--format", shape], cwd=site, capture_output=True, check=False, env=env)
        for shape in ("text", "json")
    )
    assert text.returncode == data.returncode == 1
    assert b"error[quotation-orphaned]" in text.stderr
    assert b"Traceback" not in text.stderr
    assert json.loads(data.stdout)[0]["help"].startswith("The article has:\nfor “about two hours")
