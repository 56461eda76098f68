"""Weak signals as rows, and which of two replies was liked."""

from __future__ import annotations

from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.records import FeedbackRecord, Outcome, Thumb
from chatwright.store.signals import Seen, Signals


def talk(database: Database, *answers: str, owner: str = "ann") -> tuple[str, list[str]]:
    """A question that was answered several times: the conversation, and the replies."""
    log, id = TurnLog(database), Conversations(database).create("library", owner).id
    asked, replies = None, []
    for answer in answers:
        content = "When?" if asked is None else None
        begun = log.begin(id, owner, content, asked, release="r", deployment="d")
        log.finish(begun.message, owner, Outcome("done", answer))
        asked = begun.user_message.id
        replies.append(begun.message.id)
    return id, replies


def seen(message: str, kind: str = "refused") -> Seen:
    return Seen(message, "ann", kind, 0.5, {"by": "m"}, "2026-01-01T00:00:00.000Z")  # type: ignore[arg-type]


def test_a_signal_is_kept_once(database: Database) -> None:
    signals = Signals(database)
    _, (reply,) = talk(database, "At nine.")
    assert signals.add("library", [seen(reply), seen(reply), seen(reply, "rephrased")]) == 2
    assert signals.add("library", [seen(reply)]) == 0
    found = signals.items("library")
    assert [(one.kind, one.message_id, one.detail) for one in found] == [
        ("refused", reply, {"by": "m"}),
        ("rephrased", reply, {"by": "m"}),
    ]
    assert signals.items("other") == []


def test_none_of_a_message_that_is_gone(database: Database) -> None:
    signals = Signals(database)
    id, (reply,) = talk(database, "At nine.")
    assert signals.add("library", [seen("nonsense")]) == 0
    signals.add("library", [seen(reply)])
    Conversations(database).delete(id, "ann")
    assert signals.items("library") == [] and signals.happened("library") == []


def test_messages_come_conversation_by_conversation(database: Database) -> None:
    first, _ = talk(database, "one", "two")
    second, _ = talk(database, "three", owner="bob")
    found = Signals(database).happened("library")
    assert [one.conversation_id for one in found] == [first] * 3 + [second] * 2
    assert [one.seq for one in found] == [1, 2, 3, 1, 2]
    assert Signals(database).happened("library", "2999") == []


def rate(database: Database, reply: str, thumb: Thumb, rater: str = "ann") -> None:
    Feedbacks(database).put(reply, rater, FeedbackRecord(thumb, "", ""), any_of="library")


def test_two_replies_of_which_one_was_liked(database: Database) -> None:
    id, (bad, good, other) = talk(database, "At ten.", "At nine.", "Who knows?")
    rate(database, bad, "down")
    assert Signals(database).pairs("library") == []
    rate(database, good, "up", "account:eve")
    (pair,) = Signals(database).pairs("library")
    assert (pair.chosen_id, pair.chosen) == (good, "At nine.")
    assert (pair.rejected_id, pair.rejected) == (bad, "At ten.")
    assert (pair.conversation_id, pair.question, pair.owner) == (id, "When?", "ann")
    assert pair.raters == ("account:eve", "ann")
    rate(database, other, "down")
    assert {one.rejected_id for one in Signals(database).pairs("library")} == {bad, other}
    rate(database, good, "down", "account:bob")  # now they differ: it is liked by some
    assert Signals(database).pairs("library") == []


def test_replies_to_different_questions_are_no_pair(database: Database) -> None:
    _, (bad,) = talk(database, "At ten.")
    _, (good,) = talk(database, "At nine.")
    rate(database, bad, "down")
    rate(database, good, "up")
    assert Signals(database).pairs("library") == []
