"""Dates and times in what people say; and that what is shown is read as the same again."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwright.answer.dates import dates, shown_date, times
from chatwright.answer.skill_words import LANGUAGES

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a quiet room for 3 tomorrow", "2026-11-29"),
        ("today", "2026-11-28"),
        ("the day after tomorrow", "2026-11-30"),
        ("in two weeks", "2026-12-12"),
        ("on Friday", "2026-12-04"),
        ("next Saturday", "2026-12-05"),
        ("24.5.2027", "2027-05-24"),
        ("am 24. Mai", "2027-05-24"),
        ("May 3rd", "2027-05-03"),
        ("3 January", "2027-01-03"),
        ("29 February", "2028-02-29"),
        ("the 30th of November, 2026", "2026-11-30"),
        ("2027-05-24", "2027-05-24"),
        ("13/4/2027", "2027-04-13"),
        ("guten Morgen, übermorgen bitte", "2026-11-30"),
        ("morgen", "2026-11-29"),
        ("in 3 Tagen", "2026-12-01"),
        ("Montag, 30. November 2026", "2026-11-30"),
        ("明日の3時", "2026-11-29"),
        ("5月24日（月曜日）", "2027-05-24"),
        ("明後日", "2026-11-30"),
        ("后天下午", "2026-11-30"),
        ("pasado mañana", "2026-11-30"),
        ("après-demain", "2026-11-30"),
        ("depois de amanhã", "2026-11-30"),
        ("24 de mayo de 2027", "2027-05-24"),
        ("بعد غد", "2026-11-30"),
    ],
)
def test_one_date(text: str, found: str) -> None:
    assert [str(place.value) for place in dates(text, SATURDAY, "en")] == [found]


@pytest.mark.parametrize(
    "text",
    ["", "31.4.2027", "32 May", "3.5", "10:30", "555-0142", "1/2 an hour", "guten Morgen", "por la mañana",
     "version 1.2.3", "2026", "3-4 people", "9999-99-99", "1066-10-14", "https://x.example/2027/05/24"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert dates(text, SATURDAY, "en") == []


def test_what_can_be_read_in_two_ways_is_told() -> None:
    (place,) = dates("on 3/4/2027", SATURDAY, "en")
    assert place.value is None and place.ambiguous
    assert dates("am 3/4/2027", SATURDAY, "de")[0].value == date(2027, 4, 3)
    assert dates("3/4/2027", SATURDAY, "ja")[0].value == date(2027, 3, 4)
    assert dates("4/4/2027", SATURDAY, "en")[0].value == date(2027, 4, 4)


def test_more_is_a_date_where_one_was_asked_for() -> None:
    assert dates("the 3rd", SATURDAY, "en", asked=True)[0].value == date(2026, 12, 3)
    assert dates("31.", SATURDAY, "de", asked=True)[0].value == date(2026, 12, 31)
    assert dates("24/5", SATURDAY, "en", asked=True)[0].value == date(2027, 5, 24)
    assert dates("the 3rd", SATURDAY, "en") == dates("24/5", SATURDAY, "en") == []


def test_several_dates_and_which_of_them_need_a_clock() -> None:
    found = dates("from 3 May to 5 May 2027", SATURDAY, "en")
    assert [(str(one.value), one.clock) for one in found] == [
        ("2027-05-03", True),
        ("2027-05-05", False),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at 3pm", "15:00"),
        ("15:30", "15:30"),
        ("12 a.m.", "00:00"),
        ("12:15 pm", "12:15"),
        ("um 15 Uhr", "15:00"),
        ("14.30 Uhr", "14:30"),
        ("15 Uhr 20", "15:20"),
        ("14h30", "14:30"),
        ("午後3時半", "15:30"),
        ("下午3点20分", "15:20"),
        ("at noon", "12:00"),
        ("Mitternacht", "00:00"),
    ],
)
def test_one_time(text: str, found: str) -> None:
    assert [f"{place.value:%H:%M}" for place in times(text)] == [found]


@pytest.mark.parametrize(
    "text", ["", "25:00", "13pm", "3", "2027-05-24", "10:99", "ratio 1:2:3:4", "afternoon"]
)
def test_no_time(text: str) -> None:
    assert times(text) == []


def test_an_hour_alone_where_a_time_was_asked_for() -> None:
    assert times("at 14", asked=True)[0].value == time(14)
    assert times("24", asked=True) == []


@settings(max_examples=150, deadline=None)
@given(
    st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(LANGUAGES), st.integers(-900, 900)
)
def test_a_date_that_is_shown_is_read_as_the_same_on_any_day(
    day: date, language: str, ago: int
) -> None:
    text = f"x: {shown_date(day, language)}."
    found = dates(text, day + timedelta(ago), language)
    assert [(one.value, one.clock) for one in found] == [(day, False)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES), st.booleans())
def test_anything_can_be_looked_at(text: str, language: str, asked: bool) -> None:
    for place in [*dates(text, SATURDAY, language, asked), *times(text, asked)]:
        assert 0 <= place.start < place.end <= len(text)
        assert (place.value is None) == place.ambiguous
