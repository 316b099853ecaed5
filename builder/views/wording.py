"""What wording.html is given."""

from __future__ import annotations

from builder.views import Chrome, view


@view
class WordingPage:
    """<briefing>/wording.html"""

    chrome: Chrome
