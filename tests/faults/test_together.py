"""F14 and more: several server processes on one store, on one port or on several."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from tests.faults.conftest import BOTH
from tests.faults.stub import ROOT, pair, running
from tests.faults.talk import SLACK, ask, last_event, messages, new

from chatwright.core.errors import ChatwrightError
from chatwright.server import siblings
from chatwright.server.serve import bind
from chatwright.server.siblings import Siblings
from chatwright.store import Database
from chatwright.store.tables import messages as table

# --- F14 -----------------------------------------------------------------------------------------


def written(place: str, processes: int, seconds: float, rate: float) -> dict[str, Any]:
    Database(place).close()
    command = [sys.executable, "-m", "tests.faults.writing", place, str(seconds), str(rate)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    found = [json.loads(process.communicate(timeout=seconds + 60)[0]) for process in started]
    took = sorted(value for one in found for value in one["took"])
    known = {id for one in found for id in one["acknowledged"]}
    database = Database(place)
    with database.read() as connection:
        stored = set(connection.execute(select(table.c.id)).scalars())
        done = select(func.count()).where(table.c.role == "assistant", table.c.status == "done")
        assert connection.execute(done).scalar() == len(known)
    database.close()
    assert [error for one in found for error in one["errors"]] == []
    assert known <= stored
    return {
        "writes": len(took),
        "per_second": round(len(took) / seconds),
        "p50_ms": round(1000 * took[len(took) // 2], 1),
        "p99_ms": round(1000 * took[int(0.99 * len(took))], 1),
        "max_ms": round(1000 * took[-1], 1),
    }


@BOTH
def test_four_processes_write_at_once(place: str) -> None:
    found = written(place, 4, 3, rate=20)
    assert found["p99_ms"] < 250 * SLACK, found
    assert found["writes"] > 20


@pytest.mark.soak
@BOTH
@pytest.mark.parametrize("rate", [20, 0])
def test_four_processes_write_for_long(place: str, rate: float) -> None:
    found = written(place, 4, 60, rate)
    print("F14", place.split(":")[0], "without a pause" if not rate else f"{rate}/s each", found)
    assert found["p99_ms"] < 250, found


# --- turns of another process --------------------------------------------------------------------


def deltas(text: str) -> list[tuple[int, str]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if fields.get("event") == "delta":
            found.append((int(fields["id"]), json.loads(fields["data"])["text"]))
    return found


@BOTH
def test_a_turn_is_read_stopped_and_judged_through_another_process(
    place: str, tmp_path: Path
) -> None:
    engine = {"pieces": 60, "delay": 0.05}
    with (
        pair(place, tmp_path, engine=engine) as (one, two),
        httpx.Client(base_url=one.address, timeout=60) as here,
    ):
        id = new(here)
        turn = ask(here, id, "Hi").json()
        address = f"/api/turns/{turn['turn_id']}/events"
        with httpx.Client(base_url=two.address, timeout=60, cookies=here.cookies) as there:
            with here.stream("GET", address) as response:
                begun = ""
                for piece in response.iter_text():
                    begun += piece
                    if len(deltas(begun)) > 5:
                        break
            seen, head = deltas(begun)[-1][0], "".join(text for _, text in deltas(begun))
            rest = there.get(address, headers={"last-event-id": str(seen)}).text
            whole = there.get(address).text
            _, message = last_event(there, turn["turn_id"])
            assert message["status"] == "done"
            assert head + "".join(text for _, text in deltas(rest)) == message["content"]
            assert "".join(text for _, text in deltas(whole)) == message["content"]
            assert len(deltas(rest)) > 1  # it came while it was written
            said = {"thumb": "up", "comment": "", "correction": ""}
            judged = there.put(f"/api/messages/{message['id']}/feedback", json=said)
            assert judged.status_code == 200

            second = ask(here, id, "More", message["id"]).json()
            assert there.post(f"/api/turns/{second['turn_id']}/stop").status_code == 202
            began = time.monotonic()
            name, message = last_event(here, second["turn_id"])
            assert (name, message["status"]) == ("done", "stopped")
            assert time.monotonic() - began < 2.5 * SLACK
            with httpx.Client(base_url=two.address) as stranger:
                for method, path in (("GET", "events"), ("POST", "stop")):
                    path = f"/api/turns/{second['turn_id']}/{path}"
                    assert stranger.request(method, path).status_code == 404


@pytest.mark.soak
@BOTH
def test_a_living_process_keeps_its_turn_when_another_starts_and_a_dead_one_loses_it(
    place: str, tmp_path: Path
) -> None:
    engine = {"pieces": 900, "delay": 0.05}
    with (
        pair(place, tmp_path, engine=engine) as (one, two),
        httpx.Client(base_url=one.address, timeout=60) as here,
    ):
        id = new(here)
        turn = ask(here, id, "Hi").json()
        with (
            running(place, tmp_path),
            httpx.Client(base_url=two.address, timeout=60, cookies=here.cookies) as there,
        ):
            time.sleep(1.5)
            assert messages(there, id)[1]["status"] == "running"
            one.kill()
            began = time.monotonic()
            name, message = last_event(there, turn["turn_id"])
            assert (name, message["status"]) == ("error", "interrupted")
            assert time.monotonic() - began < 10 * SLACK
            assert message["content"].startswith("0 xx1 xx2 xx")  # as far as it was saved


# --- several on one port -------------------------------------------------------------------------


def stub(tmp_path: Path, **options: Any) -> list[str]:
    values = {"place": str(tmp_path / "store.db"), "folder": str(tmp_path), **options}
    return [sys.executable, "-m", "tests.faults.stub", json.dumps(values)]


def pids(parent: int) -> set[int]:
    command = ["ps", "-o", "pid=", "--ppid", str(parent)]
    listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = set()
    for pid in map(int, listing.split()):
        with suppress(OSError):
            if b"tests.faults.stub" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.add(pid)
    return found


SEVERAL = """
import json, sys
from chatwright.server.serve import bind
from chatwright.server.siblings import Siblings
with bind("127.0.0.1", 0) as listener:
    Siblings(json.loads(sys.argv[1]), 2, listener).run(lambda said: print(said["address"], flush=True))
"""


def several(tmp_path: Path, **options: Any) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SEVERAL, json.dumps(stub(tmp_path, **options))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def done(client: httpx.Client) -> dict[str, float]:
    """How many replies all processes together have made, as whichever answers tells it."""
    text = client.get("/metrics").text
    turns = re.findall(r"^chatwright_turns_total{process=.*} (.*)$", text, re.MULTILINE)
    states = re.findall(r'^chatwright_processes{state="(.*)"} (.*)$', text, re.MULTILINE)
    return {"total": sum(map(float, turns))} | {state: float(n) for state, n in states}


def test_two_processes_on_one_port(tmp_path: Path) -> None:
    process, address = several(tmp_path)
    try:
        assert address.startswith("http://127.0.0.1:")
        before = pids(process.pid)
        assert len(before) == 2
        with httpx.Client(base_url=address, timeout=60) as client:
            id, parent = new(client), None
            for number in range(6):  # whoever takes the connection
                client.headers["connection"] = "close"
                turn = ask(client, id, str(number), parent).json()
                _, message = last_event(client, turn["turn_id"])
                assert message["status"] == "done"
                parent = message["id"]
            assert len(messages(client, id)) == 12
            assert done(client) == {"total": 6, "expected": 2, "answering": 2}
            os.kill(min(before), signal.SIGKILL)
            began = time.monotonic()
            while len(pids(process.pid)) < 2 or pids(process.pid) == before:
                assert time.monotonic() - began < 10 * SLACK
                time.sleep(0.05)
                assert client.get("/ready").status_code == 200
    finally:
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.strip() == "A server process ended by itself; it is started again."
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


@pytest.mark.soak
def test_they_end_when_the_first_one_is_killed(tmp_path: Path) -> None:
    process, _ = several(tmp_path, grace=1)
    children = pids(process.pid)
    process.kill()
    process.communicate()
    began = time.monotonic()
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() - began < 10 * SLACK
        time.sleep(0.05)


def test_one_that_cannot_start_ends_them_all(capfd: pytest.CaptureFixture[str]) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('It cannot be.')"]
    with bind("127.0.0.1", 0) as listener, pytest.raises(ChatwrightError, match="could not start"):
        Siblings(failing, 2, listener).run(lambda address: None)
    assert "It cannot be." in capfd.readouterr().err
    assert siblings.inherited() is None


@pytest.mark.soak
def test_signals_reach_every_process(tmp_path: Path) -> None:
    """Live streams of two processes end with an error when the grace is over, and it exits with 0."""
    process, address = several(tmp_path, grace=1, engine={"pieces": 5000, "delay": 0.02})
    texts: list[str] = []
    started = threading.Barrier(9)

    def stream() -> None:
        body = {"model": "library", "messages": [{"role": "user", "content": "x"}], "stream": True}
        url = f"{address}/v1/chat/completions"
        with httpx.stream("POST", url, json=body, timeout=60) as response:
            pieces = response.iter_text()
            first = next(pieces)
            started.wait(20)
            texts.append(first + "".join(pieces))

    threads = [threading.Thread(target=stream) for _ in range(8)]
    for thread in threads:
        thread.start()
    started.wait(20)
    process.send_signal(signal.SIGINT)
    for thread in threads:
        thread.join(20)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert len(texts) == 8
    assert all(text.endswith("data: [DONE]\n\n") and '"error"' in text for text in texts)
