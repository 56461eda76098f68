"""The knowledge is synced by the clock where the bot says so."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.errors import StorageFull
from chatwright.knowledge import Live, Search, watching
from chatwright.knowledge.sync import index_of
from chatwright.knowledge.watching import Watching
from chatwright.server.resync import resync
from chatwright.spec import Spec


def having(spec: Spec, **knowledge: Any) -> Spec:
    return spec.model_copy(update={"knowledge": spec.knowledge.model_copy(update=knowledge)})


async def test_a_change_is_found_by_itself(spec: Spec, tmp_path: Path) -> None:
    timed = having(spec, sync_minutes=0.1 / 60, watch=False)
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


async def test_a_file_that_changes_is_found_by_itself(spec: Spec, tmp_path: Path) -> None:
    (tmp_path / "knowledge").mkdir()
    task = asyncio.create_task(resync(spec))
    live = Live(spec)
    try:
        for fruit in ("apples", "pears"):
            (tmp_path / "knowledge" / "a.md").write_text(f"{fruit} are in season.")
            for _ in range(200):
                await asyncio.sleep(0.05)
                if (search := live.current()) is not None and search.search(fruit).hits:
                    break
            assert search is not None
            assert search.search(fruit).hits
        (tmp_path / "knowledge" / "a.md").unlink()
        for _ in range(200):
            await asyncio.sleep(0.05)
            if not search.search("pears").hits:
                break
        assert not search.search("pears").hits
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        live.close()


async def test_without_documents_there_is_no_index(spec: Spec, tmp_path: Path) -> None:
    await resync(having(spec, watch=False))
    task = asyncio.create_task(resync(spec))
    await asyncio.sleep(0.2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not (tmp_path / ".chatwright").exists()


async def test_what_goes_wrong_is_said_once(
    spec: Spec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def look(*_: object) -> None:
        looks.append(1)
        raise StorageFull("The disk is full.")

    monkeypatch.setattr(Watching, "look", look)
    monkeypatch.setattr(watching, "EVERY", 0.01)
    task = asyncio.create_task(resync(spec))
    while len(looks) < 3:
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert caplog.text.count("The disk is full.") == 1
