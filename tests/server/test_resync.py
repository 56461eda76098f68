"""The knowledge is synced by the clock where the bot says so."""

from __future__ import annotations

import asyncio
from pathlib import Path

from chatwright.knowledge import Search
from chatwright.knowledge.sync import index_of
from chatwright.server.resync import resync
from chatwright.spec import Spec


async def test_a_change_is_found_by_itself(spec: Spec, tmp_path: Path) -> None:
    timed = spec.model_copy(
        update={"knowledge": spec.knowledge.model_copy(update={"sync_minutes": 0.1 / 60})}
    )
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "a.md").write_text("Apples.")
    task = asyncio.create_task(resync(timed))
    index = index_of(timed)
    try:
        for fruit in ("apples", "pears"):
            for _ in range(200):
                await asyncio.sleep(0.05)
                if index.meta("current") and Search.current(index).search(fruit).hits:
                    break
            assert Search.current(index).search(fruit).hits
            (tmp_path / "knowledge" / "a.md").write_text("Pears, and more.")
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        index.close()


async def test_without_minutes_there_is_no_index(spec: Spec, tmp_path: Path) -> None:
    await resync(spec)
    assert not (tmp_path / ".chatwright").exists()
