"""Skills in a bot: tasks before the model and behind the guard, and actions that happen once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.desk import Desk, a_desk, ok
from tests.answer.tasking import CALL, HOOK, NOON, TASK, a_spec
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.answer.skills import TRANSCRIPT, Skills, key_of, transcript
from chatwright.answer.tasks import Tasks
from chatwright.answer.webhooks import Webhooks
from chatwright.core.types import Conversation, Message, Reply, Sampling, gather

ASKED = ("I want to book a room", "tomorrow", "3", "a@b.example", "quiet")
CONFIRM = "Shall I book a quiet room for 3 people on Sunday 29 November 2026? (email: a@b.example)"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with a_desk() as server:
        yield server


class Client:
    """A bot with its real guard, and somebody who talks with it."""

    def __init__(
        self, desk: Desk | None = None, *scripts: Script, id: str = "talk-1", **tables: Any
    ) -> None:
        hook = HOOK | ({"url": desk.url, "private": True} if desk else {})
        spec = a_spec(**({"webhook": [hook]} | tables))
        self.engine = FakeEngine(*scripts)
        webhooks = Webhooks(spec.webhook) if desk else None
        self.skills = Skills(spec, webhooks, Tasks(spec, clock=lambda: NOON))
        self.bot = Bot(spec, self.engine, "r", "d", skills=self.skills)
        self.messages: list[Message] = []
        self.id = id

    def conversation(self) -> Conversation:
        return Conversation(tuple(self.messages), self.id)

    async def say(self, text: str, sampling: Sampling | None = None) -> Reply:
        self.messages.append(Message("user", text))
        reply = await gather(self.bot.reply(self.conversation(), sampling))
        self.messages.append(Message("assistant", reply.text))
        return reply

    async def all(self, *texts: str) -> Reply:
        return [await self.say(text) for text in texts][-1]


async def test_a_task_speaks_in_the_owners_words_and_the_model_is_not_asked(desk: Desk) -> None:
    client = Client(desk)
    reply = await client.say("I want to book a room")
    assert (reply.text, reply.route, reply.finish_reason) == ("Which day?", "curated", "stop")
    assert (await client.all(*ASKED[1:])).text == CONFIRM
    done = await client.say("yes")
    assert (done.text, done.route, done.mark) == ("Booked. Your number is R-1.", "curated", None)
    assert client.engine.asked == []
    ((_, headers, body),) = desk.asked
    assert body == {
        "event": "task",
        "bot": "library",
        "task": "room-booking",
        "conversation": "talk-1",
        "values": {"date": "2026-11-29", "people": 3, "email": "a@b.example", "kind": "quiet"},
    }
    assert headers["idempotency-key"] == key_of("talk-1", "room-booking", 0, body["values"])


async def test_other_messages_go_to_the_model(desk: Desk) -> None:
    client = Client(desk)
    reply = await client.say("Hello there")
    assert (reply.text, reply.route) == ("Hello there.", "generated")


async def test_a_question_in_the_middle_is_answered_by_the_model(desk: Desk) -> None:
    client = Client(desk, Script(("It is", " free.")))
    await client.say("I want to book a room")
    reply = await client.say("What does it cost?")
    assert (reply.text, reply.route) == ("It is free.\n\nWhich day?", "generated")
    assert (await client.all(*ASKED[1:], "yes")).text == "Booked. Your number is R-1."


async def test_a_model_that_says_nothing_leaves_the_question_alone(desk: Desk) -> None:
    client = Client(desk, Script(()))
    await client.say("I want to book a room")
    assert (await client.say("What does it cost?")).text == "Which day?"


async def test_a_double_yes_books_once(desk: Desk) -> None:
    client = Client(desk)
    await client.all(*ASKED)
    client.messages.append(Message("user", "yes"))
    twice = [gather(client.bot.reply(client.conversation())) for _ in range(4)]
    replies = await asyncio.gather(*twice)
    assert {reply.text for reply in replies} == {"Booked. Your number is R-1."}
    assert len(desk.asked) == 4 and len(desk.done) == 1


async def test_the_same_again_and_another_conversation_book_anew(desk: Desk) -> None:
    first, second = Client(desk), Client(desk, id="talk-2")
    await first.all(*ASKED, "yes", *ASKED)
    assert (await first.say("yes")).text == "Booked. Your number is R-2."
    assert (await second.all(*ASKED, "yes")).text == "Booked. Your number is R-3."


async def test_a_conversation_without_an_id_is_repeated_only_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [Client(desk, id="") for _ in range(2)]
    for client in clients:
        await client.all(*ASKED)
        client.messages.append(Message("user", "yes"))
    one, other = clients
    for _ in range(3):  # n > 1, or a client that lost the answer
        await gather(one.bot.reply(one.conversation()))
    assert len(desk.done) == 1
    monkeypatch.setattr("chatwright.answer.skills.REMEMBERED", -1.0)
    one.skills._nameless.clear()
    await gather(one.bot.reply(one.conversation()))
    await gather(one.bot.reply(one.conversation()))
    assert len(desk.done) == 3
    await gather(other.bot.reply(other.conversation()))
    assert len(desk.done) == 4


async def test_who_stops_listening_leaves_nothing_half_done(desk: Desk) -> None:
    client = Client(desk)
    await client.all(*ASKED)
    desk.answers.append("slow")
    reading = asyncio.create_task(client.say("yes"))
    while not desk.asked:
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await client.skills.close()
    assert len(desk.done) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "I could not book it now. The desk can: 555-0142."),
        ((500, {}, b""), "I cannot tell whether that worked."),
        (ok(b"{}"), "I cannot tell whether that worked."),
    ],
)
async def test_what_went_wrong_is_said(desk: Desk, answer: Any, said: str) -> None:
    client = Client(desk)
    await client.all(*ASKED)
    desk.answers.append(answer)
    reply = await client.say("yes")
    assert reply.text.startswith(said) and reply.route == "curated"
    assert (await client.say("yes")).route == "generated"


async def test_a_bot_that_does_not_act_calls_nobody() -> None:
    client = Client()
    assert (await client.all(*ASKED, "yes")).text == TASK["failed"]


async def test_the_guard_stands_before_a_task(desk: Desk) -> None:
    client = Client(desk, guard={"blocked": ["Nolltec"], "handover": "Anna will write."})
    reply = await client.say("I want to book a room for Nolltec")
    assert (reply.mark, reply.route) == ("blocked", "refused")
    await client.all(*ASKED[:2])
    assert (await client.say("I want to talk to a person")).mark == "handover"
    assert (await client.all(*ASKED[2:])).text == CONFIRM


async def test_the_guard_stands_behind_a_task_but_for_values_that_are_known(desk: Desk) -> None:
    done = "Booked: {reference}. See https://evil.example/x."
    client = Client(desk, task=[TASK | {"done": "Booked: {reference}."}])
    await client.all(*ASKED)
    number = "DE89 3704 0044 0532 0130 00"  # has the form of something personal
    evil = f"{number} https://evil.example/x"
    desk.answers.append(ok(f'{{"reference": "{evil}"}}'.encode()))
    said = (await client.say("yes")).text
    assert number in said and "https://evil.example" not in said
    assert done  # the owner's own text may link to what it names
    own = Client(desk, task=[TASK | {"done": "Booked, {reference}: https://desk.example/rooms"}])
    assert "https://desk.example/rooms" in (await own.all(*ASKED, "yes")).text


async def test_values_are_shown_as_they_were_said(desk: Desk) -> None:
    client = Client(desk)
    await client.all("Please call me back", "+49 30 1234567")
    said = (await client.say("![x](https://evil.example/a) {phone} <b>")).text
    assert said.startswith("We will call +49 30 1234567 about: x (https://evil.example/a) phone b")


NASTY = st.sampled_from(
    [
        *("https://evil.example/a_b~c?x=1", "www.evil.example", "![x](https://evil.example/a)"),
        *("jane@example.org", "AKIAIOSFODNN7EXAMPLE", "DE89 3704 0044 0532 0130 00", "10.1.2.3"),
        *("12 Main Street, Springfield", "+49 30 1234567", "**b** <b>", "Which day?", "{topic}"),
        *(
            "I am a human",
            "__x__",
            "\u202ex",
            "\uff41\uff42",
            "(at)",
            "# 1.",
            "Is that right?",
            "3",
        ),
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(NASTY, st.text(min_size=1, max_size=20)), min_size=1, max_size=4))
async def test_whatever_a_text_holds_can_be_confirmed(pieces: list[str]) -> None:
    """The guard changes replies: what it leaves of a confirmation must still be known again."""
    text = " ".join(pieces)
    slot = {"slot": "topic", "question": "What is it about?"}
    client = Client(task=[TASK | {"ask": [slot], "confirm": ""}], guard={"safety": "off"})
    await client.say("I want to book a room")
    asked = await client.say(text)
    if not asked.text.endswith("Is that right?"):
        return  # it was a question, a wish to stop, nothing at all, or what a machine must not say
    assert (await client.say("yes")).text == TASK["failed"], (text, asked.text)


async def test_who_asks_for_json_gets_the_model(desk: Desk) -> None:
    client = Client(desk)
    reply = await client.say("I want to book a room", Sampling(schema="{}"))
    assert reply.route == "generated"


async def test_a_hand_over_is_passed_on_with_the_transcript(desk: Desk) -> None:
    hook = HOOK | {"url": desk.url, "private": True}
    more = {
        "webhook": [hook, hook | {"name": "tell", "result": {}}],
        "handover": {"webhook": "tell"},
    }
    client = Client(desk, **more)
    await client.say("Hello there")
    await client.skills.close()
    assert desk.asked == []
    reply = await client.say("I want to talk to a person")
    await client.skills.close()
    ((_, _, body),) = desk.asked
    assert body == {
        "event": "handover",
        "bot": "library",
        "conversation": "talk-1",
        "messages": [
            {"role": "user", "content": "Hello there"},
            {"role": "assistant", "content": "Hello there."},
            {"role": "user", "content": "I want to talk to a person"},
            {"role": "assistant", "content": reply.text},
        ],
    }


async def test_a_task_that_gives_up_hands_over_too(desk: Desk) -> None:
    hook = HOOK | {"url": desk.url, "private": True}
    client = Client(desk, webhook=[hook], handover={"webhook": "book"})
    reply = await client.all("I want to book a room", "soon", "later", "some day")
    assert reply.mark == "handover" and reply.text.endswith("Anna will write to you.")
    await client.skills.close()
    assert [body["event"] for _, _, body in desk.asked] == ["handover"]


async def test_a_service_that_is_away_does_not_keep_a_hand_over_from_being_said() -> None:
    with a_desk() as gone:
        client = Client(gone, handover={"webhook": "book"})
    reply = await client.say("I want to talk to a person")
    assert reply.text == "Anna will write to you."
    await client.skills.close()


def test_a_transcript_is_bounded() -> None:
    many = tuple(Message("user", f"{number} " + "x" * 1000) for number in range(500))
    found = transcript(Conversation((Message("system", "s"), *many)), "bye")
    assert len(found) <= TRANSCRIPT and sum(len(one["content"]) for one in found) <= 60_000
    assert found[-1] == {"role": "assistant", "content": "bye"}
    assert found[-2]["content"].startswith("499")


def test_a_key_is_of_what_is_done() -> None:
    values = {"people": 3, "kind": "quiet"}
    key = key_of("a", "book", 0, values)
    assert key == key_of("a", "book", 0, dict(reversed(values.items())))
    others = [("b", "book", 0, values), ("a", "x", 0, values), ("a", "book", 1, values)]
    others.append(("a", "book", 0, values | {"people": 4}))
    assert len({key, *(key_of(*other) for other in others)}) == 5
    assert CALL["name"] not in key
