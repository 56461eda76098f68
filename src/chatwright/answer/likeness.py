"""How far one text says what another says: its facts, then its words.

A judge without understanding, for replies to the same question: two that share words and differ in a number
do not agree. In calibration it stands for a person's judgement; how well is measured in `bench/answers.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

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
# (the mean of both ways): read from 60 pairs of a help desk's held-out replies that share 0.15 and more; what
# stands below that is an estimate.
OVERLAPS = ((0.0, 0.1), (0.1, 0.25), (0.2, 0.5), (0.3, 0.6), (0.4, 0.85), (0.55, 0.93), (0.8, 0.98))
REWORDED = 0.55  # shared words, from which on two replies are one in other words
USUAL = 0.4  # of that help desk's replies have another one like it
LOOKED_AT = 80  # replies


class Judge:
    """The chance that a person would hold two replies to one question for the same.

    Where the bot has one reply for each thing, another reply is another thing; where it says a thing in many
    ways, two of them may differ in most of their words. So the chances above count as far as `replies` are
    reworded at all.
    """

    def __init__(
        self,
        replies: Sequence[str],
        languages: tuple[str, ...] = ("en",),
        meanings: Mapping[str, int] | None = None,
    ) -> None:
        """`meanings` numbers replies; those with one number are known to say the same."""
        self.languages, self._meanings = languages, meanings or {}
        self.reworded = min(1.0, _reworded(replies, languages) / USUAL)

    def same(self, text: str, other: str) -> float:
        """0 to 1."""
        if " ".join(terms(text)) == " ".join(terms(other)):
            return 1.0
        meant = self._meanings.get(text.strip())
        if meant is not None and meant == self._meanings.get(other.strip()):
            return 1.0
        there = agreement(text, other, self.languages)
        shared = (there + agreement(other, text, self.languages)) / 2
        return self.reworded * _chance(shared)


def _chance(shared: float) -> float:
    for (start, low), (end, high) in pairwise(OVERLAPS):
        if shared <= end:
            return low + (high - low) * (shared - start) / (end - start)
    return OVERLAPS[-1][1]


def _reworded(replies: Sequence[str], languages: tuple[str, ...]) -> float:
    """The share of replies that have another one which says most of the same words."""
    sets = [frozenset(kin(term, languages) for term in terms(text)) for text in replies]
    sets = [one for one in sets if one]
    asked = sets[:: max(1, len(sets) // LOOKED_AT)]
    if len(sets) < 2:
        return 0.0

    def has_another(one: frozenset[str]) -> bool:
        found = 0
        for other in sets:
            shared = len(one & other)
            found += (shared / len(one) + shared / len(other)) / 2 >= REWORDED
            if found > 1:  # itself, and one more
                return True
        return False

    return sum(map(has_another, asked)) / len(asked)
