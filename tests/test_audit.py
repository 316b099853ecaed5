"""What no claim rests on is found, told with its words, and comes with lines that can be pasted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import FRONT, ROOT, SOURCES, Files, analysis_of, article_of, faults, small

from builder.analysis import Analysis
from builder.analysis.numbers import Comparable, PrintedNumber
from builder.analysis.quotations import Family, InBody, Kind, QuotedPassage
from builder.auditing import audit_of
from builder.auditing.entries import Proposals, audit_yaml
from builder.auditing.finding import MOST, PLACES, Finding, Section, State, words_at
from builder.auditing.numbers import numbers, plural_of
from builder.auditing.speakers import speaker_of
from builder.cli import main
from builder.commands.audit import SHOWN
from builder.diagnostics import place_in
from builder.text import Span
from builder.values import parse_value

ONE = (
    "Ministers “talk at length”\n\nThe ministers met on Thursday in Geneva. Miller called the talks “candid, useful "
    "and long”. “We will meet again,” he said. They talked for five hours. “We will meet again,” he wrote. "
    "It was short."
)
TWO = "Two ministers talked in Geneva, Thursday. The talks were “candid and useful”, said Miller. It took six hours."
BODIES = SOURCES.replace(
    "[The ministers met, a short one.]", "[The ministers met, It was short.]\n    headline: Ministers “talk at length”"
)
BODIES = BODIES.replace("[Two ministers, they said.]", "[Two ministers, six hours.]")
MET = """met:
  claim: The ministers met on Thursday.
  topic: people
  evidence:
    one: {stance: supports, quote: met on Thursday in Geneva}
    two: {stance: supports, quote: "talked in Geneva, Thursday"}
"""
CANDID = """candid:
  claim: Miller called the talks candid.
  topic: talks
  evidence:
    one: {stance: supports, quote: "Miller called the talks “candid, useful and long”"}
"""


def site(claims: str = MET, audit: str | None = None, **changed: str) -> dict[str, str | bytes | None]:
    files = small(**{"one": ONE, "two": TWO, "sources": BODIES, "claims": claims, "timeline": None, **changed})
    return files if audit is None else {**files, "content/case/audit.yaml": audit}


def passage(analysis: Analysis, source: str, words: str, cue: str | None = None, nth: int = 0) -> QuotedPassage:
    """A passage inside quotation marks, found in its article by its words."""
    article = analysis.anchored.articles[source]
    at = -1
    for _ in range(nth + 1):
        at = article.text.index(words, at + 1)
    paragraph = article.paragraph_at(at)
    named = Span(article.text.index(cue), article.text.index(cue) + len(cue)) if cue else None
    zone = article.paragraphs[paragraph].zone
    return QuotedPassage(source, Span(at, at + len(words)), True, 0, zone, paragraph, named, named)


def audited(files: Files, *families: tuple[Kind, Sequence[tuple[str, str]]]) -> tuple[Section, ...]:
    """The audit of a site whose articles have these families: its source, its words, and after `|` its cue."""
    analysis = analysis_of(files)
    seen: dict[tuple[str, str], int] = {}
    found = []
    for kind, members in families:
        passages = []
        for source, text in members:
            words, _, cue = text.partition("|")
            passages.append(passage(analysis, source, words, cue or None, seen.get((source, words), 0)))
            seen[source, words] = seen.get((source, words), 0) + 1
        found.append(Family(kind, tuple(passages), ()))
    ids = [claim.id for claim in analysis.anchored.briefing.claims]
    return audit_of(replace(analysis, families=tuple(found)), ids)


def one(section: Section) -> Finding:
    (finding,) = section.findings
    return finding


def pasted(finding: Finding, at: int = 0) -> str:
    return finding.advice[at].yaml


def left(files: Files) -> list[str]:
    """What the check says of a site, but for what is still to be filled in."""
    return [fault.message for fault in faults(files) if fault.code != "unwritten"]


# ---- quotations --------------------------------------------------------------------------------------------------

CANDID_FAMILY = (Kind.DIFFERENT, [("one", "candid, useful and long|Miller"), ("two", "candid and useful|Miller")])


def test_a_family_without_a_claim_comes_with_one_that_passes_the_check() -> None:
    section = audited(site(), CANDID_FAMILY)[0]
    finding = one(section)
    assert (section.title, section.open, finding.open) == ("Quotations", 1, True)
    assert finding.title == "different words, in A and B: no claim rests on it"
    assert [(shown.place.file, shown.place.line, shown.place.column, shown.about) for shown in finding.shown] == [
        ("seeds/one.txt", 3, 67, "A (one), “Miller”"),
        ("seeds/two.txt", 1, 59, "B (two), “Miller”"),
    ]
    assert pasted(finding) == (
        "candid-useful-long:\n"
        '  claim: "FILL IN: what is said with “candid, useful and long”"\n'
        "  topic: people\n"
        "  utterance: Miller\n"
        "  evidence:\n"
        "    one:\n"
        "      stance: supports\n"
        "      quote: candid, useful and long\n"
        "    two:\n"
        "      stance: qualifies\n"
        "      differs_in: wording\n"
        "      quote: candid and useful\n"
    )
    assert left(site(MET + pasted(finding))) == []
    again = audited(site(MET + pasted(finding)), CANDID_FAMILY)
    assert one(again[0]).title == "different words, in A and B: rests in candid-useful-long"
    assert again[0].open == again[4].open == 0


def test_words_that_are_left_out_knowingly_are_told_with_the_reason_and_want_nothing() -> None:
    single = (Kind.SINGLE, [("two", "candid and useful")])
    finding = one(audited(site(), single)[0])
    assert finding.title == "one source only (B): no claim rests on it"
    assert "utterance" not in pasted(finding)
    entry = audit_yaml([finding])
    assert entry == (
        'left_out:\n  two:\n    - quote: candid and useful\n      why: "FILL IN: why no claim rests on it"\n'
    )
    files = site(audit=entry.replace('"FILL IN: why no claim rests on it"', "No other text has it."))
    assert left(files) == []
    done = one(audited(files, single)[0])
    assert (done.open, done.title, done.advice) == (False, "one source only (B): left out knowingly", ())
    assert done.shown[0].about == "B (two), left out: No other text has it."


def test_what_one_source_prints_and_no_claim_rests_on_is_proposed_for_the_claim_of_the_others() -> None:
    finding = one(audited(site(MET + CANDID), CANDID_FAMILY)[0])
    assert finding.title == "different words, in A and B: rests in candid, but not what B prints"
    assert finding.advice[0].text == "Below `evidence:` of candid:"
    assert left(site(MET + CANDID + pasted(finding))) == []
    silent = MET + CANDID + "    two: {stance: silent, note: Not a word.}\n"
    assert "in the place of what stands there for two" in one(audited(site(silent), CANDID_FAMILY)[0]).advice[0].text
    other = MET + CANDID + "    two: {stance: supports, quote: It took six hours}\n"
    advice = one(audited(site(other), CANDID_FAMILY)[0]).advice[0]
    assert advice.text == "`candid` has other words of two already; as one more in the list of its `quote`:"
    assert advice.yaml == "        - candid and useful\n"


def test_words_that_stand_twice_are_quoted_with_what_stands_beside_them() -> None:
    twice = (Kind.SAME, [("one", "We will meet again,"), ("one", "We will meet again,")])
    finding = one(audited(site(), twice)[0])
    assert pasted(finding).count("prefix:") + pasted(finding).count("suffix:") == 2
    assert left(site(MET + pasted(finding))) == []


def test_words_that_a_source_prints_again_or_in_its_headline_stand_for_both_places() -> None:
    claim = "again:\n  claim: They will meet again.\n  topic: talks\n  evidence:\n    one:\n      stance: supports\n"
    claim += '      quote: {exact: "We will meet again,", suffix: "” he said"}\n'
    twice = (Kind.SAME, [("one", "We will meet again,"), ("one", "We will meet again,")])
    assert not one(audited(site(MET + claim), twice)[0]).open
    headline = (Kind.SAME, [("one", "talk at length"), ("one", "We will meet again,")])
    assert not one(audited(site(MET + claim), headline)[0]).open
    other = (Kind.SAME, [("one", "candid, useful and long"), ("one", "We will meet again,")])
    assert one(audited(site(MET + claim), other)[0]).open


def test_the_zone_the_marks_and_the_depth_are_told_where_they_are_not_the_usual_ones() -> None:
    analysis = analysis_of(site())
    member = replace(passage(analysis, "one", "talk at length"), closed=False, depth=1, in_body=InBody.MISSING)
    family = Family(Kind.HEADLINE, (member,), ())
    finding = one(audit_of(replace(analysis, families=(family,)), ["met"])[0])
    assert finding.shown[0].about == (
        "A (one), headline, the body does not have these words, inside another quotation, its marks are never closed"
    )


def test_the_topic_is_that_of_the_claims_on_the_same_paragraph_or_the_first() -> None:
    headline = (Kind.HEADLINE, [("one", "talk at length")])
    sections = audited(site(), CANDID_FAMILY, headline)
    assert ["  topic: people\n" in pasted(found) for found in sections[0].findings] == [True, False]
    assert "  topic: talks\n" in pasted(sections[0].findings[1])


def test_no_two_proposed_claims_and_no_written_one_have_the_same_id() -> None:
    claims = MET + CANDID.replace("candid:", "we-meet-again:")
    families = [(Kind.SINGLE, [("one", "We will meet again,")]), (Kind.SINGLE, [("one", "We will meet again,")])]
    found = audited(site(claims), *families)[0].findings
    assert [pasted(one_).split(":")[0] for one_ in found] == ["we-meet-again-2", "we-meet-again-3"]


@pytest.mark.parametrize(
    "words", ["a: b # c", "- x", "‘it’ [sic] {y}", "“inner” words", "&a *b !c", "100 % @home", "yes"]
)
def test_words_that_mean_something_to_yaml_can_be_pasted(words: str) -> None:
    two = TWO.replace("candid and useful", words)
    finding = one(audited(site(two=two), (Kind.SINGLE, [("two", words)]))[0])
    assert left(site(MET + pasted(finding), two=two)) == []


def test_words_that_cannot_be_quoted_are_shown_without_an_entry() -> None:
    steering = site(two=TWO.replace("candid and useful", "candid\x1b[2J useful"))
    finding = one(audited(steering, (Kind.SINGLE, [("two", "candid\x1b[2J useful")]))[0])
    assert finding.open
    assert [advice.yaml for advice in finding.advice] == [""]
    long = " ".join(["words"] * 700)
    finding = one(audited(site(two=TWO.replace("candid and useful", long)), (Kind.SINGLE, [("two", long)]))[0])
    assert [advice.yaml for advice in finding.advice] == [""]


# ---- numbers -----------------------------------------------------------------------------------------------------


def number(analysis: Analysis, source: str, words: str, value: str, used_by: Sequence[str] = ()) -> PrintedNumber:
    text = analysis.anchored.articles[source].text
    at = text.index(words)
    sentence = Span(text.rfind(". ", 0, at) + 2, text.index(".", at) + 1)
    return PrintedNumber(source, Span(at, at + len(words)), parse_value(value), "hour", sentence, tuple(used_by))


def numbered(files: Files, *given: tuple[str, str, str], used: Sequence[str] = ()) -> Section:
    """The numbers of a site: source, words and value of each; all but the first `used` by claims, in one group."""
    analysis = analysis_of(files)
    found = tuple(
        number(analysis, *one_, used[at : at + 1] if at < len(used) and used[at] else ())
        for at, one_ in enumerate(given)
    )
    groups = [Comparable("hour", found)] if len(found) > 1 else []
    return numbers(analysis.anchored, found, groups, Proposals(analysis.anchored, ["met"]))


HOURS = [("one", "five hours", "5"), ("two", "six hours", "6")]


def test_numbers_that_can_be_compared_come_with_a_claim_whose_stances_follow_from_them() -> None:
    finding = one(numbered(site(), *HOURS))
    assert finding.title == "hours, in A and B: no claim uses them"
    assert [shown.about for shown in finding.shown] == ["A (one), read as 5 hours", "B (two), read as 6 hours"]
    assert pasted(finding) == (
        "talked-five-hours:\n"
        '  claim: "FILL IN: what is said with “They talked for five hours.”"\n'
        "  topic: people\n"
        "  unit: hours\n"
        "  evidence:\n"
        "    one:\n"
        "      stance: supports\n"
        "      quote: They talked for five hours\n"
        "      key: five hours\n"
        "      value: 5\n"
        "    two:\n"
        "      stance: contradicts\n"
        "      quote: It took six hours\n"
        "      key: six hours\n"
        "      value: 6\n"
    )
    assert left(site(MET + pasted(finding))) == []


@pytest.mark.parametrize(
    ("value", "stance"),
    [("5", "stance: supports"), (">4", "stance: qualifies\n      differs_in: precision"), ("9", "stance: contradicts")],
)
def test_the_stance_to_a_number_is_read_from_the_intervals(value: str, stance: str) -> None:
    entry = pasted(one(numbered(site(), HOURS[0], ("two", "six hours", value))))
    assert f"    two:\n      {stance}\n" in entry


def test_a_number_in_use_is_told_with_its_claim_and_only_the_others_are_proposed() -> None:
    finding = one(numbered(site(), *HOURS, used=["talks"]))
    assert finding.title == "hours, in A and B: no claim uses some of them"
    assert finding.shown[0].about.endswith(", used by talks")
    assert "    one:" not in pasted(finding)
    done = one(numbered(site(), *HOURS, used=["talks", "talks"]))
    assert (done.open, done.advice) == (False, ())


def test_numbers_that_nothing_is_compared_with_are_told_in_short_and_want_nothing() -> None:
    unused = one(numbered(site(), HOURS[0]))
    assert (unused.state, unused.title) == (State.LOOK, "1 number that no claim uses and nothing is compared with")
    (shown,) = unused.shown
    assert (shown.about, shown.framed) == ("“five hours”, A (one), read as 5 hours", False)
    used = one(numbered(site(), HOURS[0], used=["talks"]))
    assert (used.state, used.title) == (State.DONE, "1 number that claims use, or that are left out knowingly")


def test_long_figures_are_shown_in_groups_and_proposed_as_the_check_reads_them() -> None:
    finding = one(numbered(site(), HOURS[0], ("two", "six hours", ">1250000")))
    assert finding.shown[1].about == "B (two), read as >1,250,000 hours"
    assert 'value: ">1250000"' in pasted(finding)


def test_of_a_long_sentence_only_the_number_is_quoted() -> None:
    long = TWO.replace("It took six hours.", "It took " + "so very " * 20 + "six hours.")
    entry = pasted(one(numbered(site(two=long), *HOURS)))
    assert "      quote: six hours\n      value: 6\n" in entry


def test_a_unit_that_several_sources_give_in_unlike_sentences_is_told_in_one_with_what_claims_use() -> None:
    texts = analysis_of(site()).anchored
    found = [number(analysis_of(site()), *given) for given in HOURS]
    section = numbers(texts, found, [], Proposals(texts, ["met"]))
    finding = one(section)
    assert (finding.state, finding.things) == (State.LOOK, 2)
    assert finding.title == "hours, in A and B: their sentences are not alike"
    used = [replace(found[0], used_by=("met",)), found[1]]
    first, _ = numbers(texts, used, [], Proposals(texts, ["met"])).findings
    assert (first.things, first.shown[0].about) == (1, "A (one), read as 5 hours, used by met")
    both = [replace(one_, used_by=("met",)) for one_ in found]
    assert one(numbers(texts, both, [], Proposals(texts, ["met"]))).state is State.DONE


# ---- text in common ----------------------------------------------------------------------------------------------

REPORT = "The delegates left the old harbour town before noon under heavy rain without any further word to reporters."


def test_text_in_common_that_nothing_explains_comes_with_an_entry_for_audit_yaml() -> None:
    texts = {"one": f"{ONE} {REPORT}", "two": f"{TWO} {REPORT}"}
    sources = BODIES.replace("It was short.", "further word to reporters.").replace("six hours.", "word to reporters.")
    section = audited(site(sources=sources, **texts))[2]
    finding = one(section)
    assert finding.open
    assert finding.title.startswith("A (one) and B (two) have 18 words in common, in 1 run: they name no common origin")
    assert [shown.place.file for shown in finding.shown] == ["seeds/one.txt", "seeds/two.txt"]
    entry = audit_yaml([finding])
    assert entry == (
        'shared:\n  - sources:\n      - one\n      - two\n    why: "FILL IN: what explains it, or that no text does"\n'
    )
    explained = site(
        audit=entry.replace('"FILL IN: what explains it, or that no text does"', "Nobody says."),
        sources=sources,
        **texts,
    )
    done = one(audited(explained)[2])
    assert (done.open, done.advice, done.title.endswith("explained in audit.yaml: Nobody says.")) == (False, (), True)
    credited = sources.replace("full_text: yes", "full_text: yes\n    via: agency")
    assert one(audited(site(sources=credited, **texts))[2]).title.endswith(": both name agency")


# ---- silences and utterances -------------------------------------------------------------------------------------


def test_silences_that_no_date_explains_are_listed_by_source() -> None:
    timeline = "meeting: {title: The ministers meet, date: 2024-05-02, evidence: {one: met on Thursday}}\n"
    claims = MET.replace("  topic", "  event: meeting\n  topic").replace("    two:", "    # two:")
    finding = one(audited({**site(claims), "content/case/timeline.yaml": timeline})[3])
    assert finding.title == "B (two) is silent on 1 claim, and no date tells whether it could have known"
    assert [shown.about for shown in finding.shown] == ["`met`, about meeting"]
    stated = claims + pasted(finding, 1).replace("because:  #", "because: omitted  #")
    assert audited({**site(stated), "content/case/timeline.yaml": timeline})[3].findings == ()
    dated = {"sources": BODIES.replace("siglum: B", "siglum: B\n    known_through: 2024-05-03")}
    assert audited({**site(claims, **dated), "content/case/timeline.yaml": timeline})[3].findings == ()


BOTH = """candid:
  claim: Miller called the talks candid.
  topic: talks
  evidence:
    one: {stance: supports, quote: "Miller called the talks “candid, useful and long”"}
    two: {stance: qualifies, differs_in: wording, quote: candid and useful}
"""


def test_an_utterance_that_a_claim_quotes_twice_is_proposed_for_collation() -> None:
    finding = one(audited(site(MET + BOTH), CANDID_FAMILY)[4])
    assert finding.title == "candid quotes one utterance from A and B, and has no `utterance`"
    assert [advice.yaml for advice in finding.advice] == [
        "  utterance: Miller\n",
        "      reading: candid, useful and long\n",
    ]
    assert finding.advice[1].text == "Below `one:`, as its quotation holds more than the utterance:"
    utterance, reading = (advice.yaml for advice in finding.advice)
    spoken = (MET + BOTH).replace("  claim: Miller", f"{utterance}  claim: Miller")
    spoken = spoken.replace(
        '    one: {stance: supports, quote: "Miller', f'    one:\n{reading}      stance: supports\n      quote: "Miller'
    )
    spoken = spoken.replace('useful and long”"}', 'useful and long”"')
    assert left(site(spoken)) == []
    assert audited(site(spoken), CANDID_FAMILY)[4].findings == ()
    quiet = (MET + BOTH).replace("two: {stance: qualifies, differs_in: wording,", "two: {stance: silent,")
    assert audited(site(quiet), CANDID_FAMILY)[4].findings == ()
    elsewhere = (
        MET
        + CANDID.replace("  topic", "  utterance: Miller\n  topic")
        + BOTH.replace("candid:", "also-candid:").replace("talks candid", "talks long")
    )
    assert one(audited(site(elsewhere), CANDID_FAMILY)[4]).title.startswith("also-candid quotes one utterance")


def test_a_term_in_quotation_marks_is_no_utterance_to_collate() -> None:
    texts = {
        "one": ONE.replace("candid, useful and long", "candid talks"),
        "two": TWO.replace("candid and useful", "candid talks"),
    }
    claims = MET + BOTH.replace("candid, useful and long", "candid talks").replace("candid and useful", "candid talks")
    family = (Kind.SAME, [("one", "candid talks"), ("two", "candid talks")])
    sections = audited(site(claims, **texts), family)
    assert (sections[0].open, sections[4].findings) == (0, ())


@pytest.mark.parametrize(
    ("cues", "speaker"),
    [
        ([], "FILL IN"),
        (["It"], "FILL IN"),
        (["Miller"], "Miller"),
        (["It", "said Miller"], "said Miller"),
    ],
)
def test_the_speaker_is_the_first_that_is_more_than_a_pronoun(cues: list[str], speaker: str) -> None:
    analysis = analysis_of(site())
    passages = [passage(analysis, "two", "candid and useful", cue) for cue in cues]
    assert speaker_of(passages, analysis.anchored.articles) == speaker


def test_a_speaker_who_is_named_by_another_only_is_passed_over() -> None:
    analysis = analysis_of(site(two=TWO.replace("said Miller", "said his wife of Miller")))
    passages = [passage(analysis, "two", "candid and useful", cue) for cue in ("his wife", "Miller")]
    assert speaker_of(passages, analysis.anchored.articles) == "Miller"


# ---- the command -------------------------------------------------------------------------------------------------


def audit(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", "--root", str(root), *arguments], prog_name="variorum")


def made(folder: Path, files: Files) -> Path:
    put(folder, files)
    return folder


def entries_in(output: str, advice: str) -> Iterator[str]:
    """The lines to paste below a piece of advice, each time that it is given."""
    for part in output.split(f"to do: {advice}\n")[1:]:
        lines = part.split("\n")
        yield "".join(f"{line}\n" for line in takewhile(lambda line: line and "to do:" not in line, lines))


def left_out_in(output: str) -> str:
    """The lines at the end that audit.yaml can take."""
    lines = output.split("\nTo leave out\n\n")[1].split("\n")
    return "".join(f"{line}\n" for line in takewhile(bool, lines[1:]))


WALK = "They walked round the old harbour for three hours."
WALKED = {
    "one": f"{ONE} {WALK}",
    "two": f"{TWO} {WALK}",
    "sources": BODIES.replace("It was short.", "three hours.").replace("six hours.", "three hours."),
}


def test_what_the_command_prints_can_be_pasted_until_nothing_is_open(tmp_path: Path) -> None:
    root = made(tmp_path, site(**WALKED))
    first = audit(root)
    assert (first.exit_code, first.stderr) == (1, "")
    assert "open: headline only (A): no claim rests on it\n" in first.stdout
    assert "  seeds/one.txt:3:67: A (one), “Miller called”\n" in first.stdout
    assert first.stdout.endswith(
        "Quotations: 3 open, 0 covered\nNumbers: 1 open, 0 covered, 3 to look at\nText in common: 0 open, 1 covered\n"
    )
    claims = "".join(entries_in(first.stdout, "A claim to paste, once it says what the words are about:"))
    assert claims.count("utterance: ") == 1
    made(root, {"content/case/claims.yaml": MET + claims})
    second = audit(root)
    assert (second.exit_code, second.stdout.count("to do:")) == (1, 2)
    made(root, {"content/case/audit.yaml": left_out_in(second.stdout)})
    third = audit(root)
    assert (third.exit_code, third.stderr) == (0, "")
    assert third.stdout.endswith(
        "Quotations: 0 open, 3 covered\nNumbers: 0 open, 2 covered, 3 to look at\nText in common: 0 open, 1 covered\n"
        "Nothing is open.\n"
    )
    checked = CliRunner().invoke(main, ["check", "--root", str(root), "--jobs", "1"])
    # What is still to be filled in is never published; in a draft it is only asked for.
    assert (checked.exit_code, checked.stderr.count("["), checked.stderr.count("error[unwritten]")) == (1, 5, 5)
    made(root, {"content/case/briefing.md": FRONT.replace("status: published", "status: draft")})
    checked = CliRunner().invoke(main, ["check", "--root", str(root), "--jobs", "1"])
    assert (checked.exit_code, checked.stderr.count("warning[unwritten]")) == (0, 5)


def test_very_many_numbers_are_shown_in_part(tmp_path: Path) -> None:
    many = " ".join(f"It took {number} steps." for number in range(PLACES + 20))
    root = made(tmp_path, site(two=TWO.replace("It took six hours.", f"{many} It took six hours.")))
    assert f"\n  and {PLACES + 21 - SHOWN} more\n" in audit(root).stdout
    assert "\n  and 21 more\n" in audit(root, "--all").stdout


def test_what_is_covered_is_shown_when_asked(tmp_path: Path) -> None:
    root = made(tmp_path, site(MET + BOTH))
    assert "done:" not in audit(root).stdout
    assert "done: different words, in A and B: rests in candid\n" in audit(root, "--all").stdout


def test_a_briefing_with_faults_is_not_audited(tmp_path: Path) -> None:
    root = made(tmp_path, site(MET.replace("met on Thursday in", "met on Friday in")))
    result = audit(root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == ("variorum: This briefing has faults: `variorum check` names them. Put them right first.\n")


def test_what_audit_yaml_has_too_much_of_is_counted(tmp_path: Path) -> None:
    stale = "left_out:\n  one:\n    - {quote: on Thursday, why: Nobody asks.}\n"
    result = audit(made(tmp_path, site(audit=stale)))
    assert "audit.yaml has 1 entry that nothing needs any more: `variorum check` says more.\n" in result.stdout


def test_no_content_can_steer_the_terminal(tmp_path: Path) -> None:
    two = TWO.replace("candid and useful", "candid\x1b[31m and \u202euseful").replace(
        "said Miller", "said Mi\x1b[2Jller"
    )
    sources = BODIES.replace("siglum: B", 'siglum: B\n    note: "\\u202e"')
    result = audit(made(tmp_path, site(two=two, sources=sources)), "--all")
    assert "candid\\u001b[31m and \\u202euseful" in result.stdout
    assert not set("\x1b\u202e") & set(result.output)


def test_without_a_briefing_there_is_nothing_to_audit(tmp_path: Path) -> None:
    assert audit(tmp_path).stderr.startswith("variorum: There is no site.yaml here")
    result = audit(made(tmp_path, {"site.yaml": "title: A\n"}))
    assert result.stderr == "variorum: There is no briefing yet: `variorum new briefing NAME` starts one.\n"


def test_of_several_briefings_one_is_named(tmp_path: Path) -> None:
    root = made(tmp_path, {**site(MET + BOTH), "content/more/briefing.md": "---\n---\n"})
    assert audit(root).stderr == "variorum: Say which briefing: `variorum audit NAME`; there are: case, more.\n"
    assert audit(root, "case").stdout.startswith("Quotations\n")
    assert audit(root, "other").stderr == "variorum: There is no briefing other; there are: case, more.\n"


def test_a_briefing_without_a_source_has_nothing_to_look_at(tmp_path: Path) -> None:
    empty = small(sources="sources: {}\n", claims="{}\n", timeline=None)
    result = audit(made(tmp_path, empty))
    assert (result.exit_code, result.stdout) == (0, "Nothing is open.\n")
    assert result.stderr == "There is no source yet: `variorum add source FILE` takes one in.\n"


def test_a_mark_alone_is_nothing_that_a_claim_rests_on() -> None:
    marks = MET + CANDID.replace("Miller called the talks “candid, useful and long”", "”. “We will meet again")
    finding = one(audited(site(marks), (Kind.SINGLE, [("one", "candid, useful and long")]))[0])
    assert finding.open


def test_the_repositorys_own_briefing_has_nothing_open() -> None:
    result = audit(ROOT)
    assert (result.exit_code, result.stderr) == (0, ""), result.stdout
    assert result.stdout.endswith("Nothing is open.\n")


def test_of_very_many_findings_the_first_come_with_lines_to_paste_and_the_others_are_counted(tmp_path: Path) -> None:
    said = " ".join(f"He said “word{number} of theirs”." for number in range(MOST + 20))
    result = audit(made(tmp_path, site(two=TWO.replace("It took six hours.", f"{said} It took six hours."))))
    assert "And 23 more; they are shown once these are dealt with.\n" in result.stdout
    assert result.stdout.count("A claim to paste, once it says what the words are about") == MOST


@pytest.mark.parametrize(
    ("unit", "many"),
    [
        ("hour", "hours"),
        ("country", "countries"),
        ("day", "days"),
        ("communiqué", "communiqués"),
        ("小时的话", "小时的话"),
        ("inch", "inches"),
        ("%", "%"),
        ("km/h", "km/h"),
        ("news", "news"),
    ],
)
def test_the_unit_of_a_claim_stands_in_the_plural(unit: str, many: str) -> None:
    assert plural_of(unit) == many


def test_only_so_many_numbers_are_compared_and_the_others_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    files = site(**WALKED)
    titles = [finding.title for finding in audited(files)[1].findings]
    assert titles[0] == "hours, in A and B: no claim uses them"
    assert titles[1:] == [
        "hours, in A and B: their sentences are not alike",
        "1 number that no claim uses and nothing is compared with",
    ]
    monkeypatch.setattr("builder.auditing.MOST_NUMBERS", 2)
    titles = [finding.title for finding in audited(files)[1].findings]
    assert titles[0] == "hours, in A and B: their sentences are not alike"


@pytest.mark.parametrize("text", ["one\ntwo words\r\n\r\nlast", "\nfirst", "no break", "a\r\n", "x\n\n"])
def test_the_place_of_words_is_told_as_everywhere(text: str) -> None:
    article = article_of(f"{text}\nend of it")
    for start in range(len(article.text)):
        for end in (start + 1, start + 6):
            expected = place_in("seeds/one.txt", article.text, start, end)
            assert words_at(article, Span(start, end)) == expected
