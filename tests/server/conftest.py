"""A served bot: the real app behind real uvicorn on a free port, in a thread of the test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chatwright.answer import Bot
from chatwright.server import create_app, serve
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database


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
    assert ready.wait(10)
    if not found:
        raise failed[0]
    try:
        yield found[0]
    finally:
        services: Services = app.state.services
        if thread.is_alive():
            services.stop()
        thread.join(15)
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
def url(app: FastAPI) -> Iterator[str]:
    with served_app(app) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    """A browser: it keeps cookies."""
    with httpx.Client(base_url=url, timeout=10) as client:
        yield client
