"""Checks the text of a bot.toml that is not saved yet: every mistake, in a sentence, with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from chatwright.spec.load import in_words
from chatwright.spec.spec import Spec

AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
HEADER = re.compile(r"\s*\[+\s*([\w.\"' -]+?)\s*\]+")
KEY = re.compile(r"\s*([\w\"'-]+)\s*(?:\.\s*([\w\"'-]+)\s*)?=")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong. `line` counts from 1; 0: it is about no single line. `key` is like "bot.name"."""

    line: int
    key: str
    message: str


def check(text: str, folder: Path) -> tuple[Spec | None, list[Mistake]]:
    """The spec that `text` is in the bot's folder; None, and what is wrong, where it is none."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_broken(str(error), text)]
    if "folder" in values:
        return None, [Mistake(line_of(text, ["folder"]), "folder", 'Unknown table "folder".')]
    try:
        return Spec(folder=folder.resolve(), **values), []
    except ValidationError as error:
        found = []
        for one in error.errors():
            place = [str(part) for part in one["loc"]]
            message = in_words(one)
            line = line_of(text, place)
            found.append(Mistake(line, ".".join(place), message[0].upper() + message[1:]))
        return None, sorted(set(found), key=lambda one: (one.line, one.key))


def _broken(message: str, text: str) -> Mistake:
    found = AT_LINE.search(message)
    line = int(found[1] or text.count("\n") + 1) if found else 0
    return Mistake(line, "", f"This is not valid TOML: {AT_LINE.sub('', message)}.")


def line_of(text: str, place: Sequence[str]) -> int:
    """Where the key at `place`, like ["task", "0", "slot", "1", "name"], stands; else the nearest above it; 0:
    nowhere."""
    best, depth = 0, 0
    table: list[str] = []
    seen: dict[str, int] = {}  # of tables in a list, which one it is
    for number, line in enumerate(text.splitlines(), 1):
        if (header := HEADER.match(line)) is not None and "=" not in line.partition("[")[0]:
            names = [part.strip("\"' ") for part in header[1].split(".")]
            if line.lstrip().startswith("[["):
                dotted = ".".join(names)
                seen[dotted] = seen.get(dotted, -1) + 1
            table = _numbered(names, seen)
            here = table
        elif (key := KEY.match(line)) is not None:
            here = table + [part.strip("\"'") for part in key.groups() if part]
        else:
            continue
        if len(here) > depth and list(place[: len(here)]) == here:
            best, depth = number, len(here)
    return best


def _numbered(names: Sequence[str], seen: dict[str, int]) -> list[str]:
    """The place of a table: names, and numbers where it is one of a list."""
    place: list[str] = []
    for at, name in enumerate(names):
        place.append(name)
        number = seen.get(".".join(names[: at + 1]))
        if number is not None:
            place.append(str(number))
    return place
