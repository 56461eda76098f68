"""Reviewed answers to known questions, and the log of how they came to be what they are.

Every change is one transaction and makes a revision: a number, and the hash of all that is active then, so that
equal answers have equal hashes. It decides nothing about what a good answer is, and matches nothing; which
questions count as the same one, it is told by the function `key`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from chatwright.core.errors import Conflict, NotFound
from chatwright.store.curated_lists import Sort, Which, listed, of_bot, ordered
from chatwright.store.curated_records import (
    NONE,
    Content,
    CuratedRecord,
    Difference,
    Revision,
    taken,
    weight,
)
from chatwright.store.database import Database
from chatwright.store.stamps import now
from chatwright.store.tables import (
    conversations,
    curated_answers,
    curated_changes,
    curated_questions,
    curated_revisions,
    messages,
)

MANY = 400  # values in one statement
MODULUS = 1 << 256

answers, questions, changes = curated_answers, curated_questions, curated_changes
# As the index says it: with a bound value SQLite does not see that it may use that index.
LIVE = questions.c.live == literal_column("1")


class CuratedRows:
    """Read, change and turn back the curated answers of a bot. `key`: equal for questions that are the same."""

    def __init__(self, database: Database, key: Callable[[str], str]) -> None:
        self._database = database
        self._key = key

    def revision(self, bot: str) -> Revision | None:
        """The newest one; None before the first. One row by its key: cheap enough for every message."""
        with self._database.read() as connection:
            return _newest(connection, bot)

    def active(self, bot: str) -> tuple[Revision | None, list[CuratedRecord]]:
        """What is active, also what has not begun or is over, and the revision that this is."""
        with self._database.read() as connection:
            return _newest(connection, bot), _records(connection, of_bot(bot, "active"))

    def find(self, bot: str, id: str) -> CuratedRecord:
        """The answer with this id; raises `NotFound`."""
        with self._database.read() as connection:
            found = _records(connection, and_(of_bot(bot), answers.c.id == id))
        if not found:
            raise _no_answer(id)
        return found[0]

    def named(self, bot: str, id: str) -> CuratedRecord:
        """The answer with this id, or the only one whose id begins so; raises `NotFound`."""
        with self._database.read() as connection:
            exact = _records(connection, and_(of_bot(bot), answers.c.id == id))
            begins = answers.c.id.startswith(id, autoescape=True)
            found = exact or (_records(connection, and_(of_bot(bot), begins)) if id else [])
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"Several answers begin with {id!r}.", "Write more of the id.")
        raise _no_answer(id)

    def page(
        self,
        bot: str,
        words: str = "",
        state: Which = "",
        limit: int = 50,
        offset: int = 0,
        *,
        sort: Sort = "changed",
        descending: bool = False,
    ) -> tuple[list[CuratedRecord], int]:
        """Those with `words` in a question, the text, the note or the id; and how many there are."""
        chosen = listed(bot, state)
        if words:
            said = exists().where(
                questions.c.bot == bot,
                questions.c.answer_id == answers.c.id,
                questions.c.question.icontains(words, autoescape=True),
            )
            columns = (answers.c.text, answers.c.note, answers.c.id)
            chosen = and_(
                chosen, or_(said, *(c.icontains(words, autoescape=True) for c in columns))
            )
        query = (
            select(answers.c.id)
            .where(chosen)
            .order_by(*ordered(bot, sort, descending))
            .limit(limit)
            .offset(offset)
        )
        with self._database.read() as connection:
            total = connection.scalar(select(func.count()).select_from(answers).where(chosen)) or 0
            ids = list(connection.scalars(query))
            found = {one.id: one for one in _records(connection, and_(of_bot(bot), _among(ids)))}
        return [found[id] for id in ids], total

    def log(self, bot: str, limit: int = 50, before: int | None = None) -> list[Revision]:
        """Revisions, the newest first; with `before`, those with a smaller number."""
        query = select(curated_revisions).where(curated_revisions.c.bot == bot)
        if before is not None:
            query = query.where(curated_revisions.c.number < before)
        query = query.order_by(curated_revisions.c.number.desc()).limit(limit)
        with self._database.read() as connection:
            return [Revision.of(dict(row)) for row in connection.execute(query).mappings()]

    def difference(self, bot: str, first: int, last: int) -> list[Difference]:
        """What became of each answer from revision `first` (0: nothing was there) to `last`, by id."""
        with self._database.read() as connection:
            for number in (last, first):
                _check_number(connection, bot, number)
            found = _changed(connection, bot, min(first, last), max(first, last))
        if first > last:
            found = [Difference(one.id, one.after, one.before) for one in found]
        return [one for one in found if one.before != one.after]

    @contextmanager
    def edit(self, bot: str, author: str, action: str) -> Iterator[Edit]:
        """A transaction in which answers are put; one revision more at its end, if anything is different.

        Raises `Conflict` when a question would have two answers; nothing is changed then.
        """
        with self._database.write() as connection:
            edit = Edit(connection, bot, self._key)
            yield edit
            edit.finish(author, action)

    def rollback(self, bot: str, number: int, author: str, expected: int | None = None) -> Revision:
        """Make everything what it was at revision `number` (0: no answers), as a new revision.

        What came later is retired, not deleted; what was forgotten does not come back. Raises `Conflict` when
        `expected` is not the newest revision any more.
        """
        with self.edit(bot, author, f"rollback to {number}") as edit:
            _check_number(edit.connection, bot, number)
            newest = _newest(edit.connection, bot)
            latest = newest.number if newest else 0
            if expected is not None and expected != latest:
                raise Conflict(
                    f"There is a newer revision by now: {latest}.",
                    "Look at what it changed, then roll back again if you still want to.",
                    code="stale_revision",
                )
            present = edit.all()
            for one in _changed(edit.connection, bot, number, latest):
                if one.id in present:
                    edit.put(one.id, one.before or present[one.id].content.retired())
        found = self.revision(bot)
        if found is None:
            raise NotFound("There are no revisions yet.", "Add an answer first.")
        return found

    def forget(self, bot: str, ids: Sequence[str], author: str) -> int:
        """Delete answers, and their text from the log of revisions; how many. Nothing brings them back."""
        with self._database.write() as connection:
            return forget(connection, and_(answers.c.bot == bot, _among(ids)), author)


class Edit:
    """Answers that are being changed, in one transaction that is alone among writers."""

    def __init__(self, connection: Connection, bot: str, key: Callable[[str], str]) -> None:
        self.connection = connection
        self._bot, self._key = bot, key
        self._known: dict[str, CuratedRecord] = {}
        self._whole = False
        self._put: dict[str, Content] = {}
        self._digests: dict[str, str] = {}
        self.done: Revision | None = None  # the revision that was made

    def all(self) -> dict[str, CuratedRecord]:
        """All answers as they were, by id, retired ones too."""
        if not self._whole:
            self._known = {one.id: one for one in _records(self.connection, of_bot(self._bot))}
            self._whole = True
        return self._known

    def find(self, id: str) -> CuratedRecord:
        """As it was; raises `NotFound`."""
        found = self._before([id]).get(id)
        if found is None:
            raise _no_answer(id)
        return found

    def count(self) -> int:
        """How many answers there were."""
        query = select(func.count()).select_from(answers).where(of_bot(self._bot))
        return self.connection.scalar(query) or 0

    def put(self, id: str, content: Content) -> None:
        """Have `content` under `id`, whatever was there."""
        self._put[id] = content

    def drop(self) -> None:
        """Change nothing after all."""
        self._put.clear()

    def digest(self, question: str) -> str:
        """Equal for questions that count as the same one."""
        if (known := self._digests.get(question)) is None:
            said = self._key(question).encode("utf-8", "replace")
            known = self._digests[question] = hashlib.sha256(said).hexdigest()
        return known

    def finish(self, author: str, action: str) -> None:
        """Write what was put, if anything is different from what was there."""
        before = self._before(self._put)
        different = {
            id: content
            for id, content in self._put.items()
            if id not in before or before[id].content != content
        }
        if not different:
            return
        rows = self._questions(different)
        last = _newest(self.connection, self._bot)
        revision = Revision(
            number=last.number + 1 if last else 1,
            content=_summed(last, (r for id, r in before.items() if id in different), different),
            at=now(),
            author=author,
            action=action,
            answers=len(different),
        )
        self._delete(list(different))
        self._insert(different, before, rows, revision)
        self.done = revision

    def _before(self, ids: Iterable[str]) -> dict[str, CuratedRecord]:
        if not self._whole:
            missing = [id for id in ids if id not in self._known]
            for part in _parts(missing):
                found = _records(self.connection, and_(of_bot(self._bot), _among(part)))
                self._known |= {one.id: one for one in found}
        return self._known

    def _questions(self, different: Mapping[str, Content]) -> list[dict[str, Any]]:
        """The rows of all questions; raises `Conflict` for one that another answer has."""
        rows, holders = list[dict[str, Any]](), dict[str, tuple[str, str]]()
        for id, content in different.items():
            live = int(content.state == "active")
            for place, question in enumerate(content.questions):
                digest = self.digest(question)
                if live and digest in holders:
                    holder = holders[digest][0]
                    raise taken(question, holder, different[holder].text if holder != id else "")
                if live:
                    holders[digest] = (id, question)
                row = {"bot": self._bot, "answer_id": id, "place": place, "question": question}
                rows.append(row | {"digest": digest, "live": live})
        for part in _parts(list(holders)):
            for digest, holder, text in self.connection.execute(_holders(self._bot, part)):
                if holder not in different:
                    raise taken(holders[digest][1], holder, text)
        return rows

    def _delete(self, ids: Sequence[str]) -> None:
        for part in _parts(ids):
            of_them = and_(questions.c.bot == self._bot, questions.c.answer_id.in_(part))
            self.connection.execute(delete(questions).where(of_them))
            self.connection.execute(delete(answers).where(of_bot(self._bot), _among(part)))

    def _insert(
        self,
        different: Mapping[str, Content],
        before: Mapping[str, CuratedRecord],
        rows: list[dict[str, Any]],
        revision: Revision,
    ) -> None:
        owners = self._owners(different, before)
        written, noted = [], []
        for id, content in different.items():
            old = before.get(id)
            row = content.values() | {"bot": self._bot, "id": id, "owner": owners[id]}
            row |= {"author": revision.author, "updated_at": revision.at}
            row |= {"created_at": old.created_at if old else revision.at}
            del row["questions"]
            written.append(row | {"revision": revision.number})
            change = {"bot": self._bot, "number": revision.number, "answer_id": id}
            was = old.content.values() if old else None
            noted.append(change | {"before": was, "after": content.values()})
        self.connection.execute(answers.insert(), written)
        if rows:
            self.connection.execute(questions.insert(), rows)
        self.connection.execute(changes.insert(), noted)
        self.connection.execute(curated_revisions.insert().values(bot=self._bot, **revision.row()))

    def _owners(
        self, different: Mapping[str, Content], before: Mapping[str, CuratedRecord]
    ) -> dict[str, str | None]:
        """Whose words each answer was made from; raises `NotFound` for a message that is not there."""
        found: dict[str, str | None] = {}
        for id, content in different.items():
            old = before.get(id)
            if content.origin is None or (old and old.content.origin == content.origin):
                found[id] = old.owner if old else None
                continue
            query = select(conversations.c.owner).join(
                messages, messages.c.conversation_id == conversations.c.id
            )
            found[id] = self.connection.scalar(query.where(messages.c.id == content.origin))
            if found[id] is None:
                raise NotFound(
                    f"There is no message {content.origin[:60]}.",
                    "Leave the origin out, or name the message that was corrected.",
                )
        return found


def forget(connection: Connection, which: ColumnElement[bool], author: str = "") -> int:
    """Delete the answers `which`, with their text in the log, whatever bot's they are; how many."""
    found = _rows(connection, which)
    for bot in sorted({bot for bot, _ in found}):
        gone = [record for of, record in found if of == bot]
        last = _newest(connection, bot)
        assert last is not None, "there is no answer without a revision"
        revision = Revision(
            last.number + 1, _summed(last, gone, {}), now(), author, "forgotten", len(gone)
        )
        connection.execute(curated_revisions.insert().values(bot=bot, **revision.row()))
        for ids in _parts([one.id for one in gone]):
            for table in (changes, questions):
                of_them = and_(table.c.bot == bot, table.c.answer_id.in_(ids))
                connection.execute(delete(table).where(of_them))
            connection.execute(delete(answers).where(answers.c.bot == bot, _among(ids)))
    return len(found)


def unname(connection: Connection, author: str) -> None:
    """Leave out who did it, where that is `author`: a person who is to be forgotten."""
    for table in (answers, curated_revisions):
        connection.execute(update(table).where(table.c.author == author).values(author=""))


def mentioning(database: Database, names: Callable[[str], bool]) -> list[str]:
    """Ids of answers that name somebody: in what they are, or what they were."""
    with database.read() as connection:
        found = {one.id for _, one in _rows(connection, None) if names(one.content.words())}
        query = select(changes.c.answer_id, changes.c.before, changes.c.after)
        for id, *contents in connection.execute(query):
            if any(names(Content.of(one).words()) for one in contents if one is not None):
                found.add(id)
    return sorted(found)


def _among(ids: Sequence[str]) -> ColumnElement[bool]:
    return answers.c.id.in_(ids)


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + MANY] for start in range(0, len(values), MANY))


def _no_answer(id: str) -> NotFound:
    return NotFound(f"There is no answer {id[:60]!r}.", "`chatwright curated list` shows all.")


def _newest(connection: Connection, bot: str) -> Revision | None:
    query = select(curated_revisions).where(curated_revisions.c.bot == bot)
    query = query.order_by(curated_revisions.c.number.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return Revision.of(dict(row)) if row else None


def _check_number(connection: Connection, bot: str, number: int) -> None:
    known = and_(curated_revisions.c.bot == bot, curated_revisions.c.number == number)
    if number != 0 and connection.scalar(select(curated_revisions.c.at).where(known)) is None:
        raise NotFound(f"There is no revision {number}.", "`chatwright curated log` shows all.")


def _holders(bot: str, digests: Sequence[str]) -> Any:
    both = and_(answers.c.bot == questions.c.bot, answers.c.id == questions.c.answer_id)
    query = select(questions.c.digest, questions.c.answer_id, answers.c.text).join(answers, both)
    return query.where(questions.c.bot == bot, LIVE, questions.c.digest.in_(digests))


def _records(connection: Connection, which: ColumnElement[bool]) -> list[CuratedRecord]:
    return [record for _, record in _rows(connection, which)]


def _rows(
    connection: Connection, which: ColumnElement[bool] | None
) -> list[tuple[str, CuratedRecord]]:
    """Answers with their bots, the oldest first."""
    query = select(answers).order_by(answers.c.created_at, answers.c.id)
    said = select(questions.c.bot, questions.c.answer_id, questions.c.question)
    if which is not None:
        query = query.where(which)
        both = and_(answers.c.bot == questions.c.bot, answers.c.id == questions.c.answer_id)
        said = said.join(answers, both).where(which)
    asked: dict[tuple[str, str], list[str]] = {}
    for bot, id, question in connection.execute(said.order_by(questions.c.place)):
        asked.setdefault((bot, id), []).append(question)
    found = []
    for row in connection.execute(query).mappings():
        record = CuratedRecord.of(dict(row), asked.get((row["bot"], row["id"]), []))
        found.append((row["bot"], record))
    return found


def _changed(connection: Connection, bot: str, first: int, last: int) -> list[Difference]:
    """Of all answers that were changed after `first` and up to `last`: what they were, and what they became."""
    query = select(changes).where(
        changes.c.bot == bot, changes.c.number > first, changes.c.number <= last
    )
    found: dict[str, Difference] = {}
    for row in connection.execute(query.order_by(changes.c.number)).mappings():
        id, after = row["answer_id"], row["after"]
        was = found[id].before if id in found else _content(row["before"])
        found[id] = Difference(id, was, _content(after))
    return [found[id] for id in sorted(found)]


def _content(values: Mapping[str, Any] | None) -> Content | None:
    return None if values is None else Content.of(values)


def _summed(
    last: Revision | None, gone: Iterable[CuratedRecord], come: Mapping[str, Content]
) -> str:
    """The hash of what is active after a change: a sum, so that it takes no more than what changed."""
    total = int(last.content if last else NONE, 16)
    total -= sum(weight(one.id, one.content) for one in gone)
    total += sum(weight(id, content) for id, content in come.items())
    return f"{total % MODULUS:064x}"
