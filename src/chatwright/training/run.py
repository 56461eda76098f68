"""Run: one execution of a recipe as a folder. Whatever happens, the folder can be resumed.

    runs/<recipe id>/  recipe.json  tokenizer/  metrics.jsonl  checkpoint-<step>/  best-<step>/  done.json

A checkpoint is a folder that appears whole (temporary name, flush, rename) and carries the hashes of
its files; one that does not verify is never loaded. It is that of one process, however many trained.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
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
from chatwright.training.history import History
from chatwright.training.recipe import Recipe

STATE = ("model.safetensors", "optimizer.safetensors")
KEEP = 2


@dataclass(frozen=True, slots=True)
class Saved:
    """A checkpoint that verified: steps completed, what else was noted, tensors by file and name."""

    step: int
    about: dict[str, Any]
    states: dict[str, dict[str, Tensor]]

    @property
    def model(self) -> dict[str, Tensor]:
        return self.states[STATE[0]]

    @property
    def optimizer(self) -> dict[str, Tensor]:
        return self.states[STATE[1]]


@dataclass(frozen=True, slots=True)
class Run(History):
    """A run's folder, to be written to."""

    @classmethod
    def create(cls, runs: Path, recipe: Recipe) -> Run:
        """The run of `recipe` below `runs`, new or to be resumed."""
        run = cls(runs / recipe.id)
        with storage(run.folder):
            run.folder.mkdir(parents=True, exist_ok=True)
            write_atomic(run.folder / "recipe.json", pretty_json(recipe.to_dict()))
        return run

    @property
    def adapter(self) -> Path:
        """What LoRA added, in PEFT's format; `model` has it merged."""
        return self.folder / "adapter"

    @property
    def recipe(self) -> Recipe:
        return Recipe.from_dict(self.values)

    @property
    def notes(self) -> dict[str, Any]:
        """What else the execution needs and the result does not depend on."""
        return dict(json.loads((self.folder / "notes.json").read_text()))

    def note(self, values: dict[str, Any]) -> None:
        write_atomic(self.folder / "notes.json", pretty_json(values))

    def finish(self, summary: dict[str, Any]) -> None:
        """Mark the run done; its checkpoints are no longer needed."""
        write_atomic(self.folder / "done.json", pretty_json(summary))
        (self.folder / "diverged.json").unlink(missing_ok=True)
        for path in (*self._folders("checkpoint"), *self._folders("best")):
            shutil.rmtree(path, ignore_errors=True)

    def diverge(self, about: dict[str, Any]) -> None:
        """Note where and why numbers ceased to be numbers."""
        write_atomic(self.folder / "diverged.json", pretty_json(about))

    def log(self, row: dict[str, Any]) -> None:
        with storage(self.folder), (self.folder / "metrics.jsonl").open("a") as file:
            file.write(canonical_json(row) + "\n")

    def save(self, step: int, model: Mapping[str, Tensor], optimizer: Mapping[str, Tensor]) -> None:
        """Write the checkpoint of `step` (steps completed) and drop all but the newest two."""
        states = dict(zip(STATE, (model, optimizer), strict=True))
        self._write(f"checkpoint-{step:08d}", states, {"step": step})
        for path in self._folders("checkpoint")[:-KEEP]:
            shutil.rmtree(path, ignore_errors=True)

    def latest(self) -> Saved | None:
        """The newest checkpoint that verifies."""
        return self._newest("checkpoint", STATE)

    def save_best(self, step: int, figure: float, model: Mapping[str, Tensor]) -> None:
        """Keep the weights of `step`, the best so far by `figure`, in place of those before."""
        self._write(f"best-{step:08d}", {STATE[0]: model}, {"step": step, "figure": figure})
        for path in self._folders("best")[:-1]:
            shutil.rmtree(path, ignore_errors=True)

    def best(self) -> Saved | None:
        """The best weights, if their files verify; `about["figure"]` says how good they are."""
        return self._newest("best", STATE[:1])

    def _write(
        self, name: str, states: Mapping[str, Mapping[str, Tensor]], about: dict[str, Any]
    ) -> None:
        final, temporary = self.folder / name, self.folder / f".{name}.partial"
        with storage(final):
            shutil.rmtree(temporary, ignore_errors=True)
            temporary.mkdir()
            try:
                for file, state in states.items():
                    whole = {k: v.detach().contiguous() for k, v in state.items()}
                    write_tensors(whole, temporary / file)
                hashes = {file: sha256_file(temporary / file) for file in states}
                (temporary / "checkpoint.json").write_text(pretty_json(about | {"sha256": hashes}))
                flush_tree(temporary)
                shutil.rmtree(final, ignore_errors=True)
                temporary.rename(final)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)

    def _newest(self, kind: str, files: tuple[str, ...]) -> Saved | None:
        for path in reversed(self._folders(kind)):
            try:
                about = json.loads((path / "checkpoint.json").read_text())
                whole = all(sha256_file(path / n) == h for n, h in about["sha256"].items())
                if whole and set(about["sha256"]) == set(files):
                    states = {name: load_file(path / name) for name in files}
                    return Saved(int(about["step"]), about, states)
            except (OSError, ValueError, KeyError, TypeError, SafetensorError):
                continue
        return None

    def _folders(self, kind: str) -> list[Path]:
        return sorted(self.folder.glob(f"{kind}-*"))
