"""What POST /v1/responses takes and gives, field by field: the part of it that needs no memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from chatwright.core.types import Conversation, Message, Sampling
from chatwright.server.limits import MESSAGES, Text
from chatwright.server.openai.formats import ResponseFormat, TextFormat
from chatwright.server.openai.logprobs import TokenLogprob
from chatwright.server.openai.messages import ROLES, as_text, check_length
from chatwright.server.openai.tools import TOOLS, Calling, Choice, Function
from chatwright.server.openai.wire import (
    TOP_LOGPROBS,
    UNSUPPORTED,
    Count,
    Metadata,
    Temperature,
    TopP,
    Wire,
    given,
    refused,
)

LOGPROBS = "message.output_text.logprobs"  # what `include` asks for them with


class InputPart(Wire):
    """A part of an item's content; of a kind other than text it is refused."""

    type: Text
    text: Text | None = None
    refusal: Text | None = None

    @model_validator(mode="after")
    def _is_text(self) -> InputPart:
        if self.type not in ("input_text", "output_text", "text", "refusal"):
            raise refused("input", f"content of type {self.type[:40]}")
        if self.said is None:
            raise ValueError(f"a part of type {self.type} needs text")
        return self

    @property
    def said(self) -> str | None:
        return self.refusal if self.type == "refusal" else self.text


Content = Text | list[InputPart]


def _text(content: Content) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.said or "" for part in content)


class MessageItem(Wire):
    """A message."""

    type: Literal["message"] = "message"
    role: Literal["user", "assistant", "system", "developer"]
    content: Content

    def message(self) -> Message:
        return Message(ROLES[self.role], _text(self.content))


class CallItem(Wire):
    """A call that an earlier response made."""

    type: Literal["function_call"]
    call_id: Text
    name: Text
    arguments: Text

    def message(self) -> Message:
        return Message("assistant", as_text(self.name, self.arguments))


class CallOutputItem(Wire):
    """What the called function answered."""

    type: Literal["function_call_output"]
    call_id: Text
    output: Content

    def message(self) -> Message:
        return Message("tool", _text(self.output))


class OtherItem(Wire):
    """Whatever else there is: refused."""

    type: Text

    @model_validator(mode="after")
    def _is_none_of_ours(self) -> OtherItem:
        raise refused("input", f"an item of type {self.type[:40]}")

    def message(self) -> Message:
        raise AssertionError("an item that was refused")


def _kind(item: Any) -> str:
    kind = item.get("type") if isinstance(item, dict) else None
    kinds = ("message", "function_call", "function_call_output")
    return "message" if kind is None else kind if kind in kinds else "other"


Item = Annotated[
    Annotated[MessageItem, Tag("message")]
    | Annotated[CallItem, Tag("function_call")]
    | Annotated[CallOutputItem, Tag("function_call_output")]
    | Annotated[OtherItem, Tag("other")],
    Discriminator(_kind),
]


class TextOptions(Wire):
    """The form of the text."""

    format: ResponseFormat | None = None


class FunctionTool(Function):
    """A tool: a function, no other kind."""

    type: Literal["function"]


class NamedFunctionTool(Wire):
    """The function that must be called."""

    type: Literal["function"]
    name: Text


class ResponsesRequest(Wire):
    """The body of POST /v1/responses."""

    unsupported: ClassVar[Mapping[str, tuple[Any, ...]]] = UNSUPPORTED | {
        "previous_response_id": (),
        "conversation": (),
        "background": (False,),
        "prompt": (),
        "context_management": ([],),
        # of chat completions, not of responses
        "n": (1,),
        "stop": ([],),
        "seed": (),
        "max_tokens": (),
        "max_completion_tokens": (),
        "presence_penalty": (0, 0.0),
        "frequency_penalty": (0, 0.0),
        "response_format": ({"type": "text"},),
    }

    model: Text
    input: Text | Annotated[list[Item], Field(min_length=1, max_length=MESSAGES)]
    instructions: Text | None = None
    stream: bool | None = None
    max_output_tokens: Count | None = None
    temperature: Temperature | None = None
    top_p: TopP | None = None
    text: TextOptions | None = None
    tools: Annotated[list[FunctionTool], Field(max_length=TOOLS)] | None = None
    tool_choice: Choice | NamedFunctionTool | None = None
    parallel_tool_calls: bool | None = None
    metadata: Metadata | None = None
    store: bool | None = None
    truncation: Literal["auto", "disabled"] | None = None
    include: Annotated[list[Text], Field(max_length=16)] | None = None
    top_logprobs: Annotated[int, Field(ge=0, le=TOP_LOGPROBS)] | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> ResponsesRequest:
        if self.top_logprobs:
            raise refused("top_logprobs", "more than a token's own probability")
        check_length(message.content for message in self.conversation().messages)
        made: set[str] = set()
        for place, item in enumerate(self.input if isinstance(self.input, list) else ()):
            if isinstance(item, CallItem):
                made.add(item.call_id)
            elif isinstance(item, CallOutputItem) and item.call_id not in made:
                raise ValueError(f"input.{place} answers no function_call before it")
        self.calling()
        return self

    @property
    def logprobs(self) -> bool:
        return LOGPROBS in (self.include or ())

    def calling(self) -> Calling:
        choice = self.tool_choice
        named = f"={choice.name}" if isinstance(choice, NamedFunctionTool) else choice
        return Calling.of(self.tools or (), named, self.parallel_tool_calls)

    def conversation(self) -> Conversation:
        """The instructions, then the input; a call belongs to the message before it, if that is the
        assistant's."""
        messages = [] if self.instructions is None else [Message("system", self.instructions)]
        if isinstance(self.input, str):
            return Conversation((*messages, Message("user", self.input)))
        for item in self.input:
            said = item.message()
            if isinstance(item, CallItem) and messages and messages[-1].role == "assistant":
                said = Message("assistant", f"{messages.pop().content}\n{said.content}")
            messages.append(said)
        return Conversation(tuple(messages))

    def form(self) -> ResponseFormat:
        """The form of the text, where none is asked for: words."""
        asked = self.text.format if self.text else None
        return TextFormat(type="text") if asked is None else asked

    def sampling(self, default: Sampling) -> Sampling:
        return Sampling(
            max_tokens=given(self.max_output_tokens, default.max_tokens),
            temperature=given(self.temperature, default.temperature),
            top_p=given(self.top_p, default.top_p),
            top_k=default.top_k,
            repetition_penalty=default.repetition_penalty,
            logprobs=self.logprobs,
            schema=self.calling().schema() or self.form().schema_text(),
        )


class OutputText(BaseModel):
    """The words of a message."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[dict[str, Any]]
    logprobs: list[TokenLogprob]


class OutputMessage(BaseModel):
    """A message."""

    type: Literal["message"]
    id: str
    role: Literal["assistant"]
    status: Literal["in_progress", "completed", "incomplete"]
    content: list[OutputText]


class OutputCall(BaseModel):
    """A call. Check its arguments before you use them."""

    type: Literal["function_call"]
    id: str
    call_id: str
    name: str
    arguments: str
    status: Literal["in_progress", "completed", "incomplete"]


class InputDetails(BaseModel):
    """Of the input: tokens that were found in the engine's cache. What was written to it is not told."""

    cached_tokens: int
    cache_write_tokens: int = 0


class OutputDetails(BaseModel):
    """No model here has hidden thoughts."""

    reasoning_tokens: int = 0


class ResponseUsage(BaseModel):
    """Tokens, as the engine counted them."""

    input_tokens: int
    input_tokens_details: InputDetails
    output_tokens: int
    output_tokens_details: OutputDetails
    total_tokens: int


class Incomplete(BaseModel):
    """Why a response ended early."""

    reason: Literal["max_output_tokens", "content_filter"]


class ResponseFailure(BaseModel):
    """Why a response failed in the middle of its stream."""

    code: Literal["server_error"]
    message: str


class ResponseObject(BaseModel):
    """The answer. What was asked for stands in it as it was understood; nothing is stored."""

    id: str
    object: Literal["response"]
    created_at: int
    status: Literal["in_progress", "completed", "incomplete", "failed"]
    background: Literal[False]
    error: ResponseFailure | None
    incomplete_details: Incomplete | None
    instructions: str | None
    max_output_tokens: int | None
    metadata: dict[str, str]
    model: str
    output: list[OutputMessage | OutputCall]
    parallel_tool_calls: bool
    previous_response_id: None
    store: Literal[False]
    system_fingerprint: str
    temperature: float
    text: dict[str, Any]
    tool_choice: str | dict[str, Any]
    tools: list[dict[str, Any]]
    top_logprobs: int
    top_p: float
    truncation: Literal["auto", "disabled"]
    usage: ResponseUsage | None


class ResponseEvent(BaseModel):
    """One event of a stream; further fields are those of its type."""

    type: str
    sequence_number: int
