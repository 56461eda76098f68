"""Grams as numbers: a vocabulary, and many questions as the rows of a sparse matrix in numpy.

A gram counts once in a question, however often it occurs there. No weights: who counts, weighs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chatwright.knowledge.grams import grams, of_word, pairs, words

Rows = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Bags:
    """Row i has the grams `ids[starts[i] : starts[i + 1]]`, each once, sorted."""

    starts: Rows
    ids: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, at: int) -> Ints:
        return self.ids[self.starts[at] : self.starts[at + 1]]

    @property
    def owners(self) -> Rows:
        """The row of each of `ids`."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


class Vocabulary:
    """Grams with numbers from 0 on, in the order in which they were met. Does not change once it is made."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers = {gram: at for at, gram in enumerate(known)}

    @classmethod
    def of(cls, texts: Sequence[str]) -> tuple[Vocabulary, Bags]:
        """Of all that `texts` have, and `texts` as its bags."""
        made = cls()
        numbers, known = made._numbers, dict[str, Ints]()
        parts, ends = list[Ints](), list[int]()
        for text in texts:
            said = words(text)
            for word in said:
                if word not in known:
                    new = [numbers.setdefault(gram, len(numbers)) for gram in of_word(word)]
                    known[word] = np.array(new, np.int32)
                parts.append(known[word])
            beside = [numbers.setdefault(pair, len(numbers)) for pair in pairs(said)]
            parts.append(np.array(beside, np.int32))
            ends.append(len(parts))
        return made, _bags(parts, ends)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def grams(self) -> list[str]:
        """By their numbers."""
        return list(self._numbers)

    def bag(self, text: str) -> tuple[Ints, list[str]]:
        """The known grams of a text, sorted, each once; and the unknown ones, each once."""
        found = dict.fromkeys(grams(text))
        known = sorted(self._numbers[one] for one in found if one in self._numbers)
        return np.array(known, np.int32), [one for one in found if one not in self._numbers]

    def bags(self, texts: Sequence[str]) -> Bags:
        """What is known of each of `texts`."""
        parts = [self.bag(text)[0] for text in texts]
        return _bags(parts, list(range(1, len(parts) + 1)))


def _bags(parts: list[Ints], ends: list[int]) -> Bags:
    """One row for the parts up to each end, without repeats."""
    sizes = np.cumsum([0, *(len(part) for part in parts)])
    lengths = np.diff(sizes[[0, *ends]])
    ids = np.concatenate([*parts, np.zeros(0, np.int32)]).astype(np.int64)
    width = int(ids.max(initial=0)) + 1
    whole = np.repeat(np.arange(len(ends)), lengths) * width + ids
    whole.sort()
    whole = whole[np.flatnonzero(np.diff(whole, prepend=-1) != 0)]
    starts = np.searchsorted(whole, np.arange(len(ends) + 1) * width)
    return Bags(starts.astype(np.int64), (whole % width).astype(np.int32))
