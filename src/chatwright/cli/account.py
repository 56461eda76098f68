"""`chatwright account create|list|disable|password`: people who log in to a bot's page."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from chatwright.cli.show import Bot, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import WrongUse
from chatwright.spec import load_spec
from chatwright.store import Accounts
from chatwright.store.accounts import AccountRecord, Role
from chatwright.store.passwords import hash_password

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: chatwright account list --bot mybot",
)

Name = Annotated[str, typer.Argument(help="The name to log in with.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password, and show it once.")]


@app.command(epilog="Example: chatwright account create anna --role editor --bot mybot")
def create(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the account may do.")] = "visitor",
    bot: Bot = Path(),
    password_stdin: FromInput = False,
    generate: Generate = False,
    as_json: Json = False,
) -> None:
    """Make an account; asks for its password, which is never an argument."""
    screen, spec = Screen(as_json), load_spec(bot)
    password, made = _password(password_stdin, generate)
    hashed = hash_password(password)
    with opened(spec) as database:
        record = Accounts(database).create(spec.bot.name, name, role, hashed)
    screen.say(f"Made the account {record.name}, role {record.role}.")
    _shown(screen, record, made)


@app.command("list", epilog="Example: chatwright account list --bot mybot")
def list_accounts(bot: Bot = Path(), as_json: Json = False) -> None:
    """Show all accounts with their roles."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        found = Accounts(database).all(spec.bot.name)
    if not found:
        screen.say("No accounts yet. The server prints a token for the owner when it starts.")
    else:
        rows = [(a.name, a.role, "disabled" if a.disabled_at else "") for a in found]
        screen.rows(("name", "role", ""), rows)
    screen.result({"accounts": [_values(record) for record in found]})


@app.command(epilog="Example: chatwright account disable anna --bot mybot")
def disable(name: Name, bot: Bot = Path(), as_json: Json = False) -> None:
    """Close an account for good, and log it out everywhere. Its conversations stay."""
    screen, spec = Screen(as_json), load_spec(bot)
    with opened(spec) as database:
        record = Accounts(database).disable(spec.bot.name, name)
    screen.say(f"The account {record.name} is disabled.")
    screen.result(_values(record))


@app.command(epilog="Example: chatwright account password anna --bot mybot")
def password(
    name: Name,
    bot: Bot = Path(),
    password_stdin: FromInput = False,
    generate: Generate = False,
    as_json: Json = False,
) -> None:
    """Give an account a new password, and log it out everywhere."""
    screen, spec = Screen(as_json), load_spec(bot)
    password, made = _password(password_stdin, generate)
    hashed = hash_password(password)
    with opened(spec) as database:
        record = Accounts(database).set_password(spec.bot.name, name, hashed)
    screen.say(f"The account {record.name} has a new password, and is logged out.")
    _shown(screen, record, made)


def _password(from_input: bool, generate: bool) -> tuple[str, str | None]:
    """The password to set; and once more, if it was made here and has to be shown."""
    if from_input and generate:
        raise WrongUse("--password-stdin and --generate are two ways.", "Give one of them.")
    if generate:
        made = secrets.token_urlsafe(15)
        return made, made
    if from_input:
        return sys.stdin.readline().rstrip("\r\n"), None
    if not sys.stdin.isatty():
        raise WrongUse(
            "There is nobody to ask for a password.", "Give --password-stdin or --generate."
        )
    return typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True), None


def _shown(screen: Screen, record: AccountRecord, made: str | None) -> None:
    if made is not None:
        screen.say(f"Password: {made}\nKeep it now: it is not shown again.")
    screen.result(_values(record) | ({} if made is None else {"password": made}))


def _values(record: AccountRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "role": record.role,
        "created_at": record.created_at,
        "disabled_at": record.disabled_at,
    }
