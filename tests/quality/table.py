"""How good every kind of page is, as one table: `make quality`.

The repository's own site is built and looked at: what each page weighs, what axe finds in every state, what the HTML
checker says, and the four marks of Lighthouse.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))  # as pytest has it

from chromium import chromium_path  # noqa: E402
from conftest import CHROMIUM_FLAGS, PACKAGES  # noqa: E402

from quality.barriers import STATES, barriers  # noqa: E402
from quality.checker import NOT_OURS, validate  # noqa: E402
from quality.kinds import PAGES  # noqa: E402
from quality.lighthouse import CATEGORIES, judged, served  # noqa: E402
from quality.weights import BUDGET, over, weigh  # noqa: E402

LIGHTHOUSE = TESTS / "tools/lighthouse/node_modules/lighthouse/cli/index.js"


def main() -> int:
    """Print the table, then whatever is not as it should be; 1 if there is anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", choices=PAGES, help="only this kind of page; may be repeated")
    parser.add_argument("--no-lighthouse", action="store_true", help="without the slowest part")
    asked = parser.parse_args()
    chromium = chromium_path()
    if chromium is None:
        sys.exit("No Chromium: `make test` installs one.")
    say = sys.stdout.write
    heads = ["Page", "HTML", "CSS", "script", "requests", f"axe, {len(STATES)} states", "HTML checker"]
    heads += [] if asked.no_lighthouse else [name.replace("-", " ") for name in CATEGORIES]
    say(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}\n")
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, served(Path(folder)) as address:
        build = [sys.executable, "-m", "builder", "build", "--output", folder, "--base-url", address]
        subprocess.run(build, cwd=TESTS.parent, check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for kind in asked.kind or PAGES:
            cells = _row(kind, Path(folder), address, browser, faults.append)
            if not asked.no_lighthouse:
                cells += _marks(kind, chromium, address + _address(PAGES[kind]), faults.append)
            say(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()  # a row stands as soon as it is known, in a file as well
        browser.close()
    limit = f"{BUDGET.html:,} bytes of HTML, {BUDGET.css:,} of CSS, {BUDGET.js:,} of script, {BUDGET.requests} requests"
    say(f"\nBytes as gzip -9 has them; a page may have {limit}.\n")
    say("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def _row(kind: str, folder: Path, address: str, browser: Browser, fault: Callable[[str], None]) -> list[str]:
    """A kind of page, its weight, how many barriers, how many messages of the checker."""
    weight = weigh(browser, address + _address(PAGES[kind]))
    # The page's own policy forbids to put axe into it by a script element; as an expression it may be.
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(address + PAGES[kind])
        found = list(barriers(tab, (PACKAGES / "axe-core/axe.min.js").read_text(encoding="utf-8")))
    said = [one for one in validate(PACKAGES / "vnu-jar/build/dist/vnu.jar", [folder / PAGES[kind]]) if _counts(one)]
    for one in (*over(weight), *found, *said):
        fault(f"{kind}: {one}")
    sizes = (weight.html, weight.css, weight.js)
    return [kind, *(f"{size:,}" for size in sizes), str(weight.requests), str(len(found)), str(len(said))]


def _marks(kind: str, chromium: str, address: str, fault: Callable[[str], None]) -> list[str]:
    """What Lighthouse gives a kind of page; dashes where it came to no end."""
    try:
        judgement = judged(LIGHTHOUSE, chromium, address, CHROMIUM_FLAGS[:2])
    except RuntimeError as failure:
        fault(f"{kind}: Lighthouse: {failure}")
        return ["–"] * len(CATEGORIES)
    for name, mark in judgement.marks.items():
        if mark < 100:
            fault(f"{kind}: Lighthouse: {name} {mark}")
    for one in judgement.lost:
        fault(f"{kind}: Lighthouse: {one}")
    return [str(mark) for mark in judgement.marks.values()]


def _counts(message: str) -> bool:
    return not NOT_OURS.search(message)


def _address(path: str) -> str:
    """As readers have it: a folder's index is the folder."""
    return path.removesuffix("index.html")


if __name__ == "__main__":
    sys.exit(main())
