"""BM25 over postings in memory, for exactly the passages of one snapshot that the asker may see.

Why not SQLite's FTS5: it computes its scores over all rows, hidden ones and those of other snapshots
among them, and took 9 to 18 ms for a question over 6,643 pages where this takes under 1 ms (busy machine,
see DECISIONS.md). Here the counts of a question (in how many passages a word stands, how long those are)
are of the visible passages alone, so nothing about a hidden document can be read from a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.compounds import compounds, links, parts
from chatwright.knowledge.words import kin, latin, near, small

K1, B = 1.2, 0.75
HEADINGS = 2.0  # times, that a word in a heading counts
RELATED = 0.3  # of a word: what its relatives count
PART = 0.5  # of a compound that nobody wrote: what its parts count; they and RELATED of one that is there
RARE = 2  # passages: a compound that stands in no more is tried as its parts, too
LITTLE = 0.2  # of a word that questions are made of ("when", "how much"): rare in documents, and no subject
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
    """A term of a question: the vocabulary's terms that stand for it, and what each of them counts.

    `parts` are those of a compound that stands nowhere, or hardly anywhere.
    """

    text: str
    ids: tuple[int, ...]
    weights: tuple[float, ...]
    parts: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the terms of a question are worth here: `idf` beside each of them."""

    terms: tuple[Term, ...]
    idf: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Term ids of many passages in one array."""

    flat: Ints
    starts: Rows

    @classmethod
    def of(cls, pieces: Sequence[Ints]) -> _Pieces:
        starts = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum([len(piece) for piece in pieces], out=starts[1:])
        return cls(np.concatenate([*pieces, np.zeros(0, np.int32)]), starts)

    def __getitem__(self, row: int) -> Ints:
        return self.flat[self.starts[row] : self.starts[row + 1]]

    def kept(self, rows: Seen) -> _Pieces:
        if rows.all():
            return self
        lengths = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(lengths[rows])]).astype(np.int64)
        return _Pieces(self.flat[np.repeat(rows, lengths)], starts)

    def then(self, more: _Pieces) -> _Pieces:
        starts = np.concatenate([self.starts, more.starts[1:] + self.starts[-1]])
        return _Pieces(np.concatenate([self.flat, more.flat]), starts)


class Lexical:
    """Postings of passages that are rows 0 to n - 1. It never changes; `changed` makes another one of it."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        bodies: Sequence[Ints],
        headings: Sequence[Ints],
        languages: tuple[str, ...] = ("en",),
    ) -> None:
        """`bodies` and `headings` are the term ids of each passage, in order."""
        terms = max(vocabulary.values(), default=-1) + 2
        self._parts = (_Pieces.of(bodies), _Pieces.of(headings))
        self._row, self._weight, self._first = _postings(len(bodies), self._parts, terms)
        used = np.diff(self._first) > 0
        self.vocabulary = {text: one for text, one in vocabulary.items() if used[one]}
        self._languages, self._small = languages, small(languages)
        self._links = links(languages)  # empty: no compounds
        self._kin: dict[str, tuple[int, ...]] = {}
        self._relate(self.vocabulary.items())
        self._ready()

    def _ready(self) -> None:
        self.lengths = np.diff(self._parts[0].starts).astype(np.float32)
        self._scratch = np.zeros(len(self.lengths), np.float32)
        self._words = "\n".join(["", *self.vocabulary, ""]) if self._links else ""

    def _relate(self, terms: Iterable[tuple[str, int]]) -> None:
        found: dict[str, list[int]] = {}
        for text, identity in terms:
            found.setdefault(kin(text, self._languages), []).append(identity)
        for root, ids in found.items():
            self._kin[root] = (*self._kin.get(root, ()), *ids)

    def changed(
        self,
        kept: Seen,
        bodies: Sequence[Ints],
        headings: Sequence[Ints],
        named: Callable[[Iterable[int]], Mapping[int, str]],
    ) -> Lexical:
        """The same passages without those that are not `kept`, and new ones behind them.

        `named` gives the words of terms. Takes a tenth of what making all of it again takes.
        """
        new = copy(self)
        count, more = int(kept.sum()), (_Pieces.of(bodies), _Pieces.of(headings))
        new._parts = (
            self._parts[0].kept(kept).then(more[0]),
            self._parts[1].kept(kept).then(more[1]),
        )
        most = max((int(p.flat.max()) for p in more if len(p.flat)), default=0) + 2
        terms = max(len(self._first) - 1, most)
        row, weight, first = self._without(kept, terms)
        added = _postings(len(bodies), more, terms)
        new._row, new._weight, new._first = _merged((row, weight, first), added, count)
        new._rename(np.diff(self._first) > 0, np.diff(new._first) > 0, named)
        new._ready()
        return new

    def _without(self, kept: Seen, terms: int) -> tuple[Rows, Floats, Rows]:
        """The postings of the rows that are kept, by their new numbers."""
        first = np.concatenate(
            [self._first, np.full(terms + 1 - len(self._first), self._first[-1])]
        )
        if kept.all():
            return self._row, self._weight, first
        mask = kept[self._row]
        number = np.cumsum(kept) - 1
        before = np.concatenate([[0], np.cumsum(mask)])
        return number[self._row[mask]], self._weight[mask], before[first]

    def _rename(
        self, before: Seen, now: Seen, named: Callable[[Iterable[int]], Mapping[int, str]]
    ) -> None:
        """Bring vocabulary and relatives from the terms used before to those used now."""
        before = np.concatenate([before, np.zeros(len(now) - len(before), bool)])
        gone = set(np.flatnonzero(before & ~now).tolist())
        new = named(np.flatnonzero(now & ~before).tolist())
        self._kin = dict(self._kin)
        if gone:
            for text, one in self.vocabulary.items():
                if one in gone:
                    root = kin(text, self._languages)
                    self._kin[root] = tuple(i for i in self._kin[root] if i != one)
            self.vocabulary = {t: one for t, one in self.vocabulary.items() if one not in gone}
        self.vocabulary = {**self.vocabulary, **{text: one for one, text in new.items()}}
        self._relate((text, one) for one, text in new.items())

    def terms(self, words: Sequence[str], seen: Seen | None = None) -> tuple[Term, ...]:
        """What stands for each word here: itself and its relatives, else what it may have been meant to be."""
        known = {word: self._term(word, seen) for word in dict.fromkeys(words)}
        return tuple(known[word] for word in words)

    def _term(self, word: str, seen: Seen | None) -> Term:
        own = self.vocabulary.get(word)
        if own is None and (one := self.vocabulary.get(latin(word))) is not None:
            own = one
        own = own if own is None or self._count(own, seen) else None
        related = [one for one in self._relatives(word, seen) if one != own]
        if own is not None:
            parts = self._split(word, RELATED, seen) if self._count(own, seen) <= RARE else ()
            return Term(word, (own, *related), (1.0, *[RELATED] * len(related)), parts)
        if related:
            return Term(word, tuple(related), (SLIP,) * len(related))
        if len(word) == 1 and not word.isascii():  # one sign of a script without spaces
            meant = [i for text, i in self.vocabulary.items() if word in text]
        else:
            known = {one for one in near(word) if one in self.vocabulary}
            meant = [self.vocabulary[one] for one in sorted(known)]
        meant = [one for one in meant if self._count(one, seen)]
        parts = () if meant else self._split(word, PART, seen)
        return Term(word, tuple(meant), (SLIP,) * len(meant), parts)

    def _relatives(self, word: str, seen: Seen | None) -> list[int]:
        """Terms of the same kin, and compounds that a word is a part of, which stand in what may be seen."""
        root = kin(word, self._languages)
        ids = dict.fromkeys(self._kin.get(root, ()))
        for one in dict.fromkeys((word, root)) if self._links else ():
            found = compounds(one, self._links, self._words, lambda w: self._knows(w, seen))
            ids |= dict.fromkeys(self.vocabulary[whole] for whole in found)
        return [one for one in ids if self._count(one, seen)]

    def _split(self, word: str, weight: float, seen: Seen | None) -> tuple[Term, ...]:
        """The parts of a compound, as terms of their own."""
        if not self._links:
            return ()
        found = []
        for part in parts(word, self._links, lambda one: one != word and self._knows(one, seen)):
            ids = dict.fromkeys(self._kin.get(kin(part, self._languages), ()))
            if (own := self.vocabulary.get(part)) is not None:
                ids[own] = None
            weights = tuple(weight if one == own else weight * RELATED for one in ids)
            if own is None:
                weights = (weight * SLIP,) * len(ids)
            found.append(Term(part, tuple(ids), weights))
        return tuple(found)

    def _knows(self, word: str, seen: Seen | None) -> bool:
        """Whether a word, or one of its kin, stands in what may be seen."""
        own = self.vocabulary.get(word)
        ids = self._kin.get(kin(word, self._languages), ()) if own is None else (own,)
        return any(self._count(one, seen) for one in ids)

    def _count(self, term: int, seen: Seen | None) -> int:
        """In how many passages that may be seen a term stands."""
        rows = self._row[self._first[term] : self._first[term + 1]]
        return len(rows) if seen is None else int(np.count_nonzero(seen[rows]))

    def scores(self, terms: Sequence[Term], seen: Seen | None) -> tuple[Floats, Asked]:
        """BM25 of every row, 0 for those that may not be `seen`; and what the terms are worth."""
        lengths = self.lengths if seen is None else self.lengths[seen]
        count = len(lengths)
        mean = max(1.0, float(lengths.sum(dtype=np.float64)) / count) if count else 1.0
        norm = (K1 * (1 - B) + K1 * B / mean * self.lengths).astype(np.float32)
        total, idf = np.zeros(len(self.lengths), np.float32), list[float]()
        found = [[self._found(one, seen) for one in (term, *term.parts)] for term in terms]
        most = COMMON * count if count > MANY else count + 1
        rare = any(0 < len(rows) <= most for each in found for rows, _ in each)
        for term, each in zip(terms, found, strict=True):
            factor = LITTLE if term.text in self._small else 1.0
            for rows, times in each:
                worth = factor * float(np.log1p((count - len(rows) + 0.5) / (len(rows) + 0.5)))
                if len(rows) <= most or not rare:
                    total[rows] += worth * (K1 + 1) * times / (times + norm[rows])
            own = len(each[0][0])
            idf.append(factor * float(np.log1p((count - own + 0.5) / (own + 0.5))))
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
        pieces = [self._parts[0][row] for row in rows]
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
        own = {one for part in self._parts for one in part[row].tolist()}
        there = [
            max(0.0, one) * _share(t, own) for t, one in zip(asked.terms, asked.idf, strict=True)
        ]
        return sum(there) / (sum(max(0.0, one) for one in asked.idf) or 1.0)


def _share(term: Term, there: set[int]) -> float:
    """How much of a term stands in a passage with these terms."""
    if there & set(term.ids):
        return 1.0
    return sum(PART * _share(one, there) for one in term.parts) / (len(term.parts) or 1)


def _postings(count: int, parts: tuple[_Pieces, _Pieces], terms: int) -> tuple[Rows, Floats, Rows]:
    """Row and weight of every pair of term and row that occurs, sorted by term, then row; and where those of
    each of `terms` terms begin."""
    if not count:
        return np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(terms + 1, np.int64)
    row = np.concatenate([np.repeat(np.arange(count), np.diff(one.starts)) for one in parts])
    key = (np.concatenate([one.flat for one in parts]).astype(np.int64) * count + row) * 2
    key[len(parts[0].flat) :] += (
        1  # in a heading; sorting numbers is ten times as fast as their order
    )
    key.sort()
    weight = np.where(key & 1, np.float32(HEADINGS), np.float32(1.0))
    key >>= 1
    begins = np.flatnonzero(np.diff(key, prepend=-1) != 0)
    sums = np.add.reduceat(weight, begins) if len(key) else weight
    key = key[begins]
    first = np.searchsorted(key, np.arange(terms + 1) * count).astype(np.int64)
    return key % count, sums, first


def _merged(
    old: tuple[Rows, Floats, Rows], new: tuple[Rows, Floats, Rows], count: int
) -> tuple[Rows, Floats, Rows]:
    """Postings of `count` rows and of new ones behind them."""
    row, weight, first = old
    if not len(new[0]):
        return old
    size, of_term = len(row) + len(new[0]), np.diff(new[2])
    # Behind all old ones of the same term, and all new ones of terms before.
    place = np.repeat(first[1:], of_term) + np.arange(len(new[0]))
    is_old = np.ones(size, bool)
    is_old[place] = False
    rows, weights = np.empty(size, np.int64), np.empty(size, np.float32)
    rows[place], weights[place] = new[0] + count, new[1]
    rows[is_old], weights[is_old] = row, weight
    return rows, weights, first + new[2]
