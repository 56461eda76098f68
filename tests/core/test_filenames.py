"""Names for files: taken as they are, or refused in a sentence."""

from __future__ import annotations

import pytest

from chatwright.core.errors import WrongUse
from chatwright.core.filenames import checked_name, shown

BAD = """
.
..
a/../b.md
/a.md
a//b.md
a\\b.md
a:b.md
a\0.md
a\u202e.md
\uff0e\uff0e/a.md
a\uff0fb.md
NUL.md
a.md.
"""


@pytest.mark.parametrize("name", [*BAD.split("\n"), " a.md", "x" * 130 + ".md"])
def test_names_that_do_not(name: str) -> None:
    with pytest.raises(WrongUse, match="cannot be the name"):
        checked_name(name)


def test_endings_and_folders() -> None:
    with pytest.raises(WrongUse, match="is not taken here"):
        checked_name("a.exe", (".md",))
    with pytest.raises(WrongUse):
        checked_name("a/b.md", folders=False)


def test_what_nobody_sees_is_shown_as_a_dot() -> None:
    assert shown("a\u202eb") == '"a\u00b7b"'
