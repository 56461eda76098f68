"""What people ask and the bot does not answer well: a list of things to do, the most frequent first.

Questions that were refused, disliked, or answered with little confidence, those that mean about the same
together. Whoever did not agree that their words are read is counted and never quoted, and no document is
looked up for what they said. It changes nothing, and calls no model.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from chatwright.knowledge.search import Search
from chatwright.knowledge.words import UNSPACED, kin, terms
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.asked import Asked, AskedRow
from chatwright.store.consent import Consents

UNSURE = 0.5  # confidence below which an answer is a gap
ALIKE = 0.45  # cosine of questions that are told together
LOOKED_AT = 5000  # different questions
FIRST = 0.3  # of its weight, that the first word of a question has
KANA = re.compile("[\u3040-\u309f]+")  # particles and endings of Japanese
QUOTED = 3
SHOWN = 200  # characters of a quote
DOCUMENTS = 3
COVERED = 0.5  # share of a question's words in a document that seems to hold the answer
UNKNOWN = 0.6  # share of its words in no document, of a question that is of something else
# What the guard did for another reason than that it knew no answer.
GUARDED = {"blocked", "unsafe", "disclosure"}

Todo = Literal["curate", "document", "scope"]
ADVICE: dict[Todo, str] = {
    "curate": "Write a curated answer, or say it more plainly in the document",
    "document": "Write a document about it, or add it to one",
    "scope": "Write a document about it; if it is none of the bot's business, add it to [scope] declines",
}


@dataclass(frozen=True, slots=True)
class Nearest:
    """A document that is nearest to what was asked; `coverage` is the share of the words in it."""

    name: str
    title: str
    coverage: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that mean about the same. A question may be in several of the three counts."""

    count: int
    refused: int
    disliked: int
    unsure: int
    last_at: str
    examples: tuple[str, ...]
    documents: tuple[Nearest, ...]
    todo: Todo
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """`gaps` by count, the first of `total`; `unquoted` more questions are in none: nobody who asked them may
    be quoted."""

    since: str
    questions: int
    answered_well: int
    unquoted: int
    gaps: tuple[Gap, ...]
    total: int = 0


@dataclass(slots=True)
class _Cluster:
    rows: list[AskedRow] = field(default_factory=list)
    sums: Counter[str] = field(default_factory=Counter)  # of the weights of its questions
    square: float = 0.0

    def add(self, rows: Sequence[AskedRow], weights: dict[str, float]) -> None:
        self.rows += rows
        for term, weight in weights.items():
            self.square += weight * (2 * self.sums[term] + weight)
            self.sums[term] += weight  # type: ignore[assignment]

    def likeness(self, weights: dict[str, float]) -> float:
        """Cosine; the weights have length 1."""
        shared = sum(weight * self.sums[term] for term, weight in weights.items())
        return shared / math.sqrt(self.square) if self.square > 0 else 0.0


class Gaps:
    """Of one bot's store. `version` is that of the consent text; empty: nobody is asked, nobody is quoted."""

    def __init__(self, database: Database, spec: Spec, version: str) -> None:
        self._asked, self._consents = Asked(database), Consents(database)
        self._bot, self._languages, self.version = spec.bot.name, spec.bot.languages, version

    def report(self, days: int = 30, search: Search | None = None, most: int = 50) -> Report:
        """Of the last `days`; at most `most` gaps. `search` says which documents are near."""
        since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
        since = since.replace("+00:00", "Z")
        rows = self._asked.since(self._bot, since)
        poor = [row for row in rows if is_gap(row)]
        may = self._consents.since(self._bot, self.version) if self.version else {}
        found, unquoted = list[tuple[_Cluster, list[AskedRow]]](), 0
        for cluster in clustered(poor, self._languages):
            quotable = [r for r in cluster.rows if r.owner in may and may[r.owner] <= r.at]
            if quotable:
                found.append((cluster, quotable))
            else:
                unquoted += len(cluster.rows)
        found.sort(key=lambda one: (-len(one[0].rows), max(row.at for row in one[0].rows)))
        gaps = tuple(_gap(*one, search) for one in found[:most])  # documents of these alone
        return Report(since, len(rows), len(rows) - len(poor), unquoted, gaps, len(found))


def is_gap(row: AskedRow) -> bool:
    if row.mark in GUARDED:
        return False
    return row.route == "refused" or row.disliked or _unsure(row)


def _unsure(row: AskedRow) -> bool:
    return row.confidence is not None and row.confidence < UNSURE


def clustered(rows: Iterable[AskedRow], languages: tuple[str, ...]) -> list[_Cluster]:
    """Questions that are alike together: by the cosine of their words, rare ones counting more.

    One after the other, each to the cluster that is most like it; the most frequent first, so that the
    order in which they were asked says nothing.
    """
    same: dict[tuple[str, ...], list[AskedRow]] = {}
    for row in rows:
        key = tuple(terms(row.question[:2000])[:64])
        same.setdefault(key, []).append(row)
    keys = sorted(same, key=lambda key: (-len(same[key]), key))[:LOOKED_AT]
    found = Counter(one for key in keys for one in {kin(term, languages) for term in key})
    clusters, holding = list[_Cluster](), dict[str, set[int]]()
    for key in keys:
        weights = _weights(key, found, len(keys), languages)
        near = {one for term in weights for one in holding.get(term, ())}
        scored = [(clusters[one].likeness(weights), -one) for one in near]
        best, at = max(scored, default=(0.0, 0))
        if best < ALIKE:
            clusters.append(_Cluster())
            at = 1 - len(clusters)
        clusters[-at].add(same[key], weights)
        for term in weights:
            holding.setdefault(term, set()).add(-at)
    return clusters


def _weights(
    key: Sequence[str], found: Counter[str], count: int, languages: tuple[str, ...]
) -> dict[str, float]:
    """What the words of a question say, a vector of length 1.

    How rare they are counts as soon as there are many questions. Among few it says nothing: there short
    words say little, and so does the first one, which in most languages asks.
    """
    believed, most = min(1.0, count / 500), math.log1p(count) or 1.0
    weights: dict[str, float] = {}
    for at, term in enumerate(key):
        root = kin(term, languages)
        rare = math.log((1 + count) / found[root]) / most
        weight = _letters(term) * (1 - believed + believed * rare)
        weight *= FIRST if at == 0 and len(key) > 2 and UNSPACED.match(term) is None else 1.0
        weights[root] = max(weight, weights.get(root, 0.0))
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {root: weight / length for root, weight in weights.items()}


def _letters(term: str) -> float:
    if UNSPACED.match(term):
        return 0.5 if KANA.fullmatch(term) else 1.0
    return min(1.0, len(term) / 6) ** 2


def _gap(cluster: _Cluster, quotable: Sequence[AskedRow], search: Search | None) -> Gap:
    counted = Counter(" ".join(row.question.split())[:SHOWN] for row in quotable)
    examples = tuple(text for text, _ in counted.most_common(QUOTED))
    rows = cluster.rows
    disliked = sum(row.disliked for row in rows)
    documents, unknown = _near(examples[0], search)
    if 2 * disliked > len(rows) or (documents and documents[0].coverage >= COVERED):
        todo: Todo = "curate"
    else:
        todo = "scope" if unknown >= UNKNOWN else "document"
    return Gap(
        count=len(rows),
        refused=sum(row.route == "refused" for row in rows),
        disliked=disliked,
        unsure=sum(_unsure(row) for row in rows),
        last_at=max(row.at for row in rows),
        examples=examples,
        documents=documents,
        todo=todo,
        advice=ADVICE[todo],
    )


def _near(question: str, search: Search | None) -> tuple[tuple[Nearest, ...], float]:
    """The nearest documents that are for everybody, and the share of the words that are in none."""
    if search is None:
        return (), 0.0
    found = search.search(question, k=4 * DOCUMENTS)
    near: dict[str, Nearest] = {}
    for hit in found.hits:
        near.setdefault(hit.document, Nearest(hit.names[0], hit.title, hit.coverage))
    best = sorted(near.values(), key=lambda one: -one.coverage)[:DOCUMENTS]
    return tuple(best), found.features.unknown / (found.features.words or 1)
