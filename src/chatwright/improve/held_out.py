"""Phrasings of a question that are kept from training, so that a test of it tests more than memory.

They are found among what people really asked: like the question in words (and in meaning, where there is an
embedder), with the same numbers, days and names of things in it. A reviewer sees them before they become
cases. Only words of people who agreed to be learned from are looked at; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.core.types import Embedder
from chatwright.data.leaks import ALIKE as EQUAL
from chatwright.data.near import gram_sets, jaccard
from chatwright.data.rows import fold
from chatwright.knowledge.curating import same
from chatwright.knowledge.variants import Near, Variants, joined
from chatwright.knowledge.words import kin, terms
from chatwright.store.asked import PhrasedRow

SURE = 0.62  # likeness from which on two questions ask the same, if their facts are the same
ANSWERED = 0.15  # the same where the bot gave both the same reply, and no refusal
CORRECTED = 0.1  # the same where people corrected both in the same way
MOST = 10
LOOKED_AT = 40  # of the questions that are most alike
DIFFERENT = 5_000  # questions that are looked through, the newest
LONGEST = 300  # characters; who writes more asks more than one thing


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A question in other words. `origin` is the reply to it and `owner` whose words they are; both empty
    where a reviewer wrote it. `why`: some words on why it is one."""

    question: str
    origin: str = ""
    owner: str = ""
    why: str = "typed"


class Phrasings:
    """What people asked, to be looked through for other words for a question. `rows`: of people who agreed
    alone (`agreed`); `corrected`: by the id of a reply, what somebody said is right."""

    def __init__(
        self,
        rows: Sequence[PhrasedRow],
        languages: tuple[str, ...] = ("en",),
        embedder: Embedder | None = None,
        corrected: dict[str, str] | None = None,
    ) -> None:
        found: dict[str, PhrasedRow] = {}
        for row in rows:
            if row.first and 0 < len(row.question.strip()) <= LONGEST and len(found) < DIFFERENT:
                found.setdefault(same(row.question), row)
        self._rows = list(found.values())
        self._languages, self._embedder = languages, embedder
        self._corrected = corrected or {}
        self._variants = Variants(
            [row.question for row in self._rows], [row.message_id for row in self._rows]
        )

    def of(
        self, question: str, wrong: str, right: str, without: Collection[str] = ()
    ) -> list[Phrasing]:
        """At most `MOST`, the most alike first. `wrong`, `right`: the bot's reply to `question` and what is
        right; `without`: questions that are trained on already, or tested."""
        chosen = list[Phrasing]()
        for row, likeness in self._alike(question):
            evidence, least = self._evidence(row, wrong, right)
            if likeness < least or not self._same_facts(question, row.question):
                continue
            if too_near(row.question, (question, *without, *(one.question for one in chosen))):
                continue
            why = f"{likeness:.0%} alike" + (f", {evidence}" if evidence else "")
            chosen.append(Phrasing(" ".join(row.question.split()), row.message_id, row.owner, why))
            if len(chosen) == MOST:
                break
        return chosen

    def _alike(self, question: str) -> list[tuple[PhrasedRow, float]]:
        """Found by words, then weighed by meaning too where there is an embedder."""
        near: list[Near] = self._variants.nearest(question, LOOKED_AT)
        if not near:
            return []
        found = [(self._rows[one.row], one.lexical) for one in near]
        if self._embedder is None:
            return found
        texts = [question, *(row.question for row, _ in found)]
        vectors = np.asarray(self._embedder.embed(texts))
        cosines = (vectors[1:] @ vectors[0]).tolist()
        weighed = [(row, joined(lex, cos)) for (row, lex), cos in zip(found, cosines, strict=True)]
        return sorted(weighed, key=lambda one: -one[1])

    def _evidence(self, row: PhrasedRow, wrong: str, right: str) -> tuple[str, float]:
        """What else says that both ask the same, and the likeness that is enough then."""
        corrected = self._corrected.get(row.message_id, "")
        if corrected and fold(corrected) == fold(right):
            return "corrected in the same way", CORRECTED
        if wrong and not row.refused and fold(row.answer) == fold(wrong):
            return "the same wrong reply", ANSWERED
        return "", SURE

    def _same_facts(self, question: str, other: str) -> bool:
        """Both name the same numbers, times, days; and no name that is new: "Main Street" is not "Eastside"."""
        one, two = (facts(text, self._languages) for text in (question, other))
        for left, right in ((one, two), (two, one)):
            keys = {key for fact in right for key in fact.keys}
            if any(fact.kind in HARD and not fact.keys & keys for fact in left):
                return False
        words = {kin(term, self._languages) for term in terms(question)}
        named = [term for fact in two if fact.kind == "name" for term in terms(fact.text)]
        return all(kin(term, self._languages) in words for term in named)


def agreed(rows: Iterable[PhrasedRow], since: dict[str, str]) -> list[PhrasedRow]:
    """Those whose owners may be learned from; `since` is `Consents.since`."""
    return [row for row in rows if row.owner in since and since[row.owner] <= row.at]


def too_near(question: str, others: Iterable[str]) -> bool:
    """Whether it is one of them but for some letters: held out, it would take that one out of training too
    (`data/leaks.py`)."""
    known = list(others)
    if same(question) in map(same, known):
        return True
    first, *rest = gram_sets([fold(question), *map(fold, known)])
    return any(jaccard(first, one) >= EQUAL for one in rest)
