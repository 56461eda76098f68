"""Embeddings, and text to tokens and back."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import numpy as np
import openai
import pytest
from tests.server.conftest import WordEngine


def test_floats_and_base64_are_the_same(sdk: openai.OpenAI, url: str, engine: WordEngine) -> None:
    """base64 is what the client asks for by itself; when it is strict it then refuses what it asked for."""
    floats = sdk.embeddings.create(model="library", input="abca", encoding_format="float")
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none") as loose:
        coded = loose.embeddings.create(model="library", input="abca")
    (one,), (other,) = floats.data, coded.data
    assert np.allclose(one.embedding, other.embedding)
    assert np.isclose(np.linalg.norm(one.embedding), 1)
    assert (one.index, one.object, len(one.embedding)) == (0, "embedding", 8)
    assert (floats.object, floats.model) == ("list", "library")
    assert (floats.usage.prompt_tokens, floats.usage.total_tokens) == (4, 4)
    assert engine.embedded == [["abca"]] * 2


async def test_async_client(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:
        reply = await sdk.embeddings.create(
            model="library", input=["a", "b"], encoding_format="float"
        )
        assert [one.index for one in reply.data] == [0, 1]


def test_inputs_of_all_kinds(sdk: openai.OpenAI, engine: WordEngine) -> None:
    for given, texts in (
        ("ab", ["ab"]),
        (["a", "bc"], ["a", "bc"]),
        ([97, 98], ["ab"]),
        ([[97], [98, 99]], ["a", "bc"]),
    ):
        reply = sdk.embeddings.create(model="library", input=given, encoding_format="float")
        assert engine.embedded[-1] == texts
        assert reply.usage.total_tokens == sum(len(text) for text in texts)


def test_base64_is_little_endian_float32(client: httpx.Client) -> None:
    body = {"model": "library", "input": "abc", "encoding_format": "base64"}
    (found,) = client.post("/v1/embeddings", json=body).json()["data"]
    raw = base64.b64decode(found["embedding"])
    assert len(raw) == 4 * 8
    assert np.isclose(np.linalg.norm(np.frombuffer(raw, "<f4")), 1)


def test_fewer_dimensions_are_of_length_one_again(sdk: openai.OpenAI) -> None:
    asked: Any = {"model": "library", "input": "abc", "encoding_format": "float"}
    whole = sdk.embeddings.create(**asked).data[0].embedding
    cut = sdk.embeddings.create(**asked, dimensions=3).data[0].embedding
    assert np.allclose(cut, np.array(whole[:3]) / np.linalg.norm(whole[:3]), atol=1e-6)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"input": ""}, "invalid_value"),
        ({"input": []}, "invalid_value"),
        ({"input": ["a", ""]}, "invalid_value"),
        ({"input": ["a"] * 2049}, "invalid_value"),
        ({"input": ["x" * 150_000] * 2}, "invalid_value"),
        ({"input": {"a": 1}}, "invalid_value"),
        ({"input": [256]}, "unsupported_value"),
        ({"encoding_format": "int8"}, "invalid_value"),
        ({"dimensions": 0}, "invalid_value"),
        ({"dimensions": 9}, "unsupported_value"),
        ({"model": "gpt-9"}, "model_not_found"),
    ],
)
def test_what_is_refused(client: httpx.Client, fields: dict[str, Any], code: str) -> None:
    body = {"model": "library", "input": "a"} | fields
    response = client.post("/v1/embeddings", json=body)
    assert response.status_code == (404 if code == "model_not_found" else 400)
    assert response.json()["error"]["code"] == code


def test_a_model_without_embeddings(client: httpx.Client, engine: WordEngine) -> None:
    engine.can = frozenset({"complete"})
    response = client.post("/v1/embeddings", json={"model": "library", "input": "a"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "unsupported_value")


def test_embedding_counts_as_reading(client: httpx.Client) -> None:
    client.post("/v1/embeddings", json={"model": "library", "input": "abc"})
    assert 'vllm:prompt_tokens_total{model_name="library"} 3.0' in client.get("/metrics").text


# --- tokens --------------------------------------------------------------------------------------


def test_there_and_back(client: httpx.Client) -> None:
    body = {"model": "library", "prompt": "aü", "return_token_strs": True}
    found = client.post("/tokenize", json=body).json()
    assert found == {
        "count": 3,
        "max_model_len": 200,
        "tokens": [97, 195, 188],
        "token_strs": ["a", "\ufffd", "\ufffd"],
    }
    back = client.post("/detokenize", json={"tokens": found["tokens"]}).json()
    assert back == {"prompt": "aü"}


def test_messages_become_their_prompt(client: httpx.Client) -> None:
    messages = [{"role": "developer", "content": "x"}, {"role": "user", "content": "y"}]
    for opened, text in ((None, "assistant:"), (True, "assistant:"), (False, "")):
        body = {"messages": messages, "add_generation_prompt": opened}
        found = client.post("/tokenize", json=body).json()
        assert bytes(found["tokens"]).decode() == f"system:x\nuser:y\n{text}"
        assert found["count"] == len(found["tokens"])
        assert found["token_strs"] is None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/tokenize", {}, 400),
        ("/tokenize", {"prompt": "a", "messages": [{"role": "user", "content": "x"}]}, 400),
        ("/tokenize", {"messages": []}, 400),
        ("/tokenize", {"prompt": 3}, 400),
        ("/tokenize", {"prompt": "a", "model": "gpt-9"}, 404),
        ("/detokenize", {"tokens": [256]}, 400),
        ("/detokenize", {"tokens": [-1]}, 400),
        ("/detokenize", {"tokens": "abc"}, 400),
        ("/detokenize", {}, 400),
    ],
)
def test_what_has_no_tokens(client: httpx.Client, path: str, body: Any, status: int) -> None:
    response = client.post(path, json=body)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


def test_an_engine_without_a_tokenizer(client: httpx.Client, engine: WordEngine) -> None:
    engine.can = frozenset()
    assert client.post("/tokenize", json={"prompt": "a"}).status_code == 400
    assert client.post("/detokenize", json={"tokens": [1]}).status_code == 400
