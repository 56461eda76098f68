"""Live knowledge: it follows what is synced by itself, and what is deleted is never found again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.knowledge.conftest import House, Letters

from chatwright.knowledge import Live, Search

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


FRUITS = (
    "apple",
    "pear",
    "plum",
    "fig",
    "cherry",
    "quince",
    "medlar",
    "sloe",
    "rowan",
    "hip",
    "grape",
)


def texts(rng: random.Random) -> str:
    said = [" ".join(rng.choices(FRUITS, k=rng.randint(3, 30))) + "." for _ in range(3)]
    return f"# {rng.choice(FRUITS)}s\n\n" + "\n\n## More\n\n".join(said)


@pytest.mark.parametrize("vectors", [False, True])
def test_what_was_followed_is_what_would_be_read_anew(
    house: House, letters: Letters, vectors: bool
) -> None:
    """Twenty rounds of changes: every score, order and feature as of a search that is opened now."""
    embedder = letters if vectors else None
    rng = random.Random(3)
    house.tables = {"access": {"s": "staff"}}
    names = [f"{one}{n}__md" for n in range(12) for one in "as"]
    house.write(**{name: texts(rng) for name in names})
    house.sync(embedder=embedder)
    search = Search.current(house.index, embedder=embedder)
    for turn in range(20):
        for name in rng.sample(names, rng.randint(1, 4)):
            if rng.random() < 0.4:
                house.path(name).unlink(missing_ok=True)
            else:
                house.write(**{name: texts(rng) + (f" new{turn}" if turn % 3 else "")})
        now = house.sync(embedder=embedder, fewer=True).snapshot
        search = search.following(now)
        again = Search.current(house.index, embedder=embedder)
        assert len(search) == len(again)
        for question in ("apple pears", "figs and sloes", "new3", f"new{turn} plum", "aple tart"):
            for access in ((), ("staff",)):
                one, other = (s.search(question, 8, access) for s in (search, again))
                assert one.features == other.features
                assert [(h.names, h.score, h.bm25) for h in one.hits] == [
                    (h.names, h.score, h.bm25) for h in other.hits
                ]


def test_vectors_that_come_later_are_used(house: House, letters: Letters) -> None:
    house.write(a__md="Apples.", b__md="Pears.")
    house.sync()
    with Live(house.spec, letters, every=0.05) as live:
        search = live.current()
        assert search is not None
        assert search.waiting == 2
        house.sync(embedder=letters)
        assert soon(lambda: (now := live.current()) is not None and now.waiting == 0)


def test_many_threads_search_while_it_follows(house: House) -> None:
    house.write(**{f"n{n}__md": texts(random.Random(n)) for n in range(30)})
    house.sync()
    errors: list[BaseException] = []
    ended = threading.Event()
    with Live(house.spec, every=0.01) as live:

        def ask() -> None:
            try:
                while not ended.is_set():
                    assert (search := live.current()) is not None
                    assert search.search("apple pear", 3).hits
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for turn in range(8):
            house.write(**{f"n{turn}__md": f"Turn {turn} of apple pears."})
            now = house.sync().snapshot
        assert soon(lambda: live.snapshot == now)
        ended.set()
        for thread in threads:
            thread.join()
    assert not errors
