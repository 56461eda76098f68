"""Several ways to answer side by side on the owner's own cases: right, wrong, time, money.

Own weights alone, the whole bot, what is found alone, other releases, hosted models. It says whether own
weights are worth their keep; it promotes nothing, and judges no release (`gate.py`).
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from chatwright.answer import Bot, open_bot
from chatwright.answer.open import calibration_of
from chatwright.answer.router import Router
from chatwright.core.errors import WrongUse
from chatwright.core.files import sha256_json, write_atomic
from chatwright.core.progress import Progress
from chatwright.core.types import Reply, gather
from chatwright.data.documents import owners_texts
from chatwright.data.hiding import Hiding
from chatwright.evaluation import metrics
from chatwright.evaluation.cases import Case
from chatwright.evaluation.statistics import mcnemar
from chatwright.release.manifest import HIDING, Release, shaping
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec
from chatwright.spec.hosted import Rival

Part = Literal["whole", "weights", "found"]
OWN = "weights alone"
FOUND = "without weights"
ALL = "all"
CHANCE = 0.05  # below it a difference is more than chance


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who answers: a release, or a part of its bot; `rival` where that is a hosted model."""

    name: str
    release: Release
    part: Part = "whole"
    rival: Rival | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one contestant did with every case. `passed` [n] is in the order of the cases."""

    name: str
    kind: str
    passed: tuple[bool, ...]
    figures: dict[str, Any]
    answers: tuple[dict[str, Any], ...] = field(default=(), repr=False)


def contestants(
    spec: Spec, registry: Registry, names: Sequence[str], folder: Path
) -> list[Contestant]:
    """Who is meant by `names`: ids of releases, "weights", "found", rivals of `[[evaluation.rival]]`, or "all".

    `folder` takes what a rival needs on disk, and must live as long as the contest. Raises `WrongUse` where a
    name is nobody's, and `ReleaseError`.
    """
    current = registry.current()
    newest = registry.releases()
    if not newest:
        raise WrongUse("This bot has no release yet.", f"Run `chatwright up {spec.folder}`.")
    first = current[1] if current else registry.release(newest[-1].id)
    rivals = {rival.name: rival for rival in spec.evaluation.rival}
    if ALL in names:
        names = [first.id, *(["weights"] if first.weights else []), "found", *rivals]
    found = [] if first.id in names else [Contestant(_named(first), first)]
    for name in dict.fromkeys(names):
        if name == "weights":
            if not first.weights:
                raise WrongUse(f"Release {first.id} has no weights of its own.", "Leave it out.")
            found.append(Contestant(OWN, first, "weights"))
        elif name == "found":
            found.append(Contestant(FOUND, first, "found"))
        elif name in rivals:
            rival = rivals[name]
            found.append(Contestant(rival.name, _hosted(spec, rival, folder), rival=rival))
        else:
            release = registry.usable(name)
            found.append(Contestant(_named(release), release))
    return found


def _named(release: Release) -> str:
    recipe = release.manifest.get("recipe") or {}
    if release.hosted:
        how = "hosted"
    elif release.wordless:
        how = "no model"
    else:
        how = "fine-tuned" if recipe.get("base") or recipe.get("lora") else "from scratch"
    return f"{release.id[:6]}, {how}"


def _hosted(spec: Spec, rival: Rival, folder: Path) -> Release:
    """A release of this bot on a hosted model that is kept nowhere: it would be found as the newest one."""
    model = spec.model.model_copy(
        update={
            "kind": "hosted",
            "base": "",
            "hosted_model": rival.hosted_model,
            "base_url": rival.base_url,
            "api_key_env": rival.api_key_env,
            "provider": rival.provider,
            "fallback": (),
        }
    )
    shaped = shaping(spec.model_copy(update={"model": model}))
    place = folder / sha256_json(shaped)[:12]
    files: dict[str, str] = {}
    if (hiding := Hiding.of(spec, owners_texts(spec))) is not None:
        write_atomic(place / HIDING, hiding.text())
        files[HIDING.as_posix()] = ""
    return Release(place, {"id": place.name, "spec": shaped, "files": files})


def contest(
    spec: Spec, names: Sequence[str], cases: Sequence[Case], progress: Progress
) -> list[Result]:
    """Ask everybody every case, one after another, so that times can be compared.

    Raises `WrongUse` without cases.
    """
    if not cases:
        raise WrongUse(
            "There are no test cases to compare on.",
            f"Write some into {spec.path(spec.evaluation.cases)}.",
        )
    with tempfile.TemporaryDirectory() as place:
        known = contestants(spec, Registry(spec), names, Path(place))
        return [asyncio.run(_asked(spec, one, cases, progress)) for one in known]


async def _asked(
    spec: Spec, contestant: Contestant, cases: Sequence[Case], progress: Progress
) -> Result:
    release = contestant.release
    calibration = calibration_of(spec, release.id) if contestant.rival is None else None
    deployment = Deployment(release.id, calibration=calibration)
    bot = open_bot(release, spec, deployment, acts=False)
    progress.start(f"Starting {contestant.name}")
    await bot.start()
    replies, seconds = list[Reply](), list[float]()
    try:
        asked = _part(bot, contestant.part)
        progress.start(f"Asking {contestant.name}", len(cases))
        for at, case in enumerate(cases, 1):
            began = time.monotonic()
            replies.append(await gather(asked.reply(case.conversation)))
            seconds.append(time.monotonic() - began)
            progress.advance(at)
    finally:
        await bot.close()
        progress.stop()
    return judged(
        contestant.name, _kind(contestant), cases, replies, seconds, _price(spec, contestant)
    )


def _part(bot: Bot, part: Part) -> Bot:
    """The whole bot, or what is left of it without the other part."""
    if part == "weights":
        return bot.routed(None)
    if part == "whole" or bot.router is None:
        return bot
    answers = bot.spec.answers.model_copy(update={"routes": ("curated", "retrieved")})
    spec = bot.spec.model_copy(update={"answers": answers})
    old = bot.router
    return bot.routed(
        Router(spec, old.calibration, old.curated, old.live, bot.release_id, old.embedder)
    )


def _kind(contestant: Contestant) -> str:
    if contestant.part == "found" or contestant.release.wordless:
        return "found"
    if contestant.release.hosted:
        return "hosted"
    return "own"


@dataclass(frozen=True, slots=True)
class Price:
    """Of a million tokens read and written, and of an hour of the machine; one currency, the owner's."""

    read: float = 0.0
    written: float = 0.0
    hour: float = 0.0

    def of(self, replies: Sequence[Reply], seconds: Sequence[float]) -> float:
        """What these replies cost together."""
        tokens = sum(
            one.usage.prompt_tokens * self.read + one.usage.completion_tokens * self.written
            for one in replies
        )
        return tokens / 1e6 + sum(seconds) / 3600 * self.hour


def _price(spec: Spec, contestant: Contestant) -> Price:
    rival = contestant.rival
    if rival is not None:
        return Price(rival.price_read, rival.price_written)
    return Price(hour=spec.evaluation.machine_hour)


def judged(
    name: str,
    kind: str,
    cases: Sequence[Case],
    replies: Sequence[Reply],
    seconds: Sequence[float],
    price: Price,
) -> Result:
    """What came of it: shares with their intervals, milliseconds, and the price of a thousand answers."""
    passed, answers, wrong = list[bool](), list[dict[str, Any]](), 0
    for case, reply in zip(cases, replies, strict=True):
        problems = case.problems(reply.text, reply.route)
        passed.append(not problems)
        wrong += bool(problems) and reply.route != "refused"
        answers.append(
            {"id": case.id, "answer": reply.text, "route": reply.route, "passed": not problems}
        )
    inside = [p for p, case in zip(passed, cases, strict=True) if case.in_scope]
    outside = [p for p, case in zip(passed, cases, strict=True) if not case.in_scope]
    milliseconds = [1000 * one for one in seconds]
    figures = {
        "right": metrics.share(sum(passed), len(cases)),
        "in_scope": metrics.share(sum(inside), len(inside)),
        "out_of_scope": metrics.share(sum(outside), len(outside)),
        "wrong": metrics.share(wrong, len(cases)),
        "milliseconds_p50": metrics.percentile(milliseconds, 0.5),
        "milliseconds_p95": metrics.percentile(milliseconds, 0.95),
        "tokens_read": sum(one.usage.prompt_tokens for one in replies),
        "tokens_written": sum(one.usage.completion_tokens for one in replies),
        "cost_per_1000": round(1000 * price.of(replies, seconds) / len(cases), 4),
        "priced": price != Price(),
    }
    return Result(name, kind, tuple(passed), figures, tuple(answers))


def verdict(results: Sequence[Result]) -> list[str]:
    """In sentences: what own weights add to what would be there without them."""
    own = [one for one in results if one.kind == "own" and one.name != OWN]
    others = [one for one in results if one.kind != "own"]
    if not own:
        return ["Nobody here has weights of its own."]
    best = max(own, key=lambda one: sum(one.passed))
    if not others:
        return [
            "Only own weights were asked: compare with `found`, or with a rival, to see what they add."
        ]
    return [_beside(best, other) for other in others]


def _beside(own: Result, other: Result) -> str:
    n = len(own.passed)
    gained = sum(a and not b for a, b in zip(own.passed, other.passed, strict=True))
    lost = sum(b and not a for a, b in zip(own.passed, other.passed, strict=True))
    points = 100 * (gained - lost) / n
    chance = mcnemar(gained, lost)
    counts = f"{gained} cases gained, {lost} lost, of {n}; p = {chance:.2g}"
    if chance >= CHANCE:
        return f"Own weights add nothing that {n} cases can show over {other.name} ({counts})."
    if gained < lost:
        return f"Own weights make it worse than {other.name}: {-points:.1f} points fewer right ({counts})."
    return f"Own weights add {points:.1f} points over {other.name} ({counts})."
