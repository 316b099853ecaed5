"""The tools of the benchmark: a corpus is what it says, and a measure counts what it says."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench.bench import corpus_in, snapshot
from bench.corpus import Dice, scalar, write_corpus
from bench.measure import Measure, interleaved, measure, median, table
from samples import ROOT
from whole_site import Site, tree

BUSY = "sum(range(4_000_000))"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two briefings. Only to be read."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, 2, ROOT)
    return folder


@pytest.fixture(scope="module")
def evidence(corpus: Path) -> list[dict[str, Any]]:
    """What the sources of a briefing say to its claims, as it is written."""
    file = next(file for file in (corpus / "content").glob("*-00001/claims.yaml"))
    claims = yaml.safe_load(file.read_bytes())
    return [cell for claim in claims.values() for cell in claim["evidence"].values()]


# ---- the corpus ------------------------------------------------------------------------------------------------


def test_the_same_number_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.corpus", str(tmp_path), "2"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "4242"}, check=True)
    assert tree(tmp_path) == tree(corpus)


def test_a_briefing_is_the_same_in_a_corpus_of_any_size(corpus: Path, tmp_path: Path) -> None:
    write_corpus(tmp_path, 1, ROOT)
    one, two = tree(tmp_path), tree(corpus)
    assert len(one) == 1 + 4 + 8
    assert one.items() < two.items()


def test_briefings_differ(corpus: Path) -> None:
    one, other = (yaml.safe_load(file.read_bytes()) for file in (corpus / "content").glob("*/claims.yaml"))
    assert not {claim["note"] for claim in one.values()} & {claim["note"] for claim in other.values()}


def test_nothing_is_wrong_with_it(corpus: Path) -> None:
    result = Site(corpus).run("check", "--strict")
    assert result.code == 0, result.err
    assert "60 claims" in result.out


def test_evidence_is_of_every_kind(evidence: list[dict[str, Any]]) -> None:
    assert {cell["stance"] for cell in evidence} == {"supports", "qualifies", "contradicts", "silent"}
    differences = {cell["differs_in"] for cell in evidence if "differs_in" in cell}
    assert differences == {"scope", "strength", "precision", "expectation", "wording"}
    for key in ("key", "note", "prefix", "value", "via"):
        assert any(key in cell for cell in evidence), key
    assert any(isinstance(cell["quote"], list) for cell in evidence)
    assert any(" […] " in cell["quote"] for cell in evidence)


def test_the_numbers_that_it_rests_on_never_change() -> None:
    dice = Dice(7, "claims")
    assert [dice.below(1000) for _ in range(5)] == [61, 897, 253, 47, 421]


@pytest.mark.parametrize(
    "text",
    ["plain, with a comma", "“marked” words", "a: b", "a #b", "- a", "[a] b", 'say "a"', "no", "a\\b", "*a*", "x:"],
)
def test_a_scalar_is_read_as_it_was_written(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}


def test_a_corpus_is_written_once(tmp_path: Path) -> None:
    first = corpus_in(tmp_path, 1)
    before = snapshot(first.root)
    assert corpus_in(tmp_path, 1) == first
    assert snapshot(first.root) == before


# ---- measuring -------------------------------------------------------------------------------------------------


def test_a_command_is_measured(tmp_path: Path) -> None:
    code = "import os, sys, time; held = b'x' * 100_000_000; time.sleep(1); print(os.getcwd()); sys.exit(3)"
    measured = measure([sys.executable, "-c", code], tmp_path)
    assert measured.wall > 1
    assert 0 < measured.cpu < measured.wall
    assert measured.peak > 100_000_000
    assert measured.status == 3
    assert measured.output.strip() == str(tmp_path)


def test_the_time_of_a_grandchild_counts(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{BUSY}'])"
    assert measure([sys.executable, "-c", code], tmp_path).cpu > 0.05


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans over")
def test_the_time_of_an_orphan_counts(tmp_path: Path) -> None:
    code = f"import subprocess, sys, os; subprocess.Popen([sys.executable, '-c', '{BUSY}']); os._exit(0)"
    measured = measure([sys.executable, "-c", code], tmp_path)
    assert measured.status == 0
    assert measured.cpu > 0.05


def test_runs_take_turns() -> None:
    called: list[tuple[str, int]] = []
    tasks = {name: lambda run, name=name: called.append((name, run)) for name in ("one", "two")}
    interleaved(tasks, 2)
    assert called == [("one", 0), ("two", 0), ("one", 1), ("two", 1)]


def test_the_median_is_of_each_figure_by_itself() -> None:
    runs = [Measure(1, 9, 5, 0, "a"), Measure(2, 8, 7, 1, "b"), Measure(3, 7, 6, 0, "c")]
    assert median(runs) == Measure(2, 8, 6, 1, "b")


def test_a_table_is_markdown() -> None:
    assert table(["", "ms"], [["a|b", "1"], ["c", "1,000"]]) == (
        "|      |    ms |\n| ---- | ----: |\n| a\\|b |     1 |\n| c    | 1,000 |"
    )
