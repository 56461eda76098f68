"""What a training will reach on the development sample, said before it begins. It trains nothing.

Word sequences are counted in what the run will have read, the sample is predicted from the counts
(Witten and Bell, 1991), and what a Decoder reaches follows from that figure. Two things separate them. A
Decoder looks farther back than `ORDER` tokens: it ends below, by a share that grows as less is left to
learn. And it must see longer sequences several times before it goes by them, a small one more often:
counts below that are left out.

The constants hold for Decoders of 0.4 to 1.3 M parameters, two layers, trained from scratch with pointers
as `auto` sets them. `bench/size_rule.py` fits the first two; DECISIONS.md, "forecast", has the errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatwright.data.repeats import one_pass
from chatwright.tokenizer import Rendered
from chatwright.training.corpus import Corpus
from chatwright.training.recipe import Recipe

BEYOND = 0.247  # bits per byte g of the counts become g * g / (g + BEYOND) for a million parameters
LOOKS = 13.5  # at a sequence, for each way that it goes on, until such a Decoder goes by it
LOOKS_BY_SIZE, SCALE_BY_SIZE = -0.6, -0.036  # powers of the size in millions: both fall as it grows
SHARP = 3.0  # how suddenly
DISTRUST = 2.0  # times Witten and Bell's weight of the shorter sequence
FROM = 2  # tokens before: pairs are learned from counts at the start (`bigrams`)
ORDER = 5
MOST = 4_000_000  # tokens counted, 1 to 2 s; of more a sample
USUAL = 0.05  # bits per byte that it is usually off, where it is not among `FEW` steps

Ints = NDArray[np.int64]


def forecast(recipe: Recipe, corpus: Corpus) -> float | None:
    """Bits per byte that the run of `recipe` will reach; None for what the rule was not fitted on."""
    if recipe.initial != "counts" or recipe.objective != "assistant" or not corpus.dev:
        return None
    return reached(recipe.shape.body, counted(recipe, corpus))


def reached(body: int, counts: Counts, looks: float = LOOKS, beyond: float = BEYOND) -> float:
    """What a Decoder of `body` parameters reaches."""
    millions = body / 1e6
    g = counts.bits_per_byte(looks * millions**LOOKS_BY_SIZE)
    return float(millions**SCALE_BY_SIZE * g * g / (g + beyond))


@dataclass(frozen=True, slots=True)
class Counts:
    """For each of N tokens of the sample, and for contexts of 0 to ORDER - 1 tokens before it.

    `same` counts the context with this token, `all` the context, `ways` the different tokens behind it.
    """

    same_ON: Ints
    all_ON: Ints
    ways_ON: Ints
    vocabulary: int
    bytes: int
    times: float = 1.0  # that all of it is read

    def bits_per_byte(self, looks: float = 0.0) -> float:
        """Longer contexts weigh in as they have been seen more often than `looks` for each way."""
        p_N = np.full(self.same_ON.shape[1], 1 / self.vocabulary)
        distrust = DISTRUST if looks else 1.0
        for n, (same, every, ways) in enumerate(
            zip(self.same_ON, self.all_ON, self.ways_ON, strict=True)
        ):
            some = np.maximum(ways, 1)
            mixed = (same + distrust * ways * p_N) / np.maximum(every + distrust * ways, 1)
            if looks and n >= FROM:
                known = -np.expm1(-((self.times * every / some / looks) ** SHARP))
                mixed = known * mixed + (1 - known) * p_N
            p_N = np.where(every > 0, mixed, p_N)
        return float(-np.log2(p_N).sum() / max(self.bytes, 1))


def counted(recipe: Recipe, corpus: Corpus) -> Counts:
    """Counts of what the run of `recipe` will have read."""
    tokens = recipe.steps * recipe.packing.batch_tokens
    rows = read(corpus.train, min(tokens, MOST), recipe.packing.whole, recipe.seed)
    times = max(1.0, tokens / max(sum(map(len, rows)), 1))
    tokenizer = corpus.tokenizer
    skip = tokenizer.special - frozenset(tokenizer.replies.values())
    return count(rows, corpus.dev, tokenizer.padded, skip, corpus.dev_bytes, times)


def read(train: Sequence[Rendered], tokens: int, whole: int, seed: int) -> list[Rendered]:
    """What of `train` a training has read after `tokens`, each conversation once, in any order."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(train)).tolist()
    a_pass = sum(map(len, one_pass(train, order, whole)))
    rows = one_pass(train, order, whole * max(1, -(-tokens // max(a_pass, 1))))
    mixed = [rows[index] for index in rng.permutation(len(rows))]
    ends = np.cumsum([len(row) for row in mixed])
    return mixed[: int(np.searchsorted(ends, tokens)) + 1]


def count(
    train: Sequence[Rendered],
    dev: Sequence[Rendered],
    vocabulary: int,
    skip: Iterable[int],
    content_bytes: int,
    times: float = 1.0,
) -> Counts:
    """Count what follows in `train`, at its targets, each context that stands before a target of `dev`.

    No context reaches over the start of a conversation. Those that are longer by a token are looked for
    only where the shorter one stood, so that little is sorted: 3 M tokens take about a second.
    """
    ids, learn, place = _flat(train)
    asked_ids, asked_learn, asked_place = _flat(dev)
    asked = np.flatnonzero(asked_learn & ~np.isin(asked_ids, sorted(skip)))
    at = np.flatnonzero(learn)
    context, wanted = np.zeros(len(at), np.int64), np.zeros(len(asked), np.int64)
    same, every, ways = (np.zeros((ORDER, len(asked)), np.int64) for _ in range(3))
    for n in range(ORDER):
        if n:
            known = (wanted >= 0) & (asked_place[asked] >= n)
            key = np.where(known, wanted * vocabulary + asked_ids[asked - n], -1)
            keys = np.unique(key[known])
            wanted = np.where(known, np.searchsorted(keys, key), -1)
            at, context = at[place[at] >= n], context[place[at] >= n]
            context = _find(keys, context * vocabulary + ids[at - n])
            at, context = at[context >= 0], context[context >= 0]
        pairs, seen = np.unique(context * vocabulary + ids[at], return_counts=True)
        size = int(wanted.max(initial=-1)) + 1
        found = _find(pairs, wanted * vocabulary + asked_ids[asked])
        here = wanted >= 0
        same[n] = np.where(here & (found >= 0), seen[found] if len(seen) else 0, 0)
        if size:
            every[n] = np.where(here, np.bincount(context, minlength=size)[wanted], 0)
            ways[n] = np.where(here, np.bincount(pairs // vocabulary, minlength=size)[wanted], 0)
    return Counts(same, every, ways, vocabulary, content_bytes, times)


def _find(keys: Ints, wanted: Ints) -> Ints:
    """Where each of `wanted` stands in the sorted `keys`, or -1."""
    if not len(keys):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def _flat(rows: Sequence[Rendered]) -> tuple[Ints, NDArray[np.bool_], Ints]:
    """Ids, whether each is a target, and how many tokens stand before it in its conversation."""
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, bool), np.zeros(0, np.int64)
    ids = np.concatenate([np.asarray(row.ids, np.int64) for row in rows])
    learn = np.concatenate([np.asarray(row.learn, bool) for row in rows])
    return ids, learn, np.concatenate([np.arange(len(row)) for row in rows])
