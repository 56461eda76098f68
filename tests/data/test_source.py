"""A file in one piece is what its lines are."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chatwright.data.readers import source
from chatwright.data.readers.source import Source

PIECES = [b"a", b"\n", b"\n\n", b" ", "ä日".encode(), b"\r\n", b"\0", b"\xff", b"\xc3", b"b" * 50]


def joined(path: Path) -> str:
    return "\n".join(line.text for line in Source(path, "x").lines() if not line.problem)


def test_a_plain_text_is_its_lines(tmp_path: Path) -> None:
    rng, path, read = random.Random(0), tmp_path / "a.md", 0
    for turn in range(500):
        path.write_bytes(b"".join(rng.choices(PIECES[: 6 + turn % 5], k=rng.randint(0, 8))))
        text = Source(path, "x").plain()
        assert text is None or text == joined(path), path.read_bytes()
        read += text is not None
    assert 100 < read < 500


@pytest.mark.parametrize(
    "content",
    ["ä".encode("utf-16"), b"\xef\xbb\xbfa", b"a\rb", b"\xe4 Latin-1", b"x\0y"],
)
def test_what_is_odd_is_left_to_those_who_look_closer(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.md").write_bytes(content)
    assert Source(tmp_path / "a.md", "x").plain() is None


def test_what_is_large_is_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_bytes(b"abc")
    monkeypatch.setattr(source, "PLAIN_BYTES", 3)
    assert Source(tmp_path / "a.md", "x").plain() == "abc"
    monkeypatch.setattr(source, "PLAIN_BYTES", 2)
    assert Source(tmp_path / "a.md", "x").plain() is None
