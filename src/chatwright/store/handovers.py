"""A person's part in conversations: wanted, taken, answered, ended; notes, and who has seen what.

A conversation has one at a time. Whatever changes it takes the lock of the conversation's row first, as turns
do (`turns.py`): from the moment that a person has a conversation no turn of the bot begins there, whichever
process was asked. It tells nobody: `server/live.py` looks, and channels deliver.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select, update

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.core.types import HandoverReason
from chatwright.store.canaries import STAGING
from chatwright.store.conversations import owned
from chatwright.store.database import Database
from chatwright.store.feedback import CLIENT
from chatwright.store.inbox_tables import handovers, teammates
from chatwright.store.records import HandoverEnd, HandoverRecord, MessageRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import MESSAGE, conversations, messages

FIELDS = [handovers.c[name] for name in HandoverRecord.__dataclass_fields__]
UNREACHED = (STAGING, CLIENT)  # channels on which nobody waits for a person


class Handovers:
    """Of all conversations; `bot` or an owner is named in each call, another's is as good as none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the visitor ------------------------------------------------------------------------------

    def ask(self, conversation_id: str, owner: str) -> tuple[HandoverRecord, bool]:
        """The owner wants a person; whether none was wanted until now. Raises `NotFound`, and `WrongUse` where
        no person comes."""
        with self._database.write(shared=True) as connection:
            talk = _locked(connection, owned(conversation_id, owner))
            if talk["channel"] in UNREACHED:
                raise WrongUse("No person can come here.", "Ask the bot's owner directly.")
            last = (
                select(messages.c.id)
                .where(messages.c.conversation_id == conversation_id)
                .where(messages.c.role == "assistant", messages.c.author.is_(None))
                .order_by(messages.c.seq.desc())
                .limit(1)
            )
            known = current(connection, conversation_id)
            found = want(connection, talk, "asked", connection.execute(last).scalar())
            return found, known is None

    def leave(self, conversation_id: str, owner: str) -> HandoverRecord | None:
        """The owner goes on with the bot; None where no person was wanted. Raises `NotFound`."""
        with self._database.write(shared=True) as connection:
            _locked(connection, owned(conversation_id, owner))
            found = current(connection, conversation_id)
            return None if found is None else _end(connection, found, "left")

    def of(self, conversation_id: str, owner: str) -> HandoverRecord | None:
        """The newest of a conversation of that owner, ended or not."""
        query = select(*FIELDS).join(
            conversations, conversations.c.id == handovers.c.conversation_id
        )
        query = query.where(owned(conversation_id, owner))
        with self._database.read() as connection:
            return _newest(connection, query)

    # --- the team ---------------------------------------------------------------------------------

    def take(
        self, bot: str, conversation_id: str, who: str, instead_of: str = ""
    ) -> HandoverRecord:
        """`who` has the conversation from now on; replies that the bot is writing are ended.

        Raises `NotFound`, and `Conflict` ("taken") where somebody else than `instead_of` has it: whoever takes
        over from a colleague says so.
        """
        with self._database.write(shared=True) as connection:
            talk = _locked(connection, _of_bot(bot, conversation_id))
            if talk["channel"] in UNREACHED:
                raise WrongUse("Nobody could be answered there.", "Take another conversation.")
            found = current(connection, conversation_id)
            if found is not None and found.taken_by not in ("", who, instead_of):
                raise Conflict(
                    "A colleague has this conversation.",
                    "Ask them, or take it over from them.",
                    code="taken",
                )
            if found is not None and found.taken_by == who:
                return found
            if found is None:
                found = _add(connection, talk, "team", None)
            taken = replace(
                found,
                state="taken",
                taken_by=who,
                name=_name(connection, who),
                taken_at=now(),
                revision=found.revision + 1,
            )
            running = (messages.c.conversation_id == conversation_id) & (
                messages.c.status == "running"
            )
            connection.execute(update(messages).where(running).values(stopping=1))
            return _put(connection, taken)

    def answer(
        self, bot: str, conversation_id: str, who: str, text: str, key: str
    ) -> MessageRecord:
        """What `who`, who has the conversation, says there. The same `key` again is the same answer.

        Raises `NotFound`, and `Conflict` ("not_taken") where they do not have it.
        """
        with self._database.write(shared=True) as connection:
            talk = _locked(connection, _of_bot(bot, conversation_id))
            held = _held(connection, conversation_id, who)
            last = select(handovers.c.answer_key, handovers.c.answer_id)
            last = last.where(handovers.c.id == held.id)
            known, id = connection.execute(last).one()
            if id is not None and known == key:
                query = select(*MESSAGE).where(messages.c.id == id)
                return MessageRecord.of(dict(connection.execute(query).mappings().one()))
            said = _said(connection, conversation_id, held.name, text)
            values = {name: getattr(said, name) for name in MessageRecord.__dataclass_fields__}
            del values["feedback"]
            connection.execute(messages.insert().values(values | {"writer": who}))
            change = update(handovers).where(handovers.c.id == held.id)
            connection.execute(change.values(answer_key=key, answer_id=said.id))
            moved = update(conversations).where(conversations.c.id == talk["id"])
            connection.execute(moved.values(updated_at=said.created_at))
            return said

    def end(
        self, bot: str, conversation_id: str, who: str, how: HandoverEnd
    ) -> tuple[HandoverRecord, str | None]:
        """The bot answers again. With the id of a message of the visitor's that nobody has answered, if there
        is one. Raises `NotFound`, and `Conflict` where a colleague has the conversation, or nobody wants one.
        """
        with self._database.write(shared=True) as connection:
            _locked(connection, _of_bot(bot, conversation_id))
            found = current(connection, conversation_id)
            if found is None:
                raise Conflict(
                    "The bot answers there already.", "Load the conversation again.", code="ended"
                )
            if found.taken_by not in ("", who):
                raise Conflict(
                    "A colleague has this conversation.", "Take it over first.", code="taken"
                )
            ended = _end(connection, found, how)
            last = (
                select(messages.c.id, messages.c.role)
                .where(messages.c.conversation_id == conversation_id)
                .order_by(messages.c.seq.desc())
                .limit(1)
            )
            row = connection.execute(last).first()
        return ended, row.id if row is not None and row.role == "user" else None

    def name(self, who: str) -> str:
        """What visitors read as the name of `who`; empty: none."""
        with self._database.read() as connection:
            return _name(connection, who)

    def call(self, who: str, name: str) -> None:
        """From now on visitors read that name; what is said already keeps the one it was said under."""
        with self._database.write() as connection:
            change = update(teammates).where(teammates.c.who == who).values(name=name)
            if connection.execute(change).rowcount == 0:
                connection.execute(teammates.insert().values(who=who, name=name))
            mine = (handovers.c.taken_by == who) & handovers.c.ended_at.is_(None)
            connection.execute(update(handovers).where(mine).values(name=name))


# --- within a transaction that is open --------------------------------------------------------------


def current(connection: Connection, conversation_id: str) -> HandoverRecord | None:
    """The one that is not ended."""
    query = select(*FIELDS).where(
        handovers.c.conversation_id == conversation_id, handovers.c.ended_at.is_(None)
    )
    return _newest(connection, query)


def taken(connection: Connection, conversation_id: str) -> bool:
    """Whether a person has the conversation. Its row must be locked, or the answer may be old."""
    found = current(connection, conversation_id)
    return found is not None and found.state == "taken"


def want(
    connection: Connection, talk: Any, reason: HandoverReason, message_id: str | None
) -> HandoverRecord:
    """A person is wanted in the conversation `talk` (id, bot), if none was."""
    return current(connection, talk["id"]) or _add(connection, talk, reason, message_id)


def _locked(connection: Connection, which: Any) -> Any:
    """The conversation's row, as nobody else can change it now. It counts as changed."""
    change = update(conversations).where(which).values(revision=conversations.c.revision + 1)
    wanted = (conversations.c.id, conversations.c.bot, conversations.c.channel)
    row = connection.execute(change.returning(*wanted)).mappings().first()
    if row is None:
        raise NotFound("There is no such conversation.", "Load the list again.")
    return row


def _of_bot(bot: str, id: str) -> Any:
    own = (conversations.c.id == id) & (conversations.c.bot == bot)
    return own & conversations.c.deleted_at.is_(None)


def _newest(connection: Connection, query: Any) -> HandoverRecord | None:
    newest = query.order_by(handovers.c.revision.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return HandoverRecord(**row) if row else None


def _add(
    connection: Connection, talk: Any, reason: HandoverReason, message_id: str | None
) -> HandoverRecord:
    before = select(func.max(handovers.c.revision)).where(handovers.c.conversation_id == talk["id"])
    made = HandoverRecord(
        id=new_id(),
        conversation_id=talk["id"],
        bot=talk["bot"],
        state="wanted",
        reason=reason,
        message_id=message_id,
        wanted_at=None if reason == "team" else now(),
        taken_by="",
        name="",
        taken_at=None,
        ended_at=None,
        ended=None,
        revision=(connection.execute(before).scalar() or 0) + 1,
    )
    values = {name: getattr(made, name) for name in HandoverRecord.__dataclass_fields__}
    connection.execute(handovers.insert().values(values | {"answer_key": "", "answer_id": None}))
    return made


def _put(connection: Connection, changed: HandoverRecord) -> HandoverRecord:
    values = {name: getattr(changed, name) for name in HandoverRecord.__dataclass_fields__}
    connection.execute(update(handovers).where(handovers.c.id == changed.id).values(values))
    return changed


def _end(connection: Connection, found: HandoverRecord, how: HandoverEnd) -> HandoverRecord:
    revision = found.revision + 1
    ended = replace(found, state="ended", ended_at=now(), ended=how, revision=revision)
    return _put(connection, ended)


def _held(connection: Connection, conversation_id: str, who: str) -> HandoverRecord:
    found = current(connection, conversation_id)
    if found is None or found.taken_by != who:
        raise Conflict(
            "You do not have this conversation.", "Take it over, then answer.", code="not_taken"
        )
    return found


def _said(connection: Connection, conversation_id: str, name: str, text: str) -> MessageRecord:
    """Below the newest message, whatever branch that is in."""
    newest = (
        select(messages.c.id, messages.c.seq)
        .where(messages.c.conversation_id == conversation_id)
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    return MessageRecord(
        id=new_id(),
        conversation_id=conversation_id,
        parent_id=row.id if row else None,
        role="assistant",
        content=text,
        status="done",
        created_at=now(),
        seq=row.seq + 1 if row else 1,
        author=name,
    )


def _name(connection: Connection, who: str) -> str:
    query = select(teammates.c.name).where(teammates.c.who == who)
    return str(connection.execute(query).scalar() or "")
