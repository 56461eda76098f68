"""What a rater of a panel gets to see, in which order and on which side; and taking what the rater says.

Blind: nothing that leaves here names a contestant. Balanced: an item that few have judged comes first, and
each item's sides are swapped as often as not. Some places hold a control (its right answer is known) or an
item that the same rater has judged before, on the other side: spread over the whole of a rater's places, so
that a change shows.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.store.database import Database
from chatwright.store.panel_records import (
    CHOICES,
    MOST_SCORE,
    Choice,
    PanelKind,
    PanelRecord,
    RaterRecord,
    VoteRecord,
)
from chatwright.store.panels import Draw, Offer, Panels
from chatwright.store.stamps import stamp

Special = Literal["control", "repeat"]
SPECIALS: tuple[Special, ...] = get_args(Special)
APART = 3  # places at least between an item and its repetition
COMMENT = 2000  # characters


@dataclass(frozen=True, slots=True)
class Seat:
    """A rater at the panel that the link is of; both may be over."""

    panel: PanelRecord
    rater: RaterRecord

    def check(self) -> None:
        """Raises `Conflict` when the link or the panel is over. Whoever has the whole of a link may know."""
        if self.panel.closed_at is not None:
            raise Conflict("The panel is closed: thank you.", code="panel_closed")
        if self.rater.state != "live":
            raise Conflict(
                f"This link is {self.rater.state}.",
                "Ask whoever sent it for a new one.",
                code=f"link_{self.rater.state}",
            )


@dataclass(frozen=True, slots=True)
class Showing:
    """What is on a rater's screen: `answers` from left to right. `place` of `total`, counted from 1."""

    kind: PanelKind
    item_id: str
    place: int
    number: int
    total: int
    question: str
    history: tuple[Mapping[str, str], ...]
    answers: tuple[str, ...]


class Room:
    """The panels of a bot's store, as raters meet them. `consenting` says whose questions may be read now."""

    def __init__(self, database: Database, consenting: Callable[[], Collection[str]]) -> None:
        self.panels = Panels(database)
        self._consenting = consenting

    def enter(self, token: str, bots: Collection[str]) -> Seat:
        """The seat that a link leads to, whatever its state; raises `NotFound`."""
        found = self.panels.match(token, bots)
        if found is None:
            raise NotFound("This link leads nowhere.", "Is it whole? Ask whoever sent it.")
        return Seat(*found)

    def next(self, seat: Seat) -> Showing | None:
        """What the rater judges now; None: all is done. Raises `Conflict` where the link is over."""
        seat.check()
        vote = self.panels.give(seat.rater, lambda offers, own: self._choose(seat, offers, own))
        if vote is None:
            return None
        item = self.panels.item(vote.item_id)
        texts = [answer.text for answer in item.answers]
        if seat.panel.kind == "ratings":
            texts = texts[:1]
        shown = tuple(reversed(texts)) if vote.swapped else tuple(texts)
        done = self.panels.done(seat.rater.id)
        return Showing(
            seat.panel.kind,
            item.id,
            vote.place,
            done + 1,
            max(seat.panel.per_rater, done + 1),
            item.question,
            item.history,
            shown,
        )

    def answer(self, seat: Seat, place: int, item_id: str, said: str, comment: str = "") -> bool:
        """Take a vote: one of `CHOICES`, or 1 to 5 where answers are rated. False: it was there already.

        Raises `Conflict` where the link is over, `NotFound` for what this rater was not shown, `WrongUse`.
        """
        seat.check()
        choice, score = _vote(seat.panel.kind, said)
        comment = comment.replace("\0", "").strip()[:COMMENT]
        return self.panels.vote(
            seat.rater, place, item_id, choice=choice, score=score, comment=comment
        )

    def _choose(
        self, seat: Seat, offers: Sequence[Offer], own: Sequence[VoteRecord]
    ) -> Draw | None:
        owned = any(offer.owner is not None for offer in offers)
        consenting = self._consenting() if owned else ()
        allowed = [one for one in offers if one.owner is None or one.owner in consenting]
        return choose(seat.panel, seat.rater.id, allowed, own)


def invite_all(
    panels: Panels,
    panel: PanelRecord,
    names: Sequence[str],
    *,
    person: str | None = None,
    days: float = 30,
) -> list[tuple[RaterRecord, str]]:
    """New raters, each with the token of their link. `person`: who the rater is, of `person list`.

    Raises `WrongUse` for a name that has a link that is not over, and `Conflict` where the panel is closed.
    """
    if panel.closed_at is not None:
        raise Conflict("The panel is closed: nobody can vote any more.", code="panel_closed")
    if person and len(names) > 1:
        raise WrongUse("A person is one rater.", "Invite them one by one.")
    taken = {one.name for one in panels.raters(panel.id) if one.state == "live"} & set(names)
    if taken or len(set(names)) < len(names):
        raise WrongUse(
            f"Invited already: {', '.join(sorted(taken)) or 'one name twice'}.",
            "Revoke the old link first, or use another name.",
        )
    ends = stamp(datetime.now(UTC) + timedelta(days=days))
    return [panels.invite(panel.id, name, person=person, expires_at=ends) for name in names]


def _vote(kind: PanelKind, said: str) -> tuple[Choice | None, int | None]:
    if kind == "ratings":
        if said not in {str(score) for score in range(1, MOST_SCORE + 1)}:
            raise WrongUse("A rating is a number from 1 to 5.", "Choose one.")
        return None, int(said)
    found: list[Choice] = [choice for choice in CHOICES if choice == said]
    if not found:
        raise WrongUse("Choose one of the answers, or say that neither is better.", "Go back.")
    return found[0], None


def choose(
    panel: PanelRecord, rater: str, offers: Sequence[Offer], own: Sequence[VoteRecord]
) -> Draw | None:
    """What a rater gets after `own`: the same for the same state and seed. None: nothing is left."""
    place = max((vote.place for vote in own), default=0) + 1
    if place > panel.per_rater:
        return None
    seen = {vote.item_id for vote in own}
    left = [offer for offer in offers if offer.item_id not in seen]
    special = places(panel, rater).get(place)
    if special == "repeat" and (again := _again(panel, rater, offers, own, place)) is not None:
        return again
    controls = [offer for offer in left if offer.control]
    items = [offer for offer in left if not offer.control]
    wanted = controls if special == "control" and controls else items
    if not wanted:
        return None

    def rank(offer: Offer) -> tuple[int, str]:
        return offer.shown, _hash(panel.seed, rater, offer.item_id)

    return _draw(panel, min(wanted, key=rank))


def places(panel: PanelRecord, rater: str) -> dict[int, Special]:
    """Which places of a rater hold something special: one in each part of as many equal parts."""
    drawn, found = random.Random(f"{panel.seed} {rater}"), dict[int, Special]()
    for special, count, first in (
        ("control", panel.controls, 1),
        ("repeat", panel.repeats, APART + 2),
    ):
        size = panel.per_rater - first + 1
        for part in range(min(count, max(size, 0))):
            low, high = first + part * size // count, first + (part + 1) * size // count
            free = [place for place in range(low, high) if place not in found]
            if free:
                found[drawn.choice(free)] = "control" if special == "control" else "repeat"
    return found


def _again(
    panel: PanelRecord,
    rater: str,
    offers: Sequence[Offer],
    own: Sequence[VoteRecord],
    place: int,
) -> Draw | None:
    """An item that the rater had before, with the sides turned around; each once."""
    open_to = {offer.item_id for offer in offers if not offer.control}
    repeated = {vote.item_id for vote in own if vote.repeated}
    found = [
        vote for vote in own if vote.item_id in open_to - repeated and vote.place <= place - APART
    ]
    if not found:
        return None
    vote = min(found, key=lambda one: _hash(panel.seed, rater, "again", one.item_id))
    return Draw(vote.item_id, True, not vote.swapped)


def _draw(panel: PanelRecord, offer: Offer) -> Draw:
    straight = offer.shown - offer.swapped
    if straight == offer.swapped:
        odd = int(_hash(panel.seed, offer.item_id, str(offer.shown))[0], 16) % 2
        return Draw(offer.item_id, False, bool(odd))
    return Draw(offer.item_id, False, offer.swapped < straight)


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
