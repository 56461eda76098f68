"""How large a request may be, checked before anything parses it. Counts of messages are checked
where they are known, by the request's own model."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from pydantic import AfterValidator
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatwright.server.errors import Problem

BODY = 1_000_000  # bytes
UPLOADS = {  # bytes, of files that are no JSON
    "/api/curated/import": 20_000_000,
    "/api/console/guide/files": 20_000_000,
    "/api/attachments": 5_000_000,
}
# Bytes of files that are not held in memory: the handler writes them to the disk as they come.
STREAMS = {"/api/console/knowledge/uploads": 20_000_000, "/api/console/data/uploads": 200_000_000}
BODY_SECONDS = 20.0  # a body that trickles in for longer is refused
STREAM_SECONDS = (
    900.0  # one that goes to the disk; and no longer than `BODY_SECONDS` without a byte
)
DEPTH = 32  # nested JSON arrays and objects
MESSAGES = 500
CHARACTERS = 200_000  # in all messages together

# A string of JSON, or what is left of an unfinished one: never tried twice at the same place, so
# the time is linear whatever is sent.
STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
SURROGATE = re.compile("[\ud800-\udfff]")
BRACKET = re.compile(rb"[\[\]{}]")


def storable(text: str) -> str:
    """Refuse what is text to JSON, but neither to UTF-8 nor to every database."""
    if "\0" in text:
        raise ValueError("text must not contain the NUL character")
    if SURROGATE.search(text):
        raise ValueError("text must not contain half of a surrogate pair")
    return text


Text = Annotated[str, AfterValidator(storable)]


def too_deep(body: bytes, limit: int = DEPTH) -> bool:
    """Whether arrays and objects are nested deeper than `limit`; reads each byte once."""
    depth = 0
    for bracket in BRACKET.finditer(STRING.sub(b"", body)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > limit:
            return True
    return False


class Limits:
    """Reads the body, refuses what is too large, too deep, too slow or compressed; passes it on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        if scope["path"] in STREAMS and scope["method"] == "POST":
            await self._stream(scope, receive, send, STREAMS[scope["path"]])
            return
        try:
            body = await _read(Headers(scope=scope), receive, UPLOADS.get(scope["path"]))
        except Problem as refusal:
            await refusal.response()(scope, receive, send)
            return
        if body is None:  # the client is gone
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """Pass a body on as it comes; whoever reads it hears of one that is too large or too slow."""
        try:
            _check_head(Headers(scope=scope), most)
        except Problem as refusal:
            await refusal.response()(scope, receive, send)
            return
        read, until = 0, asyncio.get_running_loop().time() + STREAM_SECONDS

        async def counting() -> Message:
            nonlocal read
            left = until - asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(min(BODY_SECONDS, left)):
                    message = await receive()
            except TimeoutError:
                raise _too_slow() from None
            read += len(message.get("body", b""))
            if read > most:
                raise _too_large(most)
            return message

        await self._app(scope, counting, send)


async def _read(headers: Headers, receive: Receive, upload: int | None) -> bytes | None:
    """The body; `upload`: it is a file, of that many bytes at most."""
    most = BODY if upload is None else upload
    _check_head(headers, most)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _collect(receive, most)
    except TimeoutError:
        raise _too_slow() from None
    if body is not None and upload is None and too_deep(body):
        raise Problem(400, f"The JSON is nested deeper than {DEPTH} levels. Send a flatter one.")
    return body


def _check_head(headers: Headers, most: int) -> None:
    if headers.get("content-encoding", "identity") != "identity":
        raise Problem(415, "Compressed bodies are not read. Send the body as it is.")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 18 or int(length) > most:
        raise _too_large(most)


def _too_slow() -> Problem:
    closing = {"connection": "close"}
    return Problem(408, "The body took too long to arrive. Send it again.", headers=closing)


async def _collect(receive: Receive, most: int) -> bytes | None:
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts += message.get("body", b"")
        if len(parts) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return bytes(parts)


def _too_large(most: int) -> Problem:
    # The rest of the body is still on its way: the connection cannot be used again.
    return Problem(
        413,
        f"The body is larger than {most} bytes. Send less.",
        code="request_too_large",
        headers={"connection": "close"},
    )
