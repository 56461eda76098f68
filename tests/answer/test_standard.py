"""Standard replies: what counts as one, which is chosen, and what a question before it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.answer.routing import QUESTIONS, REPLIES, known, say

from chatwright.answer import standard as module
from chatwright.answer.standard import StandardReplies, Taught, taught, together
from chatwright.core.errors import ReleaseError
from chatwright.core.types import Conversation, Message
from chatwright.knowledge.signals import LEXICAL


@pytest.fixture(scope="module")
def replies() -> StandardReplies:
    return known()


def test_a_reply_counts_from_two_different_questions_on() -> None:
    talks = [
        say("when open", "At nine."),
        say("opening hours", "At nine. "),
        say("the price", "Five euros."),
        say("the price", "Five euros."),  # the same question again is not another one
        say("is it open", "Perhaps."),
    ]
    found = taught(talks)
    assert found.replies == ("At nine.",) and found.numbers == (0, 0)
    assert found.questions == ("when open", "opening hours") and found.refused == (False,)


def test_a_reply_with_somebodys_value_is_none() -> None:
    talks = [say("hello", "Hi <NAME_1>!"), say("good day", "Hi <NAME_1>!")]
    assert taught(talks).replies == ()


def test_questions_stand_behind_the_one_before_them() -> None:
    talks = [say("a card", "Yes?", "how much", "Five euros."), say("costs", "Five euros.")]
    assert taught(talks).questions == (together("a card", "how much"), "costs")
    assert together("", "how much") == "how much"


def test_only_a_reply_that_follows_a_question_is_one() -> None:
    talk = Conversation(
        (
            Message("assistant", "Welcome!"),
            Message("user", "one"),
            Message("user", "two"),
            Message("assistant", " "),
            Message("user", "three"),
            Message("assistant", "No.", refused=True),
        )
    )
    other = Conversation((Message("user", "four"), Message("assistant", "No.", refused=True)))
    found = taught([talk, other])
    assert found.replies == ("No.",) and found.refused == (True,)
    assert found.questions == ("two\nthree", "four")


def test_of_too_many_questions_each_reply_keeps_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 5)
    talks = [say(f"a{n}", "A.") for n in range(20)] + [say(f"b{n}", "B.") for n in range(3)]
    found = taught(talks)
    assert len(found.questions) == 5
    assert sorted(found.questions) == ["a0", "a1", "a2", "b0", "b1"]


def test_without_two_replies_there_is_nothing_to_choose() -> None:
    assert StandardReplies.of(taught([])) is None
    assert StandardReplies.of(taught([say("a", "A."), say("b", "A.")])) is None
    assert StandardReplies.of(known().taught.without({0, 1, 2})) is None


def test_each_question_finds_its_reply(replies: StandardReplies) -> None:
    for number, questions in enumerate(QUESTIONS):
        for question in questions:
            looked = replies.look(question.upper())
            assert looked.choices[0].number == number
            assert looked.choices[0].text == REPLIES[number]
            assert looked.choices[0].refused == (number == 3)
            shares = [one.share for one in looked.choices]
            assert len(shares) == 3 and shares == sorted(shares, reverse=True)
            assert set(looked.signs) == set(LEXICAL)
    assert replies.replies == REPLIES


def test_what_is_known_looks_more_known(replies: StandardReplies) -> None:
    near = replies.look("what does a card cost").signs
    far = replies.look("who painted the mona lisa").signs
    assert near["top"] > far["top"] and near["likeness"] > far["likeness"]
    assert near["unknown"] < far["unknown"]


def test_a_follow_up_takes_the_surer_of_both_ways(replies: StandardReplies) -> None:
    alone = replies.look("the price of a card")
    changed = replies.look("the price of a card", "blah blah blah")
    assert changed.choices[0].number == alone.choices[0].number == 1
    short = replies.look("and the price?", "a library card")
    assert short.choices[0].number == 1
    assert short.signs["top"] >= replies.look("and the price?").signs["top"]


def test_the_share_of_a_text(replies: StandardReplies) -> None:
    looked = replies.look("what does a card cost")
    assert replies.number(f" {REPLIES[1]}\n") == 1 and replies.number("Something else.") is None
    share = replies.share(looked, REPLIES[1])
    assert share == pytest.approx(looked.choices[0].share) and share is not None and share > 0.5
    assert replies.share(looked, "Something else.") is None
    total = sum(replies.share(looked, text) or 0 for text in REPLIES)
    assert total == pytest.approx(1, abs=1e-4)


def test_a_reply_that_was_taken_out_is_not_chosen(replies: StandardReplies) -> None:
    fewer = StandardReplies.of(replies.taught.without({1}))
    assert fewer is not None
    looked = fewer.look("what does a card cost")
    assert 1 not in {one.number for one in looked.choices}
    assert fewer.share(looked, REPLIES[1]) is None  # it has no question any more
    assert fewer.taught.replies == REPLIES


def test_nothing_asked(replies: StandardReplies) -> None:
    for question in ("", " ", "?!", "\ud83d\ude42", "x" * 5_000):
        looked = replies.look(question)
        assert len(looked.choices) == 3 and all(v == v for v in looked.signs.values())


def test_the_same_from_a_folder(replies: StandardReplies, tmp_path: Path) -> None:
    replies.save(tmp_path)
    back = StandardReplies.load(tmp_path)
    assert back.taught == replies.taught
    for question in ("a card?", "when open", "mona lisa"):
        one, other = replies.look(question), back.look(question)
        assert one.choices == other.choices and one.signs == other.signs


@pytest.mark.parametrize(
    "changes",
    [{"numbers": [0]}, {"numbers": [9] * 12}, {"refused": []}, {"replies": None}, {"questions": 3}],
    ids=str,
)
def test_a_damaged_file_is_refused(
    replies: StandardReplies, tmp_path: Path, changes: dict[str, object]
) -> None:
    replies.save(tmp_path)
    path = tmp_path / "replies.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    with pytest.raises(ReleaseError, match="cannot be read"):
        StandardReplies.load(tmp_path)


def test_the_same_fit_each_time() -> None:
    rows = Taught(("a b", "c d", "e f", "g h"), (0, 0, 1, 1), ("A.", "B."), (False, False))
    one, other = StandardReplies.of(rows, seed=3), StandardReplies.of(rows, seed=3)
    assert one is not None and other is not None
    assert one.look("a b c").signs == other.look("a b c").signs
