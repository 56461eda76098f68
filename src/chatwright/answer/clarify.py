"""Clarifying questions: "Do you mean A or B?", and which of them the next message chooses.

    question_for(["Opening hours", "Renewing a book"], "en")    what is asked
    resolve(conversation)                                       -> Choice, from the conversation alone; or None

Whoever answers (the router) finds the candidates again from `Choice.question`, by their labels. It decides
nothing about confidence, and understands a choice by place, number, words or likeness, not by meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from chatwright.answer.guard_topics import Examples
from chatwright.answer.skill_words import TEXTS, asks, said, says, speaks, text_of
from chatwright.answer.slots import meant, plain
from chatwright.core.types import Conversation

LABEL = 120  # characters
LIKE = 0.35  # of a paraphrase to a label ...
CLEARER = 0.15  # ... and so much more than to the next one
QUOTED = regex.compile("“([^“”]+)”")
FORMS = tuple(
    regex.compile(
        regex.escape(said(table["clarify"].replace("{options}", "@")), literal_spaces=True).replace(
            "@", "(?P<options>“[^“”]+”(?:.{1,12}?“[^“”]+”)+)"
        )
    )
    for table in TEXTS.values()
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked at first, what could be chosen, and what was: its place, or None for none of them."""

    question: str
    options: tuple[str, ...]
    chosen: int | None

    @property
    def label(self) -> str | None:
        return None if self.chosen is None else self.options[self.chosen]


def label_of(text: str) -> str:
    """`text` as an option: on one line, short, without quotes or a sign at its end."""
    shown = plain(said(text)).replace("“", "").replace("”", "").strip(" .?!:;,。？！")
    return shown if len(shown) <= LABEL else shown[: LABEL - 1].rstrip() + "…"


def question_for(options: Sequence[str], language: str) -> str:
    """Asks which of two or three `options` is meant; the first of them is best."""
    labels = list(dict.fromkeys(label_of(option) for option in options))
    assert len(labels) >= 2 and all(labels), "options that differ, each with words"
    language = speaks((language,))
    quoted = [f"“{label}”" for label in labels]
    listed = text_of(language, "and").join(quoted[:-1]) + text_of(language, "or") + quoted[-1]
    return text_of(language, "clarify").replace("{options}", listed)


def neither(language: str) -> str:
    """What is said to somebody who means none of them."""
    return text_of(speaks((language,)), "neither")


def resolve(conversation: Conversation) -> Choice | None:
    """What the last message chooses; None where nothing was to be clarified, or it speaks of something else."""
    messages = [m for m in conversation.messages if m.role in ("user", "assistant")]
    if len(messages) < 3 or [m.role for m in messages[-3:]] != ["user", "assistant", "user"]:
        return None
    asked, reply, answer = (message.content for message in messages[-3:])
    options = asked_in(reply)
    if not options:
        return None
    if says("neither", answer):
        return Choice(asked, options, None)
    chosen = meant(options, answer)
    if chosen is None:
        chosen = _likest(options, answer)
    return None if chosen is None else Choice(asked, options, chosen)


def asked_in(reply: str) -> tuple[str, ...]:
    """The options of a clarifying question that is all of `reply`."""
    text = said(reply)
    if len(text) > 1_000:
        return ()
    for form in FORMS:
        if found := form.fullmatch(text):
            return tuple(QUOTED.findall(found["options"]))
    return ()


def _likest(options: tuple[str, ...], answer: str) -> int | None:
    """The option whose words an answer has, when it is clearly one of them. A long question is a new one."""
    likeness = sorted(
        ((Examples([option]).like(answer), place) for place, option in enumerate(options)),
        reverse=True,
    )
    (best, place), (second, _) = likeness[:2]
    enough = LIKE + (CLEARER if asks(answer) else 0.0)
    return place if best >= enough and best - second >= CLEARER else None
