"""Who talks to a bot, and what they may ask for: their consent, a copy of everything, and to be forgotten.

Erasing goes through places: whatever keeps something of a person implements `Place` and stands in
`PLACES` or is given. A place removes what it can, and names what it cannot change. What was made of their
words (datasets, releases, reports, backups) is `improve/erasing.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from chatwright.core import logs
from chatwright.core.errors import ChatwrightError, NotFound
from chatwright.core.files import pretty_json
from chatwright.data import case_file, erasure
from chatwright.spec import Spec
from chatwright.store import curated, panels
from chatwright.store.audit import AuditLog
from chatwright.store.consent import ConsentRecord, Consents, TrainableTurn
from chatwright.store.database import Database
from chatwright.store.person import PersonRows, Removed, flush, scrub
from chatwright.store.secret import Secret


@dataclass(frozen=True, slots=True)
class Person:
    """Who is erased: an owner of conversations, or whoever is `named` by one of the identifiers given.

    `ids` are those of the rows that were removed, which may stand in logs and elsewhere.
    """

    owner: str = ""
    named: Callable[[str], bool] = field(default=lambda text: False)
    identified: bool = False  # by a name, an address, a number
    ids: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()  # made of what was removed, by their ids

    def in_line(self, line: str) -> bool:
        """Whether a line of a log tells of this person."""
        known = (self.owner, *self.ids) if self.owner else self.ids
        return any(id in line for id in known) or self.named(line)


@dataclass(frozen=True, slots=True)
class Gone:
    """What one place did: how much it removed, and the names of what still holds the text there."""

    removed: int = 0
    left: tuple[str, ...] = ()


class Place(Protocol):
    """Something that may keep a person's words: a hook for the index, datasets, releases, caches."""

    @property
    def name(self) -> str:
        """One word, for the report and the audit log."""

    def erase(self, spec: Spec, person: Person) -> Gone:
        """Remove what is kept of `person`. The rows of the store are gone already."""


class Logs:
    """Lines of the server's log that name the person or one of their conversations."""

    name = "logs"

    def erase(self, spec: Spec, person: Person) -> Gone:
        return Gone(logs.remove(spec.made / logs.FOLDER, person.in_line))


class Cases:
    """Test cases that were made in a review of what the person said, or asked in their words."""

    name = "cases"

    def erase(self, spec: Spec, person: Person) -> Gone:
        path = spec.path(spec.evaluation.cases)
        try:
            return Gone(case_file.remove(path, person.cases))
        except ChatwrightError:
            return Gone(left=(f"{path}: {', '.join(person.cases)}",))


@dataclass(frozen=True, slots=True)
class CuratedAnswers:
    """Reviewed answers, which are the bot's own words. Those made from what the person said are gone with
    the rows; others that name the person, now or in an earlier revision, are named, not removed."""

    database: Database
    name: str = "answers"

    def erase(self, spec: Spec, person: Person) -> Gone:
        if not person.identified:
            return Gone()
        return Gone(left=tuple(curated.mentioning(self.database, person.named)))


@dataclass(frozen=True, slots=True)
class PanelWords:
    """Panels: what names the person in items, in raters' names and in comments. What the person asked, or said
    as a rater, is gone with the rows."""

    database: Database
    name: str = "panels"

    def erase(self, spec: Spec, person: Person) -> Gone:
        if not person.identified:
            return Gone()
        with self.database.write() as connection:
            return Gone(panels.forget_named(connection, person.named))


PLACES: tuple[Place, ...] = (Logs(), Cases())


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of an erasure."""

    rows: Removed
    places: dict[str, Gone]

    def about(self) -> dict[str, Any]:
        removed = {name: gone.removed for name, gone in self.places.items() if gone.removed}
        left = {name: list(gone.left) for name, gone in self.places.items() if gone.left}
        return {"removed": self.rows.counts() | removed, "left": left}


class People:
    """The people of one bot's store. `more`: places beside `PLACES`, such as those of a running server."""

    def __init__(
        self, spec: Spec, database: Database, secret: Secret, more: Sequence[Place] = ()
    ) -> None:
        self.spec = spec
        self.audit = AuditLog(database, secret, spec.made)
        self.rows = PersonRows(database, secret)
        self._database = database
        self._consents = Consents(database)
        self._places = (*PLACES, CuratedAnswers(database), PanelWords(database), *more)

    # --- consent ---

    @property
    def consent_text(self) -> str:
        """What people are asked; empty: nobody is asked, and nothing is learned from what they say."""
        return self.spec.privacy.consent.strip()

    @property
    def consent_version(self) -> str:
        """Names the text: consent to one is no consent to another."""
        return hashlib.sha256(self.consent_text.encode()).hexdigest()[:12]

    def consent(self, owner: str) -> ConsentRecord | None:
        """The owner's answer to the text as it is now."""
        found = self._consents.current(self._bot, owner)
        return found if found is not None and found.version == self.consent_version else None

    @property
    def asks_on_channels(self) -> bool:
        """Whether bot.toml has the words with which people on channels are asked."""
        return bool(self.consent_text and self.spec.privacy.consent_how.strip())

    def agree(self, owner: str, granted: bool, channel: str = "") -> ConsentRecord:
        """Record the owner's answer to the text as it is now; `channel`: where, if not on a page."""
        record = self._consents.put(self._bot, owner, granted, self.consent_version)
        action = "consent.given" if granted else "consent.withdrawn"
        where = {"channel": channel} if channel else {}
        self.audit.add(action, owner, owner, version=record.version, **where)
        return record

    def trainable(self, owner: str, said_at: str) -> bool:
        """Whether what `owner` said at that time may be learned from. By default nothing may."""
        known = self._consents
        return bool(self.consent_text) and known.trainable(
            self._bot, owner, self.consent_version, said_at
        )

    def trainable_turns(self) -> list[TrainableTurn]:
        """All turns that may be learned from now: ask again before each training, consent is withdrawn too."""
        if not self.consent_text:
            return []
        return self._consents.trainable_turns(self._bot, self.consent_version)

    def consenting(self) -> frozenset[str]:
        """Everybody whose consent to the text as it is now holds."""
        if not self.consent_text:
            return frozenset()
        return frozenset(self._consents.since(self._bot, self.consent_version))

    # --- a copy of everything ---

    def export(self, owner: str, actor: str) -> dict[str, Any]:
        """Everything kept of `owner`. Raises `NotFound` where that is nothing."""
        if not self.rows.known(owner):
            raise NotFound("Nothing is kept of this person.", "Is the id right? See `person find`.")
        found = self.rows.exported(owner)
        self.audit.add("person.exported", actor, owner, conversations=len(found["conversations"]))
        events = [[row.at, row.action, json.loads(row.detail)] for row in self.audit.rows(owner)]
        return {
            "person": owner,
            "bot": self._bot,
            "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
            **found,
            "events": events,
        }

    # --- to be forgotten ---

    def erase(self, owner: str, actor: str) -> Erased:
        """Forget an owner everywhere: rows, log lines, what runs, and whatever the places know of."""
        rows = self.rows.erase(owner)
        return self._forgotten(Person(owner, ids=rows.ids, cases=rows.cases), rows, actor)

    def erase_named(self, identifiers: Sequence[str], actor: str) -> Erased:
        """Forget whoever has one of the `identifiers`: each becomes a tombstone that imports and
        builds apply, and conversations that mention it are removed whole, whoever's they are. Without
        any, those that the tombstones name which are there already.

        Raises `DataError` for one that is too short to mean a person.
        """
        for identifier in identifiers:
            erasure.erase(self.spec.made, identifier)
        erased = erasure.load(self.spec.made)
        if erased is None:
            return Erased(Removed(), {})
        rows = self.rows.erase_where(erased.name)
        person = Person(named=erased.name, identified=True, ids=rows.ids, cases=rows.cases)
        return self._forgotten(person, rows, actor)

    def _forgotten(self, person: Person, rows: Removed, actor: str) -> Erased:
        places = {place.name: place.erase(self.spec, person) for place in self._places}
        flush(self._database)
        counts = rows.counts() | {name: gone.removed for name, gone in places.items()}
        self.audit.add("person.erased", actor, person.owner, **counts)
        return Erased(rows, places)

    def scrub(self) -> None:
        """Write the store anew, so that it holds nothing but what it shows. Others wait meanwhile."""
        scrub(self._database)

    # --- retention ---

    def prune(self, actor: str = "system") -> dict[str, int]:
        """Remove what is kept for longer than `[privacy]` says, what people deleted, and what came
        back though it was erased; how much of each."""
        privacy, before = self.spec.privacy, None
        if privacy.retention_days:
            oldest = datetime.now(UTC) - timedelta(days=privacy.retention_days)
            before = oldest.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        back = self.sweep()
        old = self.rows.prune(self._bot, before)
        cases = Cases().erase(self.spec, Person(cases=old.cases)).removed
        done = {
            "conversations": old.conversations,
            "messages": old.messages,
            "returned": back.conversations + back.curated,
            "logs": logs.prune(self.spec.made / logs.FOLDER, privacy.log_days),
            **({"cases": cases} if cases else {}),
        }
        if any(done.values()):
            flush(self._database)
            self.audit.add("store.pruned", actor, "", **done)
        return done

    def sweep(self) -> Removed:
        """Remove what came back though it was erased: with a backup, or from another machine."""
        back = self.rows.sweep()
        for erased, at in erasure.each(self.spec.made):
            back += self.rows.erase_where(erased.name, at)
        Cases().erase(self.spec, Person(cases=back.cases))
        return back

    @property
    def _bot(self) -> str:
        return self.spec.bot.name


def archive(exported: dict[str, Any]) -> bytes:
    """An export as a ZIP: everything in person.json, and the conversations in the form that other
    programs read."""
    talks = [
        {
            "id": talk["id"],
            "messages": [
                {"role": said["role"], "content": said["content"]} for said in talk["messages"]
            ],
        }
        for talk in exported["conversations"]
    ]
    lines = "".join(json.dumps(talk, ensure_ascii=False) + "\n" for talk in talks)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("person.json", pretty_json(exported))
        file.writestr("conversations.jsonl", lines)
    return packed.getvalue()
