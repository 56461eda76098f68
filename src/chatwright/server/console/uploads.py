"""Files that somebody sends to the console: written to the disk as they come, and kept apart until they
are taken.

Each lies in a folder of its own under a name that was checked, readable by the server alone, and belongs
to who sent it. What nobody takes within an hour is removed. How large one may be, `limits.py` says.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from starlette.requests import ClientDisconnect

from chatwright.core.errors import DataError, NotFound, TooMuch, WrongUse
from chatwright.core.filenames import checked_name
from chatwright.core.files import storage
from chatwright.server.errors import Problem
from chatwright.spec import Spec

FOLDER = "uploads"  # below .chatwright
HOUR = 3600.0
MOST = 100  # waiting at once, of one bot
AT_ONCE = 1 << 20  # bytes that are written at once
ABOUT = ".upload.json"  # no file that is sent can have that name
ID = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits. `name` is what it was sent as, folders included; `file` ends as it does."""

    id: str
    kind: str
    owner: str
    name: str
    size: int
    sha256: str
    file: Path


class Uploads:
    """Those of one bot and of one kind, such as "knowledge"."""

    def __init__(self, spec: Spec, kind: str) -> None:
        self._folder, self._kind = spec.made / FOLDER, kind

    async def receive(
        self, request: Request, name: str, owner: str, endings: Collection[str]
    ) -> Upload:
        """The body of a request, as a file. Raises `WrongUse` for its name, `StorageFull`, and what `limits.py`
        raises; then nothing of it stays."""
        name = checked_name(name, endings)
        id = secrets.token_hex(12)
        place = self._folder / id
        await asyncio.to_thread(self._make, place)
        file = place / name.rpartition("/")[2]
        try:
            size, digest = await _written(request, file)
            if not size:
                raise WrongUse(f"{file.name} is empty.", "Choose another file.")
            upload = Upload(id, self._kind, owner, name, size, digest, file)
            about = {**asdict(upload), "file": file.name}
            with storage(place):
                (place / ABOUT).write_text(json.dumps(about), "utf-8")
            return upload
        except BaseException as error:
            shutil.rmtree(place, ignore_errors=True)
            if isinstance(error, ClientDisconnect):
                raise Problem(400, "The file did not arrive whole. Send it again.") from error
            raise

    def find(self, id: str, owner: str) -> Upload:
        """Raises `NotFound`, also for somebody else's."""
        with suppress(OSError, ValueError):
            if ID.fullmatch(id):
                about = json.loads((self._folder / id / ABOUT).read_text("utf-8"))
                found = Upload(**{**about, "file": self._folder / id / about["file"]})
                if found.owner == owner and found.kind == self._kind and found.file.is_file():
                    return found
        raise NotFound("This file does not wait any more.", "Upload it again.")

    def drop(self, id: str, owner: str) -> None:
        """Remove it; nothing happens where it is gone already."""
        with suppress(NotFound):
            shutil.rmtree(self.find(id, owner).file.parent, ignore_errors=True)

    def _make(self, place: Path) -> None:
        with storage(place):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clean()
            if sum(1 for _ in self._folder.iterdir()) >= MOST:
                raise TooMuch(
                    f"{MOST} files wait to be taken already.",
                    "Take or discard some.",
                    retry_after=60,
                )
            place.mkdir(mode=0o700)

    def _clean(self) -> None:
        """Remove what nobody took."""
        for one in self._folder.iterdir():
            with suppress(OSError):
                if time.time() - one.stat().st_mtime > HOUR:
                    shutil.rmtree(one, ignore_errors=True)


async def _written(request: Request, file: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a body that was written to `file`."""
    digest, size, waiting = hashlib.sha256(), 0, bytearray()

    def put(out: BinaryIO, part: bytes) -> None:
        with storage(file):
            out.write(part)
        digest.update(part)

    with storage(file):
        opened = file.open("xb")
    with storage(file), opened as out:
        async for chunk in request.stream():
            size += len(chunk)
            waiting += chunk
            if len(waiting) >= AT_ONCE:
                await asyncio.to_thread(put, out, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(put, out, bytes(waiting))
        out.flush()
    return size, digest.hexdigest()


@contextmanager
def in_words(file: Path, name: str) -> Iterator[None]:
    """What is wrong with a file, told under the name that it was sent as."""
    try:
        yield
    except DataError as error:
        said = str(error).replace(str(file), name).replace(file.name, name)
        raise Problem(400, said, code="invalid_file") from error
