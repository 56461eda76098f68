"""Panels in the store: links, places, votes; what is refused, and what goes with a person."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from chatwright.core.errors import Conflict, NotFound
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.loop_tables import panel_raters, panel_votes
from chatwright.store.panel_records import (
    JudgementRecord,
    PanelAnswer,
    PanelItem,
    PanelRecord,
    RaterRecord,
    VoteRecord,
)
from chatwright.store.panels import Draw, Offer, Panels, forget_named
from chatwright.store.person import PersonRows
from chatwright.store.records import Outcome
from chatwright.store.secret import Secret
from chatwright.store.stamps import new_id, now

PAST = "2020-01-01T00:00:00.000Z"
BOTS = ("library",)


def panel(name: str = "spring", per_rater: int = 4) -> PanelRecord:
    about = {"a": "release 1", "b": "release 2"}
    return PanelRecord(
        new_id(), "library", name, "pairs", "Compare.", about, 7, per_rater, 0, 0, {}, now()
    )


def item(
    place: int, question: str = "", origin: str | None = None, owner: str | None = None
) -> PanelItem:
    answers = (PanelAnswer("a", f"yes {place}"), PanelAnswer("b", f"no {place}"))
    return PanelItem(
        new_id(), place, question or f"Q{place}", (), answers, origin=origin, owner=owner
    )


def first(offers: Sequence[Offer], own: Sequence[VoteRecord]) -> Draw | None:
    """The first item that this rater has not seen, as it is."""
    seen = {vote.item_id for vote in own}
    left = [offer for offer in offers if offer.item_id not in seen]
    return Draw(left[0].item_id, False, False) if left else None


@pytest.fixture
def panels(database: Database) -> Panels:
    return Panels(database)


def made(panels: Panels, items: int = 3) -> PanelRecord:
    return panels.create(panel(), [item(place) for place in range(1, items + 1)])


def vote_on_next(
    panels: Panels, rater: RaterRecord, choice: str = "left", comment: str = ""
) -> bool:
    found = panels.give(rater, first)
    assert found is not None
    return panels.vote(rater, found.place, found.item_id, choice=choice, comment=comment)  # type: ignore[arg-type]


def test_a_panel_comes_back_as_it_was(panels: Panels) -> None:
    kept = made(panels)
    assert panels.all("library") == [kept] and panels.all("other") == []
    assert panels.find("library", "spring") == panels.find("library", kept.id[:20]) == kept
    items = panels.items(kept.id)
    assert [one.question for one in items] == ["Q1", "Q2", "Q3"]
    assert items[0].answers[1] == PanelAnswer("b", "no 1")
    with pytest.raises(Conflict, match="already"):
        made(panels)
    with pytest.raises(NotFound):
        panels.find("library", "autumn")


def test_a_link_is_found_by_its_whole_token_alone(panels: Panels, database: Database) -> None:
    kept = made(panels)
    rater, token = panels.invite(kept.id, "anna")
    found = panels.match(token, BOTS)
    assert found is not None and found == (kept, rater)
    assert rater.state == "live"
    assert panels.match(token, ("other",)) is None
    for wrong in ("", token[:-1], token[:8], token[:-1] + ("A" if token[-1] != "A" else "B")):
        assert panels.match(wrong, BOTS) is None
    with database.read() as connection:
        rows = str(connection.execute(select(panel_raters)).all())
    assert token not in rows and token[:8] in rows


def test_links_end(panels: Panels) -> None:
    kept = made(panels)
    old, _ = panels.invite(kept.id, "old", expires_at=PAST)
    _, token = panels.invite(kept.id, "gone")
    assert old.state == "expired"
    assert panels.revoke(kept.id, "gone").state == "revoked"
    found = panels.match(token, BOTS)
    assert found is not None and found[1].state == "revoked"
    with pytest.raises(NotFound):
        panels.revoke(kept.id, "gone")


def test_a_place_is_given_once_and_answered_once(panels: Panels) -> None:
    kept = made(panels)
    rater, _ = panels.invite(kept.id, "anna")
    there = panels.give(rater, first)
    assert there is not None and there == panels.give(rater, first)  # it waits to be answered
    assert panels.vote(rater, 1, there.item_id, choice="right", comment="It is true.")
    assert not panels.vote(rater, 1, there.item_id, choice="left")  # a form sent twice
    (vote, *_) = panels.votes(kept.id)
    assert (vote.choice, vote.comment, vote.side) == ("right", "It is true.", "second")
    assert vote.seconds is not None and 0 <= vote.seconds < 60
    assert panels.done(rater.id) == 1
    assert vote_on_next(panels, rater) and vote_on_next(panels, rater)
    assert panels.give(rater, first) is None


def test_nobody_answers_what_another_was_shown(panels: Panels) -> None:
    kept = made(panels)
    anna, _ = panels.invite(kept.id, "anna")
    ben, _ = panels.invite(kept.id, "ben")
    hers = panels.give(anna, first)
    assert hers is not None
    with pytest.raises(NotFound):
        panels.vote(ben, hers.place, hers.item_id, choice="left")
    his = panels.give(ben, first)
    assert his is not None
    other = next(one.id for one in panels.items(kept.id) if one.id != his.item_id)
    for place, item_id in ((his.place, other), (his.place + 1, his.item_id), (0, his.item_id)):
        with pytest.raises(NotFound):
            panels.vote(ben, place, item_id, choice="left")
    assert not [vote for vote in panels.votes(kept.id) if vote.voted_at]


def test_a_closed_panel_takes_no_votes(panels: Panels) -> None:
    kept = made(panels)
    rater, _ = panels.invite(kept.id, "anna")
    there = panels.give(rater, first)
    assert there is not None
    panels.close(kept.id)
    assert panels.find("library", "spring").state == "closed"
    with pytest.raises(Conflict) as caught:
        panels.vote(rater, there.place, there.item_id, choice="left")
    assert caught.value.code == "panel_closed"


def test_offers_count_what_was_shown(panels: Panels, database: Database) -> None:
    kept = made(panels, items=2)
    seen: list[Sequence[Offer]] = []

    def swapping(offers: Sequence[Offer], own: Sequence[VoteRecord]) -> Draw:
        seen.append(offers)
        return Draw(min(one.item_id for one in offers), bool(own), True)

    anna, _ = panels.invite(kept.id, "anna")
    vote = panels.give(anna, swapping)
    assert vote is not None and vote.swapped
    panels.vote(anna, 1, vote.item_id, choice="left")
    panels.give(anna, swapping)  # the same again, which does not count
    ben, _ = panels.invite(kept.id, "ben")
    panels.give(ben, swapping)
    counts = [[(one.shown, one.swapped) for one in offers] for offers in seen]
    assert counts == [[(0, 0), (0, 0)], [(1, 1), (0, 0)], [(1, 1), (0, 0)]]
    with database.write() as connection:  # ben went away
        connection.execute(
            panel_votes.update().where(panel_votes.c.rater_id == ben.id).values(shown_at=PAST)
        )
    cleo, _ = panels.invite(kept.id, "cleo")
    panels.give(cleo, swapping)
    assert seen[-1][0].shown == 1


@pytest.mark.parametrize(
    ("choice", "swapped", "side"),
    [
        ("left", False, "first"),
        ("left", True, "second"),
        ("right", False, "second"),
        ("right", True, "first"),
        ("tie", True, "tie"),
        ("bad", False, "bad"),
        (None, False, None),
    ],
)
def test_a_side_is_a_choice_wherever_it_stood(choice: str, swapped: bool, side: str) -> None:
    vote = VoteRecord("r", 1, "i", False, swapped, now(), choice=choice)  # type: ignore[arg-type]
    assert vote.side == side


def test_judgements_are_kept_once(panels: Panels) -> None:
    kept = made(panels)
    ids = [one.id for one in panels.items(kept.id)]
    panels.judge(JudgementRecord(ids[0], "m", "first", "second", "Why.", 10, 2, now()))
    panels.judge(JudgementRecord(ids[0], "m", "first", "first", "So.", 10, 2, now()))
    panels.judge(JudgementRecord(ids[1], "n", "none", "first", "", 10, 2, now()))
    (one,) = panels.judgements(kept.id, "m")
    assert (one.verdict, one.reason) == ("first", "So.")
    assert [j.verdict for j in panels.judgements(kept.id)] == ["first", "none"]


# --- people's rights -----------------------------------------------------------------------------


def asked(database: Database, owner: str, words: str) -> tuple[str, str]:
    """A conversation and the id of what was asked in it."""
    log = TurnLog(database)
    id = Conversations(database).create("library", owner).id
    begun = log.begin(id, owner, words, None, release="r", deployment="d")
    log.finish(begun.message, owner, Outcome("done", "Yes."))
    assert begun.message.parent_id is not None
    return id, begun.message.parent_id


def test_a_question_goes_with_the_person_who_asked_it(panels: Panels, database: Database) -> None:
    _, origin = asked(database, "visitor:ann", "Where is my book?")
    kept = panels.create(panel(), [item(1), item(2, "Where is my book?", origin, "visitor:ann")])
    rater, _ = panels.invite(kept.id, "ben")
    assert vote_on_next(panels, rater) and vote_on_next(panels, rater)
    PersonRows(database, Secret("x" * 40)).erase("visitor:ann")
    assert [one.question for one in panels.items(kept.id)] == ["Q1"]
    assert len(panels.votes(kept.id)) == 1
    assert panels.give(rater, first) is None  # and what is left goes on


def test_a_question_goes_when_its_conversation_is_pruned(
    panels: Panels, database: Database
) -> None:
    id, origin = asked(database, "visitor:ann", "Where?")
    kept = panels.create(panel(), [item(1, "Where?", origin, "visitor:ann")])
    Conversations(database).delete(id, "visitor:ann")
    PersonRows(database, Secret("x" * 40)).prune("library", None)
    assert panels.items(kept.id) == []


def test_a_rater_who_is_a_person_is_exported_and_forgotten(
    panels: Panels, database: Database
) -> None:
    kept = made(panels)
    anna, _ = panels.invite(kept.id, "anna", person="account:1")
    ben, _ = panels.invite(kept.id, "ben")
    vote_on_next(panels, anna, comment="mine")
    vote_on_next(panels, ben, comment="his")
    rows = PersonRows(database, Secret("x" * 40))
    assert rows.known("account:1") and not rows.known("account:2")
    (said,) = rows.exported("account:1")["panels"]
    assert (said["comment"], said["panel"]) == ("mine", "spring")
    rows.erase("account:1")
    assert [one.name for one in panels.raters(kept.id)] == ["ben"]
    assert [one.comment for one in panels.votes(kept.id)] == ["his"]
    # A backup brings the rater back; the tombstone does not let that stand.
    with database.write() as connection:
        values = {"id": "old", "panel_id": kept.id, "name": "anna", "person": "account:1"}
        values |= {"prefix": "p", "digest": "d", "created_at": PAST}
        connection.execute(panel_raters.insert().values(values))
    rows.sweep()
    assert [one.name for one in panels.raters(kept.id)] == ["ben"]


def test_whoever_is_named_is_taken_out(panels: Panels, database: Database) -> None:
    kept = panels.create(panel(), [item(1, "Is Zebrafinch in?"), item(2)])
    anna, _ = panels.invite(kept.id, "anna")
    panels.invite(kept.id, "Zebrafinch")
    vote_on_next(panels, anna)
    vote_on_next(panels, anna, comment="as Zebrafinch says")
    left = panels.items(kept.id)[1]
    panels.judge(JudgementRecord(left.id, "m", "tie", "tie", "Zebrafinch", 1, 1, now()))
    with database.write() as connection:
        assert forget_named(connection, lambda text: "Zebrafinch" in text) == 4
    assert [one.id for one in panels.items(kept.id)] == [left.id]
    assert [one.name for one in panels.raters(kept.id)] == ["anna"]
    assert "Zebrafinch" not in str([panels.judgements(kept.id), panels.votes(kept.id)[0].comment])


def test_a_deleted_panel_leaves_nothing(panels: Panels, database: Database) -> None:
    kept = made(panels)
    rater, token = panels.invite(kept.id, "anna")
    vote_on_next(panels, rater)
    panels.delete(kept.id)
    assert panels.all("library") == [] and panels.match(token, BOTS) is None
    with database.read() as connection:
        assert not connection.execute(select(panel_votes)).all()
