"""Which part of a conversation the model is shown when all of it does not fit. Cuts no message."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from chatwright.core.errors import ContextTooLong
from chatwright.core.types import Conversation, Message


@dataclass(frozen=True, slots=True)
class Fitted:
    """A conversation that fits, its prompt tokens, and how many messages were left out for it."""

    conversation: Conversation
    prompt_tokens: int
    left_out: int


def fit(conversation: Conversation, count: Callable[[Conversation], int], limit: int) -> Fitted:
    """Leave out the oldest whole exchanges until at most `limit` prompt tokens remain.

    System messages stay, and so does everything from the last user message on. An exchange starts
    at a user message and ends before the next. `count` must not grow when messages are left out.
    Raises `ContextTooLong` when even the last exchange does not fit.
    """
    whole = count(conversation)
    if whole <= limit:
        return Fitted(conversation, whole, 0)
    starts = _starts(conversation.messages)

    def fits(step: int) -> bool:
        return count(_from(conversation, starts[step])) <= limit

    # Counting tokenizes all of the text: search for the first start that fits, not one by one.
    step = bisect_left(range(len(starts)), True, key=fits)
    if step == len(starts):
        raise too_long(count(_from(conversation, starts[-1])) if starts else whole, limit)
    kept = _from(conversation, starts[step])
    return Fitted(kept, count(kept), len(conversation.messages) - len(kept.messages))


def too_long(tokens: int, limit: int) -> ContextTooLong:
    return ContextTooLong(
        f"The conversation has {tokens} tokens, and at most {limit} fit the model's context.",
        "Send a shorter message, or start a new conversation.",
    )


def _starts(messages: tuple[Message, ...]) -> list[int]:
    """Where exchanges start. What stands before the first one is left out before any of them."""
    return [index for index, message in enumerate(messages) if message.role == "user"]


def _from(conversation: Conversation, start: int) -> Conversation:
    kept = tuple(
        message
        for index, message in enumerate(conversation.messages)
        if index >= start or message.role == "system"
    )
    return Conversation(kept, conversation.id, conversation.provenance)
