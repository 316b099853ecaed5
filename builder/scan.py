"""What stands on the disk, told by names, sizes, times and inodes, without opening a file.

A *stamp* is what a change of a file cannot leave as it was: kind, size, both times and inode. Equal stamps may save
reading a file; different ones decide nothing. This module runs before every build, also one with nothing to do: it
imports only what the interpreter has loaded or built in, and counts microseconds, for a site has 12,000 files.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Sequence

Stamp = tuple[int, ...]
"""Mode, size in bytes, time of modification and of change in nanoseconds, inode; empty where there is nothing."""
Stamps = dict[str, Stamp]
"""By path or name."""

PAGE_FOLDERS = ("claims", "sources", "data")
"""The folders within a briefing's own: a page that comes or goes changes the times of one of them."""

SETTLED = 2_000_000_000
"""How old a time must be to count, in nanoseconds: some file systems know only every second one."""

BUILDER = os.path.dirname(os.path.abspath(__file__))

OURS = "variorum"
"""Stands before the path of a template that came with the builder, where the site may have one of the same name."""


def settled(stamp: Stamp, now: int) -> bool:
    """Whether any change after `now` (nanoseconds, before the stamp was taken) will change the stamp."""
    return not stamp or max(stamp[2:4]) + SETTLED < now


def is_file(stamp: Stamp) -> bool:
    """Whether it is the stamp of an ordinary file."""
    return bool(stamp) and stamp[0] & 0o170000 == 0o100000


def is_folder(stamp: Stamp) -> bool:
    """Whether it is the stamp of a folder."""
    return bool(stamp) and stamp[0] & 0o170000 == 0o040000


class Scan:
    """Everything that a build rests on, and what the last one left, as they stand now."""

    def __init__(self, root: str, templates: Sequence[str], output: str) -> None:
        self.content = listing(f"{root}/content")
        """What stands in content/ itself: a link there is a fault."""
        self.briefings = {
            name: _briefing(f"{root}/content/{name}", f"content/{name}")
            for name, stamp in self.content.items()
            if is_folder(stamp)
        }
        """The files of each briefing by path from the root, and whatever else stands beside them."""
        self.articles = listing(f"{root}/seeds")
        self.site, self.templates, self.builder = shared_stamps(root, templates)
        self.packages = _packages()
        self.output = output_of(output)
        self.boot = boot()

    def shared(self) -> tuple[Stamp, Stamps, Stamps]:
        """As `shared_stamps`."""
        return self.site, self.templates, self.builder

    def everything(self) -> bytes:
        """All of it: the same bytes, the same site. Version 2 of marshal has no references, so equal is equal."""
        return marshal.dumps(list(vars(self).values()), 2)

    def settled(self, now: int) -> bool:
        """Whether nothing was changed so shortly before `now` that the next change could go unseen."""
        groups = ({"": self.site}, self.articles, self.templates, self.builder, *self.briefings.values())
        return all(settled(stamp, now) for stamps in groups for stamp in stamps.values())


def shared_stamps(root: str, templates: Sequence[str]) -> tuple[Stamp, Stamps, Stamps]:
    """Of the files that all pages rest on: site.yaml, the templates, the builder; `templates` as of `templates_of`."""
    builder = {path: stamp for path, stamp in _tree(BUILDER, "builder").items() if path.endswith(".py")}
    return _stamp(f"{root}/site.yaml"), _templates(templates), builder


def _templates(folders: Sequence[str]) -> Stamps:
    """By `templates/` and a path that of the file which counts, the site's own before ours.

    One of ours that is replaced so is there as well, as `variorum/` and its path: the other may build on it. Of what
    goes to the site as it is, only what counts does matter.
    """
    stamps: Stamps = {}
    for path, stamp in (one for folder in folders for one in _tree(folder, "templates").items()):
        if path not in stamps:
            stamps[path] = stamp
        elif not path.startswith("templates/static/"):
            stamps[OURS + path.removeprefix("templates")] = stamp
    return stamps


def templates_of(root: str) -> tuple[str, ...]:
    """The folders of templates: the site's own, if there is one, and at the end that of those that came with the
    builder.

    An installed builder has them within, where no other package can put its own; a clone has them beside it. Where the
    site is the clone itself, there is one folder.
    """
    own, within = f"{root}/templates", f"{BUILDER}/templates"
    ours = within if os.path.isdir(within) else f"{os.path.dirname(BUILDER)}/templates"
    if not os.path.isdir(own) or os.path.islink(own):
        return (ours,)
    return (own,) if os.path.realpath(own) == os.path.realpath(ours) else (own, ours)


def template_names(folder: str) -> list[str]:
    """All that stands below a folder of templates, by path below it, in order; hidden files are an editor's."""
    names = (path.partition("/")[2] for path in _tree(folder, ""))
    return sorted(name for name in names if not any(part.startswith(".") for part in name.split("/")))


def template_file(templates: Sequence[str], path: str) -> str:
    """Where a template stands: `templates/` and a path for the one that counts, `variorum/` for one of ours."""
    top, _, name = path.partition("/")
    *own, ours = templates
    return f"{own[0]}/{name}" if own and top != OURS and os.path.lexists(f"{own[0]}/{name}") else f"{ours}/{name}"


def boot() -> str:
    """Which start of the machine this is; empty where the system does not tell."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def _stamp(path: str) -> Stamp:
    try:
        found = os.lstat(path)
    except OSError:
        return ()
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def listing(folder: str) -> Stamps:
    """What a folder holds, links not followed; nothing where there is no such folder."""
    stamps: Stamps = {}
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return stamps
    try:
        for name in os.listdir(opened):  # with stat by name, a quarter quicker than scandir
            found = os.stat(name, dir_fd=opened, follow_symlinks=False)
            stamps[name] = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    except OSError:  # one of them has just gone: then the folder's own times have changed
        pass
    finally:
        os.close(opened)
    return stamps


def _briefing(folder: str, path: str) -> Stamps:
    stamps = {f"{path}/{name}": stamp for name, stamp in listing(folder).items()}
    if f"{path}/claims" in stamps:
        stamps.update((f"{path}/claims/{name}", stamp) for name, stamp in listing(f"{folder}/claims").items())
    return stamps


def _tree(folder: str, path: str) -> Stamps:
    """Everything below a folder that is no folder itself; a link counts as one, and is not followed."""
    stamps: Stamps = {}
    for name, stamp in listing(folder).items():
        if not is_folder(stamp):
            stamps[f"{path}/{name}"] = stamp
        elif name != "__pycache__":
            stamps.update(_tree(f"{folder}/{name}", f"{path}/{name}"))
    return stamps


def _packages() -> str:
    """Python, and the versions of all packages beside it, by the names of their folders."""
    names = [sys.version]
    for folder in sys.path:
        try:
            names += sorted(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
        except OSError:
            continue
    return "\n".join(names)


def output_of(output: str) -> Stamps:
    """The output's folders and the files at its top; the pages within are told by the times of their folders."""
    folder, name = os.path.split(output)
    stamps = {"": _stamp(f"{folder}/.{name}.staging")}  # what a commit leaves that is cut off
    for top, stamp in listing(output).items():
        stamps[top] = stamp
        if is_folder(stamp):
            for inner in PAGE_FOLDERS:
                stamps[f"{top}/{inner}"] = _stamp(f"{output}/{top}/{inner}")
    return stamps
