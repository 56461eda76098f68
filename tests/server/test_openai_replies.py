"""What chat completions can be asked for besides words: several replies, probabilities, forms."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import openai
import pydantic
import pytest
from tests.conftest import Script
from tests.server.conftest import LOGPROB, WordEngine
from tests.server.test_openai import ASK, post, sse, wait_for_idle

from chatwright.core.errors import EngineError
from chatwright.core.types import Token
from chatwright.server.openai.logprobs import Spelling
from chatwright.server.services import Services

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}


# --- several replies -----------------------------------------------------------------------------


def test_several_replies_have_one_usage(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.extend([Script(("One",)), Script(("Two", "!")), Script(("Three",) * 60)])
    reply = sdk.chat.completions.create(model="library", messages=ASK, n=3, seed=7)
    texts = [choice.message.content for choice in reply.choices]
    assert texts == ["One", "Two!", "Three" * 40]
    assert [choice.index for choice in reply.choices] == [0, 1, 2]
    assert [choice.finish_reason for choice in reply.choices] == ["stop", "stop", "length"]
    assert reply.usage is not None
    prompt = engine.count(engine.asked[0][0])
    assert reply.usage.model_dump(exclude_none=True) == {
        "prompt_tokens": prompt,
        "completion_tokens": 43,
        "total_tokens": prompt + 43,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
    assert [sampling.seed for _, sampling in engine.asked] == [7, 8, 9]


def test_several_replies_at_once_in_a_stream(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.extend(Script((f"{name}1", f"{name}2"), delay=0.02) for name in "ab")
    chunks = list(
        sdk.chat.completions.create(
            model="library",
            messages=ASK,
            n=2,
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert len({(c.id, c.created) for c in chunks}) == 1
    *pieces, last = chunks
    for index in (0, 1):
        mine = [c.choices[0] for c in pieces if c.choices[0].index == index]
        assert (mine[0].delta.role, mine[0].delta.content) == ("assistant", "")
        assert all(choice.delta.role is None for choice in mine[1:])
        text = "".join(choice.delta.content or "" for choice in mine)
        assert text == ("a1a2", "b1b2")[index]
        *before, final = [choice.finish_reason for choice in mine]
        assert (set(before), final) == ({None}, "stop")
    order = [c.choices[0].index for c in pieces if c.choices[0].delta.content]
    assert sorted(order[:2]) == [0, 1], "they take turns"
    assert last.usage is not None
    assert last.usage.completion_tokens == 4


def test_several_replies_are_cancelled_together(
    client: httpx.Client, engine: WordEngine, services: Services
) -> None:
    engine.scripts.extend(Script(("a ",), delay=0.01, forever=True) for _ in range(4))
    body = {"model": "library", "messages": ASK, "stream": True, "n": 4}
    with client.stream("POST", "/v1/chat/completions", json=body) as response:
        pieces = response.iter_raw()
        next(pieces)
        assert engine.running == 4
    assert wait_for_idle(engine, services) < 1
    assert engine.cancelled == 4


@pytest.mark.parametrize("stream", [False, True])
def test_one_that_fails_fails_all(
    client: httpx.Client, engine: WordEngine, services: Services, stream: bool
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.05, forever=True))
    engine.scripts.append(Script((), delay=0, error=EngineError("It broke.")))
    response = post(client, stream=stream, n=2)
    assert response.status_code == 503
    assert wait_for_idle(engine, services) < 1


# --- probabilities -------------------------------------------------------------------------------


def test_logprobs(sdk: openai.OpenAI) -> None:
    reply = sdk.chat.completions.create(
        model="library", messages=ASK, logprobs=True, top_logprobs=0
    )
    (choice,) = reply.choices
    assert choice.logprobs is not None
    assert choice.logprobs.content is not None
    tokens = choice.logprobs.content
    assert "".join(token.token for token in tokens) == choice.message.content
    assert all(token.logprob == LOGPROB and token.top_logprobs == [] for token in tokens)
    assert [bytes(token.bytes or ()) for token in tokens] == [b"Hello", b" there", b"."]


def test_logprobs_in_a_stream(sdk: openai.OpenAI) -> None:
    chunks = list(
        sdk.chat.completions.create(model="library", messages=ASK, logprobs=True, stream=True)
    )
    text = tokens = ""
    for chunk in chunks:
        (choice,) = chunk.choices
        text += choice.delta.content or ""
        shown = choice.logprobs.content or [] if choice.logprobs else []
        tokens += "".join(token.token for token in shown)
        assert text.startswith(tokens), "no token is shown before its text"
    assert text == tokens == "Hello there."


def test_an_unfinished_character_is_told_once() -> None:
    euro = "€".encode()
    spelling = Spelling()
    words = spelling.of([Token(b"a" + euro[:1], -1), Token(euro[1:2], -1), Token(euro[2:], -1)])
    assert words == ["a", "", "€"]
    assert spelling.of([Token(euro[:2], -1)], last=True) == ["\ufffd"]


def test_alternatives_are_refused(client: httpx.Client, engine: WordEngine) -> None:
    response = post(client, logprobs=True, top_logprobs=1)
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (400, "unsupported_value")
    assert error["param"] == "top_logprobs"
    engine.can = frozenset()
    assert post(client, logprobs=True).json()["error"]["code"] == "unsupported_value"
    assert engine.asked == []


# --- forms ---------------------------------------------------------------------------------------


def test_a_schema_reaches_the_engine(sdk: openai.OpenAI, engine: WordEngine) -> None:
    class Answer(pydantic.BaseModel):
        a: int

    engine.scripts.append(Script(('{"a"', ": 3}")))
    reply = sdk.chat.completions.parse(model="library", messages=ASK, response_format=Answer)
    assert reply.choices[0].message.parsed == Answer(a=3)
    asked = json.loads(engine.asked[0][1].schema or "")
    assert asked["properties"]["a"]["type"] == "integer"


def test_forms(client: httpx.Client, engine: WordEngine) -> None:
    named = {"name": "x", "schema": SCHEMA, "strict": True, "description": "d"}
    for form, schema in (
        ({"type": "text"}, None),
        ({"type": "json_object"}, {"type": "object"}),
        ({"type": "json_schema", "json_schema": named}, SCHEMA),
    ):
        assert post(client, response_format=form).status_code == 200
        asked = engine.asked[-1][1].schema
        assert (asked and json.loads(asked)) == schema


@pytest.mark.parametrize(
    "schema",
    [
        {"name": "x"},
        {"name": "not a name", "schema": {}},
        {"name": "x", "schema": []},
        {"name": "x", "schema": {"enum": ["x" * 60_000]}},
        {"name": "x", "schema": {"const": "\ud800"}},
    ],
)
def test_schemas_that_are_none(client: httpx.Client, engine: WordEngine, schema: Any) -> None:
    form = {"type": "json_schema", "json_schema": schema}
    body = json.dumps({"model": "library", "messages": ASK, "response_format": form})
    headers = {"content-type": "application/json"}
    response = client.post("/v1/chat/completions", content=body, headers=headers)
    assert response.status_code == 400, response.text
    assert response.json()["error"]["param"].startswith("response_format.json_schema")
    assert engine.asked == []


def test_nan_in_a_schema(client: httpx.Client) -> None:
    body = (
        '{"model": "library", "messages": [{"role": "user", "content": "x"}], "response_format": '
        '{"type": "json_schema", "json_schema": {"name": "x", "schema": {"const": NaN}}}}'
    )
    headers = {"content-type": "application/json"}
    response = client.post("/v1/chat/completions", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid_value")


def test_an_engine_without_forms_says_so(client: httpx.Client, engine: WordEngine) -> None:
    engine.can = frozenset()
    response = post(client, response_format={"type": "json_object"})
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (400, "unsupported_value")
    assert error["param"] == "response_format"


# --- headers -------------------------------------------------------------------------------------


def test_headers_tell_id_time_and_route(client: httpx.Client, engine: WordEngine) -> None:
    engine.scripts.append(Script(("No.",), early_route="refused", route="refused"))
    response = client.post(
        "/v1/chat/completions",
        json={"model": "library", "messages": ASK, "stream": True},
        headers={"x-request-id": "my-id.1"},
    )
    assert response.headers["x-request-id"] == "my-id.1"
    assert response.headers["x-chatwright-route"] == "refused"
    assert int(response.headers["openai-processing-ms"]) >= 0
    assert sse(response)
    plain = post(client)
    assert plain.headers["x-chatwright-route"] == "generated"
    assert plain.headers["x-request-id"].startswith("req_")
    assert "openai-processing-ms" not in client.get("/health").headers


@pytest.mark.parametrize("asked", ["a b", "x" * 129, "-x", "a\tb", "é"])
def test_an_id_that_is_no_id_is_not_repeated(client: httpx.Client, asked: str) -> None:
    answer = client.get("/v1/models", headers={"x-request-id": asked.encode("latin-1")})
    assert answer.headers["x-request-id"].startswith("req_")


async def test_many_clients_at_once(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:

        async def one(number: int) -> str:
            if number % 2:
                stream = await sdk.chat.completions.create(
                    model="library", messages=ASK, n=2, stream=True
                )
                pieces = [c.choices[0].delta.content or "" async for c in stream]
                return str(len("".join(pieces)))
            reply = await sdk.chat.completions.create(model="library", messages=ASK, n=2)
            return str(sum(len(choice.message.content or "") for choice in reply.choices))

        assert await asyncio.gather(*map(one, range(20))) == [str(2 * len("Hello there."))] * 20
