"""`add claim`: from "these two articles differ" to a verified claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder.commands import asking, completion, options
from builder.commands.asking import Choice, one_of, say
from builder.commands.evidence import Evidence
from builder.commands.terminal import run, written
from builder.commands.wanted import Asked, evidence, pairs
from builder.diagnostics import has_errors, printable
from builder.ids import is_id
from builder.inputs import StoreError, is_text

if TYPE_CHECKING:
    from builder.build import Studied
    from builder.claiming import Draft
    from builder.desk import Desk


def _several(name: str, metavar: str, text: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    return click.option(name, multiple=True, metavar=f"SOURCE={metavar}", callback=pairs, help=text)


@click.command(
    short_help="Find the words in the articles; print the claim's entry.",
    epilog='Example: variorum add claim "The bridge took six years." --topic event '
    '--evidence "A:supports=after six years"',
)
@click.argument("sentence", required=False)
@options.root
@options.briefing
@click.option("--id", metavar="ID", help="Its id.  [default: a few words of the sentence]")
@click.option("--topic", metavar="ID", shell_complete=completion.topics, help="The topic that it belongs to.")
@click.option("--event", metavar="ID", shell_complete=completion.events, help="The event that it is about.")
@click.option("--unit", metavar="TEXT", help="The unit of the values, such as hours.")
@click.option("--utterance", metavar="SPEAKER", help="Whose words the quotations print, as sources name the speaker.")
@click.option("--question", metavar="TEXT", help="The question that it answers.")
@click.option("--note", metavar="TEXT", help="What no text explains.")
@click.option(
    "--evidence",
    multiple=True,
    callback=evidence,
    metavar="SOURCE:STANCE=WORDS",
    help="A source's words, or nearly these. The source by id or letter; for words that stand twice, "
    "SOURCE:STANCE#2=WORDS takes the second place.",
)
@_several("--value", "NUMBER", "The number that a source gives.")
@_several("--via", "ORIGIN", "The origins that a source names, nearest first, with commas.")
@_several("--key", "WORDS", "The words of the quotation that the stance rests on.")
@_several("--reading", "WORDS", "The words of the quotation that are the utterance, where it holds more.")
@_several("--translation", "WORDS", "What its quotation means, in the site's language; of several, each in turn.")
@click.option("--file", metavar="FILE", help="The file for it.  [default: where most claims of the topic are]")
@options.write
def claim(root: Path, briefing: str | None, write: bool, **given: Any) -> None:
    """Find the words in the articles, verify them, and print the claim's entry.

    At a terminal, what is missing is asked for: `variorum add claim` alone is enough.

    STANCE is supports, qualifies, contradicts or silent. What qualifies says in what, as SOURCE:qualifies:scope=WORDS:
    scope, strength, precision, expectation or wording.
    """
    run(lambda: _claim(Asked(**given), root, briefing, write=write))


def _claim(asked: Asked, root: Path, briefing: str | None, *, write: bool) -> bool:
    from builder.claiming import diagnostics_with, entry_of, home_of
    from builder.desk import open_desk
    from builder.editing import entries

    desk = open_desk(root)
    asks = asking.at_terminal()
    if asks and briefing is None and len(desk.briefings) > 1:
        briefing = asking.chosen("Briefing", [Choice(name, name) for name in sorted(desk.briefings)])
    studied = desk.one(briefing)
    file = _file_given(asked.file, studied)
    draft = _Work(asked, studied, desk.site.language, asks).draft()
    yaml = entries(entry_of(draft))
    brought = diagnostics_with(studied, desk.site, desk.articles, yaml)
    for one in brought:
        for line in f"{one.severity}: {one.message} {one.help}".splitlines():
            say(line)
    if has_errors(brought):
        raise StoreError("With such an error the claim is not taken. Nothing was written.")
    click.echo(yaml, nl=False)
    path = file or home_of(studied, draft.topic)
    if asks and not asked.evidence and not write:
        # Whoever answered every question would have to answer them all again.
        write = asking.agreed(f"Write it to {path}?")
    if write:
        return _write(desk, studied, path, draft.id, yaml)
    say(f"Not written; with --write it goes to the end of {path}.")
    return True


def _file_given(given: str | None, studied: Studied) -> str | None:
    """The file of --file by its path from the root."""
    if given is None:
        return None
    folder = studied.texts.path("")
    name = given.removeprefix("./").removeprefix(folder)
    if not is_text(name) or not (name == "claims.yaml" or name.startswith("claims/")) or printable(name) != name:
        message = f"{printable(given)} is no file for claims: write claims.yaml or claims/NAME.yaml."
        raise click.BadParameter(message, param_hint="'--file'")
    return folder + name


def _write(desk: Desk, studied: Studied, path: str, id_: str, yaml: str) -> bool:
    """Put the entry at the end of its file and say where it stands now."""
    from builder.editing import EditError, insert
    from builder.yamldoc import decode, parse_yaml

    before = studied.texts.files.get(path, b"")
    text = decode(path, before).value
    if text is None:
        raise StoreError(f"{printable(path)} is not UTF-8. Nothing was written.")
    mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
    try:
        after = insert(path, mark + text, [], yaml) if text.strip() else mark + yaml
    except EditError as error:
        raise StoreError(f"{error} Nothing was written; the entry above can be pasted.") from error
    if not written(desk, {path: after.encode("utf-8")}):
        return False
    node = parse_yaml(path, after.removeprefix("\ufeff")).value
    line = node.keys[id_].place.line if node else 1
    click.echo(f"Written: {printable(path)}:{line}", err=True)
    return True


@dataclass(frozen=True)
class _Work:
    """Everything that a claim is made of, from the command line or from somebody's answers."""

    asked: Asked
    studied: Studied
    language: str
    """Of the site."""
    asks: bool
    """Whether somebody is at the terminal."""

    def draft(self) -> Draft:
        """The whole claim. Raises click.UsageError where something is missing and nobody is there to ask."""
        from builder.claiming import Draft, known_ids, propose_id

        asked, told = self.asked, bool(self.asked.evidence)
        sentence = self._or_ask(asked.sentence, "the claim itself, as a sentence", "Claim, one neutral sentence")
        taken = known_ids(self.studied)
        id_ = self._id(asked.id, taken)
        topic = self._topic()
        event = self._event(ask=self.asks and not told)
        unit = asked.unit or (
            asking.text("Unit of its numbers, such as hours (empty: none)") if self.asks and not told else None
        )
        gathered = Evidence(asked, self.studied, self.language, self.asks)
        said = gathered.said() if told else gathered.interview(unit)
        if not unit and any(one.value for one in said):
            raise click.UsageError("A value needs its unit: --unit TEXT.")
        if asked.reading and not asked.utterance:
            raise click.UsageError("A reading is of an utterance: --utterance SPEAKER.")
        question = asked.question
        if not question and self.asks and not told and any(one.stance == "contradicts" for one in said):
            question = asking.text("The question that it answers (empty: none)")
        proposed = propose_id(sentence, taken)
        if not id_ and self.asks and not told:
            id_ = self._id(asking.needed("Id", proposed), taken)
        return Draft(
            id_ or proposed, sentence, topic, said, question or None, event, unit or None, asked.note, asked.utterance
        )

    def _or_ask(self, given: str | None, what: str, question: str) -> str:
        if given and given.strip():
            return given
        if not self.asks:
            raise click.UsageError(f"Say {what}; without a terminal nobody can be asked.")
        return asking.needed(question)

    def _id(self, given: str | None, taken: Iterable[str]) -> str | None:
        while given is not None:
            well_formed = is_id(given)
            if well_formed and given not in taken:
                return given
            why = "is taken already" if well_formed else "is no id: a–z, 0–9 and single hyphens, at most 64"
            if not self.asks:
                raise click.BadParameter(f"{printable(given)} {why}.", param_hint="'--id'")
            say(f"{given} {why}.")
            given = asking.needed("Id")
        return None

    def _topic(self) -> str:
        choices = [Choice(topic.id, f"{topic.title} ({topic.id})") for topic in self.studied.briefing.topics]
        if not choices:
            raise StoreError(f"No topic is known: see {self.studied.texts.path('briefing.md')}.")
        if self.asked.topic is None and self.asks:
            return asking.chosen("Topic", choices) or ""
        return one_of("--topic", self.asked.topic, choices)

    def _event(self, *, ask: bool) -> str | None:
        choices = [Choice(event.id, f"{event.title} ({event.id})") for event in self.studied.briefing.events]
        if self.asked.event is not None:
            return one_of("--event", self.asked.event, choices)
        return asking.chosen("Event", choices, none="none") if ask and choices else None
