"""Packing: a trained model (or a hosted one) -> an immutable release folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatwright import __version__
from chatwright.core.files import flush_tree, pretty_json, storage, write_atomic
from chatwright.data.documents import owners_texts
from chatwright.data.hiding import Hiding
from chatwright.release.manifest import (
    FORMAT,
    HIDING,
    MANIFEST,
    Release,
    hash_files,
    release_id,
    shaping,
    verify,
)
from chatwright.spec import Spec

Fill = Callable[[Path], None]


def pack(spec: Spec, fill: Fill, origin: dict[str, Any]) -> Release:
    """Make a release: `fill` writes `model/` and `engine/` below the folder that it is given.

    `origin` says where it comes from (dataset, recipe, parent). The folder appears whole or not at
    all; an equal release that is already there is returned instead.
    """
    releases = spec.made / "releases"
    with storage(releases):
        releases.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=".packing-", dir=releases))
        try:
            fill(workplace)
            return _seal_files(spec, workplace, origin)
        finally:
            shutil.rmtree(workplace, ignore_errors=True)


def pack_hosted(spec: Spec) -> Release:
    """The release of a bot on a hosted model: provider, model, prompt and sampling; no weights.

    Placeholders for values, where `[privacy]` asks for them, keep those from the provider.
    """
    hiding = Hiding.of(spec, owners_texts(spec))

    def fill(folder: Path) -> None:
        if hiding is not None:
            write_atomic(folder / HIDING, hiding.text())

    return pack(spec, fill, {"kind": "hosted", "dataset": None, "recipe": None})


def pack_retrieval(spec: Spec) -> Release:
    """The release of a bot without a model, which answers by what it finds in its documents."""
    return pack(spec, lambda folder: None, {"kind": "retrieval", "dataset": None, "recipe": None})


def _seal_files(spec: Spec, workplace: Path, origin: dict[str, Any]) -> Release:
    files = hash_files(workplace, "model", "engine", "privacy")
    identity = release_id(files, shaping(spec))
    final = workplace.parent / identity
    if (final / MANIFEST).exists():
        return verify(final)
    manifest = {
        "id": identity,
        "format": FORMAT,
        "chatwright": __version__,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **origin,
        "spec": shaping(spec),
        "files": files,
    }
    (workplace / MANIFEST).write_text(pretty_json(manifest))
    flush_tree(workplace)
    shutil.rmtree(final, ignore_errors=True)  # a half-written one without a manifest
    workplace.chmod(0o755)
    workplace.rename(final)
    return verify(final)


def seal(release: Release, files: dict[str, str]) -> None:
    """Add the evaluation to a release, once; a sealed release is never sealed again."""
    sealed = release.folder / "sealed"
    for name, content in files.items():
        if not (sealed / name).exists():
            write_atomic(sealed / name, content)
