"""Curated answers as rows: revisions, differences, turning back, forgetting; on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, select
from tests.store.test_person import MARK, SECRET, everything, lived

from chatwright.core.errors import Conflict, NotFound
from chatwright.store import Conversations, Database
from chatwright.store.backup import back_up, restore
from chatwright.store.curated import CuratedRows, mentioning
from chatwright.store.curated_records import NONE, Content, Link, Revision
from chatwright.store.migrations import STEPS, migrate
from chatwright.store.person import PersonRows, flush
from chatwright.store.tables import curated_answers, curated_changes, curated_questions, ledger

BOT = "library"
HOURS = Content(
    "Nine to six.",
    ("When are you open?", "Opening hours?"),
    note="from the desk",
    links=(Link("Hours", "https://example.org/hours"),),
    expires_at="2127-01-01T00:00:00.000Z",
)
FINES = Content("Twenty cents.", ("What does it cost?",))


@pytest.fixture
def rows(database: Database) -> CuratedRows:
    return CuratedRows(database, str.casefold)


def put(rows: CuratedRows, bot: str = BOT, **contents: Content) -> Revision | None:
    with rows.edit(bot, "cli", "added") as edit:
        for id, content in contents.items():
            edit.put(id, content)
    return edit.done


def contents(rows: CuratedRows, bot: str = BOT) -> dict[str, Content]:
    return {one.id: one.content for one in rows.active(bot)[1]}


def test_what_is_written_is_read_again(rows: CuratedRows) -> None:
    assert rows.revision(BOT) is None and rows.active(BOT) == (None, [])
    done = put(rows, hours=HOURS, fines=FINES)
    assert done is not None
    assert (done.number, done.answers, done.author, done.action) == (1, 2, "cli", "added")
    assert rows.revision(BOT) == done
    assert contents(rows) == {"hours": HOURS, "fines": FINES}
    found = rows.find(BOT, "hours")
    assert (found.content, found.revision, found.author, found.owner) == (HOURS, 1, "cli", None)
    assert rows.active("other") == (None, [])
    with pytest.raises(NotFound, match="no answer 'hour'"):
        rows.find(BOT, "hour")
    assert rows.named(BOT, "hour").id == "hours"
    for wrong in ("x", "", "%"):
        with pytest.raises(NotFound):
            rows.named(BOT, wrong)
    put(rows, hours2=Content("Other.", ("Other?",)))
    assert rows.named(BOT, "hours").id == "hours"
    with pytest.raises(NotFound, match="Several"):
        rows.named(BOT, "hou")


def test_the_id_of_a_revision_is_that_of_its_answers(rows: CuratedRows) -> None:
    first = put(rows, hours=HOURS, fines=FINES)
    put(rows, "another bot", fines=FINES)
    same = put(rows, "another bot", hours=HOURS)
    assert first is not None and same is not None
    assert first.id == same.id and len(first.id or "") == 12
    noted = put(rows, hours=replace(HOURS, note="another note"))  # which nobody is told
    changed = put(rows, hours=replace(HOURS, text="Ten to six."))
    back = put(rows, hours=HOURS)
    assert noted is not None and changed is not None and back is not None
    assert (noted.number, changed.number, back.number) == (2, 3, 4)
    assert first.id == noted.id == back.id != changed.id
    empty = put(rows, hours=HOURS.retired(), fines=FINES.retired())
    assert empty is not None and (empty.content, empty.id) == (NONE, None)


def test_nothing_different_makes_no_revision(rows: CuratedRows) -> None:
    put(rows, hours=HOURS)
    assert put(rows, hours=HOURS) is None
    with rows.edit(BOT, "cli", "tried") as edit:
        edit.put("fines", FINES)
        edit.drop()
    assert edit.done is None and len(rows.log(BOT)) == 1
    with pytest.raises(RuntimeError), rows.edit(BOT, "cli", "failed") as edit:
        edit.put("fines", FINES)
        raise RuntimeError
    assert contents(rows) == {"hours": HOURS}


def test_a_question_has_one_answer(rows: CuratedRows) -> None:
    put(rows, hours=HOURS, fines=FINES)
    with pytest.raises(
        Conflict, match=r'"OPENING hours\?" is answered already, by hours: "Nine'
    ) as e:
        put(rows, new=Content("No.", ("New?", "OPENING hours?")), newer=Content("x", ("Newer?",)))
    assert e.value.code == "question_taken"
    with pytest.raises(Conflict, match="stands there twice"):
        put(rows, new=Content("No.", ("New?", "NEW?")))
    with pytest.raises(Conflict, match="by a: "):
        put(rows, a=Content("A.", ("New?",)), b=Content("B.", ("new?",)))
    assert contents(rows) == {"hours": HOURS, "fines": FINES} and len(rows.log(BOT)) == 1
    # A question may move in one step, and one of a retired answer is free.
    put(
        rows,
        hours=replace(HOURS, questions=("When?",)),
        fines=replace(FINES, questions=("Opening hours?",)),
    )
    put(rows, fines=FINES.retired())
    put(rows, new=Content("New.", ("Opening hours?", "What does it cost?")))
    with pytest.raises(Conflict, match="by new"):
        put(rows, fines=FINES)
    put(rows, "another bot", hours=HOURS)


def test_of_two_that_add_a_question_at_once_one_is_told(rows: CuratedRows) -> None:
    start = threading.Barrier(4)

    def add(number: int) -> bool:
        start.wait()
        try:
            return put(rows, **{f"a{number}": Content(str(number), ("New?",))}) is not None
        except Conflict:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == [False, False, False, True]
    assert len(contents(rows)) == len(rows.log(BOT)) == 1


def test_the_log_and_what_differs(rows: CuratedRows) -> None:
    put(rows, hours=HOURS)
    put(rows, fines=FINES)
    changed = replace(HOURS, text="Ten to six.")
    put(rows, hours=changed)
    put(rows, hours=HOURS)
    assert [one.number for one in rows.log(BOT)] == [4, 3, 2, 1]
    assert [one.number for one in rows.log(BOT, 1, before=3)] == [2]
    (one,) = rows.difference(BOT, 2, 3)
    assert (one.id, one.before, one.after) == ("hours", HOURS, changed)
    (one,) = rows.difference(BOT, 3, 2)
    assert (one.before, one.after) == (changed, HOURS)
    assert rows.difference(BOT, 2, 4) == []
    assert {one.id: one.before for one in rows.difference(BOT, 0, 4)} == {
        "hours": None,
        "fines": None,
    }
    for first, last in ((1, 9), (-1, 1), (9, 1)):
        with pytest.raises(NotFound, match="no revision"):
            rows.difference(BOT, first, last)


def test_turning_back_is_a_step_forward(rows: CuratedRows) -> None:
    put(rows, hours=HOURS)
    put(rows, fines=FINES)
    put(rows, hours=replace(HOURS, text="Ten to six."), fines=FINES.retired())
    made = rows.rollback(BOT, 2, "cli")
    assert made.number == 4 and made.action == "rollback to 2"
    assert contents(rows) == {"hours": HOURS, "fines": FINES}
    assert made.id == rows.log(BOT)[2].id
    rows.rollback(BOT, 0, "cli")
    assert contents(rows) == {}
    assert rows.find(BOT, "hours").content == HOURS.retired()  # not lost
    assert rows.rollback(BOT, 4, "cli").id == made.id
    assert rows.rollback(BOT, 6, "cli").number == 6  # nothing to do
    with pytest.raises(NotFound):
        rows.rollback(BOT, 77, "cli")
    with pytest.raises(Conflict, match="newer revision") as error:
        rows.rollback(BOT, 2, "cli", expected=5)
    assert error.value.code == "stale_revision"


def test_pages_and_words(rows: CuratedRows) -> None:
    many = {f"n{i:02}": Content(f"Text {i:02}.", (f"Question {i:02}?",)) for i in range(30)}
    put(rows, hours=HOURS)
    put(rows, **many)
    put(rows, hours=HOURS.retired())
    found, total = rows.page(BOT, limit=10, offset=25, state="active")
    assert total == 30 and [one.id for one in found] == ["n25", "n26", "n27", "n28", "n29"]
    assert rows.page(BOT)[0][0].id == "hours"  # changed last
    for words in ("OPENING", "nine to", "the desk", "hour"):
        found, total = rows.page(BOT, words)
        assert total == 1 and found[0].content == HOURS.retired(), words
    assert rows.page(BOT, "100%") == ([], 0)
    assert rows.page(BOT, state="retired")[1] == 1


# --- people ---------------------------------------------------------------------------------------


def made_from(database: Database, rows: CuratedRows, owner: str, id: str) -> str:
    """An answer that was made from what `owner` said; the message's id."""
    talk = lived(database, owner, MARK)
    message = Conversations(database).messages(talk, owner)[1].id
    put(rows, **{id: Content(f"better {MARK}", (f"{id}?",), origin=message)})
    return message


def test_an_answer_goes_with_the_person_it_was_made_from(
    database: Database, rows: CuratedRows
) -> None:
    people = PersonRows(database, SECRET)
    put(rows, hours=HOURS)
    made_from(database, rows, "ann", "anns")
    made_from(database, rows, "bob", "bobs")
    found = rows.find(BOT, "anns")
    assert found.owner == "ann"
    put(rows, anns=replace(found.content, text="rewritten"))
    assert rows.find(BOT, "anns").owner == "ann"
    assert [one["id"] for one in people.exported("ann")["curated"]] == ["anns"]
    before = rows.revision(BOT)
    removed = people.erase("ann")
    assert removed.curated == 1 and removed.counts()["curated"] == 1
    after = rows.revision(BOT)
    assert before is not None and after is not None
    assert (after.number, after.action) == (before.number + 1, "forgotten")
    assert after.id != before.id
    assert set(contents(rows)) == {"hours", "bobs"}
    assert [one.id for one in rows.difference(BOT, 0, after.number)] == ["bobs", "hours"]
    rows.rollback(BOT, before.number, "cli")  # a rollback does not bring it back
    assert set(contents(rows)) == {"hours", "bobs"}


def test_also_after_the_conversation_is_gone(database: Database, rows: CuratedRows) -> None:
    people = PersonRows(database, SECRET)
    made_from(database, rows, "ann", "anns")
    assert people.prune(BOT, before="2999-01-01").conversations == 1
    assert set(contents(rows)) == {"anns"}  # retention is no erasure
    assert people.known("ann")
    assert people.erase("ann").curated == 1
    assert contents(rows) == {}


def test_by_a_name(database: Database, rows: CuratedRows) -> None:
    made_from(database, rows, "ann", "anns")
    put(rows, mine=Content(f"Ask {MARK}.", ("Whom?",)))
    put(rows, mine=Content("Ask at the desk.", ("Whom?",)), hours=HOURS)
    removed = PersonRows(database, SECRET).erase_where(lambda text: MARK in text)
    assert removed.curated == 1
    assert mentioning(database, lambda text: MARK in text) == ["mine"]  # what it was
    assert rows.forget(BOT, ["mine", "nothing"], "cli") == 1
    assert mentioning(database, lambda text: MARK in text) == []
    assert set(contents(rows)) == {"hours"}


@pytest.mark.store_file
def test_no_byte_of_it_stays(database: Database, rows: CuratedRows) -> None:
    made_from(database, rows, "ann", "anns")
    found = rows.find(BOT, "anns").content
    put(rows, anns=replace(found, text=f"again {MARK}"))
    put(rows, anns=found.retired())
    PersonRows(database, SECRET).erase("ann")
    flush(database)
    assert MARK.encode() not in everything(database)


def test_what_comes_back_with_a_backup_goes_again(
    tmp_path: Path, rows: CuratedRows, database: Database, place: str
) -> None:
    people = PersonRows(database, SECRET)
    made_from(database, rows, "ann", "anns")
    put(rows, hours=HOURS)
    back_up(place, tmp_path / "copy")
    people.erase("ann")
    rows.forget(BOT, ["hours"], "cli")
    database.close()
    restore(place, tmp_path / "copy")
    again = Database(place)
    kept = CuratedRows(again, str.casefold)
    assert set(contents(kept)) == {"anns", "hours"} and len(kept.log(BOT)) == 2
    assert PersonRows(again, SECRET).sweep().curated == 1
    assert contents(kept) == {"hours": HOURS}
    again.close()


def test_who_edited_is_forgotten_too(database: Database, rows: CuratedRows) -> None:
    with rows.edit(BOT, "account:1", "added") as edit:
        edit.put("hours", HOURS)
    PersonRows(database, SECRET).erase("account:1")
    assert rows.find(BOT, "hours").author == "" and rows.log(BOT)[0].author == ""


def test_an_origin_must_be_there(rows: CuratedRows) -> None:
    with pytest.raises(NotFound, match="no message"):
        put(rows, new=replace(FINES, origin="nothing"))
    assert contents(rows) == {}


# --- the tables -----------------------------------------------------------------------------------


def test_an_older_store_gets_the_tables(database: Database) -> None:
    """As a store of the version before: without them, and without the step in its ledger."""
    with database.write() as connection:
        for table in (curated_questions, curated_answers, curated_changes):
            table.drop(connection)
        connection.exec_driver_sql("DROP TABLE curated_revisions")
        step = next(i for i, one in enumerate(STEPS, 1) if one.__name__ == "_curated")
        connection.execute(ledger.delete().where(ledger.c.number >= step))
        migrate(connection, STEPS[:step])
    with database.read() as connection:
        assert {"curated_live"} <= {
            i["name"] for i in inspect(connection).get_indexes("curated_questions")
        }
    rows = CuratedRows(database, str.casefold)
    put(rows, hours=HOURS)
    assert contents(rows) == {"hours": HOURS}


def test_the_database_itself_refuses_a_second_answer(database: Database, rows: CuratedRows) -> None:
    put(rows, hours=HOURS)
    with database.read() as connection:
        row = dict(connection.execute(select(curated_questions)).mappings().first() or {})
    with pytest.raises(Exception, match=r"(?i)unique"), database.write() as connection:
        connection.execute(curated_questions.insert().values(row | {"place": 7}))
