"""Run: one execution of a recipe as a folder. Whatever happens, the folder can be resumed.

    runs/<recipe id>/  recipe.json  tokenizer/  metrics.jsonl  checkpoint-<step>/  done.json

A checkpoint is a folder that appears whole (temporary name, flush, rename) and carries the hashes of
its files; one that does not verify is never loaded.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from chatwright.core.files import (
    canonical_json,
    flush_tree,
    pretty_json,
    sha256_file,
    storage,
    write_atomic,
)
from chatwright.model.weights import write_tensors
from chatwright.training.recipe import Recipe

STATE = ("model.safetensors", "optimizer.safetensors")
KEEP = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A run's folder."""

    folder: Path

    @classmethod
    def create(cls, runs: Path, recipe: Recipe) -> Run:
        """The run of `recipe` below `runs`, new or to be resumed."""
        run = cls(runs / recipe.id)
        with storage(run.folder):
            run.folder.mkdir(parents=True, exist_ok=True)
            write_atomic(run.folder / "recipe.json", pretty_json(recipe.to_dict()))
        return run

    @property
    def recipe(self) -> Recipe:
        return Recipe.from_dict(json.loads((self.folder / "recipe.json").read_text()))

    @property
    def model(self) -> Path:
        """The trained model, as a Hugging Face folder; there once the run is done."""
        return self.folder / "model"

    @property
    def adapter(self) -> Path:
        """What LoRA added, in PEFT's format; `model` has it merged."""
        return self.folder / "adapter"

    @property
    def done(self) -> dict[str, Any] | None:
        path = self.folder / "done.json"
        return json.loads(path.read_text()) if path.exists() else None

    @property
    def notes(self) -> dict[str, Any]:
        """What else the execution needs and the result does not depend on."""
        return dict(json.loads((self.folder / "notes.json").read_text()))

    def note(self, values: dict[str, Any]) -> None:
        write_atomic(self.folder / "notes.json", pretty_json(values))

    def finish(self, summary: dict[str, Any]) -> None:
        """Mark the run done; its checkpoints are no longer needed."""
        write_atomic(self.folder / "done.json", pretty_json(summary))
        for path in self._checkpoints():
            shutil.rmtree(path, ignore_errors=True)

    def log(self, row: dict[str, Any]) -> None:
        with storage(self.folder), (self.folder / "metrics.jsonl").open("a") as file:
            file.write(canonical_json(row) + "\n")

    def metrics(self) -> list[dict[str, Any]]:
        """Logged rows in order of steps; a torn last line is left out, of repeated steps the last counts."""
        path = self.folder / "metrics.jsonl"
        rows: dict[int, dict[str, Any]] = {}
        for line in path.read_text().splitlines() if path.exists() else []:
            try:
                row = json.loads(line)
                rows[row["step"]] = row
            except (ValueError, KeyError, TypeError):
                continue
        return [rows[step] for step in sorted(rows)]

    def save(self, step: int, model: dict[str, Tensor], optimizer: dict[str, Tensor]) -> None:
        """Write the checkpoint of `step` (steps completed) and drop all but the newest two."""
        final = self.folder / f"checkpoint-{step:08d}"
        temporary = self.folder / f".checkpoint-{step:08d}.partial"
        with storage(final):
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir()
            try:
                for name, state in zip(STATE, (model, optimizer), strict=True):
                    whole = {k: v.detach().contiguous() for k, v in state.items()}
                    write_tensors(whole, temporary / name)
                hashes = {name: sha256_file(temporary / name) for name in STATE}
                manifest = {"step": step, "sha256": hashes}
                (temporary / "checkpoint.json").write_text(pretty_json(manifest))
                flush_tree(temporary)
                shutil.rmtree(final, ignore_errors=True)
                temporary.rename(final)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
        for path in self._checkpoints()[:-KEEP]:
            shutil.rmtree(path, ignore_errors=True)

    def latest(self) -> tuple[int, dict[str, Tensor], dict[str, Tensor]] | None:
        """(steps completed, model, optimizer) of the newest checkpoint that verifies."""
        for path in reversed(self._checkpoints()):
            try:
                manifest = json.loads((path / "checkpoint.json").read_text())
                whole = all(sha256_file(path / n) == h for n, h in manifest["sha256"].items())
                if whole and set(manifest["sha256"]) == set(STATE):
                    model, optimizer = (load_file(path / name) for name in STATE)
                    return int(manifest["step"]), model, optimizer
            except (OSError, ValueError, KeyError, TypeError, SafetensorError):
                continue
        return None

    def _checkpoints(self) -> list[Path]:
        return sorted(self.folder.glob("checkpoint-*"))
