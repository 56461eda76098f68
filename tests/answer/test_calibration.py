"""Calibration: the threshold of a dial, coverage, errors by hand, and what is read back from a folder."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.answer.routing import REPLIES, calibrated, known, logistic

from chatwright.answer.calibration import (
    FILE,
    MATCHED,
    Calibration,
    Tried,
    brier,
    expected_error,
    threshold,
)
from chatwright.answer.signs import KNOWN, REVIEWED, SIGNS, row
from chatwright.core.errors import ChatwrightError, ReleaseError
from chatwright.knowledge.signals import LEXICAL

ROWS = st.lists(
    st.builds(
        Tried,
        st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.5001, 0.7, 0.9, 0.99, 1.0]),
        st.sampled_from([0.0, 1.0, 1.0, 1.0]),
        st.sampled_from([0.25, 1.0, 3.0]),
        st.just("standard"),
        st.booleans(),
    ),
    max_size=60,
)


def rows(*pairs: tuple[float, float], times: int = 1) -> list[Tried]:
    return [Tried(confidence, right) for confidence, right in pairs] * times


def wrong_share(tried: list[Tried], least: float) -> float:
    said = [one for one in tried if 0 < one.confidence >= least]
    whole = sum(one.weight for one in said)
    return sum(one.weight * (1 - one.right) for one in said) / whole if whole else 0.0


def test_a_threshold_by_hand() -> None:
    """Ten right at .9, then one wrong at .8: with one more counted (0 + 1) / 10 and (1 + 1) / 11."""
    tried = [*rows((0.9, 1.0), times=10), *rows((0.8, 0.0))]
    assert threshold(tried, 0.1) == 0.9
    assert threshold(tried, 0.09) == 1.01
    assert threshold(tried, 0.19) == 0.8
    assert threshold(tried, 0.18) == 0.9


def test_equals_are_answered_together() -> None:
    tried = [*rows((0.9, 1.0), times=20), *rows((0.7, 1.0), times=5), *rows((0.7, 0.0), times=5)]
    assert threshold(tried, 0.06) == 0.9


def test_a_dip_does_not_hide_what_is_good_below_it() -> None:
    tried = [*rows((0.95, 0.0), times=2), *rows((0.8, 1.0), times=40)]
    assert threshold(tried, 0.1) == 0.8


def test_few_answers_promise_nothing() -> None:
    for count in range(1, 10):
        assert threshold(rows((0.99, 1.0), times=count), 0.1) == 1.01
    assert threshold(rows((0.99, 1.0), times=10), 0.1) == 0.99


def test_nothing_tried() -> None:
    assert threshold([], 0.15) == 0.5
    assert threshold([], 1) == 0.0


def test_all_are_given_where_all_wrong_ones_are_tolerated() -> None:
    assert threshold(rows((0.4, 0.0)), 1) == 0.0
    assert threshold(rows((0.0, 0.0)), 1) == 0.0


def test_what_is_declined_does_not_make_answers_better() -> None:
    """A quarter of the answers is wrong; forty questions that were rightly declined change nothing."""
    tried = [*rows((0.6, 1.0), times=30), *rows((0.6, 0.0), times=10)]
    declined = [Tried(0.0, 1.0, inside=False)] * 40
    assert threshold(tried, 0.15) == threshold([*tried, *declined], 0.15) == 1.01
    assert threshold(declined, 0.15) == 1.01


@settings(max_examples=300, deadline=None)
@given(ROWS, st.floats(0.001, 0.999))
def test_never_more_wrong_than_tolerated(tried: list[Tried], tolerated: float) -> None:
    least = threshold(tried, tolerated)
    assert wrong_share(tried, least) <= tolerated + 1e-9


@settings(max_examples=300, deadline=None)
@given(ROWS, st.floats(0.001, 1), st.floats(0.001, 1))
def test_more_tolerance_never_asks_for_more(tried: list[Tried], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert threshold(tried, high) <= threshold(tried, low)
    calibration = Calibration({}, tuple(tried))
    assert 0 <= calibration.coverage(low) <= calibration.coverage(high) <= 1 + 1e-9


def test_coverage_is_of_questions_that_have_an_answer() -> None:
    tried = [
        *rows((0.9, 1.0), times=20),
        *[Tried(0.0, 0.0)] * 20,  # declined, though there is an answer
        *[Tried(0.9, 1.0, inside=False)] * 7,
    ]
    assert Calibration({}, tuple(tried)).coverage(0.1) == 0.5
    assert Calibration({}, tuple(tried)).coverage(1) == 0.5
    heavy = (Tried(0.9, 1.0, 30.0), Tried(0.1, 0.0, 10.0))
    assert Calibration({}, heavy).coverage(0.7) == 0.75
    assert Calibration({}).coverage(0.15) == 0.0


def test_errors_by_hand() -> None:
    assert math.isnan(brier([])) and math.isnan(expected_error([]))
    assert brier(rows((1.0, 1.0), (0.5, 0.0))) == pytest.approx(0.125)
    assert brier([Tried(1.0, 0.0, 3.0), Tried(0.0, 0.0, 1.0)]) == pytest.approx(0.75)
    # Two bins of two: |.25 - .5| and |.75 - 1|, half of the weight each.
    four = rows((0.2, 0.0), (0.3, 1.0), (0.7, 1.0), (0.8, 1.0))
    assert expected_error(four, bins=2) == pytest.approx(0.25)
    assert expected_error(rows((0.75, 1.0), (0.75, 0.0), times=50)) == pytest.approx(0.25)
    assert expected_error(rows((1.0, 1.0), times=9)) == 0.0


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_errors_are_shares(tried: list[Tried]) -> None:
    if tried:
        assert 0 <= brier(tried) <= 1
        assert 0 <= expected_error(tried) <= 1 + 1e-9


def test_a_kind_is_judged_alone_where_nothing_was_drafted() -> None:
    both = Calibration(
        {
            "standard": logistic(SIGNS["standard"], 0.9),
            "standard alone": logistic(SIGNS["standard"], 0.2),
            "quoted": logistic(SIGNS["quoted"], 0.5, coverage=2.0),
        }
    )
    assert both.confidence("standard", {"drafted": 1.0}) == pytest.approx(0.9)
    assert both.confidence("standard", {}) == pytest.approx(0.2)
    assert both.confidence("quoted", {"coverage": 1.0}) == pytest.approx(1 / (1 + math.exp(-2)))
    assert both.confidence("generated", {"drafted": 1.0}) is None


def test_the_matching_alone_as_log_odds() -> None:
    calibration = calibrated()
    assert calibration.known({"top": 3.0}) == pytest.approx(3.0)
    assert Calibration({}).known({"top": 3.0}) == -4.0
    assert KNOWN in SIGNS["standard"]


def test_it_comes_back_from_a_folder_as_it_was(tmp_path: Path) -> None:
    tried = (Tried(0.9, 1.0, 2.0, "standard", True), Tried(0.0, 1.0, 0.25, "", False))
    before = calibrated(known(), judged=False, tried=tried, quoted=0.7)
    folder = tmp_path / "0a1b2c"
    folder.mkdir()
    before.save(folder)
    after = Calibration.load(folder)
    assert (after.id, after.judged, after.tried) == ("0a1b2c", False, tried)
    assert after.about == before.about and after.logistics.keys() == before.logistics.keys()
    assert after.confidence("quoted", {}) == before.confidence("quoted", {})
    assert after.standard is not None and before.standard is not None
    (one,), (other,) = (s.standard.look_all(["a card?"]) for s in (before, after) if s.standard)
    assert one.choices == other.choices and one.choices[0].text == REPLIES[1]
    again = tmp_path / "again"
    again.mkdir()
    after.save(again)
    assert (again / FILE).read_bytes() == (folder / FILE).read_bytes()


def test_one_from_before_there_was_a_sign_for_reviewed_replies(tmp_path: Path) -> None:
    assert SIGNS["standard"][-1] == SIGNS["generated"][-1] == REVIEWED
    fewer = logistic(SIGNS["standard"][:-1], 0.4, agrees=1.0)
    Calibration({"standard": fewer}, about={"matching": []}).save(tmp_path)
    loaded = Calibration.load(tmp_path)
    for reviewed in (0.0, 1.0):
        signs = {"drafted": 1.0, "agrees": 2.0, REVIEWED: reviewed}
        assert loaded.confidence("standard", signs) == float(
            fewer.predict([row("standard", signs)[:-1]])[0]
        )


def damaged(folder: Path, **changes: Any) -> None:
    values = json.loads((folder / FILE).read_text())
    for name, value in changes.items():
        if value is None:
            del values[name]
        else:
            values[name] = value
    (folder / FILE).write_text(json.dumps(values))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"format": None},
        {"judged": None},
        {"about": None},
        {"about": {"matching": list(LEXICAL), "changes": [{}]}},
        {"about": {}},  # the signs of the matching are not named
        {"standard": None},
        {"logistics": []},
        {"logistics": {"quoted": {"bias": 0.0}}},
        {"logistics": {"quoted": {"bias": 0, "weights": [1], "mean": [0], "scale": [1]}}},
        {"logistics": {"whistled": {"bias": 0, "weights": [1], "mean": [0], "scale": [1]}}},
        {"tried": [[1, 2]]},
        {"tried": 7},
    ],
    ids=str,
)
def test_what_was_not_saved_by_it_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    calibrated(quoted=0.5).save(tmp_path)
    assert MATCHED in Calibration.load(tmp_path).logistics
    damaged(tmp_path, **changes)
    with pytest.raises(ReleaseError, match="cannot be read") as found:
        Calibration.load(tmp_path)
    assert "evaluate" in str(found.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"null", b"{"])
def test_a_file_that_is_none(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ReleaseError):
        Calibration.load(tmp_path)
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ReleaseError):
        Calibration.load(tmp_path)


@pytest.mark.parametrize("name", ["replies.json", "classifier.json", "classifier.safetensors"])
def test_a_part_that_is_missing_or_cut(tmp_path: Path, name: str) -> None:
    calibrated(known()).save(tmp_path)
    path = tmp_path / "standard" / name
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ChatwrightError):
        Calibration.load(tmp_path)
    path.unlink()
    with pytest.raises(ChatwrightError):
        Calibration.load(tmp_path)
