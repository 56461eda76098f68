"""Blocked topics: words, phrases and patterns in what is asked and said; sentences that a question is like.

Not a judgement of meaning: what a list does not spell is not found. What is unsafe by itself is in
`guard_safety.py`.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path

import regex

from chatwright.data.tables import Tables
from chatwright.spec.spec import is_pattern

# Between words of a phrase; and signs that are drawn nowhere, which would hide a word from a list.
GAP = r"[\s\u00a0_-]+"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
PATIENCE = 0.05  # seconds for one owner's pattern: it may be a slow one
WORD = re.compile(r"\w+")
GRAM = 3

log = logging.getLogger(__name__)


def visible(text: str) -> str:
    """What a reader sees of `text`, in the usual signs: wide letters narrow, invisible ones gone."""
    return text if text.isascii() else UNSEEN.sub("", unicodedata.normalize("NFKC", text))


class Patterns:
    """Several entries of `[guard] blocked` as few regular expressions; case does not matter.

    `more` is a pattern of ours, whose matches all begin with one of the words `begins`.
    """

    def __init__(self, entries: Iterable[str], more: str = "", begins: Iterable[str] = ()) -> None:
        entries = [entry for entry in entries if entry.strip()]
        phrases = [entry for entry in entries if not is_pattern(entry)]
        own = [entry[1:-1] for entry in entries if is_pattern(entry)]
        joined = "|".join([*map(_phrase, phrases), *([more] if more else [])])
        patterns = [*([joined] if joined else []), *own]
        self._all = [regex.compile(one, regex.IGNORECASE) for one in patterns]
        self._patient = len(patterns) - len(own)  # from this one on they are the owner's
        first = [
            *begins,
            *(found[0] for one in phrases if (found := WORD.search(visible(one).lower()))),
        ]
        spaced = [word for word in first if not UNSPACED.match(word)]
        self._known = not own and len(first) == len(phrases) + len([*begins])
        self._first = frozenset(spaced)
        self._parts = frozenset(word[:size] for word in spaced for size in range(1, len(word)))
        self._signs = frozenset(word[0] for word in first if UNSPACED.match(word))

    @property
    def first_words(self) -> frozenset[str] | None:
        """In small letters, the words that a match can begin with, those of scripts with spaces; None where
        that is not known."""
        return self._first if self._known else None

    def __bool__(self) -> bool:
        return bool(self._all)

    def may_begin(self, text: str) -> bool:
        """Whether a match could begin in `text`: a quick look that most text does not pass."""
        if not self._known:
            return True
        plain = text.lower()
        words = WORD.findall(plain)
        if not self._first.isdisjoint(words):
            return True
        if words and words[-1] in self._parts and plain.endswith(words[-1]):
            return True
        return not plain.isascii() and not self._signs.isdisjoint(plain)

    def search(
        self, text: str, start: int = 0, partial: bool = False
    ) -> tuple[int, int, bool] | None:
        """The first hit from `start` on: where it begins, where it ends, and whether it is whole.

        With `partial`, what may become a hit when the text goes on counts where no hit is whole.
        """
        found = []
        for number, one in enumerate(self._all):
            patience = PATIENCE if number >= self._patient else None
            if hit := _search(one, text, start, partial, patience):
                found.append(hit)
        whole = [hit for hit in found if hit[2]]
        return min(whole or found, default=None)


def _search(
    pattern: regex.Pattern[str], text: str, start: int, partial: bool, patience: float | None
) -> tuple[int, int, bool] | None:
    try:
        match = pattern.search(text, start, partial=partial, timeout=patience)
    except TimeoutError:
        log.warning(
            "A pattern of [guard] blocked took too long and was left out once: make it simpler."
        )
        return None
    return (*match.span(), not match.partial) if match else None


def _phrase(entry: str) -> str:
    """Whole words, whatever stands between them; part of a word in scripts without spaces."""
    words = [regex.escape(word, literal_spaces=True) for word in visible(entry).split()]
    edge = [r"(?<!\w)" if not UNSPACED.match(words[0][0]) else ""]
    edge.append(r"(?!\w)" if not UNSPACED.match(words[-1][-1]) else "")
    return f"{edge[0]}{GAP.join(words)}{edge[1]}"


class Examples:
    """Sentences; `like` says how much a text is like the nearest one, 0 to 1.

    Cosine of the counts of words and of three letters in a row within words: it forgives endings,
    order and typing errors, and knows no synonyms.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._known = [_grams(sentence) for sentence in sentences]

    def like(self, text: str) -> float:
        if not self._known or len(text) > 2_000:
            return 0.0
        given = _grams(text)
        return max(_cosine(given, one) for one in self._known)


# Words that say nothing of the topic: without them "How do I ..." would be like any other "How do I ...".
COMMON = Tables(Path(__file__).with_name("guard_topics.toml")).words("COMMON")


def _grams(text: str) -> Counter[str]:
    words = re.findall(r"\w+", visible(text).casefold())
    said = [word for word in words if word not in COMMON] or words
    grams: Counter[str] = Counter()
    for word in said:
        edged = f"<{word}>"
        grams[edged] += 2
        grams.update(edged[at : at + GRAM] for at in range(len(edged) - GRAM + 1))
    return grams


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[gram] for gram, count in one.items() if gram in other)
    sizes = [sum(count * count for count in grams.values()) for grams in (one, other)]
    return shared / sqrt(sizes[0] * sizes[1]) if shared else 0.0
