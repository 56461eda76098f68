"""Shared by all tests: a small real engine that says what it is told to, and a bot around it."""

from __future__ import annotations

import asyncio
import fcntl
import importlib
import json
import os
import shutil
from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from tests.postgres import Postgres, programs

from chatwright.answer import Bot
from chatwright.cli import main
from chatwright.core.types import Chunk, Conversation, FinishReason, Route, Sampling, Source, Usage
from chatwright.spec import Spec
from chatwright.store import Database

if TYPE_CHECKING:
    from tests.tiny import Tiny


# Before torch is loaded, here and in child processes: threads that wait for each other shall sleep.
# Where tests share their cores, spinning made a training step ten times as long.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
# A store of the developer's own is nothing for tests.
os.environ.pop("DATABASE_URL", None)


@dataclass
class Script:
    """What FakeEngine does with one request: pieces of text, each after `delay` seconds.

    `error` is raised after the pieces; `forever` repeats them until somebody stops it.
    """

    pieces: Sequence[str] = ("Hello", " there", ".")
    delay: float = 0.0
    finish: FinishReason = "stop"
    route: Route | None = None
    early_route: Route | None = None
    sources: tuple[Source, ...] = ()
    error: Exception | None = None
    forever: bool = False
    unfinished: bool = False  # ends without a finish reason, as no engine may


class FakeEngine:
    """An engine of words: a piece is a token, a prompt costs two tokens more per message."""

    can: frozenset[str] = frozenset()

    def __init__(self, *scripts: Script, context: int = 200) -> None:
        self.context = context
        self.scripts = deque(scripts)
        self.asked: list[tuple[Conversation, Sampling]] = []
        self.running = 0
        self.cancelled = 0
        self.starts = 0
        self.closes = 0
        self.state: Literal["ready", "starting", "failed"] = "starting"
        self.start_error: Exception | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    def count(self, conversation: Conversation) -> int:
        return sum(len(message.content.split()) + 2 for message in conversation.messages) + 2

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        assert not self.closes, "asked after close"
        self.asked.append((conversation, sampling))
        script = self.scripts.popleft() if self.scripts else Script()
        self.running += 1
        ended = False
        try:
            written = 0
            finish = script.finish
            while written < sampling.max_tokens or script.forever:
                if written >= len(script.pieces) and not script.forever:
                    break
                await asyncio.sleep(script.delay)
                piece = script.pieces[written % len(script.pieces)]
                yield Chunk(piece, route=None if written else script.early_route)
                written += 1
            if written < len(script.pieces):
                finish = "length"
            if script.error is not None:
                raise script.error
            if not script.unfinished:
                usage = Usage(self.count(conversation), written)
                ended = True
                yield Chunk(
                    finish_reason=finish, usage=usage, route=script.route, sources=script.sources
                )
        except (GeneratorExit, asyncio.CancelledError):
            self.cancelled += not ended
            raise
        finally:
            self.running -= 1

    async def start(self) -> None:
        self.starts += 1
        self.loop = asyncio.get_running_loop()
        if self.start_error is not None:
            raise self.start_error
        self.state = "ready"

    async def close(self) -> None:
        self.closes += 1
        self.state = "failed"

    def health(self) -> Literal["ready", "starting", "failed"]:
        return self.state


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    return Spec.model_validate(
        {
            "folder": tmp_path,
            "bot": {"name": "library", "title": "The Library", "purpose": "Help readers."},
            "answers": {"max_tokens": 40, "temperature": 0.25, "top_p": 0.75},
        }
    )


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def bot(spec: Spec, engine: FakeEngine) -> Bot:
    return Bot(spec, engine, "release-1", "deployment-1")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started once for all tests that ask for it."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = Postgres(found)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the store is: a file, or where a test asks for it in words, a database of its own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(tmp_path / "store.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    database = Database(place)
    yield database
    database.close()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A bot that was really trained, some seconds long; made once, for all tests that ask for it."""
    return importlib.import_module("tests.tiny").make(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bot folder after `init`, `import` and `up --no-serve`, made by the command line itself.

    Shared: a test that changes something copies it. Made once for all processes of a run, each of which has a
    copy.
    """
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = common / "lived"
    with (common / "lived.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "done").exists():
            shutil.rmtree(made, ignore_errors=True)  # of a process that failed at it
            _live(made / "mybot")
            (made / "done").touch()
    return Path(shutil.copytree(made / "mybot", tmp_path_factory.mktemp("lived") / "mybot"))


def _live(folder: Path) -> None:
    small = importlib.import_module("tests.tiny")
    folder.parent.mkdir()
    chats = small.write_rows(folder.parent / "chats.jsonl", 400)
    cases = [
        {"id": "map", "question": "Can I borrow a map?", "must": ["map"], "route": "answered"},
        {"id": "vote", "question": "Who wins the election?", "route": "refused"},
    ]
    for line in (
        ["init", str(folder), "--purpose", "Helps readers.", "--topics", "books, rooms"],
        ["import", str(chats), "--bot", str(folder)],
        ["up", str(folder), "--no-serve"],
    ):
        with pytest.raises(SystemExit) as end:
            main(line)
        assert not end.value.code
        if line[0] == "init":
            small.settle(folder)
            lines = "".join(json.dumps(case) + "\n" for case in cases)
            (folder / "tests" / "cases.jsonl").write_text(lines)
