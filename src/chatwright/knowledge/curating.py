"""Changing curated answers: what is checked before anything is written, and who did what in the audit log.

The rules are the same for the command line, the web and spreadsheets. It keeps nothing itself
(`store/curated.py`) and answers nobody (`curated.py`).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chatwright.core.errors import Conflict, NotFound, WrongUse
from chatwright.knowledge.grams import key
from chatwright.store.audit import AuditLog
from chatwright.store.curated import CuratedRows, Edit
from chatwright.store.curated_records import Content, CuratedRecord, Link, Revision, shown
from chatwright.store.database import Database
from chatwright.store.stamps import now, stamp

QUESTION, ANSWER, NOTE = 1_000, 20_000, 2_000  # characters; a cell of a spreadsheet holds 32,767
QUESTIONS, LINKS = 200, 20  # of one answer
ANSWERS = 50_000  # of a bot
TITLE, ADDRESS = 200, 2_000  # characters of a link

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\ufe00-\ufe0f\uffa0]")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
WEB = re.compile(r"https?://[^\s/]+", re.I)


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody wants to be different; None: as it is. Dates are days (`2027-01-31`, the whole of the last
    one counts) or moments in ISO 8601 (UTC where they say nothing else); empty: none."""

    text: str | None = None
    questions: Sequence[str] | None = None
    note: str | None = None
    links: Sequence[Link] | None = None
    starts: str | None = None
    expires: str | None = None
    active: bool | None = None


class Curator:
    """Add, change, retire, forget and turn back the curated answers of one bot. `author` is an owner of
    `store.audit`, such as "account:...", or "cli"."""

    def __init__(self, database: Database, bot: str, audit: AuditLog) -> None:
        self.rows = CuratedRows(database, same)
        self.bot = bot
        self._audit = audit

    def add(
        self, wanted: Writing, author: str, *, id: str = "", origin: str | None = None
    ) -> CuratedRecord:
        """A new answer. `origin` is the message whose correction it was made from: whoever wrote that can have
        it erased. Raises `WrongUse`, and `Conflict` for a question that has an answer already."""
        content = replace(applied(wanted, None), origin=origin)
        with self.rows.edit(self.bot, author, "added") as edit:
            chosen = free_id(edit, id)
            _check_room(edit, 1)
            edit.put(chosen, content)
        return self._written(edit, chosen, "curated.added", author)

    def change(
        self, id: str, wanted: Writing, author: str, *, expected: int | None = None
    ) -> CuratedRecord:
        """An answer made different; `expected`: the revision at which the author read it. Raises `Conflict`
        when somebody changed it since, or a question has another answer."""
        with self.rows.edit(self.bot, author, "changed") as edit:
            found = edit.find(id)
            if expected is not None and expected != found.revision:
                raise Conflict(
                    f"{id} was changed by somebody else meanwhile, in revision {found.revision}.",
                    "Load it again, and repeat your change if it is still due.",
                    code="stale_revision",
                )
            edit.put(id, applied(wanted, found.content))
        return self._written(edit, id, "curated.changed", author)

    def retire(self, id: str, author: str, *, expected: int | None = None) -> CuratedRecord:
        """Give the answer no more; it can be made active again."""
        return self.change(id, Writing(active=False), author, expected=expected)

    def forget(self, ids: Sequence[str], author: str) -> int:
        """Delete answers and their text in the log of revisions, for good; how many."""
        gone = self.rows.forget(self.bot, ids, author)
        if not gone:
            raise NotFound(
                f"There is no answer {ids[0]!r}.", "`chatwright curated list` shows all."
            )
        self._audit.add("curated.forgotten", author, answers=gone)
        return gone

    def rollback(self, number: int, author: str, *, expected: int | None = None) -> Revision:
        """Everything as it was at that revision; see `CuratedRows.rollback`."""
        made = self.rows.rollback(self.bot, number, author, expected)
        self._audit.add("curated.rolledback", author, to=number, revision=made.number)
        return made

    def noted(self, edit: Edit, action: str, author: str) -> None:
        """Write into the audit log what an edit did, if it did anything."""
        if edit.done is not None:
            done = edit.done
            self._audit.add(action, author, revision=done.number, answers=done.answers)

    def _written(self, edit: Edit, id: str, action: str, author: str) -> CuratedRecord:
        self.noted(edit, action, author)
        return self.rows.find(self.bot, id)


# --- what may be written --------------------------------------------------------------------------


def bare(question: str) -> str:
    """`question` without the characters that nobody sees."""
    if question.isascii():
        return question
    seen = (c for c in UNSEEN.sub("", question) if unicodedata.category(c) != "Cf")
    return "".join(seen)


def same(question: str) -> str:
    """Equal for questions that count as one: see `grams.key`."""
    return key(bare(question))


def applied(wanted: Writing, before: Content | None) -> Content:
    """`before` with what is wanted, checked. Raises `WrongUse`."""
    old = before or Content("", ())
    content = Content(
        text=old.text if wanted.text is None else checked_text(wanted.text),
        questions=old.questions if wanted.questions is None else _questions(wanted.questions),
        note=old.note if wanted.note is None else checked_note(wanted.note),
        links=old.links if wanted.links is None else _links(wanted.links),
        starts_at=old.starts_at if wanted.starts is None else moment(wanted.starts),
        expires_at=old.expires_at if wanted.expires is None else moment(wanted.expires, last=True),
        state=old.state if wanted.active is None else "active" if wanted.active else "retired",
        origin=old.origin,
    )
    if not content.text or not content.questions:
        missing = "text" if not content.text else "question"
        raise WrongUse(f"An answer needs a {missing}.", "Write one.")
    expires = content.expires_at
    if expires is not None and expires != old.expires_at and expires <= now():
        raise WrongUse(
            f"The answer would be over already: {day(expires, last=True)} has passed.",
            "Name a later day, or retire the answer.",
        )
    if expires is not None and content.starts_at is not None and expires <= content.starts_at:
        raise WrongUse("The answer would end before it begins.", "Name a later day for its end.")
    return content


def checked_question(question: str) -> str:
    """A question on one line. Raises `WrongUse`."""
    text = _plain(" ".join(question.split()), QUESTION, "A question")
    if not bare(text).strip():
        raise WrongUse("A question is empty.", "Write what people ask.")
    return text


def checked_text(text: str) -> str:
    """The text of an answer. Raises `WrongUse`."""
    plain = _plain(text.replace("\r\n", "\n").replace("\r", "\n").strip(), ANSWER, "The answer")
    if not bare(plain).strip():
        raise WrongUse("The answer is empty.", "Write what is to be answered.")
    return plain


def checked_note(note: str) -> str:
    return _plain(note.replace("\r\n", "\n").strip(), NOTE, "The note")


def checked_id(id: str) -> str:
    if not ID.fullmatch(id):
        raise WrongUse(
            f"{shown(id)!r} cannot be an answer's id: letters, digits and _ . - alone, 64 at most.",
            "Choose another, or leave it out to have one made.",
        )
    return id


def free_id(edit: Edit, id: str = "") -> str:
    """`id` as a new answer's, or one that is made. Raises `Conflict` when it is taken."""
    if id:
        try:
            edit.find(checked_id(id))
        except NotFound:
            return id
        raise Conflict(
            f"There is an answer {id} already.",
            "Change that one, or choose another id.",
            code="id_taken",
        )
    while True:
        made = secrets.token_hex(5)
        try:
            edit.find(made)
        except NotFound:
            return made


def _check_room(edit: Edit, more: int) -> None:
    if edit.count() + more > ANSWERS:
        raise WrongUse(
            f"A bot may have {ANSWERS:,} curated answers.", "Forget some that are retired."
        )


def _questions(wanted: Sequence[str]) -> tuple[str, ...]:
    """In their order; one that counts as the same as an earlier one is refused."""
    if len(wanted) > QUESTIONS:
        raise WrongUse(f"An answer may have {QUESTIONS} questions.", "Make two answers of it.")
    found: dict[str, str] = {}
    for question in map(checked_question, wanted):
        if (first := found.setdefault(same(question), question)) is not question:
            raise WrongUse(
                f'The questions "{shown(first)}" and "{shown(question)}" count as the same one.',
                "Leave one of them out.",
            )
    return tuple(found.values())


def _links(wanted: Sequence[Link]) -> tuple[Link, ...]:
    if len(wanted) > LINKS:
        raise WrongUse(f"An answer may have {LINKS} links.", "Leave some out.")
    return tuple(_link(link) for link in wanted)


def _link(link: Link) -> Link:
    uri = _plain(link.uri.strip(), ADDRESS, "A link's address")
    title = _plain(" ".join(link.title.split()) or uri[:TITLE], TITLE, "A link's title")
    named = uri and not SCHEME.match(uri) and not uri.startswith("//")
    if not named and not WEB.match(uri):
        raise WrongUse(
            f"{shown(uri)!r} is no link.", "Write an http(s) address, or the name of a document."
        )
    return Link(title, uri)


def _plain(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise WrongUse(f"{what} has {len(text):,} characters; {most:,} is the most.", "Shorten it.")
    if (found := CONTROL.search(text)) is not None:
        raise WrongUse(
            f"{what} has a character that is no text (U+{ord(found[0]):04X}).", "Leave it out."
        )
    return text


# --- days and moments -----------------------------------------------------------------------------


def moment(text: str, *, last: bool = False) -> str | None:
    """A day, or a moment, as the store keeps it; None where `text` is empty. With `last` a day is the last one
    that counts: its moment is the next midnight (UTC). Raises `WrongUse`."""
    said = text.strip()
    if not said:
        return None
    try:
        if (dotted := DOTTED.fullmatch(said)) is not None:
            found: date = date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        else:
            found = _read(said)
        if isinstance(found, datetime):
            return stamp((found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC))
        begins = datetime.combine(found, time(), UTC)
        return stamp(begins + timedelta(days=1) if last else begins)
    except (ValueError, OverflowError):
        raise WrongUse(
            f"{shown(said)!r} is no date.", "Write one like 2027-01-31 or 2027-01-31T17:00+01:00."
        ) from None


def _read(said: str) -> date:
    """A spreadsheet's cell of a day comes as its midnight."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        found = datetime.fromisoformat(said)
        return found.date() if found.tzinfo is None and found.time() == time() else found


def day(at: str | None, *, last: bool = False) -> str:
    """What `moment` reads as `at`: a day where it is a midnight, else the moment; empty for None."""
    if at is None:
        return ""
    found = datetime.fromisoformat(at)
    if found.time() != time():
        return at
    return (found.date() - timedelta(days=int(last))).isoformat()


def record_values(record: CuratedRecord) -> dict[str, Any]:
    """A record for machines, its content flat."""
    kept = {"id": record.id, **record.content.values(), "by": record.author}
    return kept | {
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "revision": record.revision,
    }
