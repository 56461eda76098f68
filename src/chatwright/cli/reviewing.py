"""A sitting of `chatwright review`: one thing after another on the terminal, one key per decision.

What visitors wrote is shown as text, whatever it holds: a terminal obeys some characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import typer

from chatwright.cli.show import Screen
from chatwright.core.errors import ChatwrightError, Conflict
from chatwright.improve.decisions import Action, Decision, Plan
from chatwright.improve.queue import QueueItem
from chatwright.improve.review import Reviewer
from chatwright.improve.screening import EXPLAINED

LONG = 600  # characters of a text that are shown
KEYS = (
    "a accept, c accept and curate, e edit, d redact, r reject, u curate only, t test case only, "
    "p other phrasings, m what the case asks for, s skip, z undo the last, q quit"
)


def plain(text: str, most: int = LONG) -> str:
    """`text` on one line, without anything that a terminal obeys."""
    line = " ".join(text.split())
    line = line if len(line) <= most else line[: most - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def about(item: QueueItem) -> Iterator[str]:
    """What there is to look at."""
    review = item.review
    yield f"{review.id[:13]}  {review.state}  {item.why}"
    sure = "" if item.confidence is None else f", {item.confidence:.2f}"
    yield f"asked:   {plain(item.question)}"
    yield f"said:    {plain(item.answer)}" + (f"  ({item.route}{sure})" if item.route else "")
    if item.correction:
        yield f"right:   {plain(item.correction)}"
    for one in item.feedback:
        thumb = one.thumb or ("" if one.score is None else f"score {one.score:g}")
        words = [thumb, f'"{plain(one.comment, 200)}"' if one.comment else ""]
        if one.correction and plain(one.correction) != plain(item.correction):
            words.append(f"says: {plain(one.correction, 200)}")
        if one.flags:
            words.append(f"[{', '.join(one.flags)}]")
        yield f"  {one.rater}: {' '.join(word for word in words if word)}"
    for problem in item.problems:
        yield f"problem: {EXPLAINED.get(problem, problem)}"
    if item.alike:
        yield f"alike:   {len(item.alike)} more wait; {item.asked} people asked alike"
    if review.content is not None and review.content.reason:
        yield f"reason:  {plain(review.content.reason)}"


def written(plan: Plan | None, why: str = "", *, done: bool = False) -> Iterator[str]:
    """What is written, or why nothing can be."""
    if plan is None:
        if why:
            yield f"not acceptable as it is: {why}"
        return
    verb = "wrote" if done else "writes"
    if plan.messages:
        yield f"{verb} a training row: {plain(plan.messages[-1].content, 200)}"
    if plan.curated:
        yield f"{verb} a curated answer, live in the next message"
    for one in plan.cases:
        kind = "held-out case" if one.held else "case"
        yield f"{verb} a {kind}: {plain(one.line['question'], 200)}"
    if plan.cases:
        line = plan.cases[0].line
        groups = "; ".join(" | ".join(group) for group in line["must"]) or "nothing more"
        yield f"  which asks for {plain(groups)}"
        if line["must_not"]:
            yield f"  and must not say {plain(' | '.join(line['must_not']))}"
    yield from plan.notes


@dataclass
class Draft:
    """What was changed before the decision."""

    phrasings: tuple[str, ...] | None = None
    must: tuple[tuple[str, ...], ...] | None = None

    def of(self, action: Action, **more: str | bool) -> Decision:
        return replace(
            Decision(action, phrasings=self.phrasings, must=self.must),
            **more,  # type: ignore[arg-type]
        )


class Sitting:
    """Holds one at a terminal. `key`, `ask`: how a key and a line are read."""

    def __init__(
        self,
        reviewer: Reviewer,
        screen: Screen,
        author: str,
        key: Callable[[], str] | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> None:
        self._reviewer, self._screen, self._author = reviewer, screen, author
        self._key = key or typer.getchar
        self._ask = ask or _asked
        self._last = ""
        self._skipped: set[str] = set()

    def hold(self) -> None:
        """Until nothing is left, or somebody quits."""
        while (item := self._next()) is not None:
            if not self._look(item):
                return
        self._screen.say("Nothing more waits for a decision.")

    def _next(self) -> QueueItem | None:
        waiting = [one for one in self._reviewer.items() if one.review.id not in self._skipped]
        if waiting:
            self._screen.say("")
            self._screen.say(f"{len(waiting)} to decide.")
        return waiting[0] if waiting else None

    def _look(self, item: QueueItem) -> bool:
        """One item until it is decided or skipped; False: quit."""
        draft = Draft()
        for line in about(item):
            self._screen.say(line)
        self._preview(item, draft)
        while True:
            self._screen.say(f"[{KEYS}]" if item.review.id else "")
            key = self._key().lower()
            if key in ("q", "\x03", "\x04", ""):
                return False
            if key == "s":
                self._skipped.add(item.review.id)
                return True
            if key == "z":
                self._undo()
                return True
            if key == "p":
                draft.phrasings = self._lines("Another way to ask it (empty: no more)")
            elif key == "m":
                lines = self._lines('What it asks for, as "8 pm | 20:00" (empty: no more)')
                groups = (tuple(one.strip() for one in line.split("|")) for line in lines)
                draft.must = tuple(groups) or None
            elif (wanted := self._wanted(key, item, draft)) is not None:
                if self._decide(item, wanted):
                    return True
                continue
            else:
                continue
            self._preview(item, draft)

    def _wanted(self, key: str, item: QueueItem, draft: Draft) -> Decision | None:
        """The decision of a key; None for one that is none."""
        if key == "a":
            return draft.of("accept")
        if key == "c":
            return draft.of("accept", curate=True)
        if key == "d":
            return draft.of("redact")
        if key == "u":
            return draft.of("curate")
        if key == "e":
            return draft.of("edit", answer=self._ask("The right answer"))
        if key == "r":
            return draft.of("reject", reason=self._ask("Why"))
        if key == "t":
            return draft.of(
                "case", question=self._ask("The question in your words (empty: as it is)")
            )
        return None

    def _decide(self, item: QueueItem, wanted: Decision) -> bool:
        """Whether it is over with this one: decided, or somebody else did."""
        try:
            done = self._reviewer.decide(
                item.review.id, wanted, self._author, revision=item.review.revision
            )
        except Conflict as error:
            self._screen.say(str(error))
            if error.code == "question_taken" and self._ask("Replace it? (y/n)").lower() == "y":
                return self._decide(item, replace(wanted, replace=True))
            return error.code in ("stale_review", "decided")
        except ChatwrightError as error:
            self._screen.say(str(error))
            return "not there any more" in error.problem
        self._last = done.review.id
        self._screen.say(f"{done.review.state}.")
        for line in written(done.plan, done=True):
            self._screen.say(line)
        return True

    def _undo(self) -> None:
        if not self._last:
            self._screen.say("Nothing was decided in this sitting.")
            return
        try:
            _, notes = self._reviewer.undo(self._last, self._author)
            self._screen.say("Undone: it waits again.")
            for note in notes:
                self._screen.say(note)
        except ChatwrightError as error:
            self._screen.say(str(error))
        self._last = ""

    def _preview(self, item: QueueItem, draft: Draft) -> None:
        try:
            plan, why = self._reviewer.plan(item, draft.of("accept")), ""
        except ChatwrightError as error:
            plan, why = None, str(error)
        for line in written(plan, why):
            self._screen.say(line)

    def _lines(self, what: str) -> tuple[str, ...]:
        lines = []
        while line := self._ask(what).strip():
            lines.append(line)
        return tuple(lines)


def _asked(what: str) -> str:
    said: str = typer.prompt(what, default="", show_default=False)
    return said
