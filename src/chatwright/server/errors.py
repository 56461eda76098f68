"""Errors on the wire: every one has OpenAI's shape, a fitting status, a sentence and a next step.

Nothing of a traceback leaves the process; the `x-request-id` of the answer finds it in the log.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from chatwright.core.errors import (
    ChatwrightError,
    Conflict,
    ContextTooLong,
    EngineError,
    EngineOverloaded,
    NotFound,
    StorageFull,
    StoreUnavailable,
    TooMuch,
    Unsupported,
    WrongUse,
)

# What an address that writes may say besides what every one may (`openapi.ANYWHERE`). Without models: all
# errors have one shape, and FastAPI would make it anew for each status of each route.
WRITING: dict[int | str, dict[str, Any]] = {
    409: {"description": "Not as things stand now"},
    507: {"description": "The disk is full"},
}


class ErrorValue(BaseModel):
    """What went wrong, as OpenAI's clients read it: `param` and `code` are text or null."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorBody(BaseModel):
    """The body of every answer that is an error."""

    error: ErrorValue


class Problem(Exception):
    """An answer that is an error. `type` follows from the status."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.param = param
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        param = None if self.param is None else _sendable(self.param)
        message = _sendable(self.message)
        value = ErrorValue(message=message, type=kind, param=param, code=self.code)
        return ErrorBody(error=value).model_dump()

    def response(self) -> Response:
        return JSONResponse(self.body(), self.status, self.headers)


def _sendable(text: str) -> str:
    """Names of unknown fields come from the request: they may be anything."""
    return text.encode(errors="replace").decode()


def retry_after(seconds: float) -> dict[str, str]:
    """Whole seconds, as HTTP has it; the client gives up on anything above 120."""
    return {"retry-after": str(min(120, max(1, math.ceil(seconds))))}


def problem(error: Exception) -> Problem:
    """The answer that an exception deserves."""
    message = str(error)
    match error:
        case Problem():
            return error
        case ContextTooLong():
            return Problem(400, message, code="context_length_exceeded", param="messages")
        case Unsupported():
            return Problem(400, message, code="unsupported_value", param=error.field)
        case WrongUse():
            return Problem(400, message, code="invalid_value")
        case NotFound():
            return Problem(404, message, code="not_found")
        case Conflict():
            return Problem(409, message, code=error.code)
        case TooMuch():
            wait = retry_after(error.retry_after)
            return Problem(429, message, code="rate_limit_exceeded", headers=wait)
        case StorageFull():
            return Problem(507, message, code="storage_full")
        case StoreUnavailable():
            wait = retry_after(error.retry_after)
            return Problem(503, message, code="store_unavailable", headers=wait)
        case EngineOverloaded():
            wait = retry_after(error.retry_after)
            return Problem(503, message, code="server_is_overloaded", headers=wait)
        case EngineError():
            return Problem(503, message, code="engine_error", headers=retry_after(1))
        case ChatwrightError():
            return Problem(500, message, code="internal_error")
        case _:
            message = "The server failed. Try again; the log names this x-request-id."
            return Problem(500, message, code="internal_error")


# Types stand among the names of fields where pydantic tried several.
TYPE_NAME = re.compile(r"[\[(-]|^(str|int|bool|float|message|other)$|^[A-Z]\w+$")

WORDS = {
    404: ("There is nothing at this address.", "not_found"),
    405: ("This address does not take that method.", "method_not_allowed"),
}


def _of_http(error: HTTPException) -> Problem:
    words, code = WORDS.get(error.status_code, (f"{error.detail}.", None))
    return Problem(error.status_code, words, code=code, headers=error.headers)


def _of_validation(error: RequestValidationError) -> Problem:
    """One mistake in a request, in a sentence. The value itself is not repeated.

    Where a value may be of several types, each of them finds a mistake: the innermost one is of the
    type that was meant.
    """
    mistakes = sorted(
        error.errors(), key=lambda one: -len(one["loc"])
    )  # stable: of equals the first
    mistake = next((one for one in mistakes if one["type"] == "unsupported"), mistakes[0])
    place = [str(part) for part in mistake["loc"][1:] if not TYPE_NAME.search(str(part))]
    if mistake["type"] == "json_invalid":
        return Problem(400, "The body is not valid JSON. Correct it and send it again.")
    if mistake["type"] == "unsupported":
        context = mistake["ctx"]
        return Problem(400, mistake["msg"], code="unsupported_value", param=context["field"])
    message = mistake["msg"].removeprefix("Value error, ")
    if not place and "ctx" not in mistake:
        return Problem(400, "Send a JSON object, with the header content-type: application/json.")
    where = ".".join(place)[:100] or None
    said = f"{where}: {message}" if where else message
    return Problem(400, f"{said}. Correct it and send it again.", code="invalid_value", param=where)


def install(app: FastAPI) -> None:
    """Answer every exception of a handler in this way."""

    async def known(request: Request, error: Exception) -> Response:
        request.state.full = isinstance(error, EngineOverloaded)  # `overload.py` hears of it
        return problem(error).response()

    async def http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _of_http(error).response()

    async def validation(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _of_validation(error).response()

    app.add_exception_handler(Problem, known)
    app.add_exception_handler(ChatwrightError, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, validation)
