"""`chatwright chat`: talk to the bot in the terminal, through the same `Bot.reply` as the server."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer import Bot, open_bot
from chatwright.answer.open import calibration_of
from chatwright.cli.explaining import explained, sources_of
from chatwright.cli.show import Folder, Json, Screen
from chatwright.cli.store import opened
from chatwright.core.errors import ChatwrightError, ReleaseError
from chatwright.core.types import Conversation, Message, gather
from chatwright.release.registry import Deployment, Registry
from chatwright.spec import load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
HELP = "/new starts over, /retry asks again, /quit or Ctrl-D ends, Ctrl-C stops an answer"


@app.command(epilog="Example: chatwright chat examples/library")
def chat(
    folder: Folder = Path(),
    message: Annotated[
        str, typer.Option("--message", "-m", help="Ask this one question and end.")
    ] = "",
    release: Annotated[
        str, typer.Option(help="A release id; the promoted one when left out.")
    ] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each answer is what it is.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Talk to the bot. Without a terminal, each line of standard input is a message."""
    screen = Screen(as_json)
    spec = load_spec(folder)
    registry = Registry(spec)
    if release:
        found = registry.usable(release)
        deployment = Deployment(found.id, calibration=calibration_of(spec, found.id))
    else:
        current = registry.current()
        if current is None:
            raise ReleaseError("This bot has no release yet.", f"Run `chatwright up {folder}`.")
        deployment, found = current
    with opened(spec) as store:
        bot = open_bot(found, spec, deployment, store=store)
        asyncio.run(_talk(bot, screen, message, explain))


async def _talk(bot: Bot, screen: Screen, message: str, explain: bool) -> None:
    screen.start("Starting the engine")
    await bot.start()
    screen.stop()
    try:
        if message:
            await _answer_once(bot, screen, message, explain)
        else:
            await _converse(bot, screen, explain)
    finally:
        await bot.close()


async def _answer_once(bot: Bot, screen: Screen, message: str, explain: bool) -> None:
    reply = await gather(bot.reply(Conversation((Message("user", message),))))
    screen.say(reply.text)
    for line in (*sources_of(reply.sources), *(explained(reply.explanation) if explain else ())):
        screen.say(line)
    values = {
        "answer": reply.text,
        "route": reply.route,
        "confidence": reply.confidence,
        "sources": [asdict(source) for source in reply.sources],
        "release": bot.release_id,
        "deployment": bot.deployment_id,
    }
    screen.result(values | ({"explanation": reply.explanation} if explain else {}))


async def _converse(bot: Bot, screen: Screen, explain: bool) -> None:
    about = bot.spec.bot
    if sys.stdin.isatty():
        screen.console.print(f"[bold]{about.assistant}[/]: ", end="")
        screen.say(about.greeting)
        screen.console.print(f"[dim]{HELP}[/]")
    conversation = Conversation(())
    while (line := await asyncio.to_thread(_read, sys.stdin.isatty())) is not None:
        if line in ("/quit", "/exit"):
            return
        if line == "/new":
            conversation = Conversation(())
            screen.console.print("[dim]A new conversation.[/]")
            continue
        if line == "/retry":
            if not conversation.messages:
                continue
            conversation = conversation.before(len(conversation.messages) - 1)
        elif line.startswith("/"):
            screen.console.print(f"[dim]{HELP}[/]")
            continue
        elif line:
            conversation = conversation.plus(Message("user", line))
        if line:
            conversation = await _turn(bot, screen, conversation, explain)


async def _turn(
    bot: Bot, screen: Screen, conversation: Conversation, explain: bool
) -> Conversation:
    """Stream one answer; returns the conversation with it (or with what came before Ctrl-C)."""
    screen.console.print(f"[bold]{bot.spec.bot.assistant}[/]: ", end="")
    parts: list[str] = []
    refused, notes = False, list[str]()
    try:
        async with contextlib.aclosing(bot.reply(conversation)) as chunks:
            async for chunk in chunks:
                parts.append(chunk.text)
                refused = refused or chunk.route == "refused"
                notes += sources_of(chunk.sources)
                if explain and chunk.explanation is not None:
                    notes += explained(chunk.explanation)
                if chunk.left_out:
                    note = f"({chunk.left_out} earlier messages no longer fit) "
                    screen.console.print(note, style="dim", end="")
                screen.console.print(chunk.text, markup=False, end="")
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()  # type: ignore[union-attr]
        screen.console.print(" [stopped]", style="dim", markup=False, end="")
    except ChatwrightError as error:
        screen.console.print(f"\n{error}", style="red", markup=False)
        return conversation.before(len(conversation.messages) - 1)
    screen.console.print("  [dim](declined)[/]" if refused else "")
    for line in notes:
        screen.console.print(f"  {line}", style="dim", markup=False)
    return conversation.plus(Message("assistant", "".join(parts), refused))


def _read(terminal: bool) -> str | None:
    """The next line, stripped; None at the end."""
    try:
        line = input("You: ") if terminal else sys.stdin.readline()
    except EOFError:
        return None
    return line.strip() if line or terminal else None
