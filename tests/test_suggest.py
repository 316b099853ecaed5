"""`variorum suggest`: what a terminal sees, and that what it prints can be pasted."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, ROOT, SMALL, SOURCES

from builder.cli import main

HOURS = "hours:\n  claim: The talks lasted two hours.\n  topic: talks\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    put(tmp_path, SMALL)
    put(tmp_path, {"content/case/claims.yaml": CLAIMS + HOURS})
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="variorum")


def suggest(root: Path, *arguments: str) -> Result:
    return run("suggest", "--root", root, *arguments)


def test_each_silent_source_is_asked(site: Path) -> None:
    result = suggest(site, "hours")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:5] == [
        "hours: The talks lasted two hours.",
        "  A (one), body, likely: seeds/one.txt:1:42",
        "    one:",
        "      stance:  # supports, qualifies, contradicts or silent",
        "      quote: The talks lasted two hours.",
    ]
    assert "  B (two), body, " in result.stdout


def test_what_is_printed_is_pasted_given_a_stance_and_passes_the_check(site: Path) -> None:
    entry = "\n".join(suggest(site, "hours").stdout.splitlines()[2:5]).replace("stance:", "stance: supports")
    put(site, {"content/case/claims.yaml": f"{CLAIMS}{HOURS}  evidence:\n{entry}\n"})
    checked = run("check", "--root", site, "--jobs", "1")
    assert checked.exit_code == 0, checked.stderr
    assert "A (one)" not in suggest(site, "hours").stdout


def test_without_an_id_every_claim_on_which_a_source_is_silent_is_asked(site: Path) -> None:
    heads = [line for line in suggest(site).stdout.splitlines() if line and not line.startswith(" ")]
    assert heads == ["hours: The talks lasted two hours."]
    put(site, {"content/case/claims.yaml": CLAIMS})
    assert suggest(site).stdout == "No source is silent.\n"
    assert suggest(site, "met").stdout == "No source is silent.\n"


def test_where_nothing_comes_near_it_says_so_and_shows_all_only_when_asked(site: Path) -> None:
    claim = "else:\n  claim: Zebras graze quietly.\n  topic: talks\n"
    put(site, {"content/case/claims.yaml": CLAIMS + claim})
    assert suggest(site, "else").stdout == (
        "else: Zebras graze quietly.\n  nothing that comes near: A (one), B (two)\n\n"
    )
    every = suggest(site, "else", "--all").stdout
    assert every.count(", unlikely: ") == 5
    assert every.endswith("  nothing that comes near: A (one), B (two)\n\n")


def test_an_unknown_claim_gets_the_nearest(site: Path) -> None:
    result = suggest(site, "hour")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "variorum: There is no claim hour. Did you mean hours?\n"
    assert "There are: met, hours." in suggest(site, "\x1b[2J").stderr


def test_words_already_quoted_as_silent_are_not_offered_again(site: Path) -> None:
    silent = "  evidence:\n    one: {stance: silent, quote: talks lasted}\n"
    put(site, {"content/case/claims.yaml": CLAIMS + HOURS + silent})
    lines = suggest(site, "hours").stdout.splitlines()
    assert lines[1:3] == [
        "  A (one), body, likely: seeds/one.txt:1:42: quoted there as silent",
        "    The talks lasted two hours.",
    ]


def test_an_entry_that_would_stand_twice_says_which_it_replaces(site: Path) -> None:
    silent = "  evidence:\n    one: {stance: silent, because: omitted}\n"
    put(site, {"content/case/claims.yaml": CLAIMS + HOURS + silent})
    line = (CLAIMS + HOURS + silent).splitlines().index("    one: {stance: silent, because: omitted}") + 1
    head = f"likely: seeds/one.txt:1:42, instead of the entry at content/case/claims.yaml:{line}:5"
    assert head in suggest(site, "hours").stdout


def test_a_briefing_with_faults_is_asked_all_the_same(site: Path) -> None:
    claims = CLAIMS.replace("met on Thursday in Geneva", "met on Friday") + HOURS
    put(site, {"content/case/claims.yaml": claims, "content/case/timeline.yaml": "meeting: ["})
    result = suggest(site, "hours")
    assert result.exit_code == 0
    assert "A (one), body, likely" in result.stdout
    assert result.stderr == (
        "Claims or events with faults were passed over: `variorum check` says more.\n"
        "1 quotation could not be found in the articles and was passed over: `variorum check` says why.\n"
    )
    (site / "seeds/one.txt").unlink()
    missing = suggest(site, "hours")
    assert "A (one)" not in missing.stdout
    assert "A (one): seeds/one.txt could not be read.\n" in missing.stderr


def test_a_source_in_another_language_is_asked_with_a_warning(site: Path) -> None:
    put(site, {"content/case/sources.yaml": SOURCES.replace("siglum: B", "siglum: B\n    language: fr")})
    result = suggest(site, "hours")
    assert result.exit_code == 0
    assert result.stderr == (
        "B (two) is in another language than the site (fr): of a claim, little but names and numbers can be compared.\n"
    )


def test_no_content_can_steer_the_terminal(site: Path) -> None:
    claim = 'hours: {claim: "The talks\\e[31m lasted two \\u202ehours.", topic: talks}\n'
    article = "The ministers met on Thursday in Geneva. The talks\x1b[31m lasted \u202etwo hours. It was a short one."
    put(site, {"content/case/claims.yaml": CLAIMS + claim, "seeds/one.txt": article})
    result = suggest(site, "hours")
    assert result.exit_code == 0
    assert not set("\x1b\u202e") & set(result.output)
    assert "likely" in result.stdout


def test_several_briefings_want_a_name(site: Path) -> None:
    put(site, {"content/more/briefing.md": "---\n---\n"})
    assert (
        suggest(site, "hours").stderr == "variorum: Say which briefing with --briefing NAME; there are: case, more.\n"
    )
    assert "hours: " in suggest(site, "hours", "--briefing", "case").stdout
    empty = suggest(site, "--briefing", "more")
    assert (empty.exit_code, empty.stdout) == (0, "There is no claim yet.\n")


def test_every_entry_for_the_repositorys_own_briefing_can_be_pasted() -> None:
    result = suggest(ROOT)
    assert (result.exit_code, result.stderr) == (0, "")
    heads = [line for line in result.stdout.splitlines() if ", likely: " in line or ", possible: " in line]
    assert len(heads) > 30
    assert result.stdout.count("stance:  #") + result.stdout.count("quoted there as silent") == len(heads)
