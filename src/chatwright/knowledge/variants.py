"""Known questions, each with its answer, and which of them a new question is like.

By a weighted cosine of grams, where rare ones count more; joined with the cosine of vectors where there is an
embedder. Immutable: whoever edits makes a new one (`renewed`), which is fast. It does not decide whether
what is most alike is alike enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from chatwright.core.types import Embedder
from chatwright.knowledge.bags import Bags, Ints, Rows, Vocabulary
from chatwright.knowledge.grams import PAIR, PIECE, WHOLE, key

WEIGHTS = {WHOLE: 1.0, PAIR: 0.5, PIECE: 0.25}
SEMANTIC = 0.6  # of the likeness, where there are vectors
LOOKED_AT = 64  # rows whose likeness is computed from all of their grams
COMMON = 0.05  # a gram in more than this share of many questions finds none, beside rarer ones
MANY = 2_000  # questions
EMBEDDED_AT_ONCE = 256

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A known question. `likeness`, `lexical`: 0 to 1; `exact`: equal but for capitals, accents, punctuation and
    spacing, and then `likeness` is 1. `row` is its place in what the `Variants` were made of."""

    row: int
    answer: str
    question: str
    likeness: float
    lexical: float
    cosine: float | None
    exact: bool


class Variants:
    """`answers[i]` belongs to `questions[i]`; an answer may have many. Threads may share it."""

    def __init__(
        self,
        questions: Sequence[str],
        answers: Sequence[str],
        *,
        embedder: Embedder | None = None,
        background: Sequence[str] = (),
        vectors: Floats | None = None,
    ) -> None:
        """`background`: other questions, from which it is seen which words are common; `vectors` [n, d]: those of
        `questions`, where the caller has them already."""
        assert len(questions) == len(answers), "one answer for each question"
        self.questions, self.answers = tuple(questions), tuple(answers)
        self._embedder, self._background = embedder, tuple(background)
        self.vectors = vectors
        if vectors is None and embedder is not None:
            self.vectors = embed(embedder, self.questions)
        self._vocabulary, bags = Vocabulary.of([*self.questions, *self._background])
        self._weigh(bags)
        self._keys: dict[str, list[int]] = {}
        for row, question in enumerate(self.questions):
            self._keys.setdefault(key(question), []).append(row)

    def __len__(self) -> int:
        return len(self.questions)

    def renewed(self, questions: Sequence[str], answers: Sequence[str]) -> Variants:
        """Of other questions; the vectors of those that were here already are not computed again."""
        vectors = None
        if self._embedder is not None and self.vectors is not None:
            had = {question: row for row, question in enumerate(self.questions)}
            new = list(dict.fromkeys(one for one in questions if one not in had))
            made = dict(zip(new, embed(self._embedder, new), strict=True))
            rows = [self.vectors[had[q]] if q in had else made[q] for q in questions]
            vectors = np.array(rows, np.float32).reshape(len(rows), self._embedder.dimensions)
        return Variants(
            questions,
            answers,
            embedder=self._embedder,
            background=self._background,
            vectors=vectors,
        )

    def _weigh(self, bags: Bags) -> None:
        """Weights of the grams, rows of length 1, and for each gram its rows."""
        kinds = np.array([WEIGHTS[gram[0]] for gram in self._vocabulary.grams], np.float32)
        grams, total, own = len(kinds), len(bags), len(self)
        counts = np.bincount(bags.ids, minlength=grams)
        self._idf = np.log((total + 1) / (counts + 1)).astype(np.float32) + 1
        self._unknown = float(np.log(total + 1)) + 1
        self._weights = kinds * self._idf
        self._bags = Bags(bags.starts[: own + 1], bags.ids[: bags.starts[own]])
        squares = self._weights[self._bags.ids] ** 2
        sums = np.add.reduceat(np.append(squares, 0), self._bags.starts[:-1]) if own else squares
        lengths = np.sqrt(np.where(np.diff(self._bags.starts) > 0, sums, 1.0)).astype(np.float32)
        self._scale = 1 / lengths
        order = np.argsort(self._bags.ids, kind="stable")
        self._row = self._bags.owners[order].astype(np.int32)
        self._first: Rows = np.searchsorted(self._bags.ids[order], np.arange(grams + 1))

    def nearest(self, question: str, k: int = 10, vector: Any = None) -> list[Near]:
        """At most `k`, the best first; `vector`: the question's, where the caller has it already."""
        if not self.questions:
            return []
        ids, unknown = self._vocabulary.bag(question)
        lost = sum((WEIGHTS[gram[0]] * self._unknown) ** 2 for gram in unknown)
        length = float(np.sqrt((self._weights[ids] ** 2).sum() + lost)) or 1.0
        rows = self._alike(ids)
        cosines = self._cosines(question, vector)
        if cosines is not None:
            most = min(LOOKED_AT, len(cosines))
            rows = np.union1d(rows, np.argpartition(-cosines, most - 1)[:most])
        equal = self._keys.get(key(question), [])
        rows = np.union1d(rows, np.array(equal, np.int64)).astype(np.int64)
        lexical = np.array([self._lexical(row, ids) / length for row in rows.tolist()], np.float32)
        found = self._nears(rows, lexical, cosines, set(equal))
        return sorted(found, key=lambda one: (-one.exact, -one.likeness, one.row))[:k]

    def _alike(self, ids: Ints) -> Rows:
        """Rows that have the most of these grams, as far as they are not too common."""
        spans = [(int(self._first[one]), int(self._first[one + 1]), one) for one in ids.tolist()]
        most = len(self) if len(self) < MANY else COMMON * len(self)
        rare = [span for span in spans if 0 < span[1] - span[0] <= most]
        if not rare:
            rare = sorted((s for s in spans if s[0] < s[1]), key=lambda s: s[1] - s[0])[:8]
        if not rare:
            return np.zeros(0, np.int64)
        rows = np.concatenate([self._row[start:end] for start, end, _ in rare])
        sizes = np.array([end - start for start, end, _ in rare])
        weights = np.repeat(self._weights[[one for _, _, one in rare]] ** 2, sizes)
        sums = np.bincount(rows, weights, minlength=len(self)) * self._scale
        found = np.flatnonzero(sums)
        if len(found) > LOOKED_AT:
            found = found[np.argpartition(-sums[found], LOOKED_AT)[:LOOKED_AT]]
        return found

    def _lexical(self, row: int, ids: Ints) -> float:
        """The cosine of a row with a question, but for the question's length."""
        both = np.intersect1d(self._bags.row(row), ids, assume_unique=True)
        return float((self._weights[both] ** 2).sum() * self._scale[row])

    def _cosines(self, question: str, vector: Any) -> Floats | None:
        if self.vectors is None:
            return None
        if vector is None:
            if self._embedder is None:
                return None
            vector = self._embedder.embed([question])[0]
        return np.asarray(self.vectors @ np.asarray(vector, np.float32))

    def _nears(
        self, rows: Rows, lexical: Floats, cosines: Floats | None, equal: set[int]
    ) -> list[Near]:
        found = []
        for row, word in zip(rows.tolist(), np.clip(lexical, 0, 1).tolist(), strict=True):
            cosine = None if cosines is None else float(cosines[row])
            likeness = word if cosine is None else joined(word, cosine)
            exact = row in equal
            found.append(
                Near(
                    row=row,
                    answer=self.answers[row],
                    question=self.questions[row],
                    likeness=1.0 if exact else likeness,
                    lexical=word,
                    cosine=cosine,
                    exact=exact,
                )
            )
        return found


def joined(lexical: float, cosine: float) -> float:
    """One likeness of two."""
    return (1 - SEMANTIC) * lexical + SEMANTIC * min(1.0, max(0.0, cosine))


def embed(embedder: Embedder, texts: Sequence[str]) -> Floats:
    """float32 [n, dimensions], a part of them at a time."""
    made = np.zeros((len(texts), embedder.dimensions), np.float32)
    for start in range(0, len(texts), EMBEDDED_AT_ONCE):
        part = texts[start : start + EMBEDDED_AT_ONCE]
        made[start : start + len(part)] = embedder.embed(part)
    return made
