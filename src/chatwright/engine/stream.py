"""Token ids -> text, as they come: whole characters and values only, and nothing past a stop string."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from chatwright.core.types import Restorer, Sampling, Token
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

    @property
    def pending(self) -> int:
        """Bytes of an unfinished character that are held back."""
        return len(self._decoder.getstate()[0])

    def bytes_of(self, index: int, text: str) -> bytes:
        """What the id `index` stands for, having brought `text`: a pointer's value is only known then."""
        if index in self._pointing:
            return text.encode()
        return self._bytes[index] if index < len(self._bytes) else b""

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


class Held(NamedTuple):
    """A token that was written and not let out: the characters that it brought, and where they are."""

    token: Token
    text: str
    start: int
    end: int  # with the character that its last bytes begin
    pending: int  # those bytes
    due: int  # characters that must be shown before it is let out


class Tokens:
    """The tokens of a reply, let out together with the text that they are of.

    Put together, the bytes of all that were let out are the text that was shown. Where a `restorer`
    puts values in the place of placeholders, a token's bytes are what it made the restorer show.
    """

    def __init__(self, restorer: Restorer | None = None) -> None:
        self._restorer = restorer
        self._held: deque[Held] = deque()
        self._made = self._shown = 0

    def put(self, token: Token, text: str, pending: int = 0) -> str:
        """`token` brought `text` and left `pending` bytes undecoded. The text as it is restored."""
        start, wait = self._made, 0
        if self._restorer is not None:
            text, pending, wait = self._restorer.push(text), 0, 1  # it may hold a part back
            token = Token(text.encode(), token.logprob)
        self._made += len(text)
        end = self._made + (pending > 0)
        self._held.append(Held(token, text, start, end, pending, end + wait))
        return text

    def shown(self, characters: int) -> tuple[Token, ...]:
        """The tokens that end in the next `characters` that are shown."""
        self._shown += characters
        found = []
        while self._held and self._held[0].due <= self._shown:
            found.append(self._held.popleft().token)
        return tuple(found)

    def restored(self) -> str:
        """The text ended: what the restorer held back goes to the last token."""
        rest = self._restorer.finish() if self._restorer else ""
        if rest and self._held:
            last = self._held.pop()
            self._made += len(rest)
            token = Token(last.token.bytes + rest.encode(), last.token.logprob)
            self._held.append(last._replace(token=token, text=last.text + rest, end=self._made))
        return rest

    def finish(self, characters: int) -> tuple[Token, ...]:
        """The last `characters` are shown: all that is left, cut where the text was."""
        found = list(self.shown(characters))
        for held in self._held:
            if held.end <= self._shown:
                found.append(held.token)
            elif held.start < self._shown:
                hidden = held.text[self._shown - held.start :].encode()
                keep = len(held.token.bytes) - len(hidden) - held.pending
                found.append(Token(held.token.bytes[:keep], held.token.logprob))
        return tuple(found)


class Wording:
    """The ids of a reply as they come, made into what can be shown of them."""

    def __init__(
        self, text: Detokenizer, sampling: Sampling, restorer: Restorer | None = None
    ) -> None:
        self._text = text
        self._tokens = Tokens(restorer) if sampling.logprobs else None
        # Where tokens are counted it is they who restore.
        self._stops = StopStrings(sampling.stop, None if sampling.logprobs else restorer)
        self._single = sampling.logprobs or bool(sampling.stop)

    @property
    def stopped(self) -> bool:
        """Whether a stop string ended it."""
        return self._stops.hit

    def push(self, ids: list[int], log_probs: list[float]) -> tuple[int, str, tuple[Token, ...]]:
        """(ids that belong to the reply, text, tokens): what more can be shown.

        One by one where a stop string may hit: the reply, and its usage, end there however the ids
        came together.
        """
        taken, shown = 0, ""
        tokens: tuple[Token, ...] = ()
        for some, log_prob in self._pieces(ids, log_probs):
            taken += len(some)
            text = self._text.push(some)
            if self._tokens is not None:
                token = Token(self._text.bytes_of(some[0], text), log_prob)
                text = self._tokens.put(token, text, self._text.pending)
            text = self._stops.push(text)
            shown += text
            if self._tokens is not None:
                tokens += self._tokens.shown(len(text))
            if self._stops.hit:
                break
        return taken, shown, tokens

    def _pieces(
        self, ids: list[int], log_probs: list[float]
    ) -> Iterator[tuple[Sequence[int], float]]:
        if not self._single:
            return iter([(ids, 0.0)])
        return zip(([index] for index in ids), log_probs or repeat(0.0), strict=False)

    def finish(self) -> tuple[str, tuple[Token, ...]]:
        """It ended: what was held back."""
        rest = ""
        if not self._stops.hit:
            end = self._text.finish()
            if self._tokens is not None:
                end += self._tokens.restored()
            rest = self._stops.push(end) + self._stops.finish()
        return rest, self._tokens.finish(len(rest)) if self._tokens is not None else ()
