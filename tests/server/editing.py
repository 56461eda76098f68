"""An editor of the knowledge page, for tests of its API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server.callers import bearer

from chatwright.store import Database, Keys

BASE = "/api/console/knowledge"
PARKING = b"# Parking\n\nBehind the house there is parking for forty bicycles.\n"
CARS = b"# Parking\n\nBehind the house there is parking for two cars.\n"


class Client:
    """What the page does, as an editor."""

    def __init__(self, client: httpx.Client, key: str) -> None:
        self.client, self.headers = client, bearer(key)
        client.timeout = 60  # a child process that reads a PDF may take its time to start

    def get(self, path: str = "", **params: Any) -> Any:
        got = self.client.get(BASE + path, params=params, headers=self.headers)
        assert got.status_code == 200, got.text
        return got.json()

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        got = self.client.post(BASE + path, json=body, headers=self.headers)
        assert got.status_code == status, got.text
        return got.json()

    def send(self, name: str, content: bytes) -> httpx.Response:
        return self.client.post(
            f"{BASE}/uploads", params={"name": name}, content=content, headers=self.headers
        )

    def upload(self, name: str, content: bytes) -> Any:
        got = self.send(name, content)
        assert got.status_code == 201, got.text
        return got.json()

    def put(self, name: str, content: bytes, status: int = 200, **more: Any) -> Any:
        sent = self.upload(name, content)
        taken = {"upload": sent["id"], "version": sent["version"]} | more
        return self.post("/edits", {"put": [taken]}, status)

    def version(self, name: str) -> str:
        return str(self.get("/document", name=name)["version"])

    def remove(self, name: str, **more: Any) -> Any:
        gone = {"name": name, "version": self.version(name)}
        return self.post("/edits", {"remove": [gone]} | more)

    def names(self) -> list[str]:
        return [one["name"] for one in self.get("/documents")["documents"]]

    def first(self, question: str) -> str:
        hits = self.get("/search", q=question)["hits"]
        return str(hits[0]["text"]) if hits else ""


@pytest.fixture
def page(client: httpx.Client, database: Database, tmp_path: Path) -> Client:
    _, key = Keys(database).create("library", "editor", ["review", "curate"])
    (tmp_path / "knowledge").mkdir()
    return Client(client, key)


def code(got: httpx.Response) -> str:
    return str(got.json()["error"]["code"])


def said(got: httpx.Response) -> str:
    return str(got.json()["error"]["message"])
