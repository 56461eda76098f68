"""`chatwright deploy TARGET BOT`: the files that run a bot elsewhere, and whether they are right."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ChatwrightError, WrongUse
from chatwright.deploy import Target, Written, check, facts_of, render, write
from chatwright.deploy.bundle import bundle
from chatwright.deploy.checking import Finding, State
from chatwright.deploy.render import CARRIES_THE_BOT
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(epilog="Example: chatwright deploy docker mybot --check")
def deploy(
    target: Annotated[Target, typer.Argument(help="Where it is to run.", show_default=False)],
    folder: Folder = Path(),
    out: Annotated[
        Path | None,
        typer.Option(help="Where the files go.", show_default="deploy/TARGET in the bot"),
    ] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help="Write nothing: check the files that are there.")
    ] = False,
    host: Annotated[str, typer.Option(help="The name under which people reach the bot.")] = "",
    image: Annotated[str, typer.Option(help="The image's name and tag.")] = "",
    wheel: Annotated[
        Path | None, typer.Option(help="chatwright's own wheel, to go along (docker, heroku, vps).")
    ] = None,
    force: Annotated[bool, typer.Option(help="Write over files that you edited.")] = False,
    as_json: Json = False,
) -> None:
    """Write the files that run this bot: Docker, Compose, Helm, AWS (Terraform), Cloud Run, Heroku, or systemd.

    For docker, heroku and vps the promoted release goes along, in bot/; conversations never do. Nothing is
    sent anywhere. A file that you edited stays, and what differs is shown.
    """
    screen, spec = Screen(as_json), load_spec(folder)
    place = out or spec.folder / "deploy" / target
    if check_only:
        _checked(screen, target, place)
        return
    files = render(target, facts_of(spec, host=host, image=image))
    written = write(files, place, force=force)
    carried = _carry(screen, spec, target, place, wheel)
    _told(screen, written, place)
    screen.result({"folder": str(place), "deployment": carried, **asdict(written)})
    if written.kept:
        raise ChatwrightError(
            f"{len(written.kept)} files that you edited stay as they are.",
            "Take over what differs by hand, or give --force to replace them.",
        )


def _told(screen: Screen, written: Written, place: Path) -> None:
    for fate in ("new", "changed", "gone"):
        for path in getattr(written, fate):
            screen.say(f"{fate:8} {place / path}")
    if written.same:
        screen.say(f"{len(written.same)} files are as they were.")
    for path, difference in written.kept.items():
        screen.say(f"kept     {place / path}\n{difference}")
    screen.say(
        "Each begins with what it is and how it is used. Next: the same command with --check."
    )


def _carry(
    screen: Screen, spec: Spec, target: Target, place: Path, wheel: Path | None
) -> str | None:
    """What goes along besides the files: the id of the deployment."""
    if target not in CARRIES_THE_BOT:
        if wheel is not None:
            raise WrongUse(f"No wheel goes along to {target}.", "Leave out --wheel.")
        return None
    if wheel is not None:
        if wheel.suffix != ".whl" or not wheel.is_file():
            raise WrongUse(f"{wheel} is no wheel.", "Build one: python -m build --wheel.")
        shutil.copy2(wheel, place / "wheels")
    if Registry(spec).deployment() is None:
        screen.say(
            f"No release is promoted yet, so nothing is in {place / 'bot'}: run `chatwright up {spec.folder} "
            "--no-serve`, then this again."
        )
        return None
    found = bundle(spec, place / "bot")
    screen.say(f"{place / 'bot'} serves release {found.release} (deployment {found.id}).")
    return found.id


def _checked(screen: Screen, target: Target, place: Path) -> None:
    found = check(target, place)
    screen.rows(
        ("what", "by", "result"),
        [(one.what, one.by, one.state) for one in found],
        whole=("result",),
    )
    for one in found:
        if one.said and one.state is not State.ok:
            screen.say(f"{one.what}, {one.by}: {one.said}")
    screen.result({"findings": [asdict(one) for one in found]})
    if bad := _failed(found):
        raise ChatwrightError(
            f"{len(bad)} of {len(found)} checks of {place} failed.", "What was said stands above."
        )


def _failed(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.state is State.failed]
