"""A simulated panel with known strengths, careful raters, one who clicks at random, one who changes."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import numpy as np
import pytest

from chatwright.evaluation.ranking import Effect, fit
from chatwright.improve.panel_results import Results, comparisons, results, share
from chatwright.improve.panel_sheets import results_csv, votes_csv
from chatwright.improve.rater_figures import RaterFigures, raters_of, tail, trend
from chatwright.store.panel_records import (
    Choice,
    PanelAnswer,
    PanelItem,
    PanelKind,
    PanelRecord,
    RaterRecord,
    VoteRecord,
)

TRUTH = {"old": -0.5, "new": 0.5}
AT = "2026-01-01T00:00:00.000Z"


class Simulated:
    """Raters who see every item; `strange` says who behaves how: "random", "drifts", "left", "lazy"."""

    def __init__(
        self,
        *,
        items: int = 60,
        raters: int = 6,
        controls: int = 8,
        seed: int = 1,
        kind: PanelKind = "pairs",
        strange: dict[int, str] | None = None,
        truth: dict[str, float] = TRUTH,
    ) -> None:
        self.random = np.random.default_rng(seed)
        self.kind, self.strange = kind, strange or {}
        self.items = [
            self._item(place, truth, place > items) for place in range(1, items + controls + 1)
        ]
        # How good an answer really is differs from item to item, and raters see that alike.
        self.clear = {one.id: float(self.random.normal(0, 1.2)) for one in self.items}
        self.truth = truth
        self.raters = [
            RaterRecord(f"r{n}", "p", f"rater {n}", None, "x", AT, None, None)
            for n in range(raters)
        ]
        self.votes = [vote for n in range(raters) for vote in self._votes(n)]
        about = dict.fromkeys(truth, "")
        self.panel = PanelRecord("p", "library", "p", kind, "", about, 0, 80, controls, 4, {}, AT)

    def results(self, **options: object) -> Results:
        return results(self.panel, self.items, self.raters, self.votes, **options)  # type: ignore[arg-type]

    def figures(self, **options: object) -> tuple[RaterFigures, ...]:
        by_id = {one.id: one for one in self.items}
        return raters_of(self.kind, by_id, self.raters, self.votes, **options)  # type: ignore[arg-type]

    def _item(self, place: int, truth: dict[str, float], control: bool) -> PanelItem:
        names = ("right", "wrong") if control else tuple(self.random.permutation(list(truth)))
        answers = [PanelAnswer(str(name), "x" * int(self.random.integers(5, 60))) for name in names]
        if self.kind == "ratings":
            answers = answers[1:]
        return PanelItem(f"i{place}", place, f"Q{place}", (), tuple(answers), control)

    def _votes(self, rater: int) -> list[VoteRecord]:
        order = self.random.permutation(len(self.items))
        found = []
        for place, at in enumerate(order, 1):
            item, swapped = self.items[at], bool(self.random.integers(2))
            odd = self.strange.get(rater, "")
            if odd == "drifts":
                odd = "random" if place > len(order) / 2 else ""
            found.append(self._vote(rater, place, item, swapped, odd))
        again = [found[n] for n in (3, 7, 12, 17)]
        for place, vote in enumerate(again, len(found) + 1):
            item = next(one for one in self.items if one.id == vote.item_id)
            odd = self.strange.get(rater, "")
            found.append(self._vote(rater, place, item, not vote.swapped, odd, repeated=True))
        return found

    def _vote(
        self,
        rater: int,
        place: int,
        item: PanelItem,
        swapped: bool,
        odd: str,
        repeated: bool = False,
    ) -> VoteRecord:
        said = VoteRecord(f"r{rater}", place, item.id, repeated, swapped, AT, AT, seconds=9.0)
        values = {name: getattr(said, name) for name in VoteRecord.__dataclass_fields__}
        if self.kind == "ratings":
            score = 1 + int(self.random.integers(5)) if odd == "random" else self._score(item)
            return VoteRecord(**values | {"score": score})
        if odd == "left":
            choice: Choice = "left"
        elif odd == "random":
            choice = ("left", "right", "tie", "bad")[self.random.integers(4)]  # type: ignore[assignment]
        else:
            choice = self._choice(item, swapped)
        return VoteRecord(**values | {"choice": choice})

    def _choice(self, item: PanelItem, swapped: bool) -> Choice:
        if item.control:
            side = "first" if self.random.random() < 0.98 else "tie"
        else:
            eta = self.truth[item.answers[0].contestant] - self.truth[item.answers[1].contestant]
            eta += self.clear[item.id]
            odds = np.array([np.exp(eta / 2), 0.4, np.exp(-eta / 2)])
            side = ("first", "tie", "second")[self.random.choice(3, p=odds / odds.sum())]
        if side == "tie":
            return "tie"
        return "left" if (side == "first") != swapped else "right"

    def _score(self, item: PanelItem) -> int:
        if item.control:
            return 1
        middle = 3 + self.truth[item.answers[0].contestant] + self.clear[item.id] / 2
        return int(np.clip(round(middle + self.random.normal(0, 0.5)), 1, 5))


@cache
def usual(odd: str = "") -> Results:
    """A panel of six, the third of them as `odd` says."""
    return Simulated(strange={2: odd} if odd else {}).results()


def marginal(gap: float, spread: float = 1.2, tie: float = 0.4) -> float:
    """The strength over all items, where items differ besides: log of how often one wins and loses."""
    eta = gap + spread * np.random.default_rng(0).standard_normal(200_000)
    win, loss = np.exp(eta / 2), np.exp(-eta / 2)
    total = win + loss + tie
    return float(np.log(np.mean(win / total) / np.mean(loss / total)))


def test_known_strengths_are_found_within_the_intervals() -> None:
    inside, truth = 0, marginal(1.0)
    for seed in range(20):
        made = Simulated(seed=seed, items=80, raters=6)
        items = {one.id: one for one in made.items}
        said = [v for v in made.votes if not v.repeated and not items[v.item_id].control]
        gap = fit(comparisons(items, said)).difference("new", "old")
        inside += gap.low <= truth <= gap.high
    assert inside >= 17


def test_what_is_won_is_counted() -> None:
    found = usual()
    (win,) = found.wins
    assert (win.first, win.second) == ("new", "old") and win.rate.low > 0.5
    assert win.wins + win.ties + win.both_bad + win.losses == win.votes == 360
    assert found.ranking is not None and found.ranking.strengths[0].name == "new"
    assert found.needed is not None and found.needed.now == 360 and found.needed.decided
    drawn, curved = found.ranking_bootstrap["new"], found.ranking.strengths[0]
    assert drawn.value == pytest.approx(curved.value, abs=1e-6)
    assert drawn.low < drawn.value < drawn.high


def test_careful_raters_are_believed() -> None:
    found = usual()
    assert not [one for one in found.raters if one.left_out]
    assert found.used == 360 and found.votes == 6 * 72
    assert all(one.controls == 8 and one.controls_passed >= 6 for one in found.raters)
    assert found.alpha.value is not None and 0.05 < found.alpha.value < 0.6
    assert found.left is not None and found.left.low < 0.5 < found.left.high
    assert all(one.repeats == 4 for one in found.raters)
    json.dumps(found.values())


def test_a_random_rater_is_found_and_left_out() -> None:
    found = usual("random")
    out = [one for one in found.raters if one.left_out]
    assert [one.name for one in out] == ["rater 2"]
    assert "controls" in out[0].why
    assert any("rater 2 is left out" in note for note in found.notes)
    assert found.used == 300
    kept = Simulated(strange={2: "random"}).results(keep=True)
    assert kept.used == 360 and not [one for one in kept.raters if one.left_out]
    assert found.alpha.value is not None and kept.alpha.value is not None
    assert found.alpha.value > kept.alpha.value


def test_a_random_rater_shows_without_controls_too() -> None:
    found = Simulated(items=120, raters=8, controls=0, strange={5: "random"}, seed=3).figures()
    flagged = {one.name for one in found if any("less than they do" in flag for flag in one.flags)}
    assert flagged == {"rater 5"}


def test_a_rater_who_changes_is_found() -> None:
    """Who judges carefully for a hundred items, and clicks at random in the second half."""
    found = 0
    for seed in range(5):
        made = Simulated(items=100, raters=6, controls=12, strange={1: "drifts"}, seed=seed)
        figures = made.figures(keep=True)
        changed = [one.name for one in figures if any("changed" in flag for flag in one.flags)]
        assert changed in ([], ["rater 1"])
        found += bool(changed)
        one = figures[1]
        assert one.early is not None and one.late is not None and one.early > one.late
        assert one.controls_early is not None and one.controls_late is not None
        assert one.controls_early > one.controls_late
    assert found >= 3  # 14 of 16 other seeds


def test_nobody_drifts_by_chance() -> None:
    names = 0
    for seed in range(6):
        figures = Simulated(items=40, raters=5, controls=5, seed=100 + seed).figures()
        names += sum(any("changed" in flag for flag in one.flags) for one in figures)
    assert names <= 2  # of 30; 3 of 200 with other seeds


def test_who_always_takes_the_left_one_is_found() -> None:
    found = Simulated(strange={0: "left"}).results(keep=True)
    assert any("left one" in flag for flag in found.raters[0].flags)
    assert found.left is not None and found.left.value > 0.5
    assert found.raters[0].repeats_same < 4


def test_raters_are_left_out_by_name() -> None:
    found = Simulated().results(without=["rater 0", "r3"])
    assert [one.why for one in found.raters if one.left_out] == ["asked for"] * 2
    assert found.used == 240
    assert any("Fewer than 5 raters" in note for note in found.notes)


def test_ratings_have_means_and_an_ordinal_alpha() -> None:
    found = Simulated(kind="ratings", strange={4: "random"}, items=80).results()
    assert [one.name for one in found.means] == ["new", "old"]
    first, second = found.means
    assert first.score.low > second.score.high
    assert first.score.low < 3.5 < first.score.high + 0.3
    assert [one.name for one in found.raters if one.left_out] == ["rater 4"]
    assert found.alpha.value is not None and found.alpha.value > 0.3
    assert found.ranking is None and found.wins == () and found.needed is None


def test_equal_contestants_are_not_decided_and_it_says_how_many_votes_it_takes() -> None:
    found = Simulated(truth={"old": 0.02, "new": 0.0}, items=20, raters=2, controls=0).results()
    assert found.needed is not None
    needed = found.needed
    assert not needed.decided
    assert needed.for_five_points is not None and 500 < needed.for_five_points < 10_000
    assert needed.for_this is None or needed.for_this > needed.now


def test_an_empty_panel_says_nothing() -> None:
    made = Simulated(items=31, raters=1)
    made.votes = []
    found = made.results()
    assert (found.votes, found.ranking, found.wins, found.alpha.value) == (0, None, (), None)
    assert "nan" not in json.dumps(found.values()).lower()


def test_a_share_counts_copies_once() -> None:
    values = [1.0, 0.0] * 20
    items = [str(n) for n in range(40)]
    raters = ["r"] * 40
    narrow = share(values * 5, items * 5, [str(n) for n in range(200)], True, 0)
    wide = share(values, items, raters, True, 0)
    assert narrow.value == wide.value == 0.5
    assert narrow.high - narrow.low == pytest.approx(wide.high - wide.low, rel=0.2)
    assert isinstance(wide, Effect)


def test_the_tail_of_careful_raters() -> None:
    """Published: binomial tables for p = 0.05, for example P(X >= 2 | 5) = 0.0226."""
    assert tail(2, 5) == pytest.approx(0.0226, abs=1e-4)
    assert tail(0, 5) == pytest.approx(1)
    assert tail(2, 3) < 0.01 < tail(1, 3)


def test_a_trend() -> None:
    assert trend([1.0] * 5) is None
    assert trend([0.5] * 30) == 1.0
    falling = trend([1.0] * 15 + [0.0] * 15)
    assert falling is not None and falling < 0.001
    assert trend([0.0, 1.0] * 15) > 0.5  # type: ignore[operator]


# --- spreadsheets --------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_votes_as_a_sheet() -> None:
    made = Simulated(items=40, raters=2)
    values = {name: getattr(made.votes[0], name) for name in VoteRecord.__dataclass_fields__}
    made.votes[0] = VoteRecord(**values | {"comment": '=HYPERLINK(1)\n"x"', "choice": "left"})
    found = rows(votes_csv(made.panel, made.items, made.raters, made.votes))
    assert len(found) == len(made.votes)
    first = found[0]
    assert first["comment"] == '\'=HYPERLINK(1)\n"x"'
    assert first["preferred"] == first["left"]
    assert {row["left"] for row in found if row["control"] == "0"} == {"old", "new"}
    assert all(row["seconds"] == "9" for row in found)


def test_results_as_a_sheet() -> None:
    found = rows(results_csv(usual("random")))
    figures = {(row["figure"], row["of"]): row for row in found}
    assert float(figures["win rate", "new"]["value"]) > 0.5
    assert float(figures["strength", "new"]["low"]) > float(figures["strength", "old"]["low"])
    assert figures["left out", "rater 2"]["value"] == "1"
    assert ("alpha", "") in figures and ("effect", "length") in figures
    ratings = rows(results_csv(Simulated(kind="ratings", items=40).results()))
    assert {row["figure"] for row in ratings} >= {"mean rating", "alpha", "controls passed"}
