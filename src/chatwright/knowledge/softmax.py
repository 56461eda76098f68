"""Linear softmaxes over bags of grams and over dense vectors, fitted in numpy by small batches, each by itself.

Where labels times grams are too many the matrix is a product of two thin ones. AdaGrad with one rate per
gram, which falls in the last epochs; grams are left out at random, without which it learns by heart. Fitted
together the grams would explain what the vectors could, which know more (DECISIONS.md).
Deterministic for a seed and a machine. It does not know what a text is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.bags import Bags, Rows

LARGEST = 24_000_000  # numbers in a whole matrix: 96 MB while it is fitted
THIN = 128  # columns of the thin one
# Of a product of two thin ones: smaller steps, and more of them (22,743 questions, 676 replies: right for 0.718
# of held-out questions, 0.626 with the steps of a whole one).
THIN_RATE, THIN_EPOCHS = 1 / 6, 2
BATCH = 128
TINY = 1e-8

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """How to fit. `rate` is a step's size for a gram that was never seen, `dense_rate` that of the vectors'
    weights; `drop` is the share of grams that a step does not see."""

    epochs: int = 6
    rate: float = 0.3
    drop: float = 0.5
    dense_epochs: int = 10
    dense_rate: float = 0.3
    seed: int = 0

    def with_steps(self, least: int, rows: int) -> Settings:
        """More epochs, where a few rows would make fewer than `least` steps."""
        each = -(-rows // BATCH)
        more = -(-least // each)
        return replace(
            self, epochs=max(self.epochs, more), dense_epochs=max(self.dense_epochs, more)
        )


@dataclass(frozen=True)
class Linear:
    """`grams` [V, K], or [V, H] with `labels` [H, K]; `dense` [D, K]; `bias` [K]."""

    grams: Floats
    labels: Floats | None
    dense: Floats | None
    bias: Floats

    def logits(self, bags: Bags, values: Floats, vectors: Floats | None = None) -> Floats:
        """[n, K]; `values` are the weights of `bags.ids`; `vectors` [n, D]."""
        made = np.zeros((len(bags), self.grams.shape[1]), np.float32)
        for row in range(len(bags)):
            part = slice(bags.starts[row], bags.starts[row + 1])
            made[row] = values[part] @ self.grams[bags.ids[part]]
        if self.labels is not None:
            made = made @ self.labels
        made += self.bias
        if self.dense is not None and vectors is not None:
            made += vectors @ self.dense
        return made

    def beside(self, dense: Floats, bias: Floats, share: float) -> Linear:
        """The logits of `dense`, with `share` times those of the grams added."""
        grams = self.grams if self.labels is not None else self.grams * np.float32(share)
        labels = None if self.labels is None else self.labels * np.float32(share)
        return Linear(grams, labels, dense, bias + np.float32(share) * self.bias)


def softmax(logits: Floats) -> Floats:
    """[n, K] -> [n, K], rows that sum to 1."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def fit(
    bags: Bags,
    values: Floats,
    targets: Rows,
    sizes: tuple[int, int],
    settings: Settings = Settings(),
) -> Linear:
    """`targets` [n] are labels from 0 on; `sizes` are (grams, labels)."""
    return _Fit(bags, values, targets, sizes, settings).run()


def fit_dense(
    vectors: Floats, targets: Rows, labels: int, settings: Settings = Settings()
) -> tuple[Floats, Floats]:
    """The weights [D, labels] and bias [labels] of vectors [n, D] of length 1."""
    rng = np.random.default_rng(settings.seed)
    weights = np.zeros((vectors.shape[1], labels), np.float32)
    bias = np.zeros(labels, np.float32)
    seen, bias_seen, done = TINY, np.full(labels, TINY, np.float32), 0
    total = settings.dense_epochs * -(-len(targets) // BATCH)
    for _ in range(settings.dense_epochs):
        for rows in _batches(rng, len(targets)):
            rate = settings.dense_rate * min(1.0, 2 * (1 - done / total))
            done += 1
            x = vectors[rows]
            slope = _slope(x @ weights + bias, targets[rows])
            g = x.T @ slope
            seen += float((g**2).mean())
            weights -= np.float32(rate / np.sqrt(seen)) * g
            g = slope.sum(axis=0)
            bias_seen += g**2
            bias -= np.float32(0.1 * rate) * g / np.sqrt(bias_seen)
    return weights, bias


def _batches(rng: np.random.Generator, count: int) -> Iterator[Rows]:
    order = rng.permutation(count)
    for start in range(0, count, BATCH):
        yield order[start : start + BATCH]


def _slope(logits: Floats, targets: Rows) -> Floats:
    """Of the mean loss, by the logits."""
    slope = softmax(logits)
    slope[np.arange(len(targets)), targets] -= 1
    return slope / np.float32(len(targets))


class _Fit:
    def __init__(
        self,
        bags: Bags,
        values: Floats,
        targets: Rows,
        sizes: tuple[int, int],
        settings: Settings,
    ) -> None:
        self._bags, self._values, self._targets = bags, values, targets
        self._rng = np.random.default_rng(settings.seed)
        grams, labels = sizes
        thin = grams * labels > LARGEST
        if thin:
            epochs, rate = settings.epochs * THIN_EPOCHS, settings.rate * THIN_RATE
            settings = replace(settings, epochs=epochs, rate=rate)
        self._s = settings
        width = THIN if thin else labels
        self._w = np.zeros((grams, width), np.float32)
        self._c: Floats | None = None
        if thin:
            self._w = self._rng.normal(0, 0.1, (grams, width)).astype(np.float32)
            self._c = np.zeros((width, labels), np.float32)
            self._c_seen = np.full((width, 1), TINY, np.float32)
        self._w_seen = np.full(grams, TINY, np.float32)
        self._b, self._b_seen = np.zeros(labels, np.float32), np.full(labels, TINY, np.float32)

    def run(self) -> Linear:
        epochs = self._s.epochs
        first = epochs - max(1, epochs // 3)
        for epoch in range(epochs):
            rate = 1.0 if epoch < first else 1.0 - 0.9 * (epoch - first) / max(1, epochs - first)
            for rows in _batches(self._rng, len(self._bags)):
                self._step(rows, rate)
        return Linear(self._w, self._c, None, self._b)

    def _step(self, rows: Rows, rate: float) -> None:
        starts, ends = self._bags.starts[rows], self._bags.starts[rows + 1]
        at = np.concatenate([np.arange(s, e) for s, e in zip(starts, ends, strict=True)])
        owner = np.repeat(np.arange(len(rows)), ends - starts)
        values = self._values[at]
        if self._s.drop:
            kept = self._rng.random(len(at)) >= self._s.drop
            at, owner, values = at[kept], owner[kept], values[kept] / (1 - self._s.drop)
        known, place = np.unique(self._bags.ids[at], return_inverse=True)
        x = np.zeros((len(rows), len(known)), np.float32)
        x[owner, place] = values
        w = self._w[known]
        hidden = x @ w
        logits = (hidden if self._c is None else hidden @ self._c) + self._b
        slope = _slope(logits, self._targets[rows])
        back = slope
        if self._c is not None:
            g = hidden.T @ slope
            back = slope @ self._c.T
            self._c_seen += (g**2).mean(axis=1, keepdims=True)
            self._c -= rate * self._s.rate * g / np.sqrt(self._c_seen)
        g = x.T @ back
        self._w_seen[known] += (g**2).mean(axis=1)
        self._w[known] = w - (rate * self._s.rate / np.sqrt(self._w_seen[known]))[:, None] * g
        g = slope.sum(axis=0)
        self._b_seen += g**2
        self._b -= rate * 0.1 * g / np.sqrt(self._b_seen)
