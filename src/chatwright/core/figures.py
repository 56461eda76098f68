"""Figures as plain tables, read without trust: any part may be absent or of another shape.

Reports show what was measured at another time, perhaps by another version; nothing is measured here.
"""

from __future__ import annotations

import math
from typing import Any

Values = dict[str, Any]


def part(values: Values, *path: str) -> Values:
    """The table at `path`; an empty one where it is absent or not a table."""
    here: Any = values
    for name in path:
        here = here.get(name) if isinstance(here, dict) else None
    return here if isinstance(here, dict) else {}


def rows(values: Values, *path: str) -> list[Values]:
    """The list of tables at `path`; an empty one where it is absent."""
    found = part(values, *path[:-1]).get(path[-1])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def number(value: object) -> float | None:
    """`value` as a finite float, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def count(values: Values, name: str) -> int:
    return int(number(values.get(name)) or 0)


def percent(value: float) -> str:
    return f"{100 * value:.0f}%"
