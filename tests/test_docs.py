"""Every command, every option and every key that a person may write is described where people look."""

import re
from collections.abc import Iterator

import click
import pytest
from every_command import commands
from samples import ROOT

from builder import describing, documents
from builder.documents import Entry

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "content" / "README.md"]
DOCS = "\n".join(page.read_text("utf-8") for page in PAGES if page.is_file())
CODE = {code for span in re.findall(r"`([^`\n]+)`", DOCS) for code in re.split(r"[\s,:{}\[\]=]+", span)}
BLOCKS = "\n".join(re.findall(r"^```.*?^```", DOCS, re.DOTALL | re.MULTILINE))


def options() -> Iterator[tuple[str, str]]:
    for name, command in commands():
        yield from ((name, max(p.opts, key=len)) for p in command.params if isinstance(p, click.Option))


BEFORE_TABLE = (ROOT / "README.md").read_text("utf-8").split("## Commands\n")[1].split("\n\n|")[0]
"""What README says of all commands at once."""


def row_of(command: str) -> str:
    """What the table of README says of a command."""
    table = (ROOT / "README.md").read_text("utf-8").split("## Commands\n")[1].split("\n\n")[1:]
    rows = [row for row in "\n".join(table).splitlines() if re.match(rf"\| `variorum {command}\b(?! briefing)", row)]
    return "\n".join(rows)


def entries() -> list[type[Entry]]:
    found = [value for value in vars(documents).values() if isinstance(value, type) and issubclass(value, Entry)]
    return [entry for entry in found if entry is not Entry]


KEYS = [(entry.__name__, key) for entry in entries() for key in entry.model_fields]


def test_the_pages_are_there() -> None:
    assert [page.name for page in PAGES if not page.is_file()] == []


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_described(name: str) -> None:
    assert re.search(rf"\b(?:variorum|builder|make) {name}\b", DOCS)


@pytest.mark.parametrize(("command", "option"), list(options()))
def test_every_option_is_in_the_row_of_its_command(command: str, option: str) -> None:
    said = BEFORE_TABLE if option == "--root" else row_of(command)
    assert f"`{option}" in said, f"{command} {option}"


@pytest.mark.parametrize(("entry", "key"), KEYS)
def test_every_key_is_described(entry: str, key: str) -> None:
    assert key in CODE, f"{entry}.{key}"


@pytest.mark.parametrize(("entry", "key"), KEYS)
def test_every_key_says_in_the_schema_what_it_is_for(entry: str, key: str) -> None:
    described = describing.descriptions(getattr(documents, entry))[key]
    assert described
    assert described.endswith(".") or described[-1].isalnum()


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_and_option_helps_itself(name: str) -> None:
    command = dict(commands())[name]
    assert command.help
    assert isinstance(command, click.Group) or "xample" in (command.epilog or "")
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


# ---- the map of the house ------------------------------------------------------------------------------------------

MAP = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FOLDERS = ("", "builder", "builder/preview", "builder/preview/client", "templates", "templates/static/css", "tests")


def test_the_map_names_every_module_and_package() -> None:
    parts = {path.stem for path in (ROOT / "builder").iterdir() if path.suffix == ".py" and path.stem[0] != "_"}
    parts |= {f"{path.parent.name}/" for path in (ROOT / "builder").glob("*/__init__.py")}
    assert {part for part in parts if not re.search(rf"\b{part}(?:(?<=/)|\b)", MAP)} == set()


def test_the_map_names_nothing_that_is_not_there() -> None:
    named = re.findall(r"`([\w-]+(?:/[\w-]+)*(?:\.(?:py|css|js|html|svg|md)|/))`", MAP)
    assert len(named) > 150
    assert {name for name in named if not any((ROOT / folder / name).exists() for folder in FOLDERS)} == {"style.css"}
