"""What comes first in a review, and why; what counts as agreement; what is in quarantine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.improve.review_desk import ANN, BEN, CAT, QUESTION, RIGHT, WRONG, Desk, consenting

from chatwright.improve.queue import QueueItem, agreed, ranked, says_the_same, suspicious
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.records import FeedbackItem, Signal
from chatwright.store.review_records import Review
from chatwright.store.stamps import stamp

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def said(rater: str = ANN, correction: str = "", at: int = 0, **more: object) -> FeedbackItem:
    time = stamp(NOW + timedelta(seconds=at))
    item = FeedbackItem(
        *(f"f{rater}{at}", "library", "m", "c", ANN, rater, "web", "down", None, "", correction),
        *("r", "d", "generated", 0.6, QUESTION, WRONG, time, time),
    )
    return replace(item, **more)  # type: ignore[arg-type]


def item(id: str = "1", days: int = 0, **more: object) -> QueueItem:
    time = stamp(NOW - timedelta(days=days))
    review = Review(id, "library", "m" + id, "c", ANN, "open", 1, time, time)
    made = QueueItem(review, QUESTION, WRONG, feedback=(said(),), confidence=0.6)
    return replace(made, **more)  # type: ignore[arg-type]


def test_the_order_and_its_reasons() -> None:
    signal = Signal("s", "library", "m", ANN, "rephrased", 0.5, {}, "")
    up = said(BEN, thumb="up")
    found = [
        item("liked", feedback=(up,), confidence=0.1),
        item("plain"),
        item("weak", signals=(signal,)),
        item("sure", confidence=0.95),
        item("split", feedback=(said(), up)),
        item("asked", asked=9),
        item("old", days=20),
        item("right", correction=RIGHT, agreeing=(ANN,), feedback=(said(correction=RIGHT),)),
        item("two", correction=RIGHT, agreeing=(ANN, BEN), feedback=(said(correction=RIGHT),)),
    ]
    ordered = ranked(found, NOW)
    names = [one.review.id for one in ordered]
    assert names == ["two", "right", "split", "asked", "sure", "old", "liked", "weak", "plain"]
    why = {one.review.id: one.why for one in ordered}
    assert why["two"] == "2 raters with the same correction"
    assert why["split"] == "raters disagree (1 for, 1 against); disliked"
    assert why["sure"] == "confident (0.95) but disliked; disliked"
    assert why["liked"] == "unsure (0.10) but liked"
    assert why["asked"] == "9 people asked alike; disliked"
    assert why["old"] == "disliked; waits for 20 days"
    assert why["weak"] == "disliked; rephrased"
    values = [one.value for one in ordered]
    assert values == sorted(values, reverse=True)


def test_what_is_in_quarantine_is_last_whatever_it_is_worth() -> None:
    bad = item("bad", correction=RIGHT, agreeing=(ANN,), flags=("suspect",))
    bad = replace(bad, review=replace(bad.review, state="quarantined"))
    ordered = ranked([bad, item("plain")], NOW)
    assert [one.review.id for one in ordered] == ["plain", "bad"]
    assert "suspicious raters (suspect)" in ordered[1].why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It closes at 8:30 pm.", "At 20:30!", True),
        ("It closes at 8:30 pm on Fridays.", "At 20:30!", True),
        ("It closes at 8:30 pm.", "It closes at 8 pm.", False),
        ("Ring the bell.", "ring  the BELL.", True),
        ("Ring the bell.", "Knock.", False),
        ("$0.25 a page", "25 cents", True),
    ],
)
def test_when_two_corrections_are_one(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other, QUESTION) is same


def test_most_raters_count_and_their_usual_words() -> None:
    alone = said(CAT, "It closes at 5 pm.", at=9)
    crowd = [
        said(ANN, RIGHT),
        said(BEN, RIGHT, at=1),
        said("visitor:dan", "20:30, you fools", at=5),
    ]
    text, raters = agreed([*crowd, alone])
    assert text == RIGHT and set(raters) == {ANN, BEN, "visitor:dan"}
    assert agreed([said()]) == ("", ())


def test_one_trusted_correction_keeps_it_out_of_quarantine() -> None:
    bad = said(CAT, "Nonsense.", flags=("suspect",))
    assert suspicious([bad]) and suspicious([bad, said()])
    assert not suspicious([bad, said(BEN, RIGHT)]) and not suspicious([said()])
    assert suspicious([said(flags=("burst",))])


def test_feedback_that_is_taken_back_is_not_to_be_decided(spec: Spec, database: Database) -> None:
    desk = Desk(consenting(spec), database)
    message = desk.ask()
    desk.say(message, correction=RIGHT)
    (one,) = desk.reviewer.items()
    assert (one.correction, one.question, one.asked) == (RIGHT, QUESTION, 1)
    desk.say(message, correction="", thumb=None)
    assert desk.reviewer.items() == []
    desk.say(message, correction="Until nine.")
    assert [one.correction for one in desk.reviewer.items()] == ["Until nine."]


def test_how_many_asked_alike(spec: Spec, database: Database) -> None:
    desk = Desk(consenting(spec), database)
    first = desk.corrected()
    second = desk.corrected(BEN, RIGHT, question="how late is the mill open on friday?")
    desk.ask(CAT, "How late is the Mill open on Fridays")
    desk.corrected(CAT, "Yes.", question="may i bring my dog along")
    by_id = {one.review.id: one for one in desk.reviewer.items()}
    assert by_id[first].alike == (second,) and by_id[second].alike == (first,)
    assert by_id[first].asked == 3 and "3 people asked alike" in by_id[first].why
