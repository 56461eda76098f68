"""Reviewed corrections as files that every dataset build reads: what is taught, what it supersedes.

    .chatwright/harvest/  rows.jsonl        a conversation a line, up to the right reply; who it is from
                          superseded.jsonl  a training turn a line that says what a correction makes untrue
                          changes.jsonl     a fact a line that took another's place, for what quotes documents
                          harvest.json      hashes of both, and the corrections that were left out

A pure function of the accepted reviews and the bot's own data: what is undone, erased or left out disappears
with the next harvest. Without corrections there are no files, and the dataset is what it was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from chatwright.core.files import canonical_json, pretty_json, sha256_json, storage, write_atomic
from chatwright.core.types import Conversation
from chatwright.data.harvested import CHANGES, FOLDER, NOTE, ROWS, SUPERSEDED
from chatwright.data.inputs import own_inputs
from chatwright.data.rows import fold
from chatwright.improve.superseding import Decision, decided, question_of, right_of, superseded
from chatwright.spec import Spec
from chatwright.store.review_records import Accepted


@dataclass(frozen=True, slots=True)
class Harvest:
    """What the accepted reviews come to. `outdone`: (review, the later one that says otherwise)."""

    rows: tuple[dict[str, Any], ...] = ()
    superseded: tuple[Decision, ...] = ()
    outdone: tuple[tuple[str, str], ...] = ()
    changes: tuple[dict[str, Any], ...] = ()

    @property
    def id(self) -> str:
        """Names what is taught and superseded; empty where nothing is."""
        if not self.rows:
            return ""
        return sha256_json([list(self.rows), [asdict(one) for one in self.superseded]])[:12]


def gather(spec: Spec, accepted: Sequence[Accepted]) -> Harvest:
    """What training would learn from `accepted`; changes nothing.

    Raises `DataError` where the bot's own data cannot be read.
    """
    kept, outdone = settled(accepted)
    if not kept:
        return Harvest(outdone=tuple(outdone))
    languages = spec.bot.languages
    rows = (row for item in own_inputs(spec) if not item.held for row in item.rows())
    talks = (row for row in rows if isinstance(row, Conversation))
    turns, changed = decided(talks, kept, languages)
    facts = tuple(one.to_dict() for one in changed)
    return Harvest(tuple(map(_row, kept)), tuple(turns), tuple(outdone), facts)


def harvest(spec: Spec, accepted: Sequence[Accepted]) -> Harvest:
    """Write what `accepted` come to, in place of the harvest before; an equal one is left as it is."""
    found = gather(spec, accepted)
    folder = spec.made / FOLDER
    with storage(folder):
        if not found.rows:
            for name in (ROWS, SUPERSEDED, CHANGES, NOTE):
                (folder / name).unlink(missing_ok=True)
            return found
        folder.mkdir(parents=True, exist_ok=True)
        # What is superseded first: without its correction a wrong reply only gets the right one.
        _put(spec, SUPERSEDED, [asdict(one) for one in found.superseded])
        _put(spec, CHANGES, found.changes)
        _put(spec, ROWS, list(found.rows))
        note = {"id": found.id, "rows": len(found.rows), "superseded": len(found.superseded)}
        note |= {"outdone": [list(pair) for pair in found.outdone]}
        _keep(spec, NOTE, pretty_json(note))
    return found


def settled(accepted: Sequence[Accepted]) -> tuple[list[Accepted], list[tuple[str, str]]]:
    """The corrections that count, in order of time, and those that a later one contradicts.

    Two are about the same where the conversation up to the reply is the same but for case and spacing. Where a
    later one declares wrong what an earlier one taught, on another question, the earlier one teaches the
    later reply.
    """
    ordered = sorted(accepted, key=lambda one: (one.decided_at, one.id))
    ordered = [one for one in ordered if len(one.messages) > 1 and right_of(one).strip()]
    last = {_asked(one): one for one in ordered}
    outdone = [(one.id, last[_asked(one)].id) for one in ordered if last[_asked(one)] is not one]
    kept = [one for one in ordered if last[_asked(one)] is one]
    for at in range(len(kept)):
        for later in kept[at + 1 :]:
            one = kept[at]
            if fold(later.wrong) != fold(right_of(one)):
                continue
            again = superseded([Conversation(one.messages)], [later])
            if any(turn.right is not None and turn.reply == fold(later.wrong) for turn in again):
                said = replace(one.messages[-1], content=right_of(later))
                kept[at] = replace(one, messages=(*one.messages[:-1], said))
    return kept, outdone


def _asked(one: Accepted) -> tuple[tuple[str, str], ...]:
    return tuple((message.role, fold(message.content)) for message in one.messages[:-1])


def _row(one: Accepted) -> dict[str, Any]:
    """`messages` is what the readers of conversations know; the rest is for lineage and erasure."""
    said = [
        {"role": m.role, "content": m.content, **({"refused": True} if m.refused else {})}
        for m in one.messages
    ]
    return {
        "id": one.id,
        "messages": said,
        "question": question_of(one),
        "wrong": one.wrong,
        "raters": list(one.raters),
        "owners": list(one.owners),
        "origins": list(one.origins),
        "reviewer": one.reviewer,
        "decided_at": one.decided_at,
    }


def _put(spec: Spec, name: str, rows: Sequence[dict[str, Any]]) -> None:
    _keep(spec, name, "".join(canonical_json(row) + "\n" for row in rows))


def _keep(spec: Spec, name: str, text: str) -> None:
    path = spec.made / FOLDER / name
    if not path.exists() or path.read_text("utf-8") != text:
        write_atomic(path, text)
