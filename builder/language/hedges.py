"""Words that say how a number is meant, such as “more than”, or that leave a doubt; by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


def _signs(by_sign: Mapping[str, str]) -> Mapping[str, str]:
    return {words: sign for sign, all_words in by_sign.items() for words in all_words.split("|")}


@dataclass(frozen=True, slots=True)
class Language:
    """How people speak of amounts: words, and several that belong together."""

    before: Mapping[str, str]
    """Directly before a number, with the sign that `Value` has for them."""
    after: Mapping[str, str]
    """The same, directly after the unit."""
    doubts: frozenset[str]
    """What leaves a doubt wherever it stands,"""
    doubts_before: frozenset[str]
    """directly before a number or the words that belong to it,"""
    doubts_after: frozenset[str]
    """directly after the unit."""
    endings: tuple[str, ...]
    """What words may get in the plural."""


LANGUAGES = {
    "en": Language(
        before=_signs(
            {
                ">": (
                    "more than|longer than|greater than|higher than|larger than|bigger than|farther than|further than"
                    "|heavier than|over|above|beyond|past|exceed|exceeds|exceeded|exceeding|top|tops|topped|topping"
                    "|surpass|surpasses|surpassed|surpassing"
                ),
                ">=": "at least|minimum of",
                "<": "less than|fewer than|shorter than|lower than|smaller than|lighter than|under|below",
                "<=": "at most|up to|maximum of|as many as|as much as|as long as|within",
                "~": (
                    "about|around|approximately|roughly|some|circa|ca|nearly|almost|close to|just under|just over"
                    "|estimated"
                ),
            }
        ),
        after=_signs(
            {
                ">=": "or more|or longer|or over|at least|and more|plus|upwards",
                "<=": "or less|or fewer|or under|at most",
                "~": "or so|on average",
            }
        ),
        doubts=_set(
            "twice|thrice|double|doubled|triple|tripled|half|halves|halved|quarter|quarters|third|thirds|dozen|dozens"
            "|hundreds|thousands|millions|billions|couple|several|few|each|respectively"
        ),
        doubts_before=_set(
            "to|or|and|between|from|than|least|most|first|last|next|another|additional|extra|further|every|per|other"
            "|final|remaining|plus|minus|-|out of|part of|rest of|end of|one of|all of"
        ),
        doubts_after=_set(
            "old|or|per|a|an|and a|and an|and some|and change|and counting|more|longer|less|fewer|shorter|apart|short"
        ),
        endings=("s",),
    ),
    "de": Language(
        before=_signs(
            {
                ">": "mehr als|länger als|größer als|höher als|über",
                ">=": "mindestens|wenigstens|zumindest",
                "<": "weniger als|kürzer als|kleiner als|niedriger als|unter",
                "<=": "höchstens|maximal|bis zu",
                "~": "etwa|rund|circa|ca|ungefähr|knapp|fast|gut|beinahe|gegen|an die",
            }
        ),
        after=_signs({}),
        doubts=_set("halb|halbe|halben|halber|halbes|doppelt|dutzend|dutzende|hunderte|tausende|je|jeweils|anderthalb"),
        doubts_before=_set(
            "und|oder|bis|zwischen|von|als|um|ersten|letzten|nächsten|vergangenen|weitere|weiteren|pro|minus|-"
        ),
        doubts_after=_set("oder|und|bis|mehr|weniger|länger|kürzer|alt|pro"),
        endings=("en", "e", "n"),
    ),
    "fr": Language(
        before=_signs(
            {
                ">": "plus de",
                ">=": "au moins|au minimum",
                "<": "moins de",
                "<=": "au plus|au maximum|jusqu'à",
                "~": "environ|près de|presque|quelque|autour de|à peu près",
            }
        ),
        after=_signs({}),
        doubts=_set("demi|demie|demies|double|triple|fois|dizaine|dizaines|centaine|centaines|milliers|chacun|chacune"),
        doubts_before=_set("et|ou|à|entre|que|premières|premiers|dernières|derniers|prochaines|autres|par|-"),
        doubts_after=_set("ou|et|à|de|par|au"),
        endings=("s",),
    ),
    "es": Language(
        before=_signs(
            {
                ">": "más de|más que",
                ">=": "al menos|por lo menos|como mínimo",
                "<": "menos de|menos que",
                "<=": "hasta|como máximo|a lo sumo",
                "~": "unos|unas|cerca de|casi|aproximadamente|alrededor de|en torno a",
            }
        ),
        after=_signs({}),
        doubts=_set("medio|media|medios|medias|doble|triple|veces|docena|docenas|decenas|cientos|miles|cada"),
        doubts_before=_set("y|o|a|entre|que|primeras|primeros|últimas|últimos|próximas|próximos|otras|otros|por|-"),
        doubts_after=_set("o|y|a|de|más|menos|por|como"),
        endings=("s",),
    ),
}
"""Only languages that somebody here can read; in any other no amount is read at all."""
