"""One running turn as its readers see it: numbered events that can be read late, twice, by many.

Lives in memory only and writes nothing; `record.py` keeps and saves it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from typing import Literal

from chatwright.answer.explanation import kept
from chatwright.core.types import Chunk
from chatwright.store.attachments import AttachedLine
from chatwright.store.records import MessageRecord, Outcome, Status
from chatwright.store.turns import Begun

EventName = Literal["delta", "route", "done", "error"]

# Numbers of events tell how much of the text has been seen, so that a reader can go on in another
# process: after n characters the text's event is 3 n, that of the route 3 n + 1, the last 3 n + 2.
STEP, ROUTE, FINAL = 3, 1, 2


def ending(message: MessageRecord) -> EventName:
    """The name of the last event of a turn that ended with `message`."""
    return "done" if message.status in ("done", "stopped") else "error"


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """What a reader gets. `text` belongs to a delta; `message` is the reply as known by then."""

    id: int
    name: EventName
    text: str
    message: MessageRecord


class Turn:
    """A reply in the making. Event ids grow with the text.

    A reader that is behind gets the pieces it missed as one delta with the newest id, so a slow
    reader costs no more memory than a fast one. All pieces together are bounded by the context.
    """

    def __init__(self, begun: Begun, owner: str, conversation_id: str) -> None:
        self.id = begun.turn_id
        self.owner = owner
        self.conversation_id = conversation_id
        self.user_message = begun.user_message
        texts = begun.attached.get(begun.user_message.id, ())
        self.attached = tuple(AttachedLine(one.name, len(one.content)) for one in texts)
        self.begun = begun.message
        self.message = begun.message
        self.halted: Status | None = None
        self.answering: asyncio.Task[None] | None = None
        self.ended = False
        self._text = ""
        self._notes: list[TurnEvent] = []  # what is not text, in order
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
        if (
            routed
            or chunk.finish_reason
            or chunk.sources
            or chunk.left_out
            or chunk.mark
            or chunk.handover
        ):
            known = replace(
                known,
                route=chunk.route or known.route,
                confidence=known.confidence if chunk.confidence is None else chunk.confidence,
                sources=tuple(asdict(source) for source in chunk.sources) or known.sources,
                left_out=chunk.left_out or known.left_out,
                finish_reason=chunk.finish_reason,
                mark=chunk.mark or known.mark,
                handover=chunk.handover or known.handover,
            )
        if chunk.explanation is not None:
            known = replace(known, explanation=kept(chunk.explanation))
        self._outcome = known
        if chunk.finish_reason and chunk.text:  # a route that comes last follows all of the text
            self._text += chunk.text
            self._wake()
        if routed:
            note = replace(
                self.message, route=known.route, sources=known.sources, left_out=known.left_out
            )
            self._note("route", ROUTE, note)
        if chunk.text and not chunk.finish_reason:
            self._text += chunk.text
            self._wake()

    def outcome(self, status: Status, error: str | None = None) -> Outcome:
        """What is to be written when the turn ends like this."""
        return replace(
            self._outcome, status=status, content=self._text, total_ms=self._elapsed(), error=error
        )

    @property
    def text(self) -> str:
        """What is written by now."""
        return self._text

    def halt(self, status: Status) -> None:
        """Stop writing; the end follows as soon as the engine has let go."""
        if self.answering is not None and not self.answering.done():
            self.halted = self.halted or status
            self.answering.cancel()

    def end(self, message: MessageRecord) -> None:
        """Add the final event."""
        self.message = message
        self.ended = True
        self._note(ending(message), FINAL, message)

    async def events(self, after: int = 0) -> AsyncIterator[TurnEvent]:
        """The events that follow number `after`; ends after the final one."""
        position = after
        while True:
            changed = self._changed
            while (event := self._next(position)) is not None:
                yield event
                position = event.id
            if self.ended:
                return
            await changed.wait()

    def _next(self, position: int) -> TurnEvent | None:
        note = next((note for note in self._notes if note.id > position), None)
        seen, end = position // STEP, len(self._text) if note is None else note.id // STEP
        if end > seen:
            return TurnEvent(STEP * end, "delta", self._text[seen:end], self.message)
        return note

    def _note(self, name: EventName, kind: int, message: MessageRecord) -> None:
        self._notes.append(TurnEvent(STEP * len(self._text) + kind, name, "", message))
        self._wake()

    def _wake(self) -> None:
        woken, self._changed = self._changed, asyncio.Event()
        woken.set()

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._started) * 1000)
