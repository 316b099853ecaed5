"""What the overview says of the pages that look closer."""

from samples import analysis_of, sample
from test_apparatus import said

from builder.analysis import Analysis
from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.pages.closer import closer_look
from builder.pages.context import PageContext
from builder.pages.folder import Folder, shown
from builder.routes import BriefingRoute

SITE = site_of(SiteEntry(title="A Site"))


def looks(analysis: Analysis) -> dict[str, str]:
    page = PageContext(Folder(SITE, analysis), BriefingRoute(analysis.anchored.briefing.name, "index"))
    return {look.page.href: look.says for look in closer_look(page)}


def test_of_the_sample_each_page_is_told_with_what_stands_there() -> None:
    analysis = sample()
    said_of = looks(analysis)
    alone = sum(len(one.alone) for one in analysis.testimony)
    assert list(said_of) == ["wording.html", "numbers.html", "origins.html", "coverage.html"]
    assert f"{len(analysis.apparatus)} utterances that several texts print" in said_of["wording.html"]
    assert said_of["numbers.html"].endswith("For one of them they cannot all hold.")
    assert f"of {len(analysis.flow.pieces)} pieces of evidence name none." in said_of["origins.html"]
    assert said_of["coverage.html"].startswith(f"{alone} claims that one text carries alone.")


def test_only_pages_that_there_are_are_told() -> None:
    analysis = analysis_of(said("one way"))
    assert "numbers" not in shown(analysis)
    assert "numbers.html" not in looks(analysis)
    assert looks(analysis)["coverage.html"] == "1 claim that one text carries alone. How much of each text is used."


def test_one_of_a_kind_is_told_as_one() -> None:
    told = looks(analysis_of(said("of use to all", "of use to many")))
    assert told["wording.html"] == "1 utterance that several texts print, word by word."
    assert told["origins.html"] == "Chains of evidence lead to 1 origin in the end."
    assert told["coverage.html"] == "Where two texts agree, and what each leaves out. How much of each text is used."
