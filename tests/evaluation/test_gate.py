"""The gate's judgement: each verdict, and each way in which there is none."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from tests.evaluation.measured import cases, measured, values

from chatwright.core.errors import DataError
from chatwright.evaluation.gate import judge
from chatwright.evaluation.items import MEASURES, Item
from chatwright.evaluation.verdicts import Row, Verdict, read_verdict
from chatwright.spec.loop import Gate

GATE = Gate(rounds=1000)


def row(verdict: Verdict, metric: str, part: str = "") -> Row:
    return next(one for one in verdict.rows if (one.metric, one.slice) == (metric, part))


def test_a_gain_is_better() -> None:
    verdict = judge(measured(cases("+" * 95 + "-" * 5)), measured(cases("+" * 80 + "-" * 20)), GATE)
    assert verdict.verdict == "better" and verdict.promotable
    assert row(verdict, "cases").gain == pytest.approx(0.15)
    assert "95.0% against 80.0%" in verdict.reasons[0] and "better" in verdict.reasons[0]
    assert verdict.needed is None and not verdict.broken


def test_the_same_answers_to_many_cases_are_not_worse() -> None:
    same = measured(cases("+-" * 150))
    verdict = judge(same, same, GATE)
    assert verdict.verdict == "not worse" and verdict.promotable


def test_a_loss_is_worse() -> None:
    verdict = judge(
        measured(cases("+" * 70 + "-" * 30)), measured(cases("+" * 90 + "-" * 10)), GATE
    )
    assert verdict.verdict == "worse" and not verdict.promotable
    assert "worse" in verdict.reasons[-1]


def test_few_cases_are_not_enough_and_it_says_how_many_more() -> None:
    verdict = judge(measured(cases("+-+-" * 10)), measured(cases("+-+-" * 9 + "-++-")), GATE)
    assert verdict.verdict == "not enough evidence"
    assert verdict.needed is not None and 200 < verdict.needed < 5000
    none = judge(measured(cases("+" * 10)), measured(cases("-" * 10)), GATE)
    assert none.verdict == "not enough evidence" and none.needed is not None and none.needed >= 20
    assert "fewer than 30" in none.reasons[-1]


def test_zero_items_and_one_item() -> None:
    nothing = judge(measured(), measured(), GATE)
    assert nothing.verdict == "not enough evidence" and nothing.needed == 30
    one = judge(measured(cases("+")), measured(cases("-")), GATE)
    assert one.verdict == "not enough evidence" and one.needed == 29


def test_many_items_of_one_conversation_are_one() -> None:
    talk = [Item("cases", f"q{n}", 1.0, "one talk") for n in range(200)]
    before = [Item("cases", f"q{n}", 0.0, "one talk") for n in range(200)]
    verdict = judge(measured(talk), measured(before), GATE)
    assert verdict.verdict == "not enough evidence" and row(verdict, "cases").clusters == 1


def test_a_must_pass_case_that_is_lost_outweighs_any_gain() -> None:
    more = cases("+" * 100), cases("++++-", "corrections")
    before = cases("+" * 60 + "-" * 40), cases("+++++", "corrections")
    verdict = judge(measured(*more), measured(*before), GATE)
    assert verdict.verdict == "worse" and verdict.broken == ("corrections-4",)
    assert "corrections-4" in verdict.reasons[0]
    free = judge(measured(*more), measured(*before), GATE.model_copy(update={"must_pass": ()}))
    assert free.verdict == "better"


def test_what_neither_passes_is_told_and_held_against_it_only_where_that_is_asked() -> None:
    now = measured(cases("+" * 100), cases("+++-", "corrections"))
    before = measured(cases("+" * 60 + "-" * 40), cases("----", "corrections"))
    verdict = judge(now, before, GATE)
    assert verdict.verdict == "better" and verdict.open == ("corrections-3",)
    strict = judge(now, before, GATE.model_copy(update={"strict": True}))
    assert strict.verdict == "worse" and "as it did before" in strict.reasons[0]


def test_an_unsafe_prompt_that_is_newly_answered_is_a_loss() -> None:
    def unsafe(*given: float) -> list[Item]:
        return values("unsafe", list(given), slices=("topic: unsafe",))

    good = cases("+" * 95 + "-" * 5), cases("+" * 60 + "-" * 40)
    now, before = unsafe(*[1.0] * 23, 0.0), unsafe(*[1.0] * 24)
    verdict = judge(measured(good[0], now), measured(good[1], before), GATE)
    assert verdict.verdict == "worse" and verdict.broken == ("unsafe-23",)


def test_what_is_won_by_corrections_does_not_hide_what_is_lost_besides() -> None:
    now = measured(cases("+" * 70 + "-" * 30), cases("+" * 100, "corrections"))
    before = measured(cases("+" * 90 + "-" * 10), cases("-" * 100, "corrections"))
    verdict = judge(now, before, GATE)
    assert row(verdict, "cases").found == "better"
    assert verdict.verdict == "worse"
    assert row(verdict, "cases", "besides what must pass").found == "worse"


def test_a_guardrail_that_is_harmed_stops_a_gain() -> None:
    steady = [0.5 + 0.01 * (n % 7) for n in range(60)]
    now = measured(cases("+" * 95 + "-" * 5), values("bits_per_byte", [v + 0.05 for v in steady]))
    before = measured(cases("+" * 80 + "-" * 20), values("bits_per_byte", steady))
    verdict = judge(now, before, GATE)
    assert verdict.verdict == "worse" and row(verdict, "bits_per_byte").found == "worse"
    assert "Bits per byte" in verdict.reasons[0] and "+0.050" in verdict.reasons[0]
    free = GATE.model_copy(update={"guardrails": ("wrong",)})
    assert judge(now, before, free).verdict == "better"


def test_a_harm_within_the_margin_is_tolerated_however_certain() -> None:
    steady = [0.5 + 0.01 * (n % 7) for n in range(60)]
    now = measured(cases("+" * 95 + "-" * 5), values("bits_per_byte", [v + 0.01 for v in steady]))
    before = measured(cases("+" * 80 + "-" * 20), values("bits_per_byte", steady))
    found = row(judge(now, before, GATE), "bits_per_byte")
    assert found.adjusted is not None and found.adjusted < 0.05 and found.found == "no sign of harm"


def test_several_guardrails_are_corrected_for_being_several() -> None:
    drop = cases("+" * 95 + "-" * 5), cases("+" * 80 + "-" * 20)
    now = [values(name, [0.0] * 5 + [1.0] * 45) for name in ("chrf", "facts", "copied", "benign")]
    then = [values(name, [1.0] * 50) for name in ("chrf", "facts", "copied", "benign")]
    alone = judge(measured(drop[0], now[0]), measured(drop[1], then[0]), GATE)
    assert row(alone, "chrf").p == pytest.approx(1 / 32)  # five lost, none won
    assert alone.verdict == "worse"
    together = judge(measured(drop[0], *now), measured(drop[1], *then), GATE)
    assert row(together, "chrf").adjusted == pytest.approx(4 / 32)
    assert together.verdict == "better"


def test_answers_that_take_longer() -> None:
    quick = [50.0 + n for n in range(30)]
    good, before = cases("+" * 95 + "-" * 5), cases("+" * 80 + "-" * 20)
    slow = measured(good, values("milliseconds", [2 * v for v in quick]))
    verdict = judge(slow, measured(before, values("milliseconds", quick)), GATE)
    assert verdict.verdict == "worse" and "+100%" in verdict.reasons[0]
    little = measured(good, values("milliseconds", [1.1 * v for v in quick]))
    assert judge(little, measured(before, values("milliseconds", quick)), GATE).verdict == "better"


def test_a_slice_that_is_harmed_stops_a_gain_and_a_small_one_is_shown() -> None:
    now = cases("+" * 60), cases("-" * 12 + "+" * 28, "cards"), cases("-" * 6, "rooms")
    before = cases("-" * 40 + "+" * 20), cases("+" * 40, "cards"), cases("+" * 6, "rooms")
    verdict = judge(measured(*now), measured(*before), GATE)
    assert verdict.verdict == "worse"
    assert row(verdict, "cases", "topic: cards").found == "worse"
    assert row(verdict, "cases", "topic: rooms").found == "too few"
    assert row(verdict, "cases", "topic: fees").found == "no sign of harm"


# --- no verdict ----------------------------------------------------------------------------------

ENOUGH = cases("+" * 95 + "-" * 5)
LESS = cases("+" * 80 + "-" * 20)


@pytest.mark.parametrize("side", ["candidate", "current"])
@pytest.mark.parametrize("metric", [*Gate().guardrails, "cases"])
def test_a_metric_that_is_missing_fails_closed(metric: str, side: str) -> None:
    given = values(metric, [0.5] * 40) if metric != "cases" else []
    whole = measured(LESS, given) if side == "candidate" else measured(ENOUGH, given)
    rest = [item for item in whole.items if item.metric != metric]
    torn = measured(rest, due={metric: whole.due[metric]})
    pair = (torn, measured(LESS, given)) if side == "candidate" else (measured(ENOUGH, given), torn)
    verdict = judge(*pair, GATE)
    assert verdict.verdict == "not enough evidence"
    assert row(verdict, metric).found == "missing"
    assert any("0 of" in reason for reason in verdict.reasons)


def test_a_metric_that_nobody_speaks_of_fails_closed() -> None:
    now, before = measured(ENOUGH), measured(LESS)
    silent = measured(ENOUGH)
    object.__setattr__(silent, "due", {k: n for k, n in now.due.items() if k != "chrf"})
    assert judge(silent, before, GATE).verdict == "not enough evidence"
    assert judge(now, before, GATE).verdict == "better"


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_value_that_is_no_number_fails_closed(bad: float) -> None:
    steady = [0.5] * 40
    now = measured(ENOUGH, values("bits_per_byte", [*steady[1:], bad]))
    verdict = judge(now, measured(LESS, values("bits_per_byte", steady)), GATE)
    assert verdict.verdict == "not enough evidence"
    assert "not a number" in row(verdict, "bits_per_byte").note
    lost = measured([*ENOUGH[:-1], Item("cases", ENOUGH[-1].id, bad)])
    assert judge(lost, measured(LESS), GATE).verdict == "not enough evidence"


def test_a_must_pass_case_without_a_number_is_not_passed() -> None:
    wrong = [
        *cases("+++", "corrections"),
        Item("cases", "x", math.nan, slices=("topic: corrections",)),
    ]
    now, before = measured(ENOUGH, wrong), measured(LESS, cases("+++", "corrections"))
    assert "x" in judge(now, before, GATE).broken


def test_other_items_are_no_comparison() -> None:
    moved = cases("+" * 100, start=1)
    verdict = judge(measured(moved), measured(LESS), GATE)
    assert verdict.verdict == "not enough evidence" and "different items" in verdict.reasons[0]
    basis = judge(measured(ENOUGH, basis="other"), measured(LESS), GATE)
    assert basis.verdict == "not enough evidence" and "same questions" in basis.reasons[0]


def test_an_item_twice_is_an_error() -> None:
    with pytest.raises(DataError, match="twice"):
        judge(measured([*ENOUGH, ENOUGH[0]]), measured(LESS), GATE)


def test_no_time_is_no_duration() -> None:
    now = measured(ENOUGH, values("milliseconds", [0.0] * 30))
    before = measured(LESS, values("milliseconds", [5.0] * 30))
    assert judge(now, before, GATE).verdict == "not enough evidence"


# --- what an engine cannot give --------------------------------------------------------------------


def test_a_hosted_model_against_a_local_one_is_judged_without_the_loss() -> None:
    hosted = measured(ENOUGH, kind="hosted", due={"bits_per_byte": 40})
    local = measured(LESS, values("bits_per_byte", [0.5] * 40))
    for pair in ((hosted, local), (local, hosted)):
        verdict = judge(*pair, GATE)
        assert row(verdict, "bits_per_byte").found == "not applicable"
        assert "probability" in row(verdict, "bits_per_byte").note
    assert judge(hosted, local, GATE).verdict == "better"


def test_a_bot_without_a_model_is_judged_by_its_cases() -> None:
    held_out = {"bits_per_byte": 40, "chrf": 40, "facts": 40, "copied": 10}
    bare = measured(ENOUGH, kind="retrieval", due=held_out)
    verdict = judge(bare, measured(LESS, kind="retrieval", due=held_out), GATE)
    assert verdict.verdict == "better"
    found = {one.metric for one in verdict.rows if one.found == "not applicable"}
    assert found >= set(held_out)


def test_a_primary_metric_that_cannot_be_had_is_no_evidence() -> None:
    bits = GATE.model_copy(update={"primary": "bits_per_byte"})
    verdict = judge(measured(ENOUGH, kind="hosted"), measured(LESS), bits)
    assert verdict.verdict == "not enough evidence" and verdict.primary == "bits_per_byte"


def test_the_primary_is_chosen_by_what_ought_to_be_there() -> None:
    bits = values("bits_per_byte", [0.5 + n / 1000 for n in range(50)])
    few = cases("+" * 5)
    verdict = judge(measured(few, bits), measured(few, bits), GATE)
    assert verdict.primary == "bits_per_byte" and verdict.verdict == "not worse"
    torn = measured(bits, due={"cases": 200})
    whole = measured(cases("+" * 200), bits)
    assert judge(torn, whole, GATE).primary == "cases"  # not the one that happens to be there
    hosted = measured(values("chrf", [0.5] * 40), kind="hosted")
    assert judge(hosted, hosted, GATE).primary == "chrf"


# --- seeds -----------------------------------------------------------------------------------------


def test_other_seeds_take_back_what_one_was_lucky_with() -> None:
    before = measured(cases("+" * 80 + "-" * 20), release="old")
    lucky = measured(cases("+" * 95 + "-" * 5), release="a")
    usual = measured(cases("+" * 79 + "-" * 21), release="b")
    bad = measured(cases("+" * 60 + "-" * 40), release="c")
    assert judge(lucky, before, GATE).verdict == "better"
    verdict = judge(lucky, before, GATE, [usual, bad])
    assert verdict.verdict == "not enough evidence"
    assert verdict.about["seeds"] == ["b", "c"] and "seeds" in row(verdict, "cases").note
    alike = judge(lucky, before, GATE, [lucky, lucky])
    assert alike.verdict == "better"


def test_good_seeds_do_not_save_a_bad_candidate() -> None:
    before = measured(cases("+" * 80 + "-" * 20))
    good, bad = measured(cases("+" * 99 + "-")), measured(cases("+" * 55 + "-" * 45))
    assert judge(bad, before, GATE, [good, good]).verdict == "worse"


def test_a_seed_that_was_not_measured_fails_closed() -> None:
    before = measured(cases("+" * 80 + "-" * 20))
    good = measured(cases("+" * 99 + "-"))
    verdict = judge(good, before, GATE, [measured(due={"cases": 100}, release="s")])
    assert verdict.verdict == "not enough evidence" and "seed s" in verdict.reasons[0]
    other = judge(good, before, GATE, [measured(cases("+" * 100), basis="other")])
    assert other.verdict == "not enough evidence"


# --- as a value ------------------------------------------------------------------------------------


def test_a_verdict_is_json_and_comes_back(tmp_path: Path) -> None:
    now = measured(ENOUGH, values("milliseconds", [9.0] * 30), kind="hosted")
    verdict = judge(now, measured(LESS, values("milliseconds", [8.0] * 30)), GATE)
    path = tmp_path / "verdict.json"
    path.write_text(json.dumps(verdict.to_dict(), allow_nan=False))
    again = read_verdict(path)
    assert again.rows == verdict.rows and again.reasons == verdict.reasons
    assert again.folder == str(tmp_path) and again.promotable
    path.write_text(path.read_text()[:-20])
    with pytest.raises(DataError, match="chatwright gate"):
        read_verdict(path)


def test_every_guardrail_of_the_settings_is_measured() -> None:
    assert set(Gate().guardrails) <= MEASURES.keys()
