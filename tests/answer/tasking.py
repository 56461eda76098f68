"""A task of a library for tests, and somebody who talks with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from chatwright.answer.tasks import Step, Tasks
from chatwright.core.types import Conversation, Message
from chatwright.spec import Spec

SLOTS: list[dict[str, Any]] = [
    {"slot": "date", "question": "Which day?", "type": "date"},
    {"slot": "people", "question": "How many people?", "type": "number", "min": 1, "max": 8},
    {"slot": "email", "question": "Your e-mail?", "type": "email"},
    {
        "slot": "kind",
        "question": "Quiet or group?",
        "type": "choice",
        "options": ["quiet", "group"],
    },
]
TASK: dict[str, Any] = {
    "name": "room-booking",
    "about": "Booking a study room",
    "examples": ["I want to book a room", "reserve a study room"],
    "ask": SLOTS,
    "confirm": "Shall I book a {kind} room for {people} people on {date}?",
    "then": {"webhook": "book"},
    "done": "Booked. Your number is {reference}.",
    "failed": "I could not book it now. The desk can: 555-0142.",
}
CALL: dict[str, Any] = {
    "name": "task-call",
    "about": "Being called back",
    "examples": ["Please call me back", "I want a call"],
    "ask": [
        {"slot": "phone", "question": "Which number?", "type": "phone"},
        {"slot": "topic", "question": "What is it about?"},
    ],
    "then": {"answer": "We will call {phone} about: {topic}."},
}
HOOK: dict[str, Any] = {
    "name": "book",
    "url": "https://desk.example/book",
    "result": {"reference": "string"},
}
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)  # a Saturday


def a_spec(folder: Path = Path(), **tables: Any) -> Spec:
    values: dict[str, Any] = {
        "folder": folder,
        "bot": {"name": "library", "purpose": "Help readers."},
        "guard": {"handover": "Anna will write to you."},
        "task": [TASK, CALL],
        "webhook": [HOOK],
    }
    return Spec.model_validate(values | tables)


class Talk:
    """Keeps a conversation as a client does: what was said, and nothing else."""

    def __init__(self, spec: Spec | None = None, now: datetime = NOON, **more: Any) -> None:
        self.now = now
        self.tasks = Tasks(spec or a_spec(), clock=lambda: self.now, **more)
        self.messages: list[Message] = []
        self.step: Step | None = None
        self.ran: list[dict[str, Any]] = []

    def say(self, text: str, reply: str | None = None) -> str:
        """What the bot replies; or `reply`, whatever the task would have said."""
        self.messages.append(Message("user", text))
        self.step = step = self.tasks.step(Conversation(tuple(self.messages)))
        if step is None:
            said = "(answer)"
        elif step.action is not None:
            self.ran.append(dict(step.action.values))
            said = self.tasks.outcome(step.action, "done", {"reference": "R-17"})
        else:
            said = f"(answer)\n\n{step.text}" if step.answer_first else step.text
        self.messages.append(Message("assistant", said if reply is None else reply))
        return said

    def all(self, *texts: str) -> str:
        """The last reply to several messages."""
        return [self.say(text) for text in texts][-1]

    def days_pass(self, days: float = 1) -> None:
        self.now += timedelta(days)
