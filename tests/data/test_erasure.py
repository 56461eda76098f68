"""Erasure: who is to be forgotten is not in any dataset, and not in what we keep about it."""

from __future__ import annotations

import stat

import pytest
from tests.data.making import rejected, said, with_data, write

from chatwright.core.errors import DataError
from chatwright.data import erasure
from chatwright.data.dataset import SPLITS, build
from chatwright.spec import Spec


@pytest.mark.parametrize(
    ("identifier", "text", "found"),
    [
        ("Imka Tarvoen", "ask imka  TARVOEN's brother", True),
        ("Imka Tarvoen", "Tarvoen, Imka", False),
        ("Imka Tarvoen", "Imka said so", False),
        ("imka@tarvoen.example", "write to <Imka@Tarvoen.example>.", True),
        ("imka@tarvoen.example", "write to imka@tarvoen.example.org", False),
        ("555 0142-77", "call (555) 0142 77 now", True),
        ("555 0142-77", "call +49 555 014277", True),
        ("555 0142-77", "call 555 0142 78", False),
        ("user-8831", "by user-8831:", True),
        ("user-8831", "by user-88312", False),
        ("野中空", "昨日、野中空さんが来ました", True),
        ("野中空", "昨日、野中さんが来ました", False),
        ("ŁUKA Brzyć", "od łuka brzyć", True),
    ],
)
def test_an_identifier_is_found_as_a_whole(
    spec: Spec, identifier: str, text: str, found: bool
) -> None:
    erasure.erase(spec.made, identifier)
    tombstones = erasure.load(spec.made)
    assert tombstones is not None and tombstones.name(text) is found


def test_the_tombstone_does_not_say_who(spec: Spec) -> None:
    assert erasure.load(spec.made) is None and erasure.fingerprint(spec.made) == ""
    erasure.erase(spec.made, "Imka Tarvoen")
    erasure.erase(spec.made, "imka  tarvoen")
    folder = spec.made / "erased"
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    text = (folder / "people.jsonl").read_text()
    assert "imka" not in text.lower() and len(text.splitlines()) == 1
    key = (folder / "key").read_text()
    assert key not in repr(erasure.load(spec.made))
    erasure.erase(spec.made, "another one")
    assert (folder / "key").read_text() == key
    with pytest.raises(DataError, match="too short"):
        erasure.erase(spec.made, " . ")


def test_a_build_leaves_out_every_row_that_names_them(spec: Spec) -> None:
    rows = [
        said("I am Imka Tarvoen", "Hello."),
        said("who is there?", "Hello Imka Tarvoen."),
        said("anybody", "else", id="imka@tarvoen.example"),
        said("good day", "and to you"),
        '{"messages": "Imka Tarvoen"}',
        said("I am Imka&nbsp;Tarvoen", "Oh."),
    ]
    write(spec, "data/a.jsonl", rows)
    write(spec, "data/b.jsonl", [said("my friend Imka Tarvoen", "is welcome")])
    write(spec, "data/c.jsonl", [said("nobody", "here")])
    spec = with_data(spec, test_share=0, development_share=1e-9)
    write(spec, "knowledge/hours.md", ["# Hours", "Ask Imka Tarvoen."])
    write(spec, "bot.toml", [""])
    write(spec, "tests/cases.jsonl", [""])
    before = build(spec)
    assert before.counts["train"] == 7
    erasure.erase(spec.made, "Imka Tarvoen")
    erasure.erase(spec.made, "imka@tarvoen.example")
    dataset = build(spec)
    assert dataset.counts["train"] == 2 and dataset.counts["rejected"] == {"erased": 6}
    erased = erasure.load(spec.made)
    assert erased is not None
    assert dict(erasure.sources(spec, erased)) == {
        "data/a.jsonl": [0, 1, 2, 4, 5],
        "data/b.jsonl": [0],
        "knowledge/hours.md": [1],
    }
    assert erasure.holding(spec.made / "datasets", erased) == [before.id]
    for name in (*SPLITS, "rejected"):
        assert "imka" not in (dataset.folder / f"{name}.jsonl").read_text().lower()
    assert sorted(r["provenance"]["position"] for r in rejected(dataset)) == [0, 0, 1, 2, 4, 5]
