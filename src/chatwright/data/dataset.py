"""Dataset: a folder named by the hash of its rows, split once, with what was left out and why.

    datasets/<id>/  dataset.json  train.jsonl  dev.jsonl  test.jsonl  rejected.jsonl

Building is a pure function of the input files and the spec's `[data]`; the same input gives the
same id, and an unchanged input is not read again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import DataError
from chatwright.core.files import (
    canonical_json,
    flush_tree,
    pretty_json,
    read_jsonl,
    sha256_json,
    sha256_tree,
    storage,
    write_atomic,
)
from chatwright.core.progress import Progress, Silent
from chatwright.core.types import Conversation, Message, Provenance, Reject
from chatwright.data import readers
from chatwright.data.clean import clean, normalised, steps
from chatwright.data.readers.asked import Told, told
from chatwright.data.readers.source import writable
from chatwright.spec import Spec

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
VERSION = 1  # of the steps and the layout; part of every dataset's key


@dataclass(frozen=True, slots=True)
class Input:
    """A file, its name in provenance, whether it is kept for evaluation, and what was said of it."""

    path: Path
    name: str
    held: bool
    told: Told

    def fingerprint(self) -> list[Any]:
        return [self.name, sha256_tree(self.path), self.held, self.told.to_json()]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A built dataset. `counts` holds rows per split and per reason of rejection."""

    id: str
    folder: Path
    counts: dict[str, Any]

    def split(self, name: Split) -> list[Conversation]:
        return [from_row(row) for row in read_jsonl(self.folder / f"{name}.jsonl")]

    def about(self) -> dict[str, Any]:
        """All that was counted when it was built: the figures of its report."""
        found: dict[str, Any] = json.loads((self.folder / "dataset.json").read_text("utf-8"))
        return found

    @property
    def held_out(self) -> Split:
        """The split that final figures are taken on."""
        return "test" if self.counts["test"] else "dev"


def build(spec: Spec, progress: Progress | None = None) -> Dataset:
    """Build, or find already built, the dataset of `spec`. Raises `DataError` when nothing is left."""
    folder = spec.made / "datasets"
    inputs = _inputs(spec)
    key = sha256_json(
        [VERSION, spec.data.model_dump(mode="json"), [i.fingerprint() for i in inputs]]
    )
    pointer = folder / "by-input" / key[:16]
    if pointer.exists():
        found = folder / pointer.read_text().strip()
        if (found / "dataset.json").exists():
            return load(found)
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
        try:
            dataset = _build(spec, inputs, workplace, progress or Silent())
        finally:
            shutil.rmtree(workplace, ignore_errors=True)
    write_atomic(pointer, dataset.id)
    return dataset


def load(folder: Path) -> Dataset:
    about = json.loads((folder / "dataset.json").read_text())
    return Dataset(about["id"], folder, about["counts"])


def _inputs(spec: Spec) -> list[Input]:
    held = spec.path(spec.data.evaluation) if spec.data.evaluation else None
    groups = [([spec.path(path) for path in spec.data.paths], False)]
    if held is not None and held.exists():
        groups.append(([held], True))
    found = []
    for paths, held_back in groups:
        for start in paths:
            folder = start if start.is_dir() else start.parent
            said = told(folder)
            for path in readers.files([start]):
                name = _relative(path, spec.folder)
                about = _about(said.get(_relative(path, folder)), spec)
                found.append(Input(path, name, held_back, about))
    if all(item.held for item in found):
        where = ", ".join(str(spec.path(path)) for path in spec.data.paths)
        raise DataError(
            f"There are no conversations in {where}.",
            "Add some with `chatwright import FILE`; known formats: " + ", ".join(readers.FORMATS),
        )
    return found


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _about(said: Told | None, spec: Spec) -> Told:
    """What was said at import; bot.toml says the rest."""
    said = said or Told()
    return replace(said, asked=replace(said.asked, me=said.asked.me or spec.data.me))


def _build(spec: Spec, inputs: list[Input], workplace: Path, progress: Progress) -> Dataset:
    digest, counts, reasons = hashlib.sha256(), Counter[str](), Counter[str]()
    formats: dict[str, str] = {}
    kept_ids: set[str] = set()
    has_evaluation = any(item.held for item in inputs)
    through = steps(spec.data, spec.bot.languages)
    progress.start("Reading conversations")
    with ExitStack() as files:
        outputs = {
            name: files.enter_context((workplace / f"{name}.jsonl").open("w", encoding="utf-8"))
            for name in (*SPLITS, "rejected")
        }
        # Evaluation files come first, so that of two equal rows the one kept for evaluation stays.
        for item in sorted(inputs, key=lambda item: not item.held):
            name = item.name
            formats[name] = item.told.format or readers.detect(item.path)
            for row in readers.read(item.path, name, formats[name], item.told.asked):
                counts["read"] += 1
                if counts["read"] % 1000 == 0:
                    progress.advance(counts["read"], name)
                kept = _keep(row, through, kept_ids)
                if isinstance(kept, Reject):
                    reasons[kept.reason] += 1
                    outputs["rejected"].write(canonical_json(asdict(kept)) + "\n")
                    continue
                split = "test" if item.held else _split(kept.id, spec, has_evaluation)
                counts[split] += 1
                line = canonical_json(to_row(kept)) + "\n"
                digest.update(f"{split}\t{line}".encode())
                outputs[split].write(line)
    progress.stop()
    if not counts["train"]:
        raise DataError(
            f"No conversation is left for training: {counts['read']} rows read, "
            f"{sum(reasons.values())} rejected ({_top(reasons)}).",
            "See `chatwright data --help` for the shapes that can be read.",
        )
    rows = {name: counts[name] for name in ("read", *SPLITS)}
    about = {
        "id": digest.hexdigest()[:12],
        "version": VERSION,
        "counts": {**rows, "rejected": dict(reasons.most_common())},
        "formats": formats,
    }
    write_atomic(workplace / "dataset.json", pretty_json(about))
    flush_tree(workplace)
    final = workplace.parent / str(about["id"])
    if not (final / "dataset.json").exists():
        shutil.rmtree(final, ignore_errors=True)
        workplace.rename(final)
    return load(final)


def _top(reasons: Counter[str]) -> str:
    return ", ".join(f"{reason}: {count}" for reason, count in reasons.most_common(3)) or "empty"


def _keep(
    row: Conversation | Reject, through: list[Any], kept_ids: set[str]
) -> Conversation | Reject:
    if isinstance(row, Reject):
        return row
    assert row.provenance is not None, "a reader gave no provenance"
    result = clean(row, through)
    if isinstance(result, str):
        return Reject(result, row.provenance, _excerpt(row))
    identity = hashlib.sha256(normalised(result).encode()).hexdigest()[:16]
    if identity in kept_ids:
        return Reject("exact duplicate", row.provenance, _excerpt(row))
    kept_ids.add(identity)
    return replace(result, id=identity)


def _excerpt(row: Conversation) -> str:
    return writable(" | ".join(message.content[:80] for message in row.messages[:2]))


def _split(identity: str, spec: Spec, has_evaluation: bool) -> Split:
    """By the conversation's own hash, so a row never changes sides when data grows."""
    place = int(identity[:12], 16) / 16**12
    if place < spec.data.development_share:
        return "dev"
    if not has_evaluation and place < spec.data.development_share + spec.data.test_share:
        return "test"
    return "train"


def to_row(conversation: Conversation) -> dict[str, Any]:
    """A conversation as JSON; `refused` only where it is true."""
    said = [
        {"role": m.role, "content": m.content, **({"refused": True} if m.refused else {})}
        for m in conversation.messages
    ]
    origin = asdict(conversation.provenance) if conversation.provenance else None
    return {"id": conversation.id, "messages": said, "provenance": origin}


def from_row(row: dict[str, Any]) -> Conversation:
    said = tuple(Message(m["role"], m["content"], bool(m.get("refused"))) for m in row["messages"])
    origin = Provenance(**row["provenance"]) if row.get("provenance") else None
    return Conversation(said, row["id"], origin)
