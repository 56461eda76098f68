"""Panels: frozen answers, who was invited to judge them, and what was said. One vote for each place of a rater.

It decides nothing about who sees what (`give` is told by a function), and nothing about what votes mean. A link
to a panel is kept as a hash, like a key. An item of what a person asked goes with that person's message.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, RowMapping, case, delete, func, or_, select, update

from chatwright.core.errors import Conflict, NotFound
from chatwright.store.database import Database
from chatwright.store.keys import digest_of
from chatwright.store.loop_tables import (
    panel_items,
    panel_judgements,
    panel_raters,
    panel_votes,
    panels,
)
from chatwright.store.panel_records import (
    Choice,
    JudgementRecord,
    PanelAnswer,
    PanelItem,
    PanelRecord,
    RaterRecord,
    VoteRecord,
)
from chatwright.store.stamps import new_id, now, stamp

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 random bytes
SHOWN = 8  # of a token's 43 characters are kept as they are; 35 (210 bits) remain secret
STALE = timedelta(days=1)  # after which an item that was shown and not answered counts as free
LONGEST = 3600.0  # seconds for one answer; beyond it somebody was away


@dataclass(frozen=True, slots=True)
class Offer:
    """An item as it may be given out: how often it was shown already, and how often with sides swapped."""

    item_id: str
    control: bool
    owner: str | None
    shown: int
    swapped: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What a rater gets next."""

    item_id: str
    repeated: bool
    swapped: bool


Choose = Callable[[Sequence[Offer], Sequence[VoteRecord]], Draw | None]


class Panels:
    """Make panels, invite raters, give out items, take votes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- panels ---

    def create(self, panel: PanelRecord, items: Sequence[PanelItem]) -> PanelRecord:
        """Keep a new panel. Raises `Conflict` when the name is taken."""
        taken = select(panels.c.id).where(panels.c.bot == panel.bot, panels.c.name == panel.name)
        with self._database.write() as connection:
            if connection.execute(taken).first():
                raise Conflict(
                    f"There is a panel called {panel.name!r} already.", "Choose another name."
                )
            values = asdict(panel) | {"contestants": dict(panel.contestants)}
            connection.execute(panels.insert().values(values | {"notes": dict(panel.notes)}))
            rows = [_item_row(panel.id, item) for item in items]
            if rows:
                connection.execute(panel_items.insert(), rows)
        return panel

    def all(self, bot: str) -> list[PanelRecord]:
        """Newest first."""
        query = select(panels).where(panels.c.bot == bot).order_by(panels.c.id.desc())
        with self._database.read() as connection:
            return [PanelRecord(**row) for row in connection.execute(query).mappings()]

    def find(self, bot: str, which: str) -> PanelRecord:
        """The panel of that name, or whose id begins so; raises `NotFound`."""
        known = self.all(bot)
        found = [one for one in known if one.name == which]
        found = found or [one for one in known if which and one.id.startswith(which)]
        if len(found) != 1:
            problem = "There is no such panel" if not found else f"{len(found)} panels begin so"
            raise NotFound(f"{problem}: {which}.", "`chatwright panel list` shows them.")
        return found[0]

    def close(self, panel_id: str) -> None:
        """Take no more votes."""
        query = update(panels).where(panels.c.id == panel_id, panels.c.closed_at.is_(None))
        with self._database.write() as connection:
            connection.execute(query.values(closed_at=now()))

    def delete(self, panel_id: str) -> None:
        """Remove a panel with all that belongs to it."""
        with self._database.write() as connection:
            connection.execute(delete(panels).where(panels.c.id == panel_id))

    def items(self, panel_id: str) -> list[PanelItem]:
        query = select(panel_items).where(panel_items.c.panel_id == panel_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(panel_items.c.place)).mappings().all()
        return [_item(row) for row in rows]

    def item(self, item_id: str) -> PanelItem:
        """Raises `NotFound`."""
        query = select(panel_items).where(panel_items.c.id == item_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("This question is no longer in the panel.", "Go on to the next one.")
        return _item(row)

    # --- raters ---

    def invite(
        self, panel_id: str, name: str, *, person: str | None = None, expires_at: str | None = None
    ) -> tuple[RaterRecord, str]:
        """A new rater, and the token of the link, which nobody can find out again."""
        token = secrets.token_urlsafe(32)
        record = RaterRecord(
            new_id(), panel_id, name, person, token[:SHOWN], now(), expires_at, None
        )
        with self._database.write() as connection:
            values = asdict(record) | {"digest": digest_of(token)}
            connection.execute(panel_raters.insert().values(values))
        return record, token

    def raters(self, panel_id: str) -> list[RaterRecord]:
        """In the order in which they were invited, those whose link is over included."""
        query = select(panel_raters).where(panel_raters.c.panel_id == panel_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(panel_raters.c.id)).mappings().all()
        return [_rater(row) for row in rows]

    def revoke(self, panel_id: str, which: str) -> RaterRecord:
        """End the link of the rater with this name, or whose token or id begins so; votes stay.

        Raises `NotFound` when none, or more than one, is meant.
        """
        known = [one for one in self.raters(panel_id) if one.state != "revoked"]
        found = [one for one in known if which in (one.name, one.id, one.prefix)]
        if len(found) != 1:
            problem = "There is no such rater" if not found else f"{len(found)} raters are meant"
            raise NotFound(f"{problem}: {which}.", "`chatwright panel list` shows them.")
        at = now()
        change = update(panel_raters).where(panel_raters.c.id == found[0].id).values(revoked_at=at)
        with self._database.write() as connection:
            connection.execute(change)
        return RaterRecord(**asdict(found[0]) | {"revoked_at": at})

    def match(self, token: str, bots: Collection[str]) -> tuple[PanelRecord, RaterRecord] | None:
        """The panel and the rater of a link, whatever their states, if it is of one of `bots`."""
        if not TOKEN.fullmatch(token):
            return None
        digest = digest_of(token)
        query = select(panel_raters).join(panels, panels.c.id == panel_raters.c.panel_id)
        query = query.where(panel_raters.c.prefix == token[:SHOWN], panels.c.bot.in_(bots))
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
            # Compared in a time that does not tell how much was right.
            found = [row for row in rows if hmac.compare_digest(row["digest"], digest)]
            if not found:
                return None
            of_panel = select(panels).where(panels.c.id == found[0]["panel_id"])
            panel = connection.execute(of_panel).mappings().one()
        return PanelRecord(**panel), _rater(found[0])

    # --- votes ---

    def give(self, rater: RaterRecord, choose: Choose) -> VoteRecord | None:
        """The place that the rater is at: one that was shown and not answered, else a new one as `choose`
        has it; None: there is nothing more to judge."""
        with self._database.write() as connection:
            own = _votes(connection, panel_votes.c.rater_id == rater.id)
            waiting = [vote for vote in own if vote.voted_at is None]
            if waiting:
                return waiting[0]
            drawn = choose(_offers(connection, rater.panel_id), own)
            if drawn is None:
                return None
            place = max((vote.place for vote in own), default=0) + 1
            vote = VoteRecord(rater.id, place, drawn.item_id, drawn.repeated, drawn.swapped, now())
            connection.execute(panel_votes.insert().values(_vote_row(vote)))
        return vote

    def vote(
        self,
        rater: RaterRecord,
        place: int,
        item_id: str,
        *,
        choice: Choice | None = None,
        score: int | None = None,
        comment: str = "",
    ) -> bool:
        """Answer a place of the rater's own; False: it was answered before, and that stays.

        Raises `NotFound` for a place or an item that the rater was not shown, `Conflict` when the panel is
        closed.
        """
        own = (panel_votes.c.rater_id == rater.id, panel_votes.c.place == place)
        closed = select(panels.c.closed_at).where(panels.c.id == rater.panel_id)
        with self._database.write() as connection:
            row = connection.execute(select(panel_votes).where(*own)).mappings().first()
            if row is None or row["item_id"] != item_id:
                raise NotFound("This question was not given to you.", "Open your link again.")
            if row["voted_at"] is not None:
                return False
            if connection.execute(closed).scalar_one() is not None:
                raise Conflict("The panel is closed: no more votes are taken.", code="panel_closed")
            at = now()
            said: dict[str, Any] = {
                "choice": choice,
                "score": score,
                "comment": comment,
                "voted_at": at,
            }
            said["seconds"] = min(_seconds(row["shown_at"], at), LONGEST)
            connection.execute(update(panel_votes).where(*own).values(**said))
        return True

    def votes(self, panel_id: str) -> list[VoteRecord]:
        """All places that were given out, also those not answered yet, rater by rater."""
        of_panel = select(panel_raters.c.id).where(panel_raters.c.panel_id == panel_id)
        with self._database.read() as connection:
            return _votes(connection, panel_votes.c.rater_id.in_(of_panel))

    def done(self, rater_id: str) -> int:
        """How many places the rater has answered."""
        query = select(func.count()).select_from(panel_votes)
        query = query.where(panel_votes.c.rater_id == rater_id, panel_votes.c.voted_at.is_not(None))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    # --- judges ---

    def judgements(self, panel_id: str, model: str = "") -> list[JudgementRecord]:
        """What models said of the panel's items; of `model` alone where it is named."""
        of_panel = select(panel_items.c.id).where(panel_items.c.panel_id == panel_id)
        query = select(panel_judgements).where(panel_judgements.c.item_id.in_(of_panel))
        if model:
            query = query.where(panel_judgements.c.model == model)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(panel_judgements.c.at)).mappings().all()
        return [JudgementRecord(**row) for row in rows]

    def judge(self, judgement: JudgementRecord) -> None:
        """Keep a judgement; one of the same model on the same item is replaced."""
        same = (
            panel_judgements.c.item_id == judgement.item_id,
            panel_judgements.c.model == judgement.model,
        )
        with self._database.write() as connection:
            connection.execute(delete(panel_judgements).where(*same))
            connection.execute(panel_judgements.insert().values(asdict(judgement)))


# --- to be forgotten ------------------------------------------------------------------------------


def forget(connection: Connection, person: str, before: str | None = None) -> int:
    """Remove what a person asked (with all votes on it) and what they said as a rater; with `before`, of
    raters who were invited by then alone. How many rows."""
    rated = panel_raters.c.person == person
    if before is not None:
        rated &= panel_raters.c.created_at <= before
        return connection.execute(delete(panel_raters).where(rated)).rowcount
    asked = connection.execute(delete(panel_items).where(panel_items.c.owner == person)).rowcount
    return asked + connection.execute(delete(panel_raters).where(rated)).rowcount


def forget_named(connection: Connection, names: Callable[[str], bool]) -> int:
    """Remove items and raters that `names` finds somebody in, and comments and reasons. How many rows."""
    items = [
        row.id
        for row in connection.execute(select(panel_items))
        if names("\n".join((row.question, *_texts(row.history), *_texts(row.answers))))
    ]
    raters = [
        row.id
        for row in connection.execute(select(panel_raters.c.id, panel_raters.c.name))
        if names(row.name)
    ]
    for id in items:
        connection.execute(delete(panel_items).where(panel_items.c.id == id))
    for id in raters:
        connection.execute(delete(panel_raters).where(panel_raters.c.id == id))
    blanked = 0
    said = select(panel_votes).where(panel_votes.c.comment != "")
    for row in connection.execute(said).all():
        if names(row.comment):
            own = (panel_votes.c.rater_id == row.rater_id, panel_votes.c.place == row.place)
            connection.execute(update(panel_votes).where(*own).values(comment=""))
            blanked += 1
    for row in connection.execute(select(panel_judgements)).all():
        if names(row.reason):
            same = (
                panel_judgements.c.item_id == row.item_id,
                panel_judgements.c.model == row.model,
            )
            connection.execute(update(panel_judgements).where(*same).values(reason=""))
            blanked += 1
    return len(items) + len(raters) + blanked


def rated(connection: Connection, person: str) -> list[dict[str, Any]]:
    """What a person said as a rater, as plain values."""
    query = select(panels.c.name.label("panel"), panel_items.c.question, panel_votes)
    query = query.join(panel_raters, panel_raters.c.id == panel_votes.c.rater_id)
    query = query.join(panel_items, panel_items.c.id == panel_votes.c.item_id)
    query = query.join(panels, panels.c.id == panel_items.c.panel_id)
    found = connection.execute(query.where(panel_raters.c.person == person)).mappings()
    return [dict(row) for row in found]


# --- rows -----------------------------------------------------------------------------------------


def _item_row(panel_id: str, item: PanelItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "panel_id": panel_id,
        "place": item.place,
        "question": item.question,
        "history": [dict(turn) for turn in item.history],
        "answers": [asdict(answer) for answer in item.answers],
        "control": int(item.control),
        "topic": item.topic,
        "origin": item.origin,
        "owner": item.owner,
    }


def _item(row: RowMapping) -> PanelItem:
    values = {name: row[name] for name in ("id", "place", "question", "topic", "origin", "owner")}
    return PanelItem(
        **values,
        history=tuple(row["history"]),
        answers=tuple(PanelAnswer(**answer) for answer in row["answers"]),
        control=bool(row["control"]),
    )


def _rater(row: RowMapping) -> RaterRecord:
    return RaterRecord(**{name: row[name] for name in RaterRecord.__dataclass_fields__})


def _vote_row(vote: VoteRecord) -> dict[str, Any]:
    flags = {"repeated": int(vote.repeated), "swapped": int(vote.swapped)}
    return asdict(vote) | flags


def _votes(connection: Connection, which: Any) -> list[VoteRecord]:
    query = select(panel_votes).where(which)
    rows = connection.execute(query.order_by(panel_votes.c.rater_id, panel_votes.c.place))
    return [
        VoteRecord(**row | {"repeated": bool(row["repeated"]), "swapped": bool(row["swapped"])})
        for row in map(dict, rows.mappings())
    ]


def _offers(connection: Connection, panel_id: str) -> list[Offer]:
    """All items, with how often they were shown: answered, or shown lately and perhaps being answered."""
    lately = stamp(datetime.now(UTC) - STALE)
    counts = or_(panel_votes.c.voted_at.is_not(None), panel_votes.c.shown_at > lately)
    counted = case((counts & (panel_votes.c.repeated == 0), 1), else_=0)
    turned = case((counts & (panel_votes.c.repeated == 0), panel_votes.c.swapped), else_=0)
    query = (
        select(panel_items.c.id, panel_items.c.control, panel_items.c.owner)
        .add_columns(func.coalesce(func.sum(counted, type_=Integer), 0))
        .add_columns(func.coalesce(func.sum(turned, type_=Integer), 0))
        .join(panel_votes, panel_votes.c.item_id == panel_items.c.id, isouter=True)
        .where(panel_items.c.panel_id == panel_id)
        .group_by(panel_items.c.id, panel_items.c.control, panel_items.c.owner)
        .order_by(panel_items.c.id)
    )
    return [
        Offer(id, bool(control), owner, int(shown), int(swapped))
        for id, control, owner, shown, swapped in connection.execute(query)
    ]


def _seconds(begun: str, ended: str) -> float:
    gap = datetime.fromisoformat(ended) - datetime.fromisoformat(begun)
    return max(0.0, round(gap.total_seconds(), 1))


def _texts(values: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(value.get("content", value.get("text", ""))) for value in values]
