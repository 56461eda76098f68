"""A placeholder is one token, in text like any word; where a bot has none, it is letters."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import gguf
import pytest
import transformers
from tests.tokenizer.conftest import CORPUS, NASTY

from chatwright.core.placeholders import PLACEHOLDER, TOKENS, TYPES
from chatwright.core.types import Conversation, Message
from chatwright.engine.stream import Detokenizer
from chatwright.release.gguf import _vocabulary
from chatwright.tokenizer import KnownReply, Tokenizer
from chatwright.tokenizer.chooser import features
from chatwright.tokenizer.template import SPARE, SPECIAL_TOKENS, STRUCTURE

ENDS = {"bos": "begin", "eos": "end", "pad": "pad"}
HIDDEN = ["Write to <EMAIL_1> or <EMAIL_2>, <NAME_1>."] * 5
TEXTS = [
    "<EMAIL_1>", "to <EMAIL_1>.", "<NAME_16><NAME_1>", "<<NAME_1>>", "<EMAIL_<EMAIL_1>", "x<URL_10>y",
    "<EMAIL_11> <NAME_99999>", "<EMAIL_01> <EMAIL_0> <email_1> <EMAIL_1 > <EMAIL_1", "<LITERAL_1>",
    "<|end|><EMAIL_1><|assistant|>", "\u00e9<TIME_3>\U0001f600", *NASTY,
]  # fmt: skip


@pytest.fixture(scope="module")
def named() -> Tokenizer:
    known = [KnownReply("I wrote to <EMAIL_1>.")]
    return Tokenizer.learn([*CORPUS, *HIDDEN], 512, known, placeholders=True)


def test_the_tokens_are_named_once_and_there_are_enough_to_name() -> None:
    assert len(set(TOKENS)) == len(TOKENS) <= SPARE
    assert {PLACEHOLDER.fullmatch(token) is None for token in TOKENS} == {False}
    assert {token[1:].split("_")[0] for token in TOKENS} == set(TYPES)


def test_each_is_one_token_that_is_text(named: Tokenizer) -> None:
    assert named.placeholders
    for token in TOKENS:
        (index,) = named.encode(token)
        assert index not in named.special
        assert named.token_bytes()[index] == token.encode()
        assert named.decode([index]) == token
        assert named.size_of([index]) == len(token)
    assert len({named.encode(token)[0] for token in TOKENS}) == len(TOKENS)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_with_them_comes_back(named: Tokenizer, text: str) -> None:
    ids = named.encode(text)
    assert named.decode(ids) == text
    assert b"".join(named.token_bytes()[i] for i in ids) == text.encode()
    assert not named.special & set(ids)
    places = {named.encode(token)[0] for token in TOKENS}
    wanted = [p for p in PLACEHOLDER.findall(text) if p in TOKENS]
    assert [named.decode([i]) for i in ids if i in places] == wanted


def test_a_higher_number_is_spelled(named: Tokenizer) -> None:
    assert len(named.encode("<EMAIL_11>")) > 1


def test_no_merge_is_spent_on_their_letters(named: Tokenizer) -> None:
    assert not [t for t in named._rust.get_vocab() if "EMA" in t and t not in TOKENS]


def test_in_pieces_as_the_engine_sends_them(named: Tokenizer) -> None:
    chance = random.Random(0)
    for _ in range(100):
        text = "".join(chance.choices(TEXTS, k=4))
        ids, stream, shown = named.encode(text), Detokenizer(named.token_bytes()), ""
        while ids:
            size = chance.randint(1, 3)
            shown += stream.push(ids[:size])
            ids = ids[size:]
        assert shown + stream.finish() == text


def test_prompt_and_training_have_them_alike(named: Tokenizer) -> None:
    talk = Conversation(
        (Message("user", "Write to <EMAIL_1>!"), Message("assistant", "I wrote to <EMAIL_1>."))
    )
    whole = named.render(talk)
    token = named.encode("<EMAIL_1>")[0]
    assert whole.ids.count(token) == 2
    assert whole.learn[len(whole) - 1 - whole.ids[::-1].index(token)], (
        "the model learns to write it"
    )
    assert whole.named, "known with its placeholder"
    prompt = named.render(talk.before(1), open_reply=True).ids
    assert whole.ids[: len(prompt)] == prompt
    assert "w email_1" in features(talk.messages[:1])


def test_other_programs_say_the_same(named: Tokenizer, tmp_path: Path) -> None:
    named.save(tmp_path, 256)
    loaded = Tokenizer.load(tmp_path)
    assert loaded.placeholders and loaded.special == named.special
    peer = transformers.AutoTokenizer.from_pretrained(tmp_path)
    harmless = [text for text in TEXTS if "<|" not in text]
    for text in harmless:
        assert loaded.encode(text) == peer.encode(text, add_special_tokens=False)
        assert peer.decode(loaded.encode(text)) == text
        assert peer.decode(loaded.encode(text), skip_special_tokens=True) == text
    said = tuple(Message("assistant" if n % 2 else "user", t) for n, t in enumerate(harmless))
    talk = Conversation((*said, Message("user", "ok"), Message("assistant", named.known[0].text)))
    messages = [{"role": m.role, "content": m.content} for m in talk.messages]
    theirs = peer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
    assert theirs == named.render(talk, open_reply=True).ids


class Kinds:
    """Takes what a GGUF writer is told of the tokens."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return lambda value: self.told.__setitem__(name, value)


def test_gguf_has_them_as_tokens_that_are_found_in_text(named: Tokenizer, tmp_path: Path) -> None:
    named.save(tmp_path, 256)
    values = json.loads((tmp_path / "tokenizer.json").read_text())
    values |= json.loads((tmp_path / "tokenizer_config.json").read_text())
    writer, config = Kinds(), {"vocab_size": named.padded}
    config |= {f"{n}_token_id": getattr(named, w) for n, w in ENDS.items()}
    _vocabulary(writer, config, values)
    kinds, names = writer.told["add_token_types"], writer.told["add_token_list"]
    users = [n for n, k in zip(names, kinds, strict=True) if k == gguf.TokenType.USER_DEFINED]
    assert sorted(users) == sorted(TOKENS)


def test_a_bot_without_has_none(tokenizer: Tokenizer) -> None:
    """Ids are those of before: every token that is not text is special, and what is typed is letters."""
    assert not tokenizer.placeholders
    assert [tokenizer._rust.token_to_id(t) for t in SPECIAL_TOKENS] == [*range(len(SPECIAL_TOKENS))]
    assert SPECIAL_TOKENS[: len(STRUCTURE)] == STRUCTURE and len(tokenizer.special) == 192
    for token in ("<EMAIL_1>", "<NAME_3>"):
        ids = tokenizer.encode(token)
        assert len(ids) > 1 and not tokenizer.special & set(ids)
        assert tokenizer.decode(ids) == token
