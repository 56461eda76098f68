"""What `/v1` takes and gives, field by field, as OpenAI's clients send and expect it.

A field that we do not know is let pass: clients send many, and most change nothing. One that would
change the answer's meaning is refused by name (`UNSUPPORTED`), never ignored.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chatwright.core.types import Conversation, Message, Role, Sampling
from chatwright.server.limits import CHARACTERS, MESSAGES, Text

# Field -> the values (null aside) that ask for nothing we lack. Anything else is refused.
UNSUPPORTED: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "logit_bias": ({},),
    "tools": ([],),
    "tool_choice": ("none", "auto"),
    "functions": ([],),
    "function_call": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "audio": (),
    "web_search_options": (),
    # vLLM's own, often sent as extra_body
    "best_of": (1,),
    "use_beam_search": (False,),
    "min_p": (0, 0.0),
    "min_tokens": (0,),
    "ignore_eos": (False,),
    "stop_token_ids": ([],),
    "bad_words": ([],),
    "include_stop_str_in_output": (False,),
    "continue_final_message": (False,),
    "add_generation_prompt": (True,),
    "echo": (False,),
    "chat_template": (),
    "chat_template_kwargs": ({},),
    "documents": ([],),
    "structured_outputs": (),
    "guided_json": (),
    "guided_regex": (),
    "guided_choice": (),
    "guided_grammar": (),
}


def _refused(field: str, about: str) -> PydanticCustomError:
    message = "{about} is not supported. Leave {field} out."
    return PydanticCustomError("unsupported", message, {"field": field, "about": about})


def _same(value: Any, other: Any) -> bool:
    return type(value) is type(other) and bool(value == other)  # True is not 1 here


class Wire(BaseModel):
    """Strict: "1" is no number here."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class TextPart(Wire):
    """A part of a message's content."""

    type: Text
    text: Text | None = None


class ChatMessage(Wire):
    """A message as clients send it."""

    role: Literal["developer", "system", "user", "assistant", "tool", "function"]
    content: Text | list[TextPart] | None = None

    @model_validator(mode="after")
    def _is_text(self) -> ChatMessage:
        if self.role in ("tool", "function"):
            raise _refused("messages", f"the role {self.role}")
        extra = self.model_extra or {}
        for name in ("tool_calls", "function_call", "audio"):
            if extra.get(name):
                raise _refused("messages", name)
        if self.content is None:
            raise ValueError("a message needs content")
        for part in self.content if isinstance(self.content, list) else []:
            if part.type != "text":
                raise _refused("messages", f"content of type {part.type[:40]}")
            if part.text is None:
                raise ValueError("a part of type text needs text")
        return self

    def text(self) -> str:
        if isinstance(self.content, list):
            return "".join(part.text or "" for part in self.content)
        return self.content or ""

    def message(self) -> Message:
        roles: dict[str, Role] = {"developer": "system", "system": "system", "user": "user"}
        return Message(roles.get(self.role, "assistant"), self.text())


class StreamOptions(Wire):
    """`include_usage`: one more chunk at the end, with usage and no choice."""

    include_usage: bool | None = None


Count = Annotated[int, Field(ge=1, le=1_000_000)]
Penalty = Annotated[float, Field(ge=-2, le=2)]
Stop = Annotated[Text, Field(min_length=1, max_length=1000)]


class ChatRequest(Wire):
    """The body of POST /v1/chat/completions."""

    model: Text
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MESSAGES)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_completion_tokens: Count | None = None
    max_tokens: Count | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    top_k: Annotated[int, Field(ge=-1, le=1_000_000)] | None = None
    repetition_penalty: Annotated[float, Field(gt=0, le=10)] | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    stop: Stop | Annotated[list[Stop], Field(max_length=4)] | None = None

    @model_validator(mode="after")
    def _is_supported(self) -> ChatRequest:
        for name, value in (self.model_extra or {}).items():
            harmless = UNSUPPORTED.get(name)
            if value is None or harmless is None:
                continue
            if not any(_same(value, other) for other in harmless):
                raise _refused(name, f"this value of {name}")
        return self

    @model_validator(mode="after")
    def _is_in_bounds(self) -> ChatRequest:
        if self.stream_options is not None and not self.stream:
            raise ValueError("stream_options is only allowed when stream is true")
        if sum(len(message.text()) for message in self.messages) > CHARACTERS:
            raise ValueError(f"the messages have more than {CHARACTERS} characters")
        return self

    def conversation(self) -> Conversation:
        return Conversation(tuple(message.message() for message in self.messages))

    def sampling(self, default: Sampling) -> Sampling:
        """What is asked for; the spec's `default` where a field is absent or null."""

        def given(value: Any, otherwise: Any) -> Any:
            return otherwise if value is None else value

        stop = (self.stop,) if isinstance(self.stop, str) else tuple(self.stop or ())
        tokens = given(self.max_completion_tokens, self.max_tokens)
        return Sampling(
            max_tokens=given(tokens, default.max_tokens),
            temperature=given(self.temperature, default.temperature),
            top_p=given(self.top_p, default.top_p),
            top_k=default.top_k if self.top_k is None else max(self.top_k, 0) or None,
            repetition_penalty=given(self.repetition_penalty, default.repetition_penalty),
            presence_penalty=given(self.presence_penalty, default.presence_penalty),
            frequency_penalty=given(self.frequency_penalty, default.frequency_penalty),
            seed=self.seed,
            stop=stop,
        )


class ReplyMessage(BaseModel):
    """The message in a choice. `refusal` is OpenAI's own; our refusals are plain text."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: str | None = None


class Choice(BaseModel):
    """The only choice."""

    index: int = 0
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop", "length", "tool_calls", "content_filter"]


class UsageValue(BaseModel):
    """Tokens, as the engine counted them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """The answer when it is not streamed."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    system_fingerprint: str
    choices: list[Choice]
    usage: UsageValue


class Model(BaseModel):
    """A model that can be asked for: the bot, under its name."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["chatwright"] = "chatwright"


class ModelList(BaseModel):
    """All models: one."""

    object: Literal["list"] = "list"
    data: list[Model]
