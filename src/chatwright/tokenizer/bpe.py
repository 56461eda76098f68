"""Text <-> ids: byte-level BPE learned from the bot's own conversations, or a base's own (`adopt`).

Hugging Face's `tokenizers` underneath. What is learned here splits by Qwen2's pattern: digits stand
alone, and every runtime that reads GGUF or `tokenizer.json` already knows it; there is no unknown
token, any byte can be written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from tokenizers import Regex, decoders, pre_tokenizers
from tokenizers import Tokenizer as Rust
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

from chatwright.core.errors import ChatwrightError, ReleaseError, Unsupported
from chatwright.core.files import pretty_json, write_atomic
from chatwright.core.placeholders import PLACEHOLDER, TOKENS
from chatwright.core.types import Conversation
from chatwright.tokenizer import template
from chatwright.tokenizer.chat import Chat, encoded
from chatwright.tokenizer.pointers import RANKS, Blind, Place, Pointers, Session
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

    def __init__(
        self,
        rust: Rust,
        replies: Sequence[KnownReply] = (),
        chat: Chat | None = None,
        pointers: Pointers | None = None,
    ) -> None:
        rust.encode_special_tokens = True  # "<|end|>" typed by a user is plain text
        self._rust, self._chat = rust, chat
        tokens = template.STRUCTURE if chat is None else (template.REFUSE, chat.end)
        places = _places(pointers)
        tokens = (*tokens, *map(template.reply_token, range(len(replies))), *places)
        found = {token: rust.token_to_id(token) for token in tokens}
        self._ids: dict[str, int] = {t: i for t, i in found.items() if i is not None}
        if len(self._ids) < len(found):
            raise ReleaseError(
                "tokenizer.json lacks chatwright's special tokens.",
                "Pack the release again with this version, or use the version that made it.",
            )
        self.end = self._ids[template.END if chat is None else chat.end]
        self.begin = self._named(template.BEGIN, "bos_token")
        self.pad = self._named(template.PAD, "pad_token")
        self.refuse = self._ids[template.REFUSE]
        added = rust.get_added_tokens_decoder()
        self.special = frozenset(index for index, token in added.items() if token.special)
        self._text = {i: token.content for i, token in added.items() if not token.special}
        self.placeholders = TOKENS[0] in self._text.values()  # a token each; else they are letters
        self.known = tuple(replies)
        self.replies = {r.text: self._ids[template.reply_token(n)] for n, r in enumerate(replies)}
        self.pointers = pointers
        self.pointing = {self._ids[token]: place for token, place in places.items()}
        # Written, and never shown as they are.
        self.silent = frozenset({self.refuse, *self.replies.values(), *self.pointing})
        self._size = max(rust.get_vocab().values()) + 1
        self._table: list[bytes] | None = None

    @classmethod
    def learn(
        cls,
        texts: Iterable[str],
        vocabulary: int,
        replies: Sequence[KnownReply] = (),
        *,
        placeholders: bool = False,
        pointers: Pointers | None = None,
    ) -> Tokenizer:
        """Learn merges from `texts`; `vocabulary` counts bytes, special tokens and merges.

        `replies` get a reply token each on top of that, and `pointers` theirs. Where the texts do not
        hold that many pairs, the vocabulary is smaller (still a multiple of 64). With `placeholders`
        each of those is one token, instead of a spare one.
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
            vocab_size=vocabulary + len(replies) + len(_places(pointers)),
            min_frequency=2,
            special_tokens=[
                *template.STRUCTURE,
                *named,
                *template.SPECIAL_TOKENS[len(template.STRUCTURE) + len(named) :],
                *map(template.reply_token, range(len(replies))),
                *_places(pointers),
            ],
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        )
        rust.train_from_iterator(texts, trainer)
        made = _as_text(rust, named) if placeholders else rust
        return cls(made, replies, pointers=pointers)

    @property
    def own_template(self) -> bool:
        """Whether a base's chat template renders, and not ours."""
        return self._chat is not None

    def _named(self, ours: str, name: str) -> int:
        """The id of a token of our template, or of what a base's calls `name`; without one, the end."""
        token = ours if self._chat is None else self._chat.names.get(name)
        found = None if token is None else self._rust.token_to_id(token)
        return self.end if found is None else int(found)

    def __len__(self) -> int:
        return self._size

    @property
    def padded(self) -> int:
        """Rows of the embedding: the vocabulary rounded up."""
        return -(-len(self) // VOCABULARY_STEP) * VOCABULARY_STEP

    def encode(self, text: str) -> list[int]:
        return list(self._rust.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: Iterable[int], session: Session | None = None) -> str:
        """Text of `ids`; special tokens and padding rows are not text and are left out.

        What pointers stand for the `session` knows, and learns; without one they are left out too.
        """
        table, text = self.token_bytes(), b""
        for index in ids:
            if session is not None and index in self.pointing:
                text += session.put(self.pointing[index], text.decode("utf-8", "replace")).encode()
            elif index < len(table):
                text += table[index]
        return text.decode("utf-8", "replace")

    def size_of(self, ids: Iterable[int]) -> int:
        """Bytes that `ids` stand for, special tokens as none."""
        table = self.token_bytes()
        return sum(len(table[i]) for i in ids)

    def size_at(self, rendered: Rendered, positions: Iterable[int]) -> int:
        """Bytes that the tokens at `positions` stand for; of a pointer, those of its value."""
        at = list(positions)
        pointed = sum(rendered.pointed.get(position, 0) for position in at)
        return pointed + self.size_of(rendered.ids[position] for position in at)

    def token_bytes(self) -> list[bytes]:
        """The bytes that each id stands for, special tokens as none; index = id."""
        if self._table is None:
            spelled = spelling(self._rust)
            self._table = [b""] * len(self)
            for token, index in self._rust.get_vocab().items():
                if index in self._text:
                    self._table[index] = token.encode()
                elif index not in self.special:
                    self._table[index] = spelled(token)
        return self._table

    def opening(self, number: int) -> list[int]:
        """How the known reply `number` begins: the tokens before its text."""
        reply = self.known[number]
        return [*([self.refuse] if reply.refused else []), self.replies[reply.text]]

    def render(
        self,
        conversation: Conversation,
        *,
        open_reply: bool = False,
        begun: str = "",
        blind: Blind | None = None,
    ) -> Rendered:
        """The conversation as ids and loss mask; see `template.render`, and `chat` for a base's own.

        With `blind`, values are hidden as training does it (`pointers`).
        """
        messages = conversation.messages
        if self._chat is not None:
            pieces = self._chat.layout(tuple(m.role for m in messages), open_reply)
            ids, learn = encoded(pieces, messages, self.encode, self._id, self.refuse)
            more = self.encode(begun) if open_reply else []
            return Rendered([*ids, *more], [*learn, *[False] * len(more)])
        return template.render(
            messages,
            self.encode,
            self._ids.__getitem__,
            self.replies,
            open_reply=open_reply,
            begun=begun,
            session=self.pointers.session(blind) if self.pointers else None,
        )

    def takes(self, conversation: Conversation) -> bool:
        """Whether the template can say `conversation`; ours can say any."""
        try:
            self.render(conversation)
        except Unsupported:
            return False
        return True

    def _id(self, token: str) -> int:
        index = self._rust.token_to_id(token)
        assert index is not None, token
        return int(index)

    def save(self, folder: Path, context: int) -> None:
        """Write `tokenizer.json` and `tokenizer_config.json` as transformers expects them.

        `replies.json`, the known replies in the order of their tokens, is ours.
        """
        folder.mkdir(parents=True, exist_ok=True)
        chat = self._chat
        ours = {"bos_token": template.BEGIN, "eos_token": template.END, "pad_token": template.PAD}
        source = template.jinja(list(self.replies)) if chat is None else chat.source
        config = {
            "tokenizer_class": "PreTrainedTokenizerFast",
            **(ours if chat is None else chat.names),
            "model_max_length": context,
            "clean_up_tokenization_spaces": False,
            "chat_template": source,
        }
        if self.pointers is not None:
            self.pointers.save(folder)
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
            rust = Rust.from_file(str(path))
            ours = rust.token_to_id(template.BEGIN) is not None
            chat = None if ours else chat_in(folder, rust)
            known_replies = [KnownReply(**reply) for reply in replies]
            return cls(rust, known_replies, chat, Pointers.load(folder))
        except ChatwrightError:
            raise
        except Exception as error:  # tokenizers raises bare Exception for every failure
            raise ReleaseError(
                f"{path} cannot be read ({error}).", "Restore it, or train again."
            ) from error


def _places(pointers: Pointers | None) -> dict[str, Place]:
    """The tokens of `pointers`, with kind and rank."""
    kinds = range(pointers.count if pointers else 0)
    return {template.value_token(k, r): (k, r) for k in kinds for r in range(RANKS + 1)}


def _as_text(rust: Rust, named: Collection[str]) -> Rust:
    """The same, with the tokens `named` found in text and decoded to it; a trainer knows special ones only."""
    values = json.loads(rust.to_str())
    for token in values["added_tokens"]:
        token["special"] = token["content"] not in named
    return Rust.from_str(json.dumps(values))


NAMES = ("bos_token", "eos_token", "pad_token", "unk_token")


def chat_in(folder: Path, rust: Rust) -> Chat | None:
    """The chat template beside a tokenizer, in either place where transformers looks; None without one."""
    path, file = folder / "tokenizer_config.json", folder / "chat_template.jinja"
    config = json.loads(path.read_text("utf-8")) if path.exists() else {}
    source = file.read_text("utf-8") if file.exists() else config.get("chat_template")
    if isinstance(source, list):  # several, by name
        source = next((one["template"] for one in source if one["name"] == "default"), None)
    if not source:
        return None
    written = {name: config.get(name) for name in NAMES}
    names = {n: t["content"] if isinstance(t, dict) else t for n, t in written.items() if t}
    added = rust.get_added_tokens_decoder().values()
    return Chat(source, names, [token.content for token in added if token.special])


def spelling(rust: Rust) -> Callable[[str], bytes]:
    """How the tokens of `rust` spell bytes: GPT-2's alphabet, or SentencePiece's spaces and byte tokens."""
    decoder = json.loads(rust.to_str())["decoder"] or {}
    kinds = {part["type"] for part in decoder.get("decoders", [decoder]) if part}
    if "ByteLevel" in kinds:
        to_byte = {char: byte for byte, char in enumerate(byte_alphabet())}
        return lambda token: bytes(to_byte[char] for char in token)
    if kinds & {"Metaspace", "Replace"}:
        return lambda token: (
            bytes([int(token[3:5], 16)])
            if BYTE.fullmatch(token)
            else token.replace("▁", " ").encode()
        )
    raise Unsupported(
        f"The tokenizer is of a kind that is not known here ({', '.join(kinds) or 'no decoder'}).",
        "Use a base with a byte-level or a SentencePiece tokenizer.",
    )


BYTE = re.compile(r"<0x[0-9A-F]{2}>")


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-in for each byte; index = byte."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    spare = iter(range(256, 512))
    return [chr(byte) if byte in kept else chr(next(spare)) for byte in range(256)]
