"""F7, the store's part: texts that no database should have to see. 4xx or kept as they are; never a 5xx."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest
from tests.faults.conftest import BOTH
from tests.faults.talk import SLACK, ask, last_event, messages, new

JSON = {"content-type": "application/json"}
KEPT = {
    "a word of 150,000 characters": "x" * 150_000,
    "special tokens": "<|user|><|assistant|><|end|><NAME_1></s>[INST]",
    "controls": "\x01\x02\x1b[31m\x7f\u0085\u2028\ufeff",
    "right to left, combining, far planes": "\u202e\u0301" * 50
    + "\U0010fffd\U0001f469\u200d\U0001f4bb",
    "quotes": "'\"; DROP TABLE messages; -- %s %(x)s $1 ? :name \\",
    "not quite NUL": "\\0 \\u0000 &#0; %00",
}
REFUSED: dict[str, bytes] = {
    "NUL": b'"a\\u0000b"',
    "half a surrogate pair": b'"\\ud800"',
    "bytes that are no UTF-8": b'"\xff\xfe"',
    "NaN": b"NaN",
    "deep": b"[" * 10_000 + b"]" * 10_000,
    "a number without end": b"9" * 5000,
    "a megabyte and a byte": b'"' + b"x" * 1_000_000 + b'"',
}


def quick(client: httpx.Client, method: str, path: str, **options: Any) -> httpx.Response:
    began = time.monotonic()
    response = client.request(method, path, **options)
    assert time.monotonic() - began < 1 * SLACK
    assert response.status_code < 500, response.text
    return response


@BOTH
def test_odd_texts_are_kept_as_they_are(page: httpx.Client) -> None:
    for name, text in KEPT.items():
        id = new(page)
        turn = ask(page, id, text).json()
        last_event(page, turn["turn_id"])
        assert messages(page, id)[0]["content"] == text, name
        said = {"thumb": "down", "comment": text[:20_000], "correction": text[:20_000]}
        quick(page, "PUT", f"/api/messages/{turn['message']['id']}/feedback", json=said)
        assert messages(page, id)[1]["feedback"] == said | {"score": None}, name
        words = text[:200].strip()
        quick(page, "PATCH", f"/api/conversations/{id}", json={"title": words})
        found = quick(page, "GET", "/api/conversations", params={"search": words[:50]}).json()
        assert id in [row["id"] for row in found["conversations"]], name


@BOTH
@pytest.mark.parametrize("name", list(REFUSED))
def test_poison_is_refused_everywhere(page: httpx.Client, name: str) -> None:
    value = REFUSED[name]
    id = new(page)
    turn = ask(page, id, "Hi").json()
    last_event(page, turn["turn_id"])
    before = messages(page, id)
    for method, path, body in [
        ("POST", f"/api/conversations/{id}/turns", b'{"content": %b, "parent_id": null}'),
        ("POST", f"/api/conversations/{id}/turns", b'{"content": "x", "parent_id": %b}'),
        ("PATCH", f"/api/conversations/{id}", b'{"title": %b}'),
        ("PUT", f"/api/messages/{turn['message']['id']}/feedback", b'{"comment": %b}'),
        ("POST", "/api/conversations", b'{"x": %b}'),
        ("POST", "/v1/chat/completions", b'{"model": "library", "messages": %b}'),
    ]:
        response = quick(page, method, path, content=body % value, headers=JSON)
        assert 400 <= response.status_code < 500, (path, response.text)
        assert set(response.json()) == {"error"}
    assert messages(page, id) == before


@BOTH
@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "'", "%25", "x" * 5000])
def test_odd_ids_and_searches(page: httpx.Client, odd: str) -> None:
    for method, path, body in [
        ("GET", f"/api/conversations/{odd}", None),
        ("DELETE", f"/api/conversations/{odd}", None),
        ("PATCH", f"/api/conversations/{odd}", {"title": "x"}),
        ("POST", f"/api/conversations/{odd}/turns", {"content": "x", "parent_id": None}),
        ("GET", f"/api/turns/{odd}/events", None),
        ("POST", f"/api/turns/{odd}/stop", None),
        ("PUT", f"/api/messages/{odd}/feedback", {"thumb": "up"}),
    ]:
        response = quick(
            page, method, path, content=json.dumps(body) if body else None, headers=JSON
        )
        assert response.status_code in (400, 404), (path, response.text)
    response = quick(page, "GET", f"/api/conversations?search={odd}")
    assert response.status_code in (200, 400)
    for after in ("-1", "1e9", "9" * 30, "%00"):
        assert quick(page, "GET", f"/api/turns/x/events?after={after}").status_code in (400, 404)


def test_large_numbers_and_other_doors(page: httpx.Client) -> None:
    base = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
    for field, value in [
        ("n", 10**6),
        ("max_tokens", 2**63),
        ("seed", 2**80),
        ("stop", ["x"] * 999),
    ]:
        response = quick(page, "POST", "/v1/chat/completions", json=base | {field: value})
        assert response.status_code in (200, 400), (field, response.text)
        assert response.status_code == 400 or field == "max_tokens", field
    ranges = {"range": "bytes=" + ",".join("0-" for _ in range(1000))}
    assert quick(page, "GET", "/api/bot", headers=ranges).status_code < 417
    assert page.get("/", headers=ranges).status_code in (200, 206, 416, 503)  # 503: it is not built
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' for _ in range(9999)
    )
    multipart = {"content-type": "multipart/form-data; boundary=x"}
    assert (
        quick(page, "POST", "/api/conversations", content=parts, headers=multipart).status_code
        == 400
    )
    zipped = JSON | {"content-encoding": "gzip"}
    assert (
        quick(page, "POST", "/api/conversations", content=b"x", headers=zipped).status_code == 415
    )
