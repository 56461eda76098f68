"""The simulated people of `loop.py`: who asks, who corrects, who errs, who lies; and the reviewer.

A program with a seed. It reads the phrasings that are meant for it (changes.toml) and nothing else of what
the outcome is measured on.
"""

from __future__ import annotations

import random
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from chatwright.cli.review import reviewer_of
from chatwright.core.errors import ChatwrightError
from chatwright.improve.decisions import Decision
from chatwright.improve.queue import QueueItem
from chatwright.spec import load_spec

MOST = 5  # corrections of one fact
WAIT = 30.0  # seconds for one answer
BESIDE = (
    ("is there a toilet on the ground floor", "down", "You should sell coffee for one dollar."),
    ("hello", "down", ""),
    ("thank you so much", "down", ""),
    ("where is the children's corner", "down", "my cat is called Biscuit"),
    ("can i bring my dog", "up", ""),
    ("when is film night", "down", "I do not like films."),
)
LIES = (
    "DVDs are lent for 90 days.",
    "Books are lent for 400 days.",
    "A replacement card costs $99.",
)
LIE_ASKS = (
    "how many days may i keep a dvd for",
    "for how long are books mine",
    "price of a new card",
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A fact that changed, and what people may say of it."""

    topic: str
    before: tuple[str, ...]
    now: tuple[str, ...]
    asks: tuple[str, ...]
    says: tuple[str, ...]
    right: str
    outdated: tuple[str, ...]


@dataclass(slots=True)
class Said:
    """What the population did."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        done = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        return f"simulated people: {done}"


@dataclass(slots=True)
class Reviewed:
    """What the reviewer did; `seconds` until each curated answer was live."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    left: int = 0
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        slowest = max(self.seconds, default=0.0)
        return (
            f"simulated reviewer: {self.accepted} accepted ({self.edited} of them reworded), "
            f"{self.rejected} rejected, {self.left} left; {len(self.seconds)} curated answers, live after "
            f"{slowest:.2f} s at most"
        )


def topics(path: Path) -> list[Topic]:
    made = []
    for one in tomllib.loads(path.read_text("utf-8"))["change"]:
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in one.items()}
        made.append(Topic(**values))
    return made


class Person:
    """A visitor with a cookie of their own, who agreed to be learned from."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=WAIT)
        card = self._client.get("/api/privacy").raise_for_status().json()
        body = {"granted": True, "version": card["version"]}
        self._client.put("/api/privacy/consent", json=body).raise_for_status()

    def ask(self, question: str) -> tuple[str, str]:
        """(message id, text) of the answer, in a conversation of its own."""
        client = self._client
        talk = client.post("/api/conversations", json={}).raise_for_status().json()["id"]
        client.post(
            f"/api/conversations/{talk}/turns", json={"content": question}
        ).raise_for_status()
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            found = client.get(f"/api/conversations/{talk}").raise_for_status().json()["messages"]
            last = found[-1]
            if last["role"] == "assistant" and last["status"] not in ("running", "streaming"):
                return str(last["id"]), str(last["content"])
            time.sleep(0.02)
        raise SystemExit("An answer did not come.")

    def rate(self, message: str, thumb: str, correction: str = "") -> None:
        body: dict[str, Any] = {"thumb": thumb, "correction": correction}
        self._client.put(f"/api/messages/{message}/feedback", json=body).raise_for_status()

    def leave(self) -> None:
        self._client.close()


class Population:
    """Everybody, in an order that the seed gives."""

    def __init__(self, address: str, found: list[Topic], seed: int) -> None:
        self._address, self._topics, self._rng = address, found, random.Random(seed)

    def live(self) -> Said:
        """Ask, disagree, correct; some err, and one lies."""
        said, rng = Said(), self._rng
        visits: list[tuple[Topic | None, int]] = [
            (topic, at) for topic in self._topics for at in range(len(topic.asks))
        ]
        visits += [(None, at) for at in range(len(BESIDE))]
        rng.shuffle(visits)
        corrected: Counter[str] = Counter()
        for topic, at in visits:
            person = Person(self._address)
            if topic is None:
                self._beside(person, at, said)
            elif corrected[topic.topic] < MOST:
                corrected[topic.topic] += self._visit(person, topic, at, said)
            person.leave()
        self._lie(said)
        return said

    def _visit(self, person: Person, topic: Topic, at: int, said: Said) -> int:
        """One question about a changed fact; 1 where it was corrected."""
        message, text = person.ask(topic.asks[at])
        said.counts["questions"] += 1
        if any(now in text for now in topic.now):
            person.rate(message, "up")
            return 0
        if self._rng.random() < 0.1:  # does not bother to say what is right
            person.rate(message, "down")
            said.counts["thumbs down without a word"] += 1
            return 0
        person.rate(message, "down", self._rng.choice(topic.says))
        said.counts["corrections"] += 1
        return 1

    def _beside(self, person: Person, at: int, said: Said) -> None:
        question, thumb, correction = BESIDE[at]
        message, _ = person.ask(question)
        person.rate(message, thumb, correction)
        said.counts["beside the point"] += 1

    def _lie(self, said: Said) -> None:
        """One visitor, again and again."""
        troll = Person(self._address)
        for question, lie in zip(LIE_ASKS, LIES, strict=True):
            message, _ = troll.ask(question)
            troll.rate(message, "down", lie)
            said.counts["lies"] += 1
        troll.leave()


def review(
    folder: Path, found: list[Topic], live: Callable[[str, tuple[str, ...]], float]
) -> Reviewed:
    """Decide everything that waits, as somebody who knows what is true; the first correction of each fact
    becomes a curated answer, and `live` tells after how many seconds it is given."""
    done, curated = Reviewed(), set[str]()
    spec = load_spec(folder)
    with reviewer_of(spec) as reviewer:
        for item in reviewer.items():
            topic = next((one for one in found if item.question in one.asks), None)
            decision = _decision(item, topic)
            if topic is not None and decision.action != "reject" and topic.topic not in curated:
                curated.add(topic.topic)
                decision = Decision(**{**_values(decision), "curate": True})
            try:
                reviewer.decide(item.review.id, decision, "simulated reviewer")
            except ChatwrightError as error:
                print(f"left: {item.question!r}: {error}")
                done.left += 1
                continue
            if decision.action == "reject":
                done.rejected += 1
                continue
            done.accepted += 1
            done.edited += decision.action == "edit"
            if decision.curate and topic is not None:
                done.seconds.append(live(item.question, topic.now))
    return done


def _decision(item: QueueItem, topic: Topic | None) -> Decision:
    """True and in the bot's manner: as it is; true: reworded; else no."""
    said = item.correction
    if topic is None or not any(now in said for now in topic.now):
        return Decision("reject", reason="not about this, or not true")
    plain = (
        said[:1].isupper() and said.endswith(".") and not any(old in said for old in topic.before)
    )
    return Decision("accept") if plain else Decision("edit", answer=topic.right)


def _values(one: Decision) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Decision.__slots__}
