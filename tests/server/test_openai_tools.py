"""Tools: what a call must look like, how the model is told, and how calls come back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from tests.conftest import Script
from tests.server.conftest import WordEngine
from tests.server.test_openai import ASK, post

from chatwright.answer import Bot
from chatwright.server.openai.calls import Called, Reader, Said, reader
from chatwright.server.openai.tools import Calling, Function, moved
from chatwright.spec import Spec

WEATHER: dict[str, Any] = {
    "name": "weather",
    "description": "Weather of a town.",
    "parameters": {
        "type": "object",
        "properties": {"town": {"$ref": "#/$defs/Town"}},
        "required": ["town"],
        "$defs": {"Town": {"type": "string"}},
    },
}
TOOLS: list[Any] = [
    {"type": "function", "function": WEATHER},
    {"type": "function", "function": {"name": "now"}},
]
CALL = '{"name": "weather", "arguments": {"town": "Ulm"}}'
TAGGED = f"<tool_call>\n{CALL}\n</tool_call>"


@pytest.fixture
def trained(spec: Spec) -> Spec:
    """A bot on a base that may know tools."""
    model = spec.model.model_copy(update={"kind": "pretrained", "base": "x"})
    return spec.model_copy(update={"model": model})


class OfTrained:
    """Tests of a bot whose model may know tools."""

    @pytest.fixture
    def bot(self, trained: Spec, engine: WordEngine) -> Bot:
        return Bot(trained, engine, "release-1", "deployment-1")


# --- calls that must be made ---------------------------------------------------------------------


def test_required(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.append(Script((CALL[:20], CALL[20:])))
    reply = sdk.chat.completions.create(
        model="library", messages=ASK, tools=TOOLS, tool_choice="required"
    )
    (choice,) = reply.choices
    assert (choice.finish_reason, choice.message.content) == ("tool_calls", None)
    (call,) = choice.message.tool_calls or ()
    assert call.type == "function"
    assert call.id.startswith("call_")
    assert (call.function.name, json.loads(call.function.arguments)) == ("weather", {"town": "Ulm"})
    asked = json.loads(engine.asked[0][1].schema or "")
    assert asked["anyOf"] == [{"$ref": "#/$defs/call0"}, {"$ref": "#/$defs/call1"}]
    first, second = asked["$defs"]["call0"], asked["$defs"]["call1"]
    assert first["properties"]["name"] == {"const": "weather"}
    town = first["properties"]["arguments"]["properties"]["town"]
    assert town == {"$ref": "#/$defs/call0/properties/arguments/$defs/Town"}
    assert second["properties"]["arguments"]["properties"] == {}


def test_named(sdk: openai.OpenAI, engine: WordEngine) -> None:
    engine.scripts.append(Script(('{"town": ', '"Ulm"}')))
    chosen: Any = {"type": "function", "function": {"name": "weather"}}
    reply = sdk.chat.completions.create(
        model="library", messages=ASK, tools=TOOLS, tool_choice=chosen
    )
    (call,) = reply.choices[0].message.tool_calls or ()
    assert call.type == "function"
    assert (call.function.name, call.function.arguments) == ("weather", '{"town": "Ulm"}')
    assert json.loads(engine.asked[0][1].schema or "") == WEATHER["parameters"]


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ("required", CALL),
        ({"type": "function", "function": {"name": "weather"}}, '{"town": "Ulm"}'),
    ],
)
def test_calls_in_a_stream(sdk: openai.OpenAI, engine: WordEngine, choice: Any, text: str) -> None:
    engine.scripts.append(Script([text[at : at + 7] for at in range(0, len(text), 7)]))
    chunks = list(
        sdk.chat.completions.create(
            model="library", messages=ASK, tools=TOOLS, tool_choice=choice, stream=True
        )
    )
    assert [c.choices[0].finish_reason for c in chunks if c.choices[0].finish_reason] == [
        "tool_calls"
    ]
    assert not any(c.choices[0].delta.content for c in chunks)
    pieces = [call for c in chunks for call in c.choices[0].delta.tool_calls or ()]
    assert {piece.index for piece in pieces} == {0}
    first, *rest = pieces
    assert first.id is not None
    assert first.function is not None
    assert (first.type, first.function.name) == ("function", "weather")
    assert all(piece.id is None and piece.type is None for piece in rest)
    arguments = "".join(p.function.arguments or "" for p in pieces if p.function)
    assert json.loads(arguments) == {"town": "Ulm"}


def test_a_call_that_is_cut_off_is_no_call(client: httpx.Client, engine: WordEngine) -> None:
    engine.scripts.append(Script((CALL[:20],), finish="length"))
    (choice,) = post(client, tools=TOOLS, tool_choice="required").json()["choices"]
    assert choice["finish_reason"] == "length"
    assert "tool_calls" not in choice["message"]
    engine.scripts.append(Script(('{"town": "U',), finish="length"))
    named = {"type": "function", "function": {"name": "weather"}}
    (choice,) = post(client, tools=TOOLS, tool_choice=named).json()["choices"]
    assert choice["finish_reason"] == "length"
    assert choice["message"]["tool_calls"][0]["function"]["arguments"] == '{"town": "U'


def test_an_engine_without_schemas_cannot_call(client: httpx.Client, engine: WordEngine) -> None:
    engine.can = frozenset()
    error = post(client, tools=TOOLS, tool_choice="required").json()["error"]
    assert (error["code"], error["param"]) == ("unsupported_value", "tool_choice")


# --- calls that may be made ----------------------------------------------------------------------


@pytest.mark.parametrize("choice", [None, "auto", "none"])
def test_a_model_from_scratch_answers_in_words(
    client: httpx.Client, engine: WordEngine, choice: str | None
) -> None:
    engine.scripts.append(Script((TAGGED,)))
    reply = post(client, tools=TOOLS, tool_choice=choice).json()["choices"][0]
    assert (reply["message"]["content"], reply["finish_reason"]) == (TAGGED, "stop")
    conversation, sampling = engine.asked[0]
    assert sampling.schema is None
    assert [m.role for m in conversation.messages] == ["user"], "it is not told of tools"


class TestAuto(OfTrained):
    def test_the_model_is_told(self, client: httpx.Client, engine: WordEngine) -> None:
        system = {"role": "system", "content": "Be kind."}
        post(client, tools=TOOLS, messages=[system, *ASK])
        post(client, tools=TOOLS, tool_choice="none")
        told, plain = (conversation.messages for conversation, _ in engine.asked)
        assert [m.role for m in told] == ["system", "user"]
        assert told[0].content.startswith("Be kind.\n\n# Tools")
        listed = told[0].content.split("<tools>\n")[1].split("\n</tools>")[0].splitlines()
        assert [json.loads(line)["function"]["name"] for line in listed] == ["weather", "now"]
        assert [m.role for m in plain] == ["user"]

    def test_a_call_is_read(self, sdk: openai.OpenAI, engine: WordEngine) -> None:
        engine.scripts.append(Script(("Let me see. ", TAGGED[:15], TAGGED[15:])))
        reply = sdk.chat.completions.create(model="library", messages=ASK, tools=TOOLS)
        (choice,) = reply.choices
        assert (choice.message.content, choice.finish_reason) == ("Let me see. ", "tool_calls")
        assert len(choice.message.tool_calls or ()) == 1

    def test_several_calls(self, client: httpx.Client, engine: WordEngine) -> None:
        both = f'{TAGGED}\n<tool_call>{{"name": "now", "arguments": {{}}}}</tool_call>'
        for several, names in ((True, ["weather", "now"]), (False, ["weather"])):
            engine.scripts.append(Script((both,)))
            reply = post(client, tools=TOOLS, parallel_tool_calls=several).json()["choices"][0]
            calls = reply["message"]["tool_calls"]
            assert [call["function"]["name"] for call in calls] == names
            assert len({call["id"] for call in calls}) == len(names)

    @pytest.mark.parametrize(
        "text",
        [
            TAGGED.replace("weather", "unknown"),
            TAGGED.replace('"Ulm"', "Ulm"),
            TAGGED.removesuffix("</tool_call>"),
            TAGGED + " and more",
            "<tool_call>[]</tool_call>",
            "<tool_call>null</tool_call>",
            "a < b <tool",
        ],
    )
    def test_what_is_no_call_is_text(
        self, client: httpx.Client, engine: WordEngine, text: str
    ) -> None:
        engine.scripts.append(Script([text[at : at + 4] for at in range(0, len(text), 4)]))
        reply = post(client, tools=TOOLS).json()["choices"][0]
        assert (reply["message"]["content"], reply["finish_reason"]) == (text, "stop")
        assert "tool_calls" not in reply["message"]

    def test_a_form_leaves_no_room_for_a_call(self, client: httpx.Client) -> None:
        form = {"type": "json_object"}
        error = post(client, tools=TOOLS, response_format=form).json()["error"]
        assert (error["code"], error["param"]) == ("unsupported_value", "response_format")
        assert post(client, tools=TOOLS, tool_choice="none", response_format=form).is_success


# --- conversations with calls --------------------------------------------------------------------

SAID: list[Any] = [
    {"role": "user", "content": "Is it warm in Ulm?"},
    {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {
                "id": "call_1",
                "type": "function",
                "function": {"name": "weather", "arguments": '{"town": "Ulm"}'},
            }
        ],
    },
    {"role": "tool", "tool_call_id": "call_1", "content": "12 degrees"},
]


def test_calls_and_answers_reach_the_model(sdk: openai.OpenAI, engine: WordEngine) -> None:
    sdk.chat.completions.create(model="library", messages=SAID, tools=TOOLS)
    messages = engine.asked[0][0].messages
    assert [m.role for m in messages] == ["user", "assistant", "tool"]
    assert messages[1].content == TAGGED
    assert messages[2].content == "12 degrees"


class TestHosted:
    @pytest.fixture
    def bot(self, spec: Spec, engine: WordEngine, tmp_path: Path) -> Bot:
        model = spec.model.model_copy(update={"kind": "hosted", "hosted_model": "x"})
        hosted = spec.model_copy(update={"model": model})
        return Bot(hosted, engine, "release-1", "deployment-1")

    def test_answers_are_words_of_the_user(self, client: httpx.Client, engine: WordEngine) -> None:
        assert post(client, messages=SAID).is_success
        last = engine.asked[0][0].messages[-1]
        assert (last.role, last.content) == (
            "user",
            "<tool_response>\n12 degrees\n</tool_response>",
        )


@pytest.mark.parametrize(
    "messages",
    [
        [SAID[0], SAID[2]],
        [SAID[0], SAID[1], {"role": "tool", "content": "x"}],
        [SAID[0], SAID[1], {"role": "tool", "tool_call_id": "call_2", "content": "x"}],
        [SAID[0], {"role": "user", "content": "x", "tool_calls": SAID[1]["tool_calls"]}],
        [SAID[0], {"role": "assistant", "tool_calls": [{"id": "x"}]}],
        [SAID[0], {"role": "assistant", "content": None, "tool_calls": []}],
    ],
)
def test_calls_that_make_no_sense(client: httpx.Client, engine: WordEngine, messages: Any) -> None:
    response = post(client, messages=messages)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_value"
    assert engine.asked == []


@pytest.mark.parametrize(
    "fields",
    [
        {"tool_choice": "required"},
        {"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "other"}}},
        {"tools": TOOLS, "tool_choice": "maybe"},
        {"tools": TOOLS, "tool_choice": {"type": "allowed_tools"}},
        {"tools": TOOLS + TOOLS[:1]},
        {"tools": TOOLS[1:] * 200},
        {"tools": [{"type": "custom", "custom": {"name": "x"}}]},
        {"tools": [{"type": "function", "function": {"name": "a b"}}]},
        {"tools": [{"type": "function", "function": {"name": "a", "parameters": []}}]},
    ],
)
def test_tools_that_make_no_sense(client: httpx.Client, engine: WordEngine, fields: Any) -> None:
    response = post(client, **fields)
    assert response.status_code == 400
    assert engine.asked == []


# --- the parts -----------------------------------------------------------------------------------


def test_references_follow_a_schema_that_moves() -> None:
    schema = {
        "$ref": "#",
        "properties": {"$ref": {"$ref": "#/$defs/a"}, "const": {"anyOf": [{"$ref": "#/x"}]}},
        "const": {"$ref": "#/kept"},
        "enum": [{"$ref": "#/kept"}],
        "items": {"$ref": "https://example.org/x"},
    }
    assert moved(schema, "/to") == {
        "$ref": "#/to",
        "properties": {"$ref": {"$ref": "#/to/$defs/a"}, "const": {"anyOf": [{"$ref": "#/to/x"}]}},
        "const": {"$ref": "#/kept"},
        "enum": [{"$ref": "#/kept"}],
        "items": {"$ref": "https://example.org/x"},
    }


def read(made: Reader, text: str, size: int) -> tuple[str, dict[int, list[str | None]]]:
    """What `made` reads out of `text` that comes in pieces of `size` characters."""
    pieces = []
    for at in range(0, len(text), size):
        pieces += made.push(text[at : at + size])
    pieces += made.finish(complete=True)
    said = "".join(piece.text for piece in pieces if isinstance(piece, Said))
    calls: dict[int, list[str | None]] = {}
    for piece in pieces:
        if isinstance(piece, Called):
            name, arguments = calls.get(piece.index, [piece.name, ""])
            calls[piece.index] = [name, f"{arguments}{piece.arguments}"]
    return said, calls


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11, 1000])
def test_calls_are_the_same_however_they_come(size: int) -> None:
    functions = (Function.model_validate(WEATHER), Function(name="now"))
    arguments = '{"town": "Ulm"}'
    for calling, text, said, called in (
        (Calling(functions, "auto"), f"x<{TAGGED} ", "x<", {0: ["weather", arguments]}),
        (Calling(functions, "required"), CALL, "", {0: ["weather", arguments]}),
        (Calling(functions, "required", "weather"), arguments, "", {0: ["weather", arguments]}),
        (Calling(), TAGGED, TAGGED, {}),
    ):
        made = reader(calling, told=True)
        assert read(made, text, size) == (said, called)
        assert made.called == bool(called)
