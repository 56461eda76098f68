"""The chat template: the one place that knows how a conversation becomes tokens.

    <|begin|> { <|role|> content <|end|> }*            a conversation
    ... <|assistant|>                                  a prompt: the model writes from here
    ... <|assistant|> <|refuse|> content <|end|>       an assistant turn that declines
    ... <|assistant|> <|reply_7|> content <|end|>      a reply that the data gives again and again
    ... Oakland<|value_10_0|> ... in <|value_10_1|>    a value that is named, and then pointed at

A reply token names a known reply before its words: which reply to give becomes one decision, taken
by one token, instead of many small ones spread over words that replies share. (PLATO, arXiv
1910.07931, puts a latent act in front of a reply; here the acts are the replies themselves.)

Training, serving and export all come through here; `jinja` says the same to other programs and a
test holds the two together, token for token. User text is encoded with the special tokens switched
off, so no message can open a role or end a turn.

A bot whose data has typed placeholders has a token for each of them, in the place of a spare one:
text, unlike the others, so every program that reads `tokenizer.json` finds it in a message. Whoever
types one is kept from it before a message comes here (`data.privacy`); where a bot has no placeholders,
there is no such token, and what was typed is letters.

Slots for evidence and tools exist already, with spare tokens behind them, so that later versions can
use them without breaking a release.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chatwright.core.types import Message, Role
from chatwright.tokenizer.pointers import Pointer, Session

BEGIN, END, PAD, REFUSE, CALL = "<|begin|>", "<|end|>", "<|pad|>", "<|refuse|>", "<|call|>"
ROLE_TOKENS: dict[Role, str] = {
    "system": "<|system|>",
    "user": "<|user|>",
    "assistant": "<|assistant|>",
    "tool": "<|tool|>",
    "evidence": "<|evidence|>",
}
STRUCTURE: tuple[str, ...] = (PAD, BEGIN, END, *ROLE_TOKENS.values(), REFUSE, CALL)
SPARE = 182
SPECIAL_TOKENS: tuple[str, ...] = (*STRUCTURE, *(f"<|spare_{n}|>" for n in range(SPARE)))

JINJA = (
    "{{- '<|begin|>' }}"
    "{%- for message in messages %}"
    "{%- if message.role == 'developer' %}{{- '<|system|>' }}"
    "{%- else %}{{- '<|' + message.role + '|>' }}{%- endif %}"
    "{%- if message.role == 'assistant' %}{% generation %}"
    "{%- if message.refused is defined and message.refused %}{{- '<|refuse|>' }}{%- endif %}"
    "@known@"
    "{{- message.content }}{{- '<|end|>' }}{% endgeneration %}"
    "{%- else %}{{- message.content }}{{- '<|end|>' }}{%- endif %}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- endif %}"
)


@dataclass(frozen=True, slots=True)
class KnownReply:
    """A reply that the data gives again and again, and whether it declines."""

    text: str
    refused: bool = False


def reply_token(number: int) -> str:
    return f"<|reply_{number}|>"


def value_token(kind: int, rank: int) -> str:
    """The pointer at a value (`pointers`)."""
    return f"<|value_{kind}_{rank}|>"


def jinja(replies: Sequence[str] = ()) -> str:
    """The same template for programs that read `tokenizer_config.json` (transformers, vLLM, ...)."""
    if not replies:
        return JINJA.replace("@known@", "")
    named = {text: reply_token(number) for number, text in enumerate(replies)}
    known = "{%- if message.content in known %}{{- known[message.content] }}{%- endif %}"
    table = f"{{%- set known = {json.dumps(named, ensure_ascii=False)} %}}"
    return table + JINJA.replace("@known@", known)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A conversation as tokens. `learn[i]` says whether token `i` is a training target.

    Where the last message is a known reply, `named` is the position behind its reply token: what
    follows there is already determined. Else 0. `pointed` are positions of pointers, with the bytes
    that each stands for. `session`, of a prompt alone, knows what the reply can point at.
    """

    ids: list[int]
    learn: list[bool]
    named: int = 0
    pointed: Mapping[int, int] = field(default_factory=dict)
    session: Session | None = None

    def __len__(self) -> int:
        return len(self.ids)


def render(
    messages: Sequence[Message],
    encode: Callable[[str], list[int]],
    token_id: Callable[[str], int],
    replies: Mapping[str, int],
    *,
    open_reply: bool,
    begun: str = "",
    session: Session | None = None,
) -> Rendered:
    """Render `messages`; with `open_reply` the prompt for the next assistant turn is appended, with the
    words `begun` that it shall begin with.

    `replies` are the known replies with their reply tokens. Targets are what an assistant writes:
    its content, its end token, `<|refuse|>`, the reply token and pointers. With a `session` values are
    pointed at.
    """
    ids, learn, named = [token_id(BEGIN)], [False], 0
    pointed: dict[int, int] = {}
    end, refuse = token_id(END), token_id(REFUSE)
    for message in messages:
        says = message.role == "assistant"
        ids.append(token_id(ROLE_TOKENS[message.role]))
        learn.append(False)
        written = [refuse] if says and message.refused else []
        known = replies.get(message.content) if says else None
        written += [] if known is None else [known]
        named = 0 if known is None else len(ids) + len(written)
        # A reply is a target, and spelled; in a prompt it is what was said before.
        content = _said(message.content, says and not open_reply, encode, token_id, session)
        first = len(ids) + len(written)
        written += [*content.ids, end]
        ids += written
        learn += [says] * len(written)
        pointed |= {first + at: size for at, size in content.pointed.items()}
        for at in content.alone:
            learn[first + at] = False
    if open_reply:
        ids.append(token_id(ROLE_TOKENS["assistant"]))
        ids += _said(begun, True, encode, token_id, session).ids
        learn += [False] * (len(ids) - len(learn))
    return Rendered(ids, learn, named, pointed, session if open_reply else None)


class Content(NamedTuple):
    """The tokens of a text; by position the bytes of each pointer, and the pointers that stand alone."""

    ids: list[int]
    pointed: dict[int, int]
    alone: list[int]


def _said(
    text: str,
    says: bool,
    encode: Callable[[str], list[int]],
    token_id: Callable[[str], int],
    session: Session | None,
) -> Content:
    if session is None:
        return Content(encode(text), {}, [])
    made = Content([], {}, [])
    for piece in session.read(text, says=says):
        if isinstance(piece, Pointer):
            made.pointed[len(made.ids)] = piece.size
            if piece.alone:
                made.alone.append(len(made.ids))
            made.ids.append(token_id(value_token(piece.kind, piece.rank)))
        elif piece:
            made.ids.extend(encode(piece))
    return made
