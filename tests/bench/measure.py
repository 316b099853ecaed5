"""What a command costs: wall time, CPU time and memory of all its processes, for any command on any corpus."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

INTERVAL = 0.005
"""Seconds between two samples of the memory, at least."""
REST = 50
"""How many times the duration of a sample passes before the next: so the sampler takes at most 2 % of a core."""
GRACE = 2.0
"""Seconds that processes which outlive the command get to end by themselves; their CPU time is counted."""
SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux: whether a process inherits its descendants' orphans."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one run of a command cost."""

    wall: float
    """Seconds from its start to its end."""
    cpu: float
    """Seconds of CPU time, user and system, of all its processes."""
    peak: int
    """
    Bytes: the highest sum, over all its processes at a moment, of their proportional set sizes. In these a page that
    several processes share counts once in all, so that workers are not charged for what they share with their parent.
    It is sampled: a peak of a few milliseconds can be missed. Where the system has no /proc, and for commands too short
    for a sample: the resident set of the largest of its processes.
    """
    status: int
    """Its exit code; negative: the signal that ended it."""
    output: str
    """What it wrote to its standard output and standard error."""


def measure(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Measure:
    """Run a command to its end in `cwd`, with the environment `env` or this process' own, and take its measure."""
    with tempfile.TemporaryFile() as output, adopting():
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            with Sampler(process.pid) as sampler:
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime + survivors(process.pid)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        output.seek(0)
        text = output.read().decode(errors="replace")
    # The resident set is the second choice: Linux counts in it what this process itself held when it forked.
    resident = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Measure(wall, cpu, sampler.peak or resident, process.returncode, text)


@contextlib.contextmanager
def adopting() -> Iterator[None]:
    """
    Inherit, where Linux allows it, the command's orphans. A process that its own parent did not wait for, such as the
    server from which Python forks workers, would else be nobody's, and its CPU time in no sum.
    """
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else lambda *_: 0
    prctl(SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(SUBREAPER, 0, 0, 0, 0)


def survivors(group: int) -> float:
    """CPU seconds of the processes of a group that outlived its first; those that do not end soon are ended."""
    cpu = 0.0
    deadline = time.monotonic() + GRACE
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _, usage = os.wait4(-group, os.WNOHANG)
            if pid:
                cpu += usage.ru_utime + usage.ru_stime
            elif time.monotonic() < deadline:
                time.sleep(0.005)
            else:
                os.killpg(group, signal.SIGKILL)
                deadline += GRACE
    return cpu


class Sampler:
    """Watches, in a thread of its own, how much memory a process and its descendants take together."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        """Bytes, so far."""
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        pause = INTERVAL / 5  # short commands give no second chance
        while not self._ended.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(proportional(pid) for pid in tree(self._pid)))
            # To sum up the pages of a large process takes the kernel milliseconds, in which that process may wait.
            pause = max(INTERVAL, REST * (time.perf_counter() - start))


def tree(pid: int) -> Iterator[int]:
    """A process and all its descendants, as /proc lists them now."""
    yield pid
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from tree(int(child))


def proportional(pid: int) -> int:
    """The proportional set size of a process, in bytes; 0 where it has ended, or the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def interleaved(tasks: Mapping[K, Callable[[int], T]], runs: int) -> dict[K, list[T]]:
    """
    Call each task once with the number of the run, 0, 1, …, before any is called again: when the machine grows slower
    or faster meanwhile, that meets all alike. What each returned, by its name.
    """
    results: dict[K, list[T]] = {name: [] for name in tasks}
    for run in range(runs):
        for name, task in tasks.items():
            results[name].append(task(run))
    return results


def median(measures: Sequence[Measure]) -> Measure:
    """The median of each figure by itself; status and output are those of the first run that failed, or of the last."""
    shown = next((each for each in measures if each.status), measures[-1])
    return Measure(
        wall=statistics.median(each.wall for each in measures),
        cpu=statistics.median(each.cpu for each in measures),
        peak=int(statistics.median(each.peak for each in measures)),
        status=shown.status,
        output=shown.output,
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, padded so that it reads well as it is: first column to the left, the others to the right."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (headings, *rows)]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
    lines = [[f"{row[0]:<{widths[0]}}", *map(str.rjust, row[1:], widths[1:])] for row in cells]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
