"""A bot that is not made yet, so that its owner can make it on the page: it says so to everybody, and knows
nothing. `watch` puts the first release in its place the moment it is promoted."""

from __future__ import annotations

from chatwright.answer import Bot
from chatwright.engine.wordless import WordlessEngine
from chatwright.spec import Spec

SAID = "This assistant is not ready yet. Please come back later."
NONE = "none"  # stands where ids of a release and a deployment would


def unmade(spec: Spec) -> Bot:
    return Bot(spec, WordlessEngine(SAID), NONE, NONE)
