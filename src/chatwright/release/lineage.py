"""Lineage: what a release learned from, back to the rows of the owner's files and the people who corrected it.

A release names its dataset, and the release that its training went on from; a dataset's rows name their
source. A release that was continued from another inherits all of that one's rows. Needs no torch, and
says what it cannot know: a dataset that was deleted, a base that is no release of this bot.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from chatwright.core.files import read_jsonl
from chatwright.core.types import Conversation
from chatwright.data.rows import from_row
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec

FEEDBACK = (
    "feedback"  # the provenance's source of a row that was harvested from a reviewed correction
)
# What shapes the weights, and what chose among them; figures alone are taken on the test split.
LEARNED = ("train", "judged", "dev")
HELD_OUT = ("test",)


@dataclass(frozen=True, slots=True)
class Taught:
    """A row that somebody's correction became: the review, and who had asked for it."""

    review: str
    raters: tuple[str, ...] = ()
    split: str = "train"


@dataclass(frozen=True, slots=True)
class Lineage:
    """What one release learned from, its own dataset and all that it inherits."""

    release: str
    dataset: str | None
    chain: tuple[
        str, ...
    ] = ()  # releases it was continued from, nearest first; then a base's own name
    datasets: tuple[str, ...] = ()  # its own first
    rows: int = 0  # conversations that it learned from
    held_out: int = 0  # conversations of the test split: measured on, not learned from
    sources: Mapping[str, int] = field(default_factory=dict)  # rows learned from, by source
    taught: tuple[Taught, ...] = ()
    knowledge: tuple[str, ...] = ()  # snapshots of documents that stood before replies in training
    missing: tuple[str, ...] = ()  # what is not there any more, so that this is not all

    @property
    def raters(self) -> dict[str, int]:
        """Rows by the person whose correction they are; a row may have several."""
        return dict(Counter(rater for row in self.taught for rater in row.raters).most_common())

    @property
    def reviews(self) -> dict[str, int]:
        return dict(Counter(row.review for row in self.taught).most_common())

    def about(self) -> dict[str, Any]:
        """As plain values."""
        values = asdict(self) | {"raters": self.raters, "reviews": self.reviews}
        return values | {"sources": dict(self.sources)}


def lineage(spec: Spec, release: Release) -> Lineage:
    """What `release` learned from; `release` itself need not be whole."""
    chain, missing = _chain(spec, release)
    datasets = _datasets(chain)
    sources, taught = Counter[str](), dict[str, Taught]()
    learned = held_out = 0
    for identity in datasets:
        folder = spec.made / "datasets" / identity
        if not (folder / "dataset.json").exists():
            missing.append(f"dataset {identity}")
            continue
        raters = {one["review"]: tuple(one.get("raters", ())) for one in corrections_in(folder)}
        for split, row in rows_of(folder):
            if split in HELD_OUT:
                held_out += 1
                continue
            learned += 1
            origin = row.provenance
            sources[origin.source if origin else ""] += 1
            if origin is not None and origin.source == FEEDBACK and origin.original_id:
                review = origin.original_id
                taught.setdefault(
                    f"{identity} {row.id}", Taught(review, raters.get(review, ()), split)
                )
    shown = [one["evidence"]["snapshot"] for one in chain if one.get("evidence")]
    return Lineage(
        release.id,
        release.manifest.get("dataset"),
        tuple(one["id"] for one in chain[1:]) + _base(chain),
        tuple(datasets),
        learned,
        held_out,
        dict(sources.most_common()),
        tuple(taught.values()),
        tuple(dict.fromkeys(shown)),
        tuple(missing),
    )


def rows_of(
    folder: Path, splits: tuple[str, ...] = (*LEARNED, *HELD_OUT)
) -> Iterator[tuple[str, Conversation]]:
    """The rows of the dataset in `folder`, each with the split that it is in."""
    for split in splits:
        path = folder / f"{split}.jsonl"
        if path.exists():
            yield from ((split, from_row(row)) for row in read_jsonl(path))


def touched(
    spec: Spec, is_theirs: Callable[[Conversation], bool], splits: tuple[str, ...] = LEARNED
) -> set[str]:
    """The ids of datasets in whose `splits` one of the rows `is_theirs`."""
    found = set()
    for path in sorted((spec.made / "datasets").glob("*/dataset.json")):
        if any(is_theirs(row) for _, row in rows_of(path.parent, splits)):
            found.add(path.parent.name)
    return found


def trained_on(spec: Spec, datasets: set[str]) -> list[str]:
    """Releases that learned from one of `datasets`, themselves or by inheritance; oldest first."""
    found = []
    for release in Registry(spec).releases():
        if datasets & set(datasets_of(spec, release)):
            found.append(release.id)
    return found


def datasets_of(spec: Spec, release: Release) -> list[str]:
    """The ids of all datasets that `release` learned from: its own first, then those that it inherits."""
    return _datasets(_chain(spec, release)[0])


def corrections_in(folder: Path) -> list[dict[str, Any]]:
    """The reviewed corrections that the dataset in `folder` learned, each with its review, and the raters,
    owners of conversations and messages behind it; as they were when it was built."""
    try:
        about = json.loads((folder / "dataset.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return list(about.get("corrections", ()))


def _chain(spec: Spec, release: Release) -> tuple[list[dict[str, Any]], list[str]]:
    """The manifests of `release` and all it was continued from, and what of them is missing."""
    known = {one.id: one.manifest for one in Registry(spec).releases()}
    known[release.id] = release.manifest
    chain, missing = [release.manifest], []
    while parent := chain[-1].get("parent"):
        if parent in {
            one["id"] for one in chain
        }:  # a manifest is the owner's file: it may say anything
            break
        if parent not in known:
            if "inherited" not in chain[-1]:
                missing.append(f"release {parent}")
            break
        chain.append(known[parent])
    return chain, missing


def _datasets(chain: list[dict[str, Any]]) -> list[str]:
    """Where a run went on from a run, its release names what it inherited: there is no parent to ask."""
    found = [one for each in chain for one in (each.get("dataset"), *each.get("inherited", ()))]
    return list(dict.fromkeys(str(one) for one in found if one))


def _base(chain: list[dict[str, Any]]) -> tuple[str, ...]:
    """What the oldest one was made from, where that is a base and no release."""
    base = (chain[-1].get("recipe") or {}).get("base")
    return (str(base),) if base else ()
