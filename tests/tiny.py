"""A real bot small enough for tests: generated conversations, a Decoder trained for some seconds, releases."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from chatwright.core.progress import Silent
from chatwright.core.types import Conversation, Message
from chatwright.data.batches import Packing
from chatwright.data.dataset import build
from chatwright.evaluation.candidate import Trained, release_of
from chatwright.model.shape import Shape
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.training.corpus import Corpus, prepare
from chatwright.training.loop import train
from chatwright.training.optim import Rates
from chatwright.training.recipe import Recipe
from chatwright.training.run import Run

CONTEXT = 256
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
THINGS = ("a novel", "a map", "a film", "an atlas", "a comic", "a score", "a newspaper", "a game")
ROOMS = ("Oak Room", "Pine Room", "Birch Room", "Elm Room", "Attic")
PRICES = ("5 cents", "10 cents", "20 cents", "1 euro", "2 euros")
OUTSIDE = (
    "Who wins the election?",
    "Write my essay.",
    "Which shares shall I buy?",
    "Tell me a secret.",
)


def exchange(rng: random.Random) -> tuple[str, str, bool]:
    """A question, its answer, and whether it declines."""
    day, thing = rng.choice(DAYS), rng.choice(THINGS)
    room, price = rng.choice(ROOMS), rng.choice(PRICES)
    hour = rng.randint(7, 12)
    return rng.choice(
        [
            (f"Are you open on {day} at {hour}?", f"Yes, on {day} we open at {hour}.", False),
            (f"Can I borrow {thing}?", f"Yes, {thing} is yours for {len(thing)} days.", False),
            (
                f"Is the {room} free on {day}?",
                f"The {room} is free on {day} — shall I hold it?",
                False,
            ),
            (f"Does a copy cost {price}?", f"Yes, a copy costs {price}.", False),
            ("Hello there", "Hello! What can I do for you? 😊", False),
            (rng.choice(OUTSIDE), "Sorry, I only answer about the library.", True),
        ]
    )


def conversations(count: int, seed: int = 0, longest: int = 4) -> list[Conversation]:
    rng = random.Random(seed)
    made = []
    for number in range(count):
        said: list[Message] = []
        for _ in range(rng.randint(1, longest)):
            question, answer, refused = exchange(rng)
            said += [Message("user", question), Message("assistant", answer, refused)]
        made.append(Conversation(tuple(said), id=f"c{number}"))
    return made


def rows(found: list[Conversation]) -> list[dict[str, Any]]:
    return [
        {
            "messages": [
                {"role": m.role, "content": m.content} | ({"refused": True} if m.refused else {})
                for m in c.messages
            ]
        }
        for c in found
    ]


def write_rows(path: Path, count: int, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(conversations(count, seed)))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def spec_for(folder: Path, **tables: dict[str, Any]) -> Spec:
    return Spec.model_validate(
        {
            "folder": folder,
            "bot": {"name": "tiny", "purpose": "Help readers."},
            "model": {"context": CONTEXT, "vocabulary": 512},
            "engine": {"precision": "fp32", "threads": 1, "cache_mb": 32},
            **tables,
        }
    )


def shape(vocabulary: int, layers: int = 2, kv_heads: int = 2) -> Shape:
    """Fewer key/value heads than query heads, so that grouping is tested as well."""
    return Shape(vocabulary, 64, layers, 4, kv_heads, 32, 128, CONTEXT)


def recipe_for(corpus: Corpus, steps: int, **changes: Any) -> Recipe:
    values: dict[str, Any] = {
        "dataset": corpus.dataset.id,
        "tokenizer": corpus.tokenizer_hash,
        "shape": shape(corpus.tokenizer.padded),
        "packing": Packing(128, CONTEXT, 1024, 0.1),
        "rates": Rates(),
        "steps": steps,
        "warmup": 0.03,
        "decay": 0.6,
        "seed": 0,
        "precision": "fp32",
        "compiled": False,
        "threads": 1,  # two spin against each other where the cores are shared
    }
    return Recipe(**values | changes)


@dataclass(frozen=True)
class Tiny:
    """Everything that a test may want of the trained bot."""

    spec: Spec
    corpus: Corpus
    run: Run
    fp32: Release
    int8: Release


def make(folder: Path) -> Tiny:
    """Train it and pack it twice; the fp32 release is the promoted one."""
    write_rows(folder / "data" / "chats.jsonl", 900)
    spec = spec_for(folder)
    dataset = build(spec)
    corpus = prepare(spec, dataset)
    run = Run.create(spec.made / "runs", recipe_for(corpus, 120))
    train(run, corpus, torch.device("cpu"), Silent(), checkpoint_every=10_000)
    trained = Trained(run, dataset)
    eight = spec.model_copy(update={"engine": spec.engine.model_copy(update={"precision": "int8"})})
    releases = [release_of(one, trained, Silent()) for one in (spec, eight)]
    Registry(spec).promote(releases[0])
    return Tiny(spec, corpus, run, *releases)


SETTINGS = """
[model]
size = "nano"
context = 256
vocabulary = 512

[training]
minutes = 0.5
tokens = 81920
compile = "never"

[engine]
cache_mb = 64

[evaluation]
samples = 5
"""


def settle(folder: Path) -> None:
    """Make the bot that `chatwright init` left in `folder` one that trains in some seconds."""
    path = folder / "bot.toml"
    path.write_text(path.read_text().split("[training]")[0] + SETTINGS)
