"""From documents to the model: every id resolved, everything that does not go together reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from builder.consistency.aliases import taken_aliases
from builder.consistency.circular import circles
from builder.consistency.known import Known, Path
from builder.consistency.misfits import misfits
from builder.consistency.ties import senseless_ties
from builder.dates import parse_date
from builder.diagnostics import Checked, Diagnostic, Place, Related
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
from builder.yamldoc import Node

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


class _Resolver:
    """Turns entries into the model; every id that leads nowhere is a fault with the nearest known one."""

    def __init__(self, documents: Documents, site: Site) -> None:
        self.documents = documents
        self.site = site
        self.known = Known(documents)
        self.diagnostics = self.known.diagnostics

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
                path = ("corrections", index, "claim")
                self.known.named("claim", correction.claim, self.documents.front_node, path)
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
            self.known.all_named("origin", origin.via, entries.node, (id_, "via"))
            if origin.source is not None:
                self.known.named("source", origin.source, entries.node, (id_, "source"))
        return {id_: Origin(id_, o.name, o.kind, o.side, tuple(o.via), o.source) for id_, o in usable.items()}

    def _sources(self) -> Iterator[Source]:
        if self.documents.sources:
            for id_, entry in self.documents.sources.usable().items():
                yield self._source(id_, entry, self.documents.sources.node)

    def _source(self, id_: str, entry: SourceEntry, node: Node) -> Source:
        path = (id_,)
        self.known.all_named("origin", entry.via, node, (*path, "via"))
        if entry.looks_ahead:
            self.known.named("event", entry.looks_ahead.event, node, (*path, "looks_ahead", "event"))
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
        self.known.named("topic", entry.topic, node, (id_, "topic"))
        if entry.event is not None:
            self.known.named("event", entry.event, node, (id_, "event"))
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
            self.known.named("source", lemma, node, (*path, "lemma"))
            if self.known.has("source", lemma) and lemma not in reading:
                message = f"`{lemma}` has no reading of this utterance: no words of it take a stance here."
                cure = f"Name one that has: {', '.join(reading)}." if reading else "Remove `lemma`, or add evidence."
                self.diagnostics.append(Diagnostic("utterance-lemma", message, node.locate((*path, "lemma")), cure))
        return Utterance(entry.utterance.by, lemma, node.locate(path, key=True))

    def _ties(self, id_: str, entry: ClaimEntry, node: Node) -> Iterator[Tie]:
        for relation in Relation:
            named: Sequence[str] = getattr(entry, relation)
            for index, other in enumerate(named):
                path = (id_, relation.value, index)
                self.known.named("claim", other, node, path)
                yield Tie(relation, other, node.locate(path))

    def _in_order(self, written: Iterable[str], node: Node, path: Path) -> list[str]:
        """The usable ones of the source ids that stand at `path`, in the order of the matrix."""
        named = list(written)
        for source in named:
            self.known.named("source", source, node, (*path, source), key=True)
        usable = self.documents.sources.usable() if self.documents.sources else {}
        return [source for source in usable if source in named]

    def _evidence(self, source: str, entry: EvidenceEntry, claim: ClaimEntry, node: Node, path: Path) -> Evidence:
        self.known.all_named("origin", entry.via, node, (*path, "via"))
        for key, message, cure in misfits(entry, claim):
            self.diagnostics.append(Diagnostic("evidence-misfit", message, node.locate((*path, key)), cure))
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
        self.diagnostics.append(Diagnostic("evidence-misfit", message, node.locate(path), cure))
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
                self.known.named("source", source, node, (*path, number))
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


_STAND_IN = BriefingEntry.model_construct(
    title="", summary="", status="published", date=parse_date("2000"), published=parse_date("2000"), topics={}, was=[]
)
"""For front matter that could not be read: the rest is checked all the same, and nothing is published."""
