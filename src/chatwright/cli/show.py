"""What a terminal shows: lines, bars and plots for people, one JSON object for machines."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from chatwright.core.progress import LINES, Lines, Progress, Silent

Folder = Annotated[Path, typer.Argument(help="The bot folder.", show_default=True)]
Bot = Annotated[Path, typer.Option("--bot", help="The bot folder.")]  # of groups of verbs
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


class Screen:
    """Implements `core.progress.Progress`. With `machine` nothing but the final object is printed;
    whoever asks for it by `LINES` reads on standard error how far it is."""

    def __init__(self, machine: bool = False) -> None:
        self.machine = machine
        self.console = Console(stderr=machine, highlight=False, soft_wrap=True)
        told = machine and os.environ.get(LINES) == "lines"
        self._told: Progress = Lines(sys.stderr) if told else Silent()
        self._bars: Bars | None = None
        self._live: Live | None = None
        self._below = Text()
        self._task: TaskID | None = None
        self._what = ""

    def say(self, line: str) -> None:
        self._told.say(line)
        if not self.machine:
            self.console.print(line, markup=False)

    def rows(
        self, head: Sequence[str], rows: Sequence[Sequence[object]], whole: Collection[str] = ()
    ) -> None:
        """A table; the columns `whole` are never broken where it is wider than the terminal."""
        if self.machine:
            return
        between = 1 if len(head) > 8 else 2
        table = Table(box=None, padding=(0, between, 0, 0), pad_edge=False, header_style="bold")
        for name in head:
            table.add_column(name, no_wrap=name in whole)
        for row in rows:
            table.add_row(*(str(cell) for cell in row))
        self.console.print(table)

    def draw(self, text: Text) -> None:
        """Text with colours of its own."""
        if not self.machine:
            self.console.print(text)

    def result(self, values: dict[str, Any]) -> None:
        """The final object, in machine mode."""
        if self.machine:
            print(json.dumps(values, ensure_ascii=False))

    def start(self, what: str, total: int | None = None) -> None:
        self.stop()
        self._told.start(what, total)
        self._what = what
        if not self.console.is_terminal:
            if not self.machine:
                self.console.print(f"{what} ...", markup=False)
            return
        counted = [MofNCompleteColumn(), TimeRemainingColumn()] if total else []
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            *([BarColumn(bar_width=32)] if total else []),
            *counted,
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}", style="dim"),
            console=self.console,
        )
        self._below = Text(overflow="ellipsis", no_wrap=True)
        self._live = Live(
            Group(self._bars, self._below),
            console=self.console,
            transient=True,
            refresh_per_second=8,
        )
        self._live.start()
        self._task = self._bars.add_task(what, total=total, note="")

    def advance(self, done: int, note: str = "") -> None:
        self._told.advance(done, note)
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, completed=done, note=note)

    def show(self, lines: Sequence[str]) -> None:
        self._below.plain = "\n".join(lines)

    def stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = self._bars = self._task = None


def plot(values: Sequence[float], width: int = 60, height: int = 8) -> list[str]:
    """A line chart of `values` in text, smoothed to `width` columns."""
    if len(values) < 2:
        return []
    width = min(width, len(values))
    edges = [round(i * len(values) / width) for i in range(width + 1)]
    columns = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges) if b > a]
    low, high = min(columns), max(columns)
    span = (high - low) or 1.0
    levels = [round((value - low) / span * (height * 4 - 1)) for value in columns]
    lines = []
    for row in reversed(range(height)):
        cells = "".join("⡀⠄⠂⠁"[level % 4] if level // 4 == row else " " for level in levels)
        label = f"{low + span * (row + 0.5) / height:7.2f} ┤"
        lines.append(label + cells)
    return lines


WORDS = re.compile(
    r"[^\W\u2e80-\uffff]+|\s|.", re.DOTALL
)  # a character of Chinese or Japanese is one
SEEN = {
    " ": "\u00b7",
    "\n": "\u21b5\n",
    "\t": "\u2192",
}  # how a space looks that was added or removed
AROUND = 12  # equal words shown before and after a change


def difference(before: str, after: str, colours: bool) -> Text:
    """What became of `before`, word by word: removed and added in colour, or in [-brackets-] {+each+}."""
    a, b = WORDS.findall(before), WORDS.findall(after)
    text = Text()
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            text.append("".join(_shortened(a[i:j], i == 0, j == len(a))))
            continue
        for words, style, marks in ((a[i:j], "red strike", "[--]"), (b[k:m], "green bold", "{++}")):
            if words:
                said = "".join(map(_seen, words))
                text.append(said if colours else marks[:2] + said + marks[2:], style)
    return text


def _shortened(words: list[str], first: bool, last: bool) -> list[str]:
    """Long stretches that are equal are left out, except around a change."""
    if len(words) <= 4 * AROUND:
        return words
    head, tail = [] if first else words[:AROUND], [] if last else words[-AROUND:]
    return [*head, " ... ", *tail]


def _seen(word: str) -> str:
    if word in SEEN:
        return SEEN[word]
    return word if word.isprintable() else word.encode("unicode_escape").decode()
