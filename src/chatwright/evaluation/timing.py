"""How long two releases take for the same questions, asked one at a time and in turn.

Whatever else the machine does meanwhile then slows both alike.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from chatwright.answer import Bot, open_bot
from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, gather
from chatwright.evaluation.items import Item
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment
from chatwright.spec import Spec

WARMING = 2  # questions before the first that counts
LEAST = 0.01  # milliseconds: a clock that did not move


def take_times(
    spec: Spec,
    releases: Sequence[Release],
    deployments: Sequence[Deployment],
    questions: Sequence[Conversation],
    progress: Progress,
) -> list[list[Item]]:
    """`milliseconds` of every question, for each of the releases."""
    return asyncio.run(_run(spec, releases, deployments, questions, progress))


async def _run(
    spec: Spec,
    releases: Sequence[Release],
    deployments: Sequence[Deployment],
    questions: Sequence[Conversation],
    progress: Progress,
) -> list[list[Item]]:
    bots = [
        open_bot(release, spec, deployment, acts=False)
        for release, deployment in zip(releases, deployments, strict=True)
    ]
    progress.start("Timing both, in turn", len(questions))
    try:
        for bot in bots:
            await bot.start()
        return await in_turn(bots, questions, progress)
    finally:
        for bot in bots:
            await bot.close()
        progress.stop()


async def in_turn(
    bots: Sequence[Bot], questions: Sequence[Conversation], progress: Progress
) -> list[list[Item]]:
    """Times of bots that are started: the one that begins changes with each question."""
    taken: list[list[Item]] = [[] for _ in bots]
    for question in questions[:WARMING]:
        for bot in bots:
            await gather(bot.reply(question))
    for number, question in enumerate(questions):
        order = range(len(bots))
        for at in order if number % 2 == 0 else reversed(order):
            began = time.perf_counter()
            await gather(bots[at].reply(question))
            milliseconds = max(LEAST, (time.perf_counter() - began) * 1000)
            taken[at].append(Item("milliseconds", question.id, round(milliseconds, 3)))
        progress.advance(number + 1)
    return taken
