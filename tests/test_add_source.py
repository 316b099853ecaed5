"""`variorum add source`: an entry ready to paste; with --write, the article and the entry where they belong."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import put
from samples import FRONT, SMALL, SOURCES
from whole_site import tree

from builder import fetch
from builder.cli import main
from builder.fetch import Fetched, FetchError
from builder.intake.htmltree import available
from builder.yamldoc import parse_yaml

PAGES = Path(__file__).parent / "pages"
THREE = "The bridge is open\n\nThe bridge was opened on Monday. It took six years.\n"
ENTRY = """  three:
    siglum: C
    article: three.txt
    # headline: the first line; uncomment it if it is the headline
    # headline: The bridge is open
    # language: where it is not the site’s; outlet, author, url, published: only where the text shows them
    # body: all of the file; move both ends to where the article proper starts and ends
    body:
      - The bridge is open
      - The bridge was opened on Monday. It took six years.
    # known_through: the last moment that the text shows it knew of, with the words that show it, such as
    # known_through: {date: 2025-03-03, quote: was opened on Monday}
"""


def add(root: Path, page: str | Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["add", "source", str(page), "--root", str(root), *options], prog_name="variorum")


def refusal(result: Result) -> str:
    """The one line that says why nothing was done."""
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("variorum: ")
    return line.removeprefix("variorum: ")


def known(root: Path) -> Mapping[str, Any]:
    """The sources that sources.yaml lists, in order."""
    read = parse_yaml("", (root / "content/case/sources.yaml").read_bytes().decode())
    assert read.value is not None
    data = read.value.data()
    assert isinstance(data, dict)
    sources = data["sources"]
    assert isinstance(sources, dict)
    return sources


# ---- printing -----------------------------------------------------------------------------------------------------


def test_an_entry_is_printed_and_nothing_written(small_site: Path) -> None:
    put(small_site, {"seeds/three.txt": THREE})
    before = tree(small_site)
    means = add(small_site, small_site / "seeds/three.txt", "--headline-translation", "El puente: abierto")
    headline = "    # headline: The bridge is open\n"
    assert means.stdout == ENTRY.replace(headline, headline + '    # headline_translation: "El puente: abierto"\n')
    result = add(small_site, small_site / "seeds/three.txt")
    assert (result.exit_code, result.stdout) == (0, ENTRY)
    assert tree(small_site) == before
    assert result.stderr.splitlines() == [
        "",
        "seeds/three.txt: 14 words in 2 paragraphs, as it stands there",
        "  first: The bridge is open",
        "  last: The bridge was opened on Monday. It took six years.",
        "Paste it below `sources:` in content/case/sources.yaml, or run this with --write. "
        "Check `body`, and name what is not the article's in `boilerplate`.",
        "Then: variorum add claim --write",
    ]


def test_the_next_step_names_the_briefing_where_there_are_several(small_site: Path) -> None:
    put(
        small_site,
        {"seeds/three.txt": THREE, "content/other/briefing.md": FRONT, "content/other/sources.yaml": "sources: {}"},
    )
    result = add(small_site, small_site / "seeds/three.txt", "--briefing", "case")
    assert result.stderr.endswith("Then: variorum add claim --briefing case --write\n")


def test_what_is_printed_can_be_pasted(small_site: Path) -> None:
    put(small_site, {"seeds/three.txt": THREE})
    put(small_site, {"content/case/sources.yaml": SOURCES + add(small_site, small_site / "seeds/three.txt").stdout})
    assert CliRunner().invoke(main, ["check", "--root", str(small_site)]).exit_code == 0


def test_a_page_says_what_was_left_out(small_site: Path, tmp_path: Path) -> None:
    text = "The bridge over the harbour was opened on Monday, after six years of work."
    put(
        tmp_path,
        {"a.html": f'<html><p>{text}</p><p><a href="x">Read more of that\x1b[2J kind</a></p><p>{text} So.</p>'},
    )
    result = add(small_site, tmp_path / "a.html")
    assert result.exit_code == 0
    assert "  left out, as links, labels or a byline:\n    Read more of that[2J kind\n" in result.stderr


# ---- writing ------------------------------------------------------------------------------------------------------


def test_a_page_is_written_with_its_entry_and_the_site_stays_without_a_fault(small_site: Path) -> None:
    result = add(small_site, PAGES / "graph.html", "--write")
    assert result.exit_code == 0
    assert (small_site / "seeds/the-harbour-gazette.txt").read_bytes() == (PAGES / "graph.txt").read_bytes()
    assert list(known(small_site)) == ["one", "two", "the-harbour-gazette"]
    text = (small_site / "content/case/sources.yaml").read_text("utf-8")
    assert text == SOURCES + result.stdout
    assert "Wrote seeds/the-harbour-gazette.txt and content/case/sources.yaml." in result.stderr
    assert CliRunner().invoke(main, ["check", "--root", str(small_site)]).exit_code == 0


def test_a_text_elsewhere_is_copied_byte_for_byte(small_site: Path, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfThe bridge\r\n\r\nIt is open.\r\n"
    put(tmp_path, {"Pier News.txt": data})
    assert add(small_site, tmp_path / "Pier News.txt", "--write").exit_code == 0
    assert (small_site / "seeds/pier-news.txt").read_bytes() == data
    assert list(known(small_site)) == ["one", "two", "pier-news"]


def test_a_text_in_seeds_is_used_where_it_is(small_site: Path) -> None:
    put(small_site, {"seeds/Any Name_1.txt": THREE})
    assert add(small_site, small_site / "seeds/Any Name_1.txt", "--write").exit_code == 0
    assert known(small_site)["any-name-1"]["article"] == "Any Name_1.txt"
    assert sorted(path.name for path in (small_site / "seeds").iterdir()) == ["Any Name_1.txt", "one.txt", "two.txt"]


def test_names_may_be_chosen(small_site: Path) -> None:
    assert add(small_site, PAGES / "graph.html", "--write", "--id", "gazette", "--name", "Harbour 1.txt").exit_code == 0
    assert known(small_site)["gazette"]["article"] == "Harbour 1.txt"
    assert (small_site / "seeds/Harbour 1.txt").is_file()


def test_names_and_sigla_that_are_taken_are_passed_over(small_site: Path, tmp_path: Path) -> None:
    put(tmp_path, {"one.txt": THREE})
    assert add(small_site, tmp_path / "one.txt", "--write").exit_code == 0
    assert known(small_site)["one-2"] == {
        "siglum": "C",
        "article": "one-2.txt",
        "body": ["The bridge is open", "The bridge was opened on Monday. It took six years."],
    }


def test_the_same_text_is_not_stored_twice(small_site: Path, tmp_path: Path) -> None:
    put(small_site, {"seeds/three.txt": THREE})
    put(tmp_path, {"again.txt": THREE})
    assert add(small_site, tmp_path / "again.txt", "--write").exit_code == 0
    assert known(small_site)["again"]["article"] == "three.txt"
    assert not (small_site / "seeds/again.txt").exists()


@pytest.mark.parametrize("sources", [None, "", "# none yet\n", "sources:\n", "sources: {}\n"])
def test_a_briefing_without_sources_gets_its_first(small_site: Path, sources: str | None) -> None:
    put(
        small_site,
        {"content/case/claims.yaml": "", "content/case/timeline.yaml": "", "content/case/sources.yaml": sources or ""},
    )
    if sources is None:
        (small_site / "content/case/sources.yaml").unlink()
    assert add(small_site, PAGES / "graph.html", "--write").exit_code == 0
    assert [(id_, one["siglum"]) for id_, one in known(small_site).items()] == [("the-harbour-gazette", "A")]
    assert "\n    # known_through: " in (small_site / "content/case/sources.yaml").read_text("utf-8")


# ---- refusals -----------------------------------------------------------------------------------------------------


def test_an_article_that_is_in_the_briefing_is_not_added_again(small_site: Path, tmp_path: Path) -> None:
    assert (
        refusal(add(small_site, small_site / "seeds/one.txt")) == "seeds/one.txt is in the briefing already, as `one`."
    )
    put(tmp_path, {"copy.txt": (small_site / "seeds/one.txt").read_bytes()})
    assert refusal(add(small_site, tmp_path / "copy.txt")) == "seeds/one.txt is in the briefing already, as `one`."


def test_what_is_taken_is_not_overwritten(small_site: Path, tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": THREE})
    put(small_site, {"seeds/b.txt": "Another."})
    before = tree(small_site)
    assert "There is a source `one` already" in refusal(add(small_site, tmp_path / "a.txt", "--id", "one", "--write"))
    assert "another text in seeds/b.txt" in refusal(add(small_site, tmp_path / "a.txt", "--name", "b.txt", "--write"))
    assert "leave out --name" in refusal(add(small_site, small_site / "seeds/b.txt", "--name", "c.txt", "--write"))
    assert tree(small_site) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"caf\xe9", "not UTF-8: byte 0xe9 (line 1, column 4). Save the file as UTF-8."),
        ("a.txt", b"", "has no words in it."),
        ("a.txt", b"\0", "holds the control character U+0000"),
        ("a.txt", b" <!DOCTYPE html><p>Text", "is a web page, not its text. Rename it to .html, and add that."),
        ("a.html", b"<p>caf\xe9", "does not say its encoding, and byte 0xe9 at offset 6 is not UTF-8."),
        ("a.html", b"", "No article was found in this page"),
        ("a.mhtml", b"x", "is neither text nor HTML. Save the page again as “HTML only”."),
        ("a.pdf", b"%PDF-", "is neither text nor HTML. Copy its text into a .txt file"),
        ("a.bin", b"x" * 5_242_881, "is larger than 5 MB."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_cure(
    small_site: Path, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    put(tmp_path, {name: data})
    assert said in refusal(add(small_site, tmp_path / name, "--write"))


def test_files_that_are_none_are_refused(small_site: Path, tmp_path: Path) -> None:
    assert "There is no file" in refusal(add(small_site, tmp_path / "none.txt"))
    assert "There is no file" in refusal(add(small_site, tmp_path))
    assert "A web address starts with https://." in refusal(add(small_site, "www.gazette.example/a"))
    assert "A web address starts with https://." in refusal(add(small_site, "gazette.example/a.html"))
    assert "https://" not in refusal(add(small_site, "gazette.html"))
    assert r"\u001b[2J" in refusal(add(small_site, tmp_path / "a\x1b[2J.txt"))


@pytest.mark.parametrize("sources", ["sources: [a, b\n", "sources: [a]\n", "- sources\n", "sources: text\n", b"\xff"])
def test_a_sources_file_at_fault_is_not_written_to(small_site: Path, sources: str | bytes) -> None:
    put(small_site, {"content/case/sources.yaml": sources, "seeds/three.txt": THREE})
    before = tree(small_site)
    assert "content/case/sources.yaml cannot be read; `variorum check` says why" in refusal(
        add(small_site, small_site / "seeds/three.txt", "--write")
    )
    assert tree(small_site) == before


def test_a_link_in_seeds_is_not_written_through(small_site: Path, tmp_path: Path) -> None:
    put(tmp_path, {"three.txt": THREE})
    (small_site / "seeds/three.txt").symlink_to(tmp_path / "outside.txt")
    result = add(small_site, tmp_path / "three.txt", "--write")
    assert result.exit_code == 1
    assert "is a symbolic link. Nothing was written." in result.stderr
    assert not (tmp_path / "outside.txt").exists()
    assert list(known(small_site)) == ["one", "two"]


def test_the_briefing_has_to_be_named_where_there_are_several(small_site: Path) -> None:
    put(small_site, {path.replace("case", "other"): text for path, text in SMALL.items() if "case" in path and text})
    put(small_site, {"seeds/three.txt": THREE})
    assert "Say which briefing" in refusal(add(small_site, small_site / "seeds/three.txt"))
    assert add(small_site, small_site / "seeds/three.txt", "--briefing", "other").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["file:///etc/passwd"],
        ["ftp://a.example/"],
        ["a.txt", "--id", "No Id"],
        ["a.txt", "--id", "a" * 65],
        ["a.txt", "--name", "../a.txt"],
        ["a.txt", "--name", ".a.txt"],
        ["a.txt", "--name", "a.html"],
        ["a.txt", "--name", "a\n.txt"],
        [],
    ],
)
def test_wrong_usage_is_explained(small_site: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["add", "source", "--root", str(small_site), *arguments], prog_name="variorum")
    assert result.exit_code == 2
    assert "Error: " in result.stderr


# ---- the web ------------------------------------------------------------------------------------------------------


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fetched]:
    """What is answered at each address."""
    answers: dict[str, Fetched] = {}

    def answer(address: str) -> Fetched:
        if address not in answers:
            raise FetchError("nowhere.example cannot be reached: No such name.")
        return answers[address]

    monkeypatch.setattr(fetch, "fetch", answer)
    return answers


def test_a_page_comes_from_the_web(small_site: Path, web: dict[str, Fetched]) -> None:
    data = (PAGES / "legacy.html").read_bytes()
    web["https://hafenbote.example/x"] = Fetched(data, "https://hafenbote.example/y", False, "windows-1252")
    result = add(small_site, "https://hafenbote.example/x", "--write")
    assert result.exit_code == 0
    assert known(small_site)["hafenbote"]["url"] == "https://www.hafenbote.example/stadt/hafenbruecke.html"
    assert (small_site / "seeds/hafenbote.txt").read_bytes() == (PAGES / "legacy.txt").read_bytes()


def test_a_text_comes_from_the_web_with_its_address(small_site: Path, web: dict[str, Fetched]) -> None:
    web["http://pier.example/a.txt"] = Fetched(THREE.encode("utf-16"), "http://pier.example/a.txt", True, "utf-16")
    assert add(small_site, "http://pier.example/a.txt", "--write").exit_code == 0
    assert known(small_site)["pier"]["url"] == "http://pier.example/a.txt"
    assert (small_site / "seeds/pier.txt").read_text("utf-8") == THREE


def test_what_the_web_does_not_give_is_one_line(small_site: Path, web: dict[str, Fetched]) -> None:
    assert web == {}
    assert refusal(add(small_site, "https://nowhere.example/")) == "nowhere.example cannot be reached: No such name."


def test_a_page_cannot_steer_the_terminal(small_site: Path, web: dict[str, Fetched]) -> None:
    evil = "\x1b[2J\u202eevil\u2066\u200b\x9b\r\n# injected: true"
    html = f"""<html lang="{evil}"><head><title>{evil}</title><meta property="og:site_name" content="{evil}">
        <meta name="author" content="{evil}"><meta property="article:published_time" content="{evil}">
        <link rel="canonical" href="https://a.example/{evil}"></head><body><h1>{evil}</h1><p>{evil} It was opened on
        Monday, after six years of work. {evil}</p></body></html>"""
    web["https://a.example/"] = Fetched(html.encode(), "https://a.example/", False, "utf-8")
    result = add(small_site, "https://a.example/", "--write")
    assert result.exit_code == 0
    for line in (*result.stdout.split("\n"), *result.stderr.split("\n")):
        assert line.replace("\u00a0", " ").isprintable()
        assert not line.strip().startswith("# injected")
    assert CliRunner().invoke(main, ["check", "--root", str(small_site)]).exit_code == 0


def test_without_the_package_for_pages_it_is_said_what_to_run(
    small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "trafilatura":
            raise ImportError(name)
        return real(name, *arguments, **more)

    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    assert not available()
    for page in (PAGES / "graph.html", "https://a.example/"):
        assert refusal(add(small_site, page)) == (
            'Web pages need one more package. Run `make web`, or `pip install "variorum[web]"`.'
        )
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "lxml_html_clean" else name)
    said = refusal(add(small_site, PAGES / "graph.html"))
    assert said == "Of what reads web pages, a part is missing. Run `pip install lxml_html_clean`."
    put(small_site, {"seeds/three.txt": THREE})
    assert add(small_site, small_site / "seeds/three.txt").stdout == ENTRY
