"""What a caller may use: 429 with the time to wait, shared counts, and what counting costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import openai
import pytest
from fastapi import FastAPI
from sqlalchemy import event
from tests.conftest import FakeEngine, Script
from tests.server.callers import bearer, visitor
from tests.server.conftest import served_app

from chatwright.answer import Bot
from chatwright.core.errors import StorageFull
from chatwright.server import create_app
from chatwright.server.errors import Problem
from chatwright.server.meter import EVERY, Meter, duration, spend, visiting
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.spec import spec as options
from chatwright.store import Allowances, Clock, Database, Keys
from chatwright.store.allowances import Allowance
from chatwright.store.keys import OwnLimits

CHAT = "/v1/chat/completions"
GOOD = {"model": "library", "messages": [{"role": "user", "content": "Hi"}]}
NO_LIMITS = options.Limits(requests_per_minute=0, streams=0)


@contextmanager
def writes(database: Database) -> Iterator[list[str]]:
    """The transactions that write, as they begin."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            seen.append(statement)

    event.listen(database.backend.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.backend.engine, "before_cursor_execute", note)


@pytest.fixture
def keys(database: Database) -> Keys:
    return Keys(database)


def post(client: httpx.Client, key: str, **more: Any) -> httpx.Response:
    return client.post(CHAT, json=GOOD | more, headers=bearer(key))


# --- what is answered ----------------------------------------------------------------------------


def test_too_many_requests(client: httpx.Client, keys: Keys, engine: FakeEngine) -> None:
    _, key = keys.create("library", "a", limits=OwnLimits(requests_per_minute=3))
    for left in (2, 1, 0):
        response = post(client, key)
        assert response.status_code == 200
        assert response.headers["x-ratelimit-limit-requests"] == "3"
        assert response.headers["x-ratelimit-remaining-requests"] == str(left)
        assert response.headers["x-ratelimit-reset-requests"].endswith("s")
        assert "x-ratelimit-limit-tokens" not in response.headers
    for _ in range(3):
        response = post(client, key)
        assert response.status_code == 429
        error = response.json()["error"]
        assert error["code"] == "rate_limit_exceeded"
        assert "3 per minute" in error["message"]
        assert 18 <= int(response.headers["retry-after"]) <= 20
        assert response.headers["x-ratelimit-remaining-requests"] == "0"
    assert len(engine.asked) == 3
    _, other = keys.create("library", "b")
    assert post(client, other).headers["x-ratelimit-remaining-requests"] == "599"


def test_too_many_tokens(
    client: httpx.Client, services: Services, keys: Keys, engine: FakeEngine
) -> None:
    engine.scripts.extend([Script(("a ",) * 40)] * 9)
    _, key = keys.create("library", "a", limits=OwnLimits(tokens_per_minute=60))
    first = post(client, key)
    assert first.headers["x-ratelimit-remaining-tokens"] == "60"
    assert first.json()["usage"]["total_tokens"] == 45
    second = post(client, key)
    assert 15 <= int(second.headers["x-ratelimit-remaining-tokens"]) <= 16
    third = post(client, key)
    assert third.status_code == 429
    assert 25 <= int(third.headers["retry-after"]) <= 31
    assert "60 per minute" in third.json()["error"]["message"]


def test_embeddings_cost_tokens_too(client: httpx.Client, keys: Keys) -> None:
    _, key = keys.create("library", "a", ["embeddings"], limits=OwnLimits(tokens_per_day=4))
    body = {"model": "library", "input": "abcd"}
    assert client.post("/v1/embeddings", json=body, headers=bearer(key)).status_code == 200
    refused = client.post("/v1/embeddings", json=body, headers=bearer(key))
    assert refused.json()["error"]["code"] == "insufficient_quota"


def test_the_tokens_of_a_day(client: httpx.Client, keys: Keys) -> None:
    _, key = keys.create("library", "a", limits=OwnLimits(tokens_per_day=8))
    assert post(client, key, stream=True).status_code == 200
    response = post(client, key)
    assert response.status_code == 429
    assert response.json()["error"]["code"] == "insufficient_quota"
    assert response.headers["x-should-retry"] == "false"
    assert 86_000 < int(response.headers["retry-after"]) <= 86_400


def test_too_many_at_once(client: httpx.Client, keys: Keys, engine: FakeEngine, url: str) -> None:
    engine.scripts.append(Script(("a ",), delay=0.02, forever=True))
    _, key = keys.create("library", "a", limits=OwnLimits(streams=1))
    with client.stream("POST", CHAT, json=GOOD | {"stream": True}, headers=bearer(key)) as stream:
        pieces = stream.iter_text()
        next(pieces)
        with httpx.Client(base_url=url) as other:
            response = post(other, key)
            assert response.status_code == 429
            assert response.headers["retry-after"] == "1"
            assert "at once" in response.json()["error"]["message"]
    deadline = time.monotonic() + 3
    while post(client, key).status_code == 429:
        assert time.monotonic() < deadline


def test_the_official_client_understands(url: str, keys: Keys) -> None:
    _, key = keys.create("library", "a", limits=OwnLimits(requests_per_minute=1))
    with openai.OpenAI(base_url=f"{url}/v1", api_key=key, max_retries=0) as sdk:
        messages: list[Any] = GOOD["messages"]  # type: ignore[assignment]
        sdk.chat.completions.create(model="library", messages=messages)
        with pytest.raises(openai.RateLimitError) as error:
            sdk.chat.completions.create(model="library", messages=messages)
    assert error.value.code == "rate_limit_exceeded"
    with (
        openai.OpenAI(base_url=f"{url}/v1", api_key="sk-none", max_retries=0) as sdk,
        pytest.raises(openai.AuthenticationError) as refused,
    ):
        sdk.models.list()
    assert refused.value.code == "invalid_api_key"


def test_a_reply_that_is_cut_off_is_charged_by_its_pieces(
    client: httpx.Client, services: Services, keys: Keys, engine: FakeEngine
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.005, forever=True))
    record, key = keys.create("library", "a", limits=OwnLimits(tokens_per_day=1000))
    with client.stream("POST", CHAT, json=GOOD | {"stream": True}, headers=bearer(key)) as stream:
        pieces = stream.iter_text()
        for _ in range(8):
            next(pieces)
    deadline = time.monotonic() + 3
    while (used := _used(services, f"key:{record.id}")) == 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert 7 <= used < 100


def _used(services: Services, holder: str) -> int:
    with services.accounts._database.read() as connection:
        query = "SELECT day_tokens FROM allowances WHERE holder = ?"
        return int(connection.exec_driver_sql(query, (holder,)).scalar() or 0)


def test_turns_are_charged_to_who_began_them(
    client: httpx.Client, services: Services, keys: Keys
) -> None:
    record, key = keys.create("library", "a", limits=OwnLimits(tokens_per_day=1000))
    id = client.post("/api/conversations", json={}, headers=bearer(key)).json()["id"]
    body = {"content": "Hi", "parent_id": None}
    turn = client.post(f"/api/conversations/{id}/turns", json=body, headers=bearer(key)).json()
    client.get(f"/api/turns/{turn['turn_id']}/events", headers=bearer(key))
    time.sleep(EVERY + 0.5)
    assert _used(services, f"key:{record.id}") == 8


def test_visitors_of_one_address_share_an_allowance(
    bot: Bot, database: Database, spec: Spec
) -> None:
    app = create_app(
        bot,
        database,
        spec.model_copy(
            update={
                "server": options.Server(trusted_proxies=("127.0.0.1",)),
                "access": options.Access(visitors=True, keys="off"),
                "limits": options.Limits(visitor_writes_per_minute=3, requests_per_minute=2),
            }
        ),
    )
    with served_app(app) as url, httpx.Client(base_url=url) as client:

        def new(address: str) -> int:
            headers = visitor() | {"x-forwarded-for": address}
            client.cookies.clear()
            return client.post("/api/conversations", json={}, headers=headers).status_code

        assert [new("203.0.113.9") for _ in range(4)] == [201, 201, 201, 429]
        assert new("203.0.113.10") == 201
        assert [new(f"2001:db8::{n}") for n in range(4)] == [201, 201, 201, 429]
        assert new("2001:db8:0:1::1") == 201
        assert [new("127.0.0.1") for _ in range(5)] == [201] * 5
        headers = {"x-forwarded-for": "203.0.113.9"}
        codes = [client.post(CHAT, json=GOOD, headers=headers).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
    with database.read() as connection:
        kept = str(connection.exec_driver_sql("SELECT holder FROM allowances").all())
    assert "203.0" not in kept
    assert "2001:" not in kept


# --- what it costs -------------------------------------------------------------------------------


def test_a_request_costs_one_write_and_its_stream_none(
    client: httpx.Client, services: Services, database: Database, keys: Keys, engine: FakeEngine
) -> None:
    engine.scripts.append(Script(("a ",) * 30, delay=0.01))
    limits = OwnLimits(tokens_per_minute=10_000, tokens_per_day=10_000)
    _, key = keys.create("library", "a", limits=limits)
    with (
        writes(database) as seen,
        client.stream("POST", CHAT, json=GOOD | {"stream": True}, headers=bearer(key)) as stream,
    ):
        begun = len(seen)
        text = "".join(stream.iter_text())
        during = len(seen) - begun
    assert text.count("a ") == 30
    assert (begun, during) == (1, 0)


def test_who_was_refused_costs_nothing(
    client: httpx.Client, database: Database, keys: Keys
) -> None:
    _, key = keys.create("library", "a", limits=OwnLimits(requests_per_minute=1))
    for _ in range(2):
        post(client, key)
    time.sleep(EVERY + 0.2)
    with writes(database) as seen:
        codes = {post(client, key).status_code for _ in range(20)}
    assert codes == {429}
    assert seen == []


def test_without_limits_nothing_is_written(bot: Bot, database: Database, spec: Spec) -> None:
    app = create_app(bot, database, spec.model_copy(update={"limits": NO_LIMITS}))
    _, key = Keys(database).create("library", "a")
    with served_app(app) as url, httpx.Client(base_url=url) as client, writes(database) as seen:
        for _ in range(5):
            response = post(client, key)
            assert response.status_code == 200
            assert not [name for name in response.headers if name.startswith("x-ratelimit")]
        assert seen == []


async def test_requests_that_come_together_share_writes(database: Database) -> None:
    meter = Meter(Allowances(database, "p"), Clock(database))
    may = Allowance(requests_per_minute=50)
    with writes(database) as seen:
        given = await asyncio.gather(
            *(meter.admit(f"holder{n % 3}", may) for n in range(200)), return_exceptions=True
        )
    assert sum(not isinstance(one, Exception) for one in given) == 150
    assert all(isinstance(one, Problem) for one in given if isinstance(one, Exception))
    assert len(seen) < 10


# --- several processes, a broken store -----------------------------------------------------------


def test_several_processes_share_the_limits(bot: Bot, database: Database, spec: Spec) -> None:
    apps = [create_app(bot, Database(database.path), spec) for _ in range(2)]
    _, key = Keys(database).create(
        "library", "a", limits=OwnLimits(requests_per_minute=10, tokens_per_day=10**6)
    )
    with served_app(apps[0]) as one, served_app(apps[1]) as two:
        codes = [
            httpx.post(f"{url}{CHAT}", json=GOOD, headers=bearer(key)).status_code
            for _ in range(8)
            for url in (one, two)
        ]
    assert codes.count(200) == 10
    assert codes.count(429) == 6


async def test_streams_are_counted_over_processes(database: Database) -> None:
    clock, may = Clock(database), Allowance(streams=2)
    one, two = (Meter(Allowances(database, name), clock) for name in ("one", "two"))
    visits = [await one.admit("me", may), await two.admit("me", may)]
    for meter in (one, two):
        with pytest.raises(Problem) as refused:
            await meter.admit("me", may)
        assert refused.value.status == 429
    visits[0].leave()
    keeping = asyncio.create_task(one.keep())
    await asyncio.sleep(EVERY + 0.3)
    visit = await two.admit("me", may)
    visit.leave()
    keeping.cancel()


async def test_a_store_that_cannot_be_written_is_counted_around(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowances = Allowances(database, "p")
    meter = Meter(allowances, Clock(database))
    may = Allowance(requests_per_minute=5, tokens_per_day=100)
    said: list[str] = []
    warning = "chatwright.server.meter.log.warning"
    monkeypatch.setattr(warning, lambda text, *_, **__: said.append(text))
    await meter.admit("me", may)

    def full(*_: Any) -> Any:
        raise StorageFull("The disk is full.", "Free some space.")

    monkeypatch.setattr(allowances, "take", full)
    for _ in range(4):
        (await meter.admit("me", may)).spend(10)
    with pytest.raises(Problem):
        await meter.admit("me", may)
    for _ in range(5):
        await meter.admit("another", may)
    assert len([text for text in said if "this process alone" in text]) == 1
    monkeypatch.undo()
    await meter.admit("third", may)


async def test_a_caller_that_leaves_while_it_waits_gives_its_stream_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowances = Allowances(database, "p")
    meter = Meter(allowances, Clock(database))
    may = Allowance(streams=1)
    take = allowances.take

    def slow(*values: Any) -> Any:
        time.sleep(0.2)
        return take(*values)

    monkeypatch.setattr(allowances, "take", slow)
    waiting = asyncio.create_task(meter.admit("me", may))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0.3)
    await meter.admit("me", may)


# --- small parts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0ms"), (0.0123, "12ms"), (1, "1s"), (1.54, "1.5s"), (360, "6m0s"), (-1, "0ms")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_spending_outside_of_a_request_is_nobodys() -> None:
    assert visiting.get() is None
    spend(100)


def test_the_last_tokens_are_charged_at_the_end(app: FastAPI, keys: Keys) -> None:
    services: Services = app.state.services
    record, key = keys.create("library", "a", limits=OwnLimits(tokens_per_day=1000))
    with served_app(app) as url:
        httpx.post(f"{url}{CHAT}", json=GOOD, headers=bearer(key))
    assert _used(services, f"key:{record.id}") == 8
