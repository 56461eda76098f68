"""Making a panel beside the server: a child process in which all contestants answer, and how far it is.

What is known of it is a small file in `.chatwright/panels/`, so that every process of the server tells the
same, also after a restart. When it is done, the panel is in the store and the file goes; of one that failed it
stays until somebody takes it away. It makes no panel itself: `chatwright panel create` does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from chatwright.core.errors import Conflict, NotFound
from chatwright.core.files import canonical_json, write_atomic
from chatwright.spec import Spec
from chatwright.store.stamps import new_id, now

BEAT = 0.5  # seconds between two signs of life
DEAD = 20.0  # seconds without one, after which nobody is at it any more
GRACE = 10.0  # seconds that a child has to end
KEPT = 20  # of those that failed

State = Literal["running", "failed", "stopped", "interrupted"]


@dataclass(frozen=True, slots=True)
class Making:
    """A panel that is being made, or was not. `said` is why not, in a sentence."""

    id: str
    name: str
    state: State
    started_at: str
    ended_at: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: words of the command line behind `panel create`, and files they name, by their
    names; the words have FOLDER where their folder is to stand."""

    name: str
    words: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()


FOLDER = "{folder}"


class MakingPanels:
    """The children of this process, and the files of all."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def all(self, spec: Spec) -> list[Making]:
        """The newest first."""
        found = [_read(path) for path in sorted(_folder(spec).glob("*.json"), reverse=True)]
        return [one for one in found if one is not None]

    def start(self, spec: Spec, order: Order) -> Making:
        """Begin. Raises `Conflict` while another one is being made. Called on the event loop."""
        known = self.all(spec)
        if any(one.state == "running" for one in known):
            raise Conflict(
                "Another panel is being made.", "Wait until it is done.", code="panel_making"
            )
        for old in known[KEPT:]:
            _path(spec, old.id).unlink(missing_ok=True)
        making = Making(new_id(), order.name, "running", now())
        _write(spec, making)
        task = asyncio.create_task(self._make(spec, making, order))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return making

    def end(self, spec: Spec, id: str) -> None:
        """Stop what runs, or take away what failed. Raises `NotFound`."""
        found = next((one for one in self.all(spec) if one.id == id), None)
        if found is None:
            raise NotFound("There is no such panel in the making.", "Load the page again.")
        if found.state == "running":
            write_atomic(_path(spec, id).with_suffix(".stop"), "")
        else:
            _path(spec, id).unlink(missing_ok=True)

    async def close(self) -> None:
        """End the children of this process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _make(self, spec: Spec, making: Making, order: Order) -> None:
        path = _path(spec, making.id)
        stop = path.with_suffix(".stop")
        try:
            with TemporaryDirectory() as folder:
                for name, content in order.files:
                    (Path(folder) / name).write_text(content, encoding="utf-8")
                words = [word.replace(FOLDER, folder, 1) for word in order.words]
                failed = await _run(spec, words, path, stop)
        except asyncio.CancelledError:
            _write(spec, replace(making, state="interrupted", ended_at=now()))
            raise
        except OSError as error:
            failed = f"It could not be started: {error}."
        stopped = stop.exists()
        stop.unlink(missing_ok=True)
        if failed is None:
            path.unlink(missing_ok=True)
        else:
            state: State = "stopped" if stopped else "failed"
            _write(spec, replace(making, state=state, ended_at=now(), said=failed))


async def _run(spec: Spec, words: Sequence[str], path: Path, stop: Path) -> str | None:
    """Run the child; why it failed, None: it did not."""
    verb = [sys.executable, "-m", "chatwright.cli", "panel", "create"]
    process = await asyncio.create_subprocess_exec(
        *verb,
        f"--bot={spec.folder}",
        "--json",
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    talk = asyncio.create_task(process.communicate())
    try:
        while not talk.done():
            await asyncio.wait({talk}, timeout=BEAT)
            if _beat(path, stop):
                await _end(process)
        out, err = talk.result()
    except asyncio.CancelledError:
        await _end(process)
        await asyncio.gather(talk, return_exceptions=True)
        raise
    return None if process.returncode == 0 else _why(out, err)


def _beat(path: Path, stop: Path) -> bool:
    """A sign of life; whether it is to stop."""
    if path.exists():
        path.touch()
    return stop.exists()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GRACE)
    except TimeoutError:
        process.kill()
        await process.wait()


def _why(out: bytes, err: bytes) -> str:
    """The sentence that the child ended with."""
    try:
        told = json.loads(out.decode(errors="replace").strip().splitlines()[-1])
        return str(told["error"]["message"])
    except (ValueError, IndexError, KeyError, TypeError):
        lines = err.decode(errors="replace").strip().splitlines()
        return lines[-1][:500] if lines else ""


def _folder(spec: Spec) -> Path:
    return spec.made / "panels"


def _path(spec: Spec, id: str) -> Path:
    return _folder(spec) / f"{id}.json"


def _write(spec: Spec, making: Making) -> None:
    _folder(spec).mkdir(parents=True, exist_ok=True)
    write_atomic(_path(spec, making.id), canonical_json(asdict(making)))


def _read(path: Path) -> Making | None:
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        making = Making(**values)
        silent = time.time() - path.stat().st_mtime
    except (OSError, ValueError, TypeError):
        return None
    if making.state == "running" and silent > DEAD:
        return replace(making, state="interrupted")
    return making
