"""A pretrained base's tokenizer, made ours: its ids stay, what our rendering needs is added behind them.

- Words that only structure may write (`<|im_end|>`, also those that a file does not call special, such
  as `<think>`) become special tokens: typed by a user they are letters.
- No space is put in front of a text any more (SentencePiece's habit): texts are encoded in pieces, and
  what a reply begins with would depend on where it was cut. Nothing changes for byte-level tokenizers.
- A base with a chat template keeps it and gets the refusal token; one without gets our template and its
  tokens. With placeholders, each of those is a token as well.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tokenizers import AddedToken
from tokenizers import Tokenizer as Rust

from chatwright.core.placeholders import TOKENS
from chatwright.tokenizer import template
from chatwright.tokenizer.bpe import Tokenizer, chat_in

STRUCTURAL = re.compile(r"(<\S+>|\[\S+\])")
KINDS = {"normalizers", "pretokenizers"}


def adopt(folder: Path, *, placeholders: bool) -> Tokenizer:
    """The tokenizer of the base in `folder`. Raises `ChatwrightError` when it has none that we can use."""
    values = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    values |= {"truncation": None, "padding": None}
    for part in ("normalizer", "pre_tokenizer"):
        values[part] = _without_prefix(values.get(part))
    for token in values.get("added_tokens", ()):
        token["special"] = token["special"] or bool(STRUCTURAL.fullmatch(token["content"]))
    rust = Rust.from_str(json.dumps(values))
    chat = chat_in(folder, rust)
    ours = template.STRUCTURE if chat is None else (template.REFUSE,)
    rust.add_special_tokens([AddedToken(token, special=True) for token in ours])
    if placeholders:
        rust.add_tokens([AddedToken(token, special=False, normalized=False) for token in TOKENS])
    return Tokenizer(rust, chat=chat)


def _without_prefix(node: Any) -> Any:
    """The same normalizer or pre-tokenizer, putting no space in front of a text."""
    kind = node.get("type") if isinstance(node, dict) else None
    if kind == "Prepend":
        return None
    if kind == "Metaspace":
        return {**node, "prepend_scheme": "never"}
    if kind == "ByteLevel":
        return {**node, "add_prefix_space": False}
    if kind == "Sequence":
        key = next(iter(KINDS & node.keys()))
        parts = [_without_prefix(part) for part in node[key]]
        return {**node, key: [part for part in parts if part is not None]}
    return node
