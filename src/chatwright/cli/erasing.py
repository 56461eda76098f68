"""`chatwright erase`: a person is left out from now on; where their text still stands is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.people import Erased, People
from chatwright.cli.show import Json, Screen
from chatwright.cli.store import opened
from chatwright.data import erasure
from chatwright.spec import Spec, load_spec
from chatwright.store.secret import find_secret

SHOWN = 10  # rows of a file

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
    as_json: Json = False,
) -> None:
    """Leave every row that names a person out of all imports and builds from now on; the same as
    `person erase`.

    What you give is not kept, only a keyed hash of it (in .chatwright/erased). Conversations with the
    bot that mention it are removed. Your own files are not changed: those that still hold the text are
    listed, with rows counted from 0.
    """
    forget(load_spec(bot), who, Screen(as_json))


@contextmanager
def people_of(spec: Spec) -> Iterator[People]:
    """The people of the bot's store, which is made if there is none; closed afterwards."""
    with opened(spec) as database:
        yield People(spec, database, find_secret(spec.made))


def forget(spec: Spec, who: Sequence[str] | None, screen: Screen) -> None:
    """Erase whoever is meant, and say what was done and what is left to do."""
    asked = who or [typer.prompt("Whom (kept nowhere)", err=True)]
    screen.start("Looking for the text")
    sources: dict[str, list[int]] = {}
    with people_of(spec) as people:
        owners = [one for one in asked if people.rows.known(one)]
        names = [one for one in asked if one not in owners]
        done = [people.erase(owner, "cli") for owner in owners]
        if names:
            done.append(people.erase_named(names, "cli"))
            erased = erasure.load(spec.made)
            assert erased is not None, "the tombstone was just written"
            sources = dict(erasure.sources(spec, erased))
        people.scrub()
    screen.stop()
    removed, left = _together(done)
    screen.say("Erased: from now on imports and builds leave these rows out, with that reason.")
    counts = ", ".join(f"{count} {name}" for name, count in removed.items() if count)
    screen.say(f"Removed here: {counts or 'nothing was kept'}.")
    _say_left(spec, screen, sources, left)
    datasets, releases = left.pop("datasets", []), left.pop("releases", [])
    found: dict[str, Any] = {"sources": sources, "datasets": datasets, "releases": releases}
    screen.result(found | {"removed": removed} | left)


def _together(done: Sequence[Erased]) -> tuple[dict[str, int], dict[str, list[str]]]:
    removed: dict[str, int] = {}
    left: dict[str, list[str]] = {}
    for one in done:
        about = one.about()
        for name, count in about["removed"].items():
            removed[name] = removed.get(name, 0) + count
        for name, held in about["left"].items():
            left[name] = sorted({*left.get(name, []), *held})
    return removed, left


def _say_left(
    spec: Spec, screen: Screen, sources: dict[str, list[int]], left: dict[str, list[str]]
) -> None:
    if sources:
        screen.say(
            "Your files still hold the text. Take it out of them, and of where they came from:"
        )
    for name, places in sources.items():
        more = f" and {len(places) - SHOWN:,} more" if len(places) > SHOWN else ""
        screen.say(f"  {name}: row {', '.join(map(str, places[:SHOWN]))}{more}")
    if held := left.get("datasets"):
        screen.say(
            "Delete what was built from them, and what was trained on that (runs, tokenizers):"
        )
        for name in held:
            screen.say(f"  {spec.made / 'datasets' / name}")
    if releases := left.get("releases"):
        screen.say(
            f"Releases made before may have learned it, and are still there: {', '.join(releases)}. "
            f"Make a new one with `chatwright up {spec.folder}`, then delete theirs in "
            f"{spec.made / 'releases'}."
        )
    for place in sorted(left.keys() - {"datasets", "releases"}):
        screen.say(f"Still held in {place}: {', '.join(left[place])}.")
    screen.say("Backups, and what was exported before, are yours to look through.")
