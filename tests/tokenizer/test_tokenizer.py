"""Text <-> ids: nothing is lost, nothing typed is special, saved is loaded."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.tokenizer.conftest import CORPUS, NASTY

from chatwright.core.errors import ReleaseError
from chatwright.tokenizer import Tokenizer
from chatwright.tokenizer.bpe import VOCABULARY_STEP, byte_alphabet
from chatwright.tokenizer.template import SPECIAL_TOKENS


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_comes_back(tokenizer: Tokenizer, text: str) -> None:
    ids = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert not tokenizer.special & set(ids)
    assert b"".join(tokenizer.token_bytes()[i] for i in ids) == text.encode()
    assert tokenizer.size_of(ids) == len(text.encode())


def test_random_text_comes_back(tokenizer: Tokenizer) -> None:
    rng = random.Random(0)
    kinds = [(32, 127), (0, 32), (0x80, 0x800), (0x800, 0xD800), (0x1F300, 0x1FAFF)]
    for _ in range(300):
        text = "".join(chr(rng.randrange(*rng.choice(kinds))) for _ in range(rng.randrange(20)))
        assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.mark.parametrize("token", SPECIAL_TOKENS[:12])
def test_a_special_token_typed_by_a_user_is_text(tokenizer: Tokenizer, token: str) -> None:
    for text in (token, f"a{token}b", f" {token} ", token * 3):
        ids = tokenizer.encode(text)
        assert not tokenizer.special & set(ids)
        assert tokenizer.decode(ids) == text


def test_special_tokens_are_no_text(tokenizer: Tokenizer) -> None:
    hi = tokenizer.encode("hi")
    ids = [tokenizer.begin, *hi, tokenizer.refuse, tokenizer.end, tokenizer.pad]
    assert tokenizer.decode(ids) == "hi"
    assert tokenizer.decode([len(tokenizer), tokenizer.padded + 7, *hi]) == "hi"
    assert tokenizer.size_of(ids) == 2
    assert len(tokenizer.special) == len(SPECIAL_TOKENS) == len(set(SPECIAL_TOKENS))


def test_frequent_words_become_single_tokens(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.encode(" library")) == 1
    assert len(tokenizer.encode("2024")) == 4, "digits stand alone"


def test_every_byte_has_a_token(tokenizer: Tokenizer) -> None:
    single = {piece for piece in tokenizer.token_bytes() if len(piece) == 1}
    assert single == {bytes([n]) for n in range(256)}
    assert len(set(byte_alphabet())) == 256


def test_the_vocabulary_is_as_large_as_asked_or_smaller(tokenizer: Tokenizer) -> None:
    assert len(tokenizer) == 512 == tokenizer.padded
    small = Tokenizer.learn(["a b c"], 4096)
    assert len(small) == 256 + len(SPECIAL_TOKENS)
    assert small.padded % VOCABULARY_STEP == 0 and 0 <= small.padded - len(small) < VOCABULARY_STEP
    assert small.decode(small.encode("never seen")) == "never seen"
    assert len(Tokenizer.learn([], 1000)) == len(small)


def test_the_same_texts_give_the_same_tokenizer(tmp_path: Path, tokenizer: Tokenizer) -> None:
    Tokenizer.learn(CORPUS, 512).save(tmp_path / "a", 256)
    tokenizer.save(tmp_path / "b", 256)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_saved_and_loaded_is_the_same(tmp_path: Path, tokenizer: Tokenizer) -> None:
    tokenizer.save(tmp_path / "one", 256)
    loaded = Tokenizer.load(tmp_path / "one")
    assert len(loaded) == len(tokenizer) and loaded.special == tokenizer.special
    assert loaded.token_bytes() == tokenizer.token_bytes()
    for text in (*NASTY, *CORPUS, "<|end|>"):
        assert loaded.encode(text) == tokenizer.encode(text)
    loaded.save(tmp_path / "two", 256)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("content", [None, "{", "{}", "[]"])
def test_a_broken_file_is_a_release_error(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(ReleaseError, match=r"tokenizer\.json") as caught:
        Tokenizer.load(tmp_path)
    assert caught.value.next_step


def test_somebody_else_s_tokenizer_is_refused(tmp_path: Path, tokenizer: Tokenizer) -> None:
    tokenizer.save(tmp_path, 256)
    path = tmp_path / "tokenizer.json"
    values = json.loads(path.read_text())
    values["added_tokens"] = [t for t in values["added_tokens"] if t["content"] != "<|refuse|>"]
    del values["model"]["vocab"]["<|refuse|>"]
    path.write_text(json.dumps(values))
    with pytest.raises(ReleaseError, match="lacks chatwright's special tokens"):
        Tokenizer.load(tmp_path)
