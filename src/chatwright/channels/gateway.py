"""The channels of one server: takes events in, works on them, sends what is to be sent, and says how they are.

request -> verify -> parse -> `take`: durable -> 2xx      (this file)
event   -> a turn of the bot -> outbox                    (worker.py)
outbox  -> the vendor                                     (sender.py)
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from chatwright.answer import Bot, Turns
from chatwright.answer.people import People
from chatwright.channels.channel import (
    Answer,
    Channel,
    ChannelError,
    Event,
    Later,
    Listening,
    NotSet,
    Request,
    TokenBad,
)
from chatwright.channels.consent import Asking
from chatwright.channels.known import make
from chatwright.channels.live import Written
from chatwright.channels.sender import Sender
from chatwright.channels.splitting import split
from chatwright.channels.states import Counted, Standing, State
from chatwright.channels.worker import Worker
from chatwright.channels.writing import Writing
from chatwright.core.errors import ChatwrightError, NotFound
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_events import Came
from chatwright.store.feedback import Rated
from chatwright.store.handovers import Handovers
from chatwright.store.records import MessageRecord
from chatwright.store.secret import Secret
from chatwright.store.stamps import new_id, now
from chatwright.store.talks import Talk

SWEEP = 5.0  # seconds between two looks for messages without a way out
PRUNE = 3600.0  # seconds between two prunings
AGAIN = 60.0  # seconds before a vendor that does not know us is asked for events again
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Within:
    """What channels need of the server they run in. `bot`: who is served now."""

    spec: Spec
    database: Database
    secret: Secret
    clock: Callable[[], float]
    turns: Turns
    bot: Callable[[], Bot]
    handovers: Handovers
    people: People
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    counted: Counted = field(default_factory=Counted)
    rated: Callable[[Rated], None] = lambda rated: None
    news: Callable[[], None] = lambda: None


class Gateway:
    """All channels of one bot.toml; one that lacks a secret is off, and the others are not."""

    def __init__(self, within: Within) -> None:
        self._in = within
        self._holder = new_id()
        self._writing = Writing(within.database)
        # One for what comes in: whoever is to be answered at once waits for no other work.
        self._taking = Writing(within.database, urgent=True)
        self._receiving, self._calm = 0, asyncio.Event()
        self._calm.set()
        self.channels: dict[str, Channel] = {}
        self._off: dict[str, Standing] = {}
        self._listening: dict[str, Standing] = {}
        self._senders: dict[str, Sender] = {}
        for name, options in within.spec.channels.items():
            try:
                channel = make(name, options, within.environ)
            except NotSet as error:
                self._off[name] = Standing("off", str(error), now())
                log.error("The channel %s is off: %s", name, error)
                continue
            told = (self._writing, within.clock, self._holder, within.counted)
            self.channels[name] = channel
            self._senders[name] = Sender(channel, options, *told)
        self._worker = Worker(
            self.channels,
            self._writing,
            within.turns,
            within.bot,
            within.handovers,
            within.clock,
            self._holder,
            self._sends,
            self._stream,
            within.counted,
            within.rated,
            within.news,
            self._calm,
            Asking(within.people, self._writing),
        )

    # --- what comes in ----------------------------------------------------------------------------

    async def receive(self, name: str, request: Request) -> Answer:
        """Take a vendor's request; when this returns, what it tells is on the disk. Raises `NotFound` for an
        unknown channel, `Rejected` and `Malformed`, and what the store raises."""
        began = time.monotonic()
        channel = self._channel(name)
        if request.method != "GET":
            channel.verify(request)
        if (answer := channel.challenge(request)) is not None:
            return answer
        self._receiving += 1
        self._calm.clear()
        try:
            await self.take(name, channel.parse(request))
        finally:
            self._receiving -= 1
            if not self._receiving:
                self._calm.set()
        self._in.counted.ack(name, time.monotonic() - began)
        return Answer()

    async def take(self, name: str, events: Sequence[Event]) -> None:
        """Have these events durably; those that were here before are passed over."""
        came = [self._came(name, event) for event in map(_storable, events) if _wanted(event)]
        for _ in range(len(events) - len(came)):
            self._in.counted.event(name, "ignored")
        if not came:
            return
        clock = self._in.clock()
        new = await self._taking.do(lambda connection: inbox.put(connection, name, came, clock))
        for number in range(len(came)):
            self._in.counted.event(name, "taken" if number < new else "repeated")
        if new:
            self._worker.wake.set()

    def _channel(self, name: str) -> Channel:
        if (channel := self.channels.get(name)) is None:
            raise NotFound("There is no such channel.", "See [channels] in bot.toml.")
        return channel

    def _came(self, name: str, event: Event) -> Came:
        content = {key: value for key, value in asdict(event).items() if value}
        # A person is who the vendor says, under a name that tells nobody else who that is.
        owner = f"channel:{self._in.secret.mac('channel', f'{name}:{event.person}')[:32]}"
        who = (event.chat, event.thread, event.person, owner, event.locale)
        return Came(event.id, *who, content)

    # --- what goes out ----------------------------------------------------------------------------

    async def deliver(self, conversation: Talk, message: MessageRecord) -> None:
        """What one of the team wrote is queued for its chat: see `answer.outlet.Outlet`."""
        sent = await self._writing.do(
            lambda connection: self._queue_message(connection, conversation.id, message)
        )
        if not sent:
            raise NotFound("This chat is gone.", "The person has to write again.")
        self._sends(conversation.channel)

    def _queue_message(self, connection: Connection, talk: str, message: MessageRecord) -> bool:
        chat = inbox.chat_of(connection, talk)
        if chat is None or (channel := self.channels.get(chat.channel)) is None:
            return False
        told = {"message_id": message.id, "by_person": message.author is not None}
        parts = split(message.content, channel.limits.text)
        where = (chat.channel, chat.id, message.id, parts, self._in.clock())
        outbox.queue(connection, *where, **told)  # type: ignore[arg-type]
        return True

    def _sends(self, name: str) -> None:
        if (sender := self._senders.get(name)) is not None:
            sender.wake.set()

    async def _stream(self, name: str, chat_id: str, message_id: str, written: Written) -> bool:
        return await self._senders[name].stream(chat_id, message_id, written)

    async def _sweep(self) -> None:
        """Queue what stands in a conversation and is on no way out."""

        def work(connection: Connection) -> set[str]:
            found = set()
            for one in outbox.owed(connection, self._in.spec.bot.name, list(self.channels)):
                parts = split(one.content, self.channels[one.channel].limits.text)
                told = (one.channel, one.chat_id, one.message_id, parts, self._in.clock())
                options = {"message_id": one.message_id, "by_person": one.by_person}
                outbox.queue(connection, *told, rated=not one.by_person, **options)  # type: ignore[arg-type]
                found.add(one.channel)
            return found

        for name in await self._writing.do(work):
            self._sends(name)

    # --- how they are -----------------------------------------------------------------------------

    def standing(self) -> dict[str, Standing]:
        """Of each channel of bot.toml, as this process knows it."""
        found = {name: sender.standing for name, sender in self._senders.items()}
        for name, one in self._listening.items():
            if found[name].state == "ready" and one.state != "ready":
                found[name] = one
        return {name: found.get(name) or self._off[name] for name in self._in.spec.channels}

    # --- running ----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled."""
        for name, one in self.standing().items():
            self._in.counted.stands(name, one.state)
        if not self.channels:
            return
        work: list[Coroutine[Any, Any, None]] = [self._worker.run(), self._keep()]
        work += [sender.run() for sender in self._senders.values()]
        for name, channel in self.channels.items():
            if isinstance(channel, Listening) and self._in.spec.channels[name].listen:
                self._listening[name] = Standing("ready", since=now())
                work.append(self._listen(name, channel))
        tasks = [asyncio.create_task(one) for one in work]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for channel in self.channels.values():
                with suppress(Exception):
                    await channel.close()
            await self._writing.close()
            await self._taking.close()

    async def _keep(self) -> None:
        pruned = 0.0
        while True:
            try:
                await self._sweep()
                if time.monotonic() - pruned > PRUNE:
                    await self._writing.do(inbox.prune)
                    pruned = time.monotonic()
            except ChatwrightError as error:
                log.warning("Channels are not looked after for now: %s", error)
            except Exception:
                log.exception("Channels are not looked after for now.")
            await asyncio.sleep(SWEEP)

    async def _listen(self, name: str, channel: Listening) -> None:
        """One process of all fetches a channel's events: the one that sends for it."""
        pause = 1.0
        while True:
            if not self._senders[name].leads:
                await asyncio.sleep(1.0)
                continue
            began = time.monotonic()
            try:
                await channel.listen(lambda events: self.take(name, events))
            except ChannelError as error:
                state: State = "stopped" if isinstance(error, TokenBad) else "waiting"
                pause = AGAIN if state == "stopped" else min(2 * pause, AGAIN)
                if isinstance(error, Later) and error.after:
                    pause = error.after
                standing = self._listening[name]
                since = standing.since if standing.state == state else now()
                self._listening[name] = Standing(state, str(error), since)
            except ChatwrightError as error:  # the store does not take them: they come again
                log.warning("Events of %s wait at the vendor: %s", name, error)
            except Exception:
                log.exception("Events of %s are not fetched.", name)
            if time.monotonic() - began > 2 * AGAIN:
                pause = 1.0
            await asyncio.sleep(pause)
            if self._listening[name].state != "ready":
                self._listening[name] = replace(self._listening[name], state="ready", reason="")


def _wanted(event: Event) -> bool:
    return event.kind != "ignored" and bool(event.chat) and bool(event.person)


def _storable(event: Event) -> Event:
    """Half characters and NUL, which no database keeps, become one that says so."""
    changed = {
        name: UNSTORABLE.sub("\ufffd", value)
        for name in Event.__dataclass_fields__
        if isinstance(value := getattr(event, name), str) and UNSTORABLE.search(value)
    }
    return replace(event, **changed) if changed else event  # type: ignore[arg-type]
