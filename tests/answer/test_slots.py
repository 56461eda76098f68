"""Values in what people say: each type, several at once, and nothing that could be something else."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.tasking import SLOTS, TASK

from chatwright.answer.skill_words import asks, says, wonders
from chatwright.answer.slots import SHOWN, Value, meant, plain, taken
from chatwright.spec.skills import Task

DAY = date(2026, 11, 28)
MORE: list[dict[str, Any]] = [
    {"slot": "name", "question": "Your name?", "min": 2, "max": 60},
    {"slot": "phone", "question": "Your number?", "type": "phone"},
    {"slot": "time", "question": "When?", "type": "time"},
    {"slot": "order", "question": "Which order?", "type": "pattern", "pattern": "[A-Z]{2}-\\d{4}"},
    {"slot": "member", "question": "Are you a member?", "type": "yes_no"},
]


def a_task(*slots: dict[str, Any]) -> Task:
    return Task.model_validate(TASK | {"ask": slots or (*SLOTS, *MORE), "confirm": ""})


def values(text: str, asked: str = "", task: Task | None = None, **known: Any) -> dict[str, Any]:
    task = task or a_task()
    slot = next((one for one in task.ask if one.slot == asked), None)
    had = {name: Value(data, str(data)) for name, data in known.items()}
    found = taken(task, text, slot, had, DAY, "en")
    assert slot is None or (slot.slot in found.values) != bool(found.problem), found
    return {name: value.data for name, value in found.values.items()}


def test_several_are_taken() -> None:
    assert values("a quiet room for 3 tomorrow") == {
        "kind": "quiet",
        "people": 3,
        "date": "2026-11-29",
    }
    assert values("order AB-1234 of 24.5.2027, at 3pm: call +49 30 1234567 or a.b@c.example.") == {
        "order": "AB-1234",
        "date": "2027-05-24",
        "time": "15:00",
        "phone": "+49 30 1234567",
        "email": "a.b@c.example",
    }


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("people", "3", 3),
        ("people", "three of us", 3),
        ("people", "just one", 1),
        ("people", "drei", 3),
        ("people", "三人です", 3),
        ("people", "３", 3),
        ("people", "we are 4 people, for 2 hours", 4),
        ("email", "Mail: Jane.Doe+x@mail.example.org!", "Jane.Doe+x@mail.example.org"),
        ("phone", "555-0142", "555-0142"),
        ("phone", "(030) 123 45 67", "(030) 123 45 67"),
        ("kind", "quiet", "quiet"),
        ("kind", "QUIET please", "quiet"),
        ("kind", "the first", "quiet"),
        ("kind", "the second one", "group"),
        ("kind", "2", "group"),
        ("kind", "gruop", "group"),
        ("kind", "not quiet, group", "group"),
        ("kind", "qu", "quiet"),
        ("time", "14", "14:00"),
        ("order", "it is AB-1234.", "AB-1234"),
        ("member", "yes", True),
        ("member", "No, thanks", False),
        ("member", "はい", True),
        ("name", " Jane\u202e Doe ", "Jane Doe"),
        ("name", "Zoë {email} \U0001f600", "Zoë {email} \U0001f600"),
    ],
)
def test_what_was_asked_for(asked: str, text: str, value: object) -> None:
    assert values(text, asked)[asked] == value


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("people", "0"),
        ("people", "9"),
        ("people", "-3"),
        ("people", "1,000"),
        ("people", "3 or 4"),
        ("people", "many"),
        ("people", "9" * 400),
        ("people", "1e5"),
        ("people", "NaN"),
        ("email", "a@b"),
        ("email", "a@b.example and c@d.example"),
        ("email", "x" * 3000),
        ("phone", "12"),
        ("phone", "1" * 40),
        ("kind", "third"),
        ("kind", "3"),
        ("kind", "quiet or group"),
        ("kind", "blue"),
        ("order", "AB-12345"),
        ("order", "ab-1234"),
        ("member", "yes and no"),
        ("name", "x"),
        ("name", "x" * 61),
        ("name", "\u200b\u202e"),
        ("date", "soon"),
        ("date", "3/4/2027"),
        ("date", "31 February"),
        ("time", "25:00"),
    ],
)  # fmt: skip
def test_what_is_no_value(asked: str, text: str) -> None:
    assert asked not in values(text, asked)


def test_what_has_a_value_keeps_it_unless_it_is_named_or_changed() -> None:
    assert "people" not in values("a@b.example, 5", "email", people=3)
    assert values("a@b.example, for 5 people", "email", people=3)["people"] == 5
    assert values("no, make it 5", people=3) == {"people": 5}
    assert values("not 3 but 5", people=3) == {"people": 5}
    assert values("no, the name is Smith Jones.", name="x") == {"name": "Smith Jones"}


def test_slots_of_one_type_are_told_apart() -> None:
    task = a_task(
        {"slot": "arrival", "question": "From?", "type": "date"},
        {"slot": "departure", "question": "Until?", "type": "date"},
        {"slot": "adults", "question": "Adults?", "type": "number"},
        {"slot": "children", "question": "Children?", "type": "number", "words": ["kids"]},
    )
    found = values("from 3 May 2027 to 5 May 2027, 2 adults and 3 kids", task=task)
    assert found == {"arrival": "2027-05-03", "departure": "2027-05-05", "adults": 2, "children": 3}
    assert values("2 and 3", task=task) == {}
    assert values("2", "children", task=task) == {"children": 2}
    changed = values("the departure is 6 May 2027", "adults", task=task, departure="x", arrival="y")
    assert changed == {"departure": "2027-05-06"}


def test_a_pattern_that_could_be_any_word_waits_until_it_is_asked_for() -> None:
    task = a_task({"slot": "code", "question": "Code?", "type": "pattern", "pattern": "\\w+"})
    assert values("I want to book", task=task) == {}
    assert values("swordfish", "code", task=task) == {"code": "swordfish"}


def test_a_slow_pattern_does_not_hold_anybody_up() -> None:
    task = a_task(
        {"slot": "code", "question": "C?", "type": "pattern", "pattern": "(?:a|a?)+(?:a|a)+b"}
    )
    began = time.monotonic()
    assert values("a" * 1_500, "code", task=task) == {}
    assert time.monotonic() - began < 5


def test_the_reason_is_told_in_the_owners_words_where_there_are_any() -> None:
    task = a_task(SLOTS[1] | {"problem": "Rooms hold up to eight."})
    assert taken(task, "12", task.ask[0], {}, DAY, "en").problem == "Rooms hold up to eight."
    task = a_task(*SLOTS)
    told = taken(task, "3/4/2027", task.ask[0], {}, DAY, "en").problem
    assert told.startswith("3/4/2027 can be read in two ways")
    assert taken(task, "?", task.ask[3], {}, DAY, "en").problem.endswith("quiet, group.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", "script x /script"),
        ("![a](http://evil.example/x)", "a (http://evil.example/x)"),
        ("**bold** `code`", "bold code"),
        ("# head\n- item", "head - item"),
        ("__x__ a_b", "x a_b"),
        ("a\n\nb\x00\u202ec", "a bc"),
        ("R-17", "R-17"),
    ],
)
def test_a_value_in_a_sentence_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown
    assert len(plain("x" * 1000)) == SHOWN


def test_options_that_are_like_each_other() -> None:
    options = ("Opening hours", "Opening a account", "Closing")
    assert meant(options, "opening") is None
    assert meant(options, "opening hours") == 0
    assert meant(options, "Last") == meant(options, "clos") == 2
    assert meant(options, "") is meant(options, "4") is meant(options, "x" * 500) is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from([slot["slot"] for slot in (*SLOTS, *MORE)]))
def test_anything_may_be_said(text: str, asked: str) -> None:
    found = values(text, asked)
    assert 1 <= found.get("people", 1) <= 8
    assert found.get("kind", "quiet") in ("quiet", "group")
    assert "\n" not in plain(text) and not set(plain(text)) & set("<>[]`*|\\{}")
    assert says("yes", text) + says("no", text) < 2
    assert asks(text) or not wonders(text)
