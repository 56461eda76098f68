"""From accepted reviews to files that every build reads, and from there to a dataset."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import tiny as small

from chatwright.answer.changes import Change
from chatwright.core.types import Conversation, Message
from chatwright.data.dataset import Dataset, build
from chatwright.data.harvested import SOURCE, changes
from chatwright.improve.difference import difference, lines
from chatwright.improve.harvest import gather, harvest, settled
from chatwright.improve.reached import Theirs
from chatwright.improve.remains import drop_harvest
from chatwright.spec import Spec
from chatwright.store.review_records import Accepted

OLD, NEW = "Books are lent for 21 days.", "Books are lent for 28 days."


def accepted(id: str, question: str, right: str, wrong: str = "", **more: Any) -> Accepted:
    said = (Message("user", question), Message("assistant", right))
    values: dict[str, Any] = {"raters": ("visitor:a",), "owners": ("a",), "origins": ("m1",)}
    values |= {"reviewer": "account:o", "decided_at": f"2026-01-0{len(id)}"} | more
    return Accepted(id, said, wrong, question, **values)


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    """40 ways to ask for the loan period, and 200 other conversations."""
    rows = small.rows(small.conversations(200))
    for number in range(40):
        asked = f"How long for book {number}?"
        rows.append({"messages": [said("user", asked), said("assistant", OLD)]})
    path = tmp_path / "data" / "chats.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return small.spec_for(tmp_path)


def said(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def everything(dataset: Dataset) -> list[tuple[str, Conversation]]:
    return [(split, row) for split in ("train", "dev", "test") for row in dataset.rows(split)]  # type: ignore[arg-type]


def place(row: Conversation) -> tuple[str, int]:
    assert row.provenance is not None
    return row.provenance.source, row.provenance.position


def learn(spec: Spec, rows: Sequence[Accepted]) -> Dataset:
    harvest(spec, rows)
    return build(spec)


ONE = accepted("r", "How long for book 3?", NEW, OLD)


def test_without_a_harvest_the_dataset_is_what_it_was(spec: Spec) -> None:
    before = build(spec)
    assert learn(spec, []).id == before.id
    assert not list((spec.made / "harvest").glob("*.jsonl"))
    assert learn(spec, [ONE]).id != before.id
    assert learn(spec, []).id == before.id  # undone: it disappears


def test_what_changed_is_kept_for_what_quotes_documents(spec: Spec) -> None:
    assert changes(spec.made) is None
    found = harvest(spec, [ONE])
    (change,) = map(Change.of, changes(spec.made) or [])
    assert (change.old.text, change.new.text, change.new.unit) == ("21", "28", "day")
    assert list(found.changes) == changes(spec.made)
    drop_harvest(spec, Theirs(frozenset({"b"})))
    assert changes(spec.made)
    drop_harvest(spec, Theirs(frozenset({"a"})))  # who corrected it is erased
    assert changes(spec.made) == []
    harvest(spec, [ONE])
    harvest(spec, [])
    assert changes(spec.made) == []


def test_a_correction_is_learned_and_never_held_out(spec: Spec) -> None:
    dataset = learn(spec, [ONE])
    taught = [(s, row) for s, row in everything(dataset) if row.provenance.source == SOURCE]  # type: ignore[union-attr]
    assert [split for split, _ in taught] == ["train"] * spec.improve.weight
    assert {row.provenance.original_id for _, row in taught} == {"r"}  # type: ignore[union-attr]
    assert {row.messages[-1].content for _, row in taught} == {NEW}
    asked = taught[0][1].messages[0].content
    assert [s for s, row in everything(dataset) if row.messages[0].content == asked] == [
        "train"
    ] * spec.improve.weight
    about = dataset.about()["corrections"]
    assert [(one["review"], one["rows"], one["raters"]) for one in about] == [
        ("r", spec.improve.weight, ["visitor:a"])
    ]
    assert about[0]["mended"] == 40


def test_superseded_rows_say_the_right_reply_and_stay_on_their_side(spec: Spec) -> None:
    before = build(spec)
    after = learn(spec, [ONE])
    side = {place(row): split for split, row in everything(before)}
    texts = [m.content for _, row in everything(after) for m in row.messages]
    assert OLD not in texts
    for split, row in everything(after):
        if place(row)[0] != SOURCE:
            assert side[place(row)] == split
    found = difference(before, after)
    assert found.total.superseded >= 38  # two may ask what is taught, and go
    assert found.sources[SOURCE].added == 1
    assert "superseded" in next(lines(found))
    assert difference(after, after).sources == {}


def test_the_same_reviews_give_the_same_bytes(spec: Spec) -> None:
    others = [accepted("ab", "Is there tea?", "Yes, on Mondays."), ONE]
    first = harvest(spec, others)
    folder = spec.made / "harvest"
    files = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert harvest(spec, list(reversed(others))).id == first.id
    assert files == {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    assert gather(spec, [ONE]).id != first.id


def test_its_own_case_does_not_forbid_a_correction(spec: Spec) -> None:
    """The regression case asks what is taught, and says so; held-out wordings and other cases forbid."""
    path = spec.path("tests/cases.jsonl")
    path.parent.mkdir()
    held = "Up to when can I have book 7?"

    def write(**more: object) -> None:
        own = {"id": "own", "question": ONE.question, "expect": "x"} | more
        rows = [own, {"id": "held", "question": held, "expect": "x"}]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    write(trained=True)
    dataset = learn(spec, [ONE, accepted("rr", held, NEW, OLD)])
    found = {r.provenance.original_id for _, r in everything(dataset) if r.provenance}
    assert "r" in found
    assert "rr" not in found
    assert difference(None, dataset).left_out == {"rr": "too close to a test question"}
    write()
    stranger = learn(spec, [ONE])  # the case is somebody else's
    assert difference(None, stranger).left_out == {"r": "too close to a test question"}


def test_a_right_reply_that_declines_declines_wherever_it_is_said(spec: Spec) -> None:
    no = Message("assistant", "Sorry, I only answer about the library.", refused=True)
    one = replace(ONE, messages=(ONE.messages[0], no))
    said_so = [
        row for _, row in everything(learn(spec, [one])) if row.messages[0] == one.messages[0]
    ]
    assert said_so and all(row.messages[-1].refused for row in said_so)


def test_the_later_of_two_that_contradict_counts() -> None:
    early = accepted("r", "How long?", "Ten days.", decided_at="2026-01-01")
    late = accepted("s", "how  long?", "Twelve days.", decided_at="2026-01-02")
    kept, outdone = settled([late, early])
    assert [one.id for one in kept] == ["s"]
    assert outdone == [("r", "s")]


def test_a_reply_that_was_corrected_again_is_taught_as_it_is_now() -> None:
    early = accepted("r", "How long are books lent?", NEW, OLD, decided_at="2026-01-01")
    newest = NEW.replace("28", "35")
    late = accepted("s", "loan time of a book", newest, NEW, decided_at="2026-01-02")
    kept, outdone = settled([early, late])
    assert [one.messages[-1].content for one in kept] == [newest, newest]
    assert outdone == []


def test_weight_is_how_often_it_is_repeated(spec: Spec) -> None:
    heavy = spec.model_copy(update={"improve": spec.improve.model_copy(update={"weight": 7})})
    harvest(heavy, [ONE])
    three, seven = build(spec), build(heavy)
    assert seven.counts["train"] - three.counts["train"] == 4
    assert three.id != seven.id
