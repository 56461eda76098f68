"""Writes rendered files, and never over somebody's work: what a person changed is said and left.

What was written is noted in `.rendered.json` beside the files, by hash. A file that is as it was written may be
written anew; one that is not, only by force.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import pretty_json, storage, write_atomic
from chatwright.deploy.render import File

NOTE = ".rendered.json"
SHOWN = 40  # lines of a difference


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files, by path. `kept`: edited ones, with the difference to what would be written."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]  # were rendered once, are not any more, and were not edited
    kept: dict[str, str]


def write(files: Sequence[File], folder: Path, *, force: bool = False) -> Written:
    """Write them below `folder`. Raises `StorageFull`, and `ChatwrightError` where it cannot be written."""
    try:
        with storage(folder):
            return _write(files, folder, force)
    except OSError as error:
        raise ChatwrightError(
            f"{error.filename or folder} cannot be written ({error.strerror}).",
            "Name another folder with --out.",
        ) from None


def _write(files: Sequence[File], folder: Path, force: bool) -> Written:
    noted = _noted(folder)
    note: dict[str, str] = {}
    fates: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    kept: dict[str, str] = {}
    for file in files:
        path = folder / file.path
        now = path.read_bytes() if path.is_file() else None
        known = noted.get(file.path)
        if now is not None and not force and _edited(now, file, known):
            kept[file.path] = difference(now.decode("utf-8", "replace"), file)
            if known is not None:
                note[file.path] = known
            continue
        note[file.path] = file.digest
        fate = "new" if now is None else "same" if now == file.text.encode() else "changed"
        fates[fate].append(file.path)
        if fate != "same":
            write_atomic(path, file.text)
        path.chmod(0o755 if file.program else 0o644)
    gone = _remove(folder, {one: digest for one, digest in noted.items() if one not in note | kept})
    write_atomic(folder / NOTE, pretty_json(note))
    return Written(tuple(fates["new"]), tuple(fates["changed"]), tuple(fates["same"]), gone, kept)


def _edited(now: bytes, file: File, known: str | None) -> bool:
    digest = hashlib.sha256(now).hexdigest()
    return digest not in (file.digest, known)


def _noted(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    return {str(path): str(digest) for path, digest in rows if ".." not in Path(path).parts}


def _remove(folder: Path, former: dict[str, str]) -> tuple[str, ...]:
    gone = []
    for name, digest in former.items():
        path = folder / name
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            path.unlink()
            gone.append(name)
    return tuple(gone)


def difference(now: str, file: File) -> str:
    """From what is there to what would be written, as a unified diff of at most `SHOWN` lines."""
    lines = list(
        difflib.unified_diff(
            now.splitlines(),
            file.text.splitlines(),
            f"{file.path} (yours)",
            f"{file.path} (rendered)",
            lineterm="",
            n=1,
        )
    )
    rest = [f"... {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return "\n".join(lines[:SHOWN] + rest)
