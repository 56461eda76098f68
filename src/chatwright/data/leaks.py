"""Decontamination: training rows that hold a question of the test set, in the same or nearly the same words.

Rows that are alike as a whole were found before (`clusters`). Here a question is compared alone, with
any other answer. It must then say by itself what is asked: the questions of acceptance cases and of
rows with one question do; the last question of a longer conversation does where it is long ("yes,
please" does not). Short questions have to be equal, and be all that the training row asks.

Candidates are found by prefix filtering (Bayardo et al. 2007; Xiao et al. 2008), which misses none: of the
|s| - ceil(t |s|) + k rarest grams of a set s, one of Jaccard similarity t to it holds at least k. Of long
texts every eighth gram is looked at, by its hash: the similarity is then known to about 0.04.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from chatwright.data.near import U64, gram_sets, grams, jaccard
from chatwright.data.rows import fold
from chatwright.data.shards import LAST, LONG, OWNER, SOLE

ALIKE = 0.8
TELLING = 120  # characters from which the last question of a conversation is a question by itself
WAVE = 1_500_000  # grams of questions at a time: 100 MB
VAST, RATE = 512, 8  # from so many characters, one gram in so many
SHARED = 5  # k: with 1, a rare syllable in common would be enough for a close look
BITS = 22
BATCH = 512
Mask = npt.NDArray[np.bool_]


class Item(NamedTuple):
    """A question that must not be trained on, and what it is called."""

    name: str
    text: str


class Found(NamedTuple):
    """A row of a shard, and the item that one of its questions is like."""

    row: int
    name: str


def cases(path: Path) -> Iterator[Item]:
    """The questions of a file of acceptance cases; what is wrong in it, evaluation says. Not those that are
    trained on by intent: regression tests of a correction, whose held-out phrasings are other cases."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                case = json.loads(line)
                text = "" if case.get("trained") is True else fold(case["question"])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
            if text and (not case.get("history") or len(text) >= TELLING):
                yield Item(f"case {case.get('id', number)}", text)


def questions(folder: Path) -> Iterator[tuple[int, str]]:
    """(owner with its flags, text) of a shard's questions."""
    owners = np.load(folder / "questions.npy")
    with (folder / "questions.txt").open(encoding="utf-8", newline="\n") as file:
        yield from zip(owners.tolist(), (line[:-1] for line in file), strict=True)


def held_out(folder: Path, held: Mask, names: Any) -> Iterator[Item]:
    """The questions of a shard's rows on the held-out side that stand by themselves."""
    if held.any():
        for owner, text in questions(folder):
            telling = owner & SOLE or (owner & LAST and len(text) >= TELLING)
            if held[owner & OWNER] and telling:
                yield Item(f"{names[owner & OWNER]:016x}", text)


def waves(items: Iterator[Item]) -> Iterator[tuple[list[Item], int]]:
    """Items in portions of bounded size, each of one rate: 1, or `RATE` for long texts."""
    wave = {rate: list[Item]() for rate in (1, RATE)}
    grams_in = dict.fromkeys(wave, 0)
    for item in items:
        rate = RATE if len(item.text) >= VAST else 1
        wave[rate].append(item)
        grams_in[rate] += len(item.text) // rate
        if grams_in[rate] >= WAVE:
            yield wave[rate], rate
            wave[rate], grams_in[rate] = [], 0
    yield from ((rest, rate) for rate, rest in wave.items() if rest)


def sampled(grams_of: U64, rate: int) -> U64:
    return grams_of[grams_of % np.uint64(rate) == 0] if rate > 1 else grams_of


def write_index(items: list[Item], rate: int, path: Path) -> None:
    """Everything `scan` needs to know of `items`, as one file of arrays."""
    sets = [
        sampled(one, rate)
        for start in range(0, len(items), BATCH)
        for one in gram_sets([item.text for item in items[start : start + BATCH]])
    ]
    flat = np.concatenate(sets)
    owner = np.repeat(np.arange(len(sets)), [len(s) for s in sets])
    _, inverse, counts = np.unique(flat, return_inverse=True, return_counts=True)
    rarest = np.lexsort((flat, counts[inverse], owner))  # within each item, the rarest first
    starts = np.concatenate([[0], np.cumsum([len(s) for s in sets])])
    least = [math.ceil(ALIKE * len(s)) for s in sets]
    needed = [min(SHARED, count) for count in least]
    sizes = [len(s) - a + b for s, a, b in zip(sets, least, needed, strict=True)]
    prefix = np.concatenate([rarest[a : a + n] for a, n in zip(starts[:-1], sizes, strict=True)])
    by_gram = prefix[np.argsort(flat[prefix], kind="stable")]
    with path.open("wb") as file:
        np.savez(
            file,
            grams=flat[by_gram],
            owners=owner[by_gram],
            flat=flat,
            starts=starts,
            needed=np.array(needed),
            rate=np.array(rate),
            names=np.array([item.name for item in items]),
            short=np.array([i for i, item in enumerate(items) if len(item.text) < LONG], np.int64),
            texts=np.array([item.text for item in items if len(item.text) < LONG], str),
        )


class Index:
    """What `write_index` wrote, in the worker that scans."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self.grams, self.owners = arrays["grams"], arrays["owners"]
            self.flat, self.starts, self.needed = arrays["flat"], arrays["starts"], arrays["needed"]
            self.names, self.rate = arrays["names"], int(arrays["rate"])
            self.short = dict(zip(arrays["texts"].tolist(), arrays["short"].tolist(), strict=True))
        self.bits = np.zeros(1 << BITS, bool)
        self.bits[self.grams >> np.uint64(64 - BITS)] = True

    def equal(self, text: str) -> int | None:
        return self.short.get(text)

    def alike(self, texts: list[str]) -> Iterator[tuple[int, int]]:
        """(text, item) of those that are nearly the same; at most one item per text."""
        hashes, sizes = grams(texts)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        maybe = self.bits[hashes >> np.uint64(64 - BITS)]
        hashes, owner = hashes[maybe], owner[maybe]
        left = np.searchsorted(self.grams, hashes, side="left")
        count = np.searchsorted(self.grams, hashes, side="right") - left
        at = np.repeat(left - np.cumsum(count) + count, count) + np.arange(count.sum())
        pairs, shared = np.unique(
            np.repeat(owner, count) * len(self.names) + self.owners[at], return_counts=True
        )
        text, item = np.divmod(pairs, len(self.names))
        enough = shared >= self.needed[item]  # grams that a text repeats count twice: that is safe
        done = set[int]()
        for t, i in zip(text[enough].tolist(), item[enough].tolist(), strict=True):
            if t not in done and self._similar(
                np.unique(sampled(grams([texts[t]])[0], self.rate)), i
            ):
                done.add(t)
                yield t, i

    def _similar(self, own: npt.NDArray[np.uint64], item: int) -> bool:
        other = self.flat[self.starts[item] : self.starts[item + 1]]
        small, large = sorted((len(own), len(other)))
        return small >= ALIKE * large and jaccard(own, other) >= ALIKE


@lru_cache(maxsize=1)
def _index(path: Path) -> Index:
    return Index(path)


def scan(task: tuple[Path, Mask], index: Path) -> list[Found]:
    """The rows of a shard, among those that `mask` names, with a question in `index`. A step function."""
    folder, mask = task
    known, found, texts, owners = _index(index), dict[int, int](), list[str](), list[int]()
    for owner, text in questions(folder):
        row = owner & OWNER
        if not mask[row]:
            continue
        if len(text) >= (LONG if known.rate == 1 else ALIKE * VAST):
            texts.append(text)
            owners.append(row)
        elif len(text) < LONG and owner & SOLE and (item := known.equal(text)) is not None:
            found[row] = item
    for start in range(0, len(texts), BATCH):
        for at, item in known.alike(texts[start : start + BATCH]):
            found.setdefault(owners[start + at], item)
    return [Found(row, str(known.names[item])) for row, item in sorted(found.items())]
