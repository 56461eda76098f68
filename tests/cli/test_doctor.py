"""Each fault is made, and found by its name with a fix; a healthy bot has none."""

from __future__ import annotations

import json
import os
import resource
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest
from sqlalchemy import insert
from tests.cli.conftest import Command
from tests.postgres import Postgres

from chatwright.cli import check_machine, check_store, main
from chatwright.cli.checks import FAULTS
from chatwright.cli.doctor import found
from chatwright.spec import load_spec
from chatwright.store import Conversations, Database
from chatwright.store.channel_tables import channel_events, channel_outbox
from chatwright.store.console_tables import samples
from chatwright.store.migrations import STEPS, migrate
from chatwright.store.secret import find_secret
from chatwright.store.tables import clocks, ledger

Findings = list[dict[str, str]]
Ask = Callable[..., Findings]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bot that answers from documents, promoted, with a store in use and a backup."""
    folder = tmp_path_factory.mktemp("doctor") / "well"

    def verb(*line: object) -> None:
        with suppress(SystemExit):  # what failed is missing below
            main([str(part) for part in line])

    verb("init", folder, "--purpose", "Helps.", "--retrieval")
    (folder / "knowledge" / "a.md").write_text("# Hours\n\nThe hall is open on Friday.\n")
    case = {"id": "a", "question": "When is the hall open?", "must": ["Friday"]}
    (folder / "tests" / "cases.jsonl").write_text(json.dumps(case) + "\n")
    verb("up", folder, "--no-serve")
    database = Database(folder / ".chatwright" / "store.db")
    Conversations(database).create("well", "ann")
    database.close()
    find_secret(folder / ".chatwright")
    verb("backup", folder)
    return folder


@pytest.fixture
def well(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "well"))


@pytest.fixture
def ask(run: Command, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What is not fine, by doctor's own report; the exit code fits it."""
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def asked(folder: Path, *options: object) -> Findings:
        ran = run("doctor", folder, *options, "--json")
        findings: Findings = ran.values["findings"]
        problems = [one for one in findings if one["state"] == "problem"]
        assert ran.code == (1 if problems else 0), ran.err
        assert {one["fault"] for one in findings} <= FAULTS.keys()
        return [one for one in findings if one["state"] != "ok"]

    return asked


def only(findings: Findings, fault: str, state: str = "problem") -> dict[str, str]:
    """The one of that name; each says a fix."""
    mine = [one for one in findings if one["fault"] == fault]
    assert mine, f"{fault} was not found, but {[one['fault'] for one in findings]}"
    assert mine[0]["state"] == state
    assert mine[0]["hint"], f"{fault} says no fix"
    return mine[0]


def write(folder: Path, text: str) -> None:
    path = folder / "bot.toml"
    path.write_text(path.read_text() + text)


def store(folder: Path) -> Database:
    return Database(folder / ".chatwright" / "store.db")


TOOLS = {"package", "page", "compiler"}  # of this machine, not of the bot


def test_a_healthy_bot_has_no_fault(ask: Ask, well: Path) -> None:
    assert [one for one in ask(well) if one["fault"] not in TOOLS] == []


def test_no_bot(ask: Ask, tmp_path: Path) -> None:
    only(ask(tmp_path), "spec")


def test_unknown_key(ask: Ask, well: Path) -> None:
    write(well, "\n[server]\nprot = 9000\n")
    assert "port" in only(ask(well), "spec")["hint"] + only(ask(well), "spec")["what"]


def test_nothing_to_answer_from(ask: Ask, well: Path) -> None:
    (well / "knowledge" / "a.md").unlink()
    only(ask(well), "data")


def test_missing_package() -> None:
    found = check_machine.package("no_such_package", "trying", "pip install it")
    assert (found.state, found.fault, found.hint) == ("problem", "package", "pip install it")


def test_missing_extra_of_the_database(
    ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@127.0.0.1:1/x")
    monkeypatch.setattr(
        check_store, "package", lambda _, *rest: check_machine.package("no_psycopg", *rest)
    )
    assert "postgres" in only(ask(well), "package")["hint"]


def test_wrong_version(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = check_machine.version
    monkeypatch.setattr(check_machine, "version", lambda n: "1.13.1" if n == "torch" else really(n))
    assert "torch 1.13.1" in only(ask(well), "version")["what"]


def test_page_and_compiler(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_machine, "WEB", well)
    monkeypatch.setenv("PATH", "")
    findings = ask(well)
    assert only(findings, "page", "note")["hint"] == "make web"
    assert any(one["fault"] == "compiler" for one in findings)


def test_disk_nearly_full(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_machine.shutil, "disk_usage", lambda _: Usage)
    only(ask(well), "disk")


class Usage:
    free = 500_000_000


def test_too_few_descriptors(ask: Ask, well: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        assert "ulimit" in only(ask(well), "descriptors")["hint"]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_memory_too_small(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small:
        total = 200_000_000

    monkeypatch.setattr(psutil, "virtual_memory", Small)
    only(ask(well), "memory")


def test_missing_secret(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THE_JUDGE", raising=False)
    write(well, '\n[judge]\nmodel = "big"\napi_key_env = "THE_JUDGE"\n')
    assert "THE_JUDGE" in only(ask(well), "secret-missing", "note")["what"]
    monkeypatch.setenv("THE_JUDGE", "x")
    assert not [one for one in ask(well) if one["fault"] == "secret-missing"]


def test_missing_secret_of_a_channel(ask: Ask, well: Path) -> None:
    write(well, "\n[channels.telegram]\n")
    assert "channel telegram" in only(ask(well), "secret-missing", "note")["what"]


def test_wrong_secret(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATWRIGHT_SECRET", "short")
    only(ask(well), "secret-wrong")


def test_secret_that_others_can_read(ask: Ask, well: Path) -> None:
    (well / ".chatwright" / "secret").chmod(0o644)
    assert "chmod 600" in only(ask(well), "permissions")["hint"]
    (well / ".chatwright" / "secret").chmod(0o600)
    (well / ".chatwright" / "store.db").chmod(0o640)
    assert "store.db" in only(ask(well), "permissions")["what"]


@pytest.fixture
def other_program() -> Iterator[int]:
    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'{"name": "something else"}'
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Says) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_port_in_use(ask: Ask, well: Path, other_program: int) -> None:
    write(well, f"\n[server]\nport = {other_program}\n")
    only(ask(well), "port")


def test_read_only_folder(ask: Ask, well: Path) -> None:
    if os.geteuid() == 0:
        bound = subprocess.run(["mount", "--bind", well, well], capture_output=True, check=False)
        if bound.returncode:
            pytest.skip("this machine does not allow mounts")
        subprocess.run(["mount", "-o", "remount,ro,bind", well], check=True)
    else:
        (well / ".chatwright").chmod(0o500)
    try:
        only(ask(well), "read-only")
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", well], check=True)
        else:
            (well / ".chatwright").chmod(0o700)


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ('trusted_proxies = ["0.0.0.0/0"]', "problem"),
        ('host = "0.0.0.0"', "note"),
        ('allow_hosts = ["bot.example.org"]', "note"),
        ('trusted_proxies = ["127.0.0.1"]', "problem"),
    ],
)
def test_proxies_and_hosts(ask: Ask, well: Path, settings: str, state: str) -> None:
    write(well, f"\n[server]\nport = 0\n{settings}\n")
    only(ask(well), "address", state)


def certificate(folder: Path, days: int) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    made = [*command, "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*made, "-days", str(max(days, 1))], check=True, capture_output=True)
    again = ["openssl", "x509", "-in", folder / "cert.pem"]
    if days < 1:  # signed once more, for a time that has passed
        subprocess.run(
            [*again, "-signkey", folder / "key.pem", "-days", "-1", "-out", folder / "cert.pem"],
            check=True,
            capture_output=True,
        )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(("days", "words"), [(0, "has expired"), (5, "expires in"), (90, "")])
def test_certificate(ask: Ask, well: Path, days: int, words: str) -> None:
    certificate(well, days)
    write(well, '\n[server]\ntls_cert = "cert.pem"\ntls_key = "key.pem"\n')
    findings = ask(well)
    if words:
        assert words in only(findings, "certificate")["what"]
    else:
        assert not [one for one in findings if one["fault"] == "certificate"]


def test_public_address_without_https(ask: Ask, well: Path, other_program: int) -> None:
    found = only(ask(well, "--address", f"https://127.0.0.1:{other_program}"), "certificate")
    assert "does not speak https" in found["what"]


def test_release_that_was_changed(ask: Ask, well: Path) -> None:
    (manifest,) = (well / ".chatwright" / "releases").glob("*/release.json")
    manifest.write_text(manifest.read_text().replace("Helps.", "Harms."))
    only(ask(well), "release")


def test_no_release(ask: Ask, well: Path) -> None:
    shutil.rmtree(well / ".chatwright" / "deployments")
    only(ask(well), "no-release", "note")


def test_no_calibration(ask: Ask, well: Path) -> None:
    shutil.rmtree(well / ".chatwright" / "calibrations")
    only(ask(well), "calibration")


def test_index_older_than_the_documents(ask: Ask, well: Path) -> None:
    later = time.time() + 60
    os.utime(well / "knowledge" / "a.md", (later, later))
    assert "knowledge sync" in only(ask(well), "index", "note")["hint"]


def test_no_backup_and_old_ones(ask: Ask, well: Path) -> None:
    (copy,) = (well / ".chatwright" / "backups").iterdir()
    noted = well / ".chatwright" / "backed-up"
    before = time.time() - 10 * 86_400
    os.utime(noted, (before, before))  # the copy itself may have been changed since: by an erasure
    assert "10 days old" in only(ask(well), "backups", "note")["what"]
    noted.unlink()
    os.utime(copy, (before + 86_400, before + 86_400))
    assert "9 days old" in only(ask(well), "backups", "note")["what"]
    copy.unlink()
    assert "no backup" in only(ask(well), "backups", "note")["what"]


def test_store_on_a_disk_that_is_forgotten(
    ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DYNO", "web.1")
    assert "Heroku" in only(ask(well), "ephemeral")["what"]
    monkeypatch.delenv("DYNO")
    monkeypatch.setattr(check_store, "disk_kind", lambda _: "tmpfs")
    assert "in memory" in only(ask(well), "ephemeral")["what"]


def test_kind_of_a_disk() -> None:
    assert check_store.disk_kind(Path("/proc/self")) == "proc"


def test_several_machines_on_a_file(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = store(well)
    with database.write() as connection:
        for name in ("a", "b"):
            row = {"minute": int(time.time() // 60), "process": name, "machine": name}
            row |= {"cpu": 0.0, "memory": 0.0, "resident": 1, "running": 0, "disk": 0.0}
            connection.execute(insert(samples).values(row))
    database.close()
    assert "2 machines" in only(ask(well), "several")["what"]
    monkeypatch.setattr(check_store, "disk_kind", lambda _: "nfs4")
    assert "PostgreSQL" in FAULTS["several"][1]
    assert any("network disk" in one["what"] for one in ask(well))


def test_dead_letters(ask: Ask, well: Path) -> None:
    database = store(well)
    values = {"channel": "slack", "id": "1", "state": "dead"}
    with database.write() as connection:
        for table in (channel_events, channel_outbox):
            blank = {
                column.name: 0 if column.type.python_type in (int, float) else ""
                for column in table.columns
                if not column.nullable
            }
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            connection.execute(insert(table).values(blank | values))
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    database.close()
    assert len([one for one in ask(well) if one["fault"] == "dead-letters"]) == 2


def test_scheduled_job_without_a_leader(ask: Ask, well: Path) -> None:
    write(well, '\n[improve]\nevery = "1d"\n')
    folder = well / ".chatwright" / "improve"
    folder.mkdir(exist_ok=True)
    plan = {"every": "1d", "due": "2026-01-01T00:00:00.000Z"}
    (folder / "due.json").write_text(json.dumps(plan))
    assert "chatwright serve" in only(ask(well), "scheduled")["hint"]


def test_logs_that_grow(ask: Ask, well: Path) -> None:
    folder = well / ".chatwright" / "logs"
    folder.mkdir(exist_ok=True)
    with (folder / "server-2026-11-28.log").open("wb") as file:
        file.truncate(2_000_000_000)
    os.utime(folder / "server-2026-11-28.log", (1e9, 1e9))
    found = [one["what"] for one in ask(well) if one["fault"] == "logs"]
    assert len(found) == 2 and "2,000 MB" in found[0] and "older than" in found[1]


def test_older_newer_and_half_upgraded_stores(ask: Ask, well: Path) -> None:
    path = well / ".chatwright" / "store.db"
    path.unlink()
    database = Database(path, as_is=True)
    with database.alone() as connection:
        migrate(connection, STEPS[:5])
    assert "chatwright upgrade" in only(ask(well), "database-old", "note")["hint"]
    with database.alone() as connection:
        connection.exec_driver_sql("CREATE TABLE reviews (id TEXT)")
    assert "reviews" in only(ask(well), "database-half")["what"]
    with database.alone() as connection:
        connection.exec_driver_sql("DROP TABLE reviews")
        migrate(connection)
        row = {"number": len(STEPS) + 1, "name": "later", "applied_at": "2030"}
        connection.execute(insert(ledger).values(row))
    only(ask(well), "database-newer")
    database.close()


def test_a_clock_that_was_set(ask: Ask, well: Path) -> None:
    check = store(well)
    with check.write() as connection:
        boot, shift = check_store.here()
        connection.execute(insert(clocks).values(boot=boot, shift=shift - 3600))
    check.close()
    assert "+3600 s" in only(ask(well), "clock", "note")["what"]


def test_a_database_that_is_away(ask: Ask, well: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DATABASE_URL", f"postgresql://x@127.0.0.1:{unused.getsockname()[1]}/x")
        only(ask(well), "database-away")


def test_a_clock_that_is_not_the_databases(
    ask: Ask, well: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    Database(url).close()
    write(well, f'\n[server]\ndatabase = "{url}"\n')
    assert not [one for one in ask(well) if one["fault"] not in TOOLS]
    really = time.time
    monkeypatch.setattr(check_store.time, "time", lambda: really() + 90)
    assert "+90 s" in only(ask(well), "clock")["what"]


def test_every_fault_has_a_test_and_a_fix() -> None:
    text = Path(__file__).read_text()
    without = [name for name in FAULTS if f'"{name}"' not in text]
    assert not without, f"no test makes these faults: {without}"
    assert len(FAULTS) >= 20
    assert all(what and fix for what, fix in FAULTS.values())


def test_it_changes_nothing(well: Path) -> None:
    (well / ".chatwright" / "store.db").unlink()
    before = {path: path.stat().st_mtime_ns for path in well.rglob("*") if path.is_file()}
    assert list(found(well))
    assert load_spec(well).bot.name == "well"
    after = {path: path.stat().st_mtime_ns for path in well.rglob("*") if path.is_file()}
    assert before == after
