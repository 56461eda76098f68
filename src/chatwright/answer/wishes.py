"""How much a message is like the examples of each task: whether somebody wants it done. Decides nothing.

The mean of two likenesses that err differently: of words without the common ones (`guard_topics.Examples`),
and of weighted grams (`knowledge.variants`). Words only: "return a book" is near "renew a book". So what people
ask without wanting a task is worth giving as `others`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatwright.answer.guard_topics import Examples
from chatwright.answer.skill_words import bare
from chatwright.knowledge.variants import Variants
from chatwright.spec.skills import Task

MOST = 2_000  # characters of a message


class Wishes:
    """Examples of `tasks`; `others` are messages that want none of them: whatever is more like one of those
    than like a task has likeness 0 to it. Threads may share it."""

    def __init__(self, tasks: Sequence[Task], others: Sequence[str] = ()) -> None:
        known = [(bare(example), task.name) for task in tasks for example in task.examples]
        known += [(bare(other), "") for other in others]
        self._variants = Variants([text for text, _ in known], [name for _, name in known])
        self._words = {task.name: Examples([*map(bare, task.examples)]) for task in tasks}

    def __call__(self, text: str) -> Mapping[str, float]:
        """The likeness to each task, 0 to 1, by name."""
        text = bare(text[:MOST])
        near = self._variants.nearest(text, k=20)
        best: dict[str, float] = {}
        for one in near:
            best[one.answer] = max(one.likeness, best.get(one.answer, 0.0))
        other = best.pop("", 0.0)
        return {
            name: (words.like(text) + grams) / 2 if (grams := best.get(name, 0.0)) >= other else 0.0
            for name, words in self._words.items()
        }
