"""How `loop.py` measures: answers over HTTP and of weights alone, figures with intervals, memory."""

from __future__ import annotations

import asyncio
import os
import random
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
from copying import interval

from chatwright.answer import open_bot
from chatwright.core.types import Route, gather
from chatwright.evaluation.cases import Case
from chatwright.release.registry import Registry
from chatwright.spec import load_spec

AT_ONCE = 4
EVERY = 0.5  # seconds between looks at memory
RESAMPLES = 2000
MAP = Path("/proc")


@dataclass(frozen=True, slots=True)
class Stage:
    """What is measured at one point: answers of both ways to both sets of cases."""

    held: list[bool]
    held_weights: list[bool]
    others: list[bool]
    others_weights: list[bool]


def http_answers(address: str, cases: Sequence[Case]) -> list[bool]:
    """Whether each case passes, asked of the server with its history."""
    with httpx.Client(base_url=address, timeout=60) as client:
        model = client.get("/v1/models").raise_for_status().json()["data"][0]["id"]

        def one(case: Case) -> bool:
            said = [{"role": m.role, "content": m.content} for m in case.conversation.messages]
            body = {"model": model, "messages": said}
            reply = client.post("/v1/chat/completions", json=body).raise_for_status()
            text = reply.json()["choices"][0]["message"]["content"] or ""
            # The API tells no route: what must be said, and what must not, decides.
            route: Route = "refused" if case.route == "refused" else "generated"
            return not case.problems(text, route)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(one, cases))


def weights_answers(folder: Path, cases: Sequence[Case]) -> list[bool]:
    """The same of the model that is promoted now, by itself: nothing curated, nothing retrieved, no dial."""
    spec = load_spec(folder)
    found = Registry(spec).current()
    assert found is not None
    # A release is served with the settings that it was evaluated with: here with others, on purpose.
    fixed: dict[str, Any] = dict(found[1].manifest["spec"])
    update = {"routes": ("generated",), "tolerated_wrong": 1.0}
    answers = spec.answers.model_copy(update=update)
    fixed["answers"] = answers.model_dump(mode="json")
    release = replace(found[1], manifest={**found[1].manifest, "spec": fixed})
    alone = spec.model_copy(update={"answers": answers})

    async def all_of_them() -> list[bool]:
        bot = open_bot(release, alone, acts=False)
        await bot.start()
        room = asyncio.Semaphore(AT_ONCE)

        async def one(case: Case) -> bool:
            async with room:
                reply = await gather(bot.reply(case.conversation))
            return not case.problems(reply.text, reply.route)

        try:
            return await asyncio.gather(*map(one, cases))
        finally:
            await bot.close()

    return asyncio.run(all_of_them())


def shown(when: str, held: Sequence[Case], whole: Sequence[bool], weights: Sequence[bool]) -> None:
    """A line a fact."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case, one, other in zip(held, whole, weights, strict=True):
        row = rows[case.topic]
        row[0] += one
        row[1] += other
        row[2] += 1
    print(f"{when:<24}{'whole bot':>12}{'weights alone':>16}")
    for topic, (hits, alone, n) in rows.items():
        print(f"  {topic:<22}{hits:>8}/{n}{alone:>12}/{n}")


def figures(before: Stage, after: Stage, held: Sequence[Case]) -> dict[str, Any]:
    """Shares with Wilson intervals, differences with paired bootstrap intervals."""
    values: dict[str, Any] = {}
    for name, hits in (
        ("corrected_before", before.held),
        ("corrected_after", after.held),
        ("corrected_before_weights", before.held_weights),
        ("corrected_after_weights", after.held_weights),
    ):
        values[name] = round(sum(hits) / len(hits), 3)
        values[f"{name}_interval"] = list(interval(sum(hits), len(hits)))
    values["n"] = len(held)
    for name, old, new in (
        ("others_delta", before.others, after.others),
        ("others_delta_weights", before.others_weights, after.others_weights),
    ):
        delta = [int(b) - int(a) for a, b in zip(old, new, strict=True)]
        values[name] = round(sum(delta) / len(delta), 4)
        values[f"{name}_interval"] = list(bootstrap(delta))
    values["others_n"] = len(before.others)
    values["others_before"] = round(sum(before.others) / len(before.others), 3)
    values["others_after"] = round(sum(after.others) / len(after.others), 3)
    return values


def bootstrap(values: Sequence[int], seed: int = 0) -> tuple[float, float]:
    """95% of the mean, resampled."""
    rng, n = random.Random(seed), len(values)
    means = sorted(sum(rng.choices(values, k=n)) / n for _ in range(RESAMPLES))
    return round(means[int(0.025 * RESAMPLES)], 4), round(means[int(0.975 * RESAMPLES) - 1], 4)


class Memory:
    """The most that this process and all that it started held at once, in MB; shared pages are counted once
    (PSS). Sampled twice a second, so a short peak may be missed."""

    def __init__(self) -> None:
        self.peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(EVERY):
            self.peak = max(self.peak, held() // 1024)


def held() -> int:
    """KiB of this process and its descendants."""
    parents: dict[int, int] = {}
    for folder in MAP.iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(
                    (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                )
            except (OSError, IndexError, ValueError):
                continue
    own = {os.getpid()}
    while more := {one for one, parent in parents.items() if parent in own and one not in own}:
        own |= more
    return sum(_pss(one) for one in own)


def _pss(process: int) -> int:
    try:
        text = (MAP / str(process) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
