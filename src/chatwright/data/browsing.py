"""A dataset that was built, for whoever wants to look: its rows by source, split and language, what was
left out, what was hidden, and what is different from another one. It builds nothing, and keeps no row in
memory.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from chatwright.core.errors import NotFound
from chatwright.core.placeholders import PLACEHOLDER
from chatwright.core.types import Conversation, Message
from chatwright.data.dataset import SPLITS
from chatwright.data.findings import warnings_of
from chatwright.data.hiding import Hiding
from chatwright.data.languages import language_of
from chatwright.data.privacy import Redactor
from chatwright.data.reasons import kind_of
from chatwright.data.sample import LANGUAGE_LETTERS, LANGUAGE_SURE, look_at
from chatwright.spec import Spec
from chatwright.store.stamps import stamp

ID = re.compile(r"[0-9a-f]{12}")
EXAMPLES = 3  # of each type of placeholder
AROUND = 60  # characters on either side of one
LOOKED_AT = 50_000  # rows that are looked through for examples
DETECTED = 40  # rows of a source of which the language is found
SHOWN = 20  # rows of a difference


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset, with the rows of each split and the number of those that were left out."""

    id: str
    made: str
    read: int
    train: int
    dev: int
    test: int
    judged: int
    rejected: int
    folder: Path


def built(spec: Spec) -> list[Built]:
    """The newest first."""
    found = []
    for about in (spec.made / "datasets").glob("*/dataset.json"):
        counts = json.loads(about.read_text("utf-8"))["counts"]
        made = datetime.fromtimestamp(about.stat().st_mtime, UTC)
        rejected = sum(counts["rejected"].values())
        rows = {name: int(counts.get(name, 0)) for name in ("read", *SPLITS, "judged")}
        found.append(
            Built(about.parent.name, stamp(made), rejected=rejected, folder=about.parent, **rows)
        )
    return sorted(found, key=lambda one: one.made, reverse=True)


def folder_of(spec: Spec, id: str) -> Path:
    """Where a dataset lies. Raises `NotFound`."""
    folder = spec.made / "datasets" / id
    if not ID.fullmatch(id) or not (folder / "dataset.json").exists():
        raise NotFound("There is no such dataset.", "Choose one of the list, or build one.")
    return folder


@lru_cache(maxsize=8)
def _figures(folder: Path, made: int, spec: _Named) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((folder / "dataset.json").read_text("utf-8"))
    values = about | {
        "bot": spec.spec.bot.title or spec.spec.bot.name,
        "languages": list(spec.spec.bot.languages),
        "sample": look_at(folder, spec.spec),
    }
    values["warnings"] = warnings_of(values)
    values["sources"] = _sources(folder, about)
    values["hidden"] = _hidden(folder)
    return values


class _Named:
    """A spec that is told from others by its bot, for the memory of figures."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and other.spec.folder == self.spec.folder

    def __hash__(self) -> int:
        return hash(self.spec.folder)


def figures(spec: Spec, id: str) -> dict[str, Any]:
    """All that the report shows, and: `sources` with rows by split and language, `hidden` with examples of
    placeholders by type. Some seconds for a large dataset; then kept."""
    folder = folder_of(spec, id)
    return _figures(folder, (folder / "dataset.json").stat().st_mtime_ns, _Named(spec))


def _sources(folder: Path, about: dict[str, Any]) -> list[dict[str, Any]]:
    """Every file with its rows by split, those left out, and the languages of some of its rows."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in about.get("formats", {})}
    languages: dict[str, Counter[str]] = {}
    for split in (*SPLITS, "judged"):
        for row in _rows(folder / f"{split}.jsonl"):
            source = (row.get("provenance") or {}).get("source", "")
            counts.setdefault(source, Counter())[split] += 1
            found = languages.setdefault(source, Counter())
            if found.total() < DETECTED:
                found[_language(row)] += 1
    for row in _rows(folder / "rejected.jsonl"):
        counts.setdefault(row["provenance"]["source"], Counter())["rejected"] += 1
    return [
        {
            "name": source,
            "format": about.get("formats", {}).get(source, ""),
            **{split: found[split] for split in (*SPLITS, "judged", "rejected")},
            "languages": dict(languages.get(source, Counter()).most_common()),
        }
        for source, found in sorted(counts.items())
    ]


def _language(row: dict[str, Any]) -> str:
    code, sure = language_of("\n".join(m["content"] for m in row["messages"]), LANGUAGE_LETTERS)
    return code if sure >= LANGUAGE_SURE else ""


def _hidden(folder: Path) -> dict[str, list[str]]:
    """By the type of a placeholder, where some of them stand."""
    found: dict[str, list[str]] = {}
    for row in islice(_rows(folder / "train.jsonl"), LOOKED_AT):
        for message in row["messages"]:
            text = message["content"]
            for place in PLACEHOLDER.finditer(text):
                kind = place[0].strip("<>").rpartition("_")[0]
                examples = found.setdefault(kind, [])
                if len(examples) < EXAMPLES:
                    start, end = max(0, place.start() - AROUND), place.end() + AROUND
                    examples.append(" ".join(text[start:end].split()))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


# --- rows that were left out


def rejected(
    folder: Path, reason: str, source: str, search: str, limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """Rows of `rejected.jsonl` that fit, from `offset` on, and how many there are. An empty word fits all."""
    words, page, total = search.casefold(), list[dict[str, Any]](), 0
    for row in _rows(folder / "rejected.jsonl"):
        if reason and row["reason"] != reason:
            continue
        if source and row["provenance"]["source"] != source:
            continue
        if words and words not in f"{row['excerpt']}\n{row['reason']}".casefold():
            continue
        if offset <= total < offset + limit:
            page.append(row | {"kind": kind_of(row["reason"])})
        total += 1
    return page, total


def kept_row(folder: Path, id: str) -> dict[str, Any] | None:
    """The row that stays instead of one that repeats it; None where it is not in this dataset."""
    mark = f'"id":"{id}"'
    for split in SPLITS:
        with (folder / f"{split}.jsonl").open(encoding="utf-8") as file:
            for line in file:
                if mark in line and (row := json.loads(line))["id"] == id:
                    return {**row, "split": split}
    return None


def hide_in(spec: Spec, id: str) -> Callable[[str], str]:
    """Hides in other texts what was hidden in this dataset; they stay as they are where nothing was."""
    for pointer in (spec.made / "datasets" / "by-input").glob("*"):
        beside = pointer.with_suffix(".json")
        if not pointer.suffix and beside.exists() and pointer.read_text().strip() == id:
            return partial(_hidden_in, Hiding.load(beside).redactor())
    return lambda text: text


def _hidden_in(redactor: Redactor, text: str) -> str:
    return redactor.conversation(Conversation((Message("user", text),)))[0].messages[0].content


# --- what is different


def differences(old: Path, new: Path) -> dict[str, Any]:
    """Of the rows by their ids: added, gone, and moved from one split to another; with the first of each."""
    before, after = _splits(old), _splits(new)
    added = [id for id in after if id not in before]
    gone = [id for id in before if id not in after]
    moved = [id for id in after if id in before and before[id] != after[id]]
    shown = {"added": _said(new, added), "gone": _said(old, gone), "moved": _said(new, moved)}
    counts = {"added": len(added), "gone": len(gone), "moved": len(moved)}
    reasons = [Counter(_reasons(one)) for one in (old, new)]
    return {
        "counts": counts,
        "rows": shown,
        "same": len(after) - len(added) - len(moved),
        "reasons": {
            name: (reasons[0][name], reasons[1][name])
            for name in sorted({*reasons[0], *reasons[1]})
            if reasons[0][name] != reasons[1][name]
        },
    }


def _reasons(folder: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((folder / "dataset.json").read_text("utf-8"))["counts"][
        "rejected"
    ]
    return found


def _splits(folder: Path) -> dict[str, str]:
    return {
        row["id"]: split
        for split in (*SPLITS, "judged")
        for row in _rows(folder / f"{split}.jsonl")
    }


def _said(folder: Path, ids: list[str]) -> list[dict[str, Any]]:
    """The first of these rows."""
    wanted, found = set(ids[:SHOWN]), list[dict[str, Any]]()
    for split in (*SPLITS, "judged"):
        for row in _rows(folder / f"{split}.jsonl"):
            if row["id"] in wanted:
                wanted.discard(row["id"])
                found.append({**row, "split": split})
            if not wanted:
                return found
    return found
