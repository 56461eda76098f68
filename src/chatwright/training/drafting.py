"""A teacher's questions to passages of the documents, with answers that rest on them. Needs no torch.

The teacher is a `Responder` that is handed in, as in `teach`. What it writes is a draft: an answer whose
numbers do not stand in its passage is left out here, and the rest is for a person to review.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Progress
from chatwright.core.types import Conversation, Message, Reply, Responder
from chatwright.knowledge.evidence import plain
from chatwright.knowledge.passages import Passage
from chatwright.knowledge.questions import Drafted, Placed
from chatwright.knowledge.words import terms
from chatwright.training.teach import FAILED, asked

EACH = 3  # questions to a passage
SHORTEST = 40  # characters of a passage that is worth asking about
PAIR = re.compile(r"^\W*Q\W*:\s*(.+?)\s*\n+\W*A\W*:\s*(.+?)\s*(?=\n+\W*Q\W*:|\Z)", re.M | re.S)
TOLD = """\
Below is a passage of our documents. Write {count} questions that people may ask us and that it answers, \
in the language of the passage and in people's everyday words, short and different from one another. \
Answer each in one or two sentences from the passage alone. Write nothing but lines like these:
Q: a question
A: its answer

Passage ({above}):
{text}"""


@dataclass(slots=True)
class Written:
    """What a teacher wrote. `problems` counts reasons."""

    drafts: list[Drafted] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)


async def write(
    placed: Iterable[Placed],
    teacher: Responder,
    progress: Progress,
    each: int = EACH,
    concurrency: int = 4,
) -> Written:
    """Ask `teacher` about every passage, at most `concurrency` at once; the order is that of `placed`.

    Raises the teacher's error when it fails again and again before it has answered anything.
    """
    waiting = [(name, one) for name, one in placed if len(one.text.strip()) >= SHORTEST]
    found: list[list[Drafted]] = [[] for _ in waiting]
    done, queue, asked_for = Written(), iter(enumerate(waiting)), Counter[str]()
    progress.start("Asking about passages", len(waiting))

    async def work() -> None:
        for place, (name, passage) in queue:  # shared: each takes the next one
            try:
                reply = await asked(Conversation((Message("user", told(passage, each)),)), teacher)
            except ChatwrightError as error:
                done.problems[error.problem] += 1
                if not any(found) and done.problems[error.problem] >= FAILED:
                    raise
            else:
                found[place] = _read(reply, name, passage, done.problems)
            asked_for["done"] += 1
            progress.advance(asked_for["done"], f"{sum(map(len, found)):,} questions")

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(max(1, min(concurrency, len(waiting)))):
                group.create_task(work())
    except* ChatwrightError as errors:
        raise errors.exceptions[0] from None
    finally:
        progress.stop()
    done.drafts = [one for drafts in found for one in drafts]
    return done


def told(passage: Passage, each: int) -> str:
    """What the teacher is asked."""
    above = ", ".join(passage.headings) or "without a heading"
    return TOLD.format(count=each, above=above, text=plain(passage.text))


def _read(reply: Reply, name: str, passage: Passage, problems: Counter[str]) -> list[Drafted]:
    """The pairs that a reply consists of."""
    made = []
    there = set(terms(" ".join((*passage.headings, passage.text))))
    pairs = PAIR.findall(plain(reply.text))
    if not pairs:
        problems["The reply has no lines with a question and its answer."] += 1
    for question, answer in pairs:
        numbers = {word for word in terms(answer) if any(char.isdigit() for char in word)}
        if numbers <= there:
            made.append(
                Drafted(" ".join(question.split()), " ".join(answer.split()), name, passage)
            )
        else:
            problems["An answer has a number that its passage has not."] += 1
    return made
