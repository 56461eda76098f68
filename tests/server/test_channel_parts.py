"""The parts of channels by themselves: splitting, pace, writing, and what the command line says."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from tests.server.channel_vendor import vendor

from chatwright.channels.pace import Pace
from chatwright.channels.splitting import split
from chatwright.channels.writing import Writing
from chatwright.cli import main
from chatwright.core.errors import SpecError
from chatwright.spec import load_spec
from chatwright.store import Database
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_dead import DeadLetters
from chatwright.store.channel_events import Came
from chatwright.store.clock import Clock
from chatwright.store.person import PersonRows
from chatwright.store.secret import Secret

TOML = '[bot]\nname = "library"\npurpose = "Help."\n'


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.mark.parametrize(
    ("given", "most", "pieces"),
    [
        ("One.\n\nTwo.", 8, ["One.", "Two."]),
        ("One two. Three four.", 12, ["One two.", "Three four."]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("一二三。四五六。", 5, ["一二三。", "四五六。"]),
        ("  ", 5, []),
        ("short", 5, ["short"]),
        ("A. " + "b" * 10, 6, ["A.", "bbbbbb", "bbbb"]),
    ],
)
def test_a_text_is_split_where_people_would(given: str, most: int, pieces: list[str]) -> None:
    assert split(given, most) == pieces


def test_pieces_fit_and_say_all() -> None:
    given = "A sentence, of some length! " * 50 + "\n\n" + "word " * 300 + "x" * 500
    for most in (7, 40, 160, 999):
        found = split(given, most)
        assert all(0 < len(piece) <= most for piece in found)
        assert "".join("".join(found).split()) == "".join(given.split())


def test_a_pace_is_kept() -> None:
    async def slots() -> float:
        pace = Pace(50.0, 2.0)
        began = time.monotonic()
        for n in range(11):
            await pace.wait(f"chat {n}")
        assert pace.chat_in("chat 10") > 0.4
        assert pace.chat_in("another") == 0
        return time.monotonic() - began

    assert asyncio.run(slots()) >= 0.2


def test_a_write_that_fails_is_undone_alone(database: Database) -> None:
    def good(connection: Connection) -> int:
        outbox.tell(connection, "a", "ready", "")
        return 1

    def bad(connection: Connection) -> int:
        outbox.tell(connection, "b", "ready", "")
        raise ValueError("bad")

    async def both() -> list[object]:
        writing = Writing(database)
        try:
            work = (writing.do(good), writing.do(bad), writing.do(good))
            return list(await asyncio.gather(*work, return_exceptions=True))
        finally:
            await writing.close()

    found = asyncio.run(both())
    assert found[0] == found[2] == 1
    assert isinstance(found[1], ValueError)
    with database.read() as connection:
        assert set(outbox.states(connection)) == {"a"}


def came(id: str, owner: str = "channel:x", person: str = "p") -> Came:
    return Came(id, "chat", "", person, owner, "en", {"id": id, "kind": "message", "text": "Hi"})


def test_events_are_known_again_and_chats_are_held_by_one(database: Database) -> None:
    with database.write(shared=True) as connection:
        assert inbox.put(connection, "t", [came("1"), came("2"), came("1")], 100.0) == 2
        assert inbox.put(connection, "t", [came("2")], 100.0) == 0
        assert inbox.put(connection, "u", [came("2")], 100.0) == 1
    with database.write(shared=True) as connection:
        (chat,) = inbox.claim(connection, ["t"], "me", 101.0, 5)
        assert inbox.claim(connection, ["t"], "other", 102.0, 5) == []
        assert [one.id for one in inbox.queued(connection, chat.id, 102.0)] == ["1", "2"]
    with database.write(shared=True) as connection:  # whoever had it is gone
        assert inbox.claim(connection, ["t"], "other", 101.0 + inbox.LEASE, 5)
        inbox.release(connection, chat.id, "me")
        assert inbox.claim(connection, ["t"], "third", 102.0 + inbox.LEASE, 5) == []


def test_one_sends_and_what_another_was_sending_is_uncertain(database: Database) -> None:
    with database.write(shared=True) as connection:
        inbox.put(connection, "t", [came("1")], 0.0)
        chat = inbox.chat_id("t", "chat", "", "p")
        assert outbox.queue(connection, "t", chat, "key", ["a", "b"], 0.0) == 2
        assert outbox.queue(connection, "t", chat, "key", ["a", "b"], 0.0) == 0
        assert outbox.lead(connection, "t", "me", 0.0)
        assert not outbox.lead(connection, "t", "other", 1.0)
        (head,) = outbox.heads(connection, "t", 1.0, 9)
        assert head.text == "a"
        assert not outbox.sending(connection, head, "other", 1.0)
        assert outbox.sending(connection, head, "me", 1.0)
        assert outbox.heads(connection, "t", 1.0, 9) == []
        assert outbox.lead(connection, "t", "other", 1.0 + outbox.LEASE)
        assert outbox.orphans(connection, "t") == 1
        (head,) = outbox.heads(connection, "t", 1.0, 9)
        assert head.state == "uncertain"
        outbox.sent(connection, head, "")
        assert [one.text for one in outbox.heads(connection, "t", 1.0, 9)] == ["b"]


def test_a_person_s_rows_are_exported_and_erased(database: Database) -> None:
    people = PersonRows(database, Secret("s" * 40))
    with database.write() as connection:
        inbox.put(connection, "t", [came("1"), came("2", "channel:y", "q")], 0.0)
        outbox.queue(connection, "t", inbox.chat_id("t", "chat", "", "p"), "k", ["secret"], 0.0)
    assert people.known("channel:x")
    (kept,) = people.exported("channel:x")["channels"]
    assert kept["person"] == "p" and kept["messages"][0]["text"] == "secret"
    people.erase("channel:x")
    assert not people.known("channel:x") and people.known("channel:y")
    with database.read() as connection:
        rows = connection.execute(text("SELECT content FROM channel_events WHERE id = '1'")).all()
        assert rows == [(None,)]
        assert connection.execute(text("SELECT count(*) FROM channel_outbox")).scalar() == 0
    with database.write() as connection:  # the vendor brings it again
        assert inbox.put(connection, "t", [came("1")], 0.0) == 0


def said(capsys: pytest.CaptureFixture[str], *line: str, code: int = 0) -> dict[str, object]:
    with pytest.raises(SystemExit) as end:
        main([*line, "--json"])
    assert (end.value.code or 0) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_command_line_lists_tests_and_revives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--bot", str(tmp_path))
    with vendor() as sold:
        lines = f'[channels.telegram]\nbase_url = "{sold.url}"\nlisten = true\n'
        (tmp_path / "bot.toml").write_text(TOML + lines)
        listed = said(capsys, "channel", "list", *at)["channels"]
        assert isinstance(listed, list)
        assert listed[0]["state"] == "off"
        assert "not in this environment: TELEGRAM_BOT_TOKEN" in listed[0]["reason"]
        said(capsys, "channel", "test", "telegram", *at, code=1)
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
        told = said(capsys, "channel", "test", "telegram", "--to", "7", *at)
        assert told["known_as"] == "@our_bot" and told["sent"] == "7:1"
        said(capsys, "channel", "test", "pigeon", *at, code=1)
    database = Database(tmp_path / ".chatwright" / "store.db")
    with database.write() as connection:
        inbox.put(connection, "telegram", [came("1")], 0.0)
        chat = inbox.chat_id("telegram", "chat", "", "p")
        outbox.queue(connection, "telegram", chat, "k", ["a"], 0.0)
        outbox.lead(connection, "telegram", "me", 0.0)
        (head,) = outbox.heads(connection, "telegram", 1.0, 9)
        outbox.dead(connection, head, "blocked")
        (event,) = inbox.queued(connection, chat, 1.0)
        inbox.dead(connection, event, "broken")
    letters = said(capsys, "channel", "dead", "list", *at)["dead"]
    assert isinstance(letters, list)
    assert [(one["id"], one["what"]) for one in letters] == [
        ("telegram:1", "event"),
        ("k.0", "message"),
    ]
    said(capsys, "channel", "dead", "retry", "k.0", *at)
    said(capsys, "channel", "dead", "drop", "telegram:1", *at)
    said(capsys, "channel", "dead", "drop", "telegram:1", *at, code=1)
    assert DeadLetters(database).all() == []
    with database.read() as connection:
        assert len(outbox.heads(connection, "telegram", 1.0, 9)) == 1
    database.close()


def test_the_command_line_says_what_the_server_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its own environment has no secrets; but not what a server said that is gone."""
    (tmp_path / "bot.toml").write_text(TOML + "[channels.telegram]\nlisten = true\n")

    def listed() -> tuple[str, str]:
        channels = said(capsys, "channel", "list", "--bot", str(tmp_path))["channels"]
        assert isinstance(channels, list)
        return channels[0]["state"], channels[0]["reason"]

    assert listed()[0] == "off"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    assert listed() == ("not started", "No server has sent for it yet.")
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN")
    database = Database(tmp_path / ".chatwright" / "store.db")
    clock = Clock(database)()
    with database.write() as connection:
        assert outbox.lead(connection, "telegram", "server", clock)
    assert listed() == ("ready", "")
    with database.write() as connection:
        outbox.tell(connection, "telegram", "waiting", "It answers 500.")
    assert listed() == ("waiting", "It answers 500.")
    with database.write() as connection:
        outbox.resign(connection, "telegram", "server")
    assert listed()[0] == "off"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:a")
    state, why = listed()
    assert (state, "left it as waiting" in why) == ("not running", True)
    database.close()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("[channels.telegram]\nlissten = true", 'did you mean "listen"'),
        ('[channels.sales]\nkind = "telegran"', "telegram"),
        ("[channels.sales]\nlisten = true", '"channels.sales.kind" is missing'),
        ('[channels.Sales]\nkind = "telegram"', 'cannot be called "Sales"'),
        ('[channels.web]\nkind = "telegram"', 'cannot be called "web"'),
        ('[channels.telegram]\nurl = "https://a"', "does not belong to a channel of the kind"),
        ("[channels.webhook]", 'a webhook needs "url"'),
        ('[channels.webhook]\nurl = "https://a:b@c"', "password does not belong"),
    ],
)
def test_mistakes_in_bot_toml_are_named(tmp_path: Path, lines: str, words: str) -> None:
    (tmp_path / "bot.toml").write_text(TOML + lines)
    with pytest.raises(SpecError, match="channels") as found:
        load_spec(tmp_path)
    assert words in str(found.value)
