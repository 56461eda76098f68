"""`chatwright person` and `chatwright audit`, as an owner uses them."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from tests.cli.conftest import Command
from tests.store.test_person import MARK, lived

from chatwright.store import Database


@pytest.fixture
def store(fresh: Path) -> Database:
    return Database(fresh / ".chatwright" / "store.db")


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_people_are_listed_and_found_by_words(run: Command, fresh: Path, store: Database) -> None:
    assert "Nobody." in run("person", "list", "--bot", fresh).out
    lived(store, "visitor:ann", MARK)
    lived(store, "visitor:bob", "other")
    assert "visitor:ann" in run("person", "list", "--bot", fresh).out
    found = run("person", "list", MARK, "--bot", fresh, "--json").values["people"]
    assert [one["owner"] for one in found] == ["visitor:ann"]


@pytest.mark.parametrize("ending", ["zip", "json"])
def test_an_export_is_for_its_reader_alone(
    run: Command, fresh: Path, store: Database, tmp_path: Path, ending: str
) -> None:
    lived(store, "visitor:ann", MARK)
    file = tmp_path / f"ann.{ending}"
    assert run("person", "export", "visitor:ann", file, "--bot", fresh).code == 0
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    if ending == "zip":
        with zipfile.ZipFile(file) as packed:
            text = packed.read("person.json").decode()
    else:
        text = file.read_text()
    assert MARK in text and json.loads(text)["person"] == "visitor:ann"
    assert run("person", "export", "visitor:ann", file, "--bot", fresh).code == 2
    assert run("person", "export", "visitor:eve", tmp_path / "e.zip", "--bot", fresh).code == 1
    assert run("person", "export", "visitor:ann", tmp_path / "e.txt", "--bot", fresh).code == 2


def test_an_owner_is_erased_by_id(run: Command, fresh: Path, store: Database) -> None:
    lived(store, "visitor:ann", MARK, turns=3)
    lived(store, "visitor:bob", "other words")
    done = run("person", "erase", "visitor:ann", "--bot", fresh)
    assert done.code == 0 and "Removed here: 1 conversations, 6 messages" in done.out
    content = everything(fresh)
    assert MARK.encode() not in content and b"visitor:ann" not in content
    assert b"other words" in content


@pytest.mark.parametrize("verb", [("person", "erase"), ("erase",)])
def test_a_name_is_erased_from_the_store_too(
    run: Command, fresh: Path, store: Database, verb: tuple[str, ...]
) -> None:
    lived(store, "visitor:ann", MARK)
    data = fresh / "data" / "chats.jsonl"
    messages = [{"role": "user", "content": MARK}, {"role": "assistant", "content": "Hm."}]
    data.write_text(json.dumps({"messages": messages}) + "\n")
    found = run(*verb, MARK, "--bot", fresh, "--json").values
    assert found["sources"] == {"data/chats.jsonl": [0]} and found["removed"]["conversations"] == 1
    data.unlink()
    assert MARK.encode() not in everything(fresh)


def test_pruning_says_what_went(run: Command, fresh: Path, store: Database) -> None:
    lived(store, "visitor:ann", MARK)
    with store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE conversations SET deleted_at = '2020-01-01T00:00:00.000Z'"
        )
    done = run("person", "prune", "--bot", fresh, "--json").values
    # another bot's: the store may hold several
    assert done == {"conversations": 0, "messages": 0, "returned": 0, "logs": 0}
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE conversations SET bot = 'fresh'")
    done = run("person", "prune", "--bot", fresh, "--json").values
    assert done == {"conversations": 1, "messages": 2, "returned": 0, "logs": 0}
    assert MARK.encode() not in everything(fresh)


def test_the_log_is_shown_and_checked(run: Command, fresh: Path, store: Database) -> None:
    assert "No events." in run("audit", "show", "--bot", fresh).out
    lived(store, "visitor:ann", MARK)
    run("person", "export", "visitor:ann", fresh / "a.zip", "--bot", fresh)
    run("person", "erase", "visitor:ann", "--bot", fresh)
    shown = run("audit", "show", "--bot", fresh)
    assert "person.exported" in shown.out and "visitor~" in shown.out
    assert "visitor:ann" not in shown.out and MARK not in shown.out
    events = run("audit", "show", "--person", "visitor:ann", "--bot", fresh, "--json").values[
        "events"
    ]
    assert [one["action"] for one in events] == ["person.exported", "person.erased"]
    assert len(run("audit", "show", "--last", "1", "--bot", fresh, "--json").values["events"]) == 1
    whole = run("audit", "verify", "--bot", fresh, "--json")
    assert whole.code == 0 and whole.values["whole"]
    assert run("audit", "verify", "--since", whole.values["head"], "--bot", fresh).code == 0
    with store.write() as connection:
        connection.exec_driver_sql("DELETE FROM audit WHERE number = 1")
    broken = run("audit", "verify", "--bot", fresh)
    assert broken.code == 1 and "Row 1 is missing." in broken.out
