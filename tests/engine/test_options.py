"""What a request can ask of the local engine beyond words: probabilities, lengths, raw text, vectors."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing

import numpy as np
import pytest
import pytest_asyncio
from tests.reference_engine import ReferenceEngine
from tests.tiny import Tiny

from chatwright.core.errors import ContextTooLong, Unsupported
from chatwright.core.types import Chunk, Conversation, Message, Reply, Sampling, gather
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_local
from chatwright.engine.writer import options_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
WILD = {"temperature": 2.0, "max_tokens": 40}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(tiny: Tiny) -> AsyncIterator[LocalEngine]:
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    yield engine
    await engine.close()


@pytest.fixture(scope="module")
def reference(tiny: Tiny) -> ReferenceEngine:
    return ReferenceEngine(tiny.fp32.model)


def ask(text: str) -> Conversation:
    return Conversation((Message("user", text),))


async def chunks(stream: AsyncIterator[Chunk]) -> list[Chunk]:
    return [chunk async for chunk in stream]


def concatenated(found: Sequence[Chunk]) -> str:
    return b"".join(t.bytes for c in found for t in c.tokens).decode("utf-8", "replace")


def text_of(found: Sequence[Chunk]) -> str:
    return "".join(chunk.text for chunk in found)


async def test_tokens_are_the_text_and_their_number_the_usage(engine: LocalEngine) -> None:
    for seed in range(8):
        asked = Sampling(**WILD, seed=seed, logprobs=True)  # type: ignore[arg-type]
        question = ask(f"x y z {seed} 🎈")
        found = await chunks(engine.chat(question, asked))
        opened = len(engine.opening(question, asked.max_tokens)[0])
        assert concatenated(found) == text_of(found)
        tokens = [token for chunk in found for token in chunk.tokens]
        assert found[-1].usage is not None
        assert len(tokens) == found[-1].usage.completion_tokens - opened
        assert all(token.logprob <= 0 and math.isfinite(token.logprob) for token in tokens)
        without = Sampling(**WILD, seed=seed)  # type: ignore[arg-type]
        assert (await gather(engine.chat(question, without))).text == text_of(found)


async def test_probabilities_are_the_models_own(
    tiny: Tiny, engine: LocalEngine, reference: ReferenceEngine
) -> None:
    """Before temperature, penalties and cuts: as the plain torch oracle has them."""
    tokenizer = tiny.corpus.tokenizer
    for extra in ({}, {"temperature": 1.5, "top_p": 0.9, "seed": 4}, {"presence_penalty": 1.0}):
        sampling = Sampling(max_tokens=12, logprobs=True, ignore_end=True, **extra)  # type: ignore[arg-type]
        rendered = tokenizer.render(ask("Can I borrow a map?"), open_reply=True)
        ids: list[int] = []
        said: list[float] = []
        async for some, log_probs, _ in engine._generate(rendered.ids, options_of(sampling, 12)):
            ids += some
            said += log_probs
        assert len(ids) == len(said) == 12
        expected = reference.log_probabilities(rendered.ids + ids)[-12:]
        assert said == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("stop", [("vel i",), ("el is yo", "zz"), ("o",), ("!", "days")])
async def test_tokens_end_where_a_stop_string_cuts(
    engine: LocalEngine, stop: tuple[str, ...]
) -> None:
    question = ask("Can I borrow a novel?")
    plain = await gather(engine.chat(question, Sampling(max_tokens=40, stop=stop)))
    found = await chunks(engine.chat(question, Sampling(max_tokens=40, stop=stop, logprobs=True)))
    assert text_of(found) == plain.text == concatenated(found)
    assert not any(s in plain.text for s in stop)
    assert found[-1].usage == plain.usage


async def test_least_tokens_and_an_end_that_is_ignored(engine: LocalEngine) -> None:
    question = ask("Hello there")
    short = await gather(engine.chat(question, Sampling(max_tokens=100)))
    assert short.finish_reason == "stop"
    least = short.usage.completion_tokens + 7
    longer = await gather(engine.chat(question, Sampling(max_tokens=100, min_tokens=least)))
    assert longer.usage.completion_tokens >= least
    assert longer.text.startswith(short.text)
    on = await gather(engine.chat(question, Sampling(max_tokens=60, ignore_end=True)))
    assert (on.usage.completion_tokens, on.finish_reason) == (60, "length")
    assert on.text.startswith(short.text) and "<|" not in on.text
    both = await gather(engine.chat(question, Sampling(max_tokens=5, min_tokens=50)))
    assert (both.usage.completion_tokens, both.finish_reason) == (5, "length")


async def test_penalties_and_top_k_change_what_is_drawn(engine: LocalEngine) -> None:
    question = ask("a b c")

    async def draw(**extra: object) -> str:
        asked = Sampling(max_tokens=60, ignore_end=True, **extra)  # type: ignore[arg-type]
        return (await gather(engine.chat(question, asked))).text

    plain, drawn = await draw(), await draw(temperature=2.0, seed=5)
    for name, value in (
        ("presence_penalty", 2.0),
        ("frequency_penalty", 2.0),
        ("repetition_penalty", 1.8),
    ):
        assert await draw(temperature=2.0, seed=5, **{name: value}) != drawn, name
    assert await draw(temperature=1.5, top_k=1, seed=3) == plain
    assert drawn != plain


async def test_seeds_hold_in_a_crowd_and_with_all_options(engine: LocalEngine) -> None:
    async def draw(seed: int) -> Reply:
        asked = Sampling(**WILD, seed=seed, logprobs=seed % 2 == 0, top_p=0.95)  # type: ignore[arg-type]
        return await gather(engine.chat(ask("q w e"), asked))

    alone = [await draw(seed) for seed in range(6)]
    crowd = await asyncio.gather(*(draw(seed) for seed in range(6)), draw(77), draw(78))
    assert list(crowd[:6]) == alone
    assert len({reply.text for reply in alone}) > 2
    assert (await draw(2**63 - 1)) == (await draw(2**63 - 1))


async def test_raw_text_is_completed_without_a_template(engine: LocalEngine) -> None:
    ids = engine.tokens("Yes, a map is")
    assert engine.text(ids) == "Yes, a map is"
    from_text = await gather(engine.complete("Yes, a map is", Sampling(max_tokens=8)))
    from_ids = await gather(engine.complete(ids, Sampling(max_tokens=8)))
    assert from_text == from_ids
    assert from_text.usage.prompt_tokens == len(ids)
    assert "yours" in from_text.text
    empty = await gather(engine.complete("", Sampling(max_tokens=3)))
    assert empty.usage.prompt_tokens == 1
    long = await chunks(engine.complete(ids, Sampling(max_tokens=0)))
    assert len(long) == 1 and long[0].finish_reason == "length"
    with pytest.raises(ContextTooLong):
        await chunks(engine.complete("a" * 3000, Sampling(max_tokens=1)))
    for wrong in ([-1], [len(engine.tokenizer)], [10**9]):
        with pytest.raises(Unsupported, match="token id"):
            await chunks(engine.complete(wrong, Sampling(max_tokens=1)))
    assert engine.running == 0


@pytest.mark.parametrize("limit", [0, 1, 6])
async def test_an_echo_gives_the_prompts_probabilities(
    engine: LocalEngine, reference: ReferenceEngine, tiny: Tiny, limit: int
) -> None:
    """Also of a prompt that the prefix cache knows, which would leave them out."""
    ids = tiny.corpus.dev[0].ids[:90]
    await gather(engine.complete(ids, Sampling(max_tokens=1)))
    for _ in range(2):
        asked = Sampling(max_tokens=limit, logprobs=True)
        found = await chunks(engine.complete(ids, asked, echo=True))
        head = found[0].tokens
        assert len(head) == len(ids)
        assert head[0].logprob == 0.0
        expected = reference.log_probabilities(ids)
        assert [t.logprob for t in head[1:]] == pytest.approx(expected, abs=2e-3)
        assert found[0].text == engine.text(ids) == b"".join(t.bytes for t in head).decode()
        assert found[-1].usage is not None
        assert found[-1].usage.completion_tokens == sum(len(c.tokens) for c in found[1:])
        assert found[-1].usage.completion_tokens <= limit
        assert concatenated(found[1:]) == text_of(found[1:])
    plain = await chunks(engine.complete(ids, Sampling(max_tokens=limit), echo=True))
    assert text_of(plain) == text_of(found)
    assert engine.running == 0


async def test_an_echo_that_is_left_early_frees_its_request(engine: LocalEngine) -> None:
    asked = Sampling(max_tokens=100, logprobs=True, ignore_end=True)
    async with aclosing(engine.complete("Yes, a map", asked, echo=True)) as stream:
        await anext(stream)
    assert engine.running == 0


async def test_vectors_are_near_where_words_are_shared(engine: LocalEngine) -> None:
    texts = [
        "Is the Oak Room free on Monday?",
        "Oak Room on Monday, is it free?",
        "A copy costs",
        "",
    ]
    rows = engine.embed(texts)
    assert rows.shape == (4, 64) and rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert (engine.embed(texts) == rows).all()


async def test_nothing_is_promised_that_is_not_there(engine: LocalEngine) -> None:
    assert engine.can >= {"seed", "stop", "logprobs", "schema", "penalties", "complete", "embed"}
