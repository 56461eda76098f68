"""Why rows are left out, by kind: what is said of a kind on a page, and how such rows can be kept, is said
there.

A reason is a sentence of the part that left a row out; here it is known by how it begins.
"""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal[
    "exact", "near", "question", "judged", "taught", "superseded", "erased", "long", "repeats",
    "language", "assistant", "user", "json", "encoding", "textless", "notice", "bot", "deleted",
    "shape",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
BEGINNINGS: tuple[tuple[str, Kind], ...] = (
    ("exact duplicate", "exact"),
    ("near duplicate", "near"),
    ("too close to a test question", "question"),
    ("a reply judged bad", "judged"),
    ("held out, and a correction", "taught"),
    ("superseded", "superseded"),
    ("erased", "erased"),
    ("a message longer", "long"),
    ("line longer", "long"),
    ("a message that repeats itself", "repeats"),
    ("written in another language", "language"),
    ("no assistant turn", "assistant"),
    ("no user turn", "user"),
    ("not valid JSON", "json"),
    ("not a JSON object", "json"),
    ("invalid ", "encoding"),
    ("no text (", "textless"),
    ("a mail without text", "textless"),
    ("a system message", "notice"),
    ("written by another bot", "bot"),
    ("a deleted message", "deleted"),
)


def kind_of(reason: str) -> Kind:
    """The kind of a reason; what is not known by its beginning is a row in the wrong shape."""
    return next((kind for begin, kind in BEGINNINGS if reason.startswith(begin)), "shape")
