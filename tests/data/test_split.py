"""Sides that hold: when data grows, when rows repeat, when a new row is like old ones on both sides."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tests.data.making import changed, prose, rejected, said, with_data, write

from chatwright.data.dataset import SPLITS, Dataset, build
from chatwright.data.split import own_threads, sides
from chatwright.spec import Spec
from chatwright.spec.spec import Data


def placed(dataset: Dataset) -> dict[str, str]:
    return {c.messages[0].content: name for name in SPLITS for c in dataset.rows(name)}


def halves(spec: Spec) -> Spec:
    return with_data(spec, development_share=0.1, test_share=0.4)


def test_a_thread_goes_to_one_side(spec: Spec) -> None:
    rows = [said(prose(n), "yes", id=f"thread-{n // 5}#{n % 5}") for n in range(200)]
    write(spec, "data/a.jsonl", rows)
    found = placed(build(halves(spec)))
    for thread in range(40):
        assert len({found[prose(n)] for n in range(5 * thread, 5 * thread + 5)}) == 1
    assert set(found.values()) == set(SPLITS)


def test_a_chat_that_silences_cut_goes_to_one_side(spec: Spec) -> None:
    """Forty chats of an account with four conversations each, of which no reader said an id."""
    chats = []
    for chat in range(40):
        messages = [
            {
                "id": 10 * day + at,
                "type": "message",
                "date": f"2024-05-{day + 1:02}T10:0{at}:00",
                "from": who,
                "text": prose(1000 * chat + 10 * day + at, 20),
            }
            for day in range(4)
            for at, who in enumerate(("Ada", "Desk"))
        ]
        chats.append({"id": chat, "type": "personal_chat", "messages": messages})
    write(spec, "data/result.json", [json.dumps({"chats": {"list": chats}})])
    data = {"development_share": 0.1, "test_share": 0.4, "me": ["Desk"]}
    found = placed(build(with_data(spec, **data)))
    assert len(found) == 160 and set(found.values()) == set(SPLITS)
    for chat in range(40):
        asked = [prose(1000 * chat + 10 * day, 20) for day in range(4)]
        assert len({found[question] for question in asked}) == 1


def test_one_id_for_all_rows_is_no_thread(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [said(prose(n), "yes", id="chat") for n in range(100)])
    assert set(placed(build(halves(spec))).values()) == set(SPLITS)


def test_new_rows_like_old_ones_are_the_ones_that_go(spec: Spec) -> None:
    """Even when they come first in the input, and when their own hash is on another side."""
    write(spec, "data/b.jsonl", [said(prose(n), "yes") for n in range(60)])
    before = placed(build(halves(spec)))
    write(spec, "data/a.jsonl", [said(changed(prose(n), 3), "yes") for n in range(60)])
    dataset = build(halves(spec))
    assert placed(dataset) == before
    assert all(row["provenance"]["source"] == "data/a.jsonl" for row in rejected(dataset))


def test_a_row_that_joins_two_old_ones_moves_neither(spec: Spec) -> None:
    base = prose(1)
    ends = [
        changed(base, *range(10 * n, 10 * n + 5)) for n in range(6)
    ]  # 0.7 alike, 0.83 to `base`
    write(spec, "data/b.jsonl", [said(text, "yes") for text in ends])
    before = placed(build(halves(spec)))
    assert len(before) == 6 and len(set(before.values())) > 1
    write(spec, "data/a.jsonl", [said(base, "yes")])
    assert placed(build(halves(spec))) == before


def test_a_repeated_row_stays_with_its_first_thread(spec: Spec) -> None:
    write(spec, "data/b.jsonl", [said(prose(n), "yes", id=f"old-{n}") for n in range(60)])
    before = placed(build(halves(spec)))
    write(spec, "data/a.jsonl", [said(prose(n), "yes", id=f"new-{n}") for n in range(60)])
    assert placed(build(halves(spec))) == before


def test_the_ledger_is_what_does_it(spec: Spec) -> None:
    """Without it the same input is built as if it were the first."""
    write(spec, "data/b.jsonl", [said(prose(n), "yes") for n in range(60)])
    build(halves(spec))
    write(spec, "data/a.jsonl", [said(changed(prose(n), 3), "yes") for n in range(60)])
    ledger = spec.made / "datasets" / "ledger"
    for path in ledger.iterdir():
        path.unlink()
    assert {row["provenance"]["source"] for row in rejected(build(halves(spec)))} == {
        "data/b.jsonl"
    }


def test_near_duplicates_that_stay_are_on_one_side(spec: Spec) -> None:
    rows = [said(changed(prose(n), k), "yes") for n in range(40) for k in range(3)]
    write(spec, "data/a.jsonl", rows)
    data = {"development_share": 0.1, "test_share": 0.4, "near_duplicates": 0}
    dataset = build(with_data(spec, **data))
    found = placed(dataset)
    assert len(found) == 120 and set(found.values()) == set(SPLITS)
    for n in range(40):
        assert len({found[changed(prose(n), k)] for k in range(3)}) == 1
    assert dataset.counts["overlap"]["before"]["near"] > 0
    assert dataset.counts["overlap"]["after"]["near"] == 0


def test_sides_are_a_hash_and_nothing_else() -> None:
    places = np.arange(1000, dtype=np.uint64) * np.uint64(2**64 // 1000)
    found = sides(places, Data(development_share=0.1, test_share=0.2), False)
    assert [int((found == side).sum()) for side in (0, 1, 2)] == pytest.approx(
        [700, 100, 200], abs=1
    )
    assert set(sides(places, Data(), True).tolist()) == {0, 1}


def test_crowds_are_taken_apart() -> None:
    ids = np.arange(100, dtype=np.uint64)
    threads = np.where(ids < 30, np.uint64(7), ids // np.uint64(2) + np.uint64(1000))
    assert (own_threads(ids, threads)[:30] == ids[:30]).all()
    assert (own_threads(ids, threads)[30:] == threads[30:]).all()
