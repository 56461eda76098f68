"""`chatwright curated`: add, list, show, edit, remove, import, export, log, rollback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Command

LATER = "2127-01-31"


def made(run: Command, bot: Path, *more: object) -> dict[str, object]:
    line = ["curated", "add", "When are you open?", "--answer", "Nine to six.", *more]
    found = run(*line, "--bot", bot, "--json")
    assert found.code == 0, found.err
    return found.values


def test_the_life_of_an_answer(run: Command, fresh: Path) -> None:
    assert "There are none" in run("curated", "list", "--bot", fresh).out
    more = ["--variant", "Opening hours?", "--expires", LATER, "--note", "desk"]
    more += ["--link", "Hours | https://example.org/hours", "--link", "hours.md"]
    found = made(run, fresh, *more)
    id = str(found["id"])
    assert found["questions"] == ["When are you open?", "Opening hours?"]
    assert found["expires_at"] == "2127-02-01T00:00:00.000Z" and found["by"] == "cli"
    assert found["links"] == [
        {"title": "Hours", "uri": "https://example.org/hours"},
        {"title": "hours.md", "uri": "hours.md"},
    ]
    listed = run("curated", "list", "opening", "--bot", fresh).out
    assert id in listed and "+1" in listed and f"until {LATER}" in listed
    shown = run("curated", "show", id[:6], "--bot", fresh).out
    assert "? Opening hours?" in shown and "| Nine to six." in shown and "note: desk" in shown
    line = ["curated", "edit", id, "--answer", "Ten to six.", "--variant", "Open?"]
    edited = run(
        *line, "--without", "Opening hours?", "--expires", "never", "--bot", fresh, "--json"
    )
    assert edited.values["questions"] == ["When are you open?", "Open?"]
    assert (edited.values["expires_at"], edited.values["note"]) == (None, "desk")
    assert "Nothing is different" in run("curated", "edit", id, "--bot", fresh).out
    assert run("curated", "remove", id, "--bot", fresh).out == f"Removed {id}.\n"
    assert run("curated", "list", "--bot", fresh, "--json").values["total"] == 0
    assert run("curated", "list", "--retired", "--bot", fresh, "--json").values["total"] == 1
    back = run("curated", "edit", id, "--restore", "--bot", fresh, "--json").values
    assert (back["state"], back["revision"]) == ("active", 4)


def test_the_log_and_undo(run: Command, fresh: Path) -> None:
    assert run("curated", "rollback", "--bot", fresh).code == 1
    assert "No revisions yet" in run("curated", "log", "--bot", fresh).out
    id = str(made(run, fresh)["id"])
    run("curated", "edit", id, "--answer", "Ten to six.", "--bot", fresh)
    steps = run("curated", "log", "--bot", fresh, "--json").values["revisions"]
    assert [(one["number"], one["action"], one["author"]) for one in steps] == [
        (2, "changed", "cli"),
        (1, "added", "cli"),
    ]
    assert "[-Nine-]{+Ten+} to six" in run("curated", "log", "2", "--bot", fresh).out
    both = run("curated", "log", "2", "--since", "0", "--bot", fresh, "--json").values
    assert (both["from"], both["to"]) == (0, 2) and both["answers"][0]["before"] is None
    undone = run("curated", "rollback", "--bot", fresh)
    assert "As in revision 1: 1 answers changed, revision 3." in undone.out
    assert run("curated", "show", id, "--bot", fresh, "--json").values["text"] == "Nine to six."
    assert run("curated", "rollback", "9", "--bot", fresh).code == 1
    forgotten = run("curated", "remove", id, "--forget", "--bot", fresh, "--json").values
    assert forgotten == {"removed": [id], "forgotten": True}
    assert "0 answers differ" in run("curated", "log", "4", "--since", "0", "--bot", fresh).out
    audit = run("audit", "show", "--bot", fresh).out
    assert "curated.added" in audit and "curated.forgotten" in audit


def test_as_a_spreadsheet(run: Command, fresh: Path, tmp_path: Path) -> None:
    id = str(made(run, fresh)["id"])
    file = tmp_path / "answers.xlsx"
    assert f"{file}: 1 answers." in run("curated", "export", file, "--bot", fresh).out
    assert run("curated", "export", file, "--bot", fresh).code == 2  # it is there already
    assert run("curated", "export", tmp_path / "a.pdf", "--bot", fresh).code == 2
    same = run("curated", "import", file, "--bot", fresh)
    assert "1 rows: 1 unchanged." in same.out
    table = tmp_path / "faq.csv"
    table.write_text(f"answer_id,question,answer\n{id},Open?,Ten to six.\n,Fines?,\n")
    tried = run("curated", "import", table, "--dry-run", "--bot", fresh)
    assert "Row 3 is refused: The answer is empty.  Fines?" in tried.out
    assert "Has no answer any more: When are you open?" in tried.out
    assert "Nothing was changed" in tried.out
    strict = run("curated", "import", table, "--strict", "--bot", fresh, "--json")
    assert strict.code == 2 and json.loads(strict.out)["error"]["type"] == "Strict"
    done = run("curated", "import", table, "--bot", fresh)
    assert "Revision 2; `chatwright curated rollback` undoes it." in done.out
    for wrong in (tmp_path / "none.csv", tmp_path):
        assert run("curated", "import", wrong, "--bot", fresh).code == 1


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (["add", "When?", "--answer", ""], 2, "answer is empty"),
        (["add", "", "--answer", "x"], 2, "question is empty"),
        (["add", "When?", "--answer", "x" * 30_000], 2, "30,000 characters"),
        (["add", "When?", "--answer", "x", "--expires", "2001-01-01"], 2, "has passed"),
        (["add", "When?", "--answer", "x", "--expires", "soon"], 2, "no date"),
        (["add", "When?", "--answer", "x", "--link", "ftp://x"], 2, "no link"),
        (["add", "WHEN are you open", "--answer", "x"], 1, "answered already, by"),
        (["add", "When?", "--answer", "x", "--origin", "none"], 1, "no message none"),
        (["show", "zzz"], 1, "no answer 'zzz'"),
        (["edit", "zzz", "--answer", "x"], 1, "no answer"),
        (["remove", "zzz"], 1, "no answer"),
        (["log", "77"], 1, "no revision 77"),
    ],
)
def test_what_is_refused(run: Command, fresh: Path, line: list[str], code: int, words: str) -> None:
    made(run, fresh)
    found = run("curated", *line, "--bot", fresh)
    assert found.code == code and words in found.err and "Traceback" not in found.err
    assert run("curated", "list", "--bot", fresh, "--json").values["total"] == 1
