from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwright.knowledge.bags import Vocabulary
from chatwright.knowledge.grams import MOST, grams, key, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("When do you open?", "when do you OPEN"),
        ("  When   do\nyou open ", "When do you open!!"),
        ("Wie weit ist die Straße?", "wie weit ist die STRASSE"),
        ("Où est la bibliothèque ?", "Ou est la bibliotheque?"),
        ("ｗｉ－ｆｉ", "wi-fi"),
        ("営業時間は？", "営業 時間 は"),
        ("When dо yоu oреn", "when do you open"),  # Cyrillic letters
        ("don’t", "don't"),
    ],
)
def test_equal_keys(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("👍", "👎"),
        ("?", "!"),
        ("open now", "now open"),
        ("1.5", "15"),
        ("営業", "業営"),
        ("а я", "ая"),
    ],
)
def test_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_words_pairs_and_pieces() -> None:
    found = grams("Öffnet ihr?")
    assert words("Öffnet ihr?") == ["offnet", "ihr"]
    assert {"=offnet", "=ihr", "+offnet ihr", "~<o", "~offn", "~fnet>"} <= set(found)
    assert not {one for one in found if one[0] == "~" and len(one) - 1 > 5}


def test_scripts_without_spaces_match_by_pieces() -> None:
    one, other = set(grams("図書館の営業時間は何時ですか")), set(grams("営業時間を教えてください"))
    assert {"=営業", "=業時", "=時間", "~営業時間"} <= one & other
    assert grams("館")[0] == "=館"


def test_length_is_bounded() -> None:
    assert len(words("word " * 5000)) == MOST
    assert max(map(len, words("x" * 5000))) <= 64


@given(st.text(max_size=60))
def test_any_text_has_grams_and_a_key_that_stays(text: str) -> None:
    assert key(key(text)) == key(text)
    assert all(len(one) > 1 and one[0] in "=+~" for one in grams(text))
    if text.strip():
        assert key(text)


def test_bags_are_the_grams_of_each_text_once() -> None:
    texts = ["to be or not to be", "", "not", "to be or not to be"]
    vocabulary, bags = Vocabulary.of(texts)
    named = [{vocabulary.grams[at] for at in bags.row(row)} for row in range(len(bags))]
    assert named == [set(grams(text)) for text in texts]
    assert [len(bags.row(row)) for row in range(4)] == [len(one) for one in named]
    again = vocabulary.bags(["or else"])
    assert {vocabulary.grams[at] for at in again.row(0)} == set(grams("or else")) & set(
        vocabulary.grams
    )
    known, unknown = vocabulary.bag("or else")
    assert len(known) == len(again.row(0))
    assert "=else" in unknown
    assert "=or" not in unknown
    assert len(Vocabulary.of([])[1]) == 0
