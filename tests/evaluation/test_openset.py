from __future__ import annotations

import json
import random

import numpy as np
import pytest

from chatwright.core.errors import DataError
from chatwright.evaluation.openset import (
    Labelled,
    auroc,
    calibration_error,
    coverage,
    fit,
)
from chatwright.knowledge.openset import OpenSet
from chatwright.knowledge.softmax import Settings

QUICK = Settings(epochs=2)


def asked(labels: range, each: int, seed: int) -> Labelled:
    """Questions about things, each thing a label of its own, with a thousand ways to ask."""
    rng = random.Random(seed)
    things = ["".join(random.Random(n).choices("bcdfglmnprstaeiou", k=7)) for n in range(100)]
    before = ["how much is", "where is", "tell me about", "i want", "can i have", "what about"]
    after = ["please", "today", "now", "for me", "again", ""]
    rows = [
        (f"{rng.choice(before)} the {things[n]} {rng.choice(after)}", str(n))
        for n in labels
        for _ in range(each)
    ]
    return Labelled.of(*zip(*rows, strict=True))


def test_the_unknown_is_told_from_the_known() -> None:
    made = fit(asked(range(12), 8, 0), asked(range(12), 8, 1), settings=QUICK)
    known, unknown = asked(range(12), 10, 2), asked(range(50, 70), 5, 3)
    inside, outside = made.judge(known.questions), made.judge(unknown.questions)
    assert auroc(inside.known, outside.known) > 0.95
    assert np.median(inside.confidence) > 0.8 > 0.4 > np.median(outside.confidence)
    assert (inside.confidence <= inside.known).all()
    right = [a == b for a, b in zip(inside.labels, known.labels, strict=True)]
    assert np.mean(right) > 0.9


def test_comes_back_from_json(letters_free: OpenSet) -> None:
    kept = json.loads(json.dumps(letters_free.to_dict()))
    again = OpenSet.from_dict(kept, letters_free.signaller)
    question = ["where is the thing", "hello"]
    assert (again.judge(question).confidence == letters_free.judge(question).confidence).all()
    with pytest.raises(DataError, match="other signals"):
        OpenSet.from_dict(kept | {"names": ["top"]}, letters_free.signaller)
    with pytest.raises(DataError, match="cannot be read"):
        OpenSet.from_dict({"names": kept["names"]}, letters_free.signaller)


@pytest.fixture(scope="module")
def letters_free() -> OpenSet:
    return fit(asked(range(4), 4, 0), asked(range(4), 3, 1), settings=QUICK)


def test_one_label_and_strangers() -> None:
    checks = Labelled(("hello you", "hi", "what is the weather"), ("greeting", "greeting", "none"))
    made = fit(Labelled(("hello", "hi there"), ("greeting",) * 2), checks, settings=QUICK)
    found = made.judge(["hello", "the weather"])
    assert found.labels == ("greeting", "greeting")
    assert found.confidence[0] > found.confidence[1]
    alone = fit(
        Labelled(("hello",), ("greeting",)), checks.only(np.array([1, 1, 0], bool)), settings=QUICK
    )
    assert 0 < alone.judge(["hello"]).confidence[0] < 1


def test_auroc_counts_ties_half() -> None:
    assert auroc(np.array([3.0, 2.0]), np.array([1.0, 0.0])) == 1.0
    assert auroc(np.array([1.0, 1.0]), np.array([1.0])) == 0.5
    rng = np.random.default_rng(0)
    known, unknown = rng.integers(0, 9, 70).astype(float), rng.integers(0, 7, 50).astype(float)
    pairs = [(a > b) + 0.5 * (a == b) for a in known for b in unknown]
    assert auroc(known, unknown) == pytest.approx(np.mean(pairs))


def test_coverage_is_the_most_that_can_be_answered() -> None:
    sure = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([1, 1, 0, 1, 1], bool)
    assert coverage(sure, right, 0.0) == 0.4
    assert coverage(sure, right, 0.2) == 1.0
    assert coverage(sure, right, 0.24) == 1.0
    assert (
        coverage(np.array([0.9, 0.9]), np.array([True, False]), 0.1) == 0.0
    )  # no threshold between
    assert coverage(np.array([0.5]), np.array([False]), 0.1) == 0.0


def test_calibration_error() -> None:
    rng = np.random.default_rng(0)
    sure = rng.random(20_000)
    assert calibration_error(sure, rng.random(20_000) < sure) < 0.02
    assert calibration_error(np.full(100, 0.9), np.arange(100) < 50) == pytest.approx(0.4)
    assert calibration_error(np.array([1.0]), np.array([True])) == 0.0
