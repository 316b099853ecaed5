"""What the articles put inside quotation marks, for readers: the families that claims rest on, and no other words."""

from __future__ import annotations

from collections.abc import Sequence

from builder import quoting, strings, views
from builder.analysis.coverage import Coverage, merge
from builder.analysis.quotations import Family, InBody, Kind, QuotedPassage
from builder.article import Mode, Paragraph
from builder.pages.context import Folder
from builder.text import Span
from builder.views.quoted import QuotedFamily, QuotedGroup, QuotedLine, QuotedPart

_TITLES = {
    Kind.DIFFERENT: "In several texts, in different words",
    Kind.CUT: "In several texts, with words left out in one",
    Kind.SAME: "In several texts, in the same words",
    Kind.SINGLE: "In one text alone",
    Kind.HEADLINE: "In a headline alone",
}
"""In the order of the page."""
_HOW = {
    Kind.DIFFERENT: "in different words",
    Kind.CUT: "in the same words, some of them left out",
    Kind.SAME: "in the same words",
}
_IN_BODY = {
    InBody.INSIDE: "In the headline; the text below has the words inside quotation marks, too.",
    InBody.WITHOUT: "In the headline; the text below has the words without quotation marks.",
    InBody.MISSING: "In the headline; the text below does not have these words.",
}


def families_view(folder: Folder) -> QuotedPart | None:
    """All families that a claim rests on, by kind; None where no claim rests on any passage."""
    families = folder.analysis.families
    known = [family for family in families if family.claims]
    if not known:
        return None
    lines = _Lines(folder)
    groups = (
        QuotedGroup(
            f"quoted-{kind.name.lower()}",
            title,
            tuple(_family(folder, lines, family) for family in known if family.kind is kind),
        )
        for kind, title in _TITLES.items()
    )
    return QuotedPart(_summary(families), tuple(group for group in groups if group.families))


def _summary(families: Sequence[Family]) -> str:
    """`33 passages inside quotation marks in four texts, in 24 families. Claims quote all of them.`"""
    members = [member for family in families for member in family.members]
    quoted = sum(1 for family in families for claims in family.resting if claims)
    texts = strings.texts(len({member.source for member in members}))
    gathered = f"in {len(families)} {'family' if len(families) == 1 else 'families'}"
    found = f"{strings.plural(len(members), 'passage')} inside quotation marks in {texts}, {gathered}."
    if quoted == len(members):
        return f"{found} Claims quote {'all of them' if quoted > 1 else 'it'}."
    return f"{found} Claims quote {quoted} of them; no words of the others are printed."


def _family(folder: Folder, lines: _Lines, family: Family) -> QuotedFamily:
    having = {member.source for member in family.members}
    letters = [source.siglum for source in folder.analysis.anchored.briefing.sources if source.id in having]
    common = [claim for claim in family.claims if all(claim in own for own in family.resting)]
    how = _HOW.get(family.kind)
    return QuotedFamily(
        observation=f"Inside quotation marks in {strings.listed(letters)}, {how}." if how else "",
        lines=tuple(
            lines.line(member, [claim for claim in own if claim not in common])
            for member, own in zip(family.members, family.resting, strict=True)
        ),
        claims=lines.links(common),
    )


class _Lines:
    """Passages as they are printed."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        anchored = folder.analysis.anchored
        self._sources = {source.id: source for source in anchored.briefing.sources}
        spans: dict[str, list[Span]] = {id_: [] for id_ in self._sources}
        for passages in anchored.evidence.values():
            for passage in passages:
                spans[passage.source] += [part.span for part in passage.parts]
        self._quoted = {id_: merge(found) for id_, found in spans.items()}

    def line(self, member: QuotedPassage, claims: Sequence[str]) -> QuotedLine:
        """A passage, as much of it as claims quote; `claims` are those to name beside it."""
        notes = [_IN_BODY[member.in_body]] if member.in_body else []
        if not member.closed:
            notes.append("The text never closes the quotation marks.")
        shown = self._folder.analysis.coverage[member.source].shown
        has_cue = member.cue is not None and any(member.cue in span for span in shown)
        return QuotedLine(
            source=self._folder.siglum(self._sources[member.source]),
            quote=self._quote(member, member.span, self._quoted[member.source]),
            cue=self._quote(member, member.cue, shown) if member.cue and has_cue else None,
            note=" ".join(notes),
            claims=self.links(claims),
        )

    def links(self, claims: Sequence[str]) -> tuple[views.Link, ...]:
        """Links to claims, by their sentences."""
        rows = self._folder.rows
        return tuple(views.Link(rows[claim].claim.text, self._folder.to_claim(claim)) for claim in claims)

    def _quote(self, member: QuotedPassage, span: Span, shown: tuple[Span, ...]) -> views.Quote | None:
        """What of a span is shown, with the number of words left out; None where nothing is."""
        article, source = self._folder.analysis.anchored.articles[member.source], self._sources[member.source]
        paragraph = article.paragraphs[member.paragraph]
        inside = tuple(one for one in shown if one.start < span.end and span.start < one.end)
        if not any(_has_words(article.text, one, span) for one in inside):
            return None
        part = Paragraph(span, paragraph.zone, paragraph.number)
        return views.Quote(
            segments=quoting.excerpt_of(article, part, Coverage(inside, 0, 0), {}),
            href=f"{self._folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}",
            place=quoting.label_of(paragraph),
            place_label=quoting.spoken_label(paragraph, source.siglum),
            mode=Mode.DIRECT,
            unclosed=not member.closed,
            language=source.language,
        )


def _has_words(text: str, one: Span, other: Span) -> bool:
    return any(map(str.isalnum, text[max(one.start, other.start) : min(one.end, other.end)]))
