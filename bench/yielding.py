"""What a training beside a server costs those who wait for answers, and what answers cost the training.

    python bench/yielding.py BOT [--seconds 30] [--rate 2] [--repeats 3] [--ways WAY ...]

BOT has a promoted release (`chatwright up BOT --no-serve`) and stays as it is: a copy is served. Questions of
its dataset are asked over HTTP at random times, `--rate` a second, never waiting for the answer before. Beside
it, in turn and in each repeat:

    alone       nothing
    gives way   the training as `improve` runs it: lowest priority, and it waits while an answer is made
    waits       it waits while an answer is made, at the priority of the server
    polite      lowest priority alone
    plain       neither

The training is that of the release: its data, its recipe, on all cores. Its speed is in steps a second, beside
the load and without any. Ratios are of medians over the repeats.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import machine
import torch
from served import served

from chatwright.data.dataset import load as load_dataset
from chatwright.release.registry import Registry
from chatwright.spec import load_spec
from chatwright.training.corpus import prepare
from chatwright.training.recipe import Recipe
from chatwright.training.trainer import Trainer
from chatwright.training.yielding import Yielding

WAYS = ("gives way", "waits", "polite", "plain")
LIMIT = 60.0  # seconds of one answer
WARM = 3  # steps


def train(folder: Path, way: str) -> None:
    """Train for ever; each line from outside is answered with all steps and pauses so far."""
    spec = load_spec(folder)
    current = Registry(spec).current()
    assert current is not None
    manifest = current[1].manifest
    corpus = prepare(spec, load_dataset(spec.made / "datasets" / manifest["dataset"]))
    # Where nothing is marked, nobody waits.
    pause = Yielding(spec.made if way in ("gives way", "waits") else folder / "nowhere")
    recipe = Recipe.from_dict(manifest["recipe"])
    trainer = Trainer(recipe, torch.device("cpu"), pause=pause)
    stream, done = trainer.stream(corpus), [0]
    for index in range(WARM):
        trainer.step([next(stream)], index)
    if way in ("gives way", "polite"):  # what begins is not measured, and shall not take all day
        lower(19)

    async def answer() -> None:
        loop = asyncio.get_running_loop()
        steps = asyncio.create_task(asyncio.to_thread(learn))
        print(json.dumps({"ready": True}), flush=True)
        while await loop.run_in_executor(None, sys.stdin.readline):
            print(json.dumps({"steps": done[0], "paused": pause.paused}), flush=True)
        steps.cancel()
        os._exit(0)

    def learn() -> None:
        torch.set_num_threads(recipe.threads)
        while True:
            trainer.step([next(stream)], WARM + done[0] % 100)
            done[0] += 1

    asyncio.run(answer())


def lower(by: int) -> None:
    """The priority of all threads of this process."""
    for thread in Path("/proc/self/task").iterdir():
        os.setpriority(os.PRIO_PROCESS, int(thread.name), by)


class Training:
    """A training in a process of its own, which stands still but in `look` to `hold`."""

    def __init__(self, folder: Path, way: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(folder), "--train", way],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._read()
        self.hold()

    def hold(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go(self) -> dict[str, float]:
        self._process.send_signal(signal.SIGCONT)
        return self.look()

    def _read(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"The training ended early with {self._process.wait()}.")
        return dict(json.loads(line))

    def look(self) -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._read() | {"at": time.monotonic()}

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


async def load(
    address: str, questions: Sequence[str], seconds: float, rate: float, seed: int
) -> list[float]:
    """Milliseconds to each whole answer, of questions asked at random times."""
    rng, took, tasks = random.Random(seed), list[float](), list[asyncio.Task[None]]()

    async with httpx.AsyncClient(base_url=address, timeout=LIMIT) as client:
        model = (await client.get("/v1/models")).json()["data"][0]["id"]

        async def ask(question: str) -> None:
            body = {"model": model, "messages": [{"role": "user", "content": question}]}
            began = time.monotonic()
            reply = await client.post("/v1/chat/completions", json=body)
            reply.raise_for_status()
            took.append(1000 * (time.monotonic() - began))

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            tasks.append(asyncio.create_task(ask(rng.choice(questions))))
            await asyncio.sleep(rng.expovariate(rate))
        await asyncio.gather(*tasks)
    return took


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measured(
    address: str,
    training: Training | None,
    questions: Sequence[str],
    arguments: argparse.Namespace,
    seed: int,
) -> dict[str, float]:
    """One pass: latencies, and how far a training came beside it."""
    before = training.go() if training else {}
    took = asyncio.run(load(address, questions, arguments.seconds, arguments.rate, seed))
    after = training.look() if training else {}
    if training:
        training.hold()
    row = {"n": float(len(took)), "p50": quantile(took, 0.5), "p95": quantile(took, 0.95)}
    if training:
        spent = after["at"] - before["at"]
        row["steps"] = (after["steps"] - before["steps"]) / spent
        row["paused"] = (after["paused"] - before["paused"]) / spent
    return row


def unloaded(training: Training, seconds: float) -> float:
    """Steps a second of a training where nobody asks."""
    before = training.go()
    time.sleep(seconds)
    after = training.look()
    training.hold()
    return (after["steps"] - before["steps"]) / (after["at"] - before["at"])


def copied(bot: Path, place: Path) -> Path:
    """The bot, without what a server would rather find empty."""
    folder = place / "bot"
    shutil.copytree(bot, folder, ignore=shutil.ignore_patterns("store.db*", "logs", "live", "runs"))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bot", type=Path)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=2.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--train", default="")
    arguments = parser.parse_args()
    if arguments.train:
        return train(arguments.bot, arguments.train)
    print(machine.header())
    with tempfile.TemporaryDirectory() as place:
        folder = copied(arguments.bot, Path(place))
        spec = load_spec(folder)
        current = Registry(spec).current()
        assert current is not None, "the bot has no promoted release"
        dataset = load_dataset(spec.made / "datasets" / current[1].manifest["dataset"])
        questions = [row.messages[0].content for row in dataset.split(dataset.held_out)]
        rows: dict[str, list[dict[str, float]]] = {way: [] for way in ("alone", *arguments.ways)}
        trainings = {way: Training(folder, way) for way in arguments.ways}
        try:
            free = unloaded(trainings[arguments.ways[-1]], arguments.seconds)
            with served(folder) as address:
                asyncio.run(load(address, questions, 5, arguments.rate, 0))  # warms up
                for repeat in range(arguments.repeats):
                    for way in rows:
                        beside = trainings.get(way)
                        rows[way].append(measured(address, beside, questions, arguments, repeat))
        finally:
            for training in trainings.values():
                training.end()
    return report(rows, free)


def report(rows: dict[str, list[dict[str, float]]], free: float) -> None:
    """A table, and one JSON object as the last line."""

    def middle(way: str, name: str) -> float:
        return statistics.median(row[name] for row in rows[way])

    shown: list[list[object]] = []
    figures: dict[str, Any] = {"steps_per_second_unloaded": round(free, 3)}
    for way in rows:
        ratios = [middle(way, name) / middle("alone", name) for name in ("p50", "p95")]
        progress = middle(way, "steps") / free if way != "alone" else 0.0
        paused = middle(way, "paused") if way != "alone" else 0.0
        times = [f"{middle(way, name):.1f}" for name in ("p50", "p95")]
        count = int(sum(row["n"] for row in rows[way]))
        shares = [f"{ratio:.2f}" for ratio in ratios] + [f"{progress:.0%}", f"{paused:.0%}"]
        shown.append([way, count, *times, *shares])
        key = way.replace(" ", "_")
        figures |= {f"p50_ms_{key}": round(middle(way, "p50"), 2)}
        figures |= {f"p95_ms_{key}": round(middle(way, "p95"), 2)}
        if way != "alone":
            figures |= {
                f"p50_ratio_{key}": round(ratios[0], 3),
                f"p95_ratio_{key}": round(ratios[1], 3),
            }
            figures |= {f"progress_{key}": round(progress, 3), f"paused_{key}": round(paused, 3)}
    head = ["beside", "n", "p50 ms", "p95 ms", "p50 ratio", "p95 ratio", "training", "paused"]
    print(machine.table(head, shown))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
