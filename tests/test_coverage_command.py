"""`variorum coverage`: what a terminal sees."""

import re
from pathlib import Path

from click.testing import CliRunner, Result
from conftest import put
from samples import CLAIMS, ONE, ROOT, SOURCES, sample

from builder.cli import main


def coverage(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["coverage", "--root", str(root), *arguments], prog_name="variorum")


def test_without_a_source_there_is_a_line_for_each(small_site: Path) -> None:
    result = coverage(small_site)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "A (one)  1 of 3 sentences (1 in part)   29 % of the words\n"
        "B (two)  1 of 2 sentences (1 in part)   26 % of the words\n"
    )


def test_of_a_source_everything_unused_is_listed_by_paragraph(small_site: Path) -> None:
    text = f"A headline. Two\n\nMenu\n\n{ONE}\n\nIt rained, and rained.\n\nThe end."
    sources = SOURCES.replace(
        "[The ministers met, a short one.]", "[The ministers met, The end.]\n    headline: A headline. Two", 1
    )
    put(small_site, {"seeds/one.txt": text, "content/case/sources.yaml": sources})
    assert coverage(small_site, "one").stdout.splitlines() == [
        "A (one)  1 of 7 sentences (1 in part)   19 % of the words",
        "",
        "headline 1",
        "seeds/one.txt:1:1: A headline.",
        "seeds/one.txt:1:13: Two",
        "",
        "paragraph 1",
        "seeds/one.txt:5:1: The ministers […]",
        "seeds/one.txt:5:42: The talks lasted two hours.",
        "seeds/one.txt:5:70: It was a short one.",
        "",
        "paragraph 2",
        "seeds/one.txt:7:1: It rained, and rained.",
        "",
        "paragraph 3",
        "seeds/one.txt:9:1: The end.",
    ]


def test_what_is_left_out_knowingly_is_told_with_the_reason(small_site: Path) -> None:
    audit = 'left_out:\n  one:\n    - {quote: lasted two hours, why: "Nobody\\e asks."}\n'
    audit += "    - {quote: met on Thursday, why: A claim rests on it.}\n    - {quote: not there, why: A slip.}\n"
    put(small_site, {"content/case/audit.yaml": audit})
    result = coverage(small_site, "one")
    assert result.stdout.splitlines()[0] == "A (one)  1 of 3 sentences (1 in part), 1 left out   29 % of the words"
    assert ": The talks lasted two hours. (left out: Nobody\\u001b asks.)\n" in result.stdout
    assert result.stdout.count("left out:") == 1


def test_where_all_is_used_it_says_so(small_site: Path) -> None:
    quotes = CLAIMS.replace("met on Thursday in Geneva", f'"{ONE}"').replace("[", "(")
    put(small_site, {"content/case/claims.yaml": quotes})
    assert coverage(small_site, "one").stdout == (
        "A (one)  3 of 3 sentences  100 % of the words\n\nAll of it is used.\n"
    )


def test_in_a_folder_that_is_no_site_one_is_sent_to_a_site(tmp_path: Path) -> None:
    result = coverage(tmp_path)
    assert result.stderr == (
        "variorum: There is no site.yaml here: go to the folder of a site, or name it with --root.\n"
    )


def test_a_source_may_be_called_by_its_letter(small_site: Path) -> None:
    assert coverage(small_site, "b").stdout == coverage(small_site, "two").stdout != ""


def test_an_unknown_source_gets_the_nearest(small_site: Path) -> None:
    result = coverage(small_site, "tow")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "variorum: There is no source tow. Did you mean two?\n"


def test_a_briefing_with_faults_shows_what_it_can(small_site: Path) -> None:
    claims = CLAIMS.replace("met on Thursday", "met on Friday").replace("supports", "supprots", 1)
    put(small_site, {"content/case/claims.yaml": claims})
    (small_site / "seeds/two.txt").unlink()
    result = coverage(small_site)
    assert result.exit_code == 0
    assert result.stdout.startswith("A (one)  1 of 3 sentences")
    assert result.stderr == (
        "B (two): seeds/two.txt could not be read.\n"
        "Claims or events with faults were passed over: `variorum check` says more.\n"
    )
    assert coverage(small_site, "two").exit_code == 1
    put(small_site, {"content/case/sources.yaml": "sources: ["})
    nothing = coverage(small_site)
    assert nothing.stderr.startswith("There is no source that could be read: `variorum check` says more.\n")
    assert nothing.stdout.strip() == ""


def test_no_article_can_steer_the_terminal(small_site: Path) -> None:
    put(small_site, {"seeds/one.txt": ONE.replace("two hours", "two \x1b[31mred \u202ehours")})
    result = coverage(small_site, "one")
    assert "two \\u001b[31mred \\u202ehours" in result.stdout
    assert not set("\x1b\u202e") & set(result.output)


def test_the_places_are_those_of_the_words_in_the_repositorys_own_articles() -> None:
    for source, article in sample().anchored.articles.items():
        lines = article.text.split("\n")
        listed = rf"^seeds/{re.escape(article.name)}:(\d+):(\d+): (.*)$"
        places = re.findall(listed, coverage(ROOT, source).stdout, re.MULTILINE)
        assert len(places) > 10
        for line, column, shown in places:
            words = shown.removeprefix("[…] ").split(" […]")[0]
            assert lines[int(line) - 1][int(column) - 1 :].startswith(words.removeprefix("[…]").strip()[:20])
