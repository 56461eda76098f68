"""The WhatsApp channel against the simulated Cloud API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError
from tests.channels.simulated import Simulated, serving, simulated
from tests.channels.taking import Taking, channel_of

from chatwright.channels.channel import (
    Button,
    Event,
    Later,
    Malformed,
    NotSet,
    Outgoing,
    Refused,
    Rejected,
    Request,
    TokenBad,
    Uncertain,
    WindowClosed,
)
from chatwright.channels.known import make
from chatwright.channels.whatsapp import WhatsApp
from chatwright.spec.channels import ChannelOptions

THUMBS = (Button("👍", "up"), Button("👎", "down"))


@pytest.fixture
async def vendors() -> AsyncIterator[Simulated]:
    with simulated() as running:
        running.rules("whatsapp", at_once=1)  # in order
        yield running


@pytest.fixture
async def whatsapp(vendors: Simulated) -> AsyncIterator[WhatsApp]:
    channel = channel_of(vendors, "whatsapp")
    assert isinstance(channel, WhatsApp)
    yield channel
    await channel.close()


async def told(vendors: Simulated, taking: Taking, *acts: tuple[str, dict[str, Any]]) -> None:
    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("whatsapp", url=origin)
            for verb, act in acts:
                vendors.do("whatsapp", verb, **act)
            vendors.settled("whatsapp")

    await asyncio.to_thread(work)


def answer_to(event: Event, text: str, **more: Any) -> Outgoing:
    return Outgoing("k1", event.chat, text, person=event.person, reply_to=event.message, **more)


@pytest.mark.parametrize("hidden", [False, True])
async def test_a_person_is_known_by_the_scoped_id_and_answered(
    vendors: Simulated, whatsapp: WhatsApp, hidden: bool
) -> None:
    vendors.rules("whatsapp", hidden_numbers=hidden)
    taking = Taking(whatsapp)
    await told(
        vendors, taking, ("say", {"text": "hi"}), ("say", {"text": "look", "where": "image"})
    )
    first, second = taking.of("message")
    assert first.chat == first.person and first.person.startswith("US.")
    assert (first.text, second.text, first.name) == ("hi", "look", "ada")
    await whatsapp.notice(first)
    sent = await whatsapp.send(answer_to(first, "hello", buttons=THUMBS))
    (line,) = vendors.sent("whatsapp")
    assert (line["id"], line["text"], len(line["buttons"])) == (sent.message, "hello", 2)
    assert line["about"]["tracker"] == "k1"
    assert vendors.report("whatsapp")["calls"]["typing"] == 1


async def test_batches_and_statuses(vendors: Simulated, whatsapp: WhatsApp) -> None:
    vendors.rules("whatsapp", batch=7, silent=True)
    vendors.do("whatsapp", "say", text="{n}", count=40, people=40)
    vendors.rules("whatsapp", silent=False)
    taking = Taking(whatsapp)
    await told(vendors, taking)
    assert sorted(e.text for e in taking.events) == sorted(map(str, range(40)))
    assert vendors.report("whatsapp")["answers"]["200"] < 40
    await whatsapp.send(answer_to(taking.events[0], "hello"))
    await told(vendors, taking)
    assert {e.id.rpartition(":")[2] for e in taking.of("ignored")} == {"sent", "delivered", "read"}


async def test_thumbs(vendors: Simulated, whatsapp: WhatsApp) -> None:
    taking = Taking(whatsapp)
    await told(vendors, taking, ("say", {"text": "hi"}))
    vendors.rules("whatsapp", statuses=False)
    sent = await whatsapp.send(answer_to(taking.events[0], "hello", buttons=THUMBS))
    await told(
        vendors,
        taking,
        ("press", {"message": sent.message, "value": "down"}),
        ("react", {"message": sent.message, "value": "👍🏽"}),
        ("react", {"message": sent.message, "value": ""}),
    )
    found = taking.of("feedback")
    assert [event.thumb for event in found] == ["down", "up", None]
    assert {event.message for event in found} == {sent.message}


async def test_a_long_text_goes_without_buttons(vendors: Simulated, whatsapp: WhatsApp) -> None:
    taking = Taking(whatsapp)
    await told(vendors, taking, ("say", {"text": "hi"}))
    await whatsapp.send(answer_to(taking.events[0], "x" * 4096, buttons=THUMBS))
    (line,) = vendors.sent("whatsapp")
    assert (len(line["text"]), line["buttons"]) == (4096, [])


async def test_after_the_window_only_the_template(vendors: Simulated, whatsapp: WhatsApp) -> None:
    taking = Taking(whatsapp)
    await told(vendors, taking, ("say", {"text": "hi"}))
    vendors.http.post("/control/clock", json={"seconds": 86_401})
    asked = answer_to(taking.events[0], "We are\nopen  again.")
    assert whatsapp.limits.window == 86_400
    with pytest.raises(WindowClosed, match="131047"):
        await whatsapp.send(asked)
    other = channel_of(vendors, "whatsapp", template="conversation_continues/en_US")
    assert isinstance(other, WhatsApp) and other.limits.window == 0
    await other.send(asked)
    (line,) = vendors.sent("whatsapp")
    assert line["text"] == "[conversation_continues] We are open again."
    with pytest.raises(WindowClosed, match="too long"):
        await other.send(replace(asked, text="x" * 1025))
    wrong = channel_of(vendors, "whatsapp", template="nothing/en_US")
    with pytest.raises(Refused, match="132001"):
        await wrong.send(asked)
    await other.close()
    await wrong.close()


async def test_what_errors_mean(vendors: Simulated, whatsapp: WhatsApp) -> None:
    taking = Taking(whatsapp)
    await told(vendors, taking, ("say", {"text": "hi"}))
    vendors.rules("whatsapp", statuses=False)
    asked = answer_to(taking.events[0], "x")
    assert await whatsapp.check() == "Simulated +1 555-078-3881"
    with pytest.raises(Refused, match="131026"):
        await whatsapp.send(replace(asked, chat="US.1"))
    with pytest.raises(Later, match="131056") as caught:
        for _ in range(46):
            await whatsapp.send(asked)
    assert caught.value.after == 6
    for rules, error in (
        ({"errors": 1.0}, Later),
        ({"errors": 0.0, "limits": False, "uncertain": 1.0}, Uncertain),
        ({"outage": True}, Later),
        ({"outage": False, "revoked": True}, TokenBad),
    ):
        vendors.rules("whatsapp", **rules)  # type: ignore[arg-type]
        with pytest.raises(error):
            await whatsapp.send(asked)
    with pytest.raises(TokenBad):
        await whatsapp.check()


async def test_forgeries_and_the_challenge(vendors: Simulated, whatsapp: WhatsApp) -> None:
    taking = Taking(whatsapp)

    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("whatsapp", url=origin)
            assert vendors.do("whatsapp", "check")["right"]
            for kind in ("signature", "missing", "body"):
                found = vendors.do("whatsapp", "forge", kind=kind, count=5, text="bad")
                assert found == {"statuses": {"401": 5}, "admitted": 0}

    await asyncio.to_thread(work)
    assert not taking.events
    for query in ({}, {"hub.mode": "subscribe", "hub.verify_token": "no", "hub.challenge": "1"}):
        with pytest.raises(Rejected):
            whatsapp.challenge(Request("GET", {}, query, b"", 0.0))


async def test_what_needs_nothing_is_ignored_and_a_failure_is_logged(
    vendors: Simulated, whatsapp: WhatsApp, caplog: pytest.LogCaptureFixture
) -> None:
    taking = Taking(whatsapp)
    await told(vendors, taking, ("say", {"text": "hi"}))
    vendors.rules("whatsapp", statuses=False)
    await whatsapp.send(answer_to(taking.events[0], "x"))
    kinds = [("special", {"kind": kind}) for kind in ("unsupported", "system", "failed")]
    with caplog.at_level(logging.ERROR):
        await told(vendors, taking, *kinds)
    assert [event.kind for event in taking.events[1:]] == ["ignored"] * 3
    assert "131026" in caplog.text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"entry": [{}]}', b'{"entry": 1}', b"[" * 9999]
)
async def test_what_is_no_webhook_is_said_to_be_none(whatsapp: WhatsApp, body: bytes) -> None:
    with pytest.raises(Malformed):
        whatsapp.parse(Request("POST", {}, {}, body, 0.0))


async def test_another_number_of_the_same_app_is_left_out(vendors: Simulated) -> None:
    other = channel_of(vendors, "whatsapp", account="1")
    taking = Taking(other)
    await told(vendors, taking, ("say", {"text": "hi"}))
    assert taking.events == []
    await other.close()


def test_what_is_missing_or_wrong_is_named() -> None:
    with pytest.raises(NotSet, match="account"):
        make("whatsapp", ChannelOptions(kind="whatsapp"), {})
    with pytest.raises(NotSet, match="WHATSAPP_ACCESS_TOKEN"):
        make("whatsapp", ChannelOptions(kind="whatsapp", account="1"), {})
    with pytest.raises(ValidationError, match="a name and a language"):
        ChannelOptions(kind="whatsapp", template="answer_ready")
