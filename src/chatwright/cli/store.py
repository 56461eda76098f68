"""Where a bot's store is: one answer for every verb that opens it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from chatwright.spec import Spec
from chatwright.store import Database


def store_of(spec: Spec) -> str:
    """A path or a URL: DATABASE_URL, else `[server]` database, else the bot's own file."""
    place = os.environ.get("DATABASE_URL") or spec.server.database
    if not place:
        return str(spec.made / "store.db")
    return place if "://" in place else str(spec.path(place))


def open_store(spec: Spec) -> Database:
    """The store, brought to the present shape. Errors are those of `Database`."""
    return Database(store_of(spec))


@contextmanager
def opened(spec: Spec) -> Iterator[Database]:
    """The store, for a verb that changes it; closed afterwards."""
    found = open_store(spec)
    try:
        yield found
    finally:
        found.close()
