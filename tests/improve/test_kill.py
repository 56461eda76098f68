"""`kill -9` at the steps on the disk: what is served is the old or the new, and the next run ends the same."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from tests.improve.cycling import bot
from tests.killing import Files, killed

CURRENT = ".chatwright/deployments/current"
STEPS = (
    r"rename .*harvest/\.rows",
    r"rename .*datasets/by-input/",
    r"rename .*improve/\.[0-9a-f-]+\.json",
    r"rename .*releases/\.packing",
    r"open .*deployments/history\.jsonl",
    r"rename .*deployments/\.current",
)


def lasting(files: Files) -> Files:
    """Without what holds a time or an id of its own."""
    kept = ("datasets", "harvest", "releases", "runs", "deployments/current", "calibrations")
    return {
        name: digest
        for name, digest in files.items()
        if name.startswith(tuple(f".chatwright/{part}" for part in kept))
        and not name.endswith(("release.json", ".lock"))
        and "/." not in name.removeprefix(".chatwright")
    }


def check(folder: Path, patterns: tuple[str, ...]) -> None:
    template = folder / "bot"
    template.mkdir()
    bot(template)
    before = (template / CURRENT).read_text()
    (_, _, plain), *attempts = killed("improve", template, *patterns)
    assert len(attempts) >= len(patterns)
    for step, between, after in attempts:
        assert lasting(after) == lasting(plain), step
        assert between[CURRENT] in (plain[CURRENT], digest(before)), step


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_killed_at_each_kind_of_step(tmp_path: Path) -> None:
    check(tmp_path, STEPS)


@pytest.mark.soak
def test_killed_at_every_step(tmp_path: Path) -> None:
    check(tmp_path, ())
