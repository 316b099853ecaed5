"""What an id is, and how one is made out of words: for claims, sources, briefings and all else that has an address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""What an id looks like, as a pattern of Python and of JavaScript."""
LONGEST = 64
"""How many characters an id may have."""

_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MOST_READ = 1000  # code points of a text that an id is made of: a page's own words may be a megabyte


def is_id(text: str) -> bool:
    """Whether a text is an id."""
    return len(text) <= LONGEST and re.fullmatch(ID, text) is not None


def id_words(text: str) -> list[str]:
    """The words of a text as an id may have them: small Latin letters without accents, and digits."""
    plain = unicodedata.normalize("NFKD", text[:_MOST_READ].casefold().translate(_LATIN))
    # Apostrophes and accents part no words: what is left of a letter is its base.
    bare = "".join(char for char in plain if unicodedata.category(char)[0] != "M" and char not in "'’ʼ")
    return re.findall(r"[a-z0-9]+", bare)


def id_of(text: str, most: int = LONGEST) -> str:
    """A text as an id of at most so many characters; nothing where it has no Latin letter and no digit."""
    return shortened("-".join(id_words(text)), most)


def shortened(id_: str, most: int) -> str:
    """The start of an id, itself an id."""
    return id_[:most].strip("-")


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number from 2 on that makes it another id than those taken."""
    free, number = wanted, 1
    while free in taken:
        number += 1
        end = f"-{number}"
        free = shortened(wanted, LONGEST - len(end)) + end
    return free
