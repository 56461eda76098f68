"""Turns that run on when nobody listens, each recorded once. For people; `/v1` keeps nothing.

The user's message and an empty running reply are in the store before a turn is acknowledged; the
reply's text and figures are written when it ends, however it ends.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace

from chatwright.answer.attached import check, conversation_with, spoken
from chatwright.answer.bot import Bot
from chatwright.answer.deployed import Deployed, Lease
from chatwright.answer.elsewhere import follow
from chatwright.answer.turn import Turn, TurnEvent
from chatwright.core import logs
from chatwright.core.errors import ChatwrightError, StoreUnavailable
from chatwright.core.types import Chunk, Conversation
from chatwright.data.languages import language_of
from chatwright.store.attachments import Attached
from chatwright.store.canaries import STAGING
from chatwright.store.processes import BEAT
from chatwright.store.records import MessageRecord, Outcome
from chatwright.store.staging import link_of
from chatwright.store.turns import Begun, Kept, TurnLog

Watch = Callable[[AsyncGenerator[Chunk, None], str], AsyncGenerator[Chunk, None]]

KEEP = 300.0  # seconds for which a finished turn can still be read
KEPT = 500  # finished turns at most, should many end within that time
RETRY = 2.0  # seconds between attempts to save a result while the store does not take it
LETTERS, SURE = (
    12,
    0.6,
)  # of a message, from which on its language is told; and how sure that must be
AWAY = 40.0  # seconds for which readers wait for a store that is away, before they are told

log = logging.getLogger(__name__)


class Turns:
    """The turns of this process: start, find, stop, and save them.

    `watch` sees each stream of chunks pass, for figures, and hears which channel it goes to: that of the
    conversation, and "staging" for all that invited testers are told.
    """

    def __init__(
        self,
        turn_log: TurnLog,
        deployed: Deployed,
        watch: Watch,
        keep: float = KEEP,
    ) -> None:
        self._log = turn_log
        self._deployed = deployed
        self._watch = watch
        self._keep = keep
        self._turns: dict[str, Turn] = {}
        self._finished: deque[str] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()
        self._living: asyncio.Task[None] | None = None

    async def start(
        self,
        owner: str,
        conversation_id: str,
        content: str | None,
        parent_id: str | None,
        attached: Sequence[Attached] = (),
        attached_of: str | None = None,
        message_id: str | None = None,
    ) -> Turn | Kept:
        """Record a turn and let it run; while a person has the conversation, keep what is said for them.
        `message_id`: the user message's, where the caller has chosen it. Errors are
        those of `TurnLog.begin`, and `ContextTooLong` for texts that are too long for the model."""
        texts = (attached, attached_of, message_id)
        begin = asyncio.create_task(self._begin(owner, conversation_id, content, parent_id, *texts))
        # Shielded: a caller that goes away just now must not leave rows that no task will finish.
        return await asyncio.shield(begin)

    def find(self, turn_id: str, owner: str) -> Turn | None:
        """A turn that runs, or ended within the last minutes, if it is this owner's."""
        turn = self._turns.get(turn_id)
        return turn if turn is not None and turn.owner == owner else None

    async def events(
        self, turn_id: str, owner: str, after: int = 0
    ) -> AsyncIterator[TurnEvent] | None:
        """The events after number `after`, wherever the turn runs; None when there is none such."""
        turn = self.find(turn_id, owner)
        if turn is not None:
            return turn.events(after)
        message = await asyncio.to_thread(self._log.find, turn_id, owner)
        return None if message is None else follow(self._log, message, owner, after)

    async def stop(self, turn_id: str, owner: str) -> bool:
        """Stop a turn, wherever it runs; False when there is none such."""
        turn = self.find(turn_id, owner)
        if turn is None:
            return await asyncio.to_thread(self._log.stop, turn_id, owner)
        turn.halt("stopped")
        return True

    def stop_conversation(self, conversation_id: str, owner: str) -> None:
        """Stop all turns of a conversation."""
        for turn in self._turns.values():
            if turn.conversation_id == conversation_id and turn.owner == owner:
                turn.halt("stopped")

    def forget(self, owner: str) -> int:
        """Stop all turns of an owner, and keep none of them for late readers; how many there were."""
        turns = [turn for turn in self._turns.values() if turn.owner == owner]
        for turn in turns:
            turn.halt("stopped")
            self._turns.pop(turn.id, None)
        return len(turns)

    def running(self) -> int:
        return sum(not turn.ended for turn in self._turns.values())

    def open(self) -> None:
        """From now on until `close`: tell other processes that this one lives, end what dead ones left."""
        self._living = asyncio.create_task(self._live())

    async def _live(self) -> None:
        heard = True
        while not self._closing.is_set():
            try:
                await self._beat()
                await asyncio.to_thread(self._log.processes.reap)
                heard = True
            except ChatwrightError as error:
                if heard:
                    log.warning("The store does not hear of this process: %s", error)
                heard = False
            except Exception:
                log.exception("The store does not hear of this process.")
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self._closing.wait()

    async def _beat(self) -> None:
        running = [turn for turn in self._turns.values() if not turn.ended]
        texts = {turn.message.id: turn.text for turn in running}
        for turn_id in await asyncio.to_thread(self._log.processes.beat, texts):
            if (turn := self._turns.get(turn_id)) is not None:
                turn.halt("stopped")

    async def close(self) -> None:
        """Interrupt what runs and save it."""
        self._closing.set()
        for turn in self._turns.values():
            turn.halt("interrupted")
        while self._tasks:
            await asyncio.wait(self._tasks)
        if self._living is not None:
            living, self._living = self._living, None
            await living
            with suppress(ChatwrightError):
                await asyncio.to_thread(self._log.processes.leave)

    async def _begin(
        self,
        owner: str,
        conversation_id: str,
        content: str | None,
        parent_id: str | None,
        attached: Sequence[Attached],
        attached_of: str | None,
        message_id: str | None,
    ) -> Turn | Kept:
        lease = self._deployed.lease(owner)
        languages = lease.bot.spec.bot.languages

        def begin() -> Begun | Kept:
            if attached:
                check(lease.bot, content or "", attached)
            return self._log.begin(
                conversation_id,
                owner,
                content,
                parent_id,
                release=lease.bot.release_id,
                deployment=lease.bot.deployment_id,
                language=_language(content, languages),
                attached=attached,
                attached_of=attached_of,
                message_id=message_id,
            )

        try:
            begun = await asyncio.to_thread(begin)
        except BaseException:
            lease.release()
            raise
        if isinstance(begun, Kept):
            lease.release()
            return begun
        turn = Turn(begun, owner, conversation_id)
        turn.answering = asyncio.create_task(self._answer(turn, lease.bot, begun))
        self._turns[turn.id] = turn
        task = asyncio.create_task(self._see_through(turn, turn.answering, lease))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return turn

    async def _answer(self, turn: Turn, bot: Bot, begun: Begun) -> None:
        ids = {"conversation_id": turn.conversation_id, "turn_id": turn.id}
        logs.about.set({**logs.about.get(), **ids, "release": bot.release_id})
        told = (bot, turn.conversation_id, begun.path, begun.attached)
        if begun.attached:  # long texts, and a template that is asked whether it takes them
            conversation = await asyncio.to_thread(conversation_with, *told)
        else:
            conversation = conversation_with(*told)
        written = self._deployed.observed(bot, bot.reply(conversation), turn.owner, kept=True)
        channel = begun.channel if link_of(turn.owner) is None else STAGING
        async with aclosing(self._watch(written, channel)) as chunks:
            async for chunk in chunks:
                turn.add(chunk)

    async def _see_through(self, turn: Turn, answering: asyncio.Task[None], lease: Lease) -> None:
        """Wait for the end of the reply, whatever it is; save it; tell the readers; forget it."""
        with lease:
            await asyncio.wait({answering})
        await self._save(turn, _outcome(turn, answering))
        self._finished.append(turn.id)
        if len(self._finished) > KEPT:
            self._turns.pop(self._finished.popleft(), None)
        asyncio.get_running_loop().call_later(self._keep, self._turns.pop, turn.id, None)

    async def _save(self, turn: Turn, outcome: Outcome) -> None:
        """Write the result. When that fails the readers are told, and it is tried again.

        They are told at once, unless the store may be back soon.
        """
        patience = time.monotonic() + AWAY
        while True:
            try:
                message = await asyncio.to_thread(
                    self._log.finish, turn.message, turn.owner, outcome
                )
                break
            except ChatwrightError as error:
                problem = str(error)
                wait = isinstance(error, StoreUnavailable) and time.monotonic() < patience
            except Exception:
                if not turn.ended:
                    log.exception("The result of turn %s could not be saved.", turn.id)
                problem, wait = "The reply could not be saved.", False
            if not turn.ended and (not wait or self._closing.is_set()):
                outcome = replace(outcome, status="failed", error=problem)
                turn.end(_shown(turn.message, outcome))
            if self._closing.is_set():
                return  # the next start marks it interrupted
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY):
                    await self._closing.wait()
        if not turn.ended:
            turn.end(message)


def _outcome(turn: Turn, answering: asyncio.Task[None]) -> Outcome:
    if answering.cancelled():
        status = turn.halted or "interrupted"
        why = "The server was stopped before the reply was finished."
        return turn.outcome(status, why if status == "interrupted" else None)
    error = answering.exception()
    if error is None:
        return turn.outcome("done")
    if isinstance(error, ChatwrightError):
        return turn.outcome("failed", str(error))
    log.error("Turn %s failed.", turn.id, exc_info=error)
    return turn.outcome("failed", "The reply failed unexpectedly. Try again.")


def _shown(message: MessageRecord, outcome: Outcome) -> MessageRecord:
    return replace(
        message,
        status=outcome.status,
        content=outcome.content,
        route=outcome.route,
        sources=outcome.sources,
        left_out=outcome.left_out,
        error=outcome.error,
        mark=outcome.mark,
    )


def conversation_of(id: str, path: Iterable[MessageRecord]) -> Conversation:
    """What was said on the way to the user message, without what was attached."""
    return Conversation(tuple(message for message, _ in spoken(path, {})), id)


def branch(told: Sequence[MessageRecord], to: MessageRecord | None) -> list[MessageRecord]:
    """The messages of a tree that lead to one of them, which is the last."""
    by_id = {message.id: message for message in told}
    path = list[MessageRecord]()
    while to is not None:
        path.append(to)
        to = by_id.get(to.parent_id or "")
    return path[::-1]


def _language(content: str | None, spoken: tuple[str, ...]) -> str | None:
    """In which language somebody writes; None where that cannot be told, or a bot speaks but one."""
    if content is None or len(spoken) < 2:
        return None
    code, sure = language_of(content, LETTERS)
    return code if sure >= SURE else None
