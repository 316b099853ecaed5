"""What a process remembers from one build to the next makes it quicker, and changes nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import put
from test_incremental import (
    Site,
    Tree,
    another_claim,
    attempt,
    audited,
    broken,
    draft,
    drafts,
    measured,
    mended,
    more_of_an_article,
    new_briefing,
    new_words,
    other_id,
    primary,
    related,
    style,
    template,
    title,
    tree_of,
    undraft,
    uttered,
)

from builder import build, digesting, render, templating, workshop
from builder.publish import publish
from builder.rehearsing import rehearse

# ---- edits beyond those of the law of incremental builds ----


def line_above(site: Site) -> None:
    """Every claim stands on another line, and says what it said."""
    if path := site.some("content/*/claims.yaml"):
        path.write_text("# Another line.\n" + path.read_text())


def other_quotation(site: Site) -> None:
    site.change("content/*/claims.yaml", "quote: met on Thursday in Geneva", "quote: The talks lasted two hours")


def quotation_back(site: Site) -> None:
    site.change("content/*/claims.yaml", "quote: The talks lasted two hours", "quote: met on Thursday in Geneva")


def key_words(site: Site) -> None:
    site.change("content/*/claims.yaml", "in Geneva}", "in Geneva, key: Geneva}", "in Geneva, key: Bern}")


def other_event(site: Site) -> None:
    site.change("content/*/timeline.yaml", "The ministers meet", "They meet", "All meet")


def other_day(site: Site) -> None:
    site.change("content/*/timeline.yaml", "date: 2024-05-0", "date: 2024-05-1")


def other_event_id(site: Site) -> None:
    site.change("content/*/timeline.yaml", "meeting:\n", "gathering:\n")


def event_id_back(site: Site) -> None:
    site.change("content/*/timeline.yaml", "gathering:\n", "meeting:\n")


def prose(site: Site) -> None:
    site.change("content/*/briefing.md", "The prose", "*The* prose", "Prose")


def topic(site: Site) -> None:
    site.change("content/*/briefing.md", "talks: The talks", "talks: Talks")


def origin(site: Site) -> None:
    site.change("content/*/sources.yaml", "The Agency", "An Agency")


def siglum(site: Site) -> None:
    site.change("content/*/sources.yaml", "siglum: A", "siglum: C", "siglum: B")


def headline(site: Site) -> None:
    site.change("content/*/sources.yaml", "    full_text: yes\n", "    headline: The talks lasted two hours.\n")


def language(site: Site) -> None:
    site.change("site.yaml", "title: ", "language: de\ntitle: ", "publisher: P\ntitle: ")


def words_of_an_article(site: Site) -> None:
    site.change("seeds/*.txt", "The talks", "Their talks", "Those talks")


def torn(site: Site) -> None:
    site.change("content/*/claims.yaml", "topic: talks", "topic: [talks")


def whole(site: Site) -> None:
    for path in site.root.glob("content/*/claims.yaml"):
        path.write_text(path.read_text().replace("topic: [talks", "topic: talks"))


def other_chain(site: Site) -> None:
    site.change("content/*/claims.yaml", "via: agency}", "via: [agency]}", "via: []}")
    site.change("content/*/sources.yaml", "{name: The Agency}", "{name: The Agency, side: Home}")


def horizon(site: Site) -> None:
    last = '    full_text: yes\n    known_through: "2024-05-01"\n    published: "2024-05-01"\n'
    site.change("content/*/sources.yaml", "    full_text: yes\n", last)


def settled(site: Site) -> None:
    """A claim of its own that tells the outcome of the first one, and is told on its page."""
    for path in site.root.glob("content/*/claims.yaml"):
        if "\nsettled:" not in path.read_text():
            words = site.chance.choice(["lasted two hours", "It was a short one"])
            evidence = f"{{one: {{stance: supports, quote: {words}}}}}"
            more = (
                f"settled: {{claim: They talked., topic: talks, event: meeting, settles: met, evidence: {evidence}}}\n"
            )
            path.write_text(path.read_text() + more)


def rehearsed(site: Site) -> None:
    rehearse(site.order, [path.name for path in (site.root / "content").iterdir()])


EDITS: list[Callable[[Site], None]] = [
    line_above, other_quotation, quotation_back, key_words, other_event, other_event_id, event_id_back,
    other_day, prose, topic, origin, siglum, headline, language, words_of_an_article, torn, whole, rehearsed,
    another_claim, broken, mended, draft, drafts, undraft, more_of_an_article, new_briefing, new_words,
    new_words, other_id, style, template, title,
    related, settled, settled, uttered, measured, primary, audited, other_chain, horizon,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_sixty_edits_in_one_process_leave_the_site_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    site = Site(tmp_path, random.Random(seed))
    good, clean, done = 0, Tree(), []
    for edit in site.chance.choices(EDITS, k=60):
        edit(site)
        done.append(edit.__name__)
        published = attempt(site.order)
        refused, fresh = site.clean()
        story = ", ".join(done)
        assert (published is None or published.refused) == refused, story
        clean = clean if refused else fresh
        assert site.published() == clean, story
        good += not refused
        if refused and site.chance.random() < 0.7:  # else there would hardly ever be a good site again
            site.root.joinpath("content").rename(tmp_path / f"broken-{len(done)}")
            for name in ("first", "second"):
                site.add(name)
    assert 60 > good > 15


# ---- it is remembered ----


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[Any]:
    """What a function is given from now on, call by call."""
    calls: list[Any] = []
    real = getattr(module, name)

    def counting(*given: Any, **more: Any) -> Any:
        calls.append(given)
        return real(*given, **more)

    monkeypatch.setattr(module, name, counting)
    return calls


def test_a_page_that_comes_out_the_same_is_not_rendered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    rendered = counted(monkeypatch, render, "render")
    prose_file = site.root / "content/first/briefing.md"
    prose_file.write_text(prose_file.read_text().replace("The prose", "Other prose"))
    publish(site.order)
    assert [page.template for page, _ in rendered] == ["overview.html"]


def test_what_was_at_fault_is_told_again(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    broken(site)
    first, again = publish(site.order), publish(site.order)
    assert {fault.code for fault in first.diagnostics} == {"quotation-words"}
    assert again.diagnostics == first.diagnostics


def test_an_id_that_leads_nowhere_is_told_in_a_file_that_did_not_change(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    timeline = site.root / "content/first/timeline.yaml"
    timeline.write_text(timeline.read_text().replace("meeting:", "gathering:"))
    (fault,) = publish(site.order).diagnostics
    assert (fault.code, fault.place.file) == ("event-unknown", "content/first/claims.yaml")


def test_a_warning_of_a_quotation_that_is_as_it_was_is_told_again(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    site.change("content/first/claims.yaml", "in Geneva}", "in Geneva, key: Bern}")
    first = publish(site.order)
    line_above(site)
    new_words(site)
    site.change("content/first/claims.yaml", "claim: ", "claim: So ")
    again = publish(site.order)
    assert [warning.code for warning in first.diagnostics] == [warning.code for warning in again.diagnostics]
    assert first.diagnostics


def test_a_fault_is_told_at_its_line_when_all_lines_moved(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    claims = site.root / "content/first/claims.yaml"
    claims.write_text("# One.\n# Two.\n" + claims.read_text().replace("in Geneva", "in Genoa"))
    faults = publish(site.order).diagnostics
    assert [(fault.place.line, fault.place.text) for fault in faults] == [
        (number, line) for number, line in enumerate(claims.read_text().splitlines(), 1) if "Genoa" in line
    ]


# ---- and no more than is needed ----


def test_a_build_of_many_briefings_remembers_none(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    for number in range(workshop.MOST):
        site.add(f"number-{number}")
    workshop._last.cache_clear()
    publish(site.order)
    assert workshop._last.cache_info().currsize == 0
    new_words(site)
    publish(site.order)
    assert workshop._last.cache_info().currsize == 1


# ---- rehearsing ----


def test_after_a_rehearsal_only_what_changed_is_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    for memory in (workshop._last, digesting._last_digest, templating.compiled):
        memory.cache_clear()
    before = tree_of(tmp_path)
    rehearse(site.order, ["first", "third", "../second"])
    assert tree_of(tmp_path) == before
    rendered = counted(monkeypatch, render, "render")
    read = counted(monkeypatch, build, "analyze")
    prose_file = site.root / "content/first/briefing.md"
    prose_file.write_text(prose_file.read_text().replace("The prose", "Other prose"))
    publish(site.order)
    assert (len(rendered), len(read)) == (1, 1)
    assert site.published() == site.clean()[1]


@pytest.mark.parametrize("edit", [broken, torn, lambda site: (site.root / "site.yaml").unlink()])
def test_a_rehearsal_of_what_is_broken_does_nothing(tmp_path: Path, edit: Callable[[Site], None]) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    for path in ("first", "second"):
        edit(site) if (site.root / "site.yaml").exists() else None
        rehearse(site.order, [path, "no such briefing", ""])
    put(site.root, {"templates/base.html": "{% never closed"})
    before = tree_of(tmp_path)
    rehearse(site.order, ["first", "second"])
    rehearse(site.order, [])
    assert tree_of(tmp_path) == before


def test_a_rehearsal_where_nothing_was_ever_built_does_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path, random.Random(0))
    rehearse(site.order, ["first"])
    assert not (site.root / "public").exists()
    assert not (site.root / ".variorum").exists()
    site.order.root.rename(tmp_path / "away")
    rehearse(site.order, ["first"])
    assert not site.root.exists()


def test_templates_that_changed_while_they_were_read_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path, random.Random(0))
    publish(site.order)
    path = site.root / "templates/claim.html"
    good = path.read_text()
    path.write_text(good.replace("</h1>", "?</h1>"))
    real = render.compile_all

    def meanwhile(*given: Any) -> None:
        path.write_text(good.replace("</h1>", "!!</h1>"))
        real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(render, "compile_all", meanwhile)
        publish(site.order)
    path.write_text(good.replace("</h1>", "?</h1>"))
    publish(site.order)
    assert b"?</h1>" in site.published()["first/claims/met.html"]
