"""The items of a response as they grow, and the events that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chatwright.core.types import Token
from chatwright.server.openai.calls import Called, Piece, Said
from chatwright.server.openai.logprobs import Spelling, content
from chatwright.store.stamps import new_id

Event = dict[str, Any]


class Output:
    """Messages and calls in their order. One of them at most is open: the last."""

    def __init__(self, *, logprobs: bool) -> None:
        self.items: list[dict[str, Any]] = []
        self._open = False
        self._logprobs = logprobs
        self._spelling = Spelling()
        self._tokens: list[dict[str, Any]] = []  # of words that are still to be shown

    def add(self, pieces: Sequence[Piece], tokens: Sequence[Token], *, last: bool) -> list[Event]:
        """Take what was said and called since; the events that it makes."""
        if self._logprobs:
            words = self._spelling.of(tokens, last=last)
            self._tokens += [token.model_dump() for token in content(tokens, words)]
        return [event for piece in pieces for event in self._take(piece)]

    def end(self, status: str) -> list[Event]:
        """Nothing more comes. A response that says nothing has a message without words."""
        events = [] if self.items else list(self._say(""))
        return [*events, *self._close(status)]

    def _take(self, piece: Piece) -> Iterator[Event]:
        if isinstance(piece, Said):
            yield from self._say(piece.text)
        else:
            yield from self._call(piece)

    def _say(self, text: str) -> Iterator[Event]:
        if not self._open or self.items[-1]["type"] != "message":
            yield from self._close("completed")
            message = {"type": "message", "id": _id("msg"), "role": "assistant"}
            yield self._opened(message | {"status": "in_progress", "content": []})
            part = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
            self.items[-1]["content"].append(part)
            yield self._event(
                "response.content_part.added", content_index=0, part=part | {"logprobs": []}
            )
        tokens, self._tokens = self._tokens, []
        part = self.items[-1]["content"][0]
        part["text"] += text
        part["logprobs"] += tokens
        if text:
            yield self._event(
                "response.output_text.delta", content_index=0, delta=text, logprobs=tokens
            )

    def _call(self, piece: Called) -> Iterator[Event]:
        if piece.name is not None:
            yield from self._close("completed")
            call = {"type": "function_call", "id": _id("fc"), "call_id": piece.id}
            called = call | {"name": piece.name, "arguments": "", "status": "in_progress"}
            yield self._opened(called)
        self.items[-1]["arguments"] += piece.arguments
        if piece.arguments:
            yield self._event("response.function_call_arguments.delta", delta=piece.arguments)

    def _opened(self, item: dict[str, Any]) -> Event:
        self.items.append(item)
        self._open = True
        shown = item | {"content": []} if "content" in item else dict(item)
        return {
            "type": "response.output_item.added",
            "output_index": len(self.items) - 1,
            "item": shown,
        }

    def _close(self, status: str) -> Iterator[Event]:
        if not self._open:
            return
        self._open = False
        item = self.items[-1]
        item["status"] = status
        if item["type"] == "message":
            part = item["content"][0]
            part["logprobs"] += self._tokens
            self._tokens = []
            text, tokens = part["text"], part["logprobs"]
            yield self._event(
                "response.output_text.done", content_index=0, text=text, logprobs=tokens
            )
            yield self._event("response.content_part.done", content_index=0, part=part)
        else:
            yield self._event(
                "response.function_call_arguments.done",
                name=item["name"],
                arguments=item["arguments"],
            )
        place = len(self.items) - 1
        yield {"type": "response.output_item.done", "output_index": place, "item": item}

    def _event(self, type: str, **data: Any) -> Event:
        place = len(self.items) - 1
        return {"type": type, "item_id": self.items[place]["id"], "output_index": place, **data}


def _id(kind: str) -> str:
    return f"{kind}_{new_id().replace('-', '')}"
