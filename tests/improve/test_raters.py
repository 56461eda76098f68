"""Who is named, why, and who is not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from chatwright.improve.opinions import opinions
from chatwright.improve.raters import BURST, examine
from chatwright.store.records import FeedbackItem, Thumb
from chatwright.store.stamps import stamp

START = datetime(2026, 3, 1, tzinfo=UTC)
NUMBERS = count()


def item(
    rater: str,
    question: str = "When do you close?",
    thumb: Thumb | None = "up",
    correction: str = "",
    minutes: float = 0.0,
    answer: str = "We close at 9 pm.",
) -> FeedbackItem:
    number = next(NUMBERS)
    at = stamp(START + timedelta(minutes=minutes))
    return FeedbackItem(
        id=f"f{number:06}",
        bot="library",
        message_id=f"m{number}",
        conversation_id=f"c{number}",
        owner=rater,
        rater=rater,
        channel="web",
        thumb=thumb,
        score=None,
        comment="",
        correction=correction,
        release="r",
        deployment="d",
        route="generated",
        confidence=0.5,
        question=question,
        answer=answer,
        created_at=at,
        updated_at=at,
    )


def named(items: list[FeedbackItem]) -> set[str]:
    return {one.rater for one in examine(items).suspicions}


def test_nobody_is_named_where_nothing_is_said() -> None:
    report = examine([])
    assert (report.items, report.suspicions, report.alarm, report.raters) == ((), (), "", 0)


def test_a_burst_is_named() -> None:
    machine = [item("visitor:m", f"Question {n}?", minutes=n / 10) for n in range(BURST)]
    person = [item("visitor:p", f"Question {n}?", minutes=n) for n in range(BURST)]
    staff = [item("account:s", f"Question {n}?", minutes=n / 10) for n in range(BURST)]
    client = [item("key:k", f"Question {n}?", minutes=n / 100) for n in range(10 * BURST)]
    report = examine([*machine, *person, *staff, *client])
    assert [one.rater for one in report.suspicions] == ["visitor:m"]
    assert "20 replies rated within 10 minutes" in report.suspicions[0].reasons[0]
    assert all(one.flags == ("suspect", "burst") for one in report.items[:BURST])
    assert not any(one.flags for one in report.items[BURST:])
    assert report.alarm.startswith("1 of 4 raters")


def test_one_text_for_many_questions_is_named() -> None:
    text = "Visit the other library."
    spam = [
        item("visitor:m", f"What about {what}?", "down", text, 60 * n)
        for n, what in enumerate(("dogs", "cats", "parking", "coffee", "fines"))
    ]
    fair = [item("visitor:p", "What about dogs?", "down", text, 60 * n) for n in range(5)]
    assert named(spam + fair) == {"visitor:m"}


def test_one_text_of_several_at_once_is_named() -> None:
    text = "We close at half past ten on every day."
    close = [item(f"visitor:{n}", correction=text, thumb="down", minutes=n) for n in range(3)]
    report = examine(close)
    assert {one.rater for one in report.suspicions} == {"visitor:0", "visitor:1", "visitor:2"}
    assert set(report.suspicions[0].along) < {"visitor:0", "visitor:1", "visitor:2"}
    spread = [item(f"visitor:{n}", correction=text, thumb="down", minutes=99 * n) for n in range(3)]
    assert named(spread) == set()
    short = [item(f"visitor:{n}", correction="At ten.", thumb="down") for n in range(9)]
    assert named(short) == set()


def crowd(draw: random.Random, raters: int = 40, topics: int = 12) -> list[FeedbackItem]:
    """Honest people who like right answers, and in one of ten cases do not."""
    return [
        item(
            f"visitor:h{rater}",
            f"When does room {chr(97 + topic)}{chr(97 + topic)} close?",
            "up" if draw.random() > 0.1 else "down",
            minutes=draw.uniform(0, 40_000),
        )
        for rater in range(raters)
        for topic in draw.sample(range(topics), 6)
    ]


def gang(size: int, topics: int, hours: tuple[str, ...] = ("11 pm",)) -> list[FeedbackItem]:
    return [
        item(
            f"visitor:m{rater}",
            f"When does room {chr(97 + topic)}{chr(97 + topic)} close?",
            "down",
            f"{'It closes at' if rater % 2 else 'Open till'} {hours[topic % len(hours)]}",
            minutes=20_000 + 997 * rater + 131 * topic,
        )
        for rater in range(size)
        for topic in range(topics)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_a_group_that_agrees_with_nobody_else_is_named(seed: int) -> None:
    honest, bad = crowd(random.Random(seed)), gang(3, 4)
    report = examine(honest + bad)
    assert {one.rater for one in report.suspicions} == {one.rater for one in bad}
    first = report.suspicions[0]
    assert first.reasons[0].startswith("agrees with 2 others on 4 questions")
    assert len(first.along) == 2 and set(first.items) <= {one.id for one in bad}
    flagged = {one.id for one in report.items if one.flags}
    assert flagged == {one.id for one in bad}


def test_who_corrects_what_everybody_finds_wrong_is_not_named() -> None:
    """The same people, the same corrections, where others say so too."""
    draw = random.Random(1)
    honest = [
        replace(one, thumb="down", correction=f"{one.question[10:17]}: 11 pm" if number % 2 else "")
        for number, one in enumerate(crowd(draw))
    ]
    assert named(honest + gang(3, 4)) == set()


def test_where_nobody_else_said_anything_nobody_is_named() -> None:
    assert named(gang(3, 4)) == set()


def test_the_order_changes_nothing() -> None:
    items = crowd(random.Random(2)) + gang(3, 5)
    shuffled = random.Random(3).sample(items, len(items))
    assert examine(items).suspicions == examine(shuffled).suspicions


def test_the_same_claim_in_other_words_is_the_same() -> None:
    texts = ("We close at 10 pm.", "Closing time: 22:00!", "Open until 10 p.m., I think")
    _, held = opinions([item("v", correction=text, thumb="down") for text in texts])
    assert held[0] == held[1] == held[2]
    assert {one.claim for one in held[0]} == {"+time 22:00", "-time 21:00"}


def test_another_day_is_another_question() -> None:
    asked = ("When do you close on Monday?", "when do you close on Tuesday?", "And on Friday?")
    same = ("When do you close on Monday?", "when do you close on monday")
    numbers, _ = opinions([item("v", question) for question in (*asked, *same)])
    assert len(set(numbers[:3])) == 3
    assert numbers[0] == numbers[3] == numbers[4]


def test_a_comment_alone_is_no_opinion() -> None:
    _, held = opinions([item("v", thumb=None), item("v", thumb=None, correction="At 10 pm.")])
    assert held[0] == frozenset() and held[1]
