"""`chatwright serve`: the promoted release over HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from socket import socket
from typing import Annotated, Any

import typer

from chatwright.answer import open_bot
from chatwright.cli.lasting import lasting
from chatwright.cli.show import Json, Screen
from chatwright.cli.store import open_store
from chatwright.core import logs
from chatwright.core.errors import ReleaseError, WrongUse
from chatwright.deploy import placing
from chatwright.knowledge.meaning import open_embedder
from chatwright.knowledge.shared import shared_of
from chatwright.release.manifest import Release
from chatwright.release.registry import Deployment, Registry
from chatwright.server import otel
from chatwright.server.app import Background, create_app
from chatwright.server.beside import beside
from chatwright.server.drifting import drifting
from chatwright.server.drifting import show as show_drift
from chatwright.server.finishing import finishing
from chatwright.server.improving import improving, show
from chatwright.server.login import invite_owner
from chatwright.server.machine import sampling
from chatwright.server.opening import opening
from chatwright.server.recalibrate import recalibrate
from chatwright.server.respec import respec
from chatwright.server.resync import resync
from chatwright.server.retention import keep
from chatwright.server.scrape import Place, place
from chatwright.server.serve import bind
from chatwright.server.serve import serve as serve_app
from chatwright.server.siblings import Siblings, inherited
from chatwright.server.unmade import unmade
from chatwright.server.watch import watch
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store.leases import Leases

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
Folders = Annotated[
    list[Path] | None, typer.Argument(help="The bot folder, or several.", show_default="here")
]
Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[
    int | None, typer.Option(envvar="PORT", help="Port to listen on; 0 takes any free one.")
]
Processes = Annotated[
    int | None, typer.Option(help="Server processes on this port, each with an engine of its own.")
]
Cert = Annotated[Path | None, typer.Option("--tls-cert", help="Certificate chain (PEM): https.")]
Key = Annotated[Path | None, typer.Option("--tls-key", help="Its private key (PEM).")]
Trusted = Annotated[
    list[str] | None, typer.Option("--trusted-proxy", help="Proxy or network to be believed.")
]
Allowed = Annotated[
    list[str] | None, typer.Option("--allow-host", help="Host name that is served; others are not.")
]
Seed = Annotated[
    Path | None,
    typer.Option(help="A bundle to put into the folder first (`chatwright deploy` makes them)."),
]
Promoted = tuple[Spec, Release | None, Deployment | None]  # None: there is nothing to serve yet
Ready = Callable[[str, str | None], None]  # address, the first owner's token


@app.command(epilog="Example: chatwright serve mybot --port 9000")
def serve(
    folders: Folders = None,
    host: Host = None,
    port: Port = None,
    processes: Processes = None,
    tls_cert: Cert = None,
    tls_key: Key = None,
    trusted_proxy: Trusted = None,
    allow_host: Allowed = None,
    seed: Seed = None,
    as_json: Json = False,
) -> None:
    """Serve a bot: web page, OpenAI-compatible API, health and metrics.

    Of several bots the first one has the page, the store and the settings; the API answers for each
    under its name.
    """
    first, *others = folders or [Path()]
    files = {"tls_cert": tls_cert, "tls_key": tls_key}
    given = listen(
        host=host,
        port=port,
        processes=processes,
        trusted_proxies=trusted_proxy or None,
        allow_hosts=allow_host or None,
        **_whole(files),
    )
    screen = Screen(as_json)
    if seed is not None:
        for line in placing.place(seed, first):
            screen.say(line)
    spec = load_spec(first, given)
    lasting(spec)
    run(spec, screen, [load_spec(other) for other in others])


def _whole(files: dict[str, Path | None]) -> dict[str, str | None]:
    """A path on the command line is relative to where one is, in bot.toml to the bot."""
    return {name: str(path.resolve()) if path else None for name, path in files.items()}


def listen(**options: Any) -> dict[str, dict[str, object]]:
    given = {name: value for name, value in options.items() if value is not None}
    return {"server": given} if given else {}


def run(spec: Spec, screen: Screen, others: Sequence[Spec] = (), *, guide: bool = False) -> None:
    """Serve until a signal; says the address once it answers.

    With `guide` a bot that has no release yet is served too: its owner makes one on the page.
    """
    specs = [spec, *others]
    if len({one.bot.name for one in specs}) < len(specs):
        raise WrongUse("Two of these bots have the same name.", "Change one in its bot.toml.")
    promoted = [_promoted(one, guide) for one in specs]
    _, release, deployment = promoted[0]
    who = release.spec_in(spec).bot if release else spec.bot

    def ready(address: str, token: str | None) -> None:
        screen.stop()
        if release is None:
            door = f"#owner={token}" if token else ""
            screen.say(f"\nMake your bot on {address}/console/guide{door}")
        else:
            screen.say(f"\n{who.title or who.name} answers on {address}")
        screen.say(f"API: {address}/v1   health: {address}/health   stop with Ctrl-C")
        for other in others:
            screen.say(f"Also: {other.bot.name}, by the field `model` of the API")
        for line in opening(spec, address, token):
            screen.say(line)
        values = {
            "address": address,
            "release": release.id if release else None,
            "deployment": deployment.id if deployment else None,
        }
        screen.result(values | {"owner_token": token})

    listener, where = inherited(), place()
    screen.start("Starting the engine")
    try:
        if spec.server.processes > 1 and listener is None and release is not None:
            _several(specs, ready)
        else:
            _one(promoted, ready, listener, where)
    finally:
        screen.stop()


def _promoted(spec: Spec, guide: bool) -> Promoted:
    current = Registry(spec).current()
    if current is None and guide:
        return spec, None, None
    if current is None:
        raise ReleaseError(
            "This bot has no promoted release to serve.",
            f"Run `chatwright up {spec.folder}`, or `chatwright release promote ID`.",
        )
    deployment, release = current
    return spec, release, deployment


def _one(
    promoted: Sequence[Promoted], ready: Ready, listener: socket | None, where: Place | None
) -> None:
    spec = promoted[0][0]
    database = open_store(spec)
    bot, *others = [
        open_bot(release, one, deployment, store=database) if release else unmade(one)
        for one, release, deployment in promoted
    ]
    end_traces = otel.start(spec)
    kept = spec.made / logs.FOLDER if spec.privacy.log_days else None
    end_logs = logs.start(kept, machine=spec.monitoring.log == "json")
    specs = [one for one, _, _ in promoted]
    work = [
        *(_watching(one, database) for one in specs),
        *(_staging(one, database) for one in specs),
        keep,
        *(_syncing(one, database) for one in specs),
        *(_calibrating(one) for one in specs),
        *(_improving(one) for one in specs),
        *(_finishing(one) for one in specs),
        *(_drifting(one, database) for one in specs),
        *(_following(one) for one in specs),
        sampling,
    ]
    application = create_app(bot, database, spec, others=others, background=work)
    services = application.state.services
    show(services.metrics.shared, specs)
    show_drift(services.metrics.shared, specs)
    services.scrape.place = where
    token = invite_owner(services)
    server = spec.server

    def answering(address: str) -> None:
        ready(address, token)

    try:
        serve_app(application, server.host, server.port, on_ready=answering, listener=listener)
    finally:
        database.close()
        end_traces()
        end_logs()


def _syncing(spec: Spec, database: Database) -> Background:
    return lambda services: resync(
        spec,
        open_embedder(spec),
        shared_of(database, spec),
        services.metrics.synced(spec.bot.name),
    )


def _improving(spec: Spec) -> Background:
    return lambda services: improving(spec, Leases(services.database))


def _finishing(spec: Spec) -> Background:
    return lambda services: finishing(spec, Leases(services.database))


def _drifting(spec: Spec, database: Database) -> Background:
    return lambda services: drifting(services, spec, database)


def _following(spec: Spec) -> Background:
    return lambda services: respec(services, spec.bot.name)


def _calibrating(spec: Spec) -> Background:
    return lambda services: recalibrate(services.bots[spec.bot.name], spec)


def _watching(spec: Spec, database: Database) -> Background:
    return lambda services: watch(services.bots[spec.bot.name], spec, database)


def _staging(spec: Spec, database: Database) -> Background:
    return lambda services: beside(services, spec, database)


def _several(specs: Sequence[Spec], ready: Ready) -> None:
    open_store(specs[0]).close()  # what is wrong with it is told once
    server = specs[0].server
    verb = ["serve", *(str(spec.folder) for spec in specs), "--host", server.host, "--json"]
    for proxy in server.trusted_proxies:
        verb += ["--trusted-proxy", proxy]
    for name in server.allow_hosts:
        verb += ["--allow-host", name]
    if server.tls_cert:
        verb += ["--tls-cert", str(specs[0].path(server.tls_cert))]
        verb += ["--tls-key", str(specs[0].path(server.tls_key))]
    command = [sys.executable, "-m", "chatwright.cli", *verb]
    with bind(server.host, server.port) as listener:
        Siblings(command, server.processes, listener).run(
            lambda said: ready(said["address"], said["owner_token"])
        )
