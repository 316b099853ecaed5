"""The digest's cards: what each briefing holds, in patterns that compare."""

from samples import ROOT, Files, analysis_of, build, inputs_of, sample, small

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


def test_marks_are_of_one_size_and_where_they_are_not_it_is_said() -> None:
    usual, many = digest(small(claims=claims(3))), digest(small(claims=claims(251)))
    assert 'width="36"' in usual  # three columns of 12 pixels
    assert "Marks at half their size" not in usual
    assert "Marks at half their size" in many


def test_a_briefing_without_claims_has_a_card_and_no_picture() -> None:
    html = digest(small(claims="{}"))
    assert "A briefing" in html
    assert 'class="glance"' not in html
