"""The files that run a bot elsewhere, what goes with them, and whether they are right. Sends nothing."""

from chatwright.deploy.checking import check
from chatwright.deploy.facts import Facts, facts_of
from chatwright.deploy.render import Target, render
from chatwright.deploy.writing import Written, write

__all__ = ["Facts", "Target", "Written", "check", "facts_of", "render", "write"]
