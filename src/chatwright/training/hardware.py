"""What this machine can do: cores, compiler, bfloat16. Asked once, before the recipe is frozen."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch


@dataclass(frozen=True, slots=True)
class Hardware:
    """Where training runs."""

    device: str
    threads: int
    compiler: bool
    precision: Literal["fp32", "bf16"]

    @property
    def place(self) -> torch.device:
        return torch.device(self.device)

    def describe(self) -> str:
        cores = f"{self.threads} cores" if self.device == "cpu" else self.device
        return f"{cores}, {self.precision}"


def inspect() -> Hardware:
    """bfloat16 is used where the processor multiplies it natively; elsewhere it would be slower."""
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    compiler = any(shutil.which(name) for name in ("c++", "g++", "clang++"))
    if torch.cuda.is_available():
        number = int(os.environ.get("LOCAL_RANK", "0"))  # torchrun starts a process for each
        torch.cuda.set_device(number)
        return Hardware(f"cuda:{number}", threads or 1, compiler, "bf16")
    native = bool({"avx512_bf16", "amx_bf16"} & _cpu_flags())
    return Hardware("cpu", threads or 1, compiler, "bf16" if native else "fp32")


def _cpu_flags() -> set[str]:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return set()
    for line in info.read_text().splitlines():
        if line.startswith("flags"):
            return set(line.split(":", 1)[1].split())
    return set()
