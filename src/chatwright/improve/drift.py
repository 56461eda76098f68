"""Drift: do people ask something else than they did, and than the bot was trained for? With alarms, and why.

The last days are watched against the days before them. Each figure of a day (how unfamiliar the words are,
refusals, ...) has an alarm whose false alarms are bounded over all watched days and all figures together
(`alarms`). Behind an alarm stand the kinds of questions that became more frequent; words of people who did not
agree that they are read are counted and never quoted. It changes nothing, and calls no model.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from typing import Any

from chatwright.improve.alarms import LEAST, Direction, watch
from chatwright.improve.apart import Apart, apart
from chatwright.knowledge.gaps import clustered
from chatwright.knowledge.grams import grams
from chatwright.store.asked import AskedRow

ALPHA = 0.05  # chance of any false alarm in the watched days, all figures together
WATCHED = 30  # days, the last ones
BEFORE = 60  # days before them at most that are the reference
ENOUGH = 5  # questions of a day; days with fewer are put together with the next ones
A_DAY = 200  # questions of a day that are looked at, drawn by chance
OTHERS = 3.0  # times as frequent as before: a kind of question that is behind it
FEW = 3  # questions of a kind, below which it is no kind
KINDS = 5  # that are shown
QUOTED, SHOWN = 3, 200  # examples of a kind; characters of one

Measure = Callable[[AskedRow], float | None]
Score = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """One daily figure: which way is worth an alarm, and its values on the watched days. `reference`: its mean
    before. `alarm` is the day of the alarm, `since` the day from which on it is unlike before."""

    name: str
    title: str
    direction: Direction
    reference: float
    days: tuple[tuple[str, float], ...]
    score: float
    threshold: float
    alarm: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions that mean about the same and became more frequent. `examples` are of people who agreed."""

    count: int
    before: int
    times: float  # as frequent as before, per question asked
    refused: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Drift:
    """What was found. `too_little` says what is missing for alarms; empty: they were looked for."""

    since: str
    until: str
    questions: int
    reference_days: int
    watched_days: int
    alpha: float
    figures: tuple[Figure, ...] = ()
    recent: Apart | None = (
        None  # the watched days (since the change, where there is one) from those before
    )
    training: Apart | None = None  # what is asked from what was trained on
    kinds: tuple[Kind, ...] = ()
    unquoted: int = 0  # questions in kinds that nobody may be quoted of
    too_little: str = ""
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    @property
    def alarms(self) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if one.alarm is not None)

    def about(self) -> dict[str, Any]:
        """As plain values."""
        values = asdict(self)
        return values | {"alarms": [one.name for one in self.alarms]}


@dataclass(frozen=True, slots=True)
class Day:
    """Questions of one day, or of several with few; named by the last of them."""

    name: str
    rows: tuple[AskedRow, ...]


def days_of(rows: Iterable[AskedRow], seed: int = 0) -> list[Day]:
    """By day (UTC), the oldest first; today is not over and left out by whoever asks."""
    found: dict[str, list[AskedRow]] = {}
    for row in rows:
        found.setdefault(row.at[:10], []).append(row)
    days, waiting = list[Day](), list[AskedRow]()
    for name in sorted(found):
        waiting += found[name]
        if len(waiting) < ENOUGH:
            continue
        if len(waiting) > A_DAY:
            waiting = random.Random(f"{seed} {name}").sample(waiting, A_DAY)
        days.append(Day(name, tuple(waiting)))
        waiting = []
    return days


def drift(
    rows: Sequence[AskedRow],
    trained: Sequence[str],
    may: Mapping[str, str],
    *,
    today: date | None = None,
    watched: int = WATCHED,
    coverage: Score | None = None,
    pieces: Score | None = None,
    languages: tuple[str, ...] = (),
    alpha: float = ALPHA,
) -> Drift:
    """Look at the last `watched` days of `rows` against up to `BEFORE` days before them.

    `trained`: questions of the training data. `may`: from when on an owner may be quoted. `coverage` says how
    well the documents answer a question, `pieces` into how many tokens a byte of it falls.
    """
    end = today or datetime.now(UTC).date()
    first = (end - timedelta(days=watched)).isoformat()
    start = (end - timedelta(days=watched + BEFORE)).isoformat()
    inside = [row for row in rows if start <= row.at[:10] < end.isoformat()]
    days = days_of(inside)
    reference = [day for day in days if day.name < first]
    seen = [day for day in days if day.name >= first]
    old = [row for day in reference for row in day.rows]
    new = [row for day in seen for row in day.rows]
    missing = _missing(len(reference), len(seen))
    measures, without = _measures(trained, coverage, pieces)
    figures: tuple[Figure, ...] = ()
    if not missing:
        share = alpha / len(measures)
        found = (_figure(*one, reference, seen, share) for one in measures)
        figures = tuple(one for one in found if one is not None)
    unlike = _unlike(figures, seen)
    kinds, unquoted = _kinds(old, unlike, may, languages)
    return Drift(
        start,
        end.isoformat(),
        len(inside),
        len(reference),
        len(seen),
        alpha,
        figures,
        _shown(apart([row.question for row in old], [row.question for row in unlike]), new, may),
        _shown(apart(trained, [row.question for row in new]) if trained else None, new, may),
        kinds,
        unquoted,
        missing,
        without,
    )


def _missing(reference: int, seen: int) -> str:
    if reference < LEAST:
        return (
            f"{reference} days with at least {ENOUGH} questions come before the watched ones; alarms need "
            f"{LEAST}"
        )
    return "" if seen else f"on none of the watched days were {ENOUGH} questions asked"


Named = tuple[str, str, Direction, Measure]


def _measures(
    trained: Sequence[str], coverage: Score | None, pieces: Score | None
) -> tuple[list[Named], dict[str, str]]:
    """The figures that can be had, and why the others cannot."""
    without: dict[str, str] = {
        "bits_per_byte": "no engine is started for it; `tokens_per_byte` moves with it"
    }
    found: list[Named] = [
        ("refused", "share of questions that were refused", "up", _refused),
        ("disliked", "share of replies that were disliked", "up", lambda row: float(row.disliked)),
        ("confidence", "mean confidence of routes", "down", lambda row: row.confidence),
        ("length", "characters of a reply", "both", lambda row: float(row.length)),
    ]
    if trained:
        known = {gram for text in trained for gram in grams(text)}

        def unfamiliar(row: AskedRow) -> float | None:
            said = set(grams(row.question))
            return len(said - known) / len(said) if said else None

        found.append(
            ("unfamiliar", "pieces of words that are in no training question", "up", unfamiliar)
        )
    else:
        without["unfamiliar"] = "there is no training data"
    for name, title, direction, score in (
        ("coverage", "words that the best document has", "down", coverage),
        ("tokens_per_byte", "tokens that a byte of a question falls into", "up", pieces),
    ):
        if score is None:
            without[name] = "no documents" if name == "coverage" else "no tokenizer of its own"
        else:
            side: Direction = "down" if direction == "down" else "up"
            found.append((name, title, side, _scored(score)))
    return found, without


def _refused(row: AskedRow) -> float:
    return float(row.route == "refused")


def _scored(score: Score) -> Measure:
    return lambda row: score(row.question)


def _figure(
    name: str,
    title: str,
    direction: Direction,
    measure: Measure,
    reference: Sequence[Day],
    seen: Sequence[Day],
    alpha: float,
) -> Figure | None:
    """None where too few days have a value."""
    before = [value for day in reference if (value := _mean(day, measure)) is not None]
    values = [(day.name, value) for day in seen if (value := _mean(day, measure)) is not None]
    if len(before) < LEAST or not values:
        return None
    found = watch(before, [value for _, value in values], alpha, direction)
    return Figure(
        name,
        title,
        direction,
        round(fmean(before), 5),
        tuple((day, round(value, 5)) for day, value in values),
        round(found.score, 3),
        round(found.threshold, 3),
        None if found.day is None else values[found.day][0],
        None if found.began is None else values[found.began][0],
    )


def _mean(day: Day, measure: Measure) -> float | None:
    values = [value for row in day.rows if (value := measure(row)) is not None]
    return fmean(values) if values else None


def _agreed(row: AskedRow, may: Mapping[str, str]) -> bool:
    """Whether the words may be shown."""
    return row.owner in may and may[row.owner] <= row.at


def _shown(found: Apart | None, new: Sequence[AskedRow], may: Mapping[str, str]) -> Apart | None:
    """Without telling words that nobody said who may be quoted: a word may be a name."""
    if found is None:
        return None
    said = {gram[1:] for row in new if _agreed(row, may) for gram in grams(row.question)}
    return replace(found, telling=tuple(word for word in found.telling if word in said))


def _unlike(figures: Sequence[Figure], seen: Sequence[Day]) -> list[AskedRow]:
    """The questions since the first change; without an alarm, those of all watched days."""
    begun = [one.since for one in figures if one.since is not None]
    since = min(begun, default="")
    return [row for day in seen if day.name >= since for row in day.rows]


def _kinds(
    old: Sequence[AskedRow],
    new: Sequence[AskedRow],
    may: Mapping[str, str],
    languages: tuple[str, ...],
) -> tuple[tuple[Kind, ...], int]:
    """Those that became more frequent, the most additional questions first."""
    if not old or not new:
        return (), 0
    recent = {id(row) for row in new}
    found, unquoted = list[tuple[float, Kind]](), 0
    for cluster in clustered([*old, *new], languages):
        rows = [row for row in cluster.rows if id(row) in recent]
        before = len(cluster.rows) - len(rows)
        expected = before / len(old) * len(new)
        times = (len(rows) / len(new)) / ((before + 0.5) / len(old))
        if len(rows) < FEW or times < OTHERS:
            continue
        said = [row for row in rows if _agreed(row, may)]
        texts = dict.fromkeys(" ".join(row.question.split())[:SHOWN] for row in said)
        unquoted += len(rows) if not texts else 0
        refused = sum(row.route == "refused" for row in rows)
        kind = Kind(len(rows), before, round(times, 2), refused, tuple(texts)[:QUOTED])
        found.append((len(rows) - expected, kind))
    found.sort(key=lambda one: -one[0])
    return tuple(kind for _, kind in found[:KINDS]), unquoted
