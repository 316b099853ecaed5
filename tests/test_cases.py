"""The cases in tests/cases: what a curator writes, and what the check says to it. See tests/cases/README.md."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from samples import ROOT, SMALL, SOURCES, checked, scalar

from builder.analysis import Analysis
from builder.diagnostics import in_order
from builder.model import Passage
from builder.reports import as_text

CASES = ROOT / "tests" / "cases"
FENCE = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BRIEFING_FILE = re.compile(r"briefing\.md|(?:sources|claims|timeline|audit|claims/[a-z0-9-]+)\.yaml")
RESULTS = ("expect", "found")
ALONE = SOURCES.partition("  two:\n")[0]
"""The small site's sources without the second one: a source that no claim quotes is odd."""

Blocks = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Case:
    """One heading of a file: what it shows, its blocks, and where its result stands in the file."""

    name: str
    about: str
    blocks: Blocks
    start: int
    end: int

    @property
    def kind(self) -> str:
        """`expect` or `found`."""
        return next(kind for kind, _ in self.blocks if kind in RESULTS)

    @property
    def result(self) -> str:
        """What should come out."""
        return self.blocks[self.kind, ""]


def cases_in(name: str, text: str) -> Iterator[Case]:
    """The cases of a file. Raises ValueError where one is not in the form that README.md describes."""
    headings = list(re.finditer(r"^## (.+)\n", text, re.MULTILINE))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=True):
        case = f"{name}: {heading[1]}"
        blocks: Blocks = {}
        at = (0, 0)
        for fence in FENCE.finditer(text, heading.end(), end):
            key = (fence[1], fence[2] or "")
            if key in blocks:
                raise ValueError(f"{case}: the block {' '.join(key)} is there twice")
            blocks[key] = fence[3]
            if fence[1] in RESULTS:
                at = fence.span(3)
        about = FENCE.sub("", text[heading.end() : end]).strip()
        if "```" in about or not about:
            raise ValueError(f"{case}: a block without an end, or no sentence that says what the case shows")
        if sum(kind in RESULTS for kind, _ in blocks) != 1:
            raise ValueError(f"{case}: there has to be one block `expect` or `found`")
        files_of(case, blocks)
        yield Case(heading[1], about, blocks, *at)


def files_of(case: str, blocks: Blocks) -> dict[str, str | bytes | None]:
    """The site of a case. Raises ValueError where a block is unknown or would not be used."""
    files = dict(SMALL)
    kinds = {kind for kind, _ in blocks}
    if kinds & {"article", "evidence"}:
        files["content/case/timeline.yaml"] = None
        files["content/case/claims.yaml"] = "{}\n"
        files["content/case/sources.yaml"] = ALONE
    for (kind, name), text in blocks.items():
        path = name if name == "site.yaml" else f"content/case/{name}"
        known = name == "site.yaml" or BRIEFING_FILE.fullmatch(name)
        if kind == "article" and re.fullmatch(r"(?:[a-z0-9]+\.txt)?", name):
            article = name or "one.txt"
            files[f"seeds/{article}"] = text.removesuffix("\n")
            if article == "one.txt":
                files["content/case/sources.yaml"] = sources_for(text)
        elif kind == "evidence" and not name:
            files["content/case/claims.yaml"] = claims_for(text)
        elif kind in ("yaml", "markdown") and known:
            continue
        elif kind == "bytes" and (known or re.fullmatch(r"seeds/[a-z0-9]+\.txt", name)):
            files[path if known else name] = bytes_of(text)
        elif kind == "missing" and known and not text:
            files[path] = None
        elif kind not in RESULTS or name:
            raise ValueError(f"{case}: nobody knows the block `{kind} {name}`")
    if ("evidence", "") in blocks and any(name.startswith("claims") for _, name in blocks):
        raise ValueError(f"{case}: `evidence` is not used where there are claims")
    for (kind, name), text in blocks.items():
        if kind in ("yaml", "markdown"):
            files[name if name == "site.yaml" else f"content/case/{name}"] = text
    return files


def sources_for(article: str) -> str:
    """The source `one`, with all of `article` as its body."""
    lines = [line.strip() for line in article.split("\n") if line.strip()]
    return ALONE.replace("[The ministers met, a short one.]", f"[{scalar(lines[0])}, {scalar(lines[-1])}]")


def claims_for(evidence: str) -> str:
    """One claim with the evidence of source `one`; it supports the claim where no stance is given."""
    lines = evidence.splitlines()
    if not any(line.startswith("stance:") for line in lines):
        lines.insert(0, "stance: supports")
    indented = "".join(f"      {line}\n" if line else "\n" for line in lines)
    return f"claim:\n  claim: A claim.\n  topic: talks\n  unit: hours\n  evidence:\n    one:\n{indented}"


def bytes_of(text: str) -> bytes:
    r"""Text in which `\xe9` stands for a byte."""
    parts = re.split(r"\\x([0-9a-f]{2})", text)
    return b"".join(bytes.fromhex(part) if index % 2 else part.encode() for index, part in enumerate(parts))


# ---- results ------------------------------------------------------------------------------------------------------


def outcome(case: Case) -> str:
    """What comes out of a case, in the form of its result block."""
    result = checked(files_of(case.name, case.blocks))
    if case.kind == "expect":
        return "\n\n".join(map(as_text, in_order(result.diagnostics))) + "\n"
    if result.diagnostics:
        return f"instead, there are faults: {' '.join(d.code for d in result.diagnostics)}\n"
    return "".join(f"{line}\n" for line in passages_of(result.value.analyses[0])) or "nothing\n"


def passages_of(analysis: Analysis) -> Iterator[str]:
    """A line for each passage: where its words stand, the zone, whether in quotation marks, the words, the key."""
    anchored = analysis.anchored
    of_claims = [passage for row in analysis.matrix.rows for cell in row.cells for passage in cell.passages]
    of_events = [passage for event in anchored.briefing.events for passage in anchored.events[event.id]]
    for passage in of_claims + of_events:
        article = anchored.articles[passage.source]
        paragraph = article.paragraphs[passage.paragraph]
        spans = " ".join(f"{part.span.start}-{part.span.end}" for part in passage.parts)
        mode = f"{passage.mode}, never closed" if passage.unclosed else str(passage.mode)
        keys = "".join(f" | key: {key.of(article.text)}" for key in passage.keys)
        yield f"{spans} | {paragraph.zone} {paragraph.number} | {mode} | {shown(passage, article.text)}{keys}"


def shown(passage: Passage, text: str) -> str:
    """The quotation on one line: ⏎ stands for a line break."""
    return passage.quoted(text).replace("\r", "").replace("\n", "⏎")


def rewrite(path: Path) -> None:
    """Put what comes out into the file, in the place of what should."""
    text = path.read_text("utf-8")
    for case in reversed(list(cases_in(path.name, text))):
        text = text[: case.start] + outcome(case) + text[case.end :]
    path.write_text(text, "utf-8")


FILES = sorted(path for path in CASES.glob("*.md") if path.name != "README.md")
if os.environ.get("UPDATE_CASES") == "1":
    for file in FILES:
        rewrite(file)
ALL = [(path.stem, case) for path in FILES for case in cases_in(path.name, path.read_text("utf-8"))]


@pytest.mark.parametrize(("file", "case"), ALL, ids=[f"{file}: {case.name}" for file, case in ALL])
def test_the_check_says_what_the_case_expects(file: str, case: Case) -> None:
    assert outcome(case) == case.result, f"UPDATE_CASES=1 would rewrite cases/{file}.md"


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [(file, case.name) for file, case in ALL]
    assert len(set(names)) == len(names) >= 45


# ---- the form of cases --------------------------------------------------------------------------------------------

GOOD = "## One\nIt shows something.\n```evidence\nquote: x\n```\n```expect\n```\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("It shows something.\n", ""),
        GOOD.replace("evidence", "evidences"),
        GOOD.replace("evidence", "evidence two"),
        GOOD.replace("evidence", "yaml claim.yaml"),
        GOOD.replace("evidence", "bytes seeds/../x.txt"),
        GOOD.replace("evidence", "missing claims.yaml"),
        GOOD.replace("expect", "expects"),
        GOOD.replace("expect", "expect claims.yaml"),
        GOOD + "```found\n```\n",
        GOOD + "```evidence\nquote: y\n```\n",
        GOOD + "```yaml claims.yaml\n{}\n```\n",
        GOOD + "```yaml timeline.yaml\n",
    ],
)
def test_a_case_in_another_form_is_no_case(text: str) -> None:
    assert [case.name for case in cases_in("x.md", GOOD)] == ["One"]
    with pytest.raises(ValueError, match=r"x\.md: One"):
        list(cases_in("x.md", text))
