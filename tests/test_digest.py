"""The digest's cards: what each briefing holds, in patterns that compare."""

import re

from samples import FRONT, ROOT, Files, analysis_of, build, inputs_of, sample, small

from builder.freshness import Options
from builder.pages import card_of
from builder.render import environment


def test_a_card_counts_in_words_and_leaves_out_what_there_is_none_of() -> None:
    assert [count.label for count in card_of(sample()).counts] == [
        "5 sources",
        "69 claims",
        "3 disputed",
        "6 with differing wording",
        "3 corroborated",
        "30 in a single source",
    ]
    assert [count.label for count in card_of(analysis_of(small(claims="{}"))).counts] == ["2 sources", "0 claims"]


def digest(files: Files) -> str:
    built = build(inputs_of(files), Options(), environment(ROOT / "templates")).value
    assert built
    return next(file.data.decode() for file in built.files if file.path == "index.html")


def claims(number: int) -> str:
    quoted = "evidence: {one: {stance: supports, quote: met on Thursday}}"
    return "".join(f"c{n}:\n  claim: Claim {n}.\n  topic: talks\n  {quoted}\n" for n in range(number))


def with_another(claims_of_it: str) -> Files:
    """The small site with an older briefing beside its own."""
    files = {path.replace("/case/", "/older/"): text for path, text in small(claims=claims_of_it).items()}
    older = FRONT.replace("published: 2024-05-10", "published: 2024-05-09")
    return {**small(), **files, "content/older/briefing.md": older}


def test_marks_are_of_one_size_on_cards_and_where_they_are_not_it_is_said() -> None:
    usual, many = digest(with_another(claims(3))), digest(with_another(claims(251)))
    assert 'width="36"' in usual  # three columns of 12 pixels
    assert "Marks are of one size" in usual
    assert "Marks at half their size" not in usual
    assert "Marks at half their size" in many


def test_the_newest_has_its_topics_below_its_pattern_and_no_size_to_compare() -> None:
    html = digest(small())
    assert "<small>The talks</small>" in html
    assert "Marks are of one size" not in html
    assert "Marks at half their size" not in digest(small(claims=claims(251)))


def test_a_card_counts_three_things_at_most_and_the_newest_all() -> None:
    every = (
        claims(4)
        + "d:\n  claim: D.\n  topic: talks\n  evidence: {one: {stance: contradicts, quote: met on Thursday}}\n"
    )
    told = ["2 sources", "5 claims", "1 disputed", "4 in a single source"]
    assert counted(digest(small(claims=every))) == [told]
    assert counted(digest(with_another(every))) == [["2 sources", "1 claim"], told[:3]]


def counted(html: str) -> list[list[str]]:
    """What each briefing on the digest counts, the newest first."""
    return [re.findall("<li>(.*?)</li>", one) for one in re.findall('<ul class="facts row">(.*?)</ul>', html)]


def test_a_picture_that_is_a_link_says_where_it_leads() -> None:
    pictures = re.findall('<a class="glance".*?</a>', digest(with_another("{}")), re.DOTALL)
    assert pictures
    assert all(one.endswith('<span class="hidden">Source matrix</span></a>') for one in pictures)


def test_a_briefing_without_claims_has_a_card_and_no_picture() -> None:
    html = digest(small(claims="{}"))
    assert "A briefing" in html
    assert 'class="glance"' not in html
