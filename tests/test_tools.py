"""The judges judge: each tool finds a fault that was planted for it, and passes a page that has none."""

from pathlib import Path

import pytest
from conftest import Validator
from playwright.sync_api import Browser

GOOD = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1><p>With a picture: <img src="data:," alt="a dot"></p></main></body>
</html>
"""
NO_ALT = GOOD.replace(' alt="a dot"', "")
WARNED = GOOD.replace("<main>", '<main role="main">')


def page(folder: Path, name: str, html: str) -> Path:
    path = folder / name
    path.write_text(html, encoding="utf-8")
    return path


def test_the_validator_passes_a_valid_page(tmp_path: Path, validate_html: Validator) -> None:
    assert validate_html([page(tmp_path, "good.html", GOOD)]) == []


def test_the_validator_names_the_faulty_file_among_several(tmp_path: Path, validate_html: Validator) -> None:
    found = validate_html([page(tmp_path, "good.html", GOOD), page(tmp_path, "bad.html", NO_ALT)])
    assert len(found) == 1
    assert "/bad.html:3:" in found[0]
    assert "alt" in found[0]


def test_the_validator_reports_warnings_too(tmp_path: Path, validate_html: Validator) -> None:
    (found,) = validate_html([page(tmp_path, "warned.html", WARNED)])
    assert "role" in found


def test_the_validator_reads_css(tmp_path: Path, validate_html: Validator) -> None:
    (found,) = validate_html([page(tmp_path, "bad.css", "a { colour: red }")])
    assert "colour" in found


def test_the_validator_refuses_to_check_nothing(tmp_path: Path, validate_html: Validator) -> None:
    for paths in ([], [tmp_path / "none.html"]):
        with pytest.raises(ValueError, match="no file"):
            validate_html(paths)


@pytest.mark.parametrize(("html", "rules"), [(GOOD, []), (NO_ALT, ["image-alt"])])
def test_axe_finds_what_shuts_people_out(browser: Browser, axe_source: str, html: str, rules: list[str]) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        tab.set_content(html)
        tab.evaluate(axe_source)
        report = tab.evaluate("axe.run()")
    assert [violation["id"] for violation in report["violations"]] == rules
