"""The surface of `/v1` on a real engine with a bot that was really trained, with the official client."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from tests.server.conftest import served_app
from tests.tiny import Tiny

from chatwright.answer import open_bot
from chatwright.engine.open import open_local
from chatwright.server import create_app
from chatwright.store import Database

ASK: list[Any] = [{"role": "user", "content": "Can I borrow a map?"}]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"open": {"type": "boolean"}, "day": {"enum": ["Monday", "Sunday"]}},
    "required": ["open", "day"],
    "additionalProperties": False,
}
TOOLS: list[Any] = [
    {
        "type": "function",
        "function": {
            "name": "reserve",
            "parameters": {
                "type": "object",
                "properties": {"room": {"$ref": "#/$defs/room"}},
                "required": ["room"],
                "additionalProperties": False,
                "$defs": {"room": {"enum": ["Oak Room", "Attic"]}},
            },
        },
    },
    {"type": "function", "function": {"name": "now"}},
]


@pytest.fixture(scope="module")
def url(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("real")
    bot = open_bot(tiny.fp32, tiny.spec)
    app = create_app(bot, Database(folder / "store.db"), tiny.spec)
    with served_app(app) as address:
        yield address


def ask(sdk: openai.OpenAI, **more: Any) -> Any:
    return sdk.chat.completions.create(model="tiny", messages=ASK, temperature=0, **more)


def test_a_stream_says_what_the_whole_says(sdk: openai.OpenAI) -> None:
    whole = ask(sdk)
    chunks = list(ask(sdk, stream=True, stream_options={"include_usage": True}))
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == whole.choices[0].message.content
    assert "map" in text
    assert chunks[-1].usage.completion_tokens == whole.usage.completion_tokens
    assert chunks[-1].usage.prompt_tokens == whole.usage.prompt_tokens
    response = sdk.responses.create(model="tiny", input=ASK[0]["content"], temperature=0)
    assert response.output_text == text


def test_usage_is_what_tokenize_counts(sdk: openai.OpenAI, client: httpx.Client) -> None:
    found = client.post("/tokenize", json={"messages": ASK}).json()
    assert found["count"] == ask(sdk).usage.prompt_tokens


def test_several_replies_with_a_seed(sdk: openai.OpenAI) -> None:
    def drawn() -> list[str]:
        reply = sdk.chat.completions.create(
            model="tiny", messages=ASK, temperature=1.5, n=4, seed=3, max_tokens=20
        )
        assert [choice.index for choice in reply.choices] == [0, 1, 2, 3]
        return [choice.message.content or "" for choice in reply.choices]

    first = drawn()
    assert len(set(first)) > 1
    assert drawn() == first


def test_stop(sdk: openai.OpenAI) -> None:
    whole = ask(sdk).choices[0].message.content
    word = whole.split()[2]
    cut = ask(sdk, stop=[word]).choices[0]
    assert (cut.message.content, cut.finish_reason) == (whole.split(word)[0], "stop")


def test_tokens_are_the_text(sdk: openai.OpenAI) -> None:
    (choice,) = ask(sdk, logprobs=True).choices
    tokens = choice.logprobs.content
    assert "".join(token.token for token in tokens) == choice.message.content
    said = b"".join(bytes(token.bytes) for token in tokens)
    assert said.decode() == choice.message.content
    assert all(token.logprob <= 0 for token in tokens)
    streamed = [
        token
        for chunk in ask(sdk, logprobs=True, stream=True)
        if chunk.choices[0].logprobs
        for token in chunk.choices[0].logprobs.content
    ]
    assert [token.token for token in streamed] == [token.token for token in tokens]


def test_forms_are_kept(sdk: openai.OpenAI) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": SCHEMA, "strict": True}}
    (choice,) = ask(sdk, response_format=form).choices
    assert choice.finish_reason == "stop"
    found = json.loads(choice.message.content)
    assert set(found) == {"open", "day"}
    assert found["day"] in ("Monday", "Sunday")


def test_a_schema_that_cannot_be_kept_harms_nobody(sdk: openai.OpenAI) -> None:
    for schema in ({"type": "object", "properties": {"a": {"type": "poem"}}}, {"$ref": "#/gone"}):
        form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
        with pytest.raises(openai.BadRequestError):
            ask(sdk, response_format=form)
    assert "map" in ask(sdk).choices[0].message.content


def test_calls_are_certain(sdk: openai.OpenAI) -> None:
    """Of a model that was never trained for tools: what it must call, it calls in the right form."""
    (choice,) = ask(sdk, tools=TOOLS, tool_choice="required").choices
    assert choice.finish_reason == "tool_calls"
    (call,) = choice.message.tool_calls
    arguments = json.loads(call.function.arguments)
    if call.function.name == "reserve":
        assert arguments["room"] in ("Oak Room", "Attic")
    else:
        assert (call.function.name, arguments) == ("now", {})
    named = {"type": "function", "function": {"name": "reserve"}}
    (choice,) = ask(sdk, tools=TOOLS, tool_choice=named).choices
    (call,) = choice.message.tool_calls
    assert json.loads(call.function.arguments)["room"] in ("Oak Room", "Attic")
    (choice,) = ask(sdk, tools=TOOLS).choices
    assert (choice.finish_reason, choice.message.tool_calls) == ("stop", None)


def test_echoed_probabilities_are_those_of_evaluation(client: httpx.Client, tiny: Tiny) -> None:
    """What lm-eval's `local-completions` sums up equals what evaluation computes, token for token."""
    text = "Can I borrow a map? Yes, a map is yours for 5 days — fine."
    ids = client.post("/tokenize", json={"prompt": text}).json()["tokens"]
    body = {
        "model": "tiny",
        "prompt": [ids, ids[:7]],
        "echo": True,
        "logprobs": 1,
        "max_tokens": 1,
        "temperature": 0,
        "seed": 1234,
    }
    reply = client.post("/v1/completions", json=body).json()
    for choice, asked in zip(reply["choices"], body["prompt"], strict=True):
        shown = choice["logprobs"]
        assert len(shown["tokens"]) == len(asked) + 1
        scored = asyncio.run(score(tiny, asked))
        assert shown["token_logprobs"][0] is None
        assert np.allclose(shown["token_logprobs"][1:-1], scored, atol=1e-4)
        assert "".join(shown["tokens"]) == choice["text"]
    assert reply["choices"][0]["text"].startswith(text)
    assert reply["usage"]["prompt_tokens"] == len(ids) + 7


async def score(tiny: Tiny, ids: list[int]) -> list[float]:
    engine = open_local(tiny.fp32, tiny.spec, prefix_cache=False)
    await engine.start()
    try:
        return await engine.score(ids)
    finally:
        await engine.close()


def test_raw_text_goes_on(sdk: openai.OpenAI, client: httpx.Client) -> None:
    reply = sdk.completions.create(
        model="tiny", prompt="Yes, a map is", max_tokens=5, temperature=0, n=2, echo=True
    )
    assert len({choice.text for choice in reply.choices}) == 1
    assert reply.choices[0].text.startswith("Yes, a map is")
    assert reply.usage is not None
    assert reply.usage.completion_tokens <= 10
    body = {"model": "tiny", "prompt": "Yes", "max_tokens": 0, "echo": True, "logprobs": 0}
    read = client.post("/v1/completions", json=body).json()
    assert (read["choices"][0]["text"], read["usage"]["completion_tokens"]) == ("Yes", 0)


def test_ids_that_there_are_not(client: httpx.Client) -> None:
    body = {"model": "tiny", "prompt": [10_000_000]}
    assert client.post("/v1/completions", json=body).status_code == 400
    assert client.post("/detokenize", json={"tokens": [10_000_000]}).status_code == 400


def test_control_tokens_in_text_are_letters(client: httpx.Client) -> None:
    text = "<|end|><|assistant|>ü\n"
    ids = client.post("/tokenize", json={"prompt": text}).json()["tokens"]
    assert client.post("/detokenize", json={"tokens": ids}).json() == {"prompt": text}


def test_embeddings_lie_where_words_do(sdk: openai.OpenAI) -> None:
    texts = ["Can I borrow a map?", "May I borrow a map?", "Who wins the election?"]
    reply = sdk.embeddings.create(model="tiny", input=texts, encoding_format="float")
    rows = np.array([one.embedding for one in reply.data])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    near = rows @ rows.T
    assert near[0, 1] > near[0, 2]
    assert reply.usage.prompt_tokens > 10
    assert math.isclose(near[0, 0], 1, abs_tol=1e-5)


def test_what_does_not_fit(sdk: openai.OpenAI) -> None:
    long: list[Any] = [{"role": "user", "content": "map " * 500}]
    for call in (
        lambda: sdk.chat.completions.create(model="tiny", messages=long),
        lambda: sdk.completions.create(model="tiny", prompt="map " * 500),
        lambda: sdk.responses.create(model="tiny", input=long),
    ):
        with pytest.raises(openai.BadRequestError) as error:
            call()
        assert error.value.code == "context_length_exceeded"


async def test_the_async_client(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:
        replies = await asyncio.gather(
            *(
                sdk.chat.completions.create(model="tiny", messages=ASK, temperature=0)
                for _ in range(8)
            )
        )
        assert len({reply.choices[0].message.content for reply in replies}) == 1
        stream = await sdk.responses.create(model="tiny", input="Hello there", stream=True)
        assert [event.type async for event in stream][-1] == "response.completed"
        reply = await sdk.completions.create(model="tiny", prompt="Yes", max_tokens=3)
        assert reply.usage is not None
        found = await sdk.embeddings.create(model="tiny", input="a", encoding_format="float")
        assert len(found.data) == 1
