"""What serving costs beside the engine: megabytes installed, idle memory of the server, time to `/ready`.

Part of `serve.py --peers`; runs alone too: `python bench/serve_overhead.py [BOT] [--install FOLDER]`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import machine
from serve import promoted
from serve_contestants import OURS, answers, process

from chatwright.server.serve import bind

STARTS = 5
SETTLED = 2.0  # seconds after an answer until a process is called idle
MB = 1e6


def install(folder: Path) -> dict[str, Any]:
    """Size of what `pip install .` adds to an empty environment. Ends with 1 when torch is part of it."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    before = _size(folder)
    pip = [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check"]
    pins = ["-q", "-c", str(machine.ROOT / "constraints.txt")]
    subprocess.run([*pip, "install", *pins, str(machine.ROOT)], check=True)
    listed = subprocess.run([*pip, "list", "--format=json"], check=True, capture_output=True)
    names = [package["name"] for package in json.loads(listed.stdout)]
    if "torch" in names:
        raise SystemExit("FAILED: a serving install has torch in it.")
    largest = sorted(((_size(p), p.name) for p in _packages(folder).iterdir()), reverse=True)[:6]
    return {
        "serve_install_mb": round((_size(folder) - before) / MB),
        "serve_packages": len(names),
        "largest_mb": {name: round(size / MB) for size, name in largest},
    }


def python_of(folder: Path) -> Path:
    return folder / "bin" / "python"


def _packages(folder: Path) -> Path:
    return next(folder.glob("lib/python*/site-packages"))


def _size(path: Path) -> int:
    found = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in found if not file.is_dir())


def idle(bot: Path, python: Path) -> dict[str, Any]:
    """Starts `chatwright serve BOT` of an installation several times: seconds to the first 200 of `/ready`
    (median), and its own memory (proportional set size) after one reply."""
    spec, _ = promoted(bot)
    seconds, memory = [], []
    for _ in range(STARTS):
        with bind("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        command = [str(python), *OURS, str(bot), "--host", "127.0.0.1", "--port", str(port)]
        began = time.monotonic()
        with process(command, subprocess.DEVNULL, modules="") as server:
            if not answers(server, f"{address}/ready", pause=0.01):
                raise SystemExit("FAILED: chatwright serve did not become ready.")
            seconds.append(time.monotonic() - began)
            said = [{"role": "user", "content": "Hello"}]
            body = {"model": spec.bot.name, "messages": said, "max_tokens": 8}
            url = f"{address}/v1/chat/completions"
            httpx.post(url, json=body, timeout=60, trust_env=False).raise_for_status()
            time.sleep(SETTLED)
            memory.append(_memory(server.pid))
    return {
        "cold_start_s": round(statistics.median(seconds), 2),
        "cold_starts_s": [round(value, 2) for value in seconds],
        "idle_mb": round(statistics.median(memory), 1),
    }


def _memory(pid: int) -> float:
    """Megabytes of the process alone, its share of shared pages counted."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / MB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bot", type=Path, nargs="?", default=machine.ROOT / "examples" / "library")
    parser.add_argument("--install", type=Path, help="a folder to install into")
    arguments = parser.parse_args()
    print(machine.header())
    values = install(arguments.install) if arguments.install else {}
    python = python_of(arguments.install) if arguments.install else Path(sys.executable)
    print(json.dumps(values | idle(arguments.bot, python)))


if __name__ == "__main__":
    main()
