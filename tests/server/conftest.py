"""A served bot: the real app behind real uvicorn on a free port, in a thread of the test.

Its engine is of words, as everywhere, and can do besides what a local engine can: see `WordEngine`.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from fastapi import FastAPI
from tests.conftest import FakeEngine
from tests.server.callers import Callers, callers

from chatwright.answer import Bot
from chatwright.core.errors import ContextTooLong, Unsupported
from chatwright.core.types import Chunk, Conversation, Sampling, Token, Usage
from chatwright.server import create_app, serve
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.leases import Leases

LOGPROB = -0.5
EVERYTHING = frozenset(
    (
        "seed",
        "stop",
        "logprobs",
        "schema",
        "penalties",
        "min_tokens",
        "ignore_end",
        "complete",
        "embed",
    )
)


class Bytes:
    """A tokenizer of bytes."""

    def __len__(self) -> int:
        return 256

    def render(self, conversation: Conversation, *, open_reply: bool) -> SimpleNamespace:
        text = "".join(f"{m.role}:{m.content}\n" for m in conversation.messages)
        return SimpleNamespace(ids=list((text + ("assistant:" if open_reply else "")).encode()))


class WordEngine(FakeEngine):
    """A `FakeEngine` that also completes raw text, one byte a token, shows probabilities, and embeds."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.can = EVERYTHING
        self.tokenizer = Bytes()
        self.completed: list[tuple[str | list[int], Sampling, bool]] = []
        self.embedded: list[list[str]] = []

    def check(self, sampling: Sampling) -> None:
        wants = {"schema": sampling.schema is not None, "logprobs": sampling.logprobs}
        for what, wanted in wants.items():
            if wanted and what not in self.can:
                raise Unsupported(f"No {what}.", field=what)

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        self.check(sampling)
        async with aclosing(super().chat(conversation, sampling)) as chunks:
            async for chunk in chunks:
                tokens = (Token(chunk.text.encode(), LOGPROB),) if chunk.text else ()
                yield replace(chunk, tokens=tokens) if sampling.logprobs else chunk

    async def complete(
        self, prompt: str | list[int], sampling: Sampling, *, echo: bool = False
    ) -> AsyncGenerator[Chunk, None]:
        self.check(sampling)
        ids = self.tokens(prompt) if isinstance(prompt, str) else prompt
        text = self.text(ids)
        if len(ids) >= self.context:
            raise ContextTooLong("Too long.")
        self.completed.append((prompt, sampling, echo))
        if echo:
            read = (Token(bytes([i]), -i / 100 if n else 0.0) for n, i in enumerate(ids))
            yield Chunk(text, tokens=tuple(read) if sampling.logprobs else ())
        if sampling.max_tokens == 0:
            yield Chunk(finish_reason="length", usage=Usage(len(ids), 0))
            return
        async with aclosing(self.chat(Conversation(()), sampling)) as chunks:
            async for chunk in chunks:
                counted = chunk.usage and Usage(len(ids), chunk.usage.completion_tokens)
                yield replace(chunk, usage=counted)

    def tokens(self, text: str) -> list[int]:
        return list(text.encode())

    def text(self, ids: Sequence[int]) -> str:
        if not all(0 <= index < 256 for index in ids):
            raise Unsupported("A token id is not one of the model's 256.", field="prompt")
        return bytes(ids).decode("utf-8", "replace")

    def embed(self, texts: list[str]) -> Any:
        self.embedded.append(texts)
        rows = np.array([np.bincount(list(t.encode()), minlength=256)[97:105] + 1 for t in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def engine() -> WordEngine:
    return WordEngine()


@contextmanager
def served_app(app: FastAPI, grace: float = 5.0) -> Iterator[str]:
    """Serve `app` and give its address."""
    ready = threading.Event()
    found: list[str] = []
    failed: list[BaseException] = []

    def on_ready(address: str) -> None:
        found.append(address)
        ready.set()

    def run() -> None:
        try:
            serve(app, "127.0.0.1", 0, on_ready=on_ready, grace=grace)
        except BaseException as error:
            failed.append(error)
        ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(30)
    if not found:
        raise failed[0]
    try:
        yield found[0]
    finally:
        services: Services = app.state.services
        if thread.is_alive():
            services.stop()
        thread.join(40)
        assert not thread.is_alive()
        assert not failed, failed


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>the app</title>")
    (folder / "assets" / "app-1a2b.js").write_text("let x")
    (folder / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def app(bot: Bot, database: Database, spec: Spec, web: Path) -> FastAPI:
    return create_app(bot, database, spec, web=web)


@pytest.fixture
def services(app: FastAPI) -> Services:
    found: Services = app.state.services
    return found


@pytest.fixture
def everyone(services: Services, database: Database) -> Callers:
    return callers(services, database)


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with served_app(app) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    """A browser: it keeps cookies."""
    with httpx.Client(base_url=url, timeout=60) as client:
        yield client


@pytest.fixture
def sdk(url: str) -> Iterator[openai.OpenAI]:
    """The official client, which refuses answers that are not what its types say."""
    with openai.OpenAI(
        base_url=f"{url}/v1",
        api_key="none",
        max_retries=0,
        timeout=10,
        _strict_response_validation=True,
    ) as client:
        yield client


@pytest.fixture
def leases(database: Database) -> Leases:
    return Leases(database)
