"""Routers made by hand: confidences that a test sets, curated answers, documents, known replies."""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from chatwright.answer.calibration import ALONE, MATCHED, Calibration, Tried
from chatwright.answer.decision import Asked
from chatwright.answer.router import Router
from chatwright.answer.signs import SIGNS, Draft, Kind
from chatwright.answer.standard import StandardReplies, Taught
from chatwright.core.types import Conversation, Message, Usage
from chatwright.knowledge.curated import Curated, Match
from chatwright.knowledge.live import Live
from chatwright.knowledge.logistic import Logistic
from chatwright.knowledge.signals import LEXICAL
from chatwright.knowledge.sync import index_of, sync
from chatwright.spec import Spec

THRESHOLD = 0.5  # of `calibrated`


def spec_of(folder: Path, languages: tuple[str, ...] = ("en",), **tables: Any) -> Spec:
    bot = {"name": "library", "purpose": "Help readers.", "languages": languages}
    return Spec.model_validate({"folder": folder, "bot": bot, **tables})


def logistic(names: tuple[str, ...], at: float, **weights: float) -> Logistic:
    """Gives `at` where all signs are 0; `weights` are of signs by name."""
    values = np.array([weights.get(name, 0.0) for name in names])
    zero, one = np.zeros(len(names)), np.ones(len(names))
    return Logistic(values, math.log(at / (1 - at)), zero, one)


def calibrated(
    replies: StandardReplies | None = None,
    /,
    *,
    judged: bool = True,
    id: str = "",
    tried: tuple[Tried, ...] | None = None,
    **sure: float,
) -> Calibration:
    """Every kind in `sure` is as sure as it says, whatever is asked; the dial asks for `THRESHOLD`."""
    kinds: dict[Kind, float] = {kind: sure[kind] for kind in SIGNS if kind in sure}
    logistics = {
        name: logistic(SIGNS[kind], at)
        for kind, at in kinds.items()
        for name in (kind, f"{kind} {ALONE}")
    }
    logistics[MATCHED] = logistic(LEXICAL, 0.5, top=1.0)
    rows = tuple([Tried(THRESHOLD, 1.0)] * 20) if tried is None else tried
    return Calibration(logistics, rows, judged, {"matching": list(LEXICAL)}, replies, id)


REPLIES = (
    "We open at 9 on every day but Sunday.",
    "A card costs 5 euros.",
    "You find the toilets on the first floor.",
    "Sorry, I only talk about the library.",
)
QUESTIONS = (
    ("When do you open?", "Opening hours please", "from when on are you open"),
    ("What does a card cost?", "price of a card", "how much is a library card"),
    ("Where are the toilets?", "is there a toilet", "I need the restroom"),
    ("Who wins the election?", "write my essay", "which shares shall I buy"),
)


def known() -> StandardReplies:
    """Four replies, three questions each; the last one declines."""
    rows = [(question, number) for number, some in enumerate(QUESTIONS) for question in some]
    taught = Taught(
        tuple(question for question, _ in rows),
        tuple(number for _, number in rows),
        REPLIES,
        (False, False, False, True),
    )
    found = StandardReplies.of(taught)
    assert found is not None
    return found


class Told(Curated):
    """Answers every question with the same matches."""

    def __init__(self, *matches: Match) -> None:
        self.matches, self.closed, self.number = matches, 0, "rev-1"

    @property
    def revision(self) -> str | None:
        return self.number

    def match(self, question: str, vector: Any = None, k: int = 5) -> list[Match]:
        return list(self.matches[:k])

    def close(self) -> None:
        self.closed += 1


def match(likeness: float = 1.0, margin: float = 1.0, *, exact: bool = False) -> Match:
    return Match("a1", "Reviewed words.", "a question", likeness, margin, exact, None)


def say(*texts: str) -> Conversation:
    """The user first, then in turns."""
    roles = ("user", "assistant")
    said = (Message(roles[at % 2], text) for at, text in enumerate(texts))  # type: ignore[arg-type]
    return Conversation(tuple(said))


def asked(*texts: str) -> Asked:
    found = Asked.of(say(*texts))
    assert found is not None
    return found


def draft(text: str, *, declined: bool = False, **more: Any) -> Draft:
    return Draft(text, declined, Usage(10, 5), **more)


@dataclass
class Documents:
    """A bot folder whose documents a test writes; `live()` follows them."""

    folder: Path
    tables: dict[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)

    @property
    def spec(self) -> Spec:
        return spec_of(self.folder, self.languages, **self.tables)

    def write(self, **texts: str) -> str:
        """Keys are names, all of Markdown; they are synced. The snapshot's id."""
        home = self.folder / "knowledge"
        home.mkdir(exist_ok=True)
        for name, text in texts.items():
            (home / f"{name}.md").write_text(text, "utf-8")
        return self.sync()

    def remove(self, name: str) -> str:
        (self.folder / "knowledge" / f"{name}.md").unlink()
        return self.sync()

    def sync(self) -> str:
        with closing(index_of(self.spec)) as index:
            return sync(self.spec, index, fewer=True).snapshot

    def router(self, calibration: Calibration | None = None, **more: Any) -> Router:
        """Close it."""
        live = Live(self.spec, every=0.05)
        return Router(self.spec, calibration, live=live, release="r1", **more)
