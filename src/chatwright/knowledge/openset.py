"""Questions -> the label that answers each, and how sure it is that it does: also for what no label answers.

Two logistic regressions over the signals: whether any label answers the question, and whether, if one does,
the best one is right. Fitted by `evaluation/openset.py`. It decides nothing: who asks has a tolerance, and
compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from chatwright.core.errors import DataError
from chatwright.knowledge.logistic import Logistic
from chatwright.knowledge.signals import Signaller, Signals

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """Of n questions: `known` [n] is the chance that a label answers it, `confidence` [n] that the best
    does."""

    labels: tuple[str, ...]
    known: Doubles
    confidence: Doubles
    signals: Signals


class OpenSet:
    """Threads may share it."""

    def __init__(self, signaller: Signaller, known: Logistic, right: Logistic) -> None:
        self.signaller, self._known, self._right = signaller, known, right

    def judge(self, questions: Sequence[str], vectors: Floats | None = None) -> Judged:
        """`vectors` [n, D] are the questions', where the caller has them already."""
        signals = self.signaller.of(questions, vectors)
        columns = inputs(signals)
        known = self._known.predict(columns)
        return Judged(signals.labels, known, known * self._right.predict(columns), signals)

    def to_dict(self) -> dict[str, Any]:
        """The two regressions as plain numbers, for JSON."""
        return {
            "names": list(self.signaller.names),
            "known": self._known.to_dict(),
            "right": self._right.to_dict(),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any], signaller: Signaller) -> OpenSet:
        """Raises `DataError` where it was fitted on other signals."""
        try:
            if tuple(kept["names"]) != signaller.names:
                raise ValueError("it was fitted on other signals")
            parts = [Logistic.from_dict(kept[name]) for name in ("known", "right")]
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(
                f"The calibration cannot be read ({error}).", "Evaluate again."
            ) from error
        return cls(signaller, *parts)


def inputs(signals: Signals) -> Doubles:
    """[n, F] -> [n, F + F (F + 1) / 2]: the signals, and the products of two; a hint counts more beside
    another."""
    x = np.clip(signals.values / SCALE[: signals.values.shape[1]], -3, 3)
    left, right = np.triu_indices(x.shape[1])
    return np.concatenate([x, x[:, left] * x[:, right]], axis=1)


# About the size of each signal, so that a product means the same everywhere; in the order of their names.
SCALE = np.array([10.0, 10.0, 10.0, 10.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 2.0, 2.0])
