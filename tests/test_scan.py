"""What a change of a file cannot hide from a look at the folders, and how long one has to wait to be sure of it."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import put
from samples import ROOT, SMALL

from builder import scan
from builder.scan import SETTLED, Scan, Stamp, boot, is_file, is_folder, settled, templates_of

SECOND = 1_000_000_000
WATCHED = [
    "site.yaml",
    "content/case/claims.yaml",
    "content/case/claims/more.yaml",
    "seeds/one.txt",
    "templates/base.html",
    "templates/_partials/head.html",
    "templates/static/css/base.css",
    "builder/text.py",
    "builder/pages/page.py",
    "public/index.html",
]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with templates, a builder and an output of its own, whose files are older than the clock's step."""
    put(tmp_path, SMALL)
    put(tmp_path, {path: f"words of {path}" for path in WATCHED if not (tmp_path / path).exists()})
    put(tmp_path, {f"public/case/{path}": "a page" for path in ("index.html", "claims/a.html", "data/matrix.csv")})
    put(tmp_path, {"public/static/style.css": "a style", "public/static/js/cite.js": "a script"})
    monkeypatch.setattr(scan, "BUILDER", str(tmp_path / "builder"))
    time.sleep(0.02)
    return tmp_path


def look(root: Path) -> bytes:
    """Everything, as it stands now."""
    return Scan(str(root), [str(root / "templates")], str(root / "public")).everything()


# ---- changes of a file ----------------------------------------------------------------------------------------------


def other_words(file: Path) -> None:
    file.write_bytes(b"X" * file.stat().st_size)


def other_words_of_the_same_age(file: Path) -> None:
    before = file.stat()
    file.write_bytes(b"X" * before.st_size)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, after.st_mtime_ns, after.st_ino)


def a_word_more(file: Path) -> None:
    with file.open("ab") as opened:
        opened.write(b"!")


def another_file_in_its_place(file: Path) -> None:
    """As most editors save: a copy, of the same size and age, that is renamed."""
    copy = file.with_name("copy~")
    shutil.copy2(file, copy)
    copy.write_bytes(b"X" * file.stat().st_size)
    shutil.copystat(file, copy)
    copy.replace(file)


def other_rights(file: Path) -> None:
    file.chmod(0o600)


def another_age(file: Path) -> None:
    os.utime(file, (1, 1))


def nothing(file: Path) -> None:
    file.unlink()


def a_link(file: Path) -> None:
    file.rename(file.with_name("moved~"))
    file.symlink_to("moved~")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_neighbour(file: Path) -> None:
    file.with_name(f"b-{file.name}").write_bytes(b"")


CHANGES = [
    other_words,
    other_words_of_the_same_age,
    a_word_more,
    another_file_in_its_place,
    other_rights,
    another_age,
    nothing,
    a_link,
    a_folder,
]


@pytest.mark.parametrize("path", WATCHED)
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_a_file_is_seen(site: Path, path: str, change: Callable[[Path], None]) -> None:
    before = look(site)
    change(site / path)
    assert look(site) != before


@pytest.mark.parametrize("path", [path for path in WATCHED if path != "site.yaml"])
def test_a_new_file_is_seen(site: Path, path: str) -> None:
    before = look(site)
    a_neighbour(site / path)
    assert look(site) != before


def test_looking_and_reading_change_nothing(site: Path) -> None:
    before = look(site)
    for path in site.rglob("*"):
        assert path.read_bytes() if path.is_file() else list(path.iterdir())
    assert look(site) == before


@pytest.mark.parametrize("path", ["README.md", ".variorum/x.facts", "notes/one.txt", "public/case/claims/a.html"])
def test_what_no_build_rests_on_is_not_looked_at(site: Path, path: str) -> None:
    put(site, {path: "a"})
    before = look(site)
    put(site, {path: "b"})
    assert look(site) == before


@pytest.mark.parametrize(
    "path",
    ["templates/__pycache__/x.py", "builder/__pycache__/a.cpython-311.pyc", "builder/a.so"],
)
def test_what_others_leave_beside_templates_and_builder_is_not_looked_at(site: Path, path: str) -> None:
    before = look(site)
    put(site, {path: "a"})
    assert look(site) == before


# ---- folders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["content/more", "content/case/claims/deeper", "content/.hidden", "seeds/more", "public/more"]
)
def test_a_folder_that_comes_or_goes_is_seen(site: Path, path: str) -> None:
    before = look(site)
    (site / path).mkdir()
    between = look(site)
    assert between != before
    (site / path).rmdir()
    assert look(site) != between


@pytest.mark.parametrize("path", ["content", "content/case", "content/case/claims", "seeds", "templates", "public"])
def test_a_folder_that_is_taken_away_is_seen(site: Path, path: str) -> None:
    before = look(site)
    shutil.rmtree(site / path)
    assert look(site) != before


def test_a_folder_behind_a_link_is_not_entered(site: Path) -> None:
    (site / "content/case").rename(site / "elsewhere")
    (site / "content/case").symlink_to("../elsewhere")
    assert Scan(str(site), [str(site / "templates")], str(site / "public")).briefings == {}
    before = look(site)
    other_words(site / "elsewhere/claims.yaml")
    assert look(site) == before


@pytest.mark.parametrize("folder", ["case", "case/claims", "case/data", "static"])
def test_a_page_that_comes_goes_or_is_replaced_is_seen(site: Path, folder: str) -> None:
    place = site / "public" / folder
    page = next(path for path in place.iterdir() if path.is_file())
    for change in (a_neighbour, another_file_in_its_place, nothing):
        before = look(site)
        change(page)
        assert look(site) != before
        time.sleep(0.02)


def test_what_a_commit_left_that_was_cut_off_is_seen(site: Path) -> None:
    before = look(site)
    (site / ".public.staging").mkdir()
    assert look(site) != before


def test_a_site_of_nothing_can_be_looked_at(tmp_path: Path) -> None:
    found = Scan(f"{tmp_path}/none", [f"{tmp_path}/none/templates"], f"{tmp_path}/none/public")
    assert (found.site, found.content, found.briefings, found.articles, found.templates) == ((), {}, {}, {}, {})
    assert found.everything()


# ---- what is found --------------------------------------------------------------------------------------------------


def test_files_are_found_by_their_paths(site: Path) -> None:
    found = Scan(str(site), [str(site / "templates")], str(site / "public"))
    assert found.briefings.keys() == {"case"}
    assert found.briefings["case"].keys() == {
        *(path for path in SMALL if path.startswith("content/")), "content/case/claims", "content/case/claims/more.yaml"
    }  # fmt: skip
    assert found.articles.keys() == {"one.txt", "two.txt"}
    assert found.templates.keys() == {path for path in WATCHED if path.startswith("templates/")}
    assert found.builder.keys() == {path for path in WATCHED if path.startswith("builder/")}
    assert found.output.keys() >= {"index.html", "case", "case/claims", "case/data", "static"}
    assert is_file(found.site)
    assert is_folder(found.content["case"])
    assert not is_folder(found.site)
    assert not is_file(found.content["case"])
    assert not is_file(())
    assert not is_folder(())


def test_the_templates_are_the_sites_own_before_those_of_the_builder(site: Path) -> None:
    assert templates_of(str(site)) == (f"{site}/templates",)  # its builder stands beside them: they are the same
    bundled = f"{site}/elsewhere/templates"
    (site / "elsewhere").mkdir()
    (site / "builder").rename(site / "elsewhere/builder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "BUILDER", f"{site}/elsewhere/builder")
        assert templates_of(str(site)) == (f"{site}/templates", bundled)
        (site / "templates").rename(site / "moved")
        assert templates_of(str(site)) == (bundled,)
        (site / "templates").symlink_to("moved")
        assert templates_of(str(site)) == (bundled,)
        (site / "templates").unlink()
        put(site, {"templates": "a file"})
        assert templates_of(str(site)) == (bundled,)


def test_the_repositorys_own_folders_are_found() -> None:
    found = Scan(str(ROOT), templates_of(str(ROOT)), str(ROOT / "public"))
    assert "templates/base.html" in found.templates
    assert {"builder/scan.py", "builder/pages/site.py"} <= found.builder.keys()
    assert any(line.startswith("pydantic-") for line in found.packages.splitlines())


def test_another_version_of_a_package_is_seen(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = site / "packages"
    (packages / "one-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(packages)
    before = look(site)
    (packages / "one-1.0.dist-info").rename(packages / "one-1.1.dist-info")
    assert look(site) != before


def test_the_start_of_the_machine_is_the_same_all_day() -> None:
    assert boot() == boot()


# ---- old enough to count -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stamp", "sure"),
    [
        ((), True),
        ((0o100644, 5, 10 * SECOND, 10 * SECOND, 1), True),
        ((0o100644, 5, 10 * SECOND + 1, 10 * SECOND, 1), False),
        ((0o100644, 5, 10 * SECOND, 10 * SECOND + 1, 1), False),
        ((0o100644, 5, 99 * SECOND, 10 * SECOND, 1), False),
        ((0o100644, 99 * SECOND, 10 * SECOND, 10 * SECOND, 99 * SECOND), True),
    ],
)
def test_a_time_counts_when_it_is_old(stamp: Stamp, sure: bool) -> None:
    assert settled(stamp, 10 * SECOND + SETTLED + 1) is sure


@pytest.mark.parametrize("path", [path for path in WATCHED if not path.startswith("public")])
def test_one_young_file_makes_a_look_unsure(site: Path, path: str) -> None:
    now = time.time_ns()
    later = now + SETTLED + SECOND
    found = Scan(str(site), [str(site / "templates")], str(site / "public"))
    assert not found.settled(now)
    assert found.settled(later)
    os.utime(site / path, ns=(later, later - SETTLED + 1))
    assert not Scan(str(site), [str(site / "templates")], str(site / "public")).settled(later)
