"""A bot folder whose knowledge a test fills, and an embedder of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chatwright.knowledge import Found, Index, Search, Snapshots
from chatwright.knowledge.sync import Synced, index_of, sync
from chatwright.spec import Spec


@dataclass
class House:
    """A spec, its index, and the few things that tests do with them."""

    folder: Path
    tables: dict[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)

    @property
    def spec(self) -> Spec:
        return Spec.model_validate(
            {
                "folder": self.folder,
                "bot": {"name": "library", "purpose": "Help.", "languages": self.languages},
                "knowledge": self.tables,
            }
        )

    def write(self, **texts: str | bytes) -> None:
        """Keys are names with `__` for the dot."""
        for name, text in texts.items():
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)

    def path(self, name: str) -> Path:
        return self.folder / "knowledge" / name.replace("__", ".")

    def sync(self, **options: Any) -> Synced:
        index = self.index
        return sync(self.spec, index, **options)

    @property
    def index(self) -> Index:
        if not hasattr(self, "_index"):
            self._index = index_of(self.spec)
        return self._index

    @property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.index)

    def search(
        self, question: str, k: int = 5, access: Sequence[str] = (), **options: Any
    ) -> Found:
        searched = Search.current(self.index, languages=self.languages, **options)
        return searched.search(question, k, access)

    def names(self, question: str, **options: Any) -> list[str]:
        return [name for hit in self.search(question, **options).hits for name in hit.names]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    (tmp_path / "knowledge").mkdir()
    yield made
    made.index.close()


class Letters:
    """An embedder: how often each letter occurs."""

    id = "letters-1"
    dimensions = 26

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Any:
        self.asked += texts
        counts = [[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts]
        vectors = np.array(counts, np.float32)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


@pytest.fixture
def letters() -> Letters:
    return Letters()


Write = Callable[..., None]
