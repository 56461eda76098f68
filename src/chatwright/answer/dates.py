"""Dates and times of day in what people say, and as a bot shows them.

    dates("tomorrow, or 24.5.2027", today, "en")    places, values, and whether the clock was needed

Day before month where a language does so; 3/4/2027 can be both in English, and is told to be. Names of months
and days in eight languages, relative words as well. No calendar but the Gregorian, no time zones, no holidays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import regex

from chatwright.answer.skill_words import FLAGS, WORDS, all_of, text_of

YEARS = range(1900, 2200)
SPOKEN = {"a": 1, "one": 1, "two": 2, "three": 3, "einem": 1, "einer": 1, "zwei": 2, "drei": 3}
SPOKEN |= {"un": 1, "una": 1, "dos": 2, "tres": 3, "une": 1, "deux": 2, "trois": 3}
SPOKEN |= {"uma": 1, "um": 1, "dois": 2, "duas": 2, "três": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """Something found in a text. `clock`: another day would have made another value of it; without a value,
    `ambiguous` says that there would be two."""

    start: int
    end: int
    value: date | time | None
    clock: bool = False
    ambiguous: bool = False

    @classmethod
    def at(cls, span: tuple[int, int], value: date | time | None, clock: bool = False) -> Place:
        return cls(span[0], span[1], value, clock, value is None)


def _named(name: str) -> dict[str, int]:
    """Each word for a month or day, and its number from 1."""
    found: dict[str, int] = {}
    for table in WORDS.values():
        for number, words in enumerate(table[name].split("|"), 1):
            found |= dict.fromkeys((word for word in words.split() if word != "(?!)"), number)
    return found


MONTHS, DAYS = _named("months"), _named("weekdays")
MONTH = "|".join(sorted(map(regex.escape, MONTHS), key=len, reverse=True))
DAY = "|".join(sorted(map(regex.escape, DAYS), key=len, reverse=True))
WEEKDAY = rf"(?:(?<!\w)|(?<=[ぁ-ん一-龥]))(?P<name>{DAY})(?:(?!\w)|(?=[ぁ-ん一-龥、]))"
IN_DAYS = all_of("in_days")
START, END = r"(?<![\w.,/:-])", r"(?![\w/]|[.,:-]\d)"
UNSPACED = r"(?:(?<!\w)|(?<=[ぁ-ん一-龥])|^)"
OPENED = r"(?:(?!\w)|(?=[ぁ-ん一-龥]))"

FORMS: dict[str, regex.Pattern[str]] = {
    name: regex.compile(form, FLAGS)
    for name, form in {
        "ymd": rf"{START}(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){END}",
        "cjk": r"(?:(?P<y>\d{4})\s*年\s*)?(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]",
        "dots": rf"{START}(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.(?:\s?(?P<y>\d{{4}}|\d{{2}}(?!\d)))?(?!\w)",
        "signs": rf"{START}(?P<a>\d{{1,2}})(?P<sign>[/-])(?P<b>\d{{1,2}})"
        rf"(?:(?P=sign)(?P<y>\d{{4}}|\d{{2}}))?{END}",
        "dm": rf"{START}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?\s+(?:of\s+|de\s+)?(?P<month>{MONTH})\.?(?!\w)"
        r"(?:,?\s+(?:de\s+|of\s+)?(?P<y>\d{4})(?![\w:]))?",
        "md": rf"(?<!\w)(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])"
        r"(?:,?\s+(?P<y>\d{4})(?![\w:]))?",
        "overmorrow": f"{UNSPACED}(?:{all_of('overmorrow')}){OPENED}",
        "tomorrow": f"{UNSPACED}(?:{all_of('tomorrow')}){OPENED}",
        "today": f"{UNSPACED}(?:{all_of('today')}){OPENED}",
        "in_days": rf"(?<!\w)(?:{IN_DAYS}){OPENED}",
        "weekday": WEEKDAY,
    }.items()
}
ALONE = regex.compile(
    r"\W*(?:(?:the|on|am|den|le|el|dia|día|o|a)\s)*(\d{1,2})(?:st|nd|rd|th|\.|日|号)\W*", FLAGS
)


def dates(text: str, today: date, language: str, asked: bool = False) -> list[Place]:
    """The dates in `text`, in order. `asked`: a date was asked for, so that 3/4 or "the 3rd" are dates too."""
    found = [place for name in FORMS for place in _form(name, text, today, language, asked)]
    if asked and not found and (alone := ALONE.fullmatch(text)):
        day = _next_day(today, int(alone[1]))
        found = [Place.at(alone.span(), day, clock=True)] if day else []
    return _joined(sorted(found, key=lambda one: (one.start, -one.end)), text)


def _form(name: str, text: str, today: date, language: str, asked: bool) -> Iterator[Place]:
    shift = {"today": 0, "tomorrow": 1, "overmorrow": 2}.get(name)
    for match in FORMS[name].finditer(text):
        span = match.span()
        if shift is not None:
            yield Place.at(span, today + timedelta(shift), clock=True)
        elif name == "in_days":
            yield Place.at(span, today + timedelta(_shift(match)), clock=True)
        elif name == "weekday":
            ahead = (DAYS[match["name"].lower()] - 1 - today.weekday()) % 7 or 7
            yield Place.at(span, today + timedelta(ahead), clock=True)
        elif name == "signs":
            yield from _signs(match, today, language, asked)
        else:
            named = match.groupdict()
            month = MONTHS[named["month"].lower()] if named.get("month") else int(named["m"])
            if place := _place(span, named["y"], month, int(named["d"]), today):
                yield place


def _shift(match: regex.Match[str]) -> int:
    many = next(value for name, value in match.groupdict().items() if name[:2] == "in" and value)
    unit = next(value for name, value in match.groupdict().items() if name[:4] == "unit" and value)
    weeks = unit.lower().startswith(("week", "woche", "seman", "semain", "週", "周", "个"))
    return (int(many) if many.isdecimal() else SPOKEN[many.lower()]) * (7 if weeks else 1)


def _signs(match: regex.Match[str], today: date, language: str, asked: bool) -> Iterator[Place]:
    first, second, year = int(match["a"]), int(match["b"]), match["y"]
    if not year and (match["sign"] == "-" or not asked):
        return  # 1/2 is mostly a half, and 3-4 from three to four
    orders = {"en": [(second, first), (first, second)], "ja": [(first, second)]}
    orders["zh"] = orders["ja"]
    places = [
        place
        for month, day in orders.get(language, [(second, first)])
        if (place := _place(match.span(), year, month, day, today))
    ]
    if len({place.value for place in places}) > 1:
        yield Place.at(match.span(), None)
    else:
        yield from places[:1]


def _place(
    span: tuple[int, int], year: str | None, month: int, day: int, today: date
) -> Place | None:
    """A date, if there is one: without a year the next one from today on."""
    try:
        if year:
            whole = int(year) if len(year) == 4 else 2000 + int(year)
            return Place.at(span, date(whole, month, day)) if whole in YEARS else None
        for ahead in range(9):  # 29 February may be eight years away
            try:
                value = date(today.year + ahead, month, day)
            except ValueError:
                if (month, day) == (2, 29):
                    continue
                return None
            if value >= today:
                return Place.at(span, value, clock=True)
    except ValueError:
        pass
    return None


def _next_day(today: date, day: int) -> date | None:
    for ahead in range(13):
        month = today.month + ahead
        try:
            value = date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, day)
        except ValueError:
            continue
        if value >= today:
            return value
    return None


def _joined(found: list[Place], text: str) -> list[Place]:
    """Places that do not overlap, the longest kept; a day's name beside its date is a part of it."""
    kept: list[Place] = []
    for place in found:
        if kept and place.start < kept[-1].end:
            continue
        if kept and not text[kept[-1].end : place.start].strip(" ,.()（）den"):
            weekdays = [
                FORMS["weekday"].fullmatch(text[p.start : p.end]) for p in (kept[-1], place)
            ]
            if weekdays[0] or weekdays[1]:
                value = kept[-1] if weekdays[1] else place
                kept[-1] = Place(
                    kept[-1].start, place.end, value.value, value.clock, value.ambiguous
                )
                continue
        kept.append(place)
    return kept


HALF = r"(?P<half>a\.?m\.?|p\.?m\.?)"
TIMES: tuple[regex.Pattern[str], ...] = tuple(
    regex.compile(form, FLAGS)
    for form in (
        rf"(?<![\w:.,])(?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?::\d{{2}})?\s*{HALF}?(?:\s*uhr)?(?![\w:])",
        rf"(?<![\w:.,])(?P<h>\d{{1,2}})\s*{HALF}(?!\w)",
        r"(?<![\w:.,])(?P<h>\d{1,2})(?:\.(?P<m>\d{2}))?\s*(?:uhr|o['’]clock)"
        r"(?:\s*(?P<m>[0-5]\d)(?!\d))?(?!\w)",
        r"(?<![\w:.,])(?P<h>\d{1,2})\s?h(?P<m>[0-5]\d)?(?!\w)",
        r"(?P<day>午前|午後|上午|下午|晚上|早上)?\s*(?<!\d)(?P<h>\d{1,2})\s*[時点點时]"
        r"(?:\s*(?P<m>\d{1,2})\s*分?|(?P<thirty>半))?",
        rf"{UNSPACED}(?P<noon>{all_of('noon')}){OPENED}",
        rf"{UNSPACED}(?P<midnight>{all_of('midnight')}){OPENED}",
    )
)
HOUR = regex.compile(r"\W*(?:(?:at|um|gegen|às|à|a las?)\s)?(\d{1,2})\W*", FLAGS)


def times(text: str, asked: bool = False) -> list[Place]:
    """The times of day in `text`, in order. `asked`: a time was asked for, so that "14" is one too."""
    found = [place for form in TIMES for match in form.finditer(text) if (place := _time(match))]
    if asked and not found and (hour := HOUR.fullmatch(text)) and int(hour[1]) < 24:
        return [Place.at(hour.span(1), time(int(hour[1])))]
    kept: list[Place] = []
    for place in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _time(match: regex.Match[str]) -> Place | None:
    named = match.groupdict()
    if named.get("noon") or named.get("midnight"):
        return Place.at(match.span(), time(12 if named.get("noon") else 0))
    hour, minute = int(named["h"]), 30 if named.get("thirty") else int(named.get("m") or 0)
    half = (named.get("half") or "").lower().replace(".", "")
    late = half == "pm" or named.get("day") in ("午後", "下午", "晚上")
    if half and not 1 <= hour <= 12:
        return None
    if late and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return Place.at(match.span(), time(hour, minute))


def shown_date(value: date, language: str) -> str:
    """A date as people read it; `dates` reads it as the same one, whatever the day."""
    table = WORDS.get(language, WORDS["en"])
    month = table["months"].split("|")[value.month - 1].split()[0]
    weekday = table["weekdays"].split("|")[value.weekday()].split()[0]
    if language in ("en", "de"):
        month, weekday = month.capitalize(), weekday.capitalize()
    values = {"weekday": weekday, "month": month, "number": value.month}
    return text_of(language, "date_form").format(**values, day=value.day, year=value.year)
