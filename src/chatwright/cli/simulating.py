"""`chatwright channel simulate`: Slack, WhatsApp, Messenger and Telegram on this machine, without accounts."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from chatwright.channels.simulator import Rules, Simulator
from chatwright.channels.simulator.serving import serve, websockets
from chatwright.cli.show import Json, Screen

EPILOG = "Example: chatwright channel simulate --port 8090 --to http://127.0.0.1:8000"


def simulate(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Of 127.0.0.1; 0: any free one.")
    ] = 8090,
    to: Annotated[
        str, typer.Option(help="The bot's server; a person's messages go to its channels.")
    ] = "http://127.0.0.1:8000",
    seed: Annotated[int, typer.Option(help="Of ids, chances and faults.")] = 0,
    as_json: Json = False,
) -> None:
    """Play the vendors of channels, to develop and test without accounts, until Ctrl-C."""
    screen, simulator = Screen(as_json), Simulator(seed)
    for name, vendor in simulator.vendors.items():
        vendor.book.rules = Rules(url=f"{to.rstrip('/')}/channels/{name}")

    def ready(origin: str) -> None:
        shown: dict[str, Any] = {
            name: {"environment": one.environment(origin), "options": one.options(origin)}
            for name, one in simulator.vendors.items()
        }
        if as_json:
            screen.result({"origin": origin, "socket_mode": websockets(), "vendors": shown})
            sys.stdout.flush()  # we go on
        else:
            screen.say(told(origin, shown))

    serve(simulator, port, ready)


def told(origin: str, vendors: dict[str, Any]) -> str:
    """What to put where, to let a bot talk to the simulator."""
    lines = [f"The simulated vendors are at {origin}: open it to write as a person.", ""]
    lines.append("In the environment of the bot's server:")
    for vendor in vendors.values():
        lines += [f"  export {name}={value}" for name, value in vendor["environment"].items()]
    lines += ["", "In bot.toml, for the channels you want:"]
    for name, vendor in vendors.items():
        lines.append(f"  [channels.{name}]")
        lines += [f"  {key} = {json.dumps(value)}" for key, value in vendor["options"].items()]
    if not websockets():
        lines += ["", 'Slack\'s Socket Mode is off: pip install "chatwright[slack]"']
    return "\n".join(lines)
