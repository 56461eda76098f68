"""Gaps: what was not answered well, told together, counted for all, and quoted only with consent."""

from __future__ import annotations

import pytest
from tests.knowledge.conftest import House

from chatwright.core.types import Mark, Route
from chatwright.knowledge import Search
from chatwright.knowledge.gaps import Gaps, Report, clustered
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.asked import AskedRow
from chatwright.store.consent import Consents
from chatwright.store.records import FeedbackRecord, Outcome

VERSION = "text-1"


class Talk:
    """People who ask the bot `library`, and what it did."""

    def __init__(self, database: Database, house: House) -> None:
        self.database, self.house = database, house
        self.conversations, self.log = Conversations(database), TurnLog(database)

    def consent(self, owner: str, granted: bool = True) -> None:
        Consents(self.database).put("library", owner, granted, VERSION)

    def ask(
        self,
        owner: str,
        question: str,
        route: Route = "generated",
        confidence: float | None = None,
        mark: Mark | None = None,
        thumb: bool | None = None,
    ) -> str:
        conversation = self.conversations.create("library", owner)
        begun = self.log.begin(conversation.id, owner, question, None, release="r", deployment="d")
        outcome = Outcome("done", "So it is.", route=route, confidence=confidence, mark=mark)
        reply = self.log.finish(begun.message, owner, outcome)
        if thumb is not None:
            said = FeedbackRecord("up" if thumb else "down", "", "")
            Feedbacks(self.database).put(reply.id, owner, said)
        return conversation.id

    def report(
        self, search: Search | None = None, version: str = VERSION, days: int = 30
    ) -> Report:
        return Gaps(self.database, self.house.spec, version).report(days, search)


@pytest.fixture
def talk(database: Database, house: House) -> Talk:
    made = Talk(database, house)
    made.consent("anna")
    return made


def test_what_was_not_answered_well_is_told_by_count(talk: Talk, house: House) -> None:
    house.write(
        fines__md="# What does a late book cost?\n\nTwenty cents a day.",
        rooms__md="# Rooms\n\nStudy rooms are booked at the desk.",
    )
    house.sync()
    for question in ("Is there parking?", "Do you have parking?", "parking", "Is there PARKING??"):
        talk.ask("anna", question, "refused")
    talk.ask("anna", "What does a late book cost a day?", confidence=0.2)
    talk.ask("anna", "What does a late book cost?", thumb=False)
    talk.ask("anna", "How do I book a study room?", confidence=0.9, thumb=True)
    report = talk.report(Search.current(house.index))
    assert (report.questions, report.answered_well, report.unquoted) == (7, 1, 0)
    parking, fines = report.gaps
    assert (parking.count, parking.refused, parking.disliked, parking.unsure) == (4, 4, 0, 0)
    assert len(parking.examples) == 3
    assert parking.todo in ("document", "scope")
    assert (fines.count, fines.disliked, fines.unsure, fines.todo) == (2, 1, 1, "curate")
    assert (fines.documents[0].name, fines.documents[0].title) == (
        "fines.md",
        "What does a late book cost?",
    )
    assert fines.documents[0].coverage > 0.6


def test_who_did_not_agree_is_counted_and_not_quoted(talk: Talk) -> None:
    talk.ask("anna", "Is there parking?", "refused")
    talk.ask("ben", "Is there parking for my secret car?", "refused")
    talk.ask("ben", "My secret illness, what about it?", "refused")
    talk.consent("carl")
    talk.ask("carl", "Where is my secret lover?", "refused")
    talk.consent("carl", granted=False)  # withdrawn: also what was said before
    report = talk.report()
    (gap,) = report.gaps
    assert (gap.count, gap.examples, report.unquoted) == (2, ("Is there parking?",), 2)
    assert "secret" not in str(report)
    assert talk.report(version="another text").gaps == ()
    assert talk.report(version="").unquoted == 4


def test_what_was_said_before_the_consent_is_not_quoted(talk: Talk) -> None:
    talk.ask("dora", "Is there parking?", "refused")
    talk.consent("dora")
    assert talk.report().gaps == ()
    assert talk.report().unquoted == 1


def test_what_the_guard_stopped_is_no_gap(talk: Talk) -> None:
    for mark in ("blocked", "unsafe", "disclosure"):
        talk.ask("anna", "Something bad", "refused", mark=mark)  # type: ignore[arg-type]
    talk.ask("anna", "I want a person", "refused", mark="handover")
    (gap,) = talk.report().gaps
    assert gap.examples == ("I want a person",)


def test_deleted_conversations_and_other_bots_are_not_read(talk: Talk) -> None:
    gone = talk.ask("anna", "Is there parking?", "refused")
    talk.conversations.delete(gone, "anna")
    assert talk.report().questions == 0
    assert talk.report().gaps == ()


def test_old_questions_are_not_looked_at(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.ask("anna", "Is there parking?", "refused")
    assert talk.report(days=1).questions == 1
    assert talk.report(days=0).questions == 0


def row(question: str) -> AskedRow:
    return AskedRow("anna", "2026", question, "refused", None, None, False)


def test_questions_are_told_together_by_their_words() -> None:
    said = [
        "How do I renew a book?",
        "renewing books",
        "Can I renew my book online?",
        "Where can I park?",
        "Where to park cars?",
        "What is the wifi password?",
        "wifi password please",
    ]
    clusters = clustered(map(row, said), ("en",))
    together = sorted(sorted(one.question for one in c.rows) for c in clusters)
    assert together == sorted(map(sorted, (said[:3], said[3:5], said[5:])))


def test_the_order_in_which_they_were_asked_says_nothing() -> None:
    said = [f"{what} {thing}" for what in ("cost of", "where is") for thing in ("a card", "wifi")]
    one = [sorted(r.question for r in c.rows) for c in clustered(map(row, said), ("en",))]
    other = [sorted(r.question for r in c.rows) for c in clustered(map(row, said[::-1]), ("en",))]
    assert one == other


def test_other_scripts_and_nothing_at_all() -> None:
    assert clustered([], ("en",)) == []
    clusters = clustered(map(row, ["駐車場はありますか", "駐車場はどこですか", "?", ""]), ("ja",))
    assert sorted(len(one.rows) for one in clusters) == [2, 2]


def test_five_thousand_questions_take_seconds(talk: Talk) -> None:
    said = [f"question about {n % 700} and thing {n % 13}" for n in range(5000)]
    clusters = clustered(map(row, said), ("en",))
    assert sum(len(one.rows) for one in clusters) == 5000
