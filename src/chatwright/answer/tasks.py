"""Tasks: values that are asked for one by one, confirmed, and acted upon, as `[[task]]` of bot.toml says.

    Tasks(spec).step(conversation)    -> Step: what to say, or an action to run; None: no task concerns it

All of the state is in the conversation: the bot's own questions are known again in it, and what people said
is read anew. So a client that sends its own history, an edit and a branch need nothing more, and only what
somebody saw and said yes to is ever acted upon: a "yes" counts where the message before it is, word for word,
the confirmation of the values that would be sent. Runs nothing itself (`webhooks.py`), and asks no model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import product
from typing import Literal

from chatwright.answer import dates as calendar
from chatwright.answer.skill_words import asks, said, says, speaks, text_of, wonders
from chatwright.answer.slots import Data, Taken, Value, named_in, taken
from chatwright.answer.task_texts import TaskTexts
from chatwright.answer.wishes import Wishes
from chatwright.core.types import Conversation, Mark, Message
from chatwright.spec import Spec
from chatwright.spec.skills import Slot, Task

LIKE = 0.6  # to an example, from which on a task begins
SURE = 0.85  # ... where the message rather asks for something to be told
FAR = 0.15  # below it, values that are said along are not the reason
FEW = 3  # tasks that are looked at more closely
TRIES = 3  # useless answers to one question
TAIL = 80  # messages that are looked back at
WAYS = 4  # in which dates that were shown are tried
ASKED = 120  # characters: what is longer and was asked for as a text is no question
LOST = 3  # replies in a row that are no task's, after which none goes on
CONFIRM, CHANGE = "?confirm", "?change"  # what is asked besides slots


Likeness = Callable[[str], Mapping[str, float]]  # a message -> of each task, by name: 0 to 1


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done: `values` as a webhook gets them. `occurrence` counts how often the task was done
    in this conversation before."""

    task: Task
    values: Mapping[str, Data]
    shown: Mapping[str, str]
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What is said next. `answer_first`: the message is answered as any other, and `text` follows; with an
    `action` the text is that of its outcome (`Tasks.outcome`)."""

    task: Task
    text: str = ""
    answer_first: bool = False
    action: Action | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a task is: what is known, and what was asked last."""

    task: Task
    values: Mapping[str, Value] = field(default_factory=dict)
    asking: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that a message may want."""

    task: Task
    likeness: float


def local_now() -> datetime:
    return datetime.now().astimezone()


class Tasks:
    """The tasks of one bot. `likeness` and `threshold` say what wants one, `clock` what day it is."""

    def __init__(
        self,
        spec: Spec,
        likeness: Likeness | None = None,
        *,
        threshold: float = LIKE,
        clock: Callable[[], datetime] = local_now,
    ) -> None:
        self._tasks = {task.name: task for task in spec.task}
        self._likeness = likeness or Wishes(spec.task)
        self._threshold = threshold
        self._clock = clock
        self._handover = spec.guard.handover
        self._language = speaks(spec.bot.languages)
        self._texts = {
            task.name: TaskTexts(task, self._language, spec.webhook) for task in spec.task
        }

    def __bool__(self) -> bool:
        return bool(self._tasks)

    def step(self, conversation: Conversation) -> Step | None:
        """What the last message, the user's, leads to."""
        messages = [m for m in conversation.messages if m.role in ("user", "assistant")]
        if not self._tasks or not messages or messages[-1].role != "user":
            return None
        today = self._clock().date()
        state = self._replayed(messages[:-1], today)
        _, step = self._turn(state, messages[-1].content, today, {})
        if step is None or step.action is None:
            return step
        count = self._texts[step.task.name].times_done(messages)
        return replace(step, action=replace(step.action, occurrence=count))

    def wanted(self, text: str) -> list[Wanted]:
        """The tasks that `text` may want, the likeliest first, each with its likeness from 0 to 1: of all the
        text, or of what is left of it without the values that are said along with it."""
        today = self._clock().date()
        scores = dict(self._likeness(text))
        likeliest = sorted(scores, key=lambda name: -scores[name])[:FEW]
        for name in likeliest:
            if FAR < scores[name] < 1:
                rest = taken(self._tasks[name], text, None, {}, today, self._language).rest
                scores[name] = max(scores[name], self._likeness(rest).get(name, 0.0))
        found = [Wanted(task, scores.get(name, 0.0)) for name, task in self._tasks.items()]
        return sorted(found, key=lambda one: -one.likeness)

    def outcome(
        self, action: Action, kind: Literal["done", "failed", "unclear"], result: Mapping[str, str]
    ) -> str:
        """What is said of an action: `result` are the webhook's values, as people read them."""
        return self._texts[action.task.name].outcome(kind, {**action.shown, **result})

    # --- where a conversation is ---

    def _replayed(self, messages: Sequence[Message], today: date) -> State | None:
        """The state behind `messages`, from what was said alone."""
        lately = [m.content for m in messages if m.role == "assistant"][-LOST:]
        if not any(self._asked_in(text) for text in lately):
            return None
        state: State | None = None
        lost = 0
        for asked, reply in _exchanges(messages[-TAIL:]):
            known = self._asked_in(reply)
            lost = 0 if known else lost + 1
            if state is None and not known:
                continue
            after, step = self._turn(state, asked, today, {})
            state = self._settled(state, after, step, asked, reply, today)
            if lost >= LOST:
                state = None
        return state

    def _settled(
        self,
        before: State | None,
        after: State | None,
        step: Step | None,
        asked: str,
        reply: str,
        today: date,
    ) -> State | None:
        """The state behind an exchange, given what the task would have said and what the bot did say."""
        if step is not None and after is None and self._texts[step.task.name].ended(reply):
            return None
        if step is not None and _ends(reply, step.text):
            return after
        if after is not None and (fixed := self._as_shown(before, after, asked, reply, today)):
            return fixed
        known = self._asked_in(reply)
        if after is not None and (after.task.name, CONFIRM) in known:
            return replace(after, asking=CHANGE)  # other values than these were shown: ask again
        if before is None or known:  # a history that was cut, or the question is another by now
            return self._recovered(before, reply)
        return before  # the guard declined, or the reply failed: nothing has happened

    def _as_shown(
        self, before: State | None, after: State, asked: str, reply: str, today: date
    ) -> State | None:
        """The state where "tomorrow" was said on another day: its date is the one that the bot showed then."""
        old = before.values if before is not None and before.task is after.task else {}
        moved = [s for s, value in after.values.items() if value.clock and old.get(s) != value]
        shown = {p.value for p in calendar.dates(reply, today, self._language) if not p.clock}
        days = [day for day in shown if isinstance(day, date)]
        if not moved or not days or len(days) ** len(moved) > WAYS:
            return None
        for choice in product(days, repeat=len(moved)):
            again, step = self._turn(before, asked, today, dict(zip(moved, choice, strict=True)))
            if step is not None and _ends(reply, step.text):
                return again
        return None

    def _recovered(self, before: State | None, reply: str) -> State | None:
        """The state that a question of ours tells of, where nothing else does."""
        found = [place for place in self._asked_in(reply) if place[1] not in (CONFIRM, CHANGE)]
        if before is not None:
            found = [place for place in found if place[0] == before.task.name] or found
            if len(found) == 1 and found[0][0] == before.task.name:
                return replace(before, asking=found[0][1])
        return State(self._tasks[found[0][0]], {}, found[0][1]) if len(found) == 1 else None

    def _asked_in(self, reply: str) -> list[tuple[str, str]]:
        """Task and slot of each question that `reply` ends with."""
        return [(name, what) for name, texts in self._texts.items() for what in texts.asked(reply)]

    # --- one message ---

    def _turn(
        self, state: State | None, text: str, today: date, fixed: Mapping[str, date]
    ) -> tuple[State | None, Step | None]:
        """The state behind a message, and what is said to it. `fixed`: dates that are known from elsewhere."""
        if state is None:
            return self._begun(text, today, fixed)
        if says("cancel", text):
            return None, Step(state.task, self._say("cancelled"))
        if state.asking in (CONFIRM, CHANGE):
            return self._at_confirmation(state, text, today, fixed)
        slot = next(one for one in state.task.ask if one.slot == state.asking)
        if wonders(text) if slot.type != "text" else asks(text) and len(text) <= ASKED:
            return state, Step(state.task, slot.question, answer_first=True)
        found = self._taken(state, text, slot, today, fixed)
        if slot.slot in found.values:
            return self._next(replace(state, values={**state.values, **found.values}), found, slot)
        if asks(text):
            return state, Step(state.task, slot.question, answer_first=True)
        if not found.values and (wanted := self._wants(text)) is not None:
            if wanted is not state.task:
                return self._begun(text, today, fixed)
            return state, Step(state.task, slot.question)
        if found.values:  # "wait, four people": something else is changed meanwhile
            noted = self._texts[state.task.name].noted(found.values)
            state = replace(state, values={**state.values, **found.values})
            return state, Step(state.task, _joined(noted, slot.question))
        return self._again(state, found.problem, slot.question)

    def _begun(
        self, text: str, today: date, fixed: Mapping[str, date]
    ) -> tuple[State | None, Step | None]:
        task = self._wants(text)
        if task is None:
            return None, None
        state = State(task)
        found = self._taken(state, text, None, today, fixed)
        return self._next(replace(state, values=found.values), found, None)

    def _wants(self, text: str) -> Task | None:
        best = next(iter(self.wanted(text)), None)
        if best is None:
            return None
        enough = best.task.likeness or self._threshold
        if wonders(text):  # "How do I book a room?" asks for words, not for a room
            enough = max(enough, SURE)
        return best.task if best.likeness >= enough else None

    def _at_confirmation(
        self, state: State, text: str, today: date, fixed: Mapping[str, date]
    ) -> tuple[State | None, Step | None]:
        task, texts = state.task, self._texts[state.task.name]
        shown, problem = texts.confirmation(state.values), ""
        if says("yes", text):
            return self._finished(state) if state.asking == CONFIRM else self._confirming(state)
        if says("no", text):
            if state.asking == CHANGE:
                return self._confirming(state)
            return replace(state, asking=CHANGE), Step(task, self._say("change"))
        if not wonders(text):
            found = self._taken(state, text, None, today, fixed, changing=True)
            old = {name: value.data for name, value in state.values.items()}
            new = {s: v for s, v in found.values.items() if v.data != old.get(s)}
            if new:
                return self._confirming(replace(state, values={**state.values, **new}, tries=0))
            problem = found.problem
            named = named_in(task, text)
            if len(named) == 1 and not asks(text):
                return self._asked_anew(state, named[0], problem)
        if asks(text):
            return replace(state, asking=CONFIRM), Step(task, shown, answer_first=True)
        problem = problem or self._say("yes_or_no")
        return self._again(replace(state, asking=CONFIRM), problem, shown)

    def _asked_anew(
        self, state: State, slot: Slot, problem: str
    ) -> tuple[State | None, Step | None]:
        """Somebody wants another value and does not say which, or says one that cannot be."""
        known = {name: value for name, value in state.values.items() if name != slot.slot}
        after = replace(state, values=known, asking=slot.slot, tries=0)
        return after, Step(state.task, _joined(problem, slot.question))

    def _next(
        self, state: State, found: Taken, asked: Slot | None
    ) -> tuple[State | None, Step | None]:
        """On to the next question, or to the end."""
        texts = self._texts[state.task.name]
        state = replace(state, tries=0)
        missing = next((one for one in state.task.ask if one.slot not in state.values), None)
        if missing is None:
            return self._confirming(state) if texts.confirms else self._finished(state)
        alone = [s for s, v in found.values.items() if v.clock or asked is None or s != asked.slot]
        noted = texts.noted({name: found.values[name] for name in alone})
        return replace(state, asking=missing.slot), Step(
            state.task, _joined(noted, missing.question)
        )

    def _confirming(self, state: State) -> tuple[State, Step]:
        text = self._texts[state.task.name].confirmation(state.values)
        return replace(state, asking=CONFIRM), Step(state.task, text)

    def _finished(self, state: State) -> tuple[None, Step]:
        task, values = state.task, state.values
        shown = {name: value.shown for name, value in values.items()}
        if task.then.answer:
            return None, Step(task, self._texts[task.name].answer(shown))
        data = {one.slot: values[one.slot].data for one in task.ask}
        return None, Step(task, action=Action(task, data, shown))

    def _again(self, state: State, problem: str, question: str) -> tuple[State | None, Step | None]:
        """What was said is no answer: say why and ask once more, but not for ever."""
        state = replace(state, tries=state.tries + 1)
        if state.tries < TRIES:
            return state, Step(state.task, _joined(problem, question))
        text = _joined(self._say("given_up"), self._handover)
        return None, Step(state.task, text, mark="handover" if self._handover else None)

    def _taken(
        self,
        state: State,
        text: str,
        slot: Slot | None,
        today: date,
        fixed: Mapping[str, date],
        *,
        changing: bool = False,
    ) -> Taken:
        found = taken(
            state.task, text, slot, state.values, today, self._language, changing=changing
        )
        values = {
            name: self._dated(fixed[name]) if name in fixed and value.clock else value
            for name, value in found.values.items()
        }
        return replace(found, values=values)

    def _dated(self, day: date) -> Value:
        return Value(day.isoformat(), calendar.shown_date(day, self._language), clock=True)

    def _say(self, name: str) -> str:
        return text_of(self._language, name)


def _exchanges(messages: Sequence[Message]) -> Iterator[tuple[str, str]]:
    """What was said and what was replied to it. What nobody replied to has led to nothing."""
    asked = ""
    for message in messages:
        if message.role == "user":
            asked = message.content
        else:
            yield asked, message.content
            asked = ""


def _ends(reply: str, text: str) -> bool:
    return bool(text) and said(reply).endswith(said(text))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
