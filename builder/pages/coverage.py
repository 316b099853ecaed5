"""The coverage page: how much of each text the briefing shows, and what each of them carries. Counted, never scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder import strings, views
from builder.analysis.matrix import Silence
from builder.analysis.testimony import Agreement, Testimony
from builder.pages.context import Folder, PageContext
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.views.coverage import (
    CountRow,
    CountTable,
    CoveragePage,
    Detail,
    Group,
    Linked,
    PairCell,
    PairRow,
    Pairs,
    Share,
)

# Ids hold single hyphens only, so two of them parted by two can be mistaken for no other pair.


def coverage_page(folder: Folder) -> Page:
    """What each text carries."""
    briefing, testimony = folder.analysis.anchored.briefing, folder.analysis.testimony
    route = BriefingRoute(briefing.name, "coverage")
    view = CoveragePage(
        chrome=PageContext(folder, route).chrome(
            f"Coverage: {briefing.title}",
            "How much of each text the briefing rests on, and what each of them carries.",
        ),
        intro="How much of each text the briefing rests on, what one text carries alone, where two of them agree, and "
        "what they leave out. These are counts. They say nothing of how good a text is.",
        shares=tuple(_share(folder, one) for one in testimony),
        alone=tuple(_alone(folder, one) for one in testimony if one.alone),
        matrix_href=folder.pages["matrix"],
        pairs=_pairs(folder),
        silences=_silences(folder),
        sides=_sides(folder),
        two_sided=_two_sided(testimony),
    )
    return Page(route, "coverage.html", view)


def _share(folder: Folder, one: Testimony) -> Share:
    shown = folder.analysis.coverage[one.source.id]
    return Share(
        folder.siglum(one.source),
        shown.of,
        one.rests.words,
        one.rests.percent,
        shown.words,
        shown.percent,
        None if one.source.full_text else int(folder.site.excerpt_maximum),
    )


def _group(folder: Folder, id_: str, label: str, claims: Iterable[str]) -> Group:
    return Group(id_, label, tuple(views.Link(folder.rows[id_].claim.text, folder.to_claim(id_)) for id_ in claims))


def _alone(folder: Folder, one: Testimony) -> Detail:
    label = f"{one.source.name} alone: {strings.plural(len(one.alone), 'claim')}"
    group = _group(folder, f"alone-{one.source.id}", "", one.alone)
    return Detail((folder.siglum(one.source),), label, (group,))


# ---- two sources -----------------------------------------------------------------------------------------------


def agreement_in_words(agreement: Agreement) -> str:
    """`10 alike, 1 contradicted`, or `no claim in common`."""
    named = [(number, word) for word, claims in _kinds(agreement) if (number := len(claims))]
    return ", ".join(f"{number} {word}" for number, word in named) or "no claim in common"


def _kinds(agreement: Agreement) -> Sequence[tuple[str, tuple[str, ...]]]:
    return (
        ("alike", agreement.alike),
        ("qualified", agreement.qualified),
        ("contradicted", agreement.contradicted),
    )


MOST = 400
"""Of claims that pairs of texts do not tell alike, so many are listed pair by pair at most."""


def _listed(agreement: Agreement, *, all_apart: bool) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Those claims of a pair that are listed: what is told alike would be nearly all for nearly every pair."""
    return [(kind, claims) for kind, claims in _kinds(agreement)[1 if all_apart else 2 :] if claims]


def _pairs(folder: Folder) -> Pairs | None:
    """A triangle: each row has a cell for every source before its own."""
    agreements = {(one.one, one.other): one for one in folder.analysis.agreements}
    ids = [one.source.id for one in folder.analysis.testimony]
    if len(ids) < 2 or not agreements:
        return None
    sigla = dict(zip(ids, folder.sigla, strict=True))
    all_apart = sum(len(one.qualified) + len(one.contradicted) for one in agreements.values()) <= MOST
    listed = {pair: _listed(agreement, all_apart=all_apart) for pair, agreement in agreements.items()}
    rows = tuple(
        PairRow(
            sigla[other],
            tuple(_pair_cell(agreements[one, other], listed[one, other]) for one in ids[:number]),
            len(ids) - 1 - number,
        )
        for number, other in enumerate(ids)
        if number
    )
    details = tuple(
        Detail(
            (sigla[one], sigla[other]),
            f"both speak to {strings.plural(agreement.shared, 'claim')}: {agreement_in_words(agreement)}",
            tuple(
                _group(folder, f"{_pair_id(agreement)}--{kind}", strings.sentence(kind), claims)
                for kind, claims in listed[one, other]
            ),
        )
        for (one, other), agreement in agreements.items()
        if listed[one, other]
    )
    below = "" if not details else "that are not alike" if all_apart else "that are contradicted"
    return Pairs(tuple(sigla[id_] for id_ in ids[:-1]), rows, details, below)


def _pair_id(agreement: Agreement) -> str:
    return f"pair-{agreement.one}--{agreement.other}"


def _pair_cell(agreement: Agreement, listed: Sequence[tuple[str, tuple[str, ...]]]) -> PairCell:
    first = next((kind for kind, _ in listed), None)
    return PairCell(
        f"#{_pair_id(agreement)}--{first}" if first else None,
        agreement.shared,
        agreement_in_words(agreement),
        *(len(claims) for _, claims in _kinds(agreement)),
    )


# ---- silence and sides -----------------------------------------------------------------------------------------


def _silences(folder: Folder) -> CountTable | None:
    """How each source's silences are known."""
    testimony = folder.analysis.testimony
    kinds = [kind for kind in Silence if any(one.silent.get(kind) for one in testimony)]
    if not kinds:
        return None
    columns = tuple(strings.SILENCES[kind] for kind in kinds)
    counted = [(one, [one.silent.get(kind, ()) for kind in kinds]) for one in testimony]
    return _table(folder, "silent", columns, counted, "silent on")


def _sides(folder: Folder) -> CountTable | None:
    """Which side's statements each source carries: by the sides that its evidence is traced to."""
    testimony = folder.analysis.testimony
    sides = list(dict.fromkeys(side for one in testimony for side in one.sides))
    if not sides:
        return None
    columns = tuple((side or "No side named", None) for side in sides)
    counted = [(one, [one.sides.get(side, ()) for side in sides]) for one in testimony]
    return _table(folder, "side", columns, counted, "speaks to")


def _table(
    folder: Folder,
    kind: str,
    columns: tuple[tuple[str, str | None], ...],
    counted: Sequence[tuple[Testimony, Sequence[Sequence[str]]]],
    does: str,
) -> CountTable:
    """`counted` are the claims of each source, column by column; `does` is what it does to them."""
    rows, details = [], []
    for one, cells in counted:
        siglum = folder.siglum(one.source)
        ids = [f"{kind}-{one.source.id}--{number}" for number in range(1, len(cells) + 1)]
        counts = (Linked(len(claims), f"#{id_}" if claims else None) for id_, claims in zip(ids, cells, strict=True))
        rows.append(CountRow(siglum, tuple(counts)))
        every = len({claim for claims in cells for claim in claims})
        groups = tuple(
            _group(folder, id_, label, claims)
            for id_, (label, _), claims in zip(ids, columns, cells, strict=True)
            if claims
        )
        if groups:
            label = f"{one.source.name} {'is ' if kind == 'silent' else ''}{does} {strings.plural(every, 'claim')}"
            details.append(Detail((siglum,), label, groups))
    return CountTable(columns, tuple(rows), tuple(details))


def _two_sided(testimony: Sequence[Testimony]) -> str | None:
    """That some pieces of evidence are counted twice."""
    twice = sum(sum(map(len, one.sides.values())) - len(one.speaks) for one in testimony if one.sides)
    if not twice:
        return None
    return (
        f"{strings.plural(twice, 'piece')} of evidence rest{'s' if twice == 1 else ''} on both sides, counted for each."
    )
