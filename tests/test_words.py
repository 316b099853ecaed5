"""What the interface says in each language: dates, numbers, lists. What one language does never shows in another."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.catalogues import File, words_of
from builder.dates import DateError, Edtf, in_words, parse_date
from builder.locales import wider
from builder.words import ENGLISH, Words, direction

LANGUAGES = ("en", "es", "ar", "zh", "en-US")


def one_of_dates() -> st.SearchStrategy[Edtf]:
    year = st.integers(2, 9998).map(lambda y: f"{y:04}")
    month = st.tuples(year, st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02}")
    season = st.tuples(year, st.integers(21, 24)).map(lambda d: f"{d[0]}-{d[1]}")
    day = st.dates(datetime(2, 1, 1).date(), datetime(9998, 12, 31).date()).map(str)  # noqa: DTZ001
    near = st.integers(1, 28).map(lambda d: f"2023-06-{d:02}")
    minute = st.tuples(day, st.times(), st.sampled_from(["Z", "+08:00", "-03:30"])).map(
        lambda t: f"{t[0]}T{t[1]:%H:%M}{t[2]}"
    )
    doubtful = st.tuples(st.one_of(year, month, day, season), st.sampled_from("?~%")).map("".join)
    point = st.one_of(year, month, season, day, near, minute, doubtful)
    lasting = st.tuples(st.one_of(point, st.just("..")), st.one_of(point, st.just(".."))).map("/".join)
    some_time = st.tuples(st.one_of(point, st.just("")), st.one_of(point, st.just(""))).map(
        lambda p: f"[{'..'.join(p)}]"
    )
    return st.one_of(point, lasting, some_time).map(_parsed).filter(lambda date: date is not None).map(_known)


def _parsed(text: str) -> Edtf | None:
    try:
        return parse_date(text)
    except DateError:  # it ends before it starts, or has no end at all
        return None


def _known(date: Edtf | None) -> Edtf:
    assert date is not None
    return date


@given(one_of_dates(), st.booleans())
def test_english_dates_are_the_house_s_own(date: Edtf, weekday: bool) -> None:
    assert ENGLISH.date(date, weekday=weekday) == in_words(date, weekday=weekday)
    assert Words("en-GB").date(date, weekday=weekday) == in_words(date, weekday=weekday)


@given(one_of_dates(), st.booleans())
def test_every_date_has_words_in_every_language(date: Edtf, weekday: bool) -> None:
    years = {str(point.first.year) for point in (date.start, date.end) if point}
    for language in LANGUAGES:
        said = Words(language).date(date, weekday=weekday)
        assert all(year in said for year in years)
        assert said == said.strip()
        assert "{" not in said
        assert "%" not in said


@pytest.mark.parametrize(
    ("language", "date", "said"),
    [
        ("es", "2023-06-18", "domingo, 18 de junio de 2023"),
        ("es", "2023-06-18/2023-06-19", "18–19 de junio de 2023"),
        ("es", "2023-06", "junio de 2023"),
        ("es", "2023-06-19T18:33+08:00", "lunes, 19 de junio de 2023, 18:33 UTC+8"),
        ("en-US", "2023-06-18", "Sunday, June 18, 2023"),
        ("en-US", "2023-06-19T10:33Z", "Monday, June 19, 2023, 10:33\u202fAM UTC"),
        ("ar", "2023-06-18", "الأحد، 18 يونيو 2023"),
        ("zh", "2023-06-18/2023-07-02", "2023年6月18日至7月2日"),
        ("zh", "2023", "2023年"),
    ],
)
def test_dates_are_said_as_a_language_says_them(language: str, date: str, said: str) -> None:
    assert Words(language).date(parse_date(date), weekday=True) == said


def test_what_one_language_is_called_never_shows_in_another() -> None:
    june = parse_date("2023-06")
    at = datetime(2023, 6, 19)  # noqa: DTZ001
    said = []
    for _ in range(2):
        for language in ("zh", "fr", "ja", "es", "ar", "de"):
            words = Words(language)
            said.append((words.date(june), words.tick(at, "month"), words.tick(at, "day", first=True)))
    assert said[:6] == said[6:]
    assert said[1] == ("juin 2023", "juin", "lun. 19 juin")
    assert said[3] == ("junio de 2023", "jun", "lun, 19 jun")


@pytest.mark.parametrize(
    ("language", "unit", "labels"),
    [
        ("en", "hour", ("10:00", "Mon 19, 10:00")),
        ("en", "day", ("Mon 19", "Mon 19 Jun")),
        ("en", "month", ("Jun", "Jun 2023")),
        ("en", "year", ("2023", "2023")),
        ("es", "hour", ("10:00", "lun 19, 10:00")),
        ("es", "day", ("lun 19", "lun, 19 jun")),
        ("zh", "month", ("6月", "2023年6月")),
    ],
)
def test_columns_of_a_chart_are_labelled_briefly_but_for_the_first(
    language: str, unit: str, labels: tuple[str, str]
) -> None:
    at = datetime(2023, 6, 19, 10)  # noqa: DTZ001
    assert tuple(Words(language).tick(at, unit, first=first) for first in (False, True)) == labels


def test_a_column_where_a_day_month_or_year_begins_says_so() -> None:
    new_year = datetime(2024, 1, 1)  # noqa: DTZ001
    assert ENGLISH.tick(new_year, "hour") == "Mon 1, 00:00"
    assert ENGLISH.tick(new_year, "day") == "Mon 1 Jan"
    assert ENGLISH.tick(new_year, "month") == "Jan 2024"


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [("en", "1,204", "12,040"), ("es", "1204", "12.040"), ("es-MX", "1,204", "12,040"), ("de", "1.204", "12.040")],
)
def test_numbers_are_grouped_as_the_language_does(language: str, small: str, large: str) -> None:
    assert (Words(language).number(1204), Words(language).number(12040)) == (small, large)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["5.5", "1,204.50", "0.001", "1,000"]),
        ("es", ["5,5", "1204,50", "0,001", "1000"]),
        ("de", ["5,5", "1.204,50", "0,001", "1.000"]),
    ],
)
def test_decimals_keep_all_their_figures(language: str, said: list[str]) -> None:
    numbers = [Decimal("5.5"), Decimal("1204.50"), Decimal("0.001"), Decimal("1E+3")]
    assert [Words(language).decimal(number) for number in numbers] == said


def test_equal_decimals_are_each_said_as_written() -> None:
    for language in ("en", "es"):
        said = [Words(language).decimal(Decimal(one)) for one in ("5", "5.0", "5")]
        assert said[0] == said[2] != said[1]


@pytest.mark.parametrize(
    ("language", "listed"), [("en", "A, B and C"), ("es", "A, B y C"), ("en-US", "A, B, and C"), ("zh", "A、B和C")]
)
def test_lists_end_as_the_language_ends_them(language: str, listed: str) -> None:
    words = Words(language)
    assert words.listed(["A", "B", "C"]) == listed
    assert (words.listed(["A"]), words.listed([])) == ("A", "")


def test_small_numbers_are_words_and_large_ones_figures() -> None:
    assert [ENGLISH.spelt(number) for number in (0, 2, 12, 13)] == ["no", "two", "twelve", "13"]


def test_a_zone_is_told_by_its_distance() -> None:
    assert [ENGLISH.zone(timedelta(hours=hours)) for hours in (0, 8, -3.5)] == ["UTC", "UTC+8", "UTC−3:30"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("yi", "rtl"), ("dv", "rtl"), ("ckb", "rtl"),
        ("ar-EG", "rtl"), ("ara", "rtl"), ("iw", "rtl"),
        ("az-Arab", "rtl"), ("pa-Arab", "rtl"), ("pa-PK", "rtl"), ("uz-Arab-AF", "rtl"), ("en-Arab", "rtl"),
        ("pa", "ltr"), ("az", "ltr"), ("ur-Latn", "ltr"), ("en", "ltr"), ("es-MX", "ltr"), ("zh-Hant-TW", "ltr"),
        ("xx", "ltr"), ("xx-Arab", "rtl"), ("en-Latn-x", "ltr"), ("ku", "ltr"), ("ku-Arab", "rtl"),
    ],
)  # fmt: skip
def test_the_direction_follows_from_the_script(language: str, expected: str) -> None:
    assert direction(language) == expected


@given(st.from_regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", fullmatch=True))
def test_any_tag_has_a_direction_and_words(language: str) -> None:
    assert direction(language) in ("ltr", "rtl")
    assert words_of(language, []).date(parse_date("2023-06-18"))


def test_wider_languages_stand_in_but_never_another_script() -> None:
    assert wider("es-MX") == ("es-MX", "es")
    assert wider("zh-Hant-TW") == ("zh-Hant-TW", "zh-Hant")
    assert wider("en") == ("en",)


def test_without_words_of_its_own_a_language_has_english_ones_and_english_dates() -> None:
    words = words_of("fr", [File("en", "en.po", b'msgid "Texts"\nmsgstr "Articles"\n')])
    assert (words.language, words.gettext("Texts")) == ("en", "Articles")
    assert words.date(parse_date("2023-06-18")) == "18 June 2023"
