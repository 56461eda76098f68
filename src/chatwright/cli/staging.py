"""`chatwright staging create|list|revoke|results`: links for invited testers of a candidate."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.open import calibration_of
from chatwright.answer.people import People
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import WrongUse
from chatwright.improve.trials import check_room
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.canaries import Canaries
from chatwright.store.secret import find_secret
from chatwright.store.staging import Staging, StagingLink
from chatwright.store.stamps import stamp

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright staging create 3f9c --tasks tasks.txt --days 7 --bot mybot",
)
MOST = 50  # tasks
LONGEST = 500  # characters of one

Which = Annotated[str, typer.Argument(help="A link's id, or how it begins or ends.")]


@app.command(
    epilog="Example: chatwright staging create 3f9c --tasks tasks.txt --days 7 --bot mybot"
)
def create(
    release: Annotated[str, typer.Argument(help="The candidate: a release id, or its beginning.")],
    bot: Bot = Path(),
    tasks: Annotated[
        Path | None, typer.Option(help="A file with what to try, a task on each line.")
    ] = None,
    days: Annotated[float, typer.Option(min=0.01, max=90, help="Days until the link ends.")] = 7,
    address: Annotated[str, typer.Option(help="Where the server is, as testers reach it.")] = "",
    as_json: Json = False,
) -> None:
    """Make a link behind which testers talk to a candidate. It is shown this once: only a hash is kept."""
    screen, spec = Screen(as_json), load_spec(bot)
    found = Registry(spec).usable(release)
    calibration = calibration_of(spec, found.id)
    deployment = Deployment(found.id, calibration=calibration)
    ends = stamp(datetime.now(UTC) + timedelta(days=days))
    with opened(spec) as database:
        staging = Staging(database)
        check_room(staging, Canaries(database), spec, deployment.id)
        link, token = staging.create(
            spec.bot.name,
            found.id,
            deployment.id,
            _tasks(tasks),
            ends,
            calibration=calibration,
        )
        _audit(spec, database, "staging.created", link)
    url = f"{(address or _address(spec)).rstrip('/')}/staging/{token}"
    screen.say(
        f"{url}\n\nKeep it now: it is not shown again. It ends {ends[:16].replace('T', ' ')}."
    )
    screen.say(f"Testers talk to release {found.id}, with {len(link.tasks)} tasks to try.")
    screen.result(_about(link) | {"url": url})


@app.command("list", epilog="Example: chatwright staging list --bot mybot")
def list_links(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show all links, also those that are over."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        found = Staging(database).all(spec.bot.name)
    if not found:
        screen.say("No links yet. Make one with `chatwright staging create RELEASE`.")
    else:
        rows = [
            (one.id[-12:], one.release, one.state, len(one.tasks), one.expires_at[:16])
            for one in found
        ]
        screen.rows(("id", "release", "state", "tasks", "ends"), rows, whole=("id",))
    screen.result({"links": [_about(one) for one in found]})


@app.command(epilog="Example: chatwright staging revoke 3f9c2a71b0de --bot mybot")
def revoke(link: Which, bot: Bot = Path(), as_json: Json = False) -> None:
    """End a link for good; running servers refuse it within two seconds."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        found = Staging(database).revoke(spec.bot.name, link)
        _audit(spec, database, "staging.revoked", found)
    screen.say(f"The link {found.id[-12:]} to release {found.release} is revoked.")
    screen.result(_about(found))


@app.command(epilog="Example: chatwright staging results 3f9c2a71b0de --bot mybot")
def results(link: Which, bot: Bot = Path(), as_json: Json = False) -> None:
    """Show what testers did: tasks ticked off, and what they thought of the replies."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        staging = Staging(database)
        found = staging.find(spec.bot.name, link)
        ticks, sessions = staging.ticks(found.id), staging.sessions(found.id)
    done = [[one for one in ticks if one.task == at] for at in range(len(found.tasks))]
    screen.say(f"Release {found.release}, {found.state}: {len(sessions)} testers.")
    for at, text in enumerate(found.tasks):
        screen.say(f"{at + 1}. {text}  [{len(done[at])} done]")
        for tick in done[at]:
            if tick.note:
                screen.say(f"   {tick.owner[-6:]}: {tick.note}")
    head = ("tester", "conversations", "replies", "refused", "liked", "disliked")
    names = ("conversations", "replies", "refused", "ups", "downs")
    screen.rows(head, [(one["owner"][-6:], *(one[n] for n in names)) for one in sessions])
    screen.result(
        {
            "link": _about(found),
            "tasks": [
                {"text": text, "done": len(done[at]), "notes": [t.note for t in done[at] if t.note]}
                for at, text in enumerate(found.tasks)
            ],
            "sessions": sessions,
        }
    )


def _tasks(path: Path | None) -> list[str]:
    """The lines of a file that say something."""
    if path is None:
        return []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} cannot be read as text ({error}).", "Name another file.") from None
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(found) > MOST or any(len(one) > LONGEST for one in found):
        raise WrongUse(
            f"{path} has too much in it.", f"At most {MOST} lines of at most {LONGEST} characters."
        )
    return found


def _address(spec: Spec) -> str:
    scheme = "https" if spec.server.tls_cert else "http"
    return f"{scheme}://{spec.server.host}:{spec.server.port}"


def _audit(spec: Spec, database: Database, action: str, link: StagingLink) -> None:
    people = People(spec, database, find_secret(spec.made))
    people.audit.add(action, "cli", "", release=link.release)


def _about(link: StagingLink) -> dict[str, Any]:
    return asdict(link) | {"state": link.state}
