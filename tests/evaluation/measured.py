"""Items of two releases, made up: what each got right, as letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatwright.evaluation.items import Answer, Item, Items, Kind


def cases(passed: str, topic: str = "fees", start: int = 0) -> list[Item]:
    """A case per letter: `+` passed, `-` failed."""
    return [
        Item("cases", f"{topic}-{start + n}", float(mark == "+"), slices=(f"topic: {topic}",))
        for n, mark in enumerate(passed)
    ]


def values(metric: str, given: list[float], **more: Any) -> list[Item]:
    return [Item(metric, f"{metric}-{n}", value, **more) for n, value in enumerate(given)]


def measured(
    *groups: list[Item],
    release: str = "new",
    kind: Kind = "local",
    basis: str = "b",
    due: Mapping[str, int] | None = None,
    answers: tuple[Answer, ...] = (),
) -> Items:
    """With every item there that is due; `due` says otherwise of some metrics, and every metric of the
    default gate that is not given has nothing to be taken on."""
    items = [item for group in groups for item in group]
    every = ("cases", "wrong", "declined", "bits_per_byte", "chrf", "facts", "copied", "unsafe", "benign",
             "milliseconds")  # fmt: skip
    counts = {name: sum(item.metric == name for item in items) for name in every}
    return Items(release, kind, basis, {**counts, **(due or {})}, tuple(items), answers)
