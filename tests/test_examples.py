"""What the documentation shows is what happens: its examples are run as they stand there."""

import re
import shlex
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


def put_handbook(tmp_path: Path) -> None:
    """The briefing that the handbook writes from scratch, in a site of its own."""
    section = HANDBOOK.split("## A briefing from scratch")[1].split("\n## ")[0]
    first, second, *rest = blocks(section)
    files = {"seeds/harbour-a.txt": first, "seeds/harbour-b.txt": second}
    names = re.findall(r"^`(content/harbour-bridge/[a-z.]+)`$", section, re.MULTILINE)
    files |= dict(zip(names, rest, strict=True)) | {"site.yaml": "title: A site\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")


def test_the_briefing_of_the_handbook_builds_from_scratch(tmp_path: Path) -> None:
    put_handbook(tmp_path)
    result = run(tmp_path, "build", "--strict")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "public/harbour-bridge/claims/years-of-work.html").read_text(encoding="utf-8")
    assert "Disputed" in page


def test_the_walk_of_readme_leads_from_two_pages_to_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk, claim, *_ = blocks(README.split("## From two web pages to a site")[1].split("\n## ")[0])
    monkeypatch.chdir(tmp_path)
    for page, name in re.findall(r"^cp (\S+) \.\./harbour/(\S+)$", walk, re.MULTILINE):
        shutil.copy(ROOT / page, name)
    for line in walk.replace("\\\n", " ").splitlines():
        command, *words = shlex.split(line)
        if line == "cd bridge":
            monkeypatch.chdir("bridge")
        elif command == "variorum":
            result = CliRunner().invoke(main, words)
            assert result.exit_code == 0, result.output
    root = tmp_path / "bridge"
    claims = root / "content/opening/claims.yaml"
    claims.write_text(claims.read_text("utf-8") + claim, "utf-8")
    assert "it has “ride is”, not “rides are”" in run(root, "check").output
    claims.write_text(claims.read_text("utf-8").replace("rides are", "ride is"), "utf-8")
    assert run(root, "check").exit_code == 0
    assert "Quotations: 4 open, 0 covered\n" in run(root, "audit", "opening").output


def test_the_utterance_and_the_origin_of_the_handbook_are_verified(tmp_path: Path) -> None:
    put_handbook(tmp_path)
    section = HANDBOOK.split("### What was said, word by word")[1].split("\n### ")[0]
    utterance, origins = blocks(section)
    folder = tmp_path / "content/harbour-bridge"
    claims, sources = folder / "claims.yaml", folder / "sources.yaml"
    said = utterance + "    statement:\n      stance: supports\n      quote: our gift to the city\n"
    claims.write_text(f"{claims.read_text('utf-8')}\n{said}", "utf-8")
    primary = "    siglum: P\n    article: statement.txt\n    body: [Words, to the city.]\n    primary: yes\n"
    sources.write_text(f"{origins}{sources.read_text('utf-8')}  statement:\n{primary}    full_text: yes\n", "utf-8")
    (tmp_path / "seeds/statement.txt").write_text("Words of the mayor: this bridge is our gift to the city.\n", "utf-8")
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stderr) == (0, ""), result.output


def test_the_picture_of_readme_is_current(tmp_path: Path) -> None:
    result = run(ROOT, "build", "--output", str(tmp_path / "public"))
    assert result.exit_code == 0, result.output
    built = tmp_path / "public/blinken-in-beijing/data/pattern.svg"
    assert (ROOT / ".github/pattern.svg").read_bytes() == built.read_bytes(), "run `make picture`"
