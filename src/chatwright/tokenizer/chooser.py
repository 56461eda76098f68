"""The Chooser: which known reply a conversation asks for. Names it; the Decoder writes it.

A linear classifier over the words of the last question, their neighbours and their letters, and the
words said just before (after fastText, arXiv 1607.01759; n-grams of letters let "renewal" share what
"renew" has learned). On a few thousand questions it generalises better to other people's wording than
a small transformer does (DECISIONS.md, "the chooser"). Where the data have hardly any known reply to a
question that goes on from another, what the words said before mean cannot be learned: such a question is then
read by itself and behind the one before it, as if both were first ones. Serving needs numpy alone; it is
learned in `training.choose`. Not a guard and not calibrated: below `SURE` the Decoder chooses for itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from chatwright.core.errors import ReleaseError
from chatwright.core.files import replace_atomic, write_atomic
from chatwright.core.types import Message

SURE = 0.2
BEFORE = 2  # messages before the question that count
SAID = ("user ", "assistant ")  # how features of those begin
LETTERS = (3, 4, 5)
WORDS = re.compile(r"\w+|[^\w\s]")
TABLES, NAMES = "chooser.safetensors", "chooser.json"


def features(messages: Sequence[Message]) -> list[str]:
    """What is known of the last message, and of those just before it, as names; with repetitions."""
    words = WORDS.findall(messages[-1].content.casefold())
    found = [f"w {word}" for word in words]
    found += [f"b {a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)]
    for word in words:
        edged = f"<{word}>"
        found += [
            edged[at : at + n]
            for n in LETTERS
            if len(edged) > n
            for at in range(len(edged) - n + 1)
        ]
    for message in messages[-1 - BEFORE : -1]:
        found += [f"{message.role} {word}" for word in WORDS.findall(message.content.casefold())]
    return found


@dataclass(frozen=True, slots=True)
class Chooser:
    """`names`: feature -> row of `features_FD`; `replies_KD`: a row per known reply; `follows`: it has learned
    what words that were said before mean."""

    names: dict[str, int]
    features_FD: np.ndarray[Any, np.dtype[np.float32]]
    replies_KD: np.ndarray[Any, np.dtype[np.float32]]
    follows: bool = True

    def choose(self, messages: Sequence[Message]) -> tuple[int, float]:
        """(number of the most likely known reply, its probability) after `messages`."""
        ways = [messages] if self.follows else _ways(messages)
        found = [scores for way in ways if (scores := self._scores(way)) is not None]
        if not found:
            return 0, 0.0
        scores = np.mean(found, axis=0)
        weights = np.exp(scores - scores.max())
        best = int(scores.argmax())
        return best, float(weights[best] / weights.sum())

    def _scores(self, messages: Sequence[Message]) -> np.ndarray[Any, np.dtype[np.float32]] | None:
        """[K], a logit per known reply; None where nothing of it is known."""
        rows = [row for name in features(messages) if (row := self.names.get(name)) is not None]
        if not rows:
            return None
        asked = self.features_FD[rows].sum(0) / np.sqrt(len(rows))
        return np.asarray(self.replies_KD @ asked)

    def save(self, folder: Path) -> None:
        """Tables in half precision, and the names of the features in the order of their rows."""
        half = {
            "features": self.features_FD.astype(np.float16),
            "replies": self.replies_KD.astype(np.float16),
        }
        replace_atomic(folder / TABLES, lambda path: save_file(half, path))
        write_atomic(folder / NAMES, json.dumps(list(self.names), ensure_ascii=False))

    @classmethod
    def load(cls, folder: Path) -> Chooser | None:
        """The Chooser of a model folder; None where the data had no known replies."""
        if not (folder / TABLES).exists():
            return None
        try:
            tables = load_file(folder / TABLES)
            names = json.loads((folder / NAMES).read_text("utf-8"))
            found, replies = (tables[name].astype(np.float32) for name in ("features", "replies"))
            if len(names) != len(found):
                raise ValueError("names and rows differ")
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ReleaseError(
                f"The chooser in {folder} cannot be read ({error}).",
                "Restore the folder, or train again.",
            ) from error
        follows = any(name.startswith(SAID) for name in names)
        return cls({name: row for row, name in enumerate(names)}, found, replies, follows)


def _ways(messages: Sequence[Message]) -> list[Sequence[Message]]:
    """A question by itself, and behind the one before it; a reply must be likely both ways."""
    asked = [message.content for message in messages if message.role == "user"]
    ways: list[Sequence[Message]] = [messages[-1:]]
    if len(asked) > 1:
        ways.append((Message("user", f"{asked[-2]}\n{asked[-1]}"),))
    return ways
