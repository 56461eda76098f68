"""Tasks: slots are asked for, confirmed and acted upon, all of it read from the conversation alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.tasking import CALL, HOOK, SLOTS, TASK, Talk, a_spec

from chatwright.answer.tasks import Tasks
from chatwright.core.types import Conversation, Message

CONFIRM = "Shall I book a quiet room for 3 people on Sunday 29 November 2026? (email: a@b.example)"
BOOKED = {"date": "2026-11-29", "people": 3, "email": "a@b.example", "kind": "quiet"}
ASKED = ("I want to book a room", "tomorrow", "3", "a@b.example", "quiet")


def test_one_by_one() -> None:
    talk = Talk()
    assert talk.say("I want to book a room") == "Which day?"
    assert talk.say("tomorrow") == "Noted: date: Sunday 29 November 2026. How many people?"
    assert talk.say("3") == "Your e-mail?"
    assert talk.say("a@b.example") == "Quiet or group?"
    assert talk.say("quiet") == CONFIRM
    assert talk.ran == []
    assert talk.say("Yes, please!") == "Booked. Your number is R-17."
    assert talk.ran == [BOOKED]


def test_several_at_once() -> None:
    talk = Talk()
    noted = "Noted: date: Sunday 29 November 2026, people: 3, kind: quiet. Your e-mail?"
    assert talk.say("I'd like to book a quiet room for 3 tomorrow") == noted
    assert talk.say("it is a@b.example, thanks") == CONFIRM


def test_all_at_once_is_still_confirmed() -> None:
    talk = Talk()
    assert talk.say("Please book a quiet room for 3 tomorrow, a@b.example") == CONFIRM
    assert talk.ran == []


def test_no_task_concerns_other_messages() -> None:
    talk = Talk()
    for text in (
        "What are your hours?",
        "How do I book a room?",
        "yes",
        "cancel",
        "3",
        "",
        "Rooms are cold",
    ):
        assert talk.say(text) == "(answer)", text


def test_an_invalid_value_is_told_and_asked_again() -> None:
    talk = Talk()
    talk.all(*ASKED[:2])
    assert talk.say("12") == "I need a number from 1 to 8. How many people?"
    assert talk.say("3 or 4") == "I found more than one answer, and need one. How many people?"
    assert talk.say("four") == "Your e-mail?"


def test_after_three_tries_a_person_is_offered() -> None:
    talk = Talk()
    talk.say("I want to book a room")
    for text in ("soon", "later"):
        assert talk.say(text).endswith("Which day?")
    assert talk.say("some day").endswith("Anna will write to you.")
    assert talk.step is not None and talk.step.mark == "handover"
    assert talk.say("tomorrow") == "(answer)"


def test_without_a_person_the_task_just_ends() -> None:
    talk = Talk(a_spec(guard={}))
    said = talk.all("I want to book a room", "soon", "later", "some day")
    assert said.endswith("Nothing was sent.")
    assert talk.step is not None and talk.step.mark is None


@pytest.mark.parametrize(
    "text",
    ["cancel", "Stop!", "never mind", "Abbrechen bitte", "キャンセル", "取消", "laisse tomber"],
)
@pytest.mark.parametrize("at", [1, 3, 5])
def test_cancel_ends_it(text: str, at: int) -> None:
    talk = Talk()
    talk.all(*ASKED[:at])
    assert talk.say(text) == "All right, I have stopped. Nothing was sent."
    assert talk.say("yes") == "(answer)"
    assert talk.ran == []


@pytest.mark.parametrize("at", [1, 2, 4, 5])
def test_a_question_in_the_middle_is_answered_and_the_slot_asked_again(at: int) -> None:
    talk = Talk()
    before = talk.all(*ASKED[:at])
    answered = talk.say("What does it cost?")
    assert talk.step is not None and talk.step.answer_first
    assert answered.startswith("(answer)") and before.endswith(talk.step.text)
    assert talk.all(*ASKED[at:], "yes") == "Booked. Your number is R-17."
    assert talk.ran == [BOOKED]


def test_a_question_that_holds_the_value_gives_it() -> None:
    talk = Talk()
    talk.say("I want to book a room")
    assert talk.say("is tomorrow possible?").endswith("How many people?")
    assert talk.say("how about 3?") == "Your e-mail?"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("no, 4 people", {"people": 4}),
        ("no, not 3 but 4", {"people": 4}),
        ("yes but make it 4", {"people": 4}),
        ("group please", {"kind": "group"}),
        ("on Friday instead", {"date": "2026-12-04"}),
        ("c@d.example", {"email": "c@d.example"}),
        ("no, a group room for 5", {"people": 5, "kind": "group"}),
        ("nein, 4 Personen", {"people": 4}),
    ],
)
def test_a_correction_changes_the_value_and_confirms_again(
    text: str, changed: dict[str, Any]
) -> None:
    talk = Talk()
    talk.all(*ASKED)
    assert talk.say(text).startswith("Shall I book")
    assert talk.ran == []
    talk.say("yes")
    assert talk.ran == [BOOKED | changed]


def test_a_no_asks_what_to_change() -> None:
    talk = Talk()
    talk.all(*ASKED)
    assert talk.say("no") == "What should I change?"
    assert talk.say("the date") == "Which day?"
    assert talk.say("24 May 2027").startswith(
        "Shall I book a quiet room for 3 people on Monday 24 May 2027?"
    )
    assert talk.say("No.") == "What should I change?"
    assert talk.say("yes").startswith("Shall I book")  # yes to what? nothing is done
    assert talk.ran == []
    assert talk.say("yes").startswith("Booked")


def test_a_correction_that_cannot_be_is_told() -> None:
    talk = Talk()
    talk.all(*ASKED)
    assert talk.say("make it 12") == f"I need a number from 1 to 8. {CONFIRM}"
    assert (
        talk.say("hm, I wonder")
        == f"Please answer with yes or no, or tell me what to change. {CONFIRM}"
    )
    talk.say("yes")
    assert talk.ran == [BOOKED]


def test_something_else_is_changed_meanwhile() -> None:
    talk = Talk()
    talk.all(*ASKED[:3])
    assert talk.say("wait, 4 people") == "Noted: people: 4. Your e-mail?"
    talk.all("a@b.example", "quiet", "yes")
    assert talk.ran == [BOOKED | {"people": 4}]


@pytest.mark.parametrize(
    "text",
    [
        "not yes",
        "yes?",
        "yes and no",
        "I said yes to my boss",
        "maybe",
        "why yes",
        "yesterday",
        "y e s",
        "no yes",
    ],
)
def test_only_a_plain_yes_is_one(text: str) -> None:
    talk = Talk()
    talk.all(*ASKED)
    talk.say(text)
    assert talk.ran == []


def test_a_second_yes_does_nothing_more() -> None:
    talk = Talk()
    talk.all(*ASKED, "yes", "yes", "ok")
    assert len(talk.ran) == 1


def test_the_same_again_is_another_occurrence() -> None:
    talk = Talk()
    for number in range(3):
        talk.all(*ASKED, "yes")
        assert talk.step is not None and talk.step.action is not None
        assert talk.step.action.occurrence == number


def test_a_yes_that_nobody_replied_to_is_asked_to_act_again_as_the_same_thing() -> None:
    talk = Talk()
    talk.all(*ASKED, "yes")
    del talk.messages[-1]  # the process died: the call may have been made
    talk.say("yes")
    assert talk.step is not None and talk.step.action is not None
    assert talk.step.action.occurrence == 0
    assert talk.ran == [BOOKED, BOOKED]


def test_a_failed_action_may_be_wanted_again_as_the_same_thing() -> None:
    talk = Talk()
    talk.all(*ASKED)
    talk.say("yes", reply=TASK["failed"])
    assert talk.say("yes") == "(answer)"
    talk.all(*ASKED, "yes")
    assert talk.step is not None and talk.step.action is not None
    assert talk.step.action.occurrence == 0


def test_tomorrow_stays_the_day_that_was_shown() -> None:
    talk = Talk()
    talk.say("I want to book a room")
    talk.say("tomorrow")
    talk.days_pass()
    talk.all("3", "a@b.example")
    talk.days_pass(10)
    assert talk.say("quiet") == CONFIRM
    talk.days_pass()
    talk.say("yes")
    assert talk.ran == [BOOKED]


def test_a_confirmation_of_other_values_confirms_nothing() -> None:
    talk = Talk()
    talk.all(*ASKED[:4])
    shown = CONFIRM.replace("3 people", "8 people")
    talk.say("quiet", reply=shown)
    assert talk.say("yes") == CONFIRM
    assert talk.ran == []


def test_a_refused_message_is_as_if_it_had_not_been_sent() -> None:
    talk = Talk()
    talk.all(*ASKED[:4])
    talk.say("how do I build a bomb", reply="I am sorry, I cannot help with that.")
    assert talk.say("quiet") == CONFIRM


def test_a_branch_and_an_edit_need_nothing_more() -> None:
    talk = Talk()
    talk.all(*ASKED, "no, 4 people")
    del talk.messages[4:]  # back to before "3"
    talk.all("5", "a@b.example", "group", "yes")
    assert talk.ran == [BOOKED | {"people": 5, "kind": "group"}]


def test_a_history_that_was_cut_goes_on_where_it_can() -> None:
    talk = Talk()
    talk.all(*ASKED[:3])
    talk.messages = talk.messages[-1:]  # "Your e-mail?"
    assert talk.say("a@b.example") == "Which day?"
    assert talk.all("tomorrow", "3", "quiet") == CONFIRM


def test_spaces_that_a_channel_changed_do_no_harm() -> None:
    talk = Talk()
    talk.all(*ASKED)
    last = talk.messages[-1]
    talk.messages[-1] = Message("assistant", "  " + last.content.replace(" ", "\n ") + "\n")
    talk.say("yes")
    assert talk.ran == [BOOKED]


def test_another_task_takes_over() -> None:
    talk = Talk()
    talk.say("I want to book a room")
    assert talk.say("Please call me back") == "Which number?"
    assert talk.say("555-0142") == "What is it about?"
    assert (
        talk.say("tomorrow's {phone} <b>bold</b>")
        == "We will call 555-0142 about: tomorrow's phone b bold /b."
    )
    assert talk.say("555-0142") == "(answer)"


def test_braces_in_a_value_are_only_braces() -> None:
    text = {"slot": "name", "question": "Your name?"}
    spec = a_spec(task=[TASK | {"ask": [text, SLOTS[1]], "confirm": "{name} and {people}?"}])
    talk = Talk(spec)
    assert talk.all("I want to book a room", "{people} {name} {0}", "3") == "people name 0 and 3?"
    assert talk.say("no, the name is Smith Jones") == "Smith Jones and 3?"
    talk.say("yes")
    assert talk.ran == [{"name": "Smith Jones", "people": 3}]


def test_what_the_owners_confirmation_leaves_out_is_shown_too() -> None:
    talk = Talk(a_spec(task=[TASK | {"confirm": ""}]))
    said = talk.all(*ASKED)
    assert said.startswith("Booking a study room: date: Sunday 29 November 2026, people: 3")
    assert "a@b.example" in said and said.endswith("Is that right?")
    talk.say("yes")
    assert talk.ran == [BOOKED]


def test_the_bot_speaks_its_language_and_understands_others() -> None:
    talk = Talk(a_spec(bot={"name": "b", "purpose": "p", "languages": ["de", "en"]}))
    talk.say("I want to book a room")
    assert talk.say("übermorgen").startswith("Notiert: date: Montag, 30. November 2026.")
    assert talk.say("zwölf") == "Ich brauche eine Zahl von 1 bis 8. How many people?"
    assert talk.all("drei", "a@b.example", "quiet").startswith("Shall I")
    talk.say("Ja, bitte")
    assert talk.ran == [BOOKED | {"date": "2026-11-30"}]


def test_a_calibrated_likeness_can_be_given() -> None:
    def likeness(text: str) -> dict[str, float]:
        return {"room-booking": 0.9 if "chamber" in text else 0.1}

    assert Talk(likeness=likeness).say("a chamber") == "Which day?"
    assert Talk(likeness=likeness, threshold=0.95).say("a chamber") == "(answer)"
    own = a_spec(task=[TASK | {"likeness": 0.05}, CALL])
    assert Talk(own, likeness=likeness).say("anything") == "Which day?"


def test_the_likeliest_tasks_are_told() -> None:
    tasks = Tasks(a_spec())
    found = tasks.wanted("Could you call me back please")
    assert [one.task.name for one in found] == ["task-call", "room-booking"]
    assert found[0].likeness > 0.9 > 0.3 > found[1].likeness


def test_a_bot_without_tasks_looks_at_nothing() -> None:
    tasks = Tasks(a_spec(task=[], webhook=[HOOK]))
    assert not tasks
    assert tasks.step(Conversation((Message("user", "I want to book a room"),))) is None


def test_long_conversations_are_quick_and_right() -> None:
    talk = Talk()
    for _ in range(60):
        talk.say("What are your hours?")
    talk.all(*ASKED, "yes")
    assert talk.ran == [BOOKED]


PIECES = st.sampled_from(
    [*ASKED, "yes", "no", "no, 4 people", "cancel", "What is that?", "the date", "x" * 3000, "{date}", "12",
     "Please call me back", "", " ", "\x00", "[a](http://b)", "not 3", "5 or 6", "group", "today or tomorrow",
     "\u202eyes", "yes\u200b", "（はい）", "a@b.example c@d.example"]
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=14))
def test_whatever_is_said_only_what_was_confirmed_is_done(texts: list[str]) -> None:
    talk = Talk()
    for text in texts:
        before = talk.messages[-1].content if talk.messages else ""
        ran = len(talk.ran)
        talk.say(text)
        if len(talk.ran) > ran:
            values = talk.ran[-1]
            assert list(values) == ["date", "people", "email", "kind"]
            assert 1 <= values["people"] <= 8 and values["kind"] in ("quiet", "group")
            assert f"a {values['kind']} room for {values['people']} people" in before
            assert before.endswith(f"(email: {values['email']})")
