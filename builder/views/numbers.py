"""What numbers.html is given."""

from __future__ import annotations

from builder.views import Chrome, view


@view
class NumbersPage:
    """<briefing>/numbers.html"""

    chrome: Chrome
