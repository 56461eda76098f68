"""A question -> the label of its answer: a linear softmax over grams, and over vectors where there is an
embedder.

Fitted in numpy in seconds to minutes, of bounded size also for thousands of labels. Always names one of its
labels: whether any of them answers the question is judged from `signals.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from chatwright.core.errors import DataError
from chatwright.core.files import pretty_json, write_atomic
from chatwright.core.types import Embedder
from chatwright.knowledge.bags import Bags, Vocabulary
from chatwright.knowledge.grams import PAIR, PIECE, WHOLE
from chatwright.knowledge.softmax import Linear, Settings, fit, fit_dense, softmax
from chatwright.knowledge.variants import embed

FORMAT = 1
WEIGHTS = {WHOLE: 1.0, PAIR: 0.5, PIECE: 0.25}
GRAMS = 120_000  # at most; those that most questions have
ONCE = 1_000  # questions, up to which a gram counts that one of them has; then it takes two
BESIDE = 0.3  # of the logits of the grams, where there are vectors
STEPS = 300  # at least, however few the questions
PARTS = ("grams", "labels", "dense", "bias")
ABOUT, NUMBERS = "classifier.json", "classifier.safetensors"

Floats = npt.NDArray[np.float32]


class Classifier:
    """Threads may share it. Wherever `vectors` [n, D] can be given they are those of the questions."""

    def __init__(
        self,
        labels: Sequence[str],
        grams: Sequence[str],
        weights: Floats,
        linear: Linear,
        embedder: Embedder | None = None,
        embedder_id: str | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self._vocabulary, self._weights, self._linear = Vocabulary(grams), weights, linear
        self._embedder, self._embedder_id = embedder, embedder_id

    @classmethod
    def fit(
        cls,
        questions: Sequence[str],
        labels: Sequence[str],
        *,
        embedder: Embedder | None = None,
        vectors: Floats | None = None,
        seed: int = 0,
        settings: Settings | None = None,
    ) -> Classifier:
        """One label for each question. Raises `DataError` without any."""
        assert len(questions) == len(labels), "one label for each question"
        if not questions:
            raise DataError("There are no questions to learn answers from.", "Add examples.")
        names = sorted(set(labels))
        number = {name: at for at, name in enumerate(names)}
        targets = np.array([number[one] for one in labels], np.int64)
        met, bags = Vocabulary.of(questions)
        counts = np.bincount(bags.ids, minlength=len(met))
        kept = _kept(counts, len(questions))
        bags = _only(bags, kept)
        all_grams = met.grams
        grams = [all_grams[at] for at in np.flatnonzero(kept)]
        weights = _weights(grams, counts[kept], len(questions))
        if embedder is not None and vectors is None:
            vectors = embed(embedder, questions)
        how = (settings or Settings(seed=seed)).with_steps(STEPS, len(questions))
        sizes = len(grams), len(names)
        linear = fit(bags, _values(bags, weights), targets, sizes, how)
        if vectors is not None:
            linear = linear.beside(*fit_dense(vectors, targets, len(names), how), BESIDE)
        identity = embedder.id if embedder is not None else None
        return cls(names, grams, weights, _half(linear), embedder, identity)

    def predict(self, questions: Sequence[str], vectors: Floats | None = None) -> Floats:
        """float32 [n, K]: how likely each of `labels` is, if one of them is right; rows sum to 1."""
        return softmax(self.logits(questions, vectors))

    def scores(
        self, questions: Sequence[str], vectors: Floats | None = None
    ) -> tuple[Floats, Floats]:
        """The probabilities [n, K]; and the energy [n], which is low for what is like no label."""
        logits = self.logits(questions, vectors)
        most = logits.max(axis=1)
        energy = most + np.log(np.exp(logits - most[:, None]).sum(axis=1))
        return softmax(logits), energy

    def logits(self, questions: Sequence[str], vectors: Floats | None = None) -> Floats:
        """float32 [n, K], before they become probabilities."""
        bags = self._vocabulary.bags(questions)
        if self._linear.dense is not None and vectors is None:
            assert self._embedder is not None, "fitted with an embedder, and so asked with one"
            vectors = embed(self._embedder, questions)
        return self._linear.logits(bags, _values(bags, self._weights), vectors)

    def save(self, folder: Path) -> None:
        """Write `classifier.json` and `classifier.safetensors`."""
        about = {
            "format": FORMAT,
            "labels": self.labels,
            "grams": self._vocabulary.grams,
            "embedder": self._embedder_id,
        }
        parts = {name: getattr(self._linear, name) for name in PARTS}
        tensors = {
            name: np.ascontiguousarray(one, np.float16)
            for name, one in parts.items()
            if one is not None
        }
        write_atomic(folder / NUMBERS, save({**tensors, "weights": self._weights}))
        write_atomic(folder / ABOUT, pretty_json(about))

    @classmethod
    def load(cls, folder: Path, embedder: Embedder | None = None) -> Classifier:
        """Raises `DataError` where the folder holds none, or it was fitted with another embedder."""
        advice = "Train again."
        try:
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            tensors: dict[str, Any] = load_file(folder / NUMBERS)
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}")
            wide = {name: one.astype(np.float32) for name, one in tensors.items()}
            linear, weights = _linear(wide), wide["weights"]
            labels, grams, identity = about["labels"], about["grams"], about["embedder"]
            shapes = len(grams), linear.grams.shape[0], len(weights), len(labels), len(linear.bias)
            if len(set(shapes[:3])) > 1 or shapes[3] != shapes[4]:
                raise ValueError("its parts do not fit together")
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise DataError(f"{folder} holds no classifier ({error}).", advice) from error
        if linear.dense is not None and (embedder is None or embedder.id != identity):
            has = "there is none" if embedder is None else f"this is {embedder.id}"
            raise DataError(f"The classifier needs the embedder {identity}, and {has}.", advice)
        used = embedder if linear.dense is not None else None
        return cls(labels, grams, weights, linear, used, identity)


def _kept(counts: npt.NDArray[np.int64], questions: int) -> npt.NDArray[np.bool_]:
    """Which grams are common enough; of too many the most common."""
    least = 1 if questions <= ONCE else 2
    if (counts >= least).sum() > GRAMS:
        least = max(least, int(np.sort(counts)[-GRAMS]) + 1)
    return np.asarray(counts >= least)


def _only(bags: Bags, kept: npt.NDArray[np.bool_]) -> Bags:
    """The kept grams alone, with new numbers in the same order."""
    here = kept[bags.ids]
    starts = np.concatenate([[0], np.cumsum(here)])[bags.starts]
    number = np.cumsum(kept, dtype=np.int32) - 1
    return Bags(starts.astype(np.int64), number[bags.ids[here]].astype(np.int32))


def _weights(grams: Sequence[str], counts: npt.NDArray[np.int64], questions: int) -> Floats:
    """Rare grams weigh more, pieces of words less."""
    kinds = np.array([WEIGHTS[gram[0]] for gram in grams], np.float32)
    return np.asarray(kinds * (np.log((questions + 1) / (counts + 1)) + 1), np.float32)


def _values(bags: Bags, weights: Floats) -> Floats:
    """The weight of each of `bags.ids`, rows of length 1."""
    values = weights[bags.ids]
    lengths = np.sqrt(np.bincount(bags.owners, values**2, minlength=len(bags)))
    return np.asarray(values / np.where(lengths > 0, lengths, 1)[bags.owners], np.float32)


def _half(linear: Linear) -> Linear:
    """As it is kept on the disk, so that loading changes nothing."""
    kept = {name: one for name in PARTS if (one := getattr(linear, name)) is not None}
    return _linear({name: one.astype(np.float16).astype(np.float32) for name, one in kept.items()})


def _linear(parts: dict[str, Floats]) -> Linear:
    return Linear(parts["grams"], parts.get("labels"), parts.get("dense"), parts["bias"])
