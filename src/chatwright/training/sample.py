"""What the model would say now: one fixed question, answered greedily by the plainest of loops.

For people who watch a training. No cache, no sampling, no engine; what is served is measured elsewhere.
"""

from __future__ import annotations

import torch

from chatwright.model.decoder import Decoder
from chatwright.model.foreign import Foreign
from chatwright.tokenizer import Rendered, Tokenizer

LONGEST = 40  # tokens of a reply
PROMPT = 256  # tokens, at most; a longer first turn is not used


def opening(conversations: list[Rendered]) -> list[int]:
    """The tokens before the first reply of the first conversation that begins shortly; none: []."""
    for conversation in conversations:
        if True in conversation.learn:
            first = conversation.learn.index(True)
            if 1 < first <= PROMPT:
                return conversation.ids[:first]
    return []


@torch.no_grad()
def reply(
    decoder: Decoder | Foreign, tokenizer: Tokenizer, prompt: list[int], device: torch.device
) -> str:
    """The model's answer to `prompt`, up to its end or `LONGEST` tokens."""
    ids = list(prompt)
    room = min(LONGEST, decoder.shape.context - len(prompt))
    # Every length is another shape: compiled code would be made anew for each.
    with torch.compiler.set_stance("force_eager"):
        for _ in range(room):
            ids_BT = torch.tensor([ids], device=device)
            positions_BT = torch.arange(len(ids), device=device)[None]
            last = torch.tensor([len(ids) - 1], device=device)
            hidden = decoder.model(ids_BT, positions_BT, None, last)
            best = int(decoder.logits(hidden)[-1, : len(tokenizer)].argmax())
            if best == tokenizer.end:
                break
            ids.append(best)
    session = tokenizer.pointers.session() if tokenizer.pointers else None
    if session is not None:  # the opening is one message, in which values are named
        list(session.read(tokenizer.decode(prompt)))
    return tokenizer.decode(ids[len(prompt) :], session)
