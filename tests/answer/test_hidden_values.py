"""What the model sees and what the user reads: hidden as in training, restored in any pieces."""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from tests.answer.test_turns import House
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.core.types import Chunk, Conversation, Message, Restorer, Sampling, Usage, gather
from chatwright.data.privacy import MISSING, Redactor
from chatwright.engine.local import LocalEngine, LocalModel
from chatwright.evaluation.lookup import Lookup
from chatwright.spec import Spec
from chatwright.spec.spec import Guard, Privacy
from chatwright.store import Database
from chatwright.tokenizer import Chooser, KnownReply, Tokenizer

ON = Redactor(Privacy(placeholders=True))
MAIL = "jane@example.com"
REPLY = "I wrote to <EMAIL_1>, <NAME_1>."
KNOWN = [KnownReply(REPLY), KnownReply("We open at nine.")]


def talk(*texts: str) -> Conversation:
    roles = ("user", "assistant")
    return Conversation(tuple(Message(roles[n % 2], text) for n, text in enumerate(texts)))


ASK = talk(f"My name is Teresa Quill, write to {MAIL}")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.learn(
        [REPLY, "write to me", *(r.text for r in KNOWN)], 512, KNOWN, placeholders=True
    )


class Written(LocalEngine):
    """The local engine without its child: `ids` come as if a model had written them."""

    def __init__(
        self, tokenizer: Tokenizer, ids: list[int], size: int = 1, chooser: Any = None
    ) -> None:
        super().__init__(LocalModel(Path(), tokenizer, 256, 1, 1, 32, chooser))
        self.ids, self.size = ids, size
        self.prompts: list[list[int]] = []

    async def _generate(
        self, prompt: list[int], options: dict[str, Any]
    ) -> AsyncGenerator[tuple[list[int], list[float], str | None], None]:
        self.prompts.append(prompt)
        ids = self.ids[: options["max_tokens"]]
        end = "stop" if len(ids) == len(self.ids) else "length"
        for at in range(0, len(ids), self.size):
            yield ids[at : at + self.size], [], None if at + self.size < len(ids) else end


def spelled(tokenizer: Tokenizer, text: str) -> list[int]:
    """Each character a token of its own: so a placeholder is cut at every character."""
    return [i for char in text for i in tokenizer.encode(char)]


def bot_of(spec: Spec, engine: Any, redactor: Redactor | None = ON) -> Bot:
    return Bot(spec, engine, "r", "d", redactor)


@pytest.mark.parametrize("size", [1, 2, 5, 100])
@pytest.mark.parametrize("split", [False, True])
async def test_a_value_comes_back_in_any_pieces(
    spec: Spec, tokenizer: Tokenizer, split: bool, size: int
) -> None:
    ids = spelled(tokenizer, REPLY) if split else tokenizer.encode(REPLY)
    engine = Written(tokenizer, ids, size)
    chunks = [c async for c in bot_of(spec, engine).reply(ASK, Sampling(max_tokens=99))]
    assert "".join(c.text for c in chunks) == f"I wrote to {MAIL}, Teresa Quill."
    assert not [c for c in chunks if "<" in c.text]
    assert chunks[-1].usage == Usage(len(engine.prompts[0]), len(ids))
    assert tokenizer.decode(engine.prompts[0]) == "My name is <NAME_1>, write to <EMAIL_1>"
    assert tokenizer.encode("<EMAIL_1>")[0] in engine.prompts[0]


@pytest.mark.parametrize(
    ("stop", "text", "tokens"),
    [
        ("@example", "I wrote to jane", "I wrote to <EMAIL_1>"),
        (", Teresa", f"I wrote to {MAIL}", REPLY[:-1]),
        ("Quill.", f"I wrote to {MAIL}, Teresa ", REPLY),
        ("<EMAIL_1>", f"I wrote to {MAIL}, Teresa Quill.", REPLY),
        ("NAME", f"I wrote to {MAIL}, Teresa Quill.", REPLY),
    ],
)
async def test_a_stop_string_is_of_what_is_read(
    spec: Spec, tokenizer: Tokenizer, stop: str, text: str, tokens: str
) -> None:
    for size in (1, 3, 100):
        engine = Written(tokenizer, tokenizer.encode(REPLY), size)
        sampling = Sampling(max_tokens=99, stop=(stop,))
        reply = await gather(bot_of(spec, engine).reply(ASK, sampling))
        assert (reply.text, reply.finish_reason) == (text, "stop")
        assert reply.usage.completion_tokens == len(tokenizer.encode(tokens))


async def test_what_stands_for_nothing_is_dots(spec: Spec, tokenizer: Tokenizer) -> None:
    engine = Written(tokenizer, tokenizer.encode("To <EMAIL_2>, <EMAIL_99> and <EMAIL_1"))
    reply = await gather(bot_of(spec, engine).reply(ASK))
    assert reply.text == f"To {MISSING}, {MISSING} and <EMAIL_1"


async def test_a_number_beyond_the_tokens_comes_back(spec: Spec, tokenizer: Tokenizer) -> None:
    mails = [f"a{n}@example.com" for n in range(1, 15)]
    engine = Written(tokenizer, tokenizer.encode("<EMAIL_14> <EMAIL_3>"))
    reply = await gather(bot_of(spec, engine).reply(talk(" ".join(mails))))
    assert reply.text == "a14@example.com a3@example.com"


@pytest.mark.parametrize("typed", ["<EMAIL_1>", "<EMAIL_7>", "<NAME_1><EMAIL_3>"])
async def test_a_typed_placeholder_is_a_value(spec: Spec, tokenizer: Tokenizer, typed: str) -> None:
    """It points at itself, never at somebody's value; and comes back as it was typed."""
    engine = Written(tokenizer, tokenizer.encode("<EMAIL_1> <EMAIL_2>"))
    reply = await gather(bot_of(spec, engine).reply(talk(f"Say {typed}", "Who?", MAIL)))
    assert reply.text == f"{typed[-9:]} {MAIL}"


async def test_without_placeholders_a_typed_one_is_letters(spec: Spec) -> None:
    """And what the model writes is shown as it stands; the engine is asked as ever."""
    plain = Tokenizer.learn([REPLY], 512)
    engine = Written(plain, plain.encode(REPLY))
    reply = await gather(bot_of(spec, engine, None).reply(talk(f"<EMAIL_1> {MAIL}")))
    assert reply.text == REPLY
    (prompt,) = engine.prompts
    assert plain.decode(prompt) == f"<EMAIL_1> {MAIL}"
    assert sum(i in plain.special for i in prompt) == 4


async def test_a_release_whose_tokenizer_has_none_serves(spec: Spec) -> None:
    plain = Tokenizer.learn([REPLY], 512)
    engine = Written(plain, plain.encode("<EMAIL_1>"))
    reply = await gather(bot_of(spec, engine).reply(ASK))
    assert reply.text == MAIL
    assert plain.decode(engine.prompts[0]).endswith("write to <EMAIL_1>")


async def test_numbers_stay_when_history_does_not_fit(spec: Spec, tokenizer: Tokenizer) -> None:
    said = [t for n in range(40) for t in (f"Now a{n}@example.com, and some words", "Fine.")]
    engine = Written(tokenizer, tokenizer.encode("<EMAIL_41>"))
    reply = await gather(bot_of(spec, engine).reply(talk(*said, f"And {MAIL}")))
    assert reply.left_out > 10 and reply.text == MAIL
    assert tokenizer.decode(engine.prompts[0]).endswith("And <EMAIL_41>")


async def test_every_turn_has_the_same_prefix(spec: Spec, tokenizer: Tokenizer) -> None:
    """So the engine's cache of the conversation so far is of use."""
    engine = Written(tokenizer, tokenizer.encode(REPLY))
    bot, said = bot_of(spec, engine), list(ASK.messages)
    for more in ("And joe@example.com?", "Call me Ann Hale", "Thanks, Teresa Quill"):
        reply = await gather(bot.reply(Conversation(tuple(said))))
        said += [Message("assistant", reply.text), Message("user", more)]
    for before, after in zip(engine.prompts, engine.prompts[1:], strict=False):
        assert after[: len(before)] == before
    reply_ids = tokenizer.encode(REPLY)
    assert engine.prompts[1][len(engine.prompts[0]) + 1 :][: len(reply_ids)] == reply_ids


class Sure(Chooser):
    """Chooses the known reply that it is made with."""

    def choose(self, messages: Any) -> tuple[int, float]:
        self.names[messages[-1].content] = 1
        return int(self.replies_KD), 1.0


async def test_the_chooser_sees_placeholders_and_names_nothing_unknown(
    spec: Spec, tokenizer: Tokenizer
) -> None:
    chooser = Sure({}, None, 0)  # type: ignore[arg-type]
    engine = Written(tokenizer, tokenizer.encode("x"), chooser=chooser)
    bot = bot_of(spec, engine)
    await gather(bot.reply(ASK))
    await gather(bot.reply(talk("Just write to me, Teresa Quill")))
    named = tokenizer.opening(0)
    assert [prompt[-1:] == named for prompt in engine.prompts] == [True, False]
    assert next(iter(chooser.names)) == "My name is <NAME_1>, write to <EMAIL_1>"


# --- records, peers ------------------------------------------------------------------------------


class Hearing(FakeEngine):
    """Shows its words through the restorer, as every engine does."""

    async def chat(  # type: ignore[override]
        self, conversation: Conversation, sampling: Sampling, restorer: Restorer | None = None
    ) -> AsyncGenerator[Chunk, None]:
        assert restorer is not None
        async for chunk in super().chat(conversation, sampling):
            text = restorer.push(chunk.text) + (restorer.finish() if chunk.finish_reason else "")
            yield Chunk(text, chunk.finish_reason, chunk.usage, chunk.route)


async def test_what_is_stored_is_what_was_said(spec: Spec, database: Database) -> None:
    engine = Hearing(Script(list(REPLY)), context=400)
    house = House(database, bot_of(spec, engine), engine)
    turn = await house.ask(ASK.messages[0].content)
    deltas = "".join([e.text async for e in turn.events(0) if e.name == "delta"])
    await house.saved()
    asked, said = house.messages()
    assert asked.content == ASK.messages[0].content
    assert said.content == deltas == f"I wrote to {MAIL}, Teresa Quill."
    assert engine.asked[0][0].messages[0].content == "My name is <NAME_1>, write to <EMAIL_1>"


async def test_off_asks_the_engine_as_ever(bot: Bot, engine: FakeEngine) -> None:
    """With the very conversation and sampling, and no third argument: FakeEngine takes none."""
    await gather(bot.reply(ASK))
    assert engine.asked[0][0] is ASK


def test_the_lookup_is_asked_as_the_bot_is() -> None:
    data = [talk("write to <EMAIL_1>", "I wrote to <EMAIL_1>."), talk("when", "At <TIME_1>.")]
    lookup = Lookup(data, ON)
    assert lookup.answer(f"write to {MAIL}").content == f"I wrote to {MAIL}."
    assert lookup.answer("when").content == f"At {MISSING}."
    assert Lookup(data).answer("when").content == "At <TIME_1>."


async def test_random_replies_are_what_show_makes_of_them(spec: Spec, tokenizer: Tokenizer) -> None:
    chance = random.Random(0)
    spec = spec.model_copy(update={"guard": Guard(personal=False, links=("*",))})
    session = ON.session()
    session.hide(ASK)
    parts = ["<EMAIL_1>", "<NAME_1>", "<NAME_12>", "<", "EMAIL_1>", "\U0001f600", " x", "<EMAIL_"]
    for _ in range(30):
        text = "".join(chance.choices(parts, k=8))
        ids = tokenizer.encode(text) if chance.random() < 0.5 else spelled(tokenizer, text)
        engine = Written(tokenizer, ids, chance.randint(1, 4))
        reply = await gather(bot_of(spec, engine).reply(ASK, Sampling(max_tokens=200)))
        assert reply.text == session.show(text)
