"""What tells a question that none of the labels answers from one that they do: a few named numbers.

From the classifier (how sure, how strong), from the known questions (how alike the nearest, what they vote,
which words nobody ever wrote), and from vectors where there are some (how far from the label's own
questions). Each is a hint; `Logistic` weighs them (`evaluation/openset.py`). Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.classifier import Classifier
from chatwright.knowledge.grams import words
from chatwright.knowledge.softmax import softmax
from chatwright.knowledge.spread import Spread
from chatwright.knowledge.variants import Near, Variants, embed

K = 10  # neighbours that vote
LEXICAL = (
    "top",  # log odds of the best label
    "margin",  # its logit less the second's
    "energy",
    "logit",
    "likeness",  # to the nearest known question
    "own",  # to the nearest of the best label's
    "other",  # to the nearest of another label's
    "vote",  # share of the best label among the nearest, by likeness
    "unknown",  # share of words that no known question has
    "words",  # how many, as a logarithm
)
SEMANTIC = (
    "cosine",
    "far",
    "farther",
)  # nearest cosine; distance from the label; less that from all
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Signals:
    """Of n questions: `labels[i]` is the best; `values` [n, F], columns as `names`."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    probabilities: Floats
    values: Doubles

    def column(self, name: str) -> Doubles:
        return np.asarray(self.values[:, self.names.index(name)])


class Signaller:
    """Asks a classifier and the questions that it was fitted on."""

    def __init__(self, classifier: Classifier, known: Variants) -> None:
        """`known.answers` are labels of the classifier. With vectors in `known`, they are used too."""
        self.classifier, self.known = classifier, known
        self.words = {word for question in known.questions for word in words(question)}
        self._spread = None
        if known.vectors is not None and len(known):
            number = {label: at for at, label in enumerate(classifier.labels)}
            rows = np.array([number[one] for one in known.answers])
            self._spread = Spread.of(known.vectors, rows, len(number))
        self.names = LEXICAL + (SEMANTIC if self._spread is not None else ())

    def of(self, questions: Sequence[str], vectors: Floats | None = None) -> Signals:
        """`vectors` [n, D] are the questions', where the caller has them already."""
        embedder = self.known.embedder
        if self._spread is not None and vectors is None and embedder is not None:
            vectors = embed(embedder, questions)
        logits = self.classifier.logits(questions, vectors)
        best = logits.argmax(axis=1)
        labels = tuple(self.classifier.labels[at] for at in best.tolist())
        columns = self._sure(logits, best)
        rows = []
        for at, (question, label) in enumerate(zip(questions, labels, strict=True)):
            vector = None if vectors is None else vectors[at]
            rows.append(self._alike(question, label, self.known.nearest(question, K, vector)))
        values = np.c_[columns, np.array(rows, np.float64).reshape(len(rows), 7)]
        if self._spread is not None and vectors is not None:
            values = np.c_[values, self._spread.signals(vectors, best)]
        elif self._spread is None:
            values = values[:, :-1]
        return Signals(self.names, labels, softmax(logits), values)

    def _sure(self, logits: Floats, best: npt.NDArray[np.int64]) -> Doubles:
        """top, margin, energy, logit."""
        z = logits.astype(np.float64)
        at = np.arange(len(z))
        most = z[at, best]
        rest = z.copy()
        rest[at, best] = -np.inf
        second = rest.max(axis=1, initial=-30.0)
        others = np.log(np.exp(np.maximum(rest - most[:, None], -700)).sum(axis=1) + 1e-12)
        energy = most + np.logaddexp(0, others)
        margin = np.minimum(most - second, 30)
        return np.stack([np.clip(-others, -30, 30), margin, energy, most], axis=1)

    def _alike(self, question: str, label: str, near: list[Near]) -> tuple[float, ...]:
        """likeness, own, other, vote, unknown, words, cosine."""
        said = words(question)
        own = max((one.likeness for one in near if one.answer == label), default=0.0)
        other = max((one.likeness for one in near if one.answer != label), default=0.0)
        total = sum(one.likeness for one in near)
        vote = sum(one.likeness for one in near if one.answer == label) / total if total else 0.0
        unknown = sum(word not in self.words for word in said) / len(said) if said else 1.0
        cosine = max((one.cosine for one in near if one.cosine is not None), default=0.0)
        return max(own, other), own, other, vote, unknown, float(np.log1p(len(said))), cosine
