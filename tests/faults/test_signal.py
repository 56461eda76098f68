"""F13: SIGTERM with live streams, of programs and of the page."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from tests.faults.stub import CHAT, running
from tests.faults.talk import SLACK, STREAM, ask, new

from chatwright.server.serve import GRACE
from chatwright.store import Database
from chatwright.store.tables import messages as table

STREAMS = 20


@pytest.mark.parametrize(
    ("place", "end"),
    [("sqlite", "grace is over"), ("postgres", "they end by themselves")],
    indirect=["place"],
)
def test_sigterm_with_live_streams(place: str, tmp_path: Path, end: str) -> None:
    assert GRACE <= 30
    long = end == "grace is over"
    engine = {"pieces": 2000 if long else 100, "delay": 0.02}
    with running(place, tmp_path, engine=engine, grace=1 if long else 20) as server:
        started = threading.Barrier(STREAMS + 1)
        texts: list[str] = []

        def read(response: httpx.Response) -> None:
            pieces = response.iter_text()
            first = next(pieces)
            started.wait(20)
            texts.append(first + "".join(pieces))

        def program() -> None:
            url = f"{server.address}{CHAT}"
            with httpx.stream("POST", url, json=STREAM, timeout=30) as response:
                read(response)

        with httpx.Client(base_url=server.address, timeout=30) as page:
            id = new(page)

            def person() -> None:
                turn = ask(page, id, "Hi").json()
                with page.stream("GET", f"/api/turns/{turn['turn_id']}/events") as response:
                    read(response)

            threads = [threading.Thread(target=program) for _ in range(STREAMS // 2)]
            threads += [threading.Thread(target=person) for _ in range(STREAMS // 2)]
            for thread in threads:
                thread.start()
            started.wait(20)
            server.process.terminate()
            began = time.monotonic()
            while httpx.get(f"{server.address}/ready").status_code != 503:
                assert time.monotonic() - began < 0.5 * SLACK
            refused = page.post("/api/conversations/x/turns", json={"content": "x"})
            assert refused.status_code == 503
            assert "retry-after" in refused.headers
            for thread in threads:
                thread.join(30)
            assert server.end(20)["running"] == 0
        assert len(texts) == STREAMS
        for text in texts:
            last = [block for block in text.split("\n\n") if block][-1]
            assert ('"error":{' in text) == long, text[-300:]
            assert last == "data: [DONE]" or last.startswith(
                ("event: error", "event: done", "id: ")
            )
    database = Database(place)
    query = select(table.c.status, table.c.content).where(table.c.role == "assistant")
    with database.read() as connection:
        replies = connection.execute(query).all()
    database.close()
    assert len(replies) == STREAMS // 2
    assert {status for status, _ in replies} == {"interrupted" if long else "done"}
    assert all(content.startswith("0 xx1 xx") for _, content in replies)
