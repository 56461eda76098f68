"""One running turn as its readers see it: numbered events that can be read late, twice, by many.

Lives in memory only and writes nothing; `record.py` keeps and saves it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from chatwright.core.types import Chunk
from chatwright.store.records import MessageRecord, Outcome, Status
from chatwright.store.turns import Begun

EventName = Literal["delta", "route", "done", "error"]


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """What a reader gets. `text` belongs to a delta; `message` is the reply as known by then."""

    id: int
    name: EventName
    text: str
    message: MessageRecord


class Turn:
    """A reply in the making. Event ids start at 1 and grow by one with each piece of text.

    A reader that is behind gets the pieces it missed as one delta with the newest id, so a slow
    reader costs no more memory than a fast one. All pieces together are bounded by the context.
    """

    def __init__(self, begun: Begun, owner: str, conversation_id: str) -> None:
        self.id = begun.turn_id
        self.owner = owner
        self.conversation_id = conversation_id
        self.user_message = begun.user_message
        self.begun = begun.message
        self.message = begun.message
        self.halted: Status | None = None
        self.answering: asyncio.Task[None] | None = None
        self.ended = False
        self._pieces: list[str] = []  # one per event; empty where `_notes` has the event
        self._notes: dict[int, TurnEvent] = {}
        self._changed = asyncio.Event()
        self._started = time.monotonic()
        self._outcome = Outcome("running")

    def add(self, chunk: Chunk) -> None:
        """Take the next chunk of the reply."""
        known = self._outcome
        if chunk.text and known.first_token_ms is None:
            known = replace(known, first_token_ms=self._elapsed())
        if chunk.usage is not None:
            known = replace(
                known,
                prompt_tokens=chunk.usage.prompt_tokens,
                completion_tokens=chunk.usage.completion_tokens,
            )
        routed = chunk.route is not None and known.route is None
        if routed or chunk.finish_reason or chunk.sources or chunk.left_out:
            known = replace(
                known,
                route=chunk.route or known.route,
                confidence=known.confidence if chunk.confidence is None else chunk.confidence,
                sources=tuple(asdict(source) for source in chunk.sources) or known.sources,
                left_out=chunk.left_out or known.left_out,
                finish_reason=chunk.finish_reason,
            )
        self._outcome = known
        if routed:
            note = replace(
                self.message, route=known.route, sources=known.sources, left_out=known.left_out
            )
            self._note("route", note)
        if chunk.text:
            self._pieces.append(chunk.text)
            self._wake()

    def outcome(self, status: Status, error: str | None = None) -> Outcome:
        """What is to be written when the turn ends like this."""
        content = "".join(self._pieces)
        return replace(
            self._outcome, status=status, content=content, total_ms=self._elapsed(), error=error
        )

    def halt(self, status: Status) -> None:
        """Stop writing; the end follows as soon as the engine has let go."""
        if self.answering is not None and not self.answering.done():
            self.halted = self.halted or status
            self.answering.cancel()

    def end(self, message: MessageRecord) -> None:
        """Add the final event."""
        self.message = message
        self.ended = True
        self._note("done" if message.status in ("done", "stopped") else "error", message)

    async def events(self, after: int = 0) -> AsyncIterator[TurnEvent]:
        """The events that follow number `after`; ends after the final one."""
        position = after
        while True:
            changed = self._changed
            while position < len(self._pieces):
                event = self._next(position)
                yield event
                position = event.id
            if self.ended:
                return
            await changed.wait()

    def _next(self, position: int) -> TurnEvent:
        if (note := self._notes.get(position + 1)) is not None:
            return note
        end = position + 1
        while end < len(self._pieces) and end + 1 not in self._notes:
            end += 1
        return TurnEvent(end, "delta", "".join(self._pieces[position:end]), self.message)

    def _note(self, name: EventName, message: MessageRecord) -> None:
        self._pieces.append("")
        number = len(self._pieces)
        self._notes[number] = TurnEvent(number, name, "", message)
        self._wake()

    def _wake(self) -> None:
        woken, self._changed = self._changed, asyncio.Event()
        woken.set()

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._started) * 1000)
