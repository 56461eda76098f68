"""`chatwright upgrade`: what it says, how it ends, and the backup that it makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Command

from chatwright.store import Database
from chatwright.store.migrations import STEPS, migrate


@pytest.fixture
def old(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bot whose store is of an older version."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (fresh / ".chatwright").mkdir(exist_ok=True)
    database = Database(fresh / ".chatwright" / "store.db", as_is=True)
    with database.alone() as connection:
        migrate(connection, STEPS[:5])
    database.close()
    return fresh


def test_check_then_upgrade_then_back(run: Command, old: Path) -> None:
    check = run("upgrade", old, "--check", "--json")
    assert check.code == 1
    assert (check.values["done"], check.values["known"]) == (5, len(STEPS))
    assert check.values["whole"] and len(check.values["pending"]) == len(STEPS) - 5
    done = run("upgrade", old, "--json").values
    assert (done["before"], done["after"]) == (5, len(STEPS))
    assert Path(done["backup"]).exists()
    assert run("upgrade", old, "--check").code == 0
    assert "nothing was to be done" in run("upgrade", old).out
    back = run("upgrade", old, "--back", 1)
    assert back.code == 0
    assert "Install the older chatwright now" in back.out
    assert len(list((old / ".chatwright" / "backups").iterdir())) == 2


def test_a_way_back_that_there_is_not(run: Command, old: Path) -> None:
    ran = run("upgrade", old, "--back", 3)
    assert ran.code == 2
    assert "has no way back" in ran.err
    assert "At most --back 2" in ran.err
    assert run("upgrade", old, "--back", 1, "--check").code == 2


def test_half_upgraded_is_shown_and_mended(run: Command, old: Path) -> None:
    database = Database(old / ".chatwright" / "store.db", as_is=True)
    with database.alone() as connection:
        connection.exec_driver_sql("CREATE TABLE reviews (id TEXT)")
    database.close()
    check = run("upgrade", old, "--check")
    assert check.code == 1
    assert "half upgraded" in check.out and "there already: reviews" in check.out
    opened = run("feedback", "list", "--bot", old)
    assert opened.code == 1
    assert "chatwright upgrade --check" in opened.err
    mended = run("upgrade", old)
    assert mended.code == 0
    assert "Mended: empty tables" in mended.out
