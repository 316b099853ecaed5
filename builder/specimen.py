"""A small briefing that shows all that a page can say: the page of patterns is made from it. Its articles are invented.

It goes through the whole chain like any other, so what is shown of it is what a site shows.
"""

from __future__ import annotations

from builder.written import Texts

NAME = "patterns"

_FRONT = """---
title: A harbour bridge
summary: Five texts on one opening, three of them in other languages. They give two lengths for the work.
status: draft
place: The harbour
date: 2025-03-03
utc_offset: "+01:00"
published: 2025-03-10
updated: 2025-03-12
topics:
  opening: {title: The opening, short: Opening}
  building: {title: The building of it, short: Building}
  traffic: {title: Who crosses, short: Traffic}
corrections:
  - date: 2025-03-12
    claim: years-of-work
    changed: The courier’s number was read as six; it is seven.
    before: B supported the claim.
    why: The line was read in the wrong paragraph.
---

The articles are invented. They are here so that every mark can be seen.
"""

_SOURCES = """origins:
  authority: {name: The building authority, kind: public authority, side: The city}
  city: {name: The city’s statement, source: statement, kind: public authority, side: The city}
  agency: {name: A news agency, kind: news agency, via: [authority]}
sources:
  gazette:
    siglum: A
    article: patterns-a.txt
    outlet: Harbour Gazette
    headline: New harbour bridge opens
    body: [The bridge over the harbour, those who come on foot.]
    full_text: yes
    known_through: {date: 2025-03-03T11:00Z, quote: walked across in the first hour}
    looks_ahead: {event: first-tram, quote: The trams will follow on Tuesday}
  courier:
    siglum: B
    article: patterns-b.txt
    outlet: The Courier
    headline: The harbour bridge is open, a year late
    body: [The bridge was opened by the mayor, no more than ten minutes shorter.]
    full_text: yes
    published: 2025-03-05
    known_through: {date: 2025-03-04, quote: The first tram crossed on Tuesday}
  statement:
    siglum: C
    article: patterns-c.txt
    outlet: The city
    headline: Statement of the city on the opening of the harbour bridge
    body: [The mayor said, six and seven years.]
    full_text: yes
    primary: yes
    known_through: 2025-03-03
  correo:
    siglum: D
    article: patterns-d.txt
    language: es
    headline: Se abre el puente del puerto
    headline_translation: The harbour bridge is opened
    body: [El puente se abrió, un regalo para la ciudad».]
    full_text: yes
    known_through: 2025-03-03/2025-03-05
  nahar:
    siglum: E
    article: patterns-e.txt
    language: ar
    headline: افتتاح جسر الميناء
    headline_translation: Opening of the harbour bridge
    body: [افتتح الجسر يوم الاثنين, ست سنوات.]
    full_text: yes
"""

_CLAIMS = """opened-on-monday:
  claim: The bridge was opened on a Monday.
  topic: opening
  event: opening
  evidence:
    gazette:
      {stance: supports, quote: "[It] was opened on Monday […] after six years of work", key: Monday, via: authority}
    courier: {stance: supports, quote: opened by the mayor on Monday, key: Monday, via: city}
    statement: {stance: supports, quote: "opened on Monday, 3 March 2025"}
    correo:
      {stance: supports, quote: El puente se abrió el lunes, key: lunes, translation: The bridge was opened on Monday}
    nahar:
      {stance: supports, quote: افتتح الجسر يوم الاثنين, key: الاثنين, translation: The bridge was opened on Monday}
gift:
  claim: The mayor called the bridge a gift to the city.
  topic: opening
  utterance: The mayor
  evidence:
    gazette: {stance: supports, quote: The mayor called it “a gift to the city”, reading: a gift to the city}
    courier: {stance: qualifies, differs_in: wording, quote: a gift to the whole city}
    statement: {stance: supports, quote: a gift to the city and to its children}
waited:
  claim: The mayor said that the city had waited for the day.
  topic: opening
  evidence:
    courier: {stance: supports, quote: "We waited a long time for this day", note: The marks are never closed.}
market:
  claim: A market has opened under the ramp.
  topic: opening
  evidence:
    courier: {stance: supports, quote: a market has opened under the ramp}
    statement: {stance: silent, because: omitted, note: It speaks of the bridge alone.}
years-of-work:
  claim: The bridge took six years to build.
  question: How long did the work take?
  topic: building
  unit: years
  evidence:
    gazette: {stance: supports, quote: after six years of work, key: six years, value: 6}
    courier: {stance: contradicts, quote: It took seven years to build, key: seven years, value: 7}
    statement: {stance: qualifies, differs_in: precision, quote: between six and seven years, value: 6..7}
    nahar:
      {stance: supports, quote: واستغرق العمل ست سنوات, key: ست سنوات, value: 6, translation: the work took six years}
  note: No text says from when it *counts*.
cost:
  claim: The bridge cost 41 million.
  topic: building
  unit: million
  evidence:
    gazette: {stance: supports, quote: "41 million, according to the building authority", value: 41, via: authority}
    courier: {stance: supports, quote: puts the cost at 41 million, value: 41, via: [agency, authority]}
    correo:
      stance: qualifies
      differs_in: precision
      quote: costó unos 41 millones
      translation: it cost some 41 million
      value: "~41"
      via: authority
crowd:
  claim: Two thousand people crossed in the first hour.
  topic: traffic
  unit: people
  evidence:
    gazette: {stance: supports, quote: Some two thousand people, value: "~2000"}
    courier: {stance: qualifies, differs_in: precision, quote: "More than 2,500 people", value: ">2500"}
minutes-saved:
  claim: The bridge shortens the way to the docks by twenty minutes.
  topic: traffic
  unit: minutes
  evidence:
    gazette: {stance: supports, quote: by twenty minutes, value: 20}
    courier: {stance: qualifies, differs_in: scope, quote: no more than ten minutes shorter, value: "<=10"}
tram-on-tuesday:
  claim: A tram crossed the bridge on Tuesday.
  topic: traffic
  event: first-tram
  evidence:
    gazette: {stance: qualifies, differs_in: expectation, quote: The trams will follow on Tuesday}
    courier: {stance: supports, quote: The first tram crossed on Tuesday}
"""

_TIMELINE = """building:
  title: The bridge is built
  date: 2019~/2025-02
  dated: inferred
  evidence: {gazette: six years of work}
  note: Six years before the opening.
opening:
  title: The bridge is opened
  date: 2025-03-03T09:00Z
  label: Monday at ten
  evidence: {gazette: "opened on Monday, 3 March 2025", correo: se abrió el lunes por la mañana}
first-tram:
  title: The first tram crosses
  date: 2025-03-04T04:00Z
  dated: inferred
  evidence: {courier: first tram crossed on Tuesday at five in the morning}
  note: The Tuesday after the Monday that the gazette dates.
market:
  title: A market opens under the ramp
  date: "[2025-03-03..]"
  dated: inferred
  evidence: {courier: a market has opened}
"""

_GAZETTE = """New harbour bridge opens

The bridge over the harbour was opened on Monday, 3 March 2025, at ten in the morning, after six years of work. It \
cost 41 million, according to the building authority. The mayor called it “a gift to the city” and thanked the crews.

Some two thousand people walked across in the first hour. The trams will follow on Tuesday. The way from the old town \
to the docks is shorter by twenty minutes for those who come on foot.
"""

_COURIER = """The harbour bridge is open, a year late

The bridge was opened by the mayor on Monday. It took seven years to build, and it is “a gift to the whole city”, she \
said. A news agency puts the cost at 41 million, with a word of the building authority. More than 2,500 people crossed \
in the first hour.

The first tram crossed on Tuesday at five in the morning, and a market has opened under the ramp. “We waited a long \
time for this day, the mayor said.

For most of those who cross, the way is no more than ten minutes shorter.
"""

_STATEMENT = """Statement of the city on the opening of the harbour bridge

The mayor said: “This bridge is a gift to the city and to its children.” It was opened on Monday, 3 March 2025. The \
work took between six and seven years.
"""

_CORREO = """Se abre el puente del puerto

El puente se abrió el lunes por la mañana. Según la autoridad de obras, costó unos 41 millones. La alcaldesa lo llamó \
«un regalo para la ciudad».
"""

_NAHAR = """افتتاح جسر الميناء

افتتح الجسر يوم الاثنين. وقالت رئيسة البلدية إن الجسر «هدية للمدينة». واستغرق العمل ست سنوات.
"""

TEXTS = Texts(
    NAME,
    {
        f"content/{NAME}/{file}": text.encode()
        for file, text in (
            ("briefing.md", _FRONT),
            ("sources.yaml", _SOURCES),
            ("claims.yaml", _CLAIMS),
            ("timeline.yaml", _TIMELINE),
        )
    },
)
"""Its files, as a curator writes them."""

ARTICLES = {
    f"patterns-{letter}.txt": text.encode()
    for letter, text in zip("abcde", (_GAZETTE, _COURIER, _STATEMENT, _CORREO, _NAHAR), strict=True)
}
"""The files of seeds/ that it names."""
