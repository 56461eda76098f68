"""What people say about replies: a thumb, a comment, a better answer. One per reply and owner."""

from __future__ import annotations

from sqlalchemy import select, update

from chatwright.core.errors import WrongUse
from chatwright.store.database import Database
from chatwright.store.records import FeedbackRecord
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, feedback, messages


class Feedbacks:
    """Write feedback; reading it comes with the messages (`Conversations.messages`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, message_id: str, owner: str, said: FeedbackRecord) -> FeedbackRecord | None:
        """Replace the owner's feedback on a reply; None when the owner has no such message.

        Raises `WrongUse` for a message that is no reply. The release that wrote the reply is kept
        with the feedback, because a later one may no longer make that mistake.
        """
        find = (
            select(messages.c.role, messages.c.release)
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                messages.c.id == message_id,
                conversations.c.owner == owner,
                conversations.c.deleted_at.is_(None),
            )
            .with_for_update(of=messages)  # the same owner's feedback on it waits for ours
        )
        values = {"thumb": said.thumb, "comment": said.comment, "correction": said.correction}
        with self._database.write(shared=True) as connection:
            message = connection.execute(find).first()
            if message is None:
                return None
            if message.role != "assistant":
                raise WrongUse("Feedback is for replies.", "Name a message of the assistant.")
            own = (feedback.c.message_id == message_id, feedback.c.owner == owner)
            time = now()
            change = update(feedback).where(*own).values(**values, updated_at=time)
            if connection.execute(change).rowcount == 0:
                row = values | {"id": new_id(), "message_id": message_id, "owner": owner}
                row |= {"release": message.release, "created_at": time, "updated_at": time}
                connection.execute(feedback.insert().values(row))
        return said
