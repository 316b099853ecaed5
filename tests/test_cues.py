"""Who a text says the words inside quotation marks are from: in the same sentence, or nobody."""

import pytest
from samples import article_of

from builder.article import Article


def speakers(text: str) -> list[str | None]:
    article: Article = article_of(text)
    return [cue.speaker.of(text) if cue else None for cue in article.cues]


def cues(text: str) -> list[str | None]:
    return [cue.span.of(text) if cue else None for cue in article_of(text).cues]


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        ("“It is open,” said the mayor on Monday.", "said the mayor", "the mayor"),
        ("“It is open,” the mayor also said.", "the mayor also said", "the mayor"),
        ("“It is open,” she added.", "she added", "she"),
        ("The mayor of the town told us it “is open”.", "The mayor of the town told", "The mayor of the town"),
        ("On Monday Li noted that it “is open”.", "Li noted", "Li"),
        ("Li, the town’s mayor, said that it “is open”.", "Li, the town’s mayor, said", "Li"),
        ("Li spoke. He hoped that it, and the ferry, “is open”.", "He hoped", "He"),
        ("According to the U.S. harbour office, it “is open” now.", "According to the U.S. harbour office",
         "the U.S. harbour office"),
        ("It “is open,” according to a letter by the office.", "according to a letter by the office",
         "a letter by the office"),
        ("It is, in the mayor’s words, “open”.", "in the mayor’s words", "the mayor"),
        ("Mayor Li: “It is open.”", "Mayor Li", "Mayor Li"),
        ("It was “a gift” to the town, Li said.", "Li said", "Li"),
        ("The mayor made “clear demands on the ferry”.", "The mayor made", "The mayor"),
        ("“It is open, the mayor said.", "the mayor said", "the mayor"),
        ("„Es ist offen“, sagte die Leiterin am Montag.", "sagte die Leiterin", "die Leiterin"),
        ("« C’est ouvert », a déclaré la maire.", "a déclaré la maire", "la maire"),
        ("«Está abierto», dijo la alcaldesa.", "dijo la alcaldesa", "la alcaldesa"),
        ("市长说：“今天开放。”", "市长", "市长"),
    ],
)  # fmt: skip
def test_a_speaker_named_in_the_sentence_is_found(text: str, cue: str, speaker: str) -> None:
    assert (cues(text), speakers(text)) == ([cue], [speaker])


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said much. The bridge is “open” now.",
        "The word “open” is on no sign.",
        "It said the bridge was “open”.",
        "They call it “open”, and the office says nothing.",
        "“Open”",
        "The bridge “opens” on Monday, which pleases many.",
    ],
)
def test_where_the_sentence_names_nobody_there_is_none(text: str) -> None:
    assert speakers(text) == [None]


def test_the_nearest_of_two_speakers_is_taken() -> None:
    assert speakers("The mayor said that Li noted that it “is open”.") == ["Li"]
    assert speakers("Li said “yes”, and the mayor said “no”.") == ["Li", "the mayor"]


def test_what_others_say_inside_quotation_marks_names_no_speaker() -> None:
    assert speakers("“He said it,” and “she said it” were the words.") == [None, None]


def test_a_quotation_goes_on_after_its_speaker() -> None:
    assert speakers("“It is open,” Li said. “Come and see.”") == ["Li", "Li"]
    assert speakers("“It is open,” Li said, “and new.”") == ["Li", "Li"]
    assert speakers("“It is open,” Li said.\n\n“Come and see.”") == ["Li", None]


def test_a_quotation_within_another_has_the_speaker_that_stands_in_it() -> None:
    assert speakers("“The boy asked, ‘Is it open?’ and I laughed,” said Li.") == ["Li", "The boy"]


def test_beyond_any_articles_length_nothing_is_looked_for() -> None:
    text = "“It is open,” said Li. " * 2001
    assert speakers(text)[-2:] == ["Li", None]
