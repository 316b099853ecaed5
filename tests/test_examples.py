"""What the documentation shows is what happens: its examples are run as they stand there."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "content/README.md").read_text(encoding="utf-8")
CLAIMS = "content/blinken-in-beijing/claims/01-talks.yaml"


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("site.yaml", "content", "seeds"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def test_the_claim_of_readme_is_verified(site: Path) -> None:
    (claim,) = [block for block in blocks(README) if block.startswith("tweet-on-qin")]
    with (site / CLAIMS).open("a", encoding="utf-8") as file:
        file.write(claim)
    result = run(site, "check")
    assert result.exit_code == 0, result.output
    assert "70 claims" in result.output


def test_its_wrong_letter_is_reported_as_readme_says(site: Path) -> None:
    (claim,) = [block for block in blocks(README) if block.startswith("tweet-on-qin")]
    (report,) = [block for block in blocks(README) if "error[" in block]
    with (site / CLAIMS).open("a", encoding="utf-8") as file:
        file.write(claim.replace("Antony", "Anthony"))
    result = run(site, "check")
    assert result.exit_code == 1
    assert report in result.output


def test_the_briefing_of_the_handbook_builds_from_scratch(tmp_path: Path) -> None:
    section = HANDBOOK.split("## A briefing from scratch")[1].split("\n## ")[0]
    first, second, *rest = blocks(section)
    files = {"seeds/harbour-a.txt": first, "seeds/harbour-b.txt": second}
    names = re.findall(r"^`(content/harbour-bridge/[a-z.]+)`$", section, re.MULTILINE)
    files |= dict(zip(names, rest, strict=True)) | {"site.yaml": "title: A site\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(tmp_path, "build", "--strict")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "public/harbour-bridge/claims/years-of-work.html").read_text(encoding="utf-8")
    assert "Disputed" in page


def test_the_picture_of_readme_is_current(tmp_path: Path) -> None:
    result = run(ROOT, "build", "--output", str(tmp_path / "public"))
    assert result.exit_code == 0, result.output
    built = tmp_path / "public/blinken-in-beijing/data/pattern.svg"
    assert (ROOT / ".github/pattern.svg").read_bytes() == built.read_bytes(), "run `make picture`"
