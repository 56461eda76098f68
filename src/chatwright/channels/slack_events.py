"""What Slack's events and interactions mean, in our words.

Left out: what bots say (also our own), changes and deletions, and talk in channels that does not name the bot.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from chatwright.channels.channel import Event
from chatwright.store.records import Thumb

THUMBS: dict[str, Thumb] = {
    "+1": "up",
    "thumbsup": "up",
    "heart": "up",
    "-1": "down",
    "thumbsdown": "down",
}
GONE = frozenset(("tokens_revoked", "app_uninstalled"))
# What Slack writes for a person, a channel, a group or an address.
MARKED = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")

log = logging.getLogger(__name__)


def event_of(body: bytes) -> Event:
    """An event of the Events API, or an interaction (a form). Raises what a body of another shape does."""
    if body.startswith(b"payload="):
        form = parse_qs(body.decode(), strict_parsing=True, max_num_fields=4)
        return interaction(json.loads(form["payload"][0]))
    return outer(json.loads(body))


def outer(told: Mapping[str, Any]) -> Event:
    """The envelope of the Events API."""
    if told["type"] == "app_rate_limited":
        log.error("Slack holds back events of this app: there were too many in a minute.")
        return Event(f"limited:{told['minute_rate_limited']}", "ignored")
    if told["type"] != "event_callback":
        return Event(f"{told['type']}:{told.get('event_ts', '')}", "ignored")
    id, inner = str(told["event_id"]), told["event"]
    us = [str(one["user_id"]) for one in told.get("authorizations", []) if one.get("is_bot")]
    kind = inner["type"]
    if kind in GONE:
        log.error("Slack says: %s. The app is to be installed anew.", kind)
        return Event(id, "ignored")
    event = Event(id, "ignored", extra={"team": str(inner.get("team") or told["team_id"])})
    if kind in ("message", "app_mention"):
        return _said(event, inner, us)
    if kind in ("reaction_added", "reaction_removed"):
        return _felt(event, inner, us)
    if kind == "assistant_thread_started":
        pane = inner["assistant_thread"]
        chat, thread = str(pane["channel_id"]), str(pane["thread_ts"])
        person = str(pane["user_id"])
        return replace(event, kind="joined", chat=chat, thread=thread, person=person)
    return event


def _said(event: Event, inner: Mapping[str, Any], us: list[str]) -> Event:
    text, person = inner.get("text"), str(inner.get("user") or "")
    foreign = inner.get("bot_id") or inner.get("subtype") not in (None, "file_share")
    if foreign or not person or person in us or not isinstance(text, str):
        return event
    chat, thread = str(inner["channel"]), str(inner.get("thread_ts") or "")
    named = any(f"<@{one}>" in text for one in us)
    among_others = inner["type"] == "message" and inner.get("channel_type") != "im"
    # A mention comes as an event of its own; without one, answers below our own message are for us.
    if among_others and (named or inner.get("parent_user_id") not in us):
        return event
    if inner.get("channel_type") != "im":
        thread = thread or str(inner["ts"])
    text = plain(text, us)
    if not text:
        return event
    at, message = float(inner["ts"]), f"{chat}:{inner['ts']}"
    event = replace(event, kind="message", chat=chat, thread=thread, person=person)
    return replace(event, text=text, at=at, message=message)


def _felt(event: Event, inner: Mapping[str, Any], us: list[str]) -> Event:
    item, name = inner["item"], str(inner["reaction"]).partition("::")[0]
    if item.get("type") != "message" or inner.get("item_user") not in us or name not in THUMBS:
        return event
    thumb = THUMBS[name] if inner["type"] == "reaction_added" else None
    chat, person = str(item["channel"]), str(inner["user"])
    message = f"{chat}:{item['ts']}"
    return replace(event, kind="feedback", chat=chat, person=person, message=message, thumb=thumb)


def interaction(told: Mapping[str, Any]) -> Event:
    """A button that was pressed."""
    if told["type"] != "block_actions" or not told["actions"]:
        return Event(f"{told['type']}:{told.get('trigger_id', '')}", "ignored")
    action, place = told["actions"][0], told.get("container") or {}
    id = f"{action['action_ts']}:{told['user']['id']}"
    if (value := action.get("value")) not in ("up", "down") or not place.get("channel_id"):
        return Event(id, "ignored")
    chat = str(place["channel_id"])
    return Event(
        id,
        "feedback",
        chat,
        thread=str(place.get("thread_ts") or ""),
        person=str(told["user"]["id"]),
        message=f"{chat}:{place['message_ts']}",
        thumb="up" if value == "up" else "down",
    )


def plain(text: str, us: list[str]) -> str:
    """What a person wrote, without Slack's marks and without the mention of the bot."""

    def shown(found: re.Match[str]) -> str:
        sign, target, label = found[1], found[2], found[3]
        if sign == "@" and target in us:
            return ""
        if sign in ("@", "#"):
            return sign + (label or target)
        if sign == "!":  # a group of people, or everybody in the channel
            return "@" + (label or target).lstrip("@")
        return label if label and label in target else target

    return html.unescape(MARKED.sub(shown, text)).strip()
