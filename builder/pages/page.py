"""A page that is planned."""

from __future__ import annotations

from dataclasses import dataclass

from builder.routes import Route


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page goes, which template makes it, and what the template is given as `page`."""

    route: Route
    template: str
    view: object
