"""What can go wrong below the engine: killed children, broken folders, a parent that vanishes, swaps."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from tests.tiny import Tiny

from chatwright.answer import Bot, Deployed
from chatwright.core.errors import EngineError, EngineOverloaded, Unsupported
from chatwright.core.types import Chunk, Conversation, Message, Sampling, gather
from chatwright.engine.local import LocalEngine
from chatwright.engine.open import open_local
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment

LONG = Sampling(max_tokens=200, temperature=2.0, seed=1)


def ask(text: str) -> Conversation:
    return Conversation((Message("user", text),))


def child_of(engine: LocalEngine) -> int:
    pid = engine._writer.pid  # type: ignore[attr-defined]
    assert isinstance(pid, int)
    return pid


def alive(pid: int) -> bool:
    """Whether it runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
async def test_a_dead_child_fails_what_runs_and_is_replaced(
    tiny: Tiny, how: signal.Signals, caplog: pytest.LogCaptureFixture
) -> None:
    """F15: an error within 2 s to all who wait, /ready says so meanwhile, and it comes back by itself."""
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    try:
        before = await gather(engine.chat(ask("Hello there"), Sampling()))
        begun = engine.chat(ask("x y z"), LONG)
        await anext(begun)
        first = child_of(engine)
        os.kill(first, signal.SIGSTOP)  # so that no reply ends before the kill

        async def rest(stream: AsyncIterator[Chunk]) -> list[Chunk]:
            return [chunk async for chunk in stream]

        asked = [rest(engine.chat(ask(f"{n} x y z"), LONG)) for n in range(3)]
        waiting = asyncio.gather(rest(begun), *asked, return_exceptions=True)
        await asyncio.sleep(0.1)
        os.kill(first, how)
        os.kill(first, signal.SIGCONT)
        killed = time.monotonic()
        ends = (await waiting)[1:]
        assert time.monotonic() - killed < 2
        assert all(isinstance(end, EngineError) for end in ends)
        assert "stopped in the middle" in str(ends[0])
        assert engine.running == 0
        assert engine.health() == "starting"
        assert how.name in caplog.text and str(first) in caplog.text
        assert await gather(engine.chat(ask("Hello there"), Sampling())) == before
        assert child_of(engine) != first
        assert engine.health() == "ready"
    finally:
        await engine.close()


async def test_a_hung_child_is_replaced(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatwright.engine.child.STALL_SECONDS", 0.5)
    monkeypatch.setattr("chatwright.engine.child.WATCH_SECONDS", 0.1)
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    try:
        first = child_of(engine)
        await asyncio.sleep(1)  # with nothing to do silence is no sign
        assert child_of(engine) == first and engine.health() == "ready"
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(EngineError, match="stopped in the middle"):
            await gather(engine.chat(ask("x y z"), LONG))
        assert (await gather(engine.chat(ask("Hello there"), Sampling()))).text
        assert child_of(engine) != first
    finally:
        await engine.close()


async def test_what_the_pipeline_does_not_take_harms_nobody_else(tiny: Tiny) -> None:
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    try:
        running = asyncio.create_task(gather(engine.chat(ask("x y z"), LONG)))
        for wrong in (Sampling(presence_penalty=99.0), Sampling(temperature=1.0, top_p=7.0)):
            with pytest.raises(Unsupported, match="refused the request"):
                await gather(engine.chat(ask("Hello there"), wrong))
        assert (await running).usage.completion_tokens > 0
        assert engine.running == 0
    finally:
        await engine.close()


async def test_who_comes_during_a_restart_waits_for_it_and_counts(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatwright.engine.supervised.RESTARTS", (0.5,))
    spec = tiny.spec.model_copy(update={"engine": tiny.spec.engine.model_copy(update={"queue": 3})})
    engine = open_local(tiny.fp32, spec)
    await engine.start()
    try:
        os.kill(child_of(engine), signal.SIGKILL)
        while engine.health() == "ready":
            await asyncio.sleep(0.01)
        asked = (gather(engine.chat(ask("Hello there"), Sampling())) for _ in range(5))
        results = await asyncio.gather(*asked, return_exceptions=True)
        refused = [one for one in results if isinstance(one, EngineOverloaded)]
        assert len(refused) == 2 and 1 <= refused[0].retry_after <= 30
        assert sum(not isinstance(one, BaseException) for one in results) == 3
    finally:
        await engine.close()


async def test_a_cancelled_request_is_gone_within_a_step(tiny: Tiny) -> None:
    """What was cancelled makes no more tokens: its place is free for others."""
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    try:
        endless = Sampling(max_tokens=200, ignore_end=True)
        for _ in range(3):
            streams = [engine.chat(ask(f"{n} x"), endless) for n in range(20)]
            for stream in streams:
                await anext(stream)
            for stream in streams:
                await stream.aclose()
            assert engine.running == 0
            began = time.monotonic()
            assert (await gather(engine.chat(ask("Hello there"), Sampling(max_tokens=2)))).text
            assert time.monotonic() - began < 1
    finally:
        await engine.close()


async def test_it_survives_several_deaths(tiny: Tiny) -> None:
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    try:
        for _ in range(2):
            os.kill(child_of(engine), signal.SIGKILL)
            while engine.health() == "ready":
                await asyncio.sleep(0.01)
            assert (await gather(engine.chat(ask("Hello there"), Sampling()))).text
    finally:
        await engine.close()


async def test_close_ends_the_child_also_in_the_middle_of_everything(tiny: Tiny) -> None:
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    stream = engine.chat(ask("x y z"), LONG)
    first = await anext(stream)
    pid = child_of(engine)
    await asyncio.wait_for(engine.close(), 5)
    assert not alive(pid)
    if first.finish_reason is None:
        with suppress(EngineError):  # unless its last words were already here
            await asyncio.wait_for(gather(stream), 1)
    await stream.aclose()
    assert engine.running == 0


async def test_close_while_it_starts(tiny: Tiny) -> None:
    for moment in (0.0, 0.01, 0.1):
        engine = open_local(tiny.fp32, tiny.spec)
        starting = asyncio.create_task(engine.start())
        await asyncio.sleep(moment)
        await asyncio.wait_for(engine.close(), 8)
        await asyncio.gather(starting, return_exceptions=True)
        assert engine._writer.pid is None or not alive(child_of(engine))  # type: ignore[attr-defined]


async def test_close_does_not_wait_for_a_restart(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatwright.engine.supervised.RESTARTS", (30.0,))
    engine = open_local(tiny.fp32, tiny.spec)
    await engine.start()
    os.kill(child_of(engine), signal.SIGKILL)
    await asyncio.sleep(0.2)
    await asyncio.wait_for(engine.close(), 3)


@pytest.mark.parametrize("how", ["no graph", "cut graph", "cut weights", "nothing"])
async def test_a_broken_model_is_one_sentence(tiny: Tiny, tmp_path: Path, how: str) -> None:
    folder = tmp_path / "release"
    shutil.copytree(tiny.fp32.folder, folder)
    path = folder / "engine" / f"openvino_model.{'bin' if how == 'cut weights' else 'xml'}"
    if how == "nothing":
        shutil.rmtree(folder / "engine")
    elif how == "no graph":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    engine = open_local(replace(tiny.fp32, folder=folder), tiny.spec)
    with pytest.raises(EngineError, match="could not start: ") as error:
        await engine.start()
    assert "\n" not in error.value.problem
    assert "Exception from" not in error.value.problem
    assert error.value.next_step
    assert engine.health() == "failed"
    await engine.close()


PARENT = """
import asyncio, json, sys
from pathlib import Path
from chatwright.engine.open import open_local
from chatwright.release.manifest import read
from chatwright.spec import Spec

async def main():
    release = read(Path(sys.argv[1]))
    spec = Spec(folder=Path(sys.argv[1]), **json.loads(sys.argv[2]))
    engine = open_local(release, spec)
    await engine.start()
    print(engine._writer.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def test_the_child_ends_with_a_killed_parent(tiny: Tiny) -> None:
    values = json.dumps(
        {k: v for k, v in tiny.spec.model_dump(mode="json").items() if k != "folder"}
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tiny.fp32.folder), values],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
    finally:
        parent.kill()
        parent.communicate()
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(pid)


async def test_a_hot_swap_loses_no_request(tiny: Tiny, tmp_path: Path) -> None:
    """F8: 20 requests a second come while releases change, a bad one is offered, and one is rolled back."""

    def bot(release: Release) -> Bot:
        spec = release.spec_in(tiny.spec)
        engine = open_local(release, spec)
        return Bot(spec, engine, release.id, Deployment(release.id).id)

    shutil.copytree(tiny.fp32.folder, tmp_path / "r")
    (tmp_path / "r" / "engine" / "openvino_model.xml").write_text("<net/>")
    bad = replace(tiny.fp32, folder=tmp_path / "r")
    deployed = Deployed(bot(tiny.fp32))
    began = time.monotonic()
    await deployed.start()
    loading = time.monotonic() - began
    answered: list[tuple[str, str]] = []
    over = asyncio.Event()

    async def customer(number: int) -> None:
        with deployed.lease() as leased:
            reply = await gather(leased.reply(ask(f"Can I borrow a map? {number}")))
            assert reply.usage.completion_tokens > 0
            answered.append((leased.release_id, leased.deployment_id))

    async def customers() -> None:
        async with asyncio.TaskGroup() as group:
            for number in itertools.count():
                if over.is_set():
                    return
                group.create_task(customer(number))
                await asyncio.sleep(0.05)

    coming = asyncio.create_task(customers())
    took, peak = [], 0.0
    first = resident(child_of(cast("LocalEngine", deployed.current().engine)))
    for release in (tiny.int8, tiny.fp32, tiny.int8):
        await asyncio.sleep(0.5)
        old = deployed.current()
        assert isinstance(old.engine, LocalEngine)
        old_child = child_of(old.engine)
        with pytest.raises(EngineError):
            await deployed.swap(bot(bad))
        assert deployed.current() is old
        began, new = time.monotonic(), bot(release)
        swapping = asyncio.create_task(deployed.swap(new))
        while not swapping.done():
            children = [old_child, *([p] if (p := new.engine._writer.pid) else [])]  # type: ignore[attr-defined]
            peak = max(peak, sum(map(resident, children)))
            await asyncio.sleep(0.02)
        await swapping
        took.append(time.monotonic() - began)
        assert old.engine.running == 0
        assert not alive(old_child)
    await asyncio.sleep(0.5)
    over.set()
    await coming
    await deployed.close()
    known = {(r.id, Deployment(r.id).id) for r in (tiny.fp32, tiny.int8)}
    assert set(answered) == known
    assert answered[-1][0] == tiny.int8.id
    assert len(answered) > 20
    assert max(took) < max(5, 4 * loading)  # 5 s is a rollback's limit where nothing else runs
    assert peak <= 2 * first * 1.1


def resident(pid: int) -> float:
    """MiB in memory; 0 of one that has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


async def test_a_swap_to_a_broken_release_changes_nothing(tiny: Tiny, tmp_path: Path) -> None:
    shutil.copytree(tiny.fp32.folder, tmp_path / "r")
    (tmp_path / "r" / "engine" / "openvino_model.xml").unlink()
    good = open_local(tiny.fp32, tiny.spec)
    deployed = Deployed(Bot(tiny.spec, good, "a", "a"))
    await deployed.start()
    try:
        broken = open_local(replace(tiny.fp32, folder=tmp_path / "r"), tiny.spec)
        with pytest.raises(EngineError):
            await deployed.swap(Bot(tiny.spec, broken, "b", "b"))
        assert deployed.current().release_id == "a"
        with deployed.lease() as leased:
            assert (await gather(leased.reply(ask("Hello there")))).text
    finally:
        await deployed.close()
