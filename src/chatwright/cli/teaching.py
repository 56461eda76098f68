"""`chatwright teach`: a larger model answers the questions, and its replies become rows of the bot's data."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from chatwright.answer import Bot
from chatwright.answer.guard import Guard
from chatwright.answer.guard_personal import Public
from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ChatwrightError, DataError, WrongUse
from chatwright.core.types import Conversation, Message
from chatwright.data import readers
from chatwright.data.dataset import build
from chatwright.data.documents import owners_texts
from chatwright.data.hiding import Hiding
from chatwright.engine.upstream import Upstream, UpstreamEngine
from chatwright.spec import Spec, load_spec
from chatwright.spec.outline import instructions
from chatwright.training.teach import Rows, Taught, questions, teach

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})


@app.command(
    "teach",
    epilog="Example: chatwright teach mybot --questions asked.txt --model gpt-4o "
    "--base-url https://api.openai.com/v1",
)
def ask_teacher(
    folder: Folder = Path(),
    model: Annotated[str, typer.Option(help="The teacher's name at that URL.")] = "",
    base_url: Annotated[str, typer.Option(help="An OpenAI-compatible URL.")] = "",
    asked: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help="A line a question (.txt), or conversations in any format; else the bot's own data.",
        ),
    ] = None,
    system: Annotated[
        str, typer.Option(help="What the teacher is told first; else what bot.toml says.")
    ] = "",
    api_key_env: Annotated[
        str, typer.Option(help="The environment variable that holds the key.")
    ] = "",
    at_once: Annotated[int, typer.Option(min=1, help="Questions asked at the same time.")] = 4,
    as_json: Json = False,
) -> None:
    """Let another model answer questions, and keep its replies as conversations to train on.

    What is answered already is not asked again: stop it at any time, and run it again.
    """
    screen = Screen(as_json)
    spec = load_spec(folder)
    told = instructions(spec.bot.purpose, spec.scope.topics, spec.scope.declines)
    system = system or spec.model.system_prompt or told
    hosted = hosted_spec(spec, model, base_url, api_key_env, system)
    places = [path for path in map(spec.path, spec.data.paths) if not path.is_file()]
    rows = Rows.of((places or [spec.path("data")])[0], hosted.model.hosted_model)
    done = asyncio.run(
        _ask(hosted, list(questions(_read(spec, asked, screen))), rows, screen, at_once)
    )
    _show(screen, rows, done)


def hosted_spec(spec: Spec, model: str, base_url: str, api_key_env: str, system: str) -> Spec:
    """The bot as if it were on the teacher's model; what is not given is that of its own `[model]`."""
    changes = {
        "kind": "hosted",
        "hosted_model": model or spec.model.hosted_model,
        "base_url": base_url or spec.model.base_url,
        "api_key_env": api_key_env or spec.model.api_key_env,
        "system_prompt": system,
    }
    if not changes["hosted_model"]:
        raise WrongUse("Which model is the teacher?", "Name it with --model (or --teacher).")
    return spec.model_copy(update={"model": spec.model.model_copy(update=changes)})


def teacher_of(spec: Spec, public: Public | None = None) -> Bot:
    """The teacher as a bot. Values are hidden from it as they are from the bot's own model."""
    model = spec.model
    hiding = Hiding.of(spec, owners_texts(spec))
    engine = UpstreamEngine(Upstream(model.base_url, model.hosted_model, model.api_key_env))
    return Bot(spec, engine, "", "", hiding.redactor() if hiding else None, Guard(spec, public))


async def _ask(
    spec: Spec, found: list[tuple[str, ...]], rows: Rows, screen: Screen, at_once: int
) -> Taught:
    bot = teacher_of(spec)
    await bot.engine.start()
    try:
        return await teach(found, bot, rows, screen, at_once)
    finally:
        await bot.engine.close()


def _read(spec: Spec, asked: Path | None, screen: Screen) -> Iterator[Conversation]:
    if asked is None:
        yield from build(spec, screen).rows("train")
        return
    if not asked.is_file():
        raise DataError(f"{asked} does not exist.", "Name a file with questions.")
    if asked.suffix.lower() == ".txt" and not readers.is_data(asked):
        for line in asked.read_text("utf-8").splitlines():
            yield Conversation((Message("user", line.strip()),))
        return
    rejected = 0
    for row in readers.read(asked, asked.name):
        if isinstance(row, Conversation):
            yield row
        else:
            rejected += 1
    if rejected:
        screen.say(f"{rejected:,} rows of {asked} could not be read and are not asked.")


def _show(screen: Screen, rows: Rows, done: Taught) -> None:
    failed = done.problems.total()
    screen.say(
        f"{done.answered:,} answered, {done.known:,} known before, {failed:,} failed; rows in {rows.path}"
    )
    for problem, count in done.problems.most_common(5):
        screen.say(f"  {count:,} x {problem}")
    if done.answered:
        screen.say("Next: `chatwright up`, or `chatwright train`, learns from them.")
    screen.result(
        {
            "answered": done.answered,
            "known": done.known,
            "failed": dict(done.problems),
            "file": str(rows.path),
        }
    )
    if failed and not done.answered:
        raise ChatwrightError("No question was answered.", "See the reasons above.")
