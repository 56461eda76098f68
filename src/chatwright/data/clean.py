"""Cleaning: a list of steps. Each returns the conversation, changed or not, or a reason to drop it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from chatwright.core.types import Conversation, Message

Step = Callable[[Conversation], Conversation | str]

# Control characters except tab and newline; lone surrogates; byte-order marks; noncharacters.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# After `unicode_form` and SPACES, \s is a single space or \n: this takes time in line with the text.
BREAKS = re.compile(r"\s*\n\s*\n\s*")
LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n\n"}


def unicode_form(conversation: Conversation) -> Conversation:
    """NFC, line ends as \\n, no control characters."""

    def mend(text: str) -> str:
        for found, meant in LINE_ENDS.items():
            text = text.replace(found, meant)
        return unicodedata.normalize("NFC", UNWANTED.sub("", text))

    return _map(conversation, mend)


def whitespace(conversation: Conversation) -> Conversation:
    """Single spaces, at most one empty line, nothing at the ends."""

    def mend(text: str) -> str:
        return BREAKS.sub("\n\n", SPACES.sub(" ", text)).strip()

    return _map(conversation, mend)


def turns(conversation: Conversation) -> Conversation | str:
    """Empty messages out, same-role neighbours merged, trailing user turns trimmed."""
    merged: list[Message] = []
    for message in conversation.messages:
        if not message.content:
            continue
        if merged and merged[-1].role == message.role:
            before = merged.pop()
            content = f"{before.content}\n{message.content}"
            merged.append(Message(message.role, content, before.refused or message.refused))
        else:
            merged.append(message)
    while merged and merged[-1].role != "assistant":
        merged.pop()
    if not merged:
        return "no assistant turn"
    if not any(message.role == "user" for message in merged):
        return "no user turn"
    return replace(conversation, messages=tuple(merged))


def length(limit: int) -> Step:
    """Drop conversations with a message longer than `limit` characters."""

    def check(conversation: Conversation) -> Conversation | str:
        if any(len(message.content) > limit for message in conversation.messages):
            return f"a message longer than {limit:,} characters"
        return conversation

    return check


def steps(max_message_chars: int) -> list[Step]:
    """The steps in the order in which they run; length first, so that nothing huge is worked on."""
    return [length(max_message_chars), unicode_form, whitespace, turns]


def clean(conversation: Conversation, through: list[Step]) -> Conversation | str:
    for step in through:
        result = step(conversation)
        if isinstance(result, str):
            return result
        conversation = result
    return conversation


def normalised(conversation: Conversation) -> str:
    """What exact deduplication and the split compare: roles, and text without case and spacing."""
    parts = (
        f"{message.role}\t{' '.join(message.content.casefold().split())}"
        for message in conversation.messages
    )
    return "\n".join(parts)


def _map(conversation: Conversation, mend: Callable[[str], str]) -> Conversation:
    said = tuple(replace(m, content=mend(m.content)) for m in conversation.messages)
    return replace(conversation, messages=said)
