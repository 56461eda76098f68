"""What a store's tables are, against what its ledger says that they should be.

What should be is found by taking the steps in a database in memory: names of tables, columns and indexes,
which are the same in SQLite and PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, create_engine, func, inspect, select

from chatwright.store.migrations import STEPS, name_of
from chatwright.store.tables import ledger

Shape = frozenset[str]  # "table", "table.column" and "table (index)"


@dataclass(frozen=True, slots=True)
class Look:
    """`done` steps are noted, `known` to this version; `fits`: those that the tables are at, if any."""

    done: int
    known: int
    fits: int | None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def newer(self) -> bool:
        """Whether a later version wrote it: what it should be is not known here."""
        return self.done > self.known

    @property
    def whole(self) -> bool:
        return self.newer or self.fits == self.done

    @property
    def pending(self) -> tuple[str, ...]:
        return tuple(name_of(step) for step in STEPS[self.done :])


def look(connection: Connection) -> Look:
    """Compare. A store without a ledger has taken no step."""
    done, found = steps_done(connection), _shape(connection)
    if done > len(STEPS):
        return Look(done, len(STEPS), None)
    ours = _expected(len(STEPS))
    mine = frozenset(one for one in found if one in ours or _table(one) in _tables(ours))
    # The most recent that fits: a step that changed no name fits beside the one before it.
    fitting = [number for number in range(len(STEPS) + 1) if _expected(number) == mine]
    fits = done if done in fitting else max(fitting, default=None)
    should = _expected(done)
    return Look(done, len(STEPS), fits, tuple(sorted(should - mine)), tuple(sorted(mine - should)))


def steps_done(connection: Connection) -> int:
    """How many the ledger notes."""
    if not inspect(connection).has_table(ledger.name):
        return 0
    return connection.execute(select(func.max(ledger.c.number))).scalar() or 0


def _shape(connection: Connection) -> Shape:
    found = set()
    seen = inspect(connection)
    for table in seen.get_table_names():
        if table == ledger.name:
            continue
        found.add(table)
        found |= {f"{table}.{column['name']}" for column in seen.get_columns(table)}
        # Of a UNIQUE column PostgreSQL names the index itself, and SQLite does not list it.
        unique = {one["name"] for one in seen.get_unique_constraints(table)}
        indexes = {str(one["name"]) for one in seen.get_indexes(table)} - unique
        found |= {f"{table} ({name})" for name in indexes if not name.startswith("sqlite_")}
    return frozenset(found)


@cache
def _expected(number: int) -> Shape:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            for step in STEPS[:number]:
                step(connection)
            return _shape(connection)
    finally:
        engine.dispose()


def _table(name: str) -> str:
    return name.split(".")[0].split(" ")[0]


def _tables(shape: Shape) -> set[str]:
    return {_table(one) for one in shape}
