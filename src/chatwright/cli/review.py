"""`chatwright review`, one key per decision; and `review list|show|decide|undo|log` for scripts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from chatwright.answer.people import People
from chatwright.cli.reviewing import Sitting, about, plain, written
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import ChatwrightError, Conflict, WrongUse
from chatwright.improve.decisions import Action, Decision
from chatwright.improve.review import Reviewer
from chatwright.improve.review_values import item_values, plan_values, review_values, step_values
from chatwright.knowledge.curating import Curator
from chatwright.knowledge.meaning import open_embedder
from chatwright.spec import Spec, load_spec
from chatwright.store.review_records import STATES, WAITING, ReviewState
from chatwright.store.secret import find_secret

AUTHOR = "cli"
NOTHING = "Nothing waits for a decision."

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright review --bot mybot",
)

Id = Annotated[str, typer.Argument(help="A review's id, or how it begins.")]
Which = Literal["waiting", "all"] | ReviewState


@contextmanager
def reviewer_of(spec: Spec) -> Iterator[Reviewer]:
    """Whoever sits at this machine decides as the owner does; the store is closed afterwards."""
    with opened(spec) as database:
        people = People(spec, database, find_secret(spec.made))
        curator = Curator(database, spec.bot.name, people.audit)
        yield Reviewer(spec, database, people, curator, open_embedder(spec))


@app.callback(invoke_without_command=True)
def review(context: typer.Context, bot: Bot = Path(), as_json: Json = False) -> None:
    """Look at what people said of answers, the most valuable first, and decide with one key each.

    Accepted corrections become training rows and test cases; curated ones are given in the next message.
    """
    if context.invoked_subcommand is not None:
        return
    screen, spec = Screen(as_json), load_spec(bot)
    with reviewer_of(spec) as reviewer:
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            Sitting(reviewer, screen, AUTHOR).hold()
            return
        found = reviewer.items()
    quarantined = sum(one.review.state == "quarantined" for one in found)
    if not found:
        screen.say(NOTHING)
    else:
        screen.say(
            f"{len(found)} wait for a decision ({quarantined} in quarantine). "
            "`chatwright review list` shows them, `chatwright review decide` decides."
        )
    screen.result({"waiting": len(found), "quarantined": quarantined})


@app.command("list", epilog="Example: chatwright review list --state waiting --bot mybot")
def list_reviews(
    words: Annotated[str, typer.Argument(help="Words of a question or a correction.")] = "",
    state: Annotated[str, typer.Option(help="waiting, all, or one of: " + ", ".join(STATES))] = (
        "waiting"
    ),
    limit: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many.")] = 20,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show what there is to decide, and why it is worth it."""
    screen, spec = Screen(as_json), load_spec(bot)
    with reviewer_of(spec) as reviewer:
        found = reviewer.items(_states(state))
    low = words.casefold()
    found = [one for one in found if low in f"{one.question}\n{one.correction}".casefold()]
    if not found:
        screen.say(NOTHING if state == "waiting" else "There are none.")
    else:
        head = ("id", "state", "value", "question", "correction", "why")
        rows = [
            (
                one.review.id[:13],
                one.review.state,
                f"{one.value:.0f}",
                plain(one.question, 60),
                plain(one.correction, 60),
                one.why,
            )
            for one in found[:limit]
        ]
        screen.rows(head, rows, whole=("id", "state"))
        if len(found) > limit:
            screen.say(f"{limit:,} of {len(found):,}; -n shows more.")
    screen.result({"items": [item_values(one) for one in found[:limit]], "total": len(found)})


@app.command(epilog="Example: chatwright review show 0199c1f2 --bot mybot")
def show(id: Id, bot: Bot = Path(), as_json: Json = False) -> None:
    """Show one with all that was said of it, and what accepting it would write."""
    screen, spec = Screen(as_json), load_spec(bot)
    with reviewer_of(spec) as reviewer:
        item = reviewer.item(id)
        due, why = None, ""
        if item.review.waiting:
            try:
                due = reviewer.plan(item, Decision("accept"))
            except ChatwrightError as error:
                why = str(error)
    for line in about(item):
        screen.say(line)
    for line in written(due, why):
        screen.say(line)
    values = item_values(item) | {"accepting": plan_values(due) if due else None}
    screen.result(values | {"not_acceptable": why})


@app.command(
    epilog='Example: chatwright review decide accept 0199c1f2 --curate --phrasing "open late?" --bot mybot'
)
def decide(
    action: Annotated[str, typer.Argument(help="accept, edit, redact, reject, curate or case.")],
    ids: Annotated[list[str], typer.Argument(help="Ids of reviews; several are decided in bulk.")],
    answer: Annotated[str, typer.Option(help="The right answer, in your words.")] = "",
    question: Annotated[str, typer.Option(help="The question, in your words.")] = "",
    reason: Annotated[str, typer.Option(help="Why; a rejection needs one.")] = "",
    curate: Annotated[bool, typer.Option("--curate", help="A curated answer too.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Instead of one there is.")] = False,
    case: Annotated[bool | None, typer.Option("--case/--no-case", help="A test case too.")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="To decline is right.")] = False,
    phrasing: Annotated[
        list[str] | None,
        typer.Option(help="Another way to ask it, never trained on; repeatable."),
    ] = None,
    must: Annotated[
        list[str] | None,
        typer.Option(help='What the case asks for, as "8 pm | 20:00"; repeatable.'),
    ] = None,
    must_not: Annotated[
        list[str] | None, typer.Option(help="What it must not say; repeatable.")
    ] = None,
    revision: Annotated[int | None, typer.Option(help="Of the review as you read it.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Decide one, or several at once; what suspicious raters said is decided one by one alone."""
    screen, spec = Screen(as_json), load_spec(bot)
    wanted = Decision(
        _action(action),
        question=question,
        answer=answer,
        reason=reason,
        curate=curate,
        replace=replace,
        case=case,
        refused=refused,
        phrasings=tuple(phrasing) if phrasing else None,
        must=tuple(_group(one) for one in must) if must else None,
        must_not=tuple(must_not) if must_not else None,
    )
    with reviewer_of(spec) as reviewer:
        if len(ids) > 1:
            _decide_many(reviewer, ids, wanted, screen)
            return
        item = reviewer.item(ids[0])
        if dry_run:
            due = reviewer.plan(item, wanted)
            for line in written(due):
                screen.say(line)
            screen.result({"review": review_values(item.review), "written": plan_values(due)})
            return
        done = reviewer.decide(item.review.id, wanted, AUTHOR, revision=revision)
    screen.say(f"{done.review.id[:13]} is {done.review.state}.")
    for line in written(done.plan, done=True):
        screen.say(line)
    values = {"review": review_values(done.review), "written": plan_values(done.plan)}
    screen.result(values)


@app.command(epilog="Example: chatwright review undo 0199c1f2 --bot mybot")
def undo(
    id: Id,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Have it wait again: its row, cases and curated answer are taken back."""
    screen, spec = Screen(as_json), load_spec(bot)
    with reviewer_of(spec) as reviewer:
        opened_again, notes = reviewer.undo(id, AUTHOR, reason=reason)
    screen.say(f"{opened_again.id[:13]} waits again.")
    for note in notes:
        screen.say(note)
    screen.result({"review": review_values(opened_again), "notes": list(notes)})


@app.command(epilog="Example: chatwright review log -n 50 --bot mybot")
def log(
    id: Annotated[str, typer.Argument(help="Of one review only.")] = "",
    limit: Annotated[int, typer.Option("-n", min=1, max=10_000, help="How many.")] = 20,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show who decided what, the newest first."""
    screen, spec = Screen(as_json), load_spec(bot)
    with reviewer_of(spec) as reviewer:
        which = reviewer.reviews.find(reviewer.bot, id).id if id else ""
        steps = reviewer.log(which, limit)
    if not steps:
        screen.say("Nothing was decided yet.")
    else:
        head = ("at", "review", "what", "by", "reason")
        rows = [
            (one.at, one.review_id[:13], one.action, one.author, plain(one.reason, 60))
            for one in steps
        ]
        screen.rows(head, rows, whole=("at", "review"))
    screen.result({"steps": [step_values(one) for one in steps]})


def _decide_many(reviewer: Reviewer, ids: Sequence[str], wanted: Decision, screen: Screen) -> None:
    if wanted.action not in ("accept", "reject"):
        raise WrongUse("Only accept and reject are for several at once.", "Name one id.")
    done: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for id in ids:
        try:
            one = reviewer.decide(id, wanted, AUTHOR, bulk=True)
            screen.say(f"{one.review.id[:13]} is {one.review.state}.")
            done.append(review_values(one.review))
        except ChatwrightError as error:
            screen.say(f"{id[:13]} is not decided: {error}")
            code = error.code if isinstance(error, Conflict) else type(error).__name__.lower()
            refused.append({"id": id, "code": code, "reason": str(error)})
    screen.result({"done": done, "refused": refused})
    if refused:
        raise typer.Exit(1)


def _states(state: str) -> tuple[ReviewState, ...]:
    if state == "waiting":
        return WAITING
    if state == "all":
        return STATES
    found = tuple(one for one in STATES if one == state)
    if not found:
        known = "waiting, all, " + ", ".join(STATES)
        raise WrongUse(f"There is no state {state!r}.", f"Use one of {known}.")
    return found


def _action(action: str) -> Action:
    for known in ("accept", "edit", "redact", "reject", "curate", "case"):
        if action == known:
            return known
    raise WrongUse(
        f"{action!r} is no decision.", "Use accept, edit, redact, reject, curate or case."
    )


def _group(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("|"))
