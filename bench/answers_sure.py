"""Whether a bot is as sure as it is right, on questions that its calibration never saw; and whether the dial holds.

Confidence is of the answer that would be given; where nothing would be said there is none.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answers_bots import shown
from machine import table

from chatwright.answer.calibration import Calibration, Tried, brier, expected_error
from chatwright.evaluation.metrics import share
from chatwright.evaluation.routed import reliability

DIALS = (0.01, 0.02, 0.05, 0.1, 0.15)
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: how sure the best answer was (0: none), how right it was (0 or 1 where that is known), and
    whether it has an answer."""

    confidence: float
    right: float
    inside: bool = True


def report(name: str, asked: Sequence[Asked], calibration: Calibration) -> dict[str, Any]:
    """Prints, and gives the figures."""
    tried = [Tried(one.confidence, one.right, inside=one.inside) for one in asked]
    said = [one for one in tried if one.confidence > 0]
    rng = random.Random(0)
    errors = sorted(expected_error(rng.choices(said, k=len(said))) for _ in range(ROUNDS))
    found = {
        "ece": round(expected_error(said), 4),
        "ece_n": len(said),
        "ece_low": round(errors[int(0.025 * ROUNDS)], 4),
        "ece_high": round(errors[int(0.975 * ROUNDS)], 4),
        "brier": round(brier(said), 4),
        "dial": [_at(dial, calibration, asked) for dial in DIALS],
    }
    print(
        f"\n{name}: ECE {found['ece']} ({found['ece_low']} to {found['ece_high']}), Brier", end=" "
    )
    print(f"{found['brier']}, n = {len(said):,} of {len(asked):,} questions with a candidate")
    bands = reliability(Calibration({}, tuple(tried)))
    rows = [
        [f"{b['from']:.1f} to {b['to']:.1f}", f"{b['confidence']:.3f}", shown(b), b["n"]]
        for b in bands
    ]
    print(table(["sure", "mean", "right", "n"], rows))
    lines = [
        [
            f"{d['tolerated']:.0%}",
            f"{d['threshold']:.3f}",
            shown(d["answered"]),
            shown(d["wrong"]),
            "yes" if d["holds"] else "NO",
        ]
        for d in found["dial"]
    ]
    print(table(["dial", "threshold", "of known answered", "of answers wrong", "holds"], lines))
    return found


def _at(dial: float, calibration: Calibration, asked: Sequence[Asked]) -> dict[str, Any]:
    """What a setting comes to. It holds where the interval of the wrong ones reaches down to what is tolerated."""
    least = calibration.threshold(dial)
    given = [one for one in asked if one.confidence >= least]
    inside = sum(one.inside for one in asked)
    wrong = share(round(sum(1 - one.right for one in given)), len(given))
    return {
        "tolerated": dial,
        "threshold": round(least, 4),
        "answered": share(sum(one.inside for one in given), inside),
        "wrong": wrong,
        "holds": not given or wrong["interval"][0] <= dial,
    }
