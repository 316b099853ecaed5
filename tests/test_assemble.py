"""Every id leads somewhere, and what does not go together is named at its place with the cure."""

from decimal import Decimal

import pytest
from samples import CLAIMS, FRONT, SITE, SOURCES, TIMELINE, analysis_of, codes, faults, inputs_of, small

from builder.assemble import assemble, site_of
from builder.diagnostics import Diagnostic
from builder.documents import SiteEntry
from builder.model import Because, Briefing, Difference, Site, Stance
from builder.parse import parse_briefing


def fault(**changed: str | bytes | None) -> Diagnostic:
    (found,) = faults(small(**changed))
    return found


def marked(found: Diagnostic) -> tuple[str, int, str]:
    """The file and line of a fault and the words of it that are underlined."""
    start = found.place.column - 1
    file = found.place.file.removeprefix("content/case/")
    return file, found.place.line, found.place.text[start : start + found.place.length]


def briefing(**changed: str | bytes | None) -> Briefing:
    return analysis_of(small(**changed)).anchored.briefing


def claim(evidence: str, more: str = "") -> str:
    """A claims.yaml with one claim, and evidence of the source `one`."""
    return f"met:\n  claim: They met.\n  topic: talks\n{more}  evidence:\n    one:\n      {evidence}\n"


# ---- what it makes ----------------------------------------------------------------------------------------------


def test_the_small_site_has_no_faults() -> None:
    assert codes(small()) == []


@pytest.mark.parametrize(
    ("written", "url"),
    [("https://a.example", "https://a.example/"), ("https://a.example/b//", "https://a.example/b/"), (None, None)],
)
def test_the_sites_address_ends_with_one_slash(written: str | None, url: str | None) -> None:
    site = site_of(SiteEntry(title="T", url=written))
    assert site.url == url
    assert (site.title, site.language, site.excerpt_warning, site.excerpt_maximum) == (
        "T",
        "en",
        Decimal(40),
        Decimal(60),
    )


def test_a_briefing_holds_what_was_written() -> None:
    made = briefing()
    assert (made.name, made.title, made.draft, made.prose) == ("case", "A briefing", False, "The prose.\n")
    assert made.updated == made.published
    assert [(topic.id, topic.title, topic.short) for topic in made.topics] == [
        ("talks", "The talks", "The talks"),
        ("people", "The people", "The people"),
    ]
    assert list(made.origins) == ["agency"]
    assert [(source.id, source.siglum, source.language, source.name) for source in made.sources] == [
        ("one", "A", "en", "Outlet not named"),
        ("two", "B", "en", "Outlet not named"),
    ]
    (met,) = made.claims
    assert (met.id, met.topic, met.event, met.text) == ("met", "talks", "meeting", "The ministers met on Thursday.")
    assert [(e.source, e.stance, e.via) for e in met.evidence] == [
        ("one", Stance.SUPPORTS, ()),
        ("two", Stance.SUPPORTS, ("agency",)),
    ]
    (event,) = made.events
    assert (event.id, event.inferred, [source for source, _ in event.quotations]) == ("meeting", False, ["one"])


def test_optional_parts_are_kept() -> None:
    front = FRONT.replace(
        "topics:",
        "place: Geneva\nupdated: 2024-06\ncorrections: [{date: 2024-05-11, claim: met, changed: "
        "A word., before: B, why: W}]\ntopics:",
    ).replace("The people}", "{title: The people, short: P}}")
    sources = SOURCES.replace(
        "  two:",
        "    outlet: The Paper\n    known_through: {date: 2024-05-02, quote: on Thursday}\n"
        "    looks_ahead: {event: meeting, quote: a short one}\n    via: [agency]\n  two:",
    )
    made = briefing(front=front, sources=sources)
    one = made.sources[0]
    assert (made.place, made.updated.text, made.topics[1].short) == ("Geneva", "2024-06", "P")
    assert [(c.date.text, c.claim, c.changed, c.before, c.why) for c in made.corrections] == [
        ("2024-05-11", "met", "A word.", "B", "W")
    ]
    assert (one.name, one.via) == ("The Paper", ("agency",))
    assert one.known_through is not None
    assert one.known_through.quotation is not None
    assert one.known_through.quotation.exact == "on Thursday"
    assert one.looks_ahead is not None
    assert (one.looks_ahead.event, one.looks_ahead.quotation.exact) == ("meeting", "a short one")


def test_a_source_has_the_sites_language_or_its_own() -> None:
    made = briefing(site=f"{SITE}language: de\n", sources=SOURCES.replace("  two:", "    language: fr\n  two:"))
    assert [source.language for source in made.sources] == ["fr", "de"]


def test_keys_beside_a_single_quotation_belong_to_it() -> None:
    written = "{stance: supports, quote: It was a short, prefix: hours., suffix: one., key: short, allow: negation}"
    (evidence,) = briefing(claims=claim(written)).claims[0].evidence
    (quotation,) = evidence.quotations
    assert (quotation.prefix, quotation.suffix, quotation.key) == ("hours.", "one.", ("short",))
    assert quotation.allow == {"negation"}
    assert quotation.place.text.endswith(written)


def test_keys_within_a_quotation_are_overruled_by_nothing_beside_it() -> None:
    written = "{stance: supports, quote: {exact: a short one, key: short}}"
    assert briefing(claims=claim(written)).claims[0].evidence[0].quotations[0].key == ("short",)


def test_every_stance_is_understood() -> None:
    written = "{stance: qualifies, differs_in: precision, quote: two hours, value: ~2, note: N}"
    (evidence,) = briefing(claims=claim(written, "  unit: hours\n")).claims[0].evidence
    assert (evidence.stance, evidence.differs_in, evidence.note) == (Stance.QUALIFIES, Difference.PRECISION, "N")
    assert evidence.value is not None
    assert evidence.value.text == "~2"
    (silent,) = briefing(claims=claim("{stance: silent, because: omitted}")).claims[0].evidence
    assert (silent.stance, silent.because, silent.quotations) == (Stance.SILENT, Because.OMITTED, ())


# ---- ids that lead nowhere --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code", "where", "message", "cure"),
    [
        (
            {"claims": CLAIMS.replace("topic: talks", "topic: talk")},
            "topic-unknown",
            ("claims.yaml", 3, "talk"),
            "There is no topic `talk`.",
            "Did you mean `talks`?",
        ),
        (
            {"claims": CLAIMS.replace("topic: talks", "topic: zzz")},
            "topic-unknown",
            ("claims.yaml", 3, "zzz"),
            "There is no topic `zzz`.",
            "Known: people, talks.",
        ),
        (
            {"claims": CLAIMS.replace("event: meeting", "event: meting")},
            "event-unknown",
            ("claims.yaml", 4, "meting"),
            "There is no event `meting`.",
            "Did you mean `meeting`?",
        ),
        (
            {"claims": CLAIMS.replace("    two:", "    too:")},
            "source-unknown",
            ("claims.yaml", 7, "too"),
            "There is no source `too`.",
            "Did you mean `two`?",
        ),
        (
            {"claims": CLAIMS.replace("via: agency", "via: [agency, agncy]")},
            "origin-unknown",
            ("claims.yaml", 7, "agncy"),
            "There is no origin `agncy`.",
            "Did you mean `agency`?",
        ),
        (
            {"sources": SOURCES.replace("  two:", "    via: press\n  two:")},
            "origin-unknown",
            ("sources.yaml", 9, "press"),
            "There is no origin `press`.",
            "Known: agency.",
        ),
        (
            {"sources": SOURCES.replace("The Agency}", "The Agency, via: [x]}")},
            "origin-unknown",
            ("sources.yaml", 2, "x"),
            "There is no origin `x`.",
            "Known: agency.",
        ),
        (
            {"sources": SOURCES.replace("  two:", "    looks_ahead: {event: meet, quote: short}\n  two:")},
            "event-unknown",
            ("sources.yaml", 9, "meet"),
            "There is no event `meet`.",
            "Did you mean `meeting`?",
        ),
        (
            {"timeline": TIMELINE.replace("one:", "on:")},
            "source-unknown",
            ("timeline.yaml", 5, "on"),
            "There is no source `on`.",
            "Did you mean `one`?",
        ),
        (
            {"front": FRONT.replace("topics:", "corrections: [{date: 2024, changed: C, claim: mett}]\ntopics:")},
            "claim-unknown",
            ("briefing.md", 7, "mett"),
            "There is no claim `mett`.",
            "Did you mean `met`?",
        ),
        (
            {"timeline": "", "claims": CLAIMS},
            "event-unknown",
            ("claims.yaml", 4, "meeting"),
            "There is no event `meeting`.",
            "None is defined yet.",
        ),
        (
            {"timeline": None},
            "event-unknown",
            ("claims.yaml", 4, "meeting"),
            "There is no event `meeting`.",
            "None is defined yet.",
        ),
        (
            {"sources": SOURCES.replace("article: two.txt", "article: tow.txt")},
            "article-missing",
            ("sources.yaml", 11, "tow.txt"),
            "There is no seeds/tow.txt.",
            "Did you mean `two.txt`?",
        ),
    ],
)
def test_an_id_that_leads_nowhere_is_underlined_and_the_nearest_named(
    changed: dict[str, str | None], code: str, where: tuple[str, int, str], message: str, cure: str
) -> None:
    found = fault(**changed)
    assert (found.code, found.message, found.help) == (code, message, cure)
    assert marked(found) == where


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"timeline": TIMELINE.replace("2024-05-02", "May")}, "format"),
        ({"sources": SOURCES.replace("{name: The Agency}", "{nme: The Agency, name: N}")}, "key-unknown"),
        ({"front": FRONT.replace("summary:", "sumary:")}, "key-unknown"),
        ({"timeline": "meeting: [", "claims": CLAIMS}, "yaml-syntax"),
        ({"front": "no front matter"}, "front-matter"),
    ],
)
def test_what_a_faulty_entry_or_file_defines_is_not_called_unknown(changed: dict[str, str], code: str) -> None:
    found = codes(small(**changed))
    assert code in found
    assert not {name for name in found if name.endswith("-unknown")} - {"key-unknown"}


def test_evidence_of_a_faulty_source_is_not_called_unknown() -> None:
    found = codes(small(sources=SOURCES.replace("siglum: A", "siglum: aa")))
    assert found == ["format"]


def test_no_claim_of_a_correction_is_missed_while_a_file_of_claims_cannot_be_read() -> None:
    front = FRONT.replace("topics:", "corrections: [{date: 2024, changed: C, claim: gone}]\ntopics:")
    assert codes(small(front=front)) == ["claim-unknown"]
    assert codes(small(front=front, claims="met: \x00")) == ["yaml-character"]


# ---- what cannot be ---------------------------------------------------------------------------------------------


def test_origins_that_rest_on_each_other_are_named_with_their_chain() -> None:
    found = fault(sources=SOURCES.replace("sources:", "  a: {name: A, via: b}\n  b: {name: B, via: a}\nsources:"))
    assert (found.code, found.message) == ("origin-circular", "These origins rest on each other: a ← b ← a.")


def test_an_origin_that_leads_into_a_circle_is_not_blamed_for_it() -> None:
    origins = "  a: {name: A, via: b}\n  b: {name: B, via: b}\nsources:"
    found = fault(sources=SOURCES.replace("sources:", origins))
    assert marked(found)[1] == 4


@pytest.mark.parametrize(
    ("changed", "message", "line", "first"),
    [
        (
            {"sources": SOURCES.replace("siglum: B", "siglum: A")},
            "`siglum: A` belongs to another source already.",
            10,
            5,
        ),
        (
            {
                "sources": SOURCES.replace("two.txt", "one.txt").replace(
                    "Two ministers, they said", "The ministers, a short one"
                )
            },
            "`article: one.txt` belongs to another source already.",
            11,
            6,
        ),
    ],
)
def test_two_sources_share_neither_siglum_nor_article(
    changed: dict[str, str], message: str, line: int, first: int
) -> None:
    found = next(d for d in faults(small(**changed)) if d.code == "source-duplicate")
    assert found.message == message
    assert found.place.line == line
    assert [(r.place.line, r.message) for r in found.related] == [(first, "here it is used first")]


def test_a_claim_is_written_once_in_all_files() -> None:
    files = {**small(), "content/case/claims/01.yaml": CLAIMS}
    (found,) = faults(files)
    assert (found.code, found.message) == ("claim-duplicate", "The claim `met` is written twice.")
    assert marked(found) == ("claims/01.yaml", 1, "met")
    assert found.related[0].place.file == "content/case/claims.yaml"


SUPPORTS = "stance: supports, quote: two hours"


@pytest.mark.parametrize(
    ("evidence", "more", "words", "message"),
    [
        ("{stance: qualifies, quote: two hours}", "", "qualifies", "A source that qualifies differs in something."),
        (f"{{{SUPPORTS}, differs_in: scope}}", "", "scope", "`differs_in` does not go with `supports`."),
        ("{stance: silent, differs_in: scope}", "", "scope", "`differs_in` does not go with `silent`."),
        ("{stance: contradicts}", "", "contradicts", "A stance rests on words of the article."),
        ("{stance: supports, quote: []}", "", "supports", "A stance rests on words of the article."),
        (f"{{{SUPPORTS}, because: omitted}}", "", "omitted", "`because` goes with `stance: silent` only."),
        ("{stance: silent, value: 5}", "  unit: hours\n", "5", "A silent source gives no value."),
        (f"{{{SUPPORTS}, value: 2}}", "", "2", "A value needs its claim's unit."),
        ("{stance: supports, quote: [two hours, a short], prefix: lasted}", "", "lasted",
         "With several quotations, nobody knows which one `prefix` belongs to."),
        ("{stance: supports, quote: [two hours, a short], key: [two]}", "", "[",
         "With several quotations, nobody knows which one `key` belongs to."),
        ("{stance: silent, key: two}", "", "two", "There is no quotation that `key` could belong to."),
    ],
)  # fmt: skip
def test_keys_that_do_not_go_together_are_underlined(evidence: str, more: str, words: str, message: str) -> None:
    found = fault(claims=claim(evidence, more))
    assert (found.code, found.message) == ("evidence-misfit", message)
    assert marked(found)[2] == words
    assert found.help.endswith(".")


def test_one_claims_faults_do_not_hide_those_of_another_or_of_other_files() -> None:
    claims = (
        "a: {claim: A., topic: nowhere}\n"
        "b: {claim: B.}\n"
        "c: {claim: C., topic: talks, evidence: {one: {stance: supports}, three: {stance: silent}}}\n"
        "d: {claim: D., topic: talks, evidence: {one: {stance: supports, quote: two weeks or so}}}\n"
        "e: {claim: E., topic: talks, event: gone, evidence: {one: {stance: maybe}}}\n"
        "f: {claim: F., topic: talks, event: gone}\n"
    )
    timeline = "x: {title: X, date: Friday}\ny: {title: Y, date: 2024, evidence: {zero: words}}\n"
    found = faults(small(claims=claims, timeline=timeline, sources=SOURCES.replace("two.txt", "2.txt")))
    assert sorted((d.place.file.rpartition("/")[2], d.place.line, d.code) for d in found) == [
        ("claims.yaml", 1, "topic-unknown"),
        ("claims.yaml", 2, "key-missing"),
        ("claims.yaml", 3, "evidence-misfit"),
        ("claims.yaml", 3, "source-unknown"),
        ("claims.yaml", 4, "quotation-orphaned"),
        ("claims.yaml", 5, "value-unknown"),
        ("claims.yaml", 6, "event-unknown"),
        ("sources.yaml", 11, "article-missing"),
        ("timeline.yaml", 1, "format"),
        ("timeline.yaml", 2, "source-unknown"),
    ]


# ---- articles ---------------------------------------------------------------------------------------------------


def test_an_article_that_is_not_utf_8_is_named_with_the_place() -> None:
    found = fault(two=b"One\nTw\xff!")
    assert (found.code, found.place.file, found.place.line, found.place.column) == ("encoding", "seeds/two.txt", 2, 3)


@pytest.mark.parametrize(
    ("body", "words", "message"),
    [
        ("[Nothing, a short one.]", "Nothing", "“Nothing”: these words do not stand in the article (one.txt)."),
        ("[a short one., The ministers met]", "The ministers met",
         "“The ministers met”: these words stand before the first words (one.txt)."),
    ],
)  # fmt: skip
def test_words_that_mark_no_place_are_underlined(body: str, words: str, message: str) -> None:
    sources = SOURCES.replace("[The ministers met, a short one.]", body)
    found = next(d for d in faults(small(sources=sources)) if d.code == "zone-words")
    assert found.message == message
    assert marked(found) == ("sources.yaml", 7, words)


def test_captions_and_boilerplate_that_are_not_found_are_named_one_by_one() -> None:
    more = "    captions: [A photograph, two hours]\n    boilerplate: [Share this]\n    headline: [None such]\n  two:"
    found = [d for d in faults(small(sources=SOURCES.replace("  two:", more))) if d.code == "zone-words"]
    assert sorted(marked(d)[2] for d in found) == ["A photograph", "None such", "Share this"]


def test_a_briefing_without_documents_is_assembled_all_the_same() -> None:
    (texts,) = inputs_of({"content/case/other.txt": ""}).briefings
    site: Site = site_of(SiteEntry(title="T"))
    read = parse_briefing(texts)
    assert [d.code for d in read.diagnostics] == ["file-missing"] * 3
    made = assemble(read.value, site)
    assert made.diagnostics == ()
    assert (made.value.name, made.value.draft, made.value.sources, made.value.claims) == ("case", False, (), ())


@pytest.mark.parametrize(
    "sources", [SOURCES.replace("siglum: B", "siglum: bbb"), SOURCES.replace("  two:", "  two"), None]
)
def test_a_lemma_is_not_blamed_for_a_source_that_could_not_be_read(sources: str | None) -> None:
    claims = CLAIMS.replace("  evidence:", "  utterance: {by: They, lemma: two}\n  evidence:")
    assert len(codes(small(claims=claims, sources=sources))) == 1
    assert codes(small(claims=claims)) == []
