"""A site's own templates, words and files over those that came with the builder."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import put
from samples import ROOT

from builder import scan
from builder.freshness import Options, explained
from builder.inputs import StoreError
from builder.overlay import unused, without_dark
from builder.publish import Order, Published, publish
from builder.routes import is_static
from builder.scan import template_file, template_names, templates_of

BAND = "_partials/site-footer.html"


def order(root: Path) -> Order:
    return Order(root, root / "public", root / ".variorum", Options("https://one.example/"))


def built(root: Path, files: dict[str, str] | None = None) -> Published:
    put(root, {f"templates/{name}": text for name, text in (files or {}).items()})
    return publish(order(root))


def page(root: Path, name: str = "case/index.html") -> str:
    return (root / "public" / name).read_text()


def without(text: str, start: str, end: str) -> str:
    return text[: text.index(start)] + text[text.index(end) + len(end) :]


# ---- templates --------------------------------------------------------------------------------------------------


def test_a_file_of_the_site_replaces_ours_and_nothing_else(small_site: Path) -> None:
    built(small_site)
    before = page(small_site)
    built(small_site, {BAND: "<footer>Ours is a small paper.</footer>\n"})
    after = page(small_site)
    assert "<footer>Ours is a small paper.</footer>" in after
    assert without(after, "<footer", "</footer>") == without(before, "<footer", "</footer>")


def test_what_is_replaced_can_be_built_on(small_site: Path) -> None:
    own = '{% extends "variorum/base.html" %}\n{% block top %}<p>News</p>{{ super() }}{% endblock %}\n'
    built(small_site, {"base.html": own})
    text = page(small_site)
    assert text.index("<p>News</p>") < text.index('class="wrap mast"') < text.index("<h1>")


def test_a_template_of_ours_takes_in_the_sites_own_parts_also_where_it_is_built_on(small_site: Path) -> None:
    built(small_site, {"base.html": '{% extends "variorum/base.html" %}', BAND: "<footer>Own.</footer>"})
    assert "<footer>Own.</footer>" in page(small_site)


@pytest.mark.parametrize("own", ['{% extends "base.html" %}', '{% include "base.html" %}'])
def test_what_extends_or_includes_itself_is_told_how_to_name_ours(small_site: Path, own: str) -> None:
    with pytest.raises(StoreError, match=r"templates/base\.html:1: it extends or includes itself\. “variorum/” before"):
        built(small_site, {"base.html": own})


def test_what_is_no_text_is_named_with_its_line(small_site: Path) -> None:
    (small_site / "templates/_partials").mkdir(parents=True)
    (small_site / "templates/_partials/site-footer.html").write_bytes("Fuß\nnote\nä".encode("latin-1"))
    with pytest.raises(StoreError, match=r"site/templates/_partials/site-footer\.html:1: this is not UTF-8\. Open"):
        built(small_site)
    (small_site / "templates/_partials/site-footer.html").write_bytes(b"one\ntwo\n\xff")
    with pytest.raises(StoreError, match=r"site-footer\.html:3: this is not UTF-8"):
        built(small_site)


def test_our_name_leads_to_nothing_of_the_sites(small_site: Path) -> None:
    own = {"404.html": '{% include "variorum/mine.html" %}', "variorum/mine.html": "mine"}
    fault = r"there is no template “variorum/mine\.html” among the builder’s own"
    with pytest.raises(StoreError, match=rf"templates/404\.html:1: {fault}"):
        built(small_site, own)


def test_no_name_leads_out_of_the_folders(small_site: Path) -> None:
    put(small_site, {"secret.html": "secret"})
    for name in ("../secret.html", "variorum/../../secret.html", "variorum//etc/passwd"):
        with pytest.raises(StoreError, match=r"404\.html:1: .*(secret|passwd)"):
            built(small_site, {"404.html": f'{{% include "{name}" %}}'})


def test_a_fault_names_the_file_that_is_at_fault_be_it_ours_or_the_sites(
    small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"variorum/templates/other.html": "", "variorum/builder/scan.py": ""})
    ours = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    put(tmp_path, {f"variorum/{path}": data for path, data in ours.items()})
    monkeypatch.setattr(scan, "BUILDER", str(tmp_path / "variorum/builder"))
    with pytest.raises(StoreError, match=r"/templates/404\.html:2: there is no “nothing” here") as own:
        built(small_site, {"404.html": "\n{{ nothing }}"})
    assert str(small_site.name) in str(own.value)
    (small_site / "templates/404.html").unlink()
    put(tmp_path, {"variorum/templates/404.html": "\n\n{{ nothing }}"})
    with pytest.raises(StoreError, match=r"variorum/templates/404\.html:3: there is no “nothing” here"):
        built(small_site)


# ---- what makes pages stale -------------------------------------------------------------------------------------


def test_a_file_that_comes_changes_or_goes_renews_the_pages_and_the_reason_names_it(small_site: Path) -> None:
    built(small_site)
    steps = (("<footer>1</footer>", "changed"), ("<footer>2</footer>", "changed"), (None, "changed"))
    for text, how in steps:
        if text is None:
            (small_site / "templates" / BAND).unlink()
        done = built(small_site, {BAND: text} if text else None)
        assert explained(done.stale) == [f"everything: templates/{BAND} {how}"]
        assert ("2</footer>" in page(small_site)) is (text == "<footer>2</footer>")
        assert not built(small_site).stale


def test_one_of_ours_that_is_replaced_still_counts_for_it_may_be_built_on(
    small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    put(tmp_path, {f"variorum/{path}": data for path, data in ours.items()} | {"variorum/builder/scan.py": ""})
    monkeypatch.setattr(scan, "BUILDER", str(tmp_path / "variorum/builder"))
    built(small_site, {"base.html": '{% extends "variorum/base.html" %}'})
    base = tmp_path / "variorum/templates/base.html"
    base.write_text(base.read_text().replace("<html ", '<html id="new" '))
    done = built(small_site)
    assert explained(done.stale) == ["everything: variorum/base.html changed"]
    assert '<html id="new" ' in page(small_site)


def test_a_folder_of_templates_that_is_a_link_is_refused(small_site: Path) -> None:
    (small_site / "mine").mkdir()
    (small_site / "templates").symlink_to("mine")
    with pytest.raises(StoreError, match="templates is a symbolic link"):
        built(small_site)


@pytest.mark.parametrize("link", ["404.html", "_partials", "static", "static/css", "static/logo.png", "words"])
def test_a_link_among_the_sites_own_is_refused(small_site: Path, link: str) -> None:
    put(small_site, {"templates/x/y.html": "", "elsewhere/y.css": ""})
    path = small_site / "templates" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(small_site / "elsewhere")
    with pytest.raises(StoreError, match=rf"templates/{link} is not an ordinary file"):
        built(small_site)


# ---- files ------------------------------------------------------------------------------------------------------


def test_what_a_site_says_of_style_stands_last_in_the_one_sheet(small_site: Path) -> None:
    built(small_site)
    before = page(small_site, "static/style.css")
    built(small_site, {"static/css/site.css": ":root { --supports: #0a6b3d }\n"})
    after = page(small_site, "static/style.css")
    assert after.startswith(before.rstrip())
    assert after[len(before.rstrip()) :].split() == [":root{--supports:#0a6b3d}"]
    assert not (small_site / "public/static/css/site.css").exists()


def test_a_sites_own_files_are_published_beside_ours_and_go_with_it(small_site: Path) -> None:
    built(small_site, {"static/img/team-1.png": "png", "static/icon.svg": "<svg/>"})
    assert page(small_site, "static/img/team-1.png") == "png"
    assert page(small_site, "static/icon.svg") == "<svg/>"
    for path in ("img/team-1.png", "icon.svg"):
        (small_site / "templates/static" / path).unlink()
    built(small_site)
    assert not (small_site / "public/static/img").exists()
    assert page(small_site, "static/icon.svg") == (ROOT / "templates/static/icon.svg").read_text()


def test_what_reaches_no_page_is_told(small_site: Path) -> None:
    own = {
        "clam.html": "",
        "_partials/banner.html": "b",
        "404.html": '{% include "_partials/banner.html" %}',
        "static/notes.txt": "",
        "static/Logo.PNG": "",
        "static/style.css": "",
        "words/spanish.txt": "",
        ".claim.html.swp": "",
        "a\x1b[2J.html": "",
    }
    told = [line.removeprefix("  skipped templates/") for line in built(small_site, own).told]
    assert told[-6:] == [
        "a\\u001b[2J.html: it replaces no template, and none of yours names it; “base.html” is meant?",
        "clam.html: it replaces no template, and none of yours names it; “claim.html” is meant?",
        "static/Logo.PNG: only files that end in .css, .js, .svg, .png, .jpg, .webp, .avif, .woff2 are published",
        "static/notes.txt: only files that end in .css, .js, .svg, .png, .jpg, .webp, .avif, .woff2 are published",
        "static/style.css: that sheet is made of several; put yours into css/site.css",
        "words/spanish.txt: here stand catalogues, each named by its language: es.po",
    ]
    assert built(small_site).told[-5:] == built(small_site).told[-5:]


def test_a_colour_that_is_given_for_light_screens_alone_is_told(small_site: Path) -> None:
    own = ":root { --paper: #fff; --ink: light-dark(#000, #eee); --gutter: 1rem }"
    told = [line for line in built(small_site, {"static/css/site.css": own}).told if "site.css" in line]
    assert len(told) == 1
    assert "on dark screens, too, --paper has this value" in told[0]


def test_a_colour_that_is_given_twice_is_not_told() -> None:
    tokens = (ROOT / "templates/static/css/tokens.css").read_text()
    dark = "@media (prefers-color-scheme: dark) { :root { --paper: #111; } }"
    light = "/* --ink: #000; */ :root { --paper: #fff; --rule: #ddd }"
    assert without_dark(f"{light} {dark}", tokens) == ["--rule"]
    assert without_dark(dark, tokens) == without_dark("", tokens) == []


def test_a_message_that_no_page_says_is_told(small_site: Path) -> None:
    words = 'msgid "Claims"\nmsgstr "Theses"\n\nmsgid "Sourcs"\nmsgstr "Texts"\n\nmsgid "My own"\nmsgstr "Mine"\n\n'
    words += 'msgid "%(num)s claim"\nmsgstr "%(num)s thesis"\n'
    own = {"words/en.po": words, BAND: "<footer>{% trans %}My own{% endtrans %}</footer>"}
    told = [line for line in built(small_site, own).told if "words/" in line]
    assert told == [
        "  skipped templates/words/en.po:4: no page says “Sourcs”",
        "  skipped templates/words/en.po:10: pages say “%(num)s claim” of one and have msgid_plural"
        " “%(num)s claims” for more",
    ]
    assert "<footer>Mine</footer>" in page(small_site)


def test_without_templates_of_its_own_a_site_is_told_nothing_of_them(small_site: Path) -> None:
    assert not [line for line in built(small_site).told if "templates" in line]


def test_a_name_that_no_page_could_ask_for_is_told() -> None:
    assert dict(unused(["static/my logo.png", "static/a/b/c/d/e.png"], [], str)).keys() == {
        "static/my logo.png",
        "static/a/b/c/d/e.png",
    }


@pytest.mark.parametrize("path", ["css/site.css", "a.woff2", "img/a-1.png", "1/2/3/x.min.js"])
def test_names_that_are_published(path: str) -> None:
    assert is_static(path)


@pytest.mark.parametrize(
    "path", ["style.css", "a.html", "a.css/", "../a.css", "/a.css", "a..css", ".a.css", "a/../b.css", "A.css", "a.php"]
)
def test_names_that_are_not(path: str) -> None:
    assert not is_static(path)


# ---- where a file stands ----------------------------------------------------------------------------------------


def test_a_templates_place_is_the_sites_before_ours(small_site: Path) -> None:
    put(small_site, {"templates/404.html": "own"})
    folders = templates_of(str(small_site))
    assert template_file(folders, "templates/404.html") == f"{small_site}/templates/404.html"
    assert template_file(folders, "templates/claim.html") == f"{ROOT}/templates/claim.html"
    assert template_file(folders, "variorum/404.html") == f"{ROOT}/templates/404.html"
    assert template_names(f"{small_site}/templates") == ["404.html"]
