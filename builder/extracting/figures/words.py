"""The words of a sentence with their places, and the units and names of things that are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.language import listed
from builder.text import DASHES, SINGLE_QUOTES, Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign."""

    text: str
    """In small letters, with plain hyphens and apostrophes."""
    start: int
    end: int
    capital: bool


_CHUNK = re.compile(r"\S+")
_TOKEN = re.compile(r"[^\W_]+(?:[.,:/'’][^\W_]+)*|[^\w\s]|_")
_PLAIN = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(SINGLE_QUOTES, "'"))
ADDRESS = "\0"
"""What stands for an address of the web or the name of an account: no number in it counts anything."""


def tokens_in(text: str, span: Span) -> Iterator[Token]:
    """The tokens of a part of `text`, in order."""
    for chunk in _CHUNK.finditer(text, span.start, span.end):
        if _is_address(chunk[0]):
            yield Token(ADDRESS, *chunk.span(), capital=False)
            continue
        for match in _TOKEN.finditer(text, *chunk.span()):
            yield Token(match[0].lower().translate(_PLAIN), *match.span(), capital=match[0][0].isupper())


def _is_address(chunk: str) -> bool:
    return "://" in chunk or "@" in chunk or chunk.startswith(("www.", "#")) or (".com/" in chunk)


# ---- units -----------------------------------------------------------------------------------------------------


def _named(names: str) -> Iterator[tuple[str, str]]:
    """`hour: hours hr` gives every form its singular."""
    for line in names.strip().splitlines():
        one, _, others = line.strip().partition(":")
        yield from ((form, one) for form in (one, f"{one}s", *others.split()))


_ENGLISH = dict(
    _named(
        """second: sec secs
        minute: min mins
        hour: hr hrs
        day
        night
        week
        fortnight
        month
        year: yr yrs
        decade
        century: centuries
        mile
        kilometre: kilometer kilometers km
        metre: meter meters
        centimetre: centimeter centimeters cm
        millimetre: millimeter millimeters mm
        foot: feet ft
        inch: inches
        yard
        acre
        hectare: ha
        gram: gramme grammes
        kilogram: kilogramme kilogrammes kilo kilos kg
        tonne
        ton
        ounce
        litre: liter liters
        gallon
        barrel
        degree
        watt
        kilowatt: kw
        megawatt: mw
        gigawatt: gw
        megabyte: mb
        gigabyte: gb
        terabyte: tb
        mph
        km/h: kph kmh
        kwh"""
    )
)
_GERMAN = dict(
    _named(
        """second: sekunde sekunden
        minute: minuten
        hour: stunde stunden
        day: tag tage tagen
        night: nacht nächte nächten
        week: woche wochen
        month: monat monate monaten
        year: jahr jahre jahren
        kilometre: kilometer kilometern km
        metre: meter metern
        kilogram: kilogramm kilo kg
        tonne: tonnen
        hectare: hektar
        litre: liter litern
        degree: grad
        person: menschen personen"""
    )
)
_FRENCH = dict(
    _named(
        """second: seconde secondes
        minute
        hour: heure heures
        day: jour jours
        night: nuit nuits
        week: semaine semaines
        month: mois
        year: an ans année années
        kilometre: kilomètre kilomètres km
        metre: mètre mètres
        kilogram: kilo kilos kilogramme kilogrammes kg
        tonne
        hectare
        litre
        degree: degré degrés
        person: personnes"""
    )
)
_SPANISH = dict(
    _named(
        """second: segundo segundos
        minute: minuto minutos
        hour: hora horas
        day: día días
        night: noche noches
        week: semana semanas
        month: mes meses
        year: año años
        kilometre: kilómetro kilómetros km
        metre: metro metros
        kilogram: kilo kilos kilogramo kilogramos kg
        tonne: tonelada toneladas
        hectare: hectárea hectáreas
        litre: litro litros
        degree: grado grados
        person: personas"""
    )
)
MEASURES: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
"""By language, what is measured in: every form with its English singular, so that languages can be compared."""
SCALES: Mapping[str, Mapping[str, int]] = {
    "en": {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "de": {"tausend": 3, "million": 6, "millionen": 6, "milliarde": 9, "milliarden": 9, "billionen": 12},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9},
    "es": {"mil": 3, "millón": 6, "millones": 6},
}
"""By language, powers of ten that stand behind figures."""
LETTERS: Mapping[str, int] = {"k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12}
"""The same in one or two letters, directly behind the figures of money."""
SIGNS: Mapping[str, str] = {"$": "dollar", "€": "euro", "£": "pound sterling", "¥": "yen"}
"""Signs of money, before or behind its figures."""
DOLLARS: Mapping[str, str] = {
    "us": "US dollar", "u.s": "US dollar", "a": "Australian dollar", "au": "Australian dollar", "c": "Canadian dollar",
    "ca": "Canadian dollar", "hk": "Hong Kong dollar", "nz": "New Zealand dollar", "s": "Singapore dollar",
}  # fmt: skip
"""What stands before a dollar sign and says whose it is."""
COINS: Mapping[str, str] = {
    **dict.fromkeys(("dollar", "dollars", "dólares", "dólar"), "dollar"), **dict.fromkeys(("euro", "euros"), "euro"),
    **dict.fromkeys(("pound", "pounds"), "pound"), "yen": "yen", "yuan": "yuan", "renminbi": "yuan", "usd": "US dollar",
    "eur": "euro", "gbp": "pound sterling", "cny": "yuan", "jpy": "yen", **dict.fromkeys(("franc", "francs"), "franc"),
    **dict.fromkeys(("rupee", "rupees"), "rupee"), **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), "rouble"),
    **dict.fromkeys(("peso", "pesos"), "peso"),
}  # fmt: skip
"""Words for money behind its figures."""
CODES = frozenset({"usd", "eur", "gbp", "cny", "jpy", "rmb", "chf"})
"""Those that may stand before the figures as well."""
PERCENT = frozenset({"%", "percent", "pct", "prozent"})


# ---- what is counted -------------------------------------------------------------------------------------------

_IRREGULAR: Mapping[str, str] = {
    "people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "lives": "life",
    "wives": "wife", "knives": "knife", "leaves": "leaf", "halves": "half", "shelves": "shelf", "wolves": "wolf",
    "thieves": "thief", "aircraft": "aircraft", "police": "police", "troops": "troop", "houses": "house",
    "horses": "horse", "causes": "cause", "cases": "case", "bases": "base", "phases": "phase", "courses": "course",
    "exercises": "exercise", "purchases": "purchase", "licences": "licence", "nurses": "nurse", "buses": "bus",
    "movies": "movie", "ties": "tie",
    **{word: word for word in ("dead", "killed", "wounded", "injured", "missing", "arrested", "detained")},
}  # fmt: skip
_NO_NOUN = listed(
    "as is was has does says this his its us always perhaps sometimes towards besides across less unless plus "
    "versus news politics economics times ours theirs yours hers series species means others overseas likes goes "
    "nowadays afterwards ones years'"
)
_ENDS = listed(
    "a an the of to in on at by for from with into over under and or but nor that which who whom whose when where "
    "while because if than then so is are was were be been being has have had do does did will would can could "
    "may might must shall should not no it he she they we you i there here what how why this these those per each "
    "every out up down off about around after before since until during between among against without within "
    "through as said says told saying according also just only even still yet already both either neither all any "
    "some"
)


def counted(word: str) -> str | None:
    """The singular of a word that looks like an English plural, or like one that is counted without one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in _NO_NOUN or not word.isalpha():
        return None
    if word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes", "zzes")) else word[:-1]


def ends_name(word: str) -> bool:
    """Whether a word surely belongs to no name of what is counted: it follows it, or starts another part."""
    return word in _ENDS or not (word[:1].isalpha())
