"""A site out of git's objects: whatever stands in a commit, nothing is run, followed, fetched or written."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import put
from repositories import commit, git
from samples import CLAIMS, ONE, SITE, SMALL
from whole_site import tree

from builder.changes import changes_between
from builder.history import state_at, state_in
from builder.inputs import MAX_BYTES, StoreError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    put(root, SMALL)
    git(root, "init", "--quiet")
    commit(root)
    return root


def test_a_commit_and_the_folder_it_left_are_the_same_state(site: Path) -> None:
    old, new = state_at(site, "HEAD"), state_in(site)
    assert (old.name, new.name) == ("HEAD", "the working tree")
    assert (old.site, old.articles) == (new.site, new.articles)
    assert {name: texts.files for name, texts in old.briefings.items()} == {
        name: texts.files for name, texts in new.briefings.items()
    }
    assert old.notes == new.notes == ()
    assert changes_between(old, new).number == 0


def test_an_old_state_is_read_while_the_folder_has_another(site: Path) -> None:
    commit(site, {"content/case/claims.yaml": CLAIMS.replace("Thursday.", "Friday.")})
    assert state_at(site, "HEAD~1").briefings["case"].files["content/case/claims.yaml"] == CLAIMS.encode()
    assert changes_between(state_at(site, "HEAD~1"), state_at(site, "main")).number == 1


def test_nothing_is_written(site: Path) -> None:
    put(site, {"seeds/one.txt": f"{ONE} More."})
    before = tree(site)
    state_at(site, "HEAD")
    assert tree(site) == before


def test_the_site_may_stand_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, {f"deep/in it/{path}": text for path, text in SMALL.items() if text is not None})
    put(tmp_path, {"site.yaml": "title: Another\n"})
    state = state_at(tmp_path / "deep/in it", "HEAD")
    assert state.site == SITE.encode()
    assert list(state.briefings) == ["case"]


def test_a_folder_that_had_no_site_yet_says_so(site: Path) -> None:
    put(site, {"more/site.yaml": SITE})
    state = state_at(site / "more", "HEAD")
    assert (state.site, dict(state.briefings)) == (None, {})
    assert state.notes == ("there is no site in this folder",)
    assert state_in(site / "content").notes == ("there is no site in this folder",)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "There is no commit nowhere in this repository."),
        ("HEAD~7", "There is no commit HEAD~7 in this repository."),
        ("HEAD:content", "There is no commit HEAD:content in this repository."),
        ("HEAD^{tree}", "There is no commit HEAD^{tree} in this repository."),
        ("--all", "“--all” is no revision: write a branch, a tag or a commit, such as HEAD~1."),
        ("-x", "“-x” is no revision: write a branch, a tag or a commit, such as HEAD~1."),
        ("", "“” is no revision: write a branch, a tag or a commit, such as HEAD~1."),
        ("HEAD..HEAD", "“HEAD..HEAD” is more than one revision: write them one after the other, as two words."),
        ("a\nb", "There is no commit a\\u000ab in this repository."),
        ("\x1b[31m", "There is no commit \\u001b[31m in this repository."),
        ("$(touch x)", "There is no commit $(touch x) in this repository."),
    ],
)
def test_what_is_no_revision_is_told_in_a_line(site: Path, revision: str, said: str) -> None:
    with pytest.raises(StoreError) as error:
        state_at(site, revision)
    assert str(error.value) == said


def test_a_shallow_clone_says_how_to_get_more(site: Path, tmp_path: Path) -> None:
    commit(site, {"seeds/more.txt": "More."})
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{site}", "shallow")
    assert state_at(tmp_path / "shallow", "HEAD").articles["more.txt"] == b"More."
    with pytest.raises(StoreError, match="There is no commit HEAD~1 here: this clone is shallow"):
        state_at(tmp_path / "shallow", "HEAD~1")


def test_without_a_repository_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "site").mkdir()
    with pytest.raises(StoreError, match=r"git finds no repository at .*: not a git repository"):
        state_at(tmp_path / "site", "HEAD")


def test_without_a_first_commit_there_is_no_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(StoreError, match="There is no commit HEAD in this repository"):
        state_at(tmp_path, "HEAD")


def test_without_git_that_is_said(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match="git is not installed"):
        state_at(site, "HEAD")


def test_the_variables_of_a_hook_lead_nowhere_else(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other").mkdir()
    git(tmp_path / "other", "init", "--quiet")
    for key, value in {"GIT_DIR": str(tmp_path / "other/.git"), "GIT_INDEX_FILE": "x", "GIT_WORK_TREE": "/"}.items():
        monkeypatch.setenv(key, value)
    assert list(state_at(site, "HEAD").briefings) == ["case"]


def test_the_settings_of_a_repository_run_nothing_and_change_nothing(site: Path, tmp_path: Path) -> None:
    trap = f"touch {tmp_path / 'trapped'}"
    for key in ("core.fsmonitor", "core.pager", "diff.trap.textconv", "filter.trap.smudge", "core.sshCommand"):
        git(site, "config", key, trap)
    git(site, "config", "core.quotePath", "true")
    commit(site, {".gitattributes": "*.txt diff=trap filter=trap\n", "seeds/ü.txt": "Über."})
    put(site, {".git/info/attributes": "*.txt diff=trap filter=trap\n"})
    (tmp_path / "trapped").unlink(missing_ok=True)
    state = state_at(site, "HEAD")
    assert state.articles["one.txt"] == ONE.encode()
    assert state.articles["ü.txt"] == b"\xc3\x9cber."
    assert not (tmp_path / "trapped").exists()


def test_an_object_that_is_replaced_is_read_as_it_was(site: Path) -> None:
    other = git(site, "hash-object", "-w", "--stdin", data=b"Other words.")
    git(site, "replace", git(site, "rev-parse", "HEAD:seeds/one.txt"), other)
    assert state_at(site, "HEAD").articles["one.txt"] == ONE.encode()


# ---- what is in the way ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "note", "gone"),
    [
        ("seeds/two.txt", "seeds/two.txt is a symbolic link", "articles"),
        ("content/case/claims.yaml", "content/case/claims.yaml is a symbolic link", "briefings"),
        ("content/case", "content/case is a symbolic link", "briefings"),
        ("content", "content is a symbolic link", "briefings"),
        ("seeds", "seeds is a symbolic link", "articles"),
        ("site.yaml", "site.yaml is a symbolic link", "site"),
    ],
)
def test_a_link_is_not_followed(site: Path, tmp_path: Path, link: str, note: str, gone: str) -> None:
    (site / link).rename(tmp_path / "elsewhere")
    (site / link).symlink_to(tmp_path / "elsewhere")
    commit(site)
    state = state_at(site, "HEAD")
    assert state.notes == (note,)
    left = {
        "articles": "two.txt" not in state.articles,
        "briefings": not state.briefings,
        "site": state.site is None,
    }
    assert left[gone]
    assert state.unreadable == ({"case"} if "case" in link else frozenset())


def test_a_submodule_is_not_entered(site: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet")
    commit(inner, {"briefing.md": "x"})
    git(site, "submodule", "--quiet", "add", str(inner), "content/other")
    commit(site)
    state = state_at(site, "HEAD")
    assert state.notes == ("content/other is a submodule",)
    assert (list(state.briefings), list(state.unreadable)) == (["case"], ["other"])


def test_a_pointer_of_lfs_is_no_article(site: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    commit(site, {"seeds/two.txt": pointer})
    put(site, {"seeds/two.txt": SMALL["seeds/two.txt"] or ""})
    state = state_at(site, "HEAD")
    assert state.notes == ("seeds/two.txt is kept by Git LFS: only a pointer is in the commit",)
    assert "two.txt" not in state.articles
    assert changes_between(state, state_in(site)).number == 0


def test_what_is_too_large_is_not_read(site: Path) -> None:
    commit(site, {"seeds/two.txt": "x" * (MAX_BYTES + 1)})
    state = state_at(site, "HEAD")
    assert state.notes == ("seeds/two.txt is larger than 1 MiB",)
    assert list(state.articles) == ["one.txt"]


def test_names_that_could_steer_a_terminal_are_shown_harmless(site: Path) -> None:
    blob = git(site, "hash-object", "-w", "--stdin", data=b"x")
    names = [b"seeds/\x1b[2J.txt", b"seeds/line\nbreak.txt", b"seeds/\xff.txt", b"seeds/plain.md", b"seeds/.hidden.txt"]
    listed = b"".join(b"100644 " + blob.encode() + b"\t" + one + b"\0" for one in names)
    git(site, "update-index", "-z", "--add", "--index-info", data=listed)
    git(site, "commit", "--quiet", "--message", "Odd names")
    state = state_at(site, "HEAD")
    assert sorted(state.notes) == sorted(
        f"seeds/{shown}.txt has characters in its name that cannot be shown"
        for shown in ("\\u001b[2J", "line\\u000abreak", "\\udcff")
    )
    assert sorted(state.articles) == ["one.txt", "two.txt"]


def test_files_that_belong_to_no_briefing_are_passed_over(site: Path) -> None:
    more = {"content/case/notes.txt": "x", "content/readme.md": "x", "content/case/claims/deep/a.yaml": "x"}
    commit(site, more)
    state = state_at(site, "HEAD")
    assert state.notes == ()
    assert not more.keys() & state.briefings["case"].files.keys()


def test_a_missing_object_is_told_and_not_fetched(site: Path) -> None:
    blob = git(site, "rev-parse", "HEAD:seeds/two.txt")
    (site / ".git/objects" / blob[:2] / blob[2:]).unlink()
    state = state_at(site, "HEAD")
    assert state.notes == ("seeds/two.txt is missing in this clone",)


def test_a_folder_with_a_fault_is_told_of_the_working_tree(site: Path, tmp_path: Path) -> None:
    (site / "seeds/two.txt").unlink()
    (site / "seeds/two.txt").symlink_to(tmp_path / "elsewhere")
    assert state_in(site).notes == ("seeds/two.txt is a symbolic link",)
