"""Why an answer was given, as it is told to those who look after the bot: on `/v1` and by the page's API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from chatwright.answer.explanation import untold
from chatwright.core.types import Chunk, Mark, Route
from chatwright.server.web_types import SourceValue
from chatwright.store.explanations import ExplainedRow


class CandidateValue(BaseModel):
    """Something that could have been said; `signs` are what its confidence was made of."""

    kind: str
    confidence: float
    declines: bool
    text: str
    sources: list[str]
    signs: dict[str, float]


class WeighedValue(BaseModel):
    """All that could have been said, the surest first. `shortened`: for the record texts were cut, and of all
    but the first candidate the signs left out that are equal to the first one's."""

    route: Route
    confidence: float
    threshold: float
    candidates: list[CandidateValue]
    ungrounded: list[str]
    shortened: bool = False


class ToldValue(BaseModel):
    """Why this was answered. `explanation` is null where nothing was chosen: the model's words were passed
    on as they came, or a rule or a task spoke."""

    route: Route
    confidence: float | None
    mark: Mark | None
    sources: list[SourceValue]
    explanation: WeighedValue | None


class ExplanationValue(BaseModel):
    """The same of a message that is kept. `texts` false: whoever asked did not agree that others read their
    words, so that all texts are left out."""

    message_id: str
    created_at: str
    release: str | None
    deployment: str | None
    route: Route | None
    confidence: float | None
    mark: Mark | None
    sources: list[SourceValue]
    explanation: WeighedValue | None
    texts: bool

    @classmethod
    def of(cls, row: ExplainedRow, texts: bool) -> ExplanationValue:
        weighed = row.explanation
        if weighed is not None and not texts:
            weighed = untold(weighed)
        return cls(
            message_id=row.id,
            created_at=row.created_at,
            release=row.release,
            deployment=row.deployment,
            route=row.route,
            confidence=row.confidence,
            mark=row.mark,
            sources=[SourceValue.model_validate(source) for source in row.sources],
            explanation=None if weighed is None else WeighedValue.model_validate(weighed),
            texts=texts,
        )


class Told:
    """Gathers from the chunks of one reply what is told of it."""

    def __init__(self) -> None:
        self._route: Route = "generated"
        self._confidence: float | None = None
        self._mark: Mark | None = None
        self._sources: Sequence[Any] = ()
        self._explanation: Mapping[str, Any] | None = None

    def add(self, chunk: Chunk) -> None:
        self._route = chunk.route or self._route
        self._confidence = self._confidence if chunk.confidence is None else chunk.confidence
        self._mark = chunk.mark or self._mark
        self._sources = chunk.sources or self._sources
        self._explanation = chunk.explanation or self._explanation

    def value(self) -> dict[str, Any]:
        weighed = self._explanation
        return ToldValue(
            route=self._route,
            confidence=self._confidence,
            mark=self._mark,
            sources=[SourceValue(**asdict(source)) for source in self._sources],
            explanation=None if weighed is None else WeighedValue.model_validate(weighed),
        ).model_dump()
