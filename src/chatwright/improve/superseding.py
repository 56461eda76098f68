"""Which training turns a correction makes untrue, and what they say from then on. One rule, in one place.

It decides only; the data step applies the exact texts (`data.harvested`). A correction is about one
question and one reply, and the data may say the same wrong thing a hundred times. Where the right reply is
the wrong one with another fact in it, the fact has changed, and every turn that gave the old reply gives the
new one; where it is another reply altogether, the bot had taken one question for another, and the old
reply stays right for the questions it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.core.types import Conversation
from chatwright.data.rows import fold
from chatwright.knowledge.variants import Variants
from chatwright.knowledge.words import kin, terms
from chatwright.store.reviews import Accepted

REWORDED = 0.5  # of words shared both ways, from which on the right reply is the wrong one, mended
ALIKE = 0.45  # likeness of two questions (`knowledge.variants`), from which on they ask the same


@dataclass(frozen=True, slots=True)
class Decision:
    """A training turn that answers `question` with `reply` says `right` instead; None: its row is left out.

    `question` and `reply` are compared without case and spacing. `review` is the correction it is for.
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
    corrections = [one for one in accepted if one.messages and one.messages[-1].content.strip()]
    if not corrections:
        return []
    turns = _turns(rows)
    replies = Counter(reply for _, reply in turns)
    found: dict[tuple[str, str], Decision] = {}
    for one in corrections:
        for decision in _of_one(one, turns, replies, languages):
            found[decision.question, decision.reply] = decision
    return [found[key] for key in sorted(found)]


def right_of(one: Accepted) -> str:
    """What the bot should have said."""
    return one.messages[-1].content


def question_of(one: Accepted) -> str:
    """What it was asked: the last user message of the corrected conversation."""
    asked = [m.content for m in one.messages[:-1] if m.role == "user"]
    return asked[-1] if asked else one.question


def _turns(rows: Iterable[Conversation]) -> dict[tuple[str, str], str]:
    """(question, reply), both folded, of every assistant turn behind a user's; the reply as it stands."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        for before, message in zip(row.messages, row.messages[1:], strict=False):
            if message.role == "assistant" and before.role == "user":
                found[fold(before.content), fold(message.content)] = message.content
    return found


def _of_one(
    one: Accepted,
    turns: dict[tuple[str, str], str],
    replies: Counter[str],
    languages: tuple[str, ...],
) -> Iterator[Decision]:
    right, wrong, asked = right_of(one), fold(one.wrong), fold(question_of(one))
    changed = bool(wrong) and fold(right) not in replies and shared(one.wrong, right, languages)
    mended = changed >= REWORDED
    outdated = _hard(one.wrong, languages) - _hard(right, languages) if mended else set()
    for (question, reply), text in turns.items():
        if reply == fold(right):
            continue
        if question == asked or (mended and reply == wrong):
            yield Decision(question, reply, right, one.id)
        elif outdated and reply != wrong and _hard(text, languages) & outdated:
            same = shared(one.wrong, text, languages) >= REWORDED
            if same and _alike(asked, question):
                yield Decision(question, reply, None, one.id)


def shared(text: str, other: str, languages: tuple[str, ...]) -> float:
    """The share of words that two texts have in common, the mean of both ways; 0 to 1."""
    sides = [Counter(kin(term, languages) for term in terms(side)) for side in (text, other)]
    if not all(sides):
        return 0.0
    common = sum((sides[0] & sides[1]).values())
    return sum(common / side.total() for side in sides) / 2


def _hard(text: str, languages: tuple[str, ...]) -> set[str]:
    found = (fact for fact in facts(text, languages, names=False) if fact.kind in HARD)
    return {key for fact in found for key in fact.keys}


def _alike(asked: str, question: str) -> bool:
    near = Variants([question], [""]).nearest(asked, 1)
    return bool(near) and near[0].likeness >= ALIKE
