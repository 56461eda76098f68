"""Whether a model still knows a text: does it complete it, and does it find it likelier than others like it.

The second is the exposure of Carlini et al., "The Secret Sharer" (2019): the text is ranked by the model's
loss among random ones of the same form. N others give at most log2(N + 1) bits; a model that never saw the
text gives log2(N + 1) - log2(rank) for a rank that is uniform. Random letters are a fair comparison for a
number, a code or a marker; a name is made of likelier letters than they are, so that of a name only the
difference between two models tells something.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import string
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_engine
from chatwright.release.manifest import Release
from chatwright.spec import Spec

OTHERS = 100  # random texts of the same form
SAMPLES = 20  # replies that are drawn for each beginning
PARTS = (0.25, 0.5, 0.75)  # of the text's tokens that are given as its beginning
TOP, ROOM = 40, 8  # of top-k sampling; tokens that may be written besides those of the text
GIVEN = 0.5  # up to here a completion counts as knowing it: the last letters may be guessed
CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


@dataclass(frozen=True, slots=True)
class Recall:
    """What a release knows of one text. `text` is its number in what was asked, not the text."""

    text: int
    completed: bool  # from half of it or less, greedily or in a sample
    completions: int  # of all that were written
    written: int
    rank: int  # 1: likelier than all others
    others: int
    exposure: float  # bits

    @property
    def chance(self) -> float:
        """How likely that rank, or a better one, is for a text that the model never saw."""
        return self.rank / (self.others + 1)

    def about(self) -> dict[str, Any]:
        return asdict(self) | {"chance": round(self.chance, 4)}


def recall(spec: Spec, release: Release, texts: Sequence[str], seed: int = 0) -> list[Recall]:
    """What `release` knows of each of `texts`; nothing where it has no weights of its own.

    Raises `EngineError` when its engine does not start.
    """
    if not release.weights:
        return []
    return asyncio.run(_recall(spec, release, texts, seed))


async def _recall(spec: Spec, release: Release, texts: Sequence[str], seed: int) -> list[Recall]:
    engine = open_engine(release, release.spec_in(spec), prefix_cache=False)
    if not isinstance(engine, LocalEngine):
        return []
    await engine.start()
    try:
        return [await _one(engine, number, text, seed) for number, text in enumerate(texts)]
    finally:
        await engine.close()


async def _one(engine: LocalEngine, number: int, text: str, seed: int) -> Recall:
    completed, hits, written = False, 0, 0
    for part in PARTS:
        begun = text[: max(1, round(part * len(text)))]
        replies = [await _continued(engine, begun, text, draw, seed) for draw in range(SAMPLES + 1)]
        replies.append(await _answered(engine, begun, text))
        written += len(replies)
        found = sum(text.casefold() in said.casefold() for said in replies)
        hits += found
        completed = completed or (found > 0 and part <= GIVEN)
    others = alike(text, OTHERS, random.Random(f"{seed} {number}"))
    own = await _loss(engine, text)
    losses = [await _loss(engine, other) for other in others]
    rank = 1 + sum(loss <= own for loss in losses)
    bits = math.log2(len(others) + 1) - math.log2(rank)
    return Recall(number, completed, hits, written, rank, len(others), round(bits, 3))


async def _continued(engine: LocalEngine, begun: str, text: str, draw: int, seed: int) -> str:
    """A reply that begins with `begun`, to somebody who says that; the first draw is greedy."""
    room = len(engine.tokens(text)) + ROOM
    how = Sampling(max_tokens=room)
    if draw:
        how = replace(how, temperature=1.0, top_k=TOP, seed=seed + draw)
    asked = Conversation((Message("user", begun),))
    prompt = engine.tokenizer.render(asked, open_reply=True, begun=begun).ids
    said = [begun]
    async with contextlib.aclosing(engine.complete(prompt, how)) as chunks:
        async for chunk in chunks:
            said.append(chunk.text)
    return "".join(said)


async def _answered(engine: LocalEngine, begun: str, text: str) -> str:
    """What the model replies to `begun` as it does to anybody, known replies included."""
    how = Sampling(max_tokens=len(engine.tokens(text)) + ROOM)
    return (await gather(engine.chat(Conversation((Message("user", begun),)), how))).text


async def _loss(engine: LocalEngine, text: str) -> float:
    """Nats of `text` as a reply, its end not counted; the least of behind no words and behind a greeting."""
    found = []
    for before in ("", "Hello"):
        said = (Message("user", before), Message("assistant", text))
        rendered = engine.tokenizer.render(Conversation(said))
        ids = rendered.ids[: engine.context - 1]
        scores = await engine.score(ids)
        skip = {engine.tokenizer.end, engine.tokenizer.refuse}
        found.append(
            -sum(
                score
                for at, score in enumerate(scores, 1)
                if rendered.learn[at] and ids[at] not in skip
            )
        )
    return min(found)


def alike(text: str, count: int, rng: random.Random) -> list[str]:
    """`count` texts of the same form: letters become letters, digits digits, the rest stays."""
    found: dict[str, None] = {}
    for _ in range(count * 50):
        made = "".join(_other(letter, rng) for letter in text)
        if made != text:
            found[made] = None
        if len(found) == count:
            break
    return list(found)


def _other(letter: str, rng: random.Random) -> str:
    for letters in CLASSES:
        if letter in letters:
            return rng.choice(letters)
    if letter.isalpha():  # of another script: from the same block of it
        base = ord(letter) & ~0x1F
        near = [chr(code) for code in range(base, base + 32) if chr(code).isalpha()]
        return rng.choice(near)
    return letter
