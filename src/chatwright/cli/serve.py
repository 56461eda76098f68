"""`chatwright serve`: the promoted release over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer import open_bot
from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ReleaseError
from chatwright.release.registry import Registry
from chatwright.server.app import create_app
from chatwright.server.serve import serve as serve_app
from chatwright.server.watch import watch
from chatwright.spec import Spec, load_spec
from chatwright.store import Database

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
Host = Annotated[str | None, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any free one.")]


@app.command(epilog="Example: chatwright serve mybot --port 9000")
def serve(
    folder: Folder = Path(), host: Host = None, port: Port = None, as_json: Json = False
) -> None:
    """Serve the bot: web page, OpenAI-compatible API, health and metrics."""
    run(load_spec(folder, listen(host, port)), Screen(as_json))


def listen(host: str | None, port: int | None) -> dict[str, dict[str, object]]:
    given: dict[str, object] = {k: v for k, v in (("host", host), ("port", port)) if v is not None}
    return {"server": given} if given else {}


def run(spec: Spec, screen: Screen) -> None:
    """Serve until a signal; says the address once it answers."""
    current = Registry(spec).current()
    if current is None:
        raise ReleaseError(
            "This bot has no promoted release to serve.",
            f"Run `chatwright up {spec.folder}`, or `chatwright release promote ID`.",
        )
    deployment, release = current
    bot = open_bot(release, spec, deployment)
    database = Database(spec.made / "store.db")
    application = create_app(
        bot, database, spec, background=[lambda services: watch(services, spec)]
    )

    def ready(address: str) -> None:
        screen.stop()
        screen.say(f"\n{bot.spec.bot.title or bot.spec.bot.name} answers on {address}")
        screen.say(f"API: {address}/v1   health: {address}/health   stop with Ctrl-C")
        screen.result({"address": address, "release": release.id, "deployment": deployment.id})

    screen.start("Starting the engine")
    try:
        serve_app(application, spec.server.host, spec.server.port, on_ready=ready)
    finally:
        screen.stop()
        database.close()
