"""No room for the weights: the error is the system's own, whoever writes the file."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from safetensors import SafetensorError
from tests.tiny import Tiny

from chatwright.core.errors import StorageFull
from chatwright.core.progress import Silent
from chatwright.evaluation.candidate import Trained, release_of
from chatwright.model import openvino, weights


def test_a_full_disk_is_an_os_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise SafetensorError("Error while serializing: No space left on device (os error 28)")

    monkeypatch.setattr(weights, "save_file", full)
    with pytest.raises(OSError, match="No space left") as error:
        weights.write_tensors({"a": torch.zeros(3)}, tmp_path / "a.safetensors")
    assert error.value.errno == errno.ENOSPC


def test_another_failure_stays_what_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def wrong(*_: object) -> None:
        raise SafetensorError("Error while serializing: shape mismatch")

    monkeypatch.setattr(weights, "save_file", wrong)
    with pytest.raises(SafetensorError, match="mismatch"):
        weights.write_tensors({"a": torch.zeros(3)}, tmp_path / "a.safetensors")


def test_no_room_for_a_release(monkeypatch: pytest.MonkeyPatch, tiny: Tiny) -> None:
    """OpenVINO says `iostream error`; the user is told of the disk, and no half release stays."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("basic_ios::clear: iostream error")

    def usage(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=1000)

    spec = tiny.spec.model_copy(
        update={"scope": tiny.spec.scope.model_copy(update={"topics": ("x",)})}
    )
    before = sorted((spec.made / "releases").iterdir())
    monkeypatch.setattr(openvino.ov, "save_model", fails)
    with monkeypatch.context() as roomy, pytest.raises(RuntimeError, match="iostream"):
        roomy.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 40))
        release_of(spec, Trained(tiny.run, tiny.corpus.dataset), Silent())
    monkeypatch.setattr(shutil, "disk_usage", usage)
    with pytest.raises(StorageFull, match=r"disk is full"):
        release_of(spec, Trained(tiny.run, tiny.corpus.dataset), Silent())
    assert sorted((spec.made / "releases").iterdir()) == before
