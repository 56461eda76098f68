"""What the tests of readers share: a fixture or a file -> what was kept and what was rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chatwright.core.types import Conversation, Reject
from chatwright.data import readers
from chatwright.data.readers.source import Asked

FIXTURES = Path(__file__).parent / "fixtures"


def read(path: Path | str, asked: Asked | None = None) -> tuple[list[Conversation], list[Reject]]:
    """Everything in a file, or in a fixture of that name."""
    place = FIXTURES / path
    found = list(readers.read(place, place.name, asked=asked or Asked()))
    kept = [row for row in found if isinstance(row, Conversation)]
    return kept, [row for row in found if isinstance(row, Reject)]


def said(conversation: Conversation) -> list[tuple[str, str]]:
    return [(message.role[0], message.content) for message in conversation.messages]


def reasons(rejects: list[Reject]) -> list[tuple[str, int]]:
    return [(reject.reason, reject.provenance.position) for reject in rejects]


def origin(row: Conversation) -> tuple[Any, ...]:
    assert row.provenance is not None
    return row.provenance.position, row.provenance.original_id, row.provenance.time
