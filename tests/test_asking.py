"""Which of several choices an answer means."""

import pytest

from builder.commands.asking import Choice, match

TOPICS = [Choice("talks", "The talks"), Choice("trade", "Trade"), Choice("people", "The people")]
SOURCES = [Choice("gazette", "Gazette", "A"), Choice("a", "Another", "B"), Choice("courier", "Courier", "C1")]
TWICE = [Choice("one", "One", "A"), Choice("two", "Two", "A")]


@pytest.mark.parametrize(
    ("answer", "choices", "id_"),
    [
        ("talks", TOPICS, "talks"),
        ("2", TOPICS, "trade"),
        ("p", TOPICS, "people"),
        ("tr", TOPICS, "trade"),
        ("t", TOPICS, None),
        ("0", TOPICS, None),
        ("4", TOPICS, None),
        ("٢", TOPICS, None),
        ("9" * 5000, TOPICS, None),
        ("0000000012", TOPICS, None),
        ("", TOPICS, None),
        ("x", TOPICS, None),
        ("A", SOURCES, "gazette"),
        ("b", SOURCES, "a"),
        ("a", SOURCES, "a"),
        ("c1", SOURCES, "courier"),
        ("cour", SOURCES, "courier"),
        ("1", SOURCES, None),
        ("A", TWICE, None),
        ("two", TWICE, "two"),
    ],
)
def test_an_answer_means_one_choice_or_none(answer: str, choices: list[Choice], id_: str | None) -> None:
    assert match(answer, choices) == id_
