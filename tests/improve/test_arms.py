"""Who falls into which arm, and that nothing but the first hour of a person counts, however often one looks."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from chatwright.improve.arms import METRICS, Arms, Limits, chooses, outcome, place
from chatwright.store.canaries import Seen, Step
from chatwright.store.stamps import stamp

BEGAN = datetime(2030, 1, 1, tzinfo=UTC)
LIMITS = Limits(500, 2_000)
SALT = "a" * 32


def seen(owner: str, minutes: float, **changes: object) -> Seen:
    values = {
        "owner": owner,
        "release": "r",
        "at": stamp(BEGAN + timedelta(minutes=minutes)),
        "failed": False,
        "refused": False,
        "first_ms": 100,
        "total_ms": 1_000,
        "ups": 0,
        "downs": 0,
        "weak": 0,
    }
    return Seen(**values | changes)  # type: ignore[arg-type]


def steps(*shares: tuple[float, float]) -> list[Step]:
    return [Step(share, stamp(BEGAN + timedelta(minutes=at))) for share, at in shares]


def test_the_share_is_kept_and_growing_takes_nobody_back() -> None:
    people = [f"visitor:{n}" for n in range(20_000)]
    small = {one for one in people if chooses(SALT, 0.05, one)}
    large = {one for one in people if chooses(SALT, 0.2, one)}
    assert small < large
    for found, share in ((small, 0.05), (large, 0.2)):
        spread = (20_000 * share * (1 - share)) ** 0.5
        assert abs(len(found) - 20_000 * share) < 4 * spread
    other = {one for one in people if chooses("b" * 32, 0.05, one)}
    assert len(small & other) < 150  # another canary draws anew


def test_another_process_draws_the_same() -> None:
    code = f"from chatwright.improve.arms import place; print(place({SALT!r}, 'key:1'))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(said.stdout) == place(SALT, "key:1")


def test_who_cannot_be_told_apart_stays_with_what_is_served() -> None:
    assert not chooses(SALT, 0.999999, "anonymous")
    assert not chooses(SALT, 0.999999, "")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (False, False, False, None)),
        ({"failed": True}, (True, None, None, None)),
        ({"refused": True}, (False, False, True, None)),
        ({"total_ms": 2_001}, (False, True, False, None)),
        ({"first_ms": 501}, (False, True, False, None)),
        ({"first_ms": None, "total_ms": None}, (False, None, False, None)),
        ({"ups": 1}, (False, False, False, False)),
        ({"downs": 1}, (False, False, False, True)),
        ({"ups": 1, "downs": 1}, (False, False, False, False)),
        ({"weak": 1}, (False, False, False, True)),
        ({"weak": 1, "ups": 1}, (False, False, False, False)),
    ],
)
def test_what_counts_as_bad(changes: dict[str, object], expected: tuple[bool | None, ...]) -> None:
    reply = seen("a", 0, **changes)
    assert tuple(outcome(metric, reply, LIMITS) for metric in METRICS) == expected


def test_a_person_counts_once_with_the_first_hour() -> None:
    rows = [
        seen("a", 0, refused=True),
        seen("b", 10),
        seen("a", 30),
        seen("a", 59),
        seen("a", 61, refused=True),  # too late
        seen("a", 3_000, refused=True),
    ]
    arms = Arms(SALT, LIMITS)
    arms.look(rows, steps((0.5, 0)), BEGAN + timedelta(minutes=59))
    assert (arms.people, arms.open, len(arms.units("refusals"))) == (0, 2, 0)
    arms.look(rows, steps((0.5, 0)), BEGAN + timedelta(minutes=62))
    assert (arms.people, arms.open) == (1, 1)
    assert arms.units("refusals").outcome.tolist() == pytest.approx([1 / 3])
    assert arms.units("refusals").treated.tolist() == [chooses(SALT, 0.5, "a")]
    assert len(arms.units("negative")) == 0
    assert arms.since == stamp(BEGAN + timedelta(minutes=10))  # b is open


def test_the_share_is_the_one_in_force_when_the_person_came() -> None:
    plan = steps((0.05, 0), (0.5, 100))
    arms = Arms(SALT, LIMITS)
    rows = [seen("early", 50), seen("late", 101), seen("early", 105)]
    arms.look(rows, plan, BEGAN + timedelta(days=1))
    assert arms.units("errors").share.tolist() == [0.05, 0.5]


def test_looking_often_and_looking_once_see_the_same() -> None:
    rng = random.Random(3)
    rows = sorted(
        (
            seen(
                f"p{rng.randrange(300)}",
                rng.uniform(0, 3_000),
                refused=rng.random() < 0.2,
                downs=int(rng.random() < 0.1),
                ups=int(rng.random() < 0.2),
            )
            for _ in range(2_000)
        ),
        key=lambda one: one.at,
    )
    plan = steps((0.3, 0), (0.5, 1_000))
    once, often = Arms(SALT, LIMITS), Arms(SALT, LIMITS)
    end = BEGAN + timedelta(days=5)
    once.look(rows, plan, end)
    for minute in [*range(0, 3_000, 17), 10_000]:
        time = stamp(BEGAN + timedelta(minutes=minute))
        part = [one for one in rows if often.since <= one.at <= time]
        often.look(part, plan, BEGAN + timedelta(minutes=minute))
    for metric in METRICS:
        a, b = once.units(metric), often.units(metric)
        for left, right in ((a.treated, b.treated), (a.share, b.share), (a.outcome, b.outcome)):
            assert sorted(left.tolist()) == sorted(right.tolist())
        order_a, order_b = np.lexsort((a.outcome, a.treated)), np.lexsort((b.outcome, b.treated))
        assert a.outcome[order_a].tolist() == b.outcome[order_b].tolist()
