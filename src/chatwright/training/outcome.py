"""What a run came to, in one row, and what two recipes differ in. Reads a run's folder; needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatwright.training.history import DEVELOPMENT, FORECAST, History


def facts(run: History) -> dict[str, Any]:
    """A run in one row; what is not known yet is None."""
    recipe, done, rows = run.values, run.done or {}, run.metrics()
    measured = run.curve(DEVELOPMENT)
    best = min(measured, key=lambda point: point[1], default=None)
    steps = done.get("steps", rows[-1]["step"] if rows else 0)
    return {
        "id": run.id,
        "began": run.began.isoformat(timespec="minutes").removesuffix("+00:00"),
        "method": recipe.get("objective"),
        "parameters": parameters(recipe["shape"]),
        "steps": f"{steps}/{recipe['steps']}",
        "tokens": steps * recipe["packing"]["batch_tokens"],
        "seconds": done.get("seconds", rows[-1].get("seconds") if rows else None),
        DEVELOPMENT: done.get(DEVELOPMENT, measured[-1][1] if measured else None),
        FORECAST: None if run.forecast is None else round(run.forecast, 4),
        "best": f"{best[1]:.3f} at {best[0]:.0f}" if best else None,
        "state": run.state,
    }


def parameters(shape: dict[str, Any]) -> int:
    """About how many: matrices and embedding, from the recipe's own words."""
    d, heads = shape["width"], (shape["heads"] + shape["kv_heads"]) * 2 * shape["head_size"]
    layer = d * heads + 3 * d * shape["hidden"]
    return int(shape["layers"] * layer + shape["vocabulary"] * d)


def flat(values: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Nested tables as one, with dots in the names."""
    made: dict[str, Any] = {}
    for name, value in values.items():
        made |= (
            flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: value}
        )
    return made


def differences(runs: Sequence[History]) -> dict[str, list[Any]]:
    """The values of recipes that are not the same in all of `runs`, by their names, in the order of runs."""
    all_values = [flat(run.values) for run in runs]
    names = sorted({name for values in all_values for name in values})
    found = {name: [values.get(name) for values in all_values] for name in names}
    return {name: each for name, each in found.items() if any(one != each[0] for one in each)}
