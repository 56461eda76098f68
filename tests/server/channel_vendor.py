"""A small vendor on loopback: takes what channels send, and fails as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, Mapping[str, str], Any]


class Vendor:
    """`sent`: (path, body) of each message taken; `replies`: what the next ones get, "cut" after the
    request was taken, "drop" before."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.others: list[tuple[str, dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.replies: deque[Reply | str] = deque()
        self.updates: deque[list[dict[str, Any]]] = deque()
        self.url = ""

    def texts(self) -> list[str]:
        return [body["text"] for _, body in self.sent]

    def wait(self, ready: Callable[[], object], seconds: float = 20.0) -> None:
        until = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < until, (self.sent, self.others)
            time.sleep(0.02)

    def answer(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Reply | str:
        method = path.rpartition("/")[2]
        if method in ("getMe", "sendChatAction", "answerCallbackQuery"):
            self.others.append((method, body))
            if method == "getMe" and self.replies:
                return self.replies.popleft()
            return 200, {}, {"ok": True, "result": {"username": "our_bot"}}
        if method == "getUpdates":
            return 200, {}, {"ok": True, "result": self.updates.popleft() if self.updates else []}
        reply = self.replies.popleft() if self.replies else None
        if reply is None or reply == "cut":
            self.headers.append(headers)
            self.sent.append((path, body))
        if reply is not None:
            return reply
        return 200, {}, {"ok": True, "result": {"message_id": len(self.sent)}}


@contextmanager
def vendor() -> Iterator[Vendor]:
    """One that listens."""
    one = Vendor()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = one.answer(self.path, json.loads(body or b"{}"), headers)
            if isinstance(reply, str):
                self.connection.close()
                self.close_connection = True
                return
            status, more, value = reply
            content = json.dumps(value).encode()
            self.send_response(status)
            for name, said in {**more, "content-length": str(len(content))}.items():
                self.send_header(name, said)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
