"""What patterns.html is given: real pages of a small briefing, of which the template shows parts, and the tokens."""

from __future__ import annotations

from collections.abc import Mapping

from builder.views import Chrome, ClaimLine, Stance, Status, view
from builder.views.site import BriefingCard


@view
class Swatch:
    """A colour by its role."""

    name: str
    """As in a style sheet: `--ink`."""
    light: str
    dark: str
    contrast: str
    """With the paper behind it, in the light and in the dark: "16.6 · 15.1"."""


@view
class Step:
    """A size of type, or of space."""

    name: str
    value: str


@view
class PatternsPage:
    """Every component in every state."""

    chrome: Chrome
    sheets: tuple[str, ...]
    """Links to the style sheets of single pages."""
    colours: tuple[Swatch, ...]
    type: tuple[Step, ...]
    spaces: tuple[Step, ...]
    stances: tuple[Stance, ...]
    statuses: tuple[Status, ...]
    card: BriefingCard
    pages: Mapping[str, object]
    """The view models of the briefing's own pages, by name: `index`, `matrix` …"""
    claims: Mapping[str, object]
    """Of its claims' pages, by id."""
    sources: Mapping[str, object]
    few: ClaimLine
    """A claim on which five texts are heard."""
    many: ClaimLine
    """The same with fourteen."""
