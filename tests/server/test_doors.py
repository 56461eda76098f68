"""What every request meets: limits, host names, errors in one shape, headers, figures, the page."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine, Script
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core.errors import StorageFull
from chatwright.server import create_app, limits
from chatwright.server.hosts import host_name, is_loopback
from chatwright.server.limits import too_deep
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.feedback import Rated
from chatwright.store.records import FeedbackRecord

CHAT = "/v1/chat/completions"
JSON = {"content-type": "application/json"}
GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}


def is_error(response: httpx.Response, status: int, code: str | None = None) -> None:
    assert response.status_code == status, response.text
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"].endswith(".")
    assert "Traceback" not in response.text
    assert response.headers["x-request-id"].startswith("req_")
    if code is not None:
        assert error["code"] == code


# --- bodies --------------------------------------------------------------------------------------


def test_a_body_that_is_too_large(client: httpx.Client, engine: FakeEngine) -> None:
    large = b'{"model": "' + b"x" * limits.BODY + b'"}'
    is_error(client.post(CHAT, content=large, headers=JSON), 413, "request_too_large")

    def chunked() -> Any:
        for _ in range(11):
            yield b" " * 100_000

    is_error(client.post(CHAT, content=chunked(), headers=JSON), 413, "request_too_large")
    assert engine.asked == []
    assert client.post(CHAT, json=GOOD).status_code == 200


def test_a_body_as_large_as_allowed(client: httpx.Client) -> None:
    body = json.dumps(GOOD).encode()
    body += b" " * (limits.BODY - len(body))
    assert client.post(CHAT, content=body, headers=JSON).status_code == 200


def test_a_body_that_trickles(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)

    def slow() -> Any:
        for _ in range(3):
            yield b" "
            time.sleep(0.1)

    is_error(client.post(CHAT, content=slow(), headers=JSON), 408)


def test_a_body_that_breaks_off(client: httpx.Client, url: str, engine: FakeEngine) -> None:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as raw:
        head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n"
        raw.sendall(head.encode() + b"{")
    assert client.get("/health").status_code == 200
    assert engine.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"model": "\xc3"}',
        b'{"model": "library", "messages": [{"role": "user", "content": "\\ud800"}]}',
        b'{"model": "library", "messages": [{"role": "user", "content": "\\u0000"}]}',
        b'{"model": "library", "messages": [{"role": "user", "content": "Hi"}], "top_p": NaN}',
        b'{"model": "library", "messages": [{"role":"user","content":"Hi"}], "seed": 1e999}',
        b'{"model": "library", "messages": [], "seed": ' + b"9" * 5000 + b"}",
        b"[" * 10_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'{"model": "library", "messages": [], "\\ud800": 1}',
        b'{"\\ud800": 1}',
        b'{"' + b"long" * 10_000 + b'": 1}',
        b'{"model": "library", "metadata": ' + b"[" * 40 + b"]" * 40 + b"}",
    ],
)
def test_poison_is_a_400(client: httpx.Client, engine: FakeEngine, body: bytes) -> None:
    is_error(client.post(CHAT, content=body, headers=JSON), 400)
    response = client.post("/api/conversations", content=body, headers=JSON)
    is_error(response, 400)
    assert len(response.text) < 2000
    assert engine.asked == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_only_json_is_read(client: httpx.Client, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    is_error(client.post(CHAT, content=json.dumps(GOOD).encode(), headers=headers), 400)


def test_compressed_bodies_are_refused(client: httpx.Client) -> None:
    is_error(client.post(CHAT, content=b"x", headers=JSON | {"content-encoding": "gzip"}), 415)


def test_depth_is_counted_outside_of_strings_and_fast() -> None:
    assert not too_deep(b"[" * 32 + b"]" * 32)
    assert too_deep(b"[" * 33 + b"]" * 33)
    assert not too_deep(b'["' + b"[" * 100 + b'"]')
    assert not too_deep(b'["\\"' + b"[" * 100 + b'"]')
    assert too_deep(b'["\\\\"' + b"[" * 100)
    assert not too_deep(b"[]," * 100)
    started = time.monotonic()
    for evil in (b'"\\' * 500_000, b'\\"' * 500_000, b'"' * 1_000_000, b"[]" * 500_000):
        too_deep(evil)
    assert time.monotonic() - started < 5


# --- hosts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name", "loopback"),
    [
        ("localhost", "localhost", True),
        ("LOCALHOST:8000", "localhost", True),
        ("bot.localhost", "bot.localhost", True),
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("127.9.9.9", "127.9.9.9", True),
        ("[::1]:8000", "::1", True),
        ("evil.example", "evil.example", False),
        ("localhost.evil.example", "localhost.evil.example", False),
        ("127.0.0.1.evil.example", "127.0.0.1.evil.example", False),
        ("evillocalhost", "evillocalhost", False),
        ("10.0.0.1", "10.0.0.1", False),
        ("", "", False),
    ],
)
def test_host_names(header: str, name: str, loopback: bool) -> None:
    assert host_name(header) == name
    assert is_loopback(name) is loopback


def test_a_foreign_host_is_refused_on_loopback(client: httpx.Client) -> None:
    for path in ("/", "/api/bot", "/v1/models", "/metrics", "/health"):
        response = client.get(path, headers={"host": "evil.example"})
        is_error(response, 403, "host_not_allowed")
        assert "set-cookie" not in response.headers


def test_allowed_hosts(bot: Bot, database: Database, spec: Spec, web: Path) -> None:
    server = spec.server.model_copy(update={"allow_hosts": ("Bot.example",)})
    app = create_app(bot, database, spec.model_copy(update={"server": server}), web=web)
    with served_app(app) as url, httpx.Client(base_url=url) as client:
        for host, status in (("bot.example:80", 200), ("localhost", 200), ("other.example", 403)):
            assert client.get("/health", headers={"host": host}).status_code == status


def test_bound_to_the_world_any_name_is_served(client: httpx.Client, services: Services) -> None:
    services.host = "0.0.0.0"
    assert client.get("/health", headers={"host": "bot.example"}).status_code == 200


# --- errors and headers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("POST", "/v1/nothing", 404),
        ("GET", "/v1/models/", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/api", 404),
        ("GET", "/docs", 404),
        ("GET", "/health/x", 404),
        ("POST", "/somewhere", 404),
        ("GET", CHAT, 405),
        ("DELETE", "/v1/models", 405),
        ("PUT", "/api/conversations", 405),
        ("GET", "/api/conversations/a%00b", 404),
        ("GET", "/api/conversations/%ff", 404),
        ("GET", "/api/conversations?search=" + "x" * 201, 400),
        ("GET", "/api/turns/x/events?after=-1", 400),
    ],
)
def test_errors_have_one_shape(client: httpx.Client, method: str, path: str, status: int) -> None:
    is_error(client.request(method, path, json={} if method != "GET" else None), status)


def test_a_bug_is_a_500_without_a_traceback(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("secret /path")

    monkeypatch.setattr(services.conversations, "all", fail)
    response = client.get("/api/conversations")
    is_error(response, 500, "internal_error")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_full_disk_is_a_507_and_the_rest_goes_on(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = client.post("/api/conversations", json={}).json()["id"]

    def full(*_: Any, **__: Any) -> Any:
        raise StorageFull("The disk is full.", "Free some space.")

    monkeypatch.setattr(services.conversations, "create", full)
    monkeypatch.setattr(services.turn_log, "begin", full)
    is_error(client.post("/api/conversations", json={}), 507, "storage_full")
    turn = {"content": "Hi", "parent_id": None}
    is_error(client.post(f"/api/conversations/{id}/turns", json=turn), 507, "storage_full")
    assert client.get(f"/api/conversations/{id}").status_code == 200
    assert client.post(CHAT, json=GOOD).status_code == 200
    assert services.deployed.leased() == 0


def test_a_locked_store_is_told_in_words(client: httpx.Client, database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    response = client.post("/api/conversations", json={})
    other.close()
    is_error(response, 503, "store_unavailable")
    assert "retry-after" in response.headers
    assert "locked" not in response.text


def test_headers_on_every_answer(client: httpx.Client, web: Path) -> None:
    seen = set()
    for path in ("/", "/assets/app-1a2b.js", "/v1/models", "/api/nothing", "/health", "/metrics"):
        headers = client.get(path).headers
        csp = headers["content-security-policy"].split("; ")
        assert "unsafe" not in headers["content-security-policy"]
        for rule in (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ):
            assert rule in csp
        assert headers["x-dns-prefetch-control"] == "off"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers
        seen.add(headers["x-request-id"])
    assert len(seen) == 6


def test_openapi_tells_the_truth_about_errors(client: httpx.Client) -> None:
    schema = client.get("/openapi.json").json()
    assert "/v1/chat/completions" in schema["paths"]
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert "422" not in operation["responses"]
            assert any(status[0] in "45" for status in operation["responses"]), path


# --- health and figures --------------------------------------------------------------------------


def test_health_and_ready_follow_the_engine(client: httpx.Client, engine: FakeEngine) -> None:
    assert client.get("/health").json()["engine"] == "ready"
    assert client.get("/ready").status_code == 200
    engine.state = "starting"
    assert client.get("/health").status_code == 200
    is_error(client.get("/ready"), 503, "not_ready")
    engine.state = "failed"
    is_error(client.get("/health"), 503, "engine_error")
    is_error(client.get("/ready"), 503, "not_ready")


def test_draining_refuses_new_replies(client: httpx.Client, services: Services) -> None:
    id = client.post("/api/conversations", json={}).json()["id"]
    services.draining = True
    response = client.get("/ready")
    is_error(response, 503)
    assert response.headers["retry-after"] == "5"
    is_error(client.post(CHAT, json=GOOD), 503, "server_is_overloaded")
    turn = {"content": "Hi", "parent_id": None}
    is_error(client.post(f"/api/conversations/{id}/turns", json=turn), 503)
    assert client.get("/health").status_code == 200
    assert client.get(f"/api/conversations/{id}").json()["messages"] == []


def test_metrics(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.extend([Script(route="refused"), Script(error=RuntimeError("x"))])
    for _ in range(3):
        client.post(CHAT, json=GOOD)
    client.get("/somewhere/else")
    text = client.get("/metrics").text
    for line in (
        'vllm:num_requests_running{model_name="library"} 0.0',
        'vllm:request_success_total{finished_reason="stop",model_name="library"} 2.0',
        'vllm:prompt_tokens_total{model_name="library"} 10.0',
        'vllm:generation_tokens_total{model_name="library"} 6.0',
        'vllm:time_to_first_token_seconds_count{model_name="library"} 3.0',
        'vllm:e2e_request_latency_seconds_count{model_name="library"} 2.0',
        'vllm:inter_token_latency_seconds_count{model_name="library"} 3.0',
        'vllm:request_prompt_tokens_sum{model_name="library"} 10.0',
        'vllm:request_generation_tokens_sum{model_name="library"} 6.0',
        'vllm:request_time_per_output_token_seconds_count{model_name="library"} 2.0',
        'chatwright_turns_total{channel="v1",route="refused",status="done"} 1.0',
        'chatwright_turns_total{channel="v1",route="generated",status="done"} 1.0',
        'chatwright_turns_total{channel="v1",route="none",status="failed"} 1.0',
        'http_requests_total{handler="/v1/chat/completions",method="POST",status="200"} 2.0',
        'http_requests_total{handler="/v1/chat/completions",method="POST",status="500"} 1.0',
        'http_requests_total{handler="other",method="GET",status="200"} 1.0',
    ):
        assert line in text, line


def test_two_apps_share_no_figures(bot: Bot, database: Database, spec: Spec) -> None:
    one, two = (create_app(bot, database, spec) for _ in range(2))
    up = Rated(FeedbackRecord("up", "", ""), "m", "web", "generated", "r")
    one.state.services.metrics.rated(up)
    assert b'thumb="up"' in one.state.services.metrics.text()
    assert b'thumb="up"' not in two.state.services.metrics.text()


# --- the page ------------------------------------------------------------------------------------


def test_the_page_and_its_files(client: httpx.Client) -> None:
    for path in ("/", "/c/0190-abc", "/index.html"):
        response = client.get(path)
        assert response.text == "<title>the app</title>"
        assert response.headers["content-type"].startswith("text/html")
        assert response.headers["cache-control"] == "no-cache"
    asset = client.get("/assets/app-1a2b.js")
    assert "immutable" in asset.headers["cache-control"]
    assert "javascript" in asset.headers["content-type"]
    assert client.get("/favicon.svg").headers["cache-control"] == "no-cache"
    assert client.head("/").status_code == 200
    is_error(client.get("/assets/gone-1a2b.js"), 404)
    is_error(client.get("/apple.png"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "//secret.txt",
        "/%00.txt",
        "/" + "x" * 300 + ".txt",
    ],
)
def test_nothing_outside_of_the_folder(url: str, path: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as raw:  # a client would tidy the path
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"secret" not in answer


def test_files_are_sent_compressed_where_the_build_made_them(
    client: httpx.Client, web: Path
) -> None:
    script = web / "assets" / "app-1a2b.js"
    (web / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(script.read_bytes()))
    for accepted, coding in (
        ("gzip, br;q=0", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("", None),
    ):
        answer = client.get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})
        assert answer.text == script.read_text()
        assert answer.headers.get("content-encoding") == coding
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["vary"] == "accept-encoding"
        assert "immutable" in answer.headers["cache-control"]


def test_an_app_that_is_not_built_says_how(app: FastAPI, client: httpx.Client, web: Path) -> None:
    (web / "index.html").unlink()
    response = client.get("/")
    assert response.status_code == 503
    assert "make web" in response.text
    assert client.get("/api/bot").status_code == 200
