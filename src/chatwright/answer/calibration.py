"""How likely a candidate is right, and from which confidence on it is said (fitted: `evaluation/calibrate.py`).

A folder of its own, named by the hash of what is in it, that a deployment names. It is made for one release
and one state of the knowledge; another one asks for another fit.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np

from chatwright.answer.changes import Change
from chatwright.answer.signs import REVIEWED, SIGNS, Kind, row
from chatwright.answer.standard import StandardReplies
from chatwright.core.errors import ReleaseError
from chatwright.core.files import canonical_json
from chatwright.core.types import Embedder
from chatwright.knowledge.logistic import Logistic

FILE = "calibration.json"
FORMAT = 1
MATCHED = "matched"  # the logistic of the matching's own signs
ALONE = "alone"  # behind a kind's name: without a draft


@dataclass(frozen=True, slots=True)
class Tried:
    """A question of the calibration: how sure the best answer was, and how likely it was right (0 or 1 where
    that is known). `weight`: how many questions it stands for."""

    confidence: float
    right: float
    weight: float = 1.0
    kind: str = ""
    inside: bool = True  # it has an answer


@dataclass(frozen=True)
class Calibration:
    """`logistics` by the kind of candidate (and `MATCHED`); `tried`: without having been fitted to the row.

    `judged`: whether replies can be told right from wrong by what was logged. Where they cannot (free
    conversation), a generated reply is not held to the dial.
    """

    logistics: Mapping[str, Logistic]
    tried: tuple[Tried, ...] = ()
    judged: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)
    standard: StandardReplies | None = None
    id: str = ""

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Which fact took which one's place, as reviewed corrections say."""
        return tuple(Change.of(one) for one in self.about.get("changes", ()))

    def known(self, signs: Mapping[str, float]) -> float:
        """Log odds that the likeliest standard reply is right, from the matching alone."""
        fitted = self.logistics.get(MATCHED)
        if fitted is None:
            return -4.0
        names = self.about["matching"]
        return float(fitted.logits([[signs.get(name, 0.0) for name in names]])[0])

    def confidence(self, kind: Kind, signs: Mapping[str, float]) -> float | None:
        """0 to 1; None where this kind was not calibrated."""
        name = kind if signs.get("drafted") else f"{kind} {ALONE}"
        fitted = self.logistics.get(name) or self.logistics.get(kind)
        if fitted is None:
            return None
        return float(fitted.predict([row(kind, signs)[: len(fitted.weights)]])[0])

    def threshold(self, tolerated: float) -> float:
        """The confidence from which on at most the share `tolerated` of answers is wrong."""
        return threshold(self.tried, tolerated)

    def coverage(self, tolerated: float) -> float:
        """The share of questions that have an answer and get one."""
        least = self.threshold(tolerated)
        inside = [one for one in self.tried if one.inside]
        whole = sum(one.weight for one in inside)
        said = (one.weight for one in inside if 0 < one.confidence >= least)
        return sum(said) / whole if whole else 0.0

    def save(self, folder: Path) -> None:
        """Into an empty folder."""
        rows = [
            [
                round(one.confidence, 5),
                round(one.right, 4),
                round(one.weight, 4),
                one.kind,
                int(one.inside),
            ]
            for one in self.tried
        ]
        values = {
            "format": FORMAT,
            "logistics": {name: one.to_dict() for name, one in self.logistics.items()},
            "tried": rows,
            "judged": self.judged,
            "about": dict(self.about),
            "standard": self.standard is not None,
        }
        (folder / FILE).write_text(canonical_json(values) + "\n", encoding="utf-8")
        if self.standard is not None:
            (folder / "standard").mkdir()
            self.standard.save(folder / "standard")

    @classmethod
    def load(cls, folder: Path, embedder: Embedder | None = None) -> Calibration:
        """Raises `ReleaseError` for what `save` did not write."""
        try:
            values = json.loads((folder / FILE).read_text("utf-8"))
            assert values["format"] == FORMAT
            logistics = {name: Logistic.from_dict(one) for name, one in values["logistics"].items()}
            judged, about = bool(values["judged"]), dict(values["about"])
            has_standard = bool(values["standard"])
            _check(logistics, about)
            _ = [Change.of(one) for one in about.get("changes", ())]
            tried = tuple(
                Tried(confidence, right, weight, kind, bool(inside))
                for confidence, right, weight, kind, inside in values["tried"]
            )
        except (
            OSError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            AssertionError,
        ) as error:
            raise ReleaseError(
                f"The calibration in {folder} cannot be read.",
                "Make it again: `chatwright evaluate`.",
            ) from error
        standard = None
        if has_standard:
            standard = StandardReplies.load(folder / "standard", embedder=embedder)
        return cls(logistics, tried, judged, about, standard, folder.name)


def _check(logistics: Mapping[str, Logistic], about: Mapping[str, Any]) -> None:
    """Raises where the signs are others than those of today: their weights would be of something else. One that
    was made before there was a sign for reviewed replies, which stands last, goes on without it."""
    for name, one in logistics.items():
        kind = name.removesuffix(f" {ALONE}")
        signs = about["matching"] if name == MATCHED else SIGNS[cast("Kind", kind)]
        fits = {len(signs), len(signs) - (signs[-1] == REVIEWED)}
        if not len(one.weights) == len(one.mean) == len(one.scale) or len(one.weights) not in fits:
            raise ValueError(f"{name} has {len(one.weights)} weights, not {len(signs)}")


def threshold(tried: Sequence[Tried], tolerated: float) -> float:
    """The least confidence from which on, and above, the share of wrong answers stays within `tolerated`.

    One wrong answer more than was seen is counted, so that few questions do not promise too much: with fewer
    than 1 / `tolerated` answers none is given. 1.01, which no answer reaches, where nothing keeps to it.
    What was declined (confidence 0) is no answer: it makes the others neither better nor worse.
    """
    if tolerated >= 1:
        return 0.0  # all are given
    if not tried:
        return 0.5
    rows = sorted((one for one in tried if one.confidence > 0), key=lambda one: -one.confidence)
    if not rows:
        return 1.01
    mean = sum(one.weight for one in rows) / len(rows)
    answered = wrong = 0.0
    found = 1.01
    for at, one in enumerate(rows):
        answered += one.weight
        wrong += one.weight * (1 - one.right)
        last = at + 1 == len(rows) or rows[at + 1].confidence < one.confidence
        if last and (wrong + mean) / answered <= tolerated:
            found = one.confidence
    return found


def expected_error(tried: Sequence[Tried], bins: int = 10) -> float:
    """Expected calibration error: bins of equal counts, the share of each times how far confidence and share
    of right answers are apart (Naeini et al. 2015; equal counts: Nguyen and O'Connor 2015)."""
    if not tried:
        return math.nan
    rows = sorted(tried, key=lambda one: one.confidence)
    weights = np.array([one.weight for one in rows])
    edges = np.cumsum(weights) / weights.sum()
    confidence = np.array([one.confidence for one in rows])
    right = np.array([one.right for one in rows])
    total = 0.0
    for number in range(bins):
        inside = (edges > number / bins) & (edges <= (number + 1) / bins + 1e-12)
        if inside.any():
            share = weights[inside]
            gap = np.average(confidence[inside], weights=share) - np.average(
                right[inside], weights=share
            )
            total += abs(float(gap)) * float(share.sum() / weights.sum())
    return total


def brier(tried: Sequence[Tried]) -> float:
    """Mean squared distance of confidence and outcome."""
    whole = sum(one.weight for one in tried)
    if not whole:
        return math.nan
    return sum(one.weight * (one.confidence - one.right) ** 2 for one in tried) / whole
