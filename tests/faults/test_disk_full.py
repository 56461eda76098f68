"""F4: the disk below the store is full. Writes are refused in words; all else goes on, and recovers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.faults.stub import Parrot
from tests.faults.talk import SLACK, ask, complete, last_event, messages, new
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.spec import Spec
from chatwright.store import Database

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def place(disk: Path) -> str:
    return str(disk / "store.db")


@pytest.fixture
def app(spec: Spec, database: Database) -> FastAPI:
    return create_app(Bot(spec, Parrot(pieces=200, delay=0.005), "r", "d"), database, spec)


def fill(disk: Path) -> Path:
    """Take what is left, to the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 65_536
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    return filler


def test_a_full_disk_and_room_again(app: FastAPI, disk: Path, place: str) -> None:
    with served_app(app) as url, httpx.Client(base_url=url, timeout=30) as client:
        id = new(client)
        whole = ask(client, id, "x" * 1000).json()
        assert last_event(client, whole["turn_id"])[1]["status"] == "done"
        caught = ask(client, id, "x" * 10_000).json()  # is being answered while the disk fills up
        filler = fill(disk)
        refused = []
        for _ in range(20):  # what the file has left inside may take one or another
            refused.append(ask(client, id, "x" * 100_000))
        assert {response.status_code for response in refused} <= {507, 202}
        assert refused[-1].status_code == 507
        assert refused[-1].json()["error"]["code"] == "storage_full"
        assert complete(client).status_code == 200
        assert len(messages(client, id)) >= 4
        assert client.get("/ready").status_code == 200
        last_event(client, caught["turn_id"])

        filler.unlink()
        began = time.monotonic()
        while ask(client, id, "x" * 100_000).status_code != 202:
            assert time.monotonic() - began < 10 * SLACK
            time.sleep(0.1)
        while any(message["status"] == "running" for message in messages(client, id)):
            assert time.monotonic() - began < 10 * SLACK
            time.sleep(0.1)
        saved = {message["id"]: message for message in messages(client, id)}
        assert len(saved[caught["message"]["id"]]["content"]) == 4 * 200
    with sqlite3.connect(place) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
