"""The locks hold what pyproject.toml asks for, every package with its hashes, and no host to fetch from."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = [*sorted(ROOT.glob("requirements*.lock")), ROOT / "tests/tools/package-lock.json"]
LOCKS += sorted((ROOT / "tests/bench/peers").glob("*lock*"))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def wanted(*groups: str) -> list[Requirement]:
    listed = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for group in groups:
        extra = PROJECT["project"]["optional-dependencies"].get(group, ())
        listed += [entry for entry in PROJECT["dependency-groups"].get(group, extra) if isinstance(entry, str)]
    return [Requirement(entry) for entry in listed]


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev", "web"])]
)
def test_a_lock_satisfies_what_is_asked_for(lock: str, groups: list[str]) -> None:
    locked = pins(lock)
    unmet = [str(r) for r in wanted(*groups) if locked.get(canonicalize_name(r.name), "") not in r.specifier]
    assert not unmet, "run `make lock`"


def test_all_locks_agree() -> None:
    for lock in ("requirements.lock", "requirements-web.lock"):
        assert pins(lock).items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_host_and_no_path(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    if lock.suffix == ".json":  # where a package's authors ask for money is no place to fetch from
        packages = json.loads(text)["packages"].values()
        text = json.dumps([{key: value for key, value in one.items() if key != "funding"} for one in packages])
    assert not re.search(r"://|\bfile:|--index|--find-links|\"resolved\"", text)


@pytest.mark.parametrize("lock", LOCKS[:3], ids=lambda path: path.name)
def test_every_package_has_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
