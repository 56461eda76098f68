"""How far one text says what another says: its facts, then its words.

A judge without understanding, for replies to the same question: two that share words and differ in a number
do not agree. In calibration it stands for a person's judgement; how well is measured in `bench/answers.py`.
"""

from __future__ import annotations

from collections import Counter

from chatwright.answer.facts import facts
from chatwright.knowledge.words import kin, terms

HARD = ("number", "time", "amount", "date", "day", "address", "code")


def agreement(text: str, other: str, languages: tuple[str, ...] = ("en",)) -> float:
    """The share of `text`'s words that `other` has, times the share of its hard facts; 0 to 1."""
    words = Counter(kin(term, languages) for term in terms(text))
    if not words:
        return 0.0
    said = Counter(kin(term, languages) for term in terms(other))
    shared = sum(min(count, said[word]) for word, count in words.items()) / words.total()
    hard = [fact for fact in facts(text, languages, names=False) if fact.kind in HARD]
    if not hard:
        return shared
    there = {key for fact in facts(other, languages, names=False) for key in fact.keys}
    return shared * sum(bool(fact.keys & there) for fact in hard) / len(hard)


# How often two replies to the same question said the same, by how much of their words and facts they share
# (the mean of both ways): read from 89 pairs of a help desk's held-out replies that were not equal.
OVERLAPS = ((0.1, 0.02), (0.2, 0.3), (0.3, 0.55), (0.4, 0.85), (0.55, 0.93), (0.8, 0.98))


def likely_same(text: str, other: str, languages: tuple[str, ...] = ("en",)) -> float:
    """The chance that a person would hold two replies to one question for the same; 0 to 1."""
    if " ".join(terms(text)) == " ".join(terms(other)):
        return 1.0
    shared = (agreement(text, other, languages) + agreement(other, text, languages)) / 2
    before = (0.0, 0.0)
    for at, chance in OVERLAPS:
        if shared <= at:
            part = (shared - before[0]) / (at - before[0])
            return before[1] + part * (chance - before[1])
        before = (at, chance)
    return before[1]


def same(text: str, other: str, languages: tuple[str, ...] = ("en",)) -> bool:
    """Whether two replies say the same, as far as words tell: the same facts, and most of the words."""
    if " ".join(terms(text)) == " ".join(terms(other)):
        return True
    there, back = agreement(text, other, languages), agreement(other, text, languages)
    return min(there, back) >= 0.7 or (there + back) / 2 >= 0.8
