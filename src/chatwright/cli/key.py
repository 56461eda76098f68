"""`chatwright key create|list|revoke|rotate`: API keys of a bot."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import NotFound
from chatwright.spec import load_spec
from chatwright.store import Keys
from chatwright.store.keys import EVERYDAY, SCOPES, KeyRecord, OwnLimits
from chatwright.store.stamps import stamp

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright key list --bot mybot",
)


class ScopeName(StrEnum):
    """The scopes of `store.keys`, as the command line takes several of them."""

    chat = "chat"
    models = "models"
    embeddings = "embeddings"
    feedback = "feedback"
    raw = "raw"
    review = "review"
    curate = "curate"
    admin = "admin"


Which = Annotated[str, typer.Argument(help="A key's id, or how it begins.")]
Own = Annotated[int | None, typer.Option(min=0, help="Instead of what [limits] says; 0: no limit.")]


@app.command(epilog="Example: chatwright key create intranet --days 90 --bot mybot")
def create(
    name: Annotated[str, typer.Argument(help="What it is for, so that you know it again.")],
    bot: Bot = Path(),
    scope: Annotated[
        list[ScopeName] | None,
        typer.Option(help="What it may do; may be given again.", show_default=" ".join(EVERYDAY)),
    ] = None,
    days: Annotated[float | None, typer.Option(min=0, help="Days until it ends.")] = None,
    requests_per_minute: Own = None,
    tokens_per_minute: Own = None,
    tokens_per_day: Own = None,
    streams: Own = None,
    as_json: Json = False,
) -> None:
    """Make an API key. It is shown this once: only a hash of it is kept."""
    screen, spec = Screen(as_json), load_spec(bot)
    limits = OwnLimits(requests_per_minute, tokens_per_minute, tokens_per_day, streams)
    ends = None if days is None else _after(timedelta(days=days))
    wanted = [one for one in SCOPES if one in scope] if scope else EVERYDAY
    with opened(spec) as database:
        record, key = Keys(database).create(
            spec.bot.name, name, wanted, expires_at=ends, limits=limits
        )
    _shown(screen, record, key)


@app.command("list", epilog="Example: chatwright key list --bot mybot")
def list_keys(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show all keys, also those that are over; of the keys themselves only how they begin."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        found = Keys(database).all(spec.bot.name)
    if not found:
        screen.say(f"No keys yet. Make one with `chatwright key create NAME --bot {bot}`.")
    else:
        head = ("begins", "name", "state", "scopes", "ends", "last used")
        rows = [
            (k.prefix, k.name, k.state, " ".join(k.scopes), _day(k.expires_at), _day(k.used_at))
            for k in found
        ]
        screen.rows(head, rows, whole=("begins",))
    screen.result({"keys": [_values(record) for record in found]})


@app.command(epilog="Example: chatwright key revoke sk-1hT9f --bot mybot")
def revoke(key: Which, bot: Bot = Path(), as_json: Json = False) -> None:
    """End a key for good; a running server refuses it within two seconds."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        record = Keys(database).revoke(spec.bot.name, key)
    screen.say(f"The key {record.prefix}... ({record.name}) is revoked.")
    screen.result(_values(record))


@app.command(epilog="Example: chatwright key rotate sk-1hT9f --hours 48 --bot mybot")
def rotate(
    key: Which,
    bot: Bot = Path(),
    hours: Annotated[float, typer.Option(min=0, help="How long the old one still works.")] = 24,
    as_json: Json = False,
) -> None:
    """Make a new key with the same name, scopes and limits; the old one ends a little later."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        keys = Keys(database)
        old = keys.revoke(spec.bot.name, key, at=_after(timedelta(hours=hours)))
        if old.state != "live" and hours:
            raise NotFound(f"The key {old.prefix}... is {old.state}.", "Make a new one.")
        record, text = keys.create(old.bot, old.name, old.scopes, limits=old.limits)
    screen.say(f"The key {old.prefix}... ({old.name}) works until {old.expires_at}.")
    _shown(screen, record, text, {"old": _values(old)})


def _shown(screen: Screen, record: KeyRecord, key: str, more: dict[str, Any] | None = None) -> None:
    screen.say(f"{key}\n\nKeep it now: it is not shown again.")
    screen.say(f"It may: {', '.join(record.scopes)}. It ends: {_day(record.expires_at)}.")
    screen.result({"key": key} | _values(record) | (more or {}))


def _values(record: KeyRecord) -> dict[str, Any]:
    return asdict(record) | {"state": record.state}


def _after(time: timedelta) -> str:
    return stamp(datetime.now(UTC) + time)


def _day(time: str | None) -> str:
    return "never" if time is None else time[:16].replace("T", " ")
