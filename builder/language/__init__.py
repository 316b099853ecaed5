"""What is known of languages: lists of words, how numbers are spelt, which words count as the same."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(words.split())
