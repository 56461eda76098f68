"""Parsers of foreign binary formats, in a child process that may use little and is watched.

A file can make such a parser loop, swallow all memory or crash; then the child ends, and the user
reads why. The child (foreign/) gets a path and writes JSON values, one a line, over a pipe. It is no
sandbox against a parser that has been taken over: it keeps damage small, it cannot rule it out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

from chatwright.core.errors import DataError

NEEDS = {"parquet": "pyarrow", "workbook": "openpyxl", "pdf": "pypdf", "word": "docx"}
PARSERS = "chatwright.data.readers.foreign"
WORK = 20.0  # seconds of CPU time without a value: it loops
SILENCE = 60.0  # seconds of wall time without one; longer, as a busy disk is not the file's fault
START = 300.0  # for Python and the parser's own library to load: no file has been opened yet
MEMORY = 2 << 30  # bytes of address space
MAX_VALUE = 32 << 20  # bytes of one value as JSON
RATIO, SMALL = 200, 100 << 20  # as for archives: what unpacks to more is a bomb


class Unreadable(DataError):
    """A file that its parser cannot read, or not within its limits."""


class Refused(Exception):
    """In the child: a parser's own reason not to go on; the text is for the user."""


def run(job: str, path: Path) -> Generator[Any]:
    """The values that `foreign.<job>` makes of `path`; raises `DataError` when it fails or stalls."""
    library = NEEDS[job]
    if importlib.util.find_spec(library) is None:
        raise DataError(
            f"Reading {path.name} needs {library}, which is not installed.",
            "pip install 'chatwright[train]'",
        )
    command = [sys.executable, "-P", "-m", f"{PARSERS}.{job}", str(path)]
    child = subprocess.Popen(
        [*command, str(WORK), str(MEMORY)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    assert child.stdout is not None
    try:
        for line in _lines(child.stdout.fileno(), path):
            if not line:
                continue  # the child's sign that it begins
            value = json.loads(line)
            if isinstance(value, dict) and value.keys() == {"refused"}:
                raise _refusal(path, value["refused"])
            yield value
        if child.wait(SILENCE) != 0:
            raise _refusal(path, _ended(child.returncode))
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _lines(pipe: int, path: Path) -> Iterator[bytes]:
    rest, patience = b"", START
    while True:
        if not select.select([pipe], [], [], patience)[0]:
            raise _refusal(path, f"its parser said nothing for {patience:g} seconds")
        patience = SILENCE
        block = os.read(pipe, 1 << 16)
        if not block:
            return  # what is left in `rest` was cut short with the child
        *whole, rest = (rest + block).split(b"\n") if b"\n" in block else (rest + block,)
        if len(rest) > MAX_VALUE:
            raise _refusal(path, f"one value in it is larger than {MAX_VALUE >> 20} MiB")
        yield from whole


def _ended(code: int) -> str:
    if code == -signal.SIGXCPU:
        return f"its parser got nowhere in {WORK:g} seconds of work"
    return f"its parser crashed (exit code {code})"


def _refusal(path: Path, why: str) -> Unreadable:
    return Unreadable(
        f"{path} cannot be read: {why}.",
        "Open it in the program that made it, save it again, or export it as text or CSV.",
    )


def check_packed(path: Path) -> None:
    """In the child: refuses a zip that would unpack to far more than it is."""
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    size = path.stat().st_size
    if unpacked > SMALL and unpacked > RATIO * size:
        raise Refused(f"{size:,} bytes would become {unpacked:,}")


def serve(parse: Callable[[Path], Iterable[Any]], argv: list[str]) -> None:
    """The child's side: limits first, then every value of `parse` as a line of JSON."""
    path, work, memory = Path(argv[1]), float(argv[2]), int(argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _renew(work)
    sys.stdout.write("\n")
    sys.stdout.flush()
    try:
        for value in parse(path):
            sys.stdout.write(json.dumps(value, default=str) + "\n")
            sys.stdout.flush()  # silence is measured at the other end
            _renew(work)
    except MemoryError:
        _last(f"it needs more than {memory >> 20:,} MiB of memory")
    except Refused as reason:
        _last(str(reason))
    except RecursionError:
        _last("it is nested too deeply")
    except Exception as error:  # whatever a parser throws at a broken file
        _last(f"it is damaged or of another kind ({type(error).__name__}: {str(error)[:200]})")


def _renew(work: float) -> None:
    """Time counts from the last value on, so that a large file may take long as long as it goes on."""
    spent = int(time.process_time() + work) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent, resource.RLIM_INFINITY))


def _last(why: str) -> None:
    sys.stdout.write(json.dumps({"refused": why}) + "\n")
    sys.stdout.flush()
