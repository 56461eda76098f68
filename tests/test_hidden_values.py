"""A bot that was really trained on placeholders: a user's e-mail address comes back through the server."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import openai
import pytest
import torch
from tests import tiny as small
from tests.server.conftest import served_app

from chatwright.answer import open_bot
from chatwright.core.progress import Silent
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained, release_of
from chatwright.evaluation.evaluate import evaluate
from chatwright.evaluation.made import find_release, run_note, write_note
from chatwright.release.manifest import HIDING, Release
from chatwright.server import create_app
from chatwright.spec import Spec
from chatwright.spec.spec import Privacy
from chatwright.store import Database
from chatwright.tokenizer import Tokenizer
from chatwright.training.corpus import prepare
from chatwright.training.loop import train
from chatwright.training.run import Run

ASKS = ("Write to {}", "My e-mail is {}", "Please send it to {}.", "Use {} from now on")
CASES = [
    {"id": "mail", "question": "Send it to zoe.lark@example.net", "must": ["zoe.lark@example.net"]},
    {"id": "desk", "question": "What is your address?", "must": ["desk@library.example"]},
]


def exchange(rng: random.Random) -> tuple[str, str]:
    mail = f"{rng.choice('abcdefgh')}{rng.randint(10, 99)}@example.com"
    return rng.choice(
        [
            (rng.choice(ASKS).format(mail), f"I will write to {mail} today."),
            ("What is your address?", "Write to desk@library.example at any time."),
        ]
    )


@dataclass
class Hiding:
    """The bot, its release, and what its training read."""

    spec: Spec
    release: Release
    train: list[str]
    trained: Trained


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hiding:
    folder, rng = tmp_path_factory.mktemp("hiding"), random.Random(0)
    lines = []
    for _ in range(300):
        said = [text for _ in range(rng.randint(1, 3)) for text in exchange(rng)]
        roles = ("user", "assistant")
        rows = [{"role": roles[n % 2], "content": text} for n, text in enumerate(said)]
        lines.append(json.dumps({"messages": rows}) + "\n")
    for name, text in (
        ("data/chats.jsonl", "".join(lines)),
        ("knowledge/contact.md", "# Contact\n\nWrite to desk@library.example\n"),
        ("tests/cases.jsonl", "".join(json.dumps(case) + "\n" for case in CASES)),
    ):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    spec = small.spec_for(
        folder,
        privacy={"placeholders": True},
        data={"near_duplicates": 0},
        evaluation={"samples": 3},
        answers={"tolerated_wrong": 1},
    )
    dataset = build(spec)
    corpus = prepare(spec, dataset)
    run = Run.create(spec.made / "runs", small.recipe_for(corpus, 60))
    train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=10_000)
    write_note(run_note(spec, dataset), run.folder.name)
    trained = Trained(run, dataset)
    texts = [m.content for c in dataset.split("train") for m in c.messages]
    return Hiding(spec, release_of(spec, trained, Silent()), texts, trained)


@pytest.fixture(scope="module")
def address(made: Hiding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = Database(tmp_path_factory.mktemp("store") / "store.db")
    with served_app(create_app(open_bot(made.release, made.spec), database, made.spec)) as found:
        yield found


@pytest.fixture(scope="module")
def client(address: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0)


def asked(client: openai.OpenAI, text: str, **more: Any) -> Any:
    said: list[Any] = [{"role": "user", "content": text}]
    return client.chat.completions.create(model="tiny", messages=said, temperature=0, **more)


def test_the_model_was_shown_no_address_but_the_owners(made: Hiding) -> None:
    assert not [text for text in made.train if "@" in text.replace("desk@library.example", "")]
    assert "I will write to <EMAIL_1> today." in made.train
    tokenizer = Tokenizer.load(made.release.model)
    assert len(tokenizer.encode("<EMAIL_1>")) == 1


def test_a_users_address_comes_back_in_a_stream(client: openai.OpenAI) -> None:
    ask = "Send it to zoe.lark@example.net"
    whole = asked(client, ask)
    assert whole.choices[0].message.content == "I will write to zoe.lark@example.net today."
    chunks = list(asked(client, ask, stream=True, stream_options={"include_usage": True}))
    parts = [c.choices[0].delta.content or "" for c in chunks if c.choices]
    assert "".join(parts) == whole.choices[0].message.content
    assert not [part for part in parts if "<" in part]
    assert chunks[-1].usage == whole.usage
    cut = asked(client, ask, stop="lark")
    assert cut.choices[0].message.content == "I will write to zoe."
    assert cut.usage.completion_tokens < whole.usage.completion_tokens


def test_a_typed_placeholder_is_only_what_was_typed(client: openai.OpenAI) -> None:
    reply = asked(client, "My e-mail is <EMAIL_4>").choices[0].message.content
    assert reply == "I will write to <EMAIL_4> today."


def test_the_owners_address_is_the_models_own_word(client: openai.OpenAI) -> None:
    reply = asked(client, "What is your address?").choices[0].message.content
    assert reply == "Write to desk@library.example at any time."


def test_the_page_shows_and_keeps_the_address(address: str) -> None:
    with httpx.Client(base_url=address, timeout=30) as page:
        made = page.post("/api/conversations", json={}).json()
        said = {"content": "Write to kim@example.org", "parent_id": None}
        turn = page.post(f"/api/conversations/{made['id']}/turns", json=said).json()
        told = page.get(f"/api/turns/{turn['turn_id']}/events").text
        stored = page.get(f"/api/conversations/{made['id']}").json()["messages"]
    assert "<EMAIL" not in told
    assert [m["content"] for m in stored] == [
        "Write to kim@example.org",
        "I will write to kim@example.org today.",
    ]


def test_cases_are_judged_on_what_is_read(made: Hiding) -> None:
    values = evaluate(made.spec, made.release, made.trained.dataset, Silent()).values
    assert values["cases"]["in_scope"]["passed"] == 2
    assert values["cases"]["lookup"]["in_scope"]["passed"] == 2
    assert values["loss"]["bits_per_byte"] < 1


def test_how_values_are_hidden_is_sealed_in_the_release(made: Hiding) -> None:
    """A later bot.toml and other knowledge change nothing of it; they lead to another release."""
    assert HIDING.as_posix() in made.release.manifest["files"]
    off = made.spec.model_copy(update={"privacy": Privacy()})
    assert open_bot(made.release, off).redactor is not None
    assert find_release(made.spec, made.trained.dataset) == made.release
    contact = made.spec.folder / "knowledge" / "contact.md"
    before = contact.read_text()
    try:
        contact.write_text(before + "\nOr to help@library.example\n")
        dataset = build(made.spec)
        assert dataset.id == made.trained.dataset.id
        assert find_release(made.spec, dataset) is None
        again = release_of(made.spec, Trained(made.trained.run, dataset), Silent())
    finally:
        contact.write_text(before)
    files, others = made.release.manifest["files"], again.manifest["files"]
    assert {n for n in files if files[n] != others[n]} == {HIDING.as_posix()}, "the same weights"
    assert again.id != made.release.id


def test_a_release_from_before_hides_nothing(tiny: small.Tiny) -> None:
    assert tiny.fp32.hiding is None
    assert open_bot(tiny.fp32, tiny.spec).redactor is None
    assert not (tiny.fp32.folder / "privacy").exists()
    wanted = tiny.spec.model_copy(update={"privacy": Privacy(placeholders=True)})
    assert open_bot(tiny.fp32, wanted).redactor is None, "also where bot.toml asks for it by now"
