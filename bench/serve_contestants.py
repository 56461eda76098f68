"""The servers of `serve.py --peers`: how each is started, what it wants to be asked, and its processes.

chatwright as `chatwright serve` comes, without an option. llama-server with Q8_0 weights, as many slots as
clients, a thread for each core and the rest of its defaults. `transformers serve` with the release's fp32
weights, one request after another at 1 client and with its continuous batching at more, which is the
faster way of both there.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import machine
from serve import cpu_seconds, engine_of
from serve_models import Served

from chatwright.server.serve import bind

START_SECONDS = 180
SLOT = 1024  # tokens of context for each client of llama-server; the longest request has less
USAGE = {"stream_options": {"include_usage": True}}


class Unfinished(Exception):
    """The portion is over; what is done is kept."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server: `command` of a model, clients and a port; the path that says it is ready; fields of a body."""

    name: str
    command: Callable[[Served, int, int], list[str]]
    ready: str
    fields: dict[str, Any]


def contestants(llama_server: Path) -> list[Contestant]:
    host = ("--host", "127.0.0.1", "--port")

    def ours(model: Served, clients: int, port: int) -> list[str]:
        return [sys.executable, *OURS, str(model.folder), *host, str(port)]

    def llama(model: Served, clients: int, port: int) -> list[str]:
        size = ("-np", str(clients), "-c", str(clients * SLOT), "-t", str(machine.cores()))
        return [str(llama_server), "-m", str(model.gguf), *size, "--jinja", *host, str(port)]

    def transformers(model: Served, clients: int, port: int) -> list[str]:
        batching = ["--continuous-batching"] if clients > 1 else []
        program = str(Path(sys.executable).with_name("transformers"))
        folder = str(model.release.model)
        return [program, "serve", folder, "--device", "cpu", *batching, *host, str(port)]

    return [
        Contestant("chatwright", ours, "/ready", USAGE),
        Contestant("llama_cpp", llama, "/health", USAGE),
        Contestant("transformers", transformers, "/health", {}),  # tells the usage unasked
    ]


OURS = ("-m", "chatwright.cli", "serve")


class Entrant:
    """A contestant that runs. While it is not measured it is stopped, so that it takes no core."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, engine: bool) -> None:
        self.address = address
        self._pids = {"server": process.pid}
        if engine:
            self._pids["engine"] = engine_of(process.pid)

    @contextmanager
    def awake(self) -> Iterator[None]:
        self.signal(signal.SIGCONT)
        try:
            yield
        finally:
            self.signal(signal.SIGSTOP)

    def signal(self, number: signal.Signals) -> None:
        for pid in self._pids.values():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def cpu(self) -> dict[str, float]:
        """Seconds of the processor, by process."""
        return {name: cpu_seconds(pid) for name, pid in self._pids.items()}


@contextmanager
def entered(one: Contestant, model: Served, clients: int, logs: Path) -> Iterator[Entrant]:
    """`one`, started. Ends with 1 and its log's place when it does not come up."""
    with bind("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{one.name}.log"
    with log.open("wb") as out, process(one.command(model, clients, port), out) as started:
        address = f"http://127.0.0.1:{port}"
        if not answers(started, address + one.ready):
            raise SystemExit(f"FAILED: {one.name} did not start; {log} has what it said.")
        entrant = Entrant(started, address, one.name == "chatwright")
        try:
            yield entrant
        finally:
            entrant.signal(signal.SIGCONT)


HERE = os.pathsep.join(sys.path)


@contextmanager
def process(command: list[str], out: Any, modules: str = HERE) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PYTHONPATH": modules, "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(command, stdout=out, stderr=out, env=environment) as started:
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()


def answers(started: subprocess.Popen[bytes], url: str, pause: float = 0.2) -> bool:
    """Waits until `url` is answered with 200; False when the process ends or takes too long."""
    patience = time.monotonic() + START_SECONDS
    with httpx.Client(timeout=5, trust_env=False) as client:
        while started.poll() is None and time.monotonic() < patience:
            with suppress(httpx.TransportError):
                if client.get(url).status_code == 200:
                    return True
            time.sleep(pause)
    return False


def build_llama(folder: Path, seconds: float) -> Path:
    """llama-server from the source that llama-cpp-python carries; goes on where it was left.

    Raises `Unfinished` after `seconds` (0: however long it takes). Needs cmake and a C++ compiler.
    """
    binary, source, built = folder / "build/bin/llama-server", folder / "source", folder / "build"
    if binary.exists():
        return binary
    folder.mkdir(parents=True, exist_ok=True)
    if not source.exists():
        wanted = ["--no-binary", "llama-cpp-python", "--no-deps", "llama-cpp-python"]
        pins = ["-c", str(machine.ROOT / "constraints.txt")]
        command = [sys.executable, "-m", "pip", "download", "-q", "-d", str(folder), *pins, *wanted]
        subprocess.run(command, check=True)
        with tarfile.open(next(folder.glob("llama_cpp_python-*.tar.gz"))) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        next((folder / "unpacked").iterdir()).joinpath("vendor/llama.cpp").rename(source)
    off = ("BUILD_SHARED_LIBS", "LLAMA_OPENSSL", "LLAMA_USE_PREBUILT_UI", "LLAMA_BUILD_TESTS")
    options = ["-DCMAKE_BUILD_TYPE=Release", *(f"-D{name}=OFF" for name in off)]
    subprocess.run(["cmake", "-S", str(source), "-B", str(built), *options], check=True)
    command = ["cmake", "--build", str(built), "--target", "llama-server", "-j", "2"]
    done = subprocess.run(["timeout", str(seconds), *command], check=False)
    if done.returncode == 124:
        raise Unfinished
    done.check_returncode()
    return binary
