"""The timeline: what is known of time, in order, on axes of whole hours, days, months or years."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import FRONT, ONE, SOURCES, TIMELINE, analysis_of, sample, small

from builder.analysis.axes import MAX_TICKS, Axis, axis
from builder.analysis.timeline import Happening, Known, Timeline, Writing, writing_of
from builder.build import ANY_SITE
from builder.dates import parse_date
from builder.drawing.charts import tick_label
from builder.model import Event, Source
from builder.pages.folder import Folder
from builder.pages.timecharts import MOST_NAMED
from builder.pages.timeline import timeline_page
from builder.views.time import TimelinePage
from builder.words import ENGLISH

NONE = timedelta()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def timeline(date: str = "2024-05-02", offset: str = "+00:00", one: str = "", **events: str) -> Timeline:
    """The timeline of a briefing with these events; `one` are further keys of the first source."""
    dated = "".join(f'{id_}: {{title: T, date: "{date}"}}\n' for id_, date in events.items())
    return analysis_of(
        small(
            front=FRONT.replace("date: 2024-05-02", f'date: "{date}"\nutc_offset: "{offset}"'),
            sources=SOURCES.replace("siglum: A", f"siglum: A\n{one}" if one else "siglum: A"),
            claims="{}",
            timeline=dated or None,
        )
    ).timeline


def names(happenings: tuple[Happening, ...]) -> list[str]:
    return [h.subject.id if isinstance(h.subject, Event) else h.subject.source.siglum for h in happenings]


# ---- order --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "order"),
    [
        ({"b": "2024-05-03", "a": "2024-05-02"}, ["a", "b"]),
        ({"day": "2024-05-02", "time": "2024-05-02T10:00Z", "month": "2024-05", "year": "2024"}, ["year", "month",
        "day", "time"]),
        ({"b": "2024", "a": "2024-01-01", "c": "2024-01"}, ["b", "a", "c"]),
        ({"until": "../2023", "from": "2022/.."}, ["from", "until"]),
    ],
)  # fmt: skip
def test_events_are_ordered_by_their_beginning_then_as_written(events: dict[str, str], order: list[str]) -> None:
    assert [name for name in names(timeline(**events).happenings) if name not in "AB"] == order


def test_texts_stand_after_events_that_begin_with_them() -> None:
    told = timeline(one='    known_through: "2024-05-02"', same="2024-05-02", before="2024-05-01")
    assert names(told.happenings) == ["B", "before", "same", "A"]


# ---- when a text was written --------------------------------------------------------------------------------------


def source(**clocks: str) -> Source:
    keys = "".join(f'    {clock}: "{date}"\n' for clock, date in clocks.items())
    files = small(sources=SOURCES.replace("siglum: A\n", f"siglum: A\n{keys}"))
    return analysis_of(files).anchored.briefing.sources[0]


@pytest.mark.parametrize(
    ("clocks", "ahead", "known", "start", "end"),
    [
        ({}, None, Known.UNKNOWN, None, None),
        ({"published": "2024-05-03"}, None, Known.PRINTED, "2024-05-03", "2024-05-04"),
        ({"published": "2024-05-03", "known_through": "2024-05-02"}, "2024-05-09", Known.PRINTED, "2024-05-03",
        "2024-05-04"),
        ({"known_through": "2024-05-02"}, None, Known.NO_LATER_LIMIT, "2024-05-02", None),
        ({"known_through": "2024-05-02"}, "2024-05-09", Known.WINDOW, "2024-05-02", "2024-05-10"),
        ({"known_through": "2024-05-02", "captured": "2024-05-05"}, "2024-05-09", Known.WINDOW, "2024-05-02",
        "2024-05-06"),
        ({"known_through": "2024-05-02", "captured": "2024-05-20"}, "2024-05-09", Known.WINDOW, "2024-05-02",
        "2024-05-10"),
        ({"known_through": "2024-05-02"}, "[2024-05-09..]", Known.NO_LATER_LIMIT, "2024-05-02", None),
        ({"captured": "2024-05-05"}, None, Known.UNKNOWN, None, "2024-05-06"),
        ({}, "2024-05-09", Known.UNKNOWN, None, "2024-05-10"),
    ],
)  # fmt: skip
def test_a_text_was_written_as_printed_or_between_what_it_knows_and_what_lay_ahead(
    clocks: dict[str, str], ahead: str | None, known: Known, start: str | None, end: str | None
) -> None:
    writing = writing_of(source(**clocks), parse_date(ahead) if ahead else None, NONE)
    assert writing.known is known
    assert (writing.stretch.start, writing.stretch.end) == (start and at(start), end and at(end))


def test_days_are_those_of_the_place() -> None:
    writing = writing_of(source(published="2024-05-03"), None, timedelta(hours=8))
    assert writing.stretch.start == at("2024-05-02T16:00")


def test_the_samples_texts_were_written_as_far_as_they_show() -> None:
    told = {
        h.subject.source.siglum: h.subject.known for h in sample().timeline.happenings if isinstance(h.subject, Writing)
    }
    assert told == {
        "A": Known.PRINTED,
        "B": Known.NO_LATER_LIMIT,
        "C": Known.NO_LATER_LIMIT,
        "D": Known.WINDOW,
        "E": Known.WINDOW,
    }


# ---- axes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "offset", "labels"),
    [
        ("2024-05-02T10:31", "2024-05-02T10:33", 0, ["Thu 2, 10:31", "10:32"]),
        ("2024-05-02T10:31", "2024-05-02T11:02", 0, ["Thu 2, 10:30", "10:35", "10:40", "10:45", "10:50", "10:55",
        "11:00"]),
        ("2024-05-02T00:00", "2024-05-02T03:00", 0, ["Thu 2, 00:00", "01:00", "02:00"]),
        ("2024-05-02T22:30", "2024-05-03T01:00", 0, ["Thu 2, 22:00", "23:00", "Fri 3, 00:00"]),
        ("2024-05-02T22:30", "2024-05-03T01:00", 8, ["Fri 3, 06:00", "07:00", "08:00"]),
        ("2024-05-02", "2024-05-03", 0, ["Thu 2, 00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00",
        "21:00"]),
        ("2024-05-30", "2024-06-03", 0, ["Thu 30, 00:00", "12:00", "Fri 31, 00:00", "12:00", "Sat 1, 00:00", "12:00",
        "Sun 2, 00:00", "12:00"]),
        ("2024-05-30", "2024-06-05", 0, ["Thu 30 May", "Fri 31", "Sat 1 Jun", "Sun 2", "Mon 3", "Tue 4"]),
        ("2024-12-10", "2025-02-10", 0, ["Mon 9 Dec", "Mon 16", "Mon 23", "Mon 30", "Mon 6", "Mon 13", "Mon 20",
        "Mon 27", "Mon 3"]),
        ("2024-11-10", "2025-02-10", 0, ["Nov 2024", "Dec", "Jan 2025", "Feb"]),
        ("2018-01-01", "2024-06-01", 0, ["2018", "2019", "2020", "2021", "2022", "2023", "2024"]),
        ("1815-01-01", "1990-01-01", 0, ["1800", "1850", "1900", "1950"]),
        ("0002-01-01", "9998-01-01", 0, ["1", "2000", "4000", "6000", "8000"]),
    ],
)  # fmt: skip
def test_an_axis_has_whole_columns_of_the_places_clock(first: str, last: str, offset: int, labels: list[str]) -> None:
    found = axis(at(first), at(last), timedelta(hours=offset))
    assert [tick_label(tick, ENGLISH) for tick in found.ticks] == labels


def test_a_position_is_a_share_of_the_length() -> None:
    found = Axis(at("2024-05-01"), at("2024-05-05"), ())
    assert [found.position(at(day)) for day in ("2024-05-01", "2024-05-02", "2024-05-05", "2024-04-29")] == [
        0,
        25,
        100,
        -50,
    ]


CALENDAR = st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30))  # noqa: DTZ001
INSTANTS = CALENDAR.map(lambda moment: moment.replace(tzinfo=UTC))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(INSTANTS, INSTANTS, OFFSETS)
def test_any_two_instants_lie_on_an_axis(one: datetime, other: datetime, offset: timedelta) -> None:
    first, last = sorted((one, other))
    found = axis(first, last, offset)
    assert found.start <= first
    assert last <= found.end
    assert found.start < found.end
    starts = [tick.start for tick in found.ticks]
    assert starts == sorted(set(starts))
    assert starts[0] == found.start
    assert starts[-1] < found.end
    assert 1 <= len(starts) <= MAX_TICKS
    assert all(tick_label(tick, ENGLISH) for tick in found.ticks)
    assert [tick.first for tick in found.ticks] == [True, *[False] * (len(starts) - 1)]


@given(INSTANTS, st.timedeltas(timedelta(), timedelta(days=3)), OFFSETS)
def test_any_short_stretch_lies_on_an_axis(first: datetime, length: timedelta, offset: timedelta) -> None:
    if first + length < at("9998-12-30"):
        found = axis(first, first + length, offset)
        assert found.position(first) >= 0
        assert found.position(first + length) <= 100


# ---- which axes ---------------------------------------------------------------------------------------------------


def test_the_close_axis_holds_the_focus_with_room_around_it() -> None:
    told = timeline(date="2024-05-02/2024-05-05")
    assert told.focus.start == at("2024-05-02")
    assert told.focus.end == at("2024-05-06")
    assert told.close.start <= at("2024-05-01")
    assert told.close.end >= at("2024-05-07")


def test_a_wide_axis_is_drawn_only_for_what_the_close_one_does_not_show() -> None:
    (only,) = timeline(near="2024-05-03").levels
    assert only.axis.start >= at("2024-05-01")
    told = timeline(far="2018", near="2024-05-03", other="2024-05-02")
    wide, close = told.levels
    assert wide.axis.start <= at("2018-01-01")
    assert wide.axis.end >= at("2024-05-03")
    assert close.axis == told.close


EDTF = st.sampled_from(
    ["2024", "2024-05", "2024-05-02", "2024-05-02T10:00Z", "2024-05-02/..", "../2024-05-02", "[2024..]", "[..1900]",
    "0002", "9998",
     "0002-01-01T00:00+14:00", "9998-12-31T23:59-14:00", "0500/2000", "0002/9998", "2024-21", "1969~", "/2024",
     "2024-05-01/2024-05-09"]
)  # fmt: skip


@given(EDTF, st.lists(EDTF, max_size=4), st.sampled_from(["-14:00", "+00:00", "+05:30", "+14:00"]))
def test_any_dates_make_a_timeline(date: str, events: list[str], offset: str) -> None:
    told = timeline(date=date, offset=offset, **{f"e{index}": event for index, event in enumerate(events)})
    assert len(told.happenings) == len(events) + 2
    starts = [h.stretch.start or h.stretch.end for h in told.happenings]
    known = [start for start in starts if start]
    assert known == sorted(known)
    drawn = sorted(index for level in told.levels for index in level.drawn)
    assert drawn == [index for index, happening in enumerate(told.happenings) if happening.stretch.ends]
    for level in told.levels:
        for instant in (end for index in level.drawn for end in told.happenings[index].stretch.ends):
            assert -0.001 <= level.axis.position(instant) <= 100.001


# ---- horizons -----------------------------------------------------------------------------------------------------


def page(**more: str) -> TimelinePage:
    """The timeline page of a meeting on 2 May and one on 3 May; A and B have the dates of `one` and `two`."""
    sources = SOURCES
    for siglum, key in (("A", "one"), ("B", "two")):
        sources = sources.replace(f"siglum: {siglum}\n", f"siglum: {siglum}\n{more.get(key, '')}")
    timeline = TIMELINE + f'later: {{title: They meet again, date: "{more.get("later", "2024-05-03")}"}}\n'
    view = timeline_page(Folder(ANY_SITE, analysis_of(small(sources=sources, timeline=timeline)))).view
    assert isinstance(view, TimelinePage)
    return view


ENDS = '    known_through: {date: "2024-05-02", quote: "lasted two hours"}\n'


def test_an_event_names_the_texts_that_end_before_it_with_the_words_that_show_it() -> None:
    found = page(one=ENDS, two="    published: 2024-05-02\n")
    happenings = {h.title: h for period in found.periods for h in period.happenings}
    later = happenings["They meet again"]
    assert [(siglum.letter, siglum.href) for siglum in later.beyond] == [
        ("A", "sources/one.html#p1"),
        ("B", "#text-two"),
    ]
    assert happenings["The ministers meet"].beyond == ()
    beside = {row.label: row.beyond for row in found.charts[0].events}
    assert beside == {"The ministers meet": "", "They meet again": "beyond A and B"}


def test_of_a_text_without_a_date_nothing_is_said() -> None:
    later = next(h for period in page().periods for h in period.happenings if h.title == "They meet again")
    assert (later.beyond, later.unsure) == ((), ())


def test_where_the_event_has_no_beginning_nobody_can_tell() -> None:
    found = page(one=ENDS, later="[..2024-05-09]")
    later = next(h for period in found.periods for h in period.happenings if h.title == "They meet again")
    assert ([s.letter for s in later.beyond], [s.letter for s in later.unsure]) == ([], ["A"])


def test_the_chart_marks_where_the_last_moment_ends_that_a_text_knows_of() -> None:
    found = page(one=ENDS + "    published: 2024-05-04\n", two="    published: 2024-05-03\n")
    chart = found.charts[0]
    marks = {row.source.letter: row.horizon for row in chart.texts if row.source}
    assert marks["B"] is None  # it shows when it was published, not what it knew
    focus = [tick for tick in chart.ticks if tick.focus][-1]  # the briefing is about 2 May
    assert marks["A"] == pytest.approx(focus.x + focus.width, abs=0.02)


def test_beside_a_bar_many_texts_are_counted_and_not_named() -> None:
    ids = [f"s{number}" for number in range(MOST_NAMED + 1)]
    sources = "sources:\n" + "".join(
        f"  {id_}:\n    siglum: {chr(65 + number)}\n    article: {id_}.txt\n    full_text: yes\n"
        '    body: [The ministers met, a short one.]\n    known_through: "2024-05-01"\n'
        for number, id_ in enumerate(ids)
    )
    timeline = "meeting: {title: They meet, date: 2024-05-02}\n"
    files = small(sources=sources, claims="{}", timeline=timeline, one=None, two=None)
    analysis = analysis_of({**files, **{f"seeds/{id_}.txt": ONE for id_ in ids}})
    view = timeline_page(Folder(ANY_SITE, analysis)).view
    assert isinstance(view, TimelinePage)
    assert [row.beyond for row in view.charts[0].events] == ["beyond seven texts"]


def test_in_the_sample_mondays_events_lie_beyond_all_texts_but_one() -> None:
    view = timeline_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, TimelinePage)
    beyond = {h.id: "".join(s.letter for s in h.beyond) for period in view.periods for h in period.happenings}
    assert {id_ for id_, letters in beyond.items() if letters} == {
        "event-wang-talks",
        "event-tweet-wang",
        "event-xi-meeting",
    }
    assert {beyond[id_] for id_ in ("event-wang-talks", "event-xi-meeting")} == {"ABDE"}


# ---- from years to days -------------------------------------------------------------------------------------------


def test_each_closer_chart_is_marked_on_the_wider_one_and_leads_back_to_it() -> None:
    view = timeline_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, TimelinePage)
    wide, close = view.charts
    assert (wide.title, close.title) == ("From 2018 to 2023", "16–20 June 2023")
    (window,) = wide.windows
    assert (window.label, window.says, window.href) == (close.title, "12 events and 5 texts", f"#{close.id}")
    assert close.wider is not None
    assert (close.wider.label, close.wider.href) == (wide.title, f"#{wide.id}")
    assert (close.wider.x, close.wider.width) == (window.x, window.width)
    assert (wide.id, close.id) == ("from-2018-to-2023", "from-2023-06-16-to-2023-06-20")


def test_what_lies_beyond_a_closer_chart_is_counted_with_the_way_to_it() -> None:
    view = timeline_page(Folder(ANY_SITE, sample())).view
    assert isinstance(view, TimelinePage)
    wide, close = view.charts
    assert wide.beyond == ()
    assert [(link.label, link.href) for link in close.beyond] == [("6 earlier", f"#{wide.id}")]
    assert len(wide.events) + len(close.events) == len(sample().anchored.briefing.events)


def test_everything_that_is_dated_is_drawn_once_and_the_rest_is_named() -> None:
    found = page(one=ENDS, later="1949-10-01")
    drawn = [row.href for chart in found.charts for row in (*chart.events, *chart.texts)]
    assert sorted(drawn) == ["#event-later", "#event-meeting", "#text-one"]
    assert [link.label for link in found.undated] == ["B is written"]
