"""The engine of a bot without a model: it declines, estimates, and pretends nothing."""

from __future__ import annotations

import asyncio

import pytest

from chatwright.core.errors import Unsupported
from chatwright.core.types import Conversation, Message, Sampling, gather
from chatwright.engine.wordless import WordlessEngine


def asked(text: str) -> Conversation:
    return Conversation((Message("user", text),))


def test_it_declines_in_the_owners_words_and_says_that_it_estimates() -> None:
    engine = WordlessEngine("Das weiß ich nicht.")
    reply = asyncio.run(gather(engine.chat(asked("Wann?"), Sampling())))
    assert (reply.text, reply.route, reply.finish_reason) == (
        "Das weiß ich nicht.",
        "refused",
        "stop",
    )
    assert not reply.usage.exact
    assert reply.usage.prompt_tokens == engine.count(asked("Wann?")) > 0
    assert engine.health() == "ready"


def test_longer_is_more_in_any_script() -> None:
    engine = WordlessEngine("No.")
    texts = ["", "open", "open on Sunday", "日曜日は何時から何時までですか"]
    counts = [engine.count(asked(text)) for text in texts]
    assert counts == sorted(counts) and len(set(counts)) == 4


@pytest.mark.parametrize(
    "sampling",
    [Sampling(seed=1), Sampling(logprobs=True), Sampling(schema="{}"), Sampling(stop=("a",))],
)
def test_what_only_a_model_can_do_is_refused(sampling: Sampling) -> None:
    assert WordlessEngine("No.").can == frozenset()
    with pytest.raises(Unsupported):
        WordlessEngine("No.").chat(asked("Hello"), sampling)
