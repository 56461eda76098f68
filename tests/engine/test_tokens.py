"""Tokens that are let out with the text they are of: put together they are that text, however it is cut."""

from __future__ import annotations

import random

import pytest
from tests.engine.test_stream import BROKEN, BYTES, NASTY

from chatwright.core.types import Conversation, Message, Sampling, Token
from chatwright.data.privacy import Redactor
from chatwright.engine.stream import Detokenizer, Wording
from chatwright.spec.spec import Privacy
from chatwright.tokenizer import Tokenizer


def told(
    table: list[bytes], ids: list[int], sampling: Sampling, restorer: object = None, size: int = 1
) -> tuple[str, list[Token], int]:
    """(text, tokens, ids taken) as chunks bring them, each checked against what was shown so far."""
    wording = Wording(Detokenizer(table), sampling, restorer)  # type: ignore[arg-type]
    text, tokens, taken = "", [], 0
    for at in range(0, len(ids), size):
        some = ids[at : at + size]
        count, shown, found = wording.push(some, [-float(index) for index in some])
        taken, text, tokens = taken + count, text + shown, [*tokens, *found]
        # Never a token of what is not shown yet.
        assert text.encode("utf-8", "replace").startswith(joined(tokens).encode()[:-3])
        if wording.stopped:
            break
    rest, more = wording.finish()
    return text + rest, [*tokens, *more], taken


def joined(tokens: list[Token]) -> str:
    return b"".join(token.bytes for token in tokens).decode("utf-8", "replace")


@pytest.mark.parametrize("raw", [*(t.encode() for t in NASTY), *BROKEN], ids=repr)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_bytes_are_those_of_the_text(raw: bytes, size: int) -> None:
    text, tokens, taken = told(BYTES, list(raw), Sampling(logprobs=True), size=size)
    assert text == raw.decode("utf-8", "replace")
    assert b"".join(token.bytes for token in tokens) == raw
    assert [token.logprob for token in tokens] == [-float(byte) for byte in raw]
    assert taken == len(raw)


@pytest.mark.parametrize("text", [text for text in NASTY if text])
def test_a_stop_string_cuts_them_where_it_cuts_the_text(text: str) -> None:
    rng = random.Random(text)
    raw = text.encode("utf-8", "surrogatepass")
    table = [raw[a:b] for a in range(len(raw)) for b in range(a + 1, min(a + 5, len(raw)) + 1)]
    where = [(a, b) for a in range(len(raw)) for b in range(a + 1, min(a + 5, len(raw)) + 1)]
    for _ in range(40):
        ids, at = [], 0
        while at < len(raw):
            index = rng.choice([n for n, (a, _) in enumerate(where) if a == at])
            ids.append(index)
            at = where[index][1]
        start = rng.randrange(len(text))
        stop = text[start : start + rng.randint(1, 3)]
        for stops in ((stop,), (stop, "zz"), ("never",)):
            asked = Sampling(logprobs=True, stop=stops)
            shown, tokens, _ = told(table, ids, asked)
            plain, none, _ = told(table, ids, Sampling(stop=stops))
            assert shown == plain == (text if "never" in stops else text.split(stop)[0])
            assert joined(tokens) == shown
            assert not none


@pytest.mark.parametrize("size", [1, 2, 7, 100])
@pytest.mark.parametrize("stop", [(), ("@",), ("example", "x"), ("To",)])
def test_a_placeholders_token_is_the_value_in_its_place(size: int, stop: tuple[str, ...]) -> None:
    texts = (
        "To <EMAIL_1>, x <EMAIL_9> < b <EM",
        "<NAME_1",
        "<EMAIL_1>",
        "caf\u00e9 <EMAIL_1>\u00e9",
    )
    whole = Tokenizer.learn(["To x", "a < b", "caf\u00e9"], 512, placeholders=True)
    letters = Tokenizer.learn(["To x", "a < b", "caf\u00e9"], 512)
    for tokenizer in (whole, letters):
        for said in texts:
            session = Redactor(Privacy(placeholders=True)).session()
            session.hide(Conversation((Message("user", "jane@example.com"),)))
            ids, table = tokenizer.encode(said), tokenizer.token_bytes()
            asked = Sampling(logprobs=True, stop=stop)
            shown, tokens, _ = told(table, ids, asked, session.stream(), size)
            plain, _, _ = told(table, ids, Sampling(stop=stop), session.stream(), size)
            assert shown == plain == joined(tokens)
            if not stop:
                assert len(tokens) == len(ids)
                assert "jane@example.com" in shown or "<EMAIL_1>" not in said
