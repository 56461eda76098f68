"""Three servers on one PostgreSQL behind a balancer, against one; one killed; each upgraded in turn.

    python bench/scale.py [--seconds 20] [--users 20]

All on loopback, all real: `chatwright serve`, PostgreSQL, haproxy. Only the model is a stub, which answers
20 messages a second for each server. Rate and CPU are those of messages of `/v1`, whose callers' limits stand
in the database; a server is killed, and each is drained, under turns of the page: posted, answered by a task
that needs no reader, kept in the database, and read as an event stream. A turn takes three times the CPU, so
that 60 a second are more than two cores have; its CPU is compared at `TURNS` a second of each server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import machine
import psycopg
from scale_parts import LEAVE, RATE, Balancer, Machine, database_cpu, make_bot
from tests.postgres import Postgres, free_port, programs

MESSAGE = {"model": "mybot", "messages": [{"role": "user", "content": "the maps"}]}
TURNS = 4.0  # of the page, a second and server, where their CPU is compared
PEOPLE = 6  # at once, of each server, where it is killed or drained
ENDED = ("done", "interrupted", "error", "stopped")


@dataclass
class Load:
    """Visitors who ask, read the reply to its end, and ask again."""

    address: str
    users: int
    pause: float = 0.0  # seconds between a reply and the next question
    page: bool = True  # turns of the page, else messages of /v1
    done: int = 0
    acked: dict[str, str] = field(default_factory=dict)  # what was said in a message, by turn
    failed: Counter[str] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    stopping: bool = False

    async def run(self, seconds: float, during: Callable[[], None] | None = None) -> float:
        """How long it took; at the end every question that was asked is answered."""
        began = time.monotonic()
        tasks = [asyncio.create_task(self._person(number)) for number in range(self.users)]
        if during is not None:
            await asyncio.to_thread(during)
        await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))
        self.stopping = True
        took = time.monotonic() - began
        await asyncio.gather(*tasks)
        return took

    async def _person(self, number: int) -> None:
        if not self.page:
            await self._program()
            return
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            conversation, count = "", 0
            while not self.stopping:
                try:
                    if not conversation:
                        await client.get("/api/bot")
                        response = await client.post("/api/conversations", json={})
                        conversation = self._checked(response)["id"]
                    count += 1
                    await self._ask(client, conversation, f"question {number} {count} of a visitor")
                except httpx.HTTPError as error:
                    status = getattr(getattr(error, "response", None), "status_code", "")
                    self.failed[f"{type(error).__name__} {status}".strip()] += 1
                    conversation = ""
                    await asyncio.sleep(0.1)
                await asyncio.sleep(self.pause)

    async def _program(self) -> None:
        """Messages of /v1 over one connection, with little CPU of its own."""
        host, port = self.address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        body, cookie = json.dumps(MESSAGE), ""
        while not self.stopping:
            began = time.monotonic()
            lines = [
                f"POST /v1/chat/completions HTTP/1.1\r\nhost: {host}",
                f"content-length: {len(body)}",
            ]
            writer.write(
                "\r\n".join([*lines, f"content-type: application/json{cookie}", "", body]).encode()
            )
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
            fields = dict(line.split(": ", 1) for line in head[1:] if line)
            text = (await reader.readexactly(int(fields["content-length"]))).decode()
            if "set-cookie" in fields:
                cookie = "\r\ncookie: " + fields["set-cookie"].split(";")[0].upper().replace(
                    "=S", "=s"
                )
            if " 200 " not in head[0] or "You asked" not in text:
                self.failed[head[0]] += 1
            else:
                self._count(began)
        writer.close()

    async def _ask(self, client: httpx.AsyncClient, conversation: str, text: str) -> None:
        began = time.monotonic()
        path = f"/api/conversations/{conversation}/turns"
        turn = self._checked(await client.post(path, json={"content": text}))["turn_id"]
        self.acked[turn] = text
        async with client.stream("GET", f"/api/turns/{turn}/events") as response:
            response.raise_for_status()
            event = ""
            async for line in response.aiter_lines():
                event = line[7:] if line.startswith("event: ") else event
        if event != "done":
            self.failed[f"event {event}"] += 1
            return
        self._count(began)

    def _count(self, began: float) -> None:
        self.done += not self.stopping
        self.waited.append(time.monotonic() - began)

    def _checked(self, response: httpx.Response) -> Any:
        return response.raise_for_status().json()


class Scene:
    """A database, servers on it and a balancer before them; gone at the end."""

    def __init__(self, folder: Path, bot: Path, postgres: Postgres, count: int) -> None:
        self._postgres = postgres
        self.url = postgres.new_database()
        folder.mkdir()
        self.machines = [Machine(number, bot, self.url) for number in range(1, count + 1)]
        self.balancer = Balancer(folder, self.machines)

    def start(self) -> None:
        for one in self.machines:
            one.start()
        self.balancer.wait()

    def cpu(self) -> float:
        return sum(one.cpu() for one in self.machines) + self.database_cpu()

    def database_cpu(self) -> float:
        return database_cpu(self._postgres)

    def measure(self, users: int, seconds: float, **how: Any) -> dict[str, float]:
        count = users * len(self.machines)
        asyncio.run(Load(self.balancer.address, count, **how).run(3))  # connections, caches
        load = Load(self.balancer.address, count, **how)
        before = self.cpu()
        took = asyncio.run(load.run(seconds))
        cpu = self.cpu() - before
        if load.failed:
            raise SystemExit(f"Requests failed without any fault: {dict(load.failed)}")
        waited = sorted(load.waited)
        return {
            "per_second": load.done / took,
            "cpu_ms_per_message": 1000 * cpu / len(load.waited),
            "p95_s": waited[int(0.95 * len(waited))],
        }

    def killed(self, users: int, seconds: float) -> dict[str, Any]:
        """One dies of SIGKILL in mid-load. What was acknowledged and is not there is lost."""
        load = Load(self.balancer.address, users)

        def during() -> None:
            time.sleep(seconds / 2)
            self.machines[0].kill()

        asyncio.run(load.run(seconds, during))
        time.sleep(10)  # others mark what it left open within that time
        rows = self._rows()
        lost = [turn for turn, text in load.acked.items() if rows.get(turn, ("", ""))[0] != text]
        still = [turn for turn in load.acked if rows.get(turn, ("", ""))[1] not in ENDED]
        self.machines[0].start()
        broken = sum(rows[turn][1] == "interrupted" for turn in load.acked if turn in rows)
        return {
            "acked": len(load.acked),
            "acked_lost": len(lost) + len(still),
            "interrupted": broken,
            "failed_at_the_kill": dict(load.failed),
        }

    def _rows(self) -> dict[str, tuple[str, str]]:
        """What was asked, and how the reply ended, by turn."""
        query = (
            "SELECT reply.turn_id, question.content, reply.status FROM chatwright.messages reply"
            " JOIN chatwright.messages question ON question.id = reply.parent_id"
            " WHERE reply.role = 'assistant'"
        )
        with psycopg.connect(self.url) as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(query)}

    def rolled(self, users: int) -> dict[str, Any]:
        """Each is drained and started anew, one after another; whoever's request fails is counted."""
        load, codes = Load(self.balancer.address, users, pause=0.3), list[int]()

        def during() -> None:
            time.sleep(2)
            for one in self.machines:
                codes.append(one.drain())
                one.start()
                time.sleep(2)  # the balancer sees it, and sends it requests

        took = asyncio.run(load.run(0, during))
        return {
            "rolling_failed": sum(load.failed.values()),
            "rolling_kinds": dict(load.failed),
            "rolling_answered": len(load.waited),
            "rolling_s": round(took, 1),
            "exit_codes": codes,
        }

    def close(self) -> None:
        self.balancer.stop()
        for one in self.machines:
            one.kill()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--users", type=int, default=20, help="visitors for each server")
    options = parser.parse_args()
    print(machine.header("psycopg"))
    found: dict[str, Any] = {}
    bin = programs()
    if bin is None:
        raise SystemExit("This needs PostgreSQL: apt-get install postgresql")
    port = free_port()
    parts = Path(__file__).with_name("scale_parts.py")
    model = subprocess.Popen([sys.executable, parts, str(port)])
    postgres = Postgres(bin)
    try:
        postgres.start()
        with tempfile.TemporaryDirectory() as name:
            found = measured(Path(name), port, postgres, options)
    finally:
        postgres.remove()
        model.terminate()
        model.wait(10)
    print(json.dumps(found))


def measured(
    folder: Path, port: int, postgres: Postgres, options: argparse.Namespace
) -> dict[str, Any]:
    bot = folder / "bot" / "mybot"
    bot.parent.mkdir()
    make_bot(bot, port)
    figures, turns, rest = dict[int, Any](), dict[int, Any](), dict[str, Any]()
    for count in (1, 3):
        here = folder / f"of{count}"
        copy = here.with_name(f"bots{count}") / "mybot"
        copy.parent.mkdir()
        bot_copy(bot, copy)
        scene = Scene(here, copy, postgres, count)
        try:
            scene.start()
            figures[count] = scene.measure(options.users, options.seconds, page=False)
            print(f"{count} servers: {figures[count]}", flush=True)
            turns[count] = scene.measure(int(TURNS), options.seconds, pause=1.0)
            print(f"{count} servers, turns: {turns[count]}", flush=True)
            if count == 3:
                rest |= scene.killed(3 * PEOPLE, options.seconds)
                print(f"killed: {rest}", flush=True)
                rest |= scene.rolled(3 * PEOPLE)
        finally:
            scene.close()
    one, three = figures[1], figures[3]
    return {
        "one_per_second": round(one["per_second"], 2),
        "three_per_second": round(three["per_second"], 2),
        "one_cpu_ms": round(one["cpu_ms_per_message"], 2),
        "three_cpu_ms": round(three["cpu_ms_per_message"], 2),
        "cpu_per_turn_ratio": round(
            turns[3]["cpu_ms_per_message"] / turns[1]["cpu_ms_per_message"], 3
        ),
        "cap_per_server": RATE,
        "leave_seconds": LEAVE,
        **rest,
        "three_over_one": round(three["per_second"] / one["per_second"], 3),
        "cpu_per_message_ratio": round(three["cpu_ms_per_message"] / one["cpu_ms_per_message"], 3),
    }


def bot_copy(bot: Path, to: Path) -> None:
    subprocess.run(["cp", "-a", bot, to], check=True)


if __name__ == "__main__":
    main()
