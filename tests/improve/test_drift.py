"""Drift, on simulated questions: alarms as rare as stated, and a new topic found and named."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from tests.store.test_person import lived

from chatwright.improve.alarms import LEAST, threshold, watch
from chatwright.improve.apart import apart, auc
from chatwright.improve.drift import ALPHA, Drift, days_of, drift
from chatwright.improve.drifting import look, note
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.asked import AskedRow

TODAY = date(2026, 6, 30)
TOPICS = (
    "opening hours",
    "library card",
    "late fines",
    "meeting room",
    "color printing",
    "story time",
)
ASKS = ("When is the {}?", "How do I get the {}?", "What about {} on {}?", "Tell me of {} for {}")
DAYS = ("monday", "tuesday", "saturday")
NEW = ("Do you lend telescopes for the eclipse?", "Where can I watch the eclipse with a telescope?",
       "Is there an eclipse evening, with telescopes?")  # fmt: skip


def asked(rng: random.Random) -> str:
    return rng.choice(ASKS).format(rng.choice(TOPICS), rng.choice(DAYS))


def row(rng: random.Random, day: date, new: float = 0.0) -> AskedRow:
    owner = f"visitor:{rng.randrange(50)}"
    at = f"{day.isoformat()}T10:00:00.000Z"
    if rng.random() < new:
        return AskedRow(owner, at, rng.choice(NEW), "refused", 0.2, None, False, 40)
    sure, length = 0.5 + rng.random() / 2, rng.randrange(40, 200)
    route = "refused" if rng.random() < 0.05 else "generated"
    return AskedRow(owner, at, asked(rng), route, sure, None, rng.random() < 0.03, length)


def simulated(seed: int, days: int = 60, changed: int = 0, share: float = 0.15) -> list[AskedRow]:
    """`changed` days ago a new topic comes up. A day's traffic varies, and so does what is asked on it."""
    rng = random.Random(seed)
    rows = []
    for back in range(days, 0, -1):
        for _ in range(rng.randrange(10, 40)):
            rows.append(row(rng, TODAY - timedelta(days=back), share if back <= changed else 0.0))
    return rows


def looked(rows: list[AskedRow], **more: object) -> Drift:
    trained = [asked(random.Random(n)) for n in range(400)]
    return drift(rows, trained, {}, today=TODAY, **more)  # type: ignore[arg-type]


def test_a_new_topic_is_found_within_days_and_named() -> None:
    for seed in range(2):
        found = looked(simulated(seed, changed=8))
        names = {one.name for one in found.alarms}
        assert names >= {"refused", "unfamiliar"}
        first = min(date.fromisoformat(str(one.alarm)) for one in found.alarms)
        assert TODAY - timedelta(days=8) <= first <= TODAY - timedelta(days=3), "within five days"
        assert "eclipse" not in str(found.about()["kinds"]) and found.unquoted > 10
        assert found.recent is not None and found.recent.auc > 0.53
        assert found.recent.telling == () and "eclipse" not in str(found.about())


def test_examples_are_of_those_who_agreed() -> None:
    rows = simulated(1, changed=8)
    may = {f"visitor:{n}": "2026" for n in range(50)}
    found = drift(rows, [], may, today=TODAY)
    assert "eclipse" in found.kinds[0].examples[0] and found.kinds[0].times > 10
    assert found.kinds[0].count == found.kinds[0].refused and found.not_applicable["unfamiliar"]
    assert found.recent is not None and {"eclipse", "telescopes"} & set(found.recent.telling)
    later = drift(rows, [], {"visitor:1": "2027"}, today=TODAY)
    assert not any(kind.examples for kind in later.kinds)


def test_without_a_change_alarms_are_as_rare_as_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatwright.improve.drift.apart", lambda *_: None)  # no part of an alarm
    monkeypatch.setattr("chatwright.improve.drift._kinds", lambda *_: ((), 0))
    found = [looked(simulated(100 + seed)).alarms for seed in range(40)]
    wrong = sum(bool(alarms) for alarms in found)
    assert wrong <= 5, "5% of 40 is 2; 6 or more would be seen once in 70 times"


def test_the_rate_of_the_rank_cusum_is_exact_whatever_the_spread() -> None:
    rng = np.random.default_rng(3)
    spreads: tuple[Any, ...] = (
        rng.standard_normal,
        rng.standard_cauchy,
        lambda n: rng.integers(0, 3, n),
    )
    for draw in spreads:
        alarms = 0
        for _ in range(600):
            values = np.asarray(draw(50), float)
            alarms += watch(values[:20].tolist(), values[20:].tolist(), 0.1).day is not None
        assert 0.05 < alarms / 600 < 0.14


def test_a_shift_is_found_and_its_day_named() -> None:
    rng = np.random.default_rng(4)
    for sign, side in ((1, "up"), (-1, "down")):
        values = rng.standard_normal(60)
        values[45:] += 3 * sign
        found = watch(values[:30].tolist(), values[30:].tolist(), 0.01, "both")
        assert found.day is not None and 15 <= found.day <= 22 and found.up is (side == "up")
        assert 13 <= (found.began or 0) <= 17
        other = watch(
            values[:30].tolist(), values[30:].tolist(), 0.01, "down" if sign > 0 else "up"
        )
        assert other.day is None


def test_too_little_data_is_said() -> None:
    with pytest.raises(ValueError, match="reference days"):
        watch([1.0] * (LEAST - 1), [1.0], 0.05)
    few = looked(simulated(1, days=35))
    assert "alarms need" in few.too_little and not few.figures
    none = looked([])
    assert none.too_little and none.recent is None and none.training is None and not none.kinds
    rows = [one for one in simulated(1) if one.at < "2026-05-31"]
    assert "none of the watched days" in looked(rows).too_little


def test_days_with_few_questions_are_put_together() -> None:
    rng = random.Random(0)
    rows = [row(rng, TODAY - timedelta(days=n)) for n in range(10) for _ in range(2)]
    days = days_of(rows)
    assert [len(day.rows) for day in days] == [6, 6, 6] and days[-1].name == "2026-06-29"
    many = days_of([row(rng, TODAY) for _ in range(1000)])
    assert len(many[0].rows) == 200


def test_the_auc_is_that_of_counting_pairs() -> None:
    scores, target = np.array([0.1, 0.4, 0.4, 0.8, 0.9]), np.array([0.0, 0, 1, 0, 1])
    pairs = [(a > b) + (a == b) / 2 for a in (0.4, 0.9) for b in (0.1, 0.4, 0.8)]
    assert auc(scores, target) == pytest.approx(sum(pairs) / 6)
    assert auc(scores, np.zeros(5)) == 0.5


def test_questions_of_one_kind_cannot_be_told_apart() -> None:
    rng = random.Random(5)
    first, second = ([asked(rng) + f" {rng.randrange(99)}" for _ in range(150)] for _ in range(2))
    same = apart(first, second)
    assert same is not None and same.low < 0.5 < same.high and abs(same.auc - 0.5) < 0.1
    other = apart(first, [f"{text} {n}" for n in range(20) for text in NEW])
    assert other is not None and other.low > 0.95
    assert apart(first, first[:5]) is None
    assert apart(["the same"] * 100, ["the same"] * 100) is None


def test_thresholds_grow_with_days_and_certainty() -> None:
    assert threshold(20, 30, 0.05) < threshold(20, 30, 0.01) < threshold(20, 90, 0.01)
    assert threshold(20, 0, 0.05) == float("inf") and 0 < ALPHA < 1


def test_a_bot_is_looked_at_and_no_word_is_noted(spec: Spec) -> None:
    database = Database(spec.made / "store.db")
    lived(database, "visitor:ann", "where is the zebrafinch")
    found = look(spec, database, "v1")
    assert found.too_little and found.until == datetime.now(UTC).date().isoformat()
    assert "zebrafinch" not in note(spec).read_text()
    database.close()
