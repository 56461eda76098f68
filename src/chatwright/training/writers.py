"""Figures of a run to TensorBoard and MLflow, where `[training] log_to` names them. Extras, both.

The run's own `metrics.jsonl` is written whatever happens here; these only repeat it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from chatwright.core.errors import ChatwrightError

try:  # extras; whoever installed one pays for its import
    from tensorboardX import SummaryWriter
except ImportError:
    SummaryWriter = None
try:
    import mlflow
except ImportError:
    mlflow = None


class Writer(Protocol):
    """Told the numbers of a step."""

    def write(self, step: int, figures: Mapping[str, float]) -> None: ...

    def close(self) -> None: ...


class TensorBoard:
    """Event files in the run's folder: `tensorboard --logdir BOT/.chatwright/runs`."""

    def __init__(self, folder: Path, recipe: Mapping[str, Any]) -> None:
        self._events = SummaryWriter(str(folder / "tensorboard"))
        self._events.add_text("recipe", "\n".join(f"    {k}: {v}" for k, v in recipe.items()))

    def write(self, step: int, figures: Mapping[str, float]) -> None:
        for name, value in figures.items():
            self._events.add_scalar(name, value, step)

    def close(self) -> None:
        self._events.close()


class MLflow:
    """A run at `MLFLOW_TRACKING_URI`, or where MLflow keeps runs by itself. Resumed under the same name."""

    def __init__(self, folder: Path, recipe: Mapping[str, Any]) -> None:
        self._client = mlflow.MlflowClient()
        experiment = mlflow.set_experiment("chatwright").experiment_id
        self._run = self._client.create_run(experiment, run_name=folder.name).info.run_id
        for name, value in recipe.items():
            self._client.log_param(self._run, name, str(value)[:500])

    def write(self, step: int, figures: Mapping[str, float]) -> None:
        for name, value in figures.items():
            self._client.log_metric(self._run, name, value, step=step)

    def close(self) -> None:
        self._client.set_terminated(self._run)


# name: (class, module, what to install)
WRITERS: dict[str, tuple[Callable[[Path, Mapping[str, Any]], Writer], str, str]] = {
    "tensorboard": (TensorBoard, "tensorboardX", "pip install 'chatwright[tensorboard]'"),
    "mlflow": (MLflow, "mlflow", "pip install mlflow-skinny"),
}


def check(names: Sequence[str]) -> None:
    """Raise when a writer's package is missing: before the training, not at its first row."""
    for name in names:
        _, module, install = WRITERS[name]
        if importlib.util.find_spec(module) is None:
            raise ChatwrightError(
                f'[training] log_to = "{name}" needs {module}, which is not installed.', install
            )


def writers(names: Sequence[str], folder: Path, recipe: Mapping[str, Any]) -> list[Writer]:
    check(names)
    return [WRITERS[name][0](folder, recipe) for name in names]
