"""Batches built by a thread while the step before them runs: same batches, same order.

Worth it where the device computes by itself. On a CPU the thread takes its time from the step, and
nothing is gained (DECISIONS.md), so there it is not used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Full, Queue
from typing import TypeVar

T = TypeVar("T")
DEPTH = 4  # enough to hide the packing of a pass over the data, little memory


@contextmanager
def ahead(values: Iterator[T], depth: int = DEPTH) -> Iterator[Iterator[T]]:
    """`values`, up to `depth` of them made ahead. An error in making one is raised in its place."""
    queue: Queue[tuple[T | None, BaseException | None]] = Queue(depth)
    ended = threading.Event()

    def put(value: T | None, error: BaseException | None = None) -> bool:
        while not ended.is_set():
            try:
                queue.put((value, error), timeout=0.1)
                return True
            except Full:
                continue
        return False

    def make() -> None:
        try:
            for value in values:
                if not put(value):
                    return
            put(None, StopIteration())
        except BaseException as error:
            put(None, error)

    def take() -> Iterator[T]:
        while True:
            value, error = queue.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield value  # type: ignore[misc]

    thread = threading.Thread(target=make, name="batches", daemon=True)
    thread.start()
    try:
        yield take()
    finally:
        ended.set()
        thread.join()
