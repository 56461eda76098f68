"""Fits how sure a classifier may be, without a single example of what it does not know.

Whole labels are left out in turn, with all of their questions; what their checks then look like is how a
question looks that no label answers. Measures too: how well known and unknown are told apart (AUROC), how much
is answered at a tolerated share of wrong answers, how far confidences are from what came true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatwright.core.types import Embedder
from chatwright.knowledge.classifier import Classifier
from chatwright.knowledge.logistic import Logistic
from chatwright.knowledge.openset import OpenSet, inputs
from chatwright.knowledge.signals import Signaller
from chatwright.knowledge.softmax import Settings
from chatwright.knowledge.variants import Variants, embed

FOLDS = 5
UNKNOWN = 0.15  # of the questions that are asked, that no label answers: nobody knows before the first day
L2 = 10.0

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Labelled:
    """Questions with their labels; `vectors` [n, D] where there is an embedder."""

    questions: tuple[str, ...]
    labels: tuple[str, ...]
    vectors: Floats | None = None

    @classmethod
    def of(
        cls, questions: Sequence[str], labels: Sequence[str], embedder: Embedder | None = None
    ) -> Labelled:
        vectors = None if embedder is None else embed(embedder, questions)
        return cls(tuple(questions), tuple(labels), vectors)

    def only(self, kept: Flags) -> Labelled:
        """The rows that are marked in `kept` [n]."""
        rows = np.flatnonzero(kept).tolist()
        return Labelled(
            tuple(self.questions[row] for row in rows),
            tuple(self.labels[row] for row in rows),
            None if self.vectors is None else self.vectors[rows],
        )

    def among(self, labels: set[str]) -> Flags:
        return np.fromiter((one in labels for one in self.labels), bool, len(self.labels))


def fit(
    known: Labelled,
    checks: Labelled,
    embedder: Embedder | None = None,
    *,
    folds: int = FOLDS,
    unknown: float = UNKNOWN,
    settings: Settings | None = None,
    seed: int = 0,
) -> OpenSet:
    """A classifier of `known`, calibrated on `checks`, which it does not learn from. Checks with labels that
    `known` has not are questions that nothing answers; `unknown` is how many of those are expected."""
    columns, is_known, is_right = _seen(known, checks, embedder, folds, settings, seed)
    weights = np.where(is_known, 1 - unknown, unknown)
    for kind in (is_known, ~is_known):
        weights[kind] *= len(weights) / max(1, kind.sum())
    openness = Logistic.fit(columns, is_known, L2, weights)
    rightness = Logistic.fit(columns[is_known], is_right[is_known], L2)
    return OpenSet(signaller(known, embedder, settings, seed), openness, rightness)


def signaller(
    known: Labelled, embedder: Embedder | None, settings: Settings | None = None, seed: int = 0
) -> Signaller:
    """A classifier of `known`, and what is near to it."""
    classifier = Classifier.fit(
        known.questions,
        known.labels,
        embedder=embedder,
        vectors=known.vectors,
        seed=seed,
        settings=settings,
    )
    near = Variants(known.questions, known.labels, embedder=embedder, vectors=known.vectors)
    return Signaller(classifier, near)


def _seen(
    known: Labelled,
    checks: Labelled,
    embedder: Embedder | None,
    folds: int,
    settings: Settings | None,
    seed: int,
) -> tuple[Doubles, Flags, Flags]:
    """What the checks look like, each label's once while it is left out and once while it is known: inputs,
    whether it was known, whether the best label was right."""
    names = np.array(sorted(set(known.labels)))
    np.random.default_rng(seed).shuffle(names)
    groups = [set(part.tolist()) for part in np.array_split(names, min(folds, len(names)))]
    strangers = set(checks.labels) - set(names.tolist())
    columns, is_known, is_right = [], list[bool](), list[bool]()
    for at, left_out in enumerate(groups):
        if len(groups) == 1:
            left_out = set()  # one label: nothing can be left out
        shown = groups[(at + 1) % len(groups)]
        unheard = left_out | (strangers if at == 0 else set())
        asked = checks.only(checks.among(shown | unheard))
        if not asked.questions:
            continue
        made = signaller(known.only(~known.among(left_out)), embedder, settings, seed)
        found = made.of(asked.questions, asked.vectors)
        columns.append(inputs(found))
        is_known += [one in shown for one in asked.labels]
        is_right += [a == b for a, b in zip(found.labels, asked.labels, strict=True)]
    return np.concatenate(columns), np.array(is_known), np.array(is_right)


def auroc(known: Doubles, unknown: Doubles) -> float:
    """How often a known one scores higher than an unknown one; ties count half."""
    order = np.sort(unknown)
    below = np.searchsorted(order, known, "left") + np.searchsorted(order, known, "right")
    return float(below.mean() / 2 / max(1, len(unknown)))


def coverage(confidence: Doubles, right: Flags, tolerated: float) -> float:
    """The largest share of all questions that can be answered, the surest first, so that at most `tolerated` of
    the answers are wrong."""
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(order) + 1)
    fine = np.cumsum(~right[order]) <= tolerated * answered
    last = np.r_[np.diff(confidence[order]) != 0, True]  # equals are answered together
    return float(answered[fine & last].max(initial=0) / max(1, len(order)))


def calibration_error(confidence: Doubles, right: Flags, bins: int = 15) -> float:
    """The expected calibration error: bins of equal width, weighted by how many fall into each."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    away = np.abs(
        np.bincount(place, confidence, minlength=bins) - np.bincount(place, right, minlength=bins)
    )
    return float(away.sum() / max(1, counts.sum()))
