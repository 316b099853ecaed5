"""What is built anew: whatever rests on something that changed, and nothing else; and in words why."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.freshness import (
    ASSETS,
    COLOURS,
    NO_CARDS,
    Digests,
    Facts,
    Harmed,
    Options,
    Stale,
    differences,
    everything,
    explained,
    in_short,
    stale,
)

CASE, MORE = "content/case/claims.yaml", "content/more/claims.yaml"
FACTS = Facts(
    {
        "site.yaml": "s",
        "templates/base.html": "t",
        f"{ASSETS}css/base.css": "c",
        "builder/text.py": "b",
        "--packages": "p",
        **Options().facts(),
    },
    {"case": {CASE: "1", "seeds/one.txt": "2", "seeds/two.txt": "3"}, "more": {MORE: "4", "seeds/one.txt": "2"}},
)


def shared(**changed: str) -> Facts:
    """The facts with something shared changed; an empty digest takes a file away."""
    paths = {"style": f"{ASSETS}css/base.css", "template": "templates/base.html", "site": "site.yaml"}
    paths |= {"builder": "builder/text.py", "packages": "--packages", "drafts": "--drafts", "url": "--base-url"}
    merged = {**FACTS.shared, **{paths[key]: digest for key, digest in changed.items()}}
    return replace(FACTS, shared={path: digest for path, digest in merged.items() if digest})


def briefings(**changed: Digests | None) -> Facts:
    """The facts with other briefings; None takes one away."""
    merged = {**FACTS.briefings, **changed}
    return replace(FACTS, briefings={name: digests for name, digests in merged.items() if digests is not None})


# ---- what is stale ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", COLOURS)
def test_colours_make_pages_stale_only_where_pictures_are_made(path: str) -> None:
    was, now = ({**FACTS.shared, path: digest} for digest in "ab")
    assert stale(replace(FACTS, shared=was), replace(FACTS, shared=now), {}).shared == (f"{path} changed",)
    preview = {NO_CARDS: "given"}
    found = stale(replace(FACTS, shared=was | preview), replace(FACTS, shared=now | preview), {})
    assert (found.shared, found.briefings, found.digest) == ((), {}, (f"{path} changed",))


def test_a_build_that_makes_no_pictures_says_so() -> None:
    assert Options(cards=False).facts() == {**Options().facts(), NO_CARDS: "given"}


def test_where_nothing_changed_nothing_is_stale() -> None:
    found = stale(FACTS, FACTS, {})
    assert found == Stale()
    assert not found


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (shared(site="x"), "site.yaml changed"),
        (shared(site=""), "site.yaml is gone"),
        (shared(template="x"), "templates/base.html changed"),
        (shared(builder="x"), "builder/text.py changed"),
        (shared(packages="x"), "Python or a package changed"),
        (shared(drafts="True"), "--drafts is True"),
        (shared(url="https://a.example/"), "--base-url is https://a.example/"),
    ],
)
def test_what_all_pages_share_makes_all_of_them_stale(now: Facts, why: str) -> None:
    assert stale(FACTS, now, {}) == Stale((why,), {"case": (), "more": ()})


def test_style_sheets_and_scripts_are_the_digests_alone() -> None:
    assert stale(FACTS, shared(style="x"), {}) == Stale(digest=(f"{ASSETS}css/base.css changed",))
    assert stale(FACTS, shared(style=""), {}) == Stale(digest=(f"{ASSETS}css/base.css is gone",))
    assert stale(shared(style=""), FACTS, {}) == Stale(digest=(f"{ASSETS}css/base.css is new",))


@pytest.mark.parametrize(
    ("digests", "why"),
    [
        ({CASE: "x", "seeds/one.txt": "2", "seeds/two.txt": "3"}, (f"{CASE} changed",)),
        ({CASE: "1", "seeds/one.txt": "2", "seeds/two.txt": ""}, ("seeds/two.txt is gone",)),
        ({CASE: "1", "seeds/one.txt": "2"}, ("seeds/two.txt is gone",)),
        ({"seeds/one.txt": "x", "seeds/two.txt": "3"}, (f"{CASE} is gone", "seeds/one.txt changed")),
        (
            {CASE: "1", "seeds/one.txt": "2", "seeds/two.txt": "3", "content/case/timeline.yaml": "5"},
            ("content/case/timeline.yaml is new",),
        ),
    ],
)
def test_a_briefing_is_stale_with_one_of_its_files(digests: Digests, why: tuple[str, ...]) -> None:
    assert stale(FACTS, briefings(case=digests), {}) == Stale(briefings={"case": why})


def test_an_article_makes_those_stale_that_name_it() -> None:
    both = {name: {**digests, "seeds/one.txt": "x"} for name, digests in FACTS.briefings.items()}
    why = ("seeds/one.txt changed",)
    assert stale(FACTS, briefings(**both), {}) == Stale(briefings={"case": why, "more": why})


def test_briefings_come_and_go() -> None:
    one = briefings(more=None)
    assert stale(one, FACTS, {}) == Stale(briefings={"more": ("was not built before",)})
    assert stale(FACTS, one, {}) == Stale(gone=("more",))
    assert stale(FACTS, one, {})
    assert stale(FACTS, briefings(more=None, new=FACTS.briefings["more"]), {}) == Stale(
        briefings={"new": ("was not built before",)}, gone=("more",)
    )


def test_a_published_file_that_was_changed_is_made_again() -> None:
    found = stale(FACTS, FACTS, {"more": ["more/matrix.html", "more/index.html"], "": ["index.html"]})
    assert found == Stale(
        briefings={"more": ("more/index.html is not as it was written", "more/matrix.html is not as it was written")},
        digest=("index.html is not as it was written",),
    )


def test_all_reasons_are_told() -> None:
    now = replace(shared(site="x", style="y"), briefings=briefings(case={CASE: "x"}, more=None).briefings)
    assert stale(FACTS, now, {"case": ["case/index.html"]}) == Stale(
        ("site.yaml changed",),
        {
            "case": (
                f"{CASE} changed",
                "seeds/one.txt is gone",
                "seeds/two.txt is gone",
                "case/index.html is not as it was written",
            )
        },
        ("more",),
        (f"{ASSETS}css/base.css changed",),
    )


@pytest.mark.parametrize("known", [(), ("case",), ("case", "old", "older")])
def test_everything_is_every_briefing_for_one_reason(known: tuple[str, ...]) -> None:
    found = everything(known, FACTS, "--all")
    assert found == Stale(("--all",), {"case": (), "more": ()}, tuple(name for name in known if name != "case"))
    assert everything((), Facts({}, {}), "nothing is known")


# ---- laws -----------------------------------------------------------------------------------------------------------

DIGESTS = st.sampled_from(["1", "2", "3"])
OWN = st.dictionaries(st.sampled_from(["briefing.md", "claims.yaml", "claims/1.yaml"]), DIGESTS)
NAMED = st.dictionaries(st.sampled_from(["seeds/a.txt", "seeds/b.txt"]), st.sampled_from(["", "1", "2"]))
SHARED = st.dictionaries(
    st.sampled_from(["site.yaml", "templates/base.html", "--drafts", f"{ASSETS}icon.svg", f"{ASSETS}js/a.js"]), DIGESTS
)
NAMES = st.sampled_from(["case", "more", "third"])
FACTS_OF_ANY_SITE = st.builds(
    Facts, SHARED, st.dictionaries(NAMES, st.builds(lambda own, named: {**own, **named}, OWN, NAMED))
)
HARM = st.dictionaries(st.one_of(NAMES, st.just("")), st.lists(st.sampled_from(["a.html", "b.html"]), min_size=1))


def same(one: Digests, other: Digests) -> bool:
    """Whether two lists of digests tell of the same files; "" is no file."""
    return {p: d for p, d in one.items() if d} == {p: d for p, d in other.items() if d}


def split(digests: Digests) -> tuple[Digests, Digests]:
    """What pages rest on, and the assets."""
    assets = {path: digest for path, digest in digests.items() if path.startswith(ASSETS)}
    return {path: digest for path, digest in digests.items() if path not in assets}, assets


@given(FACTS_OF_ANY_SITE)
def test_the_same_facts_leave_nothing_to_do(facts: Facts) -> None:
    assert stale(facts, facts, {}) == Stale()


@given(FACTS_OF_ANY_SITE, FACTS_OF_ANY_SITE, HARM)
def test_a_briefing_is_stale_if_and_only_if_something_that_it_rests_on_differs(
    last: Facts, now: Facts, harmed: Harmed
) -> None:
    found = stale(last, now, harmed)
    (pages, assets), (pages_now, assets_now) = split(last.shared), split(now.shared)
    assert bool(found.shared) is not same(pages, pages_now)
    assert bool(found.digest) is not (same(assets, assets_now) and "" not in harmed)
    assert set(found.gone) == last.briefings.keys() - now.briefings.keys()
    for name, digests in now.briefings.items():
        known = name in last.briefings and same(last.briefings[name], digests)
        assert (name in found.briefings) is not (known and not found.shared and name not in harmed)
    assert found.briefings.keys() <= now.briefings.keys()


@given(FACTS_OF_ANY_SITE, FACTS_OF_ANY_SITE)
def test_no_order_of_files_changes_anything(last: Facts, now: Facts) -> None:
    def backwards(facts: Facts) -> Facts:
        def turned(digests: Digests) -> Digests:
            return dict(reversed(list(digests.items())))

        entries = {name: turned(digests) for name, digests in reversed(list(facts.briefings.items()))}
        return Facts(turned(facts.shared), entries)

    found, turned = stale(last, now, {}), stale(backwards(last), backwards(now), {})
    assert found == turned
    assert explained(found) == explained(turned)


@given(FACTS_OF_ANY_SITE, FACTS_OF_ANY_SITE, HARM)
def test_what_is_stale_has_a_reason(last: Facts, now: Facts, harmed: Harmed) -> None:
    found = stale(last, now, harmed)
    assert bool(found) is (explained(found) != ["nothing is stale"])
    assert found.shared or all(found.briefings.values())


# ---- in words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "now", "words"),
    [
        ({}, {}, ()),
        ({"a": "1"}, {"a": "1"}, ()),
        ({"a": ""}, {}, ()),
        ({}, {"a": "1"}, ("a is new",)),
        ({"a": ""}, {"a": "1"}, ("a is new",)),
        ({"a": "1"}, {"a": ""}, ("a is gone",)),
        ({"b": "1", "a": "1"}, {"b": "2"}, ("a is gone", "b changed")),
        ({"--drafts": "False"}, {"--drafts": "True"}, ("--drafts is True",)),
        ({"--base-url": "https://a.example/"}, {"--base-url": ""}, ("--base-url is not given",)),
    ],
)
def test_differences_are_told_by_path(last: Mapping[str, str], now: Mapping[str, str], words: tuple[str, ...]) -> None:
    assert differences(last, now) == words


def test_an_explanation_has_a_line_for_each_reason() -> None:
    told = Stale(("a changed", "b changed"), {"case": ("c changed", "d is new"), "more": ()}, ("old",), ("e is gone",))
    assert explained(told) == [
        "everything: a changed",
        "everything: b changed",
        "the digest: e is gone",
        "old: removed",
        "case: c changed; d is new",
    ]
    assert explained(Stale()) == ["nothing is stale"]


def test_a_name_of_a_file_steers_no_terminal() -> None:
    stale = Stale(("templates/a\x1b[2J.html is new",), digest=("templates/static/\u202e.css is new",))
    assert explained(stale)[1] == "the digest: templates/static/\\u202e.css is new"
    assert in_short(stale) == "templates/a\\u001b[2J.html is new, templates/static/\\u202e.css is new"


def test_an_explanation_of_many_briefings_is_cut_short() -> None:
    many = Stale(briefings={f"case-{n}": ("changed",) for n in range(5)})
    assert explained(many, 5) == [f"case-{n}: changed" for n in range(5)]
    assert explained(many, 3) == ["case-0: changed", "case-1: changed", "case-2: changed", "and 2 more briefings"]


def test_in_short_every_change_is_told_once() -> None:
    pair = {"case": ("seeds/a.txt changed",), "more": ("seeds/a.txt changed", "was not built before")}
    assert in_short(Stale(briefings=pair)) == "seeds/a.txt changed, content/more is new"
    many = Stale(("site.yaml changed",), pair, ("old",), ("templates/static/a.css is gone",))
    assert in_short(many, 2) == "site.yaml changed, templates/static/a.css is gone, and 3 more"
    assert in_short(Stale()) == ""


# ---- options --------------------------------------------------------------------------------------------------------


def test_options_that_show_in_the_pages_are_facts() -> None:
    assert Options().facts() == Options(strict=True).facts() == {"--base-url": "", "--drafts": "False"}
    given_all = Options("https://a.example/", drafts=True)
    assert given_all.facts() == {"--base-url": "https://a.example/", "--drafts": "True"}
