"""POST /v1/embeddings: where texts lie, for search and clustering."""

from __future__ import annotations

import asyncio
import base64
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Request
from numpy.typing import NDArray
from pydantic import BaseModel, Field, model_validator
from starlette.responses import JSONResponse, Response

from chatwright.answer.raw import embedding, raw
from chatwright.core.errors import Unsupported
from chatwright.core.types import Engine
from chatwright.server.limits import CHARACTERS, Text
from chatwright.server.meter import spend
from chatwright.server.openai.inputs import Ids, Words, one_by_one
from chatwright.server.openai.replies import Answering
from chatwright.server.openai.wire import Wire
from chatwright.server.services import Shared

INPUTS = 2048  # OpenAI's

router = APIRouter(prefix="/v1", tags=["embeddings"])

Several = Field(min_length=1, max_length=INPUTS)
Inputs = Words | Ids | Annotated[list[Words], Several] | Annotated[list[Ids], Several]


class EmbeddingRequest(Wire):
    """The body of POST /v1/embeddings. Of token ids the text is embedded that they stand for."""

    model: Text
    input: Inputs
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: Annotated[int, Field(ge=1, le=100_000)] | None = None

    @model_validator(mode="after")
    def _is_in_bounds(self) -> EmbeddingRequest:
        if sum(len(each) for each in self.inputs()) > CHARACTERS:
            raise ValueError(f"the inputs have more than {CHARACTERS} characters")
        return self

    def inputs(self) -> list[str | list[int]]:
        """The inputs, one by one."""
        return one_by_one(self.input)


class EmbeddingValue(BaseModel):
    """A vector of length 1: numbers, or float32 in little-endian order as base64."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str


class EmbeddingUsage(BaseModel):
    """Tokens of all inputs."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingList(BaseModel):
    """One for each input, in their order."""

    object: Literal["list"] = "list"
    data: list[EmbeddingValue]
    model: str
    usage: EmbeddingUsage


@router.post("/embeddings", response_model=EmbeddingList)
async def embeddings(body: EmbeddingRequest, request: Request, services: Shared) -> Response:
    async with Answering(services, request) as answering:
        # Vectors are kept and compared: those of a candidate, which may go again, would fit no others.
        bot = answering.lease(body.model, steady=True)
        # Tokenizing and summing take milliseconds: others shall not wait for them.
        vectors, tokens = await asyncio.to_thread(_embed, bot.engine, body)
    services.metrics.embedded(bot.spec.bot.name, tokens)
    spend(tokens)
    in_base64 = body.encoding_format == "base64"
    data = [
        {"object": "embedding", "index": place, "embedding": _shown(vector, in_base64)}
        for place, vector in enumerate(vectors)
    ]
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return JSONResponse(
        {"object": "list", "data": data, "model": bot.spec.bot.name, "usage": usage}
    )


def _embed(engine: Engine, body: EmbeddingRequest) -> tuple[NDArray[np.float32], int]:
    """[n, d] and the number of tokens."""
    embeds, spells = embedding(engine), raw(engine)
    texts, tokens = [], 0
    for given in body.inputs():
        if isinstance(given, str):
            texts.append(given)
            tokens += len(spells.tokens(given))
        else:
            texts.append(spells.text(given))
            tokens += len(given)
    return _cut(embeds.embed(texts), body.dimensions), tokens


def _cut(vectors: NDArray[np.float32], dimensions: int | None) -> NDArray[np.float32]:
    """The first `dimensions` of each, at length 1 again. Raises `Unsupported` when there are fewer."""
    if dimensions is None:
        return vectors
    if dimensions > vectors.shape[1]:
        raise Unsupported(
            f"The vectors of this model have {vectors.shape[1]} dimensions.",
            "Ask for no more, or leave dimensions out.",
            field="dimensions",
        )
    cut = vectors[:, :dimensions]
    lengths = np.linalg.norm(cut, axis=1, keepdims=True)
    return (cut / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _shown(vector: NDArray[np.float32], in_base64: bool) -> Any:
    if in_base64:
        return base64.b64encode(vector.astype("<f4").tobytes()).decode()
    return vector.tolist()
