"""Questions that a calibration is made from."""

from __future__ import annotations

import random

from chatwright.core.types import Conversation, Message
from chatwright.evaluation.tried import EACH, TABLES, asked, logged, outside


def long_talk(exchanges: int, id: str = "c") -> Conversation:
    said: list[Message] = []
    for number in range(exchanges):
        said += [Message("user", f"q{number}"), Message("assistant", f"a{number}")]
    return Conversation(tuple(said), id=id)


def test_every_question_with_what_went_before_it() -> None:
    (first, second) = sorted(logged([long_talk(2)], 10), key=lambda one: str(one.reply))
    assert (first.reply, second.reply) == ("a0", "a1")
    assert [m.content for m in second.conversation.messages] == ["q0", "a0", "q1"]
    assert second.group == "a1"


def test_a_reply_that_declines_is_no_answer() -> None:
    talk = Conversation((Message("user", "q"), Message("assistant", "No.", refused=True)))
    (one,) = logged([talk], 10)
    assert (one.reply, one.group) == (None, "declined")


def test_only_replies_to_a_user_count() -> None:
    talk = Conversation(
        (
            Message("assistant", "Welcome."),
            Message("user", "q"),
            Message("assistant", " "),
            Message("assistant", "More."),
            Message("user", "last"),
        )
    )
    assert logged([talk], 10) == []
    assert logged([], 10) == []


def test_a_long_talk_is_not_all_there_is() -> None:
    talks = [long_talk(50, "long"), *[long_talk(1, f"s{n}") for n in range(20)]]
    found = logged(talks, 1_000)
    assert len(found) == EACH + 20
    assert len(logged(talks, 7)) == 7


def test_the_same_draw_for_the_same_seed() -> None:
    talks = [long_talk(9, f"c{n}") for n in range(30)]
    shuffled = talks[:]
    random.Random(1).shuffle(shuffled)
    assert logged(talks, 20, 3) == logged(talks, 20, 3)
    assert logged(talks, 20, 3) != logged(talks, 20, 4)
    assert {one.reply for one in logged(talks, 1_000, 3)} == {
        one.reply for one in logged(shuffled, 1_000, 3)
    }


def test_questions_about_other_things_in_the_bots_languages() -> None:
    english, german = outside(("en",)), outside(("de-AT",))
    assert len(english) >= 50 and all(one.reply is None for one in english)
    assert german and {one.conversation.messages[-1].content for one in german}.isdisjoint(
        {one.conversation.messages[-1].content for one in english}
    )
    assert len(outside(("en", "de"))) == len(english) + len(german)
    assert outside(("tlh",)) == english == outside(())
    assert len({one.group for one in outside(("en", "de"))}) == len(english) + len(german)


def test_every_language_asks_each_question_once() -> None:
    for name, lines in TABLES.all.items():
        found = lines.strip().split("\n")
        assert len(found) == len(set(found)) >= 10, name
        assert all(line.strip() == line and line for line in found), name


def test_asked() -> None:
    assert asked("q") == Conversation((Message("user", "q"),))
