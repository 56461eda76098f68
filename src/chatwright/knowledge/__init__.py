"""Knowledge: documents -> passages -> search, versioned apart from the weights."""

from chatwright.knowledge.index import Index
from chatwright.knowledge.live import Live
from chatwright.knowledge.search import Features, Found, Hit, Search
from chatwright.knowledge.snapshots import Difference, Member, Snapshot, Snapshots

__all__ = [
    "Difference",
    "Features",
    "Found",
    "Hit",
    "Index",
    "Live",
    "Member",
    "Search",
    "Snapshot",
    "Snapshots",
]
