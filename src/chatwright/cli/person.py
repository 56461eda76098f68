"""`chatwright person list|export|erase|erasures|finish|prove|prune`: what people may ask of you."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer.people import archive
from chatwright.cli import erasing
from chatwright.cli.erasing import Keep, Retrain, people_of
from chatwright.cli.show import Bot, Json, Screen
from chatwright.core.errors import WrongUse
from chatwright.core.files import pretty_json, write_atomic
from chatwright.improve.erasure_journal import open_erasures
from chatwright.spec import Spec, load_spec
from chatwright.store.secret import find_secret
from chatwright.store.visitors import visitor_id, visitor_of_user

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright person list --bot mybot",
)


@app.command("list", epilog="Example: chatwright person list 'order 48213' --bot mybot")
def list_people(
    words: Annotated[str, typer.Argument(help="Words that were said by or to them.")] = "",
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Show who has conversations with the bot; a visitor finds their own id on the page."""
    screen = Screen(as_json)
    with people_of(load_spec(bot)) as people:
        found = people.rows.owners(words)
    if not found:
        screen.say("Nobody.")
    else:
        screen.rows(list(found[0]), [list(row.values()) for row in found], whole=("owner",))
    screen.result({"people": found})


@app.command(epilog="Example: chatwright person export visitor:3f9c... anna.zip --bot mybot")
def export(
    person: Annotated[
        str, typer.Argument(help="Their id, as `person list` shows it; or widget:USER.")
    ],
    file: Annotated[Path, typer.Argument(help="Where to: a .zip or a .json file.")],
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Write everything that is kept of a person into a file."""
    screen = Screen(as_json)
    if file.suffix not in (".zip", ".json"):
        raise WrongUse(f"{file} is neither .zip nor .json.", "Give the file one of these endings.")
    if file.exists():
        raise WrongUse(f"{file} is there already.", "Name another file.")
    spec = load_spec(bot)
    with people_of(spec) as people:
        found = people.export(_id(spec, person), "cli")
    write_atomic(file, archive(found) if file.suffix == ".zip" else pretty_json(found))
    file.chmod(0o600)
    screen.say(f"{file}: {len(found['conversations'])} conversations.")
    screen.result(
        {"person": person, "file": str(file), "conversations": len(found["conversations"])}
    )


@app.command(epilog="Example: chatwright person erase visitor:3f9c... --bot mybot")
def erase(
    who: Annotated[
        list[str] | None,
        typer.Argument(
            help="An id of `person list`; widget:USER for a site's user; or names, addresses, numbers."
        ),
    ] = None,
    bot: Bot = Path(),
    retrain: Retrain = True,
    keep_serving: Keep = False,
    as_json: Json = False,
) -> None:
    """Forget a person: what they said, what was made of it, and the releases that learned it.

    By an id, everything of that person goes. By a name, an address or a number, every conversation goes that
    mentions it, whoever's it is; your own files are not changed, and those that still hold the text are listed.
    Releases that learned it are not used any more; a model is trained without it, compared, and served, and
    they are deleted. Run it again to go on where it was interrupted.
    """
    spec, screen = load_spec(bot), Screen(as_json)
    ids = None if who is None else [_id(spec, one) for one in who]
    erasing.forget(spec, ids, screen, retrain=retrain, keep_serving=keep_serving)


@app.command(epilog="Example: chatwright person erasures --bot mybot")
def erasures(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show the erasures that were begun and are not finished."""
    screen, spec = Screen(as_json), load_spec(bot)
    found = open_erasures(spec)
    rows = [[one.id, one.at, ", ".join(one.steps), ", ".join(one.releases)] for one in found]
    if rows:
        screen.rows(["id", "begun", "done", "in quarantine"], rows)
    else:
        screen.say("Every erasure is finished.")
    names = ("id", "at", "steps", "releases")
    screen.result({"open": [{name: getattr(one, name) for name in names} for one in found]})


@app.command(epilog="Example: chatwright person finish --bot mybot")
def finish(bot: Bot = Path(), retrain: Retrain = True, as_json: Json = False) -> None:
    """Go on with the erasures that are open: those that visitors asked for, and those that were interrupted."""
    erasing.finish(load_spec(bot), Screen(as_json), retrain=retrain)


@app.command(epilog='Example: chatwright person prove "Anna Lind" anna@example.org --bot mybot')
def prove(
    who: Annotated[list[str], typer.Argument(help="Names, addresses, numbers or an id.")],
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Look for a person in every file and table, and try to make the model say it. Changes nothing."""
    erasing.prove(load_spec(bot), who, Screen(as_json))


@app.command(epilog="Example: chatwright person prune --bot mybot")
def prune(bot: Bot = Path(), as_json: Json = False) -> None:
    """Remove now what `[privacy]` retention_days and log_days say; a server does it once an hour."""
    screen = Screen(as_json)
    with people_of(load_spec(bot)) as people:
        done = people.prune("cli")
        people.scrub()
    screen.say(", ".join(f"{name}: {count}" for name, count in done.items()))
    screen.result(done)


def _id(spec: Spec, person: str) -> str:
    """`widget:USER` is a user that a site vouches for in the widget, by the site's own id of them."""
    user = person.removeprefix("widget:")
    if user == person:
        return person
    return visitor_id(visitor_of_user(find_secret(spec.made), user))
