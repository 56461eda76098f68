"""A reply made of the documents' own words: the part of the best passage that holds most of the question.

Nothing is written anew. Whether the part answers the question is the router's to judge; this only chooses it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from chatwright.knowledge.passages import SENTENCE
from chatwright.knowledge.search import Hit
from chatwright.knowledge.words import kin, terms

WHOLE = 480  # characters of a passage that are shown as they are
MOST = 600
JOINED = (
    2  # headings above the words: a list of hours says nothing without the name of the building
)


def quote(question: str, hit: Hit, languages: tuple[str, ...] = ("en",)) -> str:
    """At most about `MOST` characters of the hit's passage, under the headings that they stand under."""
    text = hit.passage.text.strip()
    if len(text) > WHOLE:
        text = _part(question, text, languages)
    above = [one for one in hit.passage.headings[-JOINED:] if one]
    return f"{' - '.join(above)}:\n{text}" if above and text else text or " - ".join(above)


def _part(question: str, text: str, languages: tuple[str, ...]) -> str:
    """The run of sentences or lines, at most `MOST` long, that has most of the question's words, each word
    counting once, and less the oftener it stands in the passage."""
    units = list(_units(text))
    asked = {kin(term, languages) for term in terms(question)}
    said = [{kin(term, languages) for term in terms(text[a:b])} & asked for a, b in units]
    weight = {word: 1 / math.sqrt(sum(word in one for one in said)) for word in set().union(*said)}
    best, place = -1.0, (0, 1)
    for first in range(len(units)):
        seen: set[str] = set()
        for last in range(first, len(units)):
            if units[last][1] - units[first][0] > MOST and last > first:
                break
            seen |= said[last]
            # What follows a hit belongs to it more often than not: a little for every sentence.
            score = sum(weight[word] for word in seen) + 0.02 * (last - first)
            if score > best:
                best, place = score, (first, last + 1)
    return _cut(text[units[place[0]][0] : units[place[1] - 1][1]].strip())


def _units(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in SENTENCE.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _cut(text: str) -> str:
    """A sentence without an end: cut between words, and it shows."""
    if len(text) <= 2 * MOST:
        return text
    return text[: 2 * MOST].rsplit(None, 1)[0] + " …"


def texts_of(hits: Sequence[Hit]) -> list[str]:
    """What the passages say, with what stands above them: the ground of a draft."""
    return ["\n".join((hit.title, *hit.passage.headings, hit.passage.text)) for hit in hits]
