"""Figures against published values, and against counting by hand."""

from __future__ import annotations

import math
import random

import pytest
import sacrebleu

from chatwright.evaluation import metrics


@pytest.mark.parametrize(
    ("passed", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(passed: int, n: int, low: float, high: float) -> None:
    value = metrics.share(passed, n)
    assert value["interval"] == pytest.approx([low, high], abs=1.01e-4)
    assert value["share"] == pytest.approx(passed / n, abs=1e-4)
    assert (value["passed"], value["n"]) == (passed, n)
    mirrored = metrics.share(n - passed, n)["interval"]
    assert mirrored == pytest.approx([1 - high, 1 - low], abs=1.01e-4)


def test_a_share_of_nothing_is_no_number() -> None:
    assert metrics.share(0, 0) == {"n": 0, "passed": 0, "share": None, "interval": None}


def test_wilson_holds_the_truth_as_often_as_it_says() -> None:
    rng = random.Random(0)
    held = 0
    for _ in range(2000):
        low, high = metrics.share(sum(rng.random() < 0.8 for _ in range(60)), 60)["interval"]
        held += low <= 0.8 <= high
    assert 0.93 < held / 2000 < 0.97


def test_bits_per_byte_by_hand() -> None:
    # 8 ln 2 nats are 8 bits; over 4 bytes and 12 bytes: (8 + 8) / 16 = 1.
    nats = [8 * math.log(2), 8 * math.log(2)]
    value = metrics.bits_per_byte(nats, [4, 12])
    assert value["bits_per_byte"] == 1.0
    assert value["interval"] == [0.6667, 2.0]  # all the second, all the first
    assert metrics.bits_per_byte(nats[:1], [4]) == {"bits_per_byte": 2.0, "interval": None}
    assert metrics.bits_per_byte([0.0], [0])["bits_per_byte"] == 0.0


def test_uniform_bytes_cost_eight_bits() -> None:
    nats = [100 * math.log(256)] * 5
    value = metrics.bits_per_byte(nats, [100] * 5)
    assert value == {"bits_per_byte": 8.0, "interval": [8.0, 8.0]}


def test_bootstrap_comes_near_the_textbook_interval() -> None:
    rng = random.Random(1)
    values = [rng.gauss(10, 2) for _ in range(400)]
    low, high = metrics.bootstrap(400, lambda ids: sum(values[i] for i in ids) / 400)
    mean = sum(values) / 400
    half = 1.96 * 2 / math.sqrt(400)
    assert low == pytest.approx(mean - half, abs=0.06)
    assert high == pytest.approx(mean + half, abs=0.06)
    assert metrics.bootstrap(400, lambda ids: sum(values[i] for i in ids) / 400) == [low, high]


# sacrebleu's own example (its README), with the first of its two references.
SYSTEM = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."]
REFERENCE = ["The dog bit the man.", "It was not unexpected.", "The man bit him first."]


def test_bleu_and_chrf_are_sacrebleu_s() -> None:
    value = metrics.text_scores(SYSTEM, REFERENCE)
    assert value["bleu"] == round(sacrebleu.corpus_bleu(SYSTEM, [REFERENCE]).score, 2)
    assert value["chrf"] == round(sacrebleu.corpus_chrf(SYSTEM, [REFERENCE]).score, 2)
    assert "version:" in value["bleu_signature"] and "nc:6" in value["chrf_signature"]
    assert (value["exact"]["passed"], value["n"]) == (1, 3)


def test_equal_texts_score_all_and_different_ones_nothing() -> None:
    same = metrics.text_scores(REFERENCE, [f"  {text.upper()} " for text in REFERENCE])
    assert same["exact"]["share"] == 1.0
    best = metrics.text_scores(REFERENCE, REFERENCE)
    assert (best["bleu"], best["chrf"], best["length_ratio"]) == (100.0, 100.0, 1.0)
    worst = metrics.text_scores(["xyz"], ["abc"])
    assert (worst["bleu"], worst["chrf"], worst["exact"]["share"]) == (0.0, 0.0, 0.0)


def test_empty_texts_are_scored_too() -> None:
    assert metrics.text_scores([], []) == {"n": 0}
    value = metrics.text_scores(["", ""], ["a b", ""])
    assert value["n"] == 2 and value["bleu"] == 0.0 and value["distinct_2"] == 0.0
    assert value["exact"]["passed"] == 1


def test_distinct_by_hand() -> None:
    assert metrics.distinct(["a b a b"], 2) == 0.6667  # ab ba ab: 2 of 3
    assert metrics.distinct(["a b", "A B"], 2) == 0.5
    assert metrics.distinct(["a", ""], 2) == 0.0


def test_percentile() -> None:
    assert metrics.percentile([], 0.5) == 0.0
    assert metrics.percentile([5.0], 0.99) == 5.0
    assert metrics.percentile([3, 1, 2], 0.5) == 2.0
    assert metrics.percentile(list(range(100)), 0.95) == 95.0
