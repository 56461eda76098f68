"""Acceptance cases: questions that must be answered well, or refused.

One JSON object per line:

    {"id", "topic", "question", "history": [{"role", "content"}...],
     "must": [["any", "of these"], ["and any of these"]], "must_not": ["none of these"],
     "route": "answered" | "refused" | "curated" | "retrieved" | "generated",
     "trained": true where the very question is trained on: a test that it stays mended, no held-out one}

Matching ignores case, spacing and the look of quotation marks. A case passes when its route is right,
every group of `must` has a hit, and nothing of `must_not` occurs.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatwright.core.errors import DataError
from chatwright.core.files import sha256_file
from chatwright.core.types import Conversation, Message, Route

ExpectedRoute = Literal["answered", "refused", "curated", "retrieved", "generated"]
QUOTES = str.maketrans("\u2018\u2019\u201c\u201d\u00a0", "''\"\" ")


class Turn(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Literal["user", "assistant", "system"]
    content: str


class Case(BaseModel):
    """One acceptance case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str = Field(min_length=1)
    topic: str = ""
    history: tuple[Turn, ...] = ()
    must: tuple[tuple[str, ...] | str, ...] = ()
    must_not: tuple[str, ...] = ()
    route: ExpectedRoute = "answered"
    trained: bool = False

    @property
    def in_scope(self) -> bool:
        return self.route != "refused"

    @property
    def conversation(self) -> Conversation:
        said = [Message(turn.role, turn.content) for turn in self.history]
        return Conversation((*said, Message("user", self.question)), id=self.id)

    def problems(self, answer: str, route: Route) -> list[str]:
        """Why `answer` does not pass; empty when it does."""
        text = _fold(answer)
        found = []
        if not self._route_fits(route):
            found.append(f"route is {route}, should be {self.route}")
        for group in self.must:
            alternatives = (group,) if isinstance(group, str) else group
            if not any(_fold(wanted) in text for wanted in alternatives):
                found.append("lacks " + " / ".join(alternatives))
        found += [f"must not say {bad}" for bad in self.must_not if _fold(bad) in text]
        return found

    def _route_fits(self, route: Route) -> bool:
        if self.route == "answered":
            return route != "refused"
        return route == self.route


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(QUOTES)).strip().casefold()


def load_cases(path: Path) -> list[Case]:
    """The cases of `path`; none when it does not exist. Raises `DataError` at the first bad line."""
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is not UTF-8 (byte {error.start}).", "Save it as UTF-8 and run again."
        ) from None
    cases: list[Case] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = Case(**json.loads(line))
        except (ValueError, TypeError, ValidationError) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
            raise DataError(f"{path}, line {number}: {reason}.", "Correct that line.") from error
        if case.id in seen:
            raise DataError(
                f"{path}, line {number}: the id {case.id!r} occurs twice.", "Rename it."
            )
        seen.add(case.id)
        cases.append(case)
    return cases


def fingerprint(path: Path) -> str:
    return sha256_file(path)[:16] if path.exists() else "none"
