"""A real PostgreSQL of the tests' own: a folder, a socket and a port of its own, gone afterwards.

The programs are Debian's (package `postgresql`), or whatever is found on PATH. The server refuses to run
as root, so there it runs as another user. Nothing is synced to the disk: the folder outlives no test.
"""

from __future__ import annotations

import itertools
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

USERS = ("postgres", "nobody")
CONF = """
listen_addresses = '127.0.0.1'
fsync = off
synchronous_commit = on
full_page_writes = off
max_connections = 60
shared_buffers = 32MB
"""


def programs() -> Path | None:
    """The folder of the newest `initdb`, or None where there is no PostgreSQL."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0),
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A server that can be stopped, frozen and started again; every database is made from nothing."""

    def __init__(self, bin: Path) -> None:
        self._bin = bin
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.port = free_port()
        self.user = self._other_user()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        if self.user:
            shutil.chown(self.folder, self.user)
        self._data = self.folder / "data"
        options = ["-D", str(self._data), "-U", "chat", "-A", "trust", "-N", "-E", "UTF8"]
        self._run("initdb", *options, "--locale=C.UTF-8")
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.write(f"{CONF}port = {self.port}\nunix_socket_directories = '{self.folder}'\n")

    def url(self, database: str = "postgres", *, port: int | None = None) -> str:
        return f"postgresql://chat@127.0.0.1:{port or self.port}/{database}"

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"test_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} STRATEGY file_copy")
        return self.url(name)

    def sql(self, statement: str, database: str = "postgres") -> str:
        command = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement, self.url(database)]
        return self._run(*command).strip()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self._data],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._as_user(),
        )
        ready = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + 30
        while subprocess.run(ready, check=False).returncode != 0:
            assert self._process.poll() is None, "PostgreSQL ended while it started"
            assert time.monotonic() < until
            time.sleep(0.05)

    def stop(self) -> None:
        """At once, as after a crash; what was committed is there after the next start."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(20)
            self._process = None

    def freeze(self) -> None:
        """It is there, takes connections in the kernel, and answers nothing."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal_all(self, sign: int) -> None:
        assert self._process is not None
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        for pid in (self._process.pid, *map(int, listing.stdout.split())):
            os.kill(pid, sign)

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._bin / program, *arguments],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **self._as_user(),
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    def _as_user(self) -> dict[str, object]:
        if not self.user:
            return {}
        entry = pwd.getpwnam(self.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _other_user(self) -> str:
        if os.geteuid() != 0:
            return ""
        known = {entry.pw_name for entry in pwd.getpwall()}
        return next(name for name in USERS if name in known)
