"""How alike two conversations are: character 5-grams, their MinHash signature, their true Jaccard.

One-permutation hashing with optimal densification (Shrivastava 2017, arXiv 1703.04664): every gram is
hashed once and falls into one bin, instead of once per permutation, so the time is linear in the text
and does not depend on the width of the signature. All of it is numpy over many texts at a time.

A signature is bytes. Eight of them read as one 64-bit number are the key of a band of the LSH, and all
of them together estimate the Jaccard similarity (b-bit MinHash, b = 8; Li and König 2010).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chatwright.data.rows import Text, hash64

U64 = npt.NDArray[np.uint64]
Pairs = npt.NDArray[np.int64]  # [pairs, 2]
GRAM = 5
BANDS, PER_BAND = 24, 8  # a pair at 0.8 shares a band with probability 0.988, one at 0.2 with 6e-5
WHOLE = BANDS * PER_BAND  # bytes for prompt and answer
PROMPT = 32  # bytes for the prompt alone
BATCH = 128  # conversations at a time: the arrays stay in the cache
SHORT = 64  # characters of a prompt below which every letter counts
PAD = "\0" * (GRAM - 1)
PROBES = 24
CHANCE = 1 / 256  # that two bytes of other texts are equal
EMPTY = np.uint32(0xFFFFFFFF)
KEY, SPARE = np.uint64(48), np.uint64(16)  # of the numbers that sets are compared as
HALF, LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
STEP, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


def grams(texts: Sequence[str]) -> tuple[U64, npt.NDArray[np.int64]]:
    """Hashes of the 5-grams of all texts, and how many each text has: one per character.

    The last grams of a text reach into padding, so that a text of one character has one as well.
    """
    sizes = np.array([len(text) for text in texts], np.int64)
    joined = PAD.join(texts) + PAD
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = len(codes) - (GRAM - 1)
    found = codes[:count].copy()
    for at in range(1, GRAM):
        found *= STEP
        found += codes[at : at + count]
    found ^= found >> HALF
    found *= MIX
    found ^= found >> HALF
    inside = np.ones(len(codes), bool)
    ends = np.cumsum(sizes + len(PAD)) - len(PAD)
    for at in range(len(PAD)):
        inside[ends + at] = False
    return found[inside[:count]], sizes


def signatures(texts: Sequence[Text]) -> npt.NDArray[np.uint8]:
    """[texts, WHOLE + PROMPT] bytes."""
    if not texts:
        return np.zeros((0, WHOLE + PROMPT), np.uint8)
    parts = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    return np.concatenate([_signatures(part) for part in parts])


def _signatures(texts: Sequence[Text]) -> npt.NDArray[np.uint8]:
    hashes, sizes = grams([side for text in texts for side in text])
    owner = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    high, low = hashes >> HALF, hashes & LOW
    whole = _minima(owner >> np.uint64(1), high, low, len(texts), WHOLE)
    asked = (owner & np.uint64(1)) == 0
    prompt = _minima(owner[asked] >> np.uint64(1), low[asked], high[asked], len(texts), PROMPT)
    return np.concatenate([whole, prompt], axis=1)


def _minima(owner: U64, place: U64, value: U64, count: int, width: int) -> npt.NDArray[np.uint8]:
    """Per owner and bin the smallest value, as a byte; empty bins borrow from full ones."""
    slot = owner * np.uint64(width) + ((place * np.uint64(width)) >> HALF)
    table = np.full(count * width, EMPTY, np.uint32)
    np.minimum.at(table, slot.astype(np.int64), value.astype(np.uint32))
    bins = table.reshape(count, width)
    _densify(bins)
    return ((bins * np.uint32(0x9E3779B1)) >> np.uint32(24)).astype(np.uint8)


def _densify(table: npt.NDArray[np.uint32]) -> None:
    """Each empty bin asks the bins that a fixed random sequence names, until one is full."""
    width = table.shape[1]
    original = table.copy()
    rows, columns = np.nonzero(table == EMPTY)
    for probe in range(PROBES):
        if not len(rows):
            return
        asked = (columns.astype(np.uint64) + np.uint64(1 + probe * width)) * STEP * MIX
        asked = ((asked >> HALF) * np.uint64(width)) >> HALF
        borrowed = original[rows, asked.astype(np.int64)]
        table[rows, columns] = borrowed
        still = borrowed == EMPTY
        rows, columns = rows[still], columns[still]
    table[rows, columns] = original.min(axis=1)[rows]  # of very short texts: a fair value as well


def agreement(
    left: npt.NDArray[np.uint8], right: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The estimated similarity of pairs of signatures: of prompt and answer, of the prompt alone."""
    same = left == right
    whole, prompt = same[:, :WHOLE].mean(axis=1), same[:, WHOLE:].mean(axis=1)
    return (whole - CHANCE) / (1 - CHANCE), (prompt - CHANCE) / (1 - CHANCE)


def jaccard(left: U64, right: U64) -> float:
    """Of two sorted arrays without repetition."""
    shared = np.intersect1d(left, right, assume_unique=True).size
    return float(shared / max(1, left.size + right.size - shared))


def gram_sets(texts: Sequence[str]) -> list[U64]:
    """The grams of each text, sorted, without repetition."""
    hashes, sizes = grams(texts)
    return [np.unique(part) for part in np.split(hashes, np.cumsum(sizes)[:-1])]


def likeness(pairs: Pairs, texts: Sequence[Text]) -> npt.NDArray[np.float64]:
    """[pairs, 2]: the true Jaccard of prompt and answer, and of the prompts, of pairs of `texts`.

    All sets are sorted at once, each with its number in the upper bits: numpy's overhead per set
    would be more than the work where texts are short.
    """
    hashes, sizes = grams([side for text in texts for side in text])
    side = np.repeat(np.arange(len(sizes)), sizes)
    asked = side % 2 == 0
    whole = _shares(pairs, hashes, side // 2)
    prompt = _shares(pairs, hashes[asked], side[asked] // 2)
    return np.stack([whole, prompt], axis=1)


def _shares(pairs: Pairs, hashes: U64, owner: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    sets = _distinct(hashes, owner)
    of = (sets >> KEY).astype(np.int64)
    starts = np.searchsorted(of, np.arange(pairs.max(initial=-1) + 2))
    sizes = np.diff(starts)[pairs]  # [pairs, 2]
    members = np.repeat(
        starts[pairs.ravel()] - np.cumsum(sizes.ravel()) + sizes.ravel(), sizes.ravel()
    )
    members += np.arange(len(members))
    pair = np.repeat(np.arange(len(pairs)), sizes.sum(axis=1))
    union = np.bincount(
        (_distinct(sets[members] << SPARE, pair) >> KEY).astype(np.int64), minlength=len(pairs)
    )
    total = sizes.sum(axis=1)
    return np.asarray((total - union) / np.maximum(union, 1))


def _distinct(hashes: U64, owner: npt.NDArray[np.int64]) -> U64:
    """(owner, hash), sorted, without repetition; 48 bits of a hash are plenty within a pair."""
    keys: U64 = np.sort((owner.astype(np.uint64) << KEY) | (hashes >> SPARE))
    fresh: npt.NDArray[np.bool_] = np.diff(keys, prepend=~keys[:1]) != 0
    return keys[fresh]


def prompt_key(text: Text) -> int:
    """Prompts are alike only if this is equal: letters and digits of short ones, 0 for long ones.

    "On Monday?" and "on Tuesday?" differ in little, and mean different things.
    """
    if len(text.prompt) >= SHORT:
        return 0
    bare = "".join(filter(str.isalnum, text.prompt)) or text.prompt
    return hash64(bare)
