"""BM25 over postings in memory, for exactly the passages of one snapshot that the asker may see.

Why not SQLite's FTS5: it computes its scores over all rows, hidden ones and those of other snapshots
among them, and took 9 to 18 ms for a question over 6,643 pages where this takes under 1 ms (busy machine,
see DECISIONS.md). Here the counts of a question (in how many passages a word stands, how long those are)
are of the visible passages alone, so nothing about a hidden document can be read from a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.words import kin, latin, near

K1, B = 1.2, 0.75
HEADINGS = 2.0  # times, that a word in a heading counts
RELATED = 0.3  # of a word: what its relatives count
SLIP = 0.5  # of a word that nobody wrote: what those of one slip count
PAIR = 1.0  # added for two words of the question that stand side by side
LOOKED_AT = 50  # passages whose pairs are looked at
COMMON = 0.5  # a word in more than this share of the passages says nothing beside others
MANY = 20_000  # passages, from which on common words are left out

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]
Seen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a question: the vocabulary's terms that stand for it, and what each of them counts."""

    text: str
    ids: tuple[int, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the terms of a question are worth here: `idf` beside each of them."""

    terms: tuple[Term, ...]
    idf: tuple[float, ...]


class Lexical:
    """Postings of passages that are rows 0 to n - 1."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        bodies: Sequence[Ints],
        headings: Sequence[Ints],
        languages: tuple[str, ...] = ("en",),
    ) -> None:
        """`bodies` and `headings` are the term ids of each passage, in order."""
        count = len(bodies)
        self.vocabulary = vocabulary
        self.starts = _starts(bodies)
        self.sequence = np.concatenate([*bodies, np.zeros(0, np.int32)])
        self._above_starts = _starts(headings)
        self._above = np.concatenate([*headings, np.zeros(0, np.int32)])
        self.lengths = np.diff(self.starts).astype(np.float32)
        row, term, weight = _postings(
            count, (self.sequence, self._above), (self.starts, self._above_starts)
        )
        self._row, self._weight = row, weight
        terms = max(vocabulary.values(), default=-1) + 2
        self._first = np.searchsorted(term, np.arange(terms + 1))
        self._languages = languages
        self._kin: dict[str, list[int]] = {}
        for text, identity in vocabulary.items():
            self._kin.setdefault(kin(text, languages), []).append(identity)
        self._scratch = np.zeros(count, np.float32)

    def terms(self, words: Sequence[str]) -> tuple[Term, ...]:
        """What stands for each word here: itself and its relatives, else what it may have been meant to be."""
        known = {word: self._term(word) for word in dict.fromkeys(words)}
        return tuple(known[word] for word in words)

    def _term(self, word: str) -> Term:
        own = self.vocabulary.get(word)
        if own is None and (seen := self.vocabulary.get(latin(word))) is not None:
            own = seen
        related = [i for i in self._kin.get(kin(word, self._languages), ()) if i != own]
        if own is not None:
            return Term(word, (own, *related), (1.0, *[RELATED] * len(related)))
        if related:
            return Term(word, tuple(related), (SLIP,) * len(related))
        if len(word) == 1 and not word.isascii():  # one sign of a script without spaces
            meant = [i for text, i in self.vocabulary.items() if word in text]
        else:
            known = {one for one in near(word) if one in self.vocabulary}
            meant = [self.vocabulary[one] for one in sorted(known)]
        return Term(word, tuple(meant), (SLIP,) * len(meant))

    def scores(self, terms: Sequence[Term], seen: Seen | None) -> tuple[Floats, Asked]:
        """BM25 of every row, 0 for those that may not be `seen`; and what the terms are worth."""
        lengths = self.lengths if seen is None else self.lengths[seen]
        count = len(lengths)
        mean = max(1.0, float(lengths.mean())) if count else 1.0
        norm = (K1 * (1 - B) + K1 * B / mean * self.lengths).astype(np.float32)
        total, idf = np.zeros(len(self.lengths), np.float32), list[float]()
        found = [self._found(term, seen) for term in terms]
        most = COMMON * count if count > MANY else count + 1
        rare = any(0 < len(rows) <= most for rows, _ in found)
        for rows, times in found:
            idf.append(float(np.log1p((count - len(rows) + 0.5) / (len(rows) + 0.5))))
            if len(rows) <= most or not rare:
                total[rows] += idf[-1] * (K1 + 1) * times / (times + norm[rows])
        return total, Asked(tuple(terms), tuple(idf))

    def _found(self, term: Term, seen: Seen | None) -> tuple[Rows, Floats]:
        """The rows that have a term, and how often."""
        if len(term.ids) == 1:
            part = slice(self._first[term.ids[0]], self._first[term.ids[0] + 1])
            rows, times = self._row[part], self._weight[part] * np.float32(term.weights[0])
        else:
            parts = [slice(self._first[one], self._first[one + 1]) for one in term.ids]
            for part, weight in zip(parts, term.weights, strict=True):
                self._scratch[self._row[part]] += weight * self._weight[part]
            touched = [self._row[part] for part in parts]
            if sum(map(len, touched)) * 16 < len(self._scratch):
                rows = np.unique(np.concatenate([*touched, np.zeros(0, np.int64)]))
            else:
                rows = np.flatnonzero(self._scratch != 0)  # twice as fast as without "!= 0"
            times = self._scratch[rows]
            self._scratch[rows] = 0.0
        if seen is not None:
            kept = seen[rows]
            rows, times = rows[kept], times[kept]
        return rows, times

    def best(
        self, scores: Floats, terms: Sequence[Term], most: int = LOOKED_AT
    ) -> list[tuple[int, float]]:
        """The best rows with their scores, where words of the question stand side by side among them."""
        rows = np.flatnonzero(scores > 0)
        if len(rows) > most:
            rows = rows[np.argpartition(-scores[rows], most)[:most]]
        whole = scores[rows] + PAIR * self._pairs(rows, terms)
        order = np.lexsort((rows, -whole))
        return [(int(rows[at]), float(whole[at])) for at in order]

    def _pairs(self, rows: Rows, terms: Sequence[Term]) -> Floats:
        """How many pairs of neighbours in the question are neighbours in each row."""
        count = np.zeros(len(rows), np.float32)
        pieces = [self.sequence[self.starts[row] : self.starts[row + 1]] for row in rows]
        if len(terms) < 2 or not pieces:
            return count
        owner = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
        flat = np.concatenate(pieces)
        beside = owner[:-1] == owner[1:]
        stands = {term.text: self._stands(flat, term) for term in terms}
        for left, right in pairwise(terms):
            here = stands[left.text][:-1] & stands[right.text][1:] & beside
            if here.any():
                count += np.bincount(owner[:-1][here], minlength=len(rows)) > 0
        return count

    def _stands(self, flat: Ints, term: Term) -> Seen:
        """Where a term, or a relative of it, stands in a sequence."""
        if len(term.ids) == 1:
            return np.asarray(flat == term.ids[0])
        meant = np.zeros(len(self._first), bool)
        meant[list(term.ids)] = True
        return np.asarray(meant[flat])

    def covered(self, row: int, asked: Asked) -> float:
        """The share of a question that stands in a row, its words weighted by how rare they are."""
        own = set(self.sequence[self.starts[row] : self.starts[row + 1]].tolist())
        own.update(self._above[self._above_starts[row] : self._above_starts[row + 1]].tolist())
        there = [
            max(0.0, one) * bool(own & set(t.ids))
            for t, one in zip(asked.terms, asked.idf, strict=True)
        ]
        return sum(there) / (sum(max(0.0, one) for one in asked.idf) or 1.0)


def _starts(pieces: Sequence[Ints]) -> Rows:
    return np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64)


def _postings(
    count: int, sequences: tuple[Ints, Ints], starts: tuple[Rows, Rows]
) -> tuple[Rows, Ints, Floats]:
    """Row, term and weight of every pair that occurs, sorted by term, then row."""
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    row = np.concatenate([np.repeat(np.arange(count), np.diff(one)) for one in starts])
    key = (np.concatenate(sequences).astype(np.int64) * count + row) * 2
    key[len(sequences[0]) :] += (
        1  # in a heading; sorting numbers is ten times as fast as their order
    )
    key.sort()
    weight = np.where(key & 1, np.float32(HEADINGS), np.float32(1.0))
    key >>= 1
    first = np.flatnonzero(np.diff(key, prepend=-1) != 0)
    sums = np.add.reduceat(weight, first) if len(key) else weight
    key = key[first]
    return key % count, (key // count).astype(np.int32), sums
