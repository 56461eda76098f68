"""`chatwright monitoring`: files for Prometheus, Alertmanager and Grafana, as they fit a bot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from chatwright.cli.show import Json, Screen
from chatwright.core.errors import WrongUse
from chatwright.core.files import storage, write_atomic
from chatwright.deploy.monitoring import Places, files
from chatwright.spec import load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
USUAL = Places()
Folder = Annotated[Path, typer.Argument(help="The bot folder.", show_default="here")]
To = Annotated[Path, typer.Option("--to", help="Where the files go; made if need be.")]
Target = Annotated[list[str] | None, typer.Option(help="A server, host:port; may be repeated.")]
Scheme = Annotated[Literal["http", "https"], typer.Option(help="How it is spoken to.")]
KeyFile = Annotated[str, typer.Option(help="File with an API key of scope admin, for Prometheus.")]
Prometheus = Annotated[str, typer.Option(help="Prometheus' address, for Grafana.")]
Alertmanager = Annotated[str, typer.Option(help="Alertmanager's host:port, for Prometheus.")]
Dashboards = Annotated[str, typer.Option(help="Where Grafana will find the boards.")]
Force = Annotated[bool, typer.Option(help="Replace files that are there and differ.")]


@app.command(epilog="Example: chatwright monitoring mybot --to monitoring --target bot:8000")
def monitoring(
    folder: Folder = Path(),
    to: To = Path("monitoring"),
    target: Target = None,
    scheme: Scheme = "http",
    key_file: KeyFile = USUAL.key_file,
    prometheus: Prometheus = USUAL.prometheus,
    alertmanager: Alertmanager = USUAL.alertmanager,
    dashboards: Dashboards = USUAL.dashboards,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write settings, alert rules and boards for Prometheus and Grafana; alerts follow [slo] in bot.toml."""
    screen = Screen(as_json)
    spec = load_spec(folder)
    targets = tuple(target or (f"127.0.0.1:{spec.server.port}",))
    where = Places(targets, scheme, key_file, prometheus, alertmanager, dashboards)
    found = files(spec, where)
    other = [name for name, text in found.items() if _differs(to / name, text)]
    if other and not force:
        raise WrongUse(
            f"{to / other[0]} is there already, and differs.",
            "Name another folder, or add --force.",
        )
    for name, text in found.items():
        path = to / name
        with storage(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text)
    screen.say(
        f"{len(found)} files in {to}. Prometheus: `prometheus --config.file {to}/prometheus.yml`"
    )
    screen.result({"folder": str(to), "files": sorted(found)})


def _differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") != text
