"""What corrections say has changed."""

from __future__ import annotations

import json

from chatwright.answer.changes import Change, Corrected, changes, stated
from chatwright.answer.changes import _names as names_of
from chatwright.answer.mending import Known, mend

FINE = "Late items cost $0.25 per day for each item, up to $5 per item."
REPLIES = [
    FINE,
    "DVDs are lent for 7 days.",
    "Magazines are lent for 7 days, up to 10 at a time.",
    "A ready hold is kept for 7 days on the shelf near the desk.",
    "The book club meets on the first Tuesday from 6:30 pm to 8 pm.",
    "Teen game night is every Friday from 3:30 pm to 5:30 pm in the loft.",
    "Main Street is open from 10 am to 5 pm and Millside from 10 am to 2 pm on Saturday.",
    "A replacement card costs $3 when the old one is lost.",
]


def found(*corrected: tuple[str, str, str]) -> list[Change]:
    given = [Corrected(f"r{n}", *one) for n, one in enumerate(corrected)]
    return changes(given, REPLIES)


def pairs(*corrected: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [(one.old.text, one.new.text) for one in found(*corrected)]


def test_one_fact_takes_the_place_of_another() -> None:
    right = "Late items cost $0.40 per day for each item, up to $5 per item."
    assert pairs(("what is the late fee", FINE, right)) == [("$0.25", "$0.40")]


def test_which_of_several_facts_it_was_the_words_around_it_tell() -> None:
    assert pairs(("what is the late fee", FINE, "Late items cost $0.40 per day now.")) == [
        ("$0.25", "$0.40")
    ]


def test_several_corrections_settle_what_one_leaves_open() -> None:
    both = "Late items are $1 per day for a tool, up to $20; other items $0.25 per day."
    corrected = [
        ("what is the late fee", FINE, "Late items cost $0.40 per day."),
        ("fee for a late tool or book", both, "Late items cost $0.40 per day, up to $5 per item."),
        ("late fine per day", FINE, "The fine of late items is $0.40 per day."),
    ]
    assert pairs(*corrected) == [("$0.25", "$0.40")]


def test_equal_values_of_two_things_are_two_changes() -> None:
    dvds = ("how long may I keep a dvd", REPLIES[1], "DVDs are lent for 10 days.")
    holds = ("how long is a hold kept", REPLIES[3], "A ready hold is kept for 5 days on the shelf.")
    changed = {one.new.text: one for one in found(dvds, holds)}
    assert set(changed) == {"10", "5"}
    assert "dvd" in changed["10"].anchors and "dvd" not in changed["5"].anchors
    assert "hold" in changed["5"].anchors


def test_a_question_taken_for_another_changes_nothing() -> None:
    assert pairs(("when is teen game night", REPLIES[4], REPLIES[5])) == []


def test_an_end_of_a_range_knows_the_other_end() -> None:
    right = "Millside is open from 10 am to 4 pm on Saturday."
    (one,) = found(("millside on saturday", REPLIES[6], right))
    assert (one.old.text.strip(), one.new.text.strip()) == ("2 pm", "4 pm")
    assert one.ends == {"time 10:00"}


def test_without_facts_there_is_no_change() -> None:
    assert pairs(("is it nice", "It is nice here.", "It is lovely here.")) == []
    assert pairs() == []


def test_a_number_is_what_it_counts() -> None:
    days, items = stated("Up to 7 items for 7 days.")
    assert days.keys == items.keys and not days.says(items)
    assert [one.unit for one in (days, items)] == ["item", "day"]


def test_what_is_said_of_other_things_too_is_no_name_of_the_subject() -> None:
    anchors = {"dvd": 0.43, "lent": 0.41, "a": 0.02}
    assert names_of(anchors, [{"dvd", "long"}, {"film"}]) == {"dvd"}
    # Where few name it by the heaviest word, the others may.
    assert names_of(anchors, [{"dvd", "long"}, {"film"}, {"disc"}]) == {"dvd", "lent"}
    assert names_of({"club": 0.22, "meet": 0.22}, [{"club"}, {"club", "meet"}]) == {"club", "meet"}
    assert names_of({}, []) == frozenset()


def test_as_json_and_back_it_mends_the_same() -> None:
    right = "Millside is open from 10 am to 4 pm on Saturday."
    (one,) = found(("millside on saturday", REPLIES[6], right))
    values = json.loads(json.dumps(one.to_dict()))
    back = Change.of(values)
    assert back.to_dict() == one.to_dict()
    text = "On Saturday Millside is open from 10 am to 2 pm."
    known = Known(text, ["millside on saturday"], ("en",))
    assert mend(known, back) == mend(known, one)
    assert mend(known, one) is not None
    # What people wrote around the fact is no part of it.
    assert set(values["new"]) == {"kind", "keys", "value", "text", "unit", "ends"}
    assert "reviews" not in values
