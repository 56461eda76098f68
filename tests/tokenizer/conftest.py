"""A small tokenizer, and texts that are hard on one."""

from __future__ import annotations

import pytest

from chatwright.tokenizer import Tokenizer

CORPUS = [
    "The library opens at nine. The library closes at five.",
    "A library card is free for everyone who lives in town.",
    "Where is the library? The library is on Main Street.",
    "Caf\u00e9 caf\u00e9 na\u00efve \u00fcber \u6f22\u5b57 \u6f22\u5b57",
] * 5

NASTY = [
    "",
    " ",
    "  leading and trailing  ",
    "\n\n\t x \r\n y \r",
    "e\u0301 \u00e9 \ufb01 \u1e9e",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2764\ufe0f",
    "\u202eabc\u202c \u0627\u0644\u0633 \u0915\u094d\u0937",
    "\ufeff\u00a0\u2028\u2029\x00\x07\x7f\ufffd\U0010ffff",
    "don't WE'LL I'd",
    "12345 6.7e-8 \u0663\u0664",
    "{{ user }} {% x %} <|im_end|> [INST] </s>",
    "a" * 300,
]


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer.learn(CORPUS, 512)
