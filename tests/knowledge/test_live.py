"""Live knowledge: it follows what is synced by itself, and what is deleted is never found again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.knowledge.conftest import House

from chatwright.knowledge import Live

SOON = 1.0  # seconds, in which a change must be followed


@pytest.fixture
def live(house: House) -> Iterator[Live]:
    with Live(house.spec, every=0.05) as made:
        yield made


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


def found(live: Live, question: str) -> list[str]:
    search = live.current()
    assert search is not None
    return [name for hit in search.search(question).hits for name in hit.names]


def test_without_knowledge_there_is_nothing_to_search(live: Live, house: House) -> None:
    assert live.current() is None
    assert live.snapshot is None
    assert not house.spec.made.exists()  # looking makes nothing


def test_it_follows_what_is_synced(live: Live, house: House) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    one = house.sync().snapshot
    assert soon(lambda: live.snapshot == one)
    assert found(live, "apples") == ["a.md"]
    house.write(c__md="Plums.")
    two = house.sync().snapshot
    assert soon(lambda: live.snapshot == two)
    assert found(live, "plums") == ["c.md"]
    house.snapshots.rollback()
    assert soon(lambda: live.snapshot == one)
    assert found(live, "plums") == []


def test_what_is_deleted_is_gone_at_once_from_a_search_that_is_held(
    live: Live, house: House
) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    house.sync()
    assert soon(lambda: live.current() is not None)
    held = live.current()
    assert held is not None
    house.path("a__md").unlink()
    house.sync()
    assert not held.search("apples").hits


def test_an_index_that_is_removed_and_made_again(live: Live, house: House) -> None:
    house.write(a__md="Apples.")
    house.sync()
    assert soon(lambda: live.current() is not None)
    house.index.close()
    for path in house.index.path.parent.glob("knowledge.db*"):
        path.unlink()
    assert soon(lambda: live.current() is None)
    del house._index
    house.write(a__md="Pears.")
    house.sync()
    assert soon(lambda: live.current() is not None)
    assert found(live, "pears") == ["a.md"]


def test_closing_leaves_no_thread_and_no_file(house: House) -> None:
    house.write(a__md="Apples.")
    house.sync()
    before = threading.active_count()
    live = Live(house.spec)
    assert live.current() is not None
    live.close()
    live.close()  # twice is once
    assert live.current() is None
    assert threading.active_count() == before
