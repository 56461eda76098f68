"""JSON records, one per line or as one array: the shared ground of the JSON formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from chatwright.core.types import Conversation, Message, Reject, Role
from chatwright.data.readers.source import Source

ROLE_NAMES: dict[str, Role] = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "human": "user",
    "prompter": "user",
    "customer": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "chatbot": "assistant",
    "agent": "assistant",
    "tool": "tool",
    "function": "tool",
    "observation": "tool",
}


class BadRow(Exception):
    """A row that cannot become a conversation; the text is the reason."""


def first_record(source: Source) -> dict[str, Any] | None:
    """The first JSON object of the file, for sniffing; None when it does not start as JSON."""
    head = source.head().lstrip()
    if head.startswith("["):
        head = head[1:].lstrip()
    if not head.startswith("{"):
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(head)
    except ValueError:
        # The first object is longer than the head: the keys at its start must do.
        value = dict.fromkeys(_keys(head))
    return value if isinstance(value, dict) else None


def _keys(head: str) -> list[str]:
    return [key for key in ("messages", "conversations") if f'"{key}"' in head]


def read_records(
    source: Source, convert: Callable[[dict[str, Any], Source, int], Conversation]
) -> Iterator[Conversation | Reject]:
    """Each record through `convert`; what fails becomes a `Reject` with the reason."""
    records = _array(source) if source.head().lstrip().startswith("[") else _lines(source)
    for position, value in records:
        if isinstance(value, Reject):
            yield value
            continue
        try:
            if not isinstance(value, dict):
                raise BadRow("not a JSON object")
            yield convert(value, source, position)
        except BadRow as bad:
            yield source.reject(str(bad), position, json.dumps(value, ensure_ascii=False)[:200])


def _lines(source: Source) -> Iterator[tuple[int, Any]]:
    for line in source.lines():
        if line.problem:
            yield line.number, source.reject(line.problem, line.number, line.text)
        elif line.text.strip():
            try:
                yield line.number, json.loads(line.text)
            except (ValueError, RecursionError):
                yield line.number, source.reject("not valid JSON", line.number, line.text)


def _array(source: Source) -> Iterator[tuple[int, Any]]:
    parts: list[str] = []
    for line in source.lines():
        if line.problem:
            yield line.number, source.reject(line.problem, line.number, line.text)
            return
        parts.append(line.text)
    try:
        values = json.loads("\n".join(parts))
    except (ValueError, RecursionError):
        yield 0, source.reject("not valid JSON", 0, parts[0] if parts else "")
        return
    yield from enumerate(values)


def role(name: object) -> Role:
    try:
        return ROLE_NAMES[str(name).strip().lower()]
    except KeyError:
        raise BadRow(f"unknown role {str(name)[:40]!r}") from None


def text(value: object) -> str:
    """The text of a message: a string, or OpenAI's list of `{type: text, text}` parts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [part.get("text") for part in value if isinstance(part, dict)]
        if parts and all(isinstance(part, str) for part in parts):
            return "".join(str(part) for part in parts)
    if value is None:
        return ""
    raise BadRow("a message's content is not text")


def message(role_name: object, content: object, refused: object = False) -> Message:
    return Message(role(role_name), text(content), refused is True)
