"""The journal of improvements: which step led to what, so that any of them can be gone on with, and told later.

    .chatwright/improve/  <id>.json   one attempt: its steps with results and times, how it ended
                          lock        held while one runs
                          due.json    when the next scheduled one is due (`schedule`)

Needs no torch: a server reads it. A file is replaced whole after every step.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import Conflict
from chatwright.core.files import pretty_json, storage, write_atomic
from chatwright.store.stamps import new_id, now

FOLDER = "improve"  # below .chatwright
# "ready": it passed the gate and waits for somebody to promote it.
State = Literal["running", "promoted", "refused", "ready", "failed", "interrupted"]
OPEN = ("running", "interrupted", "failed")  # what a later run goes on with
KEEP = 200  # files
ATTEMPTS = 10


@dataclass(slots=True)
class Journal:
    """One attempt. `key` names what it was made of: the same key goes on where it was."""

    path: Path
    values: dict[str, Any]

    @classmethod
    def begin(cls, made: Path, key: str, about: dict[str, Any]) -> Journal:
        identity, time = new_id(), now()
        values = {"id": identity, "key": key, "state": "running", "started_at": time}
        journal = cls(made / FOLDER / f"{identity}.json", values | about | {"steps": {}, "why": ""})
        journal._save()
        return journal

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def state(self) -> State:
        found: State = self.values["state"]
        return found

    def result(self, step: str) -> dict[str, Any] | None:
        """What a step led to; None where it was not finished."""
        found: dict[str, Any] | None = self.values["steps"].get(step)
        return found

    def done(self, step: str, result: dict[str, Any], began: str) -> None:
        """Note that `step` is finished; where it was before, with the same result, its times stay."""
        known = self.values["steps"].get(step)
        times = {"began": began, "ended": now()}
        if known is not None and known | times == result | times:
            return
        self.values["steps"][step] = result | times
        self._save()

    def again(self) -> None:
        """Go on with it."""
        tries = int(self.values.get("tries", 1)) + 1
        self.values |= {"state": "running", "why": "", "tries": tries}
        self.values.pop("ended_at", None)
        self._save()

    def end(self, state: State, why: str = "") -> None:
        self.values |= {"state": state, "why": why, "ended_at": now()}
        self._save()

    def _save(self) -> None:
        write_atomic(self.path, pretty_json(self.values))


def journals(made: Path) -> list[Journal]:
    """All that can be read, the newest last."""
    found = []
    for path in sorted((made / FOLDER).glob("*-*.json")):
        try:
            values = json.loads(path.read_text("utf-8"))
            if values["steps"] is not None and values["state"]:
                found.append(Journal(path, values))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # what cannot be read was torn by hand: nothing goes on from it
    return found


def last(made: Path) -> Journal | None:
    """The newest; one that says it runs, and does not, was interrupted."""
    found = journals(made)
    if not found:
        return None
    newest = found[-1]
    if newest.state == "running" and not running(made):
        newest.values["state"] = "interrupted"
    return newest


def refused(made: Path, release: str) -> str:
    """Why the gate did not let `release` be served; empty where it did, or was not asked."""
    for one in reversed(journals(made)):
        gate = one.result("gate")
        if gate is not None and gate.get("candidate") == release:
            return one.values["why"] if one.state == "refused" else ""
    return ""


def prune(made: Path) -> None:
    """Keep the newest ones."""
    for one in journals(made)[:-KEEP]:
        one.path.unlink(missing_ok=True)


def running(made: Path) -> bool:
    """Whether somebody improves the bot now."""
    path = made / FOLDER / "lock"
    if not path.exists():
        return False
    with path.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def alone(made: Path, *, wait: bool = False) -> Iterator[None]:
    """One improvement at a time, also between processes; the lock ends with its holder.

    Raises `Conflict` where another one runs and this one does not `wait`.
    """
    folder = made / FOLDER
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as handle:
        if not _taken(handle.fileno(), wait):
            handle.seek(0)
            who = handle.read().strip() or "another process"
            raise Conflict(
                f"This bot is being improved already ({who}).",
                "See `chatwright improve --status`, or wait for it with --wait.",
                code="improving",
            )
        handle.truncate(0)
        handle.write(f"process {os.getpid()} since {now()}")
        handle.flush()
        yield


def _taken(handle: int, wait: bool) -> bool:
    """The lock; a few attempts, for whoever asks whether somebody has it holds it for a moment too."""
    for _ in range(1 if wait else ATTEMPTS):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            time.sleep(0.02)
        else:
            return True
    return False
