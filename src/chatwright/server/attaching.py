"""Files that people attach, as text: read once, bounded, and kept nowhere.

PDF and DOCX are parsed in a child process with limits of its own (`data/readers/confined.py`), one at a time,
and not for longer than `SECONDS`. What a file says is somebody's text: it is judged where a model is shown it.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from chatwright.answer.attached import CHARACTERS
from chatwright.core.errors import DataError
from chatwright.data.documents import CONFINED, UNSEEN, pages
from chatwright.server.errors import Problem

PLAIN = (".txt", ".md", ".csv", ".json")
KINDS = (*PLAIN, *CONFINED)
SECONDS = 20.0  # of one file
WAITING = 4  # files that may wait for the one that is parsed


class Attaching:
    """One per process."""

    def __init__(self) -> None:
        self._one = asyncio.Semaphore(1)
        self._waiting = 0

    async def text(self, name: str, content: bytes) -> str:
        """The text of a file called `name`, by its ending. Raises `Problem` with what is wrong with it."""
        kind = Path(name).suffix.lower()
        if kind not in KINDS:
            raise Problem(
                415,
                f"Files of this kind cannot be read. Attach one of {', '.join(KINDS)}.",
                code="unsupported_file",
                param="name",
            )
        if self._waiting >= WAITING:
            busy = "Several files are being read. Try again in a moment."
            raise Problem(503, busy, code="server_is_overloaded", headers={"retry-after": "5"})
        self._waiting += 1
        try:
            async with self._one:
                text = await asyncio.to_thread(_read, kind, content)
        finally:
            self._waiting -= 1
        if not text.strip():
            nothing = (
                "There is no text in this file. A scan must go through text recognition first."
            )
            raise Problem(400, nothing, code="no_text")
        return text


def _read(kind: str, content: bytes) -> str:
    if (
        kind in PLAIN
        and b"\0" in content[:4096]
        and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise Problem(400, "This is no text file. Save it as text first.", code="no_text")
    ends, parts, size = time.monotonic() + SECONDS, list[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        # Under a name of ours: what somebody calls a file leads nowhere.
        path = Path(folder) / f"file{kind if kind in CONFINED else '.txt'}"
        path.write_bytes(content)
        lines = pages(path)
        try:
            for piece in lines:
                parts.append(UNSEEN.sub("", piece))
                size += len(parts[-1]) + 1
                if size > CHARACTERS + 1:
                    raise _too_long()
                if time.monotonic() > ends:
                    slow = f"This file takes longer than {SECONDS:g} seconds to read. Attach a smaller one."
                    raise Problem(400, slow, code="file_too_slow")
        except DataError:  # its words name the file as it is called here
            broken = "This file cannot be read: it is damaged, or of another kind. Save it as text first."
            raise Problem(400, broken, code="unreadable_file") from None
        finally:
            lines.close()  # type: ignore[attr-defined]
    return "\n".join(parts)


def _too_long() -> Problem:
    return Problem(
        413,
        f"This file has more than {CHARACTERS:,} characters. Attach the part that matters.",
        code="request_too_large",
    )
