"""Evidence for a claim: what the command line gives of it is found and verified, the rest is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import click

from builder.commands import asking
from builder.commands.asking import Choice, one_of, say
from builder.commands.wanted import DIFFERENCES, STANCES, Asked, Wanted
from builder.diagnostics import Diagnostic, printable
from builder.inputs import StoreError

if TYPE_CHECKING:
    from builder.build import Studied
    from builder.claiming import Said
    from builder.claiming.locating import Found
    from builder.model import Quotation, Source


@dataclass(frozen=True)
class Evidence:
    """Gathers what sources say to one claim."""

    asked: Asked
    studied: Studied
    language: str
    """Of the site."""
    asks: bool
    """Whether somebody is at the terminal."""

    def _choices(self) -> list[Choice]:
        sources = self.studied.briefing.sources
        return [
            Choice(one.id, f"{one.name}: {one.headline[0] if one.headline else one.article}", one.siglum)
            for one in sources
        ]

    def _source(self, given: str, option: str) -> Source:
        id_ = asking.match(given, self._choices())
        found = [source for source in self.studied.briefing.sources if source.id == id_]
        if not found:
            known = ", ".join(f"{one.siglum} ({one.id})" for one in self.studied.briefing.sources) or "none"
            message = f"There is no source {printable(given)}; there are: {printable(known)}."
            raise click.BadParameter(message, param_hint=f"'{option}'")
        if id_ not in self.studied.articles:
            raise StoreError(f"The article of {found[0].siglum} cannot be read: seeds/{printable(found[0].article)}.")
        return found[0]

    def said(self) -> tuple[Said, ...]:
        """What the options say, each source once."""
        by_source: dict[str, list[Wanted]] = {}
        for wanted in self.asked.evidence:
            source = self._source(wanted.source, "--evidence")
            by_source.setdefault(source.id, []).append(wanted)
        asked = self.asked
        of_sources = {"--value": asked.value, "--via": asked.via, "--key": asked.key}
        of_sources |= {"--reading": asked.reading, "--translation": asked.translation}
        for option, pairs in of_sources.items():
            for name, text in pairs:
                if self._source(name, option).id not in by_source:
                    raise click.UsageError(
                        f"{option} {printable(name)}={printable(text)}: no --evidence of it is given."
                    )
        return self._in_order(self._one(self._source(id_, ""), wanted) for id_, wanted in by_source.items())

    def _in_order(self, said: Iterable[Said]) -> tuple[Said, ...]:
        order = [source.id for source in self.studied.briefing.sources]
        return tuple(sorted(said, key=lambda one: order.index(one.source)))

    def _one(self, source: Source, wanted: Sequence[Wanted]) -> Said:
        from builder.claiming import Said

        stances = dict.fromkeys((one.stance, one.differs_in) for one in wanted if one.stance)
        if len(stances) > 1:
            raise click.UsageError(f"{source.siglum} is given two stances.")
        stance, differs_in = next(iter(stances), (None, None))
        found = [self._quotation(source, one) for one in wanted if one.words or one.stance != "silent"]
        stance, differs_in = self._stance(stance, differs_in, source, wanted[0])
        quotations = self._keyed(source, found, [text for name, text in self.asked.key if self._is(name, source)])
        quotations = self._translated(source, self._read(source, quotations))
        values = [text for name, text in self.asked.value if self._is(name, source)]
        via = [text for name, text in self.asked.via if self._is(name, source)]
        return Said(source.id, stance, differs_in, tuple(quotations), self._value(values), self._via(via))

    def _is(self, given: str, source: Source) -> bool:
        return asking.match(given, self._choices()) == source.id

    def _stance(
        self, stance: str | None, differs_in: str | None, source: Source, wanted: Wanted | None = None
    ) -> tuple[str, str | None]:
        """Stance and difference, asked for where they are missing."""
        if not stance:
            if not self.asks:
                names = "|".join(choice.id for choice in STANCES)
                shown = wanted.words if wanted else ""
                raise click.UsageError(f'Say its stance: --evidence "{source.id}:{names}={printable(shown)}".')
            stance = asking.chosen(f"{source.siglum} to the claim", STANCES) or ""
        if stance == "qualifies" and not differs_in:
            if not self.asks:
                names = "|".join(choice.id for choice in DIFFERENCES)
                raise click.UsageError(
                    f'Say in what {source.siglum} differs: --evidence "{source.id}:qualifies:{names}=…".'
                )
            differs_in = asking.chosen("It differs in", DIFFERENCES)
        return stance, differs_in

    def _keyed(self, source: Source, quotations: Sequence[Quotation], keys: Sequence[str]) -> Sequence[Quotation]:
        """With each key in the first quotation that holds it."""
        from builder.claiming.locating import in_first, with_key

        for key in keys:
            found = in_first(self.studied.articles[source.id], source, quotations, key, with_key)
            quotations = found or _nowhere("key words", key, source)
        return quotations

    def _read(self, source: Source, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
        """With the words that are the utterance, in the first quotation that holds them."""
        from builder.claiming.locating import in_first, with_reading

        for words in (text for name, text in self.asked.reading if self._is(name, source)):
            found = in_first(self.studied.articles[source.id], source, quotations, words, with_reading)
            quotations = found or _nowhere("words of the utterance", words, source)
        return quotations

    def _translated(self, source: Source, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
        """With what they mean, in turn."""
        given = [text for name, text in self.asked.translation if self._is(name, source)]
        if len(given) > len(quotations):
            raise click.UsageError(f"{source.siglum} is given more translations than quotations.")
        translated = [replace(one, translation=text) for one, text in zip(quotations, given, strict=False)]
        return [*translated, *quotations[len(given) :]]

    def _value(self, given: Sequence[str]) -> str | None:
        from builder.values import ValueFormatError, parse_value

        if len(given) > 1:
            raise click.BadParameter("A source gives one value.", param_hint="'--value'")
        try:
            return parse_value(given[-1]).text if given else None
        except ValueFormatError as error:
            raise click.BadParameter(f"{printable(str(error))}.", param_hint="'--value'") from error

    def _via(self, given: Sequence[str]) -> tuple[str, ...]:
        ids = [id_.strip() for text in given for id_ in text.split(",")]
        choices = [Choice(id_, id_) for id_ in self.studied.briefing.origins]
        return tuple(one_of("--via", id_, choices) for id_ in ids)

    # ---- words ----

    def _quotation(self, source: Source, wanted: Wanted) -> Quotation:
        """The quotation that stands for the words; asked for again at a terminal where they are not taken."""
        while True:
            taken = self._taken(source, wanted)
            if taken:
                return taken.quotation
            wanted = replace(wanted, words=asking.needed(f"Words of {source.siglum}"), place=None)

    def _taken(self, source: Source, wanted: Wanted) -> Found | None:
        """The passage, shown with what is around it; None where a person at the terminal wants another."""
        from builder.claiming.locating import find

        article = self.studied.articles[source.id]
        found = find(article, source, wanted.words)
        if isinstance(found, Diagnostic) or not found:
            told = f"{found.message}\n{found.help}" if isinstance(found, Diagnostic) else "They cannot be quoted."
            self._refuse(told.splitlines())
            return None
        if len(found) > 1 or (wanted.place or 1) > len(found):
            return self._of_several(source, wanted, found)
        (one,) = found
        self._show(source, one)
        if one.other_words:
            paste = replace(wanted, words=one.quotation.exact, place=None)
            self._refuse([one.other_words], ["Take the article’s words with:", paste.option])
            return one if asking.agreed("Take the article’s words?") else None
        if one.other_marks:
            say("Taken as the article prints it: capital letters, marks or spaces differ from what was typed.")
        return one

    def _of_several(self, source: Source, wanted: Wanted, found: Sequence[Found]) -> Found | None:
        from builder.strings import plural

        if wanted.place and wanted.place <= len(found):
            self._show(source, found[wanted.place - 1])
            return found[wanted.place - 1]
        for number, one in enumerate(found, 1):
            self._show(source, one, f"#{number} ")
        options = [replace(wanted, place=number).option for number in range(1, len(found) + 1)]
        self._refuse([f"The words stand in {plural(len(found), 'place')}."], ["Say which:", *options])
        choices = [Choice(str(number), f"place {number}") for number in range(1, len(found) + 1)]
        answer = asking.chosen("Which place", choices, none="none of them", listed=False)
        return found[int(answer) - 1] if answer else None

    def _refuse(self, wrong: Sequence[str], paste: Sequence[str] = ()) -> None:
        """Say what is wrong; where nobody can be asked, that is the end, with what to paste."""
        if not self.asks:
            raise StoreError("\n".join(map(printable, [*wrong, *paste])))
        for line in wrong:
            say(line)

    def _show(self, source: Source, one: Found, number: str = "") -> None:
        from builder.claiming.locating import around

        place, before, words, after = around(self.studied.articles[source.id], one.span)
        say(f"{number}{source.siglum}, {source.name}: {place.file}:{place.line}:{place.column}")
        shown = click.style(printable(words), bold=True)
        click.echo(f"    {printable(before)}[{shown}]{printable(after)}", err=True)

    # ---- asking for evidence ----

    def interview(self, unit: str | None) -> tuple[Said, ...]:
        """Source by source until an empty answer."""
        if not self.asks:
            raise click.UsageError("Say what the articles have: --evidence SOURCE:STANCE=WORDS, once for each source.")
        said: dict[str, Said] = {}
        choices = self._choices()
        if not choices:
            raise StoreError(f"No source is known: see {self.studied.texts.path('sources.yaml')}.")
        while True:
            letters = ", ".join(choice.letter for choice in choices)
            name = (
                asking.chosen(f"Another source of {letters}", choices, none="done", listed=False)
                if said
                else asking.chosen("Source", choices)
            )
            if name is None:
                return self._in_order(said.values())
            try:
                source = self._source(name, "--evidence")
            except StoreError as error:
                say(str(error))
                continue
            first = all(one.stance == "silent" for one in said.values())
            said[name] = self._answered(source, said.get(name), unit, first=first)

    def _answered(self, source: Source, known: Said | None, unit: str | None, *, first: bool) -> Said:
        """One more quotation of a source; the first one asks for its stance, too."""
        from builder.claiming import Said

        words = asking.needed(f"Words of {source.siglum}, or nearly these")
        quotation = self._quotation(source, Wanted(source.id, None, None, None, words))
        if source.language != self.language:
            meant = asking.text(f"What they mean, in the language of the site, {self.language} (empty: nothing)")
            quotation = replace(quotation, translation=meant or None)
        if known:
            return replace(known, quotations=(*known.quotations, self._asked_key(source, quotation)))
        stance, differs_in = self._stance(None, None, source)
        keyed = self._asked_key(source, quotation)
        value = self._asked_value(unit) if unit and stance != "silent" else None
        origins = [
            Choice(origin.id, f"{origin.name} ({origin.id})") for origin in self.studied.briefing.origins.values()
        ]
        via = (
            asking.chosen("Resting on", origins, none="none", listed=first) if origins and stance != "silent" else None
        )
        return Said(source.id, stance, differs_in, (keyed,), value, (via,) if via else ())

    def _asked_key(self, source: Source, quotation: Quotation) -> Quotation:
        while key := asking.text("Key words in it, which the stance rests on (empty: none)"):
            try:
                return self._keyed(source, [quotation], [key])[0]
            except StoreError as error:
                say(str(error))
        return quotation

    def _asked_value(self, unit: str) -> str | None:
        while given := asking.text(f"Its number, in {unit} (empty: none)"):
            try:
                return self._value([given])
            except click.BadParameter as error:
                say(error.message)
        return None


def _nowhere(what: str, words: str, source: Source) -> NoReturn:
    raise StoreError(f"The {what} “{printable(words)}” do not stand in what is quoted of {source.siglum}.")
