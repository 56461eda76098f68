"""Files that are either wholly there or not there: atomic writes, hashes, canonical JSON."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chatwright.core.errors import StorageFull

FULL = {errno.ENOSPC, errno.EDQUOT}
UMASK = os.umask(0o022)  # it can only be read by setting it
os.umask(UMASK)


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turn "no space left" on `path` into a `StorageFull` that names it."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull(
                f"The disk is full: {path} could not be written, and nothing was changed.",
                "Free some space and run the same command again.",
            ) from error
        raise


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write `path` so that a reader, or a crash, sees the old file or the new one, never a part."""
    data = content.encode() if isinstance(content, str) else content
    replace_atomic(path, lambda temporary: temporary.write_bytes(data))


def replace_atomic(path: Path, make: Callable[[Path], object]) -> None:
    """Let `make` write a temporary file beside `path`, make it durable, then put it in place."""
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            make(temporary)
            temporary.chmod(0o666 & ~UMASK)  # mkstemp's 0600 would hide it from a server's user
            _flush(temporary)
            put(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def put(temporary: Path, path: Path) -> None:
    """Give what is durable its final name, durably."""
    temporary.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Make every file below `folder`, and the folder itself, durable."""
    for path in sorted(folder.rglob("*")):
        _flush(path)
    _flush(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One at a time in `folder`, also between processes; the lock ends with its holder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def busy(folder: Path) -> bool:
    """Whether somebody is `alone` in `folder` now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def sha256_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sha256_tree(path: Path) -> str:
    """Of a file; or of a folder, by the names and contents of all files below it."""
    if not path.is_dir():
        return sha256_file(path)
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return sha256_json([[file.relative_to(path).as_posix(), sha256_file(file)] for file in files])


def sha256_json(value: Any) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def canonical_json(value: Any) -> str:
    """One spelling per value, so that equal values have equal hashes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def pretty_json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def read_jsonl(path: Path) -> Iterator[Any]:
    """The values of a JSON-lines file that we wrote ourselves."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
