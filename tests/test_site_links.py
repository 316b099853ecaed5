"""Every link leads somewhere, nothing is loaded from elsewhere, and what a stranger wrote comes out as text."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from whole_site import Element, Page, Site, target

pytest_plugins = ["whole_site"]

CASES = ("edges", "hostile", "languages", "minimal", "two-briefings")
LINKS = ("href", "src", "cite", "action", "poster", "data", "srcset")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = "https://variorum.example/"


@pytest.fixture(scope="session")
def sites(sample: Site, sample_local: Site, crowded: Site, cases: dict[str, Site]) -> dict[str, Site]:
    return {"sample": sample, "sample-local": sample_local, "crowded": crowded, **cases}


@pytest.fixture(params=["sample", "sample-local", "crowded", *CASES])
def any_site(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Site:
    return sites[request.param]


@pytest.fixture(params=["sample", "sample-local", "crowded", *(case for case in CASES if case != "hostile")])
def friendly_site(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Site:
    """Without `hostile`, whose Markdown links to places within the site that do not exist."""
    return sites[request.param]


def links(page: Page) -> Iterator[tuple[Element, str]]:
    for element in page.elements:
        yield from ((element, element.attributes[name]) for name in LINKS if name in element.attributes)


def broken(site: Site) -> Iterator[str]:
    """Links and fragments that lead nowhere."""
    files, pages = site.files(), site.pages()
    ids = {path: set(page.ids()) for path, page in pages.items()}
    icon = next(link.get("href") for link in pages["404.html"].all("link") if link.get("rel") == "icon")
    base = icon.removesuffix("static/icon.svg")  # 404.html stands in for any address, so it starts at the site's path
    for path, page in pages.items():
        for element, link in links(page):
            found = target(path, link.removeprefix(base) if path == "404.html" else link)
            if found is None:
                continue
            file, fragment = found
            if file not in files or (fragment and fragment not in ids.get(file, ())):
                yield f"{path}: <{element.tag}> {link}"


# ---- links -------------------------------------------------------------------------------------------------------


def test_every_link_and_fragment_leads_somewhere(friendly_site: Site) -> None:
    assert list(broken(friendly_site)) == []


def test_a_planted_broken_link_is_found(site: Site) -> None:
    site.copy_of("minimal").built()
    index = site.public / "index.html"
    index.write_text(index.read_text("utf-8").replace('href="#main"', 'href="#mian"'), "utf-8")
    (site.public / "bridge/matrix.html").unlink()
    found = list(broken(site))
    assert "index.html: <a> #mian" in found
    assert "bridge/index.html: <a> matrix.html" in found


def test_from_the_digest_every_briefing_is_two_clicks_away(crowded: Site) -> None:
    pages = crowded.pages()

    def reached(path: str) -> set[str]:
        places = [
            target(path, link.removeprefix("/news/")) for element, link in links(pages[path]) if element.tag == "a"
        ]
        return {place[0] for place in places if place}

    fronts = {path for path in pages if path.count("/") == 1 and path.endswith("/index.html")}
    assert len(fronts) == 15
    assert fronts <= reached("archive.html")
    for path in ("index.html", "404.html"):
        assert "archive.html" in reached(path)
        assert len(fronts & reached(path)) == 12


def test_the_archive_is_a_list_under_years(crowded: Site) -> None:
    html = crowded.files()["archive.html"].decode()
    listed = re.findall(r'<h2>(\d+)</h2>|href="bridge-?(\d*)/index\.html"', html)
    assert [year or number for year, number in listed] == [
        *("2025", "13", "11", "9", "7", "5", "3", "1"),
        *("2024", "14", "12", "10", "8", "6", "4", "2", ""),
    ]


def test_all_links_within_the_site_are_relative(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        if path != "404.html":  # see `broken`
            assert [link for _, link in links(page) if link.startswith(("/", "\\", "file:"))] == [], path


def test_without_an_address_not_even_404_starts_at_the_servers_root(sample_local: Site) -> None:
    page = sample_local.pages()["404.html"]
    assert [link for _, link in links(page) if link.startswith("/")] == []


def test_only_what_a_reader_clicks_leads_out_of_the_site(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        for element, link in links(page):
            leaves = target(path, link) is None
            canonical = element.tag == "link" and element.get("rel") == "canonical"
            assert not leaves or element.tag == "a" or canonical, (path, element)


def test_links_out_of_the_site_are_web_and_mail_addresses_only(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        leaving = [link for _, link in links(page) if target(path, link) is None]
        assert [link for link in leaving if not link.startswith(("https://", "http://", "mailto:"))] == [], path


def test_the_style_sheet_loads_nothing(any_site: Site) -> None:
    style = any_site.files()["static/style.css"].decode()
    assert "@import" not in style
    assert re.findall(r"url\(\s*[\"']?(?!data:|#)", style) == []


def test_no_file_is_left_without_a_link_to_it(sample: Site) -> None:
    found = [(path, target(path, link)) for path, page in sample.pages().items() for _, link in links(page)]
    linked = {place[0] for path, place in found if place and place[0] != path}
    previews = [
        e.get("content")
        for page in sample.pages().values()
        for e in page.all("meta")
        if e.get("property") == "og:image"
    ]
    linked |= {address.removeprefix(ADDRESS) for address in previews}
    data = {path for path in sample.files() if "/data/" in path}
    data |= {"static/js/lookup.js", "static/js/hits.js"}  # the search page's script loads them
    data |= {"static/js/moved.js"}  # for pages at addresses of earlier times, of which the sample has none
    data |= {"static/css/many.css"}  # for a matrix of more sources than the sample has
    sitemaps = {"sitemap.xml", "sitemap-digest.xml", "blinken-in-beijing/sitemap.xml"}
    assert sample.files().keys() - linked - data == {"404.html", "robots.txt", *sitemaps}


# ---- pages -------------------------------------------------------------------------------------------------------


def test_ids_are_unique_on_each_page(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        assert sorted(page.ids()) == sorted(set(page.ids())), path


def test_ids_that_one_element_names_are_those_of_another(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        named = [id_ for element in page.elements for name in REFERENCES for id_ in element.get(name).split()]
        painted = [match for e in page.elements for value in e.attributes.values() for match in urls(value)]
        assert set(named + painted) <= set(page.ids()), path


def urls(value: str) -> list[str]:
    return re.findall(r"^url\(#([^)]+)\)$", value)


def test_no_page_has_inline_styles_scripts_or_handlers(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        assert page.all("style") == [], path
        assert [element for element in page.all("script") if not element.get("src")] == [], path
        for element in page.elements:
            assert [name for name in element.attributes if name == "style" or name.startswith("on")] == [], path


def test_every_page_has_a_policy_that_allows_only_its_own_files(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        (policy,) = [m.get("content") for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'", path
        assert set(rules.values()) == {"'none'", "'self'"}, path


def test_the_policy_stands_before_anything_that_it_governs(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        tags = [
            element.tag for element in page.elements if element.get("http-equiv") or element.tag in ("link", "script")
        ]
        assert tags[0] == "meta", path


def test_each_page_has_a_title_of_its_own_and_a_description(sample: Site) -> None:
    html = [data.decode() for path, data in sample.files().items() if path.endswith(".html")]
    titles = [re.findall(r"<title>([^<]+)</title>", page.partition("</head>")[0]) for page in html]
    assert {len(found) for found in titles} == {1}
    assert [title for title in titles if titles.count(title) > 1] == []
    assert all(re.findall(r'<meta name="description" content="[^"]+">', page) for page in html)


def test_one_thing_is_counted_in_the_singular(cases: dict[str, Site]) -> None:
    for path, data in cases["minimal"].files().items():
        words = re.sub(r"</?b>", "", data.decode())
        assert re.findall(r"\b1 (?:sources|claims|cells|texts|words|events)\b", words) == [], path


def test_each_page_names_its_own_address(sample: Site) -> None:
    for path, page in sample.pages().items():
        canonical = [element.get("href") for element in page.all("link") if element.get("rel") == "canonical"]
        assert canonical == ([] if path == "404.html" else [ADDRESS + path.removesuffix("index.html")])


def test_sigla_that_differ_only_in_case_are_refused_or_have_ids_of_their_own(site: Site) -> None:
    path = "content/bridge/sources.yaml"
    site.copy_of("two-briefings").replace(path, "siglum: A", "siglum: Ab").replace(path, "siglum: B", "siglum: AB")
    if site.build().code:
        return
    for path, page in site.pages().items():
        assert sorted(page.ids()) == sorted(set(page.ids())), path


@pytest.mark.parametrize("date", ["2024-03~", "2024-03-05/2024-03-06", "2024-21"])
def test_a_correction_of_any_date_has_a_time_that_programs_can_read(site: Site, date: str) -> None:
    path = "content/bridge/briefing.md"
    if site.copy_of("two-briefings").replace(path, "{date: 2024-03-05,", f"{{date: {date},").build().code:
        return
    for path, page in site.pages().items():
        moments = [element.attributes["datetime"] for element in page.all("time") if "datetime" in element.attributes]
        assert [moment for moment in moments if not re.fullmatch(r"\d{4}(-\d\d(-\d\d(T.+)?)?)?", moment)] == [], path


# ---- feed, sitemap, robots -----------------------------------------------------------------------------------------


def file_of(address: str, base: str) -> str:
    assert address.startswith(base)
    path = address.removeprefix(base)
    return posixpath.join(path, "index.html") if path.endswith("/") or not path else path


def moments_of(feed: ElementTree.Element) -> list[str]:
    return [element.text or "" for name in ("updated", "published") for element in feed.iter(f"{ATOM}{name}")]


def is_moment(text: str) -> bool:
    """Whether it is a date and time by RFC 3339 that the calendar has."""
    try:
        return bool(RFC_3339.fullmatch(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


def test_the_feed_reads_without_a_complaint(sample: Site) -> None:
    feed = feedparser.parse(sample.files()["feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == ["Blinken in Beijing"]


@pytest.mark.parametrize("name", ["sample", "edges", "hostile", "languages", "two-briefings"])
def test_the_feed_has_what_rfc_4287_asks_for(sites: dict[str, Site], name: str) -> None:
    root = ElementTree.fromstring(sites[name].files()["feed.xml"])
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for child in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{child}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert all(entry.find(f"{ATOM}summary") is not None for entry in root.iter(f"{ATOM}entry"))
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert [moment for moment in moments_of(root) if not is_moment(moment)] == []


def test_the_addresses_in_feed_and_sitemap_are_files_of_the_site(sample: Site) -> None:
    files = sample.files()
    feed = ElementTree.fromstring(files["feed.xml"])
    addresses = [element.get("href", "") for element in feed.iter(f"{ATOM}link")]
    assert {file_of(address, ADDRESS) for address in addresses} <= files.keys()
    locations = [place for data in sitemaps_of(files) for place in addresses_in(data)]
    assert sorted(locations) == sorted(sample.pages().keys() - {"404.html", "blinken-in-beijing/worksheet-key.html"})


def addresses_in(data: bytes) -> list[str]:
    """The files of the site whose addresses a sitemap lists."""
    found = [element.text or "" for element in ElementTree.fromstring(data).iter(f"{SITEMAP}loc")]
    return [file_of(address, ADDRESS) for address in found]


def sitemaps_of(files: dict[str, bytes]) -> list[bytes]:
    """The sitemaps that the index names."""
    return [files[path] for path in addresses_in(files["sitemap.xml"])]


def test_every_sitemap_stands_in_the_index(sample: Site) -> None:
    every = {path for path in sample.files() if posixpath.basename(path).startswith("sitemap")}
    assert sorted(addresses_in(sample.files()["sitemap.xml"])) == sorted(every - {"sitemap.xml"})


def test_the_sitemaps_give_each_date_as_a_day(sites: dict[str, Site]) -> None:
    for name in ("sample", "edges", "hostile", "languages", "two-briefings"):
        found = {path: data for path, data in sites[name].files().items() if posixpath.basename(path) == "sitemap.xml"}
        assert len(found) > 1
        for path, data in found.items():
            root = ElementTree.fromstring(data)
            assert root.tag == SITEMAP + ("urlset" if "/" in path else "sitemapindex")
            days = [element.text or "" for element in root.iter(f"{SITEMAP}lastmod")]
            assert days
            assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_robots_may_read_everything_and_find_the_sitemap(sample: Site, sample_local: Site) -> None:
    assert sample.files()["robots.txt"] == f"User-agent: *\nAllow: /\nSitemap: {ADDRESS}sitemap.xml\n".encode()
    assert b"Sitemap" not in sample_local.files()["robots.txt"]


def test_without_an_address_there_is_neither_feed_nor_sitemap_nor_a_link_to_them(sample_local: Site) -> None:
    found = {path for path in sample_local.files() if path.endswith(".xml")}
    assert found == {"blinken-in-beijing/data/apparatus.xml"}  # its addresses are relative
    rels = {link.get("rel") for page in sample_local.pages().values() for link in page.all("link")}
    assert rels == {"icon", "stylesheet"}


@pytest.mark.parametrize(
    "date", ["2023-06", "2023-06~", "2023-21", "2023/2024", "2023-06-19T10:33Z", "2023-06-19T10:33+08:00"]
)
def test_whatever_date_a_briefing_was_published_at_the_feed_is_valid(site: Site, date: str) -> None:
    path = "content/bridge/briefing.md"
    result = (
        site.copy_of("minimal")
        .replace(path, "published: 2024-03-02", f"published: {date}")
        .build("--base-url", "https://one.example/")
    )
    if result.code:  # to refuse what the feed cannot say is as good
        assert "briefing.md:6:" in result.err
        return
    moments = moments_of(ElementTree.fromstring(site.files()["feed.xml"]))
    assert len(moments) == 3
    assert [moment for moment in moments if not is_moment(moment)] == []


@pytest.mark.parametrize("address", ["https://one.example/{x}/", "https://one.example/%zz/"])
def test_an_address_that_is_none_by_rfc_3986_is_refused(site: Site, address: str) -> None:
    result = site.copy_of("minimal").write("site.yaml", f"title: One\nurl: {address}\n").build()
    assert result.code == 1
    assert "site.yaml:2:6: error[format]" in result.err


@pytest.mark.parametrize("character", ["\\uFFFE", "\\U0001FFFE"])
def test_a_character_that_xml_forbids_is_refused_or_left_out_of_the_feed(site: Site, character: str) -> None:
    site.copy_of("minimal").replace(
        "content/bridge/briefing.md", "One text tells of a bridge.", f'"One{character}text"'
    )
    result = site.build("--base-url", "https://one.example/")
    if result.code:
        assert "briefing.md:3:" in result.err
    else:
        assert ElementTree.fromstring(site.files()["feed.xml"]).tag.endswith("feed")


# ---- what a stranger may write -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def hostile(cases: dict[str, Site]) -> Site:
    return cases["hostile"]


def test_nothing_hostile_becomes_an_element_or_an_attribute(hostile: Site, sites: dict[str, Site]) -> None:
    def kinds(site: Site) -> set[tuple[str, str]]:
        every = (element for page in site.pages().values() for element in page.elements)
        return {(element.tag, name) for element in every for name in ["", *element.attributes]}

    known = set.union(*(kinds(site) for name, site in sites.items() if name != "hostile"))
    assert kinds(hostile) - known <= {("code", ""), ("a", "title")}  # these two are Markdown's own


def test_nothing_hostile_becomes_an_element_of_a_picture(hostile: Site, sample: Site) -> None:
    def tags(site: Site) -> set[str]:
        pictures = [data for path, data in site.files().items() if path.endswith(".svg")]
        return {element.tag for picture in pictures for element in ElementTree.fromstring(picture).iter()}

    assert tags(hostile) <= tags(sample)


def test_nothing_hostile_becomes_a_comment_or_a_declaration(any_site: Site) -> None:
    assert {path: page.oddities for path, page in any_site.pages().items() if page.oddities} == {}


def test_only_scripts_of_the_site_itself_are_named(any_site: Site) -> None:
    for path, page in any_site.pages().items():
        scripts = {target(path, element.get("src")) for element in page.all("script")}
        assert scripts <= {(f"static/js/{name}.js", "") for name in ("matrix", "cite", "moved", "search")}


def test_no_template_is_evaluated_and_its_marks_are_printed(hostile: Site) -> None:
    files, pages = hostile.files(), hostile.pages()
    assert [path for path, data in files.items() if b"1337" in data] == []
    assert all("{{ 7*191 }}" in page.text for page in pages.values())
    prose = pages["attack/index.html"].text
    for marks in (
        "{% raw %}",
        "]]>",
        "<!-- a comment -->",
        '<script>alert("prose")</script>',
        "[one](javascript:alert(1))",
    ):
        assert marks in prose
    assert "{# gone #} ${7*191} <%= 7*191 %> &lt;b&gt;" in pages["index.html"].text


def test_hostile_words_reach_feed_and_data_letter_by_letter(hostile: Site) -> None:
    files = hostile.files()
    data = json.loads(files["attack/data/briefing.json"])
    assert data["title"] == '"><script>alert("briefing")</script> & \'quotes\' ]]> {{ 7*191 }}'
    feed = ElementTree.fromstring(files["feed.xml"])
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == data["title"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == data["summary"]


def test_no_cell_of_the_table_is_a_formula(hostile: Site) -> None:
    text = hostile.files()["attack/data/matrix.csv"].decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert {"'=1+1", "'-5", "'-1+1"} <= set(cells)


def test_markdown_links_that_could_run_are_no_links(hostile: Site) -> None:
    hrefs = [element.get("href") for page in hostile.pages().values() for element in page.all("a")]
    assert [href for href in hrefs if re.match(r"\s*(javascript|data|vbscript|file):|//|\\", href, re.IGNORECASE)] == []
    assert "https://ok.example/" in hrefs


def test_an_article_with_an_unusual_name_is_named_whole(hostile: Site) -> None:
    page = hostile.pages()["attack/sources/attacker.html"]
    assert page.all("main")[0].get("data-article") == "北京 report. no-1.txt"
