"""What the builder remembers from one build to the next: one SQLite file, outside the site, that may be lost.

Every entry carries a proof, a digest of what it says. An entry that is damaged, from another version or missing is one
that was never written, and a file that cannot be read is begun anew: then more is built than would be needed, and
the site is the same. Nobody but the holder of the output's lock writes.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator

VERSION = 2
"""Of what entries mean. Another version's file is begun anew."""

Key = tuple[str, str]
"""Kind and name of an entry."""


class Memory:
    """The entries of one file. Changes become true together, with `keep`."""

    def __init__(self, path: str, *, only_read: bool = False) -> None:
        self._path = path
        self._only_read = only_read
        """Then nothing is begun anew: whoever holds the lock may be writing right now."""
        self.lost = False
        """Whether what was remembered had to be given up; what was put before is gone then."""
        self._file: sqlite3.Connection | None = None
        try:
            self._open(self._path)
        except (sqlite3.Error, OSError):
            self._lose()

    def _open(self, path: str) -> None:
        if self._only_read and not os.path.exists(path):
            raise FileNotFoundError(path)
        self._file = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
        (version,) = self._file.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            if version or self._only_read:
                raise sqlite3.DatabaseError("another version")
            self._file.execute("CREATE TABLE entry (kind, name, data, proof, PRIMARY KEY (kind, name)) WITHOUT ROWID")
            self._file.execute(f"PRAGMA user_version = {VERSION}")
        self._file.execute("PRAGMA synchronous = OFF")  # what a power cut spoils, the proofs tell

    def _lose(self) -> None:
        """Begin anew; where not even that is possible, remember only as long as the process lives."""
        self.close()
        self.lost = True
        if self._only_read:
            return
        for name in (self._path, *(f"{self._path}-{kind}" for kind in ("journal", "wal", "shm"))):
            try:
                os.unlink(name)
            except OSError:
                pass
        try:
            self._open(self._path)
        except (sqlite3.Error, OSError):
            self.close()
            self._open(":memory:")

    def get(self, kind: str, name: str = "") -> bytes | None:
        """What an entry says; None where there is none that can be trusted."""
        return dict(self._select("WHERE kind = ? AND name = ?", (kind, name))).get(name)

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Every entry of a kind, with its name."""
        return self._select("WHERE kind = ?", (kind,))

    def _select(self, where: str, values: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        if self._file is None:
            return
        try:
            rows = self._file.execute(f"SELECT kind, name, data, proof FROM entry {where} ORDER BY name", values)
            for kind, name, data, proof in rows:
                if isinstance(data, bytes) and isinstance(name, str) and proof == _proof((kind, name), data):
                    yield name, data
        except UnicodeEncodeError:
            return
        except (sqlite3.Error, OSError, ValueError):
            self._lose()

    def put(self, kind: str, name: str, data: bytes | None) -> None:
        """Write an entry, or with None remove it; true from the next `keep` on."""
        if self._file is None:
            return
        try:
            if not self._file.in_transaction:
                self._file.execute("BEGIN IMMEDIATE")
            if data is None:
                self._file.execute("DELETE FROM entry WHERE kind = ? AND name = ?", (kind, name))
            else:
                row = (kind, name, data, _proof((kind, name), data))
                self._file.execute("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", row)
        except (sqlite3.Error, OSError):
            self._lose()
        except UnicodeError:  # such a name is not remembered
            pass

    def keep(self) -> None:
        """Make the changes true."""
        try:
            if self._file is not None and self._file.in_transaction:
                self._file.execute("COMMIT")
        except (sqlite3.Error, OSError):
            self._lose()

    def close(self) -> None:
        """End; changes that were not kept are forgotten."""
        if self._file is not None:
            try:
                self._file.close()
            except sqlite3.Error:
                pass
            self._file = None


def _proof(key: Key, data: bytes) -> bytes:
    return hashlib.sha256("\0".join([str(VERSION), *map(str, key), ""]).encode("utf-8", "replace") + data).digest()


def file_of(output: str, state: str, kind: str) -> str:
    """The path of a file about one output folder, below the folder of the builder's notes."""
    return os.path.join(state, f"{hashlib.sha256(os.fsencode(output)).hexdigest()[:16]}.{kind}")
