"""Which training turns a correction makes untrue, and what they say from then on. One rule, in one place.

It decides only; the data step applies the exact texts (`data.harvested`). A correction is about one
question and one reply, and the data may say the same wrong thing a hundred times. Where the right reply is
the wrong one with another fact in it, the fact has changed, and every turn that gave the old reply gives the
new one; where it is another reply altogether, the bot had taken one question for another, and the old
reply stays right for the questions that it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.core.types import Conversation
from chatwright.data.rows import fold
from chatwright.knowledge.variants import Variants
from chatwright.knowledge.words import kin, terms
from chatwright.store.review_records import Accepted

REWORDED = 0.5  # of words shared both ways, from which on the right reply is the wrong one, mended
ALIKE = 0.45  # likeness of two questions (`knowledge.variants`), from which on they ask the same
LOOKED_AT = 400  # questions that are nearest to a corrected one


@dataclass(frozen=True, slots=True)
class Decision:
    """A training turn that answers `question` with `reply` says `right` instead; None: its row is left out.

    `question` and `reply` are folded (`data.rows.fold`): they are compared without case and spacing.
    `review` is the correction it is for.
    """

    question: str
    reply: str
    right: str | None
    review: str


def superseded(
    rows: Iterable[Conversation],
    accepted: Sequence[Accepted],
    languages: tuple[str, ...] = ("en",),
) -> list[Decision]:
    """The turns of `rows` that one of `accepted` makes untrue; where several do, the last of them counts.

    `rows` are as the readers give them. `accepted` is in order of time, none contradicting another.
    """
    if not accepted:
        return []
    turns = Turns(rows, languages)
    found: dict[tuple[str, str], Decision] = {}
    for one in accepted:
        for decision in _of_one(one, turns):
            found[decision.question, decision.reply] = decision
    return [found[key] for key in sorted(found)]


def right_of(one: Accepted) -> str:
    """What the bot should have said."""
    return one.messages[-1].content


def question_of(one: Accepted) -> str:
    """What it was asked: the last user message of the corrected conversation."""
    asked = [m.content for m in one.messages[:-1] if m.role == "user"]
    return asked[-1] if asked else one.question


class Turns:
    """What the data answer to what: each question with its replies, each reply once."""

    def __init__(self, rows: Iterable[Conversation], languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.pairs: dict[tuple[str, str], None] = {}  # (question, reply), folded, in order
        self.replies: dict[str, str] = {}  # as they stand, by their folded text
        for row in rows:
            for before, message in pairwise(row.messages):
                if message.role == "assistant" and before.role == "user":
                    folded = fold(message.content)
                    self.pairs[fold(before.content), folded] = None
                    self.replies.setdefault(folded, message.content)
        self._hard: dict[str, set[str]] = {}

    def hard(self, reply: str) -> set[str]:
        """The keys of a reply's hard facts; asked for one reply at a time, and remembered."""
        if reply not in self._hard:
            self._hard[reply] = hard(self.replies.get(reply, reply), self.languages)
        return self._hard[reply]

    @cached_property
    def _variants(self) -> Variants:
        questions = list(dict.fromkeys(question for question, _ in self.pairs))
        return Variants(questions, [""] * len(questions))

    def alike(self, question: str) -> set[str]:
        """The questions of the data that ask nearly the same."""
        near = self._variants.nearest(question, LOOKED_AT)
        return {one.question for one in near if one.likeness >= ALIKE}


def _of_one(one: Accepted, turns: Turns) -> Iterator[Decision]:
    right, asked = right_of(one), fold(question_of(one))
    wrong, folded = fold(one.wrong), fold(right)
    mended = (
        bool(wrong)
        and folded not in turns.replies
        and shared(one.wrong, right, turns.languages) >= REWORDED
    )
    outdated = hard(one.wrong, turns.languages) - hard(right, turns.languages) if mended else set()
    says = {reply: _still_says(one.wrong, reply, outdated, turns) for reply in turns.replies}
    alike = turns.alike(asked) if any(says.values()) else set()
    for question, reply in turns.pairs:
        if reply == folded:
            continue
        if question == asked or (mended and reply == wrong):
            yield Decision(question, reply, right, one.id)
        elif reply != wrong and says[reply] and question in alike:
            yield Decision(question, reply, None, one.id)


def _still_says(wrong: str, reply: str, outdated: set[str], turns: Turns) -> bool:
    """Whether a reply says an outdated fact, and much of the wrong reply's words."""
    if not outdated or not turns.hard(reply) & outdated:
        return False
    return shared(wrong, turns.replies[reply], turns.languages) >= REWORDED


def shared(text: str, other: str, languages: tuple[str, ...]) -> float:
    """The share of words that two texts have in common, the mean of both ways; 0 to 1."""
    one, two = (Counter(kin(term, languages) for term in terms(side)) for side in (text, other))
    if not one or not two:
        return 0.0
    common = (one & two).total()
    return (common / one.total() + common / two.total()) / 2


def hard(text: str, languages: tuple[str, ...]) -> set[str]:
    """The keys of the hard facts of a text (`answer.facts`)."""
    found = (fact for fact in facts(text, languages, names=False) if fact.kind in HARD)
    return {key for fact in found for key in fact.keys}
