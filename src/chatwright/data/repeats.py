"""Replies that occur again and again: learned whole a few times a pass, else only until they are told apart.

Help desks give one answer to hundreds of questions. Learning its text takes a few looks; learning
which questions ask for it takes all of them, and that happens in its first tokens, where it parts
from every other reply. So per pass an identical closing reply is kept whole a bounded number of
times, and elsewhere cut behind that point. On the example a pass costs half as many tokens
(DECISIONS.md, "repeated replies"). Data whose replies hardly repeat stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from chatwright.tokenizer import Rendered

BEYOND = 3  # tokens kept behind the point where a reply is told apart


class Repeats:
    """Conversations by their closing reply."""

    def __init__(self, conversations: Sequence[Rendered]) -> None:
        self._conversations = conversations
        starts = [_closing(c) for c in conversations]
        replies = [tuple(c.ids[s:]) for c, s in zip(conversations, starts, strict=True)]
        number = {reply: n for n, reply in enumerate(sorted(set(replies)))}
        apart = _apart(list(number))
        self._reply = [number[reply] for reply in replies]
        self._cut = [s + apart[n] + BEYOND for s, n in zip(starts, self._reply, strict=True)]

    def __len__(self) -> int:
        return len(self._conversations)

    def one_pass(self, order: Iterable[int], whole: int) -> list[Rendered]:
        """Conversations in `order`; each closing reply is whole the first `whole` times that it comes.

        `whole` 0 keeps all of them whole.
        """
        seen: Counter[int] = Counter()
        out = []
        for index in order:
            piece, cut = self._conversations[index], self._cut[index]
            seen[self._reply[index]] += 1
            if whole and seen[self._reply[index]] > whole and cut < len(piece):
                piece = Rendered(piece.ids[:cut], piece.learn[:cut])
            out.append(piece)
        return out


def _closing(conversation: Rendered) -> int:
    """Where the last run of targets begins, if the conversation ends with it; else its length."""
    at = len(conversation)
    while at and conversation.learn[at - 1]:
        at -= 1
    return at


def _apart(replies: list[tuple[int, ...]]) -> list[int]:
    """For each of the sorted, distinct `replies`: tokens until no other begins the same way."""
    shared = [0] * (len(replies) + 1)
    for n, (a, b) in enumerate(zip(replies, replies[1:], strict=False), 1):
        shared[n] = bisect_left(
            range(min(len(a), len(b))), True, key=lambda i, a=a, b=b: a[: i + 1] != b[: i + 1]
        )
    return [max(shared[n], shared[n + 1]) + 1 for n in range(len(replies))]
