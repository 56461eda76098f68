"""What to review first: replies that people said something about, ranked by what a decision is worth.

The value is a sum that anybody can follow, and each item says in a line what it consists of. It decides
nothing and changes no review but for its quarantine; what raters are worth, `raters.py` says.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from chatwright.answer.facts import facts
from chatwright.answer.likeness import HARD
from chatwright.data.rows import fold
from chatwright.knowledge.curating import same
from chatwright.knowledge.variants import Variants
from chatwright.store.asked import Asked
from chatwright.store.database import Database
from chatwright.store.feedback import Feedbacks
from chatwright.store.records import FeedbackItem, Signal
from chatwright.store.review_records import WAITING, Review, ReviewState
from chatwright.store.reviews import Reviews
from chatwright.store.signals import Signals
from chatwright.store.stamps import stamp

# What makes a decision worth making, in points.
CORRECTED = 100.0  # somebody wrote what is right: the work is done, it has to be looked at
DISAGREED = 30.0  # one says this, another that
CONFIDENT = 25.0  # times the confidence, of a reply that is disliked: nothing else will find it
UNSURE = 15.0  # times what is missing to certainty, of a reply that is liked: it could be given more often
DISLIKED = 10.0
REMARKED = 4.0
ALIKE, MOST_ALIKE = 8.0, 40.0  # times the doublings of how many people asked alike
SIGNAL = 6.0  # times the strength of what people did
WAITING_DAY, LONGEST = 0.2, 30  # for each day it waits, at most so many
SURE, DOUBTFUL = 0.7, 0.5  # confidence
DAYS = 30  # in which people asked alike
FRESH = 30.0  # seconds for which it is not counted again
SAME = 0.7  # likeness of two questions that ask the same
NEAREST = 12  # of which it is looked for
LOOKED_AT = 5_000  # different questions, those that something was said about first
LONGEST_TEXT = 2_000  # characters of a question that are looked at

Flagging = Callable[[Sequence[FeedbackItem]], Sequence[FeedbackItem]]
Screening = Callable[[str, str], tuple[str, ...]]  # of a text, where the reply was


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A review with all that a reviewer has to see of it.

    `feedback`: of raters whom nothing speaks against first, then the newest. `correction`: the one that most
    of the former gave, empty where nobody did, and `agreeing` are those who did. `asked`: how many people
    asked alike lately; `alike`: other reviews of such questions. `problems`: of the correction.
    """

    review: Review
    question: str
    answer: str
    route: str = ""
    confidence: float | None = None
    feedback: tuple[FeedbackItem, ...] = ()
    signals: tuple[Signal, ...] = ()
    correction: str = ""
    agreeing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    asked: int = 1
    alike: tuple[str, ...] = ()
    value: float = 0.0
    why: str = ""

    @property
    def raters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.rater for one in self.feedback))


class Queue:
    """The review queue of one bot. `flagged` marks feedback that something speaks against; `screen` says what
    is wrong with a correction."""

    def __init__(
        self,
        database: Database,
        bot: str,
        *,
        flagged: Flagging,
        screen: Screening,
        languages: tuple[str, ...] = ("en",),
    ) -> None:
        self.reviews = Reviews(database)
        self._feedbacks, self._signals = Feedbacks(database), Signals(database)
        self._asked = Asked(database)
        self.bot, self._languages = bot, languages
        self._flagged, self._screen = flagged, screen
        self._known: tuple[object, dict[str, list[FeedbackItem]]] | None = None
        self._grouped: tuple[float, dict[str, int], list[int]] | None = None

    def items(self, states: Collection[ReviewState] = WAITING) -> list[QueueItem]:
        """Those of these states, the most valuable first; in quarantine last. New feedback is taken in."""
        said = self._said()
        signals: dict[str, list[Signal]] = {}
        for signal in self._signals.items(self.bot):
            signals.setdefault(signal.message_id, []).append(signal)
        found = []
        for review in self._put(said, states):
            about = said.get(review.message_id, [])
            if about or not review.waiting:  # what was taken back is no longer to be decided
                one = self._item(review, about)
                found.append(replace(one, signals=tuple(signals.get(review.message_id, ()))))
        return ranked(self._with_alike(found, said))

    def item(self, id: str) -> QueueItem:
        """One of them, by its id or how that begins; raises `NotFound`."""
        review = self.reviews.find(self.bot, id)
        for one in self.items((review.state, *WAITING)):
            if one.review.id == review.id:
                return one
        return self._item(self.reviews.find(self.bot, review.id), [])

    def corrections(self) -> dict[str, str]:
        """By the message: what people said is right, where nothing speaks against them."""
        found = {}
        for message, said in self._said().items():
            text, _ = agreed([one for one in said if not one.flags], self._languages)
            if text:
                found[message] = text
        return found

    def _said(self) -> dict[str, list[FeedbackItem]]:
        """By the message. Raters are looked at anew when something was said or taken back since."""
        stamped = self.reviews.feedback_stamp(self.bot)
        if self._known is None or self._known[0] != stamped:
            found: dict[str, list[FeedbackItem]] = {}
            for one in self._flagged(self._feedbacks.items(self.bot)):
                found.setdefault(one.message_id, []).append(one)
            self._known = (stamped, found)
        return self._known[1]

    def _put(
        self, said: Mapping[str, Sequence[FeedbackItem]], states: Collection[ReviewState]
    ) -> list[Review]:
        due = [
            (message, items[0].conversation_id, items[0].owner, suspicious(items))
            for message, items in said.items()
        ]
        self.reviews.put(self.bot, due)
        return self.reviews.all(self.bot, states)

    def _item(self, review: Review, said: Sequence[FeedbackItem]) -> QueueItem:
        content = review.content
        if not said:
            question, answer = (content.question, content.wrong) if content else ("", "")
            return QueueItem(review, question, answer, correction=content.answer if content else "")
        ordered = sorted(said, key=lambda one: one.updated_at, reverse=True)
        ordered.sort(key=lambda one: bool(one.flags))
        first, trusted = ordered[0], [one for one in ordered if not one.flags]
        text, agreeing = agreed(trusted, self._languages)
        if not text:
            text, agreeing = agreed(ordered, self._languages)
        return QueueItem(
            review,
            first.question,
            first.answer,
            route=first.route or "",
            confidence=first.confidence,
            feedback=tuple(ordered),
            correction=text,
            agreeing=agreeing,
            flags=tuple(dict.fromkeys(flag for one in ordered for flag in one.flags)),
            problems=self._screen(text, first.answer) if text and review.waiting else (),
        )

    def _with_alike(
        self, found: Sequence[QueueItem], said: Mapping[str, Sequence[FeedbackItem]]
    ) -> list[QueueItem]:
        """With how many people asked alike, and the other items that did."""
        group, people = self._groups(said) if found else ({}, [])
        numbers = [group.get(same(one.question), -1) for one in found]
        members: dict[int, list[str]] = {}
        for one, number in zip(found, numbers, strict=True):
            members.setdefault(number, []).append(one.review.id)
        return [
            replace(
                one,
                asked=people[number],
                alike=tuple(id for id in members[number] if id != one.review.id),
            )
            if number >= 0
            else one
            for one, number in zip(found, numbers, strict=True)
        ]

    def _groups(
        self, said: Mapping[str, Sequence[FeedbackItem]]
    ) -> tuple[dict[str, int], list[int]]:
        """The number of the group of each question that something was said about, and how many people asked
        one of its questions lately."""
        at = time.monotonic()
        questions = {same(items[0].question) for items in said.values()}
        known = self._grouped
        if known is None or known[0] < at or not questions <= known[1].keys():
            since = stamp(datetime.now(UTC) - timedelta(days=DAYS))
            about = [(items[0].question, items[0].owner) for items in said.values()]
            asked = [(row.question, row.owner) for row in self._asked.since(self.bot, since)]
            known = self._grouped = (at + FRESH, *grouped(about, asked, self._languages))
        return known[1], known[2]


def grouped(
    about: Sequence[tuple[str, str]],
    asked: Sequence[tuple[str, str]],
    languages: tuple[str, ...] = ("en",),
) -> tuple[dict[str, int], list[int]]:
    """Questions that ask the same together: alike in words, and with the same numbers and days in them. By
    `curating.same` of each question of `about` the number of its group; and how many people are in each,
    those of `asked` (question, person) too."""
    texts: dict[str, str] = {}
    people: dict[str, set[str]] = {}
    for question, person in (*about, *asked):
        key = same(question)
        if len(texts) < LOOKED_AT or key in texts:
            texts.setdefault(key, question[:LONGEST_TEXT])
            people.setdefault(key, set()).add(person)
    keys = list(texts)
    known = Variants([texts[key] for key in keys], keys)
    leader = {key: key for key in keys}
    for key in dict.fromkeys(same(question) for question, _ in about):
        hard = _hard(texts.get(key, ""), languages)
        for near in known.nearest(texts[key], NEAREST) if key in texts else ():
            if near.likeness >= SAME and _hard(near.question, languages) == hard:
                one, other = _lead(leader, key), _lead(leader, near.answer)
                leader[other] = one
    number: dict[str, int] = {}
    members: list[set[str]] = []
    for key in keys:
        lead = _lead(leader, key)
        if lead not in number:
            number[lead] = len(members)
            members.append(set())
        number[key] = number[lead]
        members[number[key]] |= people[key]
    return number, [len(persons) for persons in members]


def _lead(leader: dict[str, str], key: str) -> str:
    while leader[key] != key:
        key = leader[key]
    return key


def suspicious(said: Iterable[FeedbackItem]) -> bool:
    """Whether nobody whom nothing speaks against said anything that it could rest on: one such correction, or
    where there are none, one such word, keeps it out of quarantine."""
    items = list(said)
    corrected = [one for one in items if one.correction] or items
    return bool(corrected) and all(one.flags for one in corrected)


def agreed(
    said: Sequence[FeedbackItem], languages: tuple[str, ...] = ("en",)
) -> tuple[str, tuple[str, ...]]:
    """The correction that most raters gave, in the words that most of them used, and who gave it. Two are the
    same when they differ in case and spacing alone, or say the same hard facts, but for the question's."""
    by: dict[str, list[FeedbackItem]] = {}
    for one in sorted(said, key=lambda item: item.updated_at, reverse=True):
        if one.correction.strip():
            by.setdefault(_said(one.correction, one.question, languages), []).append(one)
    if not by:
        return "", ()
    chosen = max(by.values(), key=lambda items: len({one.rater for one in items}))
    words = Counter(fold(one.correction) for one in chosen)
    oldest = sorted(chosen, key=lambda one: (-words[fold(one.correction)], one.created_at))[0]
    return oldest.correction.strip(), tuple(dict.fromkeys(one.rater for one in chosen))


def says_the_same(
    text: str, other: str, question: str = "", languages: tuple[str, ...] = ("en",)
) -> bool:
    """Whether two corrections of the answer to `question` count as one."""
    return _said(text, question, languages) == _said(other, question, languages)


def _said(text: str, question: str, languages: tuple[str, ...]) -> str:
    """The hard facts that the question does not name; without any, the text."""
    told = _hard(text, languages) - _hard(question, languages)
    return "\n".join(sorted(told)) or fold(text)


def _hard(text: str, languages: tuple[str, ...]) -> frozenset[str]:
    hard = (fact for fact in facts(text, languages, names=False) if fact.kind in HARD)
    return frozenset(" ".join(sorted(fact.keys)) for fact in hard)


def ranked(found: Iterable[QueueItem], now: datetime | None = None) -> list[QueueItem]:
    """With value and reasons, the most valuable first; in quarantine last."""
    at = now or datetime.now(UTC)
    scored = []
    for one in found:
        parts = list(_parts(one, at))
        value = round(sum(points for points, _ in parts), 1)
        why = "; ".join(said for _, said in sorted(parts, key=lambda part: -part[0]) if said)
        scored.append(replace(one, value=value, why=why or "somebody said something about it"))
    return sorted(
        scored, key=lambda one: (one.review.state == "quarantined", -one.value, one.review.id)
    )


def _parts(one: QueueItem, at: datetime) -> Iterable[tuple[float, str]]:
    """Points, and what they are for."""
    trusted = [item for item in one.feedback if not item.flags]
    if one.flags:
        yield 0.0, f"suspicious raters ({', '.join(one.flags)})"
    if one.correction:
        count = len(one.agreeing)
        said = "a correction" if count == 1 else f"{count} raters with the same correction"
        yield CORRECTED + ALIKE * math.log2(max(1, count)), said
    likes = Counter(item.liked for item in trusted)
    corrections = {fold(item.correction) for item in trusted if item.correction}
    if likes[True] and likes[False]:
        yield DISAGREED, f"raters disagree ({likes[True]} for, {likes[False]} against)"
    elif len(corrections) > 1 and len(one.agreeing) < len(corrections):
        yield DISAGREED, f"{len(corrections)} different corrections"
    sure = one.confidence
    if likes[False]:
        yield DISLIKED, "" if one.correction else "disliked"
        if sure is not None and sure >= SURE:
            yield CONFIDENT * sure, f"confident ({sure:.2f}) but disliked"
    elif likes[True] and sure is not None and sure < DOUBTFUL:
        yield UNSURE * (1 - sure), f"unsure ({sure:.2f}) but liked"
    if any(item.comment for item in trusted):
        yield REMARKED, "a comment"
    if one.asked > 1:
        points = min(MOST_ALIKE, ALIKE * math.log2(one.asked))
        yield points, f"{one.asked} people asked alike"
    for signal in one.signals:
        yield SIGNAL * signal.strength, signal.kind
    begun = datetime.fromisoformat(one.review.created_at)
    if days := min(LONGEST, (at - begun).days):
        yield WAITING_DAY * days, f"waits for {days} days" if days > 1 else "waits for a day"
