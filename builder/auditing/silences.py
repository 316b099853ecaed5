"""Silences of which nothing tells the kind."""

from __future__ import annotations

from builder.analysis.matrix import Cell, Matrix, Row, Silence, last_known
from builder.auditing.finding import Advice, Finding, Section, Shown, State, called
from builder.model import Source
from builder.searching.quotable import INDENT
from builder.strings import FILL_IN, plural
from builder.yamltext import entries


def silences(matrix: Matrix) -> Section:
    """For each source the claims on which it is silent, where no date tells whether it could have spoken."""
    sources = [cell.source for cell in matrix.rows[0].cells] if matrix.rows else []
    return Section("Silences", tuple(_of_source(source, matrix) for source in sources if _untold(source, matrix)))


def _untold(source: Source, matrix: Matrix) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row, cell in matrix.of_source(source.id) if cell.silence is Silence.UNKNOWN]


def _of_source(source: Source, matrix: Matrix) -> Finding:
    found = _untold(source, matrix)
    title = (
        f"{called(source)} is silent on {plural(len(found), 'claim')}, and no date tells whether it could have known"
    )
    shown = tuple(Shown(row.claim.place, f"`{row.claim.id}`, about {row.claim.event}") for row, _ in found)
    limit = "`published` or `looks_ahead`" if last_known(source) else "`known_through`"
    known = f"Write {limit} of {source.id} in sources.yaml, where the text shows it."
    single = "Or state it of one claim, below its `evidence:`"
    entry = entries({source.id: {"stance": "silent", "note": f"{FILL_IN}: why nobody can tell"}}, INDENT)
    return Finding(State.OPEN, title, shown, (Advice(known), Advice(f"{single}:", entry)), len(found))
