"""Curated answers over HTTP: written, read, turned back; mistakes in a sentence; two editors at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pytest
from tests.server.callers import Callers, bearer, logged_in

from chatwright.knowledge.curated import Curated
from chatwright.server import cookies
from chatwright.server.services import Services
from chatwright.store import Database

ANSWERS = "/api/curated/answers"
HOURS = {"text": "Nine to six.", "questions": ["When are you open?", "Opening hours?"]}


@pytest.fixture
def editor(url: str, everyone: Callers, services: Services) -> Iterator[httpx.Client]:
    headers = logged_in(services, everyone.account("editor"))
    with httpx.Client(base_url=url, headers=headers, timeout=20) as client:
        yield client


def error(response: httpx.Response, status: int) -> tuple[str, str]:
    assert response.status_code == status, response.text
    said = response.json()["error"]
    return str(said["code"]), str(said["message"])


def add(editor: httpx.Client, **values: Any) -> dict[str, Any]:
    response = editor.post(ANSWERS, json=HOURS | values)
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()
    return found


def sheet(editor: httpx.Client, content: bytes | str, **asked: Any) -> httpx.Response:
    return editor.post("/api/curated/import", content=content, params=asked)


def test_the_life_of_an_answer(editor: httpx.Client, database: Database) -> None:
    live = Curated(database, "library")
    assert editor.get(ANSWERS).json() == {"answers": [], "total": 0, "revision": None}
    made = add(editor, links=[{"uri": "hours.md"}], expires="2127-01-31", note="desk")
    assert made["by"].startswith("account:") and made["expires_at"] == "2127-02-01T00:00:00.000Z"
    assert made["links"] == [{"title": "hours.md", "uri": "hours.md"}]
    assert live.match("when are you open")[0].id == made["id"]  # in the next message
    place = f"{ANSWERS}/{made['id']}"
    assert editor.get(place).json() == made
    changed = editor.patch(place, json={"revision": 1, "text": "Ten to six.", "expires": ""}).json()
    assert (changed["text"], changed["expires_at"], changed["note"]) == (
        "Ten to six.",
        None,
        "desk",
    )
    assert changed["questions"] == made["questions"] and changed["revision"] == 2
    assert live.match("when are you open")[0].text == "Ten to six."
    assert editor.delete(place, params={"revision": 2}).status_code == 204
    assert live.match("when are you open") == []
    assert editor.get(ANSWERS).json()["total"] == 0
    listed = editor.get(ANSWERS, params={"state": "retired", "search": "OPENING"}).json()
    assert listed["total"] == 1 and listed["revision"]["number"] == 3
    back = editor.patch(place, json={"revision": 3, "state": "active"}).json()
    assert back["state"] == "active"
    assert editor.delete(place, params={"forget": True}).status_code == 204
    assert error(editor.get(place), 404)[0] == "not_found"
    live.close()


def test_revisions_and_rollback(editor: httpx.Client) -> None:
    made = add(editor)
    place = f"{ANSWERS}/{made['id']}"
    editor.patch(place, json={"revision": 1, "text": "Ten to six."})
    steps = editor.get("/api/curated/revisions").json()["revisions"]
    assert [(one["number"], one["action"]) for one in steps] == [(2, "changed"), (1, "added")]
    assert (
        editor.get("/api/curated/revisions", params={"before": 2}).json()["revisions"] == steps[1:]
    )
    seen = editor.get("/api/curated/revisions/2").json()
    (one,) = seen["answers"]
    assert (seen["first"], seen["last"], seen["total"]) == (1, 2, 1)
    assert (one["before"]["text"], one["after"]["text"]) == ("Nine to six.", "Ten to six.")
    assert (
        editor.get("/api/curated/revisions/2", params={"since": 0}).json()["answers"][0]["before"]
        is None
    )
    stale = editor.post("/api/curated/rollback", json={"to": 1, "revision": 1})
    assert error(stale, 409)[0] == "stale_revision"
    done = editor.post("/api/curated/rollback", json={"to": 1, "revision": 2}).json()
    assert (done["number"], done["id"]) == (3, steps[1]["id"])
    assert editor.get(place).json()["text"] == "Nine to six."
    for wrong in ("/api/curated/revisions/9", "/api/curated/revisions/1?since=9"):
        assert error(editor.get(wrong), 404)[0] == "not_found"


def test_of_two_editors_the_second_is_told(
    editor: httpx.Client, url: str, everyone: Callers, services: Services
) -> None:
    made = add(editor)
    place = f"{ANSWERS}/{made['id']}"
    other = logged_in(services, everyone.account("owner"))
    with httpx.Client(base_url=url, headers=other, timeout=20) as second:
        assert second.patch(place, json={"revision": 1, "text": "Second."}).status_code == 200
    code, message = error(editor.patch(place, json={"revision": 1, "text": "First."}), 409)
    assert code == "stale_revision" and "Load it again" in message
    assert error(editor.delete(place, params={"revision": 1}), 409)[0] == "stale_revision"
    assert editor.get(place).json()["text"] == "Second."


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "answer is empty"),
        ({"text": "x" * 900_000}, "20000"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "\x1b[31m"}, "no text"),
        ({"text": None}, "text"),
        ({"questions": []}, "questions"),
        ({"questions": [" \u200b "]}, "question is empty"),
        ({"questions": ["When?", "Wh\u0435n"]}, "count as the same"),
        ({"questions": "When?"}, "questions"),
        ({"expires": "2001-01-01"}, "has passed"),
        ({"expires": "soon"}, "no date"),
        ({"links": [{"uri": "javascript:alert(1)"}]}, "no link"),
        ({"id": "../x"}, "cannot be"),
        ({"answer": "x"}, "answer"),
    ],
)
def test_mistakes_are_400_with_a_sentence(
    editor: httpx.Client, values: dict[str, Any], words: str
) -> None:
    _, message = error(editor.post(ANSWERS, json=HOURS | values), 400)
    assert words in message and len(message) < 400
    assert editor.get(ANSWERS).json()["total"] == 0


def test_what_is_taken_unknown_or_too_large(editor: httpx.Client) -> None:
    made = add(editor)
    code, message = error(
        editor.post(ANSWERS, json={"text": "x", "questions": ["WHEN are you open"]}), 409
    )
    assert code == "question_taken" and made["id"] in message
    taken = {"text": "x", "questions": ["New?"], "id": made["id"]}
    assert error(editor.post(ANSWERS, json=taken), 409)[0] == "id_taken"
    origin = {"text": "x", "questions": ["New?"], "origin": "none"}
    assert error(editor.post(ANSWERS, json=origin), 404)[0] == "not_found"
    assert error(editor.patch(f"{ANSWERS}/none", json={"revision": 1}), 404)[0] == "not_found"
    assert (
        error(editor.patch(f"{ANSWERS}/{made['id']}", json={"text": "x"}), 400)[0]
        == "invalid_value"
    )
    assert (
        error(editor.get(f"{ANSWERS}/{made['id'][:5]}"), 404)[0] == "not_found"
    )  # no beginnings here
    assert error(editor.post(ANSWERS, content=b"x" * 1_000_001), 413)[0] == "request_too_large"


def test_files(editor: httpx.Client) -> None:
    add(editor, text="=1+1", id="hours")
    xlsx = editor.get("/api/curated/export", params={"format": "xlsx"})
    assert xlsx.headers["content-disposition"] == 'attachment; filename="answers.xlsx"'
    values = list(openpyxl.load_workbook(io.BytesIO(xlsx.content)).active.values)
    assert values[1][:3] == ("hours", "When are you open?", "'=1+1")
    same = sheet(editor, xlsx.content, format="xlsx").json()
    assert (same["rows"], same["unchanged"], same["revision"]) == (2, 1, None)
    csv = editor.get("/api/curated/export")
    assert csv.headers["content-type"].startswith("text/csv") and b"'=1+1" in csv.content
    text = "question,answer\nFines?,Twenty cents.\nWhen are you open?,Other.\n,x\n"
    tried = sheet(editor, text, dry_run=True).json()
    assert (len(tried["added"]), tried["revision"], tried["dry_run"]) == (1, None, True)
    assert [row["number"] for row in tried["refused"]] == [3, 4]
    assert error(sheet(editor, text, strict=True), 400)[1].startswith("2 of 3 rows are refused")
    done = sheet(editor, text).json()
    assert done["revision"] == 2 and editor.get(ANSWERS).json()["total"] == 2
    qna = "# ? Where?\n\n```markdown\nHere.\n```\n"
    assert len(sheet(editor, qna, format="qna").json()["added"]) == 1


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"", "csv"),
        (b"colour\nred\n", "csv"),
        (b"PK\x03\x04broken", "xlsx"),
        (b"\x00\xff\xfe", "qna"),
        (b"[" * 100_000, "csv"),
    ],
)
def test_a_broken_file_is_a_400(editor: httpx.Client, content: bytes, format: str) -> None:
    code, message = error(sheet(editor, content, format=format), 400)
    assert code == "invalid_file" and "/tmp" not in message and "upload" not in message


def test_a_file_may_be_larger_than_other_bodies(editor: httpx.Client) -> None:
    text = "question,answer\n" + "".join(f"Question {i}?,{i} {'x' * 2_000}\n" for i in range(600))
    done = sheet(editor, text, dry_run=True).json()
    assert done["rows"] == len(done["added"]) == 600
    assert error(sheet(editor, b"x" * 20_000_001), 413)[0] == "request_too_large"


def test_a_reviewer_reads_and_does_not_write(
    editor: httpx.Client, url: str, everyone: Callers, services: Services
) -> None:
    made = add(editor)
    headers = logged_in(services, everyone.account("reviewer"))
    with httpx.Client(base_url=url, headers=headers, timeout=20) as reviewer:
        assert reviewer.get(ANSWERS).json()["total"] == 1
        assert reviewer.get("/api/curated/export").status_code == 200
        place = f"{ANSWERS}/{made['id']}"
        for response in (
            reviewer.post(ANSWERS, json=HOURS),
            reviewer.patch(place, json={"revision": 1}),
            reviewer.delete(place),
            sheet(reviewer, "question,answer\n"),
            reviewer.post("/api/curated/rollback", json={"to": 0, "revision": 1}),
        ):
            assert error(response, 403)[0] == "insufficient_scope"


def test_a_write_needs_the_token_of_its_login(
    editor: httpx.Client, url: str, everyone: Callers, services: Services
) -> None:
    headers = logged_in(services, everyone.account("owner"))
    del headers[cookies.CSRF]
    assert error(httpx.post(f"{url}{ANSWERS}", json=HOURS, headers=headers), 403)[0] == "csrf_token"
    far = headers | {"sec-fetch-site": "cross-site"}
    assert error(httpx.post(f"{url}{ANSWERS}", json=HOURS, headers=far), 403)[0] == "cross_site"


def test_keys_and_the_audit_log(
    editor: httpx.Client, url: str, everyone: Callers, services: Services
) -> None:
    _, key = everyone.keys.create("library", "sync", ["review", "curate"])
    with httpx.Client(base_url=url, headers=bearer(key), timeout=20) as machine:
        made = add(machine)
        assert made["by"].startswith("key:")
        sheet(machine, "question,answer\nFines?,Twenty cents.\n")
        machine.post("/api/curated/rollback", json={"to": 1, "revision": 2})
    rows = list(services.people.audit.rows())
    assert [row.action for row in rows] == [
        "curated.added",
        "curated.imported",
        "curated.rolledback",
    ]
    assert {row.actor.partition("~")[0] for row in rows} == {"key"}
    assert services.people.audit.verify() == [] and "Twenty" not in str(rows)
