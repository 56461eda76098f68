"""OpenAI's surface, one file per endpoint. Stateless: nothing that is said here is kept.

    models        GET  /v1/models, /v1/models/{name}
    chat          POST /v1/chat/completions
    completions   POST /v1/completions
    responses     POST /v1/responses
    embeddings    POST /v1/embeddings
    tokens        POST /tokenize, /detokenize (vLLM's)

`wire` has what requests share, `messages`, `tools` and `formats` their parts, `replies` how all of
them are answered, `logprobs` and `usage` what is told of tokens. What each takes and gives stands in
its own `..._types`.
"""

from __future__ import annotations

from fastapi import APIRouter

from chatwright.server.openai import chat, completions, embeddings, models, responses, tokens

router = APIRouter()
for _part in (models, chat, completions, responses, embeddings, tokens):
    router.include_router(_part.router)
