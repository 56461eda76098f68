"""Releases without a model: small files where the real ones would be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chatwright.release.manifest import Release
from chatwright.release.pack import pack
from chatwright.spec import Spec

Make = Callable[[str], Release]


def filling(content: str) -> Callable[[Path], None]:
    def fill(folder: Path) -> None:
        (folder / "model").mkdir()
        (folder / "engine" / "deep").mkdir(parents=True)
        (folder / "model" / "config.json").write_text("{}")
        (folder / "model" / "model.safetensors").write_bytes(content.encode() * 1000)
        (folder / "engine" / "deep" / "openvino_model.bin").write_bytes(content.encode())

    return fill


@pytest.fixture
def make(spec: Spec) -> Make:
    return lambda content: pack(spec, filling(content), {"dataset": "d1", "parent": None})
