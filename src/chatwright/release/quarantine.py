"""Releases that may not be used any more: they learned from somebody who asked to be forgotten.

    releases/quarantined.jsonl   one line per decision: time, action, release, reason

It stands beside the releases because a release's own folder is immutable. An id stays in it after its
folder was deleted, so that a copy which comes back with a backup is refused too. A reason names nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from chatwright.core.errors import ReleaseError
from chatwright.core.files import canonical_json, storage, write_atomic

FILE = "quarantined.jsonl"


def quarantined(releases: Path) -> dict[str, str]:
    """`{release id: reason}` of all that are in quarantine now."""
    found: dict[str, str] = {}
    for row in _rows(releases):
        if row["action"] == "quarantine":
            found[row["release"]] = row["reason"]
        else:
            found.pop(row["release"], None)
    return found


def put(releases: Path, ids: Iterable[str], reason: str) -> list[str]:
    """Put these into quarantine; those that are new there. The caller holds the registry's lock."""
    known = quarantined(releases)
    new = [id for id in dict.fromkeys(ids) if id not in known]
    _append(releases, "quarantine", new, reason)
    return new


def lift(releases: Path, ids: Iterable[str], reason: str) -> list[str]:
    """Take these out again; those that were in it. The caller holds the registry's lock."""
    known = quarantined(releases)
    there = [id for id in dict.fromkeys(ids) if id in known]
    _append(releases, "lift", there, reason)
    return there


def refuse(releases: Path, identity: str) -> None:
    """Raise `ReleaseError` where the release is in quarantine."""
    reason = quarantined(releases).get(identity)
    if reason is not None:
        raise ReleaseError(
            f"Release {identity} is in quarantine and cannot be used: {reason}.",
            "Use one that was trained since then: `chatwright release list`, or `chatwright up`.",
        )


def _append(releases: Path, action: str, ids: list[str], reason: str) -> None:
    """All lines at once, durably: what was promised to somebody must survive a crash."""
    if not ids:
        return
    time = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [
        *_rows(releases),
        *({"time": time, "action": action, "release": id, "reason": reason} for id in ids),
    ]
    with storage(releases):
        write_atomic(releases / FILE, "".join(canonical_json(row) + "\n" for row in rows))


def _rows(releases: Path) -> list[dict[str, str]]:
    path = releases / FILE
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    )
