"""Pointers: values named, pointed at, and put in again; on disk and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatwright.core.errors import ReleaseError
from chatwright.tokenizer.pointers import MISSING, NAMES, RANKS, Blind, Pointer, Pointers, family
from chatwright.tokenizer.values import Values

WORDS = "i want a table in at the for please is it good there find me or song by"
ORDINARY = frozenset(WORDS.split())
PLACE, TIME = 0, 1


def pointers() -> Pointers:
    """Two kinds: what stands after "in", and what is written like a time."""
    given = np.log(np.array([[0.9, 0.1], [0.1, 0.9]], np.float32))
    alone = np.log(np.array([0.5, 0.5], np.float32))
    names = {"-1 in": 0, "= 9:9 pm": 1}
    families = ["words", "time"]
    return Pointers(Values(ORDINARY), {"oakland": PLACE}, families, names, given, alone)


def read(text: str, *texts: str) -> list[str | Pointer]:
    session = pointers().session()
    for before in texts:
        list(session.read(before))
    return [piece for piece in session.read(text) if piece]


def test_a_value_is_spelled_once_and_then_pointed_at() -> None:
    first, second = Pointer(PLACE, 0, "Brindle", True), Pointer(PLACE, 1, "Brindle", False)
    assert read("a table in Brindle please") == ["a table in Brindle", first, " please"]
    assert read("it is in Brindle", "a table in Brindle") == ["it is in ", second]


def test_what_a_user_says_and_training_never_did_is_the_pointer_alone() -> None:
    unseen, seen = Pointer(PLACE, 0, "Brindle", False), Pointer(PLACE, 0, "Oakland", True)
    assert list(pointers().session().read("in Brindle", says=False)) == ["in ", unseen, ""]
    assert list(pointers().session().read("in Oakland", says=False)) == ["in Oakland", seen, ""]
    word = Pointer(PLACE, 0, "tabel", True)
    assert list(pointers().session().read("a tabel in", says=False)) == ["a tabel", word, " in"]
    assert next(pointers().session(Blind(1.0, 0)).read("in Oakland", says=False)) == "in "


def test_training_lets_no_reply_name_a_value_of_a_kind_of_which_one_is_hidden() -> None:
    session = pointers().session(Blind(0.0, 0))
    assert "in Oakland" in list(session.read("in Oakland"))  # a target, as long as none is hidden
    assert "in Brindle" not in list(session.read("in Brindle", says=False))
    assert list(session.read("in Corvale"))[:2] == ["in ", Pointer(PLACE, 0, "Corvale", False)]


def test_half_of_the_values_are_half_of_them_and_the_same_ones_each_time() -> None:
    names = [f"Place {number}" for number in range(1000)]
    hidden = [name for name in names if Blind(0.5, 7).hides(name)]
    assert 400 < len(hidden) < 600
    assert hidden == [name for name in names if Blind(0.5, 7).hides(name.upper())]


def test_the_last_one_named_is_number_one() -> None:
    before = ("in Brindle", "in Corvale")
    assert read("in Brindle", *before)[-1] == Pointer(PLACE, 2, "Brindle", False)
    assert read("in Brindle", *before, "in Brindle")[-1] == Pointer(PLACE, 1, "Brindle", False)


def test_more_values_than_can_be_pointed_at_are_spelled_again() -> None:
    names = [f"in Place{letter * 3}" for letter in "abcdefgh"]
    assert read(names[0], *names) == [names[0], Pointer(PLACE, 0, "Placeaaa", True)]
    assert isinstance(read(names[-RANKS], *names)[-1], Pointer)


def test_kinds_go_by_surroundings_and_are_known_for_known_values() -> None:
    assert read("at 7:30 pm")[-1] == Pointer(TIME, 0, "7:30 pm", True)
    assert read("at Oakland")[-1] == Pointer(PLACE, 0, "Oakland", True)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("San Jose", "words"),
        ("11:08 pm", "time"),
        ("4 p.m.", "time"),
        ("19:30", "time"),
        ("$1,200.50", "amount"),
        ("4.7", "number"),
        ("408-818-0710", "number"),
        ("November 22nd", "named"),
        ("12th of March", "named"),
        ("625 Nelson Road", "numbered"),
    ],
)
def test_families_are_told_from_a_value_alone(value: str, name: str) -> None:
    assert family(value) == name


def test_a_time_is_no_place_wherever_it_stands() -> None:
    assert read("in 19:30")[-1] == Pointer(TIME, 0, "19:30", True)
    older = replace(pointers(), families=["", ""])  # a model from before there were families
    assert list(older.session().read("in 19:30"))[1] == Pointer(PLACE, 0, "19:30", True)


def test_what_points_at_nothing_takes_one_of_its_family_first() -> None:
    session = pointers().session()
    for text in ("in 8:15 pm", "in Brindle"):
        list(session.read(text))
    session._order.clear()  # nothing of any kind: the family alone decides
    assert session.pointed(TIME, 1) == "8:15 pm"


def test_a_reply_points_where_its_text_would() -> None:
    session = pointers().session()
    for text in ("in Brindle", "in Corvale", "at 7:30 pm"):
        list(session.read(text))
    assert session.pointed(PLACE, 2) == "Brindle"
    assert session.pointed(PLACE, 1) == "Brindle", "it was the last one named"
    assert session.pointed(PLACE, 2) == "Corvale"
    assert session.pointed(TIME, 1) == "7:30 pm"


def test_what_points_at_nothing_takes_the_likeliest_of_the_others_or_says_so() -> None:
    session = pointers().session()
    assert session.pointed(PLACE, 1) == MISSING
    list(session.read("at 7:30 pm"))
    assert session.pointed(PLACE, 1) == "7:30 pm"


def test_a_reply_can_point_at_what_it_named_itself() -> None:
    session = pointers().session()
    session.named("find me in Brindle")
    assert session.pointed(PLACE, 1) == "Brindle"


def test_on_disk_and_back(tmp_path: Path) -> None:
    made = pointers()
    made.save(tmp_path)
    loaded = Pointers.load(tmp_path)
    assert loaded is not None
    assert loaded.values == made.values
    assert loaded.kinds == made.kinds
    assert loaded.names == made.names
    assert loaded.families == made.families
    assert np.allclose(loaded.given_FK, made.given_FK, atol=1e-3)
    assert Pointers.load(tmp_path / "none") is None
    names = json.loads((tmp_path / NAMES).read_text())
    del names["families"]
    (tmp_path / NAMES).write_text(json.dumps(names))
    older = Pointers.load(tmp_path)
    assert older is not None
    assert older.families == ["", ""]
    (tmp_path / NAMES).write_text('{"surroundings": []}')
    with pytest.raises(ReleaseError, match="cannot be read"):
        Pointers.load(tmp_path)
