"""The file of acceptance cases as lines: some are added, some taken out, all others stay byte for byte.

One writer at a time, also between processes, and readers see the old file or the new one. What a case means,
and whether it is a good one, is evaluation's (`evaluation/cases.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from chatwright.core.errors import ChatwrightError
from chatwright.core.files import alone, write_atomic

Keep = Callable[[Any], bool]


def append(path: Path, cases: Sequence[Mapping[str, Any]]) -> None:
    """Have these cases at the end; lines with one of their ids go. Raises `ChatwrightError` where the file
    cannot be written."""
    ids = {case["id"] for case in cases}
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    _rewrite(path, lambda value: _id(value) not in ids, lines)


def remove(path: Path, ids: Collection[str]) -> int:
    """Take out the cases with these ids; how many there were. A file that is not there has none."""
    if not ids or not path.exists():
        return 0
    return _rewrite(path, lambda value: _id(value) not in ids)


def check_writable(path: Path) -> None:
    """Raises `ChatwrightError` where `append` could not write: the owner may have locked the file."""
    real = path.resolve()
    if real.exists() and not real.stat().st_mode & 0o222:
        raise _unwritable(path, "it is read-only")
    if real.is_dir():
        raise _unwritable(path, "it is a folder")


def _rewrite(path: Path, keep: Keep, more: str = "") -> int:
    check_writable(path)
    real = path.resolve()  # a link stays a link
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with alone(real.parent):
            before = real.read_bytes() if real.exists() else b""
            lines = before.splitlines(keepends=True)
            kept = [line for line in lines if keep(_value(line))]
            if kept and more and not kept[-1].endswith((b"\n", b"\r")):
                kept[-1] += b"\n"
            after = b"".join(kept) + more.encode()
            if after != before:
                write_atomic(real, after)
    except OSError as error:
        raise _unwritable(path, error.strerror or type(error).__name__) from error
    return len(lines) - len(kept)


def _value(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None  # whatever it is, it is none of ours


def _id(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _unwritable(path: Path, why: str) -> ChatwrightError:
    return ChatwrightError(
        f"{path} cannot be written: {why}.",
        "Make it writable, or decide without a test case (--no-case).",
    )
