"""The file of drafted questions: rows that are data like any others once somebody has accepted them.

    {"id": "drafted/...", "reviewed": false, "messages": [...], "document": "hours.md", ...}

`reviewed` is false until somebody reads the row, then true, or "rejected"; a row that is rejected stays, so
that it is not drafted again. Readers of data skip what is not accepted (`data/readers/records.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from chatwright.core.errors import DataError
from chatwright.core.files import canonical_json, sha256_json, storage, write_atomic
from chatwright.knowledge.questions import Drafted

Verdict = Literal["waiting", "accepted", "rejected"]
REVIEWED: dict[Verdict, bool | str] = {"waiting": False, "accepted": True, "rejected": "rejected"}
RULES = "rules"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row of the file, as it is; what a person has changed by hand is kept."""

    row: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def question(self) -> str:
        return str(self.row["messages"][0]["content"])

    @property
    def answer(self) -> str:
        return str(self.row["messages"][1]["content"])

    @property
    def document(self) -> str:
        return str(self.row.get("document", ""))

    @property
    def verdict(self) -> Verdict:
        found = self.row.get("reviewed", True)
        return next((name for name, value in REVIEWED.items() if value == found), "waiting")

    @property
    def passage(self) -> str:
        """Names the text that it was drafted from."""
        return str(self.row.get("passage", ""))

    def decided(self, verdict: Verdict, question: str = "", answer: str = "") -> Draft:
        """The same after a review, in other words where they are given."""
        said = [
            {"role": "user", "content": question or self.question},
            {"role": "assistant", "content": answer or self.answer},
        ]
        return Draft({**self.row, "reviewed": REVIEWED[verdict], "messages": said})


@dataclass(frozen=True, slots=True)
class Drafts:
    """The file `path`, one row a line."""

    path: Path

    def all(self) -> list[Draft]:
        """Every draft in it. Raises `DataError` at a line that is none."""
        if not self.path.exists():
            return []
        made = []
        for number, line in enumerate(self.path.read_text("utf-8").split("\n"), 1):
            if not line.strip():
                continue
            try:
                draft = Draft(json.loads(line))
                _ = draft.id, draft.question, draft.answer
            except (ValueError, KeyError, IndexError, TypeError) as error:
                raise DataError(
                    f"{self.path}, line {number}, is no draft.", "Correct or remove that line."
                ) from error
            made.append(draft)
        return made

    def add(self, found: Iterable[Drafted], by: str = RULES) -> int:
        """Append what is not in the file, accepted or rejected; how many that are."""
        known = {draft.id for draft in self.all()}
        rows = [row for one in found if (row := row_of(one, by))["id"] not in known]
        unique = {row["id"]: row for row in rows}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if unique:
            before = self.path.read_bytes() if self.path.exists() else b""
            torn = bool(before) and not before.endswith(b"\n")
            with storage(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write("\n" * torn + "".join(canonical_json(r) + "\n" for r in unique.values()))
        return len(unique)

    def keep(self, drafts: Iterable[Draft]) -> None:
        """Write the file anew, all of it or nothing."""
        lines = (canonical_json(draft.row) + "\n" for draft in drafts)
        write_atomic(self.path, "".join(lines))

    def stale(self, texts: Iterable[str]) -> Iterator[Draft]:
        """Accepted drafts whose passage is none of `texts` any more: they may not be true now."""
        now = {named(text) for text in texts}
        for draft in self.all():
            if draft.verdict == "accepted" and draft.passage and draft.passage not in now:
                yield draft


def row_of(one: Drafted, by: str) -> dict[str, Any]:
    identity = sha256_json([one.question.casefold(), one.answer, one.document])[:16]
    return {
        "id": f"drafted/{identity}",
        "reviewed": False,
        "messages": [
            {"role": "user", "content": one.question},
            {"role": "assistant", "content": one.answer},
        ],
        "document": one.document,
        "start": one.passage.start,
        "end": one.passage.end,
        "passage": named(one.passage.text),
        "by": by,
    }


def named(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
