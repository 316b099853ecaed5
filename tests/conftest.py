"""What any test may ask for: a browser, the accessibility engine axe, the Nu Html Checker.

On a machine of one's own a missing tool skips the tests that need it. Under CI it fails them: a check that
silently does nothing is worse than none. `make test` installs all three.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from chromium import chromium_path
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from quality.checker import validate
from remembered import remember
from samples import SMALL

PACKAGES = Path(__file__).parent / "tools" / "node_modules"

CHROMIUM_FLAGS = [
    "--no-sandbox",  # a container's root may not sandbox; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Tests ask nothing of the network, so the browser shall not either.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The laws are tried on the same examples everywhere; `--hypothesis-profile=default` looks for new ones.
settings.register_profile("variorum", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("variorum")

Validator = Callable[[Sequence[Path]], list[str]]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many a test waits for a browser, a save or a clock."""
    return (os.cpu_count() or 1) + 1


def put(folder: Path, files: Mapping[str, bytes | str | None]) -> None:
    """Write files below a folder, by their paths; none for None."""
    for name, data in files.items():
        if data is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """The folder of the small site of `samples`."""
    put(tmp_path / "site", SMALL)
    return tmp_path / "site"


@pytest.fixture(scope="session", autouse=True)
def remembered() -> Iterator[None]:
    """What `remembered` says: for all tests, as long as they run."""
    with pytest.MonkeyPatch.context() as patched:
        remember(patched)
        yield


def missing(tool: str) -> NoReturn:
    reason = f"{tool} is missing; `make test` installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def npm_file(name: str) -> Path:
    path = PACKAGES / name
    return path if path.is_file() else missing(path.name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each opens a context of its own with `browser.new_context()`.

    From then on this thread has a running event loop: a test that needs its own starts a thread for it.
    """
    executable = chromium_path() or missing("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The script of axe: `page.evaluate(axe_source)`, then `page.evaluate("axe.run()")["violations"]`."""
    return npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def validate_html() -> Validator:
    """Errors and warnings of the Nu Html Checker for HTML, CSS and SVG files, as `file:line:column: message`.

    It takes a second to start, so hand it all the files at once.
    """
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    return lambda paths: validate(jar, paths)
