"""The simulated Meta, Telegram and webhook: calls, errors, signatures, batches, windows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from tests.channels.simulated import Receiver, Simulated, serving, simulated

from chatwright.channels.simulator.generic import KEY
from chatwright.channels.simulator.graph import SECRET, TOKEN
from chatwright.channels.simulator.messenger import PAGE
from chatwright.channels.simulator.whatsapp import PHONE


@pytest.fixture
def vendors() -> Iterator[Simulated]:
    with simulated() as running:
        yield running


def graph(
    vendors: Simulated, node: str, body: dict[str, Any], token: str = TOKEN
) -> httpx.Response:
    address = f"/graph/v23.0/{node}/messages"
    return vendors.http.post(address, json=body, headers={"Authorization": f"Bearer {token}"})


def whatsapp(to: str, text: str, **more: Any) -> dict[str, Any]:
    body = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}}
    return body | more


def telegram(vendors: Simulated, method: str, **body: Any) -> dict[str, Any]:
    return dict(vendors.http.post(f"/telegram/bot110201543:SIMULATED/{method}", json=body).json())


def wrote(vendors: Simulated, vendor: str) -> str:
    """The id of a person who just wrote."""
    vendors.do(vendor, "say", text="hello")
    return str(vendors.lines(vendor)[-1]["person"])


def test_whatsapp_sends_within_its_window_and_length(vendors: Simulated) -> None:
    to = wrote(vendors, "whatsapp")
    answer = graph(vendors, PHONE, whatsapp(to, "hi")).json()
    assert answer["messages"][0]["id"].startswith("wamid.")
    assert answer["contacts"][0]["wa_id"] == to
    by_scoped = whatsapp("", "hi", recipient=answer["contacts"][0]["user_id"])
    assert graph(vendors, PHONE, by_scoped).status_code == 200
    assert graph(vendors, PHONE, whatsapp(to, "x" * 4097)).json()["error"]["code"] == 100
    assert graph(vendors, PHONE, whatsapp("15550000", "hi")).json()["error"]["code"] == 131026
    vendors.http.post("/control/clock", json={"seconds": 86_401})
    assert graph(vendors, PHONE, whatsapp(to, "hi")).json()["error"]["code"] == 131047
    template = {"name": "hello_world", "language": {"code": "en_US"}}
    sent = whatsapp(to, "", type="template", template=template)
    assert graph(vendors, PHONE, sent).status_code == 200
    template["name"] = "none"
    assert graph(vendors, PHONE, sent).json()["error"]["code"] == 132001


def test_whatsapp_limits_the_number_and_the_pair(vendors: Simulated) -> None:
    to = wrote(vendors, "whatsapp")
    codes = [graph(vendors, PHONE, whatsapp(to, "x")).json() for _ in range(46)]
    assert [c for c in codes if "error" in c] == codes[45:]
    assert codes[45]["error"]["code"] == 131056
    vendors.do("whatsapp", "say", text="x", person="p", count=60, people=60)
    people = {line["person"] for line in vendors.lines("whatsapp")} - {to}
    answers = [graph(vendors, PHONE, whatsapp(person, "x")) for person in people]
    assert all(a.status_code == 200 for a in answers[:20])
    vendors.rules("whatsapp", hurry=0.001)
    statuses = [graph(vendors, PHONE, whatsapp(to, "x")) for _ in range(90)]
    assert 429 in {a.status_code for a in statuses}
    assert 130429 in {a.json()["error"]["code"] for a in statuses}


@pytest.mark.parametrize("node", [PHONE, PAGE])
def test_meta_knows_its_tokens(vendors: Simulated, node: str) -> None:
    answer = graph(vendors, node, {}, token="EAAwrong")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
    vendors.rules("whatsapp", revoked=True)
    vendors.rules("messenger", revoked=True)
    assert graph(vendors, node, {}).json()["error"]["error_subcode"] == 460
    vendors.rules("whatsapp", revoked=False, outage=True)
    vendors.rules("messenger", revoked=False, outage=True)
    assert graph(vendors, node, {}).status_code == 503


def test_whatsapp_events_are_signed_batched_and_tell_the_statuses(vendors: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        vendors.rules("whatsapp", url=origin, batch=5, silent=True)
        vendors.do("whatsapp", "say", text="{n}", count=12, people=12)
        vendors.rules("whatsapp", silent=False)
        vendors.settled("whatsapp")
        bodies = receiver.bodies
        messages = [
            message["text"]["body"]
            for body in bodies
            for entry in body["entry"]
            for change in entry["changes"]
            for message in change["value"]["messages"]
        ]
        assert messages == [str(n) for n in range(12)]
        assert len(bodies) < 12
        assert max(len(body["entry"]) for body in bodies) > 1
        for headers, body in receiver.requests:
            right = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            assert headers["x-hub-signature-256"] == f"sha256={right}"
        to = vendors.lines("whatsapp")[0]["person"]
        graph(vendors, PHONE, whatsapp(to, "hi", biz_opaque_callback_data="key-1"))
        vendors.settled("whatsapp")
        told = [b["entry"][0]["changes"][0]["value"].get("statuses") for b in receiver.bodies]
        statuses = [status for group in told for status in group or []]
        assert {s["status"] for s in statuses} == {"sent", "delivered", "read"}
        assert {s["biz_opaque_callback_data"] for s in statuses} == {"key-1"}


def test_whatsapp_may_hide_numbers(vendors: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        vendors.rules("whatsapp", url=origin, hidden_numbers=True)
        vendors.do("whatsapp", "say", text="x")
        vendors.settled("whatsapp")
    value = receiver.bodies[0]["entry"][0]["changes"][0]["value"]
    assert "wa_id" not in value["contacts"][0]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == value["contacts"][0]["user_id"]


@pytest.mark.parametrize("vendor", ["whatsapp", "messenger"])
def test_meta_asks_for_the_challenge_and_forges(vendors: Simulated, vendor: str) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        vendors.rules(vendor, url=origin)
        assert vendors.do(vendor, "check") == {"status": 200, "right": True}
        for kind in ("signature", "missing", "body"):
            vendors.do(vendor, "forge", kind=kind, text="bad")
        for headers, body in receiver.requests[1:]:
            right = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            assert headers.get("x-hub-signature-256") != f"sha256={right}"
        answer = vendors.http.post(f"/control/{vendor}/forge", json={"kind": "stale"})
        assert answer.status_code == 400


def messenger(to: str, text: str, **more: Any) -> dict[str, Any]:
    body = {"recipient": {"id": to}, "messaging_type": "RESPONSE", "message": {"text": text}}
    return body | more


def test_messenger_windows_tags_and_lengths(vendors: Simulated) -> None:
    to = wrote(vendors, "messenger")
    assert graph(vendors, "me", messenger(to, "hi")).json()["recipient_id"] == to
    assert graph(vendors, PAGE, messenger(to, "x" * 2001)).json()["error"]["code"] == 100
    assert graph(vendors, PAGE, messenger("1", "hi")).json()["error"]["error_subcode"] == 2018001
    vendors.http.post("/control/clock", json={"seconds": 86_401})
    assert graph(vendors, PAGE, messenger(to, "hi")).json()["error"]["code"] == 10
    human = messenger(to, "hi", messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT")
    assert graph(vendors, PAGE, human).status_code == 200
    vendors.http.post("/control/clock", json={"seconds": 7 * 86_400})
    assert graph(vendors, PAGE, human).json()["error"]["error_subcode"] == 2018278


def test_messenger_events(vendors: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        vendors.rules("messenger", url=origin)
        to = wrote(vendors, "messenger")
        quick = [{"content_type": "text", "title": "Good", "payload": "up"}]
        message = {"text": "hi", "quick_replies": quick, "metadata": "key-1"}
        sent = graph(vendors, PAGE, messenger(to, "", message=message)).json()["message_id"]
        vendors.do("messenger", "press", message=sent, value="up")
        vendors.do("messenger", "react", message=sent, value="👍")
        for kind in ("echo", "start", "standby"):
            vendors.do("messenger", "special", kind=kind)
        vendors.settled("messenger")
    entries = [e for b in receiver.bodies for e in b["entry"]]
    told = [one for e in entries for one in e.get("messaging", [])]
    assert {"delivery", "read", "reaction", "postback"} <= {name for one in told for name in one}
    assert any("standby" in e for e in entries)
    echoes = [o["message"] for o in told if o.get("message", {}).get("is_echo")]
    assert {"key-1"} <= {e.get("metadata") for e in echoes}
    quick_replies = [
        o["message"]["quick_reply"] for o in told if "quick_reply" in o.get("message", {})
    ]
    assert quick_replies == [{"payload": "up"}]


def test_telegram_calls_and_errors(vendors: Simulated) -> None:
    chat = wrote(vendors, "telegram")
    assert telegram(vendors, "getMe")["result"]["username"] == "simulated_bot"
    sent = telegram(vendors, "sendMessage", chat_id=chat, text="hi")["result"]
    edited = telegram(
        vendors, "editMessageText", chat_id=chat, message_id=sent["message_id"], text="hi!"
    )
    assert edited["result"]["text"] == "hi!"
    too_long = telegram(vendors, "sendMessage", chat_id=chat, text="x" * 4097)
    assert too_long["description"] == "Bad Request: message is too long"
    assert telegram(vendors, "sendMessage", chat_id="1", text="x")["error_code"] == 400
    wrong = vendors.http.post("/telegram/bot1:WRONG/getMe")
    assert (wrong.status_code, wrong.json()["ok"]) == (401, False)
    limited = [telegram(vendors, "sendMessage", chat_id=chat, text="x") for _ in range(4)][-1]
    assert limited["error_code"] == 429
    assert limited["parameters"]["retry_after"] >= 1


def test_telegram_keeps_updates_until_they_are_fetched_or_a_webhook_is_set(
    vendors: Simulated,
) -> None:
    vendors.do("telegram", "say", text="one")
    vendors.do("telegram", "say", text="two")
    updates = telegram(vendors, "getUpdates")["result"]
    assert [u["message"]["text"] for u in updates] == ["one", "two"]
    after = updates[-1]["update_id"] + 1
    began = time.monotonic()
    assert telegram(vendors, "getUpdates", offset=after, timeout=1)["result"] == []
    assert time.monotonic() - began > 0.9
    receiver = Receiver(500)
    with serving(receiver) as origin:
        telegram(vendors, "setWebhook", url=origin, secret_token="abc")
        assert telegram(vendors, "getUpdates")["error_code"] == 409
        vendors.rules("telegram", hurry=100)
        vendors.do("telegram", "say", text="three")
        assert vendors.settled("telegram")["attempts"] == 2
    assert receiver.requests[1][0]["x-telegram-bot-api-secret-token"] == "abc"
    assert receiver.bodies[1]["message"]["text"] == "three"


def test_the_webhook_vendor_signs_and_verifies_as_standard_webhooks(vendors: Simulated) -> None:
    receiver = Receiver()

    def signed(body: bytes, ident: str, stamp: str) -> str:
        mac = hmac.new(KEY, f"{ident}.{stamp}.".encode() + body, hashlib.sha256)
        return f"v1,{base64.b64encode(mac.digest()).decode()}"

    with serving(receiver) as origin:
        vendors.rules("webhook", url=origin)
        vendors.do("webhook", "say", text="hello")
        vendors.settled("webhook")
        for kind in ("signature", "missing", "body", "stale"):
            vendors.do("webhook", "forge", kind=kind, text="bad")
    headers, body = receiver.requests[0]
    right = signed(body, headers["webhook-id"], headers["webhook-timestamp"])
    assert headers["webhook-signature"] == right
    told = json.dumps({"type": "message", "chat": "chat-ada", "person": "ada", "text": "hi"})
    stamp = str(int(time.time()))
    named = {"webhook-id": "k1", "webhook-timestamp": stamp}
    named["webhook-signature"] = signed(told.encode(), "k1", stamp)
    first, second = (
        vendors.http.post("/webhook/answers", content=told, headers=named).json() for _ in range(2)
    )
    assert first == second
    assert len(vendors.sent("webhook")) == 1
    named["webhook-signature"] = "v1,AAAA"
    assert vendors.http.post("/webhook/answers", content=told, headers=named).status_code == 401


def test_the_page_and_wrong_calls(vendors: Simulated) -> None:
    page = vendors.http.get("/")
    assert "Channel simulator" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert vendors.http.get("/page.js").status_code == 200
    assert set(vendors.http.get("/control").json()) == set(vendors.simulator.vendors)
    http = vendors.http
    assert http.post("/control/none/say", json={"text": "x"}).status_code == 404
    assert http.patch("/control/slack/rules", json={"erors": 1}).status_code == 400
    assert http.post("/control/slack/say", content=b"[]").status_code == 400
    assert http.post("/control/slack/react", json={"message": "no"}).status_code == 404
    assert http.post("/control/slack/forge", json={"kind": "missing"}).status_code == 400
