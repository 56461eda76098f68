"""What bench/data.py is held against: the same near-duplicate step by datasketch and by datatrove.

All get the same texts and look for the same thing: character 5-grams, similarity 0.8, one process.
Each returns the seconds it took and, per text, whether it would be dropped.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets
from datatrove.utils.logging import logger
from datatrove.utils.word_tokenizers import WordTokenizer

from chatwright.core.progress import Silent
from chatwright.core.types import Conversation
from chatwright.data.clusters import Near, exact
from chatwright.data.near import signatures
from chatwright.data.pool import Here
from chatwright.data.rows import compared, folded
from chatwright.data.shards import Made, Shards, Writer

THRESHOLD = 0.8


@dataclass(frozen=True)
class Deduped:
    """Seconds, and which rows are dropped."""

    seconds: float
    dropped: frozenset[str]


def texts_of(rows: list[Conversation]) -> list[str]:
    return ["\n".join(text for _, text in folded(row)) for row in rows]


def names_of(rows: list[Conversation]) -> list[str]:
    return [str(row.provenance and row.provenance.original_id) for row in rows]


def ours(rows: list[Conversation], folder: Path) -> Deduped:
    """From parsed rows; what is stored for other steps is written before the clock starts."""
    writer = Writer()
    for row in rows:
        writer.keep(row)
    writer.write(folder)
    shards = Shards([Made(folder, len(rows), len(rows))])
    began = time.perf_counter()
    found = signatures([compared(folded(row)) for row in rows])
    assert len(found) == len(rows)
    order = np.arange(len(rows))
    unique = order[exact(shards, order).of < 0]
    near = Near(shards, unique, THRESHOLD, Here(), folder / "all.bin").find(Silent())
    seconds = time.perf_counter() - began
    names = names_of(rows)
    return Deduped(seconds, frozenset(names[at] for at in np.flatnonzero(near.of >= 0)))


def datasketch(rows: list[Conversation]) -> Deduped:
    """As its documentation has it: 128 permutations, query, then insert."""
    began = time.perf_counter()
    index, dropped = MinHashLSH(threshold=THRESHOLD, num_perm=128), set()
    for name, text in zip(names_of(rows), texts_of(rows), strict=True):
        signature = MinHash(num_perm=128)
        grams = {text[at : at + 5] for at in range(max(1, len(text) - 4))}
        signature.update_batch([gram.encode() for gram in grams])
        if index.query(signature):
            dropped.add(name)
        else:
            index.insert(name, signature)
    return Deduped(time.perf_counter() - began, frozenset(dropped))


class Characters(WordTokenizer):
    """Characters as words, so that its word 5-grams are our character 5-grams."""

    def word_tokenize(self, text: str) -> list[str]:
        return list(text)

    def sent_tokenize(self, text: str) -> list[str]:
        return [text]

    def span_tokenize(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


def datatrove(rows: list[Conversation], folder: Path) -> Deduped:
    """Its four stages with its default 14 buckets of 8."""
    logger.remove()
    named = list(zip(names_of(rows), texts_of(rows), strict=True))
    kept: set[str] = set()

    def reader(*_: object) -> Iterator[Document]:
        return (Document(text, name) for name, text in named)

    def writer(documents: Iterable[Document], *_: object) -> Iterable[Document]:
        kept.update(document.id for document in documents)
        return ()

    config = MinhashConfig()
    where = {name: str(folder / name) for name in ("signatures", "buckets", "clusters")}
    stages = [
        [reader, MinhashDedupSignature(where["signatures"], config, Characters())],
        [MinhashDedupBuckets(where["signatures"], where["buckets"], config=config)],
        [MinhashDedupCluster(where["buckets"], where["clusters"], config=config)],
        [
            reader,
            MinhashDedupFilter(where["clusters"]),
            writer,
        ],
    ]
    began = time.perf_counter()
    for number, stage in enumerate(stages):
        tasks = config.num_buckets if number == 1 else 1
        LocalPipelineExecutor(
            stage, tasks=tasks, workers=1, logging_dir=str(folder / f"log-{number}")
        ).run()
    seconds = time.perf_counter() - began
    if not kept:
        raise SystemExit("FAILED: datatrove kept nothing.")
    return Deduped(seconds, frozenset(names_of(rows)) - kept)
