"""`chatwright channel list|test|simulate|dead`: the places besides the page where people write to the bot."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.channels.channel import Channel, NotSet, Outgoing
from chatwright.channels.known import make
from chatwright.cli import simulating
from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import ChatwrightError, NotFound
from chatwright.spec import Spec, load_spec
from chatwright.store import Database
from chatwright.store import channel_events as inbox
from chatwright.store import channel_outbox as outbox
from chatwright.store.channel_dead import DeadLetters
from chatwright.store.channel_outbox import ChannelState
from chatwright.store.clock import Clock
from chatwright.store.stamps import new_id

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings=HELP,
    epilog="Example: chatwright channel list --bot mybot",
)
dead = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings=HELP,
    help="What could not be answered or sent.",
    epilog="Example: chatwright channel dead list --bot mybot",
)
app.add_typer(dead, name="dead")
LOOK = 0.5  # seconds between two looks into the store

Name = Annotated[str, typer.Argument(help="As it is called in bot.toml: [channels.NAME].")]
Letter = Annotated[str, typer.Argument(help="Its id, as `dead list` shows it.")]


@app.callback()
def channel() -> None:
    """Where people write to the bot besides its page."""


app.command("simulate", epilog=simulating.EPILOG)(simulating.simulate)


@app.command("list", epilog="Example: chatwright channel list --bot mybot")
def list_(bot: Bot = Path(), as_json: Json = False) -> None:
    """The channels of bot.toml: how each is, and what waits."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        with database.read() as connection:
            states, waiting = outbox.states(connection), outbox.waiting(connection)
        letters = DeadLetters(database).all()
        clock = Clock(database)()
    found = list[dict[str, Any]]()
    for name, options in spec.channels.items():
        state, why = _standing(spec, name, states.get(name), clock)
        about: dict[str, Any] = {"name": name, "kind": options.kind, "state": state, "reason": why}
        about["waiting"] = waiting.get(name, 0)
        about["dead"] = sum(one.channel == name for one in letters)
        found.append(about)
    if as_json:
        screen.result({"channels": found})
        return
    for one in found:
        told = f"{one['name']} ({one['kind']}): {one['state']}, {one['waiting']} waiting, {one['dead']} dead"
        screen.say(f"{told}. {one['reason']}".strip())
    if not found:
        screen.say("No channels. Add [channels.telegram] or another to bot.toml.")


def _standing(spec: Spec, name: str, known: ChannelState | None, clock: float) -> tuple[str, str]:
    """How a channel is, and why: what the server says that sends for it; without one, what is known here."""
    if known is not None and known.until > clock:
        return known.state, known.reason
    try:
        made(spec, name)
    except NotSet as error:
        why = (
            f"No server sends for it, and the secrets are not in this environment: {error.problem}"
        )
        return "off", why
    if known is None:
        return "not started", "No server has sent for it yet."
    return "not running", f"No server sends for it; the last one left it as {known.state}."


@app.command("test", epilog="Example: chatwright channel test telegram --wait 60 --bot mybot")
def try_(
    name: Name,
    bot: Bot = Path(),
    to: Annotated[
        str, typer.Option(help="A chat, by the vendor's id, that gets a test message.")
    ] = "",
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds for a message that you write, and its answer.")
    ] = 0.0,
    as_json: Json = False,
) -> None:
    """Ask the vendor who we are; send a message (--to); wait for one that comes, and for its answer (--wait,
    while the server runs)."""
    screen, spec = Screen(as_json), load_spec(bot)
    found = made(spec, name)
    told = asyncio.run(_asked(found, to))
    screen.say(f"{name} knows us as {told['known_as'] or 'nobody by name'}.")
    if to:
        screen.say(f"A message was sent to {to}.")
    if wait:
        screen.say(f"Write to the bot on {name} now ...")
        with opened(spec) as database:
            told |= _waited(database, name, wait)
        screen.say(f"It came, and was answered after {told['seconds']:.1f} seconds.")
    if as_json:
        screen.result({"channel": name, **told})


@dead.command("list", epilog="Example: chatwright channel dead list --bot mybot")
def dead_list(bot: Bot = Path(), channel: str = "", as_json: Json = False) -> None:
    """Events that could not be answered, and messages that could not be sent; without what was said."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        letters = DeadLetters(database).all(channel)
    if as_json:
        screen.result({"dead": [asdict(one) for one in letters]})
        return
    for one in letters:
        screen.say(f"{one.id}  {one.what} of {one.channel}, {one.at}: {one.error}")
    if not letters:
        screen.say("None.")


@dead.command("retry", epilog="Example: chatwright channel dead retry 0193a5.0 --bot mybot")
def dead_retry(id: Letter, bot: Bot = Path(), as_json: Json = False) -> None:
    """Try one again; a running server does so within a second."""
    _letter(bot, as_json, id, "retried")


@dead.command("drop", epilog="Example: chatwright channel dead drop 0193a5.0 --bot mybot")
def dead_drop(id: Letter, bot: Bot = Path(), as_json: Json = False) -> None:
    """Drop one for good."""
    _letter(bot, as_json, id, "dropped")


def _letter(bot: Path, as_json: bool, id: str, done: str) -> None:
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        letters = DeadLetters(database)
        (letters.retry if done == "retried" else letters.drop)(id)
    screen.say(f"{id} is {done}.")
    if as_json:
        screen.result({"id": id, "done": done})


def made(spec: Spec, name: str) -> Channel:
    """The channel as a server makes it. Raises `NotFound` and `NotSet`."""
    if name not in spec.channels:
        known = ", ".join(spec.channels) or "none"
        raise NotFound(f"bot.toml has no channel {name}.", f"It has: {known}.")
    return make(name, spec.channels[name], os.environ)


async def _asked(found: Channel, to: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = {"known_as": await found.check()}
        if to:
            text = "This is a test of the connection."
            sent = await found.send(Outgoing(f"test-{new_id()}", to, text, person=to))
            told["sent"] = sent.message
        return told
    finally:
        await found.close()


def _waited(database: Database, name: str, wait: float) -> dict[str, Any]:
    """Until an event of the channel has come and what it led to is sent."""
    since, until = new_id(), time.monotonic() + wait
    came, began = None, 0.0
    while time.monotonic() < until:
        with database.read() as connection:
            newest = inbox.newest(connection, name, since)
            if newest is not None and came is None:
                came, began = newest, time.monotonic()
            if newest is not None and newest.state == "dead":
                raise ChatwrightError("It came, and cannot be answered.", newest.error)
            open_ = newest is not None and outbox.open_in(connection, newest.chat_id)
        if newest is not None and newest.state == "done" and not open_:
            return {"received": True, "seconds": time.monotonic() - began}
        time.sleep(LOOK)
    if came is None:
        raise ChatwrightError(
            "No message came.", "Is the server running, and its address set at the vendor?"
        )
    raise ChatwrightError(
        "A message came, and its answer is not sent.", "`chatwright channel list` says why."
    )
