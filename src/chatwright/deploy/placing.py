"""Puts a bundle into the folder that is served, when a server starts: a copy first, later what is new in it.

The folder may have a life of its own: documents and settings edited on the page, releases made by the loop,
a rollback. So what people changed there stays, and the bundle's release is put in force once, when a bundle
with another one comes; starting again does not undo a rollback.

    .chatwright/placed.json     what the last bundle brought: hash of each file, and the deployment
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chatwright.core.errors import ChatwrightError, ReleaseError
from chatwright.core.files import pretty_json, sha256_file, storage, write_atomic
from chatwright.release.registry import Registry
from chatwright.spec import load_spec
from chatwright.spec.load import FILE

MADE = ".chatwright"
NOTE = "placed.json"


def place(seed: Path, folder: Path) -> list[str]:
    """Bring `folder` up to the bundle `seed`; what was done, in sentences, if anything was.

    Raises `SpecError` where `seed` is no bot, and `ChatwrightError` where `folder` cannot be written. Several
    servers that start at once on one folder wait for each other.
    """
    bundle = load_spec(seed)
    try:
        with storage(folder), _alone(folder):
            note = _noted(folder)
            said = list(_files(seed, folder, note))
            said += _releases(seed / MADE, folder / MADE)
            spec = load_spec(folder)
            wanted = Registry(bundle).deployment()
            if wanted is not None and wanted.id != note.get("deployment"):
                said += _promote(Registry(spec), wanted.release, wanted.calibration)
                note["deployment"] = wanted.id
            write_atomic(folder / MADE / NOTE, pretty_json(note))
            return said
    except OSError as error:
        raise ChatwrightError(
            f"The bot cannot be put into {folder} ({error.strerror}).",
            "Let the server write there: its user must own the folder or volume.",
        ) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    (folder / MADE).mkdir(parents=True, exist_ok=True)
    with (folder / MADE / ".placing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _noted(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MADE / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        found = {}
    return found if isinstance(found, dict) else {}


def _files(seed: Path, folder: Path, note: dict[str, Any]) -> Iterator[str]:
    """The owner's files. `note["files"]` becomes what this bundle brings."""
    before: dict[str, str] = note.get("files") or {}
    now = {path: sha256_file(seed / path) for path in _owned(seed)}
    for path in sorted({*before, *now}):
        target = folder / path
        there = sha256_file(target) if target.is_file() else None
        if there == now.get(path):
            continue
        if there != before.get(path):  # changed, added or deleted here
            if now.get(path) != before.get(path):
                yield f"{path} was changed here and is kept; the bundle has another."
            continue
        if path in now:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, (seed / path).read_bytes())
        else:
            target.unlink()
        if before:
            yield f"{path} is {'new' if path in now else 'gone'} with this bundle."
    note["files"] = now
    if not before:
        yield f"Put {len(now)} files into {folder}."


def _owned(seed: Path) -> list[str]:
    found = (path.relative_to(seed) for path in seed.rglob("*") if path.is_file())
    return [FILE, *sorted(one.as_posix() for one in found if one.parts[0] not in (MADE, FILE))]


def _releases(seed: Path, made: Path) -> Iterator[str]:
    """What is made and never changes: each whole, or not there."""
    for kind in ("releases", "calibrations"):
        for source in sorted((seed / kind).glob("[!.]*")):
            target = made / kind / source.name
            if target.exists():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            coming = target.with_name(f".{source.name}.coming")
            if source.is_dir():
                shutil.rmtree(coming, ignore_errors=True)
                shutil.copytree(source, coming, copy_function=shutil.copyfile)
                _ours(coming)
            else:
                shutil.copyfile(source, coming)
            coming.rename(target)
            if kind == "releases":
                yield f"Release {source.name} is here now."
    index = made / "index" / "knowledge.db"
    if (seed / "index" / "knowledge.db").is_file() and not index.exists():
        write_atomic(index, (seed / "index" / "knowledge.db").read_bytes())


def _ours(folder: Path) -> None:
    """An image's folders may be read-only, and copies of them too: they could not be removed later."""
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)


def _promote(registry: Registry, release: str, calibration: str | None) -> Iterator[str]:
    try:
        registry.promote(registry.usable(release), "came with a bundle", calibration=calibration)
        yield f"Release {release} is in force."
    except ReleaseError as error:
        if registry.deployment() is None:
            raise
        yield f"Release {release} of the bundle is not put in force: {error}"
