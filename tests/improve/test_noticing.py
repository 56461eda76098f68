"""Weak signals in conversations as they are kept."""

from __future__ import annotations

import pytest

from chatwright.core.types import Mark, Route
from chatwright.improve.noticing import REPHRASED, likeness, notice
from chatwright.spec import Spec
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.records import Outcome
from chatwright.store.signals import Signals


class Talk:
    """A conversation that is made turn by turn."""

    def __init__(self, database: Database) -> None:
        self._log = TurnLog(database)
        self.id = Conversations(database).create("library", "ann").id

    def turn(
        self,
        asked: str | None,
        parent: str | None = None,
        route: Route = "generated",
        mark: Mark | None = None,
    ) -> tuple[str, str]:
        """The ids of the question and of the reply."""
        begun = self._log.begin(self.id, "ann", asked, parent, release="r", deployment="d")
        outcome = Outcome("done", "An answer.", route=route, mark=mark)
        self._log.finish(begun.message, "ann", outcome)
        return begun.user_message.id, begun.message.id


def found(database: Database, spec: Spec) -> set[tuple[str, str]]:
    notice(database, spec)
    return {(one.kind, one.message_id) for one in Signals(database).items("library")}


@pytest.fixture
def talk(database: Database) -> Talk:
    return Talk(database)


def test_another_reply_was_asked_for(database: Database, spec: Spec, talk: Talk) -> None:
    asked, first = talk.turn("When do you open?")
    _, second = talk.turn(None, asked)
    talk.turn(None, asked)
    assert found(database, spec) == {("regenerated", first), ("regenerated", second)}


def test_it_was_said_in_other_words(database: Database, spec: Spec, talk: Talk) -> None:
    _, first = talk.turn("When do you open the reading room?")
    _, second = talk.turn("I mean, when is the reading room open?", first)
    talk.turn("And where can I park my car?", second)
    assert found(database, spec) == {("rephrased", first)}


def test_it_was_edited(database: Database, spec: Spec, talk: Talk) -> None:
    _, first = talk.turn("When do you open the readng room?")
    talk.turn("When do you open the reading room?")
    assert found(database, spec) == {("rephrased", first)}


def test_who_was_asked_what_they_mean_answers(database: Database, spec: Spec, talk: Talk) -> None:
    _, first = talk.turn("When is the reading room open?", mark="clarify")
    talk.turn("When is the reading room open?", first)
    assert found(database, spec) == set()


def test_it_was_refused_and_a_person_took_over(database: Database, spec: Spec, talk: Talk) -> None:
    _, first = talk.turn("When do you open?", route="refused")
    _, second = talk.turn("May I bring a dog?", first)
    _, third = talk.turn("A person, please", second, mark="handover")
    talk.turn("Insult", third, route="refused", mark="blocked")
    assert found(database, spec) == {("refused", first), ("escalated", second)}


def test_again_finds_nothing_new(database: Database, spec: Spec, talk: Talk) -> None:
    asked, _ = talk.turn("When do you open?", route="refused")
    assert notice(database, spec) == 1
    assert notice(database, spec) == 0
    talk.turn(None, asked)
    assert notice(database, spec) == 1
    assert len(Signals(database).items("library")) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("when do you open", "When do you open?", True),
        ("How do I renew a book?", "how can i renew my book", True),
        ("When do you open on Monday?", "When do you open on Tuesday?", False),
        ("Is it open at 9?", "Is it open at 10?", False),
        ("How do I renew a book?", "Where is the cafe?", False),
        ("", "When?", False),
    ],
)
def test_what_means_the_same(one: str, other: str, same: bool) -> None:
    assert (likeness(one, other) >= REPHRASED) is same
