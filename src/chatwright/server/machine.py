"""Once a minute: what the machine does, into the store; and the hours that are over, counted. For the overview.

Every process of a server does it. What cannot be found out is left out: without NVIDIA's tool there is no GPU.
"""

from __future__ import annotations

import asyncio
import logging
import platform
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path

import psutil

from chatwright.core.errors import ChatwrightError
from chatwright.server.services import Services
from chatwright.store.samples import Sample

EVERY = 60.0  # seconds
THIN = 3600.0
GPU = ("--query-gpu=utilization.gpu,memory.used,memory.total", "--format=csv,noheader,nounits")

log = logging.getLogger(__name__)


async def sampling(services: Services, every: float = EVERY) -> None:
    """Sample until cancelled. A store that is away loses a sample, no more."""
    thinned = 0.0
    psutil.cpu_percent(None)  # the first one says nothing: it is of the time since the last
    while True:
        thin = time.monotonic() - thinned > THIN
        try:
            await asyncio.to_thread(note, services, thin)
            thinned = time.monotonic() if thin else thinned
        except ChatwrightError as error:
            log.error("The minute's figures are not kept: %s", error)
        await asyncio.sleep(every)


def note(services: Services, thin: bool = False) -> None:
    """Write down this minute, and count what is over."""
    at = time.time()
    services.figures.count_api(
        row | {"minute": int(at // 60)} for row in services.metrics.unkept.take()
    )
    sample = look(services.people.spec.made, services.turns.running())
    services.samples.add(services.turn_log.processes.id, at, sample)
    for bot in services.bots:
        services.figures.count_hours(bot, at)
    if thin:
        services.samples.thin(at)
        services.figures.thin(at)


def look(made: Path, running: int, brief: bool = False) -> Sample:
    """The machine as it is, its cores since the last look. `made` is where the bot keeps its things; a `brief`
    look leaves out the GPU, whose tool takes a while."""
    memory = psutil.virtual_memory()
    gpu = None if brief else _gpu()
    return Sample(
        machine=platform.node()[:80],
        cpu=psutil.cpu_percent(None) / 100,
        memory=memory.percent / 100,
        resident=_resident(),
        running=running,
        disk=used(made),
        gpu=gpu[0] if gpu else None,
        gpu_memory=gpu[1] if gpu else None,
    )


def used(folder: Path) -> float:
    """The share of a folder's disk that is used; of the nearest that exists."""
    while not folder.exists():
        folder = folder.parent
    disk = shutil.disk_usage(folder)
    return 1 - disk.free / disk.total if disk.total else 0.0


def _resident() -> int:
    """Bytes of this process and of its children, the engines."""
    own = psutil.Process()
    total = int(own.memory_info().rss)
    for child in own.children(recursive=True):
        try:
            total += int(child.memory_info().rss)
        except psutil.Error:  # it has just ended
            continue
    return total


@cache
def _tool() -> str | None:
    return shutil.which("nvidia-smi")


def _gpu() -> tuple[float, float] | None:
    """How busy the GPUs are, and how full their memory: 0 to 1, the mean of all."""
    tool = _tool()
    if tool is None:
        return None
    try:
        told = subprocess.run([tool, *GPU], capture_output=True, text=True, timeout=10, check=True)
        return _read(told.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _read(told: str) -> tuple[float, float] | None:
    rows = [[float(value) for value in line.split(",")] for line in told.splitlines() if line]
    if not rows:
        return None
    busy = sum(row[0] for row in rows) / len(rows) / 100
    return busy, sum(row[1] for row in rows) / sum(row[2] for row in rows)
