"""A release on disk: what is in it, and the proof that nothing was changed.

    releases/<id>/
      release.json   manifest: parent, dataset, recipe, spec, sha256 of each file, code version
      model/         config.json model.safetensors tokenizer.json ...   (Hugging Face's layout)
      engine/        openvino_model.xml .bin
      privacy/       hiding.json: how values are hidden, as in the data (data.hiding); only where they are
      sealed/        report.json report.html; written once, after evaluation

The id is the hash of the files and of the spec that shapes answers. A bot on a hosted model, or
without any model, has a release too: it holds no weights, only what determines its answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatwright.core.errors import ReleaseError
from chatwright.core.files import sha256_file, sha256_json
from chatwright.spec import Spec

FORMAT = 1
MANIFEST = "release.json"
HIDING = Path("privacy") / "hiding.json"
NEEDED = {"id", "created_at", "spec", "files"}
# The tables of bot.toml that change what is answered; the others may change without a new release.
SHAPING = ("bot", "scope", "model", "answers", "guard", "engine")

# Of these, what is shown beside the answers and changes none: as bot.toml says, without a new release.
SHOWN = ("title", "greeting", "suggestions", "disclosure")


@dataclass(frozen=True, slots=True)
class Release:
    """A verified release."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.manifest["id"])

    @property
    def hosted(self) -> bool:
        return self._kind == "hosted"

    @property
    def wordless(self) -> bool:
        """Whether it has no model at all, and answers by what it finds alone."""
        return self._kind == "retrieval"

    @property
    def weights(self) -> bool:
        """Whether it holds a model of its own."""
        return not (self.hosted or self.wordless)

    @property
    def _kind(self) -> str:
        return str(self.manifest["spec"]["model"]["kind"])

    @property
    def evidence(self) -> dict[str, Any] | None:
        """How passages stood before replies in its training, and shall in serving; None: it had none."""
        found: dict[str, Any] | None = self.manifest.get("evidence")
        return found

    @property
    def model(self) -> Path:
        return self.folder / "model"

    @property
    def engine(self) -> Path:
        return self.folder / "engine"

    @property
    def hiding(self) -> Path | None:
        """The file that says how values are hidden from the model, where they are."""
        path = self.folder / HIDING
        return path if HIDING.as_posix() in self.manifest["files"] else None

    @property
    def report(self) -> dict[str, Any] | None:
        path = self.folder / "sealed" / "report.json"
        return json.loads(path.read_text()) if path.exists() else None

    def spec_in(self, spec: Spec) -> Spec:
        """`spec` with the tables that this release was evaluated with; what is shown beside answers is that of
        `spec`."""
        current, kept = spec.model_dump(), self.manifest["spec"]
        bot = {**kept["bot"], **{name: current["bot"][name] for name in SHOWN}}
        return Spec(**{**current, **kept, "bot": bot, "folder": spec.folder})


def shaping(spec: Spec) -> dict[str, Any]:
    """The part of the spec that belongs to a release."""
    values = spec.model_dump(mode="json")
    return {table: values[table] for table in SHAPING}


def release_id(files: dict[str, str], spec: dict[str, Any]) -> str:
    return sha256_json({"format": FORMAT, "files": files, "spec": spec})[:12]


def hash_files(folder: Path, *parts: str) -> dict[str, str]:
    """`{relative path: sha256}` of every file below `folder`/`part`."""
    found = (path for part in parts for path in (folder / part).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_file(path) for path in sorted(found)}


def read(folder: Path) -> Release:
    """The release in `folder`, its manifest checked but its files not."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        version = manifest["format"]
        if version == FORMAT and not manifest.keys() >= NEEDED:
            raise KeyError(NEEDED - manifest.keys())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{folder} is not a whole release ({MANIFEST} is missing or broken).",
            "Delete that folder and run `chatwright up` again.",
        ) from error
    if version != FORMAT:
        raise ReleaseError(
            f"{folder} has release format {version}; this chatwright reads format {FORMAT}.",
            "Use the version that made it, or run `chatwright up` to make a new one.",
        )
    return Release(folder, manifest)


def verify(folder: Path) -> Release:
    """The release in `folder`, every file checked against its hash and the id against them all."""
    release = read(folder)
    files: dict[str, str] = release.manifest["files"]
    for name, digest in files.items():
        path = folder / name
        if not path.is_file():
            problem = "is missing"
        elif sha256_file(path) != digest:
            problem = "was changed"
        else:
            continue
        raise ReleaseError(
            f"Release {folder.name} cannot be used: {name} {problem}.",
            f"Restore the file, or delete {folder} and run `chatwright up` again.",
        )
    if release_id(files, release.manifest["spec"]) != release.id or release.id != folder.name:
        raise ReleaseError(
            f"Release {folder.name} cannot be used: its manifest was changed.",
            f"Delete {folder} and run `chatwright up` again.",
        )
    return release
