"""Which training turns a correction makes untrue, and what they say from then on. One rule, in one place.

It decides only; the data step applies the exact texts (`data.harvested`). A correction is about one
question and one reply, and the data may say the same wrong thing a hundred times, in a dozen wordings. Where
corrections show that one fact took another's place (`answer.changes`), every reply that states it of the same
thing is mended, in its own words (`answer.mending`); what cannot be mended says the right reply, or is left
out. Where a right reply is the wrong one reworded, it takes its place; where it is another one altogether,
the bot had taken one question for another, and the old reply stays right for the questions that it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chatwright.answer.changes import SENTENCE, Change, Corrected, changes, kins, stated
from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.answer.mending import Known, Mended, mend
from chatwright.core.types import Conversation
from chatwright.data.rows import fold
from chatwright.knowledge.variants import Variants
from chatwright.knowledge.words import kin, terms
from chatwright.store.review_records import Accepted

REWORDED = 0.5  # of words shared both ways, from which on the right reply is the wrong one, mended
FEW = 2  # questions of a reply that is left out where it cannot be mended
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
    """The turns of `rows` that one of `accepted` makes untrue; where several do, the last of them counts."""
    return decided(rows, accepted, languages)[0]


def decided(
    rows: Iterable[Conversation],
    accepted: Sequence[Accepted],
    languages: tuple[str, ...] = ("en",),
) -> tuple[list[Decision], list[Change]]:
    """The same, and which fact took which one's place.

    `rows` are as the readers give them. `accepted` is in order of time, none contradicting another.
    """
    if not accepted:
        return [], []
    turns = Turns(rows, languages)
    shown = [Corrected(one.id, question_of(one), one.wrong, right_of(one)) for one in accepted]
    changed = changes(shown, turns.replies.values(), languages)
    explained = {id for change in changed for id in change.reviews}
    found: dict[tuple[str, str], Decision] = {}
    for decision in _of_changes(changed, {one.id: one for one in accepted}, turns):
        found[decision.question, decision.reply] = decision
    for one in accepted:
        for decision in _of_one(one, turns, one.id in explained):
            found[decision.question, decision.reply] = decision
    return [found[key] for key in sorted(found)], changed


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

    def questions(self) -> dict[str, list[str]]:
        """Of each reply, folded."""
        found: dict[str, list[str]] = {}
        for question, reply in self.pairs:
            found.setdefault(reply, []).append(question)
        return found

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


def _of_changes(
    changed: Sequence[Change], accepted: Mapping[str, Accepted], turns: Turns
) -> Iterator[Decision]:
    """What the turns of each reply say after all changes, one upon the other."""
    wrongs = [{fold(accepted[id].wrong) for id in change.reviews} for change in changed]
    for reply, questions in turns.questions().items() if changed else ():
        known = Known(turns.replies[reply], questions, turns.languages)
        instead: dict[str, Decision] = {}
        mended = ""
        for change, wrong in zip(changed, wrongs, strict=True):
            done = mend(known, change, corrected=reply in wrong)
            if done is None:
                continue
            best = _best_of(change, reply, accepted)
            if done.clean:
                known, mended = Known(done.text, questions, turns.languages), best.id
                continue
            alone = len(questions) <= FEW and reply not in wrong
            for question in _doubtful(change, done, known, reply in wrong, accepted, turns):
                right = None if alone else right_of(best)
                instead[question] = Decision(question, reply, right, best.id)
        for question in questions:
            if question in instead:
                yield instead[question]
            elif mended:
                yield Decision(question, reply, known.reply, mended)


def _doubtful(
    change: Change,
    done: Mended,
    known: Known,
    corrected: bool,
    accepted: Mapping[str, Accepted],
    turns: Turns,
) -> list[str]:
    """The questions for which a reply that cannot be mended does not stay. One that says much besides is kept
    where nobody corrected it: it is still right for most of what it is asked."""
    if done.shared:  # true of the other thing, for those who ask about that
        named = [one for one in known.questions if change.subject in kins(one, turns.languages)]
        if corrected:
            return named
        alike = {near for id in change.reviews for near in turns.alike(question_of(accepted[id]))}
        return [one for one in named if one in alike]
    if corrected or len(known.questions) <= FEW or len(SENTENCE.split(known.reply)) == 1:
        return list(known.questions)
    return []


def _best_of(change: Change, reply: str, accepted: Mapping[str, Accepted]) -> Accepted:
    """Of the corrections behind a change one of this very reply if there is one, then the one that says most,
    then the last."""
    found = [accepted[id] for id in reversed(change.reviews)]
    return max(found, key=lambda one: (fold(one.wrong) == reply, len(stated(right_of(one)))))


def _of_one(one: Accepted, turns: Turns, explained: bool) -> Iterator[Decision]:
    """What one correction says by itself. `explained`: it is behind a change, which says more. A question that
    leans on what was said before it is another one elsewhere."""
    right, asked = right_of(one), fold(question_of(one))
    wrong, folded = fold(one.wrong), fold(right)
    first = sum(message.role == "user" for message in one.messages) == 1
    mended = (
        bool(wrong)
        and not explained
        and folded not in turns.replies
        and shared(one.wrong, right, turns.languages) >= REWORDED
    )
    outdated = hard(one.wrong, turns.languages) - hard(right, turns.languages) if mended else set()
    says = {reply: _still_says(one.wrong, reply, outdated, turns) for reply in turns.replies}
    alike = turns.alike(asked) if any(says.values()) else set()
    for question, reply in turns.pairs:
        if reply == folded:
            continue
        if (question == asked and (first or reply == wrong)) or (mended and reply == wrong):
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
