"""The journal of an erasure: what was asked, which steps are done, what became of it.

It is a file of ids, counts and names of files; no name of a person and no word of theirs is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chatwright.answer.people import Gone, Person
from chatwright.core.files import pretty_json, read_jsonl, storage, write_atomic
from chatwright.release.lineage import corrections_in
from chatwright.spec import Spec
from chatwright.store.stamps import new_id, now


@dataclass(slots=True)
class Journal:
    """An erasure that is under way, as its file has it."""

    path: Path
    id: str
    at: str
    owners: list[str] = field(default_factory=list)
    named: bool = False  # also by names, addresses, numbers: those are tombstones
    retrain: bool = True
    keep_serving: bool = False
    steps: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)  # of what they said
    before: dict[str, list[str]] = field(default_factory=dict)  # reviews and cases there were
    cases: list[str] = field(default_factory=list)
    sources: dict[str, list[int]] = field(default_factory=dict)
    datasets: list[str] = field(default_factory=list)
    learned: list[str] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)  # put into quarantine
    served: str = ""  # the release that was in force and is in quarantine now
    instead: str = ""  # what answers until a new one is promoted
    candidate: str = ""
    verdict: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)

    def save(self) -> None:
        values = asdict(self) | {"path": self.path.name}
        with storage(self.path):
            write_atomic(self.path, pretty_json(values))
            self.path.chmod(0o600)

    @classmethod
    def load(cls, path: Path) -> Journal:
        return cls(**{**json.loads(path.read_text("utf-8")), "path": path})

    def done(self, step: str) -> None:
        self.steps.append(step)
        self.save()

    def count(self, name: str, number: int) -> None:
        if number:
            self.removed[name] = self.removed.get(name, 0) + number


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of an erasure. `waiting` says what is still to do; empty: it is finished."""

    journal: Journal
    waiting: str = ""

    def about(self) -> dict[str, Any]:
        """As plain values, without anything that says who it was."""
        one = self.journal
        names = ("id", "at", "removed", "left", "sources", "datasets", "releases")
        more = {"served": one.served, "instead": one.instead, "candidate": one.candidate}
        return (
            {name: getattr(one, name) for name in names}
            | more
            | {"verdict": one.verdict, "waiting": self.waiting}
        )


class Learned:
    """A place of `People`, for servers: where somebody's words were learned, the erasure is left open, for a
    process of its own to finish (`person finish`); a request cannot wait for a training."""

    name = "learned"

    def erase(self, spec: Spec, person: Person) -> Gone:
        owners = {person.owner, f"visitor:{person.owner}"} - {"", "visitor:"}
        found = [
            one
            for one in behind(spec)
            if owners & {*one.get("owners", ())} or {*person.ids} & {*one.get("origins", ())}
        ]
        if not found:
            return Gone()
        reviews = {str(one.get("review") or one.get("id")) for one in found}
        id = new_id()
        journal = Journal(spec.made / "erased" / "open" / f"{id}.json", id, now())
        journal.owners = [person.owner] if person.owner else []
        journal.named = person.identified
        journal.ids = sorted({*person.ids, *reviews})
        journal.cases = sorted(person.cases)
        journal.steps = ["tombstones", "rows"]
        journal.save()
        return Gone(left=("the model, until it is trained without it",))


def behind(spec: Spec) -> Iterator[dict[str, Any]]:
    """What is known of each harvested correction: its review, whose words and messages it rests on."""
    path = spec.made / "harvest" / "rows.jsonl"
    yield from read_jsonl(path) if path.exists() else ()
    for about in sorted((spec.made / "datasets").glob("[!.]*/dataset.json")):
        yield from corrections_in(about.parent)


def open_erasures(spec: Spec) -> list[Journal]:
    """Those that were begun and are not finished, the oldest first."""
    found = [Journal.load(path) for path in (spec.made / "erased" / "open").glob("*.json")]
    return sorted(found, key=lambda one: one.at)
