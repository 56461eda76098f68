"""Known replies: learned whole a few times a pass, else only up to the token that names them.

Help desks give one answer to hundreds of questions. Learning its text takes a few looks; learning
which questions ask for it takes all of them, and that is decided by its reply token (`template`).
So per pass an identical closing reply is kept whole a bounded number of times, as often cut behind
its reply token, and then left to other passes. Data whose replies hardly repeat have no reply
tokens and stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chatwright.core.types import Conversation
from chatwright.tokenizer import KnownReply, Rendered

TIMES = 3  # a reply is known when the data gives it this often
SHARE = 0.5  # of all replies that the known ones must make up, or none is
MOST = 2048


def known_replies(conversations: Iterable[Conversation]) -> list[KnownReply]:
    """The replies that get a token, most frequent first."""
    counts, refused = Counter[str](), Counter[str]()
    for conversation in conversations:
        for message in conversation.messages:
            if message.role == "assistant":
                counts[message.content] += 1
                refused[message.content] += message.refused
    often = [text for text, n in counts.items() if n >= TIMES and text]
    known = sorted(often, key=lambda text: (-counts[text], text))[:MOST]
    if sum(counts[text] for text in known) < SHARE * counts.total():
        return []
    return [KnownReply(text, 2 * refused[text] > counts[text]) for text in known]


def one_pass(conversations: Sequence[Rendered], order: Iterable[int], whole: int) -> list[Rendered]:
    """`conversations` in `order`, each known closing reply whole the first `whole` times it comes.

    Then as often only named, then left out of this pass (the chooser sees all of them). `whole` 0
    keeps all of them whole.
    """
    seen: Counter[int] = Counter()
    out = []
    for index in order:
        piece = conversations[index]
        if whole and piece.named:
            reply = piece.ids[piece.named - 1]
            seen[reply] += 1
            if seen[reply] > 2 * whole:
                continue
            if seen[reply] > whole:
                piece = Rendered(piece.ids[: piece.named], piece.learn[: piece.named])
        out.append(piece)
    return out
