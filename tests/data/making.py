"""Shared by the tests of the data floor: rows, and a bot folder to put them in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chatwright.data.dataset import Dataset
from chatwright.spec import Spec


def said(*texts: str, **more: Any) -> str:
    """A row: what the user and the bot say in turn."""
    roles = ("user", "assistant")
    messages = [{"role": roles[n % 2], "content": text} for n, text in enumerate(texts)]
    return json.dumps({"messages": messages, **more})


def write(spec: Spec, name: str, lines: Sequence[str]) -> Path:
    path = spec.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return path


def rejected(dataset: Dataset) -> list[dict[str, Any]]:
    text = (dataset.folder / "rejected.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def with_data(spec: Spec, **data: Any) -> Spec:
    return Spec(**{**spec.model_dump(), "data": data, "folder": spec.folder})


def prose(seed: int, words: int = 60) -> str:
    """Words of no language, the same for the same seed, others for another."""
    state, found = seed * 7919 + 1, []
    for _ in range(words):
        state = (state * 1103515245 + 12345) % 2**31
        found.append("".join(chr(97 + (state >> shift) % 26) for shift in (3, 7, 11, 14, 17)))
    return " ".join(found)


def changed(text: str, *places: int) -> str:
    """`text` with other words at some places."""
    words = text.split(" ")
    for place in places:
        words[place] = f"other{place}"
    return " ".join(words)
