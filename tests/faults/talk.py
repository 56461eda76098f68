"""Short words for what clients do in fault tests."""

from __future__ import annotations

import json
from typing import Any

import httpx
from tests.faults.stub import CHAT

# The short forms run where the cores may be busy with other things: they look at what happens, and the
# long ones, alone on their machine, at how fast.
SLACK = 5

GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
STREAM = GOOD | {"stream": True}


def new(client: httpx.Client) -> str:
    response = client.post("/api/conversations", json={})
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def ask(client: httpx.Client, id: str, content: str, parent: str | None = None) -> httpx.Response:
    body = {"content": content, "parent_id": parent}
    return client.post(f"/api/conversations/{id}/turns", json=body)


def last_event(client: httpx.Client, turn_id: str, **options: Any) -> tuple[str, Any]:
    """Name and message of the event that ended a turn."""
    text = client.get(f"/api/turns/{turn_id}/events", **options).text
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    fields = dict(line.split(": ", 1) for line in blocks[-1].split("\n"))
    data = json.loads(fields["data"])
    return fields["event"], data if fields["event"] == "done" else data["message"]


def messages(client: httpx.Client, id: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/conversations/{id}")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["messages"]
    return found


def complete(client: httpx.Client) -> httpx.Response:
    return client.post(CHAT, json=GOOD)


def gauge(client: httpx.Client, name: str) -> float:
    text = client.get("/metrics").text
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))
