"""What origins.html is given."""

from __future__ import annotations

from builder.views import Chrome, view


@view
class OriginsPage:
    """<briefing>/origins.html"""

    chrome: Chrome
