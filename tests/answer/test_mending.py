"""Replies with an outdated fact in them."""

from __future__ import annotations

from chatwright.answer.changes import Corrected, changes
from chatwright.answer.mending import Known, Mended, corrected, mend

DVD, BOTH = "DVDs are lent for 7 days.", "DVDs and magazines are lent for 7 days only."
ROOM = "A private party pays $40 an hour for the Willow Room."
LATE = "Late items cost $0.25 per day for each item, up to $5 per item."
OTHERS = [
    "Magazines are lent for 7 days.",
    "Tools are lent for 7 days at the desk.",
    "The Birch Room costs $20 an hour for a private party.",
    "A nonresident card costs $40 a year.",
    "Books are lent for 21 days.",
]
LENT = Corrected("r1", "how long can I have a dvd", DVD, "DVDs are lent for 10 days.")
RENT = Corrected(
    "r2", "price of the willow room", ROOM, "A private party pays $55 an hour for the Willow Room."
)
FINE = Corrected("r3", "what is the fee for late items", LATE, LATE.replace("$0.25", "$0.40"))


def mended(reply: str, question: str, by: Corrected, corrected: bool = False) -> Mended | None:
    (change,) = changes([by], [by.wrong, reply, *OTHERS])
    return mend(Known(reply, [question], ("en",)), change, corrected=corrected)


def text(reply: str, question: str, by: Corrected) -> str | None:
    """None where it stays as it is."""
    done = mended(reply, question, by)
    assert done is None or done.clean
    return done.text if done else None


def test_the_same_fact_in_other_words_is_mended() -> None:
    said = text("Any DVD that you borrow is lent for 7 days, up to 6 at a time.", "dvds?", LENT)
    assert said == "Any DVD that you borrow is lent for 10 days, up to 6 at a time."


def test_the_same_value_of_another_thing_stays() -> None:
    for reply in OTHERS:
        assert mended(reply, "how is it here", LENT) is None
        assert mended(reply, "how is it here", RENT) is None
    said = text("DVDs are lent for 7 days, and magazines for 7 days.", "dvds, magazines?", LENT)
    assert said == "DVDs are lent for 10 days, and magazines for 7 days."


def test_what_was_reckoned_is_reckoned_again() -> None:
    said = text("The Willow Room is $40 an hour, so 2 hours cost $80.", "party", RENT)
    assert said == "The Willow Room is $55 an hour, so 2 hours cost $110."
    said = text(
        "Two late items, each 3 days late, cost $1.50 per person.", "fee for late books", FINE
    )
    assert said == "Two late items, each 3 days late, cost $2.40 per person."


def test_cents_stay_cents() -> None:
    assert text("A late item is 25 cents per day each.", "fee", FINE) == (
        "A late item is 40 cents per day each."
    )


def test_what_is_said_of_something_else_too_is_doubtful() -> None:
    done = mended(BOTH, "how long for a dvd", LENT)
    assert done is not None and done.shared and not done.clean


def test_the_same_in_another_unit_or_a_date_is_doubtful() -> None:
    for reply in (
        "DVDs are lent for 7 days, which is one week.",
        "DVDs are lent for 7 days, so it is due on June 11.",
        "DVDs are lent for 7 days and twice again, 21 days in all.",
    ):
        done = mended(reply, "how long for a dvd", LENT)
        assert done is not None and not done.clean and not done.shared, reply


def test_a_most_that_still_holds_makes_a_sum_doubtful() -> None:
    done = mended("A late item is $0.25 per day each, so 20 days cost $5.", "late fee", FINE)
    assert done is not None and not done.clean
    assert "$5" in done.text


def test_a_reply_that_was_corrected_needs_less() -> None:
    reply = "You can have one for 7 days."
    assert mended(reply, "a dvd please", LENT) is not None
    assert mended(reply, "a tent please", LENT, corrected=True) is None


def test_a_text_that_is_read_after_all_changes() -> None:
    found = changes([LENT, FINE], [DVD, LATE, *OTHERS])
    text = "DVDs are lent for 7 days. Late items cost $0.25 per day for each item."
    assert corrected(text, "dvds", found, ("en",)) == (
        "DVDs are lent for 10 days. Late items cost $0.40 per day for each item."
    )
    assert corrected(OTHERS[0], "magazines", found, ("en",)) == OTHERS[0]
    assert corrected(DVD, "dvds", (), ("en",)) == DVD
    # "DVDs and magazines": what is true of the one is not known of the other.
    assert corrected(BOTH, "how long can I have a dvd", found, ("en",)) is None


def test_the_old_value_once_more_is_in_doubt_where_it_was_asked_about() -> None:
    found = changes([LENT], [DVD, *OTHERS])
    text = "A DVD is lent for 7 days. Magazines go back after 7 days."
    half = "A DVD is lent for 10 days. Magazines go back after 7 days."
    assert corrected(text, "may I keep it longer", found, ("en",)) == half
    assert corrected(text, "when is my dvd due", found, ("en",)) is None
