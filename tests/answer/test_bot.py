"""Bot.reply: history that fits, room for the reply, the rules of the first and the last chunk."""

from __future__ import annotations

import random
from contextlib import aclosing

import pytest
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.answer.history import fit
from chatwright.core.errors import ContextTooLong, EngineError
from chatwright.core.types import Conversation, Message, Role, Sampling, gather
from chatwright.spec import Spec


def talk(*turns: tuple[Role, str]) -> Conversation:
    return Conversation(tuple(Message(role, content) for role, content in turns))


def long_talk(exchanges: int, words: int = 5) -> Conversation:
    turns: list[tuple[Role, str]] = [("system", "be kind")]
    for number in range(exchanges):
        turns += [
            ("user", f"q{number} " + "w " * words),
            ("assistant", f"a{number} " + "w " * words),
        ]
    return talk(*turns, ("user", "last question"))


async def test_a_reply_is_streamed_and_routed(bot: Bot) -> None:
    reply = await gather(bot.reply(talk(("user", "Hi"))))
    assert (reply.text, reply.finish_reason, reply.route) == ("Hello there.", "stop", "generated")
    assert reply.usage.completion_tokens == 3
    assert reply.left_out == 0


async def test_only_the_last_chunk_has_reason_and_usage(bot: Bot) -> None:
    chunks = [chunk async for chunk in bot.reply(talk(("user", "Hi")))]
    assert [c.finish_reason for c in chunks] == [None, None, None, "stop"]
    assert [c.usage is None for c in chunks] == [True, True, True, False]
    assert chunks[-1].route == "generated"


@pytest.mark.parametrize("script", [Script(route="refused"), Script(early_route="refused")])
async def test_the_engines_refusal_is_kept(spec: Spec, script: Script) -> None:
    bot = Bot(spec, FakeEngine(script), "r", "d")
    chunks = [chunk async for chunk in bot.reply(talk(("user", "Hi")))]
    assert chunks[-1].route == "refused"


async def test_spec_sampling_is_the_default(bot: Bot, engine: FakeEngine) -> None:
    await gather(bot.reply(talk(("user", "Hi"))))
    await gather(bot.reply(talk(("user", "Hi")), Sampling(max_tokens=2, temperature=1.0)))
    first, second = (sampling for _, sampling in engine.asked)
    assert (first.max_tokens, first.temperature, first.top_p) == (40, 0.25, 0.75)
    assert (second.max_tokens, second.temperature, second.top_p) == (2, 1.0, 1.0)


async def test_the_oldest_exchanges_are_left_out_and_it_is_said(
    bot: Bot, engine: FakeEngine
) -> None:
    conversation = long_talk(20)
    chunks = [chunk async for chunk in bot.reply(conversation)]
    shown, sampling = engine.asked[0]
    assert engine.count(shown) <= 200 - 40
    assert shown.messages[0] == conversation.messages[0]
    assert shown.messages[-1].content == "last question"
    assert shown.messages[1].role == "user"
    assert shown.messages[1:] == conversation.messages[-len(shown.messages) + 1 :]
    left_out = len(conversation.messages) - len(shown.messages)
    assert left_out > 0
    assert chunks[0].left_out == chunks[-1].left_out == left_out
    assert sampling.max_tokens == 40
    # One exchange more would not have fitted: nothing is left out in vain.
    more = conversation.messages[:1] + conversation.messages[-len(shown.messages) - 1 :]
    assert engine.count(Conversation(more)) > 160


async def test_at_most_a_quarter_is_reserved_and_the_rest_clamped(
    bot: Bot, engine: FakeEngine
) -> None:
    conversation = talk(("user", "w " * 140))
    await gather(bot.reply(conversation, Sampling(max_tokens=10_000)))
    shown, sampling = engine.asked[0]
    assert shown == conversation
    assert sampling.max_tokens == 200 - engine.count(conversation) == 56


@pytest.mark.parametrize("strict", [True, False])
async def test_a_last_message_that_does_not_fit(bot: Bot, engine: FakeEngine, strict: bool) -> None:
    conversation = talk(("user", "old"), ("assistant", "old"), ("user", "w " * 300))
    with pytest.raises(ContextTooLong, match=r"(304|310) tokens"):
        await gather(bot.reply(conversation, strict=strict))
    assert engine.asked == []


async def test_strict_leaves_nothing_out(bot: Bot, engine: FakeEngine) -> None:
    with pytest.raises(ContextTooLong):
        await gather(bot.reply(long_talk(20), strict=True))
    full = talk(("user", "w " * 195))
    await gather(bot.reply(full, strict=True))
    assert engine.asked[0][1].max_tokens == 1
    with pytest.raises(ContextTooLong):
        await gather(bot.reply(talk(("user", "w " * 196)), strict=True))


async def test_a_hosted_bot_is_told_its_task(spec: Spec) -> None:
    model = {"kind": "hosted", "hosted_model": "m", "system_prompt": "You help readers."}
    hosted = Spec.model_validate(spec.model_dump() | {"folder": spec.folder, "model": model})
    engine = FakeEngine()
    bot = Bot(hosted, engine, "r", "d")
    await gather(bot.reply(talk(("user", "Hi"))))
    await gather(bot.reply(talk(("system", "Be brief."), ("user", "Hi"))))
    firsts = [conversation.messages[0] for conversation, _ in engine.asked]
    assert firsts == [Message("system", "You help readers."), Message("system", "Be brief.")]


async def test_closing_early_cancels_in_the_engine(spec: Spec) -> None:
    engine = FakeEngine(Script(forever=True))
    async with aclosing(Bot(spec, engine, "r", "d").reply(talk(("user", "Hi")))) as chunks:
        await anext(chunks)
        assert engine.running == 1
    assert (engine.running, engine.cancelled) == (0, 1)


async def test_errors_of_the_engine_pass_through(spec: Spec) -> None:
    engine = FakeEngine(Script(error=EngineError("It broke.")), Script(unfinished=True))
    bot = Bot(spec, engine, "r", "d")
    with pytest.raises(EngineError, match="It broke"):
        await gather(bot.reply(talk(("user", "Hi"))))
    with pytest.raises(EngineError, match="without a finish reason"):
        await gather(bot.reply(talk(("user", "Hi"))))


def test_fit_keeps_system_messages_and_is_never_too_long() -> None:
    engine = FakeEngine()
    draw = random.Random(0)
    roles: list[Role] = ["system", "user", "assistant", "evidence"]
    for _ in range(300):
        turns = [(draw.choice(roles), "w " * draw.randrange(20)) for _ in range(draw.randrange(15))]
        conversation = talk(*turns, ("user", "end"))
        systems = [m for m in conversation.messages if m.role == "system"]
        limit = draw.randrange(10, 150)
        try:
            fitted = fit(conversation, engine.count, limit)
        except ContextTooLong:
            last = talk(*((m.role, m.content) for m in systems), ("user", "end"))
            assert engine.count(last) > limit
            continue
        kept = fitted.conversation.messages
        assert engine.count(fitted.conversation) == fitted.prompt_tokens <= limit
        assert fitted.left_out == len(conversation.messages) - len(kept)
        assert [m for m in kept if m.role == "system"] == systems
        assert kept[-1] == Message("user", "end")
