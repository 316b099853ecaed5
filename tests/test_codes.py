"""Every code of a diagnostic is produced by a case that a curator can read, or by a test that is listed here."""

import re

import pytest
from samples import ROOT

ELSEWHERE = ("test_store.py", "test_inputs.py", "test_yamldoc.py")
"""Tests of what only a disk can be at fault in, and of a file too large to be read as a case."""


def codes_in_the_source() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "builder").rglob("*.py"):
        text = path.read_text("utf-8")
        # Diagnostic("code", fault("code", fault_at("code"; and what is put together: _miss("kind" of a quotation …
        found |= set(re.findall(r'(?:Diagnostic|fault|fault_at)\(\s*"([a-z]+(?:-[a-z]+)*)"', text))
        found |= {f"quotation-{kind}" for kind in re.findall(r'_miss\(\s*"([a-z-]+)"', text)}
        found |= {f"{kind}-unknown" for kind in re.findall(r'_known(?:_all)?\(\s*"([a-z]+)"', text)}
        found |= {f"not-a-{kind}" for kind in re.findall(r'_not_ordinary\([a-z]+, "([a-z]+)"\)', text)}
    return found


CODES = codes_in_the_source()


def test_the_codes_are_found_in_the_source() -> None:
    assert {"yaml-alias", "key-unknown", "quotation-orphaned", "topic-unknown", "excerpt-share", "symlink"} <= CODES
    assert len(CODES) > 40


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_produced_by_a_case_or_a_test(code: str) -> None:
    tests = ROOT / "tests"
    cases = [path.read_text("utf-8") for path in (tests / "cases").glob("*.md")]
    if any(f"[{code}]: " in text for text in cases):
        return
    others = [tests / name for name in ELSEWHERE if (tests / name).is_file()]
    assert any(f'"{code}"' in path.read_text("utf-8") for path in others)
