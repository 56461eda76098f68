"""Coordinated raters among honest ones: does the alarm name them, and does it name anybody else?

    python bench/poisoning.py [--seeds 20]

A simulation, and declared as one: honest raters ask, rate by what is true, err in one of ten, and correct
what is wrong in words of their own; one in twenty is malicious, and all of those push the same false
answers. The last two attacks are hard to see: each attacker takes part in some of it alone; or there is so
little honest feedback that hardly anybody contradicts.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from chatwright.improve.raters import Report, examine
from chatwright.store.records import FeedbackItem
from chatwright.store.stamps import stamp

TOPICS = (
    "the main library", "the reading room", "the cafe", "the children's corner", "the archive", "the bus",
    "the maker space", "the music room", "the garden", "the map room", "the print shop", "the front desk",
    "the toy library", "the quiet room", "the book sale", "the film club", "the language table",
    "the homework help", "the tax clinic", "the seed library", "the chess club", "the repair cafe",
    "the family room", "the poetry night", "the gallery", "the bindery", "the news room", "the terrace",
    "the lecture hall", "the story time", "the computer lab", "the study booths", "the holds shelf",
    "the mobile library", "the kitchen", "the workshop", "the locker room", "the box office", "the shop",
    "the helpline",
)  # fmt: skip
ASKED = (
    "When does {} close?",
    "What time does {} close?",
    "when does {} close",
    "When does {} close today?",
)
ANSWERS = (
    "{topic} closes at {hour}.", "It closes at {hour}.", "We close {topic} at {hour}.",
    "Closing time is {hour}.", "{topic} is open until {hour}.", "At {hour}.",
    "No, {topic} closes at {hour}.", "Until {hour}, as the sign at the door says.",
)  # fmt: skip
STYLES = (
    "same text",
    "paraphrased",
    "spread",
    "high volume",
    "camouflaged",
    "thumbs alone",
    "in parts",
    "little honest",
)
START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 30
WRONG = 0.2  # share of topics on which the bot is really wrong
NOISE = 0.1  # honest ratings that say the opposite of what is true
CORRECTING = 0.5  # honest thumbs down that come with a better answer


@dataclass(frozen=True)
class World:
    """What is true and what the bot says, hours of each topic; who is malicious."""

    truth: tuple[int, ...]
    said: tuple[int, ...]
    false: dict[int, int]  # what is pushed, by topic


def _hour(hour: int) -> str:
    return f"{hour} pm"


def world(draw: random.Random, targets: int = 5) -> World:
    truth = tuple(draw.randint(3, 7) for _ in TOPICS)
    said = tuple(hour + 1 if draw.random() < WRONG else hour for hour in truth)
    right = [place for place, hour in enumerate(truth) if said[place] == hour]
    false = {place: draw.choice((9, 10, 11)) for place in draw.sample(right, targets)}
    return World(truth, said, false)


class Population:
    """Makes the feedback of one simulated month."""

    def __init__(self, seed: int, honest: int = 114, share: float = 0.05) -> None:
        self.draw = random.Random(seed)
        self.world = world(self.draw)
        self.honest = [f"visitor:h{number}" for number in range(honest)]
        count = max(2, round(honest * share / (1 - share)))
        self.malicious = [f"visitor:m{number}" for number in range(count)]
        self._number = 0

    def items(self, style: str) -> list[FeedbackItem]:
        most = 6 if style == "little honest" else 25
        found = [item for rater in self.honest for item in self._month(rater, most)]
        for rater in self.malicious:
            found += self._attack(rater, style)
        return sorted(found, key=lambda item: item.created_at)

    def _month(self, rater: str, most: int) -> Iterator[FeedbackItem]:
        for _ in range(self.draw.randint(1 if most < 10 else 4, most)):
            place = self.draw.randrange(len(TOPICS))
            yield self._honest(rater, place)

    def _honest(self, rater: str, place: int) -> FeedbackItem:
        right = self.world.said[place] == self.world.truth[place]
        up = right != (self.draw.random() < NOISE)
        hour = self.world.truth[place]
        if self.draw.random() < NOISE:  # misremembers
            hour = self.draw.randint(3, 9)
        corrects = not up and hour != self.world.said[place] and self.draw.random() < CORRECTING
        correction = self._answer(place, hour) if corrects else ""
        return self._item(rater, place, "up" if up else "down", correction, self._some_time())

    def _attack(self, rater: str, style: str) -> Iterator[FeedbackItem]:
        begun = START + timedelta(days=20)
        pushed = list(self.world.false.items())
        if style == "in parts":
            pushed = self.draw.sample(pushed, 3)
        for place, hour in pushed:
            text = self._answer(place, hour)
            at = self._some_time()
            if style == "same text":
                text = ANSWERS[0].format(topic=TOPICS[place].capitalize(), hour=_hour(hour))
                at = begun + timedelta(minutes=self.draw.randint(0, 40))
            elif style == "paraphrased":
                at = begun + timedelta(hours=self.draw.randint(0, 48))
            elif style == "thumbs alone":
                text = ""
            repeats = 12 if style == "high volume" else 1
            for again in range(repeats):
                time = at if repeats == 1 else begun + timedelta(seconds=self.draw.randint(0, 900))
                yield self._item(rater, place, "down", text, time, again)
        if style in ("camouflaged", "spread"):
            yield from self._month(rater, 10 if style == "spread" else 25)

    def _answer(self, place: int, hour: int) -> str:
        said = self.draw.choice(ANSWERS).format(topic=TOPICS[place], hour=_hour(hour))
        return said[0].upper() + said[1:]

    def _some_time(self) -> datetime:
        return START + timedelta(seconds=self.draw.randint(0, DAYS * 86_400))

    def _item(
        self, rater: str, place: int, thumb: str, correction: str, at: datetime, again: int = 0
    ) -> FeedbackItem:
        self._number += 1
        when = stamp(at + timedelta(milliseconds=self._number % 1000))
        said = self.world.said[place]
        return FeedbackItem(
            id=f"f{self._number:06}",
            bot="library",
            message_id=f"m{self._number}",
            conversation_id=f"c{self._number}",
            owner=rater,
            rater=rater,
            channel="web",
            thumb="up" if thumb == "up" else "down",
            score=None,
            comment="",
            correction=correction,
            release="r",
            deployment="d",
            route="generated",
            confidence=0.9,
            question=self.draw.choice(ASKED).format(TOPICS[place]),
            answer=f"{TOPICS[place].capitalize()} closes at {_hour(said)}.",
            created_at=when,
            updated_at=when,
        )


@dataclass(frozen=True)
class Score:
    """Of one trial."""

    recall: float
    precision: float
    honest_named: int
    honest: int
    bulk_bad: int  # false corrections that nothing speaks against
    false: int


def score(report: Report, population: Population) -> Score:
    named = {one.rater for one in report.suspicions}
    bad = set(population.malicious)
    pushed = [item for item in report.items if item.rater in bad and item.correction]
    false = [i for i in pushed if any(_hour(h) in i.correction for h in (9, 10, 11))]
    return Score(
        recall=len(named & bad) / len(bad),
        precision=len(named & bad) / len(named) if named else 1.0,
        honest_named=len(named - bad),
        honest=len(population.honest),
        bulk_bad=sum(not item.flags for item in false),
        false=len(false),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = parser.parse_args().seeds
    keys: dict[str, float | int] = {"n": seeds, "raters": 120, "malicious": 6}
    every: list[Score] = []
    print(
        f"{'attack':14} {'recall':>7} {'precision':>9} {'honest named':>13} {'bad unflagged':>14} {'s':>6}"
    )
    for style in (*STYLES, "none"):
        scores, started = [], perf_counter()
        for seed in range(seeds):
            population = Population(seed)
            items = population.items(style)
            if style == "none":
                items = [item for item in items if item.rater in set(population.honest)]
            scores.append(score(examine(items), population))
        took = (perf_counter() - started) / seeds
        honest = sum(one.honest_named for one in scores)
        total = sum(one.honest for one in scores)
        recall = statistics.fmean(one.recall for one in scores)
        precision = statistics.fmean(one.precision for one in scores)
        bad, false = sum(one.bulk_bad for one in scores), sum(one.false for one in scores)
        print(
            f"{style:14} {recall:7.3f} {precision:9.3f} {honest:5} of {total:5} "
            f"{bad:5} of {false:5} {took:6.2f}"
        )
        name = style.replace(" ", "_")
        keys[f"honest_named_{name}"] = round(honest / total, 5)
        if style != "none":
            keys |= {f"recall_{name}": round(recall, 4), f"precision_{name}": round(precision, 4)}
            every += scores
    keys["recall"] = round(statistics.fmean(one.recall for one in every), 4)
    keys["precision"] = round(statistics.fmean(one.precision for one in every), 4)
    keys["bad_unflagged"] = sum(one.bulk_bad for one in every)
    keys["bad"] = sum(one.false for one in every)
    print(json.dumps(keys))


if __name__ == "__main__":
    main()
