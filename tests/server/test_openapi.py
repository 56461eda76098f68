"""The API's description, and cases made of it: none is answered with a server error or with what it
does not describe. A short run; `make soak` runs 5,000 and more."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import Path

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import BaseModel
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chatwright.server.openai.chat_types import ChatCompletionChunk
from chatwright.server.openai.completions_types import CompletionChunk
from chatwright.server.openai.wire import IGNORED

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EVENTS: dict[str, type[BaseModel]] = {
    "/v1/chat/completions": ChatCompletionChunk,
    "/v1/completions": CompletionChunk,
}
# Fields that make nearly every random request a wrong one: half of the cases go without.
CHOOSY = ("tools", "tool_choice", "top_logprobs", "stream_options", "response_format", "best_of")


def test_the_description_is_complete(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    for call in (
        "GET /v1/models",
        "GET /v1/models/{name}",
        "POST /v1/chat/completions",
        "POST /v1/completions",
        "POST /v1/embeddings",
        "POST /v1/responses",
        "POST /tokenize",
        "POST /detokenize",
        "GET /version",
    ):
        assert call in operations
    ids = [operation["operationId"] for operation in operations.values()]
    assert len(set(ids)) == len(ids)
    error = {"$ref": "#/components/schemas/ErrorBody"}
    for call, operation in operations.items():
        responses = operation["responses"]
        assert "422" not in responses, call
        assert {"400", "401", "403", "404", "405", "413", "415", "429", "431", "500"} <= set(
            responses
        )
        for status, response in responses.items():
            if status[0] in "45":
                assert response["content"]["application/json"]["schema"] == error, (call, status)
            assert "x-request-id" in response["headers"]
        if "/v1/" in call:
            assert {"ApiKey": []} in operation["security"]
    for name, event in (
        ("chat/completions", "ChatCompletionChunk"),
        ("completions", "CompletionChunk"),
        ("responses", "ResponseEvent"),
    ):
        found = operations[f"POST /v1/{name}"]["responses"]["200"]["content"]
        assert set(found) == {"application/json", "text/event-stream"}
        data = found["text/event-stream"]["itemSchema"]["properties"]["data"]
        data = data["anyOf"][1] if "anyOf" in data else data
        assert data["contentSchema"]["anyOf"][0]["$ref"].endswith(f"/{event}")
        assert event in described["components"]["schemas"]
    assert described["components"]["securitySchemes"]["ApiKey"]["scheme"] == "bearer"


def helped(case: Case) -> None:
    """Make a case of `/v1` one that gets further: with the bot's name, and every other time without what
    random values get wrong."""
    body = case.body
    if not isinstance(body, dict) or "/api/" in case.path:
        return
    if isinstance(body.get("model"), str):
        body["model"] = "library"
    if len(str(body)) % 2:
        return
    for field in CHOOSY:
        body.pop(field, None)
    if case.path == "/v1/chat/completions":
        body["messages"] = [{"role": "user", "content": "Hi"}]
    if body.get("stream") is not True:
        body.pop("stream_options", None)


def are_events(text: str, kind: type[BaseModel]) -> None:
    """What the checks do not see, as the last event is no JSON."""
    *events, last = [line.removeprefix("data: ") for line in text.split("\n\n") if line]
    assert last == "[DONE]"
    for event in events:
        kind.model_validate_json(event)


@pytest.fixture
def web(web: Path) -> Path:
    """With the widget's files, too."""
    (web / "widget.js").write_text("let x = `CHATWRIGHT_WIDGET_SETTINGS`")
    for name in ("widget.html", "widget-demo.html"):
        (web / name).write_text("<title>the widget</title>")
    return web


def run(
    url: str, examples: dict[GenerationMode, int], only: str = "", quick: bool = False
) -> Counter[str]:
    """So many cases for each operation and mode: how many there were by what came of them.

    `quick`: two good ones for each of the page's own, which ask for a login first.
    """
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    seen: Counter[str] = Counter()
    failed: dict[str, str] = {}

    def check(case: Case) -> None:
        helped(case)
        response = case.call(session=session)
        seen[f"{case.method} {case.path} {response.status_code}"] += 1
        if case.path in EVENTS and response.text.startswith("data: "):
            are_events(response.text, EVENTS[case.path])
        try:
            case.validate_response(response, checks=CHECKED)
        except BaseExceptionGroup as errors:
            failed.setdefault(f"{case.method} {case.path}", "\n".join(map(str, errors.exceptions)))

    with requests.Session() as session:
        for found in schema.get_all_operations():
            operation = found.ok()
            if only not in ("", operation.path):
                continue
            few = quick and operation.path.startswith("/api/")
            for mode, count in ({GenerationMode.POSITIVE: 2} if few else examples).items():
                limited = settings(
                    max_examples=count,
                    deadline=None,
                    derandomize=True,
                    database=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )(given(case=operation.as_strategy(generation_mode=mode))(check))
                # Nothing can be wrong with a request that has no parts.
                with contextlib.suppress(Unsatisfiable):
                    limited()
    assert not failed, failed
    return seen


def test_every_shape_has_a_name_of_its_own(client: httpx.Client) -> None:
    """Of two models with one name the names grow by their modules, in everybody's generated client."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert not [name for name in schemas if "__" in name]


def test_no_case_breaks_the_server(url: str) -> None:
    seen = run(url, {GenerationMode.POSITIVE: 16, GenerationMode.NEGATIVE: 6}, quick=True)
    assert sum(seen.values()) >= 300
    for path in ("chat/completions", "completions", "embeddings", "responses"):
        assert seen[f"POST /v1/{path} 200"], seen
        assert seen[f"POST /v1/{path} 400"], seen


@pytest.mark.soak
@pytest.mark.parametrize(
    "path",
    [
        "/v1/chat/completions",
        "/v1/completions",
        "/v1/responses",
        "/v1/embeddings",
        "/tokenize",
        "/detokenize",
    ],
)
def test_thousands_of_cases_break_nothing(url: str, path: str) -> None:
    seen = run(url, {GenerationMode.POSITIVE: 600, GenerationMode.NEGATIVE: 300}, path)
    assert sum(seen.values()) >= 900
    print(sum(seen.values()), "cases", dict(sorted(seen.items())))


@pytest.mark.soak
def test_cases_for_every_address(url: str) -> None:
    seen = run(url, {GenerationMode.POSITIVE: 60, GenerationMode.NEGATIVE: 20})
    print(sum(seen.values()), "cases", dict(sorted(seen.items())))


def test_what_is_ignored_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    assert not [name for name in IGNORED if f"`{name}`" not in page]
