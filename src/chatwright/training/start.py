"""Where a training starts that does not start from nothing: a release, a run, a folder. Needs no torch."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from chatwright.core.errors import ReleaseError
from chatwright.core.files import sha256_file, sha256_json
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec

NEEDED = ("config.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Start:
    """A model folder; the hash of its weights; and, where known, the release and the data it learned from."""

    folder: str
    sha256: str
    release: str = ""
    dataset: str = ""  # id
    before: tuple[
        str, ...
    ] = ()  # ids of the data that it had itself inherited, from runs before it

    def check(self) -> None:
        """Raise `ReleaseError` when the weights are not there any more, or not the same."""
        if _weights(Path(self.folder)) != self.sha256:
            raise ReleaseError(
                f"The model in {self.folder}, from which this training started, was changed or removed.",
                "Restore it, or begin another training: change [training] seed.",
            )


def start_of(spec: Spec) -> Start | None:
    """What `continue_from` names; None where it names nothing.

    Raises `ReleaseError` when that is not there, has no weights, or is in quarantine.
    """
    wanted = spec.training.continue_from
    if not wanted:
        return None
    if wanted == "current":
        current = Registry(spec).current()
        if current is None:
            raise ReleaseError(
                'continue_from = "current", and no release is in force yet.',
                "Run `chatwright up` without continue_from first, or name a run or a model folder.",
            )
        return _of_release(Registry(spec).usable(current[1].id))
    run = spec.made / "runs" / wanted
    if (run / "done.json").exists():
        recipe = json.loads((run / "recipe.json").read_text("utf-8"))
        return replace(_of_folder(run / "model", dataset=recipe["dataset"]), before=_before(run))
    folder = spec.path(wanted)
    return _of_folder(folder) if folder.is_dir() else _of_release(Registry(spec).usable(wanted))


def _before(run: Path) -> tuple[str, ...]:
    """What a run had inherited when it began: a run may go on from a run, and none become a release."""
    try:
        noted = json.loads((run / "notes.json").read_text("utf-8")).get("start") or {}
    except FileNotFoundError:
        return ()
    return tuple(one for one in (noted.get("dataset"), *noted.get("before", ())) if one)


def _of_release(release: Release) -> Start:
    if not release.weights:
        kind = "is of a hosted model" if release.hosted else "has no model"
        raise ReleaseError(
            f"Release {release.id} {kind}: there are no weights to start from.",
            "Name a release with weights, a run, or a model folder in continue_from.",
        )
    return _of_folder(release.model, release.id, release.manifest.get("dataset") or "")


def _of_folder(folder: Path, release: str = "", dataset: str = "") -> Start:
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing or not list(folder.glob("*.safetensors")):
        raise ReleaseError(
            f"{folder} is no model to start from: {(*missing, '*.safetensors')[0]} is missing.",
            "Name a release, a finished run, or a Hugging Face folder in continue_from.",
        )
    return Start(str(folder), _weights(folder), release, dataset)


def _weights(folder: Path) -> str:
    return sha256_json([sha256_file(path) for path in sorted(folder.glob("*.safetensors"))])
