"""What `serve.py --peers` serves and asks: two models of random weights, and conversations about a library.

Random, because speed does not depend on what weights say, and no shape of 135 M parameters can be trained
here. They are released as a trained model is, and exported as one. Special tokens, unused rows and
tokens that are no plain text have embeddings a thousandth as long as the others: greedily they are never
written, so that every contestant writes the same number of tokens, and each of them shows at once.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path

import torch

from chatwright.core.types import Conversation, Message
from chatwright.data import readers
from chatwright.model import openvino, sizes, weights
from chatwright.model.decoder import Decoder
from chatwright.model.shape import Shape
from chatwright.release import gguf
from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.tokenizer import Tokenizer

VOCABULARY, SEED = 4096, 7
SIZES = {
    # Ours from scratch, "small", with 5.9 M parameters.
    "6m": sizes.shape_for("small", VOCABULARY, 1024),
    # config.json of HuggingFaceTB/SmolLM-135M; its context is 2,048 tokens, nothing here is so long.
    "135m": Shape(
        *(49_152, 576, 30, 9, 3, 64, 1536, 1024),
        epsilon=1e-5,
        family="llama",
        qk_norm=False,
    ),
}
BOT = """[bot]
name = "bench-{name}"
purpose = "Measures serving."

[model]
context = {context}

[guard]  # none: the others have none, and random words mean nothing to it; its cost: bench/guard.py
safety = "off"
personal = false
links = ["*"]
"""
SHORT = 1e-3  # times the length of an embedding that is never written


@dataclass(frozen=True, slots=True)
class Served:
    """A model, ready for every contestant. `folder` is the bot's."""

    name: str
    folder: Path
    spec: Spec
    release: Release
    gguf: Path
    context: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what was said, and how many tokens are to be written."""

    messages: tuple[Message, ...]
    tokens: int

    @property
    def conversation(self) -> Conversation:
        return Conversation(self.messages)


def served(name: str, library: Path, keep: Path) -> Served:
    """The model called `name`, made below `keep` where it is not there yet."""
    folder, shape = keep / f"bot-{name}", SIZES[name]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bot.toml").write_text(BOT.format(name=name, context=shape.context))
    spec = load_spec(folder)
    found = Registry(spec).current()
    release = found[1] if found else _released(spec, shape, library)
    file = folder / gguf.FILE
    if not file.exists():
        gguf.export(release.model, folder, "q8_0")
    return Served(name, folder, spec, release, file, shape.context)


def _released(spec: Spec, shape: Shape, library: Path) -> Release:
    tokenizer = Tokenizer.learn(
        (m.content for rows in _said(library) for m in rows.messages), VOCABULARY - 64
    )
    decoder = Decoder(shape)
    fill_in(decoder, tokenizer)

    def fill(folder: Path) -> None:
        weights.save(decoder, tokenizer, folder / "model")
        openvino.convert(decoder, folder / "engine", folder / "model", spec.engine.precision)

    release = pack(spec, fill, {"kind": "local", "dataset": None, "recipe": None})
    Registry(spec).promote(release, "bench")
    return release


@torch.no_grad()
def fill_in(decoder: Decoder, tokenizer: Tokenizer) -> None:
    """Random weights from a fixed seed; layers louder than the embedding, so that replies differ."""
    generator = torch.Generator().manual_seed(SEED)
    decoder.initialise(generator)
    for name, parameter in decoder.named_parameters():
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            parameter.normal_(std=parameter.shape[1] ** -0.5, generator=generator)
    texts = tokenizer.token_bytes()
    plain = {n for n, text in enumerate(texts) if text.isascii() and text.decode().isprintable()}
    rows = decoder.model.embed_tokens.weight
    never = [n for n in range(len(rows)) if n not in plain - tokenizer.special]
    rows[never] *= SHORT


def _said(library: Path) -> list[Conversation]:
    rows = (row for path in readers.files([library / "data"]) for row in readers.read(path, "x"))
    return [row for row in rows if isinstance(row, Conversation)]


class Visitors:
    """Chats of different people with one bot: a shared system prompt, up to three exchanges, a question."""

    def __init__(self, library: Path) -> None:
        spec = load_spec(library)
        self._system = Message("system", _instructions(spec))
        pairs = {
            tuple(row.messages[at : at + 2])
            for row in _said(library)
            for at in range(0, len(row.messages) - 1, 2)
        }
        self._pairs = sorted(pairs, key=lambda pair: [m.content for m in pair])

    def ask(self, count: int, seed: str) -> list[Asked]:
        """`count` requests, the same ones for the same `seed`.

        Lengths of replies are log-normal, as those of chats are: half of them below 80 tokens, 16 to 256.
        """
        draw = random.Random(seed)
        asked = []
        for _ in range(count):
            said = draw.sample(self._pairs, draw.choice((1, 1, 1, 2, 3, 4)))
            messages = [m for pair in said for m in pair][:-1]
            length = round(draw.lognormvariate(math.log(80), 0.6))
            asked.append(Asked((self._system, *messages), min(max(length, 16), 256)))
        return asked


def _instructions(spec: Spec) -> str:
    """What a hosted model would be told."""
    bot, scope = spec.bot, spec.scope
    return (
        f"You are {bot.assistant}, the automated assistant of {bot.title}. {bot.purpose} "
        f"You speak about: {'; '.join(scope.topics)}. You decline: {'; '.join(scope.declines)}. "
        f"{bot.disclosure} Answer in one to three sentences, kindly and exactly. Where you do not know, "
        "say so, and name the desk. Never invent a name, a price or a time."
    )
