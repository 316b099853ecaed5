"""How editors and tools save: the same words reach a file in many ways, and a watcher has to notice each.

A style takes the folder of `site` and a number, and leaves other words there for every number.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from conftest import put
from repositories import commit, git

Style = Callable[[Path, int], None]

CLAIMS = "content/a/claims.yaml"
OLD = 1_000_000_000_000_000_000
"""A time long ago, in nanoseconds."""
BRANCHES = ("main", "other")


def words(number: int) -> str:
    """Other words for every number, of the same length."""
    return f"# the words of save {number:08}\n" * 20


def site(folder: Path) -> Path:
    """A site whose words nobody checks; its folder."""
    put(folder, {"site.yaml": words(0), CLAIMS: words(0), "seeds/one.txt": words(0), **_several(0)})
    return folder


def _several(number: int) -> dict[str, str]:
    return {f"content/{name}/claims/{file}.yaml": words(number) for name in "abc" for file in range(12)}


def repository(folder: Path) -> None:
    """Make a git repository of it, with two branches; styles of git need one."""
    git(folder, "init")
    commit(folder)
    git(folder, "checkout", "-b", "other")
    commit(folder, _several(1) | {"content/d/claims.yaml": words(1)})
    git(folder, "checkout", "main")


def state(folder: Path) -> Mapping[str, tuple[bytes, int]]:
    """All that a build would read, and from when it is; without what goes just then."""
    found = {}
    for path in _files(folder):
        try:
            found[str(path.relative_to(folder))] = (path.read_bytes(), path.stat().st_mtime_ns)
        except OSError:
            continue
    return found


def _files(folder: Path) -> Iterator[Path]:
    """No link is followed: tests make some that lead out of the site."""
    yield folder / "site.yaml"
    for top in (folder / "content", folder / "seeds"):
        for inner, _, names in os.walk(top) if not top.is_symlink() else ():
            yield from (Path(inner, name) for name in names if name.endswith((".yaml", ".txt")))


# ---- one file -------------------------------------------------------------------------------------------------------


def in_place(folder: Path, number: int) -> None:
    (folder / CLAIMS).write_text(words(number))


def of_the_site(folder: Path, number: int) -> None:
    (folder / "site.yaml").write_text(words(number))


def by_rename(folder: Path, number: int) -> None:
    new = folder / f"{CLAIMS}.new"
    new.write_text(words(number))
    new.replace(folder / CLAIMS)


def as_rsync(folder: Path, number: int) -> None:
    """A hidden copy beside it with the times of the original."""
    copy = folder / "content/a/.claims.yaml.x8Zq1L"
    copy.write_text(words(number))
    os.utime(copy, ns=(OLD + number, OLD + number))
    copy.replace(folder / CLAIMS)


def deleted_and_created(folder: Path, number: int) -> None:
    (folder / CLAIMS).unlink()
    time.sleep(0.004)
    (folder / CLAIMS).write_text(words(number))


def emptied_and_written(folder: Path, number: int) -> None:
    with (folder / CLAIMS).open("w") as file:
        time.sleep(0.004)
        file.write(words(number))


def in_two_chunks(folder: Path, number: int) -> None:
    text = words(number)
    with (folder / CLAIMS).open("w") as file:
        file.write(text[:100])
        file.flush()
        time.sleep(0.005)
        file.write(text[100:])


def as_vim(folder: Path, number: int) -> None:
    """Tries whether files can be made, keeps the old one beside it, and writes a new one."""
    trial, backup = folder / "content/a/4913", folder / f"{CLAIMS}~"
    trial.touch()
    trial.unlink()
    (folder / CLAIMS).rename(backup)
    with (folder / CLAIMS).open("w") as file:
        file.write(words(number))
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()


def as_jetbrains(folder: Path, number: int) -> None:
    new, old = folder / f"{CLAIMS}___jb_tmp___", folder / f"{CLAIMS}___jb_old___"
    new.write_text(words(number))
    (folder / CLAIMS).rename(old)
    new.rename(folder / CLAIMS)
    old.unlink()


def moved_in_with_an_old_time(folder: Path, number: int) -> None:
    elsewhere = folder / f"saved-{number}"
    elsewhere.write_text(words(number))
    os.utime(elsewhere, ns=(OLD, OLD))
    elsewhere.replace(folder / CLAIMS)


def touched(folder: Path, number: int) -> None:
    """Nothing to read is other than it was; a build is asked for all the same."""
    os.utime(folder / CLAIMS, ns=(OLD + number, OLD + number))


def of_the_same_size_and_time(folder: Path, number: int) -> None:
    file = folder / "seeds/one.txt"
    before = file.stat()
    file.write_text(words(number))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


# ---- many files -----------------------------------------------------------------------------------------------------


def twenty_at_once(folder: Path, number: int) -> None:
    put(folder, {f"content/a/claims/{name}.yaml": words(number) for name in range(20)})


def another_branch(folder: Path, number: int) -> None:  # noqa: ARG001
    """Of a git repository: files change, and a folder comes or goes."""
    here = git(folder, "rev-parse", "--abbrev-ref", "HEAD")
    git(folder, "checkout", "--force", BRANCHES[here == BRANCHES[0]])


def stashed(folder: Path, number: int) -> None:
    """Put away by git, and with it whatever was not committed."""
    put(folder, {f"content/b/claims/{name}.yaml": words(number) for name in range(12)})
    git(folder, "stash")


def rebased(folder: Path, number: int) -> None:
    """Three commits are made anew on top of another one."""
    git(folder, "checkout", "--force", "main")
    git(folder, "checkout", "-B", "topic")
    for name in "abc":
        commit(folder, {f"content/{name}/claims/{number}.yaml": words(number)})
    git(folder, "checkout", "-B", "base", "main")
    commit(folder, {"seeds/one.txt": words(number)})
    git(folder, "rebase", "base", "topic")


def folder_made_anew(folder: Path, number: int) -> None:
    shutil.rmtree(folder / "content/c")
    put(folder, {f"content/c/claims/{name}.yaml": words(number) for name in range(12)})


def folder_moved_in(folder: Path, number: int) -> None:
    elsewhere = folder / "elsewhere"
    put(elsewhere, {f"claims/{name}.yaml": words(number) for name in range(40)})
    elsewhere.rename(folder / f"content/new-{number}")


def content_moved_away_and_back(folder: Path, number: int) -> None:
    (folder / "content").rename(folder / "away")
    (folder / "away/a/claims.yaml").write_text(words(number))
    (folder / "away").rename(folder / "content")


LONE: tuple[Style, ...] = (
    in_place, of_the_site, by_rename, as_rsync, deleted_and_created, emptied_and_written, in_two_chunks, as_vim,
    as_jetbrains, moved_in_with_an_old_time, touched, of_the_same_size_and_time,
)  # fmt: skip
MANY: tuple[Style, ...] = (
    twenty_at_once, another_branch, stashed, folder_made_anew, folder_moved_in, content_moved_away_and_back,
)  # fmt: skip
STYLES = (*LONE, *MANY)
"""All of one burst each; `rebased` is of several."""
OF_GIT: tuple[Style, ...] = (another_branch, stashed, rebased)
