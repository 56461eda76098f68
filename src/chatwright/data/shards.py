"""The first pass: a chunk of rows, read, cleaned and hashed, becomes a shard on disk.

    <name>/  rows.jsonl       kept rows, as they will stand in the dataset
             rows.npy         per row: id, thread, key of the prompt, place in the chunk, bytes, and
                     whether its last reply was judged bad
             signatures.npy   per row: what near-duplicates are found by
             questions.txt    what users ask, folded, one per line; questions.npy: whose it is
             rejected.tsv     place in the chunk, reject
             counts.json

A shard appears whole or not at all, so after a crash those that exist are done. `make` is the step
function: it runs unchanged in this process, in others, and under Ray.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from chatwright.core.files import canonical_json, flush_tree, storage
from chatwright.core.types import Conversation, Provenance, Reject
from chatwright.data.clean import Look, Step, clean, steps
from chatwright.data.erasure import Tombstones
from chatwright.data.harvested import REASON, SOURCE, Harvested
from chatwright.data.inputs import Chunk
from chatwright.data.near import prompt_key, signatures
from chatwright.data.rows import Text, compared, excerpt, folded, hash64, identity, to_row
from chatwright.spec.spec import Data

Redact = Callable[[Conversation], tuple[Conversation, Counter[str]]]
FIELDS = (
    ("id", "<u8"),
    ("thread", "<u8"),
    ("prompt", "<u8"),
    ("seq", "<u4"),
    ("size", "<u4"),
    ("bad", "?"),
)
ROW = np.dtype(list(FIELDS))
LONG = 32  # characters from which a question may be compared, not only be equal
SOLE, LAST, OWNER = 1 << 31, 1 << 30, (1 << 30) - 1  # bits of questions.npy


@dataclass(frozen=True, slots=True)
class Settings:
    """What the steps need to know; goes to every worker."""

    data: Data
    redact: Redact | None = None
    erased: Tombstones | None = None
    languages: tuple[str, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)  # by source
    harvested: Harvested | None = None

    def steps(self) -> list[Step]:
        return steps(self.data, self.languages, self.looks)


@dataclass(frozen=True, slots=True)
class Made:
    """A shard: where it is, how many rows were read for it, how many it holds."""

    folder: Path
    read: int
    kept: int


class Writer:
    """Collects a shard's rows, and writes them."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.about: list[tuple[int, ...]] = []
        self.texts: list[Text] = []
        self.questions: list[str] = []
        self.owners: list[int] = []
        self.rejected: list[str] = []
        self.counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("reasons", "changed", "redactions", "mended")
        }
        self.read = 0

    def reject(self, row: Reject) -> None:
        self.counts["reasons"][row.reason] += 1
        self.rejected.append(f"{self.read}\t{canonical_json(asdict(row))}\n")

    def keep(self, row: Conversation, before: Conversation | None = None) -> None:
        """`before`: the row as it was, where a turn of it was superseded; its side stays what it was."""
        parts = folded(row)
        name = identity(row, parts)
        line = (canonical_json(to_row(replace(row, id=name))) + "\n").encode()
        number = int(name, 16)
        self._ask(len(self.lines), [text for role, text in parts if role == "user"])
        text = compared(parts)
        group = thread(row.provenance) or number
        if before is not None:
            self.counts["changed"][REASON] += 1
            group = thread(row.provenance) or int(identity(before, folded(before)), 16)
        self.about.append(
            (number, group, prompt_key(text), self.read, len(line), row.label is False)
        )
        self.texts.append(text)
        self.lines.append(line)

    def _ask(self, owner: int, asked: list[str]) -> None:
        sole = SOLE if len(asked) == 1 else 0
        for at, question in enumerate(asked):
            if sole or len(question) >= LONG:
                self.questions.append(question)
                self.owners.append(owner | sole | (LAST if at == len(asked) - 1 else 0))

    def write(self, folder: Path) -> None:
        (folder / "rows.jsonl").write_bytes(b"".join(self.lines))
        np.save(folder / "rows.npy", np.array(self.about, ROW))
        np.save(folder / "signatures.npy", signatures(self.texts))
        (folder / "questions.txt").write_text("".join(f"{q}\n" for q in self.questions), "utf-8")
        np.save(folder / "questions.npy", np.array(self.owners, np.uint32))
        (folder / "rejected.tsv").write_text("".join(self.rejected), "utf-8")
        (folder / "counts.json").write_text(
            canonical_json({**self.counts, "read": self.read, "kept": len(self.lines)})
        )


def make(chunk: Chunk, folder: Path, settings: Settings) -> Made:
    """The shard of `chunk` in `folder`, made now or found made before."""
    place = folder / chunk.name
    if not place.exists():
        writer, through = Writer(), settings.steps()
        for row in chunk.rows():
            _one(row, settings, through, writer)
            writer.read += 1
        _put(place, writer.write)
    counts = json.loads((place / "counts.json").read_text())
    return Made(place, counts["read"], counts["kept"])


def _one(
    row: Conversation | Reject, settings: Settings, through: list[Step], writer: Writer
) -> None:
    """Read, supersede, clean, keep or reject one row."""
    mended: Conversation | Reject = row
    known = settings.harvested
    if known and isinstance(row, Conversation) and not taught(row.provenance):
        mended = known.applied(row, writer.counts["mended"])
    kept = _worked(mended, settings, through, writer.counts)
    if isinstance(kept, Reject):
        writer.reject(kept)
        return
    before = None
    if mended is not row:
        aside = {name: Counter[str]() for name in writer.counts}
        was = _worked(row, settings, through, aside)
        before = was if isinstance(was, Conversation) else kept
    writer.keep(kept, before)


def _worked(
    row: Conversation | Reject,
    settings: Settings,
    through: list[Step],
    counts: dict[str, Counter[str]],
) -> Conversation | Reject:
    """A row's way, up to where other rows come in."""
    if settings.erased:
        row = settings.erased.applied(row)
    if isinstance(row, Reject):
        return row
    origin = row.provenance
    assert origin is not None, "a reader gave no provenance"
    result = clean(row, through, counts["changed"])
    if settings.erased and isinstance(result, Conversation):
        cleared = settings.erased.applied(result)  # cleaning may bring a name to light
        if isinstance(cleared, Reject):
            return cleared
    if settings.redact:  # what is shown of a rejected row is redacted too
        hidden, types = settings.redact(row if isinstance(result, str) else result)
        if isinstance(result, str):
            row = hidden
        else:
            result = hidden
            counts["redactions"].update(types)
    if isinstance(result, str):
        return Reject(result, origin, excerpt(row))
    return result


def _put(place: Path, write: Callable[[Path], None]) -> None:
    """Fill a folder and put it in place at once, durable."""
    with storage(place.parent):
        temporary = Path(tempfile.mkdtemp(prefix=".making-", dir=place.parent))
        try:
            write(temporary)
            flush_tree(temporary)
            if not place.exists():  # or a worker of a build that was killed was faster
                temporary.rename(place)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def taught(origin: Provenance | None) -> bool:
    """Whether a row is of the harvest itself."""
    return origin is not None and origin.source == SOURCE


def thread(origin: Provenance | None) -> int:
    """64 bits that rows of one source thread share: those of its id up to `#`. 0: it has none."""
    name = (origin.original_id or "").partition("#")[0] if origin else ""
    return hash64(name) if name else 0


class Shards:
    """All shards of a build, seen as one table; rows are numbered through. Text stays on disk."""

    def __init__(self, made: list[Made]) -> None:
        self.folders = [one.folder for one in made]
        self.starts = np.concatenate([[0], np.cumsum([one.kept for one in made])]).astype(np.int64)
        self.read = sum(one.read for one in made)
        tables = [np.load(folder / "rows.npy") for folder in self.folders]
        self.ids = np.concatenate([t["id"] for t in tables])
        self.threads = np.concatenate([t["thread"] for t in tables])
        self.prompts = np.concatenate([t["prompt"] for t in tables])
        self.bad = np.concatenate([t["bad"] for t in tables])
        self.sizes = np.concatenate([t["size"] for t in tables])
        self.offsets = np.concatenate([_offsets(t["size"]) for t in tables])

    def __len__(self) -> int:
        return len(self.ids)

    def shard_of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.searchsorted(self.starts, rows, side="right") - 1

    def place(self, row: int) -> tuple[Path, int, int]:
        """File, offset and size of a row's line."""
        shard = int(self.shard_of(np.array([row]))[0])
        return self.folders[shard] / "rows.jsonl", int(self.offsets[row]), int(self.sizes[row])

    def row(self, row: int) -> dict[str, Any]:
        path, offset, size = self.place(row)
        with path.open("rb") as file:
            return read_at(file, offset, size)

    def counts(self) -> Iterator[dict[str, Any]]:
        return (json.loads((folder / "counts.json").read_text()) for folder in self.folders)


def read_at(file: BinaryIO, offset: int, size: int) -> dict[str, Any]:
    file.seek(offset)
    row: dict[str, Any] = json.loads(file.read(size))
    return row


def _offsets(sizes: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    return np.cumsum(sizes, dtype=np.int64) - sizes
