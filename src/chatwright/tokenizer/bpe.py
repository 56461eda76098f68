"""Byte-level BPE learned from the bot's own conversations (Hugging Face `tokenizers` underneath).

The split pattern is Qwen2's: digits stand alone, and every runtime that reads GGUF or
`tokenizer.json` already knows it. There is no unknown token: any byte can be written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tokenizers import Regex, decoders, pre_tokenizers
from tokenizers import Tokenizer as Rust
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

from chatwright.core.errors import ReleaseError
from chatwright.core.files import pretty_json, write_atomic
from chatwright.core.placeholders import PLACEHOLDER, TOKENS
from chatwright.core.types import Conversation
from chatwright.tokenizer import template
from chatwright.tokenizer.template import KnownReply, Rendered

# Qwen2's pattern; llama.cpp calls it "qwen2".
PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
REPLIES = "replies.json"
VOCABULARY_STEP = 64  # sizes are multiples of this: kernels like it, and nothing is lost


class Tokenizer:
    """Text <-> ids. Equal files give equal tokenizers; `save` and `load` are exact inverses."""

    def __init__(self, rust: Rust, replies: Sequence[KnownReply] = ()) -> None:
        rust.encode_special_tokens = True  # "<|end|>" typed by a user is plain text
        self._rust = rust
        tokens = (*template.STRUCTURE, *map(template.reply_token, range(len(replies))))
        found = {token: rust.token_to_id(token) for token in tokens}
        self._ids: dict[str, int] = {t: i for t, i in found.items() if i is not None}
        if len(self._ids) < len(found):
            raise ReleaseError(
                "tokenizer.json lacks chatwright's special tokens.",
                "Pack the release again with this version, or use the version that made it.",
            )
        self.begin = self._ids[template.BEGIN]
        self.end = self._ids[template.END]
        self.pad = self._ids[template.PAD]
        self.refuse = self._ids[template.REFUSE]
        added = rust.get_added_tokens_decoder().items()
        self.special = frozenset(index for index, token in added if token.special)
        self.placeholders = len(self.special) < len(added)  # a token each; else they are letters
        self.known = tuple(replies)
        self.replies = {r.text: self._ids[template.reply_token(n)] for n, r in enumerate(replies)}
        self.silent = frozenset({self.refuse, *self.replies.values()})  # written, and never shown
        self._sizes: list[int] | None = None

    @classmethod
    def learn(
        cls,
        texts: Iterable[str],
        vocabulary: int,
        replies: Sequence[KnownReply] = (),
        *,
        placeholders: bool = False,
    ) -> Tokenizer:
        """Learn merges from `texts`; `vocabulary` counts bytes, special tokens and merges.

        `replies` get a reply token each on top of that. Where the texts do not hold that many
        pairs, the vocabulary is smaller (still a multiple of 64). With `placeholders` each of
        those is one token, instead of a spare one.
        """
        named = TOKENS if placeholders else ()
        if placeholders:  # no merges for the letters of what is one token
            texts = (piece for text in texts for piece in PLACEHOLDER.split(text))
        rust = Rust(BPE())
        rust.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(PATTERN), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
        rust.decoder = decoders.ByteLevel()
        trainer = BpeTrainer(
            vocab_size=vocabulary + len(replies),
            min_frequency=2,
            special_tokens=[
                *template.STRUCTURE,
                *named,
                *template.SPECIAL_TOKENS[len(template.STRUCTURE) + len(named) :],
                *map(template.reply_token, range(len(replies))),
            ],
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        )
        rust.train_from_iterator(texts, trainer)
        return cls(_as_text(rust, named) if placeholders else rust, replies)

    def __len__(self) -> int:
        return int(self._rust.get_vocab_size())

    @property
    def padded(self) -> int:
        """Rows of the embedding: the vocabulary rounded up."""
        return -(-len(self) // VOCABULARY_STEP) * VOCABULARY_STEP

    def encode(self, text: str) -> list[int]:
        return list(self._rust.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Iterable[int]) -> str:
        """Text of `ids`; special tokens and padding rows are not text and are left out."""
        known = len(self)
        return str(self._rust.decode([i for i in ids if i < known and i not in self.special]))

    def size_of(self, ids: Iterable[int]) -> int:
        """Bytes that `ids` stand for, special tokens as none."""
        if self._sizes is None:
            self._sizes = [len(piece) for piece in self.token_bytes()]
        return sum(self._sizes[i] for i in ids)

    def token_bytes(self) -> list[bytes]:
        """The bytes that each id stands for, special tokens as none; index = id."""
        to_byte = {char: byte for byte, char in enumerate(byte_alphabet())}
        table = [b""] * len(self)
        for token, index in self._rust.get_vocab().items():
            if index not in self.special:
                table[index] = bytes(to_byte[char] for char in token)
        return table

    def opening(self, number: int) -> list[int]:
        """How the known reply `number` begins: the tokens before its text."""
        reply = self.known[number]
        return [*([self.refuse] if reply.refused else []), self.replies[reply.text]]

    def render(self, conversation: Conversation, *, open_reply: bool = False) -> Rendered:
        """The conversation as ids and loss mask; see `template.render`."""
        return template.render(
            conversation.messages,
            self.encode,
            self._ids.__getitem__,
            self.replies,
            open_reply=open_reply,
        )

    def save(self, folder: Path, context: int) -> None:
        """Write `tokenizer.json` and `tokenizer_config.json` as transformers expects them.

        `replies.json`, the known replies in the order of their tokens, is ours.
        """
        folder.mkdir(parents=True, exist_ok=True)
        config = {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": template.BEGIN,
            "eos_token": template.END,
            "pad_token": template.PAD,
            "model_max_length": context,
            "clean_up_tokenization_spaces": False,
            "chat_template": template.jinja(list(self.replies)),
        }
        write_atomic(folder / REPLIES, pretty_json([asdict(reply) for reply in self.known]))
        write_atomic(folder / "tokenizer_config.json", pretty_json(config))
        write_atomic(
            folder / "tokenizer.json", self._rust.to_str(pretty=False)
        )  # last: all is there

    @classmethod
    def load(cls, folder: Path) -> Tokenizer:
        path = folder / "tokenizer.json"
        try:
            known = folder / REPLIES
            replies = json.loads(known.read_text("utf-8")) if known.exists() else []
            return cls(Rust.from_file(str(path)), [KnownReply(**reply) for reply in replies])
        except ReleaseError:
            raise
        except Exception as error:  # tokenizers raises bare Exception for every failure
            raise ReleaseError(
                f"{path} cannot be read ({error}).", "Restore it, or train again."
            ) from error


def _as_text(rust: Rust, named: Collection[str]) -> Rust:
    """The same, with the tokens `named` found in text and decoded to it; a trainer knows special ones only."""
    values = json.loads(rust.to_str())
    for token in values["added_tokens"]:
        token["special"] = token["content"] not in named
    return Rust.from_str(json.dumps(values))


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-in for each byte; index = byte."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return [chr(byte) if byte in kept else chr(next(spare)) for byte in range(256)]
