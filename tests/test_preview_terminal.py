"""What a terminal says while a site is edited: all about the first build, then no more than a save has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from previewing import Running, running
from samples import SMALL

CLAIMS = "content/case/claims.yaml"
TIMELINE = "content/case/timeline.yaml"
UNUSED = "\nlater:\n  title: Nobody tells of it\n  date: 2024-05-03\n"


@pytest.fixture
def preview(small_site: Path) -> Iterator[Running]:
    with running(small_site) as found:
        found.wait_for(r"  1 briefing: .*")
        yield found


def test_a_save_is_one_line_that_names_the_file(preview: Running) -> None:
    before = len(preview.lines)
    preview.edit(CLAIMS, "The ministers met on Thursday.", "The ministers met on that Thursday.")
    preview.wait_for(rf"{CLAIMS} changed: \d+ files renewed in \d+\.\d\d s")
    preview.edit(CLAIMS, "met:", "# a remark\nmet:")
    preview.wait_for(rf"{CLAIMS} changed: no page differs \(\d+\.\d\d s\)")
    assert len(preview.lines) == before + 2


def test_a_fault_is_told_with_every_save_and_what_the_browser_shows(preview: Running) -> None:
    good = str(SMALL[CLAIMS])
    preview.write(CLAIMS, good.replace("met on Thursday in", "Met on Thursday in"))
    preview.wait_for(rf"{CLAIMS} changed: nothing is renewed until this is mended\.")
    assert [line for line in preview.lines if "error[quotation-" in line]
    preview.write(CLAIMS, good)
    preview.wait_for(r"Nothing differs from the last good site\.")
    preview.write("site.yaml", "title: [")
    preview.wait_for(r".*[Nn]othing is renewed until this is mended\.", after=len(preview.lines) - 1)


def test_a_warning_is_told_once(preview: Running) -> None:
    preview.write(TIMELINE, str(SMALL[TIMELINE]) + UNUSED)
    preview.wait_for(rf"{TIMELINE} changed: \d+ files? renewed in .* s")
    assert len([line for line in preview.lines if "warning[event-unused]" in line]) == 1
    preview.edit(CLAIMS, "The ministers met on Thursday.", "The ministers met on that Thursday.")
    preview.wait_for(rf"{CLAIMS} changed: \d+ files renewed in .* s, 1 warning as before")
    assert len([line for line in preview.lines if "warning[event-unused]" in line]) == 1


@pytest.mark.parametrize(("wanted", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False)])
def test_the_thread_that_builds_obeys_what_is_wanted_of_colour(
    small_site: Path, wanted: dict[str, str], coloured: bool
) -> None:
    wrong = str(SMALL[CLAIMS]).replace("met on Thursday in", "Met on Thursday in")
    (small_site / CLAIMS).write_text(wrong, encoding="utf-8")
    with running(small_site, **{"NO_COLOR": "", "FORCE_COLOR": "", **wanted}) as preview:
        preview.wait_for(r"Nothing was written; .*")
        assert any("\x1b[" in line for line in preview.lines) == coloured
