"""The first conversations of a file, before it is taken: as which format, what is left out of it, who speaks.

It reads the beginning, takes nothing, and changes nothing. Importing reads the file to its end
(`cli.importing`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Conversation
from chatwright.data import documents, erasure, readers
from chatwright.data.clean import clean, steps
from chatwright.data.inputs import relative
from chatwright.data.readers.asked import Told, told
from chatwright.data.readers.source import Asked, NeedsMe
from chatwright.spec import Spec
from chatwright.store.stamps import stamp

ROWS = 2_000  # that are read at most
SECONDS = 8.0
SHOWN = 5  # conversations


@dataclass(slots=True)
class Preview:
    """`format` is empty where none was found. `problem` says why nothing can be made of it; `speakers`,
    who of them the bot could be. `whole`: it was read to its end. `document`: it belongs into the
    knowledge."""

    format: str = ""
    rows: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    shown: list[Conversation] = field(default_factory=list)
    whole: bool = False
    problem: str = ""
    speakers: list[tuple[str, int]] = field(default_factory=list)
    document: bool = False


def preview(spec: Spec, file: Path, format: str, asked: Asked) -> Preview:
    """`format` empty: it is detected. What is wrong is said, not raised."""
    found = Preview()
    try:
        if not format and documents.is_document(file):
            found.document = True
            return found
        found.format = format or readers.detect(file)
        _read(spec, file, found, replace(asked, me=asked.me or spec.data.me))
    except NeedsMe as need:
        found.problem, found.speakers = need.problem, need.speakers[:20]
    except ChatwrightError as error:
        found.problem = str(error)
    found.problem = found.problem.replace(str(file), file.name)
    return found


def _read(spec: Spec, file: Path, found: Preview, asked: Asked) -> None:
    through, erased = steps(spec.data, spec.bot.languages), erasure.load(spec.made)
    until = time.monotonic() + SECONDS
    for row in readers.read(file, file.name, found.format, asked):
        if found.rows >= ROWS or time.monotonic() > until:
            return
        found.rows += 1
        cleaned = clean(row, through) if isinstance(row, Conversation) else row.reason
        if erased and erased.removed(row, through):
            cleaned = erasure.ERASED
        if isinstance(cleaned, str):
            found.left_out[cleaned] += 1
            continue
        found.kept += 1
        if len(found.shown) < SHOWN:
            found.shown.append(cleaned)
    found.whole = True


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the bot's data. `said`: its format was named when it was imported. `held`: for evaluation."""

    name: str
    format: str
    said: bool
    held: bool
    size: int
    at: str
    problem: str


def files(spec: Spec) -> Iterator[Kept]:
    """All files that a dataset would be made of."""
    held = [spec.path(spec.data.evaluation)] if spec.data.evaluation else []
    for start, kept in [(one, True) for one in held] + [
        (spec.path(one), False) for one in spec.data.paths
    ]:
        if start.exists():
            yield from _below(spec, start, kept)


def _below(spec: Spec, start: Path, held: bool) -> Iterator[Kept]:
    folder = start if start.is_dir() else start.parent
    said = told(folder)
    for path in readers.files([start]):
        one = said.get(relative(path, folder), Told())
        problem, name = "", one.format or ""
        try:
            name = name or readers.detect(path)
        except ChatwrightError as error:
            problem = str(error).replace(str(path), path.name)
        about = path.stat()
        at = stamp(datetime.fromtimestamp(about.st_mtime, UTC))
        size = about.st_size if path.is_file() else 0
        yield Kept(relative(path, spec.folder), name, bool(one.format), held, size, at, problem)
