"""A served bot is calibrated anew when its knowledge has changed: once, when nobody is being answered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.conftest import FakeEngine

from chatwright.answer import Bot, Deployed
from chatwright.answer.calibration import Calibration
from chatwright.answer.router import Router
from chatwright.core.errors import DataError
from chatwright.knowledge.logistic import Logistic
from chatwright.server import recalibrate as subject
from chatwright.spec import Spec


def calibration(snapshot: str, id: str) -> Calibration:
    return Calibration(
        {"matched": Logistic.fit([[0.0]], [1.0])}, about={"snapshot": snapshot}, id=id
    )


async def test_once_for_each_change(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    live = SimpleNamespace(seen="one", snapshot="one", current=lambda: None)
    router = Router(spec, calibration("one", "before"), None, cast("Any", live), "r")
    bot = Bot(spec, FakeEngine(), "r", "d", router=router)
    deployed, made, promoted = Deployed(bot), list[str](), list[str]()

    async def routed(bot: Bot, *_: Any, **__: Any) -> Any:
        made.append(live.seen)
        if live.seen == "broken":
            raise DataError("It cannot be read.", "Mend it.")
        fitted = calibration(live.seen, f"after {live.seen}")
        after = bot.routed(Router(spec, fitted, None, cast("Any", live), "r"))
        return SimpleNamespace(bot=after, calibration=fitted, figures={"coverage": 0.5})

    class Releases:
        def __init__(self, spec: Spec) -> None:
            self.release = lambda name: SimpleNamespace(id=name, manifest={})

        def promote(self, release: Any, reason: str, *, calibration: str) -> None:
            promoted.append(calibration)

    monkeypatch.setattr(subject, "routed", routed)
    monkeypatch.setattr(subject, "Registry", Releases)
    monkeypatch.setattr(subject, "EVERY", 0.01)
    monkeypatch.setattr(subject, "SETTLED", 0.05)
    task = asyncio.create_task(subject.recalibrate(deployed, spec))
    await asyncio.sleep(0.2)
    assert made == []  # it was calibrated for this one
    with deployed.lease():
        live.seen = "two"
        await asyncio.sleep(0.3)
        assert made == []  # somebody is being answered
    await asyncio.sleep(0.3)
    assert (made, promoted) == (["two"], ["after two"])
    assert bot.router is not None and bot.router.calibration.id == "after two"
    live.seen = "broken"
    await asyncio.sleep(0.3)
    live.seen = "three"
    await asyncio.sleep(0.3)
    assert (made, promoted) == (["two", "broken", "three"], ["after two", "after three"])
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
