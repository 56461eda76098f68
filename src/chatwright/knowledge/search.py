"""`search(question, k, access)`: the passages that may hold the answer, with what a router must know of them.

By words (`lexical.py`), and by vectors where there is an embedder (`dense.py`); the two orders are joined
by reciprocal ranks (Cormack et al. 2009, k = 60). Who may see what is decided before anything is counted
or ranked. It judges no answer, and neutralises nothing: passages are the documents' own words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt

from chatwright.core.errors import NotFound
from chatwright.core.types import Embedder
from chatwright.core.types import Source as Shown
from chatwright.knowledge.dense import Dense, Floats
from chatwright.knowledge.index import PLACES, Index
from chatwright.knowledge.lexical import Asked, Lexical
from chatwright.knowledge.passages import Passage
from chatwright.knowledge.snapshots import Member, Snapshots
from chatwright.knowledge.words import terms

RANKS = 60
LISTED = 50  # of each order, that are joined
WORDS = 64  # of a question, that are looked for: longer ones are rarely questions
QUOTE = 300  # characters


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `names` are the files or addresses that hold it, of those the asker may see."""

    passage: Passage
    title: str
    names: tuple[str, ...]
    document: str
    score: float  # of the joined orders; comparable within one search only
    bm25: float  # 0: no word of the question stands in it
    coverage: float  # share of the question's words in it, rare ones counting more; 0 to 1
    cosine: float | None  # None without an embedder, or without a vector yet

    def source(self) -> Shown:
        """As a reply shows it."""
        page = f"#page={self.passage.page}" if self.passage.page else ""
        title = " - ".join(dict.fromkeys((self.title, *self.passage.headings)))
        return Shown(title, self.names[0] + page, self.passage.text[:QUOTE])


@dataclass(frozen=True, slots=True)
class Features:
    """What a calibrated router learns from; all 0 where nothing was found. `first` and `second` are the best
    two passages by BM25, of documents that differ; `coverage` and `cosine` are of the first hit."""

    words: int = 0  # of the question
    unknown: int = 0  # of them, that stand in no passage
    bm25_first: float = 0.0
    bm25_second: float = 0.0
    coverage: float = 0.0
    cosine: float = 0.0
    cosine_second: float = 0.0

    @property
    def margin(self) -> float:
        """How far the best is ahead, of its own score: 0 to 1."""
        return (self.bm25_first - self.bm25_second) / self.bm25_first if self.bm25_first else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """The best passages first, and what the search knows about the whole. `snapshot` is what was searched."""

    hits: tuple[Hit, ...]
    features: Features
    snapshot: str


class Search:
    """Searches one snapshot; `current()` of an index opens the newest. Threads may share it."""

    _dense: Dense | None

    def __init__(
        self,
        index: Index,
        snapshot: str,
        *,
        embedder: Embedder | None = None,
        languages: tuple[str, ...] = ("en",),
        reader: Index | None = None,
    ) -> None:
        """`reader` is the same file opened once more: what is read here makes nobody wait who searches."""
        self._begin(index, snapshot, embedder)
        reader = reader or index
        with reader.read():  # one state of all of it
            self._documents = reader.numbers(snapshot)
            self._belong(reader)
            numbers, bodies, above = reader.rows(self._documents)
            self._numbers = np.array(numbers, np.int64)
            self._lexical = Lexical(reader.vocabulary(), bodies, above, languages)
            if embedder is not None:
                self._dense = Dense(
                    self._numbers, embedder.dimensions, self._vectors(reader), self._vectors(index)
                )

    def _begin(self, index: Index, snapshot: str, embedder: Embedder | None) -> None:
        """What is alike however the passages come."""
        self.snapshot = snapshot
        self._index = index
        self._embedder = embedder
        self._lock = threading.Lock()
        self._dense = None
        self._seen: dict[frozenset[str], npt.NDArray[np.bool_] | None] = {}

    def _belong(self, index: Index) -> None:
        """Read under which names and for whom the documents are there."""
        self._members: dict[str, list[Member]] = {}
        for one in Snapshots(index).members(self.snapshot):
            self._members.setdefault(one.document, []).append(one)

    def _vectors(self, index: Index) -> Callable[[Iterable[int]], Mapping[int, Floats]]:
        embedder = self._embedder
        assert embedder is not None
        return lambda wanted: index.vectors(embedder.id, wanted)

    @classmethod
    def current(
        cls, index: Index, *, embedder: Embedder | None = None, languages: tuple[str, ...] = ("en",)
    ) -> Search:
        """Of what was synced last; raises `NotFound` before the first `chatwright knowledge sync`."""
        snapshot = Snapshots(index).current_id()
        if snapshot is None:
            raise NotFound("There is no knowledge yet.", "Run `chatwright knowledge sync`.")
        return cls(index, snapshot, embedder=embedder, languages=languages)

    def alike(self, snapshot: str, reader: Index) -> bool:
        """Whether most of another snapshot is here already."""
        wanted = reader.numbers(snapshot).keys()
        return 2 * len(wanted & self._documents.keys()) > len(wanted)

    def following(self, snapshot: str, reader: Index | None = None) -> Search:
        """A search of another snapshot, that reads only what this one does not have already."""
        reader = reader or self._index
        new = Search.__new__(Search)
        new._begin(self._index, snapshot, self._embedder)
        with reader.read():
            new._documents = reader.numbers(snapshot)
            new._belong(reader)
            numbers, bodies, above = reader.rows(new._documents.keys() - self._documents.keys())
            gone = np.array(list(self._documents.keys() - new._documents.keys()), np.int64)
            kept = ~np.isin(self._numbers >> PLACES, gone)
            new._numbers = np.concatenate([self._numbers[kept], np.array(numbers, np.int64)])
            new._lexical = self._lexical.changed(kept, bodies, above, reader.words)
            if self._dense is not None:
                new._dense = self._dense.changed(
                    kept, new._numbers, self._vectors(reader), self._vectors(self._index)
                )
        return new

    def __len__(self) -> int:
        """Passages."""
        return len(self._numbers)

    @property
    def waiting(self) -> int:
        """Passages that have no vector yet, though there is an embedder."""
        return 0 if self._dense is None else self._dense.waiting

    def search(
        self,
        question: str,
        k: int = 5,
        access: Collection[str] = (),
        vector: Floats | None = None,
    ) -> Found:
        """At most `k` passages for somebody with the labels `access`; documents without a label are for all.

        `vector` is the question's, where the caller has it already. No hit where no word is known and no
        embedder is there; an empty knowledge finds nothing.
        """
        words = terms(question)[:WORDS]
        if vector is None and self._embedder is not None and question.strip() and len(self):
            vector = np.asarray(self._embedder.embed([question]), np.float32)[0]
        with self._lock:
            seen = self._visible(access)
            asked_terms = self._lexical.terms(words, seen)
            scores, asked = self._lexical.scores(asked_terms, seen)
            lexical = self._ordered(self._lexical.best(scores, asked_terms, LISTED))
            dense: list[tuple[int, float]] = []
            if vector is not None and self._dense is not None:
                dense = self._ordered(self._dense.best(vector, seen, LISTED))
            hits = self._hits(k, lexical, dense, asked, access)
            features = self._features(lexical, dense, asked, hits)
        return Found(hits, features, self.snapshot)

    def everything(self, access: Collection[str] = ()) -> Iterator[tuple[str, Passage]]:
        """Every passage that somebody with these labels may see, with the name of its document."""
        for document in sorted(self._members):
            if names := self._names(document, access):
                for passage in self._index.whole(document)[2]:
                    yield names[0], passage

    def _of(self, row: int) -> str:
        """The document of a passage."""
        return self._documents[int(self._numbers[row]) >> PLACES]

    def _ordered(self, found: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Best first; equals by their names: the order of rows is another one on another machine."""
        return sorted(
            found,
            key=lambda one: (
                -one[1],
                self._members[self._of(one[0])][0].name,
                int(self._numbers[one[0]]),
            ),
        )

    def _visible(self, access: Iterable[str]) -> npt.NDArray[np.bool_] | None:
        """Which rows somebody with these labels may see; None: all of them."""
        labels = frozenset(access)
        if labels not in self._seen:
            hidden = [
                number
                for number, document in self._documents.items()
                if not any(m.label in labels or not m.label for m in self._members[document])
            ]
            mask = ~np.isin(self._numbers >> PLACES, np.array(hidden, np.int64))
            if len(self._seen) > 64:
                self._seen.clear()
            self._seen[labels] = mask if hidden else None
        return self._seen[labels]

    def _hits(
        self,
        k: int,
        lexical: list[tuple[int, float]],
        dense: list[tuple[int, float]],
        asked: Asked,
        access: Collection[str],
    ) -> tuple[Hit, ...]:
        joined: dict[int, float] = {}
        for order in (lexical, dense):
            for rank, (row, _) in enumerate(order, 1):
                joined[row] = joined.get(row, 0.0) + 1 / (RANKS + rank)
        rows = sorted(joined, key=lambda row: -joined[row])[
            : max(0, k)
        ]  # stable: equals by their words
        bm25, cosine = dict(lexical), dict(dense)
        said = self._index.passages(int(self._numbers[row]) for row in rows)
        titles = self._index.titles({self._of(row) for row in rows})
        hits = []
        for row in rows:
            number, document = int(self._numbers[row]), self._of(row)
            if number not in said:
                continue  # deleted since this snapshot was opened
            names = self._names(document, access)
            hits.append(
                Hit(
                    passage=said[number][1],
                    title=titles.get(document) or PurePosixPath(names[0]).stem,
                    names=names,
                    document=document,
                    score=joined[row],
                    bm25=bm25.get(row, 0.0),
                    coverage=self._lexical.covered(row, asked),
                    cosine=cosine.get(row),
                )
            )
        return tuple(hits)

    def _names(self, document: str, access: Collection[str]) -> tuple[str, ...]:
        return tuple(m.name for m in self._members[document] if not m.label or m.label in access)

    def _features(
        self,
        lexical: list[tuple[int, float]],
        dense: list[tuple[int, float]],
        asked: Asked,
        hits: tuple[Hit, ...],
    ) -> Features:
        first = self._of_documents(lexical)
        alike = self._of_documents(dense)
        return Features(
            words=len(asked.terms),
            unknown=sum(not (term.ids or term.parts) for term in asked.terms),
            bm25_first=first[0],
            bm25_second=first[1],
            coverage=hits[0].coverage if hits else 0.0,
            cosine=alike[0],
            cosine_second=alike[1],
        )

    def _of_documents(self, order: list[tuple[int, float]]) -> tuple[float, float]:
        """The two best scores, of two documents."""
        if not order:
            return 0.0, 0.0
        best = self._of(order[0][0])
        second = next((score for row, score in order if self._of(row) != best), 0.0)
        return order[0][1], second
