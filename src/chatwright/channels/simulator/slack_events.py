"""What Slack tells a bot: signed events and interactions, in the shape of its Events API."""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import time
from typing import Any, ClassVar
from urllib.parse import quote_plus

from chatwright.channels.simulator.vendor import Forgery, Saying, Sealed, Vendor, packed
from chatwright.channels.simulator.world import Event, Line, code

TEAM, APP, BOT, BOT_USER = "T0SIMULATED", "A0SIMULATED", "B0SIMULATED", "U0CHATWRIGHT"
GENERAL = "C0GENERAL"
SECRET = "simulated-slack-signing-secret"
VERIFY = "simulated-slack-token"
STALE = 301  # seconds: one more than Slack's own libraries accept


class SlackEvents(Vendor):
    """Events about people's messages, reactions and buttons, signed with v0."""

    name: ClassVar[str] = "slack"
    waits: ClassVar[tuple[float, ...]] = (0.0, 60.0, 300.0)
    patience: ClassVar[float] = 3.0

    def __init__(self, *known: Any) -> None:
        super().__init__(*known)
        self.channels: dict[str, str] = {GENERAL: ""}  # id -> the person of a direct message
        self.threads: dict[
            str, dict[str, Any]
        ] = {}  # status, prompts and title of assistant threads
        self.panes: dict[str, str] = {}  # user -> the thread of their assistant pane
        self.tickets: set[str] = set()

    def environment(self, origin: str) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": "xoxb-simulated",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": "xapp-simulated",
        }

    def options(self, origin: str) -> dict[str, str | bool]:
        return {"base_url": f"{origin}/slack/api"}

    def stamp(self) -> str:
        """A message's `ts`: later than any before, and never twice."""
        return f"{int(self.book.clock.now())}.{self.book.number():06d}"

    def ticket(self) -> str:
        made = code(f"{self.seed}:ticket:{self.book.number()}", 24)
        self.tickets.add(made)
        return made

    def user(self, name: str) -> str:
        return self.book.person(name, f"U{code(name, 10)}")

    def direct(self, user: str) -> str:
        channel = f"D{user[1:]}"
        self.channels[channel] = user
        return channel

    def say(self, saying: Saying) -> list[Event]:
        """`where`: "direct" (or empty), "assistant" (a direct message in a thread), "mention" or "channel"."""
        user = self.user(saying.person)
        thread = saying.thread
        if saying.where == "assistant" and not thread:
            thread = self.panes.setdefault(user, self.stamp())
        if saying.where in ("mention", "channel"):
            channel, kind = GENERAL, "channel"
        else:
            channel, kind = self.direct(user), "im"
        text = html.escape(saying.text, quote=False)
        text = f"<@{BOT_USER}> {text}" if saying.where == "mention" else text
        line = self.book.write(self.stamp(), channel, user, "person", text, thread=thread)
        inner = {
            "type": "message",
            "user": user,
            "ts": line.id,
            "client_msg_id": code(f"client:{line.id}", 32).lower(),
            "text": text,
            "team": TEAM,
            "blocks": [_rich(text)],
            "channel": channel,
            "event_ts": line.id,
            "channel_type": kind,
        }
        if thread:
            inner["thread_ts"] = thread
            if parent := self.book.lines.get(thread):
                inner["parent_user_id"] = BOT_USER if parent.who == "bot" else parent.person
        events = [self.event(inner, saying)]
        if saying.where == "mention":
            mention = {k: v for k, v in inner.items() if k != "channel_type"} | {
                "type": "app_mention"
            }
            events.append(self.event(mention, saying))
        return events

    def event(self, inner: dict[str, Any], saying: Saying | None = None) -> Event:
        ident = f"Ev{code(f'{self.seed}:event:{self.book.number()}', 9)}"
        payload = {
            "token": VERIFY,
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": inner,
            "type": "event_callback",
            "event_id": ident,
            "event_time": int(self.book.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-{code(ident, 40).lower()}",
        }
        return Event(ident, payload, saying.person if saying else "", saying.text if saying else "")

    def react(self, saying: Saying) -> list[Event]:
        """`text` is the emoji's name; with `where` "off" it is taken back."""
        line, name = self.book.lines[saying.message], saying.text
        taken = saying.where == "off" and name in line.reactions
        if taken:
            line.reactions.remove(name)
        else:
            line.reactions.append(name)
        inner = {
            "type": "reaction_removed" if taken else "reaction_added",
            "user": self.user(saying.person),
            "reaction": name,
            "item_user": BOT_USER if line.who == "bot" else line.person,
            "item": {"type": "message", "channel": line.chat, "ts": line.id},
            "event_ts": self.stamp(),
        }
        return [self.event(inner, saying)]

    def press(self, saying: Saying) -> list[Event]:
        """`text` is the button's value."""
        line = self.book.lines[saying.message]
        button = next(b for b in line.buttons if saying.text == b["value"])
        user = self.user(saying.person)
        ident = code(f"{self.seed}:press:{self.book.number()}", 12)
        payload = {
            "type": "block_actions",
            "user": {"id": user, "username": saying.person, "name": saying.person, "team_id": TEAM},
            "api_app_id": APP,
            "token": VERIFY,
            "container": {
                "type": "message",
                "message_ts": line.id,
                "channel_id": line.chat,
                "thread_ts": line.thread,
            },
            "trigger_id": f"{ident}.{self.book.number()}",
            "team": {"id": TEAM, "domain": "simulated"},
            "channel": {"id": line.chat, "name": "directmessage"},
            "message": self.shown(line),
            "response_url": "",
            "actions": [
                {
                    "action_id": button["id"],
                    "block_id": "chatwright",
                    "type": "button",
                    "value": button["value"],
                    "action_ts": self.stamp(),
                }
            ],
        }
        return [Event(ident, payload, saying.person, saying.text, "interactive")]

    def special(self, kind: str) -> list[Event]:
        """app_rate_limited, tokens_revoked, app_uninstalled, own_message, bot_message, edited, assistant."""
        user = self.user("ada")
        channel, ts = self.direct(user), self.stamp()
        if kind == "assistant":
            self.panes[user] = ts
        message = {
            "type": "message",
            "channel": channel,
            "channel_type": "im",
            "ts": ts,
            "event_ts": ts,
        }
        if kind == "app_rate_limited":
            minute = int(self.book.clock.now() // 60 * 60)
            payload = {"token": VERIFY, "type": kind, "team_id": TEAM, "api_app_id": APP}
            ident = f"limited:{minute}:{self.book.number()}"
            return [Event(ident, {**payload, "minute_rate_limited": minute})]
        inners: dict[str, dict[str, Any]] = {
            "tokens_revoked": {"type": kind, "tokens": {"oauth": [], "bot": [BOT_USER]}},
            "app_uninstalled": {"type": kind},
            "own_message": {**message, "user": BOT_USER, "bot_id": BOT, "text": "my own words"},
            "bot_message": {
                **message,
                "subtype": kind,
                "bot_id": "B0OTHER",
                "text": "another bot's",
            },
            "edited": {
                **message,
                "subtype": "message_changed",
                "hidden": True,
                "message": {"type": "message", "user": user, "text": "changed", "ts": ts},
            },
            "assistant": {
                "type": "assistant_thread_started",
                "assistant_thread": {
                    "user_id": user,
                    "context": {"team_id": TEAM},
                    "channel_id": channel,
                    "thread_ts": ts,
                },
                "event_ts": ts,
            },
        }
        if (inner := inners.get(kind)) is None:
            return super().special(kind)
        if kind in ("tokens_revoked", "app_uninstalled"):
            self.book.rules.revoked = True
        return [self.event(inner)]

    def shown(self, line: Line, metadata: bool = True) -> dict[str, Any]:
        """A message as the Web API gives it."""
        shown: dict[str, Any] = {"type": "message", "ts": line.id, "text": line.text, "team": TEAM}
        if line.who == "bot":
            shown |= {"user": BOT_USER, "bot_id": BOT, "app_id": APP}
        else:
            shown["user"] = line.person
        if line.thread:
            shown["thread_ts"] = line.thread
        if metadata and "metadata" in line.about:
            shown["metadata"] = line.about["metadata"]
        return shown

    def seal(self, events: list[Event], attempt: int, reason: str) -> Sealed:
        (event,) = events
        again = (
            {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        )
        return self._sealed(event, time.time(), again)

    def _sealed(self, event: Event, at: float, more: dict[str, str]) -> Sealed:
        rules, stamp = self.book.rules, str(int(at + self.book.rules.skew_s))
        if event.path == "interactive":
            body = b"payload=" + quote_plus(json.dumps(event.payload)).encode()
            kind = "application/x-www-form-urlencoded"
        else:
            body, kind = packed(event.payload), "application/json"
        signed = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
        }
        return Sealed(rules.url, headers | more, body)

    def forge(self, event: Event, kind: Forgery) -> Sealed:
        if kind == "stale":
            return self._sealed(event, time.time() - STALE, {})
        return super().forge(event, kind)

    def check(self) -> Sealed:
        challenge = code(f"{self.seed}:challenge", 40)
        return self.seal(
            [Event("check", {"token": VERIFY, "challenge": challenge, "type": "url_verification"})],
            0,
            "",
        )

    def checked(self, status: int, body: bytes) -> bool:
        return status == 200 and code(f"{self.seed}:challenge", 40).encode() in body


def spelled(value: Any) -> bool:
    """A truth as forms and JSON spell it."""
    return str(value).lower() in ("1", "true")


def _rich(text: str) -> dict[str, Any]:
    words = {"type": "text", "text": text}
    section = {"type": "rich_text_section", "elements": [words]}
    return {"type": "rich_text", "block_id": code(text, 5), "elements": [section]}
