"""The API's description: FastAPI's, made true and complete.

Requests that are invalid get a 400 here and never FastAPI's 422; any operation can meet the errors of the
layers in front of it; streams say what their events hold; and there is a key to show.
"""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, Response

from chatwright.server.errors import ErrorBody
from chatwright.server.openai.chat_types import ChatCompletionChunk
from chatwright.server.openai.completions_types import CompletionChunk
from chatwright.server.openai.responses_types import ResponseEvent
from chatwright.server.rules import CLOSED, RULES

# Events of streams, which no route's own model names.
EVENTS: list[tuple[type[BaseModel], Literal["serialization"]]] = [
    (ChatCompletionChunk, "serialization"),
    (CompletionChunk, "serialization"),
    (ResponseEvent, "serialization"),
    (ErrorBody, "serialization"),
]
TEMPLATE = "#/components/schemas/{model}"

# Of every operation: what the layers say before a handler is asked.
ANYWHERE = {
    "400": "A value is invalid or not supported",
    "401": "No key, or one that is not valid",
    "403": "Not allowed, or a host that is not served",
    "404": "There is no such thing",
    "405": "Another method",
    "408": "The body took too long",
    "413": "The body is too large",
    "415": "The body is compressed",
    "429": "Too much at once, or in this minute: see Retry-After",
    "431": "The headers are too large",
    "500": "Our fault",
    "503": "Not now: see Retry-After",
}
HEADERS = {
    "x-request-id": "Finds the request in the log; the caller's own, where one was sent",
}
SCHEMES = {
    "ApiKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API key of this server, as OpenAI's clients send it.",
    }
}


async def description(request: Request) -> Response:
    """GET /openapi.json. Made in a thread: it takes half a second, in which others shall not wait."""
    return JSONResponse(await asyncio.to_thread(describe, request.app))


def describe(app: FastAPI) -> dict[str, Any]:
    """The description of `app`, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            routes=app.routes,
            summary="Chat with a bot on its own model. /v1 is OpenAI's surface.",
            separate_input_output_schemas=False,
        )
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _complete(operation)
                rule = RULES.get((method.upper(), path), CLOSED)
                # The empty one: on the server's own machine a key may not be needed.
                operation["security"] = [] if rule.need == "public" else [{"ApiKey": []}, {}]
        _, extra = models_json_schema(EVENTS, ref_template=TEMPLATE)
        components = schema.setdefault("components", {})
        components["schemas"] = components.get("schemas", {}) | extra["$defs"]
        components["securitySchemes"] = components.get("securitySchemes", {}) | SCHEMES
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    body = {"application/json": {"schema": {"$ref": TEMPLATE.format(model="ErrorBody")}}}
    for status, about in ANYWHERE.items():
        responses.setdefault(status, {"description": about, "content": body})
    for status, response in responses.items():
        if int(status) >= 400:
            response["content"] = body  # of an address whose answer is text, too
        response["headers"] = {
            name: {"description": about, "schema": {"type": "string"}}
            for name, about in HEADERS.items()
        }
