"""The whole chain through the command line: what is wrong is told and not published; what is right is."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from whole_site import Result, Site, tree

pytest_plugins = ["whole_site"]

CLAIMS = "content/bridge/claims.yaml"
FRONT = "content/bridge/briefing.md"
RAIN = "rained: {claim: It rained., topic: bridge, evidence: {one: {stance: supports, quote: It rained on Sunday}}}\n"
HEAD = re.compile(r"^(\S[^:]*):(\d+):(\d+): (error|warning)\[([a-z-]+)\]: ", re.MULTILINE)


@pytest.fixture
def two(site: Site) -> Site:
    return site.copy_of("two-briefings")


def heads(result: Result) -> list[tuple[str, int, int, str]]:
    """File, line, column and code of every fault that a command told, in its order."""
    return [(file, int(line), int(column), code) for file, line, column, _, code in HEAD.findall(result.err)]


# ---- faults --------------------------------------------------------------------------------------------------------


def test_one_changed_letter_in_a_quotation_stops_publication(tmp_path: Path) -> None:
    site = Site(tmp_path / "site").copy_of_repository().built()
    before = site.files()
    path = "content/blinken-in-beijing/claims/01-talks.yaml"
    right = "for more than five hours Sunday"
    site.replace(path, f"quote: {right}", "quote: for more than fine hours Sunday")
    text = (site.root / path).read_text("utf-8")
    at = text.index("for more than fine")
    line, column = text.count("\n", 0, at) + 1, at - text.rindex("\n", 0, at)

    result = site.build()

    assert result.code == 1
    assert heads(result)[0] == (path, line, column, "quotation-words")
    assert f"The article has:\n        {right}" in result.err
    assert "1 error" in result.err
    assert "Nothing was written" in result.err
    assert result.out == ""
    assert site.files() == before


@pytest.fixture
def faulty(two: Site) -> Site:
    """Faults in all kinds of files, in both briefings."""
    two.replace(CLAIMS, "reopened on Friday after", "reopened on Monday after")
    two.replace(CLAIMS, "via: [mayor]", "via: [major]")
    two.replace(FRONT, "status: published", "status: publisht")
    two.replace("content/bridge/sources.yaml", "siglum: B", "siglum: A")
    two.replace("content/bridge/timeline.yaml", "date: 2024-03-01", "date: 2024-02-30")
    two.replace("content/harbour/claims.yaml", "stance: supports", "stance: suports")
    return two.replace("site.yaml", "title: Two Briefings", "titel: Two Briefings")


def test_all_faults_of_all_files_are_told_in_order(faulty: Site) -> None:
    result = faulty.build("--drafts")
    found = [(file, code) for file, _, _, code in heads(result)]
    assert result.code == 1
    assert heads(result) == sorted(heads(result))
    assert set(found) == {
        (FRONT, "value-unknown"),
        (CLAIMS, "quotation-words"),
        (CLAIMS, "origin-unknown"),
        ("content/bridge/sources.yaml", "source-duplicate"),
        ("content/bridge/timeline.yaml", "format"),
        ("content/harbour/claims.yaml", "value-unknown"),
        ("site.yaml", "key-unknown"),
    }
    assert len(found) == 7
    assert "7 errors" in result.err
    for cure in ("`published`", "`mayor`", "`supports`", "`title`"):
        assert f"Did you mean {cure}" in result.err
    assert not faulty.public.exists()


def test_the_check_names_the_same_faults_as_the_build(faulty: Site) -> None:
    check, build = faulty.run("check"), faulty.build("--drafts")
    assert check.code == build.code == 1
    assert heads(check) == heads(build)
    rows = json.loads(faulty.run("check", "--format", "json").out)
    assert [(row["file"], row["line"], row["column"], row["code"]) for row in rows] == heads(build)


def test_the_check_writes_nothing(two: Site) -> None:
    before = tree(two.root)
    result = two.run("check")
    assert (result.code, result.err) == (0, "")
    assert "all verified" in result.out
    assert tree(two.root) == before


def test_warnings_stop_publication_only_where_that_is_asked_for(two: Site) -> None:
    two.replace("site.yaml", "excerpt_warning: 90 %", "excerpt_warning: 10 %")
    strict = two.build("--strict")
    assert strict.code == 1
    assert {code for *_, code in heads(strict)} == {"excerpt-share"}
    assert not two.public.exists()
    assert two.build().code == 0
    assert (two.public / "index.html").exists()


def test_a_missing_site_yaml_is_told(two: Site) -> None:
    result = two.remove("site.yaml").build()
    assert result.code == 1
    assert "site.yaml: error[file-missing]" in result.err
    assert not two.public.exists()


def test_an_article_behind_a_symbolic_link_is_refused(two: Site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    (two.root / "seeds/one.txt").rename(secret)
    (two.root / "seeds/one.txt").symlink_to(secret)
    result = two.build()
    assert result.code == 1
    assert "seeds/one.txt: error[symlink]" in result.err
    assert "old bridge" not in result.err
    assert not two.public.exists()


def test_a_fault_in_a_file_with_a_hostile_name_cannot_steer_the_terminal(two: Site) -> None:
    result = two.write("content/bridge/claims/<b>\u202e\x1b[2J{{ 7*191 }}.yaml", "one: {claim: \u202eOne}\n").build()
    assert result.code == 1
    assert "{{ 7*191 }}" in result.err
    assert {char for char in result.err if unicodedata.category(char) in ("Cc", "Cf")} == {"\n"}


def test_a_wrong_option_is_a_wrong_usage(two: Site) -> None:
    for arguments in (["--no-such-option"], ["--base-url", "javascript:alert(1)"], ["--base-url", "ftp://x.example/"]):
        assert two.build(*arguments).code == 2
    assert not two.public.exists()


# ---- drafts and addresses --------------------------------------------------------------------------------------------


def test_a_draft_is_left_out_and_that_is_told(two: Site) -> None:
    result = two.build()
    assert "skipped harbour: a draft" in result.out
    assert not any("harbour" in path or b"harbour" in data for path, data in two.files().items())


def test_a_draft_that_is_asked_for_is_marked_and_in_no_feed(two: Site) -> None:
    two.built("--drafts")
    pages = {path: data for path, data in two.files().items() if path.endswith(".html")}
    marked = {path for path, data in pages.items() if b"Draft: not published" in data}
    assert marked == {path for path in pages if path.startswith("harbour/")}
    assert len(marked) == 8
    assert b"<b>Draft</b>" in pages["index.html"]
    listed = {path: data for path, data in two.files().items() if path.endswith(".xml")}
    assert listed.keys() == {"feed.xml", "sitemap.xml", "sitemap-digest.xml", "bridge/sitemap.xml"}
    assert [path for path, data in listed.items() if b"harbour" in data] == []
    assert [path for path, data in listed.items() if b"bridge" not in data] == ["sitemap-digest.xml"]


def test_the_base_url_changes_every_absolute_address(two: Site) -> None:
    files = two.built("--base-url", "https://elsewhere.example/path").files()
    assert [path for path, data in files.items() if b"two.example/" in data] == []
    address = b"https://elsewhere.example/path/"
    assert b'<link rel="canonical" href="' + address + b'bridge/matrix.html">' in files["bridge/matrix.html"]
    assert b"<id>" + address + b"bridge/</id>" in files["feed.xml"]
    assert b"<loc>" + address + b"bridge/sitemap.xml</loc>" in files["sitemap.xml"]
    assert b"<loc>" + address + b"bridge/</loc>" in files["bridge/sitemap.xml"]
    assert b"Sitemap: " + address + b"sitemap.xml" in files["robots.txt"]
    assert b'href="/path/static/style.css"' in files["404.html"]


def test_without_an_address_the_feed_is_skipped_and_that_is_told(two: Site) -> None:
    result = two.replace("site.yaml", "url: https://two.example/news/", "").build()
    assert result.code == 0
    assert "skipped feed.xml and the sitemaps: no address" in result.out
    assert [path for path in two.files() if path.endswith(".xml")] == []


# ---- the output ------------------------------------------------------------------------------------------------------


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file and folder was changed, and which one it is."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in [folder, *folder.rglob("*")]}


def test_a_second_build_touches_nothing(two: Site) -> None:
    two.built()
    before = stamps(two.public)
    result = two.build()
    assert "written" not in result.out
    assert "(nothing changed)" in result.out
    assert stamps(two.public) == before


def test_building_all_again_touches_nothing_either(two: Site) -> None:
    two.built()
    before = stamps(two.public)
    result = two.build("--all")
    assert "written" not in result.out
    assert f"({len(two.files())} unchanged files)" in result.out
    assert stamps(two.public) == before


def test_an_edit_rewrites_only_the_pages_that_show_it(two: Site) -> None:
    before = two.built().files()
    kept = stamps(two.public)
    two.replace(CLAIMS, "The repairs cost 4.2 million.\n", "The repairs cost some 4.2 million.\n").built()
    changed = {path for path, data in two.files().items() if before[path] != data}
    assert {"bridge/index.html", "bridge/matrix.html", "bridge/claims/cost.html"} <= changed
    assert not changed & {"index.html", "how-to-read.html", "static/style.css", "feed.xml", "bridge/timeline.html"}
    now = stamps(two.public)
    same = [str(two.public / path) for path in before.keys() - changed]
    assert {path: now[path] for path in same} == {path: kept[path] for path in same}


def test_the_same_site_elsewhere_has_the_same_bytes(two: Site, tmp_path: Path) -> None:
    other = Site(tmp_path / "other").copy_of("two-briefings").built("--drafts")
    assert two.built("--drafts").files() == other.files()


def test_the_output_may_be_elsewhere(two: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "deep" / "elsewhere"
    assert two.build("--output", elsewhere).code == 0
    assert not two.public.exists()
    assert tree(elsewhere) == two.built().files()


@pytest.mark.parametrize("place", ["content", "seeds", "content/bridge", ".."])
def test_the_output_may_not_be_where_the_content_is(two: Site, place: str) -> None:
    before = tree(two.root)
    assert two.build("--output", two.root / place).code == 1
    after = {path: data for path, data in tree(two.root).items() if not path.startswith(".variorum/")}
    assert after == before


def test_a_foreign_file_in_the_output_survives(two: Site) -> None:
    two.built().write("public/CNAME", "two.example\n").write("public/bridge/notes.txt", "mine")
    two.replace(FRONT, "title: The bridge reopens", "title: The bridge is open").built()
    assert two.files()["CNAME"] == b"two.example\n"
    assert two.files()["bridge/notes.txt"] == b"mine"
    assert b"The bridge is open" in two.files()["index.html"]
    assert two.run("clean").code == 0
    assert two.files().keys() == {"CNAME", "bridge/notes.txt"}


def test_a_foreign_file_in_the_place_of_a_page_is_not_overwritten(two: Site) -> None:
    result = two.write("public/index.html", "mine").build()
    assert result.code == 1
    assert "index.html" in result.err
    assert two.files() == {"index.html": b"mine"}


def test_the_page_of_a_removed_claim_goes_away(two: Site) -> None:
    page = two.built().public / "bridge/claims/cost.html"
    assert page.exists()
    claims = (two.root / CLAIMS).read_text("utf-8")
    two.write(CLAIMS, claims[: claims.index("cost:")]).built()
    assert not page.exists()
    assert [path for path, data in two.files().items() if b"claims/cost.html" in data] == ["bridge/index.html"]  # prose


def test_the_pages_of_a_removed_briefing_go_away_with_their_folders(two: Site) -> None:
    two.built("--drafts")
    two.remove("content/harbour").built("--drafts")
    assert not (two.public / "harbour").exists()
    assert (two.public / "bridge/index.html").exists()


# ---- sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("remains", ["an empty folder", "no folder"])
def test_a_site_without_briefings_is_a_digest(two: Site, remains: str) -> None:
    two.remove("content")
    if remains == "an empty folder":
        (two.root / "content").mkdir()
    two.built()
    pages = {path for path in two.files() if path.endswith(".html")}
    assert pages == {"index.html", "search.html", "how-to-read.html", "corrections.html", "404.html"}
    assert b"No briefings yet" in two.files()["index.html"]


def test_a_second_briefing_is_a_folder_more_and_nothing_else(site: Site) -> None:
    site.copy_of("minimal").write(
        "seeds/again.txt", "It rained on Sunday, all day long, and so the fair by the river was called off."
    )
    first = site.built().files()
    shutil.copytree(site.root / "content/bridge", site.root / "content/rain")
    site.replace("content/rain/briefing.md", "title: The bridge reopens", "title: It rains")
    site.replace("content/rain/sources.yaml", "article: one.txt", "article: again.txt")
    site.replace("content/rain/sources.yaml", "[The old bridge, Buses use it again.]", "[It rained, called off.]")
    site.write("content/rain/claims.yaml", RAIN)
    files = site.built().files()
    assert {path: data for path, data in files.items() if path.startswith("bridge/")} == {
        path: data for path, data in first.items() if path.startswith("bridge/")
    }
    new = {path for path in files if path not in first}
    assert {path.replace("rain/", "bridge/").replace("rained", "reopened") for path in new} <= first.keys()
    assert "rain/claims/rained.html" in new
    assert b"It rains" in files["index.html"]


def many(site: Site, sources: int, claims: int) -> Site:
    """A site with one large briefing, every claim in every source."""
    numbers = range(1, claims + 1)
    site.write("site.yaml", "title: Many\nurl: https://many.example/\nlimits: {excerpt_maximum: 100 %}\n")
    topics = "\n".join(f"  topic-{n}: Topic {n}" for n in range(3))
    site.write(
        "content/many/briefing.md",
        "---\ntitle: Many\nsummary: Many.\nstatus: published\ndate: 2024\npublished: 2024-02-01\n"
        f"topics:\n{topics}\n---\n",
    )
    entries = []
    for source in range(sources):
        sentences = [f"Text {source} says that number {n} of the many things did happen at last." for n in numbers]
        site.write(f"seeds/{source:02}.txt", "\n".join(sentences))
        body = f"[{sentences[0]}, {sentences[-1]}]"
        entries.append(f"  source-{source}: {{siglum: {chr(65 + source)}, article: {source:02}.txt, body: {body}}}")
    site.write("content/many/sources.yaml", "sources:\n" + "\n".join(entries) + "\n")
    written = []
    for n in numbers:
        cells = "".join(f"    source-{s}: {{stance: supports, quote: number {n} of}}\n" for s in range(sources))
        written.append(f"claim-{n}:\n  claim: Number {n} happened.\n  topic: topic-{n % 3}\n  evidence:\n{cells}")
    return site.write("content/many/claims.yaml", "".join(written))


def test_a_matrix_of_fourteen_sources_is_whole_and_scrolls_inside_its_region(site: Site) -> None:
    page = many(site, 14, 12).built().pages()["many/matrix.html"]
    cells = [element for element in page.all("td") if element.get("class").startswith("supports")]
    assert len(cells) == 14 * 12
    assert [element.get("class") for element in page.all("div") if element.get("role") == "region"] == ["scroll many"]
    assert len(page.all("q")) == 14 * 12
    hideable = [element.get("id") for element in page.all("input") if element.get("type") == "checkbox"]
    assert hideable == [f"h{number}" for number in range(1, 15)]


def test_no_order_of_folders_or_environment_changes_a_byte(two: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = two.built("--drafts").files()
    for key, value in {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}.items():
        monkeypatch.setenv(key, value)
    shutil.rmtree(two.public)
    assert two.run_apart("build", "--drafts").code == 0
    assert two.files() == first
