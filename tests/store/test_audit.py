"""The audit log: whole as it is made, and whatever is done to it is found and named."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from chatwright.store import Database
from chatwright.store.audit import HEAD, AuditLog
from chatwright.store.secret import Secret

SECRET = Secret("x" * 40)


@pytest.fixture
def log(database: Database, tmp_path: Path) -> AuditLog:
    return AuditLog(database, SECRET, tmp_path)


def fill(log: AuditLog, count: int = 6) -> None:
    for number in range(count):
        log.add("person.exported", "cli", f"visitor:{number % 2}", conversations=number)


def run(database: Database, *statements: str) -> None:
    with database.write() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_events_are_kept_in_order_under_pseudonyms(log: AuditLog) -> None:
    assert log.verify() == [] and log.head() == "0:"
    fill(log)
    rows = list(log.rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert all(before.mac == after.previous for before, after in pairwise(rows))
    assert rows[0].actor == "cli" and rows[0].subject.startswith("visitor~")
    assert rows[0].subject == rows[2].subject != rows[1].subject
    assert "visitor:0" not in str(rows)
    assert json.loads(rows[3].detail) == {"conversations": 3}
    assert log.verify() == []
    assert [row.number for row in log.rows("visitor:1")] == [2, 4, 6]


def test_other_secrets_give_other_pseudonyms(
    log: AuditLog, database: Database, tmp_path: Path
) -> None:
    other = AuditLog(database, Secret("y" * 40), tmp_path)
    assert log.pseudonym("visitor:1") != other.pseudonym("visitor:1")
    fill(log)
    assert other.verify() == [
        "No row was made with this server's secret: it is another one, or all were changed."
    ]


@pytest.mark.parametrize(
    "text", ["I am Teresa Quill", "teresa@example.org", "x" * 81, "new\nline", "straße"]
)
def test_it_takes_no_text(log: AuditLog, text: str) -> None:
    with pytest.raises(AssertionError):
        log.add("person.exported", "cli", "", note=text)
    with pytest.raises(AssertionError):
        log.add(text, "cli")


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        (["UPDATE audit SET actor = 'system' WHERE number = 3"], ["Row 3 (person.exported, "]),
        (["UPDATE audit SET detail = '{}' WHERE number = 2"], ["Row 2 ("]),
        (["UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE number = 6"], ["Row 6 ("]),
        (["DELETE FROM audit WHERE number = 4"], ["Row 4 is missing."]),
        (["DELETE FROM audit WHERE number IN (2, 3)"], ["Rows 2 to 3 are missing."]),
        (["DELETE FROM audit WHERE number = 1"], ["Row 1 is missing."]),
        (["DELETE FROM audit WHERE number > 4"], ["Rows 5 to 6 are missing at the end."]),
        (["DELETE FROM audit"], ["Rows 1 to 6 are missing at the end."]),
        (  # moved: two rows changed places
            [
                "UPDATE audit SET number = 100 WHERE number = 2",
                "UPDATE audit SET number = 2 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 100",
            ],
            [
                "Row 2 does not follow",
                "Row 2 (",
                "Row 3 does not follow",
                "Row 3 (",
                "Row 4 does not follow",
            ],
        ),
        (  # inserted: a copy at the end
            [
                "INSERT INTO audit SELECT 7, at, action, actor, subject, detail, previous, mac FROM audit"
                " WHERE number = 6"
            ],
            ["Row 7 does not follow", "Row 7 ("],
        ),
        (  # the hash of a changed row made anew, without the secret
            ["UPDATE audit SET detail = '{}', mac = 'f' || mac WHERE number = 5"],
            ["Row 5 (", "Row 6 does not follow"],
        ),
    ],
)
def test_tampering_is_found_and_named(
    log: AuditLog, database: Database, statements: list[str], faults: list[str]
) -> None:
    fill(log)
    run(database, *statements)
    found = log.verify()
    assert len(found) == len(faults), found
    for fault in faults:
        assert any(one.startswith(fault) for one in found), (fault, found)


def test_a_head_that_was_noted_is_held_against_the_log(
    log: AuditLog, database: Database, tmp_path: Path
) -> None:
    fill(log)
    head = log.head()
    fill(log, 2)
    assert log.verify(head) == []
    # Somebody with the secret writes a log of their own, with its head file.
    run(database, "DELETE FROM audit")
    (tmp_path / HEAD).unlink()
    fill(log, 8)
    assert log.verify() == []
    assert log.verify(head) == ["Row 6 is not the one that was the newest once."]
    run(database, "DELETE FROM audit WHERE number > 4")
    (tmp_path / HEAD).unlink()
    assert log.verify(head) == ["Rows 5 to 6 are missing at the end."]


def test_many_writers_make_one_chain(log: AuditLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: log.add("consent.given", f"visitor:{number}"), range(40)))
    assert log.verify() == [] and len(list(log.rows())) == 40
