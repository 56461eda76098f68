"""Whom to believe: raters whose feedback looks like a machine's, like each other's, or like an attack.

    report = examine(items)
    report.suspicions   who, and why, in words: the alarm
    report.items        the same items, with flags: what has one is never accepted together with others

Pure: it reads a list and changes nothing. It names, and condemns nobody: a person looks at what is flagged.
Text that is false cannot be told from text that is true by its look; what is seen here is behaviour.
About two hundred poisoned texts are enough to plant something in a model of any size (Anthropic, UK AISI and
the Alan Turing Institute, 2025, arXiv:2510.07192), so one rater counts for one, however much they say.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import fmean

from chatwright.improve.coordination import Crowd, Group
from chatwright.improve.opinions import Opinion, opinions
from chatwright.knowledge.grams import key
from chatwright.store.records import FeedbackItem

# Words on an item. "suspect" stands on all that a named rater said.
FLAGS = ("suspect", "burst", "duplicate", "repeated", "coordinated", "contrary")

BURST = 20  # replies that a visitor rates within BURST_SPAN
BURST_SPAN = timedelta(minutes=10)
LOOKS_AFTER = 5  # times as many, of an account: reviewing is their work
DUPLICATES = 3  # raters with one text within DUPLICATE_SPAN
DUPLICATE_SPAN = timedelta(hours=1)
DUPLICATE_WORDS = 5  # fewer are said alike by chance
REPEATED = 5  # replies to which one rater gives one text
REPEATED_SUBJECTS = 5  # questions that they answer
CONTRARY = 5  # questions on which a rater stands against all others
FEW = 0.2  # share of others who think the same, where a rater stands against them
ENOUGH = 5  # others who rated the same question
UNLIKELY = 1e-3  # to be so contrary by chance, for one of all raters


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A rater who is named. `score` 0 to 1 says how sure it is; `items` are ids of feedback; `along` are
    the others of the same group."""

    rater: str
    reasons: tuple[str, ...]
    score: float
    items: tuple[str, ...]
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What `examine` found; `items` in the order in which they came."""

    items: tuple[FeedbackItem, ...]
    suspicions: tuple[Suspicion, ...]
    raters: int

    @property
    def alarm(self) -> str:
        """A sentence that names them; empty: there is no reason for one."""
        if not self.suspicions:
            return ""
        named = "; ".join(f"{one.rater}: {', '.join(one.reasons)}" for one in self.suspicions)
        return f"{len(self.suspicions)} of {self.raters} raters look suspicious. {named}."


@dataclass(slots=True)
class _Case:
    """What is held against one rater."""

    reasons: dict[str, str] = field(default_factory=dict)  # flag -> in words
    score: float = 0.0
    items: dict[str, set[str]] = field(default_factory=dict)  # item id -> flags
    along: tuple[str, ...] = ()


class _Cases:
    def __init__(self) -> None:
        self.of: dict[str, _Case] = defaultdict(_Case)

    def add(
        self,
        rater: str,
        flag: str,
        reason: str,
        items: Iterable[FeedbackItem],
        score: float,
        along: tuple[str, ...] = (),
    ) -> None:
        case = self.of[rater]
        case.reasons[flag] = reason
        case.score = 1 - (1 - case.score) * (1 - score)
        case.along = along or case.along
        for item in items:
            case.items.setdefault(item.id, set()).add(flag)


def examine(items: Sequence[FeedbackItem], languages: tuple[str, ...] = ("en",)) -> Report:
    """Look at all that was said about one bot; `languages` are the bot's."""
    by_rater: dict[str, list[FeedbackItem]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.created_at, item.id)):
        by_rater[item.rater].append(item)
    cases = _Cases()
    subjects, held = opinions(items, languages)
    subject_of = dict(zip((item.id for item in items), subjects, strict=True))
    for rater, said in by_rater.items():
        _bursts(rater, said, cases)
        _repeated(rater, said, subject_of, cases)
    _duplicates(items, cases)
    crowd = Crowd()
    for item, number, own in zip(items, subjects, held, strict=True):
        if own:
            crowd.add(item.rater, number, own, _at(item.updated_at))
    owned = dict(zip((item.id for item in items), held, strict=True))
    for group in crowd.groups():
        _coordinated(group, by_rater, owned, cases)
    _contrary(crowd, by_rater, owned, cases)
    return _report(items, by_rater, cases)


def _report(
    items: Sequence[FeedbackItem], by_rater: Mapping[str, list[FeedbackItem]], cases: _Cases
) -> Report:
    flagged = []
    for item in items:
        case = cases.of.get(item.rater)
        if case is not None:
            own = case.items.get(item.id, set())
            new = [flag for flag in FLAGS if flag == "suspect" or flag in own]
            item = replace(item, flags=tuple(dict.fromkeys((*item.flags, *new))))
        flagged.append(item)
    suspicions = [
        Suspicion(
            rater=rater,
            reasons=tuple(case.reasons[flag] for flag in FLAGS if flag in case.reasons),
            score=round(case.score, 3),
            items=tuple(sorted(case.items)),
            along=case.along,
        )
        for rater, case in cases.of.items()
    ]
    suspicions.sort(key=lambda one: (-one.score, one.rater))
    return Report(tuple(flagged), tuple(suspicions), len(by_rater))


def _bursts(rater: str, said: Sequence[FeedbackItem], cases: _Cases) -> None:
    """Many replies rated in a short time; a key speaks for many people, and is not looked at."""
    if rater.startswith("key:"):
        return
    most = BURST * (LOOKS_AFTER if rater.startswith("account:") else 1)
    times = [_at(item.created_at) for item in said]
    first, within = 0, 0
    bursting: set[int] = set()
    for last, time in enumerate(times):
        while time - times[first] > BURST_SPAN:
            first += 1
        if last - first + 1 >= most:
            within = max(within, last - first + 1)
            bursting |= set(range(first, last + 1))
    if within:
        minutes = int(BURST_SPAN.total_seconds() // 60)
        reason = f"{within} replies rated within {minutes} minutes"
        cases.add(rater, "burst", reason, (said[one] for one in sorted(bursting)), 0.5)


def _repeated(
    rater: str, said: Sequence[FeedbackItem], subject_of: Mapping[str, int], cases: _Cases
) -> None:
    """One text as the answer to many questions."""
    by_text: dict[str, list[FeedbackItem]] = defaultdict(list)
    for item in said:
        if item.correction:
            by_text[key(item.correction)].append(item)
    for same in by_text.values():
        subjects = {subject_of[item.id] for item in same}
        if len(same) >= REPEATED and len(subjects) >= REPEATED_SUBJECTS:
            reason = f"the same text given as the answer to {len(subjects)} questions"
            cases.add(rater, "repeated", reason, same, 0.7)


def _duplicates(items: Iterable[FeedbackItem], cases: _Cases) -> None:
    """One text, word for word, of several raters at about the same time."""
    by_text: dict[str, list[FeedbackItem]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.updated_at):
        text = key(item.correction) if item.correction else ""
        if text.count(" ") + 1 >= DUPLICATE_WORDS:
            by_text[text].append(item)
    for same in by_text.values():
        close: dict[str, list[FeedbackItem]] = defaultdict(list)
        for item in _together(same):
            close[item.rater].append(item)
        for rater, own in close.items():
            others = len(close) - 1
            reason = f"the same text, word for word, as {others} others at about the same time"
            cases.add(rater, "duplicate", reason, own, 0.5, tuple(sorted(close.keys() - {rater})))


def _together(items: Sequence[FeedbackItem]) -> list[FeedbackItem]:
    """Those, in the order of time, that are within DUPLICATE_SPAN of enough other raters'."""
    within: dict[str, int] = defaultdict(int)
    found, first, reached = list[FeedbackItem](), 0, 0
    for last, item in enumerate(items):
        within[item.rater] += 1
        while _at(item.updated_at) - _at(items[first].updated_at) > DUPLICATE_SPAN:
            gone = items[first].rater
            within[gone] -= 1
            if not within[gone]:
                del within[gone]
            first += 1
        if len(within) >= DUPLICATES:
            found += items[max(first, reached) : last + 1]
            reached = last + 1
    return found


def _coordinated(
    group: Group,
    by_rater: Mapping[str, list[FeedbackItem]],
    owned: Mapping[str, frozenset[Opinion]],
    cases: _Cases,
) -> None:
    wanted = set(group.opinions)
    for rater, holds in group.held.items():
        others = tuple(one for one in group.raters if one != rater)
        reason = (
            f"agrees with {len(others)} others on {len(holds)} questions on which "
            f"{round(100 * (1 - group.agreeing))}% of everybody else say otherwise"
        )
        said = [item for item in by_rater[rater] if owned[item.id] & wanted]
        score = 1 - math.exp(-group.sure / 10)
        cases.add(rater, "coordinated", reason, said, score, others)


def _contrary(
    crowd: Crowd,
    by_rater: Mapping[str, list[FeedbackItem]],
    owned: Mapping[str, frozenset[Opinion]],
    cases: _Cases,
) -> None:
    """Who stands against everybody else far more often than others do."""
    against: dict[str, set[int]] = {}
    asked: dict[str, int] = {}
    for rater in by_rater:
        stands, looked = set[int](), set[int]()
        for opinion in _of(owned, by_rater[rater]):
            share, others = crowd.share(opinion, frozenset({rater}))
            if others >= ENOUGH:
                looked.add(opinion.subject)
                if share < FEW:
                    stands.add(opinion.subject)
        against[rater], asked[rater] = stands, len(looked)
    rates = sorted(len(against[r]) / asked[r] for r in by_rater if asked[r])
    if not rates:
        return
    usual = max(0.1, 2 * fmean(rates[: math.ceil(0.9 * len(rates))]))
    for rater, said in by_rater.items():
        stands = against[rater]
        if (
            len(stands) < CONTRARY
            or _tail(len(stands), asked[rater], usual) * len(rates) > UNLIKELY
        ):
            continue
        reason = f"stands against everybody else on {len(stands)} of {asked[rater]} questions"
        own = [i for i in said if any(o.subject in stands for o in _of(owned, [i]))]
        cases.add(rater, "contrary", reason, own, 0.5)


def _of(owned: Mapping[str, frozenset[Opinion]], said: Iterable[FeedbackItem]) -> set[Opinion]:
    return {opinion for item in said for opinion in owned[item.id]}


def _tail(hits: int, tries: int, rate: float) -> float:
    """Probability of so many hits or more (binomial)."""
    rate = min(rate, 0.99)
    return sum(
        math.comb(tries, k) * rate**k * (1 - rate) ** (tries - k) for k in range(hits, tries + 1)
    )


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
