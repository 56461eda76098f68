"""A reply that comes in pieces, checked before it is sent: nothing forbidden leaves, not even a part.

A stage takes text and gives what is decided; it keeps an end that may still become a hit. What all pieces
give together is what the whole text would give in one piece. Knows no rule itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from chatwright.answer.guard_topics import Patterns
from chatwright.core.types import Mark, Token

MOST = 400  # characters that are kept for a pattern that may still match
BEFORE = 160  # characters already sent that a stage may look back at
# Signs that begin nothing and belong to nothing that a stage looks for, but for the words they make.
PLAIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ,;!?' \\n]*")
LONG = 15  # letters: a longer word may be a key
WORD = re.compile(r"[^\W\d_]+")
BEHIND = 40  # characters already sent that a pattern may look back at


class Stage(Protocol):
    """One check of a text on its way."""

    hit: Mark | None  # why the reply ends before what was given last
    kept: str  # of what was given: the end that is not decided
    opens: frozenset[str] | None  # words (small letters) that this stage must see; None: all text
    ends: tuple[str, ...]  # and endings of words

    @property
    def within(self) -> bool:
        """In the midst of something of which all must be seen."""

    def push(self, text: str) -> str:
        """What may be sent by now."""

    def finish(self) -> str:
        """The text ended: what was kept, as far as it may be sent."""

    def skip(self, text: str) -> None:
        """`text` was sent without being asked about: plain words, none of them in `opens`."""


class Forbidden:
    """Ends the text before the first match. A pattern that matches above `MOST` characters is found
    only where it matches a shorter part as well."""

    def __init__(self, patterns: Patterns, mark: Mark) -> None:
        self.hit: Mark | None = None
        self._mark: Mark = mark
        self._patterns = patterns
        self.opens = patterns.first_words
        self.ends: tuple[str, ...] = ()
        self._sent = ""
        self.kept = ""

    def push(self, text: str) -> str:
        if not self.kept and not self.hit and not self._patterns.may_begin(text):
            self._sent = text[-BEHIND:] if len(text) >= BEHIND else (self._sent + text)[-BEHIND:]
            return text
        return self._decide(text, False)

    def finish(self) -> str:
        return self._decide("", True) if self.kept else ""

    @property
    def within(self) -> bool:
        return False

    def skip(self, text: str) -> None:
        self._sent = (self._sent + text)[-BEHIND:]

    def _decide(self, text: str, ended: bool) -> str:
        if self.hit:
            return ""
        start = len(self._sent)
        whole = f"{self._sent}{self.kept}{text}"
        found = self._patterns.search(whole, start, partial=not ended)
        at = len(whole)
        if found is not None:
            begin, end, complete = found
            if complete and (ended or end < at):  # at the very end the next letter may undo it
                self.hit, at = self._mark, begin
            elif at - begin <= MOST:
                at = begin
        self.kept = "" if self.hit else whole[at:]
        self._sent = whole[max(0, at - BEHIND) : at]
        return whole[start:at]


class Checked:
    """Text through several stages. With `tokens`, a token goes when its text is sent; behind a place where
    the text was changed no tokens are given any more: they would tell what was taken out.

    Most of a reply is plain words that no stage has to see: those are let through here, all but the last
    one, which may still become something else. That is what keeps the cost of a piece at some microseconds.
    """

    def __init__(self, stages: Sequence[Stage], tokens: bool = False) -> None:
        self._stages = stages
        self._quick = all(stage.opens is not None for stage in stages)
        self._opens = frozenset[str]().union(*(stage.opens or () for stage in stages))
        self._ends = tuple(end for stage in stages for end in stage.ends)
        self._idle = self._quick  # no stage keeps anything: `_word` is what is kept
        self._word = ""
        self._skipped = ""  # what the stages were not shown, the end of it
        self._tokens: list[Token] = []
        self._tracked = tokens
        self._given = b""  # what came in, from the first byte of the first token that is kept
        self._sent = 0  # bytes of it that went out

    @property
    def hit(self) -> Mark | None:
        return next((stage.hit for stage in self._stages if stage.hit), None)

    def push(self, text: str, tokens: Sequence[Token] = ()) -> tuple[str, tuple[Token, ...]]:
        """What may be sent of the reply by now. Where there is a `hit` then, this was the last of it."""
        shown = self._plain(text) if self._idle else None
        if shown is None:
            shown = self._through(self._awake() + text, False)
            self._rest()
        return shown, self._ready(text, shown, tokens) if self._tracked else ()

    def finish(self) -> tuple[str, tuple[Token, ...]]:
        """The reply ended."""
        shown = self._through(self._awake(), True)
        return shown, self._ready("", shown, ()) if self._tracked else ()

    def _plain(self, text: str) -> str | None:
        """What may be sent where `text` is plain; None where the stages must see it."""
        if PLAIN.fullmatch(text) is None:
            return None
        run = self._word + text
        cut = _last_word(run)
        if not self._harmless(run[:cut]):
            return None
        self._word = run[cut:]
        self._skipped = (self._skipped + run[:cut])[-BEFORE:]
        return run[:cut]

    def _harmless(self, text: str) -> bool:
        words = WORD.findall(text.lower())
        if not self._opens.isdisjoint(words):
            return False
        ends = self._ends
        return not any([len(word) > LONG or word.endswith(ends) for word in words])  # noqa: C419 (faster)

    def _awake(self) -> str:
        """The stages take over: what was kept here is to be given to them."""
        if not self._idle:
            return ""
        for stage in self._stages:
            stage.skip(self._skipped)
        word, self._word, self._skipped, self._idle = self._word, "", "", False
        return word

    def _rest(self) -> None:
        """Where the stages keep nothing but plain words, it is kept here from now on."""
        kept = "".join([stage.kept for stage in reversed(self._stages)])
        if not self._quick or any([stage.within for stage in self._stages]):  # noqa: C419 (faster)
            return
        if PLAIN.fullmatch(kept) and self._harmless(kept[: _last_word(kept)]):
            for stage in self._stages:
                stage.kept = ""
            self._word, self._idle = kept, True

    def _through(self, text: str, ended: bool) -> str:
        for stage in self._stages:
            if text:
                text = stage.push(text)
            ended = ended or stage.hit is not None
            if ended:
                text += stage.finish()
        return text

    def _ready(self, text: str, shown: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
        self._tokens += tokens
        given, out = self._given + text.encode(), shown.encode()
        if given[self._sent : self._sent + len(out)] != out:
            self._tracked = False
            return ()
        self._sent += len(out)
        ready = size = 0
        while ready < len(self._tokens) and size + len(self._tokens[ready].bytes) <= self._sent:
            size += len(self._tokens[ready].bytes)
            ready += 1
        gone, self._tokens = tuple(self._tokens[:ready]), self._tokens[ready:]
        size = size if self._tokens else self._sent
        self._given, self._sent = given[size:], self._sent - size
        return gone


def _last_word(text: str) -> int:
    """Where the last word begins, the white space behind it with it."""
    end = len(text.rstrip())
    return max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
