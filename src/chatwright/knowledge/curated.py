"""The curated answers that a running bot gives: what was edited anywhere counts for the next message here.

Before each match the store is asked for its newest revision, one row by its key; only when there is another one
are the answers read. Of many questions those that are new are matched beside the old ones until all of them are
made anew, in the background. While the store is away the last answers go on. It does not decide whether a match
is good enough, and changes nothing (`curating.py`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy.exc import SQLAlchemyError

from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Embedder, Source
from chatwright.knowledge.curating import bare, same
from chatwright.knowledge.variants import LOOKED_AT, Near, Variants, embed
from chatwright.store.curated import CuratedRows
from chatwright.store.curated_records import CuratedRecord
from chatwright.store.database import Database
from chatwright.store.stamps import now

WAIT = 2.0  # seconds that a message waits for the newest answers; then the last known ones serve
AWAY = 1.0  # seconds for which nobody asks again after the store could not be asked
LONGEST = 2_000  # characters: twice what a curated question may have; longer messages match nothing
AT_ONCE = 64  # questions whose vectors are worth waiting for; more are made in the background
FEW = 1_000  # questions that are made anew at every edit: some hundredths of a second
BESIDE = 300  # new ones that are matched beside the others meanwhile
BACKGROUND = (
    500  # of the others, from which it is seen which words are common, so that both compare
)

Floats = npt.NDArray[np.float32]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Match:
    """An answer, by that of its questions that is most alike. `margin`: how much more alike that is than the
    best question of any answer with another text; below 0 where another is better. `cosine` is None without
    vectors."""

    id: str
    text: str
    question: str
    likeness: float
    margin: float
    exact: bool
    cosine: float | None
    sources: tuple[Source, ...] = ()
    revision: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Questions, as they were written, with the answers they have, made ready for matching."""

    pairs: tuple[tuple[str, str], ...]  # id of the answer, question
    variants: Variants
    complete: bool  # has the vectors that it should have


@dataclass(frozen=True, slots=True)
class _View:
    """The answers of one revision that are in force until `until`, and parts that hold their questions, beside
    some that they do not have any more."""

    number: int
    id: str | None
    records: Sequence[CuratedRecord]  # all that are active, in force or not
    by_id: dict[str, CuratedRecord]
    parts: tuple[_Part, ...]
    until: str  # when another answer begins or ends; empty: never
    whole: bool = True  # one part, without other questions

    @property
    def complete(self) -> bool:
        return self.whole and all(part.complete for part in self.parts)


class Curated:
    """One per process and bot; its threads may share it. `match` and `revision` ask the store: call them where
    waiting for milliseconds does no harm, which is not on an event loop. `close()` it at the end."""

    def __init__(self, store: Database, bot_name: str, embedder: Embedder | None = None) -> None:
        self._rows, self._bot, self._embedder = CuratedRows(store, same), bot_name, embedder
        self._view: _View | None = None
        self._base: _Part | None = None  # the last one that was made of all questions
        self._vectors: dict[str, Floats] = {}
        self._beside: threading.Thread | None = None  # makes vectors, or a new base
        # One thread asks; whoever comes while it is at it shares the one question after that.
        self._asker = ThreadPoolExecutor(1, thread_name_prefix="curated")
        self._lock = threading.Lock()
        self._queued: Future[None] | None = None
        self._late = False  # somebody waited in vain, and the asker is still at it
        self._again = 0.0  # before this moment of the monotonic clock nobody asks
        self._said = ""
        self._closed = False

    @property
    def revision(self) -> str | None:
        """Equal for equal answers, on any machine; None where there are none."""
        return self._current().id

    @property
    def trouble(self) -> str:
        """Why the answers may be old, in a sentence; empty when they are not."""
        return self._said

    def match(self, question: str, vector: Any = None, k: int = 5) -> list[Match]:
        """At most `k` answers, the best first; those that are over, or have not begun, are left out."""
        view, said = self._current(), bare(question)
        if not said.strip() or len(said) > LONGEST or not view.by_id:
            return []
        at, beyond = now(), 0.0
        found = list[tuple[Near, str]]()  # with the question as it was written
        for part in view.parts:
            known = None if part.variants.vectors is None else vector
            nears = part.variants.nearest(said, LOOKED_AT, known)
            for near in nears:
                record, asked = view.by_id.get(near.answer), part.pairs[near.row][1]
                if record and asked in record.content.questions and record.content.in_force(at):
                    found.append((near, asked))
            # Beyond these rows there may be others, which are not more alike than the last of them.
            beyond = max(beyond, nears[-1].likeness if len(nears) >= LOOKED_AT else 0.0)
        found.sort(key=lambda one: (-one[0].exact, -one[0].likeness))
        best = dict[str, tuple[Near, str]]()
        for one in found:
            best.setdefault(one[0].answer, one)
        return [_match(view, *one, best, beyond) for one in list(best.values())[:k]]

    def close(self) -> None:
        """Ask no more: the last answers stay."""
        self._closed = True
        self._asker.shutdown(wait=False, cancel_futures=True)

    # --- following the store ---

    def _current(self) -> _View:
        """What is newest now. The first time it waits for the store; later not longer than `WAIT`."""
        view = self._view
        if view is not None and (self._closed or time.monotonic() < self._again):
            return view
        asked = self._ask()
        if view is not None and self._late:
            return self._view or view
        try:
            asked.result(None if view is None else WAIT)
        except Late:
            self._late = True
        return self._view or _empty()

    def _ask(self) -> Future[None]:
        """A question to the store that has not begun yet: its answer cannot be older than the call."""
        with self._lock:
            if self._queued is None:
                self._queued = self._asker.submit(self._look)
            return self._queued

    def _look(self) -> None:
        with self._lock:
            self._queued = None
        try:
            self._follow()
            self._said = ""
        except (ChatwrightError, SQLAlchemyError) as error:
            if self._said != str(error):
                log.error("Curated answers may be old: %s", error)
            self._said = str(error)
            self._again = time.monotonic() + AWAY
            self._turn()
        finally:
            self._late = False

    def _follow(self) -> None:
        view, newest = self._view, self._rows.revision(self._bot)
        if view is None or view.number != (newest.number if newest else 0):
            revision, records = self._rows.active(self._bot)
            number, id = (revision.number, revision.id) if revision else (0, None)
            self._view = self._made(number, id, records)
        else:
            self._turn()

    def _turn(self) -> None:
        """Have those answers that are in force by now, and the vectors that are there by now."""
        view = self._view
        if view is None:
            return
        over = view.until and view.until <= now()
        if over or (not view.complete and self._beside is None):
            self._view = self._made(view.number, view.id, view.records)

    def _made(self, number: int, id: str | None, records: Sequence[CuratedRecord]) -> _View:
        at = now()
        times = [t for one in records for t in (one.content.starts_at, one.content.expires_at)]
        given = [one for one in records if one.content.in_force(at)]
        parts = self._parts([(one.id, q) for one in given for q in one.content.questions])
        return _View(
            number=number,
            id=id,
            records=records,
            by_id={one.id: one for one in given},
            parts=parts,
            until=min((t for t in times if t is not None and t > at), default=""),
            whole=len(parts) == 1
            and len(parts[0].pairs) == sum(len(one.content.questions) for one in given),
        )

    def _parts(self, pairs: list[tuple[str, str]]) -> tuple[_Part, ...]:
        """All in one; or of many, that was made already, and beside it what is new."""
        base = self._base
        if base is not None and base.complete and len(pairs) > FEW:
            had = frozenset(base.pairs)
            new = [pair for pair in pairs if pair not in had]
            if not new and len(pairs) == len(had):
                return (base,)
            if len(new) <= BESIDE:
                self._behind(self._renew, pairs)
                others = base.variants.questions
                return (base, self._part(new, others[:: 1 + len(others) // BACKGROUND]))
        self._base = self._part(pairs)
        return (self._base,)

    def _part(self, pairs: list[tuple[str, str]], background: Sequence[str] = ()) -> _Part:
        said = [bare(question) for _, question in pairs]
        vectors = self._vectors_of(said)
        embedder = None if vectors is None else self._embedder
        made = Variants(
            said,
            [id for id, _ in pairs],
            embedder=embedder,
            background=background,
            vectors=vectors,
        )
        return _Part(tuple(pairs), made, self._embedder is None or vectors is not None)

    def _renew(self, pairs: list[tuple[str, str]]) -> None:
        self._base = self._part(pairs)

    def _behind(self, work: Callable[[Any], None], given: Any) -> None:
        """Have `work` done while messages are answered, unless something is being done already."""

        def done() -> None:
            try:
                work(given)
            except Exception:  # whatever an embedder throws: words still match
                log.exception("Curated questions could not be made ready")
            finally:
                self._beside = None

        if self._beside is None:
            self._beside = threading.Thread(target=done, name="curated", daemon=True)
            self._beside.start()

    # --- vectors ---

    def _vectors_of(self, questions: list[str]) -> Floats | None:
        """[n, dimensions]; None without an embedder, and while many are still being made."""
        if self._embedder is None:
            return None
        missing = [one for one in dict.fromkeys(questions) if one not in self._vectors]
        if len(missing) > AT_ONCE:
            self._behind(self._fill, missing)
            return None
        try:
            self._embed(self._embedder, missing)
        except Exception:
            log.exception("Questions could not be embedded")
            return None
        rows = [self._vectors[one] for one in questions]
        return np.array(rows, np.float32).reshape(len(rows), self._embedder.dimensions)

    def _embed(self, embedder: Embedder, questions: Sequence[str]) -> None:
        if questions:
            made = embed(embedder, questions)
            self._vectors.update(zip(questions, made, strict=True))

    def _fill(self, questions: list[str]) -> None:
        assert self._embedder is not None
        for start in range(0, len(questions), AT_ONCE):
            if not self._closed:
                self._embed(self._embedder, questions[start : start + AT_ONCE])


def _match(
    view: _View, near: Near, asked: str, best: dict[str, tuple[Near, str]], beyond: float
) -> Match:
    record = view.by_id[near.answer]
    text = record.content.text
    others = (one.likeness for id, (one, _) in best.items() if view.by_id[id].content.text != text)
    return Match(
        id=record.id,
        text=text,
        question=asked,
        likeness=near.likeness,
        margin=near.likeness - max(others, default=min(beyond, near.likeness)),
        exact=near.exact,
        cosine=near.cosine,
        sources=tuple(Source(link.title, link.uri) for link in record.content.links),
        revision=view.id or "",
    )


def _empty() -> _View:
    return _View(0, None, (), {}, (), "")
