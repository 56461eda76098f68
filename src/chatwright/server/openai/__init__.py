"""OpenAI's surface, one file per endpoint. Stateless: nothing that is said here is kept, but
what a client sends as feedback.

    models        GET  /v1/models, /v1/models/{name}
    chat          POST /v1/chat/completions
    completions   POST /v1/completions
    responses     POST /v1/responses
    embeddings    POST /v1/embeddings
    feedback      POST /v1/feedback (ours: no client of OpenAI's knows it), DELETE /v1/feedback/{id}
    tokens        POST /tokenize, /detokenize (vLLM's)

`wire` has what requests share, `messages`, `tools` and `formats` their parts, `replies` how all of
them are answered, `logprobs` and `usage` what is told of tokens. What each takes and gives stands in
its own `..._types`.
"""

from __future__ import annotations

from chatwright.server.openai import (
    chat,
    completions,
    embeddings,
    feedback,
    models,
    responses,
    tokens,
)

ROUTERS = tuple(
    part.router for part in (models, chat, completions, responses, embeddings, feedback, tokens)
)
