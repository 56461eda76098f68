"""Bot.reply with a router: what reaches the engine, what is streamed, and the guard around both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.answer.routing import REPLIES, Documents, Told, calibrated, known, match, say
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.answer.calibration import Calibration
from chatwright.answer.guard import Guard
from chatwright.answer.guard_personal import Public
from chatwright.answer.router import Router
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.knowledge.evidence import Shown

LOCKERS = "# Lockers\n\nA locker costs 50 cents a day. Keys are at the desk."
CALL = "# Numbers\n\nFor the boiler call Ann Miller at (555) 012-9944 on any day."
LINKS = (
    "# Pages\n\nThe catalogue is at https://library.example/find and its mirror "
    "at https://evil.example/find here."
)


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    made = Documents(tmp_path)
    made.write(lockers=LOCKERS, numbers=CALL, pages=LINKS)
    return made


@pytest.fixture
def routers() -> Iterator[list[Router]]:
    made: list[Router] = []
    yield made
    for one in made:
        one.close()


Make = Callable[..., Bot]


@pytest.fixture
def make(documents: Documents, routers: list[Router]) -> Make:
    """A bot of these documents; keywords are tables of its spec."""

    def made(
        engine: FakeEngine,
        calibration: Calibration | None,
        *matches: Any,
        shown: Shown | None = None,
        public: tuple[str, ...] = (),
        **tables: Any,
    ) -> Bot:
        documents.tables = tables
        router = documents.router(calibration, curated=Told(*matches))
        routers.append(router)
        spec = documents.spec
        guard = Guard(spec, Public(public))
        return Bot(spec, engine, "r1", "d1", guard=guard, router=router, shown=shown)

    return made


def writes(text: str, **more: Any) -> Script:
    return Script(pieces=[f"{word} " for word in text.split()], **more)


# --- what is streamed ---


async def test_a_quotation_comes_with_route_sources_confidence_and_usage(make: Make) -> None:
    engine = FakeEngine(writes("No idea at all."))
    bot = make(engine, calibrated(quoted=0.8, generated=0.2))
    chunks = [one async for one in bot.reply(say("What does a locker cost?"))]
    assert [one.finish_reason for one in chunks[:-1]] == [None] * (len(chunks) - 1)
    assert all(one.usage is None for one in chunks[:-1])
    last = chunks[-1]
    assert (last.finish_reason, last.route) == ("stop", "retrieved")
    assert last.usage is not None and last.usage.completion_tokens == 4  # of the draft, which cost
    reply = await gather(make(FakeEngine(), calibrated(quoted=0.8)).reply(say("locker cost?")))
    assert "50 cents a day" in reply.text and reply.confidence == pytest.approx(0.8)
    assert [one.uri for one in reply.sources] == ["lockers.md"]
    assert reply.explanation is not None and reply.explanation["route"] == "retrieved"


async def test_a_reviewed_answer_asks_no_model(make: Make) -> None:
    engine = FakeEngine()
    bot = make(engine, calibrated(quoted=0.8), match(exact=True))
    reply = await gather(bot.reply(say("Anything")))
    assert (reply.route, reply.text, reply.confidence) == ("curated", "Reviewed words.", 1.0)
    assert engine.asked == [] and reply.usage.total_tokens == 0


async def test_what_the_model_wrote_is_said_as_generated(make: Make) -> None:
    engine = FakeEngine(writes("A locker costs 50 cents a day."))
    bot = make(engine, calibrated(quoted=0.3, generated=0.9))
    reply = await gather(bot.reply(say("What does a locker cost?")))
    assert (reply.route, reply.finish_reason) == ("generated", "stop")
    assert reply.text == "A locker costs 50 cents a day."
    assert [one.uri for one in reply.sources] == ["lockers.md"]


async def test_a_reply_that_was_cut_says_so(make: Make) -> None:
    script = writes("A locker costs 50 cents a day.")
    bot = make(FakeEngine(script), calibrated(quoted=0.1, generated=0.9))
    reply = await gather(bot.reply(say("locker?"), Sampling(max_tokens=3)))
    assert (reply.text, reply.finish_reason) == ("A locker costs", "length")
    bot = make(FakeEngine(script), calibrated(quoted=0.9, generated=0.1))
    reply = await gather(bot.reply(say("locker?"), Sampling(max_tokens=3)))
    assert reply.finish_reason == "stop"  # the draft was cut, and nobody sees it


async def test_nothing_sure_is_refused(make: Make) -> None:
    bot = make(
        FakeEngine(writes("Perhaps.")),
        calibrated(quoted=0.2, generated=0.2),
        answers={"unsure": "?!"},
    )
    reply = await gather(bot.reply(say("locker?")))
    assert (reply.route, reply.text, reply.sources) == ("refused", "?!", ())
    assert reply.confidence == pytest.approx(0.8)


async def test_the_engines_refusal_is_passed_on(make: Make) -> None:
    engine = FakeEngine(writes("I only talk about the library.", early_route="refused"))
    reply = await gather(
        make(engine, calibrated(quoted=0.2, generated=0.9)).reply(say("election?"))
    )
    assert (reply.route, reply.text) == ("refused", "I only talk about the library.")


async def test_without_anything_to_choose_words_are_streamed(make: Make) -> None:
    engine = FakeEngine(writes("One two three."))
    bot = make(engine, None)
    chunks = [one async for one in bot.reply(say("locker?"))]
    assert chunks[-1].route == "generated" and all(one.explanation is None for one in chunks)


async def test_what_was_left_out_is_told(make: Make) -> None:
    bot = make(FakeEngine(writes("Well.")), calibrated(generated=0.9))
    talk = say(*[f"word{n} " * 12 for n in range(20)], "What does a locker cost?")
    chunks = [one async for one in bot.reply(talk)]
    assert chunks[0].left_out > 0


# --- closing early ---


async def test_closing_while_it_drafts_cancels_in_the_engine(make: Make) -> None:
    engine = FakeEngine(Script(forever=True, delay=0.001))
    bot = make(engine, calibrated(generated=0.9))
    reply = asyncio.create_task(gather(bot.reply(say("locker?"), Sampling(max_tokens=100_000))))
    while not engine.running:
        await asyncio.sleep(0.001)
    reply.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reply
    assert (engine.running, engine.cancelled) == (0, 1)


async def test_closing_after_the_first_chunk(make: Make) -> None:
    engine = FakeEngine(writes("Well."))
    async with aclosing(make(engine, calibrated(generated=0.9)).reply(say("locker?"))) as chunks:
        await anext(chunks)
    assert engine.running == 0


# --- who goes past the router ---


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(schema='{"type": "object"}'),
        Sampling(logprobs=True),
        Sampling(min_tokens=2),
    ],
    ids=["schema", "logprobs", "min_tokens"],
)
async def test_who_asks_for_tokens_or_json_gets_the_models_words(
    make: Make, sampling: Sampling
) -> None:
    engine = FakeEngine(writes("{} and more"))
    bot = make(engine, calibrated(quoted=0.9), match(exact=True))
    reply = await gather(bot.reply(say("What does a locker cost?"), sampling))
    assert (reply.route, reply.explanation, reply.confidence) == ("generated", None, None)
    assert len(engine.asked) == 1


async def test_nobody_asked_anything(make: Make) -> None:
    for conversation in (say("  "), say("Hi", "Hello.")):
        engine = FakeEngine()
        reply = await gather(make(engine, calibrated(quoted=0.9)).reply(conversation))
        assert reply.text == "Hello there." and len(engine.asked) == 1


async def test_nobody_asked_a_bot_whose_model_may_not_speak(make: Make) -> None:
    engine = FakeEngine()
    bot = make(engine, calibrated(quoted=0.9), answers={"routes": ["retrieved"]})
    reply = await gather(bot.reply(say("  ")))
    assert reply.route == "refused" and engine.asked == []


async def test_a_model_that_may_not_speak_is_never_asked(make: Make) -> None:
    for calibration in (None, calibrated(quoted=0.9), calibrated(quoted=0.1)):
        for answers in ({}, {"tolerated_wrong": 1.0, "grounding": "off"}):
            engine = FakeEngine()
            told = {"routes": ["curated", "retrieved"], **answers}
            bot = make(engine, calibration, answers=told)
            reply = await gather(bot.reply(say("What does a locker cost?")))
            assert reply.route in ("retrieved", "refused") and engine.asked == []


# --- facts ---


async def test_a_second_try_where_a_fact_stands_nowhere(make: Make) -> None:
    engine = FakeEngine(writes("It costs 75 cents."), writes("It costs 50 cents."))
    bot = make(engine, calibrated(generated=0.9, quoted=0.2))
    reply = await gather(bot.reply(say("What does a locker cost?")))
    assert (reply.text, reply.route) == ("It costs 50 cents.", "generated")
    first, second = (sampling for _, sampling in engine.asked)
    assert (first.temperature, second.temperature, second.seed) == (0.0, 0.7, 1)


async def test_two_wrong_tries_are_enough(make: Make) -> None:
    engine = FakeEngine(*[writes("It costs 75 cents.")] * 5)
    reply = await gather(
        make(engine, calibrated(generated=0.9, quoted=0.2)).reply(say("What does a locker cost?"))
    )
    assert reply.route == "refused" and "75" not in reply.text and len(engine.asked) == 2


@pytest.mark.parametrize(("grounding", "route"), [("refuse", "refused"), ("off", "generated")])
async def test_no_second_try_where_none_is_wanted(make: Make, grounding: str, route: str) -> None:
    engine = FakeEngine(writes("It costs 75 cents."))
    bot = make(engine, calibrated(generated=0.9, quoted=0.2), answers={"grounding": grounding})
    reply = await gather(bot.reply(say("What does a locker cost?")))
    assert reply.route == route and len(engine.asked) == 1


# --- history ---


async def test_a_follow_up_leans_on_what_was_asked_before(make: Make) -> None:
    bot = make(FakeEngine(), calibrated(quoted=0.9))
    talk = say("Tell me about a locker", "Yes?", "qwxyz?")
    reply = await gather(bot.reply(talk))
    assert "50 cents" in reply.text and [one.uri for one in reply.sources] == ["lockers.md"]


async def test_a_known_reply_to_a_follow_up(make: Make) -> None:
    bot = make(FakeEngine(), calibrated(known(), standard=0.9, quoted=0.1))
    reply = await gather(bot.reply(say("a library card", "Yes?", "and the price?")))
    assert (reply.text, reply.route) == (REPLIES[1], "retrieved")


# --- the guard, before and behind ---


async def test_a_blocked_question_reaches_neither_router_nor_engine(make: Make) -> None:
    engine = FakeEngine()
    bot = make(engine, calibrated(quoted=0.9), match(exact=True), guard={"blocked": ["locker"]})
    reply = await gather(bot.reply(say("What does a locker cost?")))
    assert (reply.route, reply.mark, reply.sources) == ("refused", "blocked", ())
    assert engine.asked == [] and reply.explanation is None


async def test_a_blocked_word_in_a_passage_is_not_said(make: Make) -> None:
    bot = make(FakeEngine(), calibrated(quoted=0.9), guard={"blocked": ["desk"]})
    reply = await gather(bot.reply(say("What does a locker cost?")))
    assert (reply.route, reply.mark) == ("refused", "blocked") and "desk" not in reply.text


async def test_somebodys_number_in_a_passage_is_hidden_unless_the_owner_says_it(make: Make) -> None:
    question = say("Whom to call for the boiler?")
    bot = make(FakeEngine(), calibrated(quoted=0.9))
    reply = await gather(bot.reply(question))
    assert reply.route == "retrieved" and "012-9944" not in reply.text
    bot = make(FakeEngine(), calibrated(quoted=0.9), public=(CALL,))
    assert "(555) 012-9944" in (await gather(bot.reply(question))).text


async def test_links_in_passages_only_to_hosts_that_are_allowed(make: Make) -> None:
    bot = make(FakeEngine(), calibrated(quoted=0.9), guard={"links": ["library.example"]})
    reply = await gather(bot.reply(say("Where is the catalogue mirror?")))
    assert "https://library.example/find" in reply.text
    assert "https://evil.example" not in reply.text and "evil.example/find" not in reply.text


async def test_the_guard_checks_reviewed_answers_too(make: Make) -> None:
    bad = replace(match(exact=True), text="See https://evil.example/x now.")
    bot = make(FakeEngine(), calibrated(), bad)
    reply = await gather(bot.reply(say("Anything")))
    assert reply.route == "curated" and "https://evil.example" not in reply.text


# --- evidence ---


def roles(conversation: Conversation) -> list[str]:
    return [one.role for one in conversation.messages]


async def test_passages_stand_behind_the_question_where_the_model_learned_so(make: Make) -> None:
    engine = FakeEngine(writes("It costs 50 cents."))
    bot = make(engine, calibrated(generated=0.9), shown=Shown(40, 1))
    await gather(bot.reply(say("Hi", "Hello.", "What does a locker cost?")))
    shown, _ = engine.asked[0]
    assert roles(shown) == ["user", "assistant", "user", "evidence"]
    assert (
        shown.messages[-1].content.startswith("Lockers\n")
        and "50 cents" in shown.messages[-1].content
    )


async def test_no_passages_where_it_did_not_or_nothing_is_found(make: Make) -> None:
    for shown, question in ((None, "What does a locker cost?"), (Shown(40, 1), "qwxyz")):
        engine = FakeEngine(writes("Well."))
        bot = make(engine, calibrated(generated=0.9), shown=shown)
        await gather(bot.reply(say(question)))
        assert "evidence" not in roles(engine.asked[0][0])


async def test_passages_are_shown_also_where_nothing_is_chosen(make: Make) -> None:
    engine = FakeEngine(writes("Well."))
    await gather(make(engine, None, shown=Shown(40, 1)).reply(say("What does a locker cost?")))
    assert roles(engine.asked[0][0]) == ["user", "evidence"]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("words", [100, 140, 150])
async def test_passages_never_cost_the_question_its_place(
    make: Make, strict: bool, words: int
) -> None:
    """Of 200 tokens 40 are for the reply; what fitted without evidence is answered, with or without it."""
    engine = FakeEngine(writes("Well."))
    bot = make(engine, calibrated(generated=0.9), shown=Shown(60, 2), answers={"max_tokens": 40})
    question = "What does a locker cost " + "w " * words
    await gather(bot.reply(say(question), strict=strict))
    shown, _ = engine.asked[0]
    assert shown.messages[0] == Message("user", question)
    assert ("evidence" in roles(shown)) == (words == 100)


async def test_another_router_from_the_next_message_on(make: Make, documents: Documents) -> None:
    bot = make(FakeEngine(), calibrated(quoted=0.1, generated=0.1, id="c1"))
    before = bot.deployment_id
    assert (await gather(bot.reply(say("locker cost?")))).route == "refused"
    assert bot.router is not None
    router = Router(documents.spec, calibrated(quoted=0.9, id="c2"), live=bot.router.live)
    bot.rerouted(router, "d2")
    assert (await gather(bot.reply(say("locker cost?")))).route == "retrieved"
    assert bot.deployment_id not in (before, "d1", "d2") and bot.promoted_id == "d2"
    assert bot.routed(None).deployment_id == "d2"
