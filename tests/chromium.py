"""Where the Chromium for the browser tests is. Run as a program: print its path, or end with 1."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def chromium_path() -> str | None:
    """The one that VARIORUM_CHROMIUM names, else the machine's own, else the one Playwright downloaded."""
    if named := os.environ.get("VARIORUM_CHROMIUM"):
        return shutil.which(named)
    for candidate in (*ON_PATH, *ON_MACOS):
        if path := shutil.which(candidate):
            return path
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


if __name__ == "__main__":
    path = chromium_path()
    sys.stdout.write(f"{path}\n" if path else "")
    sys.exit(path is None)
