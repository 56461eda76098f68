"""`chatwright release list|promote|rollback|export`."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Json, Screen
from chatwright.cli.verbs import load
from chatwright.core.errors import WrongUse
from chatwright.core.files import storage
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import load_spec

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright release list --bot mybot",
)
Bot = Annotated[Path, typer.Option("--bot", help="The bot folder.")]


class Target(StrEnum):
    """What other programs read."""

    hf = "hf"
    gguf = "gguf"


Reason = Annotated[str, typer.Option(help="Why; kept in the history.")]


@app.command("list", epilog="Example: chatwright release list --bot mybot")
def list_releases(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show every release with its figures, and which one is served."""
    screen = Screen(as_json)
    registry = Registry(load_spec(bot))
    current = registry.current()
    served = current[1].id if current else None
    rows = [_row(release, served) for release in registry.releases()]
    if not rows:
        screen.say(f"No releases yet. Make one with `chatwright up {bot}`.")
    else:
        screen.rows(list(rows[0]), [list(row.values()) for row in rows])
    screen.result({"served": served, "releases": rows})


@app.command(epilog="Example: chatwright release promote 3f9c --bot mybot")
def promote(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    bot: Bot = Path(),
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Serve a release from now on; a running server changes over between two requests."""
    screen = Screen(as_json)
    registry = Registry(load_spec(bot))
    found = registry.release(release)
    deployment = registry.promote(found, reason)
    screen.say(f"Release {found.id} is served from now on (deployment {deployment.id}).")
    screen.result({"release": found.id, "deployment": deployment.id})


@app.command(epilog="Example: chatwright release rollback --bot mybot --reason 'worse on fines'")
def rollback(bot: Bot = Path(), reason: Reason = "", as_json: Json = False) -> None:
    """Serve again what was served before the last promotion."""
    screen = Screen(as_json)
    deployment, found = Registry(load_spec(bot)).rollback(reason)
    screen.say(f"Release {found.id} is served again (deployment {deployment.id}).")
    screen.result({"release": found.id, "deployment": deployment.id})


@app.command(epilog="Example: chatwright release export 3f9c out --to gguf --bot mybot")
def export(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    folder: Annotated[Path, typer.Argument(help="Where to; made if need be.")],
    to: Annotated[Target, typer.Option(help="hf: transformers, vLLM. gguf: llama.cpp, Ollama.")],
    half: Annotated[bool, typer.Option("--f16", help="GGUF in half precision.")] = False,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Copy a release's model out, for other programs. Knowledge, routing and checks stay here."""
    screen = Screen(as_json)
    found = Registry(load_spec(bot)).release(release)
    if found.hosted:
        raise WrongUse(f"Release {found.id} is of a hosted model: it has no weights.", "")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} is there already, and not empty.", "Name another folder.")
    with storage(folder):
        if to is Target.hf:
            shutil.copytree(found.model, folder, dirs_exist_ok=True)
            files = sorted(folder.iterdir())
        else:
            files = load("exporting").export(found.model, folder, "f16" if half else "f32")
    for path in files:
        screen.say(f"{path}  {path.stat().st_size:,} bytes")
    if to is Target.gguf:
        screen.say(f"Next: ollama create mybot -f {folder / 'Modelfile'}")
    screen.result({"release": found.id, "files": [str(path) for path in files]})


def _row(release: Release, served: str | None) -> dict[str, Any]:
    report = release.report or {}
    cases = report.get("cases", {}).get("in_scope", {})
    return {
        "id": release.id,
        "made": release.manifest["created_at"],
        "kind": release.manifest.get("kind", "local"),
        "cases": cases.get("share"),
        "bits_per_byte": report.get("loss", {}).get("bits_per_byte"),
        "served": "served" if release.id == served else "",
    }
