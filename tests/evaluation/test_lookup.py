"""The nearest-question lookup: a fair peer, and a deterministic one."""

from __future__ import annotations

from chatwright.core.types import Conversation, Message
from chatwright.evaluation.lookup import Lookup, grams


def pair(question: str, answer: str, *, refused: bool = False) -> Conversation:
    return Conversation((Message("user", question), Message("assistant", answer, refused)))


def test_grams_by_hand() -> None:
    assert grams("Ab!")[" ab"] and grams("Ab!")["ab "] and grams("Ab!")[" ab "]
    assert set(grams("abc")) == {" ab", "abc", "bc ", " abc", "abc ", " abc "}
    assert not grams("?! ...")


def test_the_nearest_question_wins() -> None:
    lookup = Lookup(
        [
            pair("When do you open on Sunday?", "At one."),
            pair("How do I renew a book?", "Online."),
            pair("May I bring a dog?", "No.", refused=True),
        ]
    )
    assert lookup.answer("opening times on sundays").content == "At one."
    assert lookup.answer("can books be renewed").content == "Online."
    assert lookup.answer("DOGS").refused


def test_a_known_question_finds_its_own_answer() -> None:
    questions = [f"question about {word}s" for word in ("apple", "pear", "plum", "grape")]
    lookup = Lookup([pair(q, str(n)) for n, q in enumerate(questions)])
    assert [lookup.answer(q).content for q in questions] == ["0", "1", "2", "3"]


def test_of_equals_the_first_wins() -> None:
    lookup = Lookup([pair("opening hours", "first"), pair("Opening hours?", "second")])
    assert lookup.answer("opening hours").content == "first"


def test_every_question_of_a_dialogue_counts() -> None:
    turns = (
        Message("system", "Just zwq."),
        Message("user", "hello"),
        Message("assistant", "Hi."),
        Message("user", "any parking"),
        Message("assistant", "Behind the house."),
        Message("user", "thanks"),
    )
    lookup = Lookup([Conversation(turns)])
    assert lookup.answer("parking?").content == "Behind the house."
    assert lookup.answer("hello!").content == "Hi."
    assert lookup.answer("zwq").content == ""  # the system says it, no user asks it


def test_nothing_in_common_is_an_empty_answer() -> None:
    assert Lookup([]).answer("anything") == Message("assistant", "")
    assert Lookup([pair("abc", "x")]).answer("\u6f22\u5b57").content == ""
    assert Lookup([pair("\u6f22\u5b57\u8a66\u9a13", "x")]).answer("\u6f22\u5b57").content == "x"
