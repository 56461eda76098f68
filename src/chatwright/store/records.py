"""Rows as frozen values: what the store hands out. The names follow the tables' columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from chatwright.core.types import FinishReason, Mark, Role, Route

Status = Literal["done", "running", "stopped", "interrupted", "failed"]
Thumb = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A conversation without its messages."""

    id: str
    title: str
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a turn ended, and what it produced; written once."""

    status: Status
    content: str = ""
    route: Route | None = None
    confidence: float | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    left_out: int = 0
    finish_reason: FinishReason | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    error: str | None = None
    mark: Mark | None = None
    explanation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """What one person said about one reply."""

    thumb: Thumb | None
    comment: str
    correction: str


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message of the tree; `parent_id` None is a root."""

    id: str
    conversation_id: str
    parent_id: str | None
    role: Role
    content: str
    status: Status
    created_at: str
    seq: int
    route: Route | None = None
    confidence: float | None = None
    sources: tuple[Mapping[str, str], ...] = ()
    left_out: int = 0
    finish_reason: FinishReason | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    release: str | None = None
    deployment: str | None = None
    turn_id: str | None = None
    error: str | None = None
    process: str | None = None
    stopping: int = field(default=0, compare=False)
    mark: Mark | None = None
    feedback: FeedbackRecord | None = field(default=None, compare=False)

    @classmethod
    def of(cls, row: Mapping[str, Any], feedback: FeedbackRecord | None = None) -> MessageRecord:
        return cls(**{**row, "sources": tuple(row["sources"])}, feedback=feedback)
