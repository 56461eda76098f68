"""What people see of a running training: rows of the log, a live view, figures for other programs.

It is told things and changes none; the weights do not depend on it.
"""

from __future__ import annotations

import resource
import time
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import torch

from chatwright.core.progress import Progress
from chatwright.training.history import DEVELOPMENT
from chatwright.training.run import Run
from chatwright.training.writers import writers
from chatwright.training.yielding import Yielding

RECENT = 20  # steps over which speed is taken
CURVE = 3000  # losses of the small curve
BARS = "▁▂▃▄▅▆▇█"


class Follow:
    """Told every step that was read; only the first process has one that does anything."""

    def __init__(
        self,
        run: Run,
        progress: Progress,
        device: torch.device,
        first: int,
        log_to: Sequence[str],
        pause: Yielding | None = None,
    ) -> None:
        self._run, self._progress, self._device, self._pause = run, progress, device, pause
        before = [row for row in run.metrics() if row["step"] <= first]
        self._spent = float(before[-1].get("seconds", 0.0)) if before else 0.0
        self._began = time.monotonic()
        self._losses = deque((float(row["loss"]) for row in before), maxlen=CURVE)
        self._measured = [(r["step"], r[DEVELOPMENT]) for r in before if r.get(DEVELOPMENT)]
        self._speed: deque[tuple[float, int]] = deque(maxlen=RECENT)
        self._tokens = 0
        self._writers = writers(log_to, run.folder, run.values)

    @property
    def seconds(self) -> float:
        """Of training, those before an interruption included."""
        return self._spent + time.monotonic() - self._began

    @property
    def tokens_per_second(self) -> float:
        """Over the last steps, as they came."""
        if len(self._speed) < 2:
            return 0.0
        (before, then), (now, tokens) = self._speed[0], self._speed[-1]
        return (tokens - then) / max(now - before, 1e-9)

    def step(self, step: int, loss: float, tokens: int) -> None:
        """`step` steps are done; `tokens` were read since the last call."""
        self._tokens += tokens
        self._speed.append((time.monotonic(), self._tokens))
        self._losses.append(loss)
        self._progress.advance(step, f"loss {loss:.2f}")
        self._progress.show(self._view(loss))

    def log(self, row: dict[str, Any]) -> None:
        """Write a row of figures; with a development loss, say it."""
        speed = self.tokens_per_second
        row |= {"seconds": round(self.seconds, 2)} | (
            {"tokens_per_second": round(speed)} if speed else {}
        )
        self._run.log(row)
        numbers = {
            k: float(v) for k, v in row.items() if isinstance(v, int | float) and k != "step"
        }
        for writer in self._writers:
            writer.write(row["step"], numbers)
        if (figure := row.get(DEVELOPMENT)) is not None:
            self._measured.append((row["step"], figure))
            sample = f"; {row['sample']}" if "sample" in row else ""
            self._progress.say(f"Step {row['step']:,}: {figure:.3f} bits per byte{sample}")

    def close(self) -> None:
        for writer in self._writers:
            writer.close()
        self._progress.stop()

    def _view(self, loss: float) -> list[str]:
        lines = [f"loss         {loss:.3f} nats per token  {_spark(list(self._losses))}"]
        if self._measured:
            step, figure = self._measured[-1]
            at, best = min(self._measured, key=lambda point: point[1])
            better = "" if at == step else f" (best {best:.3f} at step {at:,})"
            lines.append(f"development  {figure:.3f} bits per byte at step {step:,}{better}")
        lines.append(
            f"speed        {self.tokens_per_second:,.0f} tokens/s, {_memory(self._device)}"
        )
        if self._pause is not None and self._pause.told():
            lines.append(f"gave way     {self._pause.share:.0%} of the time, to live answers")
        return lines


def _memory(device: torch.device) -> str:
    if device.type == "cuda":
        return f"{torch.cuda.max_memory_allocated(device) / 1e9:.1f} GB of GPU memory at most"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return f"{most / 1e9:.1f} GB of memory at most"


def _spark(values: Sequence[float], width: int = 30) -> str:
    """`values` as a line of bars, each the mean of its neighbours."""
    width = min(width, len(values))
    edges = [len(values) * n // width for n in range(width + 1)] if width else []
    means = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    low, high = min(means, default=0.0), max(means, default=1.0)
    top = len(BARS) - 1
    return "".join(BARS[round(top * (m - low) / ((high - low) or 1.0))] for m in means)
