"""Who falls into which arm of a canary, and what each person met with there.

The same person stays in an arm, in all processes and after restarts: a keyed hash decides. The unit of all
figures is the person: many replies to one person are no many people.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chatwright.evaluation.sequential import Units
from chatwright.store.canaries import Seen, Step
from chatwright.store.stamps import stamp

Metric = Literal["errors", "slow", "refusals", "negative"]
METRICS: tuple[Metric, ...] = ("errors", "slow", "refusals", "negative")
FIRST = timedelta(hours=1)  # of a person's time in a canary, that counts
LATE = timedelta(seconds=30)  # rows may come so long after the time in them
NOBODY = frozenset({"", "anonymous"})  # who cannot be told apart stays with what is served


def place(salt: str, person: str) -> float:
    """Where `person` stands between 0 and 1: below the share is the candidate's arm, so that a growing share
    takes nobody back."""
    hashed = hashlib.blake2b(person.encode(), key=salt.encode(), digest_size=8).digest()
    return int.from_bytes(hashed) / 2**64


def chooses(salt: str, share: float, person: str) -> bool:
    """Whether the candidate answers `person`."""
    return person not in NOBODY and place(salt, person) < share


@dataclass(frozen=True, slots=True)
class Limits:
    """What is slow, in milliseconds: to the first text, and to the end."""

    first_ms: int
    total_ms: int


def outcome(metric: Metric, seen: Seen, limits: Limits) -> bool | None:
    """Whether a reply is a bad one by this metric; None where it tells nothing."""
    if metric == "errors":
        return seen.failed
    if seen.failed:
        return None
    if metric == "slow":
        if seen.total_ms is None:
            return None
        return seen.total_ms > limits.total_ms or (seen.first_ms or 0) > limits.first_ms
    if metric == "refusals":
        return seen.refused
    if not (seen.ups or seen.downs or seen.weak):
        return None
    return seen.downs > seen.ups or (seen.weak > 0 and not seen.ups)


class _Person:
    """What one person met with so far. `bad` and `all`: replies by metric."""

    __slots__ = ("all", "bad", "share", "treated", "until")

    def __init__(self, treated: bool, share: float, until: str) -> None:
        self.treated, self.share, self.until = treated, share, until
        self.bad, self.all = [0] * len(METRICS), [0] * len(METRICS)

    def add(self, seen: Seen, limits: Limits) -> None:
        for at, metric in enumerate(METRICS):
            found = outcome(metric, seen, limits)
            if found is not None:
                self.bad[at] += found
                self.all[at] += 1


class Arms:
    """The people of a canary, read little by little. A person counts once: with the first hour, when that is
    over, by the arm and the share in force when it began. So it does not matter how often one looks, nor how
    the replies to one person hang together; and who comes back later, or into another arm, changes nothing.

    The arm is the one that chance chose, whoever answered: where the candidate was not ready and the other bot
    stood in, leaving the reply out would leave out more of one arm than of the other.
    """

    def __init__(self, salt: str, limits: Limits) -> None:
        self._salt, self._limits = salt, limits
        self._known: set[int] = set()
        self._rows: dict[Metric, list[tuple[bool, float, float]]] = {one: [] for one in METRICS}
        self.open = 0  # people whose hour is not over
        self.since = ""  # rows from then on are to be read at the next look

    @property
    def people(self) -> int:
        """Whose hour is over."""
        return len(self._known)

    def look(self, rows: Iterable[Seen], steps: Sequence[Step], time: datetime) -> None:
        """Take the replies that began at `since` or later, in their order, as they stand at `time`."""
        now, begun = stamp(time), dict[str, str]()
        open = dict[str, _Person]()
        for seen in rows:
            person = open.get(seen.owner)
            if person is None:
                if hash(seen.owner) in self._known or seen.owner in NOBODY:
                    continue
                share = _share(steps, seen.at)
                until = stamp(datetime.fromisoformat(seen.at) + FIRST)
                treated = place(self._salt, seen.owner) < share
                person = open[seen.owner] = _Person(treated, share, until)
                begun[seen.owner] = seen.at
            if seen.at < person.until:
                person.add(seen, self._limits)
        for owner, person in list(open.items()):
            if person.until <= now:
                self._close(owner, person)
                del open[owner], begun[owner]
        self.open = len(open)
        self.since = min((*begun.values(), stamp(time - LATE)))

    def units(self, metric: Metric) -> Units:
        """The people of whom this metric tells something."""
        return Units.of(self._rows[metric])

    def _close(self, owner: str, person: _Person) -> None:
        self._known.add(hash(owner))
        for metric, bad, all in zip(METRICS, person.bad, person.all, strict=True):
            if all:
                self._rows[metric].append((person.treated, person.share, bad / all))


def _share(steps: Sequence[Step], at: str) -> float:
    """The one in force then."""
    return next((one.share for one in reversed(steps) if one.since <= at), steps[0].share)
