"""The chat template: the one place that knows how a conversation becomes tokens.

    <|begin|> { <|role|> content <|end|> }*            a conversation
    ... <|assistant|>                                  a prompt: the model writes from here
    ... <|assistant|> <|refuse|> content <|end|>       an assistant turn that declines

Training, serving and export all come through here; `JINJA` says the same to other programs and a
test holds the two together, token for token. User text is encoded with the special tokens switched
off, so no message can open a role or end a turn.

Slots for evidence, tools and typed placeholders exist already, with spare tokens behind them, so
that later versions can use them without breaking a release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chatwright.core.types import Message, Role

BEGIN, END, PAD, REFUSE, CALL = "<|begin|>", "<|end|>", "<|pad|>", "<|refuse|>", "<|call|>"
ROLE_TOKENS: dict[Role, str] = {
    "system": "<|system|>",
    "user": "<|user|>",
    "assistant": "<|assistant|>",
    "tool": "<|tool|>",
    "evidence": "<|evidence|>",
}
SPARE = 182
SPECIAL_TOKENS: tuple[str, ...] = (
    PAD,
    BEGIN,
    END,
    *ROLE_TOKENS.values(),
    REFUSE,
    CALL,
    *(f"<|spare_{n}|>" for n in range(SPARE)),
)

# The same template for programs that read `tokenizer_config.json` (transformers, vLLM, llama.cpp).
JINJA = (
    "{{- '<|begin|>' }}"
    "{%- for message in messages %}"
    "{%- if message.role == 'developer' %}{{- '<|system|>' }}"
    "{%- else %}{{- '<|' + message.role + '|>' }}{%- endif %}"
    "{%- if message.role == 'assistant' %}{% generation %}"
    "{%- if message.refused is defined and message.refused %}{{- '<|refuse|>' }}{%- endif %}"
    "{{- message.content }}{{- '<|end|>' }}{% endgeneration %}"
    "{%- else %}{{- message.content }}{{- '<|end|>' }}{%- endif %}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- endif %}"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A conversation as tokens. `learn[i]` says whether token `i` is a training target."""

    ids: list[int]
    learn: list[bool]

    def __len__(self) -> int:
        return len(self.ids)


def render(
    messages: Sequence[Message],
    encode: Callable[[str], list[int]],
    token_id: Callable[[str], int],
    *,
    open_reply: bool,
) -> Rendered:
    """Render `messages`; with `open_reply` the prompt for the next assistant turn is appended.

    Targets are what an assistant writes: its content, its end token, and `<|refuse|>`.
    """
    ids, learn = [token_id(BEGIN)], [False]
    end, refuse = token_id(END), token_id(REFUSE)
    for message in messages:
        says = message.role == "assistant"
        ids.append(token_id(ROLE_TOKENS[message.role]))
        learn.append(False)
        written = [refuse] if says and message.refused else []
        written += encode(message.content)
        written.append(end)
        ids += written
        learn += [says] * len(written)
    if open_reply:
        ids.append(token_id(ROLE_TOKENS["assistant"]))
        learn.append(False)
    return Rendered(ids, learn)
