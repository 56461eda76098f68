"""POST /tokenize and /detokenize, as vLLM has them: text or messages to token ids, and back."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, model_validator

from chatwright.answer.raw import prompt, raw
from chatwright.core.types import Conversation
from chatwright.server.limits import CHARACTERS, MESSAGES, Text
from chatwright.server.openai.inputs import TokenId
from chatwright.server.openai.messages import ChatMessage, check_length
from chatwright.server.openai.replies import Answering
from chatwright.server.openai.wire import Wire
from chatwright.server.services import Shared

router = APIRouter(tags=["tokens"])


class TokenizeRequest(Wire):
    """A `prompt`, or `messages` that become one through the bot's template. Without `model`: the first
    bot. `add_special_tokens` changes nothing: a prompt has none, messages have those of the template."""

    model: Text | None = None
    prompt: Annotated[Text, Field(max_length=CHARACTERS)] | None = None
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MESSAGES)] | None = None
    add_generation_prompt: bool | None = None
    add_special_tokens: bool | None = None
    return_token_strs: bool | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> TokenizeRequest:
        if (self.prompt is None) == (self.messages is None):
            raise ValueError("send either prompt or messages")
        check_length(message.text() for message in self.messages or ())
        return self


class Tokenized(BaseModel):
    """The ids; `max_model_len` is how many a prompt and its reply may have together."""

    count: int
    max_model_len: int
    tokens: list[int]
    token_strs: list[str] | None


class DetokenizeRequest(Wire):
    """Ids; those of special tokens are no text and are left out."""

    model: Text | None = None
    tokens: Annotated[list[TokenId], Field(max_length=CHARACTERS)]


class Detokenized(BaseModel):
    """The text."""

    prompt: str


@router.post("/tokenize")
async def tokenize(body: TokenizeRequest, request: Request, services: Shared) -> Tokenized:
    async with Answering(services, request) as answering:
        bot = answering.lease(body.model or services.first)
        engine = raw(bot.engine)
        if body.messages is not None:
            conversation = Conversation(tuple(message.message() for message in body.messages))
            opened = body.add_generation_prompt is not False
            ids = await asyncio.to_thread(prompt, engine, conversation, opened=opened)
        else:
            ids = await asyncio.to_thread(engine.tokens, body.prompt or "")
        words = [engine.text([one]) for one in ids] if body.return_token_strs else None
        length = bot.engine.context
    return Tokenized(count=len(ids), max_model_len=length, tokens=ids, token_strs=words)


@router.post("/detokenize")
async def detokenize(body: DetokenizeRequest, request: Request, services: Shared) -> Detokenized:
    async with Answering(services, request) as answering:
        engine = raw(answering.lease(body.model or services.first).engine)
        text = await asyncio.to_thread(engine.text, body.tokens)
    return Detokenized(prompt=text)
