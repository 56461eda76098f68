"""What a terminal shows of a panel's results and of its judge."""

from __future__ import annotations

from chatwright.cli.show import Screen
from chatwright.evaluation.agreement import Agreement
from chatwright.evaluation.ranking import Effect, Ranking
from chatwright.improve.panel_judging import Judging
from chatwright.improve.panel_results import Results

SHOWN = 10  # disagreements


def say_results(screen: Screen, found: Results) -> None:
    """The figures, and in words what they mean."""
    screen.say(f"{found.votes} votes on {found.items} items; {found.used} count.")
    for win in found.wins:
        screen.say(
            f"{win.first} against {win.second}: {share(win.rate)} of {win.votes} "
            f"({win.wins} won, {win.ties} no difference, {win.both_bad} both bad, {win.losses} lost)"
        )
    for mean in found.means:
        score = mean.score
        screen.say(
            f"{mean.name}: {score.value:.2f} [{score.low:.2f}, {score.high:.2f}] of 5, {mean.votes} votes"
        )
    if found.ranking is not None and len(found.ranking.strengths) > 2:
        _ranks(screen, "strength", found.ranking)
    if found.style is not None:
        _ranks(screen, "equal length", found.style)
        for name, effect in found.style.effects.items():
            screen.say(
                f"{name}: {effect.value:+.2f} [{effect.low:+.2f}, {effect.high:+.2f}] log-odds"
            )
    screen.say(f"Agreement (Krippendorff's alpha): {agreed(found.alpha)}")
    if found.left is not None:
        screen.say(f"What stood left was chosen in {share(found.left)} of the decided votes.")
    _needed(screen, found)
    if found.raters:
        _raters(screen, found)
    for note in found.notes:
        screen.say(note)


def _ranks(screen: Screen, title: str, ranking: Ranking) -> None:
    rows = [
        (one.name, f"{one.value:+.2f}", f"[{one.low:+.2f}, {one.high:+.2f}]",
         f"{one.best}-{one.worst}" if one.best != one.worst else str(one.best))
        for one in ranking.strengths
    ]  # fmt: skip
    screen.rows((title, "log-odds", f"{ranking.confidence:.0%} interval", "rank"), rows)
    if not ranking.connected:
        screen.say("Not all were compared with each other, even through others: ranks mean little.")


def _needed(screen: Screen, found: Results) -> None:
    if found.needed is None:
        return
    needed = found.needed
    if needed.decided:
        screen.say("The difference is more than chance.")
        return
    more = (
        []
        if needed.for_this is None
        else [f"about {needed.for_this:,} votes to be sure of this difference"]
    )
    if needed.for_five_points is not None:
        more.append(f"about {needed.for_five_points:,} to see one of 5 points")
    screen.say(f"Not decided with {needed.now} votes. It takes in all {', '.join(more) or 'more'}.")


def _raters(screen: Screen, found: Results) -> None:
    rows = [
        (
            one.name,
            one.votes,
            f"{one.controls_passed}/{one.controls}",
            f"{one.repeats_same}/{one.repeats}",
            _percent(one.agreement),
            f"{_percent(one.early)} -> {_percent(one.late)}",
            "-" if one.seconds is None else f"{one.seconds:.0f}",
            "left out" if one.left_out else "",
        )
        for one in found.raters
    ]
    head = ("rater", "votes", "controls", "same again", "agrees", "early -> late", "seconds", "")
    screen.rows(head, rows, whole=("rater",))


def say_judging(screen: Screen, found: Judging) -> None:
    """What the judge says, what it cost, and how far it is to be believed."""
    screen.say(f"{found.model}: {found.asked} items judged now, {found.failed} failed, "
               f"{found.without_verdict} without a verdict, {found.not_sent} not sent.")  # fmt: skip
    cost = "" if found.cost is None else f"; cost {found.cost:.4f}"
    screen.say(f"Tokens: {found.prompt_tokens:,} read, {found.completion_tokens:,} written{cost}.")
    for one in found.lengths:
        screen.say(
            f"{one.first} against {one.second}: {one.raw:.1%}; where both are as long: {share(one.controlled)}"
        )
    if found.steady is not None:
        screen.say(f"Same verdict in both orders: {found.steady:.0%}; what stood first preferred: "
                   f"{_percent(found.first_shown)}.")  # fmt: skip
        screen.say(f"Controls passed: {found.controls_passed}/{found.controls}.")
    trust = found.trust
    if trust.accuracy is None or trust.votes is None:
        screen.say(
            "No item was judged by both, people and the judge: nothing is known of its worth."
        )
        return
    screen.say(f"Agrees with the people on {share(trust.accuracy)} of {trust.items} items; "
               f"kappa {agreed(trust.kappa)}.")  # fmt: skip
    screen.say(f"Agrees with one person's vote in {share(trust.votes)}; two people with each other: "
               f"{_percent(trust.people)}.")  # fmt: skip
    for item in found.disagreements[:SHOWN]:
        names = dict(zip(("first", "second"), item.contestants, strict=True))
        screen.say(f"- {item.question}\n  people: {names.get(item.people, item.people)}, "
                   f"judge: {names.get(item.judge, item.judge)}. {item.reason}")  # fmt: skip
    if len(found.disagreements) > SHOWN:
        screen.say(f"{len(found.disagreements) - SHOWN} more with --json.")


def share(effect: Effect) -> str:
    return f"{effect.value:.1%} [{effect.low:.1%}, {effect.high:.1%}]"


def agreed(found: Agreement) -> str:
    if found.value is None:
        return "not known (nothing was judged by two)"
    bounds = "" if found.low is None else f" [{found.low:.2f}, {found.high:.2f}]"
    return f"{found.value:.2f}{bounds} on {found.units} items"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
