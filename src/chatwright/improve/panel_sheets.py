"""A panel as tables for spreadsheets: every vote as it was given, and the figures that follow from them.

What would be a formula is written with an apostrophe before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatwright.evaluation.ranking import Effect
from chatwright.improve.panel_results import Results
from chatwright.knowledge.sheets import FORMULA, as_csv
from chatwright.store.panel_records import PanelItem, PanelRecord, RaterRecord, VoteRecord

VOTES = (
    *("panel", "item", "rater", "place", "control", "repeated", "topic", "question"),
    *(
        "left",
        "right",
        "choice",
        "preferred",
        "score",
        "comment",
        "seconds",
        "shown_at",
        "voted_at",
    ),
    *("left_text", "right_text"),
)
FIGURES = ("figure", "of", "against", "value", "low", "high", "votes")


def votes_csv(
    panel: PanelRecord,
    items: Sequence[PanelItem],
    raters: Sequence[RaterRecord],
    votes: Sequence[VoteRecord],
) -> bytes:
    """One row for each vote, with what was shown where."""
    by_id, names = {item.id: item for item in items}, {one.id: one.name for one in raters}
    rows = [
        _vote(panel, by_id[vote.item_id], names[vote.rater_id], vote)
        for vote in votes
        if vote.voted_at is not None and vote.item_id in by_id
    ]
    return _csv([VOTES, *rows])


def results_csv(found: Results) -> bytes:
    """One row for each figure."""
    return _csv([FIGURES, *_figures(found)])


def _vote(panel: PanelRecord, item: PanelItem, rater: str, vote: VoteRecord) -> Sequence[object]:
    shown = item.answers[::-1] if vote.swapped else item.answers
    left, right = shown[0], shown[1] if len(shown) > 1 else None
    side = vote.side
    preferred = {"first": item.answers[0], "second": item.answers[-1]}.get(side or "")
    return (
        *(panel.name, item.id, rater, vote.place, int(item.control), int(vote.repeated)),
        *(item.topic, item.question, left.contestant, right.contestant if right else ""),
        *(vote.choice or "", preferred.contestant if preferred else side or ""),
        *(vote.score or "", vote.comment, vote.seconds, vote.shown_at, vote.voted_at),
        *(left.text, right.text if right else ""),
    )


def _figures(found: Results) -> Iterator[Sequence[object]]:
    for win in found.wins:
        yield _row("win rate", win.first, win.second, win.rate, win.votes)
    for mean in found.means:
        yield _row("mean rating", mean.name, "", mean.score, mean.votes)
    for name, ranking in (("strength", found.ranking), ("strength, equal length", found.style)):
        for one in ranking.strengths if ranking else ():
            interval = Effect(one.value, one.low, one.high)
            yield _row(name, one.name, "", interval, int(one.wins + one.ties + one.losses))
    for name, effect in (found.style.effects if found.style else {}).items():
        yield _row("effect", name, "", effect, "")
    alpha = found.alpha
    yield ("alpha", "", "", alpha.value, alpha.low, alpha.high, alpha.values)
    if found.left is not None:
        yield _row("left chosen", "", "", found.left, "")
    for rater in found.raters:
        passed = rater.controls_passed / rater.controls if rater.controls else ""
        yield ("controls passed", rater.name, "", passed, "", "", rater.controls)
        yield ("agreement with others", rater.name, "", rater.agreement, "", "", rater.votes)
        yield ("left out", rater.name, rater.why, int(rater.left_out), "", "", rater.votes)


def _row(name: str, of: str, against: str, effect: Effect, votes: object) -> Sequence[object]:
    return (name, of, against, effect.value, effect.low, effect.high, votes)


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    return as_csv([[_cell(cell) for cell in row] for row in rows])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text
