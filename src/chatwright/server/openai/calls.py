"""Reads calls out of what a model writes, while it writes it.

What is said and what is called come apart as `Said` and `Called`; a call begins with one that has its
name, and pieces of its arguments may follow. Whatever does not turn out to be a call is text after all.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from chatwright.server.openai.tools import Calling
from chatwright.store.stamps import new_id

OPEN, CLOSE = "<tool_call>", "</tool_call>"


@dataclass(frozen=True, slots=True)
class Said:
    """Words for the reader."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """A piece of call number `index`; `name` and `id` are set on its first piece alone."""

    index: int
    arguments: str = ""
    name: str | None = None
    id: str | None = None


Piece = Said | Called


class Reader(Protocol):
    """Takes the text as it comes."""

    called: bool  # a whole call was made

    def push(self, text: str) -> list[Piece]:
        """What is known by now."""

    def finish(self, complete: bool) -> list[Piece]:
        """The text ended, `complete` or cut off: what was held back."""


def reader(calling: Calling, told: bool) -> Reader:
    """The one that fits what may be called; `told`: the model knows of the tools."""
    if calling.named is not None:
        return Arguments(calling.named)
    if calling.forced:
        return OneCall()
    if calling.choice == "auto" and told:
        return Tagged({function.name for function in calling.functions}, calling.several)
    return Words()


class Words:
    """No calls: all is text."""

    called = False

    def push(self, text: str) -> list[Piece]:
        return [Said(text)] if text else []

    def finish(self, complete: bool) -> list[Piece]:
        return []


class Arguments:
    """The text is the arguments of a function that was named."""

    def __init__(self, name: str) -> None:
        self.called = False
        self._name: str | None = name

    def push(self, text: str) -> list[Piece]:
        if self._name is None:
            return [Called(0, text)] if text else []
        name, self._name = self._name, None
        return [Called(0, text, name, call_id())]

    def finish(self, complete: bool) -> list[Piece]:
        self.called = complete
        return self.push("") if self._name is not None else []


class OneCall:
    """The text is one call, as JSON with name and arguments; shown when it is whole."""

    def __init__(self) -> None:
        self.called = False
        self._text = ""

    def push(self, text: str) -> list[Piece]:
        self._text += text
        return []

    def finish(self, complete: bool) -> list[Piece]:
        call = parse(self._text)
        self.called = call is not None and complete
        return [] if call is None else [_whole(0, call)]


class Tagged:
    """Words, and calls between tags. From the first tag on all is held until the end."""

    def __init__(self, names: Collection[str], several: bool) -> None:
        self.called = False
        self._names, self._several = names, several
        self._held = ""

    def push(self, text: str) -> list[Piece]:
        self._held += text
        begins = self._held.find(OPEN)
        if begins < 0:
            begins = len(self._held) - _begun(self._held)
        shown, self._held = self._held[:begins], self._held[begins:]
        return [Said(shown)] if shown else []

    def finish(self, complete: bool) -> list[Piece]:
        calls = self._calls()
        if not calls:
            return [Said(self._held)] if self._held else []
        self.called = True
        return [_whole(place, call) for place, call in enumerate(calls)]

    def _calls(self) -> list[dict[str, Any]]:
        """The calls that are held; none unless all that is held is calls of tools that there are."""
        calls = [parse(block) for block in blocks(self._held)]
        known = [call for call in calls if call is not None and call["name"] in self._names]
        if len(known) < len(calls):
            return []
        return known if self._several else known[:1]


def blocks(text: str) -> list[str]:
    """What stands between the tags; nothing if there is anything else."""
    found = []
    rest = text.strip()
    while rest.startswith(OPEN):
        block, closed, rest = rest[len(OPEN) :].partition(CLOSE)
        if not closed:
            return []
        found.append(block)
        rest = rest.lstrip()
    return [] if rest else found


def parse(text: str) -> dict[str, Any] | None:
    """A call that is written as JSON; None where it is none."""
    try:
        call = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(call, dict) and isinstance(call.get("name"), str) and "arguments" in call
    return call if whole else None


def call_id() -> str:
    return f"call_{new_id().replace('-', '')[:24]}"


def _whole(place: int, call: dict[str, Any]) -> Called:
    arguments = json.dumps(call["arguments"], ensure_ascii=False)
    return Called(place, arguments, call["name"], call_id())


def _begun(text: str) -> int:
    """How many characters at the end of `text` may begin a tag."""
    return next((n for n in range(len(OPEN) - 1, 0, -1) if text.endswith(OPEN[:n])), 0)
