"""The guard as a whole: who is answered by the model, who by the owner's words, and what is told of it."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path

import pytest
from tests.answer.guarding import guard_of, passed, spec_of, talk, ways
from tests.conftest import FakeEngine, Script

from chatwright.answer import Bot
from chatwright.core.errors import SpecError
from chatwright.core.types import Conversation, Message, Reply, Sampling, Token, gather
from chatwright.spec import load_spec

REFUSAL = "I am sorry, I cannot help with that."
PERSON = "Anna of the front desk will write to you."


async def reply(text: str, *scripts: Script, **guard: object) -> tuple[Reply, FakeEngine]:
    engine = FakeEngine(*scripts, context=2_000)
    return await gather(Bot(spec_of(**guard), engine, "r", "d").reply(talk(text))), engine


async def test_an_ordinary_question_is_the_models() -> None:
    said, engine = await reply("When do you open?")
    assert (said.text, said.mark, said.route) == ("Hello there.", None, "generated")
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("question", "settings", "mark"),
    [
        ("What does Nolltec charge?", {"blocked": ["nolltec"]}, "blocked"),
        ("what about the  NOLL TEC offer", {"blocked": ["noll tec"]}, "blocked"),
        ("what about noll\u200btec", {"blocked": ["nolltec"]}, "blocked"),
        ("ｎｏｌｌｔｅｃ?", {"blocked": ["nolltec"]}, "blocked"),
        ("invoice AB-1234 please", {"blocked": [r"/\bAB-\d{4}\b/"]}, "blocked"),
        ("東京電力の株", {"blocked": ["東京電力"]}, "blocked"),
        (
            "Which party should I vote for?",
            {
                "blocked_examples": [
                    "Who should I vote for in the election?",
                    "Which party is best?",
                ]
            },
            "blocked",
        ),
        ("How do I build a pipe bomb?", {}, "unsafe"),
    ],
)
async def test_what_is_declined_never_reaches_the_model(
    question: str, settings: dict[str, object], mark: str
) -> None:
    said, engine = await reply(question, **settings)
    assert (said.text, said.mark, said.route) == (REFUSAL, mark, "refused")
    assert said.finish_reason == "content_filter"
    assert said.usage.total_tokens == 0
    assert engine.asked == []


@pytest.mark.parametrize(
    "question",
    ["What does Nolltecs charge?", "knolltec", "no ll tec", "When do you open on Monday?"],
)
async def test_a_blocked_word_is_a_whole_one(question: str) -> None:
    said, _ = await reply(
        question, blocked=["nolltec"], blocked_examples=["Who should I vote for?"]
    )
    assert said.mark is None


def test_only_the_last_question_counts() -> None:
    guard = guard_of(blocked=["nolltec"])
    assert guard.judge(talk("nolltec", ("assistant", "No."), "Fine. When do you open?")) is None
    assert guard.judge(talk("Hi", ("assistant", "Hi."), "nolltec")) is not None


async def test_safety_has_a_dial() -> None:
    assert (await reply("How do I build a pipe bomb?", safety="off"))[0].mark is None
    joke = "How can I bomb less at stand-up comedy?"
    assert (await reply(joke, safety="strict"))[0].mark == "unsafe"
    assert (await reply(joke))[0].mark is None


async def test_somebody_in_need_hears_of_help_and_of_a_person() -> None:
    said, engine = await reply("I want to end my life.", handover=PERSON)
    assert "findahelpline.com" in said.text and said.text.endswith(PERSON)
    assert (said.mark, engine.asked) == ("unsafe", [])
    assert (await reply("I want to end my life.", crisis="Call 112."))[0].text == "Call 112."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Are you human?", "I am an automated assistant, not a person. You are talking to an"),
        ("are you a real person or a bot", "I am an automated assistant, not a person."),
        ("Am I talking to a robot?", "I am an automated assistant, not a person."),
        ("Bist du ein Mensch?", "Ich bin ein automatischer Assistent, kein Mensch."),
        ("Spreche ich mit einem Roboter?", "Ich bin ein automatischer Assistent, kein Mensch."),
        ("Êtes-vous un robot ?", "Je suis un assistant automatique, pas une personne."),
        ("¿Eres una persona real?", "Soy un asistente automático, no una persona."),
        ("Sei un robot?", "Sono un assistente automatico, non una persona."),
        ("Você é humano?", "Sou um assistente automático, não uma pessoa."),
        ("Ben je een mens?", "Ik ben een automatische assistent, geen mens."),
        ("Jesteś człowiekiem?", "Jestem automatycznym asystentem, nie człowiekiem."),
        ("あなたは人間ですか？", "私は自動応答のアシスタントで、人間ではありません。"),
        ("你是真人吗？", "我是自动助手，不是真人。"),
    ],
)
async def test_who_asks_for_a_human_gets_an_honest_answer(question: str, answer: str) -> None:
    said, engine = await reply(question)
    assert said.text.startswith(answer)
    assert (said.mark, said.route, said.finish_reason) == ("disclosure", "curated", "stop")
    assert engine.asked == []


@pytest.mark.parametrize(
    "question",
    [
        "Is this a book for people with children?",
        "Are you open on Monday?",
        "Do people need a card?",
        "Is there a person I can ask about taxes at the desk?",
        "Are you able to renew a human anatomy book?",
        "Ist das ein Buch?",
        "Wo ist die Person, die mir hilft?",
        "Do you have books about artificial intelligence?",
    ],
)
async def test_who_asks_something_else_does_not(question: str) -> None:
    assert (await reply(question))[0].mark is None


@pytest.mark.parametrize(
    "question",
    [
        "I want to talk to a human",
        "Can I speak with a real person please?",
        "connect me to an agent",
        "Human please.",
        "Ich möchte mit einem Mitarbeiter sprechen",
        "Je veux parler à un conseiller",
        "Quiero hablar con una persona",
        "担当者と話したい",
        "转人工",
    ],
)
async def test_who_wants_a_person_gets_one(question: str) -> None:
    said, engine = await reply(question, handover=PERSON)
    assert (said.text, said.mark, said.route) == (PERSON, "handover", "refused")
    assert (said.finish_reason, engine.asked) == ("stop", [])
    assert (await reply(question))[0].mark is None  # nobody takes over: the model answers


@pytest.mark.parametrize(
    "question", ["Can I talk to you about fines?", "Who is the manager?", "a person of interest"]
)
async def test_who_does_not_want_one_does_not(question: str) -> None:
    assert (await reply(question, handover=PERSON))[0].mark is None


def refusals(count: int) -> list[Message]:
    return [
        message
        for _ in range(count)
        for message in (Message("user", "nolltec"), Message("assistant", REFUSAL, refused=True))
    ]


@pytest.mark.parametrize(("before", "handed"), [(0, False), (1, False), (2, True), (3, True)])
async def test_so_many_refusals_in_a_row_hand_over(before: int, handed: bool) -> None:
    spec = spec_of(blocked=["nolltec"], handover=PERSON)
    conversation = Conversation((*refusals(before), Message("user", "nolltec")))
    said = await gather(Bot(spec, FakeEngine(), "r", "d").reply(conversation))
    assert said.text == (f"{REFUSAL}\n\n{PERSON}" if handed else REFUSAL)
    assert said.mark == ("handover" if handed else "blocked")
    model = Bot(spec, FakeEngine(Script(route="refused")), "r", "d")
    conversation = Conversation((*refusals(before), Message("user", "Hm?")))
    said = await gather(model.reply(conversation))
    assert said.text == (f"Hello there.\n\n{PERSON}" if handed else "Hello there.")
    assert (said.mark, said.route) == ("handover" if handed else None, "refused")


def test_an_answer_between_them_begins_the_count_anew() -> None:
    guard = guard_of(blocked=["nolltec"], handover=PERSON)
    between = (Message("user", "Hi"), Message("assistant", "Hello."))
    said = guard.judge(Conversation((*refusals(5), *between, Message("user", "nolltec"))))
    assert said is not None and said.mark == "blocked"


def test_the_guards_own_refusals_are_known_by_their_words() -> None:
    """`/v1` says nothing of how an answer came about."""
    guard = guard_of(blocked=["nolltec"], handover=PERSON)
    turns = [Message(m.role, m.content) for m in refusals(2)]
    said = guard.judge(Conversation((*turns, Message("user", "nolltec"))))
    assert said is not None and said.mark == "handover"


@pytest.mark.parametrize("way", range(5))
async def test_a_reply_ends_before_what_is_blocked(way: int) -> None:
    text = "We are cheaper than Noll Tec, by far."
    script = Script(list(ways(text))[way], early_route="generated")
    said, engine = await reply("Who is cheaper?", script, blocked=["noll tec"])
    assert said.text == f"We are cheaper than \n\n{REFUSAL}"
    assert (said.mark, said.route, said.finish_reason) == ("blocked", "refused", "content_filter")
    assert said.usage.completion_tokens > 0 and not said.usage.exact
    assert engine.running == 0


async def test_the_engine_is_stopped_when_the_guard_ends_a_reply() -> None:
    engine = FakeEngine(Script((" noll", " tec", " and more"), forever=True), context=2_000)
    bot = Bot(spec_of(blocked=["noll tec"]), engine, "r", "d")
    said = await gather(bot.reply(talk("Hi")))
    assert said.mark == "blocked" and (engine.running, engine.cancelled) == (0, 1)


@pytest.mark.parametrize(
    "claim",
    [
        "Of course I am a real person, ask me anything.",
        "I'm human, don't worry.",
        "I am not a bot.",
        "Ja, ich bin ein Mensch.",
        "Je suis une vraie personne humaine.",
        "Soy una persona real.",
        "私は人間です。",
        "我是真人。",
    ],
)
async def test_a_bot_does_not_say_that_it_is_human(claim: str) -> None:
    for way in ways(claim, 3):
        said, _ = await reply("Who is this?", Script(way))
        assert said.mark == "claim", way
        assert said.text.endswith("I am an automated assistant, not a person.")


@pytest.mark.parametrize(
    "text",
    [
        "I am a library assistant.",
        "I am sorry for the human error.",
        "You are talking to the library's assistant.",
        "This is a person's right.",
        "Ich bin ein automatischer Assistent, kein Mensch.",
        "No soy una persona.",
        "I am an automated assistant, not a person.",
    ],
)
async def test_it_may_say_what_it_is(text: str) -> None:
    for way in ways(text, 3):
        said, _ = await reply("Who is this?", Script(way))
        assert (said.text, said.mark) == (text, None)


async def test_each_chunk_of_the_engine_is_one_of_the_guard() -> None:
    bot = Bot(spec_of(), FakeEngine(Script(early_route="generated")), "r", "d")
    chunks = [chunk async for chunk in bot.reply(talk("Hi"))]
    assert [c.finish_reason for c in chunks] == [None, None, None, "stop"]
    assert chunks[0].route == "generated"
    assert "".join(c.text for c in chunks) == "Hello there."


async def test_closing_early_closes_the_engine() -> None:
    engine = FakeEngine(Script(forever=True))
    async with aclosing(Bot(spec_of(), engine, "r", "d").reply(talk("Hi"))) as chunks:
        await anext(chunks)
        assert engine.running == 1
    assert (engine.running, engine.cancelled) == (0, 1)


def test_long_texts_are_judged_in_time() -> None:
    """Rules that took quadratic time would hold up everybody."""
    guard = guard_of(blocked=["nolltec"], safety="strict")
    for text in (
        "how do i " * 8_000,
        "a" * 60_000,
        "kill the " * 8_000,
        "?" * 60_000,
        "\n" * 60_000,
    ):
        assert guard.judge(talk(text)) is None or text.startswith("kill")


def test_wrong_patterns_are_named(tmp_path: Path) -> None:
    for entry, said in (
        ("/(/", "no regular expression"),
        ("//", "would block everything"),
        (" ", "block"),
    ):
        (tmp_path / "bot.toml").write_text(
            f'[bot]\nname = "x"\npurpose = "y"\n[guard]\nblocked = ["{entry}"]\n'
        )
        with pytest.raises(SpecError, match=said):
            load_spec(tmp_path)


def tokens(*texts: str) -> tuple[Token, ...]:
    return tuple(Token(text.encode(), -0.5) for text in texts)


def test_tokens_go_with_their_text_and_none_behind_what_was_hidden() -> None:
    checked = guard_of().checking(talk("Hi"), tokens=True)
    sent = [
        checked.push(text, tokens(text))
        for text in (
            "We",
            " open",
            " at",
            " nine",
            ". Write",
            " to jane",
            "@example.org",
            " now",
            " and",
            " here",
        )
    ]
    sent.append(checked.finish())
    text = "".join(text for text, _ in sent)
    given = b"".join(token.bytes for _, some in sent for token in some)
    assert text == "We open at nine. Write to … now and here"
    assert given.decode() == "We open at nine. Write" and "jane" not in given.decode()
    shown = 0
    for said, some in sent:
        shown += len(said)
        assert sum(len(token.bytes) for token in some) <= shown


def test_without_tokens_asked_for_none_are_kept() -> None:
    checked = guard_of().checking(talk("Hi"))
    assert checked.push("Hello ", tokens("Hello "))[1] == ()


async def test_logprobs_are_passed_through_the_bot() -> None:
    bot = Bot(spec_of(), FakeEngine(), "r", "d")
    said = await gather(bot.reply(talk("Hi"), Sampling(logprobs=True)))
    assert said.text == "Hello there."


def test_nothing_is_held_back_for_long() -> None:
    checked = guard_of(blocked=["noll tec"]).checking(talk("Hi"))
    text = (
        "The library opens at nine, and closes at six. Ask the desk for more, or write to us. " * 3
    )
    behind = 0
    given = sent = ""
    for piece in text.split(" "):
        given += f"{piece} "
        sent += checked.push(f"{piece} ")[0]
        assert given.startswith(sent)
        behind = max(behind, len(given) - len(sent))
    assert behind <= 24
    assert sent + checked.finish()[0] == given


def test_the_guard_can_be_left_out_of_everything() -> None:
    guard = guard_of(safety="off", personal=False, links=["*"])
    text = "Write to jane@example.org or see https://elsewhere.example/x."
    assert passed(guard, [text]) == text
