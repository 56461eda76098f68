"""A program called `vllm` that speaks as vLLM's `serve` does, without a model: it says what it is told.

The shape of its events is that of `CompletionStreamResponse` (vllm/entrypoints/openai/completion).
What it says stands in `says.json` beside the model folder's name in $FAKE_VLLM: ids, and how to behave;
what it was asked goes to `asked.jsonl` there.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOME = Path(os.environ.get("FAKE_VLLM", "."))


def write(folder: Path) -> None:
    """Put the program into `folder`."""
    path = folder / "vllm"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).resolve()}" "$@"\n')
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def told() -> dict[str, Any]:
    said: dict[str, Any] = json.loads((HOME / "says.json").read_text())
    return said


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Not on standard error."""

    def do_GET(self) -> None:
        status = 200 if self.path == "/health" and not told().get("ill") else 503
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with (HOME / "asked.jsonl").open("a") as log:
            log.write(json.dumps(body) + "\n")
        if self.headers["authorization"] != f"Bearer {os.environ['VLLM_API_KEY']}":
            self.answer(401, {"error": {"message": "Unauthorized"}})
        elif self.path != "/v1/completions" or not isinstance(body["prompt"], list):
            self.answer(404, {"error": {"message": "no such thing"}})
        elif "response_format" in body and "broken" in json.dumps(body["response_format"]):
            self.answer(400, {"error": {"message": "The provided JSON schema is broken"}})
        else:
            self.stream(body)

    def answer(self, status: int, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def stream(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        say = told()
        ids, finish = self.drawn(body, say["ids"])
        for at, index in enumerate(ids):
            if at == say.get("die_after"):
                os.kill(os.getpid(), signal.SIGKILL)
            choice: dict[str, Any] = {
                "index": 0,
                "text": "never read",
                "logprobs": None,
                "finish_reason": finish if at + 1 == len(ids) else None,
                "stop_reason": None,
            }
            scores: list[float | None] = [-0.25]
            if at == 0:
                choice["prompt_token_ids"] = body["prompt"] if body["echo"] else None
                if body["echo"]:
                    scores = [None, *[-0.5] * (len(body["prompt"]) - 1), -0.25]
            if body.get("return_token_ids") and not say.get("old"):
                choice["token_ids"] = [index]
            if body.get("logprobs") is not None:
                choice["logprobs"] = {
                    "text_offset": [0],
                    "token_logprobs": scores,
                    "tokens": ["x"] * len(scores),
                    "top_logprobs": [],
                }
            self.event({"id": "cmpl-1", "object": "text_completion", "choices": [choice]})
            time.sleep(say.get("delay", 0.0))
        self.chunk(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def drawn(self, body: dict[str, Any], ids: list[int]) -> tuple[list[int], str]:
        """As far as the request lets it come."""
        found: list[int] = []
        while len(found) < body["max_tokens"]:
            found.append(ids[len(found) % len(ids)])
            if found[-1] in body["stop_token_ids"] and len(found) > body["min_tokens"]:
                return found, "stop"
        return found, "length"

    def event(self, value: Any) -> None:
        self.chunk(f"data: {json.dumps(value)}\n\n".encode())

    def chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def main() -> None:
    (HOME / "arguments.json").write_text(json.dumps(sys.argv[1:]))
    say = told()
    if say.get("fails"):
        raise SystemExit(3)
    time.sleep(say.get("start", 0.0))
    port = int(sys.argv[sys.argv.index("--port") + 1])
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
