"""A bot served by a process of its own, for benches that talk to it over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of the bot, a process of its own."""
    command = [
        sys.executable,
        "-m",
        "chatwright.cli",
        "serve",
        str(folder),
        "--port",
        "0",
        "--json",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("The server did not start.")
        yield str(json.loads(line)["address"])
    finally:
        process.terminate()
        process.wait(60)
