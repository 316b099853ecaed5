"""A briefing's folder that was renamed: all its old addresses lead on, from build to build, and go when they should."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, FRONT, SMALL
from whole_site import page_of, target, tree

from builder.cli import main

OLD, NEW = "content/case", "content/meeting"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(root)])


def rename(root: Path, was: str = "case") -> None:
    """Give the folder another name, with the old one in its front matter."""
    (root / OLD).rename(root / NEW)
    put(root, {f"{NEW}/briefing.md": FRONT.replace("status:", f"was: {was}\nstatus:")})


def pages(files: dict[str, bytes], folder: str) -> set[str]:
    return {path.partition("/")[2] for path in files if path.startswith(f"{folder}/") and path.endswith(".html")}


def test_every_old_address_leads_to_the_page_of_the_same_name(small_site: Path) -> None:
    assert run(small_site, "build").exit_code == 0
    before = tree(small_site / "public")
    rename(small_site)
    assert run(small_site, "build").exit_code == 0
    files = tree(small_site / "public")
    assert pages(files, "case") == pages(before, "case") == pages(files, "meeting") != set()
    for page in pages(files, "case"):
        (refresh,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', files[f"case/{page}"].decode())
        assert target(f"case/{page}", refresh) == (f"meeting/{page}", "")
        assert "noindex" in [element.get("content") for element in page_of(files[f"case/{page}"]).all("meta")]
    assert {path for path in files if path.startswith("case/")} == {f"case/{page}" for page in pages(files, "case")}


def test_the_next_builds_leave_it_as_a_clean_one_makes_it(small_site: Path) -> None:
    run(small_site, "build")
    rename(small_site)
    run(small_site, "build")
    files = tree(small_site / "public")
    assert "nothing changed" in run(small_site, "build").stdout
    run(small_site, "build", "--all")
    assert tree(small_site / "public") == files
    run(small_site, "build", "--output", str(small_site / "clean"))
    assert tree(small_site / "clean") == files
    for memory in (small_site / ".variorum").glob("*.facts"):
        memory.unlink()
    assert run(small_site, "build").exit_code == 0
    assert tree(small_site / "public") == files


def test_a_harmed_page_is_mended_and_one_that_nobody_wants_goes(small_site: Path) -> None:
    rename(small_site)
    run(small_site, "build")
    (small_site / "public/case/index.html").write_text("harmed")
    assert "1 written" in run(small_site, "build").stdout
    put(small_site, {f"{NEW}/briefing.md": FRONT})
    run(small_site, "build")
    assert not (small_site / "public/case").exists()


def test_what_somebody_else_put_there_stays(small_site: Path) -> None:
    rename(small_site)
    run(small_site, "build")
    put(small_site, {"public/case/theirs.txt": "theirs", f"{NEW}/briefing.md": FRONT})
    run(small_site, "build")
    assert tree(small_site / "public/case") == {"theirs.txt": b"theirs"}


def test_an_old_name_can_be_a_briefings_again(small_site: Path) -> None:
    rename(small_site)
    run(small_site, "build")
    (small_site / NEW).rename(small_site / OLD)
    put(small_site, {f"{OLD}/briefing.md": FRONT})
    assert run(small_site, "build").exit_code == 0
    files = tree(small_site / "public")
    assert json.loads(files["case/data/briefing.json"])["id"] == "case"
    assert not [path for path, data in files.items() if b'http-equiv="refresh"' in data]
    assert not (small_site / "public/meeting").exists()


def test_no_sitemap_names_an_old_page(small_site: Path) -> None:
    rename(small_site)
    run(small_site, "build", "--base-url", "https://one.example/")
    files = tree(small_site / "public")
    listed = b"".join(data for path, data in files.items() if path.endswith(".xml"))
    assert b"/meeting/claims/met.html" in listed
    assert b"/case/" not in listed
    assert b'rel="canonical" href="https://one.example/meeting/"' in files["case/index.html"]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(("was", "message"), [("case", "name of another"), ("[old, older]", "was the name of `case`")])
def test_a_name_that_another_briefing_has_or_had_is_a_fault(
    small_site: Path, command: str, was: str, message: str
) -> None:
    other = {path.replace(OLD, NEW): text for path, text in SMALL.items() if text and path.startswith(OLD)}
    put(small_site, {**other, f"{NEW}/briefing.md": FRONT.replace("status:", f"was: {was}\nstatus:")})
    put(small_site, {f"{OLD}/briefing.md": FRONT.replace("status:", "was: older\nstatus:")})
    result = run(small_site, command)
    assert result.exit_code == 1
    assert "content/meeting/briefing.md:4:" in result.stderr + result.stdout
    assert "alias-taken" in result.stderr + result.stdout
    assert message in result.stderr + result.stdout
    assert not (small_site / "public").exists()


def test_a_claim_that_was_renamed_before_keeps_its_first_address(small_site: Path) -> None:
    put(small_site, {f"{OLD}/claims.yaml": CLAIMS.replace("  topic:", "  was: talked\n  topic:", 1)})
    rename(small_site)
    assert run(small_site, "build").exit_code == 0
    files = tree(small_site / "public")
    assert b"url=../../meeting/claims/talked.html" in files["case/claims/talked.html"]
    assert b"url=met.html" in files["meeting/claims/talked.html"]
