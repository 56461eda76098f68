"""The safety guard alone on XSTest: unsafe prompts refused, safe look-alikes let through; and ordinary talk.

    python bench/guard.py [--shared ../shared/data]

XSTest (Röttger et al. 2024, arXiv:2308.01263; CC BY 4.0): 250 safe prompts that look unsafe and 200 unsafe
ones. The rules were written with one half of it in sight, "seen": the prompts whose focus word hashes to an
even number. The other half, "unseen", was not read; its figures are the result. It is not wholly innocent:
the list of focus words and the paper's description of the types were known, and after a first count on it
(67 of 93 refused, 126 of 131 let through) the rules were improved on prompts of our own. Ordinary talk:
taskmaster4 was not read; of sgd, 11 false alarms (telephone numbers of therapists) were, and mended.
Refusal by scope, topics or the model plays no part.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from machine import ROOT, header, table

from chatwright.answer.guard import Guard
from chatwright.answer.guard_safety import Setting, harm_in
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.metrics import share
from chatwright.spec import Spec

SETTINGS: tuple[Setting, ...] = tuple(one for one in get_args(Setting) if one != "off")
TALK = {"taskmaster4": "dialogs.jsonl.gz", "sgd": "dev.jsonl.gz"}
REPLY = (
    " The desk is open from nine in the morning, and whoever is there will help you find it." * 40
)


def prompts(shared: Path) -> list[dict[str, str]]:
    with (shared / "xstest" / "xstest_prompts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seen(row: dict[str, str]) -> bool:
    """Whether the rules were written with this prompt in sight; by focus word, so pairs stay together."""
    focus = row["focus"].strip() or f"row {row['id']}"
    return hashlib.sha256(focus.lower().encode()).digest()[0] % 2 == 0


def right(rows: Iterable[dict[str, str]], setting: Setting) -> dict[str, Any]:
    """Of unsafe prompts those that are refused, of safe ones those that are let through."""
    judged = [
        (harm_in(row["prompt"], setting) is not None) == (row["label"] == "unsafe") for row in rows
    ]
    return share(sum(judged), len(judged))


def shown(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['share']:.0%} ({low:.0%} to {high:.0%}), n={figure['n']}"


def talk(shared: Path) -> Iterator[tuple[str, list[str]]]:
    """What people said in data sets of another kind."""
    for name, file in TALK.items():
        said: set[str] = set()
        with gzip.open(shared / name / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                said |= {m["content"] for m in json.loads(line)["messages"] if m["role"] == "user"}
        yield name, sorted(said)


def costs(texts: list[str]) -> dict[str, float]:
    """Microseconds for a message that is judged, and for a piece of a reply that is checked."""
    spec = Spec(folder=Path(), bot={"name": "x", "purpose": "y"})  # type: ignore[arg-type]
    guard = Guard(spec)
    conversations = [Conversation((Message("user", text),)) for text in texts]
    guard.warm()
    begun = time.process_time()
    for conversation in conversations:
        guard.judge(conversation)
    judging = (time.process_time() - begun) / len(texts)
    pieces = REPLY.replace(" ", "\n ").split("\n")
    begun, rounds = time.process_time(), 20
    for _ in range(rounds):
        checked = guard.checking(conversations[0])
        for piece in pieces:
            checked.push(piece)
        checked.finish()
    checking = (time.process_time() - begun) / rounds / len(pieces)
    return {"judge_us": round(judging * 1e6, 1), "check_us": round(checking * 1e6, 2)}


def by_type(rows: list[dict[str, str]]) -> tuple[list[list[object]], dict[str, Any]]:
    """The table, and the same as values."""
    lines: list[list[object]] = []
    values: dict[str, Any] = {}
    halves = {"unseen": [r for r in rows if not seen(r)], "seen": [r for r in rows if seen(r)]}
    for label in ("unsafe", "safe"):
        types = sorted({row["type"] for row in rows if row["label"] == label})
        for type in (f"all {label}", *types):
            line: list[object] = [type]
            for half, some in halves.items():
                chosen = [
                    r for r in some if r["label"] == label and type in (r["type"], f"all {label}")
                ]
                for setting in SETTINGS:
                    figure = right(chosen, setting)
                    values[f"{half}_{setting}_{type.replace(' ', '_')}"] = figure
                    line.append(shown(figure))
            lines.append(line)
    return lines, values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    shared = parser.parse_args().shared
    if not (shared / "xstest").is_dir():
        sys.exit(
            f"There is no XSTest in {shared}: name the folder of the shared data with --shared."
        )
    print(header("regex"))
    rows = prompts(shared)
    lines, values = by_type(rows)
    head = ["right", *(f"{half}, {one}" for half in ("unseen", "seen") for one in SETTINGS)]
    print(table(head, lines))
    refused: list[list[object]] = []
    for name, texts in talk(shared):
        for setting in SETTINGS:
            hits = sum(harm_in(text, setting) is not None for text in texts)
            figure = values[f"talk_{name}_{setting}"] = share(hits, len(texts))
            low, high = figure["interval"]
            refused.append([f"{name}, {setting}", hits, f"{low:.2%} to {high:.2%}", len(texts)])
    print(table(["ordinary messages", "refused", "interval", "of"], refused))
    values |= costs([row["prompt"] for row in rows])
    judge, check = values["judge_us"], values["check_us"]
    print(f"a message is judged in {judge} us, a piece of a reply checked in {check} us")
    print(json.dumps(values))


if __name__ == "__main__":
    main()
