"""Decontamination: what the test set asks is not trained on, and the overlap is told right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.data.making import changed, prose, rejected, said, with_data, write

from chatwright.data import leaks
from chatwright.data.dataset import build
from chatwright.data.leaks import Index, Item, write_index
from chatwright.data.rows import hash64
from chatwright.data.split import sides
from chatwright.spec import Spec

QUESTION = "could you tell me where the recycling centre is and when it opens"


def all_train(spec: Spec) -> Spec:
    return with_data(spec, test_share=0, development_share=1e-9)


def leaked(spec: Spec) -> list[tuple[str, str]]:
    rows = rejected(build(all_train(spec)))
    return [
        (r["excerpt"].split(" | ")[0], r["detail"]["like"]) for r in rows if "like" in r["detail"]
    ]


def write_cases(spec: Spec, *cases: object) -> None:
    lines = [case if isinstance(case, str) else json.dumps(case) for case in cases]
    write(spec, "tests/cases.jsonl", lines)


def test_planted_copies_of_the_test_set_are_caught(spec: Spec) -> None:
    tests = [[prose(n, 40), prose(500 + n, 40), "thank you", "bye"] for n in range(50)]
    write(spec, "evaluation/a.jsonl", [said(*texts) for texts in tests])
    exact = [said(*texts) for texts in tests[:10]]
    near = [said(changed(t[0], 7).upper(), t[1].replace(" ", "  "), *t[2:]) for t in tests[10:20]]
    clean = [said(prose(2000 + n, 40), prose(3000 + n, 40), "thank you", "bye") for n in range(80)]
    write(spec, "data/a.jsonl", [*exact, *near, *clean])
    dataset = build(all_train(spec))
    assert dataset.counts["train"] == 80 and dataset.counts["test"] == 50
    assert dataset.counts["rejected"] == {"exact duplicate": 10, "near duplicate": 10}
    assert dataset.counts["overlap"] == {
        "before": {"exact": 10, "near": 10},
        "after": {"exact": 0, "near": 0, "question": 0},
    }


def test_the_overlap_is_counted_by_what_the_hash_would_do(spec: Spec) -> None:
    """Each row's own side, in clusters of two copies and a near one, whichever of the rows stays."""
    rows = [(n, kind) for kind in ("a", "b", "near") for n in range(100)]
    texts = {row: changed(prose(row[0]), 9) if row[1] == "near" else prose(row[0]) for row in rows}
    write(spec, "data/a.jsonl", [said(texts[row], "yes", id=str(row)) for row in rows])
    spec = with_data(spec, development_share=0.1, test_share=0.3)
    threads = np.array([hash64(str(row)) for row in rows], np.uint64)
    side = dict(zip(rows, sides(threads, spec.data, False).tolist(), strict=True))
    exact = near = 0
    for n, kind in rows:
        held = {k for k in ("a", "b", "near") if side[n, k] != 0}
        like = {"a", "b"} if kind in ("a", "b") else {"near"}
        if side[n, kind] == 0:
            exact += bool(held & like)
            near += bool(held and not held & like)
    before = build(spec).counts["overlap"]["before"]
    assert exact > 20 and near > 20
    assert before == {"exact": exact, "near": near}


@pytest.mark.parametrize(
    ("asked", "caught"),
    [
        (QUESTION, True),
        (QUESTION.upper() + "?", True),
        (QUESTION.replace("could you", "can you"), True),
        (QUESTION.replace("recycling", "swimming"), False),
        ("where is the recycling centre", False),
    ],
)
def test_a_case_s_question_is_not_trained_on(spec: Spec, asked: str, caught: bool) -> None:
    """Whatever the answer, and at whatever place in a conversation it is asked."""
    write_cases(spec, {"id": "c1", "question": QUESTION})
    write(
        spec,
        "data/a.jsonl",
        [said(asked, "At the harbour."), said("hello", "hi", asked, prose(1)), said("a", "b")],
    )
    found = [like for _, like in leaked(spec)]
    assert found == (["case c1"] * 2 if caught else [])


def test_short_questions_have_to_be_equal_and_all_that_is_asked(spec: Spec) -> None:
    write_cases(spec, {"id": "hi", "question": "Good  morning"})
    rows = [
        said("good morning", "Hello."),
        said("good morning", "Hello.", prose(1), "yes"),
        said("good mornings", "Hello, I am here."),
    ]
    write(spec, "data/a.jsonl", rows)
    assert leaked(spec) == [("good morning", "case hi")]


def test_a_question_in_a_conversation_counts_when_it_says_it_all(spec: Spec) -> None:
    follow_up, long = "and on a sunday afternoon in the summer?", prose(7, 25)
    history = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]
    write_cases(
        spec,
        {"id": "short", "question": follow_up, "history": history},
        {"id": "long", "question": long, "history": history},
    )
    write(
        spec,
        "evaluation/a.jsonl",
        [
            said(prose(70), "y", prose(8, 25), "z"),
            said("x", "y", "thanks a lot for all your help", "z"),
        ],
    )
    rows = [said(q, "w") for q in (follow_up, long, prose(8, 25), "thanks a lot for all your help")]
    write(spec, "data/a.jsonl", rows)
    assert [asked for asked, _ in leaked(spec)] == [t[:80] for t in (long, prose(8, 25))]


def test_broken_cases_are_left_to_the_evaluation(spec: Spec) -> None:
    write_cases(
        spec, "{", "[]", "1", {"question": 3}, {"id": "x"}, {"id": "c", "question": QUESTION}
    )
    assert [item.name for item in leaks.cases(spec.path("tests/cases.jsonl"))] == ["case c"]
    assert not list(leaks.cases(spec.path("none.jsonl")))


def test_cases_are_a_part_of_the_key(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [said(QUESTION, "w"), said("a", "b")])
    assert build(all_train(spec)).counts["train"] == 2
    write_cases(spec, {"id": "c1", "question": QUESTION})
    assert build(all_train(spec)).counts["train"] == 1


def test_nothing_alike_is_missed(tmp_path: Path) -> None:
    """Against every pair compared by hand."""
    texts = [prose(n, 12) for n in range(60)]
    items = [Item(str(n), changed(t, n % 12) if n % 2 else t) for n, t in enumerate(texts)]
    others = [changed(t, *range(n % 4)) for n, t in enumerate(texts)]
    write_index(items, 1, tmp_path / "index.npz")
    found = dict(Index(tmp_path / "index.npz").alike(others))

    def grams(text: str) -> set[str]:
        return {(text + "\0" * 4)[k : k + 5] for k in range(len(text))}

    for n, text in enumerate(others):
        a, b = grams(text), grams(items[n].text)
        assert (n in found) == (len(a & b) / len(a | b) >= 0.8)


def test_many_questions_are_compared_in_waves(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "WAVE", 150)
    write_cases(spec, *({"id": f"c{n}", "question": prose(n, 10)} for n in range(10)))
    write(spec, "data/a.jsonl", [said(prose(n, 10), prose(50 + n)) for n in range(12)])
    assert [like for _, like in leaked(spec)] == [f"case c{n}" for n in range(10)]


def test_long_questions_are_sampled(spec: Spec) -> None:
    text = prose(1, 150)
    write_cases(spec, {"id": "long", "question": text})
    rows = [changed(text, 5, 60), changed(text, *range(0, 150, 3)), prose(2, 150)]
    write(spec, "data/a.jsonl", [said(row, prose(9)) for row in rows])
    assert [asked for asked, _ in leaked(spec)] == [rows[0][:80]]
