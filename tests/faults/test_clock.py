"""F9: the wall clock jumps by a day, forth and back. Order, limits and timeouts do not follow it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import httpx
import pytest
from tests.faults.conftest import BOTH
from tests.faults.stub import Parrot, running
from tests.faults.talk import SLACK, ask, complete, last_event, messages, new

from chatwright.store import stamps

DAY = 24 * 3600
JUMPS = (0, DAY, -DAY, 3, -2 * DAY, DAY)


class Shifted:
    """The modules `time` and `datetime` as `stamps` sees them, some seconds off."""

    def __init__(self) -> None:
        self.by = 0.0

    def time_ns(self) -> int:
        return time.time_ns() + int(self.by * 1e9)

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + timedelta(seconds=self.by)


@BOTH
def test_messages_keep_their_order(
    page: httpx.Client, parrot: Parrot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Shifted()
    monkeypatch.setattr(stamps, "time", clock)
    monkeypatch.setattr(stamps, "datetime", clock)
    id, parent, asked = new(page), None, []
    for number, jump in enumerate(JUMPS):
        clock.by = jump
        began = time.monotonic()
        turn = ask(page, id, str(number), parent).json()
        clock.by = -jump  # in the middle of the reply as well
        name, message = last_event(page, turn["turn_id"])
        assert (name, message["status"]) == ("done", "done")
        assert time.monotonic() - began < 5 * SLACK
        parent = message["id"]
        asked += [turn["user_message"]["id"], parent]
    found = messages(page, id)
    assert [message["id"] for message in found] == asked
    assert [m["content"] for m in found if m["role"] == "user"] == [
        str(n) for n in range(len(JUMPS))
    ]
    days = {message["created_at"][:10] for message in found}
    assert len(days) >= 3, "the clock was not moved"
    assert complete(page).status_code == 200
    time.sleep(2.5)  # some looks of the one who buries dead processes
    assert {message["status"] for message in messages(page, id)} == {"done"}


def library() -> Path | None:
    """libfaketime, where it is installed (Debian: apt-get install faketime)."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return found[0] if found else None


@pytest.mark.soak
@pytest.mark.skipif(library() is None, reason="there is no libfaketime here")
def test_a_whole_server_with_a_jumping_clock(tmp_path: Path) -> None:
    stamp = tmp_path / "clock"
    stamp.write_text("+0")
    environment = os.environ | {
        "LD_PRELOAD": str(library()),
        "FAKETIME_TIMESTAMP_FILE": str(stamp),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    place = str(tmp_path / "store.db")
    engine = {"pieces": 400, "delay": 0.01}
    with (
        running(place, tmp_path, environment=environment, engine=engine) as server,
        httpx.Client(base_url=server.address, timeout=30) as client,
    ):
        id, parent, asked = new(client), None, []
        for number, jump in enumerate(JUMPS):
            turn = ask(client, id, str(number), parent).json()
            stamp.write_text(f"{jump:+d}")
            _, message = last_event(client, turn["turn_id"])
            assert message["status"] == "done"
            parent = message["id"]
            asked += [turn["user_message"]["id"], parent]
        found = messages(client, id)
        assert [message["id"] for message in found] == asked
        today = datetime.now(UTC).date()
        days = {(datetime.fromisoformat(m["created_at"]).date() - today).days for m in found}
        assert min(days) < 0 < max(days), "the clock was not moved"
        assert server.end()["running"] == 0
    print("F9", {"jumps": list(JUMPS), "messages": len(found), "in order": True})
