"""From documents to the model: every id resolved, everything that does not go together reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

from builder.article import OUT_OF_ORDER, Article, ZoneWords, read_article
from builder.compare import compare
from builder.consistency.aliases import taken_aliases
from builder.consistency.circular import circles
from builder.consistency.ties import senseless_ties
from builder.dates import parse_date
from builder.diagnostics import Checked, Diagnostic, Place, Related, place_in
from builder.documents import (
    BriefingEntry,
    ClaimEntry,
    EventEntry,
    EvidenceEntry,
    QuotationEntry,
    SiteEntry,
    SourceEntry,
)
from builder.model import (
    Because,
    Briefing,
    Cards,
    Claim,
    Correction,
    Difference,
    Event,
    Evidence,
    Horizon,
    LeftOut,
    LookAhead,
    Origin,
    Quotation,
    Relation,
    SharedNote,
    Site,
    Source,
    Stance,
    Tie,
    Topic,
    Utterance,
)
from builder.parse import Documents
from builder.units import UnitError, in_unit
from builder.values import DATE, Value, ValueFormatError, dated
from builder.yamldoc import Node, decode
from builder.yamltext import scalar

Path = tuple[str | int, ...]

_NONE: Mapping[tuple[str, ZoneWords], Article] = MappingProxyType({})


# ---- the site --------------------------------------------------------------------------------------------------


def site_of(entry: SiteEntry) -> Site:
    """The site as its settings say."""
    return Site(
        entry.title,
        entry.tagline,
        f"{entry.url.rstrip('/')}/" if entry.url else None,
        entry.language,
        entry.publisher,
        entry.corrections,
        entry.limits.excerpt_warning,
        entry.limits.excerpt_maximum,
        Cards(entry.cards),
    )


# ---- a briefing ------------------------------------------------------------------------------------------------


def assemble(documents: Documents, site: Site) -> Checked[Briefing]:
    """Resolve every id. Where something is at fault, the briefing holds what could be resolved all the same."""
    resolver = _Resolver(documents, site)
    briefing = resolver.briefing()
    found = (*circles(documents, briefing), *senseless_ties(briefing), *taken_aliases(documents))
    return Checked(briefing, (*resolver.diagnostics, *found))


def read_articles(
    briefing: Briefing, articles: Mapping[str, bytes], before: Mapping[tuple[str, ZoneWords], Article] = _NONE
) -> Checked[dict[str, Article]]:
    """The articles that a briefing names, by source; `articles` holds the files of seeds/ by name.

    `before` are articles that were read without any fault, by file and zones: one that is as it was is taken from it.
    """
    read: dict[str, Article] = {}
    diagnostics: list[Diagnostic] = []
    for source in briefing.sources:
        place = source.places["article"]
        data = articles.get(source.article)
        if data is None:
            diagnostics.append(
                Diagnostic(
                    "article-missing",
                    f"There is no seeds/{source.article}.",
                    place,
                    _nearest(source.article, articles),
                )
            )
            continue
        text = decode(f"seeds/{source.article}", data)
        diagnostics.extend(text.diagnostics)
        if text.value is None:
            continue
        zones = zones_of(source)
        known = before.get((source.article, zones))
        if known is not None and known.text == text.value:
            read[source.id] = known
            continue
        read[source.id], faults = read_article(source.article, text.value, zones)
        for fault in faults:
            where = source.places.get(f"{fault.key}.{fault.index}", place)
            message = f"“{fault.words}”: these words {fault.problem} ({source.article})."
            near = compare(read[source.id], fault.words)
            cure = "Copy the words from the article, letter by letter."
            related: tuple[Related, ...] = ()
            if near and fault.problem == OUT_OF_ORDER:
                cure = "Write the first words of the article proper first, then the last ones."
                passage = place_in(f"seeds/{source.article}", text.value, near.span.start, near.span.end)
                related = (Related(passage, "they stand here"),)
            elif near:
                cure = f"The article has:\n{scalar(' '.join(near.span.of(text.value).split()))}"
                passage = place_in(f"seeds/{source.article}", text.value, near.span.start, near.span.end)
                related = (Related(passage, "the nearest passage"),)
            diagnostics.append(Diagnostic("zone-words", message, where, cure, related=related))
    return Checked(read, tuple(diagnostics))


def zones_of(source: Source) -> ZoneWords:
    """The words that mark the zones of a source's article."""
    return ZoneWords(source.headline, source.body, source.captions, source.boilerplate)


class _Resolver:
    """Turns entries into the model; every id that leads nowhere is a fault with the nearest known one."""

    def __init__(self, documents: Documents, site: Site) -> None:
        self.documents = documents
        self.site = site
        self.diagnostics: list[Diagnostic] = []
        # What could not be read at all is None here: then nobody knows which ids it defines.
        self.topics = documents.front.topics.keys() if documents.front else None
        self.origins = documents.origins.entries.keys() if documents.origins else None
        self.sources = documents.sources.entries.keys() if documents.sources else None
        self.events = documents.events.entries.keys() if documents.events else None
        self.claims = {id_ for file in documents.claims for id_ in file.entries} if documents.all_claims else None

    def briefing(self) -> Briefing:
        """The whole briefing."""
        front = self.documents.front or _STAND_IN
        topics = tuple(Topic(id_, t.title, t.short or t.title) for id_, t in front.topics.items())
        sources = tuple(self._sources())
        self._unique(sources, "siglum")
        self._unique(sources, "article")
        order = {topic.id: index for index, topic in enumerate(topics)}
        claims = sorted(self._claims(), key=lambda claim: order.get(claim.topic, 0))
        for index, correction in enumerate(front.corrections):
            if correction.claim is not None:
                self._known(
                    "claim", correction.claim, self.claims, self.documents.front_node, ("corrections", index, "claim")
                )
        return Briefing(
            name=self.documents.name,
            title=front.title,
            summary=front.summary,
            draft=front.status == "draft",
            place=front.place,
            date=front.date,
            utc_offset=front.utc_offset,
            published=front.published,
            updated=front.updated or front.published,
            topics=topics,
            corrections=tuple(Correction(c.date, c.claim, c.changed, c.before, c.why) for c in front.corrections),
            prose=self.documents.prose,
            origins=self._origins(),
            sources=sources,
            claims=tuple(claims),
            events=tuple(self._events()),
            left_out=tuple(self._left_out()),
            shared=tuple(self._shared()),
            was=tuple(front.was),
        )

    # ---- sources and origins ----

    def _origins(self) -> dict[str, Origin]:
        entries = self.documents.origins
        if entries is None:
            return {}
        usable = entries.usable()
        for id_, origin in usable.items():
            self._known_all("origin", origin.via, self.origins, entries.node, (id_, "via"))
            if origin.source is not None:
                self._known("source", origin.source, self.sources, entries.node, (id_, "source"))
        return {id_: Origin(id_, o.name, o.kind, o.side, tuple(o.via), o.source) for id_, o in usable.items()}

    def _sources(self) -> Iterator[Source]:
        if self.documents.sources:
            for id_, entry in self.documents.sources.usable().items():
                yield self._source(id_, entry, self.documents.sources.node)

    def _source(self, id_: str, entry: SourceEntry, node: Node) -> Source:
        path = (id_,)
        self._known_all("origin", entry.via, self.origins, node, (*path, "via"))
        if entry.looks_ahead:
            self._known("event", entry.looks_ahead.event, self.events, node, (*path, "looks_ahead", "event"))
        horizon = None
        if entry.known_through:
            quote = entry.known_through.quote
            horizon = Horizon(
                entry.known_through.date,
                self._quotation(quote, node, (*path, "known_through", "quote")) if quote else None,
            )
        ahead = None
        if entry.looks_ahead:
            ahead = LookAhead(
                entry.looks_ahead.event,
                self._quotation(entry.looks_ahead.quote, node, (*path, "looks_ahead", "quote")),
            )
        places = {"": node.locate(path, key=True)}
        for key in ("siglum", "article"):
            places[key] = node.locate((*path, key))
        for key in ("headline", "body", "captions", "boilerplate"):
            for index in range(len(getattr(entry, key))):
                places[f"{key}.{index}"] = node.locate((*path, key, index))
        return Source(
            id=id_,
            siglum=entry.siglum,
            article=entry.article,
            outlet=entry.outlet,
            headline=tuple(entry.headline),
            body=(entry.body[0], entry.body[1]),
            captions=tuple(entry.captions),
            boilerplate=tuple(entry.boilerplate),
            author=entry.author,
            url=entry.url,
            language=entry.language or self.site.language,
            primary=entry.primary,
            licence=entry.licence,
            full_text=entry.full_text,
            published=entry.published,
            captured=entry.captured,
            known_through=horizon,
            looks_ahead=ahead,
            via=tuple(entry.via),
            note=entry.note,
            places=places,
            headline_translation=entry.headline_translation,
            was=tuple(entry.was),
        )

    def _unique(self, sources: Sequence[Source], key: str) -> None:
        counts = Counter(getattr(source, key) for source in sources)
        for source in sources:
            value = getattr(source, key)
            first = next(s for s in sources if getattr(s, key) == value)
            if counts[value] > 1 and source is not first:
                related = (Related(first.places[key], "here it is used first"),)
                self.diagnostics.append(
                    Diagnostic(
                        "source-duplicate",
                        f"`{key}: {value}` belongs to another source already.",
                        source.places[key],
                        "Give each source its own.",
                        related=related,
                    )
                )

    # ---- claims ----

    def _claims(self) -> Iterator[Claim]:
        seen: dict[str, Place] = {}
        for file in self.documents.claims:
            for id_, entry in file.entries.items():
                place = file.node.keys[id_].place
                if id_ in seen:
                    related = (Related(seen[id_], "here it is used first"),)
                    message, cure = f"The claim `{id_}` is written twice.", "Give one of them another id."
                    self.diagnostics.append(Diagnostic("claim-duplicate", message, place, cure, related=related))
                elif entry:
                    yield self._claim(id_, entry, file.node, place)
                seen.setdefault(id_, place)

    def _claim(self, id_: str, entry: ClaimEntry, node: Node, place: Place) -> Claim:
        self._known("topic", entry.topic, self.topics, node, (id_, "topic"))
        if entry.event is not None:
            self._known("event", entry.event, self.events, node, (id_, "event"))
        evidence = tuple(
            self._evidence(source, entry.evidence[source], entry, node, (id_, "evidence", source))
            for source in self._in_order(entry.evidence, node, (id_, "evidence"))
        )
        return Claim(
            id=id_,
            text=entry.claim,
            question=entry.question,
            topic=entry.topic,
            event=entry.event,
            unit=entry.unit,
            evidence=evidence,
            note=entry.note,
            place=place,
            utterance=self._utterance(id_, entry, node),
            ties=tuple(self._ties(id_, entry, node)),
            was=tuple(entry.was),
        )

    def _utterance(self, id_: str, entry: ClaimEntry, node: Node) -> Utterance | None:
        if entry.utterance is None:
            return None
        path, lemma = (id_, "utterance"), entry.utterance.lemma
        reading = [source for source, one in entry.evidence.items() if one.quote and one.stance != "silent"]
        if lemma is not None:
            self._known("source", lemma, self.sources, node, (*path, "lemma"))
            if lemma in (self.sources or ()) and lemma not in reading:
                message = f"`{lemma}` has no reading of this utterance: no words of it take a stance here."
                cure = f"Name one that has: {', '.join(reading)}." if reading else "Remove `lemma`, or add evidence."
                self._fault("utterance-lemma", message, node, (*path, "lemma"), cure)
        return Utterance(entry.utterance.by, lemma, node.locate(path, key=True))

    def _ties(self, id_: str, entry: ClaimEntry, node: Node) -> Iterator[Tie]:
        for relation in Relation:
            named: Sequence[str] = getattr(entry, relation)
            for index, other in enumerate(named):
                path = (id_, relation.value, index)
                self._known("claim", other, self.claims, node, path)
                yield Tie(relation, other, node.locate(path))

    def _in_order(self, written: Iterable[str], node: Node, path: Path) -> list[str]:
        """The usable ones of the source ids that stand at `path`, in the order of the matrix."""
        named = list(written)
        for source in named:
            self._known("source", source, self.sources, node, (*path, source), key=True)
        usable = self.documents.sources.usable() if self.documents.sources else {}
        return [source for source in usable if source in named]

    def _evidence(self, source: str, entry: EvidenceEntry, claim: ClaimEntry, node: Node, path: Path) -> Evidence:
        self._known_all("origin", entry.via, self.origins, node, (*path, "via"))
        for wrong, key, message, cure in _misfits(entry, claim):
            if wrong:
                self._fault("evidence-misfit", message, node, (*path, key), cure)
        return Evidence(
            source=source,
            stance=Stance(entry.stance),
            differs_in=Difference(entry.differs_in) if entry.differs_in else None,
            quotations=tuple(self._evidence_quotation(entry, index, node, path) for index in range(len(entry.quote))),
            value=self._value(entry.value, claim.unit, node, (*path, "value")),
            via=tuple(entry.via),
            because=Because(entry.because) if entry.because else None,
            note=entry.note,
            place=node.locate(path, key=True),
        )

    def _value(self, value: Value | None, unit: str | None, node: Node, path: Path) -> Value | None:
        """A value in the unit of its claim; None where it cannot be given in that."""
        if value is None or unit is None:
            return value
        front = self.documents.front or _STAND_IN
        try:
            if unit == DATE:
                return dated(value.text, front.utc_offset)
            if value.unit != DATE:
                return in_unit(value, unit)
            message, cure = f"A date is no value in `{unit}`.", f"Write the number in `{unit}`; or `unit: {DATE}`."
        except UnitError as error:
            message = f"{error}."
            cure = f"Write the number in `{unit}`, as far as the article prints one, or remove `value`."
        except ValueFormatError as error:
            message, cure = f"The claim’s unit is `{DATE}`: {error}.", "Write a date, or another `unit:`."
        self._fault("evidence-misfit", message, node, path, cure)
        return None

    def _evidence_quotation(self, entry: EvidenceEntry, index: int, node: Node, path: Path) -> Quotation:
        quotation = self._quotation(entry.quote[index], node, (*path, "quote", index))
        if len(entry.quote) > 1:
            return quotation
        return Quotation(
            quotation.exact,
            entry.prefix or quotation.prefix,
            entry.suffix or quotation.suffix,
            tuple(entry.key) or quotation.key,
            frozenset(entry.allow) or quotation.allow,
            quotation.place,
            tuple(node.locate((*path, "key", number)) for number in range(len(entry.key))) or quotation.key_places,
            entry.reading or quotation.reading,
            node.locate((*path, "reading")) if entry.reading else quotation.reading_place,
            entry.translation or quotation.translation,
        )

    def _quotation(self, entry: QuotationEntry, node: Node, path: Path) -> Quotation:
        place = node.locate((*path, "exact"))
        keys = tuple(node.locate((*path, "key", number)) for number in range(len(entry.key)))
        allow = frozenset(entry.allow)
        reading = node.locate((*path, "reading")) if entry.reading else None
        return Quotation(
            entry.exact, entry.prefix, entry.suffix, tuple(entry.key), allow, place, keys, entry.reading, reading,
            entry.translation,
        )  # fmt: skip

    # ---- audit ----

    def _left_out(self) -> Iterator[LeftOut]:
        audit, node = self.documents.audit, self.documents.audit_node
        if audit:
            for source in self._in_order(audit.left_out, node, ("left_out",)):
                for index, entry in enumerate(audit.left_out[source]):
                    path = ("left_out", source, index, "quote")
                    yield LeftOut(source, self._quotation(entry.quote, node, path), entry.why)

    def _shared(self) -> Iterator[SharedNote]:
        audit, node = self.documents.audit, self.documents.audit_node
        for index, entry in enumerate(audit.shared if audit else ()):
            path = ("shared", index, "sources")
            for number, source in enumerate(entry.sources):
                self._known("source", source, self.sources, node, (*path, number))
            yield SharedNote(frozenset(entry.sources), entry.why, node.locate(path, key=True))

    # ---- events ----

    def _events(self) -> Iterator[Event]:
        if self.documents.events:
            for id_, entry in self.documents.events.usable().items():
                yield self._event(id_, entry, self.documents.events.node)

    def _event(self, id_: str, entry: EventEntry, node: Node) -> Event:
        quotations = tuple(
            (source, self._quotation(quote, node, (id_, "evidence", source, index)))
            for source in self._in_order(entry.evidence, node, (id_, "evidence"))
            for index, quote in enumerate(entry.evidence[source])
        )
        inferred = entry.dated == "inferred"
        place = node.keys[id_].place
        return Event(
            id_, entry.title, entry.date, entry.label, inferred, quotations, entry.note, place, tuple(entry.was)
        )

    # ---- faults ----

    def _known_all(self, kind: str, ids: Sequence[str], known: Collection[str] | None, node: Node, path: Path) -> None:
        for index, id_ in enumerate(ids):
            self._known(kind, id_, known, node, (*path, index))

    def _known(
        self, kind: str, id_: str, known: Collection[str] | None, node: Node, path: Path, *, key: bool = False
    ) -> None:
        if known is None or id_ in known:
            return
        near = get_close_matches(id_, known, 1)
        defined = self._definition(kind, near[0]) if near else None
        self.diagnostics.append(
            Diagnostic(
                f"{kind}-unknown",
                f"There is no {kind} `{id_}`.",
                node.locate(path, key=key),
                _nearest(id_, known),
                related=(Related(defined, f"`{near[0]}` is defined here"),) if defined else (),
            )
        )

    def _definition(self, kind: str, id_: str) -> Place | None:
        """Where an id is defined."""
        documents = self.documents
        entries = {"origin": documents.origins, "source": documents.sources, "event": documents.events}.get(kind)
        nodes = [one.node for one in documents.claims] if kind == "claim" else [entries.node] if entries else []
        if kind == "topic" and isinstance(documents.front_node.content, dict):
            nodes = [documents.front_node.content["topics"]]
        return next((node.keys[id_].place for node in nodes if id_ in node.keys), None)

    def _fault(self, code: str, message: str, node: Node, path: Path, cure: str, *, key: bool = False) -> None:
        self.diagnostics.append(Diagnostic(code, message, node.locate(path, key=key), cure))


_STAND_IN = BriefingEntry.model_construct(
    title="", summary="", status="published", date=parse_date("2000"), published=parse_date("2000"), topics={}, was=[]
)
"""For front matter that could not be read: the rest is checked all the same, and nothing is published."""


def _misfits(entry: EvidenceEntry, claim: ClaimEntry) -> Iterable[tuple[bool, str, str, str]]:
    """Keys that do not go together: whether that is so, the key, the message and the cure."""
    silent, qualifies = entry.stance == "silent", entry.stance == "qualifies"
    yield (
        qualifies and not entry.differs_in,
        "stance",
        "A source that qualifies differs in something.",
        "Add `differs_in:` scope, strength, precision, expectation or wording.",
    )
    yield (
        not qualifies and entry.differs_in is not None,
        "differs_in",
        f"`differs_in` does not go with `{entry.stance}`.",
        "Remove it, or write `stance: qualifies`.",
    )
    yield (
        not silent and not entry.quote,
        "stance",
        "A stance rests on words of the article.",
        "Add `quote:` with those words, letter by letter.",
    )
    yield (
        not silent and entry.because is not None,
        "because",
        "`because` goes with `stance: silent` only.",
        "Remove it.",
    )
    yield (
        silent and entry.value is not None,
        "value",
        "A silent source gives no value.",
        "Remove it, or write another stance.",
    )
    yield (
        entry.value is not None and claim.unit is None,
        "value",
        "A value needs its claim's unit.",
        "Add `unit:` to the claim, such as `unit: hours`.",
    )
    for key in ("prefix", "suffix", "key", "allow", "reading", "translation"):
        alone = bool(getattr(entry, key)) and len(entry.quote) != 1
        message = f"With several quotations, nobody knows which one `{key}` belongs to."
        cure = f"Write it into the list: `- {{exact: …, {key}: …}}`."
        if not entry.quote:
            message, cure = f"There is no quotation that `{key}` could belong to.", "Add `quote:`, or remove it."
        yield alone, key, message, cure


def _nearest(id_: str, known: Iterable[str]) -> str:
    near = get_close_matches(id_, known, 1)
    listed = sorted(known)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(listed[:20])}." if listed else "None is defined yet."
