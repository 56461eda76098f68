"""WhatsApp by Meta's Cloud API: one business number.

A person is known by the business-scoped id, for the phone number may be missing (usernames, since 2026). After
24 hours of silence only a template may be sent: the one that bot.toml names carries the text as its parameter.
"""

from __future__ import annotations

import json
import logging
import re
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

# 4096 characters; 80 messages a second. A burst to one person is taken by WhatsApp, and then answered 131056.
LIMITS = Limits(text=4096, per_second=80.0, window=meta.DAY)
WITH_BUTTONS, LABEL = 1024, 20  # characters of a text with buttons, and of a button
PARAMETER = 1024  # characters of a template's parameter
# Kinds of messages, and where their words are; the others have none, or not the person's.
SAID = {
    "text": "body",
    "button": "text",
    "image": "caption",
    "video": "caption",
    "document": "caption",
}

log = logging.getLogger(__name__)


def whatsapp(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> WhatsApp:
    """Raises `NotSet`."""
    if not options.account:
        raise NotSet(f'[channels.{name}] has no "account".', "Set it to the id of the number.")
    return WhatsApp(name, options, meta.secrets(name, environ))


class WhatsApp:
    """One business number."""

    kind = "whatsapp"

    def __init__(self, name: str, options: ChannelOptions, known: meta.Secrets) -> None:
        self.name = name
        # With a template there is something to send at any time.
        self.limits = replace(LIMITS, window=0.0) if options.template else LIMITS
        self._account, self._template = options.account, options.template
        self._known = known
        self._calls = meta.calls(options, known)

    def verify(self, request: Request) -> None:
        meta.verify(request, self._known)

    def challenge(self, request: Request) -> Answer | None:
        return meta.challenge(request, self._known)

    def parse(self, request: Request) -> list[Event]:
        return shaped("webhook of WhatsApp's", lambda: list(self._events(json.loads(request.body))))

    def _events(self, body: Mapping[str, Any]) -> Iterator[Event]:
        for entry in body["entry"]:
            for change in entry["changes"]:
                value = change["value"]
                ours = (value.get("metadata") or {}).get("phone_number_id") == self._account
                if change.get("field") != "messages" or not ours:
                    continue  # of another number of the same app, or no message at all
                people = {}
                for contact in value.get("contacts", []):
                    for known in (contact.get("user_id"), contact.get("wa_id")):
                        people[known] = contact
                for message in value.get("messages", []):
                    yield _event(message, people)
                for status in value.get("statuses", []):
                    yield _status(status)

    async def send(self, outgoing: Outgoing) -> Sent:
        try:
            return await self._send(outgoing, _content(outgoing))
        except WindowClosed:
            if not self._template:
                raise
            return await self._send(outgoing, self._by_template(outgoing.text))

    async def _send(self, outgoing: Outgoing, content: Mapping[str, Any]) -> Sent:
        # A business-scoped id is a country, a point and a number.
        whom = "recipient" if "." in outgoing.chat else "to"
        body = {"messaging_product": "whatsapp", "recipient_type": "individual"}
        more = {whom: outgoing.chat, "biz_opaque_callback_data": outgoing.key}
        answer = await self._calls.post(f"{self._account}/messages", {**body, **more, **content})
        sent = answer.get("messages")
        first = sent[0] if isinstance(sent, list) and sent else {}
        return Sent(str(first.get("id", "")) if isinstance(first, dict) else "")

    def _by_template(self, text: str) -> Mapping[str, Any]:
        """Raises `WindowClosed` where the text is too long for it: nothing is cut."""
        flat = re.sub(r"\s+", " ", text)  # a parameter has no line breaks
        if len(flat) > PARAMETER:
            raise WindowClosed("The window is closed, and the text is too long for the template.")
        name, _, language = self._template.partition("/")
        parameters = [{"type": "text", "text": flat}]
        template = {"name": name, "language": {"code": language}}
        return {
            "type": "template",
            "template": {**template, "components": [{"type": "body", "parameters": parameters}]},
        }

    async def notice(self, event: Event) -> None:
        if event.kind != "message":
            return
        seen = {"status": "read", "message_id": event.message}
        body = {"messaging_product": "whatsapp", **seen, "typing_indicator": {"type": "text"}}
        await self._calls.post(f"{self._account}/messages", body)

    async def check(self) -> str:
        fields = {"fields": "display_phone_number,verified_name"}
        found = await self._calls.get(self._account, fields)
        return f"{found.get('verified_name', '')} {found.get('display_phone_number', '')}".strip()

    async def close(self) -> None:
        await self._calls.close()


def _event(message: Mapping[str, Any], people: Mapping[str | None, Mapping[str, Any]]) -> Event:
    id = str(message["id"])
    known = message.get("from_user_id") or message.get("from")
    contact = people.get(known) or people.get(message.get("from")) or {}
    person = str(message.get("from_user_id") or contact.get("user_id") or message["from"])
    kind, at = message.get("type"), float(message["timestamp"])
    event = Event(id, "ignored", person, person=person, at=at, message=id)
    event = replace(event, name=str((contact.get("profile") or {}).get("name") or ""))
    if kind == "reaction":
        about = message["reaction"]
        felt = meta.thumb(str(about.get("emoji") or ""))
        return replace(event, kind="feedback", message=str(about["message_id"]), thumb=felt)
    if kind == "interactive":
        inner = message["interactive"]
        pressed = inner.get("button_reply") or inner.get("list_reply") or {}
        if (value := pressed.get("id")) in ("up", "down"):
            about = (message.get("context") or {}).get("id", "")
            return replace(event, kind="feedback", message=str(about), thumb=value)
        text = pressed.get("title")
    else:
        text = (message.get(str(kind)) or {}).get(SAID.get(str(kind), ""))
    if not isinstance(text, str) or not text.strip():
        return event
    return replace(event, kind="message", text=text)


def _status(status: Mapping[str, Any]) -> Event:
    if status.get("status") == "failed":
        codes = [error.get("code") for error in status.get("errors", [])]
        log.error("WhatsApp could not deliver %s: %s", status["id"], codes)
    return Event(f"{status['id']}:{status['status']}", "ignored")


def _content(outgoing: Outgoing) -> Mapping[str, Any]:
    """A text; with buttons where it is short enough for them. Reactions say the same elsewhere."""
    if not outgoing.buttons or len(outgoing.text) > WITH_BUTTONS:
        return {"type": "text", "text": {"body": outgoing.text, "preview_url": False}}
    buttons = [
        {"type": "reply", "reply": {"id": one.value, "title": one.label[:LABEL]}}
        for one in outgoing.buttons[:3]
    ]
    inner = {"type": "button", "body": {"text": outgoing.text}, "action": {"buttons": buttons}}
    return {"type": "interactive", "interactive": inner}
