"""Where a person's words went: how they are recognised, and which datasets and releases learned from them.

Changes nothing, and keeps nothing of what was said. Needs no torch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatwright.core.types import Conversation
from chatwright.data import erasure
from chatwright.knowledge.index import Index
from chatwright.knowledge.sync import index_file, index_of
from chatwright.release.lineage import LEARNED, corrections_in, rows_of, trained_on
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec

TEXTS = (".json", ".jsonl", ".html", ".htm", ".md", ".txt", ".csv", ".tsv", ".log")


@dataclass(frozen=True, slots=True)
class Theirs:
    """How a person's words are recognised: by who said them, the ids of what they said, the place of the row
    in the owner's own files, or a name, address or number in them."""

    owners: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()  # of conversations, messages, turns, reviews, cases
    rows: frozenset[tuple[str, int]] = frozenset()  # (source, position)
    names: Callable[[str], bool] = field(default=lambda text: False)

    def row(self, row: Conversation) -> bool:
        """Whether a row of a dataset is theirs."""
        texts = [message.content for message in row.messages]
        origin = row.provenance
        if origin is not None:
            if (origin.source, origin.position) in self.rows or origin.original_id in self.ids:
                return True
            texts += [origin.source, origin.original_id or ""]
        return any(map(self.names, (*texts, row.rejected or "")))

    def value(self, value: Any) -> bool:
        """Whether plain values of JSON have a word, an id or a name of theirs in them."""
        return any(
            text in self.ids or text in self.owners or self.names(text) for text in strings(value)
        )


def strings(value: Any) -> Iterator[str]:
    """All texts in plain values, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def quotes(folder: Path, theirs: Theirs) -> bool:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in TEXTS)
    return any(in_file(path, theirs) for path in found)


def in_file(path: Path, theirs: Theirs) -> bool:
    """Whether a text file has words of theirs: of JSON its strings are looked at, of others each line."""
    with path.open(encoding="utf-8", errors="replace") as file:
        if path.suffix == ".json":
            try:
                return theirs.value(json.load(file))
            except ValueError:
                file.seek(0)
        if path.suffix != ".jsonl":
            return any(theirs.value(line) or any(id in line for id in theirs.ids) for line in file)
        for line in file:
            try:
                values = json.loads(line)
            except ValueError:
                values = line
            if theirs.value(values):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Reached:
    """Datasets that hold a row of the person's, those of them that were learned from it, and releases."""

    datasets: frozenset[str]
    learned: frozenset[str]
    releases: tuple[str, ...]


def reached(spec: Spec, theirs: Theirs) -> Reached:
    """Where the person's words went. Documents that name them count for each release that rests on some."""
    holding, learned = set[str](), set[str]()
    for path in sorted((spec.made / "datasets").glob("[!.]*/dataset.json")):
        folder = path.parent
        if any(_taught(one, theirs) for one in corrections_in(folder)):
            learned.add(folder.name)
            continue
        splits = {split for split, row in rows_of(folder) if theirs.row(row)}
        if splits & set(LEARNED):
            learned.add(folder.name)
        elif splits or _rejects(folder, theirs):
            holding.add(folder.name)
    releases = set(trained_on(spec, learned))
    if _documents_name(spec, theirs):
        known = Registry(spec).releases()
        releases |= {one.id for one in known if one.evidence or _recipe(one).get("documents")}
    releases |= _descendants(spec, releases)
    return Reached(frozenset(holding | learned), frozenset(learned), tuple(sorted(releases)))


def _taught(correction: Mapping[str, Any], theirs: Theirs) -> bool:
    """Whether its words are theirs; that they only agreed with somebody else's makes it not theirs."""
    said = {correction.get("review"), *correction.get("origins", ())}
    return bool(said & theirs.ids or set(correction.get("owners", ())) & theirs.owners)


def _rejects(folder: Path, theirs: Theirs) -> bool:
    path = folder / "rejected.jsonl"
    if not path.exists():
        return False
    with path.open(encoding="utf-8") as file:
        return any(theirs.value(json.loads(line)) for line in file)


def _recipe(release: Release) -> Mapping[str, Any]:
    return release.manifest.get("recipe") or {}


def _descendants(spec: Spec, found: Collection[str]) -> set[str]:
    """Those that were continued from one of them, at whatever distance."""
    parents = {one.id: one.manifest.get("parent") for one in Registry(spec).releases()}
    reached = set(found)
    while more := {one for one, parent in parents.items() if parent in reached} - reached:
        reached |= more
    return reached


def _documents_name(spec: Spec, theirs: Theirs) -> bool:
    """Whether a document names them, as it is kept in the index or stands in knowledge/."""
    erased = erasure.load(spec.made)
    if erased is not None:
        folder = spec.path("knowledge")
        if any(
            (spec.folder / name).is_relative_to(folder) for name, _ in erasure.sources(spec, erased)
        ):
            return True
    if not index_file(spec).exists():
        return False
    index = index_of(spec)
    try:
        return bool(documents_of(index, theirs))
    finally:
        index.close()


def documents_of(index: Index, theirs: Theirs) -> set[str]:
    """The documents in the index that name them."""
    found = set()
    titles = index.titles(index.documents())
    for document in titles:
        pieces = index.of(document)
        texts = (text for piece in pieces for text in (piece.text, *piece.headings))
        if any(map(theirs.names, (titles[document], *texts))):
            found.add(document)
    return found
