"""Whole briefings made at random, of awkward words: nothing breaks, and nothing depends on what it must not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from samples import ROOT, inputs_of

from builder.analysis import Analysis
from builder.build import ANY_SITE, BuiltBriefing, Studied, build_briefing, study
from builder.diagnostics import has_errors
from builder.render import environment

TEMPLATES = environment(ROOT / "templates")
SEEDS = range(8)

Json = dict[str, Any]
Parts = dict[str, Json]
"""A briefing by its parts: origins, sources, claims, events, audit, and the articles by source."""

FRONT = """---
title: A briefing
summary: Some articles.
status: published
date: 2023-06-18/2023-06-19
utc_offset: "+08:00"
published: 2024-05-10
topics: {talks: The talks, people: The people}
---
The prose.
"""
TALK = (
    "the a of talks open channels candid frank constructive bridge two three 5.5 20-hour more than about $1.2 million "
    "40 % five and half hours 330 minutes Monday in 2018 said “ ” \" ' « » „ according to Reuters & <b> {{ 7*7 }} é "
    "e\u0301 \u202e \u200b \u2066 שלום عربي 世界 会谈 — … first second dozen never not"
)
WORDS = TALK.split(" ")
DATES = ["2023-06-18", "2023-06-19", "2023-06", "[2023-06-19..]", "[..2023-06-18]", "2023", "2023-06-17~"]
VALUES = ["5.5", ">5", "<=5", "~7.5", "5..6", "1000", "330 minutes", "2 days", "0"]


# ---- made at random ----------------------------------------------------------------------------------------------


def sentence(chance: random.Random, most: int = 18) -> str:
    words = (chance.choice(WORDS) if chance.random() < 0.7 else f"w{chance.randrange(60)}" for _ in range(most))
    return " ".join(list(words)[: chance.randrange(3, most + 1)]) + chance.choice([".", ".”", "?", ""])


def article(chance: random.Random, shared: list[str]) -> str:
    paragraphs = ["Start of it."]
    for _ in range(chance.randrange(2, 6)):
        sentences = [sentence(chance) for _ in range(chance.randrange(1, 4))]
        sentences.append(chance.choice(shared))
        if chance.random() < 0.4:
            sentences.append(f"“{chance.choice(shared)}” said {chance.choice(['Qin', 'the mayor', 'Müller'])}.")
        paragraphs.append(" ".join(sentences))
    return "\n\n".join([*paragraphs, "The very end."])


def words_of(chance: random.Random, text: str) -> str:
    """Words of an article that stand there once, as far as that can be found."""
    found = ""
    for least in range(1, 40):
        words = chance.choice(text.split("\n\n")[1:-1]).split(" ")
        start = chance.randrange(len(words))
        found = " ".join(words[start : start + least + chance.randrange(6)])
        if text.count(found) == 1 and any(map(str.isalnum, found)):
            break
    return found


def quotation(chance: random.Random, text: str, uttered: bool) -> Json:
    exact = words_of(chance, text)
    words = exact.split(" ")
    if len(words) > 4 and chance.random() < 0.2:
        return {"exact": " ".join([*words[:2], "[…]", *words[4:]])}
    if len(words) > 2 and chance.random() < 0.5:
        start = chance.randrange(len(words))
        return {"exact": exact, "reading" if uttered else "key": " ".join(words[start : start + 3])}
    return {"exact": exact}


def evidence(chance: random.Random, text: str, claim: Json, origins: list[str]) -> Json:
    stance = chance.choice(["supports", "supports", "qualifies", "contradicts", "silent"])
    entry: Json = {"stance": stance}
    if stance == "silent":
        return entry
    if stance == "qualifies":
        entry["differs_in"] = chance.choice(["scope", "strength", "precision", "expectation", "wording"])
    entry["quote"] = [quotation(chance, text, "utterance" in claim) for _ in range(chance.choice([1, 1, 2]))]
    if claim.get("unit") == "hours" and chance.random() < 0.7:
        entry["value"] = chance.choice(VALUES)
    elif claim.get("unit") == "date":
        entry["value"] = chance.choice(DATES)
    if origins and chance.random() < 0.5:
        entry["via"] = [chance.choice(origins)]
    return entry


def claim(chance: random.Random, number: int, parts: Parts) -> Json:
    entry: Json = {
        "claim": f"Claim {number} is of {chance.choice(WORDS)}.",
        "topic": chance.choice(["talks", "people"]),
    }
    if parts["events"]:
        entry["event"] = chance.choice(list(parts["events"]))
    if chance.random() < 0.5:
        entry["unit"] = chance.choice(["hours", "date"])
    if chance.random() < 0.5:
        entry["utterance"] = chance.choice(["Qin", "the <b> mayor", "世界"])
    if number and chance.random() < 0.4:
        entry[chance.choice(["settles", "refines", "conflicts_with"])] = [f"c{chance.randrange(number)}"]
    origins = list(parts["origins"])
    entry["evidence"] = {
        source: evidence(chance, text, entry, origins)
        for source, text in parts["articles"].items()
        if chance.random() < 0.7
    }
    return entry


def source(chance: random.Random, number: int, events: list[str], text: str) -> Json:
    entry: Json = {"siglum": chr(65 + number), "article": f"s{number}.txt", "body": ["Start of it", "very end."]}
    entry["full_text"] = "yes"
    if chance.random() < 0.3:
        entry["published"] = chance.choice(["2023-06-19T10:33Z", "2023-06-20"])
    if chance.random() < 0.6:
        entry["known_through"] = chance.choice(["2023-06-18", "2023-06-21", "[2023-06-18..]"])
    if events and chance.random() < 0.4:
        entry["looks_ahead"] = {"event": chance.choice(events), "quote": words_of(chance, text)}
    if chance.random() < 0.2:
        entry["primary"] = "yes"
    return entry


def made(chance: random.Random) -> Parts:
    """A briefing; some of it may be at fault."""
    shared = [sentence(chance, 25) for _ in range(3)]
    texts = {f"s{number}": article(chance, shared) for number in range(chance.choice([1, 2, 3, 5, 14]))}
    origins = {
        f"o{number}": {"name": f"Origin <{number}>", "side": chance.choice(["East", "West"])}
        | ({"via": [f"o{chance.randrange(number)}"]} if number and chance.random() < 0.5 else {})
        for number in range(chance.randrange(5))
    }
    events = {
        f"e{number}": {"title": f"Event {number}", "date": chance.choice(DATES)}
        for number in range(chance.randrange(4))
    }
    parts: Parts = {"origins": origins, "events": events, "articles": texts, "claims": {}, "audit": {}}
    parts["sources"] = {id_: source(chance, number, list(events), texts[id_]) for number, id_ in enumerate(texts)}
    for number in range(chance.choice([1, 6, 12])):
        parts["claims"][f"c{number}"] = claim(chance, number, parts)
    if len(texts) > 1:
        parts["audit"] = {"shared": [{"sources": ["s0", "s1"], "why": "They do."}]}
    return parts


# ---- read and built ----------------------------------------------------------------------------------------------


def studied(parts: Parts, before: Studied | None = None) -> Studied:
    folder = "content/case"
    files = {
        "site.yaml": "title: A Site\n",
        f"{folder}/briefing.md": FRONT,
        f"{folder}/sources.yaml": json.dumps({"origins": parts["origins"], "sources": parts["sources"]}),
        f"{folder}/claims.yaml": json.dumps(parts["claims"], indent=0),
        f"{folder}/timeline.yaml": json.dumps(parts["events"]),
        f"{folder}/audit.yaml": json.dumps(parts["audit"]),
        **{f"seeds/{id_}.txt": text for id_, text in parts["articles"].items()},
    }
    inputs = inputs_of(files)
    found = study(inputs.briefings[0], ANY_SITE, inputs.articles, before=before)
    assert found is not None
    return found


def good(seed: int) -> tuple[Parts, Studied]:
    """A random briefing without what is at fault: claims are added as long as all is well."""
    parts = made(random.Random(seed))
    claims, parts["claims"] = parts["claims"], {}
    if has_errors(studied(parts).diagnostics):
        for entry in parts["sources"].values():
            entry.pop("looks_ahead", None)
    for id_, entry in claims.items():
        for leave_out in ([], ["settles", "refines", "conflicts_with"], ["unit", "utterance", "evidence"]):
            tried = {key: value for key, value in entry.items() if key not in leave_out}
            more = {**parts, "claims": {**parts["claims"], id_: tried}}
            if not has_errors(studied(more).diagnostics):
                parts = more
                break
    return parts, studied(parts)


def built(analysis: Analysis | None, before: BuiltBriefing | None = None) -> BuiltBriefing:
    assert analysis is not None
    return build_briefing(analysis, ANY_SITE, TEMPLATES, before)


# ---- edits -------------------------------------------------------------------------------------------------------


def any_of(chance: random.Random, part: Json) -> Json:
    found: Json = part[chance.choice(list(part))] if part else {}
    return found


def other_words(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["claims"]).update(claim="Other words.")


def other_stance(chance: random.Random, parts: Parts) -> None:
    entry = any_of(chance, any_of(chance, parts["claims"]).get("evidence", {}))
    if entry.get("quote"):
        entry.update(stance=chance.choice(["supports", "contradicts"]))
        entry.pop("differs_in", None)


def other_speaker(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["claims"]).update(utterance="Somebody")


def nobody_speaks(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["claims"]).pop("utterance", None)


def tied(chance: random.Random, parts: Parts) -> None:
    how = chance.choice(["settles", "refines", "conflicts_with"])
    any_of(chance, parts["claims"])[how] = [chance.choice(list(parts["claims"]))]


def untied(chance: random.Random, parts: Parts) -> None:
    for how in ("settles", "refines", "conflicts_with"):
        any_of(chance, parts["claims"]).pop(how, None)


def other_horizon(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["sources"]).update(known_through=chance.choice(["2023-06-18", "2023-06-20"]))


def other_primary(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["sources"]).update(primary=chance.choice(["yes", "no"]))


def other_side(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["origins"]).update(name="A new name", side="North")


def other_article(chance: random.Random, parts: Parts) -> None:
    id_ = chance.choice(list(parts["articles"]))
    parts["articles"][id_] = parts["articles"][id_].replace("\n\nThe very", "\n\nIt took “9 more hours”.\n\nThe very")


def other_audit(chance: random.Random, parts: Parts) -> None:
    parts["audit"] = {"shared": [{"sources": list(parts["sources"])[:2], "why": f"Reason {chance.randrange(9)}."}]}


def other_date(chance: random.Random, parts: Parts) -> None:
    any_of(chance, parts["events"]).update(date=chance.choice(DATES))


def another(chance: random.Random, parts: Parts) -> None:
    parts["claims"]["more"] = {
        "claim": "One more.",
        "topic": chance.choice(["talks", "people"]),
        "refines": list(parts["claims"])[:1],
    }


def fewer(chance: random.Random, parts: Parts) -> None:
    parts["claims"].pop(chance.choice(list(parts["claims"])))


EDITS: list[Callable[[random.Random, Parts], None]] = [
    other_words, other_stance, other_speaker, nobody_speaks, tied, untied, other_horizon, other_primary, other_side,
    other_article, other_audit, other_date, another, fewer,
]  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_made_of_a_briefing_after_an_edit_is_what_is_made_of_it_anew(seed: int) -> None:
    chance = random.Random(seed)
    parts, before = good(seed)
    made_before = built(before.analysis)
    for edit in chance.sample(EDITS, 4):
        edited: Parts = json.loads(json.dumps(parts))
        if not edited["claims"]:
            break
        edit(chance, edited)
        now, anew = studied(edited, before), studied(edited)
        assert now.diagnostics == anew.diagnostics
        if now.analysis is not None:
            after = built(now.analysis, made_before)
            assert {f.path: f.data for f in after.files} == {f.path: f.data for f in built(anew.analysis).files}
            parts, before, made_before = edited, now, after


# ---- what does not depend on the order ---------------------------------------------------------------------------


def told(analysis: Analysis | None) -> Json:
    """What is found in a briefing, whatever order it is told in."""
    assert analysis is not None
    return {
        "families": {
            (family.kind, frozenset((one.source, one.span) for one in family.members)) for family in analysis.families
        },
        "shared": {(frozenset(pair.sources), len(pair.runs), pair.words) for pair in analysis.shared},
        "order": {(one.one, one.other, one.reason, one.event) for one in analysis.order},
        "pairs": {
            (frozenset((one.one, one.other)), frozenset(one.alike), frozenset(one.qualified), one.shared)
            for one in analysis.agreements
        },
        "rows": {
            (row.claim.id, row.status, frozenset((cell.source.id, cell.stance, cell.silence) for cell in row.cells))
            for row in analysis.matrix.rows
        },
        "numbers": {(entry.claim, frozenset(one.value.text for one in entry.given)) for entry in analysis.ledger},
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_found_does_not_depend_on_the_order_of_sources_and_claims(seed: int) -> None:
    parts, found = good(seed)
    for part in ("sources", "claims"):
        turned = {**parts, part: dict(reversed(parts[part].items()))}
        assert told(studied(turned).analysis) == told(found.analysis)
