"""The server's log: warnings and errors on standard error, and a file a day in `.chatwright/logs`.

No line holds what anybody said: we log ids, and of an exception its kind and place alone, because its
message may repeat a prompt, an SQL parameter or an answer of another server. `CHATWRIGHT_DEBUG=1`
shows messages on standard error (never in the file).

With `[monitoring] log = "json"` a line is an object, for machines: each has the ids of the request and of the
conversation that it belongs to, and there is one for every reply.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType

from chatwright.core.files import alone

FOLDER = "logs"
NAME = re.compile(r"server-(\d{4}-\d{2}-\d{2})\.log")
FIGURES = "figures"  # what a record carries besides its message
OURS = "chatwright"  # from our own loggers the file takes notes as well

# What the work that is done belongs to: ids, a release. Whoever begins it sets it, in a context of its own.
about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039  # never changed

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Quiet(logging.Formatter):
    """Time, level, logger, message; of exceptions the kinds and the places in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """Not the parent's: that takes the text of an exception from whichever handler was first."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = record.getMessage().replace("\n", "\\n")
        line = f"{at.replace('+00:00', 'Z')} {record.levelname} {record.name}: {said}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line

    def formatException(self, ei: Raised) -> str:
        lines: list[str] = []
        error: BaseException | None = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            places = traceback.extract_tb(error.__traceback__)
            lines.append(f"  {type(error).__module__}.{type(error).__qualname__}{_number(error)}")
            lines += [f"    {Path(at.filename).name}:{at.lineno} {at.name}" for at in places]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class Objects(Quiet):
    """One JSON object a line; the same is told, and what it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        values: dict[str, object] = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **about.get(),
            **getattr(record, FIGURES, {}),
        }
        if record.exc_info:
            values["error"] = [
                line.strip() for line in self.formatException(record.exc_info).splitlines()
            ]
        return json.dumps(values, ensure_ascii=False, default=str)


def _number(error: BaseException) -> str:
    """What the system calls an error is no text of anybody's."""
    return f" ({os.strerror(error.errno)})" if isinstance(error, OSError) and error.errno else ""


class Shown(logging.Handler):
    """Writes to standard error, whatever that is at the time."""

    def __init__(self, machine: bool = False) -> None:
        super().__init__(logging.INFO if machine else logging.WARNING)
        if machine:
            self.setFormatter(Objects())
            self.addFilter(_told)
            return
        debugging = os.environ.get("CHATWRIGHT_DEBUG") == "1"
        self.setFormatter(logging.Formatter() if debugging else Quiet())

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # a report of that would repeat the record
            sys.stderr.write(self.format(record) + "\n")


class Daily(logging.Handler):
    """Appends to the file of the day. Opened for each line: lines are few, and others may rewrite the file."""

    def __init__(self, folder: Path, machine: bool = False) -> None:
        super().__init__(logging.INFO)
        self._folder = folder
        self.setFormatter(Objects() if machine else Quiet())
        self.addFilter(_told)

    def emit(self, record: logging.LogRecord) -> None:
        # A full disk must not end a request, and a report of it must not repeat the record.
        with suppress(Exception):
            name = f"server-{datetime.now(UTC):%Y-%m-%d}.log"
            with (
                alone(self._folder),
                open(
                    self._folder / name, "a", encoding="utf-8", errors="replace", opener=_private
                ) as file,
            ):
                file.write(self.format(record) + "\n")


def _told(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or record.name.startswith(OURS)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


replies = logging.getLogger(f"{OURS}.replies")
replies.setLevel(logging.WARNING)  # a line for each is for machines


def reply(figures: Mapping[str, object]) -> None:
    """A reply has ended: tell its figures, and nothing of what was said, where machines read the log."""
    if replies.isEnabledFor(logging.INFO):
        replies.info("reply", extra={FIGURES: figures})


def start(folder: Path | None, *, machine: bool = False) -> Callable[[], None]:
    """Log from now on; `folder` None keeps no file; `machine`: JSON. Returns what ends it."""
    root = logging.getLogger()
    handlers: list[logging.Handler] = [Shown(machine)]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(Daily(folder, machine))
    if folder is not None or machine:
        logging.getLogger(OURS).setLevel(logging.INFO)
    replies.setLevel(logging.INFO if machine else logging.WARNING)
    for handler in handlers:
        root.addHandler(handler)

    def end() -> None:
        replies.setLevel(logging.WARNING)
        for handler in handlers:
            root.removeHandler(handler)

    return end


def prune(folder: Path, days: int, today: date | None = None) -> int:
    """Delete files of more than `days` days ago; how many went."""
    oldest = (today or datetime.now(UTC).date()) - timedelta(days=days)
    old = [path for path, day in _files(folder) if day < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def remove(folder: Path, names: Callable[[str], bool]) -> int:
    """Remove the lines that `names` holds for; how many went."""
    removed = 0
    for path, _ in _files(folder):
        with alone(folder):
            lines = path.read_text("utf-8", errors="replace").splitlines(keepends=True)
            kept = [line for line in lines if not names(line)]
            if len(kept) < len(lines):
                with path.open("r+", encoding="utf-8") as file:  # in place: no copy is left behind
                    file.write("".join(kept))
                    file.truncate()
                removed += len(lines) - len(kept)
    return removed


def _files(folder: Path) -> list[tuple[Path, date]]:
    if not folder.is_dir():
        return []
    found = ((path, NAME.fullmatch(path.name)) for path in sorted(folder.iterdir()))
    return [(path, date.fromisoformat(name[1])) for path, name in found if name]
