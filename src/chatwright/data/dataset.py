"""Dataset: a folder named by the hash of its rows, split once, with what was left out and why.

    datasets/<id>/  dataset.json  train.jsonl  dev.jsonl  test.jsonl  judged.jsonl  rejected.jsonl

`judged.jsonl` has the rows of which the last reply was judged bad: nothing may learn to say that, but
training on judgements needs them.

An unchanged input is not read again. How a dataset is made is in `build`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import DataError, StorageFull
from chatwright.core.files import (
    alone,
    read_jsonl,
    sha256_file,
    sha256_json,
    sha256_tree,
    storage,
    write_atomic,
)
from chatwright.core.progress import Progress, Silent
from chatwright.core.types import Conversation
from chatwright.data import erasure, harvested
from chatwright.data.build import VERSION, Build
from chatwright.data.documents import owners_texts, words_of
from chatwright.data.hiding import SETTINGS, Hiding, language, rules
from chatwright.data.inputs import Scanned, inputs_of, scan
from chatwright.data.pool import Here, Pool, Processes, cores
from chatwright.data.rows import from_row, to_row
from chatwright.data.shards import Settings
from chatwright.spec import Spec

__all__ = ["SPLITS", "Dataset", "build", "from_row", "load", "to_row"]

Split = Literal["train", "dev", "test", "judged"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
SMALL = 16 << 20  # bytes; below it, starting processes takes longer than the work


@dataclass(frozen=True, slots=True)
class Dataset:
    """A built dataset. `counts` holds rows per split and per reason of rejection.

    `hiding` is the file that says how its values were hidden; None where they were not, and where the
    dataset was not built but loaded.
    """

    id: str
    folder: Path
    counts: dict[str, Any]
    hiding: Path | None = None

    def split(self, name: Split) -> list[Conversation]:
        return list(self.rows(name))

    def rows(self, name: Split) -> Iterator[Conversation]:
        """One row after another, for what does not need them all at once."""
        return (from_row(row) for row in read_jsonl(self.folder / f"{name}.jsonl"))

    def about(self) -> dict[str, Any]:
        """All that was counted when it was built: the figures of its report."""
        found: dict[str, Any] = json.loads((self.folder / "dataset.json").read_text("utf-8"))
        return found

    @property
    def held_out(self) -> Split:
        """The split that final figures are taken on."""
        return "test" if self.counts["test"] else "dev"


def build(
    spec: Spec,
    progress: Progress | None = None,
    workers: int = 0,
    pool: Pool | None = None,
    settings: Settings | None = None,
) -> Dataset:
    """Build, or find already built, the dataset of `spec`.

    `workers` processes do the work: 0 is as many as there are cores, and none for little data; `pool`
    does it somewhere else. `settings` are those of `spec` where they are not given.

    Raises `DataError` when nothing is left, or a file cannot be read. A build that is interrupted in
    any other way goes on where it was when it is run again.
    """
    folder, progress = spec.made / "datasets", progress or Silent()
    scanned = [scan(item) for item in inputs_of(spec)]
    key = _key(spec, scanned)
    pointer = folder / "by-input" / key
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            beside = None if spec.privacy.placeholders is False else pointer.with_suffix(".json")
            known = _found(folder, pointer, beside)
            place = folder / ".building"
            if known is not None:
                shutil.rmtree(place / key, ignore_errors=True)  # it was killed at its very end
                return known
            workplace = _only(place, key)
            pool = pool or _pool(scanned, workers)
            hiding = Hiding.of(spec, owners_texts(spec))
            settings = settings or settings_of(spec, hiding)
            cases = spec.path(spec.evaluation.cases)
            try:
                with pool:
                    work = Build(scanned, settings, cases, folder, workplace, pool, progress)
                    identity = work.run()
            except (DataError, StorageFull):
                shutil.rmtree(place, ignore_errors=True)
                raise
            if hiding is not None and beside is not None:
                write_atomic(beside, hiding.text())
            write_atomic(pointer, identity)
            shutil.rmtree(place, ignore_errors=True)
    return replace(load(folder / identity), hiding=beside)


def settings_of(spec: Spec, hiding: Hiding | None = None) -> Settings:
    """What the steps need to know of the bot."""
    redact = hiding.redactor().conversation if hiding else None
    taught = harvested.load(spec.made, spec.improve.weight)
    return Settings(
        spec.data, redact, erasure.load(spec.made), spec.bot.languages, harvested=taught
    )


def load(folder: Path) -> Dataset:
    about = json.loads((folder / "dataset.json").read_text())
    return Dataset(about["id"], folder, about["counts"])


def _key(spec: Spec, scanned: list[Scanned]) -> str:
    """Of everything that the result depends on, but for the ledger."""
    cases = spec.path(spec.evaluation.cases)
    return sha256_json(
        [
            VERSION,
            spec.data.model_dump(mode="json"),
            spec.bot.languages if "language" in spec.data.steps else (),
            _privacy_key(spec),
            [one.fingerprint() for one in scanned],
            sha256_file(cases) if cases.is_file() else "",
            erasure.fingerprint(spec.made),
            *harvested.fingerprint(spec.made, spec.improve.weight),
        ]
    )[:16]


def _privacy_key(spec: Spec) -> list[object]:
    """Placeholders depend on the rules, and on what the owner says in public."""
    if spec.privacy.placeholders is False:
        return []
    knowledge = spec.path("knowledge")
    return [
        spec.privacy.model_dump(mode="json", include=SETTINGS),
        language(spec),
        rules(),
        words_of(spec),
        sha256_tree(knowledge) if knowledge.is_dir() else "",
    ]


def _found(folder: Path, pointer: Path, beside: Path | None) -> Dataset | None:
    if not pointer.exists() or (beside is not None and not beside.exists()):
        return None
    found = folder / pointer.read_text().strip()
    whole = (found / "dataset.json").exists()
    return replace(load(found), hiding=beside) if whole else None


def _pool(scanned: list[Scanned], workers: int) -> Pool:
    size = sum(one.input.path.stat().st_size for one in scanned)
    count = workers or (1 if size < SMALL else cores())
    return Processes(count) if count > 1 else Here()


def _only(place: Path, key: str) -> Path:
    """The workplace for `key`; what a build of other inputs left is removed."""
    for other in place.glob("*"):
        if other.name != key:
            shutil.rmtree(other, ignore_errors=True)
    (place / key).mkdir(parents=True, exist_ok=True)
    return place / key
