"""The command line as a person sees it: exit code, standard output, standard error."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chatwright.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def values(self) -> dict[str, Any]:
        """The one object that `--json` prints."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


Command = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs one line in this process, the way the installed script does."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("CHATWRIGHT_DEBUG", "")  # put back what `--debug` sets

    def call(*line: object) -> Ran:
        capsys.readouterr()
        code = 0
        try:
            main([str(part) for part in line])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return call


@pytest.fixture
def bot(lived: Path, tmp_path: Path) -> Path:
    """A copy of a bot that is ready, to be changed at will."""
    return Path(shutil.copytree(lived, tmp_path / "mybot"))


@pytest.fixture
def fresh(run: Command, tmp_path: Path) -> Path:
    """A bot folder just made."""
    folder = tmp_path / "fresh"
    assert run("init", folder, "--purpose", "Helps.").code == 0
    return folder
