"""Where the store is, its backups, and several server processes, from the command line."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from tests.cli.conftest import Command
from tests.postgres import Postgres

from chatwright.cli.store import open_store, store_of
from chatwright.spec import load_spec
from chatwright.store import Conversations
from chatwright.store.backup import last


def test_where_the_store_is(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = load_spec(fresh)
    assert store_of(spec) == str(spec.made / "store.db")
    text = (fresh / "bot.toml").read_text()
    (fresh / "bot.toml").write_text(f'{text}\n[server]\ndatabase = "kept/here.db"\n')
    assert store_of(load_spec(fresh)) == str(spec.folder / "kept" / "here.db")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:p@h/d")
    assert store_of(load_spec(fresh)) == "postgresql://u:p@h/d"
    monkeypatch.setenv("DATABASE_URL", "")
    assert store_of(load_spec(fresh)).endswith("here.db")


@pytest.mark.parametrize("url", ["postgresql://u:secret@h/d", "postgresql://h/d?password=secret"])
def test_a_password_in_the_spec_is_refused(run: Command, fresh: Path, url: str) -> None:
    text = (fresh / "bot.toml").read_text()
    (fresh / "bot.toml").write_text(f'{text}\n[server]\ndatabase = "{url}"\n')
    ran = run("backup", fresh)
    assert ran.code == 1
    assert "DATABASE_URL" in ran.err


@pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
def test_backup_and_restore(
    run: Command, fresh: Path, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", place)
    database = open_store(load_spec(fresh))
    conversations = Conversations(database)
    before = conversations.create("fresh", "ann")
    made = run("backup", fresh, "--json")
    assert made.code == 0, made.err
    file = Path(made.values["file"])
    assert file.parent == fresh.resolve() / ".chatwright" / "backups"
    assert file.stat().st_size == made.values["bytes"]
    assert time.time() - (last(file.parent.parent) or 0) < 60
    elsewhere = tmp_path / "elsewhere"  # where an erasure does not look
    shutil.copy(file, elsewhere)
    conversations.create("fresh", "ann")
    refused = run("restore", file, fresh)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    assert len(conversations.all("fresh", "ann")) == 2
    done = run("restore", file, fresh, "--yes")
    assert done.code == 0, done.err
    assert conversations.all("fresh", "ann") == [before]
    assert run("person", "erase", "ann", "--bot", fresh).code == 0
    done = run("restore", elsewhere, fresh, "--yes", "--json")
    assert done.values["erased_again"] == 1
    assert not conversations.all("fresh", "ann")
    database.close()
    again = run("backup", fresh, "--to", file)
    assert (again.code, "there already" in again.err) == (2, True)


def test_a_database_that_is_not_there(
    run: Command, fresh: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.url("nothing").replace("chat@", "chat:s3cret@")
    monkeypatch.setenv("DATABASE_URL", url)
    ran = run("backup", fresh)
    assert ran.code == 1
    assert "There is no database nothing on 127.0.0.1" in ran.err
    assert "s3cret" not in ran.err


def test_several_processes_serve_one_bot(bot: Path) -> None:
    command = [sys.executable, "-m", "chatwright.cli", "serve", str(bot), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--processes", "2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": ""},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        assert line, process.communicate()[1]
        with httpx.Client(base_url=json.loads(line)["address"], timeout=20) as client:
            assert client.get("/ready").json()["status"] == "ok"
            name = client.get("/v1/models").json()["data"][0]["id"]
            body = {"model": name, "messages": [{"role": "user", "content": "Hello there"}]}
            assert client.post("/v1/chat/completions", json=body).status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=40)
    assert process.returncode == 0


def test_a_store_that_cannot_be_opened_is_told_once(bot: Path, run: Command) -> None:
    (bot / ".chatwright" / "store.db").write_text("a letter " * 1000)
    ran = run("serve", bot, "--port", 0, "--processes", 2)
    assert ran.code == 1
    assert ran.err.count("not a chatwright store") == 1
