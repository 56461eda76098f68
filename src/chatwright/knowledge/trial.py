"""What an edit of the documents would do, before it is done: tried in a transaction that is taken back.

Nobody else sees any of it, and afterwards the index is what it was. Whether a question would be answered in
another way is not judged: what is told is which passage would be found first.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from chatwright.data.documents import Text, owners_listing
from chatwright.knowledge.index import Index
from chatwright.knowledge.search import Hit, Search
from chatwright.knowledge.snapshots import Member, Snapshots
from chatwright.knowledge.sync import label_of, sources_of
from chatwright.spec import Spec
from chatwright.store.stamps import now

NAME = "trial"  # of a snapshot that nobody ever sees
ALIGNED = 1_500  # passages of a document, up to which those that changed are found in pairs
SHOWN = 60  # passages of a document, that are told with their text
QUESTIONS = 300  # that are asked at most
SECONDS = 2.0  # for them: others wait to write meanwhile
PASSAGES = 50_000  # of all documents, up to which questions are asked
NEAR = 0.34  # of a question's words: what has less of them does not answer it


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage that differs; `before` is empty for one that is new, `after` for one that is gone."""

    kind: Literal["added", "changed", "gone"]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that differs, with counts of its passages and the first of those that differ."""

    name: str
    kind: Literal["added", "changed", "removed", "same"]
    added: int
    changed: int
    gone: int
    same: int
    pieces: tuple[Piece, ...]
    twin: str = ""  # a document with the same content, which is kept once


@dataclass(frozen=True, slots=True)
class Reached:
    """What a question finds first: the document's name and the passage; empty where nothing fits."""

    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that would find something else."""

    id: str
    question: str
    before: Reached
    after: Reached


@dataclass(frozen=True, slots=True)
class Trial:
    """`elsewhere`: documents that would differ for another reason, such as an edit in the folder, or one that a
    rollback holds back. `asked`: how many questions were; None: too many passages to try."""

    before: str | None
    documents: tuple[Changed, ...]
    elsewhere: tuple[str, ...]
    moved: tuple[Moved, ...]
    asked: int | None
    lost: int = 0  # documents that somebody else took out of the folder


class _TakenBack(Exception):
    """Ends the transaction without a trace."""


def attempt(
    spec: Spec,
    index: Index,
    puts: Mapping[str, Text],
    gone: Collection[str],
    questions: Sequence[tuple[str, str]] = (),
) -> Trial:
    """What it would do to have `puts` in place, and none of `gone`. `questions` are (id, text)."""
    found: list[Trial] = []
    try:
        with index.write():
            found.append(_attempt(spec, index, puts, gone, questions))
            raise _TakenBack
    except _TakenBack:
        pass
    return found[0]


def _attempt(
    spec: Spec,
    index: Index,
    puts: Mapping[str, Text],
    gone: Collection[str],
    questions: Sequence[tuple[str, str]],
) -> Trial:
    snapshots = Snapshots(index)
    current = snapshots.current_id()
    held = {one.name: one for one in (snapshots.members(current) if current else [])}
    after = _pending(spec, index, held)
    lost = len([name for name in held if name not in after and "://" not in name])
    others = {*after, *held} - puts.keys() - set(gone)
    elsewhere = sorted(name for name in others if after.get(name) != held.get(name))
    for name in gone:
        after.pop(name, None)
    for name, text in puts.items():
        after[name] = Member(name, index.put(text)[0], label_of(spec, name))
    names = sorted({*puts, *gone, *elsewhere})
    documents = compared(index, held, after, names)
    members = sorted(after.values(), key=lambda one: one.name)
    snapshots.put(NAME, now(), len(members), members)
    moved, asked = _asked(spec, index, current, questions[:QUESTIONS])
    return Trial(current, documents, tuple(elsewhere), moved, asked, lost)


def _pending(spec: Spec, index: Index, held: Mapping[str, Member]) -> dict[str, Member]:
    """What a sync would find without the edit, as far as it is known without reading anything."""
    known, listing = sources_of(index), owners_listing(spec)
    after = {name: one for name, one in held.items() if "://" in name or name in listing}
    for name, source in known.items():
        if source.document is None or ("://" not in name and name not in listing):
            continue
        if index.has(source.document):
            after[name] = Member(name, source.document, label_of(spec, name))
    return after


def compared(
    index: Index, old: Mapping[str, Member], new: Mapping[str, Member], names: Sequence[str]
) -> tuple[Changed, ...]:
    """What became of the documents of these names, from `old` members to `new` ones."""
    return tuple(
        _changed(index, name, old.get(name), new.get(name), new.values()) for name in names
    )


def _changed(
    index: Index,
    name: str,
    old: Member | None,
    new: Member | None,
    members: Collection[Member],
) -> Changed:
    before = [one.text for one in index.of(old.document)] if old else []
    after = [one.text for one in index.of(new.document)] if new else []
    pieces, same = _pieces(before, after)
    kinds = [one.kind for one in pieces]
    kind: Literal["added", "changed", "removed", "same"] = "changed"
    if old is None or new is None:
        kind = "added" if old is None else "removed"
    elif old == new:
        kind = "same"
    twins = [one.name for one in members if new and one.document == new.document]
    return Changed(
        name,
        kind,
        kinds.count("added"),
        kinds.count("changed"),
        kinds.count("gone"),
        same,
        tuple(pieces[:SHOWN]),
        min((one for one in twins if one != name), default=""),
    )


def _pieces(before: list[str], after: list[str]) -> tuple[list[Piece], int]:
    """The passages that differ, in order, and how many do not."""
    if max(len(before), len(after)) > ALIGNED:
        old, new = set(before), set(after)
        pieces = [Piece("gone", text, "") for text in before if text not in new]
        pieces += [Piece("added", "", text) for text in after if text not in old]
        return pieces, len(old & new)
    pieces, same = [], 0
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            same += b - a
            continue
        pairs = min(b - a, d - c)
        pieces += [Piece("changed", before[a + n], after[c + n]) for n in range(pairs)]
        pieces += [Piece("gone", text, "") for text in before[a + pairs : b]]
        pieces += [Piece("added", "", text) for text in after[c + pairs : d]]
    return pieces, same


def _asked(
    spec: Spec, index: Index, current: str | None, questions: Sequence[tuple[str, str]]
) -> tuple[tuple[Moved, ...], int | None]:
    languages = spec.bot.languages
    if not questions:
        return (), 0
    now_ = None if current is None else Search(index, current, languages=languages)
    if now_ is not None and len(now_) > PASSAGES:
        return (), None
    then = Search(index, NAME, languages=languages)
    if len(then) > PASSAGES:
        return (), None
    moved, asked, until = [], 0, time.monotonic() + SECONDS
    for id, question in questions:
        if time.monotonic() > until:
            break
        asked += 1
        before = Reached() if now_ is None else _reached(now_, question)
        after = _reached(then, question)
        if before.text != after.text:
            moved.append(Moved(id, question, before, after))
    return tuple(moved), asked


def _reached(search: Search, question: str) -> Reached:
    hits: tuple[Hit, ...] = search.search(question, 1).hits
    if not hits or hits[0].coverage < NEAR:
        return Reached()
    return Reached(hits[0].names[0], hits[0].passage.text)
