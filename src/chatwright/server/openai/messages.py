"""Messages as clients send them, and the conversation that they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chatwright.core.types import Message, Role
from chatwright.server.limits import CHARACTERS, Text
from chatwright.server.openai.wire import Wire, refused

ROLES: dict[str, Role] = {
    "developer": "system",
    "system": "system",
    "user": "user",
    "assistant": "assistant",
    "tool": "tool",
}


class TextPart(Wire):
    """A part of a message's content; of a kind other than text or refusal it is refused."""

    type: Text
    text: Text | None = None
    refusal: Text | None = None

    @model_validator(mode="after")
    def _is_text(self) -> TextPart:
        if self.type not in ("text", "refusal"):
            raise refused("messages", f"content of type {self.type[:40]}")
        if self.said is None:
            raise ValueError(f"a part of type {self.type} needs {self.type}")
        return self

    @property
    def said(self) -> str | None:
        return self.text if self.type == "text" else self.refusal


class CalledFunction(Wire):
    """Which function was called, and with what: JSON as text."""

    name: Text
    arguments: Text


class ToolCall(Wire):
    """A call that an earlier reply made."""

    id: Text
    type: Literal["function"] = "function"
    function: CalledFunction


class ChatMessage(Wire):
    """A message as clients send it."""

    role: Literal["developer", "system", "user", "assistant", "tool", "function"]
    content: Text | list[TextPart] | None = None
    tool_calls: Annotated[list[ToolCall], Field(max_length=128)] | None = None
    tool_call_id: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> ChatMessage:
        if self.role == "function":
            raise refused("messages", "the role function")
        for name in ("function_call", "audio"):
            if (self.model_extra or {}).get(name):
                raise refused("messages", name)
        if self.tool_calls and self.role != "assistant":
            raise ValueError(f"a message of role {self.role} makes no tool_calls")
        if self.role == "tool" and self.tool_call_id is None:
            raise ValueError("a message of role tool needs tool_call_id")
        if self.content is None and not self.tool_calls:
            raise ValueError("a message needs content")
        return self

    def text(self) -> str:
        """What the message says, its parts joined, and the calls that it makes."""
        words = self.content or ""
        if not isinstance(words, str):
            words = "".join(part.said or "" for part in words)
        calls = [as_text(c.function.name, c.function.arguments) for c in self.tool_calls or ()]
        return "\n".join([*([words] if words else []), *calls])

    def message(self) -> Message:
        return Message(ROLES[self.role], self.text())


def as_text(name: str, arguments: str) -> str:
    """A call as models write it that were trained for tools (the format of Hermes and Qwen)."""
    return f'<tool_call>\n{{"name": "{name}", "arguments": {arguments}}}\n</tool_call>'


def check_length(texts: Iterable[str]) -> None:
    """Raise ValueError when `texts` are too much together."""
    if sum(len(text) for text in texts) > CHARACTERS:
        raise ValueError(f"the messages have more than {CHARACTERS} characters")


def check_answers(messages: Sequence[ChatMessage]) -> None:
    """Raise ValueError when a tool's message answers no call that was made before it."""
    made: set[str | None] = set()
    for place, message in enumerate(messages):
        made |= {call.id for call in message.tool_calls or ()}
        if message.role == "tool" and message.tool_call_id not in made:
            raise ValueError(f"messages.{place} answers no tool call that was made before it")
