"""Standard replies: what counts as one, which is chosen, and what a question before it changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.answer.routing import QUESTIONS, REPLIES, known, say

from chatwright.answer import standard as module
from chatwright.answer.standard import StandardReplies, Taught, taught, together
from chatwright.core.errors import ReleaseError
from chatwright.core.types import Conversation, Message, Provenance
from chatwright.data.harvested import SOURCE
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


def accepted(*texts: str) -> Conversation:
    """What a reviewer accepted, as the data step has it."""
    return replace(say(*texts), provenance=Provenance(SOURCE, 0))


def test_a_correction_stands_there_as_often_as_in_the_training_data() -> None:
    own = [say("the price", "Six euros."), say("what is it", "Six euros.")]
    once = accepted("what does it cost now", "Six euros.")
    found = taught([*own, once, once, once])
    assert sorted(found.questions) == sorted(
        ["the price", "what is it", *[once.messages[0].content] * 3]
    )
    assert found.reviewed == ("Six euros.",)
    again = taught([once, once, say(once.messages[0].content, "Six euros."), *own])
    assert again.questions.count("what does it cost now") == 2
    assert taught([once, once, once]).replies == ()  # one question is not two
    assert taught(own).reviewed == ()


def test_what_a_reviewer_accepted_is_known_in_other_words_too() -> None:
    texts = ("A card costs 6 euros.", "The card is 6 euros a year.", "We open at 9.")
    questions = ("price", "cost of a card", "card price", "card cost", "when open", "hours")
    rows = Taught(
        questions, (0, 0, 1, 1, 2, 2), texts, (False,) * 3, ("A new card costs 6 euros.",)
    )
    found = StandardReplies.of(rows)
    assert found is not None
    assert [found.reviewed(text) for text in texts] == [True, True, False]
    assert found.reviewed(" A new card costs 6 euros. ") and not found.reviewed("6 euros")
    assert found.taught.without([0]).reviewed == rows.reviewed


def test_what_declines_or_names_somebody_is_not_reviewed() -> None:
    said = (Message("user", "a loan"), Message("assistant", "Not here.", refused=True))
    declined = Conversation(said, provenance=Provenance(SOURCE, 0))
    assert taught([declined, accepted("hello", "Hi <NAME_1>!")]).reviewed == ()


def test_a_follow_up_must_be_likely_both_ways(replies: StandardReplies) -> None:
    alone = replies.look("the price of a card")
    changed = replies.look("the price of a card", "blah blah blah")
    assert changed.choices[0].number == alone.choices[0].number == 1
    short = replies.look("and the price?", "a library card")
    assert short.choices[0].number == 1
    assert short.signs["top"] >= replies.look("and the price?").signs["top"]
    where = replies.look("and where?", "is there a toilet")  # by itself it says little
    assert where.choices[0].number == 2
    turned = replies.look("when do you open", "is there a toilet")
    assert turned.choices[0].number == 0
    assert turned.shares[turned.choices[0].number] < replies.look("when do you open").shares.max()


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
    known = replace(replies.taught, reviewed=("A card costs 6 euros.",))
    replies = StandardReplies.of(known) or replies
    replies.save(tmp_path)
    back = StandardReplies.load(tmp_path)
    assert back.taught == known and back.reviewed("A card costs 6 euros.")
    file = tmp_path / "replies.json"
    older = {k: v for k, v in json.loads(file.read_text()).items() if k != "reviewed"}
    file.write_text(json.dumps(older))
    assert StandardReplies.load(tmp_path).taught.reviewed == ()
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
