"""The Nu Html Checker has nothing to say about any page, style sheet and picture."""

from __future__ import annotations

from conftest import Validator
from quality.checker import NOT_OURS
from whole_site import Site

pytest_plugins = ["whole_site"]


def test_every_page_of_every_site_is_valid(
    sample: Site, crowded: Site, cases: dict[str, Site], validate_html: Validator
) -> None:
    files = [site.public / path for site in (sample, *cases.values()) for path in site.files()]
    files += [crowded.public / path for path in ("index.html", "archive.html", "404.html")]
    judged = [file for file in files if file.suffix in (".html", ".svg", ".css")]
    assert len(judged) > 100
    found = validate_html(judged)
    assert [message for message in found if not NOT_OURS.search(message)] == []
