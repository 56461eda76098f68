"""Help-desk exports: who asks, who answers, and that internal notes stay out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.data.rows import FIXTURES, origin, read, reasons, said

from chatwright.data import readers


@pytest.mark.parametrize(
    ("name", "form"),
    [("zendesk.jsonl", "zendesk"), ("zendesk-page.json", "zendesk"), ("intercom.json", "intercom")],
)
def test_the_format_is_seen(name: str, form: str) -> None:
    assert readers.detect(FIXTURES / name) == form


def test_zendesk() -> None:
    kept, rejects = read("zendesk.jsonl")
    assert said(kept[0]) == [
        ("u", "I lost my card.\n\nWhat now?"),
        ("a", "A new one costs two euros."),
    ]
    assert origin(kept[0]) == (0, "31", "2024-05-01T08:00:00+00:00")
    assert said(kept[1]) == [("u", "First, by a colleague."), ("a", "Second.")]
    assert reasons(rejects) == [
        ("internal note", 0),
        ("a ticket without its comments: export them with the tickets", 2),
    ]
    assert rejects[0].provenance.time == "2024-05-01T08:05:00+00:00"


def test_zendesk_pages() -> None:
    kept, rejects = read("zendesk-page.json")
    assert [said(row) for row in kept] == [[("u", "Are you open?"), ("a", "Yes.")]] and not rejects


def test_intercom() -> None:
    kept, rejects = read("intercom.json")
    assert said(kept[0]) == [
        ("u", "Do you have maps?"),
        ("a", "Yes.\nOn the second floor."),
        ("u", "Thanks"),
        ("a", "You are welcome."),
    ]
    assert origin(kept[0]) == (0, "501", "2024-05-01T08:00:00+00:00")
    assert reasons(rejects) == [
        ("internal note", 0),
        ("a conversation without its parts: fetch each one by its id", 1),
        ("unknown author 'alien'", 2),
    ]


@pytest.mark.parametrize("name", ["zendesk.jsonl", "intercom.json"])
def test_a_note_leaves_no_word(name: str) -> None:
    told = repr(read(name))
    assert "Third time" not in told and "archive" not in told


def test_a_page_that_breaks_off(tmp_path: Path) -> None:
    whole = (FIXTURES / "zendesk-page.json").read_text()
    path = tmp_path / "a.json"
    path.write_text(whole[: whole.index('"end_of')])
    kept, rejects = read(path)
    assert len(kept) == 1
    assert reasons(rejects) == [("not valid JSON from here on", 1)]
