"""Why replies were given: kept with them, read for their bot alone, and gone with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.explanations import Explanations
from chatwright.store.person import PersonRows
from chatwright.store.records import Outcome
from chatwright.store.secret import Secret
from chatwright.store.tables import messages
from chatwright.store.turns import Begun

WHY: dict[str, Any] = {
    "route": "retrieved",
    "confidence": 0.91,
    "threshold": 0.8,
    "candidates": [{"kind": "standard", "text": "Ask Mrs Zebrafinch. “Bücher”", "signs": {"a": 1}}],
    "ungrounded": ["ten 😀"],
}
SOURCES = ({"title": "Hours", "uri": "hours.md", "quote": "Ten to six."},)


def begun(database: Database, owner: str = "ann", words: str = "Hours?") -> tuple[str, Begun]:
    id = Conversations(database).create("library", owner).id
    log = TurnLog(database)
    return id, log.begin(id, owner, words, None, release="r1", deployment="d1")


def replied(
    database: Database, owner: str = "ann", explanation: dict[str, Any] | None = WHY
) -> tuple[str, str]:
    """A conversation and its reply."""
    id, turn = begun(database, owner)
    outcome = Outcome("done", "Ten.", "retrieved", 0.91, SOURCES, explanation=explanation)
    TurnLog(database).finish(turn.message, owner, outcome)
    return id, turn.message.id


def raw(database: Database, id: str) -> Any:
    with database.read() as connection:
        return connection.execute(
            select(messages.c.explanation).where(messages.c.id == id)
        ).scalar()


def test_it_is_kept_with_the_reply(database: Database) -> None:
    _, reply = replied(database)
    found = Explanations(database).find(reply, "library")
    assert found is not None
    assert found.explanation == WHY
    assert (found.owner, found.route, found.confidence) == ("ann", "retrieved", 0.91)
    assert (found.release, found.deployment, found.sources) == ("r1", "d1", SOURCES)


def test_a_reply_that_was_passed_on_has_none(database: Database) -> None:
    _, reply = replied(database, explanation=None)
    found = Explanations(database).find(reply, "library")
    assert found is not None and found.explanation is None


def test_only_whole_replies_of_this_bot_that_are_still_there(database: Database) -> None:
    known = Explanations(database)
    id, reply = replied(database)
    _, turn = begun(database)
    assert known.find(turn.message.id, "library") is None, "it is still being written"
    assert known.find(turn.user_message.id, "library") is None, "it is no reply"
    assert known.find(reply, "other") is None
    assert known.find("nothing", "library") is None
    Conversations(database).delete(id, "ann")
    assert known.find(reply, "library") is None


def test_whoever_reads_the_conversation_is_not_given_it(database: Database) -> None:
    id, reply = replied(database)
    message = Conversations(database).messages(id, "ann")[1]
    assert message.id == reply and not hasattr(message, "explanation")
    again = TurnLog(database).begin(id, "ann", "And?", reply, release="r1", deployment="d1")
    assert [one.id for one in again.path][1] == reply


def test_a_copy_for_the_person_has_route_and_confidence_alone(database: Database) -> None:
    replied(database)
    rows = PersonRows(database, Secret("x" * 40))
    (talk,) = rows.exported("ann")["conversations"]
    told = talk["messages"][1]
    assert (told["route"], told["confidence"]) == ("retrieved", 0.91)
    assert "Zebrafinch" not in str(talk) and "explanation" not in told


def test_it_goes_with_its_person(database: Database) -> None:
    _, reply = replied(database)
    _, other = replied(database, "ben")
    PersonRows(database, Secret("x" * 40)).erase("ann")
    assert raw(database, reply) is None and raw(database, other) == WHY


def test_a_name_in_what_was_not_said_is_forgotten_without_the_conversation(
    database: Database,
) -> None:
    id, reply = replied(database)
    _, other = replied(database, "ben", {**WHY, "candidates": []})
    rows = PersonRows(database, Secret("x" * 40))
    removed = rows.erase_where(lambda text: "Zebrafinch" in text)
    assert removed.conversations == 0
    assert raw(database, reply) is None
    assert raw(database, other) == {**WHY, "candidates": []}
    assert Conversations(database).find(id, "ann") is not None


def test_before_a_time_is_before_it_there_too(database: Database) -> None:
    _, reply = replied(database)
    rows = PersonRows(database, Secret("x" * 40))
    rows.erase_where(lambda text: "Zebrafinch" in text, before="2000-01-01T00:00:00.000Z")
    assert raw(database, reply) == WHY
