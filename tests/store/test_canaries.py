"""Canaries and staging links as rows; the figures are counted from messages and feedback."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chatwright.core.errors import Conflict, NotFound
from chatwright.store import Conversations, Database, Feedbacks, TurnLog
from chatwright.store.canaries import STAGING, Canaries, CanaryRecord, asked_again
from chatwright.store.records import FeedbackRecord, Outcome, Status, Thumb
from chatwright.store.staging import Staging, link_of, owner_behind
from chatwright.store.stamps import now


def begun(database: Database, bot: str = "library") -> CanaryRecord:
    return Canaries(database).start(bot, "new", "d-new", "old", 0.05, {"rules": {"a": 1}})


def said(
    database: Database,
    owner: str,
    release: str,
    *,
    status: Status = "done",
    refused: bool = False,
    thumb: Thumb | None = None,
    channel: str = "web",
    bot: str = "library",
) -> str:
    log = TurnLog(database)
    talk = Conversations(database).create(bot, owner, channel).id
    turn = log.begin(talk, owner, "When?", None, release=release, deployment=f"d-{release}")
    route = "refused" if refused else "generated"
    log.finish(turn.message, owner, Outcome(status, "Now.", route, first_token_ms=5, total_ms=9))
    if thumb:
        Feedbacks(database).put(turn.message.id, owner, FeedbackRecord(thumb, "", ""))
    return talk


def test_one_at_a_time_and_one_for_each_bot(database: Database) -> None:
    record = begun(database)
    canaries = Canaries(database)
    with pytest.raises(Conflict, match="running already"):
        begun(database)
    begun(database, "other")
    assert canaries.running("library") == record
    assert canaries.end(record.id, "stopped", "enough")
    assert not canaries.end(record.id, "promoted", "too late")
    assert canaries.running("library") is None
    again = begun(database)
    assert again.salt != record.salt
    known = canaries.all("library")
    assert [one.state for one in known] == ["running", "stopped"]
    assert known[1].reason == "enough"
    assert known[1].ended


def test_of_many_that_begin_at_once_one_does(database: Database) -> None:
    def attempt(_: int) -> bool:
        try:
            begun(database)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1


def test_a_share_grows_once_for_each_step(database: Database) -> None:
    record, canaries = begun(database), Canaries(database)
    assert canaries.grow(record.id, 0.2, 1)
    assert not canaries.grow(record.id, 0.5, 1)  # another process had the same in mind
    found = canaries.find(record.id)
    assert found is not None
    assert [step.share for step in found.steps] == [0.05, 0.2]
    assert found.share == 0.2
    canaries.end(record.id, "stopped", "")
    assert not canaries.grow(record.id, 0.5, 2)


def test_counts_come_from_messages_and_feedback(database: Database) -> None:
    record = begun(database)
    said(database, "ann", "old", thumb="up")
    said(database, "ann", "old", refused=True)
    said(database, "bob", "new", thumb="down")
    said(database, "cat", "new", status="failed")
    said(database, "dan", "new", status="stopped")  # tells nothing
    said(database, "eve", "older")
    said(database, "tess", "new", channel=STAGING)
    said(database, "fay", "new", bot="other")
    hidden = said(database, "gus", "new")
    Conversations(database).delete(hidden, "gus")
    canaries, both = Canaries(database), (record.release, record.against)
    rows = list(canaries.seen("library", both, record.began))
    assert [
        (one.owner, one.release, one.failed, one.refused, one.ups, one.downs) for one in rows
    ] == [
        ("ann", "old", False, False, 1, 0),
        ("ann", "old", False, True, 0, 0),
        ("bob", "new", False, False, 0, 1),
        ("cat", "new", True, False, 0, 0),
    ]
    assert rows[0].first_ms == 5
    assert rows[0].total_ms == 9
    assert canaries.totals("library", both, record.began) == {"old": (2, 0), "new": (2, 1)}
    (new, old) = canaries.days("library", both, record.began)
    assert (new["people"], new["replies"], new["errors"], new["downs"]) == (2, 2, 1, 1)
    assert (old["people"], old["replies"], old["refusals"], old["ups"]) == (1, 2, 1, 1)
    assert list(canaries.seen("library", both, now())) == []


def test_questions_to_be_asked_again_come_with_what_was_said_before(database: Database) -> None:
    log, talk = TurnLog(database), Conversations(database).create("library", "ann").id
    ids, parent = list[str](), None
    for text in ("One?", "Two?", "Three?"):
        turn = log.begin(talk, "ann", text, parent, release="old", deployment="d")
        log.finish(turn.message, "ann", Outcome("done", f"To {text}"))
        parent = turn.message.id
        ids.append(parent)
    paths = asked_again(database, ids, "", 2)
    assert [path[-1] for path in paths] == [("user", "Two?"), ("user", "Three?")]
    assert paths[0][:2] == [("user", "One?"), ("assistant", "To One?")]
    assert asked_again(database, ids[:1], "", 9) == [[("user", "One?")]]
    assert asked_again(database, ids, now(), 9) == []
    assert asked_again(database, [], "", 9) == []


def test_a_staging_link_is_kept_as_a_hash_and_ends(database: Database) -> None:
    staging = Staging(database)
    link, token = staging.create(
        "library", "new", "d", ["Ask for a map."], "2999-01-01T00:00:00.000Z"
    )
    with database.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM staging_links").mappings().one()
    assert token not in str(dict(row))
    assert staging.match(token, "library") == link
    assert staging.match(token, "other") is None
    assert staging.match("x" * 43, "library") is None
    assert staging.live("library") == [link]
    old, _ = staging.create("library", "new", "d", [], "2020-01-01T00:00:00.000Z")
    assert old.state == "expired"
    assert staging.live("library") == [link]
    assert staging.revoke("library", link.id[-12:]).state == "revoked"
    assert staging.live("library") == []
    with pytest.raises(NotFound):
        staging.find("library", "nothing")
    with pytest.raises(NotFound):
        staging.find("other", link.id)


def test_tasks_are_ticked_off_by_each_tester(database: Database) -> None:
    staging = Staging(database)
    link, _ = staging.create("library", "new", "d", ["a", "b"], "2999-01-01T00:00:00.000Z")
    ann, bob = owner_behind(link.id, "ann"), owner_behind(link.id, "bob")
    assert link_of(ann) == link.id
    assert link_of("visitor:x") is None
    staging.tick(link.id, ann, 0, "fine")
    staging.tick(link.id, ann, 0, "fine, twice")
    staging.tick(link.id, bob, 1)
    staging.tick(link.id, bob, 1, done=False)
    assert [(one.owner, one.task, one.note) for one in staging.ticks(link.id)] == [
        (ann, 0, "fine, twice")
    ]
    assert staging.ticks(link.id, bob) == []
    said(database, ann, "new", thumb="down", channel=STAGING)
    said(database, ann, "new", refused=True, channel=STAGING)
    (row,) = staging.sessions(link.id)
    assert row == {
        "owner": ann, "conversations": 2, "replies": 2, "refused": 1, "ups": 0, "downs": 1,
    }  # fmt: skip
