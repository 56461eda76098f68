"""A service as an owner might have one: a real server on this machine that answers what it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


class Desk(ThreadingHTTPServer):
    """Answers in order, then 200 with a reference. Remembers what it was sent; does each key's thing once."""

    daemon_threads = True
    request_queue_size = 128  # with five, the kernel cuts what comes at once

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: deque[Answer | str] = deque()
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.done: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/book"

    def book(self, key: str) -> str:
        return self.done.setdefault(key, f"R-{len(self.done) + 1}")


class _Handler(BaseHTTPRequestHandler):
    server: Desk

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        raw = self.rfile.read(length)
        headers["raw"] = raw.decode()
        self.server.asked.append((self.path, headers, json.loads(raw)))
        answers = self.server.answers
        answer = answers.popleft() if answers else None
        if answer == "cut":
            return self.connection.close()
        if answer == "slow":
            time.sleep(1.5)
        if answer == "drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        if not isinstance(answer, tuple):
            body = {"reference": self.server.book(headers["idempotency-key"]), "more": [1]}
            answer = ok(json.dumps(body).encode())
        status, more, content = answer
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        return None

    do_PUT = do_PATCH = do_GET = do_POST

    def log_message(self, *_: Any) -> None: ...


def ok(body: bytes, **headers: str) -> Answer:
    return 200, {"content-type": "application/json"} | headers, body


@contextmanager
def a_desk() -> Iterator[Desk]:
    server = Desk()
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
