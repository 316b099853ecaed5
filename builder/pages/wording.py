"""Utterances that several texts print, word by word, and everything inside quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from builder import views
from builder.analysis.apparatus import Collation, Reading
from builder.analysis.apparatus.collating import Witnessed
from builder.analysis.apparatus.entries import Variant, apart_of, entries_of
from builder.analysis.apparatus.parting import words_of
from builder.article import Mode
from builder.model import Part
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.pages.quoted import families_view
from builder.routes import APPARATUS, BriefingRoute, data_path, link
from builder.text import Span
from builder.views.wording import ApparatusEntry, Manner, UtteranceLine, VariantReading, WordingPage
from builder.words import N_, Words, sentence

_MANNERS = {
    Mode.DIRECT: N_("Inside quotation marks"),
    Mode.MIXED: N_("Partly inside quotation marks"),
    Mode.INDIRECT: N_("In the outlet’s own words"),
}
READINGS = "readings"
"""The id of the readings on a claim's page."""


def wording_page(folder: Folder) -> Page:
    """The page."""
    analysis = folder.analysis
    name = analysis.anchored.briefing.name
    route = BriefingRoute(name, "wording")
    page = PageContext(folder, route)
    words, count = folder.words, len(analysis.apparatus)
    view = WordingPage(
        chrome=page.chrome(
            words.gettext("Wording"),
            words.gettext("Utterances that several texts print, word by word, and everything inside quotation marks."),
        ),
        intro=words.ngettext(
            "One utterance that several texts print",
            "%(number)s utterances that several texts print",
            count,
            number=sentence(words.spelt(count)),
        ),
        utterances=tuple(_utterance(folder, collation) for collation in analysis.apparatus),
        tei=link(page.path, data_path(name, APPARATUS)) if count else "",
        quoted=families_view(folder),
    )
    return Page(route, "wording.html", view)


# ---- as an edition ---------------------------------------------------------------------------------------------


def _utterance(folder: Folder, collation: Collation) -> UtteranceLine:
    claim = folder.rows[collation.claim].claim
    href = folder.to_claim(claim.id)
    readings = _all_readings(len(collation.readings), folder.words)
    return UtteranceLine(
        id=claim.id,
        by=collation.by,
        claim=views.Link(claim.text, href),
        witness=_witness(folder, collation.lemma),
        text=_lemma_text(folder, collation),
        entries=tuple(_entries(folder, collation)),
        manners=tuple(_manners(folder, collation)),
        collation=views.Link(readings, f"{href}#{READINGS}"),
    )


def _all_readings(count: int, words: Words) -> str:
    if count == 2:
        return words.gettext("Both readings")
    return words.ngettext("The reading", "All %(number)s readings", count, number=words.spelt(count))


def _lemma_text(folder: Folder, collation: Collation) -> views.Quote:
    """The lemma with all that stands between its words; those from which readings depart are key words."""
    lemma = collation.lemma
    own = [place.cells[collation.beside.lemma] for place in collation.places if not place.common]
    keys = [part.span for cell in own for part in cell.parts]
    return _quote(folder, lemma, lemma.parts, lemma.tail, keys)


def _entries(folder: Folder, collation: Collation) -> Iterator[ApparatusEntry]:
    """Every place at which readings depart, and at last those that depart in all."""
    lemma = collation.lemma
    text = folder.analysis.anchored.articles[lemma.source.id].text
    own = [place.cells[collation.beside.lemma].parts for place in collation.places]
    for entry in entries_of(collation.beside):
        words = _joined(lemma, (part for parts in own[entry.first : entry.last + 1] for part in parts))
        before = [part for parts in own[: entry.first] for part in parts]
        after = None
        if before and not words:
            after = _quote(folder, lemma, [Part(words_of(text, before[-1].span)[-1].span)])
        quoted = _quote(folder, lemma, words) if words else None
        yield ApparatusEntry(quoted, after, whole=False, variants=_variants(folder, collation, entry.variants))
    if collation.beside.apart:
        variants = _variants(folder, collation, apart_of(collation.beside))
        yield ApparatusEntry(None, None, whole=True, variants=variants)


def _joined(reading: Reading, parts: Iterable[Part]) -> list[Part]:
    """Parts of a reading, with what stands between them; where our quotation leaves words out, its mark does."""
    runs: dict[int, list[Part]] = {}
    for part in parts:
        held = next(at for at, whole in enumerate(reading.parts) if part.span in whole.span)
        runs.setdefault(held, []).append(part)
    return [
        Part(Span(run[0].span.start, run[-1].span.end), reading.parts[held].joint if number else run[0].joint)
        for number, (held, run) in enumerate(runs.items())
    ]


def _variants(folder: Folder, collation: Collation, variants: Iterable[Variant]) -> tuple[VariantReading, ...]:
    out = []
    for variant in variants:
        first = collation.readings[variant.readings[0]]
        words = _quote(folder, first, _joined(first, variant.parts), variant.tail) if variant.parts else None
        out.append(VariantReading(words, tuple(_witness(folder, collation.readings[row]) for row in variant.readings)))
    return tuple(out)


def _manners(folder: Folder, collation: Collation) -> Iterator[Manner]:
    for mode in Mode:
        having = [reading for reading in collation.readings if reading.mode is mode]
        if having:
            told = folder.words.gettext(_MANNERS[mode])
            yield Manner(told, tuple(_witness(folder, reading) for reading in having))


# ---- side by side ----------------------------------------------------------------------------------------------


def collation_of(folder: Folder, claim: str) -> views.Collation | None:
    """The readings of a claim's utterance, for its page; None where there are not two."""
    collation = folder.collations.get(claim)
    if collation is None:
        return None
    beside = collation.beside
    rows = tuple(_row(folder, collation, at) for at in collation.order)
    return views.Collation(
        title=_side_by_side(len(rows), folder.words, aligned=beside.aligned),
        by=collation.by,
        rows=rows,
        places=len(collation.places),
        aligned=beside.aligned,
        apart=bool(beside.apart),
    )


def _side_by_side(count: int, words: Words, *, aligned: bool) -> str:
    number = sentence(words.spelt(count))
    if aligned:
        return words.ngettext(
            "%(number)s reading, word by word", "%(number)s readings, word by word", count, number=number
        )
    return words.ngettext("%(number)s reading, alone", "%(number)s readings, one below the other", count, number=number)


def _row(folder: Folder, collation: Collation, at: int) -> views.CollationRow:
    reading = collation.readings[at]
    origins = folder.analysis.anchored.briefing.origins
    cells = [] if at in collation.beside.apart else [place.cells[at] for place in collation.places]
    return views.CollationRow(
        witness=_witness(folder, reading),
        whole=_quote(folder, reading, reading.parts, reading.tail),
        chain=tuple(origins[id_].name for id_ in reading.chain),
        cells=tuple(views.Variant(cell.standing, _cell_quote(folder, reading, cell)) for cell in cells),
    )


def _witness(folder: Folder, reading: Reading) -> views.Witness:
    letter = folder.siglum(reading.source)
    siglum = replace(letter, href=_quote(folder, reading, ()).href)
    return views.Witness(siglum, str(reading.number) if reading.number else "")


def _cell_quote(folder: Folder, reading: Reading, cell: Witnessed) -> views.Quote | None:
    return _quote(folder, reading, cell.parts, cell.tail) if cell.parts else None


def _quote(
    folder: Folder, reading: Reading, parts: Sequence[Part], tail: str = "", keys: Sequence[Span] = ()
) -> views.Quote:
    """Words of a reading, with the way to its paragraph."""
    own = replace(
        reading.passage,
        paragraph=reading.paragraph,
        mode=reading.mode,
        parts=tuple(parts),
        tail=tail,
        keys=tuple(keys),
        translation=reading.passage.translation if tuple(parts) == reading.parts else None,
    )
    return folder.quote(own)
