"""Kills a job at its steps on the disk, one after another, and runs it again. A program: see `killed`.

    python -m tests.killing JOB BOT [PATTERN ...]    a line per kill: when, exit code, files then, files at last

Everything is imported once; a job is a fork that sends itself SIGKILL just before a file below its
folder is opened for writing, renamed, removed or made, or half-way through a copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import Any

from tests.improve.cycling import Quick, correction

from chatwright.cli import main
from chatwright.core.progress import Silent
from chatwright.data import inputs
from chatwright.data.dataset import build
from chatwright.improve.cycle import Asked, improve
from chatwright.spec import load_spec

ROOT = Path(__file__).parent.parent
Files = dict[str, str]  # name -> hash
Job = Callable[[Path], object]
CHANGES = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def killed(job: str, bot: Path, *patterns: str) -> Iterator[tuple[str, Files, Files]]:
    """(step, files after the kill, files after another run), first of all without a kill.

    It is killed at the first step that fits each pattern, or at every step. `bot` is not changed. In a
    process of its own: one with threads should not fork.
    """
    command = [sys.executable, "-m", "tests.killing", job, str(bot), *patterns]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.splitlines():
        step, code, between, after = json.loads(line)
        assert code == -signal.SIGKILL, step
        yield step, between, after


def step(event: str, args: tuple[Any, ...], folder: str) -> str:
    """What this does to the disk below `folder`; "" when that is nothing."""
    if event not in CHANGES or not args or not str(args[0]).startswith(folder):
        return ""
    if event == "open" and not int(args[2]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return ""
    return f"{event} {Path(str(args[0])).relative_to(folder)}"


def import_files(bot: Path) -> None:
    files = sorted((bot.parent / "given").iterdir())
    line = ["import", *map(str, files), "--bot", str(bot), "--me", "Clock Shop", "--gap-hours", "1"]
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), suppress(SystemExit):
        main(line)


def build_dataset(bot: Path) -> None:
    inputs.BLOCK, inputs.ROWS = 4 << 10, 25
    build(load_spec(bot), workers=1)


def improve_bot(bot: Path) -> None:
    improve(load_spec(bot), lambda: [correction()], Silent(), Asked(), Quick())


def forked(work: Callable[[], object]) -> int:
    """The exit status of `work` in a child."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def deadly(folder: Path, place: int, log: Path) -> None:
    """Die before step `place`, or write down all steps when it is negative."""
    seen: list[str] = []

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if not (what := step(event, args, f"{folder}/")):
            return
        if len(seen) == place:
            os.kill(os.getpid(), signal.SIGKILL)
        seen.append(what)
        if place < 0:
            os.write(handle, f"{what}\n".encode())

    handle = os.open(log, os.O_WRONLY | os.O_CREAT)
    sys.addaudithook(hook)


def half_a_copy(source: Path, target: Path) -> None:
    data = Path(source).read_bytes()
    Path(target).write_bytes(data[: len(data) // 2])
    os.kill(os.getpid(), signal.SIGKILL)


def state(bot: Path) -> Files:
    files = (path for path in sorted(bot.rglob("*")) if path.is_file())
    return {str(p.relative_to(bot)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def attempts(job: Job, template: Path, patterns: list[str]) -> Iterator[list[Any]]:
    bot, log = (template.with_name(f"{template.name}-{what}") for what in ("attempt", "steps"))

    def first(before: Callable[[], object]) -> int:
        shutil.rmtree(bot, ignore_errors=True)
        shutil.copytree(template, bot)
        return forked(lambda: (before(), job(bot)))

    assert first(lambda: deadly(bot, -1, log)) == 0
    yield ["", -signal.SIGKILL, {}, state(bot)]
    steps = list(enumerate(log.read_text().splitlines()))
    chosen = [next(one for one in steps if re.search(pattern, one[1])) for pattern in patterns]
    kills = [(step, partial(deadly, bot, at, log)) for at, step in chosen or steps]
    if not chosen:
        kills.append(("half a copy", lambda: setattr(shutil, "copyfile", half_a_copy)))
    for step, kill in kills:
        code, between = first(kill), state(bot)
        assert forked(lambda: job(bot)) == 0
        yield [step, code, between, state(bot)]


if __name__ == "__main__":
    JOBS: dict[str, Job] = {
        "import": import_files,
        "build": build_dataset,
        "improve": improve_bot,
    }
    for attempt in attempts(JOBS[sys.argv[1]], Path(sys.argv[2]), sys.argv[3:]):
        print(json.dumps(attempt), flush=True)
