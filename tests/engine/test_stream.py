"""Ids to text as they come: the same text however the ids are cut into pieces."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest

from chatwright.engine.stream import Detokenizer, StopStrings
from chatwright.tokenizer import Tokenizer

NASTY = [
    "",
    "plain",
    "Ünïcödé ß ẞ",
    "e\u0301a\u0308 o\u0302\u0323",  # combining marks
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",  # a family, joined by ZWJ
    "\U0001f1e9\U0001f1ea\U0001f1ef\U0001f1f5 \u2764\ufe0f \U0001f44d\U0001f3fd",
    "\u202eright to left\u202c \u0627\u0644\u0633\u0644\u0627\u0645",
    "\u6f22\u5b57\u304b\u306a \ud55c\uad6d\uc5b4",
    "\u0e01\u0e33\u0e25\u0e31\u0e07 \u0915\u094d\u0937",
    "\ufeffmark \u00a0\u2028\u2029 \x00\x07\x7f",
    "a\ufffdb",
    "<|end|><|user|>",
    "\n\n \t  x  \r\n",
    "\U0010ffff\ue000",
]
BYTES = [bytes([n]) for n in range(256)]  # id = byte: every boundary can fall inside a character
BROKEN = [
    b"\xff\xfe",
    b"a\xc3",
    b"\xc3(",
    b"\xe2\x82",
    b"\xe2\x82a",
    b"\xf0\x9f\x91",
    b"\xf0\x9f\x91\xf0\x9f\x91\x8d",
    b"\x80\x80",
    b"\xed\xa0\x80",  # a surrogate
    b"\xf5\x80\x80\x80",
    b"\xc0\xaf",  # overlong
    b"ok\xe2\x82\xacok\xe2\x82",
]


def splits(length: int) -> Iterator[list[slice]]:
    """Every way to cut a short sequence, some of a long one; the whole and single ids always."""
    yield [slice(0, length)]
    yield [slice(n, n + 1) for n in range(length)]
    rng = random.Random(length)
    ways = itertools.product((False, True), repeat=max(0, length - 1))
    if length > 8:
        ways = iter([tuple(rng.random() < 0.4 for _ in range(length - 1)) for _ in range(20)])
    for cuts in ways:
        at = [0, *(n for n, cut in enumerate(cuts, 1) if cut), length]
        yield [slice(low, high) for low, high in itertools.pairwise(at)]


def streamed(table: Sequence[bytes], ids: Sequence[int], cut: Sequence[slice]) -> str:
    detokenizer = Detokenizer(table)
    return "".join(detokenizer.push(ids[piece]) for piece in cut) + detokenizer.finish()


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_pieces_of_text_join_to_the_whole(text: str) -> None:
    ids = list(text.encode())
    assert all(streamed(BYTES, ids, cut) == text for cut in splits(len(ids)))


@pytest.mark.parametrize("data", BROKEN, ids=ascii)
def test_broken_utf8_is_replaced_the_same_way_however_cut(data: bytes) -> None:
    whole = data.decode("utf-8", errors="replace")
    assert all(streamed(BYTES, list(data), cut) == whole for cut in splits(len(data)))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.learn([*NASTY, "plain words of plain people"] * 4, 560)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_incremental_is_batch_with_a_real_tokenizer(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text)
    table = tokenizer.token_bytes()
    assert tokenizer.decode(ids) == text
    assert all(streamed(table, ids, cut) == text for cut in splits(len(ids)))


def test_incremental_is_batch_for_any_ids(tokenizer: Tokenizer) -> None:
    """Ids as an untrained model writes them: broken characters, special tokens, padding rows."""
    rng, table = random.Random(0), tokenizer.token_bytes()
    for _ in range(300):
        ids = [rng.randrange(tokenizer.padded + 5) for _ in range(rng.randrange(1, 12))]
        batch = tokenizer.decode(ids)
        assert all(streamed(table, ids, cut) == batch for cut in splits(len(ids))), ids


def test_no_part_of_a_character_is_ever_shown() -> None:
    detokenizer = Detokenizer(BYTES)
    shown = [detokenizer.push([byte]) for byte in "\U0001f44d!".encode()]
    assert shown == ["", "", "", "\U0001f44d", "!"]
    assert detokenizer.finish() == ""


# --- stop strings --------------------------------------------------------------------------------

STOPS = [
    ("Hello STOP world", ("STOP",)),
    ("STOP", ("STOP",)),
    ("nothing here", ("STOP",)),
    ("almost STO", ("STOP",)),
    ("SSTSTOSTOP!", ("STOP",)),
    ("aaab", ("aab",)),
    ("one\n\ntwo", ("\n\n",)),
    ("one\ntwo", ("\n\n",)),
    ("xabcd", ("abcd", "c")),
    ("xabcd", ("c", "abcd")),
    ("xabcd", ("bcd", "abcd")),
    ("xyz", ("", "y")),
    ("xyz", ()),
    ("\U0001f44d\u200d\U0001f44dz", ("\u200d\U0001f44d",)),
]


def first_stop(text: str, stops: Sequence[str]) -> str | None:
    """What comes before the stop string that is complete first; of several, the longest."""
    for end in range(1, len(text) + 1):
        done = [stop for stop in stops if stop and text[:end].endswith(stop)]
        if done:
            return text[: end - max(map(len, done))]
    return None


@pytest.mark.parametrize(("text", "stops"), STOPS, ids=ascii)
def test_text_ends_before_the_first_stop_however_cut(text: str, stops: tuple[str, ...]) -> None:
    wanted = first_stop(text, stops)
    for cut in splits(len(text)):
        cutter = StopStrings(stops)
        shown = [cutter.push(text[piece]) for piece in cut]
        shown.append(cutter.finish())
        assert "".join(shown) == (text if wanted is None else wanted), [text[c] for c in cut]
        assert cutter.hit is (wanted is not None)


def test_random_stops_however_cut() -> None:
    rng = random.Random(0)
    for _ in range(400):
        text = "".join(rng.choices("ab\n", k=rng.randrange(0, 8)))
        stops = tuple("".join(rng.choices("ab\n", k=rng.randrange(1, 4))) for _ in range(2))
        wanted = first_stop(text, stops)
        for cut in splits(len(text)):
            cutter = StopStrings(stops)
            got = "".join(cutter.push(text[piece]) for piece in cut) + cutter.finish()
            assert got == (text if wanted is None else wanted), (text, stops, cut)


def test_what_cannot_be_a_stop_is_shown_at_once() -> None:
    cutter = StopStrings(("STOP",))
    assert cutter.push("Hello S") == "Hello "
    assert cutter.push("un") == "Sun"
    assert cutter.push(" STOP more") == " "
    assert cutter.push("anything") == "" and cutter.finish() == ""


def test_a_stop_across_characters_and_chunks() -> None:
    """Detokenizer and stop strings together, as the engine uses them, byte by byte."""
    detokenizer, cutter = Detokenizer(BYTES), StopStrings(("\u2764\ufe0f.",))
    shown = [cutter.push(detokenizer.push([b])) for b in "a \u2764 b \u2764\ufe0f. c".encode()]
    assert "".join(shown) + cutter.finish() == "a \u2764 b "
    assert cutter.hit
