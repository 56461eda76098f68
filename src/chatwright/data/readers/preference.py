"""Preference pairs: `{"prompt", "chosen", "rejected"}`, the prompt given or implied.

The better side becomes the conversation, the worse reply goes to `Conversation.rejected`. Read are
TRL's standard and conversational shapes, LLaMA-Factory's (`conversations` and two messages),
OpenAI's (`input`, `preferred_output`, `non_preferred_output`), and two transcripts of
"Human: ... Assistant: ...". Where the sides part before their last message, both are cut there:
only that reply was compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chatwright.core.types import Conversation, Message
from chatwright.data.readers.records import BadRow, message, record_reader, shared, turns
from chatwright.data.readers.source import Source

SPEAKER = re.compile(r"(?:\A|\n\n)(Human|User|Assistant): ?")
NAMES = (("chosen", "rejected"), ("preferred_output", "non_preferred_output"))


def fits(record: Mapping[str, Any]) -> bool:
    return any(better in record and worse in record for better, worse in NAMES)


def convert(row: dict[str, Any], source: Source, position: int) -> Conversation:
    better, worse = next((pair for pair in NAMES if pair[0] in row), NAMES[0])
    prompt = _prompt(row)
    good, bad = _sides(prompt, row.get(better), row.get(worse))
    same = shared(good, bad)
    if same == len(good) == len(bad):
        raise BadRow("the chosen and the rejected reply are the same")
    if same in (len(good), len(bad)) or {good[same].role, bad[same].role} != {"assistant"}:
        raise BadRow("chosen and rejected do not part at a reply")
    return Conversation(
        tuple(good[: same + 1]),
        provenance=source.at(position, row.get("id")),
        rejected=bad[same].content,
    )


def _prompt(row: dict[str, Any]) -> list[Message]:
    given = row.get("prompt", row.get("conversations", row.get("input")))
    if isinstance(given, dict):  # OpenAI's
        given = given.get("messages")
    said = _transcript(given) or turns(given, "user")
    return [*turns(row.get("system"), "system"), *said]


def _sides(
    prompt: list[Message], better: object, worse: object
) -> tuple[list[Message], list[Message]]:
    sides = [_transcript(side) or turns(side, "assistant") for side in (better, worse)]
    if not all(sides):
        raise BadRow("a side of the pair is empty")
    if all(side[0].role != "assistant" for side in sides):  # each tells the whole conversation
        system = [m for m in prompt if m.role == "system" and m not in sides[0]]
        return [*system, *sides[0]], [*system, *sides[1]]
    if any(m.role == "user" for m in prompt):
        return [*prompt, *sides[0]], [*prompt, *sides[1]]
    if isinstance(better, str) and isinstance(worse, str):
        return _implied(better, worse)
    raise BadRow("no prompt")


def _implied(better: str, worse: str) -> tuple[list[Message], list[Message]]:
    """TRL's implicit prompt: what both texts begin with, up to a space."""
    end = better[: shared(better, worse)].rfind(" ")
    if end <= 0:
        raise BadRow("no prompt")
    asked = Message("user", better[:end])
    return [asked, Message("assistant", better[end:])], [asked, Message("assistant", worse[end:])]


def _transcript(value: object) -> list[Message]:
    """The turns of "Human: ... Assistant: ..."; none where a text is not of that kind."""
    if not isinstance(value, str) or not SPEAKER.match(value):
        return []
    pieces = SPEAKER.split(value)[1:]
    said = [message(who, what.strip()) for who, what in zip(pieces[::2], pieces[1::2], strict=True)]
    return said[:-1] if said and not said[-1].content else said  # a prompt may end in "Assistant:"


READER = record_reader("preference", fits, convert)
