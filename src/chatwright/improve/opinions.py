"""Feedback as opinions: which question it is about, and what it says is so or is not so.

    "Until 9 pm."  down, corrected to "We close at ten pm."  ->  + time 22:00, - time 21:00

An opinion is a hard fact (`answer.facts`) that somebody says is right (+) or wrong (-) as an answer to one
question, so that the same claim in other words is the same; where a text has no such fact, it is the text,
with those that are like it. It does not know who is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatwright.answer.facts import facts
from chatwright.knowledge.grams import key, words
from chatwright.knowledge.variants import Variants
from chatwright.store.records import FeedbackItem

SAME_QUESTION = 0.8  # likeness of two questions that ask for the same
SAME_TEXT = 0.7  # of two texts that say the same, where neither has a fact
SHORT = 3  # words of a question that may follow on another one
LOOKED_AT = 5_000  # different questions among which alike ones are looked for
LONGEST = 2_000  # characters of a text that are looked at


@dataclass(frozen=True, slots=True)
class Opinion:
    """`subject` numbers the question; `claim` is "+" or "-" with what is said to be so, or not."""

    subject: int
    claim: str


def opinions(
    items: Sequence[FeedbackItem], languages: tuple[str, ...] = ("en",)
) -> tuple[list[int], list[frozenset[Opinion]]]:
    """The subject of each item, and its opinions: none of a comment alone."""
    read = _Reader(languages)
    numbers = _subjects([_asked(item) for item in items], read)
    by_subject: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        by_subject[number].append(place)
    found: list[frozenset[Opinion]] = [frozenset()] * len(items)
    for number, places in by_subject.items():
        texts = _texts(items[place] for place in places)
        asked = read.hard(items[places[0]].question)
        meant = _meanings(texts, asked, read)
        for place in places:
            item = items[place]
            held = _claims(item, meant)
            found[place] = frozenset(Opinion(number, claim) for claim in held)
    return numbers, found


def _asked(item: FeedbackItem) -> str:
    """The question; with its answer where it is too short to say what it is about ("And on Friday?")."""
    question = item.question[:LONGEST]
    return question if len(words(question)) > SHORT else f"{question}\n{item.answer[:LONGEST]}"


def _claims(item: FeedbackItem, meant: dict[str, frozenset[str]]) -> set[str]:
    answer = meant.get(item.answer[:LONGEST], frozenset())
    if item.correction:
        better = meant[item.correction[:LONGEST]]
        return {f"+{one}" for one in better - answer} | {f"-{one}" for one in answer - better}
    if item.liked is None:
        return set()
    return {f"{'+' if item.liked else '-'}{one}" for one in answer}


def _texts(items: Iterable[FeedbackItem]) -> list[str]:
    both = (text[:LONGEST] for item in items for text in (item.answer, item.correction) if text)
    return list(dict.fromkeys(both))


def _meanings(
    texts: Sequence[str], asked: frozenset[str], read: _Reader
) -> dict[str, frozenset[str]]:
    """What each text says: its facts that are not in the question, else the first text that is like it."""
    found: dict[str, frozenset[str]] = {}
    plain = []
    for text in texts:
        said = (read.hard(text) - asked) or (read.names(text) - asked)
        if said:
            found[text] = said
        else:
            plain.append(text)
    known = Variants(plain, plain) if len(plain) > 1 else None
    first: dict[str, str] = {}
    for text in plain:
        alike = known.nearest(text, 8) if known is not None else []
        near = (first[one.answer] for one in alike if one.answer in first and _same(one.likeness))
        first[text] = next(near, text)
        found[text] = frozenset({f"text {key(first[text])}"})
    return found


def _same(likeness: float) -> bool:
    return likeness >= SAME_TEXT


def _subjects(questions: Sequence[str], read: _Reader) -> list[int]:
    """A number for each question, equal where two ask for the same: alike, and with the same facts in them."""
    keys = [key(question) for question in questions]
    text_of = dict(zip(reversed(keys), reversed(questions), strict=True))
    number = {one: place for place, one in enumerate(dict.fromkeys(keys))}
    if 1 < len(number) <= LOOKED_AT:
        distinct = list(number)
        known = Variants([text_of[one] for one in distinct], distinct)
        for one in distinct:
            hard = read.hard(text_of[one])
            for near in known.nearest(text_of[one], 8):
                earlier = number[near.answer] < number[one]
                alike = earlier and near.likeness >= SAME_QUESTION
                if alike and read.hard(text_of[near.answer]) == hard:
                    number[one] = number[near.answer]
                    break
    return [number[one] for one in keys]


class _Reader:
    """Facts of texts, each text read once."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._hard: dict[str, frozenset[str]] = {}

    def hard(self, text: str) -> frozenset[str]:
        """Numbers, times, days, addresses: not names, which a capital letter makes and another unmakes."""
        if text not in self._hard:
            found = facts(text[:LONGEST], self._languages, names=False)
            self._hard[text] = frozenset("|".join(sorted(fact.keys)) for fact in found)
        return self._hard[text]

    def names(self, text: str) -> frozenset[str]:
        found = facts(text[:LONGEST], self._languages)
        return frozenset("|".join(sorted(fact.keys)) for fact in found if fact.kind == "name")
