"""The same work on many things, by several processes. What comes back does not depend on how many there are."""

from __future__ import annotations

import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from builder.inputs import StoreError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Task = TypeVar("Task")
Result = TypeVar("Result")

ENOUGH = 4
"""Tasks for each process: for fewer, starting one costs more than it saves."""


ENDED = "the process that worked on it was ended, perhaps for want of memory. Try again with --jobs 1."


SAFE_PATH = "PYTHONSAFEPATH"
"""In the environment of a Python: it looks for modules only where they are installed."""


class WorkError(Exception):
    """A task failed for no reason that a person could mend: a bug. The message names the task."""


def work_off(
    work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int, called: Callable[[Task], str]
) -> Iterator[Result]:
    """The result of each task, as they come; `called` names a task for a message.

    With one job everything happens in this process, each task when its result is asked for. `work` and what it takes
    and returns must be picklable. Raises StoreError where `work` does or a process is ended, WorkError for a bug.
    """
    if jobs < 2:
        for task in tasks:
            try:
                result = work(task)
            except StoreError:
                raise
            except Exception as error:
                raise WorkError(f"{called(task)}: {traceback.format_exc()}") from error
            yield result
        return
    yield from _spread(work, iter(tasks), jobs, called)


@contextmanager
def unhurried() -> Iterator[None]:
    """Garbage is collected at the end, and only what came since the beginning.

    Else Python would look through everything again and again while documents and pages are made, which live long.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if before:
            gc.enable()


def processes(tasks: int, jobs: int) -> int:
    """How many processes so many tasks are worth, at most `jobs`; 1 is this one alone."""
    return max(1, min(jobs, tasks // ENOUGH))


@contextmanager
def meanwhile(
    work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, called: Callable[[Task], str]
) -> Iterator[Iterator[Result]]:
    """Have the tasks done while this process does something else; the results come as from `work_off`.

    With one job they are done here, when they are asked for. What is not asked for is given up.
    """
    if jobs < 2:
        yield work_off(work, tasks, jobs, called)
        return
    following = iter(tasks)
    with _begun(work, following, jobs, called) as busy:
        yield _results(busy, following, called)


def _spread(
    work: Callable[[Task], Result], tasks: Iterator[Task], jobs: int, called: Callable[[Task], str]
) -> Iterator[Result]:
    with _begun(work, tasks, jobs, called) as busy:
        yield from _results(busy, tasks, called)


@contextmanager
def _begun(
    work: Callable[[Task], Result], tasks: Iterator[Task], jobs: int, called: Callable[[Task], str]
) -> Iterator[dict[Connection, Task]]:
    """Processes that have a task each, by the pipe that its result comes from. At the end none is left."""
    import multiprocessing

    # A fork starts at once with all modules loaded, but must not be made beside other threads.
    alone = sys.platform == "linux" and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if alone else "spawn")
    busy: dict[Connection, Task] = {}
    workers = []
    finished = False
    try:
        for _, task in zip(range(jobs), tasks, strict=False):
            ours, theirs = context.Pipe()
            # A fork inherits our ends of the pipes before its own; it closes them, so that they end with us.
            worker = context.Process(target=_serve, args=(work, theirs, [ours, *busy]), daemon=True)
            with _no_modules_from_here():
                worker.start()
            theirs.close()
            workers.append(worker)
            busy[ours] = _hand_over(ours, task, called)
        yield busy
        finished = not busy
    finally:
        for worker in workers:
            if not finished:
                worker.terminate()
        for worker in workers:
            worker.join()


def _results(busy: dict[Connection, Task], tasks: Iterator[Task], called: Callable[[Task], str]) -> Iterator[Result]:
    """What comes back from processes at work; each is given what follows, until nothing does."""
    from multiprocessing.connection import Connection, wait

    while busy:
        for pipe in wait(list(busy)):
            assert isinstance(pipe, Connection)
            task = busy.pop(pipe)
            try:
                kind, result = pipe.recv()
            except EOFError as error:
                raise StoreError(f"{called(task)}: {ENDED}") from error
            if kind == "refused":
                raise StoreError(result)
            if kind == "failed":
                raise WorkError(f"{called(task)}: {result}")
            following = next(tasks, None)
            if following is None:
                pipe.close()
            else:
                busy[pipe] = _hand_over(pipe, following, called)
            yield result


@contextmanager
def _no_modules_from_here() -> Iterator[None]:
    """While a process is started: it does not look for modules in the folder that we are in.

    That may be a site of anybody's, which could bring a file by the name of one.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


def _hand_over(pipe: Connection, task: Task, called: Callable[[Task], str]) -> Task:
    try:
        pipe.send(task)
    except OSError as error:
        raise StoreError(f"{called(task)}: {ENDED}") from error
    return task


def _serve(work: Callable[[Any], Any], pipe: Any, others: Iterable[Any]) -> None:
    """What a process does: a task, its result, and so on, until the other end is closed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits for us
    for other in others:
        other.close()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("done", work(task))
        except StoreError as error:
            answer = ("refused", str(error))
        except Exception:  # noqa: BLE001  (whatever it is, the other process tells it)
            answer = ("failed", traceback.format_exc())
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception:  # noqa: BLE001  (a result that cannot be sent)
            pipe.send(("failed", traceback.format_exc()))
