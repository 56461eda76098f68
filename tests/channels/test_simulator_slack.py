"""The simulated Slack, as the real slack_sdk talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from tests.channels.simulated import Receiver, Simulated, serving, simulated, until

from chatwright.channels.simulator.slack_events import BOT_USER, GENERAL, SECRET


@pytest.fixture
def slack() -> Iterator[Simulated]:
    with simulated() as running:
        yield running


def client_of(slack: Simulated, token: str = "xoxb-simulated") -> WebClient:
    return WebClient(token, base_url=f"{slack.origin}/slack/api/", timeout=10)


def direct(slack: Simulated, text: str = "hello") -> tuple[str, str]:
    """A direct message's channel and ts."""
    slack.do("slack", "say", text=text)
    line = slack.lines("slack")[-1]
    return line["chat"], line["id"]


def test_slack_sdk_posts_updates_and_reads(slack: Simulated) -> None:
    client = client_of(slack)
    channel, ts = direct(slack)
    assert client.auth_test()["user_id"] == BOT_USER
    posted = client.chat_postMessage(
        channel=channel,
        text="hi",
        thread_ts=ts,
        metadata={"event_type": "chatwright", "event_payload": {"key": "k1"}},
    )
    client.chat_update(channel=channel, ts=posted["ts"], text="hi again")
    client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    found = client.conversations_replies(channel=channel, ts=ts, include_all_metadata=True)
    assert [m["text"] for m in found["messages"]] == ["hello", "hi again"]
    assert found["messages"][1]["metadata"]["event_payload"] == {"key": "k1"}
    assert client.conversations_history(channel=channel)["messages"][0]["text"] == "hi again"
    assert client.users_info(user=slack.lines("slack")[0]["person"])["user"]["name"] == "ada"


def test_slack_sdk_streams(slack: Simulated) -> None:
    channel, ts = direct(slack)
    stream = client_of(slack).chat_stream(channel=channel, thread_ts=ts, buffer_size=4)
    for word in ("one ", "two ", "three"):
        stream.append(markdown_text=word)
    stream.stop()
    (line,) = slack.sent("slack")
    assert line["text"] == "one two three"
    assert line["streamed_at"] is None


def test_a_stream_ends_when_no_part_comes_and_in_channels_names_its_reader(
    slack: Simulated,
) -> None:
    client = client_of(slack)
    channel, ts = direct(slack)
    made = client.chat_startStream(channel=channel, thread_ts=ts, markdown_text="one")
    slack.http.post("/control/clock", json={"seconds": 61})
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        client.chat_appendStream(channel=channel, ts=made["ts"], markdown_text="two")
    with pytest.raises(SlackApiError, match="missing_recipient_user_id"):
        client.chat_startStream(channel=GENERAL, thread_ts=ts)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda c, ch: c.chat_postMessage(channel="C0NONE", text="x"), "channel_not_found"),
        (lambda c, ch: c.api_call("chat.postMessage", json={"channel": ch}), "no_text"),
        (lambda c, ch: c.chat_postMessage(channel=ch, markdown_text="x" * 12_001), "msg_too_long"),
        (lambda c, ch: c.chat_update(channel=ch, ts="1.2", text="x"), "message_not_found"),
        (lambda c, ch: c.api_call("chat.nothing"), "unknown_method"),
    ],
)
def test_what_slack_refuses(slack: Simulated, call: object, word: str) -> None:
    channel, _ = direct(slack)
    with pytest.raises(SlackApiError) as caught:
        call(client_of(slack), channel)  # type: ignore[operator]
    assert caught.value.response["error"] == word


def test_tokens_are_looked_at(slack: Simulated) -> None:
    for token, word in (
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-simulated", "not_allowed_token_type"),
    ):
        with pytest.raises(SlackApiError, match=word):
            client_of(slack, token).auth_test()
    slack.rules("slack", revoked=True)
    with pytest.raises(SlackApiError, match="token_revoked"):
        client_of(slack).auth_test()


def test_its_rate_limit_is_one_that_slack_sdk_waits_for(slack: Simulated) -> None:
    channel, _ = direct(slack)
    client = client_of(slack)
    with pytest.raises(SlackApiError, match="ratelimited") as caught:
        for _ in range(7):
            client.chat_postMessage(channel=channel, text="x")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    client.chat_postMessage(channel=channel, text="waited")
    assert slack.sent("slack")[-1]["text"] == "waited"


def test_errors_and_uncertain_sends_come_as_often_as_said(slack: Simulated) -> None:
    channel, _ = direct(slack)
    slack.rules("slack", errors=0.3, uncertain=0.3, limits=False)
    failed = 0
    with httpx.Client(headers={"Authorization": "Bearer xoxb-simulated"}) as http:
        for n in range(100):
            body = {"channel": channel, "text": str(n)}
            answer = http.post(f"{slack.origin}/slack/api/chat.postMessage", json=body)
            failed += answer.status_code == 500
    sent = slack.sent("slack")
    uncertain = sum(line["uncertain"] for line in sent)
    assert 15 < uncertain < 45
    assert failed - uncertain == 100 - len(sent) > 15


def test_events_are_signed_as_slack_sdk_verifies_them(slack: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        slack.rules("slack", url=f"{origin}/slack")
        slack.do("slack", "say", text="hé", where="mention")
        slack.settled("slack")
        verifier = SignatureVerifier(SECRET)
        for headers, body in receiver.requests:
            assert verifier.is_valid_request(body, headers)
        assert [b["event"]["type"] for b in receiver.bodies] == ["message", "app_mention"]
        assert receiver.bodies[1]["event"]["text"] == f"<@{BOT_USER}> hé"
        assert slack.do("slack", "check")["right"]
        before = len(receiver.requests)
        for kind in ("signature", "missing", "body", "stale"):
            slack.do("slack", "forge", kind=kind, text="bad")
        assert len(receiver.requests) == before + 4
        for headers, body in receiver.requests[before:]:
            assert not verifier.is_valid_request(body, headers)


def test_slack_tries_three_times_more_and_says_why(slack: Simulated) -> None:
    receiver = Receiver(500, 500, 500, 500, 500)
    with serving(receiver) as origin:
        slack.rules("slack", url=origin, hurry=1000)
        slack.do("slack", "say", text="x")
        report = slack.settled("slack")
        assert (report["attempts"], report["given_up"]) == (4, 1)
        numbers = [headers.get("x-slack-retry-num") for headers, _ in receiver.requests]
        assert numbers == [None, "1", "2", "3"]
        assert receiver.requests[1][0]["x-slack-retry-reason"] == "http_error"
        receiver.headers = {"X-Slack-No-Retry": "1"}
        slack.do("slack", "say", text="y")
        assert slack.settled("slack")["attempts"] == 5


def test_duplicates_and_order(slack: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        slack.rules("slack", url=origin, duplicates=0.2, reordered=0.1, at_once=1)
        slack.do("slack", "say", text="{n}", count=300, people=300)
        report = slack.settled("slack")
    assert report["acknowledged"] == 300
    assert 30 < report["attempts"] - 300 < 90
    first = list(dict.fromkeys(int(b["event"]["text"]) for b in receiver.bodies))
    assert sorted(first) == list(range(300))
    assert first != sorted(first)


def test_the_same_seed_makes_the_same_events(slack: Simulated) -> None:
    with simulated() as other, simulated(1) as different:
        ids = [one.do("slack", "say", text="x", count=3) for one in (slack, other, different)]
    assert ids[0] == ids[1] != ids[2]


def test_socket_mode_with_slack_sdk(slack: Simulated) -> None:
    heard: list[str] = []

    def listener(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        heard.append(request.payload["event"]["text"])
        if request.payload["event"]["text"] != "unheard":
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    app = SocketModeClient("xapp-simulated", web_client=client_of(slack), ping_interval=1)
    app.socket_mode_request_listeners.append(listener)
    slack.rules("slack", socket=True, hurry=1000)
    slack.simulator.slack.__class__.patience, before = 0.3, slack.simulator.slack.patience
    try:
        app.connect()
        slack.do("slack", "say", text="one")
        assert slack.settled("slack")["acknowledged"] == 1
        slack.do("slack", "say", text="unheard")
        assert slack.settled("slack")["given_up"] == 1
        assert heard == ["one"] + ["unheard"] * 4
        slack.do("slack", "reconnect")
        until(lambda: slack.simulator.socket.connections == 1 and app.is_connected())
        slack.do("slack", "say", text="two")
        until(lambda: "two" in heard)
    finally:
        slack.simulator.slack.__class__.patience = before
        app.close()


def test_socket_mode_needs_the_app_token_and_its_ticket_once(slack: Simulated) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client_of(slack).apps_connections_open(app_token="xoxb-simulated")
    opened = client_of(slack).apps_connections_open(app_token="xapp-simulated")
    assert opened["url"].startswith("ws://127.0.0.1:")


def test_reactions_buttons_and_rarer_events(slack: Simulated) -> None:
    receiver = Receiver()
    with serving(receiver) as origin:
        slack.rules("slack", url=origin)
        channel, _ = direct(slack)
        element = {"type": "button", "action_id": "feedback", "value": "up"}
        element["text"] = {"type": "plain_text", "text": "Good"}  # type: ignore[assignment]
        blocks = [{"type": "actions", "elements": [element]}]
        posted = client_of(slack).chat_postMessage(channel=channel, text="hi", blocks=blocks)
        slack.do("slack", "react", message=posted["ts"], value="+1")
        slack.do("slack", "press", message=posted["ts"], value="up")
        for kind in ("app_rate_limited", "own_message", "bot_message", "edited", "assistant"):
            slack.do("slack", "special", kind=kind)
        slack.settled("slack")
    kinds = {b.get("event", b).get("type") for b in receiver.bodies}
    assert {"reaction_added", "block_actions", "app_rate_limited"} <= kinds
    assert "assistant_thread_started" in kinds
    pressed = next(b for b in receiver.bodies if b["type"] == "block_actions")
    assert pressed["actions"][0]["value"] == "up"
    assert slack.http.post("/control/slack/special", json={"kind": "none"}).status_code == 400
