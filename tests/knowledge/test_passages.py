"""Passages: bounded, in order, exactly the document's own words, and not torn where avoidable."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwright.data.documents import Text
from chatwright.knowledge.passages import MOST, passages, title_of


def cut(text: str) -> list[str]:
    return [one.text for one in passages(Text("", text))]


def test_a_passage_has_the_headings_above_it() -> None:
    text = "# Library\n\nWelcome.\n\n## Hours\n\nNine to six.\n\n### Sunday\n\nShut.\n\n## Fines\n\nNone.\n"
    found = [(one.headings, one.text) for one in passages(Text("", text))]
    assert found == [
        (("Library",), "Welcome."),
        (("Library", "Hours"), "Nine to six."),
        (("Library", "Hours", "Sunday"), "Shut."),
        (("Library", "Fines"), "None."),
    ]


def test_headings_may_be_underlined() -> None:
    found = [
        one.headings for one in passages(Text("", "Rules\n=====\n\nBe kind.\n\nMore\n---\nYes."))
    ]
    assert found == [("Rules",), ("Rules", "More")]


LINES = st.sampled_from(
    ["# A", "## B c", "", " ", "- one", "  two", "1. x", "| a | b |", "```", "Word. " * 40, "x" * 2600,
     "\u958b\u9928\u6642\u9593\u3067\u3059\u3002" * 90, "a | b", "===", "---", "\U0001f600" * 500]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_positions_are_exact_and_nothing_is_lost(lines: list[str], page: int) -> None:
    text = "\n".join(lines)
    found = list(passages(Text("", text, tuple(range(0, page * 40, 40)))))
    assert all(text[one.start : one.end] == one.text and one.text.strip() for one in found)
    assert all(len(one.text.encode()) <= MOST for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = squeezed(*(one.text for one in found))
    above = squeezed(*(heading for one in found for heading in one.headings))
    for word in ("one", "two", "a|b", "Word.", "\u958b"):
        said = squeezed(text).count(word)
        assert said == kept.count(word) or word in above


def squeezed(*texts: str) -> str:
    return "".join("".join(texts).split())


def test_rows_of_a_table_stay_whole_and_take_its_head_along() -> None:
    rows = [f"| room {n} | {n} euros a day, lights and heating included |" for n in range(60)]
    text = "\n".join(["| room | price |", "|---|---|", *rows])
    found = list(passages(Text("", text)))
    assert len(found) > 2
    assert all(
        line.startswith("| ") and line.endswith(" |")
        for p in found
        for line in p.text.split("\n")[2:]
    )
    assert all(one.headings == ("room | price",) for one in found)


def test_items_of_a_list_stay_whole() -> None:
    items = [
        f"- Item {n} says a good deal about something,\n  and goes on in a second line."
        for n in range(40)
    ]
    found = cut("\n".join(items))
    assert len(found) > 1
    assert all(one.startswith("- Item") and one.endswith("second line.") for one in found)


def test_headings_alone_are_passages() -> None:
    found = [(one.headings, one.text) for one in passages(Text("", "# A\n## B\n## C\n\nc\n# D"))]
    assert found == [(("A",), "## B"), (("A", "C"), "c"), ((), "# D")]


def test_code_is_not_read_as_headings() -> None:
    found = list(passages(Text("", "# A\n\n```\n# no heading\n\n- no item\n```\n\nText.")))
    assert [one.headings for one in found] == [("A",)] * len(found)
    assert "# no heading\n\n- no item" in found[0].text


def test_pages_count_from_one() -> None:
    text = "First page.\n# Second\nHere.\n"
    assert [one.page for one in passages(Text("", text, (0, 12)))] == [1, 2]
    assert [one.page for one in passages(Text("", text))] == [0, 0]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [("Own", "# Other", "Own"), ("", "x\n\n# Other\n", "Other"), ("", "## Small\n", "")],
)
def test_a_title_is_what_the_document_says(title: str, text: str, expected: str) -> None:
    assert title_of(Text(title, text)) == expected


def test_a_million_tokens_without_a_line_end() -> None:
    text = "word " * 1_000_000
    tracemalloc.start()
    count = sum(1 for _ in passages(Text("", text)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count >= len(text) / MOST
    assert peak < 4 * len(text)
