"""Every code of a diagnostic is explained, and is produced by a case that a curator can read or by a test that is
listed here; nothing is explained that no code says."""

import ast
import re
from collections.abc import Iterator

import pytest
from samples import ROOT

from builder.commands.explain import messages

ELSEWHERE = ("test_store.py", "test_inputs.py", "test_yamldoc.py", "test_cautions.py", "test_trying.py")
"""Tests of what only a disk or a whole site can be at fault in, and of a file too large to be read as a case."""

FORMS = {
    "Diagnostic": (0, "{}"),
    "fault": (0, "{}"),
    "fault_at": (0, "{}"),
    "_fault": (0, "{}"),
    "_miss": (0, "quotation-{}"),
    "named": (0, "{}-unknown"),
    "all_named": (0, "{}-unknown"),
    "_not_ordinary": (1, "not-a-{}"),
}
"""Calls that name a code: which argument does, and what the code is."""


def codes_in_the_source() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "builder").rglob("*.py"):
        text = path.read_text("utf-8")
        # The slips of YAML are told apart in a table, so their codes are no arguments.
        found |= set(re.findall(r'"(yaml-[a-z]+)"', text))
        if any(f"{name}(" in text for name in FORMS):  # it takes long to parse all
            found |= set(codes_in(ast.parse(text)))
    return found


def codes_in(tree: ast.Module) -> Iterator[str]:
    """The codes that a module's calls name, as words or by a variable that holds them."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in FORMS:
                index, form = FORMS[name]
                for word in words_of(call.args[index], function) if len(call.args) > index else ():
                    if re.fullmatch(r"[a-z]+(?:-[a-z]+)*", word):
                        yield form.format(word)


def words_of(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """The texts that an expression can be, as far as it can be seen in its function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from words_of(node.body, function)
        yield from words_of(node.orelse, function)
    elif isinstance(node, ast.Name):
        for put in (found for found in ast.walk(function) if isinstance(found, ast.Assign)):
            for target in put.targets:
                pairs = [(target, put.value)]
                if isinstance(target, ast.Tuple) and isinstance(put.value, ast.Tuple):
                    pairs = list(zip(target.elts, put.value.elts, strict=False))
                for left, right in pairs:
                    if isinstance(left, ast.Name) and left.id == node.id and not isinstance(right, ast.Name):
                        yield from words_of(right, function)


CODES = codes_in_the_source()


def test_the_codes_are_found_in_the_source() -> None:
    assert {"yaml-alias", "key-unknown", "quotation-orphaned", "topic-unknown", "excerpt-share", "symlink"} <= CODES
    assert {"quotation-words", "quotation-order", "quotation-case", "not-a-folder", "yaml-colon"} <= CODES
    assert len(CODES) > 50


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_produced_by_a_case_or_a_test(code: str) -> None:
    tests = ROOT / "tests"
    cases = [path.read_text("utf-8") for path in (tests / "cases").glob("*.md")]
    if any(f"[{code}]: " in text for text in cases):
        return
    others = [tests / name for name in ELSEWHERE if (tests / name).is_file()]
    assert any(f'"{code}"' in path.read_text("utf-8") for path in others)


def test_every_code_is_explained_and_nothing_else_is() -> None:
    explained = {explanation.code for explanation in messages()}
    assert sorted(CODES - explained) == []
    assert sorted(explained - CODES) == []
