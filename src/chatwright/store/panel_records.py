"""What a panel is made of, as frozen values: the panel, its items, its raters, their votes, a judge's
verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from chatwright.store.stamps import now

PanelKind = Literal["pairs", "ratings"]
Choice = Literal["left", "right", "tie", "bad"]
Side = Literal["first", "second", "tie", "bad"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
MOST_SCORE = 5


@dataclass(frozen=True, slots=True)
class PanelAnswer:
    """What one contestant said. Frozen when the panel was made."""

    contestant: str
    text: str


@dataclass(frozen=True, slots=True)
class PanelItem:
    """A question with two answers to compare, or one to rate. Of a `control` the first answer is a right one
    and the second is about something else; one to rate is then about something else."""

    id: str
    place: int
    question: str
    history: tuple[Mapping[str, str], ...]
    answers: tuple[PanelAnswer, ...]
    control: bool = False
    topic: str = ""
    origin: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """A panel without its items. `contestants`: name -> what it is, which no rater ever sees."""

    id: str
    bot: str
    name: str
    kind: PanelKind
    instructions: str
    contestants: Mapping[str, str]
    seed: int
    per_rater: int
    controls: int
    repeats: int
    notes: Mapping[str, Any]
    created_at: str
    closed_at: str | None = None

    @property
    def state(self) -> Literal["open", "closed"]:
        return "open" if self.closed_at is None else "closed"


@dataclass(frozen=True, slots=True)
class RaterRecord:
    """An invited rater, without the token. `person`: the owner of conversations that this rater is."""

    id: str
    panel_id: str
    name: str
    person: str | None
    prefix: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None

    @property
    def state(self) -> Literal["live", "expired", "revoked"]:
        if self.revoked_at is not None:
            return "revoked"
        expired = self.expires_at is not None and self.expires_at <= now()
        return "expired" if expired else "live"


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """A place in a rater's order: which item was shown there, how, and what was said if anything was."""

    rater_id: str
    place: int
    item_id: str
    repeated: bool
    swapped: bool
    shown_at: str
    voted_at: str | None = None
    choice: Choice | None = None
    score: int | None = None
    comment: str = field(default="", repr=False)
    seconds: float | None = None

    @property
    def side(self) -> Side | None:
        """The choice as a choice of an answer, wherever it was shown."""
        if self.choice in (None, "tie", "bad"):
            return self.choice
        return "first" if (self.choice == "left") != self.swapped else "second"


Verdict = Literal["first", "second", "tie", "none"]


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """What a judge said of an item, asked with both orders; "none": it gave no verdict."""

    item_id: str
    model: str
    forward: Verdict
    backward: Verdict
    reason: str
    prompt_tokens: int
    completion_tokens: int
    at: str

    @property
    def verdict(self) -> Verdict:
        """What it says twice; a tie where its mind changes with the order."""
        if "none" in (self.forward, self.backward):
            return "none"
        return self.forward if self.forward == self.backward else "tie"
