"""Slack: an app in one workspace, by the Events API or by Socket Mode (`slack_socket.py`).

It answers direct messages, assistant panes and mentions; a mention is answered in its thread. What it says
carries our key as metadata, so that a message that may have been sent can be found. Messages are named
"channel:ts". Source: https://docs.slack.dev/apis/events-api and /reference/methods.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chatwright.channels.calls import Calls
from chatwright.channels.channel import (
    Answer,
    ChannelError,
    Event,
    Later,
    Limits,
    Outgoing,
    Pieces,
    Rejected,
    Request,
    Sent,
    Uncertain,
    same,
    secret,
    shaped,
)
from chatwright.channels.slack_errors import judged
from chatwright.channels.slack_events import event_of
from chatwright.spec.channels import ChannelOptions

BASE = "https://slack.com/api"
TOLERANCE = 300.0  # seconds that a timestamp may be off
# 12,000 characters of Markdown; one message a second in a channel, with short bursts.
LIMITS = Limits(text=12_000, per_chat=1.0)
PIECE = 256  # characters that are gathered before a stream goes on
UPDATED = 4_000  # characters of plain text in an update; its blocks say all
SIGNS = re.compile(r"\W+")
STATUS = "…"  # below the bot's name in an assistant pane, while an answer is made


def slack(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Slack:
    """Raises `NotSet`."""
    token = secret(environ, name, "BOT_TOKEN")
    return Slack(name, options, token, secret(environ, name, "SIGNING_SECRET"))


class Slack:
    """One app in one workspace."""

    kind = "slack"
    limits = LIMITS

    def __init__(self, name: str, options: ChannelOptions, token: str, signing: str) -> None:
        self.name = name
        self._signing = signing
        self._prompts = options.prompts
        bearer = {"Authorization": f"Bearer {token}"}
        self._calls = Calls(f"{options.base_url or BASE}/", headers=bearer, judge=judged)

    def verify(self, request: Request) -> None:
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise Rejected("The timestamp is missing or wrong.")
        if abs(request.received_at - int(stamp)) > TOLERANCE:
            raise Rejected("The timestamp is too old, or of the future.")
        mac = hmac.new(self._signing.encode(), digestmod=hashlib.sha256)
        mac.update(b"v0:" + stamp.encode() + b":" + request.body)
        if not same(f"v0={mac.hexdigest()}", request.headers.get("x-slack-signature", "")):
            raise Rejected("The signature is missing or wrong.")

    def challenge(self, request: Request) -> Answer | None:
        if request.method != "POST":
            raise Rejected("Slack sends its events by POST.")
        if not request.body.startswith(b"{") or b'"url_verification"' not in request.body:
            return None
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return None
        asked = body.get("type") == "url_verification" and body.get("challenge")
        return Answer(asked.encode()) if isinstance(asked, str) else None

    def parse(self, request: Request) -> list[Event]:
        return shaped("event of Slack's", lambda: [event_of(request.body)])

    async def send(self, outgoing: Outgoing) -> Sent:
        body: dict[str, Any] = {"channel": outgoing.chat, "metadata": _metadata(outgoing)}
        body |= {"unfurl_links": False, "unfurl_media": False}
        if outgoing.thread:
            body["thread_ts"] = outgoing.thread
        if outgoing.buttons:
            body |= {"text": outgoing.text, "blocks": _said(outgoing)}
        else:
            body["markdown_text"] = outgoing.text
        return _sent(outgoing, await self._calls.post("chat.postMessage", body))

    async def stream(self, outgoing: Outgoing, pieces: Pieces) -> Sent:
        """Streams in a thread; elsewhere Slack has none. What is no longer than one piece is sent whole.

        A stream that Slack ended while no piece came, or that failed on its way, goes on as an update of its
        message: what is begun there is not said a second time.
        """
        text = await _gathered(pieces)
        if not outgoing.thread or len(text) < PIECE:
            return await self.send(_with(outgoing, text + await _rest(pieces)))
        body = {"channel": outgoing.chat, "thread_ts": outgoing.thread, "markdown_text": text}
        body |= {
            "recipient_user_id": outgoing.person,
            "recipient_team_id": outgoing.extra.get("team", ""),
        }
        sent = _sent(outgoing, await self._calls.post("chat.startStream", body))
        place = {"channel": outgoing.chat, "ts": sent.message.rpartition(":")[2]}
        try:
            while len(piece := await _gathered(pieces)) >= PIECE:
                text += piece
                await self._calls.post("chat.appendStream", {**place, "markdown_text": piece})
            text += piece
            last: dict[str, Any] = {"markdown_text": piece} if piece else {}
            last["blocks"] = [_buttons(outgoing)] if outgoing.buttons else []
            last["metadata"] = _metadata(outgoing)
            await self._calls.post("chat.stopStream", place | last)
        except ChannelError as error:
            whole = _with(outgoing, text + await _rest(pieces))
            if isinstance(error, Later) and error.after:
                await asyncio.sleep(error.after)
            try:
                await self._whole(whole, place)
            except ChannelError as again:  # its beginning stands there
                raise Uncertain(str(again)) from again
        return sent

    async def _whole(self, outgoing: Outgoing, place: Mapping[str, Any]) -> None:
        """Have a message say all of it."""
        said: dict[str, Any] = {"markdown_text": outgoing.text}
        if outgoing.buttons:
            said = {"text": outgoing.text[:UPDATED], "blocks": _said(outgoing)}
        await self._calls.post("chat.update", {**place, "metadata": _metadata(outgoing), **said})

    async def reconcile(self, outgoing: Outgoing) -> Sent | None:
        """Look for our key in the chat, after the message that was answered. A stream bears it from its end on:
        one that was only begun is made whole."""
        query = {"channel": outgoing.chat, "include_all_metadata": "true", "limit": "200"}
        if after := outgoing.reply_to.rpartition(":")[2]:
            query["oldest"] = after
        if outgoing.thread:
            query["ts"] = outgoing.thread
        method = "conversations.replies" if outgoing.thread else "conversations.history"
        found = (await self._calls.get(method, query)).get("messages")
        messages = found if isinstance(found, list) else []
        keys = [_key(message) for message in messages]
        if outgoing.key in keys:
            return Sent(f"{outgoing.chat}:{messages[keys.index(outgoing.key)]['ts']}")
        for message, key in zip(messages, keys, strict=True):
            if not key and message.get("bot_id") and _begins(message.get("text"), outgoing.text):
                place = {"channel": outgoing.chat, "ts": message["ts"]}
                await self._whole(outgoing, place)
                return Sent(f"{outgoing.chat}:{message['ts']}")
        return None

    async def notice(self, event: Event) -> None:
        place = {"channel_id": event.chat, "thread_ts": event.thread}
        if event.kind == "message" and event.thread and event.chat.startswith("D"):
            await self._calls.post("assistant.threads.setStatus", {**place, "status": STATUS})
        elif event.kind == "joined" and event.thread and self._prompts:
            prompts = [{"title": one, "message": one} for one in self._prompts]
            body = {**place, "prompts": prompts}
            await self._calls.post("assistant.threads.setSuggestedPrompts", body)

    async def check(self) -> str:
        found = await self._calls.post("auth.test", {})
        return f"{found.get('user', '')} in {found.get('team', '')}"

    async def close(self) -> None:
        await self._calls.close()


def _sent(outgoing: Outgoing, answer: Mapping[str, Any]) -> Sent:
    return Sent(f"{outgoing.chat}:{answer['ts']}" if answer.get("ts") else "")


def _said(outgoing: Outgoing) -> list[dict[str, Any]]:
    """Text with its buttons below."""
    return [{"type": "markdown", "text": outgoing.text}, _buttons(outgoing)]


def _key(message: Mapping[str, Any]) -> str:
    """What `_metadata` said."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key") or "")


def _begins(beginning: object, text: str) -> bool:
    """Whether a text begins so, but for marks and spaces: Slack writes those as it likes."""
    one, other = (SIGNS.sub("", str(some or "")) for some in (beginning, text))
    return bool(one) and other.startswith(one)


def _metadata(outgoing: Outgoing) -> dict[str, Any]:
    return {"event_type": "chatwright_answer", "event_payload": {"key": outgoing.key}}


def _buttons(outgoing: Outgoing) -> dict[str, Any]:
    """Buttons below a message; those of feedback as Slack shows them for assistants."""
    up, down = ({b.value: b for b in outgoing.buttons}.get(value) for value in ("up", "down"))
    if up and down and len(outgoing.buttons) == 2:
        sides = {"positive_button": up, "negative_button": down}
        element: dict[str, Any] = {"type": "feedback_buttons", "action_id": "feedback"}
        element |= {name: {"text": _label(b.label), "value": b.value} for name, b in sides.items()}
        return {"type": "context_actions", "elements": [element]}
    elements = [
        {"type": "button", "action_id": b.value, "text": _label(b.label), "value": b.value}
        for b in outgoing.buttons
    ]
    return {"type": "actions", "elements": elements}


def _label(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}


def _with(outgoing: Outgoing, text: str) -> Outgoing:
    return replace(outgoing, text=text)


async def _gathered(pieces: Pieces) -> str:
    """Pieces until they are worth a call, or the last ones."""
    found = ""
    while len(found) < PIECE and (piece := await pieces()) is not None:
        found += piece
    return found


async def _rest(pieces: Pieces) -> str:
    found = ""
    while (piece := await pieces()) is not None:
        found += piece
    return found
