"""The hard facts of a text: what can be looked up, and is wrong by one character.

    facts("Open until 8:30 pm, $0.25 a day")  ->  time 20:30, amount 0.25

Numbers, times, amounts of money, dates, days, addresses of the web and of mail, codes, and names by their
capital letters. Each has a key under which other spellings of the same are equal: 8:30 pm and 20:30, $0.25
and 25 cents. It knows no grammar: a fact that is said in words ("half past eight") is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import regex

from chatwright.data.tables import Tables
from chatwright.knowledge.words import UNSPACED, fold

Kind = Literal["number", "time", "amount", "date", "day", "address", "code", "name"]
TABLES = Tables(Path(__file__).with_suffix(".toml"))


def _words(name: str) -> dict[str, str]:
    """Word -> what its line begins with."""
    found = {}
    for line in TABLES.all[name].strip().split("\n"):
        key, *words = line.split()
        found.update({fold(word): key for word in words})
    return found


DAYS, MONTHS = _words("DAYS"), _words("MONTHS")
ALL_DAYS = DAYS | _words("SHORT_DAYS")
NUMBERS = {
    language: {fold(word): float(value) for word, value in (one.split(":") for one in row.split())}
    for language, row in TABLES.all["NUMBERS"].items()
}
CURRENCIES = _words("CURRENCIES") | {sign: sign for sign in "$€£¥"}
CENTS = frozenset(TABLES.text("CENTS").split())
PLAIN = frozenset(TABLES.text("PLAIN").split())

_month = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_money = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_cents = "|".join(sorted(CENTS, key=len, reverse=True))
NUMBER = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
ADDRESS = re.compile(
    r"https?://[^\s<>()\"']+|www\.[^\s<>()\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+(?:example|com|org|net|info|gov|edu|io|de|uk|fr|es|it|nl|jp|eu|ch|at)\b(?:/[^\s<>()\"']*)?"
)
AMOUNT = re.compile(
    rf"(?P<before>{_money})\s?(?P<first>{NUMBER})(?!\w)|(?P<second>{NUMBER})\s?(?P<after>{_money})(?!\w)"
    rf"|(?P<third>\d+)\s?(?:{_cents})(?!\w)|(?P<fourth>\d+)\s?¢"
)
DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b|\b(?P<month>{_month})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|:)"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?(?P<month2>{_month})\b"
    r"|(?P<month3>\d{1,2})月(?P<day3>\d{1,2})日"
)
HALVES = r"(?P<half>[ap]\.\s?m\.|[ap]\.?\s?m\b)"
TIME = re.compile(
    rf"(?<![\w.:])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?\s?{HALVES}"
    r"|(?<![\w.:])(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?![\w:])(?:\s?(?:uhr|h)\b)?"
    r"|(?<![\w.:])(?P<hour3>[01]?\d|2[0-4])(?:\.(?P<minute3>[0-5]\d))?\s?(?:uhr|h)\b"
    r"|(?P<noon>午前|午後)?(?P<hour4>\d{1,2})時(?P<minute4>\d{1,2})?"
)
CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z-])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])"
    r"|(?<![\w.])\+?\d[\d ()/-]{5,}\d(?!\w)"
)
PLAIN_NUMBER = re.compile(rf"(?<![\w.,])(?:{NUMBER})(?![\w])")
WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'\u2019-]*")
ORDINAL = re.compile(r"(?:\d+)(?:st|nd|rd|th)|\d+(?:am|pm|h)")
_day = "|".join(sorted(map(re.escape, ALL_DAYS), key=len, reverse=True))
DAYS_BETWEEN = re.compile(
    rf"(?<!\w)({_day})\.?\s?(?:to|-|through|thru|until|bis|al?|à|au|fino a|t/m|から|~|\u301c|至|到)"
    rf"\s?({_day})(?!\w)"
)
SENTENCE_END = frozenset('.!?:;\n\u2022"\u201c\u201d(-*#|>')


@dataclass(frozen=True, slots=True)
class Fact:
    """`keys`: it is the same fact as one that shares a key ("9:00" is 9 in the morning or in the evening)."""

    kind: Kind
    text: str
    keys: frozenset[str]
    value: float | None = None  # of a number or an amount


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact, and where it stands: `text[start:end]`."""

    fact: Fact
    start: int
    end: int


def facts(text: str, languages: tuple[str, ...] = ("en",), *, names: bool = True) -> list[Fact]:
    """In order of kind, then of place. `names`: also words with capital letters inside a sentence; not in
    German, where every noun has one."""
    rest, found = _written(text)
    made = [one.fact for one in found]
    made += [one.fact for one in _of_words(rest, languages)]
    if names and "de" not in languages:
        made += _names(text)
    return made


def placed(text: str, languages: tuple[str, ...] = ("en",)) -> list[Placed]:
    """All but names, in order of place. A day in a language without spaces has the place of its first one."""
    rest, found = _written(text)
    return sorted([*found, *_of_words(rest, languages)], key=lambda one: one.start)


def _written(text: str) -> tuple[str, list[Placed]]:
    """What is written in digits and signs, and the text without it."""
    found: list[Placed] = []
    rest = _folded(text)
    for pattern, kind in PATTERNS:
        taken = []
        for match in pattern.finditer(rest):
            fact = kind(match)
            if fact is not None:
                found.append(Placed(fact, *match.span()))
                taken.append(match.span())
        for start, end in taken:
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return rest, found


def days_between(text: str) -> set[str]:
    """The keys of all days of "Monday to Thursday", wherever something like it is said."""
    keys = set()
    for first, last in DAYS_BETWEEN.findall(fold(_folded(text))):
        start, end = int(ALL_DAYS[first]), int(ALL_DAYS[last])
        keys |= {f"day {(day - 1) % 7 + 1}" for day in range(start, end + 1 + 7 * (end < start))}
    return keys


def _folded(text: str) -> str:
    """Lower case, of one width; every character in its place."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text.translate(WIDE))


WIDE = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, range(0xFF01, 0xFF5F))} | {
    ord("\u2019"): "'",
    ord("\u2013"): "-",
}


def _number(text: str) -> float:
    bare = re.sub(r"[\u202f\u00a0]", "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    return float(bare.replace(",", "."))


def _address(match: re.Match[str]) -> Fact:
    text = match[0].rstrip(".,;:!?")
    bare = re.sub(r"^https?://|^www\.", "", re.sub(r"^https?://", "", text)).rstrip("/")
    return Fact("address", text, frozenset({f"address {bare}"}))


def _amount(match: re.Match[str]) -> Fact:
    cents = match["third"] or match["fourth"]
    value = _number(cents) / 100 if cents else _number(match["first"] or match["second"])
    return Fact("amount", match[0], frozenset({f"amount {value:g}"}), value)


def _date(match: re.Match[str]) -> Fact | None:
    if match["iso"]:
        month, day = match["iso"][5:7], match["iso"][8:]
    elif match["month"] or match["month2"]:
        month, day = MONTHS[fold(match["month"] or match["month2"])], match["day"] or match["day2"]
    else:
        month, day = match["month3"], match["day3"]
    if not (0 < int(month) < 13 and 0 < int(day) < 32):
        return None
    return Fact("date", match[0], frozenset({f"date {int(month)}-{int(day)}"}))


def _time(match: re.Match[str]) -> Fact | None:
    got = match.groupdict()
    hour = int(got["hour"] or got["hour2"] or got["hour3"] or got["hour4"])
    minute = int(got["minute"] or got["minute2"] or got["minute3"] or got["minute4"] or 0)
    half = (got["half"] or "")[:1] or {"午前": "a", "午後": "p"}.get(got["noon"] or "", "")
    if hour > 24 or minute > 59 or (half and hour > 12):
        return None
    if half:
        hours = [hour % 12 + (12 if half == "p" else 0)]
    elif 0 < hour < 13:
        hours = [hour % 24, (hour + 12) % 24]
    else:
        hours = [hour % 24]
    return Fact("time", match[0], frozenset(f"time {h}:{minute:02}" for h in hours))


def _code(match: re.Match[str]) -> Fact | None:
    if ORDINAL.fullmatch(match[0]):
        return None
    bare = re.sub(r"[^a-z0-9]", "", match[0])
    if len(bare) < 3 or not any(char.isdigit() for char in bare):
        return None
    return Fact("code", match[0].strip(), frozenset({f"code {bare}"}))


def _plain(match: re.Match[str]) -> Fact:
    value = _number(match[0])
    return Fact("number", match[0], frozenset({f"number {value:g}"}), value)


PATTERNS = (
    (ADDRESS, _address),
    (AMOUNT, _amount),
    (DATE, _date),
    (TIME, _time),
    (CODE, _code),
    (PLAIN_NUMBER, _plain),
)


def _of_words(text: str, languages: tuple[str, ...]) -> Iterator[Placed]:
    """Numbers and days that are written as words."""
    numbers = {w: n for name in languages for w, n in NUMBERS.get(name[:2], {}).items()}
    for match in WORD.finditer(text):
        word = fold(match[0])
        if word in numbers:
            value = numbers[word]
            fact = Fact("number", match[0], frozenset({f"number {value:g}"}), value)
            yield Placed(fact, *match.span())
        elif word in DAYS:
            yield Placed(Fact("day", match[0], frozenset({f"day {DAYS[word]}"})), *match.span())
    for run in UNSPACED.finditer(text):
        for word, day in DAYS.items():
            if len(word) > 1 and not word.isascii() and word in run[0]:
                at = run.start() + run[0].index(word)
                yield Placed(Fact("day", word, frozenset({f"day {day}"})), at, at + len(word))


def _names(text: str) -> Iterator[Fact]:
    """Words with a capital letter that do not begin a sentence: of scripts that have capitals."""
    for match in WORD.finditer(text):
        word, ahead = match[0], text[match.start() - 1 : match.start()]
        if len(word) < 2 or not word[0].isupper() or ahead.isdigit() or ahead == "-":
            continue
        before = text[: match.start()].rstrip(" \t*_'\u2018")
        folded = fold(word).removesuffix("'s").removesuffix("\u2019s")
        if (
            not before
            or before[-1] in SENTENCE_END
            or folded in PLAIN | DAYS.keys() | MONTHS.keys()
        ):
            continue
        yield Fact("name", word, frozenset({f"name {folded}"}))
