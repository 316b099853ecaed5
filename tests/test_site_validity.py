"""The Nu Html Checker has nothing to say about any page, style sheet and picture."""

from __future__ import annotations

from pathlib import Path

from conftest import Validator
from quality.checker import NOT_OURS
from samples import ROOT
from whole_site import Site

from builder.build import ANY_SITE, build_patterns
from builder.render import environment

pytest_plugins = ["whole_site"]

STYLES = {"css/tokens.css": (ROOT / "templates/static/css/tokens.css").read_text("utf-8")}


def test_every_page_of_every_site_is_valid(
    sample: Site, crowded: Site, cases: dict[str, Site], validate_html: Validator, tmp_path: Path
) -> None:
    files = [site.public / path for site in (sample, *cases.values()) for path in site.files()]
    files += [crowded.public / path for path in ("index.html", "archive.html", "404.html")]
    files.append(tmp_path / "patterns.html")
    files[-1].write_bytes(build_patterns(ANY_SITE, environment(ROOT / "templates"), STYLES).data)
    judged = [file for file in files if file.suffix in (".html", ".svg", ".css")]
    assert len(judged) > 100
    found = validate_html(judged)
    assert [message for message in found if not NOT_OURS.search(message)] == []
