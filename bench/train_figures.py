"""What is made of finished trainings: when a loss was reached, a chart, and the shelf they are kept on.

Needs no torch. Held by `tests/training/test_peers.py`.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # seconds, bits per byte


def reached(runs: Sequence[Point], target: float) -> tuple[float | None, float | None]:
    """When whole trainings of different budgets, `runs`, come to `target`.

    (seconds of the shortest that does, the same interpolated). Interpolated is between that run and the
    next shorter one, linearly in the logarithm of time; None where there is no shorter one.
    """
    ordered = sorted(runs)
    for index, (seconds, value) in enumerate(ordered):
        if value <= target:
            if not index:
                return seconds, None
            before, worse = ordered[index - 1]
            share = (worse - target) / (worse - value) if worse > value else 1.0
            return seconds, before * (seconds / before) ** min(max(share, 0.0), 1.0)
    return None, None


def chart(curves: Mapping[str, Sequence[Point]], width: int = 72, height: int = 16) -> list[str]:
    """Curves in text over the logarithm of time; each is drawn with the first letter of its name."""
    points = [point for curve in curves.values() for point in curve]
    if len(points) < 2:
        return []
    left, right = (math.log(f(s for s, _ in points)) for f in (min, max))
    low, high = (f(v for _, v in points) for f in (min, max))
    cells = [[" "] * width for _ in range(height)]
    for name, curve in curves.items():
        for seconds, value in curve:
            column = round((math.log(seconds) - left) / ((right - left) or 1) * (width - 1))
            row = round((high - value) / ((high - low) or 1) * (height - 1))
            cells[row][column] = name[0]
    lines = []
    for row, line in enumerate(cells):
        label = f"{high - (high - low) * row / (height - 1):6.3f} |"
        lines.append((label + "".join(line)).rstrip())
    ends = f"{math.exp(left):.0f} s", f"{math.exp(right):.0f} s"
    lines.append(" " * 8 + ends[0] + ends[1].rjust(width - len(ends[0])))
    lines.append(" " * 8 + ", ".join(f"{name[0]} {name}" for name in curves))
    return lines


class Shelf:
    """Finished pieces of a benchmark as JSON files, named by everything that determines them."""

    def __init__(self, folder: Path, common: dict[str, Any]) -> None:
        self.folder, self._common = folder, common
        folder.mkdir(parents=True, exist_ok=True)

    def key(self, piece: dict[str, Any]) -> str:
        text = json.dumps({**self._common, **piece}, sort_keys=True)
        return f"{piece['what']}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    def find(self, piece: dict[str, Any]) -> dict[str, Any] | None:
        path = self.folder / f"{self.key(piece)}.json"
        return json.loads(path.read_text()) if path.exists() else None

    def keep(self, piece: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
        whole = {"piece": piece, "common": self._common, **values}
        path = self.folder / f"{self.key(piece)}.json"
        temporary = path.with_suffix(".partial")
        temporary.write_text(json.dumps(whole, indent=1) + "\n")
        temporary.replace(path)
        return whole

    def workplace(self, piece: dict[str, Any]) -> Path:
        """Where a training that was interrupted leaves its state."""
        folder = self.folder / "unfinished" / self.key(piece)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
