"""The tutorial, run as a person would: its blocks go into one shell, and what they print is as on the page."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^(`{3,})(sh|text)\n(.*?)^\1$", re.M | re.S)
MARK = "=== block {} ended with"


@dataclass
class Step:
    """Commands to paste, and the lines that the page shows of what they print."""

    commands: str
    shown: list[str]


def steps(page: str) -> list[Step]:
    found: list[Step] = []
    for _, kind, text in BLOCK.findall(page):
        if kind == "sh":
            found.append(Step(text, []))
        else:
            found[-1].shown += text.splitlines()
    return found


def alike(text: str) -> str:
    """Numbers and ids are not compared, nor where a line was broken."""
    return re.sub(r"\d+([.,]\d+)*", "N", re.sub(r"\s+", " ", text))


def missing(shown: list[str], printed: str) -> list[str]:
    """Lines that were not printed, or not in this order."""
    rest, lost = alike(printed), []
    for line in shown:
        before, found, after = rest.partition(alike(line).strip())
        rest = after if found else before
        lost += [] if found else [line]
    return lost


def script(listed: list[Step]) -> str:
    """One shell for all blocks; it ends at the first command that fails."""
    parts = ["set -euo pipefail"]
    for number, step in enumerate(listed):
        parts += [step.commands, f"echo '{MARK.format(number)}' $?"]
    return "\n".join(parts)


@pytest.mark.timeout(1500)
def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    page = PAGE.read_text("utf-8").replace("8123", str(free_port()))
    listed = steps(page)
    assert len(listed) >= 9
    work, tools = tmp_path / "work", tmp_path / "tools"
    work.mkdir()
    tools.mkdir()
    (tools / "chatwright").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m chatwright.cli "$@"\n'
    )
    (tools / "chatwright").chmod(0o755)
    # A session of its own: a server that a failed run leaves behind goes with it.
    shell = subprocess.Popen(
        ["bash", "-c", script(listed)],
        cwd=work,
        env=os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed, _ = shell.communicate(timeout=1400)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
    rest = printed
    for number, step in enumerate(listed):
        own, ended, rest = rest.partition(MARK.format(number))
        assert ended, f"stopped in block {number}:\n{step.commands}\n{own}"
        assert not missing(step.shown, own), f"block {number} printed:\n{own}"


def test_what_is_not_printed_is_seen() -> None:
    page = "```sh\ntrue\n```\n\n```text\nfive 5\nthen 1,000.5\n```\n"
    (step,) = steps(page)
    assert not missing(step.shown, "x five 7 and\nthen 3\n")
    assert missing(step.shown, "then 3 five 7") == ["then 1,000.5"]
    assert missing(step.shown, "") == step.shown
