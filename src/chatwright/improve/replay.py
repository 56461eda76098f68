"""Logged questions asked again, of the candidate and of what is served, before anybody talks to it.

Only what may be read: of people who agreed, within the time that conversations are kept, nothing of deleted
ones, of invited testers, or that the guard answered. Nothing that is said here is kept, no webhook is called;
one engine runs at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from chatwright.answer import Bot
from chatwright.answer.people import People
from chatwright.core.errors import DataError
from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.metrics import percentile, share
from chatwright.evaluation.suites import Answered, answer_all
from chatwright.store.canaries import asked_again
from chatwright.store.database import Database
from chatwright.store.stamps import stamp

CHANGED = 10  # pairs that are shown


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and both answers; `likeness` from 0 to 1."""

    question: str
    current: str
    candidate: str
    current_route: str
    candidate_route: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it. `refused` and `milliseconds` by arm; `changed`: the least alike first."""

    questions: int
    same: int
    refused: dict[str, dict[str, Any]]
    newly_refused: int
    newly_answered: int
    milliseconds: dict[str, dict[str, float]]
    changed: tuple[Pair, ...]

    def value(self) -> dict[str, Any]:
        return asdict(self)


def logged(people: People, database: Database, last: int) -> list[Conversation]:
    """The newest questions that may be read, each with what was said before it; the oldest of them first.

    Raises `DataError` where there is none.
    """
    turns = people.trainable_turns()
    days = people.spec.privacy.retention_days
    oldest = stamp(datetime.now(UTC) - timedelta(days=days)) if days else ""
    ids = [turn.message_id for turn in turns]
    paths = asked_again(database, ids, oldest, last)
    if not paths:
        raise DataError(
            "No question was logged that may be asked again: nobody agreed, or nothing was asked yet.",
            "Use the test cases: `chatwright evaluate`.",
        )
    return [
        Conversation(tuple(Message(role, text) for role, text in path if text), f"replay-{at}")
        for at, path in enumerate(paths)
    ]


def replay(
    current: Bot, candidate: Bot, questions: Sequence[Conversation], progress: Progress
) -> Replay:
    """Both bots' answers to `questions`, side by side; neither is started before, both are closed after."""
    before, after = asyncio.run(_both(current, candidate, questions, progress))
    return compare(questions, before, after)


async def _both(
    current: Bot, candidate: Bot, questions: Sequence[Conversation], progress: Progress
) -> tuple[list[Answered], list[Answered]]:
    found = []
    for name, bot in (("what is served", current), ("the candidate", candidate)):
        progress.start(f"Asking {name}", len(questions))
        try:
            await bot.start()
            found.append(await answer_all(bot, questions, progress))
        finally:
            await bot.close()
            progress.stop()
    return found[0], found[1]


def compare(
    questions: Sequence[Conversation], before: Sequence[Answered], after: Sequence[Answered]
) -> Replay:
    """The figures of two lists of answers to the same questions."""
    pairs = [
        Pair(
            asked.messages[-1].content,
            one.reply.text,
            other.reply.text,
            one.reply.route,
            other.reply.route,
            likeness(one.reply.text, other.reply.text),
        )
        for asked, one, other in zip(questions, before, after, strict=True)
    ]
    least = sorted((pair for pair in pairs if pair.likeness < 1), key=lambda pair: pair.likeness)
    n, arms = len(pairs), {"current": before, "candidate": after}
    refused = {
        name: share(sum(a.reply.route == "refused" for a in answers), n)
        for name, answers in arms.items()
    }
    return Replay(
        n,
        sum(pair.current == pair.candidate for pair in pairs),
        refused,
        sum(p.candidate_route == "refused" != p.current_route for p in pairs),
        sum(p.current_route == "refused" != p.candidate_route for p in pairs),
        {
            name: {
                f"p{q}": percentile([a.milliseconds for a in answers], q / 100) for q in (50, 90)
            }
            for name, answers in arms.items()
        },
        tuple(least[:CHANGED]),
    )


def likeness(a: str, b: str) -> float:
    """How alike two answers are, by their words: Ratcliff and Obershelp's ratio."""
    return round(SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio(), 4)
