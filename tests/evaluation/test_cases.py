"""Cases: what passes, and what is wrong with a file of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatwright.core.errors import DataError
from chatwright.core.types import Route
from chatwright.evaluation.cases import Case, fingerprint, load_cases


def case(**values: Any) -> Case:
    return Case(**{"id": "1", "question": "When?", **values})


@pytest.mark.parametrize(
    ("must", "answer", "passes"),
    [
        ([["9 am", "9am"]], "We open at 9AM.", True),
        ([["9 am", "9am"]], "We open at 9  \n AM.", True),
        ([["9 am"]], "We open at 9\u00a0am.", True),
        ([["don't"]], "We don\u2019t.", True),
        ([['"Quiet"']], "It says \u201cquiet\u201d.", True),
        ([["Straße"]], "in der STRASSE", True),
        ([["9 am"], ["5 pm"]], "From 9 am.", False),
        (["9 am", "5 pm"], "9 am to 5 pm", True),
        (["9 am", "5 pm"], "9 am", False),
        ([], "", True),
    ],
)
def test_must(must: list[Any], answer: str, passes: bool) -> None:
    assert (case(must=must).problems(answer, "generated") == []) is passes


def test_must_not() -> None:
    assert case(must_not=["$", "free"]).problems("It is FREE.", "generated") == [
        "must not say free"
    ]


@pytest.mark.parametrize(
    ("expected", "fitting"),
    [
        ("answered", {"curated", "retrieved", "generated"}),
        ("refused", {"refused"}),
        ("generated", {"generated"}),
        ("curated", {"curated"}),
        ("retrieved", {"retrieved"}),
    ],
)
def test_route(expected: str, fitting: set[str]) -> None:
    routes: tuple[Route, ...] = ("curated", "retrieved", "generated", "refused")
    subject = case(route=expected)
    assert {route for route in routes if not subject.problems("", route)} == fitting
    assert subject.in_scope == (expected != "refused")
    assert subject.problems("", "refused" if expected != "refused" else "curated")[0].startswith(
        "route is"
    )


def test_every_problem_is_told() -> None:
    subject = case(must=[["a", "b"], "c"], must_not=["x"], route="refused")
    assert subject.problems("x", "generated") == [
        "route is generated, should be refused",
        "lacks a / b",
        "lacks c",
        "must not say x",
    ]


def test_conversation_carries_history_and_id() -> None:
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    conversation = case(history=history).conversation
    assert [(m.role, m.content) for m in conversation.messages] == [
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "When?"),
    ]
    assert conversation.id == "1"


def written(folder: Path, *lines: str | bytes) -> Path:
    path = folder / "cases.jsonl"
    path.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))
    return path


def test_no_file_means_no_cases(tmp_path: Path) -> None:
    assert load_cases(tmp_path / "none.jsonl") == []
    assert fingerprint(tmp_path / "none.jsonl") == "none"


def test_fingerprint_follows_the_content(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": "1", "question": "a"}')
    before = fingerprint(path)
    assert fingerprint(path) == before
    written(tmp_path, '{"id": "1", "question": "b"}')
    assert fingerprint(path) != before


def test_blank_lines_line_ends_and_marks_are_no_matter(tmp_path: Path) -> None:
    good = '{"id": "1", "question": "a"}\r'
    path = written(tmp_path, b"\xef\xbb\xbf" + good.encode(), "", "  ", good.replace("1", "2"), "")
    assert [c.id for c in load_cases(path)] == ["1", "2"]


def test_separators_inside_a_text_do_not_end_the_line(tmp_path: Path) -> None:
    text = "one\u2028two\u0085three"  # JSON may hold these as they are
    path = written(tmp_path, json.dumps({"id": "1", "question": text}, ensure_ascii=False))
    assert load_cases(path)[0].question == text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2"),
        ("[1]", "line 2"),
        ("7", "line 2"),
        ('{"id": "2"}', "Field required"),
        ('{"id": "2", "question": ""}', "at least 1 character"),
        ('{"id": "2", "question": "a", "mustnt": []}', "Extra inputs"),
        ('{"id": "2", "question": "a", "route": "guessed"}', "Input should be"),
        ('{"id": "1", "question": "again"}', "'1' occurs twice"),
        (b'{"id": "2", "question": "\xff"}', "UTF-8"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str | bytes, reason: str) -> None:
    path = written(tmp_path, '{"id": "1", "question": "a"}', line)
    with pytest.raises(DataError, match=reason) as caught:
        load_cases(path)
    assert "cases.jsonl" in str(caught.value) and caught.value.next_step
