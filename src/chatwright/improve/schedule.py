"""When a bot is improved by itself: `[improve] every`, kept in a file, so that restarts and several server
processes neither forget it nor do it twice. Starts nothing; needs no torch."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from chatwright.core.files import canonical_json, storage, write_atomic
from chatwright.improve.journal import FOLDER, last, running
from chatwright.spec import Spec
from chatwright.store.stamps import stamp

FILE = "due.json"
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
TRIES = 3  # times that one interrupted run is gone on with before its time comes again


def period(every: str) -> timedelta:
    """`every` of `[improve]`, not empty."""
    return timedelta(**{UNITS[every[-1]]: int(every[:-1])})


def due_at(spec: Spec) -> str:
    """When the next one is due, ISO 8601; empty where nothing was planned yet."""
    return str(_read(spec).get("due", ""))


def claim(spec: Spec, now: datetime | None = None) -> bool:
    """Whether it is due and this process is the one to start it; the next time is then set.

    The first look plans the first time, a whole period from now. One that was interrupted is due at once, a few
    times.
    """
    if not spec.improve.every:
        return False
    time = now or datetime.now(UTC)
    with _locked(spec):
        known = _read(spec)
        every = spec.improve.every
        if known.get("every") != every or "due" not in known:
            _plan(spec, time)
            return False
        interrupted = _interrupted(spec, known)
        if datetime.fromisoformat(known["due"]) > time and not interrupted:
            return False
        if running(spec.made):  # somebody does it by hand: its time has come and gone
            _plan(spec, time)
            return False
        again = {"again": interrupted} if interrupted else {}
        tries = int(known.get("tries", 0)) + 1 if known.get("again") == interrupted else 1
        _plan(spec, time, known["due"] if interrupted else "", **again, tries=tries)
        return True


def _interrupted(spec: Spec, known: dict[str, Any]) -> str:
    """The id of a scheduled run that was broken off, and may be tried again; empty: there is none."""
    newest = last(spec.made)
    if newest is None or newest.state != "interrupted" or running(spec.made):
        return ""
    if not newest.values.get("asked", {}).get("scheduled"):
        return ""
    spent = int(known.get("tries", 0)) if known.get("again") == newest.id else 0
    return newest.id if spent < TRIES else ""


def _plan(spec: Spec, time: datetime, due: str = "", **about: Any) -> None:
    every = spec.improve.every
    values = {"every": every, "due": due or stamp(time + period(every)), **about}
    write_atomic(spec.made / FOLDER / FILE, canonical_json(values) + "\n")


def _read(spec: Spec) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((spec.made / FOLDER / FILE).read_text("utf-8"))
        datetime.fromisoformat(found["due"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found


@contextmanager
def _locked(spec: Spec) -> Iterator[None]:
    folder = spec.made / FOLDER
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "due.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
