"""The secret of an installation: made once, for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chatwright.core.errors import ChatwrightError
from chatwright.store.secret import VARIABLE, find_secret


def test_it_is_made_once_and_0600(tmp_path: Path) -> None:
    folder = tmp_path / ".chatwright"
    assert find_secret(folder).mac("a", "x") == find_secret(folder).mac("a", "x")
    assert stat.S_IMODE(os.stat(folder / "secret").st_mode) == 0o600
    assert find_secret(folder).mac("a", "x") != find_secret(folder).mac("b", "x")
    assert find_secret(folder).mac("a", "x") != find_secret(tmp_path / "other").mac("a", "x")


def test_one_that_others_can_read_is_refused(tmp_path: Path) -> None:
    find_secret(tmp_path)
    (tmp_path / "secret").chmod(0o644)
    with pytest.raises(ChatwrightError, match="chmod 600"):
        find_secret(tmp_path)


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "y" * 40)
    assert find_secret(tmp_path).mac("a", "x") and not (tmp_path / "secret").exists()
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(ChatwrightError, match="fewer than 32"):
        find_secret(tmp_path)
