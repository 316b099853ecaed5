"""The builder's memory may be lost, never wrong: whatever happened to its file, an entry is what was kept, or none."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samples import ROOT

from builder.facts import VERSION, Memory, file_of

ENTRIES = {
    ("briefing", "case"): b"words\n" * 40,
    ("briefing", "more"): bytes(range(256)) * 60,  # more than a page of SQLite's
    ("briefing", "new"): b"",
    ("shared", ""): "—„“”\0".encode(),
    ("command", "build\0--root\0/a folder/ü"): b"\0",
}


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every memory that a test opens is closed at its end; newer Pythons warn of one that is not."""
    opened: list[Memory] = []
    real = Memory.__init__

    def listed(self: Memory, path: str, *, only_read: bool = False) -> None:
        opened.append(self)
        real(self, path, only_read=only_read)

    monkeypatch.setattr(Memory, "__init__", listed)
    yield
    for memory in opened:
        memory.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.facts"


def written(file: Path, entries: dict[tuple[str, str], bytes] = ENTRIES) -> Path:
    """A memory in which the entries were kept."""
    memory = Memory(str(file))
    for (kind, name), data in entries.items():
        memory.put(kind, name, data)
    memory.keep()
    memory.close()
    return file


def found(file: Path, *, only_read: bool = False) -> dict[tuple[str, str], bytes]:
    """What a memory says to each of the entries, asked for one by one and by kind, which must agree."""
    memory = Memory(str(file), only_read=only_read)
    one_by_one = {key: data for key in ENTRIES if (data := memory.get(*key)) is not None}
    by_kind = {(kind, name): data for kind in {kind for kind, _ in ENTRIES} for name, data in memory.all(kind)}
    memory.close()
    assert by_kind.items() <= ENTRIES.items()
    assert one_by_one.items() <= ENTRIES.items()
    return one_by_one


def is_usable(file: Path) -> bool:
    """Whether something can be kept in it and is found afterwards; what meets the damage first may be lost with it."""
    data = None
    for _ in range(2):
        memory = Memory(str(written(file, {("briefing", "again"): b"once more"})))
        data = memory.get("briefing", "again")
        memory.close()
    return data == b"once more"


# ---- as it should be -------------------------------------------------------------------------------------------------


def test_what_was_kept_is_found(file: Path) -> None:
    assert found(written(file)) == ENTRIES
    assert found(file, only_read=True) == ENTRIES


def test_entries_of_a_kind_come_in_the_order_of_their_names(file: Path) -> None:
    memory = Memory(str(written(file, dict(reversed(ENTRIES.items())))))
    assert list(memory.all("briefing")) == [
        (name, data) for (kind, name), data in ENTRIES.items() if kind == "briefing"
    ]
    assert list(memory.all("nothing")) == []


def test_what_was_not_written_is_none(file: Path) -> None:
    memory = Memory(str(written(file)))
    for key in [("shared", "case"), ("briefing", ""), ("brief", "case"), ("briefing", "cas"), ("briefing", "case\0")]:
        assert memory.get(*key) is None


def test_an_entry_is_replaced_or_removed(file: Path) -> None:
    written(file)
    memory = Memory(str(file))
    memory.put("shared", "", b"other words")
    memory.put("briefing", "case", None)
    memory.put("briefing", "never there", None)
    assert (memory.get("shared"), memory.get("briefing", "case")) == (b"other words", None)
    memory.keep()
    memory.close()
    memory = Memory(str(file))
    assert (memory.get("shared"), memory.get("briefing", "case")) == (b"other words", None)
    assert [name for name, _ in memory.all("briefing")] == ["more", "new"]


def test_what_was_not_kept_is_forgotten(file: Path) -> None:
    written(file)
    memory = Memory(str(file))
    memory.put("shared", "", b"other words")
    memory.put("briefing", "case", None)
    memory.close()
    assert found(file) == ENTRIES


def test_after_the_end_nothing_is_said(file: Path) -> None:
    memory = Memory(str(written(file)))
    memory.close()
    memory.close()
    memory.put("shared", "", b"late")
    memory.keep()
    assert memory.get("shared") is None
    assert list(memory.all("briefing")) == []
    assert found(file) == ENTRIES


@pytest.mark.parametrize("name", ["a\0b", "\udcff", "x" * 100_000, "'; DROP TABLE entry; --", "%", "\u202e"])
def test_any_name_is_a_name_or_is_not_remembered(file: Path, name: str) -> None:
    memory = Memory(str(file))
    memory.put("shared", "", b"words")
    memory.put("command", name, b"data")
    memory.keep()
    assert memory.get("command", name) in (b"data", None)
    assert {data for _, data in memory.all("command")} <= {b"data"}
    assert memory.get("shared") == b"words"
    memory.close()


# ---- lost ------------------------------------------------------------------------------------------------------------


def deleted(file: Path) -> None:
    file.unlink()


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def overwritten(file: Path) -> None:
    file.write_bytes(b"Another program's file." * 1000)


def of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


def of_another_program(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE note (text)")
        connection.execute("INSERT INTO note VALUES ('mine')")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.close()


def a_folder(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


def a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere/at/all")


LOST = [deleted, emptied, overwritten, of_another_version, of_another_program, a_folder, a_link_to_nothing]


@pytest.mark.parametrize("lose", LOST)
def test_a_memory_that_is_lost_is_begun_anew_or_done_without(file: Path, lose: Callable[[Path], None]) -> None:
    lose(written(file))
    assert found(file, only_read=True) == {}
    assert found(file) == {}
    assert is_usable(file) or lose is a_folder


def test_in_a_folder_that_is_not_there_nothing_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "none" / "site.facts"
    assert found(written(file)) == {}
    assert not file.parent.exists()


def test_where_nothing_may_be_written_nothing_is_remembered(file: Path) -> None:
    """A limit for the size of files, as a full disk: nobody is told, and what was there is there or gone."""
    program = f"""
import resource
from builder.facts import Memory
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
memory = Memory({str(file)!r})
for n in range(300):
    memory.put("briefing", f"new-{{n}}", bytes(100_000))
memory.keep()
assert {{data for _, data in memory.all("briefing")}} <= {{bytes(100_000), *{list(ENTRIES.values())!r}}}
memory.close()
"""
    written(file)
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
    memory = Memory(str(file))
    kept = dict(memory.all("briefing"))
    assert {name: data for name, data in kept.items() if not name.startswith("new-")}.items() <= {
        name: data for (kind, name), data in ENTRIES.items() if kind == "briefing"
    }.items()
    assert {data for name, data in kept.items() if name.startswith("new-")} <= {bytes(100_000)}
    memory.close()
    assert is_usable(file)


# ---- damaged ---------------------------------------------------------------------------------------------------------


def test_a_memory_that_was_cut_off_anywhere_says_nothing_wrong(file: Path) -> None:
    whole = written(file).read_bytes()
    for length in range(0, len(whole), 97):
        file.write_bytes(whole[:length])
        found(file, only_read=True)
        found(file)
        assert is_usable(file), length


def test_a_memory_with_any_byte_flipped_says_nothing_wrong(file: Path) -> None:
    whole = written(file).read_bytes()
    dice = random.Random(20230618)
    places = [*range(100), *dice.sample(range(100, len(whole)), 400)]
    lost = 0
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= dice.randrange(1, 256)
        file.write_bytes(damaged)
        lost += found(file, only_read=True) != ENTRIES
        assert file.read_bytes() == bytes(damaged), "only_read wrote"
        found(file)
        assert is_usable(file), place
        for other in file.parent.iterdir():
            other.unlink()
    assert 50 < lost < len(places)


def test_pages_of_noise_say_nothing_wrong(file: Path) -> None:
    whole = written(file).read_bytes()
    dice = random.Random(20230619)
    for start in range(0, len(whole), 1024):
        damaged = whole[:start] + dice.randbytes(1024) + whole[start + 1024 :]
        file.write_bytes(damaged)
        found(file, only_read=True)
        found(file)
        assert is_usable(file), start


def altered(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET data = data || x'00' WHERE name = 'case'",
        "UPDATE entry SET data = CAST(data AS TEXT) WHERE name = 'case'",
        "UPDATE entry SET data = NULL WHERE name = 'case'",
        "UPDATE entry SET data = 7 WHERE name = 'case'",
        "UPDATE entry SET proof = x'00' WHERE name = 'case'",
        "UPDATE entry SET proof = NULL WHERE name = 'case'",
        "UPDATE entry SET proof = (SELECT proof FROM entry WHERE name = 'more') WHERE name = 'case'",
        "UPDATE entry SET name = 'other' WHERE name = 'case'",
        "UPDATE entry SET kind = 'unit' WHERE name = 'case'",
        "UPDATE entry SET name = x'63617365' WHERE name = 'case'",
        "DELETE FROM entry WHERE name = 'case'",
    ],
)
def test_an_entry_that_was_altered_is_none_and_the_others_stay(file: Path, statement: str) -> None:
    altered(written(file), statement)
    rest = {key: data for key, data in ENTRIES.items() if key != ("briefing", "case")}
    assert found(file, only_read=True) == found(file) == rest
    memory = Memory(str(file))
    assert memory.get("briefing", "other") is memory.get("unit", "case") is None
    memory.close()


def test_entries_that_were_swapped_are_none(file: Path) -> None:
    altered(written(file), "UPDATE entry SET name = 'x' WHERE name = 'case'")
    altered(file, "UPDATE entry SET name = 'case' WHERE name = 'more'")
    altered(file, "UPDATE entry SET name = 'more' WHERE name = 'x'")
    assert found(file).keys() == ENTRIES.keys() - {("briefing", "case"), ("briefing", "more")}


@pytest.mark.parametrize("statement", ["DROP TABLE entry", "ALTER TABLE entry RENAME COLUMN data TO words"])
def test_a_memory_of_another_shape_is_begun_anew(file: Path, statement: str) -> None:
    altered(written(file), statement)
    assert found(file, only_read=True) == found(file) == {}
    assert is_usable(file)


# ---- only read -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lose", [emptied, overwritten, of_another_version, of_another_program])
def test_who_only_reads_changes_nothing(file: Path, lose: Callable[[Path], None]) -> None:
    lose(written(file))
    before, inode = file.read_bytes(), file.stat().st_ino
    assert found(file, only_read=True) == {}
    assert (file.read_bytes(), file.stat().st_ino) == (before, inode)
    assert list(file.parent.iterdir()) == [file]


def test_who_only_reads_makes_no_file(file: Path) -> None:
    assert found(file, only_read=True) == {}
    assert list(file.parent.iterdir()) == []


# ---- two processes ---------------------------------------------------------------------------------------------------

AT_WORK = """
import sys
from builder.facts import Memory
memory = Memory(sys.argv[1])
memory.put("briefing", "case", b"other words")
for n in range(int(sys.argv[2])):
    memory.put("briefing", f"new-{n}", bytes(10_000))
print("ready", flush=True)
sys.stdin.readline()
memory.keep()
print("kept", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def at_work(file: Path) -> Iterator[Callable[[int], "subprocess.Popen[str]"]]:
    """Start another process that has put so many large entries and not kept them yet."""
    started: list[subprocess.Popen[str]] = []

    def start(entries: int) -> "subprocess.Popen[str]":
        line = [sys.executable, "-c", AT_WORK, str(file), str(entries)]
        process = subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


FEW, MANY = 3, 600
"""Entries that SQLite holds back until they are kept, and more than it does."""


def test_who_reads_beside_who_writes_sees_all_or_nothing_of_it(
    file: Path, at_work: Callable[[int], "subprocess.Popen[str]"]
) -> None:
    written(file)
    writer = at_work(FEW)
    assert found(file, only_read=True) == ENTRIES
    assert writer.stdin
    assert writer.stdout
    writer.stdin.write("\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "kept\n"
    memory = Memory(str(file), only_read=True)
    assert memory.get("briefing", "case") == b"other words"
    assert len(list(memory.all("briefing"))) == FEW + 3
    memory.close()


def test_who_reads_beside_who_writes_much_says_nothing_wrong_and_takes_nothing_away(
    file: Path, at_work: Callable[[int], "subprocess.Popen[str]"]
) -> None:
    written(file)
    writer = at_work(MANY)
    assert found(file, only_read=True) in ({}, ENTRIES)
    writer.communicate("\n\n")
    assert writer.returncode == 0
    memory = Memory(str(file))
    assert memory.get("briefing", "case") == b"other words"
    assert len(list(memory.all("briefing"))) == MANY + 3
    memory.close()


@pytest.mark.parametrize("entries", [FEW, MANY])
@pytest.mark.parametrize("only_read", [True, False])
def test_a_process_that_is_killed_before_it_kept_has_written_nothing(
    file: Path, at_work: Callable[[int], "subprocess.Popen[str]"], entries: int, only_read: bool
) -> None:
    written(file)
    writer = at_work(entries)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert found(file, only_read=only_read) == ENTRIES
    assert is_usable(file)


def test_a_journal_without_its_memory_says_nothing_wrong(
    file: Path, at_work: Callable[[int], "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    written(file)
    writer = at_work(MANY)
    journal = file.with_name(f"{file.name}-journal")
    shutil.copy(journal, tmp_path / "saved")
    writer.kill()
    writer.wait()
    for damage in (deleted, emptied, overwritten):
        written(file)
        damage(file)
        shutil.copy(tmp_path / "saved", journal)
        found(file, only_read=True)
        found(file)
        assert is_usable(file)


# ---- where it is -----------------------------------------------------------------------------------------------------


def test_every_output_has_a_file_of_its_own() -> None:
    paths = {file_of(output, "/state", kind) for output in ("/a", "/b", "/a\udcff") for kind in ("facts", "lock")}
    assert len(paths) == 6
    assert {os.path.dirname(path) for path in paths} == {"/state"}  # noqa: PTH120
    assert file_of("/a", "/state", "facts").endswith(".facts")
