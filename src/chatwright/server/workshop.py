"""Work that takes longer than a request: verbs of the command line, each a child process of its own.

    .chatwright/work/<id>.json   what was started by whom, and how it ended
    .chatwright/work/<id>.log    what it says of itself while it runs, a bounded tail
    .chatwright/work/<id>.out    its last word: one JSON object
    .chatwright/work/lock        held by the child itself, as long as it lives

One at a time for a bot, whichever server process started it: the lock is the child's, so it is free the
moment the child is gone, and nobody has to watch it. What runs, and how it ended, is read from the folder
alone: a reload, another server process and the next server see the same. A server that ends asks its own
children to stop; a training writes a checkpoint then and can be gone on with.

Not a queue, and not a scheduler: `improve.schedule` is one.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from chatwright.core.errors import Conflict, NotFound
from chatwright.core.files import canonical_json, storage, write_atomic
from chatwright.core.progress import LINES
from chatwright.spec import Spec
from chatwright.store.stamps import new_id, now

FOLDER = "work"  # below .chatwright
KEEP = 50  # that have ended
GRACE = 20.0  # seconds to write a checkpoint in
POLITE = 10  # nice, of what takes both cores for long: live answers come first
LONG = ("train", "up", "improve")  # kinds; somebody waits for what the others do
LOG = 1 << 20  # bytes of a log above which its beginning is cut off
TAIL = 64 << 10  # bytes that are kept then, and shown
TOLD = 200  # lines shown
TRY = 0.3  # seconds in which somebody who only looks has let go of the lock
ID = re.compile(r"[0-9a-f-]{36}")

State = Literal["running", "done", "failed", "stopped", "interrupted"]


class Said(BaseModel):
    """Why work failed, and what to do next."""

    message: str
    next_step: str = ""
    type: str = ""


class Work(BaseModel):
    """One child process, as it stands."""

    id: str
    kind: str = Field(description="what it is for: train, evaluate, gate, ...")
    bot: str
    about: str = Field("", description="what it works on: a release, a run; for the page")
    by: str = Field("", description="the account that started it")
    began: str
    ended: str | None = None
    state: State = "running"
    stopping: bool = Field(False, description="it was asked to stop, and still runs")
    step: str = Field("", description="what it does now")
    done: int = 0
    total: int | None = None
    note: str = ""
    lines: list[str] = Field([], description="what it said, the newest last")
    result: dict[str, Any] | None = Field(None, description="its last word, as `--json` prints it")
    error: Said | None = None
    again: bool = Field(False, description="it did not get to its end, and can be gone on with")


class Workshop:
    """Starts, stops and tells of the work of the bots of one server. All calls block: use a thread."""

    def __init__(self) -> None:
        self._mine: dict[str, tuple[Spec, subprocess.Popen[bytes]]] = {}
        self._watchers: list[threading.Thread] = []
        self._closing = False

    def start(
        self, spec: Spec, kind: str, arguments: Sequence[str], *, by: str = "", about: str = ""
    ) -> Work:
        """Start `chatwright ARGUMENTS --json` for a bot; the folder of the bot is part of `arguments`.

        Raises `Conflict` (code `busy`) while other work of this bot runs, and `StorageFull`.
        """
        folder = spec.made / FOLDER
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = _take(folder)
        if lock is None:
            raise _busy(self.running(spec))
        try:
            _prune(folder)
            work = Work(id=new_id(), kind=kind, bot=spec.bot.name, about=about, by=by, began=now())
            journal: dict[str, Any] = {**work.model_dump(), "arguments": list(arguments)}
            _write(folder, journal)
            try:
                with storage(folder):
                    process = _launch(folder, work.id, arguments, lock, polite=kind in LONG)
            except BaseException:
                (folder / f"{work.id}.json").unlink(missing_ok=True)
                raise
        finally:
            os.close(lock)  # the child has it now
        _write(folder, journal | {"pid": process.pid})
        self._mine[work.id] = spec, process
        watcher = threading.Thread(target=self._watch, args=(work.id,), daemon=True)
        self._watchers.append(watcher)
        watcher.start()
        return self.find(spec, work.id)

    def again(self, spec: Spec, id: str, *, by: str = "") -> Work:
        """Start the same once more: a training goes on from its checkpoint."""
        found = _read(spec.made / FOLDER, id)
        return self.start(spec, found["kind"], found["arguments"], by=by, about=found["about"])

    def running(self, spec: Spec) -> Work | None:
        """What runs now for a bot, by whatever server process."""
        folder = spec.made / FOLDER
        for journal in _journals(folder):
            if journal["state"] == "running":
                found = _seen(folder, journal)
                if found.state == "running":
                    return found
        return None

    def find(self, spec: Spec, id: str) -> Work:
        """Raises `NotFound`."""
        folder = spec.made / FOLDER
        return _seen(folder, _read(folder, id), lines=True)

    def all(self, spec: Spec, kinds: Sequence[str] = (), limit: int = KEEP) -> list[Work]:
        """The newest first, without their lines."""
        folder = spec.made / FOLDER
        found = (one for one in _journals(folder) if not kinds or one["kind"] in kinds)
        return [_seen(folder, one) for _, one in zip(range(limit), found, strict=False)]

    def stop(self, spec: Spec, id: str, *, wait: bool = False) -> Work:
        """Ask it to stop; where it does not within `GRACE` seconds it is killed. Nothing happens to what has
        ended."""
        folder = spec.made / FOLDER
        journal = _read(folder, id)
        if _seen(folder, journal).state == "running":
            _write(folder, journal | {"stopping": True})
            _signal(journal, signal.SIGTERM)
            ending = threading.Thread(target=_finish_off, args=(folder, journal), daemon=True)
            ending.start()
            if wait:
                ending.join()
        return self.find(spec, id)

    def close(self) -> None:
        """The server ends: stop what it started, and wait for it."""
        self._closing = True
        for id, (spec, process) in list(self._mine.items()):
            if process.poll() is None:
                folder = spec.made / FOLDER
                with suppress(NotFound, OSError):
                    _write(folder, _read(folder, id) | {"server": "ended"})
                with suppress(ProcessLookupError):
                    process.terminate()
        until = time.monotonic() + GRACE
        for _, process in list(self._mine.values()):
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill(process.pid)
        for watcher in self._watchers:
            watcher.join(2.0)

    def _watch(self, id: str) -> None:
        """Wait for a child, so that its exit code is known, and no zombie stays."""
        spec, process = self._mine[id]
        code = process.wait()
        folder = spec.made / FOLDER
        with suppress(NotFound, OSError):
            journal = _conclude(folder, before := _read(folder, id), code)
            if (
                before["state"] == "interrupted"
            ):  # by who looked first, and could not know how it ended
                _write(folder, journal | {"error": _gone(journal, code, folder)})
        self._mine.pop(id, None)


def command(arguments: Sequence[str]) -> list[str]:
    """What is started. After `--` only names and files follow, no options."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given = [*arguments[:end], "--json", *arguments[end:]]
    return [sys.executable, "-m", "chatwright.cli", *given]


def _launch(
    folder: Path, id: str, arguments: Sequence[str], lock: int, *, polite: bool
) -> subprocess.Popen[bytes]:
    # Appended to: a log that is cut short meanwhile goes on at its new end.
    with (folder / f"{id}.log").open("ab") as log, (folder / f"{id}.txt").open("ab") as out:
        process = subprocess.Popen(
            command(arguments),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=log,
            env=os.environ | {LINES: "lines"},
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C is the server's, which then asks its children itself
        )
    if polite:
        with suppress(OSError):
            mine = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process.pid, min(19, mine + POLITE))
    return process


def _take(folder: Path) -> int | None:
    """The lock, to be handed to a child; None while another child has it."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + TRY
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(handle)
                return None
            time.sleep(0.02)
        else:
            return handle


def _held(folder: Path) -> bool:
    try:
        handle = os.open(folder / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _journals(folder: Path) -> Iterator[dict[str, Any]]:
    """The newest first. One that cannot be read is left out: it is of no use to anybody."""
    found = []
    for path in folder.glob("*.json"):
        with suppress(NotFound):
            found.append(_read(folder, path.stem))
    yield from sorted(found, key=lambda one: (one["began"], one["id"]), reverse=True)


def _read(folder: Path, id: str) -> dict[str, Any]:
    problem = NotFound("There is no such work.", "Load the page again for what there is now.")
    if not ID.fullmatch(id):
        raise problem
    try:
        found: dict[str, Any] = json.loads((folder / f"{id}.json").read_text("utf-8"))
        Work.model_validate(found)
    except (OSError, ValueError):
        raise problem from None
    return found


def _write(folder: Path, journal: dict[str, Any]) -> None:
    write_atomic(folder / f"{journal['id']}.json", canonical_json(journal) + "\n")


def _seen(folder: Path, journal: dict[str, Any], lines: bool = False) -> Work:
    """A journal as it stands now; one whose child is gone is concluded by whoever looks first."""
    # Until the child is launched there is no number, and the lock is held by who launches it.
    if journal["state"] == "running" and not (_held(folder) and _newest(folder, journal)):
        journal = _conclude(folder, _read(folder, journal["id"]), None)
    work = Work.model_validate(journal)
    if work.state == "running" or lines:
        told, at = _told(folder / f"{work.id}.log")
        work.lines = told if lines else []
        if at and work.state == "running":
            work.step, work.note = str(at["at"]), str(at.get("note", ""))
            work.done, work.total = int(at.get("done") or 0), at.get("total")
    return work


def _newest(folder: Path, journal: dict[str, Any]) -> bool:
    """Whether the lock can be this one's: nothing was started after it."""
    return all(
        (other["began"], other["id"]) <= (journal["began"], journal["id"])
        for other in _journals(folder)
    )


def _conclude(folder: Path, journal: dict[str, Any], code: int | None) -> dict[str, Any]:
    """Write down how it ended. `code` where its parent knows it."""
    if journal["state"] != "running":
        return journal
    last = _last_word(folder / f"{journal['id']}.txt")
    error = (last or {}).get("error")
    state: State
    if isinstance(error, dict):
        asked = journal["stopping"] or journal.get("server") == "ended"
        state = "stopped" if journal["stopping"] else "interrupted" if asked else "failed"
        if error.get("type") == "Stopped" and not asked:
            state = "stopped"
        last = None
    elif last is not None:
        state, error = "done", None
    else:
        state = "stopped" if journal["stopping"] else "interrupted"
        error = _gone(journal, code, folder)
    ended = {
        "state": state,
        "ended": now(),
        "result": last,
        "error": error,
        "stopping": False,
        "again": state != "done",
    }
    journal = journal | ended
    with suppress(OSError):
        _write(folder, journal)
    return journal


def _gone(journal: dict[str, Any], code: int | None, folder: Path) -> dict[str, str] | None:
    """What is known of a child that left no last word."""
    if journal["stopping"]:
        return None
    if journal.get("server") == "ended":
        return {"message": "The server ended, and this with it.", "next_step": "Go on with it."}
    if code == -signal.SIGKILL:
        why, next_step = "It was killed", "Perhaps memory ran out: free some, and go on with it."
    elif code is not None and code < 0:
        why, next_step = f"It was ended by signal {-code}", "Go on with it."
    else:
        why, next_step = "It ended without a word", "Go on with it."
    said = next((line for line in reversed(_told(folder / f"{journal['id']}.log")[0])), "")
    return {"message": f"{why}{': ' + said if said else ''}."[:600], "next_step": next_step}


def _last_word(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text("utf-8", errors="replace").strip().splitlines()[-1])
    except (OSError, ValueError, IndexError):
        return None
    return found if isinstance(found, dict) else None


def _told(path: Path) -> tuple[list[str], dict[str, Any] | None]:
    """What a child said, and where it is. What is no progress line is said as it stands."""
    lines: list[str] = []
    at: dict[str, Any] | None = None
    for line in _tail(path).splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            found = {"say": line}
        if isinstance(found, dict) and "at" in found:
            at = found
        elif isinstance(found, dict) and isinstance(found.get("say"), str) and found["say"].strip():
            lines.append(found["say"])
    return lines[-TOLD:], at


def _tail(path: Path) -> str:
    """The last `TAIL` bytes, whole lines; a log that grew too large keeps these alone."""
    try:
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            data = file.read()
            if size > TAIL:
                data = data.partition(b"\n")[2]
            if size > LOG:
                file.seek(0)
                file.write(data)
                file.truncate()
    except OSError:
        return ""
    return data.decode("utf-8", errors="replace")


def _signal(journal: dict[str, Any], number: int) -> None:
    with suppress(ProcessLookupError, PermissionError, KeyError):
        os.kill(journal["pid"], number)


def _finish_off(folder: Path, journal: dict[str, Any]) -> None:
    until = time.monotonic() + GRACE
    while time.monotonic() < until:
        time.sleep(0.1)
        if _seen(folder, _read(folder, journal["id"])).state != "running":
            return
    _kill(journal.get("pid", 0))


def _kill(leader: int) -> None:
    """A child and those that it started: it leads a session of its own."""
    if leader > 1:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def _prune(folder: Path) -> None:
    for journal in list(_journals(folder))[KEEP - 1 :]:
        for ending in ("json", "log", "txt"):
            (folder / f"{journal['id']}.{ending}").unlink(missing_ok=True)


def _busy(other: Work | None) -> Conflict:
    what = f" ({other.kind}{' ' + other.about if other.about else ''})" if other else ""
    return Conflict(
        f"Other work of this bot runs now{what}.",
        "Wait until it has ended, or stop it.",
        code="busy",
    )
