"""From a vendor's request to what the vendor gets: through the real server, on both databases."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.conftest import Script
from tests.server.channel_vendor import Vendor, vendor
from tests.server.conftest import WordEngine, served_app

from chatwright.answer import Bot
from chatwright.channels.webhook import signature
from chatwright.core.errors import EngineError
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database

TOKEN, SHOWN = "123:abc", "the-shown-secret"
KEY = b"k" * 24
HEADER = "x-telegram-bot-api-secret-token"
DISCLOSURE = "You are talking to an automated assistant. It can make mistakes."


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        metafunc.parametrize("place", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def sold() -> Iterator[Vendor]:
    with vendor() as one:
        yield one


@pytest.fixture
def spec(tmp_path: Path, sold: Vendor, monkeypatch: pytest.MonkeyPatch) -> Spec:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_SECRET_TOKEN", SHOWN)
    monkeypatch.setenv("HOOK_SECRET", f"whsec_{base64.b64encode(KEY).decode()}")
    hook = {"kind": "webhook", "url": f"{sold.url}/hook", "private": True}
    return Spec.model_validate(
        {
            "folder": tmp_path,
            "bot": {"name": "library", "purpose": "Help readers."},
            "guard": {"handover": "A person will come."},
            "channels": {
                "telegram": {"kind": "telegram", "base_url": sold.url},
                "hook": hook,
                "silent": {"kind": "telegram"},
            },
        }
    )


def update(number: int, text: str, chat: int = 7, **more: Any) -> dict[str, Any]:
    who = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {"message_id": 100 + number, "date": 1_700_000_000, "chat": {"id": chat}}
    return {"update_id": number, "message": {**message, "from": who, "text": text, **more}}


def post(client: httpx.Client, body: dict[str, Any], shown: str = SHOWN) -> int:
    content = json.dumps(body).encode()  # half characters and all, as vendors write them
    return client.post("/channels/telegram", content=content, headers={HEADER: shown}).status_code


def signed(client: httpx.Client, id: str, body: dict[str, Any], at: float | None = None) -> int:
    content, stamp = json.dumps(body).encode(), str(int(at or time.time()))
    headers = {"webhook-id": id, "webhook-timestamp": stamp}
    headers["webhook-signature"] = signature(KEY, id, stamp, content)
    return client.post("/channels/hook", content=content, headers=headers).status_code


def test_a_message_is_answered_once(client: httpx.Client, sold: Vendor, engine: WordEngine) -> None:
    for _ in range(3):
        assert post(client, update(1, "Hello\ud800\0")) == 200
    sold.wait(lambda: len(sold.sent) == 2)
    assert post(client, update(1, "Hello")) == 200
    assert post(client, update(2, "And now?")) == 200
    sold.wait(lambda: len(sold.sent) == 3)
    assert sold.texts() == [DISCLOSURE, "Hello there.", "Hello there."]
    path, body = sold.sent[1]
    assert path == f"/bot{TOKEN}/sendMessage"
    assert body["chat_id"] == "7"
    pressed = [one["callback_data"] for one in body["reply_markup"]["inline_keyboard"][0]]
    assert pressed == ["up", "down"]
    asked = [[m.content for m in talk.messages] for talk, _ in engine.asked]
    assert asked[-1][-3:] == ["Hello\ufffd\ufffd", "Hello there.", "And now?"]
    sold.wait(lambda: [method for method, _ in sold.others] == ["sendChatAction"] * 2)


def test_bad_signatures_are_refused(client: httpx.Client, sold: Vendor) -> None:
    assert post(client, update(1, "x"), "wrong") == 401
    assert client.post("/channels/telegram", json=update(1, "x")).status_code == 401
    assert client.post("/channels/silent", json={}).status_code == 404
    assert client.post("/channels/none", json={}).status_code == 404
    assert client.get("/channels/telegram").status_code == 401
    bad = client.post("/channels/telegram", content=b"{", headers={HEADER: SHOWN})
    assert bad.status_code == 400
    assert not sold.sent


def test_consent_is_asked_and_given(
    client: httpx.Client, sold: Vendor, services: Services, engine: WordEngine
) -> None:
    post(client, update(1, "/consent yes"))
    sold.wait(lambda: len(sold.sent) == 2)  # there are no words for it: the bot answers
    assert len(engine.asked) == 1
    people = services.people
    texts = {"consent_how": "Yes?", "consent_given": "Thanks.", "consent_withdrawn": "No, then."}
    privacy = people.spec.privacy.model_copy(update=texts)
    people.spec = people.spec.model_copy(update={"privacy": privacy})
    question = f"{people.consent_text}\n\nYes?"

    def told(number: int, text: str) -> str:
        count = len(sold.sent)
        post(client, update(number, text))
        sold.wait(lambda: len(sold.sent) > count)
        return sold.texts()[-1]

    def known_as_sent() -> int:
        with services.database.read() as connection:
            query = "SELECT count(*) FROM channel_outbox WHERE state = 'sent'"
            return int(connection.exec_driver_sql(query).scalar_one())

    assert told(2, "/consent yes") == question
    assert not people.consenting()
    sold.wait(lambda: known_as_sent() == 3)
    assert told(3, "/consent yes") == "Thanks."
    (owner,) = people.consenting()
    assert owner.startswith("channel:")
    assert told(4, "Hello") == "Hello there."
    assert [one.owner for one in people.trainable_turns()] == [owner]
    assert told(5, "/consent no") == "No, then."
    assert people.trainable_turns() == []
    assert len(engine.asked) == 2


def test_replies_are_counted_by_the_kind_of_channel(client: httpx.Client, sold: Vendor) -> None:
    """`hook` is a name; how many names there are is the owner's affair."""
    assert (
        signed(client, "m-1", {"type": "message", "chat": "r", "person": "u", "text": "Hi"}) == 200
    )
    assert post(client, update(1, "Hello")) == 200
    sold.wait(lambda: len(sold.sent) == 4)
    figures = client.get("/metrics").text
    for kind in ("webhook", "telegram"):
        assert f'chatwright_turns_total{{channel="{kind}",' in figures
    assert 'channel="web"' not in figures


def test_a_webhook_is_answered_with_a_signature(client: httpx.Client, sold: Vendor) -> None:
    said = {"chat": "c", "person": "p", "text": "Hi"}
    assert signed(client, "e1", said, time.time() - 301) == 401
    assert signed(client, "e1", said, time.time() + 301) == 401
    assert signed(client, "e1", said) == 200
    assert signed(client, "e1", said) == 200
    assert signed(client, "e2", {"chat": "c", "person": 3}) == 400
    sold.wait(lambda: len(sold.sent) == 2)
    assert sold.texts() == [DISCLOSURE, "Hello there."]
    given = sold.headers[1]
    content = json.dumps(sold.sent[1][1], ensure_ascii=False).encode()
    right = signature(KEY, given["webhook-id"], given["webhook-timestamp"], content)
    assert given["webhook-signature"] == right


def test_a_thumb_is_the_person_s_feedback(
    client: httpx.Client, sold: Vendor, services: Services
) -> None:
    post(client, update(1, "Hello"))
    sold.wait(lambda: len(sold.sent) == 2)

    def press(number: int, value: str, who: int) -> None:
        message = {"message_id": 2, "chat": {"id": 7}}
        pressed = {"id": "q", "from": {"id": who}, "message": message, "data": value}
        assert post(client, {"update_id": number, "callback_query": pressed}) == 200

    def thumbs() -> list[str | None]:
        return [one.thumb for one in services.feedbacks.items("library")]

    press(2, "down", 7)
    sold.wait(lambda: thumbs() == ["down"])
    press(3, "up", 8)  # it was not said to them
    emoji = {"user": {"id": 7}, "chat": {"id": 7}, "message_id": 2, "date": 1, "old_reaction": []}
    up = {"message_reaction": emoji | {"new_reaction": [{"type": "emoji", "emoji": "👍"}]}}
    post(client, {"update_id": 4, **up})
    sold.wait(lambda: thumbs() == ["up"])
    post(client, {"update_id": 5, "message_reaction": emoji | {"new_reaction": []}})
    sold.wait(lambda: thumbs() == [])


def test_a_person_takes_over_and_gives_back(
    client: httpx.Client, sold: Vendor, services: Services, everyone: Any
) -> None:
    post(client, update(1, "Hello"))
    sold.wait(lambda: len(sold.sent) == 2)
    post(client, update(2, "/human"))
    sold.wait(lambda: len(sold.sent) == 3)
    assert sold.texts()[-1] == "A person will come."
    headers = everyone.all()["account owner"]()
    listed = client.get("/api/console/inbox", headers=headers).json()["conversations"]
    id = listed[0]["id"]
    took = client.post(f"/api/console/inbox/{id}/take", json={}, headers=headers)
    assert took.status_code == 200, took.text
    post(client, update(3, "Are you there?"))
    said = {"content": "I am here.", "key": "k1"}
    for _ in range(2):
        answer = client.post(f"/api/console/inbox/{id}/answer", json=said, headers=headers)
        assert answer.json()["trouble"] == ""
    sold.wait(lambda: len(sold.sent) == 4)
    assert "reply_markup" not in sold.sent[-1][1]
    ended = {"how": "handed_back", "answer": False}
    assert (
        client.post(f"/api/console/inbox/{id}/end", json=ended, headers=headers).status_code < 300
    )
    post(client, update(4, "And now?"))
    sold.wait(lambda: len(sold.sent) == 5)
    assert sold.texts()[-2:] == ["I am here.", "Hello there."]


def test_vendor_trouble_is_survived(
    client: httpx.Client, sold: Vendor, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = (429, {}, {"ok": False, "parameters": {"retry_after": 1}})
    sold.replies.extend([(500, {}, {}), busy, (503, {}, {}), "drop"])
    post(client, update(1, "Hello"))
    sold.wait(lambda: len(sold.sent) == 2)
    assert sold.texts() == [DISCLOSURE, "Hello there."]
    sold.replies.extend([(401, {}, {"ok": False})] * 2)
    post(client, update(2, "Hello"))
    sold.wait(lambda: client.get("/health").json()["channels"]["telegram"]["state"] == "stopped")
    health = client.get("/health").json()
    assert health["status"] == "degraded"
    assert health["channels"]["silent"]["state"] == "off"
    assert "SILENT_BOT_TOKEN" in health["channels"]["silent"]["reason"]
    sold.wait(lambda: len(sold.sent) == 3)
    sold.wait(lambda: client.get("/health").json()["channels"]["telegram"]["state"] == "ready")
    sold.replies.append((403, {}, {"ok": False, "description": "bot was blocked by the user"}))
    post(client, update(3, "Hello"))
    post(client, update(4, "Hello", chat=8))
    sold.wait(lambda: len(sold.sent) == 5)
    figures = client.get("/metrics", headers={}).text
    assert 'chatwright_channel_sends_total{channel="telegram",result="refused"} 1.0' in figures


def test_a_reply_that_fails_is_made_again(
    client: httpx.Client, sold: Vendor, engine: WordEngine
) -> None:
    engine.scripts.extend([Script(error=EngineError("broken")), Script(("At last.",))])
    post(client, update(1, "Hello"))
    sold.wait(lambda: len(sold.sent) == 2)
    assert sold.texts()[1] == "At last."


def test_the_console_shows_and_tries_them(
    client: httpx.Client, sold: Vendor, everyone: Any
) -> None:
    headers = everyone.all()["account owner"]()
    listed = client.get("/api/console/channels", headers=headers).json()["channels"]
    found = {one["kind"]: one for one in listed}
    assert [found[name]["state"] for name in ("telegram", "hook", "silent")] == [
        *("ready", "ready", "off")
    ]
    facts = {one["name"]: one["value"] for one in found["silent"]["facts"]}
    assert facts["vendor"] == "telegram" and "SILENT_BOT_TOKEN" in facts["trouble"]

    def tried(name: str) -> httpx.Response:
        said = {"text": "Hi"}
        return client.post(f"/api/console/channels/{name}/test", json=said, headers=headers)

    assert tried("telegram").json()["text"] == "Hello there."
    assert tried("silent").status_code == 409
    sold.replies.append((401, {}, {"ok": False}))
    assert tried("telegram").status_code == 503


def test_a_long_answer_comes_in_parts(
    client: httpx.Client, sold: Vendor, engine: WordEngine
) -> None:
    engine.scripts.append(Script(("A sentence of some length. " * 40,) * 5))
    post(client, update(1, "Hello"))
    sold.wait(lambda: len(sold.sent) == 3)
    assert all(len(text) <= 4096 for text in sold.texts())
    assert sold.texts()[1].endswith("length.")
    assert ["reply_markup" in body for _, body in sold.sent] == [False, False, True]


def test_what_waits_is_sent_by_the_next_process(
    bot: Bot, database: Database, spec: Spec, sold: Vendor
) -> None:
    sold.replies.extend([(500, {}, {})] * 40)
    with (
        served_app(create_app(bot, database, spec)) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        post(client, update(1, "Hello"))
        sold.wait(lambda: len(sold.replies) < 40)
    assert not sold.sent
    sold.replies.clear()
    again = Bot(spec, WordEngine(), "release-1", "deployment-1")
    with served_app(create_app(again, database, spec)):
        sold.wait(lambda: len(sold.sent) == 2)
    assert sold.texts() == [DISCLOSURE, "Hello there."]
