"""What reviewers have to decide, and what they decided: one review per reply, whoever gave feedback on it.

It keeps states, and who brought them about. What a decision means (a row, a case, a curated answer) is decided
above (`improve/review.py`), and what is worth looking at first too (`improve/queue.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, true, update

from chatwright.core.errors import Conflict, NotFound
from chatwright.store.consent import Consents
from chatwright.store.database import Database
from chatwright.store.loop_tables import review_cases, review_steps, reviews
from chatwright.store.review_records import (
    WAITING,
    Accepted,
    Decided,
    ForgottenReviews,
    Review,
    ReviewCase,
    ReviewState,
    ReviewStep,
)
from chatwright.store.stamps import new_id, now
from chatwright.store.tables import conversations, feedback, messages

MANY = 400  # values in one statement


class Reviews:
    """The reviews of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- what there is ---

    def put(self, bot: str, found: Sequence[tuple[str, str, str, bool]]) -> int:
        """Have an open review for each (message, conversation, owner, suspicious); how many are new.

        One that waits goes into quarantine where it is suspicious, and comes out where it is not any more;
        one that was decided stays as it is; a message that was erased meanwhile gets none.
        """
        with self._database.read() as connection:
            known = _states(connection, bot)
        if not any(_differs(known.get(one[0]), one[3]) for one in found):
            return 0  # as a rule: nobody shall wait for a list
        new, time = dict[str, dict[str, Any]](), now()
        with self._database.write() as connection:
            known = _states(connection, bot)
            there = _there(connection, [one[0] for one in found if one[0] not in known])
            for message, conversation, owner, suspicious in found:
                state: ReviewState = "quarantined" if suspicious else "open"
                if message in there:
                    row: dict[str, Any] = {"id": new_id(), "bot": bot, "message_id": message}
                    row |= {"conversation_id": conversation, "owner": owner, "state": state}
                    row |= {"created_at": time, "updated_at": time, "decided_at": None}
                    row |= {"reviewer": "", "revision": 1, "trained": 0, "content": None}
                    new.setdefault(message, row)
                elif message in known and _differs(known[message], suspicious):
                    change = update(reviews).where(reviews.c.message_id == message)
                    values = {"state": state, "revision": reviews.c.revision + 1}
                    connection.execute(change.values(**values, updated_at=time))
            if new:
                connection.execute(reviews.insert(), list(new.values()))
        return len(new)

    def all(self, bot: str, states: Collection[ReviewState] = ()) -> list[Review]:
        """Of these states (none: of all), the oldest first."""
        which: ColumnElement[bool] = reviews.c.bot == bot
        if states:
            which = and_(which, reviews.c.state.in_(states))
        with self._database.read() as connection:
            return _records(connection, which)

    def find(self, bot: str, id: str) -> Review:
        """By its id, or how that begins; raises `NotFound`."""
        begins = reviews.c.id.startswith(id, autoescape=True)
        with self._database.read() as connection:
            found = _records(connection, and_(reviews.c.bot == bot, begins)) if id else []
        exact = [one for one in found if one.id == id] or found
        if len(exact) != 1:
            raise _no_review(id, len(exact))
        return exact[0]

    def log(self, bot: str, id: str = "", limit: int = 50, before: str = "") -> list[ReviewStep]:
        """Who decided what, the newest first; of one review, or those that came before the step `before`."""
        query = select(review_steps).where(review_steps.c.bot == bot)
        if id:
            query = query.where(review_steps.c.review_id == id)
        if before:
            query = query.where(review_steps.c.id < before)
        query = query.order_by(review_steps.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings()
            return [ReviewStep(**{k: row[k] for k in ReviewStep.__slots__}) for row in rows]

    def feedback_stamp(self, bot: str) -> tuple[int, str]:
        """Different as soon as feedback is given, changed, taken back, or goes with its conversation."""
        query = select(func.count(), func.max(feedback.c.updated_at))
        query = query.join(messages, messages.c.id == feedback.c.message_id)
        query = query.join(conversations, conversations.c.id == messages.c.conversation_id)
        query = query.where(feedback.c.bot == bot, conversations.c.deleted_at.is_(None))
        with self._database.read() as connection:
            count, newest = connection.execute(query.select_from(feedback)).one()
        return count, newest or ""

    # --- decisions ---

    def decide(
        self,
        review: Review,
        state: ReviewState,
        content: Decided,
        author: str,
        *,
        cases: Sequence[ReviewCase] = (),
    ) -> Review:
        """Decide what waits, as it was read. Raises `NotFound` where it is gone (a person was erased), and
        `Conflict` where somebody else changed or decided it meanwhile."""
        with self._database.write() as connection:
            present = _present(connection, review)
            if not present.waiting:
                raise Conflict(
                    f"This was decided already: {present.state}.",
                    "Look at it again; `chatwright review undo` takes a decision back.",
                    code="decided",
                )
            time = now()
            values: dict[str, Any] = {"state": state, "content": content.values()}
            values |= {"trained": int(bool(content.messages)), "reviewer": author}
            _change(connection, review, values | {"decided_at": time}, time)
            if cases:
                connection.execute(review_cases.insert(), [_case(review, one) for one in cases])
            _note(connection, review, author, state, state, content.reason)
        return self.find(review.bot, review.id)

    def amend(self, review: Review, content: Decided) -> Review:
        """The same decision, with what else came of it (such as the id of a curated answer)."""
        with self._database.write() as connection:
            _present(connection, review)
            _change(connection, review, {"content": content.values()}, now())
        return self.find(review.bot, review.id)

    def reopen(
        self, review: Review, author: str, reason: str = "", action: str = "undone"
    ) -> Review:
        """Have it wait again; its cases are gone from the store. Raises as `decide` does."""
        with self._database.write() as connection:
            present = _present(connection, review)
            if present.waiting:
                raise Conflict(
                    "This waits for a decision: there is nothing to undo.", code="not_decided"
                )
            connection.execute(delete(review_cases).where(review_cases.c.review_id == review.id))
            values: dict[str, Any] = {"state": "open", "trained": 0, "reviewer": ""}
            _change(connection, review, values | {"content": None, "decided_at": None}, now())
            _note(connection, review, author, action, "open", reason)
        return self.find(review.bot, review.id)

    # --- what comes of it ---

    def accepted(
        self, bot: str, without_raters: Collection[str] = (), *, version: str | None = None
    ) -> list[Accepted]:
        """What training may take now, in the order in which it was decided. Ask again before each training.

        Left out: rows in the words of a rater in `without_raters`, or that nobody else asked for; rows with
        words of somebody who withdrew consent, or deleted the conversation. `version` is that of the consent
        text as it is now (`People.consent_version`); without it the one counts under which it was decided.
        """
        gone = reviews.c.conversation_id.in_(
            select(conversations.c.id).where(conversations.c.deleted_at.is_not(None))
        )
        with self._database.read() as connection:
            which = and_(reviews.c.bot == bot, reviews.c.trained == 1, ~gone)
            found = _records(connection, which)
        held = self.held_out(bot)
        consents: dict[str, dict[str, str]] = {}
        rows = list[Accepted]()
        for one in sorted(found, key=lambda review: (review.decided_at or "", review.id)):
            content = one.content
            assert content is not None, "what is trained on was decided"
            under = content.version if version is None else version
            if under not in consents:
                consents[under] = Consents(self._database).since(bot, under)
            since = consents[under]
            agreed = all(owner in since and since[owner] <= at for owner, at in content.said)
            own = {case.question for case in one.cases}
            if agreed and _kept(content, without_raters) and content.question not in held - own:
                rows.append(_accepted(one, content))
        return rows

    def held_out(self, bot: str) -> set[str]:
        """All phrasings that never enter training, as they are asked in cases."""
        query = select(review_cases.c.question)
        query = query.where(review_cases.c.bot == bot, review_cases.c.held == 1)
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def forget(self, owner: str = "", message_ids: Sequence[str] = ()) -> ForgottenReviews:
        """See `forget`; in a transaction of its own."""
        with self._database.write() as connection:
            return forget(connection, owner, message_ids)


# --- erasure --------------------------------------------------------------------------------------


def forget(
    connection: Connection,
    owner: str = "",
    message_ids: Sequence[str] = (),
    before: str | None = None,
) -> ForgottenReviews:
    """Remove reviews of, and in the words of, `owner`, and those of the messages; also single cases in such
    words. As a rater of others' reviews and as a reviewer the owner is not named any more. Nothing is left in
    the store; the cases that are returned stand in the file of cases still. `before`: of an owner who was
    erased then, what was made by that time."""
    found = ForgottenReviews()
    if owner:
        old = true() if before is None else reviews.c.created_at <= before
        of_old = review_cases.c.review_id.in_(select(reviews.c.id).where(old))
        found += _forget_reviews(connection, and_(reviews.c.owner == owner, old))
        found += _forget_cases(connection, and_(review_cases.c.owner == owner, of_old))
        found += _forget_rater(connection, owner, old)
        for table, column in ((reviews, reviews.c.reviewer), (review_steps, review_steps.c.author)):
            connection.execute(update(table).where(column == owner).values({column.name: ""}))
    for start in range(0, len(message_ids), MANY):
        part = message_ids[start : start + MANY]
        found += _forget_reviews(connection, reviews.c.message_id.in_(part))
        found += _forget_cases(connection, review_cases.c.origin.in_(part))
    return found


def forget_where(
    connection: Connection, names: Callable[[str], bool], before: str | None = None
) -> ForgottenReviews:
    """Remove reviews whose texts name somebody (also where the message does not), and such cases."""
    found = ForgottenReviews()
    which: ColumnElement[bool] = reviews.c.content.is_not(None)
    if before is not None:
        which = and_(which, reviews.c.created_at <= before)
    for one in _records(connection, which):
        content = one.content
        assert content is not None, "asked for those with content"
        said = [content.question, content.answer, content.wrong, content.reason]
        said += [message.content for message in content.messages]
        if names("\n".join(said)):
            found += _forget_reviews(connection, reviews.c.id == one.id)
        for case in one.cases:
            if case.id not in found.cases and names(case.question):
                found += _forget_cases(connection, review_cases.c.id == case.id)
    return found


def drop_waiting(connection: Connection, conversation_ids: Sequence[str]) -> ForgottenReviews:
    """Remove what waits of conversations that are too old to be kept; what was decided stays."""
    dropped = ForgottenReviews()
    for start in range(0, len(conversation_ids), MANY):
        part = conversation_ids[start : start + MANY]
        which = and_(reviews.c.conversation_id.in_(part), reviews.c.state.in_(WAITING))
        dropped += _forget_reviews(connection, which)
    return dropped


def _forget_reviews(connection: Connection, which: ColumnElement[bool]) -> ForgottenReviews:
    ids = list(connection.scalars(select(reviews.c.id).where(which)))
    cases = list[str]()
    for start in range(0, len(ids), MANY):
        part = ids[start : start + MANY]
        of_them = review_cases.c.review_id.in_(part)
        cases += connection.scalars(select(review_cases.c.id).where(of_them))
        connection.execute(delete(review_cases).where(of_them))
        connection.execute(delete(review_steps).where(review_steps.c.review_id.in_(part)))
        connection.execute(delete(reviews).where(reviews.c.id.in_(part)))
    return ForgottenReviews(tuple(ids), tuple(cases))


def _forget_cases(connection: Connection, which: ColumnElement[bool]) -> ForgottenReviews:
    ids = tuple(connection.scalars(select(review_cases.c.id).where(which)))
    connection.execute(delete(review_cases).where(which))
    return ForgottenReviews(cases=ids)


def _forget_rater(connection: Connection, owner: str, old: ColumnElement[bool]) -> ForgottenReviews:
    """Where the person's words are in it, the review goes; where they only agreed, their name does."""
    found, names = ForgottenReviews(), {owner, f"visitor:{owner}"}
    for one in _records(connection, and_(reviews.c.content.is_not(None), old)):
        content = one.content
        assert content is not None, "asked for those with content"
        if content.words_by in names or names & set(content.owners):
            found += _forget_reviews(connection, reviews.c.id == one.id)
        elif names & set(content.raters):
            values = content.values()
            values["raters"] = [rater for rater in content.raters if rater not in names]
            change = update(reviews).where(reviews.c.id == one.id).values(content=values)
            connection.execute(change)
    return found


# --- rows -----------------------------------------------------------------------------------------


def _records(connection: Connection, which: ColumnElement[bool]) -> list[Review]:
    query = select(reviews).where(which).order_by(reviews.c.id)
    made = select(review_cases).join(reviews, reviews.c.id == review_cases.c.review_id)
    cases: dict[str, list[ReviewCase]] = {}
    for row in connection.execute(made.where(which).order_by(review_cases.c.id)).mappings():
        case = ReviewCase(
            row["id"], row["question"], bool(row["held"]), row["origin"], row["owner"]
        )
        cases.setdefault(row["review_id"], []).append(case)
    return [
        _record(dict(row), cases.get(row["id"], [])) for row in connection.execute(query).mappings()
    ]


def _states(connection: Connection, bot: str) -> dict[str, str]:
    """By the message."""
    query = select(reviews.c.message_id, reviews.c.state).where(reviews.c.bot == bot)
    return {row.message_id: row.state for row in connection.execute(query)}


def _differs(state: str | None, suspicious: bool) -> bool:
    """Whether a review would be made, or go into quarantine or out of it."""
    return state is None or state == ("open" if suspicious else "quarantined")


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of these messages that exist."""
    found = set[str]()
    for start in range(0, len(ids), MANY):
        which = messages.c.id.in_(ids[start : start + MANY])
        found |= set(connection.scalars(select(messages.c.id).where(which)))
    return found


def _record(row: dict[str, Any], cases: Sequence[ReviewCase]) -> Review:
    content = row.pop("content")
    trained = bool(row.pop("trained"))
    said = None if content is None else Decided.of(content)
    return Review(**row, trained=trained, content=said, cases=tuple(cases))


def _present(connection: Connection, review: Review) -> Review:
    """The review as it is now, if it is as it was read."""
    found = _records(connection, and_(reviews.c.bot == review.bot, reviews.c.id == review.id))
    if not found:
        raise NotFound(
            "This is not there any more: the conversation was deleted, or the person erased.",
            "Go on with the next one.",
        )
    if found[0].revision != review.revision:
        raise Conflict(
            f"Somebody else changed this meanwhile; it is {found[0].state} now.",
            "Look at it again before you decide.",
            code="stale_review",
        )
    return found[0]


def _change(connection: Connection, review: Review, values: dict[str, Any], time: str) -> None:
    which = and_(reviews.c.id == review.id, reviews.c.revision == review.revision)
    values |= {"revision": review.revision + 1, "updated_at": time}
    done = connection.execute(update(reviews).where(which).values(values)).rowcount
    assert done == 1, "it was looked at in this transaction, which is alone among writers"


def _note(
    connection: Connection, review: Review, author: str, action: str, state: str, reason: str
) -> None:
    row = {"id": new_id(), "bot": review.bot, "review_id": review.id, "at": now()}
    row |= {"author": author, "action": action, "state": state, "reason": reason}
    connection.execute(review_steps.insert().values(**row, revision=review.revision + 1))


def _case(review: Review, case: ReviewCase) -> dict[str, Any]:
    row = {"id": case.id, "review_id": review.id, "bot": review.bot, "question": case.question}
    return row | {"held": int(case.held), "origin": case.origin, "owner": case.owner}


def _kept(content: Decided, without: Collection[str]) -> bool:
    """Whether it stands without these raters."""
    if not without:
        return True
    others = [rater for rater in content.raters if rater not in without]
    return content.words_by not in without and (bool(others) or not content.raters)


def _accepted(review: Review, content: Decided) -> Accepted:
    return Accepted(
        id=review.id,
        messages=content.messages,
        wrong=content.wrong,
        question=content.question,
        raters=content.raters,
        owners=content.owners,
        origins=content.origins,
        reviewer=review.reviewer,
        decided_at=review.decided_at or "",
        case_ids=tuple(case.id for case in review.cases),
        paraphrases_held_out=tuple(case.question for case in review.cases if case.held),
    )


def _no_review(id: str, found: int) -> NotFound:
    if found:
        return NotFound(f"Several reviews begin with {id!r}.", "Write more of the id.")
    return NotFound(f"There is no review {id[:60]!r}.", "`chatwright review list` shows all.")
