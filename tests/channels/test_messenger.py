"""The Messenger channel against the simulated Send API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
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
    Request,
    TokenBad,
    Uncertain,
    WindowClosed,
)
from chatwright.channels.known import make
from chatwright.channels.messenger import Messenger
from chatwright.spec.channels import ChannelOptions

THUMBS = (Button("👍", "up"), Button("👎", "down"))


@pytest.fixture
async def vendors() -> AsyncIterator[Simulated]:
    with simulated() as running:
        running.rules("messenger", statuses=False, at_once=1)
        yield running


@pytest.fixture
async def messenger(vendors: Simulated) -> AsyncIterator[Messenger]:
    channel = channel_of(vendors, "messenger")
    assert isinstance(channel, Messenger)
    yield channel
    await channel.close()


async def told(vendors: Simulated, taking: Taking, *acts: tuple[str, dict[str, Any]]) -> None:
    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("messenger", url=origin)
            for verb, act in acts:
                vendors.do("messenger", verb, **act)
            vendors.settled("messenger")

    await asyncio.to_thread(work)


def answer_to(event: Event, text: str, **more: Any) -> Outgoing:
    return Outgoing("k1", event.chat, text, person=event.person, reply_to=event.message, **more)


async def test_messages_are_answered(vendors: Simulated, messenger: Messenger) -> None:
    vendors.rules("messenger", statuses=True, batch=5)
    taking = Taking(messenger)
    await told(vendors, taking, ("say", {"text": "hi"}), ("say", {"text": "x", "where": "image"}))
    (said,) = taking.of("message")
    await messenger.notice(said)
    sent = await messenger.send(answer_to(said, "hello"))
    (line,) = vendors.sent("messenger")
    assert (line["id"], line["text"]) == (sent.message, "hello")
    assert vendors.report("messenger")["calls"] == {"mark_seen": 1, "typing_on": 1, "message": 1}
    await told(vendors, taking, *(("special", {"kind": k}) for k in ("echo", "standby")))
    assert len(taking.of("message")) == 1
    ids = [event.id.partition(":")[0] for event in taking.of("ignored")]
    assert ids.count("echo") == 2 and {"delivery", "read"} <= set(ids)


async def test_thumbs_by_quick_reply_and_reaction(vendors: Simulated, messenger: Messenger) -> None:
    taking = Taking(messenger)
    await told(vendors, taking, ("say", {"text": "hi"}))
    sent = await messenger.send(answer_to(taking.events[0], "hello", buttons=THUMBS))
    (line,) = vendors.sent("messenger")
    down = line["buttons"][1]["value"]
    await told(
        vendors,
        taking,
        ("press", {"message": sent.message, "value": down}),
        ("react", {"message": sent.message, "value": "❤"}),
        ("react", {"message": sent.message, "value": ""}),
    )
    pressed, loved, taken = taking.of("feedback")
    assert (pressed.thumb, pressed.message) == ("down", "key:k1")
    assert (loved.thumb, loved.message) == ("up", sent.message)
    assert taken.thumb is None


async def test_the_first_button_begins_a_chat(vendors: Simulated, messenger: Messenger) -> None:
    taking = Taking(messenger)
    await told(vendors, taking, ("special", {"kind": "start"}))
    (joined,) = taking.events
    assert (joined.kind, joined.text) == ("joined", "")


async def test_people_have_seven_days_and_the_bot_one(
    vendors: Simulated, messenger: Messenger
) -> None:
    taking = Taking(messenger)
    await told(vendors, taking, ("say", {"text": "hi"}))
    vendors.http.post("/control/clock", json={"seconds": 86_401})
    asked = answer_to(taking.events[0], "hello")
    with pytest.raises(WindowClosed):
        await messenger.send(asked)
    await messenger.send(replace(asked, by_person=True))
    (line,) = vendors.sent("messenger")
    assert line["about"]["tag"] == "HUMAN_AGENT"
    vendors.http.post("/control/clock", json={"seconds": 7 * 86_400})
    with pytest.raises(WindowClosed):
        await messenger.send(replace(asked, by_person=True))


async def test_what_errors_mean(vendors: Simulated, messenger: Messenger) -> None:
    taking = Taking(messenger)
    await told(vendors, taking, ("say", {"text": "hi"}))
    asked = answer_to(taking.events[0], "x")
    assert await messenger.check() == "Simulated"
    with pytest.raises(Refused, match="No matching user"):
        await messenger.send(replace(asked, chat="1"))
    with pytest.raises(Refused, match="Length"):
        await messenger.send(replace(asked, text="x" * 2001))
    for rules, error in (
        ({"errors": 1.0}, Later),
        ({"errors": 0.0, "uncertain": 1.0}, Uncertain),
        ({"uncertain": 0.0, "hurry": 0.001}, Later),
        ({"revoked": True}, TokenBad),
    ):
        vendors.rules("messenger", **rules)  # type: ignore[arg-type]
        with pytest.raises(error):
            for _ in range(90):
                await messenger.send(asked)


async def test_forgeries_and_the_challenge(vendors: Simulated, messenger: Messenger) -> None:
    taking = Taking(messenger)

    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("messenger", url=origin)
            assert vendors.do("messenger", "check")["right"]
            for kind in ("signature", "missing", "body"):
                assert vendors.do("messenger", "forge", kind=kind, count=5)["admitted"] == 0

    await asyncio.to_thread(work)
    assert not taking.events and taking.rejected == 15


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"entry": [{}]}', b'{"entry": [1]}'])
async def test_what_is_no_webhook_is_said_to_be_none(messenger: Messenger, body: bytes) -> None:
    with pytest.raises(Malformed):
        messenger.parse(Request("POST", {}, {}, body, 0.0))


async def test_another_page_is_left_out(vendors: Simulated) -> None:
    other = channel_of(vendors, "messenger", account="1")
    taking = Taking(other)
    await told(vendors, taking, ("say", {"text": "hi"}))
    assert taking.events == []
    await other.close()


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotSet, match="account"):
        make("messenger", ChannelOptions(kind="messenger"), {})
    with pytest.raises(NotSet, match="MESSENGER_ACCESS_TOKEN"):
        make("messenger", ChannelOptions(kind="messenger", account="1"), {})
