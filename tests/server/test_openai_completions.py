"""Raw completions, as the official client and lm-eval's `local-completions` ask for them."""

from __future__ import annotations

from typing import Any

import httpx
import openai
import pytest
from tests.conftest import Script
from tests.server.conftest import LOGPROB, WordEngine
from tests.server.test_openai import sse, wait_for_idle

from chatwright.core.errors import EngineError
from chatwright.server.services import Services


def post(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post("/v1/completions", json={"model": "library", "prompt": "Once"} | fields)


def test_completion(sdk: openai.OpenAI, engine: WordEngine) -> None:
    reply = sdk.completions.create(model="library", prompt="Once")
    assert reply.id.startswith("cmpl-")
    assert (reply.object, reply.system_fingerprint) == ("text_completion", "deployment-1")
    (choice,) = reply.choices
    assert (choice.text, choice.index, choice.finish_reason) == ("Hello there.", 0, "stop")
    assert choice.logprobs is None
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (4, 3)
    assert reply.usage.total_tokens == 7
    prompt, sampling, echo = engine.completed[0]
    assert (prompt, sampling.max_tokens, sampling.logprobs, echo) == ("Once", 16, False, False)


async def test_async_completion(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:
        reply = await sdk.completions.create(model="library", prompt="Once", echo=True)
        assert reply.choices[0].text == "OnceHello there."


def test_prompts_of_all_kinds(sdk: openai.OpenAI, engine: WordEngine) -> None:
    for prompt, texts in (
        ("Once", ["Once"]),
        (["a", "bc"], ["a", "bc"]),
        ([97, 98], ["ab"]),
        ([[97], [98, 99]], ["a", "bc"]),
    ):
        reply = sdk.completions.create(model="library", prompt=prompt, echo=True)
        assert [choice.index for choice in reply.choices] == list(range(len(texts)))
        assert [choice.text for choice in reply.choices] == [f"{t}Hello there." for t in texts]
        assert reply.usage is not None
        assert reply.usage.prompt_tokens == sum(len(text) for text in texts)
        assert reply.usage.completion_tokens == 3 * len(texts)


def test_several_replies_to_several_prompts(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.extend(Script((word,)) for word in ("1", "2", "3", "4"))
    reply = sdk.completions.create(
        model="library", prompt=["a", "bb"], n=2, best_of=2, seed=5, echo=True
    )
    assert [choice.text for choice in reply.choices] == ["a1", "a2", "bb3", "bb4"]
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (3, 4)
    assert [sampling.seed for _, sampling, _ in engine.completed] == [5, 6, 5, 6]


def test_loglikelihood_as_lm_eval_asks_for_it(client: httpx.Client, engine: WordEngine) -> None:
    """Its `local-completions`: ids of context and continuation, one more token, echoed with logprobs."""
    body = {
        "prompt": [[97, 98, 99, 100], [97, 98]],
        "temperature": 0,
        "max_tokens": 1,
        "logprobs": 1,
        "seed": 1234,
        "echo": True,
    }
    reply = post(client, **body).json()
    for choice, ids in zip(reply["choices"], body["prompt"], strict=True):
        shown = choice["logprobs"]
        assert shown["token_logprobs"][0] is None
        assert shown["token_logprobs"][1:-1] == [-index / 100 for index in ids[1:]]
        assert shown["top_logprobs"][0] is None
        for token, own, top in zip(
            shown["tokens"][1:], shown["token_logprobs"][1:], shown["top_logprobs"][1:], strict=True
        ):
            assert top == {token: own}
        assert len(shown["tokens"]) == len(ids) + 1
        assert "".join(shown["tokens"]) == choice["text"]
    assert [sampling.max_tokens for _, sampling, _ in engine.completed] == [1, 1]


def test_echo_alone_with_probabilities(client: httpx.Client, engine: WordEngine) -> None:
    reply = post(client, prompt="abc", echo=True, logprobs=0, max_tokens=0).json()
    (choice,) = reply["choices"]
    assert (choice["text"], choice["finish_reason"]) == ("abc", "length")
    assert choice["logprobs"] == {
        "tokens": ["a", "b", "c"],
        "token_logprobs": [None, -0.98, -0.99],
        "top_logprobs": None,
        "text_offset": [0, 1, 2],
    }
    assert reply["usage"]["completion_tokens"] == 0


def test_offsets_count_characters(client: httpx.Client, engine: WordEngine) -> None:
    engine.scripts.append(Script(("für", " alle")))
    (choice,) = post(client, prompt="ä", echo=True, logprobs=0).json()["choices"]
    shown = choice["logprobs"]
    assert (choice["text"], shown["tokens"]) == ("äfür alle", ["", "ä", "für", " alle"])
    assert shown["text_offset"] == [0, 0, 1, 4]
    assert shown["token_logprobs"][2:] == [LOGPROB, LOGPROB]


def test_stream(client: httpx.Client, engine: WordEngine) -> None:
    """Not with the strict client: its type says that every event has a finish reason, OpenAI's have
    none but the last."""
    engine.scripts.extend([Script(("a", "b")), Script(("c",))])
    events = sse(
        post(
            client,
            prompt=["x", "yy"],
            stream=True,
            echo=True,
            logprobs=0,
            stream_options={"include_usage": True},
        )
    )
    assert len({(e["id"], e["created"], e["model"], e["system_fingerprint"]) for e in events}) == 1
    assert all(event["object"] == "text_completion" for event in events)
    *pieces, last = events
    for index, text in enumerate(("xab", "yyc")):
        mine = [e["choices"][0] for e in pieces if e["choices"][0]["index"] == index]
        assert "".join(choice["text"] for choice in mine) == text
        tokens = [token for choice in mine for token in choice["logprobs"]["tokens"]]
        assert "".join(tokens) == text
        offsets = [at for choice in mine for at in choice["logprobs"]["text_offset"]]
        assert offsets == list(range(len(text)))
        reasons = [choice["finish_reason"] for choice in mine]
        assert reasons[-1] == "stop"
        assert not any(reasons[:-1])
    assert last["choices"] == []
    assert last["usage"]["prompt_tokens"] == 3
    assert last["usage"]["completion_tokens"] == 3


def test_a_stream_that_fails(client: httpx.Client, engine: WordEngine) -> None:
    engine.scripts.append(Script(("half",), error=EngineError("It broke.")))
    assert sse(post(client, stream=True))[-1]["error"]["code"] == "engine_error"


def test_a_stream_that_is_left(
    client: httpx.Client, engine: WordEngine, services: Services
) -> None:
    engine.scripts.extend(Script(("a ",), delay=0.01, forever=True) for _ in range(2))
    body = {"model": "library", "prompt": ["a", "b"], "stream": True}
    with client.stream("POST", "/v1/completions", json=body) as response:
        pieces = response.iter_raw()
        next(pieces)
        assert engine.running == 2
    assert wait_for_idle(engine, services) < 1


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"suffix": "end"}, "unsupported_value", "suffix"),
        ({"suffix": ""}, "unsupported_value", "suffix"),
        ({"logprobs": 2}, "unsupported_value", "logprobs"),
        ({"best_of": 2}, "unsupported_value", "best_of"),
        ({"logit_bias": {"1": 1}}, "unsupported_value", "logit_bias"),
        ({"response_format": {"type": "json_object"}}, "unsupported_value", "response_format"),
        ({"prompt": [256]}, "unsupported_value", "prompt"),
        ({"prompt": "x" * 300}, "context_length_exceeded", "prompt"),
        ({"logprobs": 6}, "invalid_value", "logprobs"),
        ({"logprobs": True}, "invalid_value", "logprobs"),
        ({"prompt": ""}, "invalid_value", "prompt"),
        ({"prompt": []}, "invalid_value", "prompt"),
        ({"prompt": [[]]}, "invalid_value", "prompt"),
        ({"prompt": ["a", 1]}, "invalid_value", "prompt"),
        ({"prompt": [-1]}, "invalid_value", "prompt"),
        ({"prompt": ["a"] * 65}, "invalid_value", "prompt"),
        ({"prompt": ["a"] * 33, "n": 2}, "invalid_value", None),
        ({"prompt": None}, "invalid_value", "prompt"),
        ({"max_tokens": -1}, "invalid_value", "max_tokens"),
        ({"model": "gpt-9"}, "model_not_found", "model"),
    ],
)
def test_what_is_refused(
    client: httpx.Client, engine: WordEngine, fields: dict[str, Any], code: str, param: str | None
) -> None:
    response = post(client, **fields)
    error = response.json()["error"]
    assert response.status_code == (404 if code == "model_not_found" else 400), error
    assert error["code"] == code, error
    if param is not None:
        assert error["param"].startswith(param)
    assert engine.completed == []


def test_a_model_that_only_chats(client: httpx.Client, engine: WordEngine) -> None:
    engine.can = frozenset()
    response = post(client)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "unsupported_value")


def test_figures(client: httpx.Client) -> None:
    post(client)
    text = client.get("/metrics").text
    assert 'chatwright_turns_total{channel="raw",route="none",status="done"} 1.0' in text
    assert 'vllm:prompt_tokens_total{model_name="library"} 4.0' in text
