"""Reviews on both databases: put, decided once, read for training, forgotten."""

from __future__ import annotations

import threading

import pytest

from chatwright.core.errors import Conflict, NotFound
from chatwright.core.types import Message
from chatwright.store import Conversations, Database, Reviews, TurnLog
from chatwright.store.consent import Consents
from chatwright.store.records import Outcome
from chatwright.store.review_records import Decided, Review, ReviewCase

BOT, ANN, BEN = "library", "visitor:ann", "visitor:ben"
ROW = (Message("user", "Open?"), Message("assistant", "Until nine.", refused=True))


def reply(database: Database, owner: str = ANN) -> tuple[str, str]:
    """A conversation with one exchange: its id, and that of the reply."""
    id, log = Conversations(database).create(BOT, owner).id, TurnLog(database)
    begun = log.begin(id, owner, "Open?", None, release="r", deployment="d")
    log.finish(begun.message, owner, Outcome("done", "No."))
    return id, begun.message.id


def put(database: Database, owner: str = ANN, suspicious: bool = False) -> Review:
    conversation, message = reply(database, owner)
    assert Reviews(database).put(BOT, [(message, conversation, owner, suspicious)]) == 1
    return next(one for one in Reviews(database).all(BOT) if one.message_id == message)


def content(owner: str = ANN, **more: object) -> Decided:
    said = ((owner, "2026-01-02T00:00:00.000Z"),)
    values = {"question": "Open?", "answer": "Until nine.", "wrong": "No.", "messages": ROW}
    values |= {"raters": (owner,), "owners": (owner,), "said": said, "version": "v1"}
    return Decided(**{**values, **more})  # type: ignore[arg-type]


def consent(
    database: Database, owner: str = ANN, granted: bool = True, version: str = "v1"
) -> None:
    Consents(database).put(BOT, owner, granted, version)


def decided(database: Database, owner: str = ANN, **more: object) -> Review:
    found = put(database, owner)
    return Reviews(database).decide(found, "accepted", content(owner, **more), "account:1")


@pytest.fixture(autouse=True)
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consents are of before what is said in these tests."""
    monkeypatch.setattr("chatwright.store.consent.now", lambda: "2026-01-01T00:00:00.000Z")


def test_one_review_for_each_reply(database: Database) -> None:
    first, reviews = put(database), Reviews(database)
    due = (first.message_id, first.conversation_id, ANN)
    assert reviews.put(BOT, [(*due, False), ("gone", "c", ANN, False)]) == 0
    assert first.state == "open" and first.waiting and reviews.all("other") == []
    reviews.put(BOT, [(*due, True)])
    bad = reviews.find(BOT, first.id[:18])
    assert (bad.state, bad.revision) == ("quarantined", 2)
    with pytest.raises(Conflict, match="quarantined now"):
        reviews.decide(first, "accepted", content(), "cli")
    done = reviews.decide(bad, "rejected", Decided(reason="no"), "cli")
    reviews.put(BOT, [(*due, False)])
    assert reviews.find(BOT, first.id) == done and done.content == Decided(reason="no")
    assert (done.reviewer, done.trained, done.waiting) == ("cli", False, False)
    for wrong in ("", "zzz"):
        with pytest.raises(NotFound):
            reviews.find(BOT, wrong)
    second = put(database)
    with pytest.raises(NotFound, match="Several"):
        reviews.find(BOT, second.id[:2])


def test_of_many_at_once_one_decides(database: Database) -> None:
    found, reviews = put(database), Reviews(database)
    ready, outcomes = threading.Barrier(6), list[str]()

    def decide(author: str) -> None:
        ready.wait()
        try:
            outcomes.append(reviews.decide(found, "accepted", content(), author).reviewer)
        except Conflict as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=decide, args=(f"account:{n}",)) for n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert outcomes.count("stale_review") == 5 and len(reviews.log(BOT)) == 1


def test_what_training_takes(database: Database) -> None:
    reviews, found = Reviews(database), put(database)
    cases = [ReviewCase("c1", "Open?", False), ReviewCase("c2", "Shut?", True, "m", BEN)]
    reviews.decide(found, "accepted", content(words_by=ANN), "account:1", cases=cases)
    assert reviews.accepted(BOT) == []  # nobody agreed
    consent(database)
    (row,) = reviews.accepted(BOT)
    assert (row.id, row.messages, row.wrong) == (found.id, ROW, "No.")
    assert (row.case_ids, row.paraphrases_held_out) == (("c1", "c2"), ("Shut?",))
    assert reviews.accepted(BOT, version="v1") and reviews.accepted(BOT, version="v2") == []
    assert reviews.accepted(BOT, {ANN}) == [] and reviews.accepted(BOT, {BEN})
    consent(database, granted=False)
    assert reviews.accepted(BOT) == []
    consent(database)
    assert reviews.held_out(BOT) == {"Shut?"}
    other = put(database, BEN)
    consent(database, BEN)
    reviews.decide(other, "accepted", content(BEN, question="Shut?"), "account:1")
    assert [one.id for one in reviews.accepted(BOT)] == [found.id]  # the other is held out
    Conversations(database).delete(found.conversation_id, ANN)
    assert reviews.accepted(BOT) == []


def test_undone_and_decided_again(database: Database) -> None:
    reviews, found = Reviews(database), put(database)
    case = ReviewCase("c1", "Open?", True)
    done = reviews.decide(found, "accepted", content(), "account:1", cases=[case])
    assert done.cases == (case,) and done.trained
    opened = reviews.reopen(done, "account:2", "too soon")
    assert (opened.state, opened.content, opened.cases) == ("open", None, ())
    with pytest.raises(Conflict):
        reviews.reopen(done, "account:2")
    with pytest.raises(Conflict, match="nothing to undo"):
        reviews.reopen(opened, "account:2")
    reviews.decide(opened, "edited", content(), "account:2", cases=[case])
    steps = reviews.log(BOT, found.id)
    assert [(one.action, one.author, one.revision) for one in steps] == [
        ("edited", "account:2", 4),
        ("undone", "account:2", 3),
        ("accepted", "account:1", 2),
    ]
    assert (
        reviews.log(BOT, limit=1) == steps[:1] and reviews.log(BOT, before=steps[1].id) == steps[2:]
    )


def test_forgetting_an_owner(database: Database) -> None:
    reviews = Reviews(database)
    own = put(database)
    reviews.decide(own, "accepted", content(), "account:1", cases=[ReviewCase("c1", "a", False)])
    other = put(database, BEN)
    cases = [ReviewCase("c2", "b", False), ReviewCase("c3", "c", True, "m", ANN)]
    reviews.decide(other, "accepted", content(BEN, raters=(BEN, ANN)), ANN, cases=cases)
    theirs = decided(database, BEN, words_by=ANN)
    gone = reviews.forget(ANN)
    assert set(gone.reviews) == {own.id, theirs.id} and set(gone.cases) == {"c1", "c3"}
    (left,) = reviews.all(BOT)
    assert (left.reviewer, left.content and left.content.raters) == ("", (BEN,))
    assert [case.id for case in left.cases] == ["c2"] and reviews.log(BOT)[0].author == ""
    assert reviews.forget(ANN) == reviews.forget("nobody")


def test_forgetting_messages(database: Database) -> None:
    reviews, one, two = Reviews(database), put(database), put(database, BEN)
    case = ReviewCase("c1", "a", True, one.message_id, ANN)
    reviews.decide(two, "accepted", content(BEN), "cli", cases=[case])
    gone = reviews.forget(message_ids=[one.message_id])
    assert gone.reviews == (one.id,) and gone.cases == ("c1",)
    with pytest.raises(NotFound, match="erased"):
        reviews.decide(one, "accepted", content(), "cli")


def test_feedback_is_noticed(database: Database) -> None:
    reviews = Reviews(database)
    assert reviews.feedback_stamp(BOT) == (0, "")
