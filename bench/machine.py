"""What every benchmark prints first: processor, versions, date. No host name, no path.

`python bench/machine.py` prints it alone.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from chatwright import __version__

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # some start the PostgreSQL of the tests, which are beside this folder
PACKAGES = ("openvino", "openvino-genai", "torch", "nncf", "tokenizers", "fastapi", "uvicorn")
CPU_INFO = Path("/proc/cpuinfo")
MEMORY_INFO = Path("/proc/meminfo")


def header(*packages: str) -> str:
    """A few lines that say on what a measurement was taken; `packages` beside our own."""
    load = os.getloadavg()[0]
    return "\n".join(
        (
            f"date     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load before the start {load:.1f}",
            f"machine  {processor()}, {cores()} cores, {memory()}, {platform.system()}",
            f"python   {platform.python_version()}, chatwright {__version__} {commit()}",
            f"packages {', '.join(f'{name} {found(name)}' for name in (*PACKAGES, *packages))}",
        )
    )


def processor() -> str:
    return _field(CPU_INFO, "model name") or platform.machine()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> str:
    kib = _field(MEMORY_INFO, "MemTotal").removesuffix(" kB")
    return f"{int(kib) / 2**20:.1f} GiB" if kib else "memory unknown"


def found(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def commit(*folders: str) -> str:
    """The commit that is checked out, with a + when files differ from it; empty without git.

    With `folders`, the last commit that changed something there, and what differs from it there as a hash.
    """
    try:
        if folders:
            changed = _git("diff", "HEAD", "--", *folders)
            mark = f"+{sha256(changed.encode()).hexdigest()[:8]}" if changed else ""
            return _git("log", "-1", "--format=%h", "--", *folders) + mark
        return f"({_git('rev-parse', '--short', 'HEAD')}{'+' if _git('status', '-s') else ''})"
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    return done.stdout.strip()


def _field(path: Path, name: str) -> str:
    if not path.exists():
        return ""
    lines = path.read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def table(head: list[str], rows: list[list[object]]) -> str:
    """Columns of equal width, the first one left-aligned."""
    cells = [head, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


if __name__ == "__main__":
    print(header())
