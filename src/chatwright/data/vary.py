"""Users' words varied while training: some tokens left out, some split into the pieces they were merged from.

A few thousand questions are little to learn wording from: a model that always sees them whole leans on
whole phrases, and fails on the next person's. Leaving tokens out makes every other word count (word
dropout, arXiv 1512.05287); splitting lets "renewal" share what "renew" has learned (BPE dropout, arXiv
1910.13267). What assistants say is never touched. A pure function of the generator it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from chatwright.tokenizer import Rendered, Tokenizer


@dataclass(frozen=True, slots=True)
class Variation:
    """Shares of users' tokens that are left out and split."""

    left_out: float = 0.0
    split: float = 0.0


class Vary:
    """Applies a `Variation` with one tokenizer's tables."""

    def __init__(self, tokenizer: Tokenizer, variation: Variation) -> None:
        self._variation = variation
        self._parents = np.asarray(tokenizer.parents(), dtype=np.int64)  # [V, 2], -1: not merged
        self._role = np.zeros(len(self._parents), dtype=bool)
        self._role[list(tokenizer.roles.values())] = True
        self._user = tokenizer.roles["user"]
        self._special = np.zeros(len(self._parents), dtype=bool)
        self._special[list(tokenizer.special)] = True

    def all(self, pieces: Iterable[Rendered], rng: np.random.Generator) -> list[Rendered]:
        if not (self._variation.left_out or self._variation.split):
            return list(pieces)
        return [self.one(piece, rng) for piece in pieces]

    def one(self, piece: Rendered, rng: np.random.Generator) -> Rendered:
        """`piece` with its users' tokens varied; targets and everything else as they are."""
        ids, learn = np.asarray(piece.ids), np.asarray(piece.learn)
        role = np.maximum.accumulate(np.where(self._role[ids], np.arange(len(ids)), 0))
        said = (ids[role] == self._user) & ~self._special[ids]
        drawn = rng.random(len(ids))
        out = said & (drawn < self._variation.left_out)
        split = said & ~out & (drawn > 1 - self._variation.split) & (self._parents[ids, 0] >= 0)
        times = np.where(out, 0, np.where(split, 2, 1))
        at = np.repeat(np.arange(len(ids)), times)
        made = ids[at]
        first = np.cumsum(times) - times
        made[first[split]] = self._parents[ids[split], 0]
        made[first[split] + 1] = self._parents[ids[split], 1]
        named = int(times[: piece.named].sum())
        return Rendered(made.tolist(), learn[at].tolist(), named)
