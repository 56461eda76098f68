"""Numbers that cease to be numbers, and losses that run away: noticed at their step, with their cause.

What is looked at stays on the device until somebody asks; on a CPU that is every step, before it
changes a weight.
"""

from __future__ import annotations

import math
import statistics
from collections import deque
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from chatwright.core.errors import ChatwrightError
from chatwright.training.distributed import World

WINDOW = 50  # losses whose median says where training stands
LONG = 60  # steps in a row above which it is no accident
ABOVE, AND = 1.5, 0.5  # times the best median, plus nats


class Diverged(ChatwrightError):
    """The loss or a gradient is not a number, or the loss ran away. The last good checkpoint stays."""


class NotFinite(Exception):
    """Step `index` (0-based) came to something that is no number; in these parameters' gradients."""

    def __init__(self, index: int, loss: float, parameters: tuple[str, ...]) -> None:
        super().__init__(index, loss, parameters)
        self.index, self.loss, self.parameters = index, loss, parameters


class Health:
    """Whether all losses and gradients so far were numbers; of the first that was not, what is known."""

    def __init__(self, model: nn.Module, world: World) -> None:
        self._named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self._world = world
        self._found: Tensor | None = None  # [P + 2]: step + 1 (0: none), loss, then 1 where bad

    @torch.no_grad()
    def note(self, index: int, loss: Tensor) -> None:
        """Look at the gradients of step `index`, without waiting for the device."""
        gradients = [p.grad if p.grad is not None else p.new_zeros(1) for _, p in self._named]
        local = [getattr(g, "_local_tensor", g) for g in gradients]
        # A sum is no number where an element is none; a length would overflow long before, and the largest
        # element takes seventeen times as long to find.
        sums = torch.stack([g.float().sum().to(loss.device) for g in local])
        bad = (~torch.isfinite(sums)).float()
        if self._world.sharded:  # each process has seen its part
            self._world.total([bad])
        trouble = bad.any() | ~torch.isfinite(loss)
        now = torch.cat((torch.stack((torch.full_like(loss, index + 1), loss)), bad))
        now = torch.where(trouble, now, torch.zeros_like(now))
        before = self._found
        self._found = now if before is None else torch.where(before[0] > 0, before, now)

    def check(self) -> None:
        """Raise `NotFinite` for the first step that was not finite; waits for the device."""
        if self._found is None or not float(self._found[0]):
            return
        step, loss, *bad = self._found.tolist()
        names = [name for (name, _), flag in zip(self._named, bad, strict=True) if flag]
        raise NotFinite(int(step) - 1, loss, tuple(names))


class Alarm:
    """Told the loss of one step after another; says since when it has been far above its best median."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=WINDOW)
        self._best = math.inf
        self.since: int | None = None  # the first step of those in a row that are too high

    def note(self, step: int, loss: float) -> None:
        """Raises `Diverged` when the loss has been too high for long."""
        limit = ABOVE * self._best + AND
        if loss <= limit:
            self.since = None
        elif self.since is None:
            self.since = step
        self._recent.append(loss)
        if len(self._recent) >= WINDOW // 5:
            self._best = min(self._best, statistics.median(self._recent))
        if self.since is not None and step - self.since >= LONG:
            raise Diverged(
                f"The loss ran away: since step {self.since} it has been above {limit:.2f}, and its "
                f"median was {self._best:.2f} before.",
                "Lower the learning rates ([training] rate = 0.5 in bot.toml) and train again.",
            )


def explain(found: NotFinite, rates: Sequence[tuple[str, float]], row: str) -> Diverged:
    """The error that tells a person what is known."""
    what = "the loss" if not math.isfinite(found.loss) else "a gradient"
    where = f"; the first parameter concerned is {found.parameters[0]}" if found.parameters else ""
    shown = ", ".join(f"{name} {value:.2g}" for name, value in rates)
    return Diverged(
        f"Training diverged at step {found.index + 1}: {what} is no finite number{where}. Learning rates "
        f"then: {shown}. {row}",
        "The last good checkpoint is kept. Lower the learning rates ([training] rate = 0.5 in bot.toml) and "
        "train again; look at that row if it happens again at the same step.",
    )
