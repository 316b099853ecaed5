"""Link previews become pictures: the same everywhere, and made again only where they would be others."""

import hashlib
from dataclasses import replace
from inspect import unwrap
from pathlib import Path

import pytest
from conftest import put
from pixels import size_of
from samples import ROOT, SITE, sample, small

from builder.build import ANY_SITE
from builder.freshness import Options
from builder.inputs import StoreError
from builder.model import Cards
from builder.overlay import unused
from builder.pages.cards import briefing_cards
from builder.pages.picture import HEIGHT, WIDTH
from builder.painting import Painter, painted, painter
from builder.publish import Order, Published, publish
from builder.render import environment

PAINTER = painter([ROOT / "templates"])
URL = f"{SITE}url: https://site.example/news\n"
CARDS = {"card.png", "case/card.png", "case/claims/met.png"}


@pytest.fixture(autouse=True)
def all_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what an earlier test has drawn."""
    monkeypatch.setattr(Painter, "paint", unwrap(Painter.paint))


def built(root: Path, *, anew: bool = False, cards: bool = True) -> Published:
    done = publish(Order(root, root / "public", root / ".variorum", Options(cards=cards), anew=anew))
    assert not done.refused
    return done


def pictures(root: Path) -> dict[str, bytes]:
    public = root / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*.png")}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn while the test runs."""
    found: list[str] = []
    paint = Painter.paint

    def noted(self: Painter, svg: str) -> bytes:
        found.append(svg)
        return paint(self, svg)

    monkeypatch.setattr(Painter, "paint", noted)
    return found


def test_the_same_words_give_the_same_bytes_on_every_machine() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#fff"/>'
        '<text x="72" y="200" font-family="\'Source Serif 4\'" font-weight="600" font-size="76">Seven hours, 5½</text>'
        '<text x="72" y="300" font-family="\'Source Sans 3\'" font-size="34">Семь часов · Επτά ώρες</text>'
        '<text x="1128" y="400" text-anchor="end" font-size="48">\u202bسبع ساعات · שבע שעות\u202c</text>'
        '<circle cx="300" cy="500" r="41.3" fill="#23589e"/></svg>'
    )
    assert hashlib.sha256(PAINTER.proof.encode()).hexdigest()[:16] == "2c3958ed9a8dcfaa", (
        "other fonts: renew both digests"
    )
    assert hashlib.sha256(PAINTER.paint(svg)).hexdigest()[:16] == "12af95e59df193ca"


def test_several_processes_draw_the_same_pictures_in_the_same_order(tmp_path: Path) -> None:
    site = replace(ANY_SITE, url="https://site.example/", cards=Cards.ALL)
    planned = briefing_cards(site, sample(), PAINTER.fonts)[:9]
    alone, together = (
        painted(planned, environment(ROOT / "templates"), PAINTER, tmp_path, {}, hands) for hands in (1, 2)
    )
    assert [file.path for file, _ in alone] == [one.path for one in planned]
    assert len({file.data for file, _ in alone}) == len(planned)
    assert together == alone


def test_a_site_with_an_address_has_a_picture_for_each_page_to_share(small_site: Path) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    assert pictures(small_site).keys() == CARDS
    assert {size_of(data) for data in pictures(small_site).values()} == {(WIDTH, HEIGHT)}


@pytest.mark.parametrize(
    ("site", "made"),
    [
        (SITE, set()),
        (f"{URL}cards: none\n", set()),
        (f"{URL}cards: briefings\n", {"card.png", "case/card.png"}),
        (f"{URL}cards: all\n", CARDS),
    ],
)
def test_as_many_are_made_as_site_yaml_says(small_site: Path, site: str, made: set[str]) -> None:
    put(small_site, {"site.yaml": site})
    built(small_site)
    assert pictures(small_site).keys() == made


def test_a_preview_makes_none(small_site: Path, drawn: list[str]) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site, cards=False)
    assert pictures(small_site) == {}
    assert drawn == []
    assert "og:image" not in (small_site / "public/index.html").read_text()


def test_a_card_that_would_be_the_same_is_not_drawn_again(small_site: Path, drawn: list[str]) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    before = pictures(small_site)
    assert len(drawn) == 3
    put(small_site, {"content/case/timeline.yaml": None, "content/case/claims.yaml": CLAIMS_WITH_NOTE})
    built(small_site)
    assert len(drawn) == 3
    put(small_site, {"content/case/claims.yaml": CLAIMS_WITH_NOTE.replace("on Thursday.", "in Geneva.")})
    built(small_site)
    assert len(drawn) == 4
    after = pictures(small_site)
    assert [path for path in CARDS if before[path] != after[path]] == ["case/claims/met.png"]


CLAIMS_WITH_NOTE = str(small()["content/case/claims.yaml"]).replace("  event: meeting\n", "  note: A note.\n")


def test_what_was_made_so_is_what_a_clean_build_makes(small_site: Path, drawn: list[str]) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    put(small_site, {"content/case/claims.yaml": CLAIMS_WITH_NOTE, "content/case/timeline.yaml": None})
    built(small_site)
    kept = pictures(small_site)
    drawn.clear()
    assert built(small_site, anew=True).written == 0
    assert len(drawn) == 3
    assert pictures(small_site) == kept


def test_a_picture_that_somebody_changed_is_drawn_again(small_site: Path, drawn: list[str]) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    whole = pictures(small_site)
    for path in CARDS:
        (small_site / "public" / path).write_bytes(b"\x89PNG of somebody else's")
    put(small_site, {"content/case/claims.yaml": CLAIMS_WITH_NOTE, "content/case/timeline.yaml": None})
    drawn.clear()
    built(small_site)
    assert len(drawn) == 3
    assert pictures(small_site) == whole


def test_a_picture_goes_with_its_claim_and_when_none_are_wanted(small_site: Path) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    put(
        small_site,
        {"content/case/claims.yaml": CLAIMS_WITH_NOTE.replace("met:", "other:", 1), "content/case/timeline.yaml": None},
    )
    built(small_site)
    assert pictures(small_site).keys() == CARDS - {"case/claims/met.png"} | {"case/claims/other.png"}
    put(small_site, {"site.yaml": SITE})
    built(small_site)
    assert pictures(small_site) == {}


def test_a_sites_own_colour_is_that_of_its_cards(small_site: Path, drawn: list[str]) -> None:
    put(small_site, {"site.yaml": URL})
    built(small_site)
    put(
        small_site,
        {"templates/static/css/site.css": ":root { --paper: #012345 } @media print { :root { --ink: #fff } }\n"},
    )
    drawn.clear()
    built(small_site)
    assert len(drawn) == 3
    assert all('fill="#012345"' in svg for svg in drawn)
    assert not any('fill="#fff"' in svg for svg in drawn)


def test_a_template_that_draws_no_picture_is_named(tmp_path: Path) -> None:
    put(tmp_path, {"templates/card-claim.svg": "<svg"})
    templates = environment(ROOT / "templates", own=tmp_path / "templates")
    cards = briefing_cards(replace(ANY_SITE, cards=Cards.ALL), sample(), PAINTER.fonts)[:2]
    for hands in (1, 2):
        with pytest.raises(StoreError, match=r"templates/card-claim\.svg:1: this draws no picture: the document does"):
            painted(cards, templates, PAINTER, tmp_path, {}, hands)


# ---- a site's own fonts ------------------------------------------------------------------------------------------


def test_a_font_of_the_sites_own_draws_what_ours_lack(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    own = Path(PAINTER.files[0]).read_bytes()
    (tmp_path / "fonts" / "more.ttf").write_bytes(own)
    (tmp_path / "fonts" / "licence.txt").write_bytes(b"OFL")
    with_own = painter([tmp_path, ROOT / "templates"])
    assert with_own.files == (*PAINTER.files, str(tmp_path / "fonts" / "more.ttf"))
    assert with_own.fonts.serif.faces[-1].has("A")
    assert with_own.proof_of("<svg/>") != PAINTER.proof_of("<svg/>")


def test_what_is_no_font_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "bad\x1b.ttf").write_bytes(b"no font")
    with pytest.raises(StoreError, match=r"templates/fonts/bad\\u001b\.ttf is no font that can be used"):
        painter([tmp_path])


def test_no_font_is_read_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "fonts").symlink_to(Path(PAINTER.files[0]).parent)
    assert painter([tmp_path]).files == PAINTER.files


def test_what_is_no_font_in_that_folder_is_told() -> None:
    names = ["fonts/more.ttf", "fonts/More.OTF", "fonts/OFL.txt", "fonts/face.woff2"]
    assert [name for name, _ in unused(names, [], lambda name: name)] == ["fonts/face.woff2"]
