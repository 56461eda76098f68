"""What a release learned from: its dataset, and those of the releases that it was continued from."""

from __future__ import annotations

from dataclasses import dataclass

from chatwright.data.dataset import Dataset, build, load
from chatwright.data.inputs import has_conversations
from chatwright.release.lineage import datasets_of
from chatwright.release.manifest import Release
from chatwright.spec import Spec


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of conversations that it was trained on; `missing` are datasets that are not there any more."""

    conversations: frozenset[str]
    missing: tuple[str, ...] = ()


def dataset_of(spec: Spec, release: Release) -> Dataset | None:
    """The dataset that the release was trained on; for a bot that was not trained, today's, if it has any."""
    identity = release.manifest.get("dataset")
    if identity:
        folder = spec.made / "datasets" / identity
        return load(folder) if (folder / "dataset.json").exists() else None
    return build(spec) if has_conversations(spec) else None


def known_to(spec: Spec, release: Release) -> Known:
    """What it was trained on, as far as that can be told.

    The ids are of the words: a row that two datasets hold has the same in both.
    """
    found: set[str] = set()
    missing = []
    for identity in datasets_of(spec, release):
        folder = spec.made / "datasets" / identity
        if not (folder / "dataset.json").exists():
            missing.append(identity)
            continue
        dataset = load(folder)
        found |= {row.id for name in ("train", "judged") for row in dataset.rows(name)}
        if dataset.held_out != "dev":  # what it was stopped by is no news to it
            found |= {row.id for row in dataset.rows("dev")}
    return Known(frozenset(found), tuple(missing))
