"""Two lists of answers to the same questions, compared."""

from __future__ import annotations

from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message, Route
from chatwright.improve.replay import likeness, replay
from chatwright.spec import Spec


def answering(spec: Spec, name: str, *texts: tuple[str, Route]) -> Bot:
    scripts = [Script((text,), route=route) for text, route in texts]
    return Bot(spec, FakeEngine(*scripts), name, name)


def test_what_changes_most_comes_first(spec: Spec) -> None:
    questions = [Conversation((Message("user", f"Question {n}?"),)) for n in range(4)]
    current = answering(
        spec, "a",
        ("At nine.", "generated"), ("At ten.", "generated"), ("No.", "refused"), ("The map is in.", "curated"),
    )  # fmt: skip
    candidate = answering(
        spec, "b",
        ("At nine.", "generated"), ("No.", "refused"), ("Yes.", "generated"), ("The map is out.", "curated"),
    )  # fmt: skip
    found = replay(current, candidate, questions, Silent())
    assert (found.questions, found.same) == (4, 1)
    assert (found.newly_refused, found.newly_answered) == (1, 1)
    assert found.refused["current"]["share"] == found.refused["candidate"]["share"] == 0.25
    assert [pair.question for pair in found.changed] == [
        "Question 1?",
        "Question 2?",
        "Question 3?",
    ]
    assert found.changed[-1].likeness == 0.75
    for bot in (current, candidate):
        assert isinstance(bot.engine, FakeEngine)
        assert (bot.engine.starts, bot.engine.closes) == (1, 1)


def test_at_most_ten_are_shown(spec: Spec) -> None:
    questions = [Conversation((Message("user", f"{n}?"),)) for n in range(30)]
    bots = [answering(spec, name, *[(name, "generated")] * 30) for name in "ab"]
    assert len(replay(*bots, questions, Silent()).changed) == 10


def test_likeness_is_of_words() -> None:
    assert likeness("a b c d", "a b c d") == 1
    assert likeness("a b", "c d") == 0
    assert likeness("", "") == 1
