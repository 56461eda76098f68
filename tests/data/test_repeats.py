"""Known replies: which texts get a token, and how often their words are learned."""

from __future__ import annotations

from chatwright.core.types import Conversation, Message
from chatwright.data.repeats import TIMES, known_replies, one_pass
from chatwright.tokenizer import KnownReply, Tokenizer


def talk(ask: str, answer: str, refused: bool = False) -> Conversation:
    return Conversation((Message("user", ask), Message("assistant", answer, refused)))


OFTEN = [talk(f"when are you open, {n}", "We open at nine.") for n in range(TIMES + 2)]
NEVER = [talk(f"write my essay, {n}", "I cannot do that.", refused=True) for n in range(TIMES)]
ONCE = [talk("where are you?", "On Main Street.")]


def test_replies_that_come_often_are_known_most_frequent_first() -> None:
    assert known_replies([*ONCE, *NEVER, *OFTEN]) == [
        KnownReply("We open at nine."),
        KnownReply("I cannot do that.", refused=True),
    ]


def test_nothing_is_known_where_replies_hardly_repeat() -> None:
    others = [talk("tell me", f"story {n}") for n in range(len(OFTEN) + 1)]
    assert known_replies([*OFTEN, *others]) == []
    assert known_replies([]) == []


def test_a_known_reply_is_whole_a_few_times_a_pass_and_named_otherwise() -> None:
    talks = [*OFTEN, *ONCE]
    texts = [m.content for c in talks for m in c.messages]
    tokenizer = Tokenizer.learn(texts, 600, known_replies(OFTEN))
    rendered = [tokenizer.render(c) for c in talks]
    passed = one_pass(rendered, range(len(talks)), 2)
    assert passed[:2] == rendered[:2]
    for before, after in zip(rendered[2:4], passed[2:-1], strict=True):
        assert after.ids == before.ids[: before.named]
        assert after.ids[-1] in tokenizer.silent and after.learn[-1]
        assert sum(after.learn) == 1
    assert passed[-1] == rendered[-1], "a reply without a token is never cut"
    assert one_pass(rendered, range(len(talks)), 0) == rendered
    few = one_pass(rendered, range(len(talks)), 1)
    assert [len(p) for p in few] == [len(rendered[0]), rendered[1].named, len(rendered[-1])]
