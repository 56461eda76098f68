"""Several server processes on one store: the living keep their turns, those of the dead are ended."""

from __future__ import annotations

import pytest

from chatwright.core.errors import StoreUnavailable
from chatwright.store import Conversations, Database, TurnLog, processes
from chatwright.store.records import MessageRecord, Outcome
from chatwright.store.turns import Begun


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class House:
    """Two processes on one store, whose monotonic clock the test moves."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.clock = clock
        self.database = database
        self.one, self.two = TurnLog(database), TurnLog(database)
        self.conversations = Conversations(database)
        self.id = self.conversations.create("library", "ann").id

    def begin(self, log: TurnLog) -> Begun:
        return log.begin(self.id, "ann", "Hi", None, release="r", deployment="d")

    def pass_by(self, seconds: float, *beating: Begun) -> int:
        """Time goes by for process two, which looks; process one beats where it has turns."""
        ended = 0
        for _ in range(round(seconds)):
            self.clock.now += 1
            if beating:
                self.one.processes.beat({begun.message.id: "so far" for begun in beating})
            ended += self.two.processes.reap()
        return ended

    def reply(self, begun: Begun) -> MessageRecord:
        found = self.one.find(begun.turn_id, "ann")
        assert found is not None
        return found


@pytest.fixture
def house(database: Database, monkeypatch: pytest.MonkeyPatch) -> House:
    clock = Clock()
    monkeypatch.setattr(processes, "time", clock)
    return House(database, clock)


def test_a_living_process_keeps_its_turns(house: House) -> None:
    begun = house.begin(house.one)
    assert house.pass_by(30, begun) == 0
    assert house.reply(begun).status == "running"
    assert house.reply(begun).content == "so far"


def test_turns_of_a_dead_process_are_interrupted_within_ten_seconds(house: House) -> None:
    begun, other = house.begin(house.one), house.begin(house.two)
    house.pass_by(3, begun)
    assert house.pass_by(5) == 0
    assert house.pass_by(4) == 1
    reply = house.reply(begun)
    assert (reply.status, reply.content) == ("interrupted", "so far")
    assert house.reply(other).status == "running"
    assert house.pass_by(20) == 0


def test_a_process_that_died_before_its_first_beat(house: House) -> None:
    begun = house.begin(house.one)
    assert house.pass_by(10) == 1
    assert house.reply(begun).status == "interrupted"


def test_a_stalled_process_ends_its_turn_all_the_same(house: House) -> None:
    begun = house.begin(house.one)
    house.pass_by(2, begun)
    assert house.pass_by(10) == 1
    assert house.one.processes.beat({begun.message.id: "half"}) == []
    assert house.reply(begun).content == "so far"  # it is interrupted for everybody, for now
    house.one.finish(begun.message, "ann", Outcome("done", "whole"))
    assert (house.reply(begun).status, house.reply(begun).content) == ("done", "whole")
    second = house.begin(house.one)
    assert house.pass_by(20, second) == 0


def test_who_was_away_does_not_take_the_others_for_dead(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = house.begin(house.one)
    house.pass_by(2, begun)
    house.clock.now += 60  # this process slept
    assert house.pass_by(5) == 0

    def away() -> None:
        raise StoreUnavailable("The store is away.")

    monkeypatch.setattr(house.two.processes, "_look", away)
    with pytest.raises(StoreUnavailable):
        house.pass_by(1)
    monkeypatch.undo()
    monkeypatch.setattr(processes, "time", house.clock)
    assert house.pass_by(6) == 0
    assert house.pass_by(4) == 1


def test_turns_from_before_there_were_processes(house: House) -> None:
    begun = house.begin(house.one)
    with house.database.write() as connection:
        connection.exec_driver_sql("UPDATE messages SET process = NULL")
    assert house.pass_by(1) == 1
    assert house.reply(begun).status == "interrupted"


def test_a_process_that_beats_while_it_is_buried_lives(house: House) -> None:
    begun = house.begin(house.one)
    house.pass_by(1, begun)
    stale = {house.one.processes.id: 1}
    house.one.processes.beat({begun.message.id: "more"})
    assert house.two.processes._bury(stale) == 0
    assert house.reply(begun).status == "running"


def test_an_idle_process_writes_nothing(house: House) -> None:
    assert house.one.processes.beat({}) == []
    with house.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM processes").scalar() == 0


def test_a_process_that_was_idle_is_not_taken_for_dead_when_it_begins_again(house: House) -> None:
    begun = house.begin(house.one)
    house.pass_by(3, begun)
    house.one.finish(begun.message, "ann", Outcome("done", "whole"))
    house.one.processes.beat({})
    house.pass_by(6)  # not long enough to be forgotten, had it stayed in the list
    again = house.begin(house.one)
    assert house.pass_by(2) == 0
    assert house.pass_by(20, again) == 0
    assert house.reply(again).status == "running"


def test_leaving(house: House) -> None:
    begun = house.begin(house.one)
    house.pass_by(1, begun)
    house.one.processes.leave()
    with house.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM processes").scalar() == 0


def test_the_maker_of_a_reply_is_asked_to_stop(house: House) -> None:
    begun, other = house.begin(house.one), house.begin(house.one)
    assert house.two.stop(begun.turn_id, "bob") is False
    assert house.two.stop("nonsense", "ann") is False
    assert house.one.processes.beat({begun.message.id: ""}) == []
    assert house.two.stop(begun.turn_id, "ann") is True
    texts = {begun.message.id: "", other.message.id: ""}
    assert house.two.processes.beat(texts) == []  # not the other's
    assert house.one.processes.beat(texts) == [begun.turn_id]
    house.one.finish(begun.message, "ann", Outcome("stopped"))
    assert house.one.processes.beat(texts) == []
    assert house.two.stop(begun.turn_id, "ann") is True
    assert house.reply(begun).status == "stopped"


def test_deleting_a_conversation_stops_its_turns_everywhere(house: House) -> None:
    begun = house.begin(house.one)
    house.conversations.delete(house.id, "ann")
    assert house.one.processes.beat({begun.message.id: ""}) == [begun.turn_id]
    assert house.one.find(begun.turn_id, "ann") is None


def test_a_turn_that_nobody_was_told_of_is_ended(
    house: House, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks at the commit, which was done all the same."""
    engine = database.backend.engine
    commit = engine.dialect.do_commit

    def broken(connection: object) -> None:
        commit(connection)  # type: ignore[arg-type]
        raise StoreUnavailable("The connection broke.")

    monkeypatch.setattr(engine.dialect, "do_commit", broken)
    with pytest.raises(StoreUnavailable):
        house.begin(house.one)
    monkeypatch.setattr(engine.dialect, "do_commit", commit)
    assert [m.status for m in house.conversations.messages(house.id, "ann")] == ["done", "running"]
    house.one.processes.beat({})
    messages = house.conversations.messages(house.id, "ann")
    assert [m.status for m in messages] == ["done", "interrupted"]
    assert house.one.processes.beat({}) == []
