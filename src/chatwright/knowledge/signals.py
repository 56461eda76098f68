"""What tells a question that none of the labels answers from one that they do: a few named numbers.

From the classifier (how sure, how strong), from the known questions (how alike the nearest, what they vote,
which words nobody ever wrote), and from vectors where there are some (how far from the label's own
questions). Each is a hint; `Logistic` weighs them (`evaluation/openset.py`). Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Of n questions: `labels[i]` is the best; `values` [n, F], columns as `names`. `probabilities` are of the
    classifier's labels, `together` [n, G] of those that mean the same."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    probabilities: Floats
    together: Floats
    values: Doubles

    def column(self, name: str) -> Doubles:
        return np.asarray(self.values[:, self.names.index(name)])


class Signaller:
    """Asks a classifier and the questions that it was fitted on."""

    def __init__(
        self, classifier: Classifier, known: Variants, same: Mapping[str, int] | None = None
    ) -> None:
        """`known.answers` are labels of the classifier. With vectors in `known`, they are used too. `same`
        numbers the labels from 0: those with one number mean the same, and stand for each other."""
        self.classifier, self.known = classifier, known
        numbers = same or {label: at for at, label in enumerate(classifier.labels)}
        self._same = {label: numbers[label] for label in classifier.labels}
        self.groups = np.array([self._same[label] for label in classifier.labels], np.int64)
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
        return self._of(questions, self.classifier.logits(questions, vectors), vectors)

    def of_ways(self, ways: Sequence[str]) -> Signals:
        """Of one question that was put in several ways: a label must be likely in each. What known questions
        it is like is told of the way that is most like the best label's."""
        embedder = self.known.embedder
        spread = self._spread is not None and embedder is not None
        vectors = embed(embedder, ways) if spread and embedder is not None else None
        logits = self.classifier.logits(ways, vectors).mean(axis=0, keepdims=True)
        each = [
            self._of([way], logits, None if vectors is None else vectors[at : at + 1])
            for at, way in enumerate(ways)
        ]
        return max(each, key=lambda one: float(one.column("own")[0]))

    def _of(self, questions: Sequence[str], logits: Floats, vectors: Floats | None) -> Signals:
        whole = self._summed(logits)
        group = whole.argmax(axis=1)
        best = np.where(self.groups[None, :] == group[:, None], logits, -np.inf).argmax(axis=1)
        labels = tuple(self.classifier.labels[at] for at in best.tolist())
        columns = self._sure(whole, group)
        rows = []
        for at, (question, label) in enumerate(zip(questions, labels, strict=True)):
            vector = None if vectors is None else vectors[at]
            rows.append(self._alike(question, label, self.known.nearest(question, K, vector)))
        values = np.c_[columns, np.array(rows, np.float64).reshape(len(rows), 7)]
        if self._spread is not None and vectors is not None:
            values = np.c_[values, self._spread.signals(vectors, best)]
        elif self._spread is None:
            values = values[:, :-1]
        return Signals(self.names, labels, softmax(logits), softmax(whole), values)

    def _summed(self, logits: Floats) -> Floats:
        """[n, labels] -> [n, groups]: of labels that mean the same, the logarithm of the sum."""
        most = logits.max(axis=1, keepdims=True)
        summed = np.zeros((len(logits), int(self.groups.max()) + 1), np.float64)
        np.add.at(summed.T, self.groups, np.exp((logits - most).T.astype(np.float64)))
        whole: Floats = (np.log(summed + 1e-30) + most).astype(np.float32)
        return whole

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
        meant = self._same[label]
        same = [self._same.get(one.answer) == meant for one in near]
        own = max(
            (one.likeness for one, is_it in zip(near, same, strict=True) if is_it), default=0.0
        )
        other = max(
            (one.likeness for one, is_it in zip(near, same, strict=True) if not is_it), default=0.0
        )
        total = sum(one.likeness for one in near)
        voted = sum(one.likeness for one, is_it in zip(near, same, strict=True) if is_it)
        vote = voted / total if total else 0.0
        unknown = sum(word not in self.words for word in said) / len(said) if said else 1.0
        cosine = max((one.cosine for one in near if one.cosine is not None), default=0.0)
        return max(own, other), own, other, vote, unknown, float(np.log1p(len(said))), cosine
