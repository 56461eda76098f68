"""`chatwright erase`, and what `person erase|erasures|finish|prove` do: a person forgotten to the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import People
from chatwright.cli.show import Json, Screen
from chatwright.cli.store import opened
from chatwright.cli.verbs import load
from chatwright.core.errors import ChatwrightError
from chatwright.core.progress import Progress
from chatwright.data import erasure
from chatwright.improve.erasing import Erasing
from chatwright.improve.erasure_journal import Ended
from chatwright.improve.erasure_proof import held
from chatwright.improve.reached import Theirs
from chatwright.improve.recall import Recall, recall
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.secret import find_secret

SHOWN = 10  # rows of a file

Retrain = Annotated[
    bool,
    typer.Option(
        "--retrain/--no-retrain", help="Train a model without them now, where one learned."
    ),
]
Keep = Annotated[
    bool,
    typer.Option(
        "--keep-serving",
        help="Serve the model that learned it until the new one is there; else an earlier one answers, or the "
        "documents alone.",
    ),
]
app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog='Example: chatwright erase "anna@example.org" "Anna Lind" --bot mybot')
def erase(
    who: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names, addresses, numbers or ids of a person; asked for if not given."
        ),
    ] = None,
    bot: Annotated[Path, typer.Option(help="The bot folder.")] = Path(),
    retrain: Retrain = True,
    keep_serving: Keep = False,
    as_json: Json = False,
) -> None:
    """Forget a person, in what was said, what was made of it, and what was learned from it; the same as
    `person erase`.

    What you give is not kept, only a keyed hash of it (in .chatwright/erased). Your own files are not changed:
    those that still hold the text are listed, with rows counted from 0.
    """
    forget(load_spec(bot), who, Screen(as_json), retrain=retrain, keep_serving=keep_serving)


@contextmanager
def people_of(spec: Spec) -> Iterator[People]:
    """The people of the bot's store, which is made if there is none; closed afterwards."""
    with opened(spec) as database:
        yield People(spec, database, find_secret(spec.made))


@dataclass(frozen=True, slots=True)
class Real:
    """Releases as `improve` makes them: the harvest as it is now, then the one path of `train` and `up`."""

    database: Database
    progress: Progress

    def release(self, spec: Spec, progress: Progress) -> Release:
        found: Release = load("remaking").make(spec, self.database, progress)
        return found

    def judge(self, spec: Spec, candidate: Release, before: Release) -> tuple[bool, str]:
        found: tuple[bool, str] = load("remaking").judge(spec, candidate, before, self.progress)
        return found


def forget(
    spec: Spec,
    who: Sequence[str] | None,
    screen: Screen,
    *,
    retrain: bool = True,
    keep_serving: bool = False,
) -> None:
    """Erase whoever is meant, and say what was done and what is left to do."""
    asked = list(who or [typer.prompt("Whom (kept nowhere)", err=True)])
    with opened(spec) as database:
        erasing = Erasing(spec, database, find_secret(spec.made), screen)
        journal = erasing.begin(asked, retrain=retrain, keep_serving=keep_serving)
        ended = erasing.run(journal, Real(database, screen))
        screen.stop()
        tell(spec, screen, ended)
        found = ended.about()
        if not ended.waiting and (ended.journal.releases or ended.journal.datasets):
            found["proof"] = _proved(spec, database, screen, asked, ended.journal.named)
    if ended.journal.left.get("backups"):
        screen.say(
            "Backups that are elsewhere, and what was exported before, are yours to look through."
        )
    screen.result(found)


def finish(spec: Spec, screen: Screen, *, retrain: bool = True) -> None:
    """Go on with every erasure that is open."""
    told = []
    with opened(spec) as database:
        erasing = Erasing(spec, database, find_secret(spec.made), screen)
        for journal in erasing.open():
            journal.retrain = retrain
            ended = erasing.run(journal, Real(database, screen))
            screen.stop()
            tell(spec, screen, ended)
            told.append(ended.about())
    if not told:
        screen.say("Every erasure is finished.")
    screen.result({"erasures": told})


def prove(spec: Spec, who: Sequence[str], screen: Screen) -> None:
    """Look for somebody in everything, and ask the model in force for them."""
    with opened(spec) as database:
        screen.result(_proved(spec, database, screen, who, named=True))


def _proved(
    spec: Spec, database: Database, screen: Screen, who: Sequence[str], named: bool
) -> dict[str, Any]:
    screen.start("Looking through every file and table")
    erased = erasure.load(spec.made) if named else None
    found = held(spec, database, who, Theirs(names=erased.name) if erased else None)
    screen.stop()
    values = found.about()
    if found.clean:
        screen.say(
            f"Proof: in none of {found.looked_at:,} files ({found.bytes:,} bytes) and {found.rows:,} rows."
        )
    for place in (*found.files, *(f"table {table}" for table in found.tables)):
        screen.say(f"Still there: {place}")
    values["model"] = [one.about() for one in _recalled(spec, screen, who)]
    return values


def _recalled(spec: Spec, screen: Screen, who: Sequence[str]) -> list[Recall]:
    """What the model in force says of them."""
    try:
        current = Registry(spec).current()
        found = recall(spec, current[1], who) if current else []
    except ChatwrightError as error:
        screen.say(f"The model was not asked: {error}")
        return []
    for one in found:
        known = "completes it" if one.completed else "does not complete it"
        screen.say(
            f"The model {known} ({one.completions} of {one.written} replies, number {one.text + 1}); among "
            f"{one.others} like it, it is the {one.rank}. likeliest: {one.exposure:.1f} bits of exposure."
        )
    return found


def tell(spec: Spec, screen: Screen, ended: Ended) -> None:
    """What was done, and what is left to do."""
    one = ended.journal
    screen.say("Erased: from now on imports and builds leave these rows out, with that reason.")
    counts = ", ".join(f"{count} {name}" for name, count in one.removed.items() if count)
    screen.say(f"Removed here: {counts or 'nothing was kept'}.")
    if one.releases:
        screen.say(f"Releases that learned it may not be used any more: {', '.join(one.releases)}.")
    if one.instead and ended.waiting:
        instead = {
            "documents": "the bot answers from its documents and reviewed answers alone",
            "the old one": f"release {one.served} goes on answering, as you said",
        }
        screen.say(f"Until then {instead.get(one.instead, f'{one.instead} answers')}.")
    if one.candidate and not ended.waiting:
        verdict = f" ({one.verdict})" if one.verdict else ""
        screen.say(f"Release {one.candidate}, trained without them, is served{verdict}.")
    if one.sources:
        screen.say(
            "Your files still hold the text. Take it out of them, and of where they came from:"
        )
    for name, places in one.sources.items():
        more = f" and {len(places) - SHOWN:,} more" if len(places) > SHOWN else ""
        screen.say(f"  {name}: row {', '.join(map(str, places[:SHOWN]))}{more}")
    for place in sorted(one.left):
        screen.say(f"Still held in {place}: {', '.join(one.left[place])}.")
    if ended.waiting:
        screen.say(
            f"Not finished; waiting for {ended.waiting}. Go on with "
            f"`chatwright person finish --bot {spec.folder}`."
        )
