"""Tools: which ones a reply may call, how the model is told of them, and the schema of a call.

A call is made certain by its schema: with `tool_choice` "required", or a function's name, the engine can
write nothing else. With "auto" the model decides. One from scratch, or fine-tuned from a base that knows no
tools, never decides for one: it was not trained to. A base or a hosted model that was trained for tools is
told of them in the format of Hermes and Qwen, and calls in that format are read (`calls`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field

from chatwright.core.types import Conversation, Message
from chatwright.server.limits import Text
from chatwright.server.openai.formats import Name, Schema, written
from chatwright.server.openai.wire import Wire

TOOLS = 128

TOLD = """# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
{signatures}
</tools>

For each function call, return a json object with function name and arguments within \
<tool_call></tool_call> XML tags:
<tool_call>
{{"name": <function-name>, "arguments": <args-json-object>}}
</tool_call>"""
VALUES = ("const", "enum", "default", "examples")  # keywords of a schema that hold no schemas
BY_NAME = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
ANSWERED = "<tool_response>\n{text}\n</tool_response>"


class Function(Wire):
    """What can be called. Without `parameters` it takes none."""

    name: Name
    description: Text | None = None
    parameters: Schema | None = None
    strict: bool | None = None

    def accepts(self) -> dict[str, Any]:
        """The schema of its arguments."""
        if self.parameters is None:
            return {"type": "object", "properties": {}, "additionalProperties": False}
        return self.parameters


class Tool(Wire):
    """A tool: a function, no other kind."""

    type: Literal["function"]
    function: Function


class NamedFunction(Wire):
    """The function that must be called."""

    name: Name


class NamedTool(Wire):
    """The tool that must be called."""

    type: Literal["function"]
    function: NamedFunction


Tools = Annotated[list[Tool], Field(max_length=TOOLS)]
Choice = Literal["none", "auto", "required"]


@dataclass(frozen=True, slots=True)
class Calling:
    """What a reply may call. `named` goes with "required"; `several`: more than one call at once."""

    functions: tuple[Function, ...] = ()
    choice: Choice = "none"
    named: str | None = None
    several: bool = True

    @classmethod
    def of(
        cls, functions: Sequence[Function], choice: Choice | str | None, several: bool | None
    ) -> Calling:
        """`choice` is one of `Choice` or, with a leading "=", a function's name. Raises ValueError for
        tools that are called the same, and for a choice that no tool can meet."""
        names = [function.name for function in functions]
        if len(set(names)) < len(names):
            raise ValueError("two tools have the same name")
        if not functions:
            if choice not in (None, "none", "auto"):
                raise ValueError("tool_choice asks for a call, and there are no tools")
            return cls()
        if choice is not None and choice.startswith("="):
            if choice[1:] not in names:
                raise ValueError(f"tool_choice names {choice[1:]}, which is not among the tools")
            return cls(tuple(functions), "required", choice[1:])
        picked: Choice = (
            "required" if choice == "required" else "none" if choice == "none" else "auto"
        )
        return cls(tuple(functions), picked, None, several is not False)

    @property
    def forced(self) -> bool:
        """Whether the reply is a call, whatever the model thinks."""
        return self.choice == "required"

    def schema(self) -> str | None:
        """The schema of the reply, where it must be a call: of the arguments alone where one function
        is named, else of one call with its name."""
        if not self.forced:
            return None
        if self.named is not None:
            return written(next(f for f in self.functions if f.name == self.named).accepts())
        calls = {
            f"call{place}": _call(function, f"/$defs/call{place}/properties/arguments")
            for place, function in enumerate(self.functions)
        }
        any_of = [{"$ref": f"#/$defs/{name}"} for name in calls]
        return written({"anyOf": any_of, "$defs": calls})

    def tell(self, conversation: Conversation) -> Conversation:
        """`conversation` with the tools in its system message."""
        if self.choice == "none":
            return conversation
        lines = []
        for function in self.functions:
            known = {"name": function.name, "description": function.description or ""}
            about = {"type": "function", "function": known | {"parameters": function.accepts()}}
            lines.append(json.dumps(about, ensure_ascii=False))
        told = TOLD.format(signatures="\n".join(lines))
        first, *rest = conversation.messages
        if first.role != "system":
            return replace(conversation, messages=(Message("system", told), first, *rest))
        system = replace(first, content=f"{first.content}\n\n{told}")
        return replace(conversation, messages=(system, *rest))


def _call(function: Function, place: str) -> dict[str, Any]:
    """The schema of a call of `function`, whose arguments stand at `place` in the whole."""
    arguments = moved(function.accepts(), place)
    return {
        "type": "object",
        "properties": {"name": {"const": function.name}, "arguments": arguments},
        "required": ["name", "arguments"],
        "additionalProperties": False,
    }


def answers_as_text(conversation: Conversation) -> Conversation:
    """`conversation` with the answers of tools as words of the user, marked as what they are: hosted
    models take a tool's message only beside the call that it answers, in their own form."""
    return replace(
        conversation,
        messages=tuple(
            Message("user", ANSWERED.format(text=message.content))
            if message.role == "tool"
            else message
            for message in conversation.messages
        ),
    )


def moved(schema: Any, to: str) -> Any:
    """`schema` as a part of another one, at the place `to` in it: its references to itself follow."""
    if isinstance(schema, list):
        return [moved(part, to) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for name, part in schema.items():
        if name == "$ref" and isinstance(part, str) and part.startswith("#"):
            found[name] = f"#{to}{part[1:]}"
        elif name in VALUES:
            found[name] = part
        elif name in BY_NAME and isinstance(part, dict):
            found[name] = {key: moved(value, to) for key, value in part.items()}
        else:
            found[name] = moved(part, to)
    return found
