"""Making a panel: answers once through the engine, frozen; controls of what is known; consent respected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.answer.people import People
from chatwright.core.errors import DataError, ReleaseError, WrongUse
from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.cases import Case
from chatwright.improve.panel_making import (
    Answered,
    Contestant,
    Control,
    Plan,
    answer_all,
    answers_of,
    assemble,
    contestant,
    controls_of,
    made_controls,
)
from chatwright.improve.panel_questions import Question, held_out, of_cases, of_people, personal
from chatwright.spec import Spec
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.records import Outcome
from chatwright.store.secret import Secret

WORDS = (
    "The library opens at nine on weekdays.",
    "Parking is free behind the museum.",
    "Bring your card and a photograph please.",
    "Children under twelve borrow six comics.",
    "Printing costs ten cents per sheet.",
    "Rooms are booked online before Friday.",
    "Concerts happen every second Sunday evening.",
    "Lost umbrellas wait downstairs near lockers.",
)


def questions(count: int = 8) -> list[Question]:
    return [Question(Conversation((Message("user", f"Question {n}?"),))) for n in range(count)]


def said(good: bool = True) -> list[dict[str, Answered]]:
    return [
        {"a": Answered(words, good=good), "b": Answered(f"Different {n}.")}
        for n, words in enumerate(WORDS)
    ]


def two() -> list[Contestant]:
    return [Contestant("a", "first", known={}), Contestant("b", "second", known={})]


async def test_everybody_answers_everything_once(spec: Spec) -> None:
    engine = FakeEngine(*[Script((f"answer {n}",)) for n in range(3)])
    known = {f"question {n}?": f" known\0 {n} " for n in range(2)}
    both = [Contestant("bot", "", Bot(spec, engine, "r", "d")), Contestant("file", "", known=known)]
    found, missing = await answer_all(both, questions(3), Silent())
    assert sorted(one["bot"].text for one in found) == ["answer 0", "answer 1", "answer 2"]
    assert found[0]["file"].text == "known 0" and "file" not in found[2]
    assert dict(missing) == {"file: has no answer to a question": 1}
    assert engine.starts == engine.closes == 1 and len(engine.asked) == 3


async def test_an_answer_that_fails_is_missing_and_said(spec: Spec) -> None:
    engine = FakeEngine(Script(error=DataError("It broke.")), Script(("fine",)))
    found, missing = await answer_all(
        [Contestant("bot", "", Bot(spec, engine, "r", "d"))], questions(2), Silent()
    )
    assert sum("bot" in one for one in found) == 1
    assert dict(missing) == {"bot: It broke.": 1}


def test_a_panel_is_put_together() -> None:
    answers = said()
    answers[3] = {"a": Answered("Same  words."), "b": Answered("same words.")}
    del answers[4]["b"]
    record, items = assemble("library", Plan("p", seed=3), two(), questions(), answers)
    plain = [one for one in items if not one.control]
    assert record.notes["identical"] == 1 and record.notes["questions"] == 8
    assert record.contestants == {"a": "first", "b": "second"}
    assert all([a.contestant for a in one.answers] == ["a", "b"] for one in plain)
    assert [one.place for one in items] == list(range(1, len(items) + 1))
    assert record.controls == sum(one.control for one in items) == 3
    assert record.per_rater <= len(items) + record.repeats
    assert (
        assemble("library", Plan("p", seed=3), two(), questions(), answers)[1][0].question
        == items[0].question
    )


def test_controls_are_a_right_answer_and_one_about_something_else() -> None:
    found = made_controls(questions(), said(), 4, 0)
    assert len(found) == 4 and len({one.question for one in found}) == 4
    for one in found:
        number = int(one.question.split()[1].strip("?"))
        assert one.right == WORDS[number] and one.wrong != one.right


def test_no_control_is_made_of_refusals_or_of_what_people_asked() -> None:
    refused = [{"a": Answered("I am sorry, I cannot help.", refused=True)} for _ in range(8)]
    assert made_controls(questions(), refused, 3, 0) == []
    asked = [Question(one.conversation, origin="m") for one in questions()]
    assert made_controls(asked, said(), 3, 0) == []
    alike = [{"a": Answered("The library opens at nine.")} for _ in range(8)]
    assert made_controls(questions(), alike, 3, 0) == []


def test_ratings_have_one_answer_each_and_controls_that_are_wrong() -> None:
    given = [Control("Open?", "At nine.", "Cats.")]
    record, items = assemble("library", Plan("p", "ratings"), two(), questions(), said(), given)
    assert {len(one.answers) for one in items} == {1}
    assert sum(not one.control for one in items) == 16
    (control,) = [one for one in items if one.control]
    assert control.answers[0].text == "Cats." and record.controls == 1


def test_three_contestants_meet_in_all_pairs() -> None:
    three = [*two(), Contestant("c", "", known={})]
    answers = [one | {"c": Answered(f"third {n}")} for n, one in enumerate(said())]
    _, items = assemble("library", Plan("p", controls=0), three, questions(), answers, [])
    pairs = {tuple(a.contestant for a in one.answers) for one in items if not one.control}
    assert pairs == {("a", "b"), ("a", "c"), ("b", "c")}


def test_what_makes_no_panel() -> None:
    same: list[Mapping[str, Answered]] = [{"a": Answered("x"), "b": Answered("x")}] * 8
    with pytest.raises(DataError, match="Nothing is left"):
        assemble("library", Plan("p"), two(), questions(), same)
    with pytest.raises(WrongUse):
        assemble("library", Plan("p"), two()[:1], questions(), said())
    with pytest.raises(WrongUse):
        assemble("library", Plan("p"), [two()[0]] * 2, questions(), said())


def test_files(tmp_path: Path, spec: Spec, database: Database) -> None:
    good = tmp_path / "peer.jsonl"
    good.write_text(json.dumps({"question": "Open  NOW?", "answer": "Yes."}) + "\n")
    found = contestant(spec, str(good), database)
    assert (found.name, found.known) == ("peer", {"open now?": "Yes."})
    bad = tmp_path / "bad.jsonl"
    for line in ('{"question": "x"}', '["x"]', '{"question": " ", "answer": "x"}', "no json"):
        bad.write_text(line)
        with pytest.raises(DataError):
            answers_of(bad)
        with pytest.raises(DataError):
            controls_of(bad)
    with pytest.raises(DataError):
        answers_of(tmp_path / "none.jsonl")
    row = {"question": "Open?", "right": "Yes.", "wrong": "Cats."}
    good.write_text(json.dumps(row))
    assert controls_of(good) == [Control("Open?", "Yes.", "Cats.")]


def test_contestants_that_are_not_there(spec: Spec, database: Database) -> None:
    for word in ("current", "3f9c"):
        with pytest.raises(ReleaseError):
            contestant(spec, word, database)
    with pytest.raises(WrongUse):
        contestant(spec, "hosted:", database)
    hosted = contestant(spec, "hosted:some-model", database, base_url="http://x.test/v1")
    assert hosted.name == "hosted:some-model" and hosted.bot is not None
    assert hosted.bot.spec.model.hosted_model == "some-model"
    assert "Help readers." in hosted.bot.spec.model.system_prompt


def test_cases_and_held_out_conversations() -> None:
    cases = [Case(id=str(n), question=f"Q{n}?", must=("x",)) for n in range(9)]
    found = of_cases(cases, 5, 1)
    assert len(found) == 5 and found == of_cases(cases, 5, 1) and found[0].case in cases
    talk = Conversation(
        tuple(
            Message(*said)
            for said in (("user", "One?"), ("assistant", "1"), ("user", "Two?"), ("assistant", "2"))
        )
    )  # type: ignore[arg-type]
    both = {one.text: one.history for one in held_out([talk, talk], 9, 0)}
    assert both.keys() == {"One?", "Two?"}
    assert both["Two?"] == (
        {"role": "user", "content": "One?"},
        {"role": "assistant", "content": "1"},
    )


# --- what people asked ---------------------------------------------------------------------------


def ask(database: Database, owner: str, *texts: str) -> None:
    log, id, parent = TurnLog(database), Conversations(database).create("library", owner).id, None
    for text in texts:
        begun = log.begin(id, owner, text, parent, release="r", deployment="d")
        log.finish(begun.message, owner, Outcome("done", "Yes."))
        parent = begun.message.id


def test_only_what_people_let_others_read(spec: Spec, database: Database) -> None:
    people = People(spec, database, Secret("x" * 40))
    people.agree("visitor:ann", True)
    people.agree("visitor:eve", True)
    people.agree("visitor:eve", False)
    ask(database, "visitor:ann", "Where are the maps?", "And the atlases?")
    ask(database, "visitor:ann", "where are the MAPS?")
    ask(database, "visitor:ann", "My number is +44 20 7946 0958, call me")
    ask(database, "visitor:ann", "x" * 5000)
    ask(database, "visitor:eve", "What about eve?")
    ask(database, "visitor:bob", "What about bob?")
    found, left = of_people(people, database, 10, 0)
    assert [one.text for one in found] == ["Where are the maps?"]
    assert found[0].owner == "visitor:ann" and found[0].origin and not found[0].history
    assert dict(left) == {"may say who asked": 1, "asked before": 1, "too long or empty": 1}


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("Where are the maps?", False),
        ("Is it open on 3 May at 10:30?", False),
        ("Write to anna@example.org", True),
        ("My name is Anna Lind", True),
    ],
)
def test_what_may_say_who_asked(text: str, is_personal: bool) -> None:
    assert personal(text) is is_personal


def test_an_item_keeps_where_it_came_from() -> None:
    asked: list[Any] = [
        Question(one.conversation, "t", None, "m1", "visitor:ann") for one in questions()
    ]
    _, items = assemble("library", Plan("p"), two(), asked, said())
    assert {(one.origin, one.owner, one.topic) for one in items} == {("m1", "visitor:ann", "t")}
