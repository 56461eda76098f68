"""Candidates for tests of what runs beside a bot: how their bots are made, and an app that has them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from tests.server.conftest import WordEngine

from chatwright.answer import Bot
from chatwright.release.registry import Deployment
from chatwright.server import beside, create_app
from chatwright.server.watch import watch
from chatwright.spec import Spec
from chatwright.store import Database

PROMOTED = Deployment("release-2").id


class Openings:
    """Makes the candidate's bot, or does not; counts."""

    def __init__(self, spec: Spec) -> None:
        self.spec, self.engine = spec, WordEngine()
        self.error: Exception | None = None
        self.folder: Path | None = None
        self.count = 0

    def __call__(self, wanted: Any) -> tuple[Bot, Path | None]:
        self.count += 1
        if self.error is not None:
            raise self.error
        return Bot(self.spec, self.engine, wanted.release, wanted.deployment), self.folder


def made(bot: Bot, database: Database, spec: Spec, web: Path, openings: Openings) -> FastAPI:
    work = [
        lambda services: beside.beside(services, spec, database, openings),
        lambda services: watch(services.bots[spec.bot.name], spec, database),
    ]
    return create_app(bot, database, spec, web=web, background=work)


def until(true: Callable[[], Any], seconds: float = 30.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.01)


def release_of(client: httpx.Client) -> str:
    return str(client.get("/api/bot").json()["release"])
