"""How well two sets of questions can be told apart: the AUC of a classifier of their pieces of words.

0.5: not at all, they are of one kind; 1: every time. Logistic regression on hashed pieces, each question
judged by a model that was fitted without it (and without its doubles). Needs numpy alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.grams import grams, key
from chatwright.knowledge.logistic import sigmoid

SIZE = 1 << 11  # places that pieces are hashed to
FOLDS = 5
STEPS, PULL = 60, 1.0  # of the descent; of the weights to 0
DRAWS = 200  # of the bootstrap
MOST = 500  # questions of a side
FEWEST = 20  # different questions of a side, below which nothing can be said

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Apart:
    """The AUC with its 95% interval, of a bootstrap over different questions. `telling`: the words that tell
    the second set from the first."""

    auc: float
    low: float
    high: float
    first: int  # questions
    second: int
    telling: tuple[str, ...] = ()


def apart(first: Sequence[str], second: Sequence[str], seed: int = 0) -> Apart | None:
    """How well `second` can be told from `first`; None where there are too few different questions.

    A question that stands in both sets, or several times in one, is one group: it is never judged by a model
    that saw it.
    """
    rng = np.random.default_rng(seed)
    texts, y = [], []
    for label, side in enumerate((first, second)):
        chosen = list(side)
        if len(chosen) > MOST:
            chosen = [chosen[at] for at in rng.permutation(len(chosen))[:MOST].tolist()]
        texts += chosen
        y += [label] * len(chosen)
    keys = [key(text) for text in texts]
    target = np.array(y, np.float64)
    if (
        min(len({k for k, kind in zip(keys, y, strict=True) if kind == side}) for side in (0, 1))
        < FEWEST
    ):
        return None
    names = {one: number for number, one in enumerate(dict.fromkeys(keys))}
    groups = np.array([names[one] for one in keys])
    x = np.stack([_row(text) for text in texts])
    fold = rng.permutation(len(names))[groups] % FOLDS
    scores = np.zeros(len(texts))
    for number in range(FOLDS):
        held = fold == number
        weights, bias = _fit(x[~held], target[~held])
        scores[held] = x[held] @ weights + bias
    low, high = _interval(scores, target, groups, rng)
    return Apart(
        round(auc(scores, target), 4),
        round(low, 4),
        round(high, 4),
        int((target == 0).sum()),
        int((target == 1).sum()),
        _telling(texts, target),
    )


def auc(scores: Doubles, target: Doubles, counts: Doubles | None = None) -> float:
    """The chance that one of the second kind scores above one of the first; a draw is half. `counts` says how
    often each stands there. 0.5 where a kind is missing."""
    weights = np.ones(len(scores)) if counts is None else counts
    values, at = np.unique(scores, return_inverse=True)
    ones = np.bincount(at, weights * target, len(values))
    zeros = np.bincount(at, weights * (1 - target), len(values))
    if not ones.sum() or not zeros.sum():
        return 0.5
    below = np.cumsum(zeros) - zeros / 2
    return float(ones @ below / (ones.sum() * zeros.sum()))


def _interval(
    scores: Doubles, target: Doubles, groups: npt.NDArray[np.int64], rng: np.random.Generator
) -> tuple[float, float]:
    count = int(groups.max()) + 1
    found = []
    for _ in range(DRAWS):
        drawn = np.bincount(rng.integers(0, count, count), minlength=count)
        found.append(auc(scores, target, drawn[groups].astype(np.float64)))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _row(text: str) -> npt.NDArray[np.float32]:
    """[SIZE], of length 1 (0 for a text without words)."""
    found = np.zeros(SIZE, np.float32)
    for gram in set(grams(text)):
        found[zlib.crc32(gram.encode()) % SIZE] += 1
    length = float(np.linalg.norm(found))
    return found / length if length else found


def _fit(x: npt.NDArray[np.float32], y: Doubles) -> tuple[npt.NDArray[np.float32], float]:
    """Logistic regression, both kinds counting alike; Nesterov's descent from nothing."""
    counts = np.where(y == 1, 0.5 / max(y.sum(), 1), 0.5 / max((1 - y).sum(), 1)) * len(y)
    weights, bias = np.zeros(x.shape[1], np.float32), 0.0
    ahead, ahead_bias = weights, bias
    rate = 1 / (0.5 * len(y) + PULL)  # rows have length 1, and the bias
    for step in range(STEPS):
        wrong = counts * (sigmoid(np.asarray(x @ ahead + ahead_bias, np.float64)) - y)
        new = ahead - np.float32(rate) * (wrong.astype(np.float32) @ x + np.float32(PULL) * ahead)
        new_bias = ahead_bias - rate * float(wrong.sum())
        push = np.float32(step / (step + 3))
        ahead, ahead_bias = new + push * (new - weights), new_bias + float(push) * (new_bias - bias)
        weights, bias = new, new_bias
    return weights, bias


def _telling(texts: Sequence[str], target: Doubles, most: int = 8) -> tuple[str, ...]:
    """Whole words that are much more frequent in the second set: the log odds of the share of questions that
    have them, one more of each counted."""
    counts: dict[str, list[float]] = {}
    for text, label in zip(texts, target.tolist(), strict=True):
        for word in {gram[1:] for gram in grams(text) if gram[0] == "="}:
            counts.setdefault(word, [0.0, 0.0])[int(label)] += 1
    sizes = (float((target == 0).sum()), float((target == 1).sum()))

    def odds(word: str) -> float:
        first, second = counts[word]
        return float(np.log((second + 1) / (sizes[1] + 2)) - np.log((first + 1) / (sizes[0] + 2)))

    often = [word for word, (_, second) in counts.items() if second >= 3]
    best = sorted(often, key=lambda word: (-odds(word), word))[:most]
    return tuple(word for word in best if odds(word) > 1)
