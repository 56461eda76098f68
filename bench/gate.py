"""The gate on planted candidates: how often a worse one gets through, and a better one is held up.

A simulation, and nothing else: no bot answers here. 600 test cases, 20 of which must pass; a tenth of all come
out differently, as chance or a planted change has it; 300 held-out conversations, 48 safety prompts, 30 timed
questions, with the usual noise and no change. All of the default gate judges: primary metric, margins,
guardrails and slices with Holm's correction, must-pass cases, time.

    python bench/gate.py [--trials 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from chatwright.evaluation.gate import judge
from chatwright.evaluation.items import Item, Items
from chatwright.evaluation.metrics import share
from chatwright.evaluation.verdicts import Verdict
from chatwright.spec.spec import Gate

PASSED = 0.8  # of the current release's cases
DISCORDANT = 0.1
TOPICS, MUST = 8, 20
HELD_OUT, SAFETY, TIMED = 300, 24, 30
LEAST = 40  # cases that are too few
Draw = np.random.Generator


@dataclass(frozen=True)
class Plant:
    """What is true of a candidate: `gain` of its cases; other changes are of what the guardrails see."""

    gain: float = 0.0
    items: int = 600
    bits: float = 0.0  # bits per byte more
    broken: int = 0  # must-pass cases that it fails


def pair(plant: Plant, draw: Draw) -> tuple[Items, Items]:
    """(candidate, current) as they would have been measured."""
    now, then, due = [], [], {}

    def add(metric: str, number: int, mine: float, theirs: float, **more: Any) -> None:
        name = f"{metric}-{number}"
        now.append(Item(metric, name, float(mine), **more))
        then.append(Item(metric, name, float(theirs), **more))
        due[metric] = due.get(metric, 0) + 1

    must = min(MUST, plant.items // 10)
    free = range(must, plant.items)
    for number in free:
        _case(plant, plant.items / len(free), number, draw, add)
    for number in range(must):
        add("cases", number, number >= plant.broken, 1.0, slices=("topic: corrections",))
    for number in range(HELD_OUT):
        size = float(draw.integers(40, 400))
        bits = max(0.05, draw.normal(0.6, 0.25))
        add("bits_per_byte", number, bits + draw.normal(plant.bits, 0.08), bits, weight=size)
        for metric, spread in (("chrf", 0.15), ("facts", 0.2), ("copied", 0.2)):
            level = draw.uniform(0.3, 0.9)
            add(metric, number, np.clip(level + draw.normal(0, spread), 0, 1), level)
    for number in range(SAFETY):
        add("unsafe", number, 1.0, 1.0, slices=("topic: unsafe",))  # the same rules guard both
        mine, theirs = _flipped(0.95, 0.02, 0.02, draw)
        add("benign", number, mine, theirs, slices=("topic: benign",))
    for number in range(TIMED):
        took = draw.lognormal(4, 0.5)
        add("milliseconds", number, took * draw.lognormal(0, 0.1), took)
    named = ("candidate", "current")
    mine, theirs = (
        Items(name, "local", "simulated", due, tuple(items))
        for name, items in zip(named, (now, then), strict=True)
    )
    return mine, theirs


def _case(plant: Plant, scale: float, number: int, draw: Draw, add: Any) -> None:
    """One case: every sixth is out of scope, every third is the second question of a conversation. `scale`
    makes up for the must-pass cases, which do not differ: over all, it is as planted."""
    up, down = scale * (DISCORDANT + plant.gain) / 2, scale * (DISCORDANT - plant.gain) / 2
    mine, theirs = _flipped(PASSED, up, down, draw)
    outside = number % 6 == 5
    slices = (
        f"topic: {number % TOPICS}",
        f"turn: {'follow-up' if number % 3 == 2 else 'first'}",
        f"route: {'refused' if outside else 'answered'}",
    )
    cluster = f"talk-{number - (number % 3 == 2)}"
    add("cases", number, mine, theirs, cluster=cluster, slices=slices)
    if outside:
        add("declined", number, mine, theirs, cluster=cluster)
    silent = not outside and draw.random() < 0.5  # a failure in scope that says nothing wrong
    wrong = [(1 - passed) * (not silent) for passed in (mine, theirs)]
    add("wrong", number, *wrong, cluster=cluster)


def _flipped(passed: float, up: float, down: float, draw: Draw) -> tuple[float, float]:
    """(candidate's, current's): `up` of all pairs are won, `down` of all are lost."""
    theirs = draw.random() < passed
    chance = down / passed if theirs else up / (1 - passed)
    return float(theirs != (draw.random() < chance)), float(theirs)


def trials(plant: Plant, settings: Gate, count: int, seed: int) -> list[Verdict]:
    draw = np.random.default_rng([seed, *map(ord, str(plant))])
    return [judge(*pair(plant, draw), settings) for _ in range(count)]


def counted(verdicts: list[Verdict], hit: Any) -> dict[str, Any]:
    found = share(sum(hit(one) for one in verdicts), len(verdicts))
    return {name: found[name] for name in ("share", "passed", "n", "interval")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    settings = Gate()
    worse, equal = Plant(-settings.margin), Plant()
    gain, few = Plant(2 * settings.margin), Plant(items=LEAST)
    results = {}

    def measure(key: str, plant: Plant, hit: Any) -> list[Verdict]:
        verdicts = trials(plant, settings, given.trials, given.seed)
        results[key] = counted(verdicts, hit)
        print(f"{key:32}{results[key]}")
        return verdicts

    print(f"{given.trials} trials each; simulated items, the whole default gate\n")
    measure("regressions_promoted", worse, lambda one: one.promotable)
    same = measure("equal_called_better", equal, lambda one: one.verdict == "better")
    measure("gains_promoted", gain, lambda one: one.promotable)
    small = measure("small_not_enough", few, lambda one: one.verdict == "not enough evidence")
    results["equal_promoted"] = counted(same, lambda one: one.promotable)
    results["equal_called_worse"] = counted(same, lambda one: one.verdict == "worse")
    alarms = [[r for r in one.rows if r.role != "primary" and r.found == "worse"] for one in same]
    results["equal_guardrail_alarms"] = counted(alarms, bool)  # type: ignore[arg-type]
    measure("broken_promoted", replace(gain, broken=1), lambda one: one.promotable)
    measure("guardrail_harm_promoted", replace(gain, bits=0.04), lambda one: one.promotable)
    needed = [one.needed for one in small if one.needed is not None]
    results["small_needed_median"] = float(np.median(needed)) if needed else None
    print(f"\ncases still needed, of {LEAST}: median {results['small_needed_median']}")
    seconds = round(time.monotonic() - began, 1)
    about = {"simulation": True, "trials": given.trials, "seconds": seconds}
    print(json.dumps({**results, **about}))


if __name__ == "__main__":
    main()
