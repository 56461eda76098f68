"""Telegram's Bot API of one bot: methods, updates by webhook or by getUpdates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.vendor import Saying, Sealed, Vendor, answer, packed, read
from chatwright.channels.simulator.world import Event, Line, digits

TOKEN = "110201543:SIMULATED"
SECRET = "simulated-telegram-secret"
BOT = {"id": 110201543, "is_bot": True, "first_name": "Simulated", "username": "simulated_bot"}
TEXT = 4096  # characters
CALLBACK = 64  # bytes of a button's data
PER_CHAT = (1.0, 3.0)  # messages a second and at once, to one chat
IN_ALL = (30.0, 30.0)


class Refused(Exception):
    """The answer is `ok: false` with a code and a description."""

    def __init__(self, status: int, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.status, self.words, self.wait = status, words, wait


class Telegram(Vendor):
    """Below /telegram/bot{token}/. Where neither rules nor `setWebhook` give an address, updates wait for
    getUpdates."""

    name: ClassVar[str] = "telegram"
    waits: ClassVar[tuple[float, ...]] = (*(2.0**n for n in range(7)), *(60.0 for _ in range(1440)))
    patience: ClassVar[float] = 20.0

    def __init__(self, *known: Any) -> None:
        super().__init__(*known)
        self.secret = SECRET
        self.updates: list[Event] = []  # for getUpdates
        self.news = asyncio.Event()

    def routes(self) -> list[BaseRoute]:
        return [Route("/telegram/bot{token}/{method}", self.call, methods=["GET", "POST"])]

    def environment(self, origin: str) -> dict[str, str]:
        return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_SECRET_TOKEN": SECRET}

    def options(self, origin: str) -> dict[str, str | bool]:
        return {"base_url": f"{origin}/telegram"}

    async def call(self, request: Request) -> JSONResponse:
        method = request.path_params["method"]
        try:
            given = _given(request, await read(request))
            self.book.count(method)
            if self.book.rules.outage:
                raise Refused(502, "Bad Gateway")
            if request.path_params["token"] != TOKEN or self.book.rules.revoked:
                raise Refused(401, "Unauthorized")
            if method == "getUpdates":
                return answer({"ok": True, "result": await self._fetch(given)})
            chance = self.book.chance() if method == "sendMessage" else ""
            if chance == "error":
                raise Refused(500, "Internal Server Error")
            result = self._done(method, given)
            if chance == "uncertain":
                self.book.order[-1].uncertain = True
                raise Refused(504, "Gateway Timeout")
            return answer({"ok": True, "result": result})
        except Refused as refused:
            self.book.refuse(f"{refused.status} {refused.words.partition(':')[0]}")
            told: dict[str, Any] = {"ok": False, "error_code": refused.status}
            told["description"] = refused.words
            if refused.wait:
                seconds = max(1, round(refused.wait))
                told["description"] += f": retry after {seconds}"
                told["parameters"] = {"retry_after": seconds}
            return answer(told, refused.status)

    def _done(self, method: str, given: Mapping[str, Any]) -> Any:
        if method == "getMe":
            return {**BOT, "can_join_groups": True, "supports_inline_queries": False}
        if method == "setWebhook":
            self.book.rules.url = str(given.get("url") or "")
            self.secret = str(given.get("secret_token") or "")
            return True
        if method == "deleteWebhook":
            self.book.rules.url = ""
            return True
        if method == "getWebhookInfo":
            return {"url": self.book.rules.url, "has_custom_certificate": False}
        if method in ("sendChatAction", "sendMessageDraft", "setMessageReaction"):
            self._chat(given)
            return True
        if method == "answerCallbackQuery":
            return True
        if method == "sendMessage":
            return self._send(given)
        if method in ("editMessageText", "editMessageReplyMarkup", "deleteMessage"):
            return self._edit(method, given)
        raise Refused(404, "Not Found")

    def _chat(self, given: Mapping[str, Any]) -> str:
        chat = str(given.get("chat_id", ""))
        if chat not in self.book.people:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _text(self, given: Mapping[str, Any]) -> str:
        text = given.get("text")
        if not isinstance(text, str) or not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if self.book.rules.lengths and len(text) > TEXT:
            raise Refused(400, "Bad Request: message is too long")
        return text

    def _send(self, given: Mapping[str, Any]) -> dict[str, Any]:
        chat, text = self._chat(given), self._text(given)
        buttons = _buttons(given)
        if wait := self.book.wait("all", *IN_ALL) or self.book.wait(f"chat:{chat}", *PER_CHAT):
            raise Refused(429, "Too Many Requests", wait)
        line = self._write(chat, "bot", text, buttons=buttons)
        line.thread = str(given.get("message_thread_id") or "")
        return self._message(line)

    def _edit(self, method: str, given: Mapping[str, Any]) -> Any:
        line = self.book.lines.get(f"{self._chat(given)}:{given.get('message_id')}")
        if line is None or line.who != "bot":
            raise Refused(400, "Bad Request: message to edit not found")
        if method == "deleteMessage":
            line.text, line.about["deleted"] = "", True
            return True
        if method == "editMessageText":
            text = self._text(given)
            if text == line.text:
                raise Refused(400, "Bad Request: message is not modified")
            line.text = text
        line.buttons = _buttons(given)
        line.changes += 1
        return self._message(line)

    async def _fetch(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Updates from `offset` on; those before it are gone. Waits up to `timeout` seconds for one."""
        if self.book.rules.url:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset") or 0)
        self.updates = [e for e in self.updates if e.payload["update_id"] >= offset]
        if not self.updates:
            self.news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), min(50, int(given.get("timeout") or 0)))
        most = int(given.get("limit") or 100)
        return [event.payload for event in self.updates[:most]]

    def user(self, name: str) -> str:
        return self.book.person(name, digits(f"telegram:{name}", 9).lstrip("0"))

    def _who(self, name: str) -> dict[str, Any]:
        return {
            "id": int(self.user(name)),
            "is_bot": False,
            "first_name": name,
            "username": name,
            "language_code": "en",
        }

    def _write(self, chat: str, who: Any, text: str, **more: Any) -> Line:
        return self.book.write(f"{chat}:{self.book.number()}", chat, chat, who, text, **more)

    def _message(self, line: Line) -> dict[str, Any]:
        name = self.book.people[line.person]
        chat = {"id": int(line.chat), "type": "private", "first_name": name}
        shown = {
            "message_id": int(line.id.partition(":")[2]),
            "from": self._who(name) if line.who == "person" else BOT,
            "chat": chat,
            "date": int(line.at),
            "text": line.text,
        }
        if line.buttons:
            row = [{"text": b["label"], "callback_data": b["value"]} for b in line.buttons]
            shown["reply_markup"] = {"inline_keyboard": [row]}
        return shown

    def _update(self, kind: str, what: Mapping[str, Any], saying: Saying) -> list[Event]:
        number = 700_000_000 + self.book.number()
        return [Event(str(number), {"update_id": number, kind: what}, saying.person, saying.text)]

    def kept(self, events: list[Event]) -> bool:
        if self.book.rules.url:
            return False
        self.updates += events
        self.news.set()
        return True

    def say(self, saying: Saying) -> list[Event]:
        line = self._write(self.user(saying.person), "person", saying.text)
        return self._update("message", self._message(line), saying)

    def react(self, saying: Saying) -> list[Event]:
        """`text` is the emoji; an empty one takes it back."""
        line = self.book.lines[saying.message]
        before = [{"type": "emoji", "emoji": one} for one in line.reactions]
        line.reactions[:] = [saying.text] if saying.text else []
        what = {
            "chat": {"id": int(line.chat), "type": "private"},
            "message_id": int(line.id.partition(":")[2]),
            "user": self._who(saying.person),
            "date": int(self.book.clock.now()),
            "old_reaction": before,
            "new_reaction": [{"type": "emoji", "emoji": one} for one in line.reactions],
        }
        return self._update("message_reaction", what, saying)

    def press(self, saying: Saying) -> list[Event]:
        """`text` is the button's data."""
        line = self.book.lines[saying.message]
        what = {
            "id": digits(f"{self.seed}:press:{self.book.number()}", 18),
            "from": self._who(saying.person),
            "message": self._message(line),
            "chat_instance": digits(line.chat, 18),
            "data": next(b["value"] for b in line.buttons if b["value"] == saying.text),
        }
        return self._update("callback_query", what, saying)

    def special(self, kind: str) -> list[Event]:
        """edited, blocked (the person has stopped the bot), group (a message without words)."""
        saying = Saying("ada", "changed")
        chat = self.user("ada")
        if kind == "edited":
            line = self._write(chat, "person", "changed")
            told = {**self._message(line), "edit_date": int(line.at)}
            return self._update("edited_message", told, saying)
        if kind == "blocked":
            member = {"user": BOT, "status": "kicked", "until_date": 0}
            told = {"chat": {"id": int(chat), "type": "private"}, "from": self._who("ada")}
            return self._update("my_chat_member", {**told, "new_chat_member": member}, saying)
        if kind == "picture":
            told = self._message(self._write(chat, "person", ""))
            told.pop("text")
            return self._update("message", {**told, "photo": [{"file_id": "x"}]}, saying)
        return super().special(kind)

    def seal(self, events: list[Event], attempt: int, reason: str) -> Sealed:
        (event,) = events
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        return Sealed(self.book.rules.url, headers, packed(event.payload))


def _given(request: Request, body: bytes) -> dict[str, Any]:
    """From the query, a form or JSON, as Telegram takes them."""
    given: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            parsed = json.loads(body or b"{}")
        except ValueError:
            raise Refused(400, "Bad Request: can't parse JSON object") from None
        return given | parsed if isinstance(parsed, dict) else given
    given.update(parse_qsl(body.decode("utf-8", "replace")))
    if isinstance(given.get("reply_markup"), str):
        given["reply_markup"] = json.loads(given["reply_markup"])
    return given


def _buttons(given: Mapping[str, Any]) -> list[dict[str, str]]:
    rows = (given.get("reply_markup") or {}).get("inline_keyboard") or []
    found = [
        {"id": one["callback_data"], "label": one["text"], "value": one["callback_data"]}
        for row in rows
        for one in row
        if "callback_data" in one
    ]
    if any(len(one["value"].encode()) > CALLBACK for one in found):
        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return found
