"""Rules for calendar dates, clock times and amounts of money, in the spellings of six languages.

A weekday, a month or a year alone is none: they say little about a person, and much of what a bot
has to say. The patterns begin with a digit or a word, and a set of words decides the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chatwright.data import privacy_checks as checks
from chatwright.data.privacy_rules import VERSION_BEFORE, RuleTables, before

TABLES = RuleTables("privacy_dates")

# --- dates ---------------------------------------------------------------------------------------

MONTHS = TABLES.words("MONTHS")
# Months that are also words: "may", Mars bars, march. They need more than a small number beside them.
WORDS_TOO = frozenset({"may", "mar", "march", "mars", "jun", "sep", "dec", "jan"})
COUNTED = TABLES.pattern("COUNTED")
MONTH_BEFORE = TABLES.pattern("MONTH_BEFORE")


def _month_first(match: re.Match[str]) -> tuple[int, int] | None:
    """March 3rd, 2025; March 2025; Mar 3-5: the month stands before the match."""
    start = match.start()
    near = match.string[max(0, start - 16) : start]
    words = near.lower().replace(".", " ").replace(",", " ").split()[-2:]
    month = next((word for word in words[::-1] if word in MONTHS), "")
    at = start - len(near) + near.lower().rfind(month)
    said = MONTH_BEFORE.match(match.string, at, start) if month else None
    if not said:
        return None
    name = said[1]
    if match["day"] and not 1 <= int(match["day"]) <= 31:
        return None
    if not match["year"] and re.search(r"\d\.? $", match.string[said.start(1) - 3 : said.start(1)]):
        return None  # "2 juin, 3 places": the month has its day
    thin = match["day"] and not match["ordinal"] and not match["year"]
    if thin and name.lower() in WORDS_TOO and _counts(match, name):
        return None
    return said.start(1), match.end()


def _day_first(match: re.Match[str]) -> tuple[int, int] | None:
    """3. März 2025; 3 de marzo de 2025; 1er mars; 3rd of March; 3-5 March."""
    name, sure = match["month"], match["year"] or match["ordinal"] or match["of"]
    if name.lower() not in MONTHS or not 1 <= int(match["day"]) <= 31:
        return None
    if not sure and (name == "Mars" or _counts(match, name)):
        return None
    return match.span()


def _counts(match: re.Match[str], month: str) -> bool:
    """The number counts something: may 3 people come, 5 may be enough."""
    if COUNTED.match(match.string, match.end()):
        return True
    return month == "may" and not re.match(
        r"\s*(?:[.,;!?)\n]|$|at |um |to |until |from )", match.string[match.end() :]
    )


def _numeric(match: re.Match[str]) -> tuple[int, int] | None:
    if not checks.calendar_date(match[0]) or VERSION_BEFORE.search(before(match, 16)):
        return None
    return match.span()


def _day_month(match: re.Match[str]) -> tuple[int, int] | None:
    """12.03. and 3/14 without a year: only after a word that dates have before them."""
    start, end = match.span("v")
    a, b = (int(part) for part in re.findall(r"\d+", match["v"]))
    return (start, end) if checks.day(2024, b, a) or checks.day(2024, a, b) else None


def _after(words: str) -> Callable[[re.Match[str]], tuple[int, int] | None]:
    """Day and month without a year, where one of `words` stands before them."""
    pattern = re.compile(rf"(?<![A-Za-zÀ-ɏ])(?:{words}) $")

    def check(match: re.Match[str]) -> tuple[int, int] | None:
        said = pattern.search(match.string, max(0, match.start() - 14), match.start())
        return _day_month(match) if said else None

    return check


DATE_SAID, WEEKDAY_BEFORE, WEEKDAY_AFTER = TABLES.patterns("DATE_SAID WEEKDAY_BEFORE WEEKDAY_AFTER")

WEEKDAYS = TABLES.words("WEEKDAYS")


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The date with the weekday beside it."""
    near = text[max(0, start - 24) : start].lower().replace("-feira", "").split()[-2:]
    likely = any(word.strip(".,") in WEEKDAYS for word in near)
    day = WEEKDAY_BEFORE.search(text, max(0, start - 24), start) if likely else None
    more = WEEKDAY_AFTER.match(text, end)
    return day.start() if day else start, more.end() if more else end


def _said_date(match: re.Match[str]) -> tuple[int, int] | None:
    """7-19-95 after "born" or "due": otherwise it may be a score or a code."""
    said = DATE_SAID.search(before(match, 24)) and checks.calendar_date(match["v"])
    return match.span("v") if said else None


GERMAN_BEFORE = TABLES.text("GERMAN_BEFORE")
SLASH_BEFORE = TABLES.text("SLASH_BEFORE")
DATES = TABLES.rules(
    "DATES",
    month_first=_month_first,
    day_first=lambda match: _undotted(_day_first(match), match),
    numeric=_numeric,
    day_month=_day_month,
    after_date_said=_said_date,
    after_german_before=_after(GERMAN_BEFORE),
    after_slash_before=_after(SLASH_BEFORE),
)


ABBREVIATED = TABLES.words("ABBREVIATED")


def _undotted(span: tuple[int, int] | None, match: re.Match[str]) -> tuple[int, int] | None:
    """Without the full stop of a sentence; that of an abbreviation stays."""
    if span and match.string[span[1] - 1] == ".":
        dots = match.string[span[1] : span[1] + 1] == "."
        if dots or match["month"].lower() not in ABBREVIATED:
            return span[0], span[1] - 1
    return span


# --- clock times ---------------------------------------------------------------------------------

NOT_A_TIME = TABLES.words("NOT_A_TIME")


def _clock(match: re.Match[str]) -> tuple[int, int] | None:
    """10:30, with or without am, Uhr or h: no score, ratio or verse."""
    if not match["half"]:
        near = before(match, 22).lower().split()[-3:]
        near += match.string[match.end() : match.end() + 14].lower().split()[:1]
        if not NOT_A_TIME.isdisjoint(near):
            return None
    return match.span()


GERMAN_AM = TABLES.pattern("GERMAN_AM")


def _halves(match: re.Match[str]) -> tuple[int, int] | None:
    """5 pm, 5-6 p.m.; not the German "am" and not 13 pm."""
    if not 1 <= int(match["hour"]) <= 12:
        return None
    german = match[0].endswith("am") and GERMAN_AM.match(match.string, match.end())
    return None if german else match.span()


HOUR_BEFORE, A_LAS, TIME_SAID, CLOCK_SAID = TABLES.patterns(
    "HOUR_BEFORE A_LAS TIME_SAID CLOCK_SAID"
)
NO_DURATION = TABLES.pattern("NO_DURATION")


def _behind(said: re.Pattern[str]) -> Callable[[re.Match[str]], tuple[int, int] | None]:
    return lambda match: match.span() if said.search(before(match, 12)) else None


TIMES = TABLES.rules(
    "TIMES",
    clock=_clock,
    halves=_halves,
    behind_hour_before=_behind(HOUR_BEFORE),
    behind_a_las=_behind(A_LAS),
    behind_time_said=_behind(TIME_SAID),
    behind_clock_said=_behind(CLOCK_SAID),
    no_duration=lambda match: None if NO_DURATION.search(before(match, 12)) else match.span(),
)

# --- money ---------------------------------------------------------------------------------------

WEIGHT_AFTER, WEIGHT_BEFORE = TABLES.patterns("WEIGHT_AFTER WEIGHT_BEFORE")


def _money(match: re.Match[str]) -> tuple[int, int] | None:
    """An amount and its currency; pounds of flour are none, and "12,- €." ends before its stop."""
    if re.search(r"[Pp]ounds?$", match[0]) and (
        WEIGHT_AFTER.match(match.string, match.end()) or WEIGHT_BEFORE.search(before(match, 30))
    ):
        return None
    return match.span()


CURRENCY_BEFORE = TABLES.pattern("CURRENCY_BEFORE")


def _with_currency(match: re.Match[str]) -> tuple[int, int] | None:
    """$5, EUR 3,50: the currency stands before the match."""
    said = CURRENCY_BEFORE.search(match.string, max(0, match.start() - 6), match.start())
    return (said.start(), match.end()) if said else None


AMOUNTS = TABLES.rules("AMOUNTS", with_currency=_with_currency, money=_money)
