"""A short question -> what it is matched by: its words, pairs of words, and pieces of words.

Pieces let a slip of the finger, an ending or a compound still match. Scripts without spaces give pieces of their
runs. Folding is that of `words.py`. No stemming and no list of languages: the same for all of them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import regex

from chatwright.knowledge.words import LONGEST, PLAIN, UNSPACED, WORD, fold, latin

SIZES = (2, 3, 4, 5)  # characters of a piece, edges of the word counted
SIZES_UNSPACED = (1, 3, 4)  # of a run without spaces; its pairs stand for words
MOST = 128  # words of a question that are looked at
SIGNS = regex.compile(r"[\p{L}\p{N}\p{M}]+|[\p{Sm}\p{Sc}#%@&]+")  # C is neither C++ nor C#

# The first character of a gram says what it is.
WHOLE, PAIR, PIECE = "=", "+", "~"


def words(text: str) -> list[str]:
    """The folded words, in order; a run of a script without spaces is one."""
    folded = fold(text)
    if folded.isascii():
        return [word[:LONGEST] for word in PLAIN.findall(folded)][:MOST]
    parts = [part for word in WORD.findall(folded) for part in UNSPACED.split(word) if part]
    return [latin(part)[:LONGEST] for part in parts][:MOST]


def key(text: str) -> str:
    """What is equal for two texts that differ in capitals, accents, punctuation, spacing, or letters that look
    alike. Signs are kept where there is no word at all."""
    found = SIGNS.findall(fold(text))
    if not found:
        return "".join(text.split())
    parts = [part for word in found for part in UNSPACED.split(word) if part]
    said = ""
    for part in parts:
        glued = not said or UNSPACED.match(part) or UNSPACED.match(said[-1])
        said += latin(part) if glued else " " + latin(part)
    return said


def grams(text: str) -> list[str]:
    """All of them, in order, each as often as it occurs."""
    said = words(text)
    return [gram for word in said for gram in of_word(word)] + pairs(said)


def pairs(said: list[str]) -> list[str]:
    """Neighbours in a question."""
    return [f"{PAIR}{left} {right}" for left, right in pairwise(said)]


@lru_cache(8192)
def of_word(word: str) -> tuple[str, ...]:
    """A word and its pieces; the pieces of a run without spaces."""
    if UNSPACED.match(word):
        whole = [WHOLE + one for one in _pieces(word, 2)] or [WHOLE + word]
        return (*whole, *(PIECE + one for size in SIZES_UNSPACED for one in _pieces(word, size)))
    edged = f"<{word}>"
    return (WHOLE + word, *(PIECE + one for size in SIZES for one in _pieces(edged, size)))


def _pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]
