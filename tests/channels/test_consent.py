"""Consent on a channel: asked in the owner's words, recorded as on the page, and never to a text nobody saw."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatwright.answer.people import People
from chatwright.channels.consent import Asking
from chatwright.channels.writing import Writing
from chatwright.core.errors import SpecError
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_events import Came, Chat
from chatwright.store.secret import Secret
from chatwright.store.stamps import now

TEXTS = {
    "consent_how": "Yes or no?",
    "consent_given": "Thanks.",
    "consent_withdrawn": "As you say.",
}
OWNER = "channel:ann"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / ".chatwright" / "store.db")


@pytest.fixture
def people(spec: Spec, database: Database) -> People:
    asking = spec.model_dump() | {
        "folder": spec.folder,
        "privacy": {"consent": "Read it?", **TEXTS},
    }
    return People(Spec.model_validate(asking), database, Secret("s" * 32))


@pytest.fixture
def chat(database: Database) -> Chat:
    with database.write() as connection:
        inbox.put(connection, "sales", [Came("1", "c", "", "p", OWNER, "", {"text": "x"})], 0.0)
        found = inbox.find_chat(connection, inbox.chat_id("sales", "c", "", "p"))
    assert found is not None
    return found


@pytest.fixture
async def asking(people: People, database: Database) -> AsyncIterator[Asking]:
    writing = Writing(database)
    yield Asking(people, writing)
    await writing.close()


def send(database: Database, chat: Chat, told: tuple[str, str], state: str = "sent") -> None:
    """Have what was told on its way, or out."""
    text, key = told
    with database.write() as connection:
        outbox.queue(connection, "sales", chat.id, key, [text], 0.0)
        change = "UPDATE channel_outbox SET state = ? WHERE id = ?"
        connection.exec_driver_sql(change, (state, f"{key}.0"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/consent", True),
        (" /Consent  YES ", True),
        ("/consent no", True),
        ("/consent maybe", False),
        ("/consent yes please", False),
        ("consent yes", False),
        ("/consentyes", False),
        ("", False),
    ],
)
async def test_what_is_a_command(asking: Asking, said: str, meant: bool) -> None:
    assert asking.meant(said) is meant


async def test_without_words_of_the_owner_s_it_is_none(asking: Asking, people: People) -> None:
    people.spec = people.spec.model_copy(update={"privacy": type(people.spec.privacy)()})
    assert not asking.meant("/consent yes")


async def test_asked_agreed_and_withdrawn(
    asking: Asking, people: People, chat: Chat, database: Database
) -> None:
    question = await asking.answer(chat, "/consent", 100, "m1")
    assert question[0] == "Read it?\n\nYes or no?"
    assert people.consent(OWNER) is None
    send(database, chat, question)
    assert await asking.answer(chat, "/consent yes", 100, "m2") == ("Thanks.", "m2")
    assert people.trainable(OWNER, now())
    assert not people.trainable(OWNER, "2026-01-01T00:00:00.000Z")
    assert await asking.answer(chat, "/consent yes", 100, "m2") == ("Thanks.", "m2")  # again
    assert people.consenting() == {OWNER}
    assert await asking.answer(chat, "/consent no", 100, "m3") == ("As you say.", "m3")
    assert people.consenting() == frozenset()
    rows = [one for one in people.audit.rows() if one.action.startswith("consent.")]
    assert [one.action for one in rows] == ["consent.given", "consent.withdrawn"]
    told = {"channel": "sales", "version": people.consent_version}
    assert [json.loads(one.detail) for one in rows] == [told, told]


async def test_a_yes_to_a_text_that_was_not_sent_is_none(
    asking: Asking, people: People, chat: Chat, database: Database
) -> None:
    question = await asking.answer(chat, "/consent yes", 100, "m1")
    assert question[0].startswith("Read it?")
    send(database, chat, question, "queued")
    assert (await asking.answer(chat, "/consent yes", 100, "m2"))[0] == question[0]
    send(database, chat, (question[0], question[1] + "b"), "dead")
    assert (await asking.answer(chat, "/consent yes", 100, "m2"))[0] == question[0]
    assert people.consent(OWNER) is None
    send(database, chat, (question[0], question[1] + "c"))
    privacy = people.spec.privacy.model_copy(update={"consent": "Read it and more?"})
    people.spec = people.spec.model_copy(update={"privacy": privacy})  # it was another text
    assert (await asking.answer(chat, "/consent yes", 100, "m3"))[0].startswith("Read it and more?")
    assert people.consent(OWNER) is None


async def test_a_long_text_is_sent_to_its_end(
    asking: Asking, people: People, chat: Chat, database: Database
) -> None:
    """Of two parts the second one counts."""
    text, key = await asking.answer(chat, "/consent", 12, "m1")
    send(database, chat, (text, key))
    assert (await asking.answer(chat, "/consent yes", 12, "m2"))[0] == text
    with database.write() as connection:
        outbox.queue(connection, "sales", chat.id, key, ["Read it?", "Yes or no?"], 0.0)
        connection.exec_driver_sql("UPDATE channel_outbox SET state = 'sent'")
    assert (await asking.answer(chat, "/consent yes", 12, "m2"))[0] == "Thanks."


async def test_a_no_needs_no_text(asking: Asking, people: People, chat: Chat) -> None:
    assert await asking.answer(chat, "/consent no", 100, "m1") == ("As you say.", "m1")
    record = people.consent(OWNER)
    assert record is not None and not record.granted


@pytest.mark.parametrize(
    "privacy", [{"consent_how": "How"}, TEXTS | {"consent": ""}, {**TEXTS, "consent_given": " "}]
)
def test_the_words_go_together(tmp_path: Path, privacy: dict[str, str]) -> None:
    lines = [f'{name} = "{text}"' for name, text in privacy.items()]
    toml = '[bot]\nname = "a"\npurpose = "Help."\n[privacy]\n' + "\n".join(lines)
    (tmp_path / "bot.toml").write_text(toml)
    with pytest.raises(SpecError, match="consent_withdrawn"):
        load_spec(tmp_path)
