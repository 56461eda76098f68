"""Text -> the terms that are searched for: folded words, and pairs of characters where no spaces divide words.

Folding makes equal what people hold for equal: wide and narrow letters, capitals, accents, letters of
another alphabet that look the same in a Latin word. `kin` is a light stemmer for a handful of languages;
it may be wrong, and so relatives of a word count less than the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import regex

from chatwright.data.tables import Tables

TABLES = Tables(Path(__file__).with_suffix(".toml"))
PLAIN = re.compile(r"[a-z0-9]+")
WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
# Scripts that are written without spaces, and Korean, whose particles stick to the words.
UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff]+)"
)
ACCENTS = re.compile("[\u0300-\u036f]")
LOOKALIKES = str.maketrans(*TABLES.text("LOOKALIKES").split("|"))
FOREIGN = re.compile("[\u0370-\u052f]")  # Greek and Cyrillic
LATIN = re.compile("[a-z]")
SUFFIXES = {
    name: re.compile("(?<=...)(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")$")
    for name, words in TABLES.all["SUFFIXES"].items()
}
SMALL = {name: frozenset(words.split()) for name, words in TABLES.all["SMALL"].items()}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 64  # characters of a term; what is longer is a code, and found by its beginning


def fold(text: str) -> str:
    """`text` as it is compared: of one width, in small letters, without accents."""
    if text.isascii():
        return text.lower()
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKC", bare)


def terms(text: str) -> list[str]:
    """The terms of `text`, in order, each as often as it occurs."""
    folded = fold(text)
    if folded.isascii():
        return [word[:LONGEST] for word in PLAIN.findall(folded)]
    return [term for word in WORD.findall(folded) for term in _parts(word)]


def _parts(word: str) -> Iterator[str]:
    if word.isascii():
        yield word[:LONGEST]
        return
    for at, part in enumerate(UNSPACED.split(word)):
        if at % 2:
            yield from (part[i : i + 2] for i in range(max(1, len(part) - 1)))
        elif part:
            mixed = FOREIGN.search(part) and LATIN.search(part)
            yield (latin(part) if mixed else part)[:LONGEST]


def latin(word: str) -> str:
    """`word` with Latin letters where others look the same."""
    return word.translate(LOOKALIKES)


def kin(term: str, languages: tuple[str, ...] = ("en",)) -> str:
    """What relatives of `term` have in common: `archives`, `archived` and `archiving` have one kin."""
    if len(term) < 4 or not term.isalpha():
        return term
    for language in languages:
        if (rule := SUFFIXES.get(language.split("-")[0])) is not None:
            term = rule.sub("", term) if len(term) > 4 else term.removesuffix("s")
            break
    if len(term) > 3 and term[-1] == term[-2]:
        term = term[:-1]
    return term


def small(languages: tuple[str, ...]) -> frozenset[str]:
    """The words that questions are made of, whatever they are about."""
    found = (SMALL.get(one.split("-")[0], frozenset[str]()) for one in languages)
    return frozenset[str]().union(*found)


def near(term: str) -> Iterator[str]:
    """All that one slip of the finger makes of a Latin word: for words that nobody has written."""
    if len(term) < 5 or not (term.isascii() and term.isalpha()):
        return
    halves = [(term[:i], term[i:]) for i in range(len(term) + 1)]
    for left, right in halves:
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]
