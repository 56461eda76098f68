"""Conversations, turns and feedback as rows; each is its owner's alone."""

from __future__ import annotations

import pytest

from chatwright.core.errors import NotFound, WrongUse
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.records import FeedbackRecord, Outcome
from chatwright.store.turns import Begun


class Store:
    """The store's three objects, and short words for what tests do with them."""

    def __init__(self, database: Database) -> None:
        self.conversations = Conversations(database)
        self.log = TurnLog(database)
        self.feedbacks = Feedbacks(database)

    def new(self, owner: str = "ann") -> str:
        return self.conversations.create("library", owner).id

    def ask(
        self, id: str, content: str | None = "Hi", parent: str | None = None, owner: str = "ann"
    ) -> Begun:
        return self.log.begin(id, owner, content, parent, release="r1", deployment="d1")

    def turn(self, id: str, content: str, answer: str, parent: str | None = None) -> Begun:
        begun = self.ask(id, content, parent)
        self.log.finish(begun.message, "ann", Outcome("done", answer))
        return begun


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


def test_a_turn_is_there_before_it_is_answered(store: Store) -> None:
    id = store.new()
    begun = store.ask(id, "When do you open?")
    user, reply = store.conversations.messages(id, "ann")
    assert (user.role, user.content, user.status, user.parent_id) == (
        "user",
        "When do you open?",
        "done",
        None,
    )
    assert (reply.role, reply.content, reply.status, reply.parent_id) == (
        "assistant",
        "",
        "running",
        user.id,
    )
    assert (reply.release, reply.deployment, reply.turn_id) == ("r1", "d1", begun.turn_id)
    assert begun.path == (user,)


def test_the_result_is_written_once(store: Store) -> None:
    id = store.new()
    begun = store.ask(id)
    outcome = Outcome(
        "done",
        "At nine.",
        route="generated",
        confidence=0.5,
        sources=({"title": "t", "uri": "u", "quote": "q"},),
        left_out=2,
        finish_reason="stop",
        prompt_tokens=3,
        completion_tokens=4,
        first_token_ms=5,
        total_ms=6,
    )
    written = store.log.finish(begun.message, "ann", outcome)
    assert store.conversations.messages(id, "ann")[1] == written
    store.log.finish(begun.message, "ann", Outcome("failed", "later"))
    assert store.conversations.messages(id, "ann")[1] == written


def test_another_owner_cannot_finish_it(store: Store) -> None:
    id = store.new()
    begun = store.ask(id)
    store.log.finish(begun.message, "bob", Outcome("done", "mine"))
    assert store.conversations.messages(id, "ann")[1].status == "running"


def test_the_first_words_become_the_title(store: Store) -> None:
    id = store.new()
    begun = store.turn(id, "  When \n do you   open?", "At nine.")
    store.ask(id, "Another", begun.message.id)
    found = store.conversations.find(id, "ann")
    assert found is not None
    assert found.title == "When do you open?"
    long = store.new()
    store.ask(long, "word " * 50)
    found = store.conversations.find(long, "ann")
    assert found is not None
    assert len(found.title) <= 60
    assert found.title.endswith("…")


def test_edit_retry_and_continue_make_a_tree(store: Store) -> None:
    id = store.new()
    first = store.turn(id, "one", "1")
    second = store.turn(id, "two", "2", first.message.id)
    assert [m.content for m in second.path] == ["one", "1", "two"]
    edited = store.ask(id, "zwei", first.message.id)
    assert edited.user_message.parent_id == second.user_message.parent_id
    again = store.ask(id, None, second.user_message.id)
    assert again.message.parent_id == second.message.parent_id
    assert again.user_message.id == second.user_message.id
    assert [m.content for m in again.path] == ["one", "1", "two"]
    assert len(store.conversations.messages(id, "ann")) == 4 + 2 + 1


@pytest.mark.parametrize("content", [None, "follow"])
def test_parents_that_cannot_be(store: Store, content: str | None) -> None:
    id = store.new()
    begun = store.ask(id)
    wrong = begun.message.id if content is None else begun.user_message.id
    with pytest.raises(WrongUse):
        store.ask(id, content, wrong)
    if content is None:
        with pytest.raises(WrongUse):
            store.ask(id, None, None)
    else:
        with pytest.raises(WrongUse, match="still being written"):
            store.ask(id, content, begun.message.id)
    assert len(store.conversations.messages(id, "ann")) == 2


def test_a_parent_of_another_conversation_is_not_found(store: Store) -> None:
    mine, theirs = store.new(), store.new("bob")
    foreign = store.ask(theirs, owner="bob")
    own = store.turn(store.new(), "x", "y")
    for parent in (foreign.user_message.id, own.message.id, "nonsense"):
        with pytest.raises(NotFound):
            store.ask(mine, "Hi", parent)
        with pytest.raises(NotFound):
            store.ask(mine, None, parent)


def test_everything_is_its_owners_alone(store: Store) -> None:
    id = store.new()
    begun = store.turn(id, "secret", "answer")
    assert store.conversations.find(id, "bob") is None
    assert store.conversations.messages(id, "bob") == []
    assert store.conversations.change(id, "bob", title="x") is None
    assert store.conversations.delete(id, "bob") is False
    assert store.conversations.all("library", "bob", "secret") == []
    assert store.feedbacks.put(begun.message.id, "bob", FeedbackRecord("up", "", "")) is None
    with pytest.raises(NotFound):
        store.ask(id, "Hi", owner="bob")
    found = store.conversations.find(id, "ann")
    assert found is not None
    assert found.title == "secret"


def test_deleted_is_gone(store: Store) -> None:
    id = store.new()
    begun = store.turn(id, "secret", "answer")
    assert store.conversations.delete(id, "ann") is True
    assert store.conversations.delete(id, "ann") is False
    assert store.conversations.find(id, "ann") is None
    assert store.conversations.messages(id, "ann") == []
    assert store.conversations.all("library", "ann") == []
    assert store.feedbacks.put(begun.message.id, "ann", FeedbackRecord("up", "", "")) is None
    with pytest.raises(NotFound):
        store.ask(id)


def test_list_is_newest_first_and_of_one_bot(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = store.new(), store.new()
    store.conversations.create("another-bot", "ann")
    assert [c.id for c in store.conversations.all("library", "ann")] == [second, first]
    monkeypatch.setattr("chatwright.store.turns.now", lambda: "9999-01-01T00:00:00.000Z")
    store.ask(first)
    assert [c.id for c in store.conversations.all("library", "ann")] == [first, second]


def test_search_in_titles_and_words(store: Store) -> None:
    one, two = store.new(), store.new()
    store.turn(one, "Opening hours", "We open at NINE, 100% sure")
    store.turn(two, "Fines", "None_at_all")

    def found(words: str) -> list[str]:
        return [c.id for c in store.conversations.all("library", "ann", words)]

    assert found("opening") == [one]
    assert found("nine") == [one]
    assert found("none_at") == [two]
    assert found("100%") == [one]
    assert found("%") == [one]  # not a wildcard
    assert found("_") == [two]
    assert found("absent") == []
    assert found("\\") == []


def test_feedback_is_replaced_and_comes_with_the_message(store: Store) -> None:
    id = store.new()
    begun = store.turn(id, "q", "a")
    store.feedbacks.put(begun.message.id, "ann", FeedbackRecord("up", "", ""))
    said = FeedbackRecord("down", "wrong", "At ten.")
    rated = store.feedbacks.put(begun.message.id, "ann", said)
    assert rated is not None
    assert (rated.said, rated.channel, rated.release) == (said, "web", "r1")
    user, reply = store.conversations.messages(id, "ann")
    assert (user.feedback, reply.feedback) == (None, said)
    with pytest.raises(WrongUse):
        store.feedbacks.put(begun.user_message.id, "ann", said)


def test_empty_feedback_takes_back_what_was_said(store: Store) -> None:
    id = store.new()
    begun = store.turn(id, "q", "a")
    nothing = FeedbackRecord(None, "", "")
    store.feedbacks.put(begun.message.id, "ann", nothing)
    store.feedbacks.put(begun.message.id, "ann", FeedbackRecord("down", "", "", 0.0))
    assert store.conversations.messages(id, "ann")[1].feedback == FeedbackRecord("down", "", "", 0)
    assert store.feedbacks.put(begun.message.id, "ann", nothing) is not None
    assert store.conversations.messages(id, "ann")[1].feedback is None
    assert store.feedbacks.items("library") == []


def test_a_nul_in_a_reply_is_kept_as_a_sign(store: Store) -> None:
    """A model that writes bytes can write this one, which PostgreSQL does not keep."""
    id = store.new()
    begun = store.ask(id)
    written = store.log.finish(begun.message, "ann", Outcome("done", "a\0b"))
    assert store.conversations.messages(id, "ann")[1] == written
    assert written.content == "a\ufffdb"


@pytest.mark.parametrize(
    "text", ["\u202e \ufdfa \U0001f600", "'; DROP TABLE messages; --", "%s %(x)s :y"]
)
def test_texts_come_back_as_they_were(store: Store, text: str) -> None:
    id = store.new()
    begun = store.ask(id, text)
    said = FeedbackRecord("down", text, text)
    store.feedbacks.put(begun.message.id, "ann", said)
    user, reply = store.conversations.messages(id, "ann")
    assert (user.content, reply.feedback) == (text, said)
    assert [c.id for c in store.conversations.all("library", "ann", text)] == [id]
