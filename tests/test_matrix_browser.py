"""The matrix in a browser: filters, orders and words by script and without, the keyboard, and what sticks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from quality.barriers import violations
from quality.sight import IN_SIGHT
from sized import sized_site
from whole_site import Site

pytest_plugins = ["whole_site"]

SHOWN = "[...document.querySelectorAll('.matrix tr[id]')].filter(row => row.checkVisibility()).map(row => row.id)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a matrix of 31 claims and 20 sources, of which only what is in sight is laid out."""
    site = Site(sized_site(tmp_path_factory.mktemp("large") / "site", 31, 20)).built()
    return (site.public / "harbour/matrix.html").as_uri()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a matrix of 24 claims and 5 sources."""
    site = Site(sized_site(tmp_path_factory.mktemp("small") / "site", 24, 5)).built()
    return (site.public / "harbour/matrix.html").as_uri()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1440, height: int = 900, **options: Any) -> Iterator[Tab]:
    errors: list[str] = []
    with browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **options
    ) as context:
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.append(message.text))
        tab = context.new_page()
        tab.goto(address)
        yield tab
        assert errors == []


def shown(tab: Tab, *, scripts: bool = True) -> list[str]:
    if scripts:  # The browser tells of another address a little later than it shows it.
        tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    ids: list[str] = tab.evaluate(SHOWN)
    return ids


def chip(tab: Tab, name: str) -> None:
    tab.locator(f"a.chip[href='#{name}']").click()


# ---- with the script -----------------------------------------------------------------------------------------------


def test_filters_combine_and_stand_in_the_address(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        every = shown(tab)
        chip(tab, "disputed")
        disputed = shown(tab)
        tab.locator("summary").click()
        chip(tab, "topic-money")
        both = shown(tab)
        assert 0 < len(both) < len(disputed) < len(every)
        assert set(both) == {row for row in disputed if row.startswith("claim-money")}
        assert tab.url == f"{small}#disputed&topic-money"
        expect(tab.locator("#live")).to_have_text(f"{len(both)} of {len(every)} claims shown")
        tab.go_back()
        assert shown(tab) == disputed
        tab.go_back()
        assert shown(tab) == every


def test_an_address_restores_all_that_was_chosen(browser: Browser, small: str) -> None:
    address = f"{small}#disputed&topic-money&without=text-c&q=the&sort=time&view=dense"
    with opened(browser, address) as tab:
        rows = shown(tab)
        assert 0 < len(rows) < 4
        assert all("money" in row for row in rows)
        cells = tab.locator(f"#{rows[0]} td")
        assert [cell.is_visible() for cell in cells.all()] == [True, True, False, True, True]
        assert tab.locator("#symbols").is_checked()
        assert tab.get_by_label("Find words").input_value() == "the"
        assert tab.get_by_label("Order").input_value() == "time"
        tab.get_by_role("link", name="All", exact=False).first.click()
        assert len(shown(tab)) == 24
        assert tab.url == f"{small}#without=text-c&view=dense&sort=time", "how it is shown stays"


def test_the_way_to_a_part_of_the_page_takes_no_filter_away(browser: Browser, small: str) -> None:
    with opened(browser, f"{small}#disputed&topic-money") as tab:
        rows = shown(tab)
        tab.evaluate("location.hash = 'main'")  # as the skip link does
        assert 0 < len(rows) == len(shown(tab)) < 24


def test_a_filter_can_be_opened_in_another_tab(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        with tab.context.expect_page() as other:
            tab.locator("a.chip[href='#disputed']").click(modifiers=["ControlOrMeta"])
        assert other.value.url == f"{small}#disputed"
        assert (tab.url, len(shown(tab))) == (small, 24)


def test_a_second_click_takes_a_filter_away_and_another_of_its_kind_replaces_it(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        every = shown(tab)
        chip(tab, "disputed")
        chip(tab, "qualified")
        assert tab.url == f"{small}#qualified"
        chip(tab, "qualified")
        assert tab.url == f"{small}#all"
        assert shown(tab) == every
        assert tab.locator("#all").get_attribute("aria-current") == "true"


def test_a_stance_and_a_source_together_mean_that_source_s_stance(browser: Browser, small: str) -> None:
    with opened(browser, f"{small}#contradicts&source-text-b") as tab:
        rows = shown(tab)
        assert rows
        for row in rows:
            assert tab.locator(f"#{row} td").nth(1).get_attribute("class") == "contradicts"
        wide = tab.locator("tr[id]:has(td.contradicts)").count()
        assert len(rows) < wide


def test_words_are_found_as_one_types_and_an_empty_result_offers_all(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        every = len(shown(tab))
        find = tab.get_by_label("Find words")
        find.press_sequentially("MILLION euros")
        found = shown(tab)
        assert 0 < len(found) < every
        assert all("money" in row for row in found)
        find.press("Enter")
        assert tab.url == f"{small}#q=MILLION+euros"
        find.fill("no such word <img>")
        find.press("Enter")
        assert shown(tab) == []
        expect(tab.locator("#live")).to_have_text(f"0 of {every} claims shown")
        tab.get_by_role("link", name="Show all").click()
        assert len(shown(tab)) == every
        assert find.input_value() == ""


def test_a_form_that_the_browser_empties_on_the_way_back_is_filled_again(browser: Browser, small: str) -> None:
    with opened(browser, f"{small}#q=euros&sort=time&view=dense") as tab:
        tab.evaluate(
            "document.forms[0].reset(); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
        )
        expect(tab.get_by_label("Find words")).to_have_value("euros")
        expect(tab.get_by_label("Order")).to_have_value("time")
        expect(tab.get_by_label("Symbols only")).to_be_checked()


def test_other_orders_put_what_is_disputed_or_early_first_and_back_as_written(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        written = shown(tab)
        tab.get_by_label("Order").select_option("disagreement")
        status = [tab.locator(f"#{row}").get_attribute("class") for row in shown(tab)]
        number = status.count("disputed")
        assert 0 < number == status[:number].count("disputed")
        assert sorted(shown(tab)) == sorted(written)
        assert tab.url == f"{small}#sort=disagreement"
        tab.get_by_label("Order").select_option("")
        assert shown(tab) == written


def test_a_row_that_is_aimed_at_is_shown_whatever_was_filtered(browser: Browser, small: str) -> None:
    with opened(browser, f"{small}#q=euros&sort=time") as tab:
        hidden = next(
            row for row in tab.locator("tr[id]").evaluate_all("r => r.map(one => one.id)") if row not in shown(tab)
        )
        tab.evaluate("id => { location.hash = id }", hidden)
        expect(tab.locator(f"#{hidden}")).to_be_in_viewport()
        assert len(shown(tab)) == 24
        box, head = tab.locator(f"#{hidden}").bounding_box(), tab.locator("thead th").nth(1).bounding_box()
        assert box is not None
        assert head is not None
        assert box["y"] >= head["y"] + head["height"] - 1


@pytest.mark.parametrize(
    "hash_", ["#%E0%A4%A", "#disputed&disputed&sort=x&view=y&without=%00", "#q=%3Cb%3E&__proto__=1", "#source-x"]
)
def test_a_strange_address_breaks_nothing(browser: Browser, small: str, hash_: str) -> None:
    with opened(browser, small + hash_) as tab:
        assert len(shown(tab)) in (0, 24, tab.locator("tr.disputed").count())
        chip(tab, "all")
        assert len(shown(tab)) == 24


# ---- without it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1440])
def test_without_a_script_links_filter_by_status_stance_topic_and_source(
    browser: Browser, small: str, width: int
) -> None:
    with opened(browser, small, width, java_script_enabled=False) as tab:
        every = tab.locator("tr[id]").evaluate_all("rows => rows.map(row => row.id)")
        assert len(shown(tab, scripts=False)) == 24
        tab.locator("summary").click()
        for link in tab.locator("a.chip").all():
            link.click()
            assert len(shown(tab, scripts=False)) == int(link.locator("b").last.inner_text()), link.inner_text()
        assert not tab.get_by_label("Find words").is_visible()
        assert not tab.locator(".found").is_visible()
        chip(tab, "topic-money")
        assert tab.locator("tbody").evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 1
        tab.get_by_role("link", name="Show all", exact=True).click()
        assert shown(tab, scripts=False) == every


def test_without_a_script_any_of_twenty_columns_can_be_hidden(browser: Browser, large: str) -> None:
    with opened(browser, large, java_script_enabled=False) as tab:
        tab.locator("summary").click()
        tab.locator("label", has=tab.locator("#h1")).click()
        tab.locator("label", has=tab.locator("#h20")).click()
        for row in ("thead tr", "tr[id]"):
            seen = (
                tab.locator(row)
                .first.locator("> :not(:first-child)")
                .evaluate_all("all => all.map(one => one.checkVisibility())")
            )
            assert seen == [False, *[True] * 18, False]


# ---- with the keyboard ---------------------------------------------------------------------------------------------

PLACE = """() => {
  const cell = document.activeElement.closest('td, th');
  return [cell.parentNode.id || 'head', cell.cellIndex];
}"""


@pytest.mark.parametrize("view", ["", "#view=dense"])
def test_arrow_keys_move_between_cells(browser: Browser, small: str, view: str) -> None:
    with opened(browser, small + view) as tab:
        rows = shown(tab)
        tab.locator(f"#{rows[0]} th a").first.focus()
        steps = [
            ("ArrowRight", (rows[0], 1)),
            ("ArrowDown", (rows[1], 1)),
            ("End", (rows[1], 5)),
            ("Home", (rows[1], 0)),
        ]
        for key, place in [*steps, ("ArrowUp", (rows[0], 0)), ("ArrowUp", ("head", 0)), ("ArrowLeft", ("head", 0))]:
            tab.keyboard.press(key)
            assert tuple(tab.evaluate(PLACE)) == place, key


def test_arrow_keys_pass_over_hidden_columns_and_rows(browser: Browser, small: str) -> None:
    with opened(browser, f"{small}#disputed&without=text-a") as tab:
        rows = shown(tab)
        tab.locator(f"#{rows[0]} th a").first.focus()
        tab.keyboard.press("ArrowRight")
        assert tab.evaluate(PLACE) == [rows[0], 2]
        tab.keyboard.press("ArrowDown")
        assert tab.evaluate(PLACE) == [rows[1], 2]


@pytest.mark.parametrize(("width", "view"), [(360, "dense"), (768, ""), (1440, "dense")])
def test_no_cell_that_arrow_keys_reach_is_beneath_what_sticks(
    browser: Browser, large: str, width: int, view: str
) -> None:
    with opened(browser, f"{large}#view={view}", width) as tab:
        tab.locator("tr[id] th a").first.focus()
        hidden = []
        for key in ["ArrowRight"] * 5 + ["ArrowDown"] * 8 + ["ArrowLeft"] * 3 + ["ArrowUp"] * 5 + ["End", "Home"]:
            tab.keyboard.press(key)
            if place := tab.evaluate(IN_SIGHT):
                hidden.append((key, place))
        assert hidden == []


def test_no_number_of_a_filter_is_broken_over_two_lines(browser: Browser, large: str) -> None:
    with opened(browser, large, 320) as tab:
        tab.evaluate("document.documentElement.style.fontSize = '200%'")
        numbers = "all => all.map(one => [one.textContent, one.offsetHeight])"
        found = tab.locator(".controls ul .chip b:visible").evaluate_all(numbers)
        assert max(len(number) for number, _ in found) > 1
        assert len({height for _, height in found}) == 1


def test_a_skip_link_leads_past_the_filters_to_the_table(browser: Browser, small: str) -> None:
    with opened(browser, small) as tab:
        rows = shown(tab)
        tab.keyboard.press("Tab")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate(PLACE) == ["head", 1]
        assert shown(tab) == rows


# ---- at every width ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["", "#view=dense"])
def test_twenty_sources_stay_within_the_window(browser: Browser, large: str, view: str) -> None:
    with opened(browser, large + view) as tab:
        for width in (320, 768, 1920):
            tab.set_viewport_size({"width": width, "height": 900})
            assert tab.evaluate(OVERFLOW) <= 0, width


def test_columns_of_symbols_have_names_on_a_desk_where_there_are_few(browser: Browser, small: str, large: str) -> None:
    for address, seen in ((small, [True] * 5), (large, [False] * 20)):
        with opened(browser, f"{address}#view=dense") as tab:
            names = tab.locator("thead bdi").evaluate_all("all => all.map(one => one.checkVisibility())")
            assert names == seen


def test_a_row_far_down_a_large_matrix_is_reached_and_its_cells_are_there(browser: Browser, large: str) -> None:
    for width in (360, 1440):
        with opened(browser, large, width) as tab:
            row = tab.locator("tr[id]").nth(27)
            assert row.evaluate("row => getComputedStyle(row).contentVisibility") == "auto"
            tab.evaluate("id => { location.hash = id }", row.get_attribute("id"))
            expect(row).to_be_in_viewport()
            expect(row.locator("th a").first).to_be_in_viewport()


def test_twenty_symbols_need_no_scrolling_on_a_desk(browser: Browser, large: str) -> None:
    with opened(browser, f"{large}#view=dense") as tab:
        assert tab.locator(".scroll").evaluate("region => region.scrollWidth - region.clientWidth") <= 0


@pytest.mark.parametrize("view", ["", "#view=dense"])
def test_head_topic_and_claim_stay_in_sight_while_the_table_is_scrolled(
    browser: Browser, large: str, view: str
) -> None:
    with opened(browser, large + view, 768) as tab:
        region = tab.locator(".scroll")
        region.evaluate("region => { region.scrollTo(60, 400); region.scrollIntoView() }")
        box = region.bounding_box()
        assert box is not None
        seen = """([x, y]) => { const hit = document.elementFromPoint(x, y).closest('th');
          return hit && [hit.scope, hit.getBoundingClientRect().bottom] }"""
        scope, bottom = tab.evaluate(seen, [box["x"] + 20, box["y"] + 10])
        assert scope == "col"
        assert tab.evaluate(seen, [box["x"] + 20, bottom + 8])[0] == "rowgroup"
        assert tab.evaluate(seen, [box["x"] + 20, box["y"] + 400])[0] == "row"


def test_on_a_phone_silent_sources_stand_last_in_one_line(browser: Browser, large: str) -> None:
    with opened(browser, large, 360) as tab:
        boxes = (
            tab.locator("tr[id]")
            .first.locator("td")
            .evaluate_all("""cells => cells.map(cell =>
          [cell.className === 'silent' && !cell.querySelector('q, small'), cell.getBoundingClientRect().top])""")
        )
        silent = [top for quiet, top in boxes if quiet]
        assert len(silent) > 3
        assert min(silent) > max(top for quiet, top in boxes if not quiet) - 30
        assert len({round(top) for top in silent}) <= 2


def test_on_a_phone_a_card_says_the_word_silent_once_for_all_who_give_no_words(browser: Browser, small: str) -> None:
    with opened(browser, small, 360) as tab:
        read = tab.locator("tr[id]").evaluate_all("""rows => rows.map(row =>
          [...row.querySelectorAll('td.silent:not(:has(q))')]
            .map(cell => getComputedStyle(cell).fontSize !== '0px'))""")
        cards = [card for card in read if card]
        assert max(map(len, cards)) > 1
        assert {tuple(card) for card in cards} == {(True, *[False] * (len(card) - 1)) for card in cards}


@pytest.mark.parametrize("address", ["#view=dense", "#disputed&topic-money", "#q=nowhere"])
def test_axe_finds_no_barrier_in_a_large_matrix(browser: Browser, axe_source: str, small: str, address: str) -> None:
    found = {}
    with opened(browser, small + address) as tab:
        tab.evaluate(axe_source)
        for width in (360, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            found[width] = violations(tab)
    assert {width: broken for width, broken in found.items() if broken} == {}


def test_a_large_matrix_prints_claim_by_claim_and_as_symbols_in_columns(browser: Browser, large: str) -> None:
    with opened(browser, large) as tab:
        tab.emulate_media(media="print")
        assert tab.locator("tr[id]").first.evaluate("row => getComputedStyle(row).display") == "flex"
        tab.evaluate("location.hash = 'view=dense'")
        assert tab.locator("thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"


def test_the_sized_site_lies_where_it_was_asked_for(tmp_path: Path) -> None:
    assert (sized_site(tmp_path, 1, 2) / "content/harbour/briefing.md").is_file()
