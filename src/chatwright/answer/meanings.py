"""Which standard replies say the same fact in other words: they stand for each other.

A help desk says one thing in many wordings. To a chooser each wording is a label of its own, and what it is
sure of is spread over all of them: it seems in doubt where it only does not know which words to use. Only
replies with hard facts (numbers, times, amounts, dates, codes) are taken together: without such, shared words
do not tell whether two replies say the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.knowledge.words import kin, terms

ALIKE = 0.25  # cosine of words by rarity, where the facts are the same

Floats = npt.NDArray[np.float32]


def meanings(replies: Sequence[str], declined: Sequence[bool]) -> tuple[int, ...]:
    """A number for each reply, the same for those with the same facts and like words.

    `declined` [n] says which decline; one that does never stands for one that does not.
    """
    kinds: dict[tuple[frozenset[str], bool], list[int]] = defaultdict(list)
    for number, text in enumerate(replies):
        hard = [fact for fact in facts(text, names=False) if fact.kind in HARD]
        if hard:
            kinds[frozenset(min(fact.keys) for fact in hard), declined[number]].append(number)
    rarity = _rarity(replies)
    found = list(range(len(replies)))
    for numbers in kinds.values():
        if len(numbers) > 1:
            _gather(numbers, _vectors([replies[number] for number in numbers], rarity), found)
    return tuple(found)


def _gather(numbers: Sequence[int], vectors: Floats, found: list[int]) -> None:
    """Give each of `numbers` that of the first one which it is like, if there is one."""
    first: list[int] = []
    for at, number in enumerate(numbers):
        likeness = vectors[first] @ vectors[at] if first else np.zeros(0)
        if len(likeness) and likeness.max() >= ALIKE:
            found[number] = numbers[first[int(likeness.argmax())]]
        else:
            first.append(at)


def _words(text: str) -> set[str]:
    return {kin(term, ("en",)) for term in terms(text)}


def _rarity(replies: Sequence[str]) -> dict[str, float]:
    counted = Counter(word for text in replies for word in _words(text))
    return {word: float(np.log(1 + len(replies) / count)) for word, count in counted.items()}


def _vectors(texts: Sequence[str], rarity: dict[str, float]) -> Floats:
    """[n, words], rows of length 1 (or 0, for a text without words)."""
    bags = [_words(text) for text in texts]
    place = {word: at for at, word in enumerate(sorted(set().union(*bags)))}
    made = np.zeros((len(texts), max(1, len(place))), np.float32)
    for at, bag in enumerate(bags):
        for word in bag:
            made[at, place[word]] = rarity[word]
    made /= np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-9)
    return made
