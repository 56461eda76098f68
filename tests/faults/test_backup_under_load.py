"""F17: a backup while four processes write, and the way back; a large one within a minute."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.faults.conftest import BOTH
from tests.faults.stub import ROOT

from chatwright.store import Conversations, Database
from chatwright.store.backup import back_up, restore
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import messages


def under_load(place: str, folder: Path, seconds: float) -> dict[str, Any]:
    Database(place).close()
    command = [sys.executable, "-m", "tests.faults.writing", place, str(seconds), "40"]
    writers = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    database = Database(place)
    before: set[str] = set()
    time.sleep(seconds / 3)
    while len(before) < 20:
        with database.read() as connection:
            before = set(connection.execute(select(messages.c.id)).scalars())
    file = folder / "copy"
    began = time.monotonic()
    back_up(place, file)
    took = time.monotonic() - began
    found = [json.loads(writer.communicate(timeout=60)[0]) for writer in writers]
    with database.read() as connection:
        after = set(connection.execute(select(messages.c.id)).scalars())
    restore(place, file)
    with database.read() as connection:
        restored = set(connection.execute(select(messages.c.id)).scalars())
        running = select(func.count()).where(messages.c.status == "running")
        open_ones = connection.execute(running).scalar()
    database.close()
    assert sum(len(one["acknowledged"]) for one in found) > 20
    assert [error for one in found for error in one["errors"]] == []
    assert before <= restored < after
    is_a_prefix(found, restored)
    assert open_ones is not None
    assert open_ones <= 4  # those that were just being answered
    slowest = max(value for one in found for value in one["took"])
    return {
        "messages": len(restored),
        "backup_s": round(took, 2),
        "slowest_write_ms": round(1000 * slowest),
    }


def is_a_prefix(writers: list[dict[str, Any]], restored: set[str]) -> None:
    """What was restored is all that was acknowledged up to some moment, of each writer and of all of them:
    nothing is there that was begun after something was acknowledged that is not."""
    begun, missing = [0.0], [float("inf")]
    for writer in writers:
        there = [id in restored for id in writer["acknowledged"]]
        assert there == sorted(there, reverse=True), "a gap in what one writer was told"
        for (asked, told), kept in zip(writer["spans"], there, strict=True):
            (begun if kept else missing).append(asked if kept else told)
    assert len(begun) > 1 and len(missing) > 1, "the backup was not made in the middle"
    assert max(begun) <= min(missing), "a later message is there, and an earlier one is not"


@BOTH
def test_a_backup_under_load(place: str, tmp_path: Path) -> None:
    under_load(place, tmp_path, 3)


@pytest.mark.soak
@BOTH
def test_a_backup_under_load_for_long(place: str, tmp_path: Path) -> None:
    print("F17", place.split(":")[0], under_load(place, tmp_path, 20))


def large(place: str, folder: Path, blocks: int) -> dict[str, float]:
    """Back up and restore `blocks` times 1,000 messages of 2 KB that compress badly."""
    database = Database(place)
    id = Conversations(database).create("library", "ann").id
    rows = 1_000
    for block in range(blocks):
        with database.write(shared=True) as connection:
            text = "".join(new_id() for _ in range(58))
            values = {"conversation_id": id, "role": "user", "status": "done", "created_at": now()}
            values |= {"sources": [], "left_out": 0, "stopping": 0}
            connection.execute(
                messages.insert(),
                [
                    values | {"id": new_id(), "seq": block * rows + n, "content": text[n % 50 :]}
                    for n in range(rows)
                ],
            )
    database.close()
    file = folder / "copy"
    began = time.monotonic()
    back_up(place, file)
    copied = time.monotonic() - began
    began = time.monotonic()
    restore(place, file)
    took = time.monotonic() - began
    database = Database(place)
    with database.read() as connection:
        count = connection.execute(select(func.count()).select_from(messages)).scalar()
    database.close()
    assert count == blocks * rows
    return {"backup_s": round(copied, 1), "restore_s": round(took, 1)}


@pytest.mark.soak
@BOTH
def test_a_gigabyte_is_restored_within_a_minute(place: str, tmp_path: Path) -> None:
    found = large(place, tmp_path, 500)
    print("F17", place.split(":")[0], "1 GB", found)
    assert found["restore_s"] < 60
