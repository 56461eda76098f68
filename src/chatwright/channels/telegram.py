"""Telegram's Bot API over HTTP: updates by webhook or by getUpdates, answers by sendMessage.

Source: https://core.telegram.org/bots/api. TELEGRAM_BOT_TOKEN is the bot's; TELEGRAM_SECRET_TOKEN is what
setWebhook was given as secret_token, and what each update carries in a header.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chatwright.channels.calls import Calls, Reply, by_status
from chatwright.channels.channel import (
    Answer,
    ChannelError,
    Event,
    Later,
    Limits,
    Outgoing,
    Refused,
    Rejected,
    Request,
    Sent,
    Take,
    TokenBad,
    same,
    secret,
    shaped,
)
from chatwright.spec.channels import ChannelOptions
from chatwright.store.records import Thumb

BASE = "https://api.telegram.org"
HEADER = "x-telegram-bot-api-secret-token"
# 4096 characters of a message; about 30 messages a second in all, one a second in a chat.
LIMITS = Limits(text=4096, per_second=30.0, per_chat=1.0)
UPDATES = ["message", "callback_query", "message_reaction"]
POLL = 25  # seconds that getUpdates waits for news
THUMBS: dict[str, Thumb] = {"👍": "up", "❤": "up", "👎": "down"}


def telegram(name: str, options: ChannelOptions, environ: Mapping[str, str]) -> Telegram:
    """Raises `NotSet`. A bot that fetches its updates needs no secret token; it has no address."""
    token = secret(environ, name, "BOT_TOKEN")
    shown = "" if options.listen else secret(environ, name, "SECRET_TOKEN")
    kind = ListeningTelegram if options.listen else Telegram
    return kind(name, options.base_url or BASE, token, shown)


class Telegram:
    """One bot. Messages are named "chat:number", for a number alone is unique in its chat only."""

    kind = "telegram"
    limits = LIMITS

    def __init__(self, name: str, base: str, token: str, shown: str) -> None:
        self.name = name
        self._shown = shown
        self._calls = Calls(f"{base}/bot{token}/", judge=_judged, whole=POLL + 10.0)

    def verify(self, request: Request) -> None:
        if not same(self._shown, request.headers.get(HEADER, "")):
            raise Rejected("The secret token is missing or wrong.")

    def challenge(self, request: Request) -> Answer | None:
        if request.method != "POST":
            raise Rejected("Telegram sends its updates by POST.")
        return None

    def parse(self, request: Request) -> list[Event]:
        return shaped("update of Telegram's", lambda: [_event(json.loads(request.body))])

    async def send(self, outgoing: Outgoing) -> Sent:
        body: dict[str, Any] = {"chat_id": outgoing.chat, "text": outgoing.text}
        if outgoing.thread:
            body["message_thread_id"] = int(outgoing.thread)
        if outgoing.buttons:
            row = [{"text": one.label, "callback_data": one.value} for one in outgoing.buttons]
            body["reply_markup"] = {"inline_keyboard": [row]}
        answer = await self._calls.post("sendMessage", body)
        result = answer.get("result")
        number = result.get("message_id") if isinstance(result, dict) else None
        return Sent(f"{outgoing.chat}:{number}" if number is not None else "")

    async def notice(self, event: Event) -> None:
        if pressed := event.extra.get("callback"):
            await self._calls.post("answerCallbackQuery", {"callback_query_id": pressed})
        elif event.kind == "message":
            body: dict[str, Any] = {"chat_id": event.chat, "action": "typing"}
            if event.thread:
                body["message_thread_id"] = int(event.thread)
            await self._calls.post("sendChatAction", body)

    async def check(self) -> str:
        found = (await self._calls.get("getMe")).get("result")
        return f"@{found.get('username', '')}" if isinstance(found, dict) else ""

    async def close(self) -> None:
        await self._calls.close()


class ListeningTelegram(Telegram):
    """A bot that fetches its updates: an update is gone there once a later one was asked for."""

    def verify(self, request: Request) -> None:
        raise Rejected("This bot fetches its updates: it takes none by address.")

    async def listen(self, take: Take) -> None:
        after = 0
        while True:
            body = {"offset": after, "timeout": POLL, "allowed_updates": UPDATES}
            updates = (await self._calls.post("getUpdates", body)).get("result")
            if not isinstance(updates, list):
                raise Later("Telegram answered without a list of updates.", after=5.0)
            if updates:
                await take([_event(update) for update in updates])
                after = max(int(update["update_id"]) for update in updates) + 1


def _event(update: Mapping[str, Any]) -> Event:
    """Raises what a body of another shape does."""
    id = str(int(update["update_id"]))
    if (message := update.get("message")) is not None:
        return _said(id, message)
    if (pressed := update.get("callback_query")) is not None:
        return _pressed(id, pressed)
    if (reaction := update.get("message_reaction")) is not None and "user" in reaction:
        chat = str(reaction["chat"]["id"])
        thumbs = [THUMBS.get(str(one.get("emoji", ""))) for one in reaction["new_reaction"]]
        return Event(
            id,
            "feedback",
            chat,
            person=str(reaction["user"]["id"]),
            at=float(reaction.get("date", 0)),
            message=f"{chat}:{reaction['message_id']}",
            thumb=next(filter(None, thumbs), None),
        )
    return Event(id, "ignored")


def _said(id: str, message: Mapping[str, Any]) -> Event:
    chat, who = str(message["chat"]["id"]), message.get("from") or {}
    text = message.get("text") or message.get("caption") or ""
    if who.get("is_bot") or not who or not isinstance(text, str) or not text.strip():
        return Event(id, "ignored", chat)
    # A command in a group names its bot: /start@our_bot
    first, _, rest = text.partition(" ")
    text = f"{first.partition('@')[0]} {rest}".strip() if text.startswith("/") else text
    topic = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Event(
        id,
        "message",
        chat,
        thread=str(topic or ""),
        person=str(who["id"]),
        text=text,
        at=float(message["date"]),
        message=f"{chat}:{message['message_id']}",
        locale=str(who.get("language_code") or ""),
        name=str(who.get("first_name") or ""),
    )


def _pressed(id: str, pressed: Mapping[str, Any]) -> Event:
    value, message = pressed.get("data"), pressed.get("message")
    if value not in ("up", "down") or not message:
        return Event(id, "ignored", extra={"callback": str(pressed["id"])})
    chat = str(message["chat"]["id"])
    return Event(
        id,
        "feedback",
        chat,
        person=str(pressed["from"]["id"]),
        message=f"{chat}:{message['message_id']}",
        thumb="up" if value == "up" else "down",
        extra={"callback": str(pressed["id"])},
    )


def _judged(reply: Reply) -> ChannelError | None:
    words = f"Telegram answered {reply.status}: {str(reply.values.get('description', ''))[:200]}"
    if reply.status == 429:
        more = reply.values.get("parameters")
        after = more.get("retry_after", 0) if isinstance(more, dict) else 0
        return Later(words, after=float(after) or reply.retry_after or 1.0)
    if reply.status in (401, 404):  # 404: a token that never was one
        return TokenBad(words, "Ask @BotFather for a token, and set it.")
    if reply.status == 403:  # the person has blocked the bot
        return Refused(words)
    if reply.status == 409:  # another process fetches the updates, or a webhook is set
        return Later(words, after=5.0)
    return by_status(reply)
