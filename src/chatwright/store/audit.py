"""The audit log: who did what to whose data, and when; never what anybody said.

Rows are only added. Each carries a keyed hash (HMAC) of its content and of the row before it, so that
whoever changes, removes, inserts or moves one without the server's secret is found out, and where. The
newest row's number and hash also lie in a file beside the store: rows that are cut off at the end are
missed too. Persons stand there under pseudonyms that only the secret connects with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select

from chatwright.core.files import canonical_json, write_atomic
from chatwright.store.database import Database
from chatwright.store.secret import Secret
from chatwright.store.stamps import now
from chatwright.store.tables import audit

FIRST = "0" * 64  # what the first row follows
ACTION = re.compile(r"[a-z]+(?:\.[a-z]+)+")
WORD = re.compile(r"[\w.:/+-]{0,80}", re.ASCII)
UNNAMED = ("", "cli", "system")  # actors that are no persons
HEAD = "audit-head.json"

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event. `actor` and `subject` are pseudonyms like "visitor~3f9c2a71b0de4455"."""

    number: int
    at: str
    action: str
    actor: str
    subject: str
    detail: str
    previous: str
    mac: str

    def content(self) -> str:
        return canonical_json(
            [
                self.number,
                self.at,
                self.action,
                self.actor,
                self.subject,
                self.detail,
                self.previous,
            ]
        )


class AuditLog:
    """Add to the log of a bot's store, read it, and find out whether it is whole."""

    def __init__(self, database: Database, secret: Secret, folder: Path) -> None:
        self._database = database
        self._secret = secret
        self._head = folder / HEAD

    def add(self, action: str, actor: str, subject: str = "", **detail: Value) -> AuditRow:
        """Add an event such as "person.erased". `actor` and `subject` are owners, or "cli" or "system";
        `detail` takes numbers and single words, no text."""
        assert ACTION.fullmatch(action), action
        assert all(not isinstance(v, str) or WORD.fullmatch(v) for v in detail.values()), (
            "no text here"
        )
        newest = select(audit.c.number, audit.c.mac).order_by(audit.c.number.desc()).limit(1)
        with self._database.write() as connection:
            last = connection.execute(newest).first()
            row = AuditRow(
                last.number + 1 if last else 1,
                now(),
                action,
                self.pseudonym(actor),
                self.pseudonym(subject),
                canonical_json(detail),
                last.mac if last else FIRST,
                "",
            )
            values = {name: getattr(row, name) for name in AuditRow.__slots__}
            values["mac"] = self._mac(row)
            connection.execute(audit.insert().values(values))
        write_atomic(self._head, canonical_json({"number": row.number, "mac": values["mac"]}))
        return AuditRow(**values)

    def pseudonym(self, person: str) -> str:
        """The name under which `person` stands in the log: the kind of owner, and a keyed hash."""
        if person in UNNAMED:
            return person
        kind = person.partition(":")[0] if ":" in person else "person"
        return f"{kind}~{self._secret.mac('audit person', person)[:16]}"

    def rows(self, person: str = "") -> Iterator[AuditRow]:
        """All rows, the oldest first; with `person`, those done by or to them."""
        name = self.pseudonym(person)
        with self._database.read() as connection:
            for found in connection.execute(select(audit).order_by(audit.c.number)):
                row = AuditRow(*found)
                if not person or name in (row.actor, row.subject):
                    yield row

    def page(
        self,
        limit: int,
        *,
        before: int = 0,
        action: str = "",
        person: str = "",
        since: str = "",
        until: str = "",
    ) -> list[AuditRow]:
        """The newest first. `before` is a number to go on below; `action` is how it begins; `person` a
        pseudonym, of who did it or whom it is about; `since` and `until` are days or times, both included."""
        which: list[ColumnElement[bool]] = []
        if before:
            which.append(audit.c.number < before)
        if action:
            which.append(audit.c.action.startswith(action, autoescape=True))
        if person:
            which.append(or_(audit.c.actor == person, audit.c.subject == person))
        if since:
            which.append(audit.c.at >= since)
        if until:
            which.append(audit.c.at < until + "~")  # after every time that begins so
        query = select(audit).where(*which).order_by(audit.c.number.desc()).limit(limit)
        with self._database.read() as connection:
            return [AuditRow(*row) for row in connection.execute(query)]

    def actions(self) -> list[str]:
        """Every kind of event that stands in the log."""
        query = select(audit.c.action).distinct().order_by(audit.c.action)
        with self._database.read() as connection:
            return list(connection.scalars(query))

    def head(self) -> str:
        """The newest row as "number:hash": note it elsewhere, and a later `verify` can be held to it."""
        newest = select(audit.c.number, audit.c.mac).order_by(audit.c.number.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(newest).first()
        return f"{row.number}:{row.mac}" if row else "0:"

    def verify(self, head: str = "") -> list[str]:
        """What is wrong with the log, a sentence for each place; empty when it is whole. `head` is
        what an earlier `head` gave; the file beside the store is asked in any case."""
        faults: list[str] = []
        macs: dict[int, str] = {}
        due, previous = 1, FIRST
        for row in self.rows():
            if row.number != due:
                faults.append(_missing(due, row.number - 1))
            elif row.previous != previous:
                faults.append(f"Row {row.number} does not follow the row before it.")
            if self._mac(row) != row.mac:
                faults.append(f"Row {row.number} ({row.action}, {row.at}) was changed.")
            macs[row.number] = row.mac
            due, previous = row.number + 1, row.mac
        if macs and len(faults) >= len(macs) and all("was changed" in fault for fault in faults):
            return [
                "No row was made with this server's secret: it is another one, or all were changed."
            ]
        return faults + [
            fault for known in (head, self._kept()) if (fault := _cut(known, macs, due))
        ]

    def _mac(self, row: AuditRow) -> str:
        return self._secret.mac("audit row", row.content())

    def _kept(self) -> str:
        try:
            found = json.loads(self._head.read_text("utf-8"))
            return f"{found['number']}:{found['mac']}"
        except (OSError, ValueError, KeyError, TypeError):
            return ""


def _missing(first: int, last: int) -> str:
    if last < first:
        return f"Row {last + 1} stands there twice, or out of order."
    return f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing."


def _cut(known: str, macs: dict[int, str], due: int) -> str:
    """Whether the row that was the newest once is still there."""
    number, _, mac = known.partition(":")
    if not number.isdecimal() or int(number) == 0:
        return ""
    if int(number) >= due:
        return f"{_missing(due, int(number))[:-1]} at the end."
    same = macs.get(int(number)) == mac
    return "" if same else f"Row {number} is not the one that was the newest once."
