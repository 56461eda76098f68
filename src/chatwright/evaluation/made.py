"""What was already made from the same inputs. Needs no torch, so a finished bot starts without it.

A note is a small file named by the hash of all inputs of a step; it holds the id of the result. A
result whose inputs have not changed is found by its note and not made again.
"""

from __future__ import annotations

from pathlib import Path

from chatwright.core.files import sha256_file, sha256_json, sha256_tree, write_atomic
from chatwright.data.dataset import Dataset
from chatwright.model.pretrained import identity
from chatwright.release.manifest import FORMAT, Release, shaping, verify
from chatwright.spec import Spec
from chatwright.training import VERSION
from chatwright.training.evidence import knowledge_of
from chatwright.training.start import start_of


def run_note(spec: Spec, dataset: Dataset) -> Path:
    """Names the run trained on `dataset` as `spec` says."""
    # What says how a training is executed, not what comes out.
    unsaid = {"checkpoint_seconds", "parallel", "log_to", "evidence"}
    unsaid |= set() if spec.training.only_new else {"only_new"}  # as before there was such a key
    training = spec.training.model_dump(exclude=unsaid)
    kind = ["placeholders"] if dataset.hiding else []  # equal rows may be of either kind
    if spec.model.kind == "pretrained":
        kind += [identity(spec) or ""]
    if spec.training.method == "pretraining" and (knowledge := spec.path("knowledge")).is_dir():
        kind.append(sha256_tree(knowledge))
    # "current" stays what it was when this training began: its own release must not make another one.
    if spec.training.continue_from not in ("", "current") and (start := start_of(spec)):
        kind.append(start.sha256)
    if (shown := knowledge_of(spec, dataset)) is not None:
        kind.append(f"evidence-{shown.id}")
    key = sha256_json([VERSION, dataset.id, spec.model.model_dump(), training, *kind])
    return spec.made / "runs" / "by-input" / key[:16]


def release_note(spec: Spec, run: str, dataset: Dataset) -> Path:
    """Names the release packed from the run called `run` on `dataset`."""
    hiding = [sha256_file(dataset.hiding)] if dataset.hiding else []
    key = sha256_json([FORMAT, run, shaping(spec), *hiding])
    return spec.made / "releases" / "by-input" / key[:16]


def read_note(note: Path) -> str | None:
    return note.read_text().strip() if note.exists() else None


def write_note(note: Path, identity: str) -> None:
    write_atomic(note, identity + "\n")


def find_release(spec: Spec, dataset: Dataset) -> Release | None:
    """The verified release that `spec` and `dataset` already led to."""
    run = read_note(run_note(spec, dataset))
    if run is None or not (spec.made / "runs" / run / "done.json").exists():
        return None
    identity = read_note(release_note(spec, run, dataset))
    folder = spec.made / "releases" / (identity or "-")
    return verify(folder) if identity and folder.exists() else None
