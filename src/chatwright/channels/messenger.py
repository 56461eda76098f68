"""Facebook Messenger by Meta's Send API: one page.

A person may be written to for 24 hours after their message; a person of the team for seven days (the tag
HUMAN_AGENT, which Meta grants to an app on request).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chatwright.channels import meta
from chatwright.channels.channel import (
    Answer,
    Event,
    Limits,
    NotSet,
    Outgoing,
    Request,
    Sent,
    WindowClosed,
    shaped,
)
from chatwright.spec.channels import ChannelOptions
from chatwright.store.channel_outbox import OURS

# 2000 characters. The window is Meta's to judge: it is another one for people.
LIMITS = Limits(text=2000, per_second=40.0, window=7 * meta.DAY)
START = (
    "GET_STARTED"  # the payload of the button before the first message, as our page tells to set it
)
LABEL = 20  # characters of a quick reply


def messenger(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Messenger:
    """Raises `NotSet`."""
    if not options.account:
        raise NotSet(f'[channels.{name}] has no "account".', "Set it to the id of the page.")
    return Messenger(name, options, meta.secrets(name, environ))


class Messenger:
    """One page."""

    kind = "messenger"
    limits = LIMITS

    def __init__(self, name: str, options: ChannelOptions, known: meta.Secrets) -> None:
        self.name = name
        self._page = options.account
        self._known = known
        self._calls = meta.calls(options, known)

    def verify(self, request: Request) -> None:
        meta.verify(request, self._known)

    def challenge(self, request: Request) -> Answer | None:
        return meta.challenge(request, self._known)

    def parse(self, request: Request) -> list[Event]:
        return shaped(
            "webhook of Messenger's", lambda: list(self._events(json.loads(request.body)))
        )

    def _events(self, body: Mapping[str, Any]) -> Iterator[Event]:
        for entry in body["entry"]:
            if str(entry["id"]) != self._page:
                continue
            # What stands in "standby" is for whoever has the conversation now, not for us.
            for told in entry.get("messaging", []):
                yield _event(told)

    async def send(self, outgoing: Outgoing) -> Sent:
        message: dict[str, Any] = {"text": outgoing.text, "metadata": outgoing.key}
        if outgoing.buttons:
            message["quick_replies"] = [
                {
                    "content_type": "text",
                    "title": one.label[:LABEL],
                    "payload": f"{one.value}:{outgoing.key}",
                }
                for one in outgoing.buttons
            ]
        body = {"recipient": {"id": outgoing.chat}, "message": message}
        try:
            return await self._send({**body, "messaging_type": "RESPONSE"})
        except WindowClosed:
            if not outgoing.by_person:
                raise
            return await self._send({**body, "messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"})

    async def _send(self, body: Mapping[str, Any]) -> Sent:
        answer = await self._calls.post(f"{self._page}/messages", body)
        return Sent(str(answer.get("message_id", "")))

    async def notice(self, event: Event) -> None:
        if event.kind == "message":
            for action in ("mark_seen", "typing_on"):
                body = {"recipient": {"id": event.chat}, "sender_action": action}
                await self._calls.post(f"{self._page}/messages", body)

    async def check(self) -> str:
        return str((await self._calls.get(self._page, {"fields": "name"})).get("name", ""))

    async def close(self) -> None:
        await self._calls.close()


def _event(told: Mapping[str, Any]) -> Event:
    """Raises what a body of another shape does."""
    person, at = str(told["sender"]["id"]), float(told["timestamp"]) / 1000
    event = Event("", "ignored", person, person=person, at=at)
    if (message := told.get("message")) is not None:
        mid = str(message["mid"])
        if message.get("is_echo"):  # our own, or a person's of the page's inbox
            return Event(f"echo:{mid}", "ignored")
        event, text = replace(event, id=mid, message=mid), message.get("text")
        return _pressed(event, str((message.get("quick_reply") or {}).get("payload", "")), text)
    if (postback := told.get("postback")) is not None:
        mid = str(postback.get("mid") or f"postback:{person}:{told['timestamp']}")
        event, payload = replace(event, id=mid, message=mid), str(postback.get("payload", ""))
        if payload == START:
            return replace(event, kind="joined")
        return _pressed(event, payload, postback.get("title"))
    if (reaction := told.get("reaction")) is not None:
        mid, taken = str(reaction["mid"]), reaction.get("action") == "unreact"
        felt = None if taken else meta.thumb(str(reaction.get("emoji") or ""))
        id = f"reaction:{mid}:{person}:{told['timestamp']}"
        return replace(event, id=id, kind="feedback", message=mid, thumb=felt)
    name = next((key for key in ("delivery", "read", "optin", "referral") if key in told), "other")
    return Event(f"{name}:{person}:{told['timestamp']}", "ignored")


def _pressed(event: Event, payload: str, text: object) -> Event:
    """A message; or feedback, where one of its buttons was pressed, which names the message by our key."""
    value, _, key = payload.partition(":")
    if value in ("up", "down") and key:
        return replace(
            event, kind="feedback", thumb="up" if value == "up" else "down", message=f"{OURS}{key}"
        )
    if not isinstance(text, str) or not text.strip():
        return event
    return replace(event, kind="message", text=text)
