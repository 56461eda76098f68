"""What POST /v1/chat/completions takes and gives, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, model_validator

from chatwright.core.types import Conversation, Sampling
from chatwright.server.explained_types import ToldValue
from chatwright.server.limits import MESSAGES, Text
from chatwright.server.openai.formats import ChatFormat
from chatwright.server.openai.logprobs import ChoiceLogprobs
from chatwright.server.openai.messages import ChatMessage, check_answers, check_length
from chatwright.server.openai.tools import Calling, Choice, NamedTool, Tools
from chatwright.server.openai.usage import UsageValue
from chatwright.server.openai.wire import (
    TOP_LOGPROBS,
    UNSUPPORTED,
    Count,
    Drawn,
    FinishReason,
    given,
    refused,
)


class ChatRequest(Drawn):
    """The body of POST /v1/chat/completions."""

    unsupported: ClassVar[Mapping[str, tuple[Any, ...]]] = UNSUPPORTED | {
        "functions": ([],),
        "function_call": ("none", "auto"),
        "modalities": (["text"],),
        "audio": (),
        "echo": (False,),
        "continue_final_message": (False,),
        "add_generation_prompt": (True,),
        "chat_template": (),
        "chat_template_kwargs": ({},),
        "documents": ([],),
    }

    model: Text
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MESSAGES)]
    max_completion_tokens: Count | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Field(ge=0, le=TOP_LOGPROBS)] | None = None
    response_format: ChatFormat | None = None
    tools: Tools | None = None
    tool_choice: Choice | NamedTool | None = None
    parallel_tool_calls: bool | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> ChatRequest:
        if self.top_logprobs:
            raise refused("top_logprobs", "more than a token's own probability")
        if self.top_logprobs is not None and not self.logprobs:
            raise ValueError("top_logprobs is only allowed when logprobs is true")
        check_length(message.text() for message in self.messages)
        check_answers(self.messages)
        self.calling()
        return self

    def calling(self) -> Calling:
        choice = self.tool_choice
        named = f"={choice.function.name}" if isinstance(choice, NamedTool) else choice
        functions = [tool.function for tool in self.tools or ()]
        return Calling.of(functions, named, self.parallel_tool_calls)

    def conversation(self) -> Conversation:
        return Conversation(tuple(message.message() for message in self.messages))

    def sampling(self, default: Sampling) -> Sampling:
        asked = super().sampling(default)
        schema = self.response_format.schema_text() if self.response_format else None
        return replace(
            asked,
            max_tokens=given(self.max_completion_tokens, asked.max_tokens),
            logprobs=bool(self.logprobs),
            schema=self.calling().schema() or schema,
        )


class FunctionValue(BaseModel):
    """A function, and JSON as text to call it with."""

    name: str
    arguments: str


class ToolCallValue(BaseModel):
    """A call. Check its arguments before you use them."""

    id: str
    type: Literal["function"] = "function"
    function: FunctionValue


class ReplyMessage(BaseModel):
    """The message in a choice. `refusal` is OpenAI's own; our refusals are plain text. `tool_calls` is
    there only where there are some."""

    role: Literal["assistant"] = "assistant"
    content: str | None
    refusal: str | None = None
    tool_calls: list[ToolCallValue] = []


class ChatChoice(BaseModel):
    """One of the replies."""

    index: int
    message: ReplyMessage
    logprobs: ChoiceLogprobs | None
    finish_reason: FinishReason


class ChatCompletion(BaseModel):
    """The answer when it is not streamed. `chatwright` is there where `X-Chatwright-Explain` asks for it."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    system_fingerprint: str
    choices: list[ChatChoice]
    usage: UsageValue
    chatwright: ToldValue | None = None


class FunctionDelta(BaseModel):
    """A piece of a call: its name first, then pieces of its arguments."""

    name: str | None = None
    arguments: str = ""


class ToolCallDelta(BaseModel):
    """A piece of call number `index`."""

    index: int
    id: str | None = None
    type: Literal["function"] | None = None
    function: FunctionDelta


class Delta(BaseModel):
    """What is new. The role is in the first one alone."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    tool_calls: list[ToolCallDelta] | None = None


class ChunkChoice(BaseModel):
    """A piece of one reply; the last one has the finish reason."""

    index: int
    delta: Delta
    logprobs: ChoiceLogprobs | None
    finish_reason: FinishReason | None


class ChatCompletionChunk(BaseModel):
    """One event of a stream; the last one before [DONE] has usage and no choice, where asked for. The one with
    the finish reason has `chatwright`, where `X-Chatwright-Explain` asks for it."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    system_fingerprint: str
    choices: list[ChunkChoice]
    usage: UsageValue | None = None
    chatwright: ToldValue | None = None
