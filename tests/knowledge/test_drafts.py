"""The file of drafts, and that nothing in it is learned before somebody has accepted it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.knowledge.drafts import Drafts
from chatwright.knowledge.passages import Passage
from chatwright.knowledge.questions import Drafted

HERE = Passage("The hall costs $5.", 0, 18)


def one(number: int) -> Drafted:
    return Drafted(f"What does hall {number} cost?", f"${number}.", "a.md", HERE)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafted.jsonl")


def test_only_what_was_accepted_is_data(drafts: Drafts) -> None:
    assert drafts.add([one(1), one(2), one(3), one(4)]) == 4
    first, second, third, fourth = drafts.all()
    drafts.keep([first.decided("accepted"), second.decided("rejected"), third, fourth])
    read = list(readers.read(drafts.path, "data/drafted.jsonl"))
    kept = [row for row in read if isinstance(row, Conversation)]
    assert [row.messages[0].content for row in kept] == ["What does hall 1 cost?"]
    reasons = [row.reason for row in read if isinstance(row, Reject)]
    assert reasons == ["a draft that was rejected", *["a draft that nobody has reviewed"] * 2]


def test_what_is_there_is_not_drafted_again_whatever_became_of_it(drafts: Drafts) -> None:
    drafts.add([one(1), one(2)])
    first, second = drafts.all()
    drafts.keep([first.decided("rejected"), second.decided("accepted", answer="Five dollars.")])
    assert drafts.add([one(1), one(2), one(3), one(3)]) == 1
    assert [draft.verdict for draft in drafts.all()] == ["rejected", "accepted", "waiting"]
    assert drafts.all()[1].answer == "Five dollars."


def test_a_file_without_a_last_line_end_is_gone_on_with(drafts: Drafts) -> None:
    drafts.add([one(1)])
    drafts.path.write_text(drafts.path.read_text("utf-8").rstrip("\n"), "utf-8")
    drafts.add([one(2)])
    assert len(drafts.all()) == 2


def test_other_fields_stay_as_somebody_wrote_them(drafts: Drafts) -> None:
    drafts.add([one(1)])
    row = json.loads(drafts.path.read_text("utf-8"))
    drafts.path.write_text(json.dumps(row | {"note": "ask Ann"}) + "\n", "utf-8")
    drafts.keep([draft.decided("accepted") for draft in drafts.all()])
    assert json.loads(drafts.path.read_text("utf-8"))["note"] == "ask Ann"


def test_an_accepted_answer_whose_passage_is_gone_is_named(drafts: Drafts) -> None:
    drafts.add([one(1), one(2)])
    first, second = drafts.all()
    drafts.keep([first.decided("accepted"), second])
    assert not list(drafts.stale([HERE.text]))
    assert [draft.id for draft in drafts.stale(["The hall costs $6."])] == [first.id]


def test_a_broken_line_is_named(drafts: Drafts) -> None:
    drafts.add([one(1)])
    with drafts.path.open("a", encoding="utf-8") as file:
        file.write('{"id": "x"}\n')
    with pytest.raises(DataError, match="line 2"):
        drafts.all()
