"""What the articles put inside quotation marks, for readers: the families that claims rest on, and no other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder import quoting, views
from builder.analysis.coverage import Coverage, merge
from builder.analysis.quotations import Family, InBody, Kind, QuotedPassage
from builder.article import Mode, Paragraph
from builder.pages.folder import Folder
from builder.text import Span, share_words
from builder.views.quoted import QuotedFamily, QuotedFor, QuotedGroup, QuotedLine, QuotedPart
from builder.words import N_, Words

_TITLES = {
    Kind.DIFFERENT: N_("In several texts, in different words"),
    Kind.CUT: N_("In several texts, with words left out in one"),
    Kind.SAME: N_("In several texts, in the same words"),
    Kind.SINGLE: N_("In one text alone"),
    Kind.HEADLINE: N_("In a headline alone"),
}
"""In the order of the page."""
_IN_BODY = {
    InBody.INSIDE: N_("In the headline; the text below has the words inside quotation marks, too."),
    InBody.WITHOUT: N_("In the headline; the text below has the words without quotation marks."),
    InBody.MISSING: N_("In the headline; the text below does not have these words."),
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
            folder.words.gettext(title),
            tuple(_family(lines, family) for family in known if family.kind is kind),
        )
        for kind, title in _TITLES.items()
    )
    return QuotedPart(_summary(families, folder.words), tuple(group for group in groups if group.families))


def _summary(families: Sequence[Family], words: Words) -> str:
    """`33 passages inside quotation marks, in four texts, make 24 families. Claims quote all of them.`"""
    members = [member for family in families for member in family.members]
    quoted = sum(1 for family in families for claims in family.resting if claims)
    number, texts = len(members), len({member.source for member in members})
    found = words.gettext(
        "%(passages)s inside quotation marks, in %(texts)s, make %(families)s.",
        passages=words.ngettext("%(num)s passage", "%(num)s passages", number),
        texts=words.ngettext("one text", "%(number)s texts", texts, number=words.spelt(texts)),
        families=words.ngettext("%(num)s family", "%(num)s families", len(families)),
    )
    if quoted == number:
        return f"{found} {words.ngettext('Claims quote it.', 'Claims quote all of them.', number)}"
    rest = words.ngettext(
        "Claims quote %(num)s of them; no words of the others are printed.",
        "Claims quote %(num)s of them; no words of the others are printed.",
        quoted,
    )
    return f"{found} {rest}"


def _family(lines: _Lines, family: Family) -> QuotedFamily:
    members = list(zip(family.members, family.resting, strict=True))
    common = [claim for claim in family.claims if all(claim in own for own in family.resting)]
    partly = [(claim, [member for member, own in members if claim in own]) for claim in family.claims]
    return QuotedFamily(
        lines=tuple(map(lines.line, family.members)),
        claims=tuple(map(lines.link, common)),
        partly=tuple(
            QuotedFor(lines.places(those), lines.link(claim)) for claim, those in partly if claim not in common
        ),
    )


class _Lines:
    """Passages as they are printed."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._words = folder.words
        anchored = folder.analysis.anchored
        self._sources = {source.id: source for source in anchored.briefing.sources}
        spans: dict[str, list[Span]] = {id_: [] for id_ in self._sources}
        for passages in anchored.evidence.values():
            for passage in passages:
                spans[passage.source] += passage.spans
        self._quoted = {id_: merge(found) for id_, found in spans.items()}
        self._translations = {
            (passage.source, passage.spans): passage.translation
            for passages in anchored.evidence.values()
            for passage in passages
            if passage.translation
        }

    def line(self, member: QuotedPassage) -> QuotedLine:
        """A passage, as much of it as claims quote."""
        notes = [self._words.gettext(_IN_BODY[member.in_body])] if member.in_body else []
        if not member.closed:
            notes.append(self._words.gettext("The text never closes the quotation marks."))
        shown = self._folder.analysis.coverage[member.source].shown
        has_cue = member.cue is not None and any(member.cue in span for span in shown)
        return QuotedLine(
            source=self._folder.siglum(self._sources[member.source]),
            quote=self._quote(member, member.span, self._quoted[member.source]),
            cue=self._quote(member, member.cue, shown) if member.cue and has_cue else None,
            note=" ".join(notes),
        )

    def link(self, claim: str) -> views.Link:
        """A link to a claim, by its sentence."""
        return views.Link(self._folder.rows[claim].claim.text, self._folder.to_claim(claim))

    def places(self, members: Iterable[QuotedPassage]) -> str:
        """`A ¶ 9 and C ¶ 7`."""
        return self._words.listed(list(dict.fromkeys(map(self._place, members))))

    def _place(self, member: QuotedPassage) -> str:
        paragraph = self._folder.analysis.anchored.articles[member.source].paragraphs[member.paragraph]
        return f"{self._sources[member.source].siglum} {quoting.label_of(paragraph, self._words)}"

    def _quote(self, member: QuotedPassage, span: Span, shown: tuple[Span, ...]) -> views.Quote | None:
        """What of a span is shown, with the number of words left out; None where nothing is."""
        article, source = self._folder.analysis.anchored.articles[member.source], self._sources[member.source]
        paragraph = article.paragraphs[member.paragraph]
        inside = tuple(one for one in shown if one.overlaps(span))
        if not any(share_words(article.text, one, span) for one in inside):
            return None
        part = Paragraph(span, paragraph.zone, paragraph.number)
        return views.Quote(
            segments=quoting.excerpt_of(article, part, Coverage(inside, 0, 0), {}),
            href=f"{self._folder.to_source(source.id)}#{quoting.anchor_of(paragraph)}",
            place=quoting.label_of(paragraph, self._words),
            place_label=quoting.spoken_label(paragraph, source.siglum, self._words),
            mode=Mode.DIRECT,
            unclosed=not member.closed,
            language=source.language,
            translation=self._translations.get((member.source, inside)),
        )
