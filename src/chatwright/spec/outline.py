"""A new bot's folder and the text of its `bot.toml`: purpose and scope first, everything else by default.

It makes the first text and knows when nobody has changed it since; it edits no file of an owner's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chatwright.core.files import write_atomic
from chatwright.spec.load import FILE

PARTS = ("data", "knowledge", "tests")


@dataclass(frozen=True, slots=True)
class Outline:
    """What a new bot is asked for."""

    name: str
    title: str
    purpose: str
    topics: tuple[str, ...] = ()
    declines: tuple[str, ...] = ()
    minutes: float = 3.0
    hosted: str = ""  # the hosted model that answers
    retrieval: bool = False  # no model: documents alone

    def text(self) -> str:
        """The text of its bot.toml."""
        lines = [
            "# Every key that may stand here, with its default, is in docs/bot-toml.md.",
            "",
            "[bot]",
            f"name = {_quote(self.name)}",
            f"title = {_quote(self.title)}",
            f"purpose = {_quote(self.purpose)}",
            "",
            "[scope]",
            f"topics = {_list(self.topics)}",
            f"declines = {_list(self.declines)}",
            "",
        ]
        if self.hosted:
            said = instructions(self.purpose, self.topics, self.declines)
            lines += ["[model]", 'kind = "hosted"', f"hosted_model = {_quote(self.hosted)}"]
            lines += [f"system_prompt = {_quote(said)}", ""]
        elif self.retrieval:
            lines += ["[model]", 'kind = "retrieval"', ""]
        else:
            lines += ["[training]", f"minutes = {self.minutes}", ""]
        return "\n".join(lines)


def begin(folder: Path, outline: Outline) -> None:
    """Write `bot.toml` and make the folders beside it."""
    write_atomic(folder / FILE, outline.text())
    for part in PARTS:
        (folder / part).mkdir(exist_ok=True)


def name_for(folder: Path) -> str:
    """A bot's name from its folder's."""
    found = re.sub(r"[^a-z0-9_-]+", "-", folder.resolve().name.lower()).strip("-_")
    return found[:63].strip("-_") or "bot"


def instructions(purpose: str, topics: Sequence[str], declines: Sequence[str]) -> str:
    """What a hosted model is told first, which has not learned its task."""
    said = purpose + (f" You answer about: {', '.join(topics)}." if topics else "")
    return said + (f" You politely decline: {', '.join(declines)}." if declines else "")


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quote, items)) + "]"
