"""Whether a message is ever lost or doubled between a vendor and the bot, while the server is killed.

    python bench/channels.py [--events 10000] [--kills 20] [--rate 50] [--channels telegram webhook ...]

All on loopback: the simulator (a process of its own) delivers events to the real server (another one), 20% of
them twice, 10% out of order, and refuses 5% of the sends; the server is killed with SIGKILL at so many points,
spread over the run, and started again. Its engine is a stub that says what it was asked, so that each answer
names its question. `lost`: acknowledged events without an answer; `doubled_per_kill`: answers beyond the
first of an event, by kills. Requests with a bad signature come last, of every kind that the vendor's scheme
can tell.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any, Literal

import httpx
import machine
from tests.postgres import Postgres, free_port, programs

from chatwright.answer import Bot
from chatwright.core.types import Chunk, Conversation, Sampling, Usage
from chatwright.server import create_app, serve
from chatwright.spec import Spec
from chatwright.store import Database

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("telegram", "webhook", "slack", "whatsapp", "messenger")
FORGERIES = ("signature", "missing", "body", "stale")
PER_PERSON = 5  # messages
STEP = 5  # messages at once
PATIENCE = 240.0  # seconds without anything new, after which what is missing is lost


class Echo:
    """An engine that says what it was asked."""

    context = 100_000
    can: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.closed = False

    def count(self, conversation: Conversation) -> int:
        return len(conversation.messages)

    async def chat(
        self, conversation: Conversation, sampling: Sampling
    ) -> AsyncGenerator[Chunk, None]:
        await asyncio.sleep(0.01)
        yield Chunk(f"You asked: {conversation.messages[-1].content}")
        yield Chunk(finish_reason="stop", usage=Usage(1, 1))

    async def start(self) -> None:
        self.closed = False

    async def close(self) -> None:
        self.closed = True

    def health(self) -> Literal["ready", "starting", "failed"]:
        return "failed" if self.closed else "ready"


def stub(options: Mapping[str, Any]) -> None:
    """The server's process."""
    values = {
        "folder": Path(options["folder"]),
        "bot": {"name": "library", "purpose": "x"},
        "guard": {"personal": False, "links": ["*"]},
        "channels": options["channels"],
    }
    spec = Spec.model_validate(values)
    bot = Bot(spec, Echo(), "r", "d")
    app = create_app(bot, Database(options["place"]), spec)
    serve(
        app,
        "127.0.0.1",
        options["port"],
        on_ready=lambda address: print(json.dumps({"address": address}), flush=True),
    )


class Process:
    """A program that says a line of JSON when it is ready."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = command, dict(os.environ) | dict(environment)
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
        self.told: dict[str, Any] = {}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._log.seek(0)
            raise RuntimeError(self._log.read()[-3000:])
        self.told = json.loads(line)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def complaints(self) -> Counter[str]:
        """The ends of tracebacks, by how often."""
        self._log.seek(0)
        lines = [line for line in self._log.read().splitlines() if "Error" in line[:60]]
        return Counter(lines)


class Scene:
    """One channel: the simulator, the server, and the questions."""

    def __init__(self, kind: str, folder: Path, place: str, options: argparse.Namespace) -> None:
        self._kind, self._options = kind, options
        command = [sys.executable, "-m", "chatwright.cli", "channel", "simulate"]
        self._port = free_port()
        to = f"http://127.0.0.1:{self._port}"
        self._simulator = Process([*command, "--port", "0", "--to", to, "--json"], {})
        told = self._simulator.told["vendors"][kind]
        self._control = httpx.Client(
            base_url=f"{self._simulator.told['origin']}/control/{kind}/", timeout=60
        )
        channel = {"kind": kind, **told["options"]}
        values = {"folder": str(folder), "place": place, "port": self._port}
        given = json.dumps({**values, "channels": {kind: channel}})
        command = [sys.executable, __file__, "--stub", given]
        self._server = Process(command, told["environment"])
        self.kills = 0

    def close(self) -> None:
        self._control.close()
        self._server.kill()
        self._simulator.kill()
        for line, count in self._server.complaints().most_common(5):
            print(f"  {count} x {line}")

    def run(self) -> dict[str, Any]:
        # Vendors repeat for days; here a minute is an hour of theirs.
        rules = {"duplicates": 0.2, "reordered": 0.1, "errors": 0.05, "hurry": 20.0}
        self._ask("PATCH", "rules", rules)
        self._say()
        self._settle()
        return self._figures() | self._forged()

    def _say(self) -> None:
        """Let people write, and kill the server meanwhile."""
        count, rate = self._options.events, self._options.rate
        chances = random.Random(self._options.seed)
        kills = sorted(chances.random() * count / rate for _ in range(self._options.kills))
        people, began, said = max(1, count // PER_PERSON), time.monotonic(), 0
        while said < count or kills:
            passed = time.monotonic() - began
            if kills and passed >= kills[0]:
                self._server.kill()
                self._server.start()
                self.kills += 1
                kills.pop(0)
            elif said < count and passed >= said / rate:
                for n in range(said, min(said + STEP, count)):
                    act = {"person": f"p{n % people}", "text": f"question {n}."}
                    self._ask("POST", "say", act)
                said += STEP
            else:
                time.sleep(0.02)

    def _settle(self) -> None:
        """Wait until all is answered, or nothing new comes."""
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < PATIENCE:
            report = self._ask("GET", "report")
            if report["sent"] != seen:
                seen, since = report["sent"], time.monotonic()
            if report["waiting"] == 0 and time.monotonic() - since > 5 and not self._missing():
                return
            time.sleep(1)

    def _answers(self) -> Counter[str]:
        lines = self._ask("GET", "lines?who=bot")["lines"]
        texts = [line["text"] for line in lines if not line["uncertain"]]
        return Counter(text for text in texts if "question" in text)

    def _missing(self) -> set[str]:
        known = self._answers()
        events = self._ask("GET", "events")["events"]
        asked = {event["text"] for event in events if event["acknowledged"] and event["text"]}
        return {text for text in asked if f"You asked: {text}" not in known}

    def _figures(self) -> dict[str, Any]:
        answers, report = self._answers(), self._ask("GET", "report")
        doubled = sum(count - 1 for count in answers.values())
        return {
            "events": report["events"],
            "acknowledged": report["acknowledged"],
            "lost": len(self._missing()),
            "kills": self.kills,
            "doubled": doubled,
            "doubled_per_kill": round(doubled / self.kills, 3) if self.kills else 0.0,
            "ack_p50_ms": report["ack_p50_ms"],
            "ack_p99_ms": report["ack_p99_ms"],
            "deliveries": report["attempts"],
            "answers": report["answers"],
            "refused": report["refused"],
        }

    def _forged(self) -> dict[str, Any]:
        found, tried = 0, 0
        for kind in FORGERIES:
            if kind == "body" and self._kind == "telegram":
                continue  # its header is a secret, and signs no body
            act = {"person": "mallory", "text": "{n}", "kind": kind, "count": 25}
            reply = self._control.post("forge", json=act)
            if reply.status_code == 400:  # it signs no such thing
                continue
            found += reply.json()["admitted"]
            tried += sum(reply.json()["statuses"].values())
        return {"bad_signatures": tried, "bad_signatures_admitted": found}

    def _ask(self, method: str, what: str, body: Any = None) -> dict[str, Any]:
        reply = self._control.request(method, what, json=body)
        reply.raise_for_status()
        found: dict[str, Any] = reply.json()
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--channels", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--postgres", action="store_true", help="the store in PostgreSQL")
    parser.add_argument("--stub", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stub:
        stub(json.loads(options.stub))
        return
    print(machine.header())
    bin, found = programs(), dict[str, dict[str, Any]]()
    assert bin is not None or not options.postgres, "PostgreSQL is not installed"
    server = Postgres(bin) if options.postgres and bin is not None else None
    try:
        if server is not None:
            server.start()
        for kind in options.channels:
            with tempfile.TemporaryDirectory() as folder:
                place = server.new_database() if server else f"{folder}/store.db"
                scene = Scene(kind, Path(folder), place, options)
                try:
                    found[kind] = scene.run()
                finally:
                    scene.close()
            print(f"{kind}: {json.dumps(found[kind])}", flush=True)
    finally:
        if server is not None:
            server.remove()
    kills = sum(one["kills"] for one in found.values())
    doubled = sum(one["doubled"] for one in found.values())
    summary = {
        "events": sum(one["events"] for one in found.values()),
        "lost": sum(one["lost"] for one in found.values()),
        "doubled_per_kill": round(doubled / kills, 3) if kills else 0.0,
        "kills": kills,
        "ack_p99_ms": max(one["ack_p99_ms"] for one in found.values()),
        "bad_signatures": sum(one["bad_signatures"] for one in found.values()),
        "bad_signatures_admitted": sum(one["bad_signatures_admitted"] for one in found.values()),
    }
    print(json.dumps(summary | {"channels": found}))


if __name__ == "__main__":
    main()
