"""A simulation: how often the whole rule set of a canary rolls back for nothing, and how soon for something.

    python bench/canary.py [--trials 500] [--worse 100]

Nothing is served: people are drawn (seeded) and go through the same code as live traffic, `improve.arms` and
`improve.canary`, with the defaults of `[canary]`. People differ from each other (beta-distributed rates, so
that the replies to one person hang together), days differ (all rates rise and fall together), some come again,
some rate. Equal arms: thirty days, a look at the end of each, half of the trials with 5% of the people and half
with 50%; a false alarm is a rollback on any day. Worse arms: ten points more refusals, or ten points more
negative ratings, 20% of the people, four looks a day, until it is rolled back; `computed_messages` is what
`chatwright canary start` says before it begins: within it, nine of ten shall be found out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from machine import header, table

from chatwright.evaluation.metrics import share as wilson
from chatwright.improve.arms import Arms, chooses
from chatwright.improve.canary import Baseline, Rules, baseline, forecast, judge
from chatwright.spec.loop import Canary
from chatwright.store.canaries import Seen, Step
from chatwright.store.stamps import stamp

BEGAN = datetime(2030, 1, 1, tzinfo=UTC)
DAYS = 30
PEOPLE = 120  # a day
AGAIN = 0.2  # of them were there before
RATES = {"failed": 0.005, "slow": 0.1, "refused": 0.1, "down": 0.1}
SPREAD = 4.0  # of the beta distributions: the smaller, the more people differ
RATED = 0.2  # of the replies
LONGEST = 120  # days until a worse candidate counts as not found


@dataclass
class Population:
    """People who come day by day; those whom the candidate answers meet with other rates."""

    seed: int
    share: float
    more: Mapping[str, float]  # points of the candidate's

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)
        self.salt = f"{self.seed:032d}"
        self.known: list[str] = []
        self.total = self.mine = self.failed = 0

    def day(self, number: int) -> Iterator[Seen]:
        """The replies of a day, in their order."""
        rng, mood = self.rng, float(self.rng.uniform(0.7, 1.3))
        people = []
        for n in range(PEOPLE):
            if self.known and rng.random() < AGAIN:
                people.append(self.known[int(rng.integers(len(self.known)))])
            else:
                people.append(f"visitor:{number}-{n}")
                self.known.append(people[-1])
        seconds = np.sort(rng.uniform(0, 82_800, PEOPLE))
        counts = rng.geometric(0.35, PEOPLE)
        rows = [
            row
            for owner, second, count in zip(people, seconds, counts, strict=True)
            for row in self._visit(owner, number * 86_400 + float(second), int(count), mood)
        ]
        rows.sort(key=lambda row: row.at)
        yield from rows

    def _visit(self, owner: str, second: float, count: int, mood: float) -> Iterator[Seen]:
        rng, mine = self.rng, chooses(self.salt, self.share, owner)
        own = {}
        for name, rate in RATES.items():
            mean = min(0.95, rate * mood + (self.more.get(name, 0.0) if mine else 0.0))
            own[name] = float(rng.beta(mean * SPREAD, (1 - mean) * SPREAD))
        draws = rng.random((count, 5))
        for k, (failed, slow, refused, down, rated) in enumerate(draws):
            says = rated < RATED
            fails = bool(failed < own["failed"])
            self.total += 1
            self.mine += mine
            self.failed += mine and fails
            yield Seen(
                owner,
                "new" if mine else "old",
                stamp(BEGAN + timedelta(seconds=second + 40 * k)),
                fails,
                bool(refused < own["refused"]),
                100,
                5_000 if slow < own["slow"] else 500,
                int(says and down >= own["down"]),
                int(says and down < own["down"]),
            )


def known() -> Baseline:
    """Two weeks of traffic before, as the canary's start would read them."""
    before = Population(1, 1e-9, {})
    rows = [row for day in range(14) for row in before.day(day)]
    found = baseline(rows, BEGAN, BEGAN + timedelta(days=14))
    # Slow is here 5,000 ms and not 500: between them, where the slowest tenth begins.
    return Baseline(
        **{name: getattr(found, name) for name in Baseline.__slots__} | {"total_ms": 2_000}
    )


def trial(
    seed: int, share: float, more: Mapping[str, float], rules: Rules, days: int, looks: int
) -> tuple[int | None, str]:
    """After how many messages it was rolled back, and why; None: it was not."""
    people = Population(seed, share, more)
    arms, steps = Arms(people.salt, rules.limits), [Step(share, stamp(BEGAN))]
    held: list[Seen] = []
    for day in range(days):
        before = people.total
        held = [row for row in held if row.at >= arms.since] + list(people.day(day))
        for part in range(1, looks + 1):
            time_now = BEGAN + timedelta(days=day + part / looks)
            if part == looks:
                time_now += timedelta(hours=1, minutes=5)  # the last hour of the day is over
            until = stamp(time_now)
            arms.look((row for row in held if arms.since <= row.at <= until), steps, time_now)
            verdict = judge(arms, (people.mine, people.failed), rules)
            if verdict.action == "rollback":
                shown = before + sum(1 for row in held if row.at <= until and row.at >= _day(day))
                return shown, verdict.reason.partition(":")[0]
    return None, ""


def _day(number: int) -> str:
    return stamp(BEGAN + timedelta(days=number))


def equal(trials: int, rules: Rules) -> tuple[int, dict[str, int]]:
    """How many of the trials with equal arms were rolled back, and by which rules."""
    alarms: dict[str, int] = {}
    for seed in range(trials):
        part = 0.05 if seed % 2 else 0.5
        messages, why = trial(1_000 + seed, part, {}, rules, DAYS, 1)
        if messages is not None:
            alarms[why] = alarms.get(why, 0) + 1
        if seed % 50 == 49:
            print(f"  {seed + 1} trials, alarms {alarms}", file=sys.stderr, flush=True)
    return sum(alarms.values()), alarms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=500, help="with equal arms")
    parser.add_argument("--worse", type=int, default=100, help="of each kind of worse")
    options = parser.parse_args()
    print(header())
    print("This is a simulation: people are drawn, nothing is served.\n")
    began = time.monotonic()
    traffic = known()
    rules = Rules.of(Canary(), traffic)
    alarms, by_rule = equal(options.trials, rules)
    rows, worse = list[list[object]](), dict[str, dict[str, Any]]()
    needs = {one.metric: one for one in forecast(traffic, rules, 0.2)}
    for metric, name in (("refusals", "refused"), ("negative", "down")):
        computed = needs[metric].alarm_replies
        assert computed is not None, "the traffic rates"
        ends = [
            trial(9_000 + seed, 0.2, {name: 0.1}, rules, LONGEST, 4)[0]
            for seed in range(options.worse)
        ]
        done = sorted(one for one in ends if one is not None)
        within = wilson(sum(one <= computed for one in done), options.worse)
        worse[metric] = {
            "n": options.worse,
            "median": round(statistics.median(done)),
            "p90": done[int(0.9 * (len(done) - 1))],
            "computed_messages": computed,
            "within": within,
        }
        rows.append(
            (metric, worse[metric]["median"], worse[metric]["p90"], computed, within["share"])
        )
    print(table(["ten points worse", "median", "p90", "computed", "within"], rows))
    false = wilson(alarms, options.trials)
    print(f"\nfalse alarms: {alarms} of {options.trials} {by_rule}, interval {false['interval']}")
    print(f"seconds: {time.monotonic() - began:.0f}\n")
    refusals = worse["refusals"]
    print(
        json.dumps(
            {
                "simulation": True,
                "false_alarms": false["share"],
                "false_alarms_n": options.trials,
                "false_alarms_interval": false["interval"],
                "messages_to_rollback": refusals["p90"],
                "messages_to_rollback_n": options.worse,
                "messages_to_rollback_median": refusals["median"],
                "computed_messages": refusals["computed_messages"],
                "within_computed": refusals["within"]["share"],
                "within_computed_interval": refusals["within"]["interval"],
                "worse": worse,
                "replies_a_day": round(traffic.replies_a_day),
            }
        )
    )


if __name__ == "__main__":
    main()
