"""A conversation as pieces that fit the context, where a pretrained base's own template renders it.

Such a template may open a conversation with more than one token, and may write a reply otherwise once
others follow; so every piece is rendered by itself, as it would be in serving, instead of cut out.
"""

from __future__ import annotations

from chatwright.core.types import Conversation
from chatwright.tokenizer import Rendered, Tokenizer
from chatwright.tokenizer.pointers import Blind


def rendered_turns(
    conversation: Conversation, tokenizer: Tokenizer, context: int, *, blind: Blind | None = None
) -> list[Rendered]:
    """Pieces that together learn every reply; an exchange longer than `context` is cut at its end.

    Where the template shows earlier replies otherwise than it asks for them, each reply has a piece of
    its own with the exchanges before it, the oldest left out where they do not fit, as in serving.
    """
    messages = conversation.messages
    whole = tokenizer.render(conversation, blind=blind)
    replies = sum(message.role == "assistant" for message in messages)
    ends = sum(
        token == tokenizer.end for token, learn in zip(whole.ids, whole.learn, strict=True) if learn
    )
    if ends == replies and len(whole) <= context:
        return [whole]
    starts = [n for n, message in enumerate(messages) if message.role == "user"] or [0]
    head, bounds = messages[: starts[0]], [*starts, len(messages)]

    def piece(first: int, last: int) -> Rendered:
        said = messages[bounds[first] : bounds[last]]
        return tokenizer.render(Conversation((*head, *said)), blind=blind)

    made, first = [], 0
    for last in range(1, len(bounds)):
        now = piece(first, last)
        if ends < replies:
            while len(now) > context and first < last - 1:
                first += 1
                now = piece(first, last)
            made.append(now)
        elif len(now) > context and first < last - 1:
            made.append(piece(first, last - 1))
            first = last - 1
    if ends == replies:
        made.append(piece(first, len(bounds) - 1))
    cut = [Rendered(one.ids[:context], one.learn[:context]) for one in made]
    return [one for one in cut if any(one.learn)]
