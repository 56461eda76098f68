"""The verdict on a canary: what rolls back, what goes on, what is enough; and how long it takes."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from chatwright.improve.arms import Arms, Limits, chooses
from chatwright.improve.canary import (
    STOP,
    Baseline,
    Rules,
    baseline,
    forecast,
    judge,
    next_step,
)
from chatwright.spec.loop import Canary
from chatwright.store.canaries import Seen, Step
from chatwright.store.stamps import stamp

BEGAN = datetime(2030, 1, 1, tzinfo=UTC)
SALT = "s" * 32
KNOWN = Baseline(
    10.0, 5_000, 1_500, 400, {"slow": 0.1, "refusals": 0.1, "negative": 0.1, "errors": 0.01},
    {"slow": 1.0, "refusals": 1.0, "negative": 0.2, "errors": 1.0}, 400, 2_000,
)  # fmt: skip
RULES = Rules.of(Canary(), KNOWN)
FINE = {"failed": 0.005, "slow": 0.1, "refused": 0.1, "down": 0.1}


def traffic(
    people: int, share: float, candidate: dict[str, float], seed: int = 0, rated: float = 1.0
) -> Arms:
    """Each person asks twice, and is answered by the arm that chance chose."""
    rng = random.Random(seed)
    arms = Arms(SALT, Limits(RULES.first_ms, RULES.total_ms))
    rows = []
    for n in range(people):
        owner = f"visitor:{seed}-{n}"
        rates = FINE | candidate if chooses(SALT, share, owner) else FINE
        for k in range(2):
            at = stamp(BEGAN + timedelta(seconds=30 * n + k))
            down = rng.random() < rates["down"]
            says = rng.random() < rated
            rows.append(
                Seen(
                    owner,
                    "r",
                    at,
                    rng.random() < rates["failed"],
                    rng.random() < rates["refused"],
                    100,
                    5_000 if rng.random() < rates["slow"] else 500,
                    int(says and not down),
                    int(says and down),
                )
            )
    arms.look(rows, [Step(share, stamp(BEGAN))], BEGAN + timedelta(days=365))
    return arms


@pytest.mark.parametrize(
    ("worse", "rule"),
    [
        ({"failed": 0.1}, "errors"),
        ({"slow": 0.4}, "slow"),
        ({"refused": 0.25}, "refusals"),
        ({"down": 0.25}, "negative"),
    ],
)
def test_a_worse_candidate_is_rolled_back_for_what_is_worse(
    worse: dict[str, float], rule: str
) -> None:
    verdict = judge(traffic(3_000, 0.3, worse), (10, 0), RULES)
    assert verdict.action == "rollback"
    assert [row.rule for row in verdict.rows if row.alarm] == [rule]
    assert "with the candidate" in verdict.reason


def test_a_candidate_that_fails_is_stopped_by_its_first_replies() -> None:
    empty = Arms(SALT, RULES.limits)
    verdict = judge(empty, (4, 4), RULES)
    assert verdict.action == "rollback"
    assert verdict.rows[0].rule == STOP
    assert "100.0% of 4" in verdict.reason
    assert judge(empty, (200, 6), RULES).action == "go on"


def test_an_equal_candidate_goes_on_until_it_is_enough() -> None:
    few = judge(traffic(200, 0.3, {}), (100, 0), RULES)
    assert few.action == "go on"
    assert "not enough evidence yet" in few.reason
    many = judge(traffic(9_000, 0.5, {}), (5_000, 20), RULES, intervals=True)
    assert many.action == "enough", many
    for row in many.rows[1:]:
        assert row.interval is not None
        assert row.interval[0] < 0 < row.interval[1]


def test_without_ratings_it_is_never_enough_and_that_is_said() -> None:
    verdict = judge(traffic(9_000, 0.5, {}, rated=0.0), (5_000, 20), RULES)
    assert verdict.action == "go on"
    assert verdict.reason == "not enough evidence yet of: negative ratings"


def test_slower_within_the_tolerance_is_no_reason() -> None:
    verdict = judge(traffic(4_000, 0.5, {"slow": 0.17}), (100, 0), RULES)
    assert verdict.action != "rollback"
    strict = Rules.of(Canary(slow_margin=0.0), KNOWN)
    assert judge(traffic(4_000, 0.5, {"slow": 0.17}), (100, 0), strict).action == "rollback"


def test_the_baseline_is_what_was_logged() -> None:
    rows = [
        Seen(f"p{n // 4}", "r", stamp(BEGAN + timedelta(minutes=n)), n % 50 == 0, n % 10 == 3, 90, n,
             int(n % 20 == 1), int(n % 40 == 5))
        for n in range(1, 1_441)
    ]  # fmt: skip
    found = baseline(rows, BEGAN - timedelta(days=28), BEGAN + timedelta(days=1))
    assert found.days == pytest.approx(1.0, abs=0.01)
    assert (found.replies, found.people) == (1_440, 361)
    assert found.total_ms == pytest.approx(1_296, abs=3)
    assert found.rates["refusals"] == pytest.approx(0.1, abs=0.01)
    assert found.rates["slow"] == pytest.approx(0.1, abs=0.01)
    assert found.rated == 108
    assert 0 < found.observed["negative"] < 0.5


def test_nothing_logged_is_no_error() -> None:
    found = baseline([], BEGAN, BEGAN + timedelta(days=1))
    assert found.replies == 0
    needs = forecast(found, Rules.of(Canary(), found), 0.05)
    assert all(one.alarm_days is None and one.alarm_people for one in needs)


def test_days_are_those_that_the_traffic_needs() -> None:
    by = {one.metric: one for one in forecast(KNOWN, RULES, 0.2)}
    refusals, negative = by["refusals"], by["negative"]
    assert refusals.alarm_people is not None
    assert refusals.alarm_replies == pytest.approx(refusals.alarm_people * 5_000 / 1_500, abs=1)
    assert refusals.alarm_days == pytest.approx((refusals.alarm_replies or 0) / 500, abs=0.05)
    assert negative.alarm_days == pytest.approx(5 * (refusals.alarm_days or 0), rel=0.02)
    small = {one.metric: one for one in forecast(KNOWN, RULES, 0.05)}
    assert (small["refusals"].alarm_days or 0) > (refusals.alarm_days or 0)


def test_the_next_step_is_due_after_its_days() -> None:
    steps = [Step(0.05, stamp(BEGAN))]
    plan = (0.05, 0.2, 0.5)
    assert next_step(steps, plan, 1.0, BEGAN + timedelta(hours=23)) is None
    assert next_step(steps, plan, 1.0, BEGAN + timedelta(hours=25)) == 0.2
    steps.append(Step(0.5, stamp(BEGAN)))
    assert next_step(steps, plan, 1.0, BEGAN + timedelta(days=9)) is None


def test_settings_of_the_table_are_checked() -> None:
    with pytest.raises(ValueError, match="growing shares"):
        Canary(steps=(0.5, 0.2))
    with pytest.raises(ValueError, match="growing shares"):
        Canary(steps=(0.2, 0.9))
