"""Works on the events of channels: a turn of the bot for what is said, and what people do besides.

Each chat's events are worked on in order, by one process; chats beside each other. What is done twice because a
process died is found out by ids that were chosen when the event came: no second turn, no second message.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from chatwright.answer import Bot, Turns
from chatwright.answer.turn import Turn
from chatwright.channels.channel import Channel, ChannelError, Event, Noticing
from chatwright.channels.consent import Asking
from chatwright.channels.live import Written
from chatwright.channels.splitting import split
from chatwright.channels.states import Counted
from chatwright.channels.writing import Writing
from chatwright.core.errors import (
    ChatwrightError,
    Conflict,
    ContextTooLong,
    StorageFull,
    StoreUnavailable,
    TooMuch,
    WrongUse,
)
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_events import Chat, Queued
from chatwright.store.feedback import Rated, rate
from chatwright.store.handovers import Handovers
from chatwright.store.records import FeedbackRecord

AT_ONCE = 8  # chats
WAY = 2.0  # seconds at most for which work makes way for vendors that wait to be answered
POLL = 1.0  # seconds between two looks for what other processes left
FRESH = timedelta(hours=24)  # of silence, after which a new conversation begins
TRIES, LONGEST, PATIENCE = 12, 300.0, timedelta(hours=2)  # of an event that cannot be answered
COMMANDS = {
    "/start": "joined",
    "/new": "new",
    "/person": "person",
    "/human": "person",
    "/bot": "bot",
}
# Whose texts these are, bot.toml says: nothing is said here in words of our own.
log = logging.getLogger(__name__)


class NotYet(Exception):
    """An event that is to be tried again in some seconds; nothing is wrong with it."""


class Worker:
    """The events of the channels of one process. `wake` is set where there may be something to do; `sends` is
    called where something is to be sent, `streams` with what is being written (channel, chat, message); `calm`:
    set while no vendor waits to be answered."""

    def __init__(
        self,
        channels: dict[str, Channel],
        writing: Writing,
        turns: Turns,
        bot: Callable[[], Bot],
        handovers: Handovers,
        clock: Callable[[], float],
        holder: str,
        sends: Callable[[str], None],
        streams: Callable[[str, str, str, Written], Awaitable[bool]],
        counted: Counted,
        rated: Callable[[Rated], None],
        news: Callable[[], None],
        calm: asyncio.Event,
        asking: Asking,
    ) -> None:
        self._channels = channels
        self._writing = writing
        self._turns = turns
        self._bot = bot
        self._handovers = handovers
        self._clock = clock
        self._holder = holder
        self._sends = sends
        self._streams = streams
        self._counted = counted
        self._rated = rated
        self._news = news
        self._calm = calm
        self._asking = asking
        self._at: dict[str, asyncio.Task[None]] = {}
        self._notices: set[asyncio.Task[None]] = set()
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self.wake.clear()
                await self._look()
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self.wake.wait()
        finally:
            tasks = [*self._at.values(), *self._notices]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        """Take chats that have something, while there is room; say that we still have the others."""
        room, clock, ours = AT_ONCE - len(self._at), self._clock(), list(self._at)

        def work(connection: Connection) -> list[Chat]:
            if ours:
                inbox.renew(connection, ours, self._holder, clock)
            names = list(self._channels)
            return inbox.claim(connection, names, self._holder, clock, room) if room > 0 else []

        try:
            chats = await self._writing.do(work)
        except ChatwrightError as error:
            log.warning("Events of channels wait: %s", error)
            return
        except Exception:
            log.exception("Events of channels wait.")
            return
        for chat in chats:
            task = asyncio.create_task(self._chat(chat))
            self._at[chat.id] = task
            task.add_done_callback(lambda _, id=chat.id: self._left(id))  # type: ignore[misc]

    def _left(self, id: str) -> None:
        self._at.pop(id, None)
        self.wake.set()

    async def _chat(self, chat: Chat) -> None:
        """All that is due of one chat, in order."""

        def next_ones(connection: Connection) -> list[Queued]:
            """What is due; where that is nothing, somebody else may have the chat."""
            found = inbox.queued(connection, chat.id, self._clock())
            if not found:
                inbox.release(connection, chat.id, self._holder)
            return found

        ended = False
        try:
            while events := await self._writing.do(next_ones):
                for event in events:
                    if not await self._event(chat, event):
                        return
            ended = True
        except ChatwrightError as error:
            log.warning("A chat of %s waits: %s", chat.channel, error)
        except Exception:
            log.exception("A chat of %s waits.", chat.channel)
        finally:
            if not ended:
                with suppress(ChatwrightError):
                    await self._writing.do(lambda c: inbox.release(c, chat.id, self._holder))

    async def _event(self, chat: Chat, queued: Queued) -> bool:
        """Work on one event; whether the next one of the chat may follow."""
        event = Event(**queued.content)
        with suppress(TimeoutError):
            async with asyncio.timeout(WAY):
                await self._calm.wait()
        try:
            result = await self._worked(chat, queued, event)
        except NotYet as why:
            due = self._clock() + 1.0
            words = str(why)
            await self._writing.do(lambda c: inbox.again(c, queued, due, words, counted=False))
            return False
        except (StoreUnavailable, StorageFull):
            raise  # the event is as it was
        except ChatwrightError as error:
            return await self._failed(queued, str(error))
        except Exception:
            log.exception("An event of %s could not be worked on.", chat.channel)
            return await self._failed(queued, "It failed unexpectedly; see the server's log.")
        self._counted.event(chat.channel, result)
        return True

    async def _failed(self, queued: Queued, why: str) -> bool:
        old = datetime.now(UTC) - datetime.fromisoformat(queued.at) > PATIENCE
        if queued.attempts + 1 >= TRIES or old:
            await self._writing.do(lambda c: inbox.dead(c, queued, why))
            self._counted.event(queued.channel, "dead")
            log.error("An event of %s is given up: %s", queued.channel, why)
            return True
        due = self._clock() + min(2.0**queued.attempts, LONGEST)
        await self._writing.do(lambda c: inbox.again(c, queued, due, why))
        self._counted.event(queued.channel, "again")
        return False

    async def _worked(self, chat: Chat, queued: Queued, event: Event) -> str:
        """What became of it, in a word."""
        kind: str = event.kind
        if kind == "message" and self._asking.meant(event.text):
            return await self._consent(chat, queued, event)
        if kind == "message":
            kind = COMMANDS.get(event.text.strip().lower(), kind)
        if kind == "feedback":
            return await self._feedback(chat, queued, event)
        people = bool(self._bot().spec.guard.handover)
        said = kind == "message" or (kind == "person" and not people)
        if said and event.text.strip():
            self._notice(chat, event)
            return await self._message(chat, queued, event)
        if kind != "ignored":
            await self._writing.do(lambda c: self._hear(c, chat.id, event))
        if kind == "person" and people:
            return await self._person(chat, queued)
        if kind == "bot":
            return await self._back(chat, queued)
        if kind in ("joined", "new"):
            self._notice(chat, event)
            return await self._joined(chat, queued)
        return await self._done(queued, "ignored")

    def _hear(self, connection: Connection, id: str, event: Event) -> None:
        told = {"reply_to": event.message, "locale": event.locale, "extra": event.extra}
        inbox.hear(connection, id, self._clock(), **told)  # type: ignore[arg-type]

    async def _done(self, queued: Queued, result: str) -> str:
        await self._writing.do(lambda c: inbox.done(c, queued))
        return result

    def _notice(self, chat: Chat, event: Event) -> None:
        """Nobody waits for it."""
        channel = self._channels[chat.channel]
        if isinstance(channel, Noticing) and len(self._notices) < AT_ONCE:
            task = asyncio.create_task(_noticed(channel, event))
            self._notices.add(task)
            task.add_done_callback(self._notices.discard)

    # --- what is said -----------------------------------------------------------------------------

    async def _message(self, chat: Chat, queued: Queued, event: Event) -> str:
        told = await self._writing.do(lambda c: self._begin(c, chat, queued, event))
        said_in, reply, conversation, newest = told
        if reply is not None and reply["status"] == "running":
            raise NotYet("Its reply is being made, or whoever made it is gone.")
        if reply is not None and reply["status"] in ("done", "stopped"):
            return await self._answered(
                chat, queued, reply["id"], reply["content"], reply["author"]
            )
        content: str | None = event.text
        parent: str | None = queued.message_id
        if (
            said_in is not None
        ):  # a process died over it, or the reply failed: only that is made anew
            content = None
            if reply is None and await self._with_person(chat, conversation):
                return await self._done(queued, "kept")
        else:
            parent = newest
        try:
            turn = await self._turns.start(
                chat.owner, conversation, content, parent, message_id=queued.message_id
            )
        except WrongUse as error:  # another reply is being made there
            raise NotYet(str(error)) from None
        except Conflict:
            return await self._done(queued, "kept")  # a person has just taken over
        except ContextTooLong as error:
            why = str(error)
            await self._writing.do(lambda c: inbox.dead(c, queued, why))
            return "dead"
        self._news()
        if not isinstance(turn, Turn):
            return await self._done(queued, "kept")
        written = Written(turn, self._channels[chat.channel].limits.text)
        first = not queued.attempts  # a model that breaks off would leave a fragment at each try
        shown = first and await self._streams(chat.channel, chat.id, turn.message.id, written)
        await written.rest()
        ended = turn.message
        if ended.status not in ("done", "stopped"):
            raise ChatwrightError(ended.error or "The reply was interrupted.")
        done = written.text if shown else ""
        return await self._answered(chat, queued, ended.id, ended.content, None, done)

    def _begin(
        self, connection: Connection, chat: Chat, queued: Queued, event: Event
    ) -> tuple[str | None, Any, str, str | None]:
        """Where the message stands already, the reply to it; in which conversation it is to stand, and after
        which message."""
        self._hear(connection, chat.id, event)
        said_in, reply = inbox.answered(connection, queued.message_id)
        if said_in is not None:
            return said_in, reply, said_in, None
        return said_in, reply, *self._conversation(connection, chat)

    def _conversation(self, connection: Connection, chat: Chat) -> tuple[str, str | None]:
        """The chat's, and its newest message."""
        found = inbox.find_chat(connection, chat.id)  # an event before may have changed it
        bot = self._bot().spec.bot.name
        return inbox.conversation(connection, found or chat, bot, fresh=FRESH)

    async def _with_person(self, chat: Chat, conversation: str) -> bool:
        found = await asyncio.to_thread(self._handovers.of, conversation, chat.owner)
        return found is not None and found.state == "taken"

    async def _answered(
        self,
        chat: Chat,
        queued: Queued,
        message_id: str,
        content: str,
        author: str | None,
        shown: str = "",
    ) -> str:
        """The event is done and its answer on the way out, in one; but for what was `shown` already."""
        most = self._channels[chat.channel].limits.text
        first = [shown] if shown else []
        parts = first + split(content.removeprefix(shown), most)

        def work(connection: Connection) -> None:
            clock = self._clock()
            self._disclose(connection, chat.id, clock)
            outbox.queue(
                connection,
                chat.channel,
                chat.id,
                message_id,
                parts,
                clock,
                message_id=message_id,
                rated=author is None,
                by_person=author is not None,
            )
            inbox.done(connection, queued)

        await self._writing.do(work)
        self._sends(chat.channel)
        return "answered"

    def _disclose(self, connection: Connection, id: str, clock: float) -> None:
        """Before the first answer of a chat: that a machine gives it."""
        chat = inbox.find_chat(connection, id)
        if chat is None or chat.disclosed_at is not None:
            return
        text = self._bot().spec.bot.disclosure.strip()
        if text:
            outbox.queue(connection, chat.channel, id, f"{id}.disclosure", [text], clock)
        outbox.disclosed(connection, id)

    # --- what people do besides -------------------------------------------------------------------

    async def _feedback(self, chat: Chat, queued: Queued, event: Event) -> str:
        spec = self._bot().spec

        def work(connection: Connection) -> Rated | None:
            about = outbox.said_as(connection, chat.channel, event.message)
            found = None
            if about is not None:
                said = FeedbackRecord(event.thumb, "", "")
                most = spec.feedback.per_rater_per_day
                with suppress(TooMuch, WrongUse):
                    found = rate(connection, about, chat.owner, said, most=most)
            inbox.done(connection, queued)
            return found

        self._notice(chat, event)
        found = await self._writing.do(work)
        if found is not None:
            self._rated(found)
        return "rated" if found is not None else "ignored"

    async def _person(self, chat: Chat, queued: Queued) -> str:
        """A person is asked for; the owner's text says so."""
        conversation, _ = await self._writing.do(lambda c: self._conversation(c, chat))
        await asyncio.to_thread(self._handovers.ask, conversation, chat.owner)
        self._news()
        await self._say(chat, queued, self._bot().spec.guard.handover)
        return "person"

    async def _back(self, chat: Chat, queued: Queued) -> str:
        conversation, _ = await self._writing.do(lambda c: self._conversation(c, chat))
        await asyncio.to_thread(self._handovers.leave, conversation, chat.owner)
        self._news()
        await self._say(chat, queued, self._bot().spec.bot.disclosure)
        return "bot"

    async def _consent(self, chat: Chat, queued: Queued, event: Event) -> str:
        """Whether what they say may be learned from."""
        await self._writing.do(lambda c: self._hear(c, chat.id, event))
        limit = self._channels[chat.channel].limits.text
        told = await self._asking.answer(chat, event.text, limit, queued.message_id)
        await self._say(chat, queued, *told)
        return "consent"

    async def _joined(self, chat: Chat, queued: Queued) -> str:
        """Nothing of what was said before counts any more."""
        await self._writing.do(lambda c: inbox.begin_anew(c, chat.id))
        await self._say(chat, queued, self._bot().spec.bot.greeting)
        return "joined"

    async def _say(self, chat: Chat, queued: Queued, text: str, key: str = "") -> None:
        """A text of the owner's, which stands in no conversation; the event is done."""
        channel = self._channels[chat.channel]

        def work(connection: Connection) -> None:
            clock = self._clock()
            self._disclose(connection, chat.id, clock)
            parts = split(text, channel.limits.text)
            named = key or queued.message_id
            outbox.queue(connection, chat.channel, chat.id, named, parts, clock)
            inbox.done(connection, queued)

        await self._writing.do(work)
        self._sends(chat.channel)


async def _noticed(channel: Noticing, event: Event) -> None:
    with suppress(ChannelError):
        await channel.notice(event)
