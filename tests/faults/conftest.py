"""What the fault tests share: both databases, and a client that behaves as the page does.

Figures of the long forms are printed: `make soak` shows them.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from tests.faults.stub import UNGUARDED, Parrot
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec.spec import Guard
from chatwright.store import Database

BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def spec(spec: Spec) -> Spec:
    return spec.model_copy(update={"guard": Guard.model_validate(UNGUARDED)})


@pytest.fixture
def parrot() -> Parrot:
    return Parrot()


@pytest.fixture
def app(spec: Spec, parrot: Parrot, database: Database) -> FastAPI:
    return create_app(Bot(spec, parrot, "r", "d"), database, spec)


@pytest.fixture
def services(app: FastAPI) -> Services:
    found: Services = app.state.services
    return found


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with served_app(app) as address:
        yield address


@pytest.fixture
def page(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=30) as client:
        client.get("/api/bot").raise_for_status()
        yield client
