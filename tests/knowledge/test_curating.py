"""What may be written as a curated answer, by whom, and what the audit log says of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.knowledge import curating
from chatwright.knowledge.curating import Curator, Writing, bare, day, moment, same
from chatwright.store import Database
from chatwright.store.audit import AuditLog
from chatwright.store.curated_records import Link
from chatwright.store.secret import Secret

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture
def audit(database: Database, tmp_path: Path) -> AuditLog:
    return AuditLog(database, Secret("x" * 40), tmp_path)


@pytest.fixture
def curator(database: Database, audit: AuditLog) -> Curator:
    return Curator(database, "library", audit)


def writing(**values: object) -> Writing:
    return Writing(**{"text": "Nine to six.", "questions": ["When?"], **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "answer is empty"),
        ({"text": " \n\t"}, "answer is empty"),
        ({"text": "\u200b\u2060"}, "answer is empty"),
        ({"text": "x" * 1_000_000}, "1,000,000 characters; 20,000 is the most"),
        ({"text": "a\0b"}, r"U\+0000"),
        ({"text": "a\x1b[31mb"}, r"U\+001B"),
        ({"text": "half \ud800"}, r"U\+D800"),
        ({"questions": []}, "needs a question"),
        ({"questions": ["When?", "  "]}, "question is empty"),
        ({"questions": ["\u200b\ufeff"]}, "question is empty"),
        ({"questions": ["x" * 1_001]}, "1,001 characters"),
        ({"questions": ["When?", "WHEN"]}, "count as the same"),
        ({"questions": ["When?", "Wh\u0435n?"]}, "count as the same"),
        ({"questions": ["When?", "W\u200bhen?"]}, "count as the same"),
        ({"questions": [f"Question {i}?" for i in range(201)]}, "200 questions"),
        ({"note": "n" * 2_001}, "note has 2,001"),
        ({"links": [Link("", "javascript:alert(1)")]}, "is no link"),
        ({"links": [Link("", "data:text/html,x")]}, "is no link"),
        ({"links": [Link("", "//example.org")]}, "is no link"),
        ({"links": [Link("", "")]}, "is no link"),
        ({"links": [Link("x", "https://example.org")] * 21}, "20 links"),
        ({"expires": YESTERDAY}, f"{YESTERDAY} has passed"),
        ({"expires": "2020-01-01T12:00"}, "has passed"),
        ({"expires": "tomorrow"}, "is no date"),
        ({"expires": "01/31/2127"}, "is no date"),
        ({"expires": "2127-02-30"}, "is no date"),
        ({"expires": "9999-12-31"}, "is no date"),
        ({"starts": "2127-02-01", "expires": "2127-01-01"}, "end before it begins"),
    ],
)
def test_what_is_refused(curator: Curator, values: dict[str, object], words: str) -> None:
    with pytest.raises(WrongUse, match=words) as error:
        curator.add(writing(**values), "cli")
    assert len(str(error.value)) < 300 and error.value.next_step
    assert curator.rows.revision("library") is None


def test_what_is_written_is_tidied(curator: Curator) -> None:
    wanted = writing(
        text="  Nine\r\nto six. ",
        questions=["  When\n are   you open? ", "\U0001f550?"],
        links=[Link("", "https://example.org/a"), Link(" The  hours ", "hours.md")],
        expires=TODAY,
    )
    found = curator.add(wanted, "cli").content
    assert found.text == "Nine\nto six."
    assert found.questions == ("When are you open?", "\U0001f550?")
    assert found.links == (
        Link("https://example.org/a", "https://example.org/a"),
        Link("The hours", "hours.md"),
    )
    assert found.expires_at is not None and found.in_force(TODAY + "T23:59:59.999Z")
    assert not found.in_force(found.expires_at)


def test_days_and_moments() -> None:
    assert moment("2127-01-31") == moment("31.1.2127") == "2127-01-31T00:00:00.000Z"
    assert moment("2127-01-31", last=True) == "2127-02-01T00:00:00.000Z"
    assert moment("2127-01-31T00:00:00", last=True) == "2127-02-01T00:00:00.000Z"  # as Excel has it
    assert moment("2127-01-31T17:00+01:00", last=True) == "2127-01-31T16:00:00.000Z"
    assert moment("2127-01-31T17:00") == "2127-01-31T17:00:00.000Z"
    assert moment("  ") is None
    for said in ("2127-01-31", "2127-01-31T16:30:00.000Z", ""):
        for last in (True, False):
            assert day(moment(said, last=last), last=last) == said


def test_of_two_editors_the_second_is_told(curator: Curator) -> None:
    made = curator.add(writing(), "account:1")
    read = made.revision
    curator.change(made.id, Writing(text="Ten to six."), "account:1", expected=read)
    with pytest.raises(Conflict, match=r"changed by somebody else.*Load it again") as error:
        curator.change(made.id, Writing(text="Never."), "account:2", expected=read)
    assert error.value.code == "stale_revision"
    with pytest.raises(Conflict):
        curator.retire(made.id, "account:2", expected=read)
    found = curator.rows.find("library", made.id)
    assert found.content.text == "Ten to six." and found.author == "account:1"
    # Who names no revision changes what is named, and nothing else.
    curator.change(made.id, Writing(note="checked"), "account:2")
    found = curator.rows.find("library", made.id)
    assert (found.content.text, found.content.note) == ("Ten to six.", "checked")


def test_a_question_that_has_an_answer_already(curator: Curator) -> None:
    made = curator.add(writing(), "cli")
    for question in ("WHEN", "Wh\u0435n?", "\uff37hen?", "W\u200bhen ?"):
        with pytest.raises(Conflict, match=f'answered already, by {made.id}: "Nine to six."'):
            curator.add(writing(text="Other.", questions=[question]), "cli")
    curator.retire(made.id, "cli")
    curator.add(writing(text="Other."), "cli")
    with pytest.raises(Conflict, match="Other"):
        curator.change(made.id, Writing(active=True), "cli")


def test_ids(curator: Curator) -> None:
    assert curator.add(writing(), "cli", id="opening-hours").id == "opening-hours"
    with pytest.raises(Conflict, match="answer opening-hours already") as error:
        curator.add(writing(questions=["Other?"]), "cli", id="opening-hours")
    assert error.value.code == "id_taken"
    for wrong in ("a b", "../x", "-x", "x" * 65, "\u00e9"):
        with pytest.raises(WrongUse, match="cannot be"):
            curator.add(writing(questions=["Other?"]), "cli", id=wrong)
    for unknown in ("nothing", "", "opening"):
        with pytest.raises(NotFound, match="no answer"):
            curator.change(unknown, Writing(text="x"), "cli")
    with pytest.raises(NotFound):
        curator.forget(["nothing"], "cli")
    with pytest.raises(NotFound):
        curator.add(writing(questions=["Other?"]), "cli", origin="no message")


def test_what_has_passed_may_stay(curator: Curator, monkeypatch: pytest.MonkeyPatch) -> None:
    made = curator.add(writing(expires=TODAY), "cli")
    monkeypatch.setattr(curating, "now", lambda: "2999-01-01T00:00:00.000Z")
    changed = curator.change(made.id, Writing(note="is over"), "cli")
    assert changed.content.expires_at == made.content.expires_at
    with pytest.raises(WrongUse, match="has passed"):
        curator.change(made.id, Writing(expires="2998-01-01"), "cli")
    assert curator.change(made.id, Writing(expires=""), "cli").content.expires_at is None


def test_there_is_an_end_to_it(curator: Curator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curating, "ANSWERS", 1)
    curator.add(writing(), "cli")
    with pytest.raises(WrongUse, match="may have 1 curated"):
        curator.add(writing(questions=["Other?"]), "cli")


def test_the_audit_log_says_who_did_what_and_no_text(curator: Curator, audit: AuditLog) -> None:
    made = curator.add(writing(text="A secret text."), "account:1")
    curator.change(made.id, Writing(text="Another."), "cli")
    curator.change(made.id, Writing(text="Another."), "cli")  # changes nothing
    curator.retire(made.id, "cli")
    curator.rollback(1, "account:1")
    curator.forget([made.id], "cli")
    rows = list(audit.rows())
    assert [row.action for row in rows] == [
        "curated.added",
        "curated.changed",
        "curated.changed",
        "curated.rolledback",
        "curated.forgotten",
    ]
    assert [row.actor.partition("~")[0] for row in rows] == [
        "account",
        "cli",
        "cli",
        "account",
        "cli",
    ]
    assert rows[0].detail == '{"answers":1,"revision":1}'
    assert "secret" not in str(rows) and audit.verify() == []


def test_what_is_the_same_question() -> None:
    assert bare("plain") == "plain"
    assert bare("a\u200b\u00ad\ufe0f\u202eb") == "ab"
    alike = [
        "When are you open?",
        "when ARE you open",
        "When, are you\u2026 open",
        "\u1e84hen are you open",
    ]
    assert len({same(one) for one in alike}) == 1
    different = [
        "C++?",
        "C#?",
        "C?",
        "open",
        "o pen",
        "?",
        "!",
        "\U0001f44b",
        "\u958b\u9928",
        "\u9589\u9928",
    ]
    assert len({same(one) for one in different}) == len(different)
