"""An answer as it is written, for a channel that can show it so: piece by piece, to its end, as one message."""

from __future__ import annotations

from chatwright.answer.turn import Turn


class Written:
    """Gives the text of a turn piece by piece, up to `most` characters; several pieces that came meanwhile
    are one. `text` is what was given."""

    def __init__(self, turn: Turn, most: int) -> None:
        self._events = turn.events()
        self._most = most
        self._first = ""
        self.text = ""

    async def begun(self) -> bool:
        """Whether it says anything; as soon as that is known."""
        if not self.text:
            self._first = await self() or ""
        return bool(self.text)

    async def __call__(self) -> str | None:
        """The next piece; None at the end of the turn, or of the room."""
        if first := self._first:
            self._first = ""
            return first
        async for event in self._events:
            if event.text:
                piece = event.text[: self._most - len(self.text)]
                self.text += piece
                return piece or None
        return None

    async def rest(self) -> str:
        """All that there is room for, once the turn is over."""
        while await self() is not None:
            pass
        async for _ in self._events:  # what there was no room for
            pass
        return self.text
