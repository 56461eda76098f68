"""Batches made ahead: the same, in the same order; errors arrive; nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count, islice

import pytest

from chatwright.training.ahead import ahead


def running() -> int:
    return sum(thread.name == "batches" for thread in threading.enumerate())


def test_the_same_in_the_same_order() -> None:
    with ahead(iter(range(100)), depth=3) as values:
        assert list(values) == list(range(100))
    assert not running()


def test_an_error_comes_in_its_place() -> None:
    def broken() -> Iterator[int]:
        yield from (1, 2)
        raise ValueError("row 3")

    with pytest.raises(ValueError, match="row 3"), ahead(broken()) as values:
        assert [next(values), next(values)] == [1, 2]
        next(values)
    assert not running()


def test_who_leaves_early_leaves_no_thread() -> None:
    made = []

    def endless() -> Iterator[int]:
        for value in count():
            made.append(value)
            yield value

    with pytest.raises(KeyError), ahead(endless(), depth=2) as values:
        assert list(islice(values, 5)) == [0, 1, 2, 3, 4]
        raise KeyError
    assert not running()
    assert len(made) <= 5 + 2 + 2  # never far ahead
