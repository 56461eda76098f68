"""Consent: nothing may be learned from by default, and only what was said while it holds."""

from __future__ import annotations

import pytest

from chatwright.store import Conversations, Database, TurnLog
from chatwright.store import consent as consenting
from chatwright.store.consent import Consents
from chatwright.store.records import Outcome


@pytest.fixture
def consents(database: Database) -> Consents:
    return Consents(database)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The time that answers are given at: the newest entry."""
    times = ["2026-01-01T00:00:00.000Z"]
    monkeypatch.setattr(consenting, "now", lambda: times[-1])
    return times


def day(number: int) -> str:
    return f"2026-01-{number:02d}T00:00:00.000Z"


def test_nobody_has_consented(consents: Consents) -> None:
    assert consents.current("library", "ann") is None
    assert not consents.trainable("library", "ann", "v1", day(5))
    assert consents.trainable_turns("library", "v1") == []


def test_consent_holds_from_then_on_for_that_text_bot_and_owner(
    consents: Consents, clock: list[str]
) -> None:
    clock.append(day(3))
    given = consents.put("library", "ann", True, "v1")
    assert consents.current("library", "ann") == given
    assert consents.trainable("library", "ann", "v1", day(3))
    assert not consents.trainable("library", "ann", "v1", day(2))
    assert not consents.trainable("library", "ann", "v2", day(4))
    assert not consents.trainable("museum", "ann", "v1", day(4))
    assert not consents.trainable("library", "bob", "v1", day(4))


def test_withdrawing_ends_all_of_it_and_giving_it_again_begins_anew(
    consents: Consents, clock: list[str]
) -> None:
    for number, granted in ((3, True), (5, False)):
        clock.append(day(number))
        consents.put("library", "ann", granted, "v1")
    assert not consents.trainable("library", "ann", "v1", day(4))
    clock.append(day(7))
    consents.put("library", "ann", True, "v1")
    assert not consents.trainable("library", "ann", "v1", day(4))
    assert consents.trainable("library", "ann", "v1", day(8))
    assert [answer.granted for answer in consents.all("library", "ann")] == [True, False, True]


def test_a_second_yes_does_not_move_its_beginning(consents: Consents, clock: list[str]) -> None:
    for number in (3, 6):
        clock.append(day(number))
        consents.put("library", "ann", True, "v1")
    assert consents.trainable("library", "ann", "v1", day(4))


def turn(
    database: Database, id: str, owner: str, outcome: Outcome, parent: str | None = None
) -> str:
    log = TurnLog(database)
    begun = log.begin(id, owner, "Hi", parent, release="r", deployment="d")
    log.finish(begun.message, owner, outcome)
    return begun.message.id


def test_turns_that_may_be_learned_from(database: Database, consents: Consents) -> None:
    talks = Conversations(database)
    mine, theirs, gone, other = (
        talks.create(bot, owner).id
        for bot, owner in (
            ("library", "ann"),
            ("library", "bob"),
            ("library", "ann"),
            ("museum", "ann"),
        )
    )
    early = turn(database, mine, "ann", Outcome("done", "early"))
    consents.put("library", "ann", True, "v1")
    kept = turn(database, mine, "ann", Outcome("done", "yes"), early)
    for outcome in (
        Outcome("failed", error="broken"),
        Outcome("stopped", "hal"),
        Outcome("done", "No.", route="refused", mark="blocked"),
    ):
        turn(database, mine, "ann", outcome, kept)
    turn(database, theirs, "bob", Outcome("done", "no"))
    turn(database, gone, "ann", Outcome("done", "no"))
    turn(database, other, "ann", Outcome("done", "no"))
    talks.delete(gone, "ann")
    assert [
        (t.owner, t.conversation_id, t.message_id)
        for t in consents.trainable_turns("library", "v1")
    ] == [("ann", mine, kept)]
    assert consents.trainable_turns("library", "v2") == []
    consents.put("library", "ann", False, "v1")
    assert consents.trainable_turns("library", "v1") == []
