"""Which spans of a text are values: names, numbers, times, titles; found by how words are written.

Learned from the bot's own conversations without labels: a word that people also write small is an
ordinary one; what is always written with a capital, holds digits, or was never seen, is a value or a
part of one (truecasing, Lita et al. 2003, turned round). Where a language writes ordinary nouns with
capitals (German), or has no capitals, only digits and unknown words are left, which is less.
Says where, not of what kind (`kinds`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chatwright.core.placeholders import PLACEHOLDER

CLOCK = r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m\b|[ap]\.m\.)|\d{1,2}:\d\d"
SIGNS = "$€£¥"
NUMBER = rf"[{SIGNS}]?\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th|%)?"
# Small words and signs that may stand within a value, before a part with a capital or a digit.
WITHIN = re.compile(
    r" ?(?:[-/&'#(]|vs\.?)? ?(?:(?:of|the|de|du|des|la|le|les|del|los|der|van|von) ){0,2}", re.I
)
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
FIRST = re.compile(rf"(?:^|[.!?:;]['\")]?\s+|\n)['\"(]*({WORD.pattern})")
PART = re.compile(rf"(?P<hidden>{PLACEHOLDER.pattern})|(?P<clock>{CLOCK})|{NUMBER}|{WORD.pattern}")
START = re.compile(r"(?:^|[.!?:;]['\")]?\s+|\n)['\"(]*$")
OFTEN = (
    3  # a word written small as often, and at least half as often as with a capital, is ordinary
)
WORDS = 8  # of a value, at most


@dataclass(frozen=True, slots=True)
class Values:
    """`ordinary`: words, in small letters, that are no part of a value unless a capital says so."""

    ordinary: frozenset[str]

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Values:
        written: Counter[str] = Counter()
        first: Counter[str] = Counter()  # at the start of a sentence, where a capital says nothing
        for text in texts:
            written.update(WORD.findall(text))
            first.update(FIRST.findall(text))
        capital: Counter[str] = Counter()
        for word, n in written.items():
            if word[0].isupper():
                capital[word.casefold()] += n - first[word]
        small = ((word, n) for word, n in written.items() if not word[0].isupper())
        return cls(frozenset(w for w, n in small if n >= OFTEN and n * 2 >= capital[w]))

    def find(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of each value in `text`, in order."""
        found: list[list[int]] = []
        words, open_, strong_before = 0, False, False
        for part in PART.finditer(text):
            if part[0] in self.ordinary or part["hidden"] or not self._belongs(text, part):
                continue
            start, end = part.span()
            clock = part["clock"] is not None  # a time of day is a value by itself
            strong = part[0][0].isupper() or not part[0][0].isalpha()
            if (
                open_
                and not clock
                and words < WORDS
                and (strong_before or not strong)
                and _joined(text[found[-1][1] : start], strong)
            ):
                found[-1][1], words = end, words + 1
            else:
                found.append([start, end])
                words, strong_before = 1, False
            open_, strong_before = not clock, strong or strong_before
        return [(start, end) for start, end in found]

    def _belongs(self, text: str, part: re.Match[str]) -> bool:
        word = part[0]
        if not word[0].isalpha():
            return True
        if len(word) == 1 or word[1] in "'\u2019":  # I, I'm, I'd
            return False
        if word.casefold() not in self.ordinary:
            return True
        return word[0].isupper() and not _at_start(text, part.start())


def _joined(between: str, strong: bool) -> bool:
    return between in (" ", "-") or (strong and WITHIN.fullmatch(between) is not None)


def _at_start(text: str, at: int) -> bool:
    """Whether a sentence begins at `at`: there a capital says nothing."""
    return START.search(text[max(0, at - 4) : at]) is not None
