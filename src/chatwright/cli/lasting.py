"""Refuses to serve from a store that the next restart would empty, where that can be told."""

from __future__ import annotations

import os
from collections.abc import Mapping

from chatwright.cli.store import store_of
from chatwright.core.errors import WrongUse
from chatwright.spec import Spec
from chatwright.store.secret import VARIABLE

# What only these hosts set, and what they call the thing whose disk goes with it.
HOSTS = {"DYNO": "a Heroku dyno", "K_SERVICE": "a Cloud Run instance"}
FORCED = "CHATWRIGHT_EPHEMERAL"


def lasting(spec: Spec, environ: Mapping[str, str] = os.environ) -> None:
    """Raise `WrongUse` where conversations, or the server's secret, would lie on a disk that does not last."""
    kind = next((words for variable, words in HOSTS.items() if environ.get(variable)), None)
    if kind is None or environ.get(FORCED) == "1":
        return
    if "://" not in store_of(spec):
        raise WrongUse(
            f"The disk of {kind} is emptied at every restart, and the store would be a file on it.",
            f"Set DATABASE_URL to a PostgreSQL database, or {FORCED}=1 if everything may be lost.",
        )
    if not environ.get(VARIABLE):
        raise WrongUse(
            f"The disk of {kind} is emptied at every restart, and the server's secret would be a file on it.",
            f"Set {VARIABLE} to at least 32 random characters; every server must have the same.",
        )
