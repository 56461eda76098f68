"""The peer that a trained model must beat: answer with the reply to the most similar known question.

TF-IDF over character 3- to 5-grams within words, cosine similarity; the usual quick solution. Its score
stands beside the model's in every report.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from chatwright.core.types import Conversation, Message
from chatwright.data.privacy import Redactor


def grams(text: str) -> Counter[str]:
    """Character 3- to 5-grams of each word, with its edges."""
    found: Counter[str] = Counter()
    for word in re.findall(r"\w+", text.casefold()):
        edged = f" {word} "
        for n in (3, 4, 5):
            found.update(edged[i : i + n] for i in range(max(1, len(edged) - n + 1)))
    return found


class Lookup:
    """Nearest-question lookup over conversations, their values hidden as by the `redactor`."""

    def __init__(
        self, conversations: Iterable[Conversation], redactor: Redactor | None = None
    ) -> None:
        self._redactor = redactor
        self._answers: list[Message] = []
        bags: list[Counter[str]] = []
        for conversation in conversations:
            pairs = zip(conversation.messages, conversation.messages[1:], strict=False)
            for ask, answer in pairs:
                if ask.role == "user" and answer.role == "assistant":
                    bags.append(grams(ask.content))
                    self._answers.append(answer)
        documents = Counter(gram for bag in bags for gram in bag)
        self._weight = {g: math.log(len(bags) / n) + 1 for g, n in documents.items()}
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for gram, value in self._vector(bag).items():
                self._index[gram].append((number, value))

    def answer(self, question: str) -> Message:
        """The reply to the most similar question; the first of equals."""
        if self._redactor is None:
            return self._nearest(question)
        session = self._redactor.session()
        hidden = session.hide(Conversation((Message("user", question),)))
        found = self._nearest(hidden.messages[0].content)
        return replace(found, content=session.show(found.content))

    def _nearest(self, question: str) -> Message:
        scores: dict[int, float] = defaultdict(float)
        for gram, value in self._vector(grams(question)).items():
            for number, other in self._index.get(gram, ()):
                scores[number] += value * other
        if not scores:
            return Message("assistant", "")
        best = max(scores, key=lambda number: (scores[number], -number))
        return self._answers[best]

    def _vector(self, bag: Counter[str]) -> dict[str, float]:
        known = {
            g: (1 + math.log(n)) * self._weight[g] for g, n in bag.items() if g in self._weight
        }
        length = math.sqrt(sum(value * value for value in known.values())) or 1.0
        return {gram: value / length for gram, value in known.items()}
