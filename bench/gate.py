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
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from chatwright.evaluation.gate import judge
from chatwright.evaluation.items import Item, Items
from chatwright.evaluation.metrics import share
from chatwright.evaluation.verdicts import Verdict
from chatwright.spec.loop import Gate

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
    now: list[Item] = []
    then: list[Item] = []
    due: dict[str, int] = {}

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
            add(metric, number, level + draw.normal(0, spread), level)
    for number in range(SAFETY):
        add("unsafe", number, 1.0, 1.0, slices=("topic: unsafe",))  # the same rules guard both
        mine, theirs = _flipped(0.95, 0.02, 0.02, draw)
        add("benign", number, mine, theirs, slices=("topic: benign",))
    for number in range(TIMED):
        took = draw.lognormal(4, 0.5)
        add("milliseconds", number, took * draw.lognormal(0, 0.1), took)
    return (
        Items("candidate", "local", "simulated", due, tuple(now)),
        Items("current", "local", "simulated", due, tuple(then)),
    )


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    settings = Gate()
    gain = Plant(2 * settings.margin)
    plants = {
        "worse": Plant(-settings.margin),
        "equal": Plant(),
        "gain": gain,
        "few": Plant(items=LEAST),
        "broken": replace(gain, broken=1),
        "harmed": replace(gain, bits=2 * settings.margin_bits),
    }
    print(f"{given.trials} trials each; simulated items, the whole default gate\n")
    with ProcessPoolExecutor() as pool:
        running = {
            name: pool.submit(trials, plant, settings, given.trials, given.seed)
            for name, plant in plants.items()
        }
        found = {name: task.result() for name, task in running.items()}
    results = figures(found)
    for key, value in results.items():
        print(f"{key:44}{value}")
    seconds = round(time.monotonic() - began, 1)
    print(json.dumps({**results, "simulation": True, "seconds": seconds}))


def figures(found: dict[str, list[Verdict]]) -> dict[str, Any]:
    def promoted(name: str) -> dict[str, Any]:
        return counted(one.promotable for one in found[name])

    def called(name: str, verdict: str) -> dict[str, Any]:
        return counted(one.verdict == verdict for one in found[name])

    alarms = (
        any(row.role != "primary" and row.found == "worse" for row in one.rows)
        for one in found["equal"]
    )
    needed = [one.needed for one in found["few"] if one.needed is not None]
    return {
        "regressions_promoted": promoted("worse"),
        "equal_called_better": called("equal", "better"),
        "gains_promoted": promoted("gain"),
        "small_not_enough": called("few", "not enough evidence"),
        "equal_promoted": promoted("equal"),
        "equal_called_worse": called("equal", "worse"),
        "equal_guardrail_alarms": counted(alarms),
        "gains_called_better": called("gain", "better"),
        "gains_with_a_must_pass_case_lost_promoted": promoted("broken"),
        "gains_with_bits_per_byte_harmed_promoted": promoted("harmed"),
        "small_cases_still_needed_median": float(np.median(needed)) if needed else None,
    }


def counted(hits: Iterable[bool]) -> dict[str, Any]:
    given = list(hits)
    found = share(sum(given), len(given))
    return {name: found[name] for name in ("share", "n", "interval")}


if __name__ == "__main__":
    main()
