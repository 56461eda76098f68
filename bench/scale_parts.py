"""What `scale.py` puts together: a slow model, servers, a balancer, and how much CPU they took."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
from tests.postgres import Postgres, free_port

from chatwright.cli import main as cli

RATE = 20.0  # messages a second of one server's model
LEAVE = 1.5  # seconds in which the balancer is to see that a server goes
WORDS = 12  # of a reply
SECRET = "a secret of the bench, which guards nothing"
SETTINGS = f"""
[server]
leave_seconds = {LEAVE}
trusted_proxies = ["127.0.0.1"]

[access]
visitors = true
keys = "off"

[limits]
requests_per_minute = 1000000
tokens_per_minute = 1000000000
visitor_writes_per_minute = 0
streams = 0
"""
# Health is asked five times a second; a request whose server cannot be connected to goes to another one.
# The cookie keeps a visitor at a server while that one lives: what streams from its own memory need not be
# read from the database.
BALANCER = """
global
    maxconn 4000
defaults
    mode http
    timeout connect 2s
    timeout client 120s
    timeout server 120s
    retries 3
    retry-on conn-failure
    option redispatch 1
    option http-server-close
frontend all
    bind 127.0.0.1:{port}
    default_backend servers
backend servers
    balance roundrobin
    option forwardfor
    cookie SERVER insert indirect nocache
    option httpchk
    http-check send meth GET uri /ready ver HTTP/1.1 hdr Host localhost
    http-check expect status 200
    default-server inter 200ms fastinter 100ms fall 2 rise 2
"""


class Model:
    """An OpenAI-compatible stub on a port of its own: one reply at a time for each key, `RATE` a second."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: dict[str, float] = {}

    async def run(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", self._port, backlog=512)
        async with server:
            await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                body = json.loads(await reader.readexactly(int(fields["content-length"])))
                await self._turn(fields.get("authorization", ""))
                self._say(writer, body["messages"][-1]["content"])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _turn(self, key: str) -> None:
        """Wait in line: a reply is done when those before it are, and its own time has passed."""
        now = time.monotonic()
        self._free[key] = max(now, self._free.get(key, 0.0)) + 1 / RATE
        await asyncio.sleep(self._free[key] - now)

    def _say(self, writer: asyncio.StreamWriter, question: str) -> None:
        words = f"You asked {question}".split(" ")[:WORDS]
        events = [{"choices": [{"index": 0, "delta": {"content": f"{w} "}}]} for w in words]
        events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        events.append({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 5}})
        data = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
        writer.write(f"{head}content-length: {len(data)}\r\n\r\n{data}".encode())


def make_bot(folder: Path, model_port: int) -> None:
    """A bot on the stub, evaluated and promoted by the verbs that everybody uses."""
    line = ["init", folder, "--purpose", "Helps readers.", "--topics", "books", "--declines", "law"]
    quiet(*line, "--hosted", "stub")
    path = folder / "bot.toml"
    url = f'base_url = "http://127.0.0.1:{model_port}/v1"\napi_key_env = "STUB_KEY"'
    text = path.read_text().replace('kind = "hosted"', f'kind = "hosted"\n{url}')
    path.write_text(text + SETTINGS)
    case = {"id": "a", "question": "Where are the maps?", "must": ["maps"]}
    (folder / "tests" / "cases.jsonl").write_text(json.dumps(case) + "\n")
    quiet("up", folder, "--no-serve")


def quiet(*arguments: object) -> None:
    """A verb, in this process; what it prints is not the bench's."""
    with (Path(os.devnull)).open("w") as nowhere:
        kept, sys.stdout = sys.stdout, nowhere
        try:
            cli([str(one) for one in (*arguments, "--json")])
        except SystemExit as end:
            if end.code:
                raise
        finally:
            sys.stdout = kept


class Machine:
    """One `chatwright serve`, with a copy of the bot's folder, as on a machine of its own."""

    def __init__(self, number: int, bot: Path, database: str) -> None:
        self.port = free_port()
        self.name = f"s{number}"
        self._folder = bot.with_name(self.name)
        shutil.copytree(bot, self._folder)
        self._environment = os.environ | {
            "DATABASE_URL": database,
            "CHATWRIGHT_SECRET": SECRET,
            "STUB_KEY": self.name,
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Come back when it answers."""
        command = [sys.executable, "-m", "chatwright.cli", "serve", str(self._folder)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), "--json"],
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        if not self.process.stdout.readline():
            raise SystemExit(f"{self.name} did not start.")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def drain(self) -> int:
        """SIGTERM; its exit code when it has gone."""
        return self._end(signal.SIGTERM)

    def _end(self, sign: int) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(sign)
        code = self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
        return code

    def cpu(self) -> float:
        return _cpu(psutil.Process(self.process.pid)) if self.process else 0.0


class Balancer:
    """haproxy before these servers."""

    def __init__(self, folder: Path, machines: list[Machine]) -> None:
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
        if program is None:
            raise SystemExit("This needs haproxy: apt-get install haproxy")
        self.port = free_port()
        lines = [f"    server {m.name} 127.0.0.1:{m.port} check cookie {m.name}" for m in machines]
        conf = folder / f"haproxy-{self.port}.cfg"
        conf.write_text(BALANCER.format(port=self.port) + "\n".join(lines) + "\n")
        self._process = subprocess.Popen([program, "-f", conf], stderr=subprocess.DEVNULL)
        self.address = f"http://127.0.0.1:{self.port}"

    def wait(self) -> None:
        """Until it sends requests somewhere."""
        until = time.monotonic() + 15
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.address}/health", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise SystemExit("The balancer sends nothing on.")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


def database_cpu(postgres: Postgres) -> float:
    """Seconds of PostgreSQL's processes by now, those that have ended with them."""
    found = [
        process
        for process in psutil.process_iter(["cmdline"])
        if str(postgres.folder) in " ".join(process.info["cmdline"] or ())
    ]
    return sum(_cpu(process, children=True) for process in found)


def _cpu(process: psutil.Process, children: bool = False) -> float:
    """Seconds of a process, and of its children, those that have ended included."""
    with process.oneshot():
        times = process.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in process.children(recursive=True) if children else ():
        try:
            own = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += own.user + own.system
    return float(total)


if __name__ == "__main__":
    asyncio.run(Model(int(sys.argv[1])).run())
