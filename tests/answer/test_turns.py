"""Turns: they run on unheard, can be read late and twice, are stopped, and are written once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any

import pytest
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot, Deployed, Turns, elsewhere, record
from chatwright.answer.turn import Turn, TurnEvent
from chatwright.core.errors import (
    EngineError,
    EngineOverloaded,
    NotFound,
    StorageFull,
    StoreUnavailable,
)
from chatwright.core.types import Chunk, Source
from chatwright.spec import Spec
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.records import MessageRecord


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


def unwatched(chunks: AsyncGenerator[Chunk, None], _: str) -> AsyncGenerator[Chunk, None]:
    return chunks


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)


class House:
    """The floors that a turn needs."""

    def __init__(self, database: Database, bot: Bot, engine: FakeEngine, keep: float = 300) -> None:
        self.conversations = Conversations(database)
        self.log = TurnLog(database)
        self.engine = engine
        self.deployed = Deployed(bot)
        self.turns = Turns(self.log, self.deployed, unwatched, keep)
        self.id = self.conversations.create("library", "ann").id

    async def ask(self, content: str | None = "Hi", parent: str | None = None) -> Turn:
        return await self.turns.start("ann", self.id, content, parent)

    def messages(self) -> list[MessageRecord]:
        return self.conversations.messages(self.id, "ann")

    async def saved(self) -> None:
        await until(lambda: not self.turns.running())


@pytest.fixture
def house(database: Database, bot: Bot, engine: FakeEngine) -> House:
    return House(database, bot, engine)


async def read(turn: Turn, after: int = 0) -> list[TurnEvent]:
    return [event async for event in turn.events(after)]


async def collect(events: AsyncIterator[TurnEvent]) -> list[TurnEvent]:
    return [event async for event in events]


def words(events: list[TurnEvent]) -> str:
    return "".join(event.text for event in events)


async def test_a_turn_is_recorded_before_and_after(house: House) -> None:
    source = Source("Hours", "hours.md", "Open at nine.")
    house.engine.scripts.append(Script(delay=0.01, route="refused", sources=(source,)))
    turn = await house.ask("When?")
    assert [(m.status, m.content) for m in house.messages()] == [("done", "When?"), ("running", "")]
    events = await read(turn)
    assert [e.name for e in events][-2:] == ["route", "done"]
    assert words(events) == "Hello there."
    reply = house.messages()[1]
    assert events[-1].message == reply
    assert (reply.status, reply.content, reply.route) == ("done", "Hello there.", "refused")
    assert reply.sources == ({"title": "Hours", "uri": "hours.md", "quote": "Open at nine."},)
    assert (reply.finish_reason, reply.completion_tokens, reply.release, reply.deployment) == (
        "stop",
        3,
        "release-1",
        "deployment-1",
    )
    assert reply.first_token_ms is not None
    assert reply.total_ms is not None
    assert 5 <= reply.first_token_ms <= reply.total_ms < 5000


async def test_it_runs_on_when_nobody_listens(house: House) -> None:
    house.engine.scripts.append(Script(delay=0.01))
    await house.ask()
    await house.saved()
    assert house.messages()[1].content == "Hello there."


async def test_late_and_second_readers_get_everything(house: House) -> None:
    pieces = tuple(f"{n} " for n in range(50))
    house.engine.scripts.append(Script(pieces, delay=0.002))
    turn = await house.ask()
    first = asyncio.create_task(read(turn))
    await asyncio.sleep(0.03)
    second = asyncio.create_task(read(turn))
    all_of_it = "".join(pieces[:40])  # max_tokens of the spec
    assert words(await first) == words(await second) == words(await read(turn)) == all_of_it
    for events in (await first, await second, await read(turn)):
        ids = [event.id for event in events]
        assert ids == sorted(set(ids))
        assert ids[0] >= 1
        assert ids[-1] == 3 * len(all_of_it) + 2
    assert len(await read(turn)) == 3  # all deltas as one, route, done


async def test_reading_on_from_any_event_gives_the_rest(house: House) -> None:
    house.engine.scripts.append(Script(early_route="refused"))
    turn = await house.ask()
    await house.saved()
    last = 3 * len("Hello there.") + 2
    for after in range(last + 1):
        rest = await read(turn, after)
        assert words(rest) == "Hello there."[after // 3 :]
        assert all(event.id > after for event in rest)
        assert [event.name for event in rest].count("route") == (after < 1)
        assert (rest == []) == (after == last)


async def test_another_process_tells_the_same_under_the_same_numbers(
    house: House, database: Database, bot: Bot
) -> None:
    other = Turns(TurnLog(database), Deployed(bot), unwatched)
    turn = await house.ask()
    await house.saved()
    for after in (0, 3, 15, 35, 36, 37, 38):
        found = await other.events(turn.id, "ann", after)
        assert found is not None
        there, here = [event async for event in found], await read(turn, after)
        assert [(e.id, e.name, e.text) for e in there] == [(e.id, e.name, e.text) for e in here]
        assert [e.message for e in there][-1:] == [e.message for e in here][-1:]
    assert await other.events(turn.id, "bob") is None
    assert await other.stop(turn.id, "bob") is False


async def test_what_another_process_writes_is_followed_and_stopped(
    house: House, database: Database, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "BEAT", 0.02)
    monkeypatch.setattr(elsewhere, "LOOK", 0.02)
    house.engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    other = Turns(TurnLog(database), Deployed(bot), unwatched)
    house.turns.open()
    turn = await house.ask()
    found = await other.events(turn.id, "ann")
    assert found is not None
    events = []
    async for event in found:
        events.append(event)
        if len(events) == 2:
            assert await other.stop(turn.id, "ann")
    assert [event.name for event in events][-2:] in (["delta", "done"], ["route", "done"])
    assert words(events) == events[-1].message.content == turn.text
    assert events[-1].message.status == "stopped"
    await house.turns.close()


async def test_a_deleted_turn_of_another_process_ends_without_an_event(
    house: House, database: Database, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "LOOK", 0.02)
    house.engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    turn = await house.ask()
    other = Turns(TurnLog(database), Deployed(bot), unwatched)
    found = await other.events(turn.id, "ann")
    assert found is not None
    reading = asyncio.create_task(collect(found))
    await asyncio.sleep(0.05)
    house.conversations.delete(house.id, "ann")
    assert await asyncio.wait_for(reading, 5) == []
    await house.turns.close()


async def test_stop_keeps_what_was_written(house: House) -> None:
    house.engine.scripts.append(Script(("a ",), delay=0.005, forever=True))
    turn = await house.ask()
    async for event in turn.events():
        if event.name == "delta":
            turn.halt("stopped")
            turn.halt("stopped")
    assert event.name == "done"
    reply = house.messages()[1]
    assert reply.status == "stopped"
    assert set(reply.content) == {"a", " "}
    assert reply.error is None
    assert (house.engine.running, house.engine.cancelled) == (0, 1)


async def test_stop_before_the_first_word_and_after_the_end(house: House) -> None:
    turn = await house.ask()
    turn.halt("stopped")
    await house.saved()
    assert house.messages()[1].status == "stopped"
    other = await house.ask("again", None)
    await house.saved()
    other.halt("stopped")
    assert house.messages()[3].status == "done"
    assert house.deployed.leased() == 0


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (EngineOverloaded("The queue is full.", "Try again."), "The queue is full. Try again."),
        (EngineError("It broke."), "It broke."),
        (RuntimeError("secret /path"), "The reply failed unexpectedly. Try again."),
    ],
)
async def test_failures_are_told_and_recorded(house: House, error: Exception, shown: str) -> None:
    house.engine.scripts.append(Script(("half",), error=error))
    turn = await house.ask()
    last = (await read(turn))[-1]
    reply = house.messages()[1]
    assert (last.name, last.message.error) == ("error", shown)
    assert (reply.status, reply.content, reply.error) == ("failed", "half", shown)


async def test_a_turn_that_cannot_begin_leaves_nothing(house: House) -> None:
    with pytest.raises(NotFound):
        await house.turns.start("bob", house.id, "Hi", None)
    assert house.messages() == []
    assert (house.deployed.leased(), house.turns.running()) == (0, 0)


async def test_a_caller_that_goes_away_while_it_begins_leaves_no_orphan(house: House) -> None:
    begin = asyncio.create_task(house.ask())
    await asyncio.sleep(0)
    begin.cancel()
    await until(lambda: [m.status for m in house.messages()] == ["done", "done"])
    assert house.messages()[1].status == "done"


async def test_history_follows_the_branch(house: House) -> None:
    first = await house.ask("one")
    await house.saved()
    await house.ask("side", None)
    await house.saved()
    await house.ask("two", first.message.id)
    await house.saved()
    said = [m.content for m in house.engine.asked[-1][0].messages]
    assert said == ["one", "Hello there.", "two"]


async def test_a_reply_without_a_word_is_not_shown_to_the_model(house: House) -> None:
    house.engine.scripts.append(Script((), error=EngineError("It broke.")))
    first = await house.ask("one")
    await house.saved()
    await house.ask("two", first.message.id)
    await house.saved()
    roles = [m.role for m in house.engine.asked[-1][0].messages]
    assert roles == ["user", "user"]


async def test_what_was_left_out_is_recorded(house: House) -> None:
    parent = None
    for _ in range(8):
        turn = await house.ask("w " * 30, parent)
        await house.saved()
        parent = turn.message.id
    assert house.messages()[-1].left_out > 0
    assert (await read(turn))[-2].message.left_out == house.messages()[-1].left_out


async def test_only_the_owner_finds_it_and_only_for_a_while(
    database: Database, bot: Bot, engine: FakeEngine
) -> None:
    house = House(database, bot, engine, keep=0.05)
    turn = await house.ask()
    assert house.turns.find(turn.id, "bob") is None
    assert house.turns.find("nonsense", "ann") is None
    await house.saved()
    assert house.turns.find(turn.id, "ann") is turn
    await asyncio.sleep(0.1)
    assert house.turns.find(turn.id, "ann") is None


async def test_memory_is_bounded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "KEPT", 2)
    turns = []
    for number in range(4):
        turns.append(await house.ask(str(number)))
        await house.saved()
        await asyncio.sleep(0)
    assert [house.turns.find(t.id, "ann") is not None for t in turns] == [False, False, True, True]


async def test_close_interrupts_and_saves(house: House) -> None:
    house.engine.scripts.append(Script(("a ",), delay=0.005, forever=True))
    turn = await house.ask()
    await asyncio.sleep(0.05)
    await house.turns.close()
    reply = house.messages()[1]
    assert reply.status == "interrupted"
    assert reply.content
    assert reply.error
    assert (await read(turn))[-1].name == "error"
    assert house.engine.running == 0


def failing(times: int, error: Exception, real: Callable[..., Any]) -> Callable[..., Any]:
    left = [times]

    def finish(*args: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise error
        return real(*args)

    return finish


async def test_a_result_that_cannot_be_saved_is_told_and_saved_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "RETRY", 0.02)
    full = StorageFull("The disk is full.", "Free some space.")
    monkeypatch.setattr(house.log, "finish", failing(2, full, house.log.finish))
    turn = await house.ask()
    last = (await read(turn))[-1]
    assert (last.name, last.message.error) == ("error", "The disk is full. Free some space.")
    assert last.message.content == "Hello there."
    await until(lambda: house.messages()[1].status != "running")
    assert house.messages()[1].content == "Hello there."
    assert len([e for e in await read(turn) if e.name in ("done", "error")]) == 1


async def test_readers_wait_while_the_store_may_be_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "RETRY", 0.02)
    away = StoreUnavailable("The store cannot be reached.")
    monkeypatch.setattr(house.log, "finish", failing(3, away, house.log.finish))
    turn = await house.ask()
    last = (await read(turn))[-1]
    assert (last.name, last.message.status, last.message.content) == (
        "done",
        "done",
        "Hello there.",
    )
    assert house.messages()[1] == last.message


async def test_but_not_for_ever(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RETRY", 0.02)
    monkeypatch.setattr(record, "AWAY", 0.1)
    away = StoreUnavailable("The store cannot be reached.")
    monkeypatch.setattr(house.log, "finish", failing(20, away, house.log.finish))
    turn = await house.ask()
    last = (await read(turn))[-1]
    assert (last.name, last.message.error) == ("error", "The store cannot be reached.")
    await until(lambda: house.messages()[1].status == "failed")


async def test_close_does_not_wait_for_a_full_disk(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        house.log, "finish", failing(1000, StorageFull("The disk is full."), house.log.finish)
    )
    await house.ask()
    await house.saved()
    async with asyncio.timeout(1):
        await house.turns.close()


async def test_a_swap_lets_old_turns_end_on_the_old_bot(house: House, spec: Spec) -> None:
    house.engine.scripts.append(Script(("old ",) * 20, delay=0.01))
    turn = await house.ask()
    new_engine = FakeEngine(Script(("new",)))
    swap = asyncio.create_task(house.deployed.swap(Bot(spec, new_engine, "r2", "d2")))
    await asyncio.sleep(0.03)
    assert house.deployed.current().release_id == "r2"
    assert (house.engine.closes, swap.done()) == (0, False)
    other = await house.ask("new?")
    assert words(await read(other)) == "new"
    assert words(await read(turn)) == "old " * 20
    await swap
    assert house.engine.closes == 1
    assert [m.release for m in house.messages()] == [None, "release-1", None, "r2"]


async def test_a_bot_that_cannot_start_is_not_swapped_in(house: House, spec: Spec) -> None:
    bad = FakeEngine()
    bad.start_error = EngineError("No weights.")
    with pytest.raises(EngineError):
        await house.deployed.swap(Bot(spec, bad, "r2", "d2"))
    assert house.deployed.current().release_id == "release-1"
    assert (bad.closes, house.engine.closes) == (1, 0)


async def test_a_swap_does_not_wait_forever(house: House, spec: Spec) -> None:
    lease = house.deployed.lease()
    await house.deployed.swap(Bot(spec, FakeEngine(), "r2", "d2"), patience=0.05)
    assert house.engine.closes == 1
    lease.release()
    lease.release()
    assert house.deployed.leased() == 0
