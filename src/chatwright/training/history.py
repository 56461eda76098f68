"""What a run's folder tells without torch: recipe, curve, state. `run.Run` is the same folder, written to.

Nothing is measured or changed here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import NotFound
from chatwright.core.files import busy

State = Literal["done", "running", "stopped", "diverged"]
DEVELOPMENT = "dev_bits_per_byte"
FORECAST = "forecast_bits_per_byte"  # the same figure, as it was expected before step 1


@dataclass(frozen=True, slots=True)
class History:
    """A run's folder, to be read."""

    folder: Path

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def values(self) -> dict[str, Any]:
        """The recipe as plain values."""
        return dict(json.loads((self.folder / "recipe.json").read_text()))

    @property
    def model(self) -> Path:
        """The trained model, as a Hugging Face folder; there once the run is done."""
        return self.folder / "model"

    @property
    def done(self) -> dict[str, Any] | None:
        return self._maybe("done.json")

    @property
    def diverged(self) -> dict[str, Any] | None:
        """Where and why the last execution ended in numbers that are none."""
        return self._maybe("diverged.json")

    @property
    def forecast(self) -> float | None:
        """Development bits per byte that were expected before step 1; None where nothing was."""
        return (self._maybe("notes.json") or {}).get("forecast")

    @property
    def began(self) -> datetime:
        return datetime.fromtimestamp((self.folder / "recipe.json").stat().st_mtime, UTC)

    @property
    def state(self) -> State:
        if self.done is not None:
            return "done"
        if busy(self.folder):
            return "running"
        return "stopped" if self.diverged is None else "diverged"

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

    def curve(self, name: str) -> list[tuple[float, float]]:
        """(step, value) of every row that has the figure `name`."""
        return [(r["step"], float(r[name])) for r in self.metrics() if r.get(name) is not None]

    def _maybe(self, name: str) -> dict[str, Any] | None:
        path = self.folder / name
        return json.loads(path.read_text()) if path.exists() else None


def histories(runs: Path) -> list[History]:
    """All runs below `runs`, the oldest first."""
    found = [History(path.parent) for path in runs.glob("*/recipe.json")]
    return sorted(found, key=lambda history: (history.began, history.id))


def history(runs: Path, beginning: str) -> History:
    """The one run whose id begins so. Raises `NotFound` when there is none, or more than one."""
    found = [one for one in histories(runs) if one.id.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    many = "More than one run begins" if found else "There is no run that begins"
    raise NotFound(f'{many} with "{beginning}".', "`chatwright run list` shows their ids.")
