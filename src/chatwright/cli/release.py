"""`chatwright release list|lineage|promote|rollback|export|push|pull|card`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.answer.open import calibration_of
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.verbs import load
from chatwright.core.errors import ChatwrightError, ReleaseError, WrongUse
from chatwright.core.files import storage
from chatwright.release import export as exports
from chatwright.release.card import card
from chatwright.release.lineage import lineage
from chatwright.release.manifest import Release
from chatwright.release.registry import Registry
from chatwright.spec import Spec, load_spec

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright release list --bot mybot",
)


class Target(StrEnum):
    """What other programs read."""

    hf = "hf"
    gguf = "gguf"
    ollama = "ollama"
    openvino = "openvino"


class NumberType(StrEnum):
    """How weights are written in GGUF."""

    f32 = "f32"
    f16 = "f16"
    q8_0 = "q8_0"


TARGETS = "hf: transformers, vLLM. gguf: llama.cpp. ollama: GGUF and a Modelfile. openvino: GenAI."
Place = Annotated[str, typer.Argument(help="s3://bucket/prefix")]
Reason = Annotated[str, typer.Option(help="Why; kept in the history.")]


@app.command("list", epilog="Example: chatwright release list --bot mybot")
def list_releases(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show every release with its figures, which one is served, and which may not be used any more."""
    screen = Screen(as_json)
    registry = Registry(load_spec(bot))
    deployment, refused = registry.deployment(), registry.quarantined()
    served = deployment.release if deployment else None
    rows = [_row(release, served, refused) for release in registry.releases()]
    if not rows:
        screen.say(f"No releases yet. Make one with `chatwright up {bot}`.")
    else:
        screen.rows(list(rows[0]), [list(row.values()) for row in rows])
    for id, reason in refused.items():
        screen.say(f"In quarantine: {id}: {reason}.")
    screen.result({"served": served, "releases": rows, "quarantined": refused})


@app.command("lineage", epilog="Example: chatwright release lineage 3f9c --bot mybot")
def show_lineage(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    bot: Bot = Path(),
    rater: Annotated[
        str, typer.Option(help="Only the reviews of this person, as `--json` names them.")
    ] = "",
    source: Annotated[str, typer.Option(help="Only sources that begin like this.")] = "",
    as_json: Json = False,
) -> None:
    """Show what a release learned from: rows by source, reviewed corrections by person, parents."""
    screen = Screen(as_json)
    spec = load_spec(bot)
    found = lineage(spec, Registry(spec).release(release))
    about = found.about()
    about["sources"] = {k: n for k, n in about["sources"].items() if k.startswith(source)}
    if rater:
        taught = [one for one in found.taught if rater in one.raters]
        about["taught"] = [asdict(one) for one in taught]
        about["raters"] = {rater: len(taught)} if taught else {}
        about["reviews"] = dict(Counter(one.review for one in taught))
    screen.say(
        f"Release {found.release}: dataset {found.dataset or 'none'}, {found.rows:,} conversations "
        f"learned from, {found.held_out:,} more to measure on."
    )
    if found.chain:
        screen.say(f"Continued from: {', '.join(found.chain)} (their rows are counted in).")
    screen.rows(["rows", "source"], [[n, name] for name, n in about["sources"].items()])
    if about["raters"]:
        screen.rows(["corrections", "by"], [[n, who] for who, n in about["raters"].items()])
    for what in found.missing:
        screen.say(f"Not known: {what} is not here any more.")
    screen.result(about)


@app.command(epilog="Example: chatwright release promote 3f9c --bot mybot")
def promote(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    bot: Bot = Path(),
    reason: Reason = "",
    force: Annotated[
        bool, typer.Option("--force", help="Promote it whatever the gate says; needs --reason.")
    ] = False,
    by: Annotated[str, typer.Option("--by", hidden=True)] = "",
    as_json: Json = False,
) -> None:
    """Serve a release from now on, if it is not worse than what is served; a running server changes
    over between two requests."""
    screen = Screen(as_json)
    if force and not reason.strip():
        raise WrongUse("--force needs a --reason, which is kept in the history.", "")
    spec = load_spec(bot)
    registry = Registry(spec)
    found = registry.release(release)
    gate = _gate(spec, registry, found, screen, force)
    calibration = calibration_of(spec, found.id)
    deployment = registry.promote(found, reason, calibration=calibration, gate=gate, by=by)
    screen.say(f"Release {found.id} is served from now on (deployment {deployment.id}).")
    values = {"release": found.id, "deployment": deployment.id}
    screen.result(values | ({"gate": gate} if gate else {}))


def _gate(
    spec: Spec, registry: Registry, found: Release, screen: Screen, force: bool
) -> dict[str, Any] | None:
    """What the gate says of a release with weights that would take another one's place; None where it is not
    asked. Raises `ReleaseError` where it says no and is not overruled."""
    current = registry.deployment()
    forced = {"forced": True} if force else {}
    if current is None or current.release == found.id or not found.weights:
        return forced or None
    try:
        verdict = load("gate").asked(spec, found, registry.release(current.release), screen)
    except ChatwrightError as error:
        if not force:
            raise
        return {"verdict": None, "against": current.release, "reasons": [str(error)], **forced}
    if not verdict.promotable and not force:
        more = f" About {verdict.needed:,} more items would settle it." if verdict.needed else ""
        raise ReleaseError(
            f"The gate says of release {found.id}: {verdict.verdict}. {verdict.reasons[0]}{more}",
            f"See {verdict.folder}/verdict.html; promote it all the same with --force --reason WHY.",
        )
    kept: dict[str, Any] = verdict.short() | forced
    return kept


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
    to: Annotated[Target, typer.Option(help=TARGETS)],
    kind: Annotated[NumberType, typer.Option("--type", help="Numbers in GGUF.")] = NumberType.f32,
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Copy a release's model out, for other programs; says what stays behind."""
    screen = Screen(as_json)
    found = Registry(load_spec(bot)).usable(release)
    if not found.weights:
        why = "is of a hosted model" if found.hosted else "has no model"
        raise WrongUse(f"Release {found.id} {why}: there are no weights to export.", "")
    if kind is not NumberType.f32 and to not in (Target.gguf, Target.ollama):
        raise WrongUse("--type is of GGUF files.", "Use it with --to gguf or --to ollama.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} is there already, and not empty.", "Name another folder.")
    if to is Target.ollama:
        exports.check_template(found)
    with storage(folder):
        files = _written(found, folder, to, kind)
    for path in files:
        screen.say(f"{path}  {path.stat().st_size:,} bytes")
    losses = exports.lost(found, to.value)
    for line in losses:
        screen.say(f"- {line}")
    use = exports.USES[to.value].format(folder=str(folder))
    screen.say(f"Next: {use}")
    screen.result({"release": found.id, "files": [str(path) for path in files], "lost": losses})


@app.command(epilog="Example: chatwright release push s3://bucket/mybot --bot mybot")
def push(url: Place, bot: Bot = Path(), as_json: Json = False) -> None:
    """Send what is served to S3-compatible storage; what is there already is not sent again."""
    load("bucket").push(load_spec(bot), url, Screen(as_json))


@app.command(epilog="Example: chatwright release pull s3://bucket/mybot --bot mybot")
def pull(
    url: Place,
    deployment: Annotated[
        str, typer.Argument(help="A deployment's id; the one pushed last when left out.")
    ] = "",
    bot: Bot = Path(),
    promote: Annotated[
        bool, typer.Option("--promote/--no-promote", help="Serve it from now on.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Fetch what is missing of a pushed deployment, check it, and serve it; a running server swaps."""
    load("bucket").pull(load_spec(bot), url, deployment, promote, Screen(as_json))


@app.command("card", epilog="Example: chatwright release card 3f9c --bot mybot > MODEL_CARD.md")
def show_card(
    release: Annotated[str, typer.Argument(help="A release id, or its beginning.")],
    bot: Bot = Path(),
    as_json: Json = False,
) -> None:
    """Print the model card of a release: purpose, data, training, figures, limits; as Markdown."""
    found = Registry(load_spec(bot)).release(release)
    text = card(found)
    if as_json:
        Screen(as_json).result({"release": found.id, "card": text})
    else:
        typer.echo(text, nl=False)


def _written(release: Release, folder: Path, to: Target, kind: NumberType) -> list[Path]:
    """The files of an export, made."""
    if to is Target.hf:
        files = [*exports.copy_model(release, folder), exports.write_card(release, folder)]
    elif to is Target.openvino:
        files = load("exporting_openvino").export(release, folder)
    else:
        files = load("exporting").export(release.model, folder, kind.value)
        if to is Target.ollama:
            files.append(exports.write_modelfile(release, folder))
    return [*files, exports.write_readme(release, folder, to.value)]


def _row(release: Release, served: str | None, refused: Mapping[str, str]) -> dict[str, Any]:
    report = release.report or {}
    cases = report.get("cases", {}).get("in_scope", {})
    return {
        "id": release.id,
        "made": release.manifest["created_at"],
        "kind": release.manifest.get("kind", "local"),
        "cases": cases.get("share"),
        "bits_per_byte": report.get("loss", {}).get("bits_per_byte"),
        "served": " ".join(
            ["served"] * (release.id == served) + ["quarantined"] * (release.id in refused)
        ),
    }
