"""A scheduled improvement whose server lost its lease promotes nothing; one that has it does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update
from tests import tiny as small
from tests.improve.cycling import Quick, Said, bot, correction

from chatwright.cli.improving import _permit
from chatwright.core.errors import Conflict
from chatwright.improve.cycle import Asked, improve
from chatwright.release.registry import Registry
from chatwright.spec import Spec
from chatwright.store import Database
from chatwright.store.console_tables import leases as table
from chatwright.store.leases import VARIABLE, Leases


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bot(tmp_path_factory.mktemp("template")).folder


@pytest.fixture
def spec(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spec:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return small.spec_for(Path(shutil.copytree(template, tmp_path / "bot")))


@pytest.fixture
def store(spec: Spec) -> Iterator[Database]:
    database = Database(spec.made / "store.db")
    yield database
    database.close()


def scheduled(spec: Spec) -> str:
    """The state that it ended in."""
    asked = Asked(scheduled=True)
    done = improve(
        spec, lambda: [correction()], Said(), asked, Quick(), permit=lambda: _permit(spec)
    )
    assert done.journal is not None
    return done.journal.state


def test_another_took_over_while_it_trained(
    spec: Spec, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stalled, other = Leases(store), Leases(store)
    lease = stalled.take("improve library")
    assert lease is not None
    monkeypatch.setenv(VARIABLE, lease.written())
    with store.write() as connection:
        connection.execute(update(table).values(until=0.0))
    leader = other.take("improve library")
    assert leader is not None
    before = Registry(spec).current_id()
    with pytest.raises(Conflict, match="this one was away for too long"):
        scheduled(spec)
    assert Registry(spec).current_id() == before, "two leaders promoted"
    # The one that leads now goes on with what was made, and serves it.
    monkeypatch.setenv(VARIABLE, leader.written())
    assert scheduled(spec) == "promoted"
    assert Registry(spec).current_id() != before


def test_by_hand_it_needs_no_lease(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert scheduled(spec) == "promoted"


def test_the_permit_is_held_while_the_pointer_moves(spec: Spec) -> None:
    seen = list[str | None]()

    @contextmanager
    def permit() -> Iterator[None]:
        seen.append(Registry(spec).current_id())
        yield
        seen.append(Registry(spec).current_id())

    improve(spec, lambda: [correction()], Said(), Asked(), Quick(), permit=permit)
    assert len(seen) == 2
    assert seen[0] != seen[1]
