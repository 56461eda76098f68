"""The steps of a build under Ray Data: on this machine, or on the cluster that `RAY_ADDRESS` names.

The same functions run as in `pool`. All machines must see the bot folder at the same path: shards are
files in it, and only their names travel. Needs the extra `ray`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self, TypeVar

import ray
import ray.data

A = TypeVar("A")
B = TypeVar("B")
WAVE = 512  # pieces of work that are handed to Ray at once


@dataclass(frozen=True, slots=True)
class Held:
    """Keeps Ray from making columns of what is inside."""

    value: Any


class OnRay:
    """A `Pool`. `workers` processes on a Ray of its own, or those of a running one."""

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers
        self._started = False

    def __enter__(self) -> Self:
        if not ray.is_initialized():
            own = {} if os.environ.get("RAY_ADDRESS") else {"num_cpus": self.workers or None}
            ray.init(include_dashboard=False, log_to_driver=False, logging_level="error", **own)
            self._started = True
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.verbose_progress = False
        return self

    def __exit__(self, *_: object) -> None:
        if self._started:
            ray.shutdown()

    def run(self, function: Callable[[A], B], work: Iterable[A]) -> Iterator[B]:
        items = iter(work)
        while wave := [{"at": n, "item": Held(x)} for n, x in enumerate(islice(items, WAVE))]:
            blocks = min(len(wave), 8 * (self.workers or int(ray.cluster_resources()["CPU"])))
            rows = ray.data.from_items(wave, override_num_blocks=blocks)
            done = rows.map(_applied, fn_kwargs={"function": function}).take_all()
            for row in sorted(done, key=lambda row: int(row["at"])):
                yield row["result"].value


def _applied(row: dict[str, Any], function: Callable[[Any], Any]) -> dict[str, Any]:
    return {"at": row["at"], "result": Held(function(row["item"].value))}
