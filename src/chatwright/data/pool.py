"""Where the steps of a build run: in this process, or in several. `on_ray.py` has the third place.

All of them take a function and its arguments one by one and give the results in the same order.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol, Self, TypeVar

from chatwright.core.errors import ChatwrightError

A = TypeVar("A")
B = TypeVar("B")
AHEAD = 2  # pieces of work per process that wait or run


class Pool(Protocol):
    """A context manager with one method."""

    def run(self, function: Callable[[A], B], work: Iterable[A]) -> Iterator[B]:
        """`function` of every item of `work`, in order; `work` is read as far as it is needed."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None: ...


class Here:
    """In this process, one after another."""

    def run(self, function: Callable[[A], B], work: Iterable[A]) -> Iterator[B]:
        return map(function, work)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


class Processes:
    """In `workers` processes of their own. A worker ends when this process does, however that ends."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> Self:
        context = multiprocessing.get_context("spawn")  # fork copies threads' locks, held or not
        self._executor = ProcessPoolExecutor(self.workers, context, initializer=_end_with_parent)
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def run(self, function: Callable[[A], B], work: Iterable[A]) -> Iterator[B]:
        waiting: deque[Future[B]] = deque()
        try:
            for item in work:
                waiting.append(self._executor.submit(function, item))
                if len(waiting) >= AHEAD * self.workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            raise ChatwrightError(
                "A worker process was ended from outside, most often because memory ran out.",
                "Run again: what is done is kept. `--workers 1` needs the least memory.",
            ) from None


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """A process that is killed cannot tell its workers to end: they have to notice."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
