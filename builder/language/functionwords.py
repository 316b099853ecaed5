"""Words that say little by themselves, by language: what a set phrase is made of beside names and titles."""

from __future__ import annotations

from functools import cache


@cache
def function_words(language: str) -> frozenset[str]:
    """Those of a primary language such as `en`, as `text.bare` has words; none where the language has no list."""
    return frozenset(_FUNCTION_WORDS.get(language, "").split())


@cache
def every_function_word() -> frozenset[str]:
    """Those of all languages that have a list: for a language without one, as neighbours often share some."""
    return frozenset().union(*map(function_words, _FUNCTION_WORDS))


_FUNCTION_WORDS = {
    "en": "a about above after again against all also am among an and any are as at be because been before being "
    "below between both but by can could did do does doing down during each few for from further had has have having "
    "he her here hers him his how i if in into is it its just may me might more most must my no nor not of off on "
    "once only or other our out over own said same says shall she should so some such than that the their theirs them "
    "then there these they this those through to too under until up upon us very was we were what when where which "
    "while who whom whose why will with within without would you your one two three four five six seven eight nine ten",
    "de": "aber als am an auch auf aus bei bis da damit dann das dass dem den der des die dies diese dieser doch "
    "durch ein eine einem einen einer eines er es für gegen hat hatte hätte hier ich ihr ihre im in ist ja kann "
    "kein können man mehr mit nach nicht noch nun nur ob oder schon sehr sei sein seine sich sie sind so soll sollte "
    "um und uns unter vom von vor war waren was weil wenn wer werden wie wieder wir wird wurde wurden zu zum zur zwei "
    "zwischen über",
    "es": "a al ante aunque bajo cada como con contra cual cuando de del desde donde dos e el ella ellos en entre era "
    "es esa ese eso esta este esto fue ha han hasta hay la las le les lo los más me mi muy ni no nos o para pero por "
    "porque que quien se ser si sin sobre son su sus también tan te tras tres u un una uno y ya",
    "it": "a ai al alla alle allo anche c che chi ci come con da dai dal dalla dei del della delle dello di dopo dove "
    "due e è ed era essere fra gli ha hanno i il in io la le lei lo loro lui ma mi nei nel nella noi non o ogni "
    "per perché più prima quando quella quello questa questo se senza si sia sono sotto stato su sua sue sui sul "
    "sulla suo suoi tra tre un una uno vi voi",
    "fr": "à après au aussi autre aux avant avec bien car ce cela ces cet cette chez comme dans de depuis des deux "
    "dont du elle elles en entre est et eu été être il ils je la le les leur leurs lui mais même moins ne ni nos "
    "notre nous on ont ou où par pas pendant plus pour qu que qui sa sans se selon ses si son sont sous sur très "
    "trois un une vers vos votre vous y",
}
