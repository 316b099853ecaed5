"""How often `variorum suggest` finds what a curator found: the evidence of a briefing hidden and asked for again.

    python -m tests.bench.recall [--root DIR] [--briefing NAME] [--missed]

For every claim and every source that speaks to it, that evidence is hidden (its words, key, note and value; of the same
source's other evidence nothing is used anyway) and the source is asked as if it were silent. A passage that was cited
counts as found when more than half of its words, all parts taken together, lie in one single sentence among the first
three. `claim only` asks without the words of other sources, as for a claim that is new. Whoever wrote a claim had read
what is hidden here; so one that is written before the articles are read will be found less often.

The words `likely`, `possible` and `unlikely` are held against all claims and sources, silent ones too. Their limits
were chosen on the repository's own briefing, so on others they will be somewhat less often right.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.article import Article
from builder.desk import open_desk
from builder.extracting.sentences import Sentence
from builder.language.terms import terms
from builder.model import Briefing, Claim, Passage, Stance
from builder.searching.resting import Resting, resting
from builder.searching.suggesting import MOST, Library, Likelihood, library_of, said_by_others, silent_sources, suggest
from builder.text import word_ends

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Recall:
    """What was found again."""

    ranks: tuple[int | None, ...]
    """For every cited passage the place of its sentence among those suggested, from 1; None where it is further off."""
    missed: tuple[str, ...]
    """The passages further off, with claim and source."""

    def at(self, most: int) -> float:
        """The share of passages that are found among the first `most`."""
        return sum(rank is not None and rank <= most for rank in self.ranks) / len(self.ranks)


@dataclass(frozen=True)
class Judged:
    """How often a likelihood was right: by sentence suggested, and by the best sentence of each claim and source."""

    sentences: Counter[Likelihood]
    cited: Counter[Likelihood]
    cells: Counter[Likelihood]
    speaking: Counter[Likelihood]


def holds(library: Library, source: str, sentence: Sentence, passage: Passage) -> bool:
    """Whether more than half of a passage's words lie in a sentence."""
    text = library.articles[source].text
    ends = [one for part in passage.parts for one in word_ends(text, part.span)]
    inside = sum(sentence.span.start <= start and end <= sentence.span.end for start, end in ends)
    return 2 * inside > len(ends)


def recall(library: Library, claims: Sequence[Claim], found: Resting, *, claim_only: bool = False) -> Recall:
    """Ask for every passage that a stance rests on, as if its source were silent."""
    ranks: list[int | None] = []
    missed = []
    for claim in claims:
        for source in (one.source for one in claim.evidence if one.stance is not Stance.SILENT):
            quoted = [] if claim_only else said_by_others(claim, source, found.evidence, library.articles)
            suggested = [one.sentence for one in suggest(library, claim, source, quoted)]
            for passage in found.evidence[claim.id, source]:
                fits = [n for n, one in enumerate(suggested, 1) if holds(library, source, one, passage)]
                ranks.append(fits[0] if fits else None)
                if not fits:
                    missed.append(f"{claim.id}, {source}: {passage.quoted(library.articles[source].text)}")
    return Recall(tuple(ranks), tuple(missed))


def judged(library: Library, claims: Sequence[Claim], found: Resting) -> Judged:
    """Ask every source about every claim, and see what the curator says to each sentence and each source."""
    counts = Judged(Counter(), Counter(), Counter(), Counter())
    for claim in claims:
        speaking = {one.source for one in claim.evidence if one.stance is not Stance.SILENT}
        for source in library.sentences:
            quoted = said_by_others(claim, source, found.evidence, library.articles)
            cited = found.evidence.get((claim.id, source), ()) if source in speaking else ()
            suggested = suggest(library, claim, source, quoted)
            for one in suggested:
                counts.sentences[one.likelihood] += 1
                counts.cited[one.likelihood] += any(holds(library, source, one.sentence, p) for p in cited)
            for one in suggested[:1]:
                counts.cells[one.likelihood] += 1
                counts.speaking[one.likelihood] += source in speaking
    return counts


def report(briefing: Briefing, articles: Mapping[str, Article], *, name_missed: bool = False) -> str:
    """All figures, as text."""
    found = resting(briefing, articles)
    library, milliseconds = _asked(briefing, articles, found)
    whole, alone = (recall(library, briefing.claims, found, claim_only=only) for only in (False, True))
    sentences = sum(map(len, library.sentences.values()))
    lines = [f"{len(whole.ranks)} passages, {sentences} sentences; every silent source asked in {milliseconds:.0f} ms"]
    for name, one in (("claim and others’ words", whole), ("claim only", alone)):
        lines.append(f"{name:<24}found first {one.at(1):.3f}, among {MOST} {one.at(MOST):.3f}")
    counts = judged(library, briefing.claims, found)
    for word in Likelihood:
        cited = _share(counts.cited[word], counts.sentences[word])
        speaking = _share(counts.speaking[word], counts.cells[word])
        lines.append(
            f"{word:<9} sentences that are cited: {cited}; where it is the best, sources that speak: {speaking}"
        )
    return "\n".join([*lines, *(f"missed: {one}" for one in whole.missed if name_missed)]) + "\n"


def _asked(briefing: Briefing, articles: Mapping[str, Article], found: Resting) -> tuple[Library, float]:
    """What `variorum suggest` does for a whole briefing, and the milliseconds of processor time that it takes."""
    terms("words", "en")  # the stemmer is loaded with the first
    start = time.process_time()
    library = library_of(briefing, articles)
    for claim in briefing.claims:
        for source in silent_sources(claim, briefing):
            suggest(library, claim, source, said_by_others(claim, source, found.evidence, articles))
    return library, 1000 * (time.process_time() - start)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How often `variorum suggest` finds what a curator found.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the site")
    parser.add_argument("--briefing", help="the briefing, where there are several")
    parser.add_argument("--missed", action="store_true", help="name every passage that is not found")
    options = parser.parse_args()
    studied = open_desk(options.root).one(options.briefing)
    sys.stdout.write(report(studied.briefing, studied.articles, name_missed=options.missed))


if __name__ == "__main__":
    main()
