"""Writes turns as a server does, and measures. A program, of which several run at once:

python -m tests.faults.writing PLACE SECONDS PER_SECOND     (0 per second: without a pause)
"""

from __future__ import annotations

import json
import sys
import time

from chatwright.core.errors import ChatwrightError
from chatwright.store import Conversations, Database, TurnLog
from chatwright.store.records import Outcome


def main(place: str, seconds: float, rate: float) -> None:
    database = Database(place)
    log = TurnLog(database)
    id = Conversations(database).create("library", "ann").id
    took: list[float] = []
    errors: list[str] = []
    acknowledged: list[str] = []
    spans: list[
        tuple[float, float]
    ] = []  # of the same: asked at, acknowledged at; one clock for all processes
    began = time.monotonic()
    while (now := time.monotonic()) - began < seconds:
        if rate and len(took) > rate * (now - began):
            time.sleep(0.001)
            continue
        try:
            begun = log.begin(id, "ann", "x" * 200, None, release="r", deployment="d")
            took.append(time.monotonic() - now)
            acknowledged.append(begun.message.id)
            spans.append((now, time.monotonic()))
            again = time.monotonic()
            log.finish(begun.message, "ann", Outcome("done", "y" * 400))
            took.append(time.monotonic() - again)
        except ChatwrightError as error:
            errors.append(str(error))
        if (
            len(acknowledged) % 50 == 0
        ):  # reading the whole tree of a turn shall not be what is measured
            id = Conversations(database).create("library", "ann").id
    database.close()
    print(
        json.dumps({"took": took, "errors": errors, "acknowledged": acknowledged, "spans": spans})
    )


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
