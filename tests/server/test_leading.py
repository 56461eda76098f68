"""Jobs of which one process at a time does each; on both databases."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import update
from tests.faults.stub import ROOT

from chatwright.server.leading import led
from chatwright.store import Database
from chatwright.store.console_tables import leases as table
from chatwright.store.leases import Lease, Leases

Opens = Callable[[], Leases]
BOTH = pytest.mark.parametrize("place", ["sqlite", "postgres"], indirect=True)
# Takes the lease, says its fence, and then what became of its change when it was woken up.
LEADER = """
import sys
from collections.abc import Callable, Iterator
from chatwright.core.errors import Conflict
from chatwright.store import Database
from chatwright.store.leases import Leases
database = Database(sys.argv[1])
leases = Leases(database)
lease = leases.take("improve x", 1.0)
print(lease.fence, flush=True)
sys.stdin.readline()
try:
    with leases.guarded(lease):
        print("changed", flush=True)
except Conflict:
    print("fenced", flush=True)
database.close()
"""


@pytest.fixture
def open_leases(place: str) -> Iterator[Callable[[], Leases]]:
    """Each call is another process's."""
    opened = list[Database]()

    def leases() -> Leases:
        opened.append(Database(place))
        return Leases(opened[-1])

    yield leases
    for database in opened:
        database.close()


@BOTH
async def test_two_never_do_it_together(open_leases: Opens) -> None:
    running, most, times = 0, 0, 0

    async def job(_: Lease) -> bool:
        nonlocal running, most, times
        running, times = running + 1, times + 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        return True

    async def server() -> None:
        leases = open_leases()
        for _ in range(10):
            await led(leases, "improve x", job)
            await asyncio.sleep(0.01)

    open_leases()
    await asyncio.gather(*(server() for _ in range(3)))
    assert most == 1
    assert times > 3


@BOTH
async def test_a_lease_is_renewed_while_the_job_runs(open_leases: Opens) -> None:
    one, other = open_leases(), open_leases()

    async def long(_: Lease) -> bool:
        await asyncio.sleep(2.5)
        return True

    task = asyncio.create_task(led(one, "improve x", long, seconds=1.0))
    for _ in range(8):
        await asyncio.sleep(0.25)
        assert await asyncio.to_thread(other.take, "improve x") is None
    assert await task
    assert await asyncio.to_thread(other.take, "improve x", 30, 60) is None  # it was done
    assert await asyncio.to_thread(other.take, "improve x") is not None


@BOTH
async def test_a_job_whose_lease_was_taken_is_cancelled(
    open_leases: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = open_leases(), open_leases()
    ended = asyncio.Event()

    async def long(_: Lease) -> bool:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()
        return True

    task = asyncio.create_task(led(one, "improve x", long, seconds=0.6))
    await asyncio.sleep(0.1)
    with one._database.write() as connection:
        connection.execute(update(table).values(until=0.0))
    assert other.take("improve x") is not None
    assert not await asyncio.wait_for(task, 20)
    assert ended.is_set()
    assert "another process has taken over" in caplog.text


@BOTH
async def test_what_a_job_raises_frees_the_lease_and_is_not_done(open_leases: Opens) -> None:
    leases = open_leases()

    async def fails(_: Lease) -> bool:
        raise OSError("the disk is away")

    with pytest.raises(OSError, match="away"):
        await led(leases, "improve x", fails, rest=60)

    async def works(_: Lease) -> bool:
        return True

    assert await led(leases, "improve x", works, rest=60)


@BOTH
def test_a_process_that_was_stopped_and_goes_on_changes_nothing(
    open_leases: Opens, place: str
) -> None:
    other = open_leases()
    process = subprocess.Popen(
        [sys.executable, "-c", LEADER, place],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    fence = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGSTOP)
    lease = None
    for _ in range(200):
        lease = other.take("improve x")
        if lease is not None:
            break
        signal.sigtimedwait([], 0.05)
    assert lease is not None, "nobody took over from one that is stopped"
    assert lease.fence == fence + 1
    os.kill(process.pid, signal.SIGCONT)
    out, _ = process.communicate("go\n", timeout=30)
    assert out.strip() == "fenced"
