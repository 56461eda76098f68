"""The Slack channel against the simulated Slack."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.channels.simulated import Simulated, serving, simulated, until
from tests.channels.taking import Taking, channel_of

from chatwright.channels.channel import (
    Button,
    Event,
    Later,
    Malformed,
    NotSet,
    Outgoing,
    Pieces,
    Refused,
    Rejected,
    Request,
    TokenBad,
    Uncertain,
)
from chatwright.channels.known import make
from chatwright.channels.simulator.slack_events import BOT_USER, GENERAL
from chatwright.channels.slack import Slack
from chatwright.channels.slack_events import plain
from chatwright.channels.slack_socket import ListeningSlack
from chatwright.spec.channels import ChannelOptions

THUMBS = (Button("👍", "up"), Button("👎", "down"))


@pytest.fixture
async def vendors() -> AsyncIterator[Simulated]:
    with simulated() as running:
        running.rules("slack", at_once=1)  # in order
        yield running


@pytest.fixture
async def slack(vendors: Simulated) -> AsyncIterator[Slack]:
    channel = channel_of(vendors, "slack", prompts=["When are you open?"])
    assert isinstance(channel, Slack)
    yield channel
    await channel.close()


async def told(vendors: Simulated, taking: Taking, *acts: tuple[str, dict[str, Any]]) -> None:
    """Let the vendor tell these acts, all of them."""

    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("slack", url=origin)
            for verb, act in acts:
                vendors.do("slack", verb, **act)
            vendors.settled("slack")

    await asyncio.to_thread(work)


def answer_to(event: Event, text: str, key: str = "k1", **more: Any) -> Outgoing:
    return Outgoing(
        key,
        event.chat,
        text,
        thread=event.thread,
        person=event.person,
        reply_to=event.message,
        extra=event.extra,
        **more,
    )


def pieces_of(pieces: Sequence[str], before: dict[int, Any] | None = None) -> Pieces:
    left = list(enumerate(pieces))

    async def piece() -> str | None:
        if not left:
            return None
        n, text = left.pop(0)
        if before and n in before:
            await asyncio.to_thread(before[n])
        return text

    return piece


async def test_direct_messages_mentions_and_threads(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(
        vendors,
        taking,
        ("say", {"text": "one & <two>"}),
        ("say", {"text": "two", "where": "mention"}),
        ("say", {"text": "to others", "where": "channel"}),
    )
    direct, mention = taking.of("message")
    assert (direct.thread, direct.chat[0], direct.text) == ("", "D", "one & <two>")
    assert (mention.chat, mention.text) == (GENERAL, "two")
    assert (
        mention.thread == mention.message.partition(":")[2]
    )  # a mention is answered in its thread
    assert len(taking.of("ignored")) == 2  # the same mention as a message, and the talk of others
    sent = await slack.send(answer_to(mention, "**hello**", buttons=THUMBS))
    (line,) = vendors.sent("slack")
    assert sent.message == f"{GENERAL}:{line['id']}"
    assert (line["thread"], line["text"]) == (mention.thread, "**hello**")
    assert [b["value"] for b in line["buttons"]] == ["up", "down"]
    await told(
        vendors, taking, ("say", {"text": "go on", "where": "channel", "thread": line["id"]})
    )
    assert taking.of("message")[-1].text == "go on"  # below our own message


async def test_thumbs_by_reaction_and_by_button(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi"}))
    sent = await slack.send(answer_to(taking.events[0], "hello", buttons=THUMBS))
    ts = sent.message.partition(":")[2]
    await told(
        vendors,
        taking,
        ("react", {"message": ts, "value": "-1::skin-tone-2"}),
        ("react", {"message": ts, "value": "-1::skin-tone-2", "where": "off"}),
        ("react", {"message": ts, "value": "tada"}),
        ("press", {"message": ts, "value": "up"}),
        ("react", {"message": taking.events[0].message.partition(":")[2], "value": "+1"}),
    )
    found = taking.of("feedback")
    assert [event.thumb for event in found] == ["down", None, "up"]
    assert {event.message for event in found} == {sent.message}
    assert {event.person for event in found} == {taking.events[0].person}


async def test_what_is_ignored(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    kinds = ("own_message", "bot_message", "edited", "app_rate_limited")
    await told(vendors, taking, *(("special", {"kind": kind}) for kind in kinds))
    assert [event.kind for event in taking.events] == ["ignored"] * 4
    await told(vendors, taking, ("special", {"kind": "tokens_revoked"}))
    assert len(taking.of("ignored")) == 5
    with pytest.raises(TokenBad, match="token_revoked"):
        await slack.check()


async def test_an_assistant_pane(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("special", {"kind": "assistant"}))
    (joined,) = taking.of("joined")
    await slack.notice(joined)
    await told(vendors, taking, ("say", {"text": "hi", "where": "assistant"}))
    (said,) = taking.of("message")
    assert (said.chat, said.thread) == (joined.chat, joined.thread)
    await slack.notice(said)
    (pane,) = vendors.simulator.slack.threads.values()
    assert pane["prompts"] == [{"title": "When are you open?", "message": "When are you open?"}]
    assert pane["status"]


async def test_streaming(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi", "where": "mention"}))
    asked = answer_to(taking.of("message")[0], "", buttons=THUMBS)
    words = [f"word{n} " for n in range(200)]
    sent = await slack.stream(asked, pieces_of(words))
    (line,) = vendors.sent("slack")
    assert line["text"] == "".join(words)
    assert line["streamed_at"] is None and line["changes"] >= 3
    assert [b["value"] for b in line["buttons"]] == ["up", "down"]
    assert await slack.reconcile(asked) == sent


async def test_a_stream_that_slack_ended_goes_on_as_an_update(
    vendors: Simulated, slack: Slack
) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi", "where": "mention"}))

    def idle() -> None:
        vendors.http.post("/control/clock", json={"seconds": 90})

    words = ["a" * 300, "b" * 300, "c" * 10]
    asked = answer_to(taking.of("message")[0], "")
    await slack.stream(asked, pieces_of(words, {1: idle}))
    (line,) = vendors.sent("slack")
    assert line["text"] == "".join(words)


async def test_without_a_thread_a_stream_is_one_message(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi"}))
    await slack.stream(answer_to(taking.events[0], ""), pieces_of(["one ", "two"]))
    (line,) = vendors.sent("slack")
    assert (line["text"], line["method"]) == ("one two", "chat.postMessage")


async def test_an_uncertain_message_is_found_or_not(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi"}), ("say", {"text": "x", "where": "mention"}))
    direct, mention = taking.of("message")
    for n, event in enumerate((direct, mention)):
        vendors.rules("slack", uncertain=1.0)
        asked = answer_to(event, "sent", f"key{n}")
        with pytest.raises(Uncertain):
            await slack.send(asked)
        found = await slack.reconcile(asked)
        assert (
            found is not None and found.message == f"{event.chat}:{vendors.sent('slack')[n]['id']}"
        )
        vendors.rules("slack", uncertain=0.0, errors=1.0)
        other = replace(asked, key=f"other{n}")
        with pytest.raises(Uncertain):
            await slack.send(other)
        vendors.rules("slack", errors=0.0)
        assert await slack.reconcile(other) is None


async def test_what_errors_mean(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi"}))
    asked = answer_to(taking.events[0], "x")
    assert await slack.check() == "chatwright in Simulated"
    with pytest.raises(Refused, match="channel_not_found"):
        await slack.send(replace(asked, chat="C0NONE"))
    with pytest.raises(Refused, match="msg_too_long"):
        await slack.send(replace(asked, text="x" * 12_001))
    with pytest.raises(Later) as caught:
        for _ in range(9):
            await slack.send(asked)
    assert caught.value.after >= 1
    vendors.rules("slack", outage=True)
    with pytest.raises(Later):
        await slack.send(asked)
    vendors.rules("slack", outage=False, revoked=True)
    with pytest.raises(TokenBad):
        await slack.send(asked)


async def test_forgeries_and_old_requests_are_rejected(vendors: Simulated, slack: Slack) -> None:
    taking = Taking(slack)

    def work() -> None:
        with serving(taking) as origin:
            vendors.rules("slack", url=origin)
            assert vendors.do("slack", "check")["right"]
            for kind in ("signature", "missing", "body", "stale"):
                found = vendors.do("slack", "forge", kind=kind, count=5, text="bad")
                assert found == {"statuses": {"401": 5}, "admitted": 0}
            vendors.rules("slack", skew_s=-299)
            vendors.do("slack", "say", text="late but in time")
            assert vendors.settled("slack")["acknowledged"] == 1
            taking.received_at = lambda: time.time() + 400  # a replay
            assert vendors.do("slack", "forge", kind="stale", text="x")["admitted"] == 0

    await asyncio.to_thread(work)
    assert [event.text for event in taking.events] == ["late but in time"]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'{"type": "event_callback"}', b"payload=%7B", b"payload=1", b"{" * 5000],
)
def test_what_is_no_event_is_said_to_be_none(body: bytes) -> None:
    slack = make("slack", ChannelOptions(kind="slack"), ENV)
    with pytest.raises(Malformed):
        slack.parse(Request("POST", {}, {}, body, 0.0))
    with pytest.raises(Rejected):
        slack.verify(Request("POST", {}, {}, body, 0.0))
    with pytest.raises(Rejected):
        slack.challenge(Request("GET", {}, {}, b"", 0.0))


ENV = {"SLACK_BOT_TOKEN": "x", "SLACK_SIGNING_SECRET": "y"}


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotSet, match="SLACK_SIGNING_SECRET"):
        make("slack", ChannelOptions(kind="slack"), {"SLACK_BOT_TOKEN": "x"})
    with pytest.raises(NotSet, match="SLACK_APP_TOKEN"):
        make("slack", ChannelOptions(kind="slack", listen=True), ENV)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"<@{BOT_USER}> hi", "hi"),
        ("<@U2|ada> &amp; <#C1|general> &lt;b&gt;", "@ada & #general <b>"),
        (
            "<https://a.example/x|a.example/x> <https://b.example|here>",
            "a.example/x https://b.example",
        ),
        ("<!channel> <mailto:a@b.example|a@b.example>", "@channel a@b.example"),
    ],
)
def test_slacks_marks_are_read(written: str, meant: str) -> None:
    assert plain(written, [BOT_USER]) == meant


async def test_socket_mode(vendors: Simulated) -> None:
    channel = channel_of(vendors, "slack", listen=True)
    assert isinstance(channel, ListeningSlack)
    vendors.rules("slack", socket=True, hurry=1000)
    taken: list[Event] = []
    kept = asyncio.Event()

    async def take(events: Sequence[Event]) -> None:
        if not kept.is_set():
            await asyncio.sleep(3600)  # the store is away: nothing is acknowledged
        taken.extend(events)

    listening = asyncio.create_task(channel.listen(take))
    try:
        await asyncio.to_thread(until, lambda: vendors.simulator.socket.connections == 2)
        kept.set()
        say = {"text": "{n}", "count": 20, "people": 20}
        await asyncio.to_thread(lambda: vendors.do("slack", "say", **say))
        report = await asyncio.to_thread(vendors.settled, "slack")
        assert (report["acknowledged"], report["attempts"]) == (20, 20)
        await asyncio.to_thread(lambda: vendors.do("slack", "reconnect"))
        await asyncio.to_thread(until, lambda: vendors.simulator.socket.connections == 2)
        await asyncio.to_thread(lambda: vendors.do("slack", "say", text="after"))
        await asyncio.to_thread(vendors.settled, "slack")
        assert sorted(e.text for e in taken) == sorted([*map(str, range(20)), "after"])
        with pytest.raises(Rejected):
            channel.verify(Request("POST", {}, {}, b"", 0.0))
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await channel.close()


async def test_socket_mode_acknowledges_only_what_is_kept(
    vendors: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = channel_of(vendors, "slack", listen=True)
    assert isinstance(channel, ListeningSlack)
    monkeypatch.setattr(type(vendors.simulator.slack), "patience", 0.2)
    vendors.rules("slack", socket=True, hurry=1000)
    tries: list[str] = []

    async def take(events: Sequence[Event]) -> None:
        tries.append(events[0].id)
        if len(tries) < 3:
            raise Later("The store is away.")

    async def listen() -> None:
        while True:  # as the gateway does
            try:
                await channel.listen(take)
            except Later:
                continue

    listening = asyncio.create_task(listen())
    try:
        await asyncio.to_thread(until, lambda: vendors.simulator.socket.connections == 2)
        await asyncio.to_thread(lambda: vendors.do("slack", "say", text="hi"))
        report = await asyncio.to_thread(vendors.settled, "slack")
        assert report["acknowledged"] == 1
        assert len(tries) == 3 and len(set(tries)) == 1
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await channel.close()


async def test_socket_mode_says_that_its_token_is_bad(vendors: Simulated) -> None:
    channel = channel_of(vendors, "slack", listen=True)
    assert isinstance(channel, ListeningSlack)
    vendors.rules("slack", revoked=True)

    async def take(events: Sequence[Event]) -> None:
        raise AssertionError(json.dumps([e.id for e in events]))

    with pytest.raises(TokenBad):
        await channel.listen(take)
    await channel.close()


async def test_a_stream_that_was_only_begun_is_found_and_made_whole(
    vendors: Simulated, slack: Slack
) -> None:
    taking = Taking(slack)
    await told(vendors, taking, ("say", {"text": "hi", "where": "mention"}))
    asked = answer_to(taking.of("message")[0], "", buttons=THUMBS)
    words = [f"*word{n}* " for n in range(100)]
    vendors.rules("slack", uncertain=1.0)
    with pytest.raises(Uncertain):
        await slack.stream(asked, pieces_of(words))
    vendors.rules("slack", uncertain=0.0)
    other = replace(asked, text="Something else.")
    assert await slack.reconcile(other) is None
    sent = await slack.reconcile(replace(asked, text="".join(words)))
    (line,) = vendors.sent("slack")
    assert sent is not None and sent.message.endswith(line["id"])
    assert line["text"] == "".join(words) and len(line["buttons"]) == 2
    assert await slack.reconcile(asked) == sent
