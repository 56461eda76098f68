"""The knowledge that a running bot searches: it follows the index's current snapshot by itself.

A thread looks several times a second whether another snapshot is current, and reads what changed while the
last `Search` goes on answering. What was deleted is not found from the moment on at which it is gone from
the index, also by a `Search` that somebody still holds. It syncs nothing: see `sync.py`.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from chatwright.core.errors import ChatwrightError
from chatwright.core.types import Embedder
from chatwright.knowledge.index import Index
from chatwright.knowledge.search import Search
from chatwright.knowledge.shared import Shared
from chatwright.knowledge.snapshots import Snapshots
from chatwright.knowledge.sync import index_file
from chatwright.spec import Spec

EVERY = 0.25  # seconds between two looks

log = logging.getLogger(__name__)


class Live:
    """One per process; its threads may share it. `close()` it at the end; it is a context manager, too."""

    def __init__(
        self,
        spec: Spec,
        embedder: Embedder | None = None,
        *,
        shared: Shared | None = None,
        every: float = EVERY,
    ) -> None:
        """`shared`: where several machines have one knowledge (`shared_of`)."""
        self._path: Path = index_file(spec)
        self._languages, self._embedder, self._every = spec.bot.languages, embedder, every
        self._shared = shared
        self._index: Index | None = None
        self._file: tuple[int, int] | None = None  # which one is open: device and inode
        self._search: Search | None = None
        self._away = ""  # what was said last of a store that cannot be reached
        self._vectors: str | None = None  # changes when more of them are there
        self._left: list[Index] = []  # files that were replaced, for whoever still searches them
        self._ended, self._looked = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._follow, name="knowledge", daemon=True)
        self._thread.start()

    def current(self) -> Search | None:
        """What is to be searched now; None where nothing was ever synced. Waits for the first look alone."""
        self._looked.wait()
        return self._search

    @property
    def snapshot(self) -> str | None:
        """The id of what `current()` searches."""
        search = self.current()
        return None if search is None else search.snapshot

    @property
    def seen(self) -> str | None:
        """The same, without waiting: None before the first look."""
        search = self._search
        return None if search is None else search.snapshot

    def close(self) -> None:
        """End the thread and close the file; `current()` is None from now on."""
        self._ended.set()
        self._thread.join()
        self._search = None
        for index in (*self._left, *([] if self._index is None else [self._index])):
            index.close()
        self._left, self._index = [], None

    def __enter__(self) -> Live:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _follow(self) -> None:
        said = ""
        while not self._ended.is_set():
            try:
                self._look()
                said = ""
            except (ChatwrightError, OSError) as error:  # the last one goes on answering
                if str(error) != said:
                    log.error("The knowledge could not be read: %s", error)
                said = str(error)
            self._looked.set()
            self._ended.wait(self._every)

    def _look(self) -> None:
        if self._shared is not None:
            self._mirror(self._shared)
        try:
            about = self._path.stat()
        except FileNotFoundError:
            self._leave()
            return
        if self._file != (about.st_dev, about.st_ino):
            self._leave()
            self._index, self._file = Index(self._path), (about.st_dev, about.st_ino)
        assert self._index is not None
        now, vectors = Snapshots(self._index).current_id(), self._index.meta("vectors")
        search = self._search
        if now is None:
            self._search = None
        elif search is None or search.snapshot != now or (vectors != self._vectors):
            self._search = self._opened(self._index, now, search)
        self._vectors = vectors

    def _mirror(self, shared: Shared) -> None:
        """Bring the file up to what other machines share. What is here is searched also while they are away."""
        try:
            revision = shared.revision()
            if revision is None:
                return
            if self._index is not None and not shared.differs(self._index, revision):
                return
            index = Index(self._path)
            try:
                if shared.follow(index) and self._embedder is not None:
                    now = Snapshots(index).current_id()
                    waiting = index.without_vector(self._embedder.id, now or "")
                    for _ in index.embed(self._embedder, waiting):
                        pass
            finally:
                index.close()
            self._away = ""
        except ChatwrightError as error:
            if str(error) != self._away:
                log.error("The knowledge of other machines could not be read: %s", error)
            self._away = str(error)

    def _opened(self, index: Index, snapshot: str, before: Search | None) -> Search:
        """The search of a snapshot; of one that is like the last one only what is new is read."""
        reader = Index(
            self._path
        )  # for reading much: whoever searches waits for the other one alone
        try:
            if before is not None and before.alike(snapshot, reader):
                return before.following(snapshot, reader)
            return Search(
                index,
                snapshot,
                embedder=self._embedder,
                languages=self._languages,
                reader=reader,
            )
        finally:
            reader.close()

    def _leave(self) -> None:
        """The file is gone, or another one stands in its place."""
        self._search = None
        if self._index is not None:
            self._left.append(self._index)
        self._index = self._file = None
