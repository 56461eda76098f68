"""Upstreams that refuse, hang, fail, drip and lie: F10 and F18, against a faulty server on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tests.conftest import FakeEngine, Script
from tests.engine.faulty import Faulty, faulty

from chatwright.core.errors import ContextTooLong, EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Chunk, Conversation, Message, Sampling, Usage, gather
from chatwright.engine import breaker, upstream
from chatwright.engine.breaker import FAILURES, Breaker
from chatwright.engine.exchange import Patience, Unreachable
from chatwright.engine.fallback import FallbackEngine
from chatwright.engine.upstream import RETRIES, Upstream, UpstreamEngine

ASK = Conversation((Message("user", "Hi"),))
SHORT = Patience(connect=2, first=0.8, between=0.8, whole=2.5)
FAILING = ["hang", "500", "cut", "ended", "bad", "drip", "pings", "slow", "json", "long"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "BACKOFF", 0.02)
    monkeypatch.setattr(upstream, "PROBE_SECONDS", 0.2)
    monkeypatch.setattr(breaker, "PROBE_SECONDS", 0.2)


@asynccontextmanager
async def running(server: Faulty, patience: Patience = SHORT) -> AsyncIterator[UpstreamEngine]:
    engine = UpstreamEngine(Upstream(server.url, "m", patience=patience))
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


async def answer(engine: UpstreamEngine | FallbackEngine) -> str:
    return (await gather(engine.chat(ASK, Sampling()))).text


@pytest.mark.parametrize("how", FAILING)
async def test_each_fault_is_an_error_in_time(how: str) -> None:
    async with faulty() as server, running(server) as engine:
        server.always = how
        began = time.monotonic()
        with pytest.raises(EngineError) as caught:
            await answer(engine)
        assert time.monotonic() - began < 4
        assert caught.value.next_step
        words = how in ("cut", "ended", "slow")
        quick = how in ("500", "bad", "json")
        assert len(server.bodies) == (1 + RETRIES if quick else 1) or how == "long"
        assert words or isinstance(caught.value, Unreachable)
        server.always = "ok"
        assert await answer(engine) == "Hello there"


@pytest.mark.parametrize("how", ["500", "bad", "json", "429"])
async def test_what_fails_twice_is_asked_a_third_time(how: str) -> None:
    async with faulty() as server, running(server) as engine:
        server.script.extend([how, how])
        assert await answer(engine) == "Hello there"
        assert len(server.bodies) == 3
        server.script.extend([how] * 3)
        with pytest.raises(EngineError):
            await answer(engine)
        assert len(server.bodies) == 6


@pytest.mark.parametrize("how", ["cut", "ended", "slow"])
async def test_nothing_is_tried_again_after_the_first_word(how: str) -> None:
    async with faulty() as server, running(server) as engine:
        server.script.append(how)
        stream = engine.chat(ASK, Sampling())
        assert (await anext(stream)).text == "Hel"
        with pytest.raises(EngineError):
            await anext(stream)
        assert len(server.bodies) == 1


async def test_all_of_it_has_an_end() -> None:
    async with faulty() as server, running(server) as engine:
        server.script.append("steady")
        began = time.monotonic()
        with pytest.raises(EngineError, match="longer than"):
            await answer(engine)
        assert 2.3 < time.monotonic() - began < 4


async def test_a_refused_connection_is_tried_again_and_told() -> None:
    async with faulty() as server, running(server) as engine:
        await server.down()
        with pytest.raises(EngineError, match="ConnectError"):
            await answer(engine)
        await server.up()
        assert await answer(engine) == "Hello there"


async def test_a_busy_upstream_is_believed() -> None:
    async with faulty() as server, running(server) as engine:
        server.always = "busy"
        for _ in range(FAILURES + 2):  # it lives: no breaker
            with pytest.raises(EngineOverloaded) as caught:
                await answer(engine)
            assert caught.value.retry_after == 60.0
        assert len(server.bodies) == FAILURES + 2
        assert engine.health() == "ready"


async def test_a_refused_request_is_not_the_upstreams_fault() -> None:
    async with faulty() as server, running(server) as engine:
        server.always = "400"
        for _ in range(FAILURES + 2):
            with pytest.raises(Unsupported, match="too many messages"):
                await answer(engine)
        assert engine.health() == "ready"
        server.always = "401"
        for _ in range(FAILURES):
            with pytest.raises(EngineError, match="no such key"):
                await answer(engine)
        with pytest.raises(EngineOverloaded, match="keeps failing"):
            await answer(engine)


@pytest.mark.parametrize("how", ["500", "hang", "down"])
async def test_the_breaker_opens_answers_at_once_and_recovers(how: str) -> None:
    async with faulty() as server, running(server) as engine:
        server.always, server.probe_status = how, 500
        if how == "down":
            await server.down()
        asked = 0
        while engine.health() == "ready":
            with pytest.raises(EngineError):
                await answer(engine)
            asked += 1
        assert asked <= FAILURES
        assert len(server.bodies) <= FAILURES
        seen = len(server.bodies)
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(EngineOverloaded) as caught:
                await answer(engine)
            assert 0 < caught.value.retry_after <= 10
        assert (time.monotonic() - began) / 20 < 0.05
        assert len(server.bodies) == seen
        if how == "down":
            await server.up()
        server.always, server.probe_status = "ok", 200
        began = time.monotonic()
        while engine.health() != "ready":
            await asyncio.sleep(0.01)
        assert await answer(engine) == "Hello there"
        assert time.monotonic() - began < 1.5 * 0.2 + 0.3  # a probe's interval and a half
        assert server.probes >= 1
        assert await answer(engine) == "Hello there"


async def test_one_request_decides_when_a_probe_was_answered() -> None:
    """/models answers and the model does not: others are not sent into it."""
    async with faulty() as server, running(server) as engine:
        server.always = "500"
        while engine.health() == "ready":
            with pytest.raises(EngineError):
                await answer(engine)
        while engine.health() != "ready":
            await asyncio.sleep(0.01)
        seen = len(server.bodies)
        results = await asyncio.gather(*(answer(engine) for _ in range(10)), return_exceptions=True)
        assert all(isinstance(result, EngineError) for result in results)
        assert sum("keeps failing" in str(result) for result in results) == 9
        assert len(server.bodies) == seen + 1


async def test_a_trial_that_is_left_does_not_lock_the_breaker() -> None:
    async with faulty() as server, running(server, Patience(first=5)) as engine:
        server.always = "500"
        while engine.health() == "ready":
            with pytest.raises(EngineError):
                await answer(engine)
        server.always = "hang"
        while engine.health() != "ready":
            await asyncio.sleep(0.01)
        left = asyncio.create_task(answer(engine))
        await asyncio.sleep(0.1)
        left.cancel()
        await asyncio.wait({left})
        server.always = "ok"
        assert await answer(engine) == "Hello there"


async def test_the_next_engine_answers_before_the_first_word() -> None:
    second = FakeEngine(*(Script(("from", " the second")) for _ in range(20)))
    async with faulty() as server, running(server) as first:
        engine = FallbackEngine([first, second])  # type: ignore[list-item]
        await engine.start()
        assert await answer(engine) == "Hello there"
        server.always = "500"
        for _ in range(4):
            assert await answer(engine) == "from the second"
        began = time.monotonic()  # the breaker is open by now
        assert await answer(engine) == "from the second"
        assert time.monotonic() - began < 0.05
        assert engine.health() == "ready"
        assert (engine.context, engine.can) == (first.context, first.can)
        server.always = "cut"
        while first.health() != "ready":
            await asyncio.sleep(0.01)
        chunks: list[Chunk] = []
        with pytest.raises(EngineError):  # after a word nobody else goes on
            async for chunk in engine.chat(ASK, Sampling()):
                chunks.append(chunk)
        assert [chunk.text for chunk in chunks] == ["Hel"]
        await engine.close()
        assert second.closes == 1


async def test_who_cannot_do_what_is_asked_is_passed_over() -> None:
    async with faulty() as server, running(server) as first, running(server) as third:
        second = FakeEngine()
        second.can = frozenset()  # type: ignore[attr-defined]

        async def refuses(*_: object) -> AsyncIterator[Chunk]:
            raise Unsupported("no seed", field="seed")
            yield Chunk()

        second.chat = refuses  # type: ignore[assignment]
        engine = FallbackEngine([first, second, third])  # type: ignore[list-item]
        server.script.extend(["500"] * 3)
        assert (await gather(engine.chat(ASK, Sampling(seed=1)))).usage == Usage(11, 3)
        server.script.append("400")
        with pytest.raises(Unsupported, match="too many"):  # of the first it is the caller's error
            await answer(engine)
        server.always = "busy"
        with pytest.raises(EngineOverloaded):
            await gather(engine.chat(ASK, Sampling()))


async def test_when_all_fail_the_first_ones_error_is_told() -> None:
    long = FakeEngine()

    async def too_long(*_: object) -> AsyncIterator[Chunk]:
        raise ContextTooLong("too long")
        yield Chunk()

    long.chat = too_long  # type: ignore[assignment]
    async with faulty() as server, running(server) as first:
        server.always = "bad"
        with pytest.raises(EngineError, match="not a piece of a chat"):
            await answer(FallbackEngine([first, long]))  # type: ignore[list-item]


async def test_a_cut_reply_is_not_repeated_when_the_network_heals() -> None:
    """F18: a partition in mid-stream ends the reply; what comes after is a new request."""
    async with faulty() as server, running(server) as engine:
        server.script.append("slow")
        stream = engine.chat(ASK, Sampling())
        assert (await anext(stream)).text == "Hel"
        await server.down()
        with pytest.raises(EngineError):
            await anext(stream)
        await server.up()
        assert await answer(engine) == "Hello there"
        assert len(server.bodies) == 2


def test_the_breaker_keeps_its_own_clock() -> None:
    now = [100.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES - 1):
        breaker.failed()
        assert breaker.passes() and not breaker.open
    breaker.failed()
    assert breaker.open and not breaker.passes()
    breaker.answered()
    assert not breaker.open and breaker.passes() and not breaker.passes()
    breaker.failed()
    assert breaker.open and not breaker.passes()
    breaker.answered()
    assert breaker.passes()
    breaker.succeeded()
    assert all(breaker.passes() for _ in range(9))
    assert breaker.retry_after >= 1
