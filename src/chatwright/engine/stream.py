"""Token ids -> text, as they come: whole characters and values only, and nothing past a stop string."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Sequence

from chatwright.core.types import Restorer
from chatwright.tokenizer.pointers import TAIL, Place, Session


class Detokenizer:
    """Turns ids into text incrementally; bytes of an unfinished character are held back.

    The concatenation of all results equals the batch decoding of all ids. Where replies can point at
    values, `pointing` are the pointers by id, and the prompt's `session` knows the values.
    """

    def __init__(
        self,
        token_bytes: Sequence[bytes],
        pointing: Mapping[int, Place] | None = None,
        session: Session | None = None,
    ) -> None:
        self._bytes, self._session = token_bytes, session
        self._pointing = pointing or {} if session else {}
        self._written = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def push(self, ids: Iterable[int]) -> str:
        if self._session is not None:
            return "".join([self._one(index, self._session) for index in ids])
        known = len(self._bytes)
        return self._decoder.decode(b"".join(self._bytes[i] for i in ids if i < known))

    def _one(self, index: int, session: Session) -> str:
        if (place := self._pointing.get(index)) is not None:
            text = session.put(place, self._written)
        else:
            text = self._decoder.decode(self._bytes[index] if index < len(self._bytes) else b"")
        self._written = (self._written + text)[-TAIL:]
        return text

    def finish(self) -> str:
        """What is left at the end: replacement characters for a character cut in the middle."""
        return self._decoder.decode(b"", final=True)


class StopStrings:
    """Cuts a stream of text before a stop string; holds back what may be the start of one.

    What a `restorer` shows is what counts: stop strings are the caller's, who sees no placeholders.
    Of several, the one that is complete first counts (of those, the longest), so that the same text
    is cut at the same place however it comes in pieces.
    """

    def __init__(self, stops: Sequence[str], restorer: Restorer | None = None) -> None:
        self._restorer = restorer
        self._stops = [stop for stop in stops if stop]
        self._held = ""
        self.hit = False

    def push(self, text: str) -> str:
        """The part of the stream that is safe to show; after a hit, nothing more."""
        return self._cut(self._restorer.push(text) if self._restorer else text)

    def _cut(self, text: str) -> str:
        if self.hit or not self._stops:
            return "" if self.hit else text
        text = self._held + text
        found = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.hit, self._held = True, ""
            return text[: min(found)[1]]
        keep = max(self._partial(text, stop) for stop in self._stops)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def finish(self) -> str:
        """The stream ended without a stop string: what was held back is text after all."""
        rest = self._cut(self._restorer.finish()) if self._restorer else ""
        held, self._held = self._held, ""
        return rest if self.hit else rest + held

    @staticmethod
    def _partial(text: str, stop: str) -> int:
        """Length of the longest end of `text` that begins `stop`."""
        for length in range(min(len(stop) - 1, len(text)), 0, -1):
            if stop.startswith(text[-length:]):
                return length
        return 0
