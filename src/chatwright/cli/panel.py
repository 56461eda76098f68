"""`chatwright panel create|invite|list|results|export|judge|revoke|close|delete`: people who compare
answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import People
from chatwright.cli.evaluate import newest
from chatwright.cli.panel_tables import say_judging, say_results
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import DataError, WrongUse
from chatwright.core.files import write_atomic
from chatwright.core.types import Conversation, Message
from chatwright.evaluation.cases import load_cases
from chatwright.evaluation.known import dataset_of
from chatwright.improve import panel_making, panel_questions
from chatwright.improve.panel_judging import ask, judge_of, judging
from chatwright.improve.panel_making import Plan
from chatwright.improve.panel_questions import Question
from chatwright.improve.panel_results import Results, results
from chatwright.improve.panel_sheets import results_csv, votes_csv
from chatwright.improve.panels import invite_all
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.panel_records import PanelItem, PanelRecord
from chatwright.store.panels import Panels
from chatwright.store.secret import find_secret

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright panel list --bot mybot",
)


class Kind(StrEnum):
    """What raters do."""

    pairs = "pairs"
    ratings = "ratings"


class What(StrEnum):
    """What is exported."""

    votes = "votes"
    results = "results"


Which = Annotated[str, typer.Argument(help="The panel's name, or how its id begins.")]
Without = Annotated[
    list[str] | None, typer.Option("--without", help="A rater to leave out; may be given again.")
]


@app.command(
    epilog="Example: chatwright panel create spring --contestant current --contestant 3f9c --bot mybot"
)
def create(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    contestant: Annotated[
        list[str],
        typer.Option(
            help='Whose answers: "current", a release, hosted:MODEL, or a .jsonl file of answers.'
        ),
    ],
    bot: Bot = Path(),
    kind: Annotated[
        Kind, typer.Option(help="Two answers to compare, or one to rate.")
    ] = Kind.pairs,
    questions: Annotated[
        str, typer.Option(help='"cases", "held-out", "logged", or a .txt file, a line a question.')
    ] = "cases",
    most: Annotated[int, typer.Option(min=1, help="Questions at most.")] = 60,
    per_rater: Annotated[int, typer.Option(min=0, help="Answers of one rater; 0: up to 40.")] = 0,
    controls: Annotated[
        int | None,
        typer.Option(min=0, help="Of them with a known answer.", show_default="one in 8"),
    ] = None,
    controls_file: Annotated[
        Path | None, typer.Option(help='Own controls: lines of "question", "right", "wrong".')
    ] = None,
    repeats: Annotated[
        int | None, typer.Option(min=0, help="Of them seen before.", show_default="one in 12")
    ] = None,
    instructions: Annotated[str, typer.Option(help="What raters are told.")] = "",
    base_url: Annotated[str, typer.Option(help="Where the hosted model is.")] = "",
    api_key_env: Annotated[str, typer.Option(help="The variable that holds its key.")] = "",
    seed: Annotated[int, typer.Option(help="Of all that is drawn.")] = 0,
    as_json: Json = False,
) -> None:
    """Let all contestants answer the questions once, and keep what they say for raters."""
    screen, spec = Screen(as_json), load_spec(bot)
    plan = Plan(name, kind.value, instructions, per_rater, controls, repeats, seed)
    given = panel_making.controls_of(controls_file) if controls_file else []
    with _room(spec) as (people, panels, database):
        asked, left = _questions(spec, people, database, questions, most, seed)
        who = [
            panel_making.contestant(
                spec, word, database, base_url=base_url, api_key_env=api_key_env
            )
            for word in contestant
        ]
        answers, missing = asyncio.run(panel_making.answer_all(who, asked, screen))
        record, items = panel_making.assemble(
            spec.bot.name, plan, who, asked, answers, given, missing
        )
        panels.create(record, items)
        people.audit.add("panel.created", "cli", panel=record.id, items=len(items))
    _say_made(screen, record, items, left + missing)


@app.command(epilog="Example: chatwright panel invite spring anna ben --bot mybot")
def invite(
    panel: Which,
    who: Annotated[list[str], typer.Argument(help="Names of raters.")],
    bot: Bot = Path(),
    days: Annotated[float, typer.Option(min=0, help="Days until the links end.")] = 30,
    url: Annotated[str, typer.Option(help="Where people reach the server.")] = "",
    person: Annotated[
        str, typer.Option(help="The rater's own id of `person list`: erased with them.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a secret link for each rater. It is shown this once: only a hash of it is kept."""
    screen, spec = Screen(as_json), load_spec(bot)
    base = (url or f"http://{spec.server.host}:{spec.server.port}").rstrip("/")
    made: list[dict[str, str | None]] = []
    with _room(spec) as (people, panels, _):
        found = panels.find(spec.bot.name, panel)
        for record, token in invite_all(panels, found, who, person=person or None, days=days):
            people.audit.add("panel.invited", "cli", person, panel=found.id, rater=record.id)
            link = f"{base}/panel/{token}"
            told = {"name": record.name, "id": record.id, "link": link, "ends": record.expires_at}
            made.append(told)
    for one in made:
        screen.say(f"{one['name']}: {one['link']}")
    screen.say("Send each link to one person: whoever has it can vote. They are not shown again.")
    screen.result({"panel": found.name, "raters": made})


@app.command("list", epilog="Example: chatwright panel list spring --bot mybot")
def list_panels(
    panel: Annotated[str, typer.Argument(help="One panel: its raters.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show the panels; or one panel's raters and how far they are."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _room(spec) as (_, panels, _database):
        if panel:
            _list_raters(screen, panels, panels.find(spec.bot.name, panel))
            return
        rows = []
        for one in panels.all(spec.bot.name):
            votes = sum(vote.voted_at is not None for vote in panels.votes(one.id))
            about = {"items": len(panels.items(one.id)), "raters": len(panels.raters(one.id))}
            rows.append(_values(one) | about | {"votes": votes})
    if rows:
        names = ("name", "kind", "state", "items", "raters", "votes")
        shown = [[row[name] for name in names] + [" / ".join(row["contestants"])] for row in rows]
        screen.rows((*names, "contestants"), shown, whole=("name",))
    else:
        screen.say(f"No panels yet. See `chatwright panel create --help`. Bot: {bot}")
    screen.result({"panels": rows})


@app.command("results", epilog="Example: chatwright panel results spring --bot mybot")
def show_results(
    panel: Which,
    bot: Bot = Path(),
    without: Without = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="Keep raters who failed controls, too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Who wins, how sure that is, whether raters agree, and whom not to believe."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _room(spec) as (_, panels, _database):
        record = panels.find(spec.bot.name, panel)
        found = _results(panels, record, without, keep_all)
    say_results(screen, found)
    screen.result(found.values())


@app.command(epilog="Example: chatwright panel export spring votes.csv --bot mybot")
def export(
    panel: Which,
    file: Annotated[Path, typer.Argument(help="Where to: a .csv file.")],
    bot: Bot = Path(),
    what: Annotated[What, typer.Option(help="Every vote, or the figures.")] = What.votes,
    without: Without = None,
    as_json: Json = False,
) -> None:
    """Write votes or results as CSV."""
    screen, spec = Screen(as_json), load_spec(bot)
    if file.suffix.lower() != ".csv":
        raise WrongUse(f"{file} is no .csv file.", "Give it that ending.")
    if file.exists():
        raise WrongUse(f"{file} is there already.", "Name another file.")
    with _room(spec) as (people, panels, _):
        record = panels.find(spec.bot.name, panel)
        votes = panels.votes(record.id)
        if what == What.results:
            content = results_csv(_results(panels, record, without, False))
        else:
            content = votes_csv(record, panels.items(record.id), panels.raters(record.id), votes)
        people.audit.add("panel.exported", "cli", panel=record.id, what=what.value)
    write_atomic(file, content)
    file.chmod(0o600)
    screen.say(f"Written: {file}")
    screen.result({"panel": record.name, "file": str(file), "what": what.value})


@app.command(epilog="Example: chatwright panel judge spring --model gpt-4o-mini --bot mybot")
def judge(
    panel: Which,
    bot: Bot = Path(),
    model: Annotated[str, typer.Option(help="Instead of [judge] model.")] = "",
    most: Annotated[int, typer.Option(min=0, help="Items at most; 0: all that are left.")] = 0,
    without: Without = None,
    as_json: Json = False,
) -> None:
    """Have a hosted model compare the same answers, and show how far it agrees with the people.

    What it has judged before is not asked again.
    """
    screen, spec = Screen(as_json), load_spec(bot)
    engine = judge_of(spec, model)
    with _room(spec) as (people, panels, _):
        record = panels.find(spec.bot.name, panel)
        done, failed = asyncio.run(
            ask(engine, spec, panels, record, screen, model=model, most=most)
        )
        if done:
            people.audit.add("panel.judged", "cli", panel=record.id, items=done)
        found = judging(
            spec, panels, record, model=model, asked=done, failed=failed, without=without or ()
        )
    say_judging(screen, found)
    screen.result(found.values())


@app.command(epilog="Example: chatwright panel revoke spring anna --bot mybot")
def revoke(
    panel: Which,
    rater: Annotated[str, typer.Argument(help="A rater's name or id.")],
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """End a rater's link at once. Votes that were given stay."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _room(spec) as (people, panels, _):
        record = panels.find(spec.bot.name, panel)
        ended = panels.revoke(record.id, rater)
        people.audit.add("panel.revoked", "cli", panel=record.id, rater=ended.id)
    screen.say(f"The link of {ended.name} is revoked.")
    screen.result(asdict(ended))


@app.command(epilog="Example: chatwright panel close spring --bot mybot")
def close(panel: Which, bot: Bot = Path(), as_json: Json = False) -> None:
    """Take no more votes. Results stay."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _room(spec) as (people, panels, _):
        record = panels.find(spec.bot.name, panel)
        panels.close(record.id)
        people.audit.add("panel.closed", "cli", panel=record.id)
        record = panels.find(spec.bot.name, record.id)
    screen.say(f"The panel {record.name} is closed.")
    screen.result(_values(record))


@app.command(epilog="Example: chatwright panel delete spring --yes --bot mybot")
def delete(
    panel: Which,
    bot: Bot = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Delete a panel with its answers, raters, votes and judgements."""
    screen, spec = Screen(as_json), load_spec(bot)
    with _room(spec) as (people, panels, _):
        record = panels.find(spec.bot.name, panel)
        if not yes and not typer.confirm(f"Delete {record.name} with all votes?", err=True):
            raise WrongUse("Nothing was deleted.", "Give --yes.")
        panels.delete(record.id)
        people.audit.add("panel.deleted", "cli", panel=record.id)
    screen.say(f"The panel {record.name} is deleted.")
    screen.result({"deleted": record.name})


@contextmanager
def _room(spec: Spec) -> Iterator[tuple[People, Panels, Database]]:
    with opened(spec) as database:
        yield People(spec, database, find_secret(spec.made)), Panels(database), database


def _say_made(
    screen: Screen, record: PanelRecord, items: list[PanelItem], left: Counter[str]
) -> None:
    for reason, count in left.items():
        screen.say(f"{count:,} left out: {reason}.")
    known = sum(item.control for item in items)
    screen.say(f"Panel {record.name}: {len(items) - known:,} items and {known} controls.")
    if not known:
        screen.say("No controls could be made: give some with --controls-file.")
    screen.say(f"Each rater judges {record.per_rater}. Next: `chatwright panel invite`.")
    made = {"items": len(items), "controls_made": known, "left": dict(left)}
    screen.result(_values(record) | made)


def _results(
    panels: Panels, record: PanelRecord, without: list[str] | None, keep_all: bool
) -> Results:
    items, raters = panels.items(record.id), panels.raters(record.id)
    votes = panels.votes(record.id)
    return results(record, items, raters, votes, without=without or (), keep=keep_all)


def _questions(
    spec: Spec, people: People, database: Database, source: str, most: int, seed: int
) -> tuple[list[Question], Counter[str]]:
    left: Counter[str] = Counter()
    if source == "cases":
        cases = load_cases(spec.path(spec.evaluation.cases))
        found = panel_questions.of_cases(cases, most, seed)
    elif source == "held-out":
        dataset = dataset_of(spec, newest(Registry(spec), spec))
        rows = dataset.split(dataset.held_out) if dataset else []
        found = panel_questions.held_out(rows, most, seed)
    elif source == "logged":
        found, left = panel_questions.of_people(people, database, most, seed)
    elif source.endswith(".txt"):
        try:
            lines = Path(source).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{source} cannot be read ({error}).", "Name a text file.") from None
        asked = [Conversation((Message("user", line.strip()),)) for line in lines if line.strip()]
        found = [Question(one) for one in asked[:most]]
    else:
        raise WrongUse(
            f"{source} is no source of questions.", "See `chatwright panel create --help`."
        )
    if not found:
        raise DataError(f"There are no questions in {source}.", "Choose another source.")
    return found, left


def _list_raters(screen: Screen, panels: Panels, record: PanelRecord) -> None:
    done = Counter(v.rater_id for v in panels.votes(record.id) if v.voted_at is not None)
    rows = [
        {"name": one.name, "state": one.state, "done": done[one.id], "of": record.per_rater,
         "begins": one.prefix, "ends": one.expires_at, "id": one.id}
        for one in panels.raters(record.id)
    ]  # fmt: skip
    names = ("name", "state", "done", "of", "begins", "ends")
    screen.rows(names, [[row[name] for name in names] for row in rows])
    screen.result(_values(record) | {"raters": rows})


def _values(record: PanelRecord) -> dict[str, Any]:
    return asdict(record) | {"state": record.state}
