"""The Nu Html Checker has nothing to say about any page, style sheet and picture."""

from __future__ import annotations

import re

from conftest import Validator
from whole_site import Site

pytest_plugins = ["whole_site"]

NOT_OURS = re.compile(
    # For the checker a file on disk has no 'self'; test_site_browser has a browser judge the policy.
    r": Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “[^”:]*static/"
    # An article in decomposed letters is quoted in them.
    r"|/cases\d+/languages/\S+ Text run is not in Unicode Normalization Form C\."
)


def test_every_page_of_every_site_is_valid(
    sample: Site, crowded: Site, cases: dict[str, Site], validate_html: Validator
) -> None:
    files = [site.public / path for site in (sample, *cases.values()) for path in site.files()]
    files += [crowded.public / path for path in ("index.html", "archive.html", "404.html")]
    judged = [file for file in files if file.suffix in (".html", ".svg", ".css")]
    assert len(judged) > 100
    found = validate_html(judged)
    assert [message for message in found if not NOT_OURS.search(message)] == []
