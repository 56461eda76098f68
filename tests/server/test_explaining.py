"""Every answer can be asked why: on `/v1` by a header, of a kept message by its id, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import openai
import pytest
from tests.conftest import FakeEngine
from tests.server.callers import Callers, bearer, logged_in
from tests.server.conftest import WordEngine
from tests.server.test_openai import ASK, sse
from tests.server.test_web_api import ask, listen, new

from chatwright.answer import Bot
from chatwright.answer.decision import Candidate, Decision, Look
from chatwright.answer.facts import Fact
from chatwright.answer.router import Router
from chatwright.core.types import Source
from chatwright.server.explained_types import ToldValue
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.keys import Scope

WHY = {"X-Chatwright-Explain": "true"}
SOURCE = Source("Hours", "https://library.example/hours", "Ten to six on Saturdays.")
SAID = Candidate("quoted", "Ten to six.", 0.914321, sources=(SOURCE,), signs={"coverage": 0.75})
NOT_SAID = Candidate("generated", "Nine to five.", 0.3, signs={"coverage": 0.75, "lacking": 1.0})
TOLD = {
    "route": "retrieved",
    "confidence": 0.914321,
    "mark": None,
    "sources": [{"title": SOURCE.title, "uri": SOURCE.uri, "quote": SOURCE.quote}],
    "explanation": {
        "route": "retrieved",
        "confidence": 0.9143,
        "threshold": 0.8,
        "candidates": [
            {
                "kind": "quoted",
                "confidence": 0.9143,
                "declines": False,
                "text": "Ten to six.",
                "sources": [SOURCE.uri],
                "signs": {"coverage": 0.75},
            },
            {
                "kind": "generated",
                "confidence": 0.3,
                "declines": False,
                "text": "Nine to five.",
                "sources": [],
                "signs": {"coverage": 0.75, "lacking": 1.0},
            },
        ],
        "ungrounded": ["nine"],
        "shortened": False,
    },
}


class Weighing(Router):
    """Always has the same to choose from; of a question about tea it has nothing."""

    def settled(self, look: Look) -> Decision | None:
        if "tea" in look.asked.question:
            return None
        lacking = (Fact("time", "nine", frozenset({"9:00"})),)
        return Decision(
            "retrieved", SAID.text, SAID.confidence, 0.8, (SAID, NOT_SAID), SAID.sources, lacking
        )


@pytest.fixture
def spec(spec: Spec) -> Spec:
    consent = spec.privacy.model_copy(update={"consent": "May we learn from this?"})
    return spec.model_copy(update={"privacy": consent})


@pytest.fixture
def bot(spec: Spec, engine: FakeEngine) -> Bot:
    return Bot(spec, engine, "release-1", "deployment-1", router=Weighing(spec))


@pytest.fixture
def key(everyone: Callers) -> Callable[..., dict[str, str]]:
    """The headers of a key with these scopes."""

    def made(*scopes: Scope) -> dict[str, str]:
        return bearer(everyone.keys.create("library", "key", scopes)[1])

    return made


def completed(client: httpx.Client, headers: dict[str, str], **more: Any) -> httpx.Response:
    body = {"model": "library", "messages": ASK, **more}
    return client.post("/v1/chat/completions", json=body, headers=headers)


# --- /v1 ------------------------------------------------------------------------------------------


def test_the_official_client_is_told_why(sdk: openai.OpenAI) -> None:
    reply = sdk.chat.completions.create(model="library", messages=ASK, extra_headers=WHY)
    assert reply.choices[0].message.content == "Ten to six."
    assert reply.model_extra is not None
    assert reply.model_extra["chatwright"] == TOLD


def test_a_stream_tells_it_with_the_finish_reason(sdk: openai.OpenAI) -> None:
    stream = sdk.chat.completions.create(
        model="library",
        messages=ASK,
        stream=True,
        stream_options={"include_usage": True},
        extra_headers=WHY,
    )
    *pieces, last, usage = list(stream)
    assert last.choices[0].finish_reason == "stop" and usage.usage is not None
    assert last.model_extra is not None and last.model_extra["chatwright"] == TOLD
    assert not any("chatwright" in (one.model_extra or {}) for one in (*pieces, usage))


@pytest.mark.parametrize("headers", [{}, {"X-Chatwright-Explain": "false"}])
def test_nobody_is_told_who_did_not_ask(
    client: httpx.Client, headers: dict[str, str], key: Callable[..., dict[str, str]]
) -> None:
    chats = key("chat")
    whole = completed(client, headers | chats).json()
    assert set(whole) == {
        *("id", "object", "created", "model", "system_fingerprint", "choices", "usage")
    }
    for event in sse(completed(client, headers | chats, stream=True)):
        assert "chatwright" not in event


def test_it_takes_the_scope_to_review(
    client: httpx.Client, key: Callable[..., dict[str, str]], engine: FakeEngine
) -> None:
    for stream in (False, True):
        refused = completed(client, WHY | key("chat", "models"), stream=stream)
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "insufficient_scope"
        assert "'review'" in refused.json()["error"]["message"]
    assert completed(client, WHY | key("chat", "review")).json()["chatwright"] == TOLD
    only = completed(client, WHY | key("review"))
    assert only.status_code == 403, "a key that may not chat"


def test_what_the_header_may_say(client: httpx.Client) -> None:
    wrong = completed(client, {"X-Chatwright-Explain": "perhaps"})
    assert wrong.status_code == 400
    assert wrong.json()["error"]["param"] == "x-chatwright-explain"
    assert "chatwright" in completed(client, {"X-Chatwright-Explain": "TRUE"}).json()
    several = completed(client, WHY, n=2)
    assert several.status_code == 400
    assert several.json()["error"]["param"] == "n"
    assert completed(client, WHY, n=1).status_code == 200


TEA = [{"role": "user", "content": "Is there tea?"}]


@pytest.mark.parametrize("more", [{}, {"logprobs": True}])
def test_what_was_passed_on_has_no_explanation(
    client: httpx.Client, engine: WordEngine, more: dict[str, Any]
) -> None:
    expected = {
        "route": "generated",
        "confidence": None,
        "mark": None,
        "sources": [],
        "explanation": None,
    }
    asked = {"messages": TEA, **more}
    assert completed(client, WHY, **asked).json()["chatwright"] == expected
    *_, last = sse(completed(client, WHY, stream=True, **asked))
    assert last["chatwright"] == expected
    assert len(engine.asked) == 2


def test_a_rule_that_speaks_is_named(client: httpx.Client) -> None:
    asked = [{"role": "user", "content": "Are you a human being?"}]
    told = completed(client, WHY, messages=asked).json()["chatwright"]
    assert (told["route"], told["mark"], told["explanation"]) == ("curated", "disclosure", None)


def test_what_is_told_is_described(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    asked = described["paths"]["/v1/chat/completions"]["post"]
    (header,) = asked["parameters"]
    assert (header["name"], header["in"]) == ("x-chatwright-explain", "header")
    schemas = described["components"]["schemas"]
    for name in ("ChatCompletion", "ChatCompletionChunk"):
        assert "ToldValue" in str(schemas[name]["properties"]["chatwright"])
        assert "chatwright" not in schemas[name]["required"]
    assert ToldValue.model_validate(TOLD).model_dump() == TOLD
    known = described["paths"]["/api/messages/{id}/explanation"]["get"]["responses"]["200"]
    assert "ExplanationValue" in str(known)


# --- a message that is kept -----------------------------------------------------------------------


def replied(client: httpx.Client, content: str = "When do you open?") -> dict[str, Any]:
    turn = ask(client, new(client), content)
    *_, last = listen(client, turn)
    found: dict[str, Any] = last[-1]
    return found


def agree(client: httpx.Client) -> None:
    version = client.get("/api/privacy").json()["version"]
    client.put("/api/privacy/consent", json={"granted": True, "version": version})


def why(client: httpx.Client, id: str, headers: dict[str, str]) -> httpx.Response:
    with httpx.Client(base_url=client.base_url) as other:
        return other.get(f"/api/messages/{id}/explanation", headers=headers)


@pytest.mark.parametrize("role", ["owner", "editor", "reviewer"])
def test_those_who_look_after_the_bot_may_ask_later(
    client: httpx.Client, everyone: Callers, services: Services, role: Any
) -> None:
    agree(client)
    message = replied(client)
    assert "explanation" not in message and "confidence" not in message
    got = why(client, message["id"], logged_in(services, everyone.account(role)))
    told = got.json()
    assert got.status_code == 200
    assert {name: told[name] for name in TOLD} == TOLD
    assert told["message_id"] == message["id"] and told["texts"] is True
    assert (told["release"], told["deployment"]) == ("release-1", "deployment-1")


def test_without_consent_there_are_scores_and_no_texts(
    client: httpx.Client, key: Callable[..., dict[str, str]]
) -> None:
    told = why(client, replied(client)["id"], key("review")).json()
    assert told["texts"] is False
    weighed = told["explanation"]
    assert [one["text"] for one in weighed["candidates"]] == ["", ""]
    assert weighed["ungrounded"] == []
    assert [one["confidence"] for one in weighed["candidates"]] == [0.9143, 0.3]
    assert told["sources"] == TOLD["sources"]


def test_ones_own_can_be_read_whole(
    client: httpx.Client, key: Callable[..., dict[str, str]]
) -> None:
    headers = key("chat", "review")
    with httpx.Client(base_url=client.base_url, headers=headers) as program:
        message = replied(program)
        told = program.get(f"/api/messages/{message['id']}/explanation").json()
    assert told["texts"] is True and told["explanation"] == TOLD["explanation"]


def test_whoever_asked_is_not_told(client: httpx.Client, everyone: Callers) -> None:
    message = replied(client)
    refused = client.get(f"/api/messages/{message['id']}/explanation")
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "insufficient_scope"


def test_there_must_be_such_a_reply(
    client: httpx.Client, key: Callable[..., dict[str, str]], database: Database
) -> None:
    headers = key("review")
    message = replied(client)
    for id in ("nothing", message["parent_id"], "%00", "a" * 300):
        got = why(client, id, headers)
        assert got.status_code == 404 and got.json()["error"]["code"] == "not_found"
    passed_on = why(client, replied(client, "Is there tea?")["id"], headers).json()
    assert (passed_on["route"], passed_on["explanation"]) == ("generated", None)
    client.delete("/api/privacy")
    assert why(client, message["id"], headers).status_code == 404
