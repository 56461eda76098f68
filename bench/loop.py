"""The whole loop on the example: from thumbs-down to a better model, with a test that could have said no.

    python bench/loop.py [BOT] [--seed 0] [--tokens 0]      # or: make loop

**The users are simulated**, and so is the reviewer; everything else is real: the server and its HTTP API, the
store, the review, `chatwright improve` with its training and gate, the release that is promoted and served.

Ten facts of the library change (examples/library/changes/changes.toml), and nobody tells the bot. People ask,
give a thumb down where the answer is out of date, and write what is right, in their words: five corrections
a fact at most. Others err, write beside the point, or lie. A reviewer who knows what is true accepts, edits or
rejects; the first correction of each fact becomes a curated answer at once. Then `chatwright improve` runs.
What counts is a hundred questions that neither simulation nor training has seen (held_out.jsonl), asked
before and after, of the whole bot over HTTP and of its weights alone, and all other test cases, paired.

BOT has a promoted release, which is copied and not changed; without one the copy is trained first
(`train_minutes`, apart from `minutes`). With `--tokens` the training has a fixed length, however busy the
machine is. The last line is JSON. It ends by itself: 25 minutes at the most.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import machine
from loop_measure import Memory, Stage, figures, http_answers, shown, weights_answers
from loop_people import Population, Topic, review, topics
from served import served

from chatwright.evaluation.cases import Case, load_cases
from chatwright.release.registry import Registry
from chatwright.spec import load_spec

AWAY = ("store.db*", "logs", "live", "harvest", "improve", "secret", "reports")
LIVE = 30.0  # seconds until a curated answer or a swap must be seen
LONGEST = 1500.0  # seconds of everything


def copied(bot: Path, place: Path) -> Path:
    """The bot without what its own users left; one machine plays all users, so its address is not limited."""
    folder = place / "bot"
    made = shutil.ignore_patterns(*AWAY)
    shutil.copytree(bot, folder, ignore=made)
    return folder


def settings(folder: Path, tokens: int) -> None:
    path = folder / "bot.toml"
    text = path.read_text("utf-8")
    if tokens:
        text = text.replace("[training]\n", f"[training]\ntokens = {tokens}\n", 1)
    path.write_text(text + "\n[limits]\nvisitor_writes_per_minute = 0\n", "utf-8")


def ran(*arguments: str) -> dict[str, Any]:
    """The result of a verb, run as a process; what it tells goes to the screen."""
    command = [sys.executable, "-m", "chatwright.cli", *arguments, "--json"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, timeout=LONGEST)
    if done.returncode:
        raise SystemExit(f"`chatwright {arguments[0]}` ended with {done.returncode}.")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def current(folder: Path) -> str | None:
    found = Registry(load_spec(folder)).deployment()
    return found.release if found else None


def measured(folder: Path, address: str, held: list[Case], others: list[Case]) -> Stage:
    return Stage(
        http_answers(address, held),
        weights_answers(folder, held),
        http_answers(address, others),
        weights_answers(folder, others),
    )


def outdated_removed(folder: Path, found: list[Topic]) -> list[Case]:
    """The owner takes out the cases that ask for what is no longer true; the rest stay as they are."""
    path = folder / "tests" / "cases.jsonl"
    gone = {id for topic in found for id in topic.outdated}
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    kept = [line for line in lines if json.loads(line)["id"] not in gone]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return load_cases(path)


def live_after(address: str, question: str, now: tuple[str, ...]) -> float:
    """Seconds until the next message shows a correction."""
    began = time.monotonic()
    with httpx.Client(base_url=address, timeout=LIVE) as client:
        model = client.get("/v1/models").json()["data"][0]["id"]
        body = {"model": model, "messages": [{"role": "user", "content": question}]}
        while (took := time.monotonic() - began) < LIVE:
            reply = client.post("/v1/chat/completions", json=body).raise_for_status().json()
            if any(one in reply["choices"][0]["message"]["content"] for one in now):
                return time.monotonic() - began
            time.sleep(0.05)
    return took


def swapped(address: str, release: str | None) -> float:
    """Seconds until the server answers with another release."""
    began = time.monotonic()
    with httpx.Client(base_url=address, timeout=LIVE) as client:
        while (took := time.monotonic() - began) < LIVE:
            if client.get("/api/bot").json()["release"] == release:
                break
            time.sleep(0.2)
    return took


def turn(folder: Path, bot: Path, seed: int) -> dict[str, Any]:
    """Everything, on a copy with a promoted release."""
    changes = bot / "changes"
    found = topics(changes / "changes.toml")
    others, before_id = outdated_removed(folder, found), current(folder)
    held = load_cases(changes / "held_out.jsonl")  # the simulation is given `found` alone
    with Memory() as memory, served(folder) as address:
        before = measured(folder, address, held, others)
        shown("before", held, before.held, before.held_weights)
        began = time.monotonic()
        population = Population(address, found, seed)
        said = population.live()
        print(said)
        live = review(folder, found, lambda ask, now: live_after(address, ask, now))
        print(live)
        improved = ran("improve", str(folder))
        print(f"improve: {improved['state']}: {improved['said']}")
        waited = swapped(address, current(folder))
        minutes = (time.monotonic() - began) / 60
        after = measured(folder, address, held, others)
        shown("after", held, after.held, after.held_weights)
    swap = {"swap_s": round(waited, 2), "promoted": current(folder) != before_id}
    result: dict[str, Any] = figures(before, after, held) | {
        "minutes": round(minutes, 2),
        "curated_live_s": round(max(live.seconds, default=0.0), 2),
        "curated_n": len(live.seconds),
        "memory_mb": memory.peak,
        "improve": improved["state"],
        "corrections": live.accepted,
        "rejected": live.rejected,
    }
    result |= swap
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bot", type=Path, nargs="?", default=machine.ROOT / "examples" / "library")
    parser.add_argument("--changes", type=Path, default=machine.ROOT / "examples" / "library")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=0, help="of the training; 0: by its minutes")
    arguments = parser.parse_args()
    print(machine.header())
    print(
        "SIMULATION: the users and the reviewer below are a program with a seed, nobody's real words."
    )
    with tempfile.TemporaryDirectory() as place:
        folder = copied(arguments.bot, Path(place))
        settings(folder, arguments.tokens)
        began = time.monotonic()
        if current(folder) is None:
            print("The example has no release yet: it is trained first.")
            ran("up", str(folder), "--no-serve")
        trained = (time.monotonic() - began) / 60
        values = turn(folder, arguments.changes, arguments.seed)
    values |= {"train_minutes": round(trained, 2), "seed": arguments.seed, "cores": os.cpu_count()}
    print(json.dumps({"bench": "loop", "simulated": True, **values}))


if __name__ == "__main__":
    main()
