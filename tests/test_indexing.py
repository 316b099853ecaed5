"""The index that is kept from one build to the next is the one that a clean build makes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import put
from samples import CLAIMS, FRONT, ONE, SOURCES, TIMELINE, TWO

from builder.facts import Memory
from builder.freshness import Options
from builder.indexing import LINES, ORDER, TERMS, forget_terms, index_of, remember_terms
from builder.lookup import index
from builder.lookup.index import Terms, file_of, index_files, whole
from builder.publish import Order, publish
from builder.routes import index_path, is_own

NAMES = [f"b{number:02}" for number in range(20)]
WORDS = ["taiwan", "tai", "台", "beijing", "bei", "ξη", "12", "harbour"]


def terms_of(chance: random.Random) -> Terms:
    return frozenset(chance.sample(WORDS, chance.randrange(len(WORDS))))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(str(tmp_path / "facts"))


def built(memory: Memory, site: Mapping[str, Terms], edited: Mapping[str, Terms]) -> None:
    """Build a site with these terms, of which some are new, and compare its index with one made anew."""
    before = {name: remember_terms(memory, name, terms) for name, terms in edited.items()}
    made = index_of(memory, sorted(site), before)
    assert made == index_files(whole(site[name] for name in sorted(site)))
    memory.keep()


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_the_index_is_the_one_made_anew(memory: Memory, seed: int) -> None:
    chance = random.Random(seed)
    site = {name: terms_of(chance) for name in NAMES[2:18]}
    built(memory, site, site)
    for _ in range(12):
        edited = {chance.choice(sorted(site)): terms_of(chance) for _ in range(chance.randrange(3))}
        match chance.randrange(6):
            case 0 if len(site) < len(NAMES):  # at either end, or between others
                edited[chance.choice([name for name in NAMES if name not in site])] = terms_of(chance)
            case 1 if len(site) > 14:
                name = chance.choice(sorted(site))
                del site[name]
                edited.pop(name, None)
                forget_terms(memory, name)
        site |= edited
        built(memory, site, edited)


def test_an_edit_changes_the_lines_of_its_words_alone(memory: Memory) -> None:
    site = {name: frozenset({"taiwan"}) for name in NAMES}
    built(memory, site, site)
    before = dict(memory.all(LINES))
    built(memory, site | {"b03": frozenset({"harbour"})}, {"b03": frozenset({"harbour"})})
    after = dict(memory.all(LINES))
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"{file_of(word):02}" for word in ("taiwan", "harbour")}


@pytest.mark.parametrize("lost", [LINES, ORDER])
def test_where_the_index_was_forgotten_it_is_made_anew(memory: Memory, lost: str) -> None:
    site = {name: frozenset({"taiwan", name}) for name in NAMES}
    built(memory, site, site)
    memory.put(lost, next(name for name, _ in memory.all(lost)), None)
    built(memory, site | {"b03": frozenset({"harbour"})}, {"b03": frozenset({"harbour"})})


def test_where_words_were_forgotten_all_briefings_have_to_be_read_again(memory: Memory) -> None:
    site = {name: frozenset({"taiwan"}) for name in NAMES}
    built(memory, site, site)
    for kind, name in ((TERMS, "b05"), (LINES, "00")):
        memory.put(kind, name, None)
    assert index_of(memory, NAMES, {}) is None


def test_where_the_words_of_one_before_the_edit_are_forgotten_the_index_is_made_anew(memory: Memory) -> None:
    site = {name: frozenset({"harbour", "bei"}) for name in NAMES[:16]}
    built(memory, site, site)
    memory.put(TERMS, NAMES[3], None)
    built(memory, {**site, NAMES[3]: frozenset({"bei"})}, {NAMES[3]: frozenset({"bei"})})


def test_few_briefings_have_no_index_and_leave_nothing_behind(memory: Memory) -> None:
    site = {name: frozenset({"taiwan"}) for name in NAMES}
    built(memory, site, site)
    assert index_of(memory, NAMES[: index.DIRECT], {}) == []
    assert [*memory.all(LINES), *memory.all(ORDER)] == []


# ---- on the disk -------------------------------------------------------------------------------------------------


def test_the_files_of_the_index_are_the_builders_own() -> None:
    assert is_own(index_path(0))
    assert is_own("a-briefing/data/search.js")
    assert not is_own("data/search-1.js")


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """Three briefings, built, on a site that has an index for more than one."""
    monkeypatch.setattr(index, "DIRECT", 1)
    root = tmp_path / "root"
    put(root, {"site.yaml": "title: A Site\n", "seeds/one.txt": ONE, "seeds/two.txt": TWO})
    for name in ("first", "second", "third"):
        files = {"briefing.md": FRONT, "sources.yaml": SOURCES, "claims.yaml": CLAIMS, "timeline.yaml": TIMELINE}
        put(root, {f"content/{name}/{file}": text for file, text in files.items()})
    order = Order(root, root / "public", root / ".variorum", Options())
    assert set(index_in(order)) == {index_path(number) for number in range(index.FILES)}
    return order


def index_in(order: Order) -> dict[str, bytes]:
    """Build, and read the files of the index."""
    assert not publish(order).refused
    return {f"data/{path.name}": path.read_bytes() for path in sorted(order.output.glob("data/*"))}


def test_a_new_word_changes_one_file_of_the_index_and_leaves_what_a_clean_build_makes(order: Order) -> None:
    before = index_in(order)
    claims = order.root / "content/second/claims.yaml"
    claims.write_text(claims.read_text().replace("claim: The", "claim: The quokka", 1))
    after = index_in(order)
    assert {path for path in after if after[path] != before[path]} == {index_path(file_of("quokka"))}
    assert after == index_in(replace(order, output=order.root / "clean", state=order.root / "state"))


def test_an_index_goes_with_the_briefings_that_needed_it(order: Order) -> None:
    for name in ("first", "third"):
        shutil.rmtree(order.root / "content" / name)
    assert index_in(order) == {}
    assert not (order.output / "data").exists()
    assert (order.output / "second/data/search.js").is_file()


def test_an_index_file_that_somebody_changed_is_written_again(order: Order) -> None:
    before = index_in(order)
    path = order.output / index_path(file_of("thursday"))
    path.write_bytes(b"changed")
    assert index_in(order) == before
