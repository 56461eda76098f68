"""Releases that may not be used any more: they learned from somebody who asked to be forgotten.

    releases/quarantined.jsonl   one line per decision: time, action, release, reason, serving

It stands beside the releases because a release's own folder is immutable. An id stays in it after its
folder was deleted, so that a copy which comes back with a backup is refused too. A reason names nobody.
`serving`: the owner said that the release in force may answer until another takes its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatwright.core.errors import ReleaseError
from chatwright.core.files import canonical_json, storage, write_atomic

FILE = "quarantined.jsonl"


def quarantined(releases: Path) -> dict[str, str]:
    """`{release id: reason}` of all that are in quarantine now."""
    return {id: row["reason"] for id, row in _now(releases).items()}


def _now(releases: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(releases):
        if row["action"] == "quarantine":
            found[row["release"]] = row
        else:
            found.pop(row["release"], None)
    return found


def put(releases: Path, ids: Iterable[str], reason: str, serving: bool = False) -> list[str]:
    """Put these into quarantine; those that are new there. The caller holds the registry's lock."""
    known = _now(releases)
    wanted = list(dict.fromkeys(ids))
    changed = [id for id in wanted if id not in known or known[id]["serving"] != serving]
    _append(releases, "quarantine", changed, reason, serving)
    return [id for id in wanted if id not in known]


def lift(releases: Path, ids: Iterable[str], reason: str) -> list[str]:
    """Take these out again; those that were in it. The caller holds the registry's lock."""
    known = quarantined(releases)
    there = [id for id in dict.fromkeys(ids) if id in known]
    _append(releases, "lift", there, reason)
    return there


def refuse(releases: Path, identity: str, *, served: bool = False) -> None:
    """Raise `ReleaseError` where the release is in quarantine; `served`: not if it may still answer."""
    row = _now(releases).get(identity)
    if row is not None and not (served and row["serving"]):
        raise ReleaseError(
            f"Release {identity} is in quarantine and cannot be used: {row['reason']}.",
            "Use one that was trained since then: `chatwright release list`, or `chatwright up`.",
        )


def _append(
    releases: Path, action: str, ids: list[str], reason: str, serving: bool = False
) -> None:
    """All lines at once, durably: what was promised to somebody must survive a crash."""
    if not ids:
        return
    time = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"time": time, "action": action, "reason": reason, "serving": serving}
    rows = [*_rows(releases), *(about | {"release": id} for id in ids)]
    with storage(releases):
        write_atomic(releases / FILE, "".join(canonical_json(row) + "\n" for row in rows))


def _rows(releases: Path) -> list[dict[str, Any]]:
    path = releases / FILE
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    )
