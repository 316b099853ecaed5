"""From a curator's words to a claim's entry: its id, its YAML, its file, and what would be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from builder.build import Studied, study
from builder.diagnostics import Diagnostic, new_among
from builder.ids import LONGEST, free_id, id_words, shortened
from builder.model import Claim, Quotation, Site
from builder.routes import RESERVED
from builder.written import Texts
from builder.yamldoc import Data

ID_WORDS = 4
"""Words of a sentence that make an id."""


# ---- the entry -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says to the claim."""

    source: str
    stance: str
    differs_in: str | None = None
    quotations: tuple[Quotation, ...] = ()
    value: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim that is to be."""

    id: str
    claim: str
    topic: str
    said: tuple[Said, ...]
    """In the order of the sources."""
    question: str | None = None
    event: str | None = None
    unit: str | None = None
    note: str | None = None
    utterance: str | None = None
    """Whose words the quotations print."""


def entry_of(draft: Draft) -> dict[str, Data]:
    """The claim as claims.yaml has it: one entry, its keys in the order that curators are used to."""
    keys: dict[str, Data | None] = {
        "claim": " ".join(draft.claim.split()),
        "question": draft.question,
        "topic": draft.topic,
        "event": draft.event,
        "unit": draft.unit,
        "utterance": draft.utterance,
        "evidence": {said.source: evidence_of(said) for said in draft.said},
        "note": draft.note,
    }
    return {draft.id: _given(keys)}


def _given(keys: Mapping[str, Data | None]) -> dict[str, Data]:
    return {key: value for key, value in keys.items() if value}


def evidence_of(said: Said) -> dict[str, Data]:
    """What one source says, as the evidence of a claim has it."""
    keys: dict[str, Data | None] = {"stance": said.stance, "differs_in": said.differs_in}
    if len(said.quotations) == 1:
        (quotation,) = said.quotations
        keys["quote"] = quotation.exact
        keys |= _beside(quotation)
    else:
        keys["quote"] = [item_of(quotation) for quotation in said.quotations]
    return _given({**keys, "value": said.value, "via": list(said.via)})


def item_of(quotation: Quotation) -> Data:
    """One of several quotations, as their list has it."""
    beside = _given(_beside(quotation))
    return {"exact": quotation.exact, **beside} if beside else quotation.exact


def _beside(quotation: Quotation) -> dict[str, Data | None]:
    keys = list(quotation.key)
    key: Data = keys[0] if len(keys) == 1 else [*keys]
    keys_beside: dict[str, Data | None] = {"prefix": quotation.prefix, "suffix": quotation.suffix, "key": key}
    return {**keys_beside, "reading": quotation.reading, "translation": quotation.translation}


# ---- its id ----------------------------------------------------------------------------------------------------

_TELL_NOTHING = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "did", "do", "for", "from", "had", "has", "have", "he",
    "her", "his", "in", "into", "is", "it", "its", "of", "on", "or", "said", "she", "than", "that", "the", "their",
    "then", "there", "they", "this", "to", "was", "were", "which", "who", "will", "with", "would",
})  # fmt: skip
_NEVER = RESERVED | {"index", "claim"}


def propose_id(sentence: str, taken: Collection[str]) -> str:
    """A few telling words of the sentence as an id that is still free; `claim-2` where it has no Latin letters."""
    words = id_words(sentence)
    if all(map(str.isdigit, words)):
        words = ["claim"]
    telling = [word for word in words if word not in _TELL_NOTHING] or words
    return free_id(shortened("-".join(telling[:ID_WORDS]), LONGEST), {*taken, *_NEVER})


# ---- where it goes ---------------------------------------------------------------------------------------------


def known_ids(studied: Studied) -> set[str]:
    """The ids of all claims of a briefing, those at fault too."""
    return {id_ for file in studied.documents.claims for id_ in file.entries}


def claim_files(studied: Studied) -> list[str]:
    """The files of a briefing that hold claims, in the order in which they are read."""
    folder, single = studied.texts.path("claims/"), studied.texts.path("claims.yaml")
    return sorted(file for file in studied.texts.files if file == single or file.startswith(folder))


def home_of(studied: Studied, topic: str) -> str:
    """The file that holds most claims of a topic, the last of several; where none does, the last file."""
    files = claim_files(studied) or [studied.texts.path("claims.yaml")]
    counts = Counter(_file_of(claim) for claim in studied.briefing.claims if claim.topic == topic)
    return max(files, key=lambda file: (counts[file], file))


def _file_of(claim: Claim) -> str:
    return claim.place.file


def diagnostics_with(studied: Studied, site: Site, articles: Mapping[str, bytes], yaml: str) -> list[Diagnostic]:
    """What is wrong with this claim, as YAML, and with its briefing for having it; not what is wrong already."""
    file = studied.texts.path("claims/~.yaml")
    files = {**studied.texts.files, file: yaml.encode("utf-8")}
    after = study(Texts(studied.texts.name, files), site, articles)
    every = after.diagnostics if after else ()
    new = new_among(every, studied.diagnostics)
    return [one for one in every if one.place.file == file or one in new]
