"""A briefing's critical apparatus as TEI P5: parallel segmentation, each source a witness.

After the Guidelines' chapter 13, Critical Apparatus. What the attributes mean is told in the file's own header.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from builder import __version__
from builder.analysis import Analysis
from builder.analysis.apparatus import Collation, Reading
from builder.analysis.apparatus.collating import Witnessed
from builder.analysis.apparatus.variation import Standing
from builder.article import Article, Mode
from builder.model import Briefing, Claim, Site, Source
from builder.quoting import anchor_of, label_of
from builder.routes import APPARATUS, ItemRoute, data_path, link, path_of

TEI = "http://www.tei-c.org/ns/1.0"

_MODES = {
    Mode.DIRECT: "All of the words stand inside the article's quotation marks.",
    Mode.MIXED: "Some of the words stand inside the article's quotation marks.",
    Mode.INDIRECT: "None of the words stands inside quotation marks: they are the outlet's own.",
}
_COMPARED = (
    "Readings are compared by their words, without case and without the marks around a word. Where they agree so, the "
    "letters and marks of the lemma are printed, or of the first witness of a reading. A reading without content omits "
    "the words. A gap stands for words that the briefing does not quote, and what it puts in is supplied: neither is "
    "the source's doing. In the list of readings, @ana says how each stands to the article's quotation marks, and @n "
    "which one is the lemma that the others are set against."
)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def tei_of(site: Site, analysis: Analysis) -> bytes:
    """All utterances of a briefing with their readings, in UTF-8."""
    briefing = analysis.anchored.briefing
    root = Element("TEI", {"xmlns": TEI, "xml:lang": site.language})
    header = SubElement(root, "teiHeader")
    _file(header, site, briefing, analysis.apparatus)
    _encoding(header)
    body = SubElement(SubElement(root, "text"), "body")
    claims = {claim.id: claim for claim in briefing.claims}
    texts = [_division(body, collation, claims[collation.claim], analysis) for collation in analysis.apparatus]
    indent(root)  # before there is any text in which white space would mean something
    for paragraph, collation in zip(texts, analysis.apparatus, strict=True):
        _text(paragraph, collation, analysis.anchored.articles, site.language)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


# ---- header ----------------------------------------------------------------------------------------------------


def _file(header: Element, site: Site, briefing: Briefing, apparatus: Sequence[Collation]) -> None:
    description = SubElement(header, "fileDesc")
    _add(SubElement(description, "titleStmt"), "title", f"{briefing.title}: what was said, in whose words")
    published = SubElement(description, "publicationStmt")
    _add(published, "publisher", site.publisher or site.title)
    _date(published, briefing.updated.text)
    described = SubElement(description, "sourceDesc")
    readings = [reading for collation in apparatus for reading in collation.readings]
    witnesses = SubElement(described, "listWit")
    for source in briefing.sources:
        own = [reading for reading in readings if reading.source.id == source.id]
        if own:
            _witness(witnesses, source, max(reading.number for reading in own))


def _witness(parent: Element, source: Source, several: int) -> None:
    """A source as a witness; where it prints an utterance more than once, each such reading is one, too."""
    witness = SubElement(parent, "witness", {"xml:id": source.siglum, "n": source.siglum})
    about = SubElement(witness, "bibl")
    if source.author:
        _add(about, "author", source.author)
    if source.headline:
        _add(about, "title", " / ".join(source.headline), level="a")
    if source.outlet:
        _add(about, "publisher", source.outlet)
    if source.published:
        _date(about, source.published.text)
    if source.url:
        SubElement(about, "ptr", {"target": source.url})
    _add(about, "idno", source.article, type="file")
    if several:
        again = SubElement(witness, "listWit")
        for number in range(1, several + 1):
            identity = {"xml:id": f"{source.siglum}.{number}"}
            _add(
                again,
                "witness",
                f"Reading {number} of an utterance that {source.siglum} prints several times",
                **identity,
            )


def _encoding(header: Element) -> None:
    description = SubElement(header, "encodingDesc")
    SubElement(description, "variantEncoding", {"method": "parallel-segmentation", "location": "internal"})
    normalization = SubElement(SubElement(description, "editorialDecl"), "normalization")
    _add(normalization, "p", _COMPARED)
    taxonomy = SubElement(SubElement(description, "classDecl"), "taxonomy", {"xml:id": "mode"})
    for mode, meaning in _MODES.items():
        _add(SubElement(taxonomy, "category", {"xml:id": str(mode)}), "catDesc", meaning)
    application = SubElement(
        SubElement(description, "appInfo"), "application", {"ident": "variorum", "version": __version__}
    )
    _add(application, "label", "Variorum")


def _date(parent: Element, text: str) -> None:
    """A date as it is written; for machines, too, where it is a plain one."""
    _add(parent, "date", text, **({"when": text} if _W3C_DATE.fullmatch(text) else {}))


# ---- utterances ------------------------------------------------------------------------------------------------


def _division(body: Element, collation: Collation, claim: Claim, analysis: Analysis) -> Element:
    """An utterance but for its text, and the paragraph for that."""
    name = analysis.anchored.briefing.name
    here = data_path(name, APPARATUS)
    division = SubElement(body, "div", {"type": "utterance", "xml:id": f"utterance-{claim.id}"})
    _add(division, "head", claim.text)
    _add(division, "note", collation.by, type="speaker")
    listed = SubElement(division, "list", {"type": "readings"})
    for reading in collation.readings:
        paragraph = analysis.anchored.articles[reading.source.id].paragraphs[reading.paragraph]
        item = SubElement(listed, "item", {"corresp": f"#{_id(reading)}", "ana": f"#{reading.mode}"})
        if reading is collation.lemma:
            item.set("n", "lemma")
        page = path_of(ItemRoute(name, "sources", reading.source.id))
        _add(item, "ref", label_of(paragraph), target=link(here, page, anchor_of(paragraph)))
        for origin in reading.chain:
            _add(item, "note", analysis.anchored.briefing.origins[origin].name, type="origin")
    return SubElement(division, "p", {"corresp": link(here, path_of(ItemRoute(name, "claims", claim.id)))})


def _text(paragraph: Element, collation: Collation, articles: Mapping[str, Article], language: str) -> None:
    """The lemma's words, and at each place where readings differ an entry of the apparatus."""
    printer = _Printer(collation, articles, language)
    if not collation.beside.apart:
        printer.lines(paragraph)
        return
    entry = SubElement(paragraph, "app")
    within = [collation.readings[at] for at in collation.order if at not in collation.beside.apart]
    printer.lines(printer.reading(entry, "lem", within))
    for group in _alike((collation.readings[at], cell) for at, cell in collation.beside.apart.items()):
        printer.words(printer.reading(entry, "rdg", [reading for reading, _ in group]), *group[0])


def _alike(those: Iterable[tuple[Reading, Witnessed]]) -> Collection[list[tuple[Reading, Witnessed]]]:
    """Readings in groups that have the same words, and of which the same is quoted."""
    groups: dict[tuple[object, ...], list[tuple[Reading, Witnessed]]] = {}
    for reading, cell in those:
        ours = [part.joint for part in cell.parts if part.joint]
        key = cell.standing is Standing.UNQUOTED, tuple(ours), cell.tail if cell.parts else "", cell.words
        groups.setdefault(key, []).append((reading, cell))
    return groups.values()


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints the words of one utterance."""

    collation: Collation
    articles: Mapping[str, Article]
    language: str
    """Of the file."""

    def lines(self, parent: Element) -> None:
        """All places in order."""
        for number, place in enumerate(self.collation.places):
            cells = list(self.collation.at(place))
            if number and self._spaced(cells):
                _append(parent, " ")
            groups = _alike(cells)
            if len(groups) == 1 and cells[0][1].standing is not Standing.UNQUOTED:
                self.words(parent, *cells[0])
                continue
            entry = SubElement(parent, "app")
            for at, group in enumerate(groups):  # that of the lemma is the first
                element = self.reading(entry, "rdg" if at else "lem", [reading for reading, _ in group])
                self.words(element, *group[0])

    def reading(self, parent: Element, tag: str, witnesses: Sequence[Reading]) -> Element:
        """A reading of an entry, with all that have it."""
        attributes = {"wit": " ".join(f"#{_id(reading)}" for reading in witnesses)}
        if witnesses[0].source.language != self.language:
            attributes["xml:lang"] = witnesses[0].source.language
        return SubElement(parent, tag, attributes)

    def words(self, parent: Element, reading: Reading, cell: Witnessed) -> None:
        """The words of a reading, with what our quotation leaves out or puts in."""
        for part in cell.parts:
            _joint(parent, part.joint)
            _append(parent, part.span.of(self.articles[reading.source.id].text))
        _joint(parent, cell.tail)
        if cell.standing is Standing.UNQUOTED and not cell.tail:
            SubElement(parent, "gap", {"reason": "sampling"})

    def _spaced(self, cells: Iterable[tuple[Reading, Witnessed]]) -> bool:
        """Whether there is white space before a place: not between the characters of a script without spaces."""
        for reading, cell in cells:
            if cell.parts:
                start = cell.parts[0].span.start
                return self.articles[reading.source.id].text[start - 1 : start].isspace()
        return True


def _id(reading: Reading) -> str:
    return f"{reading.source.siglum}.{reading.number}" if reading.number else reading.source.siglum


def _joint(parent: Element, joint: str) -> None:
    """What stands in brackets between two runs of an article's words."""
    for piece in re.split(r"(\[[^\[\]]*\])", joint):
        inside = piece[1:-1].strip() if piece.startswith("[") else ""
        if inside in ("…", "..."):
            SubElement(parent, "gap", {"reason": "sampling"})
        elif inside:
            _add(parent, "supplied", inside)
        else:
            _append(parent, piece)


# ---- XML -------------------------------------------------------------------------------------------------------


def _add(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = _plain(text)
    return element


def _append(parent: Element, text: str) -> None:
    """Text after all that an element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + _plain(text)
    else:
        parent.text = (parent.text or "") + _plain(text)


def _plain(text: str) -> str:
    """Text as XML can hold it: other characters are replaced, white space is one space."""
    return re.sub(r"\s+", " ", _NO_XML.sub("\ufffd", text))
