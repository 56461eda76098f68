"""The Chooser: learned in seconds, the same each time, the same after a round trip to disk."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from chatwright.core.errors import ReleaseError
from chatwright.core.types import Conversation, Message
from chatwright.tokenizer.chooser import NAMES, TABLES, Chooser, features
from chatwright.training.choose import learn

REPLIES = ["We open at nine.", "A card is free.", "Story time is on Tuesday."]
ASKED = {
    0: ["when do you open", "opening time", "are you open early", "what time do the doors open"],
    1: ["what does a card cost", "price of a card", "is the card free", "how much is the card"],
    2: ["when is story time", "stories for my child", "which day are stories", "storytime day"],
}


def talks() -> list[Conversation]:
    return [
        Conversation((Message("user", ask), Message("assistant", REPLIES[n])))
        for n, questions in ASKED.items()
        for ask in questions * 6
    ]


def ask(chooser: Chooser, text: str) -> tuple[int, float]:
    return chooser.choose([Message("user", text)])


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    made = learn(talks(), REPLIES, seed=0)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "wanted"), [("do you open at eight", 0), ("cost of cards", 1), ("story day?", 2)]
)
def test_other_words_for_the_same_find_the_same_reply(
    chooser: Chooser, text: str, wanted: int
) -> None:
    number, probability = ask(chooser, text)
    assert number == wanted
    assert 1 / 3 < probability <= 1


def test_what_was_said_before_counts() -> None:
    before = [Message("user", "about cards"), Message("assistant", "Yes?")]
    assert "user cards" in features([*before, Message("user", "and?")])
    assert "user cards" not in features([Message("user", "and?")])


def turn(*texts: str) -> list[Message]:
    return [Message(("user", "assistant")[at % 2], text) for at, text in enumerate(texts)]  # type: ignore[arg-type]


def test_a_question_that_goes_on_is_read_behind_the_one_before(chooser: Chooser) -> None:
    assert not chooser.follows  # nothing in these data goes on
    for before, wanted in (("the library card", 1), ("story time for my child", 2)):
        number, _ = chooser.choose(turn(before, "It is here.", "what day or price, and when?"))
        assert number == wanted
    assert chooser.choose(turn("the card", "Yes?", "when do you open"))[0] == 0
    assert chooser.choose(turn("\u4f55", "\u4f55", "\u4f55")) == (0, 0.0)


def test_where_the_data_go_on_what_was_said_before_is_learned(tmp_path: Path) -> None:
    more = [
        Conversation((*turn(before, "Yes?", "and when?"), Message("assistant", REPLIES[n])))
        for before, n in (("about doors", 0), ("about stories", 2))
        for _ in range(400)
    ]
    made = learn([*talks(), *more], REPLIES, seed=0)
    assert made is not None and made.follows
    assert [
        made.choose(turn(f"about {one}", "Yes?", "and when?"))[0] for one in ("doors", "stories")
    ] == [0, 2]
    made.save(tmp_path)
    loaded = Chooser.load(tmp_path)
    assert loaded is not None and loaded.follows


def test_nothing_known_is_nothing_sure(chooser: Chooser) -> None:
    assert ask(chooser, "\u4f55") == (0, 0.0)
    assert ask(chooser, "")[1] <= 1.0


def test_it_is_a_function_of_data_and_seed(chooser: Chooser) -> None:
    again, other = learn(talks(), REPLIES, seed=0), learn(talks(), REPLIES, seed=1)
    assert again is not None and other is not None
    assert np.array_equal(again.features_FD, chooser.features_FD)
    assert not np.array_equal(other.features_FD, chooser.features_FD)
    found = [dict.fromkeys(features(c.messages[:1])) for c in talks()]
    often = Counter(name for names in found for name in names).most_common()
    # Of equals the first: the order of a set is another one in every process.
    assert list(chooser.names) == [name for name, n in often if n > 1]


def test_on_disk_and_back_it_chooses_the_same(chooser: Chooser, tmp_path: Path) -> None:
    chooser.save(tmp_path)
    loaded = Chooser.load(tmp_path)
    assert loaded is not None and not loaded.follows
    for text in ("do you open at eight", "cost of cards", "story day?"):
        number, probability = ask(chooser, text)
        assert ask(loaded, text) == (number, pytest.approx(probability, abs=0.01))


def test_none_without_known_replies(tmp_path: Path) -> None:
    assert learn(talks(), [], seed=0) is None
    assert Chooser.load(tmp_path) is None


@pytest.mark.parametrize("broken", [TABLES, NAMES])
def test_a_broken_one_is_said(chooser: Chooser, tmp_path: Path, broken: str) -> None:
    chooser.save(tmp_path)
    (tmp_path / broken).write_bytes(b"[]")
    with pytest.raises(ReleaseError, match="chooser"):
        Chooser.load(tmp_path)
