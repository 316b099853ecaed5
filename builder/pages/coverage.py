"""The coverage page: how much of each text the briefing shows, and what each of them carries. Counted, never scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from builder import views
from builder.analysis.coverage import Coverage
from builder.analysis.matrix import Silence
from builder.analysis.testimony import Agreement, Testimony
from builder.pages.context import PageContext
from builder.pages.folder import Folder
from builder.pages.page import Page
from builder.routes import BriefingRoute
from builder.strings import SILENCES
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
    Parting,
    Share,
)
from builder.words import ENGLISH, N_, Words

# Ids hold single hyphens only, so two of them parted by two can be mistaken for no other pair.


def coverage_page(folder: Folder) -> Page:
    """What each text carries."""
    briefing, testimony = folder.analysis.anchored.briefing, folder.analysis.testimony
    route, words = BriefingRoute(briefing.name, "coverage"), folder.words
    view = CoveragePage(
        chrome=PageContext(folder, route).chrome(
            words.gettext("Coverage: %(briefing)s", briefing=briefing.title),
            words.gettext("How much of each text the briefing rests on, and what each of them carries."),
        ),
        intro=words.gettext(
            "How much of each text the briefing rests on, what one text carries alone, where two of them agree, and "
            "what they leave out. These are counts. They say nothing of how good a text is."
        ),
        shares=tuple(_share(folder, one) for one in testimony),
        alone=tuple(_alone(folder, one) for one in testimony if one.alone),
        matrix_href=folder.pages["matrix"],
        pairs=_pairs(folder),
        silences=_silences(folder),
        sides=_sides(folder),
        two_sided=_two_sided(testimony, words),
    )
    return Page(route, "coverage.html", view)


def _share(folder: Folder, one: Testimony) -> Share:
    shown = folder.analysis.coverage[one.source.id]
    limit = None if one.source.full_text else int(folder.site.excerpt_maximum)
    return Share(
        folder.siglum(one.source),
        shown.of,
        one.rests.percent,
        shown.percent,
        limit,
        " ".join(_used(shown, one.rests, limit, folder.words)),
    )


def _used(shown: Coverage, rests: Coverage, limit: int | None, words: Words) -> Iterator[str]:
    """How many of a text's words are used, in sentences."""
    yield words.ngettext(
        "Of %(num)s word, stances rest on %(rests)s (%(percent)s\N{NO-BREAK SPACE}%%).",
        "Of %(num)s words, stances rest on %(rests)s (%(percent)s\N{NO-BREAK SPACE}%%).",
        shown.of,
        rests=words.number(rests.words),
        percent=rests.percent,
    )
    yield words.ngettext(
        "%(num)s is shown (%(percent)s\N{NO-BREAK SPACE}%%).",
        "%(num)s are shown (%(percent)s\N{NO-BREAK SPACE}%%).",
        shown.words,
        percent=shown.percent,
    )
    if limit is None:
        yield words.gettext("Its licence sets no limit.")
    else:
        yield words.gettext("The limit is %(percent)s\N{NO-BREAK SPACE}%%.", percent=limit)


def _group(folder: Folder, id_: str, label: str, claims: Sequence[str], most: int | None = None) -> Group:
    links = (views.Link(folder.rows[claim].claim.text, folder.to_claim(claim)) for claim in claims[:most])
    return Group(id_, label, tuple(links), 0 if most is None else len(claims[most:]))


def _alone(folder: Folder, one: Testimony) -> Detail:
    name = folder.siglum(one.source).name
    label = folder.words.ngettext(
        "%(source)s alone: %(num)s claim", "%(source)s alone: %(num)s claims", len(one.alone), source=name
    )
    group = _group(folder, f"alone-{one.source.id}", "", one.alone)
    return Detail((folder.siglum(one.source),), label, (group,))


# ---- two sources -----------------------------------------------------------------------------------------------


def agreement_in_words(agreement: Agreement, words: Words = ENGLISH) -> str:
    """`10 alike, 1 contradicted`, or `no claim in common`."""
    alike, qualified, contradicted = (len(claims) for _, claims in _kinds(agreement))
    named = [
        words.ngettext("%(num)s alike", "%(num)s alike", alike) if alike else "",
        words.ngettext("%(num)s qualified", "%(num)s qualified", qualified) if qualified else "",
        words.ngettext("%(num)s contradicted", "%(num)s contradicted", contradicted) if contradicted else "",
    ]
    return ", ".join(filter(None, named)) or words.gettext("no claim in common")


def _kinds(agreement: Agreement) -> Sequence[tuple[str, tuple[str, ...]]]:
    return (
        ("alike", agreement.alike),
        ("qualified", agreement.qualified),
        ("contradicted", agreement.contradicted),
    )


_APART = {"qualified": N_("Qualified"), "contradicted": N_("Contradicted")}
MOST, FEW = 400, 5
"""Of claims that pairs of texts do not tell alike, so many are listed pair by pair at most. Where a table counts more,
the FEW first of each number are listed."""
DENSE = 8
"""So many columns have room for the numbers of two texts in words."""


def _pairs(folder: Folder) -> Pairs | None:
    """A triangle: each row has a cell for every source before its own."""
    agreements = {(one.one, one.other): one for one in folder.analysis.agreements}
    ids = [one.source.id for one in folder.analysis.testimony]
    if len(ids) < 2 or not agreements:
        return None
    sigla = dict(zip(ids, folder.sigla, strict=True))
    pairwise = sum(len(one.qualified) + len(one.contradicted) for one in agreements.values()) <= MOST
    rows = tuple(
        PairRow(
            sigla[other],
            tuple(_pair_cell(agreements[one, other], folder.words, pairwise=pairwise) for one in ids[:number]),
            len(ids) - 1 - number,
        )
        for number, other in enumerate(ids)
        if number
    )
    details = tuple(
        _pair(folder, (sigla[one], sigla[other]), agreement)
        for (one, other), agreement in agreements.items()
        if pairwise and _apart(agreement)
    )
    partings = () if pairwise else tuple(_partings(folder, agreements.values()))
    listed = "apart" if details else "contradicted" if partings else ""
    return Pairs(tuple(sigla[id_] for id_ in ids[:-1]), rows, details, partings, listed, len(ids) - 1 > DENSE)


def _apart(agreement: Agreement) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The claims of a pair that are listed: what is told alike would be nearly all for nearly every pair."""
    return [(kind, claims) for kind, claims in _kinds(agreement)[1:] if claims]


def _pair(folder: Folder, sigla: tuple[views.Siglum, ...], agreement: Agreement) -> Detail:
    label = folder.words.ngettext(
        "both speak to %(num)s claim: %(agreement)s",
        "both speak to %(num)s claims: %(agreement)s",
        agreement.shared,
        agreement=agreement_in_words(agreement, folder.words),
    )
    groups = (
        _group(folder, f"{_pair_id(agreement)}--{kind}", folder.words.gettext(_APART[kind]), claims)
        for kind, claims in _apart(agreement)
    )
    return Detail(sigla, label, tuple(groups))


def _partings(folder: Folder, agreements: Iterable[Agreement]) -> Iterator[Parting]:
    """The claims that pairs contradict, in the order of the matrix, each with the texts of these pairs."""
    pairs: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        for claim in agreement.contradicted:
            pairs.setdefault(claim, []).append(agreement)
    for id_, row in folder.rows.items():
        if id_ in pairs:
            those = {source for pair in pairs[id_] for source in (pair.one, pair.other)}
            yield Parting(
                views.Link(row.claim.text, folder.to_claim(id_)),
                tuple(folder.siglum(cell.source) for cell in row.cells if cell.source.id in those),
                folder.words.ngettext("%(num)s pair", "%(num)s pairs", len(pairs[id_])),
            )


def _pair_id(agreement: Agreement) -> str:
    return f"pair-{agreement.one}--{agreement.other}"


def _pair_cell(agreement: Agreement, words: Words, *, pairwise: bool) -> PairCell:
    first = next((kind for kind, _ in _apart(agreement)), None)
    href = f"#{_pair_id(agreement)}--{first}" if pairwise and first else None
    return PairCell(
        "#contradicted" if not pairwise and agreement.contradicted else href,
        agreement.shared,
        agreement_in_words(agreement, words),
        *(len(claims) for _, claims in _kinds(agreement)),
    )


# ---- silence and sides -----------------------------------------------------------------------------------------


def _silences(folder: Folder) -> CountTable | None:
    """How each source's silences are known."""
    testimony = folder.analysis.testimony
    kinds = [kind for kind in Silence if any(one.silent.get(kind) for one in testimony)]
    if not kinds:
        return None
    gettext = folder.words.gettext
    columns = tuple((gettext(label), gettext(rule)) for label, rule in map(SILENCES.__getitem__, kinds))
    counted = [(one, [one.silent.get(kind, ()) for kind in kinds]) for one in testimony]
    return _table(folder, "silent", columns, counted)


def _sides(folder: Folder) -> CountTable | None:
    """Which side's statements each source carries: by the sides that its evidence is traced to."""
    testimony = folder.analysis.testimony
    sides = list(dict.fromkeys(side for one in testimony for side in one.sides))
    if not sides:
        return None
    columns = tuple((side or folder.words.gettext("No side named"), None) for side in sides)
    counted = [(one, [one.sides.get(side, ()) for side in sides]) for one in testimony]
    return _table(folder, "side", columns, counted)


def _table(
    folder: Folder,
    kind: str,
    columns: tuple[tuple[str, str | None], ...],
    counted: Sequence[tuple[Testimony, Sequence[Sequence[str]]]],
) -> CountTable:
    """`counted` are the claims of each source, column by column: on which it is silent, or else to which it speaks."""
    rows, details = [], []
    most = FEW if sum(len(claims) for _, cells in counted for claims in cells) > MOST else None
    for one, cells in counted:
        siglum = folder.siglum(one.source)
        ids = [f"{kind}-{one.source.id}--{number}" for number in range(1, len(cells) + 1)]
        counts = (Linked(len(claims), f"#{id_}" if claims else None) for id_, claims in zip(ids, cells, strict=True))
        rows.append(CountRow(siglum, tuple(counts)))
        every = len({claim for claims in cells for claim in claims})
        groups = tuple(
            _group(folder, id_, label, claims, most)
            for id_, (label, _), claims in zip(ids, columns, cells, strict=True)
            if claims
        )
        if groups:
            told = _silent_on if kind == "silent" else _speaks_to
            details.append(Detail((siglum,), told(siglum.name, every, folder.words), groups))
    return CountTable(columns, tuple(rows), tuple(details))


def _silent_on(source: str, number: int, words: Words) -> str:
    return words.ngettext(
        "%(source)s is silent on %(num)s claim", "%(source)s is silent on %(num)s claims", number, source=source
    )


def _speaks_to(source: str, number: int, words: Words) -> str:
    return words.ngettext(
        "%(source)s speaks to %(num)s claim", "%(source)s speaks to %(num)s claims", number, source=source
    )


def _two_sided(testimony: Sequence[Testimony], words: Words) -> str | None:
    """That some pieces of evidence are counted twice."""
    twice = sum(sum(map(len, one.sides.values())) - len(one.speaks) for one in testimony if one.sides)
    if not twice:
        return None
    return words.ngettext(
        "%(num)s piece of evidence rests on both sides, counted for each.",
        "%(num)s pieces of evidence rest on both sides, counted for each.",
        twice,
    )
