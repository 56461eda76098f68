"""A Slack of its own: the methods of the Web API that a bot needs, as slack_sdk calls them.

What Slack tells the bot is in `slack_events`, and Socket Mode in `slack_socket`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from chatwright.channels.simulator.slack_events import (
    APP,
    BOT,
    BOT_USER,
    TEAM,
    SlackEvents,
    spelled,
)
from chatwright.channels.simulator.vendor import answer, read
from chatwright.channels.simulator.world import Line

MARKDOWN = 12_000  # characters of `markdown_text`
TEXT = 40_000  # characters of `text`
UPDATED = 4_000  # characters of `text` in an update
STREAM_IDLE = 60.0  # seconds without a part, after which a stream is over
PER_CHANNEL = (1.0, 5.0)  # messages a second and at once, of one channel
UPDATES = (50 / 60, 50.0)  # calls of the third tier, of the workspace
BOT_TOKEN = "xoxb-simulated"
APP_TOKEN = "xapp-simulated"

Arguments = dict[str, Any]
Method = Callable[[Arguments], Arguments]


class Refused(Exception):
    """The answer is `ok: false` with this word."""

    def __init__(self, word: str, status: int = 200, wait: float = 0.0) -> None:
        super().__init__(word)
        self.word, self.status, self.wait = word, status, wait


class Slack(SlackEvents):
    """The Web API below /slack/api/."""

    def __init__(self, *known: Any) -> None:
        super().__init__(*known)
        self.origin = "http://127.0.0.1"
        self.methods: dict[str, Method] = {
            "api.test": lambda given: {"args": given},
            "auth.test": self._who,
            "users.info": self._user,
            "bots.info": lambda _: {"bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER}},
            "conversations.open": self._open,
            "conversations.info": self._channel,
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.getPermalink": self._link,
            "chat.startStream": self._start,
            "chat.appendStream": self._append,
            "chat.stopStream": self._stop,
            "assistant.threads.setStatus": self._thread,
            "assistant.threads.setSuggestedPrompts": self._thread,
            "assistant.threads.setTitle": self._thread,
            "reactions.add": self._reaction,
            "reactions.remove": self._reaction,
            "apps.connections.open": self._connect,
        }

    def routes(self) -> list[BaseRoute]:
        return [Route("/slack/api/{method}", self.call, methods=["POST", "GET"])]

    async def call(self, request: Request) -> JSONResponse:
        """Any method: who calls, whether it works today, then the method itself."""
        name = request.path_params["method"]
        self.origin = f"{request.url.scheme}://{request.url.netloc}"
        try:
            given = _arguments(request, await read(request))
            self.book.count(name)
            self._admit(name, request, given)
            method = self.methods.get(name)
            if method is None:
                raise Refused("unknown_method")
            chance = self.book.chance() if name in _SENDS or name in _GOES_ON else ""
            if chance == "error":
                raise Refused("internal_error", 500)
            done = method(given)
            if chance == "uncertain":
                if name in _SENDS:
                    self.book.order[-1].uncertain = True
                raise Refused("internal_error", 500)
            return answer({"ok": True, **done})
        except Refused as refused:
            self.book.refuse(refused.word)
            headers = {"Retry-After": str(max(1, round(refused.wait)))} if refused.wait else None
            return answer({"ok": False, "error": refused.word}, refused.status, headers)

    def _admit(self, name: str, request: Request, given: Arguments) -> None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        token = token if kind.lower() == "bearer" else str(given.pop("token", ""))
        if self.book.rules.outage:
            raise Refused("service_unavailable", 503)
        if name == "api.test":
            return
        if not token:
            raise Refused("not_authed")
        if self.book.rules.revoked:
            raise Refused("token_revoked")
        if token != (APP_TOKEN if name == "apps.connections.open" else BOT_TOKEN):
            raise Refused(
                "not_allowed_token_type" if token in (APP_TOKEN, BOT_TOKEN) else "invalid_auth"
            )

    def _limit(self, channel: str) -> None:
        if wait := self.book.wait(f"post:{channel}", *PER_CHANNEL):
            raise Refused("ratelimited", 429, wait)

    def _who(self, _: Arguments) -> Arguments:
        return {
            "url": "https://simulated.slack.com/",
            "team": "Simulated",
            "user": "chatwright",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "is_enterprise_install": False,
        }

    def _user(self, given: Arguments) -> Arguments:
        ident = str(given.get("user", ""))
        if ident != BOT_USER and ident not in self.book.people:
            raise Refused("user_not_found")
        name = self.book.people.get(ident, "chatwright")
        is_bot = ident == BOT_USER
        return {
            "user": {
                "id": ident,
                "team_id": TEAM,
                "name": name,
                "real_name": name,
                "is_bot": is_bot,
            }
        }

    def _open(self, given: Arguments) -> Arguments:
        user = str(given.get("users", ""))
        if user not in self.book.people:
            raise Refused("user_not_found")
        return {"channel": {"id": self.direct(user)}, "no_op": True, "already_open": True}

    def _channel(self, given: Arguments) -> Arguments:
        channel = self._known(given)
        direct = channel.startswith("D")
        return {
            "channel": {"id": channel, "is_im": direct, "is_channel": not direct, "is_member": True}
        }

    def _known(self, given: Arguments) -> str:
        channel = str(given.get("channel", given.get("channel_id", "")))
        if channel not in self.channels:
            raise Refused("channel_not_found")
        return channel

    def _text(self, given: Arguments, text_limit: int, *, ends: bool = False) -> str:
        """What a call says; Slack counts Markdown and plain text apart. `ends`: of a stream, whose blocks
        stand below its text."""
        marked, plain = str(given.get("markdown_text") or ""), str(given.get("text") or "")
        if marked and (plain or (given.get("blocks") and not ends)):
            raise Refused("markdown_text_conflict")
        for chunk in given.get("chunks") or []:
            if not isinstance(chunk, dict) or "type" not in chunk:
                raise Refused("invalid_chunks")
            marked += str(chunk.get("text", "")) if chunk["type"] == "markdown_text" else ""
        blocks = given.get("blocks") if isinstance(given.get("blocks"), list) else []
        shown = sum(len(str(b.get("text"))) for b in blocks or [] if b.get("type") == "markdown")
        if self.book.rules.lengths and (
            max(len(marked), shown) > MARKDOWN or len(plain) > text_limit
        ):
            raise Refused("msg_too_long")
        return marked or plain

    def _post(self, given: Arguments) -> Arguments:
        channel, text = self._known(given), self._text(given, TEXT)
        if not text and not given.get("blocks"):
            raise Refused("no_text")
        self._limit(channel)
        line = self._said(channel, text, given, "chat.postMessage")
        return {"channel": channel, "ts": line.id, "message": self.shown(line)}

    def _said(self, channel: str, text: str, given: Arguments, method: str) -> Line:
        about = {"metadata": given["metadata"]} if isinstance(given.get("metadata"), dict) else {}
        person = self.channels[channel]
        line = self.book.write(
            self.stamp(),
            channel,
            person,
            "bot",
            text,
            method=method,
            thread=str(given.get("thread_ts") or ""),
            about=about,
        )
        line.buttons = _buttons(given.get("blocks"))
        return line

    def _own(self, given: Arguments, missing: str = "message_not_found") -> Line:
        line = self.book.lines.get(str(given.get("ts", given.get("message_ts", ""))))
        if line is None or line.chat != self._known(given):
            raise Refused(missing)
        return line

    def _update(self, given: Arguments) -> Arguments:
        line, text = self._own(given), self._text(given, UPDATED)
        if line.who != "bot":
            raise Refused("cant_update_message")
        if wait := self.book.wait("chat.update", *UPDATES):
            raise Refused("ratelimited", 429, wait)
        line.text = text or line.text
        if isinstance(given.get("metadata"), dict):
            line.about["metadata"] = given["metadata"]
        line.buttons = _buttons(given.get("blocks")) or line.buttons
        line.changes += 1
        line.streamed_at = None
        return {"channel": line.chat, "ts": line.id, "text": line.text}

    def _delete(self, given: Arguments) -> Arguments:
        line = self._own(given)
        line.text, line.about["deleted"] = "", True
        return {"channel": line.chat, "ts": line.id}

    def _link(self, given: Arguments) -> Arguments:
        line = self._own(given)
        return {"channel": line.chat, "permalink": f"{self.origin}/#slack/{line.chat}/{line.id}"}

    def _history(self, given: Arguments) -> Arguments:
        """Messages of a channel, newest first; or of a thread of it where `ts` is given, oldest first."""
        channel, thread = self._known(given), str(given.get("ts") or "")
        oldest = str(given.get("oldest") or "0")
        found = [
            line
            for line in self.book.order
            if line.chat == channel and line.id >= oldest and "deleted" not in line.about
            if not thread or thread in (line.id, line.thread)
        ]
        if thread and not found:
            raise Refused("thread_not_found")
        most = min(1000, int(given.get("limit") or 100))
        found = found[:most] if thread else found[::-1][:most]
        with_metadata = spelled(given.get("include_all_metadata"))
        return {"messages": [self.shown(line, with_metadata) for line in found], "has_more": False}

    def _start(self, given: Arguments) -> Arguments:
        channel, text = self._known(given), self._text(given, TEXT)
        direct = channel.startswith("D")
        if direct and not given.get("thread_ts"):
            raise Refused("invalid_thread_ts")
        if not direct and not given.get("recipient_user_id"):
            raise Refused("missing_recipient_user_id")
        if not direct and not given.get("recipient_team_id"):
            raise Refused("missing_recipient_team_id")
        self._limit(channel)
        line = self._said(channel, text, given, "chat.startStream")
        line.streamed_at = self.book.clock.now()
        return {"channel": channel, "ts": line.id}

    def _streaming(self, given: Arguments) -> Line:
        line = self._own(given)
        idle = STREAM_IDLE / self.book.rules.hurry
        if line.streamed_at is None or self.book.clock.now() - line.streamed_at > idle:
            line.streamed_at = None
            raise Refused("message_not_in_streaming_state")
        return line

    def _append(self, given: Arguments) -> Arguments:
        line, text = self._streaming(given), self._text(given, TEXT)
        if not text and not given.get("chunks"):
            raise Refused("no_text")
        if self.book.rules.lengths and len(line.text) + len(text) > MARKDOWN:
            raise Refused("msg_too_long")
        line.text += text
        line.changes += 1
        line.streamed_at = self.book.clock.now()
        return {"channel": line.chat, "ts": line.id}

    def _stop(self, given: Arguments) -> Arguments:
        line, text = self._streaming(given), self._text(given, TEXT, ends=True)
        line.text += text
        line.buttons = _buttons(given.get("blocks"))
        if isinstance(given.get("metadata"), dict):
            line.about["metadata"] = given["metadata"]
        line.streamed_at = None
        return {"channel": line.chat, "ts": line.id, "message": self.shown(line)}

    def _thread(self, given: Arguments) -> Arguments:
        channel, thread = self._known(given), str(given.get("thread_ts") or "")
        if not thread:
            raise Refused("invalid_thread_ts")
        known = self.threads.setdefault(f"{channel}:{thread}", {})
        known.update({k: v for k, v in given.items() if k in ("status", "prompts", "title")})
        return {}

    def _reaction(self, given: Arguments) -> Arguments:
        line = self.book.lines.get(str(given.get("timestamp", "")))
        if line is None or line.chat != self._known(given):
            raise Refused("message_not_found")
        if str(given.get("name")) in line.reactions:
            raise Refused("already_reacted")
        line.reactions.append(str(given.get("name")))
        return {}

    def _connect(self, _: Arguments) -> Arguments:
        return {"url": f"{self.origin.replace('http', 'ws', 1)}/slack/link?ticket={self.ticket()}"}


_SENDS = {"chat.postMessage", "chat.startStream"}
_GOES_ON = {"chat.appendStream", "chat.stopStream"}


def _arguments(request: Request, body: bytes) -> Arguments:
    """From the query, a form or JSON; in forms, Slack takes JSON inside of values."""
    given: Arguments = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            parsed = json.loads(body or b"{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(parsed, dict):
            raise Refused("json_not_object")
        return {**given, **parsed}
    given.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    for name in ("blocks", "chunks", "metadata", "prompts", "attachments"):
        if isinstance(given.get(name), str):
            try:
                given[name] = json.loads(given[name])
            except ValueError:
                raise Refused(f"invalid_{name}") from None
    return given


def _buttons(blocks: Any) -> list[dict[str, str]]:
    """The buttons of Block Kit's `actions` and `context_actions`, as people can press them."""
    found = []
    for block in blocks if isinstance(blocks, list) else []:
        for element in block.get("elements", []) if isinstance(block, dict) else []:
            if element.get("type") == "button":
                label, value = element["text"]["text"], element.get("value", "")
                found.append({"id": element.get("action_id", ""), "label": label, "value": value})
            elif element.get("type") == "feedback_buttons":
                for side in ("positive_button", "negative_button"):
                    label, value = element[side]["text"]["text"], element[side]["value"]
                    found.append(
                        {"id": element.get("action_id", ""), "label": label, "value": value}
                    )
    return found
