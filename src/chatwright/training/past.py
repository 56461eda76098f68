"""What a model learned from before it goes on: rows that come again, and a sample to notice forgetting."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation
from chatwright.data.dataset import Dataset, load
from chatwright.spec import Spec
from chatwright.training.start import Start

FORGOTTEN = 0.02  # more bits per byte on the old development rows than this share is said


@dataclass(frozen=True, slots=True)
class Past:
    """Of the dataset that the start learned from: what is learned again, what is measured before and after.

    `missing` says why there is nothing. `known`: ids of the new dataset's own rows that are not learned now,
    for the start learned from them (`only_new`).
    """

    again: list[Conversation]
    development: list[Conversation]
    missing: str = ""
    known: frozenset[str] = frozenset()


def past_of(spec: Spec, dataset: Dataset, start: Start) -> Past:
    """The share `replay` of its training rows, drawn by the seed; rows that `dataset` has too come once.

    Raises `DataError` when rows shall come again and that dataset is not there any more.
    """
    folder = spec.made / "datasets" / start.dataset
    if not start.dataset or not (folder / "dataset.json").exists():
        missing = _why(start, folder)
        if spec.training.replay:
            raise DataError(
                f"Nothing can be replayed: {missing}.",
                "Restore it, or set [training] replay = 0 and go on without.",
            )
        return Past([], [], missing)
    old = load(folder)
    known = {row.id for split in ("train", "dev", "test") for row in dataset.rows(split)}
    rows = old.split("train")
    if spec.training.only_new:
        return _only_new(spec, dataset, old)
    count = round(spec.training.replay * len(rows))
    drawn = np.random.default_rng(spec.training.seed).permutation(len(rows))[:count]
    again = [rows[index] for index in sorted(drawn.tolist())]
    learned = {row.id for row in dataset.rows("train")}
    development = old.split("dev") or old.split("test")
    return Past(
        [row for row in again if row.id not in known],
        [row for row in development if row.id not in learned],
    )


def _only_new(spec: Spec, dataset: Dataset, old: Dataset) -> Past:
    """Rows that the start knows are drawn from those that are still in `dataset`: what was superseded or
    erased since does not come again."""
    learned = {row.id for row in old.rows("train")}
    still = sorted({row.id for row in dataset.rows("train")} & learned)
    drawn = np.random.default_rng(spec.training.seed).permutation(len(still))
    again = {still[at] for at in drawn[: round(spec.training.replay * len(still))].tolist()}
    own = {row.id for row in dataset.rows("train")}
    development = [row for row in old.split("dev") or old.split("test") if row.id not in own]
    return Past([], development, known=frozenset(still) - again)


def _why(start: Start, folder: Path) -> str:
    if not start.dataset:
        return f"{start.folder} does not say which dataset it learned from"
    return f"the dataset {start.dataset} that it learned from is not in {folder.parent}"


def forgetting(before: float | None, after: float | None, past: Past) -> dict[str, object]:
    """The figures of a summary: bits per byte on the old development rows."""
    again = {"replayed": len(past.again)}
    if before is None or after is None:
        return again | {"not_applicable": past.missing or "no old development row is left"}
    worse = after / before - 1
    return again | {
        "before": round(before, 4),
        "after": round(after, 4),
        "worse": round(worse, 4),
        "forgot": worse > FORGOTTEN,
    }
