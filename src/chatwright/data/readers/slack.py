"""Slack's export, zip or folder: users.json, channels.json, and a folder of days per channel.

A thread is a conversation; what stands outside of threads is cut at silences. Messages of apps and
bots, joins and other notices are left out, unless the bot speaks as that app. Source: Slack's help,
"How to read Slack data exports". Threads of a channel are held in memory until its last day is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from chatwright.core.errors import DataError
from chatwright.core.types import Conversation, Reject
from chatwright.data.readers.archive import Archive, Member, archive, is_archive
from chatwright.data.readers.chats import BOT, NO_TEXT, SYSTEM, Said, Thread, is_me, read_chats, utc
from chatwright.data.readers.objects import objects
from chatwright.data.readers.source import Asked, Reader, Source

USERS = {"users.json", "org_users.json"}
LISTS = {"channels.json", "groups.json", "dms.json", "mpims.json"}
DAY = re.compile(r"(?:.*/)?([^/]+)/\d{4}-\d{2}-\d{2}\.json")
SPOKEN = {None, "", "thread_broadcast", "me_message", "file_share", "bot_message"}
MARKED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")  # <@U1>, <#C1|name>, <!here>, <url|label>


def is_export(folder: Path) -> bool:
    """Whether `folder` is an export as a whole, and not a folder of files."""
    return all(any((folder / name).is_file() for name in names) for names in (USERS, LISTS))


def sniff(source: Source) -> bool:
    if not is_archive(source):
        return False
    with archive(source.path) as box:
        files = {name.rsplit("/", 1)[-1] for name in box.names}
    return not files.isdisjoint(USERS) and not files.isdisjoint(LISTS)


def read(source: Source, asked: Asked) -> Iterator[Conversation | Reject]:
    if not is_archive(source):
        raise DataError(f"{source.path} is no export of Slack.", "Give the zip, or its folder.")
    with archive(source.path) as box:
        export = _Export(box, source, asked, {"USLACKBOT": ["slackbot"]}, {"USLACKBOT"})
        export.read_people()
        yield from read_chats(source, asked, export.threads)


@dataclass(frozen=True, slots=True)
class _Export:
    """An open export; `people` are the names by id, the one that is shown first."""

    box: Archive
    source: Source
    asked: Asked
    people: dict[str, list[str]]
    bots: set[str]

    def objects(self, name: str) -> Iterator[Any]:
        member = Member(self.source.path, self.source.name, name, self.box)
        return (value for _, value in objects(member, "item"))

    def read_people(self) -> None:
        for name in self.box.names:
            if name.rsplit("/", 1)[-1] not in USERS:
                continue
            for user in self.objects(name):
                if isinstance(user, dict) and user.get("id"):
                    self.people[str(user["id"])] = _names(user)
                    if user.get("is_bot"):
                        self.bots.add(str(user["id"]))

    def threads(self) -> Iterator[Thread]:
        positions = count()
        days = [(day[1], name) for name in self.box.names if (day := DAY.fullmatch(name))]
        for channel, names in groupby(days, itemgetter(0)):
            threads: dict[str, list[Said | Reject]] = defaultdict(list)
            values = (value for _, name in names for value in self.objects(name))
            rows = ((v, self._message(v, next(positions), channel)) for v in values)
            yield self._loose(rows, threads)
            yield from threads.values()

    def _loose(
        self, rows: Iterator[tuple[Any, Said | Reject]], threads: dict[str, list[Said | Reject]]
    ) -> Iterator[Said | Reject]:
        """What stands outside of threads, and rejects; threads are put aside into `threads`."""
        for value, row in rows:
            if isinstance(row, Said) and row.threaded:
                threads[str(value["thread_ts"])].append(row)
            else:
                yield row

    def _message(self, value: Any, position: int, channel: str) -> Said | Reject:
        if not isinstance(value, dict) or value.get("type", "message") != "message":
            return self.source.reject("not a message", position, str(value))
        text = self._text(str(value.get("text") or ""))
        if value.get("subtype") not in SPOKEN:
            return self.source.reject(SYSTEM, position, text)
        user, bot_id = str(value.get("user") or ""), str(value.get("bot_id") or "")
        app = value.get("bot_profile") or {}
        known_as = [*self.people.get(user, _names(value.get("user_profile") or {}))]
        known_as += [str(n) for n in (value.get("username"), app.get("name")) if n]
        known_as += [str(n) for n in (user, bot_id, app.get("app_id")) if n]
        if (bot_id or user in self.bots) and not is_me(self.asked, *known_as):
            return self.source.reject(BOT, position, text)
        if not text.strip():
            return self.source.reject(NO_TEXT, position)
        speaker, *also = known_as or ["somebody"]
        stamp = str(value.get("ts") or "")
        time = utc(float(stamp)) if re.fullmatch(r"\d+(\.\d+)?", stamp) else None
        in_thread = bool(value.get("thread_ts"))
        return Said(speaker, text, time, f"{channel}/{stamp}", tuple(also), position, in_thread)

    def _text(self, text: str) -> str:
        return unescape(MARKED.sub(lambda found: self._shown(found[1], found[2] or ""), text))

    def _shown(self, target: str, label: str) -> str:
        """What a reader of Slack sees in place of `<target|label>`."""
        kind, rest = target[0], target[1:]
        if kind == "@":
            return "@" + (label or self.people.get(rest, [rest])[0])
        if kind == "#":
            return "#" + (label or rest)
        if kind == "!":
            return label or "@" + rest.split("^")[0]
        address = target.removeprefix("mailto:").removeprefix("tel:")
        return address if not label or label in address else f"{label} ({address})"


def _names(user: dict[str, Any]) -> list[str]:
    """The names of a user, the one that others see first."""
    profile = user.get("profile") or {}
    found = [profile.get("display_name"), user.get("display_name"), profile.get("real_name")]
    names = [str(name) for name in (*found, user.get("real_name"), user.get("name")) if name]
    return names or [str(user["id"])] if user.get("id") else names


READER = Reader("slack", sniff, read)
