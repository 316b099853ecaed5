"""The apparatus as TEI: valid, every pointer leads somewhere, and every witness's words can be read out of it again."""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

import pytest
from lxml import etree  # type: ignore[import-untyped]
from samples import ROOT, analysis_of, sample
from test_apparatus import said

from builder.analysis import Analysis
from builder.assemble import site_of
from builder.documents import SiteEntry
from builder.exports import briefing_files
from builder.exports.tei import TEI, tei_of
from builder.routes import is_own
from builder.text import INVISIBLE

SITE = site_of(SiteEntry(title="A Site"))
SCHEMA = etree.RelaxNG(etree.parse(ROOT / "tests/tei/apparatus.rng"))
NAMES = {"t": TEI}
ID = "{http://www.w3.org/XML/1998/namespace}id"

PLAIN = said("open and honest talk", "open and frank talk")
SEVERAL = said(["“one way”", "no other way"], "“some way", "no “other” way")
CUT = said("open talk […] at last", "open talk at last", lemma="s1")
APART = said("open and honest talk", "of no use to anybody", "open and frank talk")


def faults(data: bytes) -> list[str]:
    """What the TEI schema has against a file."""
    SCHEMA.validate(etree.fromstring(data))
    return [f"{fault.line}: {fault.message}" for fault in SCHEMA.error_log]


def read(analysis: Analysis) -> ElementTree.Element:
    return ElementTree.fromstring(tei_of(SITE, analysis))


def text_of(element: ElementTree.Element, witness: str) -> str:
    """The words of one witness, read out of an element with parallel segmentation."""
    out = element.text or ""
    for child in element:
        if child.tag == f"{{{TEI}}}app":
            having = [one for one in child if f"#{witness}" in one.get("wit", "").split()]
            assert len(having) == 1, f"{witness} has {len(having)} readings of one place"
            out += text_of(having[0], witness)
        elif child.tag == f"{{{TEI}}}gap":
            out += "[…]"
        else:
            out += child.text or ""
        out += child.tail or ""
    return " ".join(out.split())


def witnesses(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    """The text of each utterance, with each of its witnesses."""
    for division in root.iterfind(".//t:div", NAMES):
        paragraph = division.find("t:p", NAMES)
        assert paragraph is not None
        for item in division.iterfind("t:list/t:item", NAMES):
            yield paragraph, item.attrib["corresp"].removeprefix("#")


@pytest.mark.parametrize("files", [PLAIN, SEVERAL, CUT, APART])
def test_the_apparatus_is_valid_tei(files: Mapping[str, str | bytes | None]) -> None:
    assert faults(tei_of(SITE, analysis_of(files))) == []


def test_the_repositorys_own_apparatus_is_valid_tei() -> None:
    assert faults(tei_of(SITE, sample())) == []


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("<lem ", "<lemma "),
        (' wit="', ' witnesses="'),
        ("<listWit>", "<listWit><p/>"),
        ('ana="#direct"', 'ana=""'),
        ('when="2024-05-10"', 'when="in May"'),
        (" parallel-segmentation", " side-by-side"),
    ],
)
def test_what_is_no_tei_is_noticed(found: str, put: str) -> None:
    text = tei_of(SITE, analysis_of(SEVERAL)).decode().replace('method="', 'method=" ')
    broken = text.replace(found, put).replace("</lem>", "</lemma>" if put == "<lemma " else "</lem>")
    assert broken != text
    assert faults(broken.encode()) != []


def test_every_pointer_leads_to_an_id() -> None:
    for analysis in (analysis_of(SEVERAL), sample()):
        root = read(analysis)
        ids = [element.get(ID) for element in root.iter() if element.get(ID)]
        pointers = {
            pointer.removeprefix("#")
            for element in root.iter()
            for key in ("wit", "ana", "corresp")
            for pointer in element.get(key, "").split()
            if pointer.startswith("#")
        }
        assert len(ids) == len(set(ids))
        assert pointers <= set(ids)


def test_every_witness_can_be_read_out_of_the_apparatus_but_for_the_marks_around_words_that_others_have_too() -> None:
    root = read(analysis_of(SEVERAL))
    assert [(witness, text_of(paragraph, witness)) for paragraph, witness in witnesses(root)] == [
        ("A.1", "“one way"),
        ("A.2", "no other way"),
        ("B", "“some way"),
        ("C", "no other way"),
    ]


def test_the_words_of_every_witness_are_those_of_its_article() -> None:
    analysis = sample()
    root = read(analysis)
    found = [text_of(paragraph, witness) for paragraph, witness in witnesses(root)]
    readings = [reading for collation in analysis.apparatus for reading in collation.readings]
    assert len(found) == len(readings)
    for text, reading in zip(found, readings, strict=True):
        article = analysis.anchored.articles[reading.source.id].text
        words = "".join(part.joint + part.span.of(article) for part in reading.parts) + reading.tail
        assert _bare(text) == _bare(words)


def _bare(text: str) -> str:
    """Text as readings are compared."""
    return re.sub(r"[^\w […]|(?<=\w)\.(?=\w)|(?<=\w)-(?=\w)", "", text.replace("-", "")).casefold()


def test_direct_and_indirect_speech_are_told_apart() -> None:
    items = read(analysis_of(SEVERAL)).findall(".//t:item", NAMES)
    assert [item.get("ana") for item in items] == ["#direct", "#indirect", "#direct", "#mixed"]


def test_one_reading_of_each_utterance_is_called_the_lemma() -> None:
    root = read(sample())
    for division, collation in zip(root.iterfind(".//t:div", NAMES), sample().apparatus, strict=True):
        marked = [item.get("corresp", "") for item in division.iterfind(".//t:item[@n='lemma']", NAMES)]
        lemma = collation.lemma
        assert marked == [f"#{lemma.source.siglum}" + (f".{lemma.number}" if lemma.number else "")]


def test_a_witness_is_told_with_its_file_and_a_reading_with_its_origins_and_its_place() -> None:
    root = read(analysis_of(PLAIN))
    assert [element.text for element in root.iterfind(".//t:idno", NAMES)] == ["s1.txt", "s2.txt"]
    item = root.find(".//t:item", NAMES)
    assert item is not None
    assert [(one.tag.rpartition("}")[2], one.text, one.get("target")) for one in item] == [
        ("ref", "¶ 2", "../sources/s1.html#p2"),
        ("note", "The Agency", None),
    ]


def test_what_our_quotation_leaves_out_is_a_gap_and_no_omission() -> None:
    root = read(analysis_of(CUT))
    paragraph = root.find(".//t:p[@corresp]", NAMES)
    assert paragraph is not None
    assert text_of(paragraph, "A") == "open talk […] at last"
    assert text_of(paragraph, "B") == "open talk at last"
    assert [gap.get("reason") for gap in paragraph.iter(f"{{{TEI}}}gap")] == ["sampling"]


def test_what_one_quotation_leaves_out_and_another_source_omits_are_two_readings() -> None:
    files = said("calm and frank talks today", "calm and talks today", "calm and long talks today", "calm […] today")
    paragraph = read(analysis_of(files)).find(".//t:p[@corresp]", NAMES)
    assert paragraph is not None
    assert text_of(paragraph, "B") == "calm and talks today"
    having = [one.attrib["wit"].split() for one in paragraph.iter() if "wit" in one.attrib]
    assert [wit for wit in having if {"#B", "#D"} <= set(wit) and len(wit) == 2] == []


def test_between_characters_of_a_script_without_spaces_there_are_none() -> None:
    paragraph = read(analysis_of(said("中国尊重美国的利益", "中国尊重美国利益"))).find(".//t:p[@corresp]", NAMES)
    assert paragraph is not None
    assert text_of(paragraph, "A") == "中国尊重美国的利益"
    assert text_of(paragraph, "B") == "中国尊重美国利益"


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x85", "\u2028", "\u200b", "\ufeff"])
def test_whatever_stands_in_an_article_the_file_is_valid(char: str) -> None:
    typed = "<b>&amp; ]]> talk" if char not in INVISIBLE else "<b>&amp;]]> talk"
    files = dict(said(typed, "<b> no <talk> ”&"))
    files["seeds/s1.txt"] = str(files["seeds/s1.txt"]).replace(
        "&amp; ]]" if " ]]" in typed else "&amp;]]", f"&amp;{char}]]"
    )
    data = tei_of(SITE, analysis_of(files))
    assert faults(data) == []
    paragraph = ElementTree.fromstring(data).find(".//t:p[@corresp]", NAMES)
    assert paragraph is not None
    assert text_of(paragraph, "A").startswith("<b>&amp;")


def test_the_file_stands_among_the_data_where_there_are_utterances() -> None:
    found = {file.path: file.data for file in briefing_files(SITE, analysis_of(PLAIN), [])}
    assert found["case/data/apparatus.xml"] == tei_of(SITE, analysis_of(PLAIN))
    assert is_own("case/data/apparatus.xml")
    silent = analysis_of(said("one way"))
    assert "case/data/apparatus.xml" not in {file.path for file in briefing_files(SITE, silent, [])}
