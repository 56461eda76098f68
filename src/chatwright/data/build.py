"""The build of a dataset, whatever its size: rows stay on disk, what is in memory is a few numbers a row.

    chunks -> shards (read, clean, redact, hash: in parallel)
           -> duplicates -> sides -> questions of the test set -> the dataset's files

A shard that is on disk is not made again, and everything after them is a function of the shards and the
ledger as it was when the build began: a build that was killed ends, when it is run again, in the same
dataset. Neither the number of workers nor the place where they run has a part in it.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chatwright.core.errors import DataError
from chatwright.core.files import flush_tree, pretty_json, write_atomic
from chatwright.core.progress import Progress
from chatwright.data import harvested, leaks, split
from chatwright.data.clusters import Duplicates, Near, exact
from chatwright.data.emit import BAD, EXACT, KEPT, NEAR, Decisions, Output
from chatwright.data.inputs import Chunk, Scanned, chunks, look_at
from chatwright.data.pool import Pool
from chatwright.data.shards import Settings, Shards, make

VERSION = 3  # of the steps and the layout; part of every dataset's key
DEFAULT_LIKENESS = 0.8  # what a row must not reach with a test row, also where duplicates are kept
CLUSTERS = 10  # shown in the report, the largest ones
HELD_OUT = (split.DEV, split.TEST)


@dataclass(slots=True)
class Build:
    """One build: what it reads, where it works, and what the parts hand on to each other."""

    scanned: list[Scanned]
    settings: Settings
    cases: Path
    folder: Path  # .chatwright/datasets
    workplace: Path
    pool: Pool
    progress: Progress

    def run(self) -> str:
        """The id of the finished dataset. Raises `DataError` when nothing is left to train on."""
        ledger = self._ledger()
        shards = self._shards()
        held = self._held(shards)
        known, threads = ledger.look_up(shards.ids)
        shards.threads = split.own_threads(shards.ids, np.where(known, threads, shards.threads))
        decisions = self._decide(shards, held, known)
        about = self._write(shards, decisions)
        kept = decisions.reason == KEPT
        final = self.folder / str(about["id"])
        if not (final / "dataset.json").exists():
            shutil.rmtree(final, ignore_errors=True)
            (self.workplace / "dataset").rename(final)
        elif about.get("corrections"):  # the same rows; whose votes they rest on may have changed
            write_atomic(final / "dataset.json", pretty_json(about))
        ledger.add(str(about["id"]), shards.ids[kept], shards.threads[kept])
        return str(about["id"])

    def _ledger(self) -> split.Ledger:
        """The ledger as it was when this build began, also when this is its second attempt."""
        folder, note = self.folder / "ledger", self.workplace / "ledger.json"
        if not note.exists():
            write_atomic(note, json.dumps(split.Ledger.files(folder)))
        return split.Ledger(folder, json.loads(note.read_text()))

    def _shards(self) -> Shards:
        total = sum(max(1, len(one.cuts) - 1) for one in self.scanned)
        self.progress.start("Reading and cleaning conversations", total)
        made = []
        looks = {
            one.input.name: look_at(one.input, self.settings.data.boilerplate_share)
            for one in self.scanned
        }
        settings = replace(self.settings, looks=looks)
        step = partial(make, folder=self.workplace, settings=settings)
        for done in self.pool.run(step, map(self._undone, chunks(self.scanned))):
            made.append(done)
            rows = sum(one.read for one in made)
            self.progress.advance(min(len(made), total), f"{rows:,} rows")
        self.progress.stop()
        shards = Shards(made)
        if not len(shards):
            raise _nothing_left(shards.read, _reasons(shards))
        return shards

    def _redactions(self, shards: Shards) -> dict[str, Any]:
        """How many placeholders of each type; nothing where none were looked for."""
        if self.settings.redact is None:
            return {}
        return {"redactions": dict(_summed(shards, "redactions").most_common())}

    def _undone(self, chunk: Chunk) -> Chunk:
        """What is done already need not be sent to a worker."""
        return replace(chunk, read=()) if (self.workplace / chunk.name).exists() else chunk

    def _held(self, shards: Shards) -> npt.NDArray[np.bool_]:
        """Which rows are from files that are kept for evaluation."""
        held = [self.scanned[int(folder.name[:5])].input.held for folder in shards.folders]
        return np.repeat(np.array(held, bool), np.diff(shards.starts))

    def _taught(self, shards: Shards) -> npt.NDArray[np.bool_]:
        """Which rows are of the harvest of reviewed corrections."""
        names = [self.scanned[int(folder.name[:5])].input.name for folder in shards.folders]
        own = np.array([name == harvested.SOURCE for name in names], bool)
        return np.repeat(own, np.diff(shards.starts))

    def _decide(
        self, shards: Shards, held: npt.NDArray[np.bool_], known: npt.NDArray[np.bool_]
    ) -> Decisions:
        data = self.settings.data
        taught = self._taught(shards)
        order = np.lexsort(
            (shards.bad, ~known, ~taught, ~held)
        )  # the preferred rows first, otherwise in input order
        same = exact(shards, order)
        unique = order[same.of[order] < 0]
        threshold = data.near_duplicates or DEFAULT_LIKENESS
        near = Near(shards, unique, threshold, self.pool, self.workplace / "signatures.bin").find(
            self.progress
        )
        own = split.sides(shards.threads, data, bool(held.any()))
        own[held], own[taught] = split.TEST, split.TRAIN
        decided = Decisions(
            reason=np.select([same.of >= 0, near.of >= 0], [EXACT, NEAR], KEPT).astype(np.int8),
            side=own,
            of=np.where(same.of >= 0, same.of, near.of),
            likeness=np.maximum(same.likeness, near.likeness),
            taught=taught,
            weight=self.settings.harvested.weight if self.settings.harvested else 1,
        )
        decided.before = _leaking(decided, own, shards.ids)
        if not data.near_duplicates:
            _keep_alike(decided, near, shards)
        if taught.any():
            self._yielding(shards, decided, held)
        self._questions(shards, decided)
        decided.after = _still_leaking(decided, near, shards)
        bad = shards.bad & (decided.reason == KEPT)
        decided.reason[bad & (decided.side != split.TRAIN)] = BAD
        decided.side[bad] = split.JUDGED
        return decided

    def _yielding(self, shards: Shards, decided: Decisions, held: npt.NDArray[np.bool_]) -> None:
        """Leave out what is held out of the bot's own rows and asks what a correction teaches. Files that
        are kept for evaluation stay, and the correction goes."""
        assert decided.taught is not None
        kept = decided.reason == KEPT
        items = self._asked(shards, kept & decided.taught)
        own = kept & np.isin(decided.side, HELD_OUT) & ~held
        for row, name in self._scan(shards, items, own, "taught"):
            decided.yields(row, name)

    def _questions(self, shards: Shards, decided: Decisions) -> None:
        """Leave out the training rows that hold a question of the test set."""
        kept = decided.reason == KEPT
        held_out = kept & np.isin(decided.side, HELD_OUT)
        train = kept & (decided.side == split.TRAIN)
        items = chain(leaks.cases(self.cases), self._asked(shards, held_out))
        self.progress.start("Comparing with the test set")
        for row, name in self._scan(shards, items, train, "questions"):
            decided.question(row, name)
        self.progress.stop()

    def _asked(self, shards: Shards, rows: npt.NDArray[np.bool_]) -> Iterator[leaks.Item]:
        """The questions of `rows` that stand by themselves."""
        for folder, start, end in _spans(shards):
            yield from leaks.held_out(folder, rows[start:end], shards.ids[start:end])

    def _scan(
        self,
        shards: Shards,
        items: Iterator[leaks.Item],
        rows: npt.NDArray[np.bool_],
        name: str,
    ) -> Iterator[tuple[int, str]]:
        """(row, item) of those of `rows` that ask one of `items`."""
        spans = _spans(shards)
        for number, (wave, rate) in enumerate(leaks.waves(items)):
            index = self.workplace / f"{name}-{number}.npz"
            leaks.write_index(wave, rate, index)
            work = ((folder, rows[start:end]) for folder, start, end in spans)
            found = self.pool.run(partial(leaks.scan, index=index), work)
            for done, ((_, start, _), hits) in enumerate(zip(spans, found, strict=True)):
                yield from ((int(start) + row, item) for row, item in hits)
                self.progress.advance(done + 1)

    def _lineage(self, shards: Shards, decided: Decisions) -> dict[str, Any]:
        """Of the corrections that are learned: whose words and votes they rest on."""
        known, taught = self.settings.harvested, decided.taught
        if known is None or taught is None:
            return {}
        rows = np.flatnonzero(taught & (decided.reason == KEPT)).tolist()
        found = (shards.row(row)["provenance"]["original_id"] for row in rows)
        mended = _summed(shards, "mended")
        return {"corrections": harvested.lineage(known, dict.fromkeys(found, known.weight), mended)}

    def _write(self, shards: Shards, decided: Decisions) -> dict[str, Any]:
        folder = self.workplace / "dataset"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self.progress.start("Writing the dataset", len(shards.folders))
        with Output(folder) as output:
            for number in range(len(shards.folders)):
                output.add(shards, number, decided)
                self.progress.advance(number + 1)
        self.progress.stop()
        counts = {name: output.rows[name] for name in ("train", "dev", "test", "judged")}
        reasons = _reasons(shards) + output.reasons
        if not counts["train"]:
            raise _nothing_left(shards.read, reasons)
        about = {
            "id": output.id,
            "version": VERSION,
            "counts": {
                "read": shards.read,
                **counts,
                "rejected": dict(reasons.most_common()),
                "changed": dict(_summed(shards, "changed").most_common()),
                **self._redactions(shards),
                "overlap": {"before": decided.before, "after": decided.after},
            },
            "formats": {one.input.name: one.input.format for one in self.scanned},
            "clusters": list(_clusters(shards, decided)),
            **self._lineage(shards, decided),
        }
        write_atomic(folder / "dataset.json", pretty_json(about))
        flush_tree(folder)
        return about


def _spans(shards: Shards) -> list[tuple[Path, int, int]]:
    """Each shard with the numbers of its rows."""
    starts = [int(at) for at in shards.starts]
    return list(zip(shards.folders, starts, starts[1:], strict=False))


def _leaking(decided: Decisions, own: npt.NDArray[np.int8], ids: split.U64) -> dict[str, int]:
    """Rows that would be trained on while one like them is held out, were no row left out for likeness.

    Alike are rows of one identity; and rows that repeat one row nearly, that row among them.
    """
    train, held_out = own == split.TRAIN, np.isin(own, HELD_OUT)
    kept = np.where(decided.of >= 0, decided.of, np.arange(len(own)))
    _, same = np.unique(ids, return_inverse=True)
    exact, near = (
        train & (np.bincount(group, held_out) > 0)[group] for group in (same, kept[kept])
    )
    return {"exact": int(exact.sum()), "near": int((near & ~exact).sum())}


def _still_leaking(decided: Decisions, near: Duplicates, shards: Shards) -> dict[str, int]:
    """The same of what is kept, looked at again."""
    kept = decided.reason == KEPT
    train = kept & (decided.side == split.TRAIN)
    held_out = kept & np.isin(decided.side, HELD_OUT)
    pairs = np.flatnonzero(near.of >= 0)
    crossing = (train[pairs] & held_out[near.of[pairs]]) | (held_out[pairs] & train[near.of[pairs]])
    equal = np.intersect1d(shards.ids[train], shards.ids[held_out]).size
    asked = sum(1 for row in decided.names if train[row])
    return {"exact": int(equal), "near": int(crossing.sum()), "question": asked}


def _keep_alike(decided: Decisions, near: Duplicates, shards: Shards) -> None:
    """Near-duplicates may stay: on the side of the row that they are like, if their thread allows it."""
    rows = np.flatnonzero(decided.reason == NEAR)
    target = decided.side[near.of[rows]]
    free = (shards.threads[rows] == shards.ids[rows]) | (decided.side[rows] == target)
    if decided.taught is not None:  # what is taught is never held out
        free &= ~decided.taught[rows] | (target == split.TRAIN)
    stays = rows[free]
    decided.side[stays] = target[free]
    decided.reason[stays] = KEPT


def _clusters(shards: Shards, decided: Decisions) -> Iterator[dict[str, Any]]:
    """The largest clusters of near-duplicates: the row that stays, and the two least alike."""
    rows = np.flatnonzero(decided.reason == NEAR)
    keepers, counts = np.unique(decided.of[rows], return_counts=True)
    for at in np.argsort(-counts, kind="stable")[:CLUSTERS]:
        own = rows[decided.of[rows] == keepers[at]]
        least = own[np.argsort(decided.likeness[own], kind="stable")[:2]]
        yield {
            "kept": _shown(shards, int(keepers[at])),
            "rows": int(counts[at]) + 1,
            "alike": [
                {**_shown(shards, int(row)), "likeness": round(float(decided.likeness[row]), 3)}
                for row in least
            ],
        }


def _shown(shards: Shards, row: int) -> dict[str, Any]:
    found = shards.row(row)
    said = [message["content"][:160] for message in found["messages"][:3]]
    return {"id": found["id"], "provenance": found["provenance"], "said": said}


def _summed(shards: Shards, name: str) -> Counter[str]:
    total = Counter[str]()
    for counts in shards.counts():
        total.update(counts[name])
    return total


def _reasons(shards: Shards) -> Counter[str]:
    return _summed(shards, "reasons")


def _nothing_left(read: int, reasons: Counter[str]) -> DataError:
    most = ", ".join(f"{reason}: {count}" for reason, count in reasons.most_common(3)) or "empty"
    return DataError(
        f"No conversation is left for training: {read} rows read, "
        f"{sum(reasons.values())} rejected ({most}).",
        "See `chatwright data --help` for the shapes that can be read.",
    )
