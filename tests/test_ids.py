"""Ids, and how they are made of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ids import LONGEST, free_id, id_of, is_id


@pytest.mark.parametrize("text", ["a", "2", "talks-length", "a" * 64])
def test_small_letters_digits_and_single_hyphens_are_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "ä", "a b", "a\n", "٣", "a" * 65])
def test_anything_else_is_none(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Harbour Gazette", "the-harbour-gazette"),
        ("L’Écho du Port!", "lecho-du-port"),
        ("Süddeutsche Straße", "suddeutsche-strasse"),
        ("Łódź", "lodz"),
        ("海港日报", ""),
    ],
)
def test_words_become_an_id(text: str, id_: str) -> None:
    assert id_of(text) == id_


def test_an_id_is_cut_without_a_hyphen_at_its_end() -> None:
    assert id_of("abc def", 4) == "abc"


@given(st.text(max_size=90))
def test_whatever_is_written_becomes_an_id_or_nothing(text: str) -> None:
    assert id_of(text) == "" or is_id(id_of(text))


def test_a_free_id_has_the_first_number_that_is_free() -> None:
    assert [free_id("a", taken) for taken in ((), ("a",), ("a", "a-2"), ("b",))] == ["a", "a-2", "a-3", "a"]


def test_a_free_id_is_never_too_long() -> None:
    long = "x" * LONGEST
    assert free_id(long, {long}) == "x" * (LONGEST - 2) + "-2"
