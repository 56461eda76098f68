"""Tasks over HTTP: a client of `/v1` that keeps the history itself, and the page with its branches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from tests.answer.desk import Desk, a_desk
from tests.answer.tasking import HOOK, NOON, a_spec
from tests.server.conftest import WordEngine
from tests.server.test_web_api import ask, listen, new

from chatwright.answer import Bot
from chatwright.answer.skills import Skills
from chatwright.answer.tasks import Tasks
from chatwright.answer.webhooks import Webhooks
from chatwright.spec import Spec

ASKED = ("I want to book a room", "tomorrow", "3", "a@b.example", "quiet", "yes")


@pytest.fixture
def desk() -> Iterator[Desk]:
    with a_desk() as server:
        yield server


@pytest.fixture
def spec(tmp_path: Path, desk: Desk) -> Spec:
    return a_spec(tmp_path, webhook=[HOOK | {"url": desk.url, "private": True}])


@pytest.fixture
def bot(spec: Spec, engine: WordEngine) -> Bot:
    skills = Skills(spec, Webhooks(spec.webhook), Tasks(spec, clock=lambda: NOON))
    return Bot(spec, engine, "release-1", "deployment-1", skills=skills)


def test_a_client_that_keeps_the_history_itself(sdk: openai.OpenAI, desk: Desk) -> None:
    messages: list[Any] = []
    for text in ASKED:
        messages.append({"role": "user", "content": text})
        reply = sdk.chat.completions.create(model="library", messages=messages)
        messages.append({"role": "assistant", "content": reply.choices[0].message.content})
    assert messages[-1]["content"] == "Booked. Your number is R-1."
    assert reply.choices[0].finish_reason == "stop"
    assert desk.asked[0][2]["values"]["people"] == 3


def test_several_replies_to_a_yes_book_once(sdk: openai.OpenAI, desk: Desk) -> None:
    messages: list[Any] = []
    for text in ASKED[:-1]:
        messages.append({"role": "user", "content": text})
        reply = sdk.chat.completions.create(model="library", messages=messages)
        messages.append({"role": "assistant", "content": reply.choices[0].message.content})
    messages.append({"role": "user", "content": "yes"})
    many = sdk.chat.completions.create(model="library", messages=messages, n=3)
    assert {choice.message.content for choice in many.choices} == {"Booked. Your number is R-1."}
    assert len(desk.done) == 1


def test_the_page_records_it_and_an_edit_or_a_second_reply_does_not_book_twice(
    client: httpx.Client, desk: Desk
) -> None:
    id = new(client)
    parent, turns = None, []
    for text in ASKED:
        turn = ask(client, id, text, parent)
        parent = turn["message"]["id"]
        turns.append((turn, listen(client, turn)[-1][2]))
    assert [message["route"] for _, message in turns] == ["curated"] * 6
    assert turns[-1][1]["content"] == "Booked. Your number is R-1."
    yes = turns[-1][0]["user_message"]["id"]
    again = listen(client, ask(client, id, None, yes))[-1][2]
    assert again["content"] == "Booked. Your number is R-1."
    before = turns[1][0]["message"]["id"]  # "How many people?"
    for text in ("5", *ASKED[3:]):
        turn = ask(client, id, text, before)
        before, said = turn["message"]["id"], listen(client, turn)[-1][2]
    assert said["content"] == "Booked. Your number is R-2."
    assert [body["values"]["people"] for _, _, body in desk.asked] == [3, 3, 5]
