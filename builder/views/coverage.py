"""What coverage.html is given."""

from __future__ import annotations

from builder.views import Chrome, view


@view
class CoveragePage:
    """<briefing>/coverage.html"""

    chrome: Chrome
