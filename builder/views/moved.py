"""A page at the address of an id that was renamed."""

from __future__ import annotations

from builder.views import Chrome, Link, view


@view
class MovedPage:
    """It leads to the page under its new id, and says so."""

    chrome: Chrome
    """Its canonical address is that of the other page."""
    target: Link
