"""The OpenAI surface, with the official client in strict mode against the real server."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import openai
import pytest
from tests.conftest import FakeEngine, Script

from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.server.services import Services

ASK: list[Any] = [{"role": "user", "content": "Hi"}]


def post(client: httpx.Client, **fields: Any) -> httpx.Response:
    body = {"model": "library", "messages": ASK} | fields
    return client.post("/v1/chat/completions", json=body)


def sse(response: httpx.Response) -> list[Any]:
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = [x.removeprefix("data: ") for x in response.text.split("\n\n") if x]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def test_models(sdk: openai.OpenAI) -> None:
    (only,) = sdk.models.list().data
    assert (only.id, only.object, only.owned_by) == ("library", "model", "chatwright")
    assert sdk.models.retrieve("library") == only
    with pytest.raises(openai.NotFoundError) as error:
        sdk.models.retrieve("gpt-9")
    assert error.value.code == "model_not_found"


def test_completion(sdk: openai.OpenAI, engine: FakeEngine) -> None:
    reply = sdk.chat.completions.create(model="library", messages=ASK)
    assert reply.id.startswith("chatcmpl-")
    assert reply.object == "chat.completion"
    assert abs(reply.created - time.time()) < 60
    assert (reply.model, reply.system_fingerprint) == ("library", "deployment-1")
    (choice,) = reply.choices
    assert (choice.index, choice.finish_reason, choice.logprobs) == (0, "stop", None)
    assert (choice.message.role, choice.message.content) == ("assistant", "Hello there.")
    assert choice.message.refusal is None
    assert choice.message.tool_calls is None
    assert reply.usage is not None
    prompt = engine.count(engine.asked[0][0])
    assert reply.usage.prompt_tokens == prompt
    assert (reply.usage.completion_tokens, reply.usage.total_tokens) == (3, prompt + 3)
    assert reply._request_id is not None


def test_stream(sdk: openai.OpenAI) -> None:
    chunks = list(sdk.chat.completions.create(model="library", messages=ASK, stream=True))
    assert len({(c.id, c.created, c.model, c.system_fingerprint) for c in chunks}) == 1
    assert chunks[0].system_fingerprint == "deployment-1"
    assert all(c.object == "chat.completion.chunk" and c.usage is None for c in chunks)
    deltas = [c.choices[0].delta for c in chunks]
    assert (deltas[0].role, deltas[0].content) == ("assistant", "")
    assert all(d.role is None for d in deltas[1:])
    assert "".join(d.content or "" for d in deltas) == "Hello there."
    *before, last = [c.choices[0].finish_reason for c in chunks]
    assert (set(before), last) == ({None}, "stop")


def test_stream_with_usage(sdk: openai.OpenAI) -> None:
    chunks = list(
        sdk.chat.completions.create(
            model="library", messages=ASK, stream=True, stream_options={"include_usage": True}
        )
    )
    *before, last = [bool(c.choices) for c in chunks]
    assert (set(before), last) == ({True}, False)
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 3


async def test_async_client(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:
        reply = await sdk.chat.completions.create(model="library", messages=ASK)
        assert reply.choices[0].message.content == "Hello there."
        stream = await sdk.chat.completions.create(model="library", messages=ASK, stream=True)
        text = "".join([c.choices[0].delta.content or "" async for c in stream])
        assert text == "Hello there."


def test_stream_headers(client: httpx.Client) -> None:
    response = post(client, stream=True)
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    assert "content-length" not in response.headers


def test_finish_reason_is_the_engines(sdk: openai.OpenAI) -> None:
    reply = sdk.chat.completions.create(model="library", messages=ASK, max_completion_tokens=2)
    assert reply.choices[0].finish_reason == "length"
    assert reply.choices[0].message.content == "Hello there"


def test_the_spec_gives_what_the_request_does_not(client: httpx.Client, engine: FakeEngine) -> None:
    post(client, temperature=None)
    post(
        client,
        temperature=1,
        top_p=0.5,
        top_k=-1,
        max_tokens=7,
        seed=3,
        stop="END",
        presence_penalty=1,
        frequency_penalty=-1.5,
        repetition_penalty=1.5,
        min_tokens=2,
        ignore_eos=True,
    )
    post(client, max_tokens=7, max_completion_tokens=5, stop=["a", "b"], top_k=4)
    first, second, third = (sampling for _, sampling in engine.asked)
    assert (first.temperature, first.top_p, first.max_tokens, first.stop) == (0.25, 0.75, 40, ())
    assert (second.temperature, second.top_p, second.top_k, second.max_tokens) == (1, 0.5, None, 7)
    assert (second.seed, second.stop, second.repetition_penalty) == (3, ("END",), 1.5)
    assert (second.presence_penalty, second.frequency_penalty) == (1, -1.5)
    assert (second.min_tokens, second.ignore_end) == (2, True)
    assert (third.max_tokens, third.stop, third.top_k) == (5, ("a", "b"), 4)


def test_developer_is_system_and_parts_are_joined(client: httpx.Client, engine: FakeEngine) -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    messages = [
        {"role": "developer", "content": "Be kind."},
        {"role": "user", "content": parts, "name": "ann"},
        {"role": "assistant", "content": "c", "refusal": None, "tool_calls": []},
        {"role": "user", "content": "d"},
    ]
    assert post(client, messages=messages).status_code == 200
    seen = [(m.role, m.content) for m in engine.asked[0][0].messages]
    assert seen == [("system", "Be kind."), ("user", "ab"), ("assistant", "c"), ("user", "d")]


HARMLESS = {
    "n": 1,
    "user": "ann",
    "safety_identifier": "x",
    "prompt_cache_key": "x",
    "metadata": {"a": "b"},
    "store": True,
    "service_tier": "auto",
    "reasoning_effort": "low",
    "verbosity": "low",
    "parallel_tool_calls": True,
    "modalities": ["text"],
    "prediction": {"type": "content", "content": "x"},
    "logprobs": False,
    "logit_bias": {},
    "tools": [],
    "tool_choice": "none",
    "response_format": {"type": "text"},
    "priority": 3,
    "min_p": 0,
    "ignore_eos": False,
    "unheard_of": [1, {"a": 2}],
}


def test_harmless_fields_pass(client: httpx.Client) -> None:
    assert post(client, **HARMLESS).status_code == 200
    assert post(client, **dict.fromkeys(HARMLESS)).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("top_logprobs", 2),
        ("logit_bias", {"5": 1}),
        ("functions", [{"name": "f"}]),
        ("function_call", {"name": "f"}),
        ("modalities", ["text", "audio"]),
        ("audio", {"voice": "x"}),
        ("web_search_options", {}),
        ("min_p", 0.1),
        ("stop_token_ids", [1]),
        ("continue_final_message", True),
        ("guided_json", {}),
        ("chat_template", "x"),
    ],
)
def test_what_would_change_the_meaning_is_refused(
    client: httpx.Client, engine: FakeEngine, field: str, value: Any
) -> None:
    response = post(client, **{field: value})
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["param"]) == (
        400,
        "unsupported_value",
        field,
    )
    assert engine.asked == []


@pytest.mark.parametrize(
    "message",
    [
        {"role": "function", "content": "x", "name": "f"},
        {"role": "assistant", "content": None, "function_call": {"name": "f"}},
        {"role": "assistant", "content": "x", "audio": {"id": "x"}},
        {"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "http://x"}}]},
    ],
)
def test_messages_that_cannot_be_shown_are_refused(client: httpx.Client, message: Any) -> None:
    response = post(client, messages=[message])
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "unsupported_value"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": "Hi"}, "messages"),
        ({"messages": ASK * 501}, "messages"),
        ({"messages": [{"role": "king", "content": "x"}]}, "messages.0.role"),
        ({"messages": [{"role": "user"}]}, "messages.0"),
        ({"messages": [{"role": "user", "content": 3}]}, "messages.0.content"),
        ({"messages": [{"role": "user", "content": "a\0b"}]}, "messages.0.content"),
        ({"model": 3}, "model"),
        ({"temperature": "0.5"}, "temperature"),
        ({"temperature": 2.1}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"top_p": 0}, "top_p"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": 2**63}, "max_tokens"),
        ({"max_tokens": 1.5}, "max_tokens"),
        ({"seed": 2**63}, "seed"),
        ({"presence_penalty": 3}, "presence_penalty"),
        ({"stop": ["a"] * 5}, "stop"),
        ({"stop": ""}, "stop"),
        ({"n": 0}, "n"),
        ({"n": 5}, "n"),
        ({"n": True}, "n"),
        ({"n": "1"}, "n"),
        ({"n": 1_000_000}, "n"),
        ({"logprobs": 1}, "logprobs"),
        ({"logprobs": True, "top_logprobs": 21}, "top_logprobs"),
        ({"top_logprobs": 0}, None),
        ({"response_format": {"type": "poem"}}, "response_format"),
        ({"response_format": {"type": "json_schema"}}, "response_format"),
        ({"min_tokens": -1}, "min_tokens"),
        ({"ignore_eos": 1}, "ignore_eos"),
        ({"stream": "yes"}, "stream"),
        ({"stream_options": {"include_usage": True}}, None),
        ({"messages": [{"role": "user", "content": "x" * 100_001}] * 2}, None),
    ],
)
def test_wrong_values_are_refused(
    client: httpx.Client, engine: FakeEngine, fields: dict[str, Any], param: str | None
) -> None:
    response = post(client, **fields)
    error = response.json()["error"]
    assert response.status_code == 400, error
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    if param is not None:
        assert error["param"].startswith(param)
    assert engine.asked == []


def test_unknown_model(sdk: openai.OpenAI, engine: FakeEngine) -> None:
    with pytest.raises(openai.NotFoundError) as error:
        sdk.chat.completions.create(model="gpt-9", messages=ASK)
    assert (error.value.code, error.value.param) == ("model_not_found", "model")
    assert engine.asked == []


@pytest.mark.parametrize("stream", [False, True])
def test_too_long_is_a_400_and_nothing_is_left_out(
    sdk: openai.OpenAI, engine: FakeEngine, stream: bool
) -> None:
    old: list[Any] = [{"role": "user", "content": "w " * 150}] * 2
    with pytest.raises(openai.BadRequestError) as error:
        sdk.chat.completions.create(model="library", messages=old + ASK, stream=stream)
    assert (error.value.code, error.value.param) == ("context_length_exceeded", "messages")
    assert engine.asked == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (EngineOverloaded("The queue is full.", retry_after=2.5), 503, "server_is_overloaded"),
        (EngineError("It broke."), 503, "engine_error"),
        (Unsupported("No seeds.", field="seed"), 400, "unsupported_value"),
        (RuntimeError("secret /path"), 500, "internal_error"),
    ],
)
def test_failures_before_the_first_word_have_a_status(
    client: httpx.Client,
    engine: FakeEngine,
    services: Services,
    stream: bool,
    raised: Exception,
    status: int,
    code: str,
) -> None:
    engine.scripts.append(Script((), error=raised))
    response = post(client, stream=stream)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert "secret" not in response.text
    assert response.headers.get("retry-after") == {"server_is_overloaded": "3"}.get(
        code, "1" if status == 503 else None
    )
    assert services.deployed.leased() == 0


def test_a_failure_in_mid_stream_is_an_event(sdk: openai.OpenAI, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("half",), error=EngineError("It broke.", "Try again.")))
    seen = []
    with pytest.raises(openai.APIError, match=r"It broke\. Try again\."):
        for chunk in sdk.chat.completions.create(model="library", messages=ASK, stream=True):
            seen.append(chunk.choices[0].delta.content)
    assert seen == ["", "half"]


def test_a_failure_in_mid_stream_ends_properly(client: httpx.Client, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("half",), error=RuntimeError("secret /path")))
    response = post(client, stream=True)
    last = sse(response)[-1]
    assert set(last["error"]) == {"message", "type", "param", "code"}
    assert "secret" not in response.text


def test_a_failure_in_mid_reply_is_no_half_answer(sdk: openai.OpenAI, engine: FakeEngine) -> None:
    engine.scripts.append(Script(("half",), error=EngineError("It broke.")))
    with pytest.raises(openai.InternalServerError):
        sdk.chat.completions.create(model="library", messages=ASK)


def wait_for_idle(engine: FakeEngine, services: Services) -> float:
    started = time.monotonic()
    while engine.running or services.deployed.leased():
        assert time.monotonic() - started < 5
        time.sleep(0.005)
    return time.monotonic() - started


def test_a_closed_stream_is_cancelled(
    client: httpx.Client, engine: FakeEngine, services: Services
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    body = {"model": "library", "messages": ASK, "stream": True}
    with client.stream("POST", "/v1/chat/completions", json=body) as response:
        pieces = response.iter_raw()  # kept: an iterator that is dropped closes the response
        next(pieces)
        assert engine.running == 1
    assert wait_for_idle(engine, services) < 1
    assert engine.cancelled == 1


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_before_the_first_word_is_cancelled(
    client: httpx.Client, engine: FakeEngine, services: Services, stream: bool
) -> None:
    engine.scripts.append(Script(("a ",), delay=60))
    with pytest.raises(httpx.ReadTimeout):
        client.post(
            "/v1/chat/completions",
            json={"model": "library", "messages": ASK, "stream": stream},
            timeout=0.2,
        )
    assert wait_for_idle(engine, services) < 1
    assert engine.cancelled == 1


def test_many_dropped_streams_leave_nothing(
    client: httpx.Client, engine: FakeEngine, services: Services
) -> None:
    engine.scripts.extend(Script(("a ",), delay=0.01, forever=True) for _ in range(40))
    body = {"model": "library", "messages": ASK, "stream": True}
    for _ in range(40):
        with client.stream("POST", "/v1/chat/completions", json=body):
            pass
    assert wait_for_idle(engine, services) < 1
    assert post(client).status_code == 200


def test_nothing_is_kept(client: httpx.Client, services: Services) -> None:
    post(client)
    assert client.get("/api/conversations").json() == {"conversations": []}
    assert "set-cookie" not in post(client).headers
