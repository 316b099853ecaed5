"""A whole valid site with one briefing of any size, to look at: the same bytes on every machine.

    python -m tests.sized FOLDER CLAIMS SOURCES

A town and its harbour, made up. All stances, statuses, kinds of silence, numbers, utterances, origins, relations and
kinds of dates occur as soon as there is room for them; quotations are long and short, names of outlets, too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

BRIEFING = "harbour"
MOST_CLAIMS = 240
MOST_SOURCES = 26

SUBJECTS = (
    "harbour bridge", "tram tunnel", "fish market", "old lighthouse", "ferry landing", "cycle path", "customs house",
    "grain silo", "rowing club", "swimming pool", "night bus", "rope factory", "botanical garden", "pilot station",
    "dry dock", "sea wall", "town library", "open-air stage", "flood gate", "school ship",
)  # fmt: skip
OUTLETS = (
    "Harbour Gazette", None, "The Courier", "The Northern Coast and Islands Evening Advertiser", "Tide", None,
    "Radio Estuary", "Morning Post of the Lower Town", "Anchor", "Docklands Weekly", None, "The Observer", "Coastwise",
    "Quay News",
)  # fmt: skip
"""In turn; None is an outlet that its text does not name."""
TOPICS = {
    "opening": "The opening",
    "building": "How long the work took, and who did it",
    "money": "Money",
    "visitors": "Visitors",
    "words": "What the mayor said",
    "ahead": {"title": "What is still to come in the years after the opening", "short": "Ahead"},
}
ORIGINS = {
    "town-hall": {"name": "Town hall", "kind": "authority", "side": "Town"},
    "press-office": {"name": "Press office", "kind": "office", "side": "Town", "via": ["town-hall"]},
    "agency": {"name": "The agency", "kind": "news agency"},
    "visitor": {"name": "A visitor", "kind": "eyewitness"},
    "builders": {"name": "The builders’ association", "kind": "association", "side": "Builders"},
}
EVENTS = (
    ("plan", "The council votes for the plan", "2018"),
    ("start", "The first spade", "2019-03~"),
    ("stop", "The work stops", "2020-21"),
    ("again", "The work goes on", "2021-04-07/2021-04-09"),
    ("roof", "The last beam is laid", "2024-11-20?"),
    ("rehearsal", "A rehearsal behind closed gates", "[2025-02-27..2025-03-02]"),
    ("opening", "The opening", "2025-03-03"),
    ("speech", "The mayor’s speech", "2025-03-03T11:15+01:00"),
    ("storm", "A storm closes the harbour", "[2025-03-03..]"),
    ("tender", "The second stage is to be put out to tender", "2025-06"),
)
DIFFERENCES = ("scope", "strength", "precision", "expectation")


@dataclass(frozen=True)
class Fact:
    """What can be said of each subject. In a sentence, `[…]` is what is quoted of it and `<…>` its key words."""

    topic: str
    claim: str
    question: str
    supports: tuple[str, ...]
    qualifies: tuple[str, ...]
    contradicts: str
    unit: str = ""
    values: tuple[str, str, str] = ("", "", "")
    """What texts give that support, qualify and contradict."""
    event: str = ""
    said: bool = False
    """Whether it is an utterance of the mayor's."""


FACTS = (
    Fact(
        "opening",
        "The {s} opened on Monday.",
        "When did the {s} open?",
        (
            "[The {s} was opened <on Monday>], before noon and with a band.",
            "The rain did not keep them away: [<on Monday> people walked into the {s} for the first time, many with"
            " children on their shoulders, some in boots and with lanterns although it was broad daylight, and they"
            " stayed until the band had packed up and the last cake was sold].",
        ),
        ("[The {s} has been open <since the beginning of the week>].",),
        "[The {s} was opened <on Tuesday>], a day after the date on the posters.",
        event="opening",
    ),
    Fact(
        "opening",
        "A rehearsal was held at the {s} before anybody was let in.",
        "Was there a rehearsal at the {s}?",
        ("[A <rehearsal behind closed gates> went before it at the {s}].",),
        ("It is said that [there <may have been a rehearsal> at the {s}].",),
        "[At the {s} <nothing had been rehearsed>], as everybody could see.",
        event="rehearsal",
    ),
    Fact(
        "building",
        "Work on the {s} took six years.",
        "How long did the work on the {s} take?",
        ("[The {s} took <six years> to build].", "After [<six years> of work the {s}] is there."),
        ("[For <more than five years> the {s} was] a hole in the ground.",),
        "[It took <seven years> to build the {s}], because two contractors left before the third one was found.",
        unit="years",
        values=("6", ">5", "7"),
        event="start",
    ),
    Fact(
        "building",
        "Builders of the town built the {s}.",
        "Who built the {s}?",
        ("[<Firms of the town> built the {s}].",),
        ("[The {s} was built <for the most part by firms of the town>].",),
        "[Not one stone of the {s} was laid <by a firm of the town>].",
    ),
    Fact(
        "money",
        "The {s} cost 14 million euros.",
        "What did the {s} cost?",
        ("[The {s} cost <14 million> euros].", "[<14 million> euros were paid for the {s}], to the cent."),
        ("[<About 14 million> euros went into the {s}], says the council.",),
        "[The {s} cost <18.5 million> euros], more than the council had ever paid.",
        unit="million euros",
        values=("14", "~14", "18.5"),
    ),
    Fact(
        "money",
        "A fee is charged at the {s}.",
        "What does the {s} charge?",
        ("[At the {s} <a fee is charged>], small as it is.",),
        ("[<On weekends> a fee is charged at the {s}].",),
        "[The {s} <charges nothing>].",
    ),
    Fact(
        "visitors",
        "On the first day 900 people came to the {s}.",
        "How many people came to the {s}?",
        ("[<900 people> came to the {s}] on the first day.",),
        ("[<Some 900 people> were counted at the {s}], children left out.",),
        "[Only <400 people> came to the {s}], and most of them had been asked to.",
        unit="people",
        values=("900", "~900", "400"),
        event="opening",
    ),
    Fact(
        "visitors",
        "Some people turned back at the gate of the {s}.",
        "Did anybody turn back at the {s}?",
        ("[At the gate of the {s} <some turned back>].",),
        ("[A <few, it seemed, turned back> at the {s}], though nobody counted.",),
        "[<Nobody turned back> at the {s}].",
        event="opening",
    ),
    Fact(
        "words",
        "The mayor called the {s} a gift to the town.",
        "What did the mayor call the {s}?",
        (
            "The mayor said: [“The {s} is <a gift to the town>, and it will outlast us all.”]",
            "The mayor spoke for four minutes. [“The {s} is <a gift to the town>,”] the speech began.",
        ),
        ("The mayor said: [“The {s} is <a present to our town>, and it shall outlast us all.”]",),
        "The mayor said: [“The {s} is <a debt to the town>, and it will outlast us all.”]",
        event="speech",
        said=True,
    ),
    Fact(
        "words",
        "The mayor thanked those who had worked at the {s}.",
        "Whom did the mayor thank at the {s}?",
        ("[The mayor <thanked all who had worked> at the {s}].",),
        ("[The mayor <thanked the engineers> of the {s}], and nobody else.",),
        "[<Not a word of thanks> for those who built the {s}] was heard.",
        event="speech",
    ),
    Fact(
        "ahead",
        "A second stage of the {s} will be put out to tender.",
        "Will there be a second stage of the {s}?",
        ("[A <second stage of the {s}> will be put out to tender].",),
        ("[A second stage of the {s} <is being thought about>].",),
        "[There will be <no second stage> of the {s}].",
        event="tender",
    ),
    Fact(
        "ahead",
        "A storm closed the {s} for some days.",
        "Did the storm close the {s}?",
        ("[The storm <closed the {s}> for some days].",),
        ("[The {s} was <closed in part>] during the storm.",),
        "[Even the storm <did not close> the {s}].",
        event="storm",
    ),
)
KINDS = ("alike", "mixed", "disputed", "alike", "alone", "mixed", "disputed", "alike", "one origin")
"""What texts make of a claim, in turn."""


@dataclass(frozen=True)
class Said:
    """A sentence of an article, and what is quoted of it."""

    sentence: str
    quote: str
    key: str


def sized_site(folder: Path, claims: int, sources: int) -> Path:
    """Write a site with one briefing of so many claims (1 to 240) and sources (2 to 26), and return its folder.

    Raises ValueError for other sizes.
    """
    if not (1 <= claims <= MOST_CLAIMS and 2 <= sources <= MOST_SOURCES):
        raise ValueError(f"no site of {claims} claims and {sources} sources")
    for path, text in sized_files(claims, sources).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def sized_files(claims: int, sources: int) -> dict[str, str]:
    """The files of such a site, by path."""
    told: list[list[Said]] = [[] for _ in range(sources)]
    entries = dict(_claim(number, claims, told) for number in range(claims))
    articles = [_article(index, told[index]) for index in range(sources)]
    content = f"content/{BRIEFING}"
    topics = {id_: TOPICS[id_] for id_ in dict.fromkeys(str(entry["topic"]) for entry in entries.values())}
    return {
        "site.yaml": "title: The harbour papers\ntagline: Made up, to be looked at.\nlanguage: en\n"
        "limits: {excerpt_warning: 99 %, excerpt_maximum: 100 %}\n",
        f"{content}/briefing.md": _front(claims, sources, topics),
        f"{content}/sources.yaml": _yaml({"origins": ORIGINS, "sources": dict(map(_source, range(sources)))}),
        **{f"{content}/claims/{topic}.yaml": _yaml(_of_topic(entries, topic)) for topic in topics},
        f"{content}/timeline.yaml": _yaml(_timeline(sources)),
        **{f"seeds/harbour-{_id(index)}.txt": text for index, text in enumerate(articles)},
    }


def _front(claims: int, sources: int, topics: Mapping[str, object]) -> str:
    head = {
        "title": "A harbour opens",
        "summary": f"What {sources} texts say of a town and its harbour, in claims: {claims}.",
        "status": "published",
        "place": "The harbour",
        "date": "2025-03-03",
        "utc_offset": "+01:00",
        "published": "2025-03-10",
        "updated": "2025-03-12",
        "topics": topics,
        "corrections": [{"date": "2025-03-12", "changed": "A date was put right", "why": "It was a day late"}],
    }
    prose = "The texts agree that something was opened. They differ in what it cost, and in who came.\n"
    return f"---\n{_yaml(head)}---\n{prose}"


# ---- sources ---------------------------------------------------------------------------------------------------


def _id(index: int) -> str:
    return f"text-{chr(ord('a') + index)}"


def _source(index: int) -> tuple[str, dict[str, object]]:
    outlet = OUTLETS[index % len(OUTLETS)]
    entry: dict[str, object] = {
        "siglum": chr(ord("A") + index),
        "article": f"harbour-{_id(index)}.txt",
        "headline": _headline(index),
        "body": [f"This is text {index + 1}", "That was the harbour"],
    }
    if outlet:
        entry["outlet"] = outlet if index < len(OUTLETS) else f"{outlet}, second edition"
    if index % 3 == 0:
        entry["published"] = f"2025-03-{4 + index % 5:02}"
    elif index % 3 == 1:
        entry["known_through"] = {"date": "2025-03-03", "quote": "until Monday evening"}
    if index % 4 == 3:
        entry["via"] = ["agency"]
    return _id(index), entry


def _headline(index: int) -> str:
    return ("A harbour opens", "The long way to the sea", "Open at last, says the town")[index % 3]


def _article(index: int, told: list[Said]) -> str:
    opening = f"This is text {index + 1} on the harbour and all that stands around it, as seen until Monday evening."
    sentences = [one.sentence for one in told]
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    between = [f"{text} So it stands in the town’s papers, page {page}." for page, text in enumerate(paragraphs, 1)]
    return "\n\n".join([_headline(index), opening, *between, "That was the harbour.", "Subscribe now"]) + "\n"


# ---- claims ----------------------------------------------------------------------------------------------------


def _claim(number: int, claims: int, told: list[list[Said]]) -> tuple[str, dict[str, object]]:
    """A claim's id and entry; what it quotes is added to what the articles have told."""
    at = number * len(TOPICS) // claims
    topic = list(TOPICS)[at]
    within = number - next(n for n in range(claims) if n * len(TOPICS) // claims == at)
    fact = [fact for fact in FACTS if fact.topic == topic][(within + at) % 2]
    subject = SUBJECTS[(within // 2 + 3 * at) % len(SUBJECTS)]
    kind = KINDS[number % len(KINDS)]
    evidence = {}
    speakers = _speakers(number, len(told), kind)
    for place, index in enumerate(speakers):
        evidence[_id(index)] = _evidence(number, fact, subject, kind, place, told[index])
    entry: dict[str, object] = {"claim": fact.claim.format(s=subject), "topic": topic}
    if kind == "disputed":
        entry["question"] = fact.question.format(s=subject)
    if fact.event and number % 5:
        entry["event"] = fact.event
    if fact.unit:
        entry["unit"] = fact.unit
    if fact.said and len(speakers) > 1:
        entry["utterance"] = "The mayor"
    if number % 7 == 3:
        entry["note"] = "No text explains *why*."
    for index in range(len(told)):
        if _id(index) not in evidence and (number + index) % 11 == 0:
            evidence[_id(index)] = {"stance": "silent", "note": "Speaks of the harbour as a whole"}
    order = {_id(index): evidence[_id(index)] for index in range(len(told)) if _id(index) in evidence}
    return f"{fact.topic}-{subject.replace(' ', '-')}-{number}", {**entry, "evidence": order}


def _of_topic(entries: dict[str, dict[str, object]], topic: str) -> dict[str, dict[str, object]]:
    return {id_: entry for id_, entry in entries.items() if entry["topic"] == topic}


def _speakers(number: int, sources: int, kind: str) -> list[int]:
    """The sources that speak to a claim: one, or at least two and about half of all."""
    first = number % sources
    if kind == "alone":
        return [first]
    some = {index for index in range(sources) if (number * 7 + index * 5 + index * number) % 9 < 4}
    return sorted(some | {first, (first + 1) % sources})


def _evidence(number: int, fact: Fact, subject: str, kind: str, place: int, told: list[Said]) -> dict[str, object]:
    stance = "supports"
    if (kind == "disputed" and place % 3 == 1) or (kind == "mixed" and place % 4 == 3):
        stance = "contradicts" if kind == "disputed" else "qualifies"
    elif kind == "mixed" and place % 2:
        stance = "qualifies"
    sentences = {"supports": fact.supports, "qualifies": fact.qualifies, "contradicts": (fact.contradicts,)}[stance]
    said = _said(sentences[(number + place) % len(sentences)].replace("{s}", subject))
    told.append(said)
    entry: dict[str, object] = {"stance": stance}
    if stance == "qualifies":
        differs = "precision" if fact.unit else DIFFERENCES[(number + place) % len(DIFFERENCES)]
        entry["differs_in"] = "wording" if fact.said else differs
    entry |= {"quote": said.quote, "key": said.key}
    if fact.unit:
        entry["value"] = fact.values[("supports", "qualifies", "contradicts").index(stance)]
    if kind == "one origin" or (kind == "alike" and number % 2):
        names = list(ORIGINS) if kind == "alike" else ["press-office"]
        entry["via"] = [names[(number + place) % len(names)]]
    if (number + place) % 6 == 0:
        entry["note"] = "In a caption it says so, too"
    return entry


def _said(template: str) -> Said:
    """A sentence with what it marks."""
    quote = re.search(r"\[(.*)\]", template)
    key = re.search("<(.*)>", template)
    if quote is None or key is None:
        raise ValueError(f"marks are missing in: {template}")
    plain = re.sub(r"[\[\]<>]", "", template)
    return Said(plain, re.sub("[<>]", "", quote[1]), key[1])


def _timeline(sources: int) -> dict[str, object]:
    return {
        id_: {
            "title": title,
            "date": date,
            **({"label": "on Monday, at a quarter past eleven"} if id_ == "speech" else {}),
            "evidence": {_id(at % sources): "all that stands around it"},
        }
        for at, (id_, title, date) in enumerate(EVENTS)
    }


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)


if __name__ == "__main__":
    sized_site(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
