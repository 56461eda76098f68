"""Sends what is in the outbox of one channel, at the vendor's pace, each message once and a chat's in order.

Of all processes that share the store one sends for a channel, by a lease that it says again. While the vendor
is away everything waits, for as long as that takes; while it does not know us nothing is tried but the
question who we are.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from chatwright.channels.channel import (
    Button,
    Channel,
    ChannelError,
    Later,
    Outgoing,
    Reconciling,
    Refused,
    Streaming,
    TokenBad,
    Uncertain,
    WindowClosed,
)
from chatwright.channels.live import Written
from chatwright.channels.pace import Pace
from chatwright.channels.states import Counted, Standing, State
from chatwright.channels.writing import Writing
from chatwright.core.errors import ChatwrightError
from chatwright.spec.channels import ChannelOptions
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_events import Chat
from chatwright.store.channel_outbox import LEASE, Post
from chatwright.store.stamps import now

MANY = 64  # messages that are looked for at once
POLL = 1.0  # seconds
SLOWEST = 60.0  # seconds between two tries of a vendor that is away, or that does not know us
WITHIN = timedelta(hours=48)  # a message that could not be sent for so long is given up
THUMBS = (Button("👍", "up"), Button("👎", "down"))

log = logging.getLogger(__name__)


class Sender:
    """One channel's. `wake` is set where there may be something to send."""

    def __init__(
        self,
        channel: Channel,
        options: ChannelOptions,
        writing: Writing,
        clock: Callable[[], float],
        holder: str,
        counted: Counted,
    ) -> None:
        self._channel = channel
        self._options = options
        self._writing = writing
        self._clock = clock
        self._holder = holder
        self._counted = counted
        self._pace = Pace(channel.limits.per_second, channel.limits.per_chat)
        self._leads_until = 0.0  # of the monotonic clock
        self._pause = 0.0  # seconds before the vendor is tried again
        self._quiet_until = 0.0  # of the monotonic clock
        self.standing = Standing("ready", since=now())
        self.wake = asyncio.Event()

    @property
    def leads(self) -> bool:
        """Whether this process sends for the channel."""
        return time.monotonic() < self._leads_until

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self.wake.clear()
                pause = POLL
                try:
                    if await self._lead() and await self._may_try():
                        pause = await self._round()
                except ChatwrightError as error:
                    log.warning("What %s is to send waits: %s", self._channel.name, error)
                except Exception:
                    log.exception("What %s is to send waits.", self._channel.name)
                if pause:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(pause):
                            await self.wake.wait()
        finally:
            with suppress(Exception):
                await self._writing.do(lambda c: outbox.resign(c, self._channel.name, self._holder))

    async def _lead(self) -> bool:
        """Whether this process sends. What another one was sending when it lost the lease is uncertain."""
        asked = time.monotonic()
        if self._leads_until - asked > LEASE / 2:
            return True
        led = asked < self._leads_until

        def work(connection: Connection) -> tuple[bool, int]:
            name = self._channel.name
            leads = outbox.lead(connection, name, self._holder, self._clock())
            return leads, outbox.orphans(connection, name) if leads and not led else 0

        leads, orphans = await self._writing.do(work)
        self._leads_until = asked + LEASE if leads else 0.0
        if orphans:
            log.warning("%s: %d messages may have been sent.", self._channel.name, orphans)
        return leads

    async def _may_try(self) -> bool:
        """Whether the vendor is asked anything now; one that did not know us is asked who we are first."""
        if time.monotonic() < self._quiet_until:
            return False
        if self.standing.state == "stopped":
            try:
                await self._channel.check()
            except ChannelError as error:
                await self._stand("stopped" if isinstance(error, TokenBad) else "waiting", error)
                return False
            await self._well()
        return True

    async def _round(self) -> float:
        """Send what is due, one message of a chat at a time; seconds until there may be more."""
        name, clock = self._channel.name, self._clock()

        def work(connection: Connection) -> list[tuple[Post, Chat | None]]:
            posts = outbox.heads(connection, name, clock, MANY)
            return [(post, inbox.find_chat(connection, post.chat_id)) for post in posts]

        found = await self._writing.do(work)
        room = asyncio.Semaphore(self._options.sends_at_once)

        async def one(post: Post, chat: Chat | None) -> None:
            async with room:
                if time.monotonic() >= self._quiet_until:
                    await self._post(post, chat)

        now_due = [one for one in found if not self._pace.chat_in(one[0].chat_id)]
        await asyncio.gather(*(one(*due) for due in now_due))
        if time.monotonic() < self._quiet_until:
            return min(POLL, self._quiet_until - time.monotonic())
        if now_due:
            return 0.0
        return min((self._pace.chat_in(post.chat_id) for post, _ in found), default=POLL)

    async def _post(self, post: Post, chat: Chat | None) -> None:
        if chat is None:  # the person was erased
            await self._writing.do(lambda c: outbox.dead(c, post, "The chat is gone."))
            return
        window = self._channel.limits.window
        if window and self._clock() - chat.heard > window:
            await self._over(post, WindowClosed("The person has not written for too long."))
            return
        outgoing = self._outgoing(post, chat)
        if post.state == "uncertain":
            await self._resolve(post, outgoing)
            return
        if not await self._lead():
            return
        await self._pace.wait(post.chat_id)
        clock = self._clock()
        if not await self._writing.do(lambda c: outbox.sending(c, post, self._holder, clock)):
            return
        try:
            sent = await self._channel.send(outgoing)
        except ChannelError as error:
            await self._over(post, error)
        except Exception:
            log.exception("%s failed while sending.", self._channel.name)
            await self._over(post, Uncertain("It failed unexpectedly; see the server's log."))
        else:
            await self._writing.do(lambda c: outbox.sent(c, post, sent.message))
            self._counted.send(self._channel.name, "sent")
            await self._well()

    def _outgoing(self, post: Post, chat: Chat) -> Outgoing:
        rated = bool(post.rated) and self._options.feedback
        return Outgoing(
            key=post.id,
            chat=chat.chat,
            text=post.text,
            thread=chat.thread,
            person=chat.person,
            reply_to=chat.reply_to,
            buttons=THUMBS if rated else (),
            by_person=bool(post.by_person),
            extra=chat.extra,
        )

    async def stream(self, chat_id: str, message_id: str, written: Written) -> bool:
        """Show an answer while it is written, to its end; whether it was begun, so that it is not to be queued.
        It is not where the channel cannot, where something else is to be sent before it (the disclosure), or
        where another process sends."""
        channel = self._channel
        if not isinstance(channel, Streaming) or not await written.begun():
            return False
        if not self.leads or self.standing.state != "ready":
            return False

        def work(connection: Connection) -> tuple[Post | None, Chat | None]:
            chat = inbox.find_chat(connection, chat_id)
            if chat is None or chat.disclosed_at is None:
                return None, None
            told = (channel.name, chat_id, message_id, self._holder, self._clock())
            return outbox.begin(connection, *told), chat

        post, chat = await self._writing.do(work)
        if post is None or chat is None:
            return False
        await self._pace.wait(chat_id)
        try:
            sent = await channel.stream(self._outgoing(post, chat), written)
        except Exception as error:
            text = await written.rest()
            await self._writing.do(lambda c: outbox.written(c, post, text))
            if not isinstance(error, ChannelError):
                log.exception("%s failed while an answer was written.", channel.name)
                error = Uncertain("It failed unexpectedly; see the server's log.")
            await self._over(replace(post, text=text), error)
            return True
        await self._writing.do(lambda c: outbox.sent(c, post, sent.message))
        self._counted.send(channel.name, "sent")
        return True

    async def _resolve(self, post: Post, outgoing: Outgoing) -> None:
        """Find out what became of a message, or do as the owner says where nobody can."""
        if isinstance(self._channel, Reconciling):
            try:
                sent = await self._channel.reconcile(outgoing)
            except ChannelError as error:
                due = self._clock() + self._wait(post, error)
                why = str(error)
                await self._writing.do(lambda c: outbox.uncertain(c, post, due, why))
                await self._judge(error)
                return
            if sent is not None:
                await self._writing.do(lambda c: outbox.sent(c, post, sent.message))
                self._counted.send(self._channel.name, "reconciled")
                return
        elif self._options.on_uncertain == "skip":
            why = "It may have been sent; by on_uncertain it is not sent again."
            await self._writing.do(lambda c: outbox.dead(c, post, why))
            self._counted.send(self._channel.name, "skipped")
            return
        clock = self._clock()
        await self._writing.do(lambda c: outbox.again(c, post, clock, "sent again", counted=False))
        self._counted.send(self._channel.name, "resent")

    async def _over(self, post: Post, error: ChannelError) -> None:
        """It was not sent, or nobody knows."""
        why, due = str(error), self._clock() + self._wait(post, error)
        old = datetime.now(UTC) - datetime.fromisoformat(post.at) > WITHIN
        if isinstance(error, WindowClosed | Refused) or (old and not isinstance(error, Uncertain)):
            await self._writing.do(lambda c: outbox.dead(c, post, why))
            log.error("%s: a message is given up: %s", self._channel.name, why)
        elif isinstance(error, Uncertain):
            await self._writing.do(lambda c: outbox.uncertain(c, post, due, why))
        else:
            counted = not isinstance(error, TokenBad)
            await self._writing.do(lambda c: outbox.again(c, post, due, why, counted=counted))
        self._counted.send(self._channel.name, type(error).__name__.lower())
        await self._judge(error)

    def _wait(self, post: Post, error: ChannelError) -> float:
        after = error.after if isinstance(error, Later) else 0.0
        return after or min(0.5 * 2.0 ** min(post.attempts, 10), SLOWEST)

    async def _judge(self, error: ChannelError) -> None:
        """What an error says about the channel as a whole."""
        if isinstance(error, TokenBad):
            await self._stand("stopped", error)
        elif isinstance(error, Uncertain) or (isinstance(error, Later) and not error.after):
            await self._stand("waiting", error)

    async def _stand(self, state: State, error: ChannelError) -> None:
        self._pause = min(max(2 * self._pause, 0.25), SLOWEST)
        self._quiet_until = time.monotonic() + self._pause
        if state != self.standing.state:
            log.error("%s is %s: %s", self._channel.name, state, error)
            self.standing = Standing(state, str(error), now())
            await self._tell()

    async def _well(self) -> None:
        self._pause = 0.0
        if self.standing.state != "ready":
            log.warning("%s is well again.", self._channel.name)
            self.standing = Standing("ready", since=now())
            await self._tell()

    async def _tell(self) -> None:
        told = self.standing
        self._counted.stands(self._channel.name, told.state)
        await self._writing.do(
            lambda c: outbox.tell(c, self._channel.name, told.state, told.reason)
        )
