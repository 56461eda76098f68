"""What each minute found of the machine: cores, memory, GPU, replies at once. Kept a month, thinned with age.

Each server process adds a row; a figure of the machine is the mean of what its processes saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, text

from chatwright.store.console_tables import samples
from chatwright.store.database import Database

KEPT = 32 * 24 * 60  # minutes
# Older than so many minutes: only those that can be divided by that.
THINNED: Sequence[tuple[int, int]] = ((25 * 60, 10), (8 * 24 * 60, 60))

ADD = text(
    "INSERT INTO samples (minute, process, machine, cpu, memory, resident, gpu, gpu_memory, running, disk)"
    " VALUES (:minute, :process, :machine, :cpu, :memory, :resident, :gpu, :gpu_memory, :running, :disk)"
    " ON CONFLICT (minute, process) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Shares are from 0 to 1; `resident` is in bytes."""

    machine: str
    cpu: float
    memory: float
    resident: int
    running: int
    disk: float
    gpu: float | None = None
    gpu_memory: float | None = None


class Samples:
    """Add, read and thin them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, process: str, at: float, sample: Sample) -> None:
        row = asdict(sample) | {"process": process, "minute": int(at // 60)}
        with self._database.write(durable=False) as connection:
            connection.execute(ADD, row)

    def series(self, minutes: int, count: int, at: float) -> Mapping[int, dict[str, Any]]:
        """Of the last `count` steps of so many `minutes`, by their number since 1970: means, and the highest of
        `cpu`; `resident` and `running` of all processes together."""
        step = samples.c.minute // minutes
        last = int(at // 60) // minutes
        times = func.count(samples.c.minute.distinct())
        query = (
            select(
                step.label("step"),
                func.avg(samples.c.cpu).label("cpu"),
                func.max(samples.c.cpu).label("cpu_most"),
                func.avg(samples.c.memory).label("memory"),
                (func.sum(samples.c.resident) / times).label("resident"),
                (func.sum(samples.c.running) * 1.0 / times).label("running"),
                func.avg(samples.c.gpu).label("gpu"),
                func.avg(samples.c.gpu_memory).label("gpu_memory"),
                func.max(samples.c.disk).label("disk"),
            )
            .where(samples.c.minute >= (last - count + 1) * minutes)
            .group_by(step)
            .order_by(step)
        )
        with self._database.read() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        return {
            row.pop("step"): {k: None if v is None else float(v) for k, v in row.items()}
            for row in rows
        }

    def thin(self, at: float) -> None:
        minute = int(at // 60)
        gone = [samples.c.minute < minute - KEPT]
        for age, each in THINNED:
            gone.append(and_(samples.c.minute < minute - age, samples.c.minute % each != 0))
        with self._database.write() as connection:
            connection.execute(delete(samples).where(or_(*gone)))
