"""The table of verbs, and what all of them share: loading, errors, exit codes.

A verb's module is imported when the verb is used, so that `chatwright chat` does not wait for torch.
This table is the one place in the package that imports by name.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from chatwright import __version__
from chatwright.core.credentials import take_files
from chatwright.core.errors import ChatwrightError

# verb: (module, what it does)
VERBS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a new bot folder: purpose and scope first"),
    "studio": ("studio", "Make a bot in the browser, from an empty folder to a served one"),
    "import": ("importing", "Copy conversations into a bot, after checking them"),
    "data": ("data", "Clean, deduplicate and split the conversations; show what was kept"),
    "erase": ("erasing", "Forget a person: leave their rows out, and say where else they stand"),
    "train": ("train", "Train the bot's own model"),
    "teach": ("teaching", "Let another model answer questions, to train on its replies"),
    "evaluate": ("evaluate", "Measure the bot through the engine that serves it"),
    "improve": (
        "improving",
        "Learn from reviewed corrections; serve the result if it is not worse",
    ),
    "gate": ("gate", "Compare a release with the one that is served: better, not worse, or worse"),
    "drift": ("drifting", "Whether people ask something else than before; alarms, and why"),
    "panel": ("panel", "Let people compare or rate answers, blind; and a model beside them"),
    "chat": ("chat", "Talk to the bot in the terminal"),
    "serve": ("serve", "Serve the promoted release over HTTP"),
    "up": ("up", "Do all that is needed, then serve"),
    "release": ("release", "List, promote, roll back and export releases"),
    "canary": (
        "canary",
        "Let a candidate answer a share of the people; roll back when it is worse",
    ),
    "staging": ("staging", "Links for invited testers of a candidate, with tasks to try"),
    "knowledge": ("knowledge", "Sync, search and version the documents that answers may rest on"),
    "curated": ("curated_files", "Reviewed answers to known questions: add, edit, import, undo"),
    "feedback": ("feedback", "What people say about replies, who says it, and as JSON lines"),
    "review": (
        "review",
        "Decide what people said of answers: accept, edit, redact, reject, curate",
    ),
    "person": ("person", "List people, export or erase one, remove what is kept too long"),
    "audit": ("audit", "Show and check the log of who did what to whose data"),
    "run": ("run", "List, compare and plot trainings"),
    "backup": ("backup", "Copy the store to a file, while servers go on"),
    "restore": ("restore", "Replace the store by a backup"),
    "upgrade": ("upgrade", "Bring the store to this version's shape, or back; check it"),
    "channel": (
        "channel",
        "Where people write to the bot besides its page: Slack, WhatsApp and others",
    ),
    "key": ("key", "Make, list and revoke API keys"),
    "deploy": ("deploying", "Write the files that run this bot elsewhere: Docker to Kubernetes"),
    "account": ("account", "Make, list and disable accounts of people who log in"),
    "monitoring": ("monitoring", "Boards, alerts and settings for Prometheus and Grafana"),
    "top": ("top", "What a running server does, live in the terminal"),
    "doctor": ("doctor", "Check this machine and a bot folder"),
}
EXTRAS = {
    "torch": "train",
    "nncf": "train",
    "huggingface_hub": "train",
    "gguf": "gguf",
    "psycopg": "postgres",
    "ray": "ray",
    "transformers": "hf",
    "boto3": "s3",
    "botocore": "s3",
    "websockets": "slack",
}


class Verbs(TyperGroup):
    """A command group whose commands come from `VERBS`."""

    _listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._listing = True  # the list of verbs is known without loading any of them
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module, summary = VERBS[cmd_name]
        if self._listing:
            return TyperCommand(cmd_name, help=summary)
        command = get_command(load(module).app)
        command.name, command.short_help = cmd_name, summary
        return command


def load(module: str) -> Any:
    """The CLI module of that name, imported now: what only some runs need waits until they do."""
    return importlib.import_module(f"chatwright.cli.{module}")


app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Make, run and keep improving your own chatbot on your own text-generation model.",
    epilog="Example: chatwright init mybot && chatwright up mybot",
)


@app.callback(invoke_without_command=True)
def options(
    version: bool = typer.Option(False, "--version", help="Print the version and end."),
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never shows a traceback unless `--debug` is given."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in line
    if debug:
        line.remove("--debug")
        os.environ["CHATWRIGHT_DEBUG"] = "1"
    try:
        take_files()
        app(line, standalone_mode=True)
    except ChatwrightError as error:
        _fail(error, line, debug)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except ModuleNotFoundError as error:
        _fail(_missing(error), line, debug)
    except Exception as error:
        problem = f"Unexpected {type(error).__name__}: {error}".rstrip(".") + "."
        _fail(ChatwrightError(problem, "Run again with --debug to see where."), line, debug)


def _missing(error: ModuleNotFoundError) -> ChatwrightError:
    package = (error.name or "").split(".")[0]
    if package in EXTRAS:
        extra = EXTRAS[package]
        return ChatwrightError(
            f"This needs {package}, which is not installed.", f"pip install 'chatwright[{extra}]'"
        )
    return ChatwrightError(f"The package {package!r} is missing.", f"pip install {package}")


def _fail(error: ChatwrightError, line: list[str], debug: bool) -> None:
    if debug:
        traceback.print_exc()
    if "--json" in line:
        body = {
            "message": error.problem,
            "next_step": error.next_step,
            "type": type(error).__name__,
        }
        print(json.dumps({"error": body}))
    print(f"chatwright: {error}", file=sys.stderr)
    sys.exit(error.exit_code)
