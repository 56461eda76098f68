"""Clients that are slow on purpose, or too many, on real sockets; and https."""

from __future__ import annotations

import json
import select
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine, Script
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core.errors import WrongUse
from chatwright.server import connection, create_app, events, limits, serve
from chatwright.spec import Spec
from chatwright.spec import spec as options
from chatwright.store import Database

CHAT = "/v1/chat/completions"
GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
HEAD = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's patience is tested, not ours. It looks once a second."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.5)


def connect(url: str) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    made = socket.create_connection((host, int(port)))
    made.settimeout(10)
    return made


def trickle(raw: socket.socket, piece: bytes, seconds: float = 6) -> tuple[float, bytes]:
    """Send a piece ten times a second until the server ends it; how long that took, and its words."""
    started, heard = time.monotonic(), b""
    raw.settimeout(0.1)
    while time.monotonic() - started < seconds:
        try:
            raw.sendall(piece)
            said = raw.recv(65536)
        except TimeoutError:
            continue
        except OSError:
            break
        heard += said
        if not said:
            break
    return time.monotonic() - started, heard


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (b"", b""),  # a connection that says nothing
        (b"", b"\r\n"),
        (b"GET /", b"x"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"b"),
    ],
    ids=["silent", "empty lines", "path", "headers", "value"],
)
def test_a_head_that_trickles_is_ended(url: str, before: bytes, piece: bytes) -> None:
    with connect(url) as raw:
        raw.sendall(before)
        took, heard = trickle(raw, piece)
    assert took < 3
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert "15 seconds" in json.loads(heard.partition(b"\r\n\r\n")[2])["error"]["message"]
    assert httpx.get(f"{url}/health").status_code == 200


@pytest.mark.parametrize("piece", [b"\r\n", b"G"])
def test_a_second_head_that_trickles_is_ended(url: str, piece: bytes) -> None:
    with connect(url) as raw:
        raw.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert raw.recv(65536).startswith(b"HTTP/1.1 200")
        took, heard = trickle(raw, piece)
    assert took < 3
    assert b"HTTP/1.1 408" not in heard  # no answer to a question that was not asked


def test_a_body_that_trickles_is_ended(url: str) -> None:
    with connect(url) as raw:
        raw.sendall(f"{HEAD}Content-Length: 1000\r\n\r\n".encode())
        took, heard = trickle(raw, b" ")
    assert took < 3
    assert heard.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in heard.lower()


def test_the_rest_of_a_body_that_nobody_wants_is_not_waited_for(url: str, app: FastAPI) -> None:
    app.state.services.host = "0.0.0.0"  # a key is needed
    with connect(url) as raw:
        raw.sendall(f"{HEAD}Content-Length: 100000\r\n\r\n".encode())
        took, heard = trickle(raw, b" ")
    assert heard.startswith(b"HTTP/1.1 401 ")
    assert took < 3


def test_a_head_that_is_too_large(url: str) -> None:
    with connect(url) as raw:
        raw.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: ")
        with pytest.raises((ConnectionError, TimeoutError)):
            for _ in range(100):
                raw.sendall(b"x" * 10_000)
                time.sleep(0.01)
    with connect(url) as raw:
        raw.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"x" * 66_000)
        assert raw.recv(65536).startswith(b"HTTP/1.1 431 ")
    assert httpx.get(f"{url}/health", headers={"x-a": "x" * 30_000}).status_code == 200


def test_connections_that_are_used_well_stay(url: str) -> None:
    with httpx.Client(base_url=url) as client:
        ports = set()
        for _ in range(4):
            response = client.get("/health")
            stream = response.extensions["network_stream"]
            ports.add(stream.get_extra_info("client_addr"))
            time.sleep(0.6)
        assert len(ports) == 1


def test_a_long_stream_is_not_cut(url: str, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("a ",) * 30, delay=0.1))
    body = GOOD | {"stream": True}
    with httpx.stream("POST", f"{url}{CHAT}", json=body, timeout=10) as response:
        text = "".join(response.iter_text())
    assert text.count("a ") == 30


def lazy_reader(url: str, request: bytes) -> socket.socket:
    """A client that asks, and then takes nothing."""
    host, port = url.removeprefix("http://").split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect((host, int(port)))
    raw.sendall(request)
    return raw


def dropped(raw: socket.socket, seconds: float) -> bool:
    """Whether the server ends the connection by force within that time; reads nothing."""
    watch = select.poll()
    watch.register(raw, 0)  # resets are told in any case
    return bool(watch.poll(seconds * 1000))


def test_readers_that_take_nothing_are_dropped(
    app: FastAPI, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "STALL", 1.0)
    (web / "assets" / "large.bin").write_bytes(b"x" * 20_000_000)
    ask = b"GET /assets/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served_app(app) as url, ExitStack() as stack:
        lazy = [stack.enter_context(lazy_reader(url, ask)) for _ in range(5)]
        assert not dropped(lazy[0], 0.5)
        assert len(httpx.get(f"{url}/assets/large.bin").content) == 20_000_000
        assert all(dropped(raw, 10) for raw in lazy)


def test_a_short_answer_that_nobody_reads_is_dropped(
    app: FastAPI, web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fits the buffer: the request is over, and only the bytes remain."""
    monkeypatch.setattr(events, "STALL", 1.0)
    (web / "assets" / "some.bin").write_bytes(b"x" * 60_000)
    ask = b"GET /assets/some.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served_app(app) as url, lazy_reader(url, ask * 200) as raw:
        assert dropped(raw, 15)


# --- too many ------------------------------------------------------------------------------------


def test_connections_beyond_the_cap_get_a_503(
    bot: Bot, database: Database, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 30)
    server = options.Server(connections=3)
    app = create_app(bot, database, spec.model_copy(update={"server": server}))
    with served_app(app) as url:
        held = [connect(url) for _ in range(3)]
        time.sleep(0.2)
        response = httpx.post(f"{url}{CHAT}", json=GOOD)
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "server_is_overloaded"
        assert response.headers["retry-after"] == "1"
        assert response.headers["connection"] == "close"
        assert response.headers["x-request-id"].startswith("req_")
        assert httpx.get(f"{url}/health").status_code == 200
        held += [connect(url) for _ in range(3)]
        time.sleep(0.2)
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{url}/health")
        for raw in held:
            raw.close()
        time.sleep(0.3)
        assert httpx.post(f"{url}{CHAT}", json=GOOD).status_code == 200


# --- https ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-out", str(cert)]
    command += ["-keyout", str(key), "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return cert, key


def with_tls(bot: Bot, database: Database, spec: Spec, cert: Path, key: Path) -> FastAPI:
    server = options.Server(tls_cert=str(cert), tls_key=str(key))
    return create_app(bot, database, spec.model_copy(update={"server": server}))


def test_https(bot: Bot, database: Database, spec: Spec, certificate: tuple[Path, Path]) -> None:
    app = with_tls(bot, database, spec, *certificate)
    trusted = ssl.create_default_context(cafile=certificate[0])
    with served_app(app) as url, httpx.Client(base_url=url, verify=trusted) as client:
        assert url.startswith("https://127.0.0.1:")
        assert client.post(CHAT, json=GOOD).status_code == 200
        cookie = client.get("/api/bot").headers["set-cookie"]
        assert "Secure" in cookie
        with pytest.raises(httpx.TransportError):
            httpx.get(url.replace("https", "http"))
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.load_verify_locations(certificate[0])
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        old.minimum_version = ssl.TLSVersion.TLSv1_2
        assert httpx.get(f"{url}/health", verify=old).status_code == 200
        # A handshake that never comes.
        with connect(url.replace("https", "http")) as raw:
            raw.settimeout(5)
            started = time.monotonic()
            assert raw.recv(10) == b""
            assert time.monotonic() - started < 3


@pytest.mark.parametrize("bad", ["missing", "swapped", "no PEM"])
def test_a_certificate_that_cannot_be_used_is_told_in_words(
    bot: Bot,
    database: Database,
    spec: Spec,
    certificate: tuple[Path, Path],
    bad: str,
    tmp_path: Path,
) -> None:
    cert, key = certificate
    if bad == "missing":
        cert = tmp_path / "gone.pem"
    elif bad == "swapped":
        cert, key = key, cert
    else:
        cert = tmp_path / "cert.pem"
        cert.write_text("hello")
    app = with_tls(bot, database, spec, cert, key)
    with pytest.raises(WrongUse, match=r"https cannot be spoken.*PEM"):
        serve(app, "127.0.0.1", 0, on_ready=lambda url: None)


def test_a_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(ValueError, match="go together"):
        options.Server(tls_cert="cert.pem")
