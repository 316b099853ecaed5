"""The law of incremental builds: whatever was edited, the site is the one that a clean build makes, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from conftest import put
from remembered import remember
from samples import CLAIMS, FRONT, ONE, ROOT, SOURCES, TIMELINE, TWO

from builder import digesting, scan, templating, workshop
from builder.facts import file_of
from builder.freshness import Options, explained
from builder.inputs import StoreError
from builder.output import MARK, unit_of
from builder.publish import Order, Published, publish

SEQUENCES = 160
CHUNK = 20

Tree = dict[str, bytes]

TEMPLATES = ROOT / "templates"


class Site:
    """A site that is edited at random; `chance` decides everything."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.root = folder / "root"
        self.chance = chance
        # Pictures take as long as all the rest, so few of these sites have any.
        options = Options("https://one.example/", cards=chance.randrange(20) == 0)
        self.order = Order(self.root, self.root / "public", self.root / ".variorum", options)
        self.saved: list[Tree] = []
        self.foreign: Tree = {}
        shutil.copytree(TEMPLATES, self.root / "templates")
        put(self.root, {"site.yaml": "title: A Site\n"})
        for name in ("first", "second"):
            self.add(name)

    def add(self, name: str) -> None:
        """A briefing of its own articles."""
        sources = SOURCES.replace("one.txt", f"{name}-one.txt").replace("two.txt", f"{name}-two.txt")
        front = FRONT.replace("A briefing", f"Briefing {name}")
        files = {"briefing.md": front, "sources.yaml": sources, "claims.yaml": CLAIMS, "timeline.yaml": TIMELINE}
        put(self.root, {f"content/{name}/{file}": text for file, text in files.items()})
        put(self.root, {f"seeds/{name}-one.txt": ONE, f"seeds/{name}-two.txt": TWO})

    def some(self, pattern: str) -> Path | None:
        """Any file or folder that fits."""
        found = sorted(self.root.glob(pattern))
        return self.chance.choice(found) if found else None

    def change(self, pattern: str, old: str, *new: str) -> None:
        """Replace words in some file; where it does not hold them, nothing happens."""
        if path := self.some(pattern):
            path.write_text(path.read_text().replace(old, self.chance.choice(new)))

    def published(self) -> Tree:
        """What the builder wrote."""
        tree = tree_of(self.root / "public")
        return {path: data for path, data in tree.items() if path not in self.foreign}

    def clean(self) -> tuple[bool, Tree]:
        """Whether a clean build is refused, and what it makes. Made once for the same files, wherever they stand."""
        files = {path.name: path.read_bytes() for path in self.root.glob("*.yaml")}
        for below in ("content", "seeds", "templates"):
            files |= tree_of(self.root, below)
        state = (hashlib.sha256(repr(sorted(files.items())).encode()).digest(), self.order.options)
        if state not in CLEAN:
            with scratch() as folder, without_memory():
                done = attempt(replace(self.order, output=folder / "public", state=folder / "state"))
                found = done is None or done.refused, tree_of(folder / "public")
            if len(CLEAN) == MOST_CLEAN:
                del CLEAN[next(iter(CLEAN))]
            CLEAN[state] = found
        return CLEAN[state]


CLEAN: dict[object, tuple[bool, Tree]] = {}
MOST_CLEAN = 20


@contextmanager
def without_memory() -> Iterator[None]:
    """While nothing is taken from earlier builds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("builder.workshop.compiled", lru_cache(maxsize=1)(templating.compiled.__wrapped__))
        patched.setattr(workshop, "_last", lambda *_: workshop._Last())
        patched.setattr(digesting, "_last_digest", lambda *_: digesting._LastDigest())
        patched.setattr(workshop, "_kept_of", workshop._kept_of.__wrapped__)
        patched.setattr(workshop, "kept_card", workshop.kept_card.__wrapped__)
        yield


def attempt(order: Order) -> Published | None:
    try:
        return publish(order)
    except StoreError:
        return None


# ---- edits ----


def words(site: Site) -> None:
    site.change("content/*/claims.yaml", "met on", "met by", "met on")


def new_words(site: Site) -> None:
    site.change("content/*/claims.yaml", "claim: The", "claim: All the", "claim: Two")


def another_claim(site: Site) -> None:
    if path := site.some("content/*/claims.yaml"):
        more = f"c{site.chance.randrange(4)}: {{claim: Another one., topic: talks}}\n"
        path.write_text(path.read_text() + more)  # twice the same id is a fault


def related(site: Site) -> None:
    if path := site.some("content/*/claims.yaml"):
        tie = site.chance.choice(["settles", "refines", "conflicts_with"])
        more = f"c{site.chance.randrange(4)}: {{claim: It was short., topic: talks, {tie}: met}}\n"
        path.write_text(path.read_text() + more)


def uttered(site: Site) -> None:
    lines = [f"  utterance: {speaker}\n" for speaker in ("The ministers", "{by: They, lemma: two}")]
    path = site.some("content/*/claims.yaml")
    text = path.read_text() if path else ""
    for line in lines:
        text = text.replace(line, "")
    if path:
        path.write_text(text.replace("  evidence:\n", site.chance.choice([*lines, ""]) + "  evidence:\n", 1))


def measured(site: Site) -> None:
    site.change("content/*/claims.yaml", "  event: meeting\n  evid", "  event: meeting\n  unit: hours\n  evid")
    site.change(
        "content/*/claims.yaml", "quote: met on Thursday in Geneva}", "quote: met on Thursday in Geneva, value: 2}"
    )
    site.change("content/*/claims.yaml", "value: 2}", 'value: ">1"}', "value: 120 minutes}", "value: 2}")


def primary(site: Site) -> None:
    site.change("content/*/sources.yaml", "full_text: yes\n", "full_text: yes\n    primary: yes\n")


def audited(site: Site) -> None:
    if path := site.some("content/*/claims.yaml"):
        why = site.chance.choice(["It is a number.", "Nothing rests on it."])
        left_out = f"left_out:\n  two:\n    - {{quote: about two hours, why: {why}}}\n"
        shared = f"shared:\n  - {{sources: [one, two], why: {why}}}\n"
        path.with_name("audit.yaml").write_text(left_out + site.chance.choice([shared, ""]))


def other_id(site: Site) -> None:
    site.change("content/*/claims.yaml", "met:\n", "seen:\n")


def more_of_an_article(site: Site) -> None:
    if path := site.some("seeds/*.txt"):
        path.write_text(path.read_text() + " More.")


def lost_article(site: Site) -> None:
    if path := site.some("seeds/*.txt"):
        path.unlink()


def new_article(site: Site) -> None:
    put(site.root, {f"seeds/{site.chance.choice(['a', 'b'])}.txt": "Nobody names it."})


def new_briefing(site: Site) -> None:
    site.add(site.chance.choice(["third", "fourth", "first"]))


def lost_briefing(site: Site) -> None:
    if path := site.some("content/*"):
        shutil.rmtree(path)


def renamed_briefing(site: Site) -> None:
    target = site.root / "content" / site.chance.choice(["fifth", "sixth"])
    if (path := site.some("content/*")) and not target.exists():
        path.rename(target)


def renamed_with_its_address(site: Site) -> None:
    target = site.root / "content" / site.chance.choice(["fifth", "sixth"])
    if (path := site.some("content/*")) and not target.exists():
        front = path / "briefing.md"
        if front.exists():
            front.write_text(front.read_text().replace("\n---\n", f"\nwas: [{path.name}]\n---\n", 1))
        path.rename(target)  # twice `was` is a fault


def earlier_names(site: Site) -> None:
    was = site.chance.choice(["first", "[second, third]", "old", "[older, old]"])
    site.change("content/*/briefing.md", "status: published\n", f"status: published\nwas: {was}\n")


def no_earlier_name(site: Site) -> None:
    named = [path for path in sorted(site.root.glob("content/*/*.*")) if "was:" in path.read_text()]
    if named:
        path = site.chance.choice(named)
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "was:" not in line))


def earlier_ids(site: Site) -> None:
    was = site.chance.choice(["c1", "[old, older]", "two"])
    pattern, line = site.chance.choice(
        [("claims", "  topic: talks\n"), ("sources", "    full_text: yes\n"), ("timeline", "  date: 2024-05-02\n")]
    )
    indent = line[: len(line) - len(line.lstrip())]
    site.change(f"content/*/{pattern}.yaml", line, f"{line}{indent}was: {was}\n")


def translated(site: Site) -> None:
    words = site.chance.choice(["se reunieron", "met", "</script>\u2028\u202e"])
    plain = "one: met on Thursday\n"
    site.change("content/*/timeline.yaml", plain, f"one: {{quote: met on Thursday, translation: {words}}}\n", plain)
    foreign = "siglum: B\n    language: es\n"
    site.change("content/*/sources.yaml", "siglum: B\n", foreign, f"{foreign}    headline_translation: {words}\n")


def language(site: Site) -> None:
    url, cards = "url: https://one.example/\n", site.chance.choice(["", "", "cards: none\n", "cards: briefings\n"])
    tag = site.chance.choice(["en", "es", "es-MX", "ar", "tlh"])
    few = "cards: none\n" if site.order.options.cards else ""
    put(site.root, {"site.yaml": f"title: A Site\nlanguage: {tag}\n{url}{cards or few}"})


def catalogue(site: Site) -> None:
    line, plural = 'msgid "Search"\nmsgstr "{}"\n', 'msgid "%(num)s claim"\nmsgid_plural "%(num)s claims"\n'
    said = site.chance.choice(["Buscar", "Busca", "", "100 %"])  # a bare percent sign is a fault
    more = site.chance.choice(["", plural + 'msgstr[0] "una"\nmsgstr[1] "%(num)s afirmaciones"\n'])
    path = f"templates/words/{site.chance.choice(['en', 'es', 'es-MX'])}.po"
    put(
        site.root,
        {path: 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + line.format(said) + more},
    )


def no_catalogue(site: Site) -> None:
    if path := site.some("templates/words/*.po"):
        path.unlink()


def many_briefings(site: Site) -> None:
    for number in range(site.chance.choice([1, 9, 12])):
        site.add(f"n{number}")


def draft(site: Site) -> None:
    site.change("content/*/briefing.md", "status: published", "status: draft")


def undraft(site: Site) -> None:
    site.change("content/*/briefing.md", "status: draft", "status: published")


def broken(site: Site) -> None:
    site.change("content/*/claims.yaml", "in Geneva", "in Genoa")


def mended(site: Site) -> None:
    for path in site.root.glob("content/*/claims.yaml"):
        path.write_text(path.read_text().replace("in Genoa", "in Geneva"))


def title(site: Site) -> None:
    site.change("site.yaml", "title: ", "title: New ")


def template(site: Site) -> None:
    site.change("templates/*.html", "</h1>", "!</h1>")


def style(site: Site) -> None:
    site.change("templates/static/css/*.css", "{", "{ ")


def script(site: Site) -> None:
    if path := site.some("templates/static/js/*.js"):
        path.rename(path.with_name(f"{site.chance.randrange(9)}.js"))


def ours_again(site: Site) -> None:
    if path := site.some(site.chance.choice(["templates/*.html", "templates/_partials/*", "templates/static/css/*"])):
        path.unlink()


def own_part(site: Site) -> None:
    foot = site.chance.choice(["<footer>One.</footer>", "<footer>Two.</footer>", ""])
    put(site.root, {"templates/_partials/site-footer.html": foot})
    put(site.root, {"templates/404.html": '{% extends "variorum/404.html" %}'})


def own_file(site: Site) -> None:
    name = site.chance.choice(["css/site.css", "css/site.css", "img/a.png", "notes.txt", "../clam.html"])
    put(site.root, {f"templates/static/{name}": site.chance.choice(["a { b: c }", "d { e: f }"])})


def patterns(site: Site) -> None:
    site.order = replace(site.order, options=replace(site.order.options, patterns=site.chance.random() < 0.5))


def address(site: Site) -> None:
    url = site.chance.choice([None, "https://one.example/", "https://two.example/"])
    site.order = replace(site.order, options=replace(site.order.options, base_url=url))


def drafts(site: Site) -> None:
    site.order = replace(site.order, options=replace(site.order.options, drafts=site.chance.random() < 0.5))


def save(site: Site) -> None:
    site.saved.append({p: d for folder in ("content", "seeds") for p, d in tree_of(site.root, folder).items()})


def revert(site: Site) -> None:
    if site.saved:
        for folder in ("content", "seeds"):
            shutil.rmtree(site.root / folder, ignore_errors=True)
        put(site.root, site.chance.choice(site.saved))


def lost_page(site: Site) -> None:
    if path := site.some("public/**/*.html"):
        path.unlink()


def replaced_page(site: Site) -> None:
    if (path := site.some("public/**/*.html")) and path.relative_to(
        site.root / "public"
    ).as_posix() not in site.foreign:
        other = path.with_suffix(".new")
        other.write_bytes(MARK)  # or nobody could know it for ours when the memory is lost
        other.replace(path)


def lost_folder(site: Site) -> None:
    if (path := site.some("public/*")) and path.is_dir():
        shutil.rmtree(path)
        site.foreign = {name: data for name, data in site.foreign.items() if not name.startswith(f"{path.name}/")}


def lost_site(site: Site) -> None:
    shutil.rmtree(site.root / "public", ignore_errors=True)
    site.foreign = {}


def foreign_file(site: Site) -> None:
    for name in ("CNAME", "first/mine.txt", "first/claims/mine.txt"):
        if site.chance.random() < 0.5 and (site.root / "public" / name).parent.is_dir():
            put(site.root / "public", {name: "mine"})
            site.foreign[name] = b"mine"


def lost_memory(site: Site) -> None:
    shutil.rmtree(site.root / ".variorum", ignore_errors=True)


def damaged_memory(site: Site) -> None:
    file = Path(file_of(str(site.order.output.resolve()), str(site.order.state), "facts"))
    if file.exists():
        data = bytearray(file.read_bytes())
        if site.chance.random() < 0.3:
            del data[site.chance.randrange(len(data)) :]
        elif data:
            for _ in range(site.chance.choice([1, 1, 20])):
                data[site.chance.randrange(len(data))] ^= site.chance.randrange(1, 256)
        file.write_bytes(data)


EDITS: list[Callable[[Site], None]] = [
    words, words, new_words, new_words, another_claim, related, uttered, uttered, measured, primary, audited,
    renamed_with_its_address, earlier_names, no_earlier_name, earlier_ids, translated, language, catalogue,
    no_catalogue, many_briefings, other_id, more_of_an_article, more_of_an_article, lost_article,
    new_article, new_briefing, new_briefing, lost_briefing, renamed_briefing, draft, undraft, broken, mended, mended,
    title, template, style, script, ours_again, ours_again, own_part, own_file, own_file,
    patterns, address, drafts, save, save, revert, revert, revert,
    lost_page, replaced_page, lost_folder, lost_site, foreign_file, lost_memory, damaged_memory,
]  # fmt: skip

ADDRESSES: list[Callable[[Site], None]] = [
    renamed_with_its_address, renamed_with_its_address, earlier_names, no_earlier_name, no_earlier_name, earlier_ids,
    renamed_briefing, lost_briefing, new_briefing, other_id, draft, undraft, drafts, save, revert, lost_memory,
]  # fmt: skip
LOOKS: list[Callable[[Site], None]] = [
    title, template, style, script, ours_again, own_part, own_file, own_file, catalogue, catalogue, no_catalogue,
    language, language, address, patterns, words, lost_page,
]  # fmt: skip
ARTICLES: list[Callable[[Site], None]] = [
    words, new_words, measured, uttered, more_of_an_article, lost_article, new_article, broken, mended, audited,
    new_briefing, lost_briefing, renamed_briefing, save, revert, revert,
]  # fmt: skip
OUTPUT: list[Callable[[Site], None]] = [
    lost_page, replaced_page, lost_folder, lost_site, foreign_file, lost_memory, damaged_memory, damaged_memory,
    new_words, new_briefing, lost_briefing, renamed_briefing, earlier_names, style, draft, undraft,
]  # fmt: skip
THEMES = (EDITS, ADDRESSES, EDITS, LOOKS, EDITS, ARTICLES, EDITS, OUTPUT)
"""Most of what goes wrong takes two edits that have to do with each other; among all edits these seldom meet."""

# ---- the law ----


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def tree_of(root: Path, below: str = "") -> Tree:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in (root / below).rglob("*") if path.is_file()
    }


def check_sequence(seed: int) -> list[str]:
    """Edit and build, again and again; returns what was done."""
    chance = random.Random(seed)
    done: list[str] = []
    with scratch() as folder:
        site = Site(folder, chance)
        for _ in range(chance.randrange(2, 6)):
            for edit in chance.sample(THEMES[seed % len(THEMES)], chance.choice([0, 1, 1, 1, 2, 3])):
                edit(site)
                done.append(edit.__name__)
            time.sleep(PAUSE)  # so that stamps may be trusted, which only old ones are
            before = site.published()
            result = attempt(site.order)
            done.append("build")
            refused, clean = site.clean()
            story = f"seed {seed}: {', '.join(done)}"
            assert (result is None or result.refused) == refused, story
            after = site.published()
            assert after == (before if refused else clean), story
            assert {path: (site.root / "public" / path).read_bytes() for path in site.foreign} == site.foreign, story
            assert not (site.root / ".public.staging").exists(), story
    return done


PAUSE = 0.012


@pytest.fixture(autouse=True)
def quick_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as unchanged after milliseconds, not seconds: this machine's file systems know as much."""
    monkeypatch.setattr(scan, "SETTLED", 10_000_000)


@pytest.mark.parametrize("chunk", range(SEQUENCES // CHUNK))
def test_an_incremental_build_makes_the_site_of_a_clean_one(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        check_sequence(seed)


# ---- kills ----


def units_of(tree: Tree) -> dict[str, Tree]:
    units: dict[str, Tree] = {}
    for path, data in tree.items():
        units.setdefault(unit_of(path), {})[path] = data
    return units


KILLED = [
    new_words, another_claim, more_of_an_article, new_briefing, title, template,
    renamed_with_its_address, no_earlier_name,
]  # fmt: skip


def kill_builds(folder: str, count: str) -> None:
    """Edit, and kill the build at a random moment, again and again; then one build is left alone."""
    scan.SETTLED = 10_000_000
    remember(pytest.MonkeyPatch())
    chance = random.Random(3)
    site = Site(Path(folder), chance)
    publish(site.order)
    outcomes: dict[str, int] = {}
    for _ in range(int(count)):
        before = units_of(site.published())
        for edit in chance.sample(KILLED, 2):
            edit(site)
        time.sleep(PAUSE)
        refused, clean = site.clean()
        after = units_of(clean)
        child = os.fork()
        if child == 0:
            attempt(site.order)
            os._exit(0)
        time.sleep(chance.uniform(0.0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = units_of(site.published())
        for unit in (before | after).keys() - {""}:
            assert found.get(unit, {}) in (before.get(unit, {}), after.get(unit, {})), (
                f"{unit} is half old and half new"
            )
        if refused:
            assert found == before
        outcome = "old" if found == before else "new" if found == after else "mixed"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        attempt(site.order)
        assert site.published() == (clean if not refused else site.published())
        mended(site)
        if refused:
            shutil.rmtree(site.root / "content")
            site.add("first")
            publish(site.order)
    sys.stdout.write(json.dumps(outcomes))


def test_a_build_that_is_killed_leaves_every_briefing_old_or_new(tmp_path: Path) -> None:
    call = f"import test_incremental; test_incremental.kill_builds({str(tmp_path)!r}, '40')"
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    done = subprocess.run([sys.executable, "-c", call], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outcomes: dict[str, int] = json.loads(done.stdout)
    assert sum(outcomes.values()) == 40
    assert outcomes.keys() >= {"old", "new"}


# ---- what is rebuilt, and told ----


def test_only_the_edited_briefing_and_the_page_that_searches_it_are_written(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    assert publish(site.order).stale.shared
    before = {path: path.stat() for path in (site.root / "public").rglob("*") if path.is_file()}
    site.change("content/second/claims.yaml", "The ministers met", "Both ministers met")
    done = publish(site.order)
    assert explained(done.stale) == ["second: content/second/claims.yaml changed"]
    written = {
        path.relative_to(site.root / "public").as_posix()
        for path, found in before.items()
        if (path.stat().st_ino, path.stat().st_mtime_ns) != (found.st_ino, found.st_mtime_ns)
    }
    assert {path for path in written if unit_of(path) != "second"} == {"search.html"}
    assert "second/index.html" in written
    assert len(written) == done.written
    assert done.unchanged
    assert {path.stat().st_nlink for path in before} == {1}


def test_pages_edited_in_place_are_found_when_everything_is_built(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    clean = site.published()
    (site.root / "public/first/index.html").write_bytes(b"edited")
    assert publish(replace(site.order, anew=True)).written == 1
    assert site.published() == clean


def test_warnings_of_briefings_that_are_not_built_again_are_told_again(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    put(site.root, {"site.yaml": "title: T\nlimits: {excerpt_warning: 1 %}\n"})
    site.change("content/first/sources.yaml", "    full_text: yes\n", "")
    first = publish(site.order)
    again = publish(site.order)
    assert [warning.code for warning in first.diagnostics] == ["excerpt-share", "excerpt-share"]
    assert (again.diagnostics, bool(again.stale), again.told) == (first.diagnostics, False, first.told)
    strict = replace(site.order, options=replace(site.order.options, strict=True))
    assert publish(strict).refused


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_makes_the_same_site(tmp_path: Path, jobs: int) -> None:
    site = Site(tmp_path, random.Random(0))
    for number in range(12):
        site.add(f"number-{number}")
    done = publish(replace(site.order, jobs=jobs))
    assert site.published() == site.clean()[1]
    assert done.written == len(site.published())


def test_faults_of_all_briefings_are_told_whatever_the_number_of_processes(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    for number in range(12):
        site.add(f"number-{number}")
    for path in site.root.glob("content/number-*/claims.yaml"):
        path.write_text(path.read_text().replace("in Geneva", "in Genoa"))
    found = [publish(replace(site.order, jobs=jobs)).diagnostics for jobs in (1, 3)]
    assert found[0] == found[1]
    assert {fault.place.file for fault in found[0]} == {f"content/number-{n}/claims.yaml" for n in range(12)}
    assert not (site.root / "public").exists()
    assert not (site.root / ".public.staging").exists()


# ---- memory that cannot be trusted ----


@pytest.mark.parametrize("damage", ["flip", "cut", "zero"])
def test_with_its_memory_damaged_anywhere_a_build_is_still_right(tmp_path: Path, damage: str) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    file = Path(file_of(str(site.order.output.resolve()), str(site.order.state), "facts"))
    first = file.read_bytes()
    states = [tree_of(site.root / "content")]
    site.change("content/first/claims.yaml", "The ministers met", "Both ministers met")
    states.append(tree_of(site.root / "content"))
    clean = [site.clean()[1]]
    put(site.root / "content", states[0])
    clean.insert(0, site.clean()[1])
    chance = random.Random(damage)
    for turn in range(40):
        data = bytearray(first)
        at = chance.randrange(len(data))
        if damage == "flip":
            data[at] ^= 1 << chance.randrange(8)
        elif damage == "cut":
            del data[at:]
        else:
            data[at : at + 4096] = bytes(len(data[at : at + 4096]))
        file.write_bytes(data)
        put(site.root / "content", states[turn % 2])
        assert not publish(site.order).refused
        assert site.published() == clean[turn % 2], f"byte {at}"


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0", b"\0" * 5000])
def test_what_is_no_memory_at_all_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    file = Path(file_of(str(site.order.output.resolve()), str(site.order.state), "facts"))
    file.write_bytes(content)
    assert publish(site.order).stale.shared
    time.sleep(PAUSE)
    publish(site.order)
    assert not publish(site.order).stale


def test_a_memory_that_came_with_a_copy_of_the_site_is_believed_by_content(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    shutil.copytree(site.root, tmp_path / "copy")  # other inodes and times
    copied = replace(site.order, root=tmp_path / "copy", output=tmp_path / "copy/public", state=tmp_path / "state")
    (name,) = (path.name for path in site.order.state.glob("*.facts"))
    (tmp_path / "state").mkdir()
    shutil.copy(site.order.state / name, file_of(str(copied.output), str(copied.state), "facts"))
    assert not publish(copied).stale
    (copied.output / "first/index.html").write_bytes(b"edited")
    (copied.output / "first/other").mkdir()
    assert explained(publish(copied).stale) == ["first: first/index.html is not as it was written"]


def test_files_that_were_only_touched_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path, random.Random(0))
    time.sleep(PAUSE)
    publish(site.order)
    for path in site.root.glob("content/*/*"):
        path.touch()
    time.sleep(PAUSE)
    opened: list[str] = []
    real = os.open

    def spy(path: str, *more: int, **named: int | None) -> int:
        opened.append(str(path))
        return real(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", spy)
    for expected in (8, 0):
        opened.clear()
        assert not publish(site.order).stale
        assert len([path for path in opened if "/content/" in path and path.endswith((".md", ".yaml"))]) == expected


# ---- what a careless user does ----


def test_a_template_that_is_a_link_is_refused(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    base = site.root / "templates/base.html"
    base.rename(site.root / "base.html")
    base.symlink_to("../base.html")
    with pytest.raises(StoreError, match=r"templates/base\.html is not an ordinary file"):
        publish(site.order)


def test_a_change_of_what_all_pages_share_is_seen_even_when_it_was_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    style = site.root / "templates/static/css/base.css"
    before = style.read_text()
    site.change("content/first/claims.yaml", "The ministers met", "Both ministers met")
    with monkeypatch.context() as patched:
        real = digesting.make_digest

        def meanwhile(*given: Any) -> digesting.Digest:
            style.write_text(before + "/* in between */")
            return real(*given)

        patched.setattr(digesting, "make_digest", meanwhile)
        publish(site.order)
    style.write_text(before)
    publish(site.order)
    assert site.published() == site.clean()[1]


def test_harm_to_a_briefing_while_another_is_built_is_mended_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    site.change("content/first/claims.yaml", "The ministers met", "Both ministers met")
    with monkeypatch.context() as patched:
        real = digesting.make_digest

        def meanwhile(*given: Any) -> digesting.Digest:
            (site.root / "public/second/claims/met.html").unlink()
            return real(*given)

        patched.setattr(digesting, "make_digest", meanwhile)
        publish(site.order)
    publish(site.order)
    assert site.published() == site.clean()[1]


def test_with_an_older_memory_what_was_removed_since_goes_and_copies_by_hand_stay(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    shutil.copytree(site.order.state, tmp_path / "old")
    site.add("third")
    publish(site.order)
    shutil.rmtree(site.order.state)
    shutil.copytree(tmp_path / "old", site.order.state)
    shutil.rmtree(site.root / "content/third")
    shutil.copytree(site.root / "public/first", site.root / "public/copy-of-first")
    assert publish(site.order).stale.gone == ("third",)
    assert {unit_of(path) for path in site.published()} == {"", "static", "first", "second", "copy-of-first"}


def test_any_error_in_a_template_names_its_line(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    site.change("templates/claim.html", "{% block content %}", "{% block content %}\n{{ 1/0 }}")
    with pytest.raises(
        StoreError, match=r"claim\.html:\d+: this cannot be done: division by zero\. Nothing was written"
    ):
        publish(site.order)
    (site.root / "templates/claim.html").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match=r"Nothing was written"):
        publish(site.order)
    assert not (site.root / "public").exists()


def test_a_memory_that_was_begun_anew_is_believed_by_the_next_build(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    Path(file_of(str(site.order.output.resolve()), str(site.order.state), "facts")).write_bytes(b"text")
    publish(site.order)
    assert not publish(site.order).stale
