"""Near-duplicates: signatures against the truth, and what is merged and what is not."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from tests.data.making import changed, prose, rejected, said, with_data, write

from chatwright.data.dataset import build
from chatwright.data.near import PROMPT, WHOLE, agreement, gram_sets, likeness, signatures
from chatwright.data.rows import Text
from chatwright.spec import Spec


def true_jaccard(a: str, b: str) -> float:
    left, right = ({(t + "\0" * 4)[k : k + 5] for k in range(len(t))} for t in (a, b))
    return len(left & right) / len(left | right)


@pytest.mark.parametrize("text", ["a", "hello", "naïve 😀 text", "日本語の会話です。", prose(1)])
def test_a_text_has_the_grams_of_its_characters(text: str) -> None:
    sets = gram_sets(["before", text, "after"])
    assert len(sets[1]) == len({(text + "\0" * 4)[k : k + 5] for k in range(len(text))})
    assert (sets[1] == gram_sets([text])[0]).all(), "the neighbours make no difference"


def test_likeness_is_jaccard() -> None:
    a, b = prose(1), changed(prose(1), 3, 30)
    texts = [Text(a, "yes"), Text(b, "yes"), Text(prose(2), "yes")]
    found = likeness(np.array([[0, 1], [1, 2], [0, 0]]), texts)
    assert found[0, 1] == pytest.approx(true_jaccard(a, b))
    assert found[0, 1] < found[0, 0] < 1, "the answers are the same"
    assert found[1, 1] < 0.1
    assert found[2].tolist() == [1, 1]


@pytest.mark.parametrize("words", [8, 150])
def test_signatures_estimate_it(words: int) -> None:
    """Also of texts with fewer grams than the signature has bins."""
    pairs = [(prose(n, words), changed(prose(n, words), n % words)) for n in range(200)]
    left, right = (signatures([Text(p[k], "") for p in pairs]) for k in (0, 1))
    assert left.shape == (200, WHOLE + PROMPT)
    whole, prompt = agreement(left, right)
    truth = np.array([true_jaccard(*pair) for pair in pairs])
    assert (whole - truth).mean() == pytest.approx(0, abs=0.02)
    assert (prompt - truth).mean() == pytest.approx(0, abs=0.04)
    assert np.abs(whole - truth).mean() < (0.12 if words == 8 else 0.03)


def test_near_duplicates_go_and_say_what_stays(spec: Spec) -> None:
    rows = [said(prose(n), prose(1000 + n), id=f"row-{n}") for n in range(60)]
    rows += [said(changed(prose(n), 5).upper(), prose(1000 + n), id=f"copy-{n}") for n in range(20)]
    write(spec, "data/a.jsonl", rows)
    dataset = build(spec)
    left_out = rejected(dataset)
    assert Counter(row["reason"] for row in left_out) == {"near duplicate": 20}
    kept = {c.id: c for name in ("train", "dev", "test") for c in dataset.rows(name)}  # type: ignore[arg-type]
    for row in left_out:
        original = kept[row["detail"]["kept"]].provenance
        assert original is not None and original.original_id == row["provenance"][
            "original_id"
        ].replace("copy", "row")
        assert 0.8 <= row["detail"]["likeness"] < 1


def test_questions_with_one_answer_are_not_duplicates(spec: Spec) -> None:
    """As in a .qna file: thousands of phrasings, one answer that is longer than any of them."""
    answer = f"Main Street is open every day but Monday. {prose(1)}"
    asked = [
        f"# ? are you open on {day} at {hour}"
        for day in ("monday", "tuesday", "sunday")
        for hour in range(40)
    ]
    again = ["# ? Are you open on Sunday at 7?!"]
    write(
        spec, "data/a.qna", [line for q in [*asked, *again] for line in (q, "```", answer, "```")]
    )
    assert build(with_data(spec, test_share=0)).counts["rejected"] == {"near duplicate": 1}


def test_one_question_with_other_answers_is_not_a_duplicate(spec: Spec) -> None:
    write(spec, "data/a.jsonl", [said(prose(1), prose(100 + n)) for n in range(30)])
    reasons = build(with_data(spec, test_share=0, development_share=1e-9)).counts["rejected"]
    assert "near duplicate" not in reasons


def test_rows_are_not_merged_through_others(spec: Spec) -> None:
    """0 is like 1, 1 like 2, and so on; the ends of the chain have nothing in common."""
    chain = [changed(prose(1), *range(2 * n)) for n in range(20)]
    write(spec, "data/a.jsonl", [said(text, "yes") for text in chain])
    dataset = build(with_data(spec, test_share=0, development_share=1e-9))
    kept = [c.messages[0].content for c in dataset.rows("train")]
    assert 3 <= len(kept) <= 12
    for text in chain:
        assert any(true_jaccard(text, other) >= 0.75 for other in kept), (
            "what is left out is like what stays"
        )
    for row in rejected(dataset):
        assert row["detail"]["likeness"] >= 0.8


def test_the_threshold_is_the_spec_s(spec: Spec) -> None:
    rows = [said(prose(1), prose(2)), said(changed(prose(1), 5), prose(2))]
    write(spec, "data/a.jsonl", rows)
    strict = build(with_data(spec, near_duplicates=0.99, test_share=0, development_share=1e-9))
    assert strict.counts["train"] == 2
    kept = build(with_data(spec, near_duplicates=0, test_share=0, development_share=1e-9))
    assert kept.counts["train"] == 2 and not kept.counts["rejected"]


def test_a_japanese_and_a_german_row_go_through(spec: Spec) -> None:
    long = (
        "図書館の開館時間について教えていただけますか。来週の月曜日に子どもと一緒に"
        "絵本を借りに行きたいと思っています。午前中は混んでいますか。"
    )
    german = (
        "Können Sie mir bitte sagen, wann die Bücherei am nächsten Samstag öffnet "
        "und ob ich dort Spiele leihen kann?"
    )
    rows = [
        said(long, "はい、九時に開きます。"),
        said(long.replace("午前中", "午後は"), "はい、九時に開きます。"),
        said(german, "Ab 9 Uhr. Spiele haben wir auch."),
        said(german.replace("bitte ", "").upper(), "Ab 9 Uhr. Spiele haben wir auch."),
    ]
    write(spec, "data/a.jsonl", rows)
    counts = build(with_data(spec, test_share=0, development_share=1e-9)).counts
    assert counts["train"] == 2 and counts["rejected"] == {"near duplicate": 2}


def test_clusters_are_shown(spec: Spec) -> None:
    rows = [said(changed(prose(1), n), prose(2)) for n in range(5)] + [said("hi", "hello")]
    write(spec, "data/a.jsonl", rows)
    dataset = build(with_data(spec, test_share=0, development_share=1e-9))
    about = json.loads((dataset.folder / "dataset.json").read_text())
    (cluster,) = about["clusters"]
    assert cluster["rows"] == 5 and len(cluster["alike"]) == 2
    assert cluster["kept"]["said"][0] == changed(prose(1), 0)[:160]
