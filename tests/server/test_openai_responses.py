"""Responses: one at a time, whole or as named events in their order."""

from __future__ import annotations

import json
from typing import Any

import httpx
import openai
import pydantic
import pytest
from tests.conftest import Script
from tests.server.conftest import LOGPROB, WordEngine
from tests.server.test_openai import wait_for_idle

from chatwright.core.errors import EngineError, EngineOverloaded
from chatwright.server.services import Services

TOOL: Any = {
    "type": "function",
    "name": "weather",
    "description": "Of a town.",
    "parameters": {"type": "object", "properties": {"town": {"type": "string"}}},
    "strict": True,
}
CALL = '{"name": "weather", "arguments": {"town": "Ulm"}}'


def post(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post("/v1/responses", json={"model": "library", "input": "Hi"} | fields)


def events(response: httpx.Response) -> list[Any]:
    """The events of a stream, whose names are their types and whose numbers have no gap."""
    assert response.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in response.text.split("\n\n")[:-1]:
        name, data = block.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['type']}"
        found.append(event)
    assert [event["sequence_number"] for event in found] == list(range(len(found)))
    return found


# --- whole ---------------------------------------------------------------------------------------


def test_response(sdk: openai.OpenAI, engine: WordEngine) -> None:
    reply = sdk.responses.create(
        model="library",
        input="Hi",
        instructions="Be kind.",
        metadata={"a": "b"},
        max_output_tokens=30,
        temperature=0.5,
    )
    assert reply.id.startswith("resp_")
    assert (reply.object, reply.status, reply.error) == ("response", "completed", None)
    assert reply.output_text == "Hello there."
    (item,) = reply.output
    assert item.type == "message"
    assert item.id.startswith("msg_")
    assert (item.role, item.status) == ("assistant", "completed")
    assert (reply.metadata, reply.instructions) == ({"a": "b"}, "Be kind.")
    assert (reply.temperature, reply.top_p, reply.max_output_tokens) == (0.5, 0.75, 30)
    assert (reply.previous_response_id, reply.truncation) == (None, "disabled")
    assert reply.usage is not None
    assert reply.usage.output_tokens == 3
    assert reply.usage.total_tokens == reply.usage.input_tokens + 3
    conversation, sampling = engine.asked[0]
    assert [(m.role, m.content) for m in conversation.messages] == [
        ("system", "Be kind."),
        ("user", "Hi"),
    ]
    assert (sampling.max_tokens, sampling.temperature) == (30, 0.5)


async def test_async_client(url: str) -> None:
    async with openai.AsyncOpenAI(
        base_url=f"{url}/v1", api_key="none", _strict_response_validation=True
    ) as sdk:
        assert (await sdk.responses.create(model="library", input="Hi")).output_text
        stream = await sdk.responses.create(model="library", input="Hi", stream=True)
        found = [event async for event in stream]
        assert found[-1].type == "response.completed"


def test_what_is_cut_off_is_incomplete(sdk: openai.OpenAI) -> None:
    reply = sdk.responses.create(model="library", input="Hi", max_output_tokens=2)
    assert reply.status == "incomplete"
    assert reply.incomplete_details is not None
    assert reply.incomplete_details.reason == "max_output_tokens"
    assert reply.output_text == "Hello there"
    assert reply.output[0].type == "message"
    assert reply.output[0].status == "incomplete"


def test_items(sdk: openai.OpenAI, engine: WordEngine) -> None:
    items: Any = [
        {"role": "developer", "content": "Be kind."},
        {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Warm?"}]},
        {
            "type": "message",
            "role": "assistant",
            "id": "msg_1",
            "status": "completed",
            "content": [{"type": "output_text", "text": "I ask.", "annotations": []}],
        },
        {"type": "function_call", "call_id": "c1", "name": "weather", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c1", "output": "12 degrees"},
        {"role": "user", "content": "Thanks."},
    ]
    assert sdk.responses.create(model="library", input=items).output_text == "Hello there."
    said = [(m.role, m.content) for m in engine.asked[0][0].messages]
    call = '<tool_call>\n{"name": "weather", "arguments": {}}\n</tool_call>'
    assert said == [
        ("system", "Be kind."),
        ("user", "Warm?"),
        ("assistant", f"I ask.\n{call}"),
        ("tool", "12 degrees"),
        ("user", "Thanks."),
    ]


def test_a_form(sdk: openai.OpenAI, engine: WordEngine) -> None:
    class Answer(pydantic.BaseModel):
        a: int

    engine.scripts.append(Script(('{"a": 3}',)))
    reply = sdk.responses.parse(model="library", input="Hi", text_format=Answer)
    assert reply.output_parsed == Answer(a=3)
    assert json.loads(engine.asked[0][1].schema or "")["required"] == ["a"]
    assert reply.text is not None
    assert reply.text.format is not None
    assert reply.text.format.type == "json_schema"


def test_tools(sdk: openai.OpenAI, engine: WordEngine) -> None:
    for choice, text in (
        ("required", CALL),
        ({"type": "function", "name": "weather"}, '{"town": "Ulm"}'),
    ):
        engine.scripts.append(Script((text,)))
        reply = sdk.responses.create(model="library", input="Hi", tools=[TOOL], tool_choice=choice)
        (item,) = reply.output
        assert item.type == "function_call"
        assert item.id is not None
        assert (item.id[:3], item.call_id[:5]) == ("fc_", "call_")
        assert (item.name, json.loads(item.arguments)) == ("weather", {"town": "Ulm"})
        assert (item.status, reply.status) == ("completed", "completed")
        assert reply.tools[0].type == "function"
        assert reply.tools[0].name == "weather"


def test_logprobs(sdk: openai.OpenAI) -> None:
    reply = sdk.responses.create(
        model="library", input="Hi", include=["message.output_text.logprobs"], top_logprobs=0
    )
    assert reply.output[0].type == "message"
    part = reply.output[0].content[0]
    assert part.type == "output_text"
    assert part.logprobs is not None
    assert "".join(token.token for token in part.logprobs) == part.text
    assert {token.logprob for token in part.logprobs} == {LOGPROB}


def test_truncation_leaves_out_the_oldest(client: httpx.Client, engine: WordEngine) -> None:
    old = [{"role": "user", "content": "w " * 150}] * 2
    items = [*old, {"role": "user", "content": "Hi"}]
    refused = post(client, input=items)
    assert refused.json()["error"]["code"] == "context_length_exceeded"
    kept = post(client, input=items, truncation="auto").json()
    assert kept["truncation"] == "auto"
    assert len(engine.asked[0][0].messages) < 3


# --- streams -------------------------------------------------------------------------------------


def test_the_order_of_events(client: httpx.Client, engine: WordEngine) -> None:
    found = events(post(client, stream=True))
    deltas = [event for event in found if event["type"] == "response.output_text.delta"]
    found = [event for event in found if event not in deltas[1:]]
    assert [event["type"] for event in found] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    created, added, part = found[0]["response"], found[2]["item"], found[3]["part"]
    assert (created["status"], created["output"], created["usage"]) == ("in_progress", [], None)
    assert (added["status"], added["content"]) == ("in_progress", [])
    assert part == {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
    assert "".join(event["delta"] for event in deltas) == found[5]["text"] == "Hello there."
    assert {event["item_id"] for event in [*deltas, *found[3:7]]} == {added["id"]}
    assert all(event["logprobs"] == [] for event in [*deltas, found[5]])
    completed = found[-1]["response"]
    assert completed["output"] == [found[-2]["item"]]
    assert completed["usage"]["output_tokens"] == 3


def test_the_official_client_reads_a_stream(sdk: openai.OpenAI, engine: WordEngine) -> None:
    with sdk.responses.stream(model="library", input="Hi") as stream:
        text = "".join(e.delta for e in stream if e.type == "response.output_text.delta")
        final = stream.get_final_response()
    assert text == final.output_text == "Hello there."


def test_probabilities_in_a_stream(client: httpx.Client) -> None:
    found = events(post(client, stream=True, include=["message.output_text.logprobs"]))
    text = tokens = ""
    for event in found:
        if event["type"] == "response.output_text.delta":
            text += event["delta"]
            tokens += "".join(token["token"] for token in event["logprobs"])
            assert text.startswith(tokens), "no token is shown before its text"
    assert "".join(token["token"] for token in found[-4]["logprobs"]) == text == "Hello there."


@pytest.mark.parametrize(
    ("choice", "text"),
    [("required", CALL), ({"type": "function", "name": "weather"}, '{"town": "Ulm"}')],
)
def test_a_call_in_a_stream(
    sdk: openai.OpenAI, client: httpx.Client, engine: WordEngine, choice: Any, text: str
) -> None:
    for _ in range(2):
        engine.scripts.append(Script((text[:9], text[9:])))
    found = events(post(client, stream=True, tools=[TOOL], tool_choice=choice))
    kinds = [event["type"].removeprefix("response.") for event in found]
    assert kinds[:3] == ["created", "in_progress", "output_item.added"]
    assert kinds[-3:] == ["function_call_arguments.done", "output_item.done", "completed"]
    assert set(kinds[3:-3]) == {"function_call_arguments.delta"}
    assert found[2]["item"]["arguments"] == ""
    arguments = "".join(event["delta"] for event in found[3:-3])
    assert arguments == found[-3]["arguments"] == found[-2]["item"]["arguments"]
    assert json.loads(arguments) == {"town": "Ulm"}
    stream = sdk.responses.create(
        model="library", input="Hi", stream=True, tools=[TOOL], tool_choice=choice
    )
    assert [event.type for event in stream][-1] == "response.completed"


def test_a_stream_that_is_cut_off(client: httpx.Client) -> None:
    last = events(post(client, stream=True, max_output_tokens=1))[-1]
    assert last["type"] == "response.incomplete"
    assert last["response"]["incomplete_details"] == {"reason": "max_output_tokens"}


def test_a_stream_that_fails(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.append(Script(("half",), error=EngineError("It broke.", "Try again.")))
    *_, last = sdk.responses.create(model="library", input="Hi", stream=True)
    assert last.type == "response.failed"
    assert last.response.status == "failed"
    assert last.response.error is not None
    assert last.response.error.message == "It broke. Try again."


def test_a_stream_that_never_begins(client: httpx.Client, engine: WordEngine) -> None:
    engine.scripts.append(Script((), error=EngineOverloaded("Full.")))
    response = post(client, stream=True)
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")


def test_a_stream_that_is_left(
    client: httpx.Client, engine: WordEngine, services: Services
) -> None:
    engine.scripts.append(Script(("a ",), delay=0.01, forever=True))
    body = {"model": "library", "input": "Hi", "stream": True}
    with client.stream("POST", "/v1/responses", json=body) as response:
        pieces = response.iter_raw()
        next(pieces)
    assert wait_for_idle(engine, services) < 1
    assert engine.cancelled == 1


# --- what needs memory, and mistakes -------------------------------------------------------------


def test_nothing_is_stored(client: httpx.Client) -> None:
    id = post(client, store=True).json()["id"]
    assert post(client, store=True).json()["store"] is False
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/cancel"),
        ("GET", "/input_items"),
    ):
        response = client.request(method, f"/v1/responses/{id}{path}")
        assert response.status_code == 404
        assert "not stored" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"previous_response_id": "resp_1"}, "unsupported_value", "previous_response_id"),
        ({"conversation": "conv_1"}, "unsupported_value", "conversation"),
        ({"background": True}, "unsupported_value", "background"),
        ({"prompt": {"id": "x"}}, "unsupported_value", "prompt"),
        ({"top_logprobs": 3}, "unsupported_value", "top_logprobs"),
        ({"stop": ["x"]}, "unsupported_value", "stop"),
        ({"input": [{"type": "item_reference", "id": "x"}]}, "unsupported_value", "input"),
        (
            {"input": [{"role": "user", "content": [{"type": "input_image"}]}]},
            "unsupported_value",
            "input",
        ),
        ({"top_logprobs": 21}, "invalid_value", "top_logprobs"),
        ({"input": []}, "invalid_value", "input"),
        ({"input": [{"role": "king", "content": "x"}]}, "invalid_value", "input.0.role"),
        ({"input": [{"role": "user"}]}, "invalid_value", "input.0.content"),
        (
            {"input": [{"type": "function_call_output", "call_id": "x", "output": "y"}]},
            "invalid_value",
            None,
        ),
        ({"input": 3}, "invalid_value", "input"),
        ({"input": ["x"]}, "invalid_value", "input"),
        ({"max_output_tokens": 0}, "invalid_value", "max_output_tokens"),
        ({"tools": [{"type": "web_search"}]}, "invalid_value", "tools.0"),
        ({"text": {"format": {"type": "poem"}}}, "invalid_value", "text.format"),
        ({"metadata": {"a": 1}}, "invalid_value", "metadata"),
        ({"truncation": "oldest"}, "invalid_value", "truncation"),
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
        assert error["param"].startswith(param), error
    assert engine.asked == []


def test_harmless_fields_pass(client: httpx.Client) -> None:
    harmless = {
        "reasoning": {"effort": "low"},
        "include": ["reasoning.encrypted_content"],
        "parallel_tool_calls": True,
        "service_tier": "auto",
        "prompt_cache_key": "x",
        "user": "ann",
        "background": False,
        "stream_options": None,
        "text": {"format": {"type": "text"}, "verbosity": "low"},
        "tools": [],
        "tool_choice": "auto",
        "max_tool_calls": 3,
    }
    assert post(client, **harmless).status_code == 200
    assert post(client, **dict.fromkeys(harmless)).status_code == 200
