"""Suites over a responder that says what it is told to."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field

import pytest

from chatwright.core.errors import EngineError
from chatwright.core.progress import Silent
from chatwright.core.types import Chunk, Conversation, FinishReason, Message, Route, Sampling, Usage
from chatwright.evaluation import suites
from chatwright.evaluation.cases import Case
from chatwright.evaluation.lookup import Lookup
from chatwright.tokenizer import Tokenizer


@dataclass
class Answering:
    """Answers by the last question; the first questions take longest, so ends come out of order."""

    answers: Callable[[str], tuple[str, Route]]
    finish: FinishReason = "stop"
    asked: list[Conversation] = field(default_factory=list)
    running: int = 0
    most: int = 0

    async def reply(
        self, conversation: Conversation, sampling: Sampling | None = None
    ) -> AsyncGenerator[Chunk, None]:
        self.asked.append(conversation)
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0.02 / len(self.asked))
        text, route = self.answers(conversation.messages[-1].content)
        self.running -= 1
        yield Chunk(text[:3], route=route)
        yield Chunk(text[3:])
        yield Chunk(finish_reason=self.finish, usage=Usage(5, 2))


@dataclass
class Watch(Silent):
    seen: list[str | int] = field(default_factory=list)

    def start(self, what: str, total: int | None = None) -> None:
        self.seen += [what, total or 0]

    def advance(self, done: int, note: str = "") -> None:
        self.seen.append(done)


CASES = [
    Case(id="a", topic="hours", question="open?", must=(("nine",),)),
    Case(id="b", topic="hours", question="close?", must=(("five",),)),
    Case(id="c", topic="limits", question="doctor?", route="refused"),
    Case(id="d", topic="limits", question="weather?", route="refused"),
]


def says(question: str) -> tuple[str, Route]:
    return ("We open at nine.", "refused" if question == "doctor?" else "generated")


def peer() -> Lookup:
    def pair(ask: str, answer: str, refused: bool = False) -> Conversation:
        return Conversation((Message("user", ask), Message("assistant", answer, refused)))

    return Lookup(
        [pair("close?", "At five."), pair("weather?", "No idea.", True), pair("doctor?", "Sure.")]
    )


async def test_cases_are_judged_in_order() -> None:
    watch = Watch()
    result = await suites.run_cases(Answering(says), CASES, peer(), watch)
    rows = result["results"]
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    assert [row["passed"] for row in rows] == [True, False, True, False]
    assert rows[1]["problems"] == ["lacks five"]
    assert rows[3]["problems"] == ["route is generated, should be refused"]
    assert rows[1]["lookup_answer"] == "At five." and rows[1]["lookup_passed"]
    assert [row["lookup_passed"] for row in rows] == [False, True, False, True]
    assert result["in_scope"]["passed"] == 1 and result["in_scope"]["n"] == 2
    assert result["out_of_scope"]["passed"] == 1 and result["out_of_scope"]["n"] == 2
    assert result["lookup"]["in_scope"]["passed"] == 1
    assert {t: s["passed"] for t, s in result["by_topic"].items()} == {"hours": 1, "limits": 1}
    assert watch.seen[:2] == ["Asking the test cases", 4] and watch.seen[2:] == [1, 2, 3, 4]


async def test_cases_without_a_peer_or_without_cases() -> None:
    result = await suites.run_cases(Answering(says), CASES[:1], None, Silent())
    assert "lookup" not in result and "lookup_answer" not in result["results"][0]
    assert result["out_of_scope"]["share"] is None
    empty = await suites.run_cases(Answering(says), [], peer(), Silent())
    assert empty["results"] == [] and empty["by_topic"] == {} and empty["in_scope"]["n"] == 0


def logged(number: int, reply: str) -> Conversation:
    return Conversation(
        (
            Message("user", "hello"),
            Message("assistant", "Hi."),
            Message("user", f"question {number}"),
            Message("assistant", reply),
        ),
        id=f"c{number}",
    )


async def test_replies_are_written_anew_from_what_went_before() -> None:
    responder = Answering(lambda question: (f"Answer {question[-1]}.", "generated"), "length")
    talks = [logged(n, f"Answer {n}." if n else "Something else.") for n in range(4)]
    result = await suites.run_replies(responder, talks, Silent())
    assert all(len(asked.messages) == 3 for asked in responder.asked)
    assert [row["id"] for row in result["samples"]] == ["c0", "c1", "c2", "c3"]
    assert result["samples"][2] == {
        "id": "c2",
        "question": "question 2",
        "reference": "Answer 2.",
        "answer": "Answer 2.",
        "route": "generated",
        "chrf": 100.0,
    }
    assert result["exact"]["passed"] == 3 and result["n"] == 4
    assert result["cut_by_length"] == 4 and result["completion_tokens"] == 8
    assert result["samples"][0]["chrf"] < 50
    assert result["milliseconds_p50"] > 0


async def test_no_replies_is_a_figure_of_nothing() -> None:
    result = await suites.run_replies(Answering(says), [], Silent())
    assert (result["n"], result["samples"], result["cut_by_length"]) == (0, [], 0)


async def test_only_so_many_are_asked_at_once() -> None:
    responder = Answering(says)
    talks = [logged(n, "x") for n in range(suites.AT_ONCE * 2)]
    await suites.run_replies(responder, talks, Silent())
    assert responder.most == suites.AT_ONCE


async def test_an_engine_error_comes_out_as_itself() -> None:
    def fail(question: str) -> tuple[str, Route]:
        raise EngineError("The engine stopped.", "Start it again.")

    with pytest.raises(EngineError, match="stopped"):
        await suites.run_cases(Answering(fail), CASES, None, Silent())


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.learn(["We open at nine. At five we close. hello there"] * 4, 600)


async def test_loss_counts_the_content_of_replies_alone(tokenizer: Tokenizer) -> None:
    """With 1 nat per token: nats = content tokens of assistants, bytes = bytes of their text."""

    async def score(ids: list[int]) -> list[float]:
        return [-1.0] * (len(ids) - 1)

    replies = ("We open at nine.", "h\u00e9llo")
    talk = Conversation(
        (
            Message("user", "when do you open"),
            Message("assistant", replies[0]),
            Message("user", "thanks"),
            Message("assistant", replies[1], refused=True),
        ),
        id="t",
    )
    result = await suites.run_loss(score, tokenizer, 500, [talk], Silent())
    tokens = sum(len(tokenizer.encode(text)) for text in replies)
    size = sum(len(text.encode()) for text in replies)
    assert (result["tokens"], result["bytes"], result["cut"]) == (tokens, size, 0)
    assert result["bits_per_byte"] == round(tokens / math.log(2) / size, 4)
    assert result["perplexity"] == 2.718 and result["conversations"] == 1


async def test_loss_looks_at_the_right_positions(tokenizer: Tokenizer) -> None:
    """Only the targets are expensive here; one position off, and the sum would differ."""
    talk = Conversation((Message("user", "open"), Message("assistant", "at nine")))
    rendered = tokenizer.render(talk)
    skip = {tokenizer.end, tokenizer.refuse}
    wanted = [
        -float(i) if learn and token not in skip else -1000.0
        for i, (token, learn) in enumerate(zip(rendered.ids, rendered.learn, strict=True))
    ]

    async def score(ids: list[int]) -> list[float]:
        assert ids == rendered.ids
        return wanted[1:]

    result = await suites.run_loss(score, tokenizer, 500, [talk], Silent())
    expected = sum(-value for value in wanted if value > -1000)
    assert result["bits_per_byte"] == round(expected / math.log(2) / len("at nine"), 4)


async def test_what_does_not_fit_is_counted_as_cut(tokenizer: Tokenizer) -> None:
    asked: list[int] = []

    async def score(ids: list[int]) -> list[float]:
        asked.append(len(ids))
        return [-1.0 if len(ids) > 20 else -9.0] * (len(ids) - 1)

    long, short = logged(1, "nine " * 40), logged(2, "five")
    result = await suites.run_loss(score, tokenizer, 64, [long, short], Silent())
    assert max(asked) == 63 and result["cut"] == 1
    assert set(result["hardest"]) == {"c1", "c2"} and result["interval"]
