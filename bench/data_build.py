"""The process that bench/data.py measures: one build and nothing else. `data_build.py FOLDER WORKERS`

By itself, because a worker begins by importing the script that started it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from chatwright.core.progress import Silent
from chatwright.data.dataset import build
from chatwright.spec import load_spec


class Lines(Silent):
    """Progress as lines, with the seconds since the start."""

    def __init__(self) -> None:
        self.began = time.perf_counter()

    def start(self, what: str, total: int | None = None) -> None:
        print(f"  {time.perf_counter() - self.began:7.1f} s  {what}", file=sys.stderr, flush=True)


def main() -> None:
    began = time.perf_counter()
    dataset = build(load_spec(Path(sys.argv[1])), Lines(), int(sys.argv[2]))
    seconds = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "dataset": str(dataset.folder)}))


if __name__ == "__main__":
    main()
