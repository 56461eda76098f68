"""Feedback as rows: who may rate what, what is kept with it, and how it is taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from chatwright.core.errors import TooMuch, WrongUse
from chatwright.core.types import Message
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.exchanges import Exchanges
from chatwright.store.migrations import STEPS
from chatwright.store.person import PersonRows
from chatwright.store.records import FeedbackItem, FeedbackRecord, Outcome
from chatwright.store.secret import Secret
from chatwright.store.tables import conversations, feedback, messages, signals

UP, DOWN = FeedbackRecord("up", "", ""), FeedbackRecord("down", "wrong", "At ten.", 0.25)
NOTHING = FeedbackRecord(None, "", "")


@pytest.fixture
def feedbacks(database: Database) -> Feedbacks:
    return Feedbacks(database)


def reply(database: Database, owner: str = "visitor:ann", question: str = "When?") -> str:
    """A reply to a new question; its id."""
    log, id = TurnLog(database), Conversations(database).create("library", owner).id
    begun = log.begin(id, owner, question, None, release="r1", deployment="d1")
    outcome = Outcome("done", "At nine.", route="generated", confidence=0.5)
    log.finish(begun.message, owner, outcome)
    return begun.message.id


def test_an_item_has_all_that_it_is_about(database: Database, feedbacks: Feedbacks) -> None:
    id = reply(database)
    feedbacks.put(id, "visitor:ann", DOWN)
    (item,) = feedbacks.items("library")
    assert item == FeedbackItem(
        **{name: getattr(item, name) for name in ("id", "conversation_id", "created_at")},
        bot="library",
        message_id=id,
        owner="visitor:ann",
        rater="visitor:ann",
        channel="web",
        thumb="down",
        score=0.25,
        comment="wrong",
        correction="At ten.",
        release="r1",
        deployment="d1",
        route="generated",
        confidence=0.5,
        question="When?",
        answer="At nine.",
        updated_at=item.created_at,
    )
    assert feedbacks.find(item.id, "library") == item
    assert feedbacks.find(item.id, "other") is None and feedbacks.items("other") == []


def test_several_rate_one_reply_and_each_has_one_word(
    database: Database, feedbacks: Feedbacks
) -> None:
    id = reply(database)
    for _ in range(3):
        feedbacks.put(id, "visitor:ann", UP)
        feedbacks.put(id, "account:eve", DOWN, any_of="library")
    items = feedbacks.items("library")
    assert [(one.rater, one.owner, one.thumb) for one in items] == [
        ("visitor:ann", "visitor:ann", "up"),
        ("account:eve", "visitor:ann", "down"),
    ]
    (talk,) = Conversations(database).all("library", "visitor:ann")
    said = Conversations(database).messages(talk.id, "visitor:ann")[1].feedback
    assert said == UP  # the owner sees their own
    feedbacks.put(id, "account:eve", NOTHING, any_of="library")
    assert [one.rater for one in feedbacks.items("library")] == ["visitor:ann"]


def test_anothers_reply_is_none_at_all(database: Database, feedbacks: Feedbacks) -> None:
    id = reply(database)
    assert feedbacks.put(id, "visitor:bob", UP) is None
    assert feedbacks.put(id, "account:eve", UP, any_of="other") is None
    assert feedbacks.put("nonsense", "account:eve", UP, any_of="library") is None
    assert feedbacks.items("library") == []


def test_a_question_is_no_reply(database: Database, feedbacks: Feedbacks) -> None:
    reply(database)
    with database.read() as connection:
        asked = connection.scalars(select(messages.c.id).where(messages.c.role == "user")).one()
    with pytest.raises(WrongUse):
        feedbacks.put(asked, "visitor:ann", UP)


def test_a_reply_that_was_erased_or_deleted(database: Database, feedbacks: Feedbacks) -> None:
    erased, deleted = reply(database, "visitor:ann"), reply(database, "visitor:bob")
    for id in (erased, deleted):
        feedbacks.put(id, "account:eve", DOWN, any_of="library")
    PersonRows(database, Secret("x" * 40)).erase("visitor:ann")
    (talk,) = Conversations(database).all("library", "visitor:bob")
    Conversations(database).delete(talk.id, "visitor:bob")
    assert feedbacks.items("library") == []
    for id in (erased, deleted):
        assert feedbacks.put(id, "account:eve", DOWN, any_of="library") is None
        assert feedbacks.put(id, "visitor:bob", DOWN) is None
    with database.read() as connection:  # hidden with its conversation, gone with its person
        assert connection.scalar(select(func.count()).select_from(feedback)) == 1


def test_what_was_rated_stays_known_whatever_becomes_of_it(
    database: Database, feedbacks: Feedbacks
) -> None:
    id = reply(database)
    feedbacks.put(id, "visitor:ann", UP)
    with database.write() as connection:
        connection.execute(update(messages).values(release=None, deployment=None, route=None))
    feedbacks.put(id, "visitor:ann", DOWN)
    (item,) = feedbacks.items("library")
    assert (item.release, item.deployment, item.route, item.thumb) == (
        "r1",
        "d1",
        "generated",
        "down",
    )


def test_many_thumbs_are_one_row(database: Database, feedbacks: Feedbacks) -> None:
    id = reply(database)
    for number in range(100):
        feedbacks.put(id, "visitor:ann", UP if number % 2 else DOWN, most=5)
    assert len(feedbacks.items("library")) == 1


def test_newly_rated_replies_of_a_day_are_capped(database: Database, feedbacks: Feedbacks) -> None:
    ids = [reply(database) for _ in range(4)]
    for id in ids[:3]:
        feedbacks.put(id, "visitor:ann", UP, most=3)
    with pytest.raises(TooMuch, match="3 replies"):
        feedbacks.put(ids[3], "visitor:ann", UP, most=3)
    feedbacks.put(ids[0], "visitor:ann", DOWN, most=3)  # may change their mind
    feedbacks.put(ids[3], "account:eve", UP, any_of="library", most=3)  # a cap of its own
    with database.write() as connection:
        own = update(feedback).where(feedback.c.rater == "visitor:ann")
        connection.execute(own.values(created_at="2020-01-01T00:00:00.000Z"))
    feedbacks.put(ids[3], "visitor:ann", UP, most=3)
    assert len(feedbacks.items("library")) == 5


def test_lists_go_on_where_they_ended(database: Database, feedbacks: Feedbacks) -> None:
    for _ in range(5):
        feedbacks.put(reply(database), "visitor:ann", UP)
    everything = feedbacks.items("library")
    first = feedbacks.items("library", limit=2)
    assert first + feedbacks.items("library", after=first[-1].id) == everything
    assert feedbacks.items("library", since="2999") == []
    assert feedbacks.items("library", rater="visitor:bob") == []


def test_feedback_of_an_older_store_keeps_working(database: Database) -> None:
    """As a store of the version before: the rater is `owner`, and nothing is known of the message."""
    id = reply(database)
    with database.write() as connection:
        signals.drop(connection)
        feedback.drop(connection)
        connection.exec_driver_sql(
            """CREATE TABLE feedback (
            id TEXT PRIMARY KEY,
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            owner TEXT NOT NULL, thumb TEXT, comment TEXT NOT NULL, correction TEXT NOT NULL,
            release TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
            UNIQUE (message_id, owner))"""
        )
        connection.exec_driver_sql(
            "INSERT INTO feedback VALUES"
            f" ('f1', '{id}', 'visitor:ann', 'down', 'no', 'At ten.', 'r1', '2026', '2026')"
        )
        step = next(i for i, one in enumerate(STEPS, 1) if one.__name__ == "_raters")
        STEPS[step - 1](connection)
    feedbacks = Feedbacks(database)
    (item,) = feedbacks.items("library")
    assert (item.rater, item.channel, item.route, item.deployment) == (
        "visitor:ann",
        "web",
        "generated",
        "d1",
    )
    feedbacks.put(id, "visitor:ann", UP)
    assert [one.id for one in feedbacks.items("library")] == ["f1"]


# --- exchanges that a client tells of ------------------------------------------------------------

ASKED = (
    Message("system", "Be brief."),
    Message("user", "Hi"),
    Message("assistant", "Hello."),
    Message("user", "When do you open?"),
)


def tell(
    database: Database, said: FeedbackRecord, answer: str = "At nine.", most: int = 0
) -> str | None:
    rated = Exchanges(database).rate(
        "library", "key:k", said, ASKED, answer, deployment="d1", release="r1", most=most
    )
    return None if rated is None else rated.message_id


def test_an_exchange_is_kept_once(database: Database, feedbacks: Feedbacks) -> None:
    first = tell(database, DOWN)
    assert tell(database, UP) == first
    assert tell(database, UP, "At ten.") != first
    items = feedbacks.items("library")
    assert [(one.rater, one.owner, one.channel, one.thumb) for one in items] == [
        ("key:k", "key:k", "api", "up")
    ] * 2
    assert (items[0].question, items[0].answer) == ("When do you open?", "At nine.")
    assert (items[0].release, items[0].deployment) == ("r1", "d1")
    said = Conversations(database).messages(items[0].conversation_id, "key:k")
    assert [one.role for one in said] == ["user", "assistant", "user", "assistant"]
    assert [one.parent_id for one in said[1:]] == [one.id for one in said[:-1]]


def test_what_is_taken_back_leaves_no_exchange(database: Database, feedbacks: Feedbacks) -> None:
    assert tell(database, NOTHING) is None
    id = tell(database, DOWN)
    assert tell(database, NOTHING) == id
    again = tell(database, DOWN)
    assert again is not None and again != id
    feedbacks.put(again, "key:k", NOTHING)
    with database.read() as connection:
        for table in (conversations, messages, feedback):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_an_exchange_above_the_cap_is_not_kept(database: Database) -> None:
    tell(database, UP, "one", most=1)
    with pytest.raises(TooMuch):
        tell(database, UP, "two", most=1)
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(conversations)) == 1
