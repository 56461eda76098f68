"""Several bots in one server: the field `model` chooses, the page has the first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import openai
import pytest
from fastapi import FastAPI
from tests.conftest import Script
from tests.server.conftest import WordEngine, served_app
from tests.server.test_openai import ASK, post
from tests.server.test_openai_streams import told

from chatwright.answer import Bot
from chatwright.server import create_app
from chatwright.server.services import Services
from chatwright.spec import Spec
from chatwright.store import Database


@pytest.fixture
def museum(spec: Spec) -> Bot:
    engine = WordEngine(Script(("Paintings.",)), context=99)
    identity = spec.bot.model_copy(update={"name": "museum", "title": "The Museum"})
    other = spec.model_copy(update={"bot": identity})
    return Bot(other, engine, "release-2", "deployment-2")


@pytest.fixture
def app(bot: Bot, museum: Bot, database: Database, spec: Spec, web: Path) -> FastAPI:
    return create_app(bot, database, spec, others=[museum], web=web)


def engine_of(bot: Bot) -> WordEngine:
    assert isinstance(bot.engine, WordEngine)
    return bot.engine


def test_the_model_chooses(sdk: openai.OpenAI, engine: WordEngine, museum: Bot) -> None:
    assert [model.id for model in sdk.models.list()] == ["library", "museum"]
    assert sdk.models.retrieve("museum").to_dict()["max_model_len"] == 99
    reply = sdk.chat.completions.create(model="museum", messages=ASK)
    assert (reply.model, reply.choices[0].message.content) == ("museum", "Paintings.")
    assert reply.system_fingerprint == "deployment-2"
    assert engine.asked == []
    assert sdk.chat.completions.create(model="library", messages=ASK).model == "library"
    assert len(engine.asked) == 1
    sdk.completions.create(model="museum", prompt="x")
    sdk.responses.create(model="museum", input="x")
    sdk.embeddings.create(model="museum", input="x", encoding_format="float")
    other = engine_of(museum)
    assert (len(other.completed), len(other.asked), other.embedded) == (1, 3, [["x"]])
    with pytest.raises(openai.NotFoundError):
        sdk.chat.completions.create(model="zoo", messages=ASK)


def test_the_page_has_the_first(client: httpx.Client) -> None:
    assert client.get("/api/bot").json()["name"] == "library"
    found = client.post("/tokenize", json={"prompt": "a"}).json()
    assert found["max_model_len"] == 200
    assert (
        client.post("/tokenize", json={"prompt": "a", "model": "museum"}).json()["max_model_len"]
        == 99
    )


def test_figures_are_told_apart(client: httpx.Client) -> None:
    post(client)
    post(client, model="museum")
    post(client, model="museum")
    text = client.get("/metrics").text
    for name, count in (("library", 1), ("museum", 2)):
        line = f'vllm:request_success_total{{finished_reason="stop",model_name="{name}"}} {count}.0'
        assert line in text


def test_health_is_that_of_the_worst(client: httpx.Client, museum: Bot) -> None:
    assert client.get("/ready").json()["engine"] == "ready"
    engine_of(museum).state = "starting"
    assert client.get("/ready").status_code == 503
    health = client.get("/health").json()
    assert (health["engine"], health["release"]) == ("starting", "release-2")
    engine_of(museum).state = "failed"
    assert client.get("/health").status_code == 503


def test_all_engines_are_started_and_closed(app: FastAPI, engine: WordEngine, museum: Bot) -> None:
    with served_app(app):
        assert (engine.starts, engine_of(museum).starts) == (1, 1)
    assert (engine.closes, engine_of(museum).closes) == (1, 1)


def test_each_is_swapped_alone(
    url: str, client: httpx.Client, services: Services, museum: Bot, spec: Spec
) -> None:
    newer = Bot(museum.spec, WordEngine(), "release-3", "deployment-3")
    loop = engine_of(museum).loop
    assert loop is not None
    asyncio.run_coroutine_threadsafe(services.bots["museum"].swap(newer), loop).result(5)
    assert post(client, model="museum").json()["system_fingerprint"] == "deployment-3"
    assert post(client).json()["system_fingerprint"] == "deployment-1"


def test_a_server_that_waits_for_one_waits(app: FastAPI, museum: Bot, services: Services) -> None:
    engine_of(museum).scripts.clear()
    engine_of(museum).scripts.append(Script(("a ",) * 5, delay=0.1))
    body = {"model": "museum", "messages": ASK, "stream": True}
    with (
        served_app(app) as url,
        httpx.stream("POST", f"{url}/v1/chat/completions", json=body) as response,
    ):
        pieces = response.iter_text()
        first = next(pieces)
        assert services.busy()
        services.stop()
        text = first + "".join(pieces)
    said = [event["choices"][0]["delta"].get("content", "") for event in told(text)]
    assert "".join(said) == "a a a a a "
    assert "error" not in text
