"""Any number of processes gives the same results; what goes wrong in one is told, and none is left behind."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import pytest
from samples import ROOT

from builder.inputs import StoreError
from builder.jobs import ENOUGH, WorkError, meanwhile, processes, work_off

JOBS = (1, 2, 3, 4)


def square(number: int) -> int:
    return number * number


def square_in_its_own_time(number: int) -> int:
    """The later ones overtake the earlier."""
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def who(number: int) -> tuple[int, int]:
    time.sleep(0.01)
    return number, os.getpid()


def large(number: int) -> bytes:
    return bytes([number]) * 3_000_000


def refuse(number: int) -> int:
    if number == 5:
        raise StoreError("The disk says no.\nNothing was written.")
    return number


def stumble(number: int) -> int:
    if number == 5:
        raise ZeroDivisionError("five")
    return number


def leave(number: int) -> int:
    if number == 5:
        sys.exit(0)
    return number


def be_killed(number: int) -> int:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


class Unpicklable(Exception):
    """One that cannot be sent to another process as it is."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")


def stumble_oddly(number: int) -> int:
    if number == 5:
        raise Unpicklable(number, 7)
    return number


def name(number: int) -> str:
    return f"task {number}"


def children() -> set[int]:
    """The processes that this one started and that have not been waited for."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        # Python's own resource tracker, which a spawned process needs, stays until the end.
        if int(parent) == os.getpid() and b"resource_tracker" not in line:
            found.add(int(process.name))
    return found


@pytest.fixture(autouse=True)
def nobody_is_left_behind() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


# ---- the same results ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", JOBS)
@pytest.mark.parametrize("tasks", [0, 1, 2, 3, 50])
@pytest.mark.parametrize("work", [square, square_in_its_own_time])
def test_each_task_has_its_result_whatever_the_number_of_processes(
    many: int, tasks: int, work: Callable[[int], int]
) -> None:
    assert sorted(work_off(work, range(tasks), many, name)) == [number * number for number in range(tasks)]


@pytest.mark.parametrize("many", [2, 3, 4])
def test_as_many_processes_work_as_were_asked_for(many: int) -> None:
    done = list(work_off(who, range(40), many, name))
    workers = Counter(process for _, process in done)
    assert len(workers) == many
    assert os.getpid() not in workers
    assert min(workers.values()) > 1


def test_there_are_no_more_processes_than_tasks() -> None:
    assert len({process for _, process in work_off(who, range(2), 4, name)}) <= 2


def test_one_job_is_this_process_and_a_task_is_done_when_it_is_asked_for() -> None:
    begun: list[int] = []
    found = work_off(begun.append, range(3), 1, name)
    assert begun == []
    next(found)
    assert begun == [0]
    next(found)
    assert begun == [0, 1]
    assert {process for _, process in work_off(who, range(3), 1, name)} == {os.getpid()}


@pytest.mark.parametrize("many", JOBS)
def test_tasks_are_taken_one_by_one_as_they_are_needed(many: int) -> None:
    """Those that are still to come may depend on the results."""
    taken, results = 0, 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for taken in range(1, 21):
            assert taken - results <= many + 1
            yield taken

    for results, _ in enumerate(work_off(square, tasks(), many, name), start=1):  # noqa: B007
        pass
    assert (taken, results) == (20, 20)


def test_results_may_be_larger_than_a_pipe() -> None:
    found = sorted(work_off(large, range(6), 3, name))
    assert [(data[0], len(data)) for data in found] == [(number, 3_000_000) for number in range(6)]


def test_beside_other_threads_the_results_are_the_same() -> None:
    """A process with threads must not be forked; it is spawned instead."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert sorted(work_off(square, range(9), 2, name)) == [number * number for number in range(9)]
        with pytest.raises(WorkError, match="task 5"):
            list(work_off(stumble, range(9), 2, name))
    finally:
        done.set()
        thread.join()


def test_a_spawned_process_takes_no_module_from_the_folder_that_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("multiprocessing", "signal", "pickle"):
        (tmp_path / f"{module}.py").write_text("open('taken', 'w').close()\nraise ImportError\n")
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    test_beside_other_threads_the_results_are_the_same()
    assert not (tmp_path / "taken").exists()
    assert dict(os.environ) == before


# ---- meanwhile -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", JOBS)
def test_what_is_done_meanwhile_has_the_same_results(many: int) -> None:
    with meanwhile(square, range(7), many, name) as coming:
        assert sorted(coming) == [number * number for number in range(7)]


def test_other_processes_begin_before_anybody_waits(tmp_path: Path) -> None:
    with meanwhile(Path.touch, [tmp_path / "one", tmp_path / "other"], 2, str) as coming:
        until = time.monotonic() + 60
        while len(list(tmp_path.iterdir())) < 2:
            assert time.monotonic() < until
            time.sleep(0.01)
        list(coming)


@pytest.mark.parametrize("many", JOBS)
def test_what_nobody_asks_for_is_given_up(many: int) -> None:
    with meanwhile(time.sleep, [3600.0] * 4, many, str):
        pass
    with pytest.raises(KeyError), meanwhile(time.sleep, [3600.0] * 4, many, str):
        raise KeyError


@pytest.mark.parametrize("many", JOBS)
def test_what_goes_wrong_meanwhile_is_told_to_whoever_waits(many: int) -> None:
    with pytest.raises(StoreError), meanwhile(refuse, range(9), many, name) as coming:
        list(coming)


# ---- how many -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tasks", "most", "expected"),
    [
        (0, 4, 1),
        (1, 4, 1),
        (2 * ENOUGH - 1, 4, 1),
        (2 * ENOUGH, 4, 2),
        (3 * ENOUGH, 4, 3),
        (1000, 4, 4),
        (1000, 1, 1),
        (1000, 0, 1),
        (1000, 256, 250),
    ],
)
def test_processes_are_as_many_as_are_worth_it(tasks: int, most: int, expected: int) -> None:
    assert processes(tasks, most) == expected


# ---- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", JOBS)
def test_a_disk_that_refuses_is_a_store_error(many: int) -> None:
    with pytest.raises(StoreError) as caught:
        list(work_off(refuse, range(20), many, name))
    assert str(caught.value) == "The disk says no.\nNothing was written."


@pytest.mark.parametrize("many", JOBS)
@pytest.mark.parametrize(
    ("work", "words"),
    [(stumble, "ZeroDivisionError: five"), (stumble_oddly, "Unpicklable: 5 and 7")],
)
def test_a_bug_names_the_task_and_where_it_happened(many: int, work: Callable[[int], int], words: str) -> None:
    with pytest.raises(WorkError) as caught:
        list(work_off(work, range(20), many, name))
    message = str(caught.value)
    assert message.startswith("task 5: Traceback (most recent call last):")
    assert f"in {work.__name__}" in message
    assert words in message


@pytest.mark.parametrize("many", JOBS)
def test_results_before_a_bug_are_not_lost(many: int) -> None:
    found: list[int] = []
    with pytest.raises(WorkError):
        found.extend(work_off(stumble, [1] * 20 + [5], many, name))
    assert len(found) > 20 - many


@pytest.mark.parametrize("many", [2, 3, 4])
@pytest.mark.parametrize("work", [be_killed, leave])
def test_a_process_that_ends_in_the_midst_of_a_task_names_it(many: int, work: Callable[[int], int]) -> None:
    with pytest.raises(StoreError, match=r"^task 5: "):
        list(work_off(work, range(20), many, name))


def be_killed_later(number: int) -> int:
    signal.setitimer(signal.ITIMER_REAL, 0.05)  # ends the process, which then has nothing to do
    return number


def test_a_process_that_ends_between_two_tasks_names_the_next() -> None:
    def tasks() -> Iterator[int]:
        yield 0
        yield 1
        time.sleep(0.3)
        yield 2

    with pytest.raises(StoreError, match=r"^task [12]: "):
        list(work_off(be_killed_later, tasks(), 2, name))


@pytest.mark.parametrize("many", [2, 4])
@pytest.mark.parametrize("at", [0, 1, 7])
def test_an_error_among_the_tasks_themselves_ends_the_processes(many: int, at: int) -> None:
    def tasks() -> Iterator[int]:
        yield from range(at)
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        list(work_off(square, tasks(), many, name))


@pytest.mark.parametrize("many", [2, 4])
def test_who_stops_asking_leaves_no_process_behind(many: int) -> None:
    found = work_off(who, range(1000), many, name)
    next(found)
    assert isinstance(found, Generator)
    found.close()


@pytest.mark.parametrize("many", [2, 4])
def test_an_interruption_leaves_no_process_behind(many: int) -> None:
    found = work_off(who, range(1000), many, name)
    next(found)
    assert isinstance(found, Generator)
    with pytest.raises(KeyboardInterrupt):
        found.throw(KeyboardInterrupt())


def test_a_result_that_cannot_be_sent_names_its_task() -> None:
    with pytest.raises(WorkError, match=r"^task "):
        list(work_off(threads, range(8), 2, name))


def threads(number: int) -> Iterable[int]:
    return (n for n in range(number))


# ---- from outside ---------------------------------------------------------------------------------------------------

PARENT = """
import os, sys, time
from builder.jobs import work_off

def work(number):
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(float(sys.argv[2]))
    return number

for _ in work_off(work, range(200), 3, str):
    pass
"""


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # a zombie has ended; whoever adopted it has not looked yet


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("pause", [0.001, 0.3])
def test_workers_end_with_the_process_that_they_work_for(tmp_path: Path, ended_by: int, pause: float) -> None:
    log = tmp_path / "log"
    log.touch()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(log), str(pause)], cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True
    )

    def workers() -> set[int]:
        return set(map(int, log.read_text().split()))

    wait_until(lambda: len(workers()) == 3)
    time.sleep(random.Random(ended_by).random() / 50)
    parent.send_signal(ended_by)
    parent.communicate()
    try:
        wait_until(lambda: not any(map(is_alive, workers())))
    finally:
        for worker in filter(is_alive, workers()):
            os.kill(worker, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_it_is_a_fork_where_that_is_safe_and_quick() -> None:
    """A worker then has all that this process has loaded, and one that is spawned loads it again."""
    program = """
from builder import jobs

def is_marked(number):
    return "marker" in vars(jobs)

jobs.marker = object()
print(list(jobs.work_off(is_marked, range(4), 2, str)))
"""
    # A process of its own: this one may have other threads by now, and then no fork is safe.
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "[True, True, True, True]\n"
