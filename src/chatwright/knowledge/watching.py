"""Notices what changes in knowledge/ and syncs it, beside whatever else the process does.

It looks at the names, sizes and times of the files once or twice a second: that works on every file system,
network and container mounts among them, for which the kernel tells nothing. A file counts when two looks
found it the same; one that is being written for long does not hold the others up. Of several processes one
works, the next one when that is gone. It fetches nothing: addresses are for the clock (`sync_minutes`).
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Collection, Mapping
from contextlib import suppress

from chatwright.core.errors import ChatwrightError, DataError
from chatwright.core.types import Embedder
from chatwright.data.documents import owners_listing
from chatwright.knowledge.shared import Shared
from chatwright.knowledge.sync import Synced, index_file, scheduled
from chatwright.spec import Spec

EVERY = 0.5  # seconds between two looks
SHARE = 0.1  # of a core may go into looking: what takes longer is done less often
PATIENCE = 10.0  # seconds for which changes are waited for until nothing changes any more
WATCHER = "watcher"  # the file that the working process holds

Look = Mapping[str, tuple[int, int]]  # size and time of each file


class Watching:
    """Of one bot. `look()` belongs into one thread at a time; `close()` lets another process work."""

    def __init__(
        self,
        spec: Spec,
        *,
        embedder: Embedder | None = None,
        shared: Shared | None = None,
        every: float = EVERY,
    ) -> None:
        self._spec, self._embedder, self._every = spec, embedder, every
        self._shared = shared
        self._handle: int | None = None
        self._last: Look = {}
        self._synced: Look | None = None  # what the index was brought up to
        self._since: float | None = None  # when something differed from that first
        self.pause = every  # seconds until the next look

    def look(self, needed: Collection[str] = ()) -> Synced | None:
        """Look once, and sync where something changed and is whole; what that did, if it was done.

        `needed` as in `sync`, which also says what is raised.
        """
        begun, spent = time.monotonic(), time.thread_time()
        now = {
            name: (about.st_size, about.st_mtime_ns)
            for name, about in owners_listing(self._spec).items()
        }
        self.pause = max(self._every, (time.thread_time() - spent) / SHARE)
        last, self._last = self._last, now
        if now == (self._synced or {}):
            self._since = None
            if self._synced is not None or not index_file(self._spec).exists():
                return None
        if not self._mine():
            return None
        if self._since is None:
            self._since = begun
        unfinished = {name for name, about in now.items() if last.get(name) != about}
        moving = unfinished or last.keys() - now.keys()
        if moving and begun - self._since < PATIENCE:
            self.pause = self._every
            return None
        return self._sync(now, unfinished, needed)

    def _sync(
        self, now: Look, unfinished: Collection[str], needed: Collection[str]
    ) -> Synced | None:
        before = self._synced
        # Noted first: what is wrong with the documents is tried again when they change, not twice a second.
        self._synced = {name: about for name, about in now.items() if name not in unfinished} | {
            name: about for name, about in (before or {}).items() if name in unfinished
        }
        self._since = None
        try:
            return scheduled(
                self._spec,
                needed,
                embedder=self._embedder,
                shared=self._shared,
                web=False,
                unfinished=unfinished,
            )
        except DataError:
            raise
        except BaseException:  # a full disk, a busy file: that passes
            self._synced = before
            raise

    def _mine(self) -> bool:
        """Whether this is the process that works: of those of this machine, and of all machines."""
        if self._handle is None:
            folder = index_file(self._spec).parent
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder / WATCHER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                return False
            self._handle = handle
        return self._shared is None or self._shared.lead()

    def close(self) -> None:
        if self._handle is not None:
            if self._shared is not None:
                with suppress(ChatwrightError):  # else it is believed for some seconds more
                    self._shared.leave()
            os.close(self._handle)
            self._handle = None
