"""Known replies: learned whole a few times a pass, else only up to the token that names them.

Help desks give one answer to hundreds of questions. Learning its text takes a few looks; learning
which questions ask for it takes all of them, and that is decided by its reply token (`template`).
So per pass an identical closing reply is kept whole a bounded number of times, and elsewhere cut
behind its reply token. Data whose replies hardly repeat have no reply tokens and stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chatwright.core.types import Conversation
from chatwright.tokenizer import Rendered

TIMES = 3  # a reply is known when the data gives it this often
SHARE = 0.5  # of all replies that the known ones must make up, or none is
MOST = 2048


def known_replies(conversations: Iterable[Conversation]) -> list[str]:
    """The texts that get a reply token, most frequent first."""
    counts = Counter(m.content for c in conversations for m in c.messages if m.role == "assistant")
    often = [(n, text) for text, n in counts.items() if n >= TIMES and text]
    known = sorted(often, key=lambda pair: (-pair[0], pair[1]))[:MOST]
    covered = sum(n for n, _ in known)
    return [text for _, text in known] if covered >= SHARE * counts.total() else []


def one_pass(conversations: Sequence[Rendered], order: Iterable[int], whole: int) -> list[Rendered]:
    """`conversations` in `order`, each known closing reply whole the first `whole` times it comes.

    `whole` 0 keeps all of them whole.
    """
    seen: Counter[int] = Counter()
    out = []
    for index in order:
        piece = conversations[index]
        if whole and piece.named:
            reply = piece.ids[piece.named - 1]
            seen[reply] += 1
            if seen[reply] > whole:
                piece = Rendered(piece.ids[: piece.named], piece.learn[: piece.named])
        out.append(piece)
    return out
