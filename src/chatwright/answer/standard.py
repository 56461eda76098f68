"""Standard replies: what the bot's own data answer again and again, word for word, to many questions.

    StandardReplies.of(conversations)           fitted: question -> which of the replies
    replies.look(question, before) -> Looked    the likeliest replies, and how well the question is known

A help desk says the same few hundred sentences to tens of thousands of questions. Such a reply need not be
written anew by a model: it is chosen, and it is right to the letter or not at all. A reply counts as
standard when at least two different questions have it. Replies with a person's value in them are none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatwright.answer.meanings import meanings
from chatwright.core.errors import ReleaseError
from chatwright.core.files import canonical_json
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import Conversation, Embedder
from chatwright.data.harvested import SOURCE
from chatwright.knowledge.classifier import Classifier
from chatwright.knowledge.grams import words
from chatwright.knowledge.signals import LEXICAL, SEMANTIC, Signaller, Signals
from chatwright.knowledge.variants import Variants

Floats = npt.NDArray[np.float32]
LEAST = 2  # questions of a reply
MOST = 60_000  # questions that are learned from; of more the first of each reply, in turns
REPLIES = "replies.json"
SIGNS = (
    *LEXICAL,
    *SEMANTIC,
)  # names of the numbers that a look gives; those without vectors lack the last


@dataclass(frozen=True, slots=True)
class Choice:
    """A standard reply, and how likely it is that the question asks for it: not calibrated."""

    number: int
    text: str
    refused: bool
    share: float


@dataclass(frozen=True, slots=True)
class Looked:
    """The likeliest replies first; `signs`: numbers by name, from which a router learns what they are worth."""

    choices: tuple[Choice, ...]
    signs: dict[str, float]
    shares: Floats  # of all meanings


@dataclass(frozen=True, slots=True)
class Taught:
    """Questions with the number of their reply; a follow-up stands behind the question before it. What a
    reviewer accepted stands there as often as in the training data. `reviewed`: accepted replies that help,
    standard or not."""

    questions: tuple[str, ...]
    numbers: tuple[int, ...]
    replies: tuple[str, ...]
    refused: tuple[bool, ...]
    reviewed: tuple[str, ...] = ()

    def without(self, numbers: Iterable[int]) -> Taught:
        """The same replies by the same numbers; these have no question any more."""
        gone = set(numbers)
        kept = [at for at, number in enumerate(self.numbers) if number not in gone]
        return Taught(
            tuple(self.questions[at] for at in kept),
            tuple(self.numbers[at] for at in kept),
            self.replies,
            self.refused,
            self.reviewed,
        )


def taught(conversations: Iterable[Conversation]) -> Taught:
    """What there is to learn in `conversations`, as the model sees them: their values are hidden."""
    asked: dict[str, dict[str, int]] = defaultdict(dict)
    declines: dict[str, bool] = {}
    reviewed: dict[str, None] = {}
    for conversation in conversations:
        before, origin = "", conversation.provenance
        accepted = origin is not None and origin.source == SOURCE
        pairs = zip(conversation.messages, conversation.messages[1:], strict=False)
        for ask, reply in pairs:
            if ask.role != "user":
                continue
            if reply.role == "assistant" and reply.content.strip():
                text = reply.content.strip()
                question = together(before, ask.content)
                right = accepted and reply is conversation.messages[-1]
                times = asked[text].get(question, 0)
                asked[text][question] = times + 1 if right else max(times, 1)
                declines[text] = reply.refused
                if right and not reply.refused and not PLACEHOLDER.search(text):
                    reviewed[text] = None
            before = ask.content
    known = [
        text
        for text, questions in asked.items()
        if len(questions) >= LEAST and not PLACEHOLDER.search(text)
    ]
    rows = [
        (question, number)
        for number, text in enumerate(known)
        for question, times in asked[text].items()
        for _ in range(times)
    ]
    if len(rows) > MOST:
        place: dict[int, int] = defaultdict(int)
        turns = []
        for question, number in rows:
            turns.append((place[number], number, question))
            place[number] += 1
        rows = [(question, number) for _, number, question in sorted(turns)[:MOST]]
    return Taught(
        tuple(question for question, _ in rows),
        tuple(number for _, number in rows),
        tuple(known),
        tuple(declines[text] for text in known),
        tuple(reviewed),
    )


def together(before: str, question: str) -> str:
    """A question as it is learned and looked for: behind the one before it, which it may lean on."""
    return f"{before}\n{question}" if before else question


class StandardReplies:
    """The replies of one bot, and what chooses among them. Threads may share it."""

    def __init__(self, classifier: Classifier, known: Variants, taught: Taught) -> None:
        self.taught = taught
        self._classifier = classifier
        texts = (*taught.replies, *taught.reviewed)
        same = meanings(texts, (*taught.refused, *(False for _ in taught.reviewed)))
        self._same = same[: len(taught.replies)]
        self._numbers = [int(label) for label in classifier.labels]
        there = {same[number] for number in self._numbers}
        place = {meaning: at for at, meaning in enumerate(sorted(there))}
        numbered = {str(number): place[same[number]] for number in self._numbers}
        self._signaller = Signaller(classifier, known, numbered)
        self._place = {number: at for at, number in enumerate(self._numbers)}
        self._by_text = {text: number for number, text in enumerate(taught.replies)}
        self._reviewed = {*taught.reviewed}
        meant = {same[number] for number, text in enumerate(texts) if text in self._reviewed}
        self._reviewed |= {text for text, one in zip(texts, same, strict=True) if one in meant}

    @classmethod
    def of(
        cls, known: Taught, *, embedder: Embedder | None = None, seed: int = 0
    ) -> StandardReplies | None:
        """Fitted to `known`; None where there are fewer than two replies to choose from."""
        if len(set(known.numbers)) < 2:
            return None
        labels = [str(number) for number in known.numbers]
        variants = Variants(known.questions, labels, embedder=embedder)
        classifier = Classifier.fit(
            known.questions, labels, embedder=embedder, vectors=variants.vectors, seed=seed
        )
        return cls(classifier, variants, known)

    @property
    def meanings(self) -> dict[str, int]:
        """A number for every reply; those with the same one say the same."""
        return dict(zip(self.taught.replies, self._same, strict=True))

    @property
    def replies(self) -> tuple[str, ...]:
        return self.taught.replies

    def number(self, text: str) -> int | None:
        """Of the reply that is this text."""
        return self._by_text.get(text.strip())

    def reviewed(self, text: str) -> bool:
        """Whether it says what a reviewer accepted, in these words or in others."""
        return text.strip() in self._reviewed

    def unheard(self, question: str) -> set[str]:
        """Its words that no known question has."""
        return set(words(question)) - self._signaller.words

    def look(self, question: str, before: str = "", k: int = 3) -> Looked:
        """Of a question, and the user's message before it: what is likely alone, and behind that one."""
        if not before:
            return self.look_all([question], k)[0]
        return self._looked(self._signaller.of_ways([question, together(before, question)]), k)[0]

    def look_all(self, questions: Sequence[str], k: int = 3) -> list[Looked]:
        """Of many at once, each by itself."""
        return self._looked(self._signaller.of(questions), k)

    def _looked(self, signals: Signals, k: int) -> list[Looked]:
        found = []
        groups = self._signaller.groups
        rows = zip(signals.probabilities, signals.together, signals.values.tolist(), strict=True)
        for each, shares, values in rows:
            order = shares.argsort()[::-1][:k]
            best = [int(np.where(groups == meaning, each, -1.0).argmax()) for meaning in order]
            choices = tuple(
                self._choice(place, float(shares[meaning]))
                for place, meaning in zip(best, order, strict=True)
            )
            named = dict(zip(signals.names, values, strict=True))
            found.append(Looked(choices, named, shares))
        return found

    def share(self, looked: Looked, text: str) -> float | None:
        """How likely the reply with this text was held; None where it is no standard reply."""
        number = self.number(text)
        if number is None or number not in self._place:
            return None
        return float(looked.shares[self._signaller.groups[self._place[number]]])

    def _choice(self, place: int, share: float) -> Choice:
        number = self._numbers[place]
        return Choice(number, self.taught.replies[number], self.taught.refused[number], share)

    def save(self, folder: Path) -> None:
        """Into an empty folder."""
        self._classifier.save(folder)
        values = {
            "questions": self.taught.questions,
            "numbers": self.taught.numbers,
            "replies": self.taught.replies,
            "refused": self.taught.refused,
            "reviewed": self.taught.reviewed,
        }
        (folder / REPLIES).write_text(canonical_json(values) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, *, embedder: Embedder | None = None) -> StandardReplies:
        """As saved. Raises `ReleaseError`, and `DataError` where it was fitted with another embedder."""
        try:
            values = json.loads((folder / REPLIES).read_text("utf-8"))
            names = ("questions", "numbers", "replies", "refused")
            reviewed = tuple(values.get("reviewed", ()))  # older ones know of none
            known = replace(Taught(*(tuple(values[name]) for name in names)), reviewed=reviewed)
            rows, replies = len(known.questions), range(len(known.replies))
            if rows != len(known.numbers) or any(one not in replies for one in known.numbers):
                raise ValueError("questions without a reply")
            if len(known.refused) != len(replies):
                raise ValueError("replies of which it is not said whether they decline")
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ReleaseError(
                f"The standard replies in {folder} cannot be read.", "Run `chatwright evaluate`."
            ) from error
        labels = [str(number) for number in known.numbers]
        variants = Variants(known.questions, labels, embedder=embedder)
        return cls(Classifier.load(folder, embedder), variants, known)
