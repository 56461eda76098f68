"""The whole life of a tiny bot through its front doors: commands, official client, web API.

A browser on such a server: `scripts/test`.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from tests import tiny as small

from chatwright.spec import load_spec
from chatwright.store import Database

ASK: list[Any] = [{"role": "user", "content": "Can I borrow a map?"}]


def chatwright(*line: object) -> str:
    """Run one command to its end; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "chatwright.cli", *map(str, line)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass
class Served:
    """A running `chatwright up`."""

    process: subprocess.Popen[str]
    address: str
    deployment: str

    @property
    def openai(self) -> openai.OpenAI:
        return openai.OpenAI(base_url=f"{self.address}/v1", api_key="none", max_retries=0)


@contextmanager
def up(folder: Path) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "chatwright.cli", "up", str(folder), "--port", "0", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            pytest.fail(f"up said nothing: {process.communicate()[1]}")
        told = json.loads(line)
        yield Served(process, told["address"], told["deployment"])
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bot folder of a few minutes' work: init, import."""
    folder = tmp_path_factory.mktemp("life") / "mybot"
    chatwright("init", folder, "--purpose", "Helps readers.", "--topics", "books")
    small.settle(folder)
    chats = small.write_rows(folder.parent / "chats.jsonl", 300)
    chatwright("import", chats, "--bot", folder)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """`up` does the rest: data, training, evaluation, promotion, serving. In the end it is asked to go."""
    with up(folder) as found:
        yield found
        found.process.send_signal(signal.SIGTERM)
        _, err = found.process.communicate(timeout=20)
        assert found.process.returncode == 0, err
        assert "Traceback" not in err


def test_it_is_ready(served: Served) -> None:
    assert httpx.get(f"{served.address}/health").status_code == 200
    assert httpx.get(f"{served.address}/ready").status_code == 200
    assert "chatwright" in httpx.get(f"{served.address}/metrics").text
    assert served.openai.models.list().data


def test_the_official_client(served: Served) -> None:
    client = served.openai
    model = client.models.list().data[0].id
    whole = client.chat.completions.create(model=model, messages=ASK, temperature=0)
    assert whole.system_fingerprint == served.deployment
    choice = whole.choices[0]
    assert choice.finish_reason == "stop"
    assert choice.message.content
    assert whole.usage
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
    stream = client.chat.completions.create(
        model=model,
        messages=ASK,
        temperature=0,
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == choice.message.content
    assert chunks[-1].usage == whole.usage
    assert {c.system_fingerprint for c in chunks} == {served.deployment}
    seeded = {"model": model, "messages": ASK, "temperature": 1.5, "seed": 5}
    drawn = [client.chat.completions.create(**seeded).choices[0].message.content for _ in range(2)]
    assert drawn[0] == drawn[1]
    with pytest.raises(openai.BadRequestError):
        long = [{"role": "user", "content": "word " * 2000}]
        client.chat.completions.create(model=model, messages=long)  # type: ignore[arg-type]


async def test_the_official_client_async(served: Served) -> None:
    async with openai.AsyncOpenAI(base_url=f"{served.address}/v1", api_key="none") as client:
        model = (await client.models.list()).data[0].id
        whole = await client.chat.completions.create(model=model, messages=ASK, temperature=0)
        parts = []
        async for chunk in await client.chat.completions.create(
            model=model, messages=ASK, temperature=0, stream=True
        ):
            parts += [c.delta.content or "" for c in chunk.choices]
        assert "".join(parts) == whole.choices[0].message.content


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in block.splitlines() if not line.startswith(":")
        )
        if "event" in fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_conversation_and_a_correction(served: Served, folder: Path) -> None:
    """As the page does it; and the correction is in the store, beside release and deployment."""
    with httpx.Client(base_url=served.address, timeout=30) as page:
        bot = page.get("/api/bot").json()
        assert bot["deployment"] == served.deployment
        made = page.post("/api/conversations", json={}).json()
        said = {"content": "Is the Oak Room free on Monday?", "parent_id": None}
        turn = page.post(f"/api/conversations/{made['id']}/turns", json=said).json()
        told = events(page.get(f"/api/turns/{turn['turn_id']}/events").text)
        kind, reply = told[-1]
        assert kind == "done"
        assert reply["status"] == "done"
        assert "".join(data["text"] for kind, data in told if kind == "delta") == reply["content"]
        said = {"thumb": "down", "comment": "wrong", "correction": "It is free, on Tuesday too."}
        opinion = {**said, "score": None}
        saved = page.put(f"/api/messages/{reply['id']}/feedback", json=opinion)
        assert saved.json() == opinion
        whole = page.get(f"/api/conversations/{made['id']}").json()
        assert [m["role"] for m in whole["messages"]] == ["user", "assistant"]
        assert whole["messages"][1]["feedback"] == opinion
        assert whole["messages"][1]["release"] == bot["release"]
    with httpx.Client(base_url=served.address) as stranger:
        assert stranger.get(f"/api/conversations/{made['id']}").status_code == 404
    database = Database(load_spec(folder).made / "store.db")
    try:
        with database.read() as connection:
            rows = connection.exec_driver_sql("select correction from feedback").fetchall()
    finally:
        database.close()
    assert [row[0] for row in rows] == ["It is free, on Tuesday too."]


@pytest.mark.soak
def test_a_promotion_while_it_serves(served: Served, folder: Path) -> None:
    """Another release is made and promoted by another process: not one request fails."""
    client, seen, failed = served.openai, [], []
    over = threading.Event()

    def customer() -> None:
        while not over.is_set():
            try:
                reply = client.chat.completions.create(model="mybot", messages=ASK, max_tokens=20)
                seen.append(reply.system_fingerprint)
            except Exception as error:
                failed.append(error)
            time.sleep(0.05)  # two cores are shared with the release that is being made

    threads = [threading.Thread(target=customer) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        path = folder / "bot.toml"
        path.write_text(path.read_text() + "\n[answers]\nmax_tokens = 100\n")
        figures = json.loads(chatwright("up", folder, "--no-serve", "--json"))
        wait_until(lambda: bool(seen) and seen[-1] != served.deployment)
        before = chatwright("release", "rollback", "--bot", folder, "--json")
        assert json.loads(before)["deployment"] == served.deployment
        wait_until(lambda: seen[-1] == served.deployment)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert len(set(seen)) == 2
    releases = json.loads(chatwright("release", "list", "--bot", folder, "--json"))
    assert figures["release"] in {row["id"] for row in releases["releases"]}
    assert releases["served"] != figures["release"]


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_second_start_is_quick_and_remembers(served: Served, folder: Path) -> None:
    """Everything is made already: a second server on the same folder answers within seconds."""
    before = time.monotonic()
    with up(folder) as second:
        assert time.monotonic() - before < 15
        assert second.address != served.address
        reply = second.openai.chat.completions.create(model="mybot", messages=ASK, temperature=0)
        assert reply.choices[0].message.content
        second.process.send_signal(signal.SIGINT)
        second.process.communicate(timeout=20)
        assert second.process.returncode == 0
