"""`chatwright canary start|status|stop|promote|replay`: a candidate for a share of the people."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer import open_bot
from chatwright.answer.open import calibration_of
from chatwright.answer.people import People
from chatwright.cli.show import Bot, Json, Screen, difference
from chatwright.cli.store import opened
from chatwright.core.errors import WrongUse
from chatwright.improve.canary import (
    WORDS,
    Baseline,
    Needed,
    Rules,
    Verdict,
    forecast,
)
from chatwright.improve.replay import Pair, Replay, logged, replay
from chatwright.improve.trials import Trials, two
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.canaries import CanaryRecord
from chatwright.store.secret import find_secret

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright canary start 3f9c --share 5% --bot mybot",
)
BEFORE = 28  # days of traffic from which the rates are taken

Which = Annotated[str, typer.Argument(help="The candidate: a release id, or its beginning.")]
Reason = Annotated[str, typer.Option(help="Why; kept with the canary.")]


@app.command(epilog="Example: chatwright canary start 3f9c --share 5% --bot mybot")
def start(
    release: Which,
    bot: Bot = Path(),
    share: Annotated[
        str, typer.Option(help="Of the people, like 5% or 0.05.", show_default="[canary] share")
    ] = "",
    as_json: Json = False,
) -> None:
    """Let a release answer a share of the people; running servers begin within seconds, and end it by
    themselves when it is worse."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        record, known = _trials(spec, database).start(
            release, _share(share) if share else None, "cli"
        )
        rules = Rules(**record.settings["rules"])
    screen.say(f"Release {record.release} answers {record.share:.0%} of the people from now on.")
    needs = forecast(known, rules, record.share)
    _tell_forecast(screen, known, needs)
    screen.result(_about(record) | {"forecast": _needs(known, needs)})


@app.command(epilog="Example: chatwright canary status --bot mybot")
def status(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show the running canary, or the last one: counts by day and arm, every rule, the verdict."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        trials = _trials(spec, database)
        record = trials.newest()
        if record is None:
            screen.say("There was no canary yet. Start one: `chatwright canary start RELEASE`.")
            screen.result({"canary": None})
            return
        verdict, days = trials.verdict(record), trials.days(record)
        traffic = trials.traffic(record.against)
        needs = forecast(traffic, Rules(**record.settings["rules"]), record.share)
    state = record.state.replace("_", " ")
    screen.say(
        f"Release {record.release} beside {record.against}: {state} since "
        f"{(record.ended or record.began)[:16]}, {record.share:.0%} of the people. {record.reason}"
    )
    screen.rows(
        ("day", "arm", "people", "replies", "errors", "refused", "liked", "disliked"),
        [
            tuple(
                row[n]
                for n in ("day", "arm", "people", "replies", "errors", "refusals", "ups", "downs")
            )
            for row in days
        ],
    )
    _tell_verdict(screen, verdict)
    if record.ended is None:
        _tell_forecast(screen, traffic, needs)
    screen.result(
        {
            "canary": _about(record),
            "days": days,
            "verdict": verdict.value(),
            "forecast": _needs(traffic, needs),
        }
    )


@app.command(epilog="Example: chatwright canary stop --reason 'wrong prices' --bot mybot")
def stop(bot: Bot = Path(), reason: Reason = "", as_json: Json = False) -> None:
    """End the canary: from the next request on everybody gets what is served."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        ended = _trials(spec, database).stop(reason, "cli")
    screen.say(f"The canary of release {ended.release} is stopped.")
    screen.result(_about(ended))


@app.command(epilog="Example: chatwright canary promote --bot mybot")
def promote(
    bot: Bot = Path(),
    reason: Reason = "",
    force: Annotated[
        bool,
        typer.Option("--force", help="Although the evidence is not enough; kept in the history."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Serve the candidate to everybody, when it is not worse in anything by more than the margin."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        deployment, verdict = _trials(spec, database).promote(reason, "cli", force=force)
    screen.say(f"Release {deployment.release} is served to everybody from now on.")
    screen.result(
        {"release": deployment.release, "deployment": deployment.id, "verdict": verdict.value()}
    )


@app.command("replay", epilog="Example: chatwright canary replay 3f9c --last 200 --bot mybot")
def replay_questions(
    release: Which,
    bot: Bot = Path(),
    last: Annotated[int, typer.Option(min=1, help="How many logged questions, the newest.")] = 200,
    as_json: Json = False,
) -> None:
    """Ask logged questions of a release and of what is served, and show what changes. Nothing is kept."""
    screen, spec = Screen(as_json), load_spec(bot)
    served, found = two(Registry(spec), release)
    with opened(spec) as database:
        people = People(spec, database, find_secret(spec.made))
        questions = logged(people, database, last)
        bots = [
            open_bot(
                one,
                spec,
                Deployment(one.id, calibration=calibration_of(spec, one.id)),
                store=database,
                acts=False,
            )
            for one in (served, found)
        ]
        done = replay(bots[0], bots[1], questions, screen)
    _tell_replay(screen, done)
    screen.result({"current": served.id, "candidate": found.id} | done.value())


# --- parts ----------------------------------------------------------------------------------------


def _share(text: str) -> float:
    """0.05 of "5%", "0.05"."""
    try:
        value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = 0.0
    if not 0 < value <= 0.5:
        raise WrongUse(f"{text!r} is no share.", "Give one of at most half, like 5% or 0.05.")
    return value


def _trials(spec: Spec, database: Database) -> Trials:
    return Trials(spec, database, People(spec, database, find_secret(spec.made)).audit)


def _about(record: CanaryRecord) -> dict[str, Any]:
    values = asdict(record)
    del values["salt"]  # whoever has it can tell the arm of everybody
    return values


def _needs(known: Baseline, needs: list[Needed]) -> dict[str, Any]:
    return {"traffic": asdict(known), "metrics": [asdict(one) for one in needs]}


def _tell_verdict(screen: Screen, verdict: Verdict) -> None:
    screen.rows(
        ("rule", "served", "candidate", "people", "difference", "to alarm", "to enough"),
        [
            (
                WORDS[row.rule],
                _percent(row.current),
                _percent(row.candidate),
                f"{row.people[0]} + {row.people[1]}",
                "" if row.interval is None else f"{row.interval[0]:+.1%} to {row.interval[1]:+.1%}",
                f"{min(row.evidence, 1):.0%}",
                f"{min(row.fine, 1):.0%}",
            )
            for row in verdict.rows
        ],
        whole=("difference",),
    )
    screen.say(f"Verdict: {verdict.action}. {verdict.reason}.")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _tell_forecast(screen: Screen, known: Baseline, needs: list[Needed]) -> None:
    if not known.replies:
        screen.say("Nothing was logged yet from which to tell how long it takes.")
        return
    rated = known.rated / known.replies
    screen.say(
        f"At {known.replies_a_day:.0f} messages a day, {rated:.1%} of them rated, this needs:"
    )
    for one in needs:
        worse = (
            "more days than there will be" if one.alarm_days is None else f"{one.alarm_days:g} days"
        )
        fine = "cannot be shown" if one.enough_days is None else f"{one.enough_days:g} days"
        screen.say(
            f"  {WORDS[one.metric]}: ten points worse is found out in {worse}; not worse: {fine}"
        )


def _tell_replay(screen: Screen, done: Replay) -> None:
    refused, times = done.refused, done.milliseconds
    screen.say(f"{done.questions} questions, {done.same} answered the same to the letter.")
    for name in ("current", "candidate"):
        screen.say(
            f"{name}: {refused[name]['share']:.1%} refused, "
            f"{times[name]['p50']:.0f} ms in the middle, {times[name]['p90']:.0f} ms at the slowest tenth"
        )
    screen.say(f"Newly refused: {done.newly_refused}; newly answered: {done.newly_answered}.")
    for pair in done.changed:
        _tell_pair(screen, pair)


def _tell_pair(screen: Screen, pair: Pair) -> None:
    screen.say(f"\n? {pair.question}")
    screen.say(f"  {pair.current_route} -> {pair.candidate_route}, {pair.likeness:.0%} alike")
    screen.draw(difference(pair.current, pair.candidate, screen.console.is_terminal))
