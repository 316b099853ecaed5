"""`variorum find`: what a terminal sees, and that what it prints can be pasted."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import FRONT, ONE, ROOT, SITE, SOURCES, TWO

from builder.cli import main
from builder.commands.find import MOST


def find(root: Path, *words: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, ["find", "--root", str(root), *words], color=color, prog_name="variorum")


def test_a_place_can_be_opened_read_and_quoted(small_site: Path) -> None:
    result = find(small_site, "about", "two", "hours")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:7] == [
        "seeds/two.txt:1:48: B (two), body, in the article’s quotation marks",
        f"    1 | {TWO}",
        "      |                                                ^^^^^^^^^^^^^^^",
        "    two:",
        "      stance:  # supports, qualifies, contradicts or silent",
        "      quote: about two hours",
        "",
    ]


def test_what_is_printed_is_pasted_given_a_stance_and_passes_the_check(small_site: Path) -> None:
    printed = find(small_site, "the talks lasted two hours", "--source", "one").stdout
    entry = printed[printed.index("    one:") :]
    claim = "long:\n  claim: The talks lasted two hours.\n  topic: talks\n  evidence:\n"
    put(small_site, {"content/case/claims.yaml": claim + entry})
    refused = CliRunner().invoke(main, ["check", "--root", str(small_site)])
    assert "value-unknown" in refused.stderr
    put(small_site, {"content/case/claims.yaml": claim + entry.replace("stance:", "stance: supports")})
    assert CliRunner().invoke(main, ["check", "--root", str(small_site), "--jobs", "1"]).exit_code == 0


def test_nearly_says_what_differs(small_site: Path) -> None:
    result = find(small_site, "The ministers met on Friday in Geneva")
    assert result.exit_code == 0
    head = result.stdout.splitlines()[0]
    assert head == "seeds/one.txt:1:1: A (one), body; nearly: it has “Thursday”, not “Friday”"
    assert result.stdout.splitlines()[2] == f"      | {'~' * 21}{'^' * 8}{'~' * 10}"
    assert "      quote: The ministers met on Thursday in Geneva" in result.stdout


def test_nothing_like_it_is_said_and_is_no_success(small_site: Path) -> None:
    result = find(small_site, "zebras graze quietly")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "Nothing like it stands in any article.\n", "")


def test_without_articles_there_is_nothing_to_look_through(tmp_path: Path) -> None:
    assert find(tmp_path, "words").stdout == "There is no article to look through.\n"


def test_articles_that_no_briefing_names_are_searched_too_but_not_quoted(small_site: Path) -> None:
    put(small_site, {"seeds/other.txt": "Nobody names this.", "seeds/latin.txt": "Caf\xe9 nobody".encode("latin-1")})
    result = find(small_site, "nobody names")
    assert result.exit_code == 0
    assert result.stdout.startswith("seeds/other.txt:1:1: not in any briefing, but for capitals\n")
    assert "stance:" not in result.stdout
    assert result.stderr == "seeds/latin.txt is not UTF-8 and was passed over.\n"
    assert find(small_site, "nobody names", "--briefing", "case").exit_code == 1
    assert find(small_site, "nobody names", "--source", "one").exit_code == 1


def test_boilerplate_is_shown_as_such_without_an_entry(small_site: Path) -> None:
    put(small_site, {"seeds/one.txt": f"{ONE}\n\nRead more about hats."})
    result = find(small_site, "more about hats")
    assert "A (one), boilerplate; it cannot be quoted, as not all of it is the article’s own" in result.stdout
    assert "stance:" not in result.stdout


def test_of_several_briefings_all_are_searched_and_named(small_site: Path) -> None:
    more = {
        "content/more/briefing.md": FRONT,
        "content/more/sources.yaml": SOURCES.replace("one:", "first:"),
        "content/more/claims.yaml": "",
    }
    put(small_site, more)
    heads = [line for line in find(small_site, "The talks lasted").stdout.splitlines() if line.startswith("seeds/")]
    assert heads == [
        "seeds/one.txt:1:42: A (one) in case, body",
        "seeds/one.txt:1:42: A (first) in more, body",
    ]
    assert "A (one)" not in find(small_site, "The talks lasted", "--briefing", "more").stdout
    first = find(small_site, "The talks lasted", "--source", "first")
    assert first.stdout.startswith("seeds/one.txt:1:42: A (first) in more")
    assert find(small_site, "The talks lasted", "--source", "a").stdout == find(small_site, "The talks lasted").stdout
    assert find(small_site, "The talks lasted", "--source", "B").stdout != ""


def test_only_so_many_places_are_shown(small_site: Path) -> None:
    put(small_site, {"seeds/many.txt": "again " * (MOST + 5)})
    result = find(small_site, "again")
    assert result.stdout.count("seeds/many.txt") == MOST
    assert result.stderr == f"{MOST + 5} places; the first {MOST} are shown. More words, or --source, leave fewer.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["…"], 2, "TEXT has no word and no number in it."),
        ([], 2, "Missing argument 'TEXT'"),
        (["two", "--source", "tow"], 1, "variorum: There is no source tow. Did you mean two?"),
        (["two", "--source", "\x1b[31m"], 1, "variorum: There is no source \\u001b[31m. There are: one, two."),
        (["two", "--briefing", "cas"], 1, "variorum: There is no briefing cas; there are: case."),
    ],
)
def test_what_is_asked_wrongly_is_explained(small_site: Path, words: list[str], code: int, said: str) -> None:
    result = find(small_site, *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_no_article_can_steer_the_terminal(small_site: Path) -> None:
    put(small_site, {"seeds/one.txt": ONE.replace("two hours", "two \x1b[31mred\x07 \u202ehours")})
    result = find(small_site, "talks lasted two")
    assert result.exit_code == 0
    assert not set("\x1b\x07\u202e") & set(result.stdout)
    assert "\\u001b[31mred" in result.stdout
    whole = find(small_site, "two \x1b[31mred\x07 \u202ehours")
    assert not set("\x1b\x07\u202e") & set(whole.stdout)
    assert 'quote: "two \\x1b[31mred\\x07 \\u202ehours"' in whole.stdout


def test_the_words_are_coloured_where_somebody_sees_it(small_site: Path) -> None:
    assert "\x1b[" in find(small_site, "two hours", color=True).stdout
    assert "\x1b[" not in find(small_site, "two hours").stdout


def test_a_site_with_faults_is_searched_all_the_same(small_site: Path) -> None:
    put(small_site, {"site.yaml": "title: [", "content/case/claims.yaml": "met: ["})
    assert find(small_site, "The talks lasted").exit_code == 0
    put(small_site, {"site.yaml": SITE, "content/case/sources.yaml": "sources: ["})
    assert find(small_site, "The talks lasted").stdout.startswith("seeds/one.txt:1:42: not in any briefing\n")


def test_the_repositorys_own_articles_are_found_in_every_wording() -> None:
    heads = [line for line in find(ROOT, "five and a half hours").stdout.splitlines() if line.startswith("seeds/")]
    assert [head.split(": ", 1)[1] for head in heads] == [
        "D (worldys-news), body",
        "C (mothership), body; nearly: it has “seven”, not “five”",
    ]
