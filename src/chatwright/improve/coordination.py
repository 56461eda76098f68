"""Raters who agree with each other, improbably, and with nobody else: found by counting, whatever they say.

Of every opinion it is counted how many of those who rated the same question hold it. A group whose members
hold the same rare opinions on several questions is improbable, and how much so is a likelihood ratio as in
a scan statistic (Kulldorff 1997): the members' share against that of everybody else, the group left out,
less the logarithm of how many groups and opinions there were to choose from. Who only differs from others
is no group; and where nobody else said anything, no group is seen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chatwright.improve.opinions import Opinion

MOST_HOLDERS = 60  # of an opinion from which pairs are made: more are no secret
EDGE = 4.0  # nats that two must have in common to be looked at
SURE = math.log(1000)  # nats beyond chance and choice
GROUPS = 50
BEFORE = timedelta(days=7)  # what was said longer before a claim came up does not speak against it
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """`sure`: nats by which it is less probable than chance among all groups; `held`: of each member."""

    raters: tuple[str, ...]
    opinions: tuple[Opinion, ...]
    others: int  # who rated the same questions
    agreeing: float  # mean share of those others who hold the group's opinions
    sure: float
    held: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)


class Crowd:
    """Who rated which question, and who holds what."""

    def __init__(self) -> None:
        self.asked: dict[int, dict[str, datetime]] = defaultdict(dict)
        self.holders: dict[Opinion, dict[str, datetime]] = defaultdict(dict)

    def add(self, rater: str, subject: int, held: frozenset[Opinion], at: datetime) -> None:
        seen = self.asked[subject]
        seen[rater] = max(at, seen.get(rater, at))
        for opinion in held:
            first = self.holders[opinion]
            first[rater] = min(at, first.get(rater, at))

    @property
    def raters(self) -> set[str]:
        return {rater for seen in self.asked.values() for rater in seen}

    def share(self, opinion: Opinion, without: frozenset[str]) -> tuple[float, int]:
        """Which share of the others holds it, drawn towards a half where they are few; and how many they
        are: those who rated that question since shortly before the opinion came up."""
        holders = self.holders[opinion]
        since = min(holders.values()) - BEFORE
        others = {r for r, at in self.asked[opinion.subject].items() if at >= since} - without
        held = sum(rater in holders for rater in others)
        return (held + 0.5) / (len(others) + 1), len(others)

    def groups(self) -> list[Group]:
        """The surest first; a rater is in one at most."""
        count = len(self.raters)
        rare = self._rare()
        by_rater: dict[str, list[Opinion]] = defaultdict(list)
        for opinion in rare:
            for rater in self.holders[opinion]:
                by_rater[rater].append(opinion)
        edges = sorted(self._edges(rare).items(), key=lambda edge: (-edge[1], edge[0]))
        found, taken = list[Group](), set[str]()
        tried = 0
        for (one, other), _ in edges:
            if one in taken or other in taken or tried >= 20 * GROUPS:
                continue
            tried += 1
            group = self._grown({one, other}, by_rater, taken, count, len(rare))
            if group is not None and group.sure >= SURE:
                found.append(group)
                taken |= set(group.raters)
        return sorted(found, key=lambda group: -group.sure)[:GROUPS]

    def _rare(self) -> list[Opinion]:
        """Opinions that several hold, and most who rated the question do not."""
        return [
            opinion
            for opinion, holders in self.holders.items()
            if 2 <= len(holders) <= MOST_HOLDERS
            and 2 * len(holders) < len(self.asked[opinion.subject])
        ]

    def _edges(self, rare: list[Opinion]) -> dict[tuple[str, str], float]:
        """Pairs with rare opinions in common on two questions or more, and how much they are worth."""
        worth: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        for opinion in rare:
            held, asked = len(self.holders[opinion]), len(self.asked[opinion.subject])
            value = -math.log((held - 1.5) / (asked - 1))  # both left out
            names = sorted(self.holders[opinion])
            for place, one in enumerate(names):
                for other in names[place + 1 :]:
                    had = worth[one, other]
                    had[opinion.subject] = max(value, had.get(opinion.subject, 0.0))
        sums = {pair: sum(of.values()) for pair, of in worth.items() if len(of) > 1}
        return {pair: value for pair, value in sums.items() if value >= EDGE}

    def _grown(
        self,
        members: set[str],
        by_rater: Mapping[str, list[Opinion]],
        taken: set[str],
        count: int,
        choices: int,
    ) -> Group | None:
        """The group around two raters: whoever holds at least half of what most of it hold."""
        best: Group | None = None
        for _ in range(ROUNDS):
            shared = self._shared(members, by_rater)
            if len(shared) < 2:
                return best
            group = self._judged(members, shared, count, choices)
            if best is not None and group.sure <= best.sure:
                return best
            best = group
            enough = max(2, math.ceil(len(shared) / 2))
            wanted = set(shared)
            holding = {rater for one in wanted for rater in self.holders[one]} - taken
            grown = {r for r in holding if len(wanted.intersection(by_rater[r])) >= enough}
            if grown == members or len(grown) < 2:
                return best
            members = grown
        return best

    def _shared(self, members: set[str], by_rater: Mapping[str, list[Opinion]]) -> list[Opinion]:
        """What most members who rated the question hold: of each question the rarest outside."""
        counts: dict[Opinion, int] = defaultdict(int)
        for rater in members:
            for opinion in by_rater[rater]:
                counts[opinion] += 1
        best: dict[int, tuple[float, Opinion]] = {}
        without = frozenset(members)
        for opinion, held in counts.items():
            if held < max(2, 0.5 * len(members.intersection(self.asked[opinion.subject]))):
                continue
            share, _ = self.share(opinion, without)
            value = held * -math.log(share)
            if share < 0.5 and value > best.get(opinion.subject, (0.0, opinion))[0]:
                best[opinion.subject] = (value, opinion)
        return [opinion for _, opinion in best.values()]

    def _judged(self, members: set[str], shared: list[Opinion], count: int, choices: int) -> Group:
        without = frozenset(members)
        sure, shares, others = 0.0, [], set[str]()
        for opinion in shared:
            share, _ = self.share(opinion, without)
            asked = without.intersection(self.asked[opinion.subject])
            held = len(asked.intersection(self.holders[opinion]))
            sure += _ratio(held, len(asked), share)
            shares.append(share)
            others |= self.asked[opinion.subject].keys() - without
        sure -= _log_choices(count, len(members)) + _log_choices(choices, len(shared))
        held_by = {
            rater: tuple(one for one in shared if rater in self.holders[one])
            for rater in sorted(members)
        }
        return Group(
            raters=tuple(held_by),
            opinions=tuple(shared),
            others=len(others),
            agreeing=sum(shares) / len(shares),
            sure=sure,
            held=held_by,
        )


def _ratio(held: int, asked: int, share: float) -> float:
    """Log-likelihood ratio of `held` of `asked` at their own share against `share`; 0 where it is lower."""
    if not asked or held / asked <= share:
        return 0.0
    ratio = held * math.log(held / asked / share)
    if held < asked:
        ratio += (asked - held) * math.log((1 - held / asked) / (1 - share))
    return ratio


def _log_choices(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(max(0, n - k) + 1)
