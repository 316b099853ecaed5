"""What a reader would notice between two states."""

import pytest
from samples import CLAIMS, FRONT, ONE, SITE, SMALL, SOURCES, TIMELINE, TWO, inputs_of, sample_inputs, small

from builder.changes import State, changes_between
from builder.changes.changelog import NOTHING, as_text

Files = dict[str, str | bytes | None]

MORE = """
short:
  claim: The talks were short.
  topic: talks
  evidence:
    one: {stance: supports, quote: It was a short one}
"""
LOST = "its address changes, unless its entry says was:"


def state(name: str, files: Files, unreadable: frozenset[str] = frozenset()) -> State:
    inputs = inputs_of(files)
    briefings = {texts.name: texts for texts in inputs.briefings}
    return State(name, inputs.site, briefings, inputs.articles, unreadable)


def told(old: Files, new: Files) -> list[str]:
    """The lines of the comparison, without the first, which names the briefing, and the last, the total."""
    lines = as_text(changes_between(state("old", old), state("new", new))).splitlines()
    return [line.strip() for line in lines if line.strip()]


def test_the_same_is_nothing() -> None:
    assert told(SMALL, SMALL) == [NOTHING]


@pytest.mark.parametrize(
    "changed",
    [
        small(claims=f"# A comment.\n{CLAIMS}"),
        small(claims=CLAIMS.replace("\n", "\r\n")),
        small(
            claims=CLAIMS.replace("{stance: supports, quote: met", "{quote: met").replace(
                "in Geneva}", "in Geneva, stance: supports}"
            )
        ),
        small(one=ONE.replace(". ", ".  ")),
        {**small(claims=None), "content/case/claims/one.yaml": CLAIMS},
    ],
)
def test_white_space_comments_order_of_keys_and_files_are_nothing(changed: Files) -> None:
    assert told(small(), changed) == [NOTHING]


def test_a_claim_is_added_and_removed() -> None:
    assert told(small(), small(claims=CLAIMS + MORE)) == [
        "case: A briefing",
        "Claims",
        "+ short: The talks were short.",
        "under The talks; single source",
        "A: supports: “It was a short one”",
        "1 change that a reader would notice.",
    ]
    assert told(small(claims=CLAIMS + MORE), small())[2] == "- short: The talks were short."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("met on Thursday.", "talked on Thursday.", "reworded: The ministers [-met-] {+talked+} on Thursday."),
        ("topic: talks", "topic: people", "moved: [-The talks-] → {+The people+}"),
        ("  event: meeting\n", "", "about: [-The ministers meet-] → {+no event+}"),
        ("  topic: talks", "  question: When?\n  topic: talks", "question (new): {+When?+}"),
        ("  topic: talks", "  unit: hours\n  topic: talks", "unit: none → {+hours+}"),
        ("  topic: talks", "  note: A note.\n  topic: talks", "note (new): {+A note.+}"),
        ("one: {stance: supports", "one: {stance: contradicts", "A: [-supports-] → {+contradicts+}"),
        (
            "one: {stance: supports",
            "one: {stance: qualifies, differs_in: scope",
            "A: [-supports-] → {+qualifies in scope+}",
        ),
        ("on Thursday in Geneva}", "on Thursday}", "A, quotation: met on Thursday [-in Geneva-]"),
        ("in Geneva}", "in Geneva, key: Thursday}", "A, key words: none → {+Thursday+}"),
        ("in Geneva}", "in Geneva, via: agency}", "A, rests on: none → {+The Agency+}"),
        ("in Geneva}", "in Geneva, note: In full}", "A, note (new): {+In full+}"),
        ("in Geneva}", "in Geneva, reading: on Thursday}", "A, reading: none → {+on Thursday+}"),
        ("  topic: talks", "  utterance: They\n  topic: talks", "whose words: none → {+They+}"),
        (
            "  topic: talks",
            "  utterance: {by: They, lemma: two}\n  topic: talks",
            "set against the reading of: none → {+B+}",
        ),
    ],
)
def test_every_word_of_a_claim_counts(old: str, new: str, expected: str) -> None:
    changed = CLAIMS.replace(old, new, 1)
    assert changed != CLAIMS
    assert expected in told(small(), small(claims=changed))


def test_a_relation_is_told_with_the_other_claim_whatever_its_id() -> None:
    related = CLAIMS.replace("  topic", "  refines: short\n  topic", 1)
    assert "now refines short: The talks were short." in told(small(claims=CLAIMS + MORE), small(claims=related + MORE))
    assert "no longer refines short: The talks were short." in told(
        small(claims=related + MORE), small(claims=CLAIMS + MORE)
    )
    renamed = (related + MORE).replace("short:", "brief:").replace("refines: short", "refines: brief")
    lines = told(small(claims=related + MORE), small(claims=renamed))
    assert [line for line in lines if "refines" in line] == []
    other = related.replace("refines: short", "conflicts_with: [short]")
    lines = told(small(claims=related + MORE), small(claims=other + MORE))
    assert [line.split(" short")[0] for line in lines if " short: " in line] == [
        "now conflicts with",
        "no longer refines",
    ]


def test_what_explains_common_text_counts() -> None:
    explained: Files = {**small(), "content/case/audit.yaml": "shared: [{sources: [two, one], why: One agency.}]\n"}
    assert told(small(), explained)[1:3] == [
        "Sources",
        "+ what explains the text that A and B have in common: One agency.",
    ]
    assert "- what explains the text that A and B have in common: One agency." in told(explained, small())
    other: Files = {**explained, "content/case/audit.yaml": "shared: [{sources: [one, two], why: One report.}]\n"}
    assert told(explained, other)[2] == (
        "~ what explains the text that A and B have in common: One [-agency.-] {+report.+}"
    )
    renamed: Files = {
        **explained,
        **small(claims=CLAIMS.replace("two:", "second:"), sources=SOURCES.replace("two:", "second:")),
        "content/case/audit.yaml": "shared: [{sources: [second, one], why: One agency.}]\n",
    }
    assert "explains" not in " ".join(told(explained, renamed))
    assert "explains" not in " ".join(told(explained, {**explained, "content/case/audit.yaml": "shared: ["}))


def test_a_value_counts() -> None:
    with_value = [
        CLAIMS.replace("  topic", "  unit: h\n  topic").replace("in Geneva}", f"in Geneva, value: {n}}}")
        for n in (5, 6)
    ]
    assert "A, value: [-5-] → {+6+}" in told(small(claims=with_value[0]), small(claims=with_value[1]))


def test_silence_broken_and_kept_is_told_with_the_words() -> None:
    silent = CLAIMS.replace('    two: {stance: supports, quote: "talked in Geneva, Thursday", via: agency}\n', "")
    assert told(small(claims=silent), small())[3:5] == [
        "B: [-silent-] → {+supports+}: “talked in Geneva, Thursday”",
        "status: [-single source-] → {+repeated+}",
    ]
    assert "B: [-supports-] → {+silent+}; it was: “talked in Geneva, Thursday”" in told(small(), small(claims=silent))


def test_a_status_that_changes_with_its_claim_is_told_plainly() -> None:
    lines = told(small(), small(claims=CLAIMS.replace("one: {stance: supports", "one: {stance: contradicts")))
    assert "status: [-repeated-] → {+disputed+}" in lines


ORIGINS = SOURCES.replace(
    "  agency: {name: The Agency}", "  agency: {name: The Agency, via: desk}\n  desk: {name: The Desk}"
)


def test_a_status_that_only_follows_from_something_else_says_so() -> None:
    both = CLAIMS.replace("in Geneva}", "in Geneva, via: desk}")
    apart = ORIGINS.replace(", via: desk", "")
    lines = told(small(claims=both, sources=ORIGINS), small(claims=both, sources=apart))
    assert "status: [-repeated-] → {+corroborated+}, a consequence of changes elsewhere in the briefing" in lines
    assert "~ origin agency: The Agency" in lines
    assert "rests on: [-The Desk-] → none" in lines


def test_silence_before_and_after_an_event_differs() -> None:
    silent = CLAIMS.replace('    two: {stance: supports, quote: "talked in Geneva, Thursday", via: agency}\n', "")
    early = SOURCES + "    known_through: 2024-05-01\n    published: 2024-05-01\n"
    lines = told(small(claims=silent), small(claims=silent, sources=early))
    assert "B: [-silent-] → {+silent (written before it)+}" in lines


def test_another_id_with_the_same_wording_is_a_rename() -> None:
    assert told(small(), small(claims=CLAIMS.replace("met:", "they-met:", 1)))[2:] == [
        "~ they-met: The ministers met on Thursday.",
        f"renamed: met → they-met; {LOST} met",
        "1 change that a reader would notice.",
    ]


def test_an_old_id_that_is_named_keeps_its_address() -> None:
    renamed = CLAIMS.replace("met:", "they-met:", 1).replace("  topic:", "  was: met\n  topic:", 1)
    assert "renamed: met → they-met; its old address leads there" in told(small(), small(claims=renamed))


def test_a_rename_is_no_other_order() -> None:
    renamed = CLAIMS.replace("met:", "they-met:", 1) + MORE
    lines = told(small(claims=CLAIMS + MORE), small(claims=renamed))
    assert lines[3:] == [
        f"renamed: met → they-met; {LOST} met",
        "1 change that a reader would notice.",
    ]


def test_another_order_of_claims_is_told_once() -> None:
    lines = told(small(claims=CLAIMS + MORE), small(claims=MORE + CLAIMS))
    assert lines[2:] == ["~ The claims stand in another order.", "1 change that a reader would notice."]


@pytest.mark.parametrize(
    ("key", "old", "new", "expected"),
    [
        ("front", "title: A briefing", "title: The briefing", "~ title: [-A-] {+The+} briefing"),
        ("front", "a meeting", "one meeting", "~ summary: Two articles about [-a-] {+one+} meeting."),
        ("front", "The prose.", "The new prose.", "~ prose: The {+new+} prose."),
        ("front", "date: 2024-05-02", "date: 2024-05-03", "~ date: [-2 May 2024-] → {+3 May 2024+}"),
        ("front", "published\ndate", "draft\ndate", "~ a draft again: it leaves the site"),
        ("front", "people: The people", "people: People", "~ topic, title: [-The people-] → {+People+}"),
        ("front", "people: The people", "people: The people, cost: Cost", "+ topic Cost"),
        (
            "front",
            "talks: The talks, people: The people",
            "people: The people, talks: The talks",
            "~ The topics stand in another order.",
        ),
        ("front", "topics:", "utc_offset: '+08:00'\ntopics:", "~ clock: [-UTC-] → {+UTC+8+}"),
        (
            "front",
            "topics:",
            "corrections: [{date: 2024-05-11, claim: met, changed: The day., before: Friday}]\ntopics:",
            "+ correction of 11 May 2024, on met: The day. Before: Friday",
        ),
        ("sources", "siglum: B", "siglum: C", "siglum: [-B-] → {+C+}"),
        ("sources", "siglum: B", "siglum: B\n    outlet: Courier", "outlet: none → {+Courier+}"),
        ("sources", "siglum: B", "siglum: B\n    known_through: 2024-05-02", "known through: none → {+2 May 2024+}"),
        ("sources", "siglum: B", "siglum: B\n    published: 2024-05-02", "published: none → {+2 May 2024+}"),
        ("sources", "siglum: B", "siglum: B\n    url: https://x.example/", "address: none → {+https://x.example/+}"),
        ("sources", "siglum: B", "siglum: B\n    headline: Two ministers", "headline (new): {+Two ministers+}"),
        ("sources", "siglum: B", "siglum: B\n    primary: yes", "now the primary text"),
        ("sources", "The Agency}", "The Agency, source: two}", "is the source: none → {+two+}"),
        ("sources", "  two:", "  second:", f"renamed: two → second; {LOST} two"),
        ("timeline", "date: 2024-05-02", "date: 2024-05-01", "date: [-2 May 2024-] → {+1 May 2024+}"),
        ("timeline", "ministers meet", "ministers talk", "title: The ministers [-meet-] {+talk+}"),
        ("timeline", "title: The", "label: Noon\n  title: The", "shown as: none → {+Noon+}"),
        ("timeline", "title: The", "dated: inferred\n  title: The", "its date is: [-printed-] → {+worked out+}"),
        ("timeline", "one: met on Thursday", "one: met on", "A, quotation: met on [-Thursday-]"),
        ("site", "A Site", "The Site", "~ title: [-A Site-] → {+The Site+}"),
        ("one", "It was a short one.", "It was a very short one.", "the article’s text is another: 17 words → 18"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_claims_counts(key: str, old: str, new: str, expected: str) -> None:
    texts = {"front": FRONT, "sources": SOURCES, "timeline": TIMELINE, "site": SITE, "one": ONE}
    changed = texts[key].replace(old, new)
    assert changed != texts[key]
    claims = CLAIMS.replace("    two:", "    second:") if new == "  second:" else CLAIMS
    assert expected in told(small(), small(**{key: changed}, claims=claims))


def test_a_source_that_has_another_id_speaks_as_before() -> None:
    renamed = small(sources=SOURCES.replace("  two:", "  second:"), claims=CLAIMS.replace("    two:", "    second:"))
    assert told(small(), renamed)[1:] == [
        "Sources",
        "~ second, B",
        f"renamed: two → second; {LOST} two",
        "1 change that a reader would notice.",
    ]


def test_sources_and_events_come_and_go() -> None:
    third = (
        SOURCES + "  three:\n    siglum: C\n    article: three.txt\n    body: [A third, a third]\n    full_text: yes\n"
    )
    event = TIMELINE + "later:\n  title: Later\n  date: 2024-05-03\n"
    old, new = small(), {**small(sources=third, timeline=event), "seeds/three.txt": "A third. So a third"}
    assert told(old, new)[1:] == ["Sources", "+ three, C", "Events", "+ later: Later (3 May 2024)", TWO_CHANGES]
    assert told(new, old)[1:] == ["Sources", "- three, C", "Events", "- later: Later (3 May 2024)", TWO_CHANGES]


def test_what_a_new_source_says_is_told_with_each_claim() -> None:
    alone = SOURCES[: SOURCES.index("  two:")]
    silent = CLAIMS[: CLAIMS.index("    two:")]
    old, new = small(sources=alone, claims=silent), small()
    assert told(old, new)[1:] == [
        "Claims",
        "~ met: The ministers met on Thursday.",
        "B, a new source: supports: “talked in Geneva, Thursday”",
        "status: [-single source-] → {+repeated+}",
        "Sources",
        "+ two, B",
        TWO_CHANGES,
    ]
    assert told(new, old)[3:5] == [
        "B, no longer a source: supports; it was: “talked in Geneva, Thursday”",
        "status: [-repeated-] → {+single source+}",
    ]


TWO_CHANGES = "2 changes that a reader would notice."


def elsewhere(files: Files, name: str) -> Files:
    return {path.replace("content/case/", f"content/{name}/"): text for path, text in files.items()}


def test_briefings_come_go_and_move() -> None:
    both: Files = {**small(), **elsewhere(small(front=FRONT.replace("A briefing", "Another")), "other")}
    assert told(small(), both)[:3] == ["other: Another", "Briefing", "+ a new briefing: 1 claim, 2 sources"]
    assert told(both, small())[:3] == [
        "other: Another",
        "Briefing",
        "- removed, with all its pages: 1 claim, 2 sources",
    ]
    assert (
        told(small(), elsewhere(small(), "other"))[2]
        == "~ renamed: case → other; its address changes, unless briefing.md says was: case"
    )


def test_a_draft_is_called_one() -> None:
    draft = small(front=FRONT.replace("published\n", "draft\n", 1))
    assert told(draft, {**draft, "content/case/claims.yaml": CLAIMS + MORE})[0] == "case: A briefing (a draft)"
    assert "~ published: it was a draft" in told(draft, small())


# ---- faults ----------------------------------------------------------------------------------------------------


def test_of_a_state_with_faults_all_is_compared_that_can_be_read() -> None:
    broken = CLAIMS.replace("met on Thursday in Geneva", "met on Friday in Geneva") + MORE
    assert told(small(), small(claims=broken)) == [
        "Note: new has 1 fault in content/case/; what cannot be read there is not compared.",
        "case: A briefing",
        "Claims",
        "~ met: The ministers met on Thursday.",
        "A, quotation: met on [-Thursday-] {+Friday+} in Geneva",
        "+ short: The talks were short.",
        "under The talks; single source",
        "A: supports: “It was a short one”",
        "2 changes that a reader would notice.",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        small(claims=CLAIMS.replace("topic: talks", "topik: talks")),
        small(claims="met: ["),
        small(claims=None),
        small(sources="sources: 5"),
        small(sources=SOURCES.replace("siglum: A", "siglum: 5")),
        small(timeline="meeting: ["),
        small(timeline=TIMELINE.replace("title", "titel")),
        small(front="no front matter"),
        small(two=None),
    ],
)
def test_what_cannot_be_read_is_neither_removed_nor_added(broken: Files) -> None:
    for old, new in ((small(), broken), (broken, small())):
        lines = told(old, new)
        assert lines[0].startswith("Note: ")
        assert lines[1:] == [NOTHING]


def test_settings_at_fault_are_told_and_not_compared() -> None:
    assert told(small(), small(site="titel: A Site")) == [
        "Note: new has a fault in site.yaml; it is not compared.",
        NOTHING,
    ]


def test_ids_that_lead_nowhere_are_no_obstacle() -> None:
    broken = CLAIMS.replace("event: meeting", "event: nowhere").replace("via: agency", "via: nobody") + MORE
    lines = told(small(), small(claims=broken))
    assert lines[0] == "Note: new has 2 faults in content/case/; what cannot be read there is not compared."
    assert "+ short: The talks were short." in lines


def test_a_briefing_that_could_not_be_read_is_neither_removed_nor_added() -> None:
    nothing: Files = {"site.yaml": SITE}
    hidden = state("old", nothing, unreadable=frozenset({"case"}))
    assert changes_between(hidden, state("new", small())).number == 0
    assert changes_between(state("new", small()), hidden).number == 0


def test_an_article_of_another_briefing_is_not_looked_at() -> None:
    other = {**small(), "seeds/other.txt": "Other."}
    assert told(small(), other) == [NOTHING]


def test_the_sample_compared_with_nothing_is_one_new_briefing() -> None:
    inputs = sample_inputs()
    briefings = {texts.name: texts for texts in inputs.briefings}
    whole = State("new", inputs.site, briefings, inputs.articles)
    changes = changes_between(State("old", None, {}, {}), whole)
    assert changes.number == len(briefings)
    assert changes_between(whole, whole).number == 0


def test_quotations_that_differ_in_their_marks_alone_do_where_both_states_are_sound() -> None:
    about = CLAIMS.replace('"talked in Geneva, Thursday"', "'for “about two hours”'")
    straight = TWO.replace("“", '"').replace("”", '"')
    assert 'B, quotation: for [-“about two hours”-] {+"about two hours"+}' in told(
        small(claims=about), small(claims=about, two=straight)
    )
