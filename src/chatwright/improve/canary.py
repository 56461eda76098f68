"""What a canary comes to: go on, roll back, or enough to promote; and how long that takes with this traffic.

    Rules.of(spec, baseline)     what is tested, fixed before the first person is assigned
    judge(arms, totals, rules)   the verdict of a look; looking often costs nothing
    forecast(baseline, rules)    days until a candidate that is worse by so much is found out

Each rule compares the arms with a test that holds at every look (`evaluation.sequential`), all of them together
with the chance `[canary] false_alarm`. Knows no bot and no HTTP.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from chatwright.evaluation.metrics import percentile
from chatwright.evaluation.sequential import (
    difference_evidence,
    difference_interval,
    rate_evidence,
    units_needed,
)
from chatwright.improve.arms import METRICS, Arms, Limits, Metric, outcome
from chatwright.spec.loop import Canary
from chatwright.store.canaries import Seen, Step

Action = Literal["go on", "rollback", "enough"]
STOP = "broken"  # the rule that looks at the candidate's errors alone, reply by reply
RULES = len(METRICS) + 1
USUAL: Mapping[Metric, float] = {"errors": 0.01, "slow": 0.1, "refusals": 0.1, "negative": 0.1}
LEAST = 50  # replies from which a rate or a time is taken
SLOWEST = 0.9
UNKNOWN = Limits(5_000, 20_000)  # where there was no traffic before
WORSE = 0.1  # of which forecasts speak: a candidate with ten points more
WORDS: Mapping[str, str] = {
    "errors": "failed replies",
    "slow": "slow replies",
    "refusals": "refusals",
    "negative": "negative ratings",
    STOP: "failed replies of the candidate alone",
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the traffic before was like. `rates`: means over people of their share of bad replies, where they
    were counted; `observed`: people of whom a metric told something, per person."""

    days: float
    replies: int
    people: int
    rated: int
    rates: Mapping[Metric, float]
    observed: Mapping[Metric, float]
    first_ms: int
    total_ms: int

    @property
    def replies_a_day(self) -> float:
        return self.replies / self.days if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What is tested, and with what. Kept with the canary: later changes of bot.toml do not move it."""

    false_alarm: float
    margin: float
    slow_margin: float
    broken: float
    first_ms: int
    total_ms: int
    expected: Mapping[str, float]

    @property
    def alpha(self) -> float:
        """Of one rule: together they have the whole, however they hang together (Bonferroni)."""
        return self.false_alarm / RULES

    @property
    def limits(self) -> Limits:
        return Limits(self.first_ms, self.total_ms)

    @classmethod
    def of(cls, settings: Canary, baseline: Baseline) -> Rules:
        expected = {one: baseline.rates.get(one, USUAL[one]) for one in METRICS}
        clipped = {one: round(min(max(rate, 0.01), 0.9), 4) for one, rate in expected.items()}
        return cls(
            settings.false_alarm,
            settings.margin,
            settings.slow_margin,
            settings.errors,
            settings.slow_ms or baseline.first_ms,
            settings.slow_ms or baseline.total_ms,
            {str(one): rate for one, rate in clipped.items()},
        )

    def tolerated(self, metric: Metric) -> float:
        """How much more than the current arm is no reason to roll back."""
        return self.slow_margin if metric == "slow" else 0.0

    def allowed(self, metric: Metric) -> float:
        """How much more is good enough to promote."""
        return self.slow_margin + self.margin if metric == "slow" else self.margin

    def value(self) -> dict[str, Any]:
        return asdict(self) | {"expected": dict(self.expected)}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule at one look. Shares are means over people; `interval` is of candidate minus current, and holds
    at every look; `evidence` and `fine` are the shares of the way to an alarm, and to "not worse"."""

    rule: str
    current: float | None
    candidate: float | None
    people: tuple[int, int]
    interval: tuple[float, float] | None
    evidence: float
    fine: float
    alarm: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look says."""

    action: Action
    reason: str
    people: int
    rows: tuple[RuleRow, ...]

    def value(self) -> dict[str, Any]:
        return asdict(self)


def judge(arms: Arms, totals: tuple[int, int], rules: Rules, *, intervals: bool = False) -> Verdict:
    """The verdict on what `arms` saw, and on `totals`: all of the candidate's replies, and those that
    failed."""
    replies, failed = totals
    limit = -math.log(rules.alpha)
    evidence = rate_evidence(failed, replies, rules.broken)
    share = failed / replies if replies else None
    alone = RuleRow(
        STOP, None, share, (0, replies), None, _way(evidence, limit), 1.0, evidence >= limit
    )
    rows = [_row(metric, arms, rules, limit, intervals) for metric in METRICS]
    for row in (alone, *rows):
        if row.alarm:
            return Verdict("rollback", _alarm(row), arms.people, (alone, *rows))
    done = all(row.fine >= 1 for row in rows)
    reason = "not worse by more than the margin in anything" if done else _missing(rows)
    return Verdict("enough" if done else "go on", reason, arms.people, (alone, *rows))


def _row(metric: Metric, arms: Arms, rules: Rules, limit: float, intervals: bool) -> RuleRow:
    units, expected = arms.units(metric), rules.expected[metric]
    against = difference_evidence(units, rules.tolerated(metric), expected=expected)
    fine = difference_evidence(units, rules.allowed(metric), expected=expected, worse=False)
    treated = int(units.treated.sum())
    current, candidate = units.means()
    return RuleRow(
        metric,
        current,
        candidate,
        (len(units) - treated, treated),
        difference_interval(units, expected=expected) if intervals else None,
        _way(against, limit),
        _way(fine, -math.log(rules.false_alarm)),  # all must be fine: each may have the whole
        against >= limit,
    )


def _way(evidence: float, limit: float) -> float:
    return round(max(0.0, evidence / limit), 4)


def _alarm(row: RuleRow) -> str:
    what, mine = WORDS[row.rule], row.candidate or 0.0
    if row.current is None:
        return f"{what}: {mine:.1%} of {row.people[1]}"
    return f"{what}: {mine:.1%} with the candidate, {row.current:.1%} with what is served"


def _missing(rows: Sequence[RuleRow]) -> str:
    names = [WORDS[row.rule] for row in rows if row.fine < 1]
    return f"not enough evidence yet of: {', '.join(names)}"


# --- before it begins -----------------------------------------------------------------------------


def baseline(rows: Iterable[Seen], since: datetime, until: datetime) -> Baseline:
    """Of the replies of what is served, from `since` to `until`; days count from the first of them."""
    found = list(rows)
    begun = datetime.fromisoformat(found[0].at) if found else until
    days = max((until - max(begun, since)).total_seconds() / 86_400, 1 / 24) if found else 0.0
    fine = [seen for seen in found if not seen.failed]
    firsts = [seen.first_ms for seen in fine if seen.first_ms is not None]
    totals = [seen.total_ms for seen in fine if seen.total_ms is not None]
    first_ms, total_ms = UNKNOWN.first_ms, UNKNOWN.total_ms
    if len(totals) >= LEAST:
        first_ms = round(percentile(firsts, SLOWEST)) or first_ms
        total_ms = round(percentile(totals, SLOWEST)) or total_ms
    people = len({seen.owner for seen in found})
    rates, observed = _rates(found, Limits(first_ms, total_ms))
    return Baseline(
        round(days, 3),
        len(found),
        people,
        sum(bool(seen.ups or seen.downs) for seen in found),
        rates,
        {one: count / people if people else 0.0 for one, count in observed.items()},
        first_ms,
        total_ms,
    )


def _rates(found: Sequence[Seen], limits: Limits) -> tuple[dict[Metric, float], dict[Metric, int]]:
    rates, observed = dict[Metric, float](), dict[Metric, int]()
    for metric in METRICS:
        mine: dict[str, list[bool]] = {}
        for seen in found:
            bad = outcome(metric, seen, limits)
            if bad is not None:
                mine.setdefault(seen.owner, []).append(bad)
        observed[metric] = len(mine)
        if sum(map(len, mine.values())) >= LEAST:
            rates[metric] = sum(sum(one) / len(one) for one in mine.values()) / len(mine)
    return rates, observed


@dataclass(frozen=True, slots=True)
class Needed:
    """What it takes to find out a candidate that is `WORSE` by this metric, and to say that one is not worse,
    with a chance of 90%. None: more than this traffic ever gives."""

    metric: Metric
    rate: float
    alarm_people: int | None
    alarm_replies: int | None
    alarm_days: float | None
    enough_people: int | None
    enough_replies: int | None
    enough_days: float | None


def forecast(known: Baseline, rules: Rules, share: float) -> list[Needed]:
    """For each metric, at the traffic of `known` and this share of the people. People who come again do not
    count twice; so where all of them are known soon, days are more than this says."""
    found = []
    for metric in METRICS:
        rate = rules.expected[metric]
        bad = min(rate + WORSE + rules.tolerated(metric), 1.0)
        alarm = units_needed(
            rate, bad, share, rules.alpha, expected=rate, delta=rules.tolerated(metric)
        )
        enough = units_needed(
            rate,
            rate,
            share,
            rules.false_alarm,
            expected=rate,
            delta=rules.allowed(metric),
            worse=False,
        )
        seen = known.observed.get(metric, 0.0)
        found.append(
            Needed(metric, rate, *_traffic(alarm, seen, known), *_traffic(enough, seen, known))
        )
    return found


def _traffic(
    units: int | None, seen: float, known: Baseline
) -> tuple[int | None, int | None, float | None]:
    """(people, replies, days) until so many people told something."""
    if units is None or not seen or not known.people or not known.replies_a_day:
        return units, None, None
    replies = math.ceil(units / seen * known.replies / known.people)
    return units, replies, round(replies / known.replies_a_day, 1)


def next_step(
    steps: Sequence[Step], plan: Sequence[float], days: float, time: datetime
) -> float | None:
    """The share that is due: the next of `plan` when the one in force has held for `days`."""
    last = steps[-1]
    later = [share for share in plan if share > last.share]
    held = (time - datetime.fromisoformat(last.since)).total_seconds() / 86_400
    return later[0] if later and held >= days else None
