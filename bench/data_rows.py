"""Makes the conversations that bench/data.py measures on, with duplicates and leaks whose place is known.

Exchanges of the shared SGD conversations are drawn at random and put together anew; every value in them
(names, places, times, prices) is replaced by an invented one. What is planted is written down as it is
planted, and its likeness measured here by plain Python sets, not by what is being tested.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

EXCHANGES = 6, 13  # of a conversation, at least and below
NEAR_SHARE = 0.05  # of the rows are near-duplicates of another
TEST_SHARE = 0.01  # as many rows more are kept for evaluation
LEAKED = 0.1  # of the test rows are copied into the data, and as many paraphrased
SYLLABLES = [
    a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")
]

Message = dict[str, str]
Part = tuple[list[str], list[str]]  # texts around the values of a user's and of the bot's message


@dataclass
class Planted:
    """What was planted: copies by id, each with the id of the row it is like."""

    near: dict[str, str] = field(default_factory=dict)
    leaked_exact: dict[str, str] = field(default_factory=dict)
    leaked_near: dict[str, str] = field(default_factory=dict)


def exchanges(shared: Path) -> list[tuple[Part, ...]]:
    """All exchanges of the SGD training file, cut at the values in them."""
    with gzip.open(shared / "sgd" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line)["messages"] for line in file]
    return [
        (_cut(asked), _cut(reply))
        for said in rows
        for asked, reply in zip(said[0::2], said[1::2], strict=False)
    ]


def _cut(message: dict[str, Any]) -> list[str]:
    text, parts, at = message["content"], [], 0
    for start, end, _ in sorted(message["entities"]):
        if start >= at:
            parts.append(text[at:start])
            at = end
    return [*parts, text[at:]]


class Maker:
    """Draws conversations; the same seed gives the same ones."""

    def __init__(self, pool: list[tuple[Part, ...]], seed: int) -> None:
        self.pool = pool
        self.random = random.Random(seed)

    def word(self) -> str:
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))

    def conversation(self) -> list[Message]:
        said = []
        for asked, reply in self.random.choices(self.pool, k=self.random.randrange(*EXCHANGES)):
            said.append({"role": "user", "content": self._filled(asked)})
            said.append({"role": "assistant", "content": self._filled(reply)})
        return said

    def _filled(self, parts: list[str]) -> str:
        text = parts[0]
        for part in parts[1:]:
            text += f"{self.word()} {self.word()}{part}"
        return text

    def near(self, said: list[Message]) -> list[Message]:
        """The same with some words replaced: Jaccard similarity from 0.8 up."""
        size = len(grams(said))
        goal = self.random.uniform(0.8, 0.97)
        edits = max(1, int(size * (1 - goal) / (1 + goal) / 9))  # a word is in about 9 grams
        while edits > 1:
            changed = self.edited(said, edits)
            if jaccard(said, changed) >= 0.8:
                return changed
            edits -= 1
        return self.edited(said, 1)

    def edited(self, said: list[Message], edits: int) -> list[Message]:
        words = [message["content"].split(" ") for message in said]
        places = [(m, w) for m, text in enumerate(words) for w in range(len(text))]
        for m, w in self.random.sample(places, min(edits, len(places))):
            words[m][w] = self.word()
        return [{**s, "content": " ".join(text)} for s, text in zip(said, words, strict=True)]

    def paraphrased(self, said: list[Message]) -> list[Message]:
        """One word, and case and spacing."""
        changed = self.edited(said, 1)
        return [{**m, "content": self._noisy(m["content"])} for m in changed]

    def _noisy(self, text: str) -> str:
        words = [w.upper() if self.random.random() < 0.2 else w for w in text.split(" ")]
        return "".join(w + self.random.choice((" ", " ", " ", "  ")) for w in words).rstrip()


def grams(said: list[Message]) -> set[str]:
    """Character 5-grams without case and spacing, by the book."""
    text = "\n".join(" ".join(m["content"].casefold().split()) for m in said)
    return {text[at : at + 5] for at in range(max(1, len(text) - 4))}


def jaccard(left: list[Message], right: list[Message]) -> float:
    a, b = grams(left), grams(right)
    return len(a & b) / len(a | b)


def unrelated(maker: Maker, pairs: int = 2000) -> float:
    """The highest similarity among pairs that are not planted."""
    rows = [maker.conversation() for _ in range(pairs + 1)]
    return max(jaccard(a, b) for a, b in pairwise(rows))


def write_bot(folder: Path, rows: int, shared: Path, seed: int) -> Planted:
    """A bot folder with `rows` rows of data (what is planted included), and a test set."""
    maker, planted = Maker(exchanges(shared), seed), Planted()
    (folder / "data").mkdir(parents=True)
    (folder / "evaluation").mkdir()
    (folder / "tests").mkdir()
    tests = [(f"test-{n}", maker.conversation()) for n in range(max(20, int(rows * TEST_SHARE)))]
    with (folder / "evaluation" / "test.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_line(name, said) for name, said in tests)
    cases = [{"id": f"case-{n}", "question": _question(maker)} for n in range(100)]
    (folder / "tests" / "cases.jsonl").write_text("".join(json.dumps(c) + "\n" for c in cases))
    (folder / "bot.toml").write_text('[bot]\nname = "bench"\npurpose = "Measures the build."\n')
    with (folder / "data" / "chats.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(_line(*row) for row in _data(maker, rows, tests, planted))
    return planted


def _question(maker: Maker) -> str:
    return f"what does the {maker.word()} of {maker.word()} say about {maker.word()}?"


def _data(
    maker: Maker, rows: int, tests: list[tuple[str, list[Message]]], planted: Planted
) -> Iterator[tuple[str, list[Message]]]:
    """Rows with copies of some that came before, and of test rows, spread over all of them."""
    leaks = _leaks(maker, tests, planted)
    every = max(1, rows // len(leaks))
    last: list[tuple[str, list[Message]]] = []  # of the last rows, one is copied now and then
    for number in range(rows):
        if number % every == every - 1 and leaks:
            yield leaks.pop()
        elif last and maker.random.random() < NEAR_SHARE:
            original, said = last.pop(maker.random.randrange(len(last)))
            planted.near[f"near-{number}"] = original
            yield f"near-{number}", maker.near(said)
        else:
            said = maker.conversation()
            if maker.random.random() < 2 * NEAR_SHARE and len(last) < 1000:
                last.append((f"row-{number}", said))
            yield f"row-{number}", said


def _leaks(
    maker: Maker, tests: list[tuple[str, list[Message]]], planted: Planted
) -> list[tuple[str, list[Message]]]:
    count = max(1, int(len(tests) * LEAKED))
    chosen = maker.random.sample(tests, 2 * count)
    found = []
    for name, said in chosen[:count]:
        planted.leaked_exact[f"copy-{name}"] = name
        found.append((f"copy-{name}", said))
    for name, said in chosen[count:]:
        planted.leaked_near[f"like-{name}"] = name
        found.append((f"like-{name}", maker.paraphrased(said)))
    maker.random.shuffle(found)
    return found


def _line(name: str, said: list[Message]) -> str:
    return json.dumps({"id": name, "messages": said}) + "\n"
