"""Claims whose status rests on a text from before the event."""

from typing import Any

import pytest
import yaml
from samples import Files, codes, faults, small

from builder.diagnostics import Diagnostic

SIGLA = "ABC"


def site(
    evidence: dict[str, str],
    *,
    known: dict[str, dict[str, str]],
    event: str = "2024-05-02",
    claim: str = "The ministers met.",
    about: str | None = "meeting",
) -> Files:
    """One claim; evidence is `stance` or `qualifies difference`, by source a to c; `known` are dates of sources."""
    sources, cells = {}, {}
    for letter in SIGLA[: len(evidence)]:
        id_ = letter.lower()
        sources[id_] = {"siglum": letter, "article": f"{id_}.txt", "body": ["The", "met."], "full_text": "yes"}
        sources[id_] |= known.get(id_, {})
        stance, *difference = evidence[id_].split()
        cells[id_] = {"stance": stance, **({"differs_in": difference[0]} if difference else {})}
        cells[id_] |= {"quote": "ministers met"} if stance != "silent" else {}
    written: dict[str, Any] = {"claim": claim, "topic": "talks", "evidence": cells}
    written |= {"event": about} if about else {}
    timeline = {"meeting": {"title": "They meet", "date": event, "evidence": {"a": "ministers met"}}}
    files = {f"seeds/{id_}.txt": "The ministers met." for id_ in sources}
    return {
        **small(
            sources=dumped({"sources": sources}),
            claims=dumped({"c": written}),
            timeline=dumped(timeline),
            one=None,
            two=None,
        ),
        **files,
    }


def dumped(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, default_style='"')


def found(evidence: dict[str, str], **more: Any) -> list[Diagnostic]:
    return [fault for fault in faults(site(evidence, **more)) if fault.code == "status-horizon"]


EARLY = {"known_through": "2024-05-01"}
LATE = {"known_through": "2024-05-02"}


@pytest.mark.parametrize(
    ("evidence", "known", "told"),
    [
        ({"a": "supports"}, {"a": EARLY}, ("A states", "unsourced", "single source")),
        ({"a": "supports", "b": "supports"}, {"a": EARLY}, ("A states", "single source", "repeated")),
        ({"a": "supports", "b": "contradicts"}, {"b": EARLY}, ("B states", "single source", "disputed")),
        ({"a": "supports", "b": "qualifies scope"}, {"b": EARLY}, ("B states", "single source", "qualified")),
        (
            {"a": "supports", "b": "supports", "c": "qualifies wording"},
            {"c": EARLY},
            ("C states", "repeated", "wording differs"),
        ),
        (
            {"a": "supports", "b": "supports"},
            {"a": {"published": "2024-05-01"}},
            ("A states", "single source", "repeated"),
        ),
        (
            {"a": "contradicts", "b": "contradicts", "c": "supports"},
            {"a": EARLY, "b": EARLY},
            ("A and B state", "single source", "disputed"),
        ),
    ],
)
def test_a_status_that_rests_on_foresight_is_told_with_the_other_one(
    evidence: dict[str, str], known: dict[str, dict[str, str]], told: tuple[str, str, str]
) -> None:
    (fault,) = found(evidence, known=known)
    who, would_be, is_ = told
    assert fault.message.startswith(f"{who} `c`, but by ")
    assert fault.message.endswith(f"the claim would be “{would_be}”, not “{is_}”.")


def test_each_of_two_texts_that_alone_make_the_difference_is_told_by_itself() -> None:
    both = found({"a": "supports", "b": "supports"}, known={"a": EARLY, "b": EARLY})
    assert [fault.message.split()[0] for fault in both] == ["A", "B"]


def test_it_stands_at_the_stance_with_both_dates() -> None:
    (fault,) = found({"a": "supports", "b": "supports"}, known={"b": EARLY})
    assert fault.place.text.strip() == '"stance": "supports"'
    assert fault.place.length == len('"supports"')
    assert [(other.place.file.rpartition("/")[2], other.place.text.strip()) for other in fault.related] == [
        ("timeline.yaml", '"date": "2024-05-02"'),
        ("sources.yaml", '"known_through": "2024-05-01"'),
    ]
    assert fault.help.endswith("\nstance: qualifies\ndiffers_in: expectation")


HARMLESS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("it knew of the day", {"a": "supports"}, {"known": {"a": LATE}}),
    ("nobody knows what it knew", {"a": "supports"}, {"known": {}}),
    ("it only expects it", {"a": "qualifies expectation", "b": "supports"}, {"known": {"a": EARLY}}),
    ("it is silent", {"a": "silent", "b": "supports"}, {"known": {"a": EARLY}}),
    ("two others state it", {"a": "supports", "b": "supports", "c": "supports"}, {"known": {"a": EARLY}}),
    ("another disputes it anyway", {"a": "supports", "b": "contradicts", "c": "supports"}, {"known": {"a": EARLY}}),
    ("the claim has no event", {"a": "supports"}, {"known": {"a": EARLY}, "about": None}),
    ("when the event began is open", {"a": "supports"}, {"known": {"a": EARLY}, "event": "[..2024-05-02]"}),
    ("the event’s day is not sure", {"a": "supports"}, {"known": {"a": EARLY}, "event": "2024-05-02?"}),
    ("the event had begun", {"a": "supports"}, {"known": {"a": EARLY}, "event": "2024-05-01/2024-05-03"}),
    ("the event has only a month", {"a": "supports"}, {"known": {"a": EARLY}, "event": "2024-05"}),
    ("its own date is only about", {"a": "supports"}, {"known": {"a": {"known_through": "2024-04~"}}}),
    ("it was published that day", {"a": "supports"}, {"known": {"a": {"published": "2024-05-02T00:01Z"}}}),
    ("published before, but it knew", {"a": "supports"}, {"known": {"a": {**LATE, "published": "2024-05-01"}}}),
    ("a plan", {"a": "supports"}, {"known": {"a": EARLY}, "claim": "The ministers were to meet on Thursday."}),
    ("a plan that is called one", {"a": "supports"}, {"known": {"a": EARLY}, "claim": "They planned a meeting."}),
    ("an announcement", {"a": "supports"}, {"known": {"a": EARLY}, "claim": "The meeting will be held in Geneva."}),
]


@pytest.mark.parametrize(("why", "evidence", "more"), HARMLESS, ids=[why for why, _, _ in HARMLESS])
def test_nothing_is_said_of_what_can_be_right(why: str, evidence: dict[str, str], more: dict[str, Any]) -> None:
    assert codes(site(evidence, **more)) == [], why
