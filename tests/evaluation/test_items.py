"""Items as a file, what is left of them, and how suites come to items."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tests.evaluation.measured import cases, measured, values

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Message
from chatwright.evaluation import itemize
from chatwright.evaluation.cases import Case, Turn
from chatwright.evaluation.changes import changed
from chatwright.evaluation.items import Answer, Item, read_items, write_items
from chatwright.evaluation.safety import prompts

ANSWERS = (Answer("cases", "a", "Open?", "Yes.", "generated", "nine", 1.0),)


def test_items_are_written_and_read(tmp_path: Path) -> None:
    given = measured(cases("+-"), values("bits_per_byte", [0.5], weight=120.0), answers=ANSWERS)
    write_items(tmp_path / "items.jsonl", given)
    assert read_items(tmp_path / "items.jsonl") == given


def test_what_is_no_number_stays_none(tmp_path: Path) -> None:
    given = measured([Item("cases", "a", math.nan)], answers=(Answer("replies", "b", "?", "", ""),))
    write_items(tmp_path / "items.jsonl", given)
    assert "NaN" not in (tmp_path / "items.jsonl").read_text()
    found = read_items(tmp_path / "items.jsonl")
    assert math.isnan(found.items[0].value) and math.isnan(found.answers[0].score)


@pytest.mark.parametrize("bad", ["", "{}\n", '{"items": 9}\n', '{"items": 1}\n', "not json\n"])
def test_a_file_that_is_torn_is_an_error(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(bad)
    with pytest.raises(DataError, match="chatwright evaluate"):
        read_items(path)
    with pytest.raises(DataError):
        read_items(tmp_path / "gone.jsonl")


def test_a_known_conversation_leaves_the_metrics_taken_on_it() -> None:
    held = [Item(metric, name, 0.5) for metric in ("chrf", "bits_per_byte") for name in ("x", "y")]
    given = measured([Item("cases", "x", 1.0)], held, due={"chrf": 3})
    left = given.without(["x"])
    assert [(i.metric, i.id) for i in left.items] == [
        ("cases", "x"),
        ("chrf", "y"),
        ("bits_per_byte", "y"),
    ]
    assert (left.due["chrf"], left.due["bits_per_byte"], left.due["cases"]) == (2, 1, 1)
    closed = given.unmeasured()
    assert closed.due == given.due and [i.metric for i in closed.items] == ["cases"]


def test_items_of_a_metric_are_replaced() -> None:
    given = measured(values("milliseconds", [1.0, 2.0, 3.0])).plus("milliseconds", [])
    assert given.due["milliseconds"] == 0 and not given.items


def test_cases_become_items_and_their_conversation_a_cluster() -> None:
    turns = (Turn(role="user", content="Open?"), Turn(role="assistant", content="Yes."))
    asked = [
        Case(id="a", topic="hours", question="Sunday?", history=turns, must=("nine", ("1", "one"))),
        Case(id="b", topic="hours", question="Monday?", history=turns),
        Case(id="c", topic="limits", question="Doctor?", route="refused"),
        Case(id="d", topic="limits", question="Law?", route="refused"),
    ]
    said = [("generated", True), ("refused", False), ("generated", False), ("refused", True)]
    results = [
        {"route": route, "passed": passed, "answer": "x", "milliseconds": 5.0}
        for route, passed in said
    ]
    items, answers = itemize.of_cases(asked, results, itemize.Slicing(["en"]))
    by = {(i.metric, i.id): i for i in items}
    assert [by["cases", name].value for name in "abcd"] == [1, 0, 0, 1]
    assert [by["wrong", name].value for name in "abcd"] == [0, 0, 1, 0]
    assert ("declined", "a") not in by and by["declined", "d"].value == 1
    assert by["cases", "a"].cluster == by["cases", "b"].cluster != by["cases", "c"].cluster
    assert set(by["cases", "a"].slices) == {"turn: follow-up", "topic: hours", "route: answered"}
    assert set(by["cases", "d"].slices) == {"turn: first", "topic: limits", "route: refused"}
    assert answers[0].expected == "answered: nine; 1 or one" and answers[3].expected == "refused"


def test_languages_are_told_apart_where_there_are_several() -> None:
    said = [Message("user", "Wann haben Sie am Sonntag für Besucher geöffnet?")]
    assert "language: de" in itemize.Slicing(["en", "de"]).of(said)
    assert "language: other" in itemize.Slicing(["en", "fr"]).of(said)
    assert "language: not known" in itemize.Slicing(["en", "de"]).of([Message("user", "ok?")])
    assert not [s for s in itemize.Slicing(["de"]).of(said) if s.startswith("language")]


def test_facts_and_copies_of_a_reply() -> None:
    talk = Conversation(
        (
            Message("user", "Is the room free on Monday at 9:30? I am <NAME_1>."),
            Message("assistant", "Yes, <NAME_1>, on Monday at 9:30 it costs 5 euros."),
        ),
        id="t",
    )
    bare = Conversation((Message("user", "Hello"), Message("assistant", "Hello there")), id="u")
    samples = [
        {"question": "?", "reference": talk.messages[1].content, "route": "generated", "chrf": 80.0,
         "answer": "Yes, on Monday at 9:30, for 7 euros."},
        {"question": "?", "reference": "Hello there", "route": "generated", "chrf": 100.0,
         "answer": "hello  there"},
    ]  # fmt: skip
    items, _ = itemize.of_replies([talk, bare], samples, itemize.Slicing(["en"]), ("en",))
    by = {(i.metric, i.id): i.value for i in items}
    assert by["copied", "t"] == pytest.approx(2 / 3)  # Monday and half past nine, not the name
    assert by["facts", "t"] == pytest.approx(2 / 4)
    assert ("facts", "u") not in by and by["exact", "u"] == 1 and by["exact", "t"] == 0
    assert itemize.facts_due([talk, bare], ("en",)) == (1, 1)


def test_safety_prompts_are_judged_by_what_they_are() -> None:
    unsafe = next(one for one in prompts() if one.kind == "unsafe")
    benign = next(one for one in prompts() if one.kind == "benign")
    assert unsafe.passes("refused", None) and unsafe.passes("generated", "unsafe")
    assert not unsafe.passes("generated", None) and not unsafe.passes("retrieved", None)
    assert benign.passes("refused", None) and benign.passes("generated", None)
    assert not benign.passes("refused", "unsafe")
    assert len({one.id for one in prompts()}) == len(prompts()) == 48
    items, answers = itemize.of_safety(
        prompts()[:1], [{"passed": False, "answer": "x", "route": "generated"}]
    )
    assert items[0].metric == "unsafe" and items[0].value == 0 and answers[0].score == 0


def answer(name: str, said: str, score: float = math.nan, route: str = "generated") -> Answer:
    return Answer("cases", name, f"{name}?", said, route, "", score)


def test_the_most_changed_answers_are_lost_and_won_in_turn() -> None:
    names = [f"l{n}" for n in range(8)], [f"w{n}" for n in range(8)]
    before = [answer(n, "yes", 1.0) for n in names[0]] + [answer(n, "no", 0.0) for n in names[1]]
    now = [answer(n, "no", 0.0) for n in names[0]] + [answer(n, "yes", 1.0) for n in names[1]]
    found = changed(now, before)
    assert [one.id[0] for one in found] == list("lwlwlwlwlw")


def test_equal_answers_are_no_change_and_unjudged_ones_come_last() -> None:
    before = [answer("a", "We open at nine."), answer("b", "Yes", 1.0), answer("c", "x", 1.0)]
    now = [
        answer("a", "It costs two euros."),
        answer("b", " yes "[1:4].title(), 1.0),
        answer("c", "y", 0.0),
    ]
    found = changed(now, before)
    assert [one.id for one in found] == ["c", "a"]
    assert found[1].current_score is None and found[1].gain == 0
    rerouted = changed([answer("b", "Yes", 1.0, "curated")], before)
    assert [one.id for one in rerouted] == ["b"]
    assert changed([answer("z", "new")], before) == ()
