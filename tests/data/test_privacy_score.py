"""The rules against the labelled set: no worse than they were. The set is for measuring; see its README."""

from __future__ import annotations

import json
from pathlib import Path

from tests.data.privacy_score import score

from chatwright.data.privacy import find

SET = Path(__file__).with_name("privacy")
SURE = ("CARD", "EMAIL", "IBAN")


def test_the_rules_find_no_less_than_at_first() -> None:
    files = (SET / "positives.jsonl", SET / "lookalikes.jsonl")
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == 1637
    scores = score(rows, lambda text: find([text])[0])
    assert [(scores[type].recall, scores[type].precision) for type in SURE] == [(1, 1)] * len(SURE)
    assert scores["ALL"].recall >= 0.782
    assert scores["ALL"].precision >= 0.914
