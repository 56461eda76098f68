"""The rules against the labelled set: no worse than they were. The set is for measuring; see its README."""

from __future__ import annotations

from bench.privacy_score import labelled, score

from chatwright.data.privacy import find

SURE = ("CARD", "EMAIL", "IBAN")


def test_the_rules_find_no_less_than_at_first() -> None:
    rows = labelled()
    assert len(rows) == 1637
    scores = score(rows, lambda text: find([text])[0])
    assert [(scores[type].recall, scores[type].precision) for type in SURE] == [(1, 1)] * len(SURE)
    assert scores["ALL"].recall >= 0.782
    assert scores["ALL"].precision >= 0.914
