"""What `chatwright doctor` looks at in a bot's folder: settings, secrets, files, what is promoted."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from chatwright.answer.open import calibrations
from chatwright.channels.channel import NotSet
from chatwright.channels.known import make
from chatwright.cli.checks import Finding, fine
from chatwright.core import logs
from chatwright.core.errors import ChatwrightError
from chatwright.data.documents import owners_files
from chatwright.data.readers import files
from chatwright.improve import schedule
from chatwright.knowledge.sync import index_file
from chatwright.release.registry import Deployment, Registry
from chatwright.server.hosts import is_loopback
from chatwright.spec import Spec
from chatwright.spec.variables import environment
from chatwright.store.secret import FILE as SECRET_FILE
from chatwright.store.secret import SHORTEST, VARIABLE

LOG_MB = 1000
OVERDUE = timedelta(hours=1)
EVERYBODY = ("0.0.0.0/0", "::/0")
PRIVATE = (SECRET_FILE, "store.db", "store.db-wal", "audit.key")


def bot(spec: Spec) -> Iterator[Finding]:
    yield fine("spec", f"bot.toml: {spec.bot.name}")
    yield from writable(spec)
    yield from data(spec)
    yield from secrets(spec)
    yield from permissions(spec)
    yield from release(spec)
    yield from index(spec)
    yield from port(spec)
    yield from address(spec)
    yield from scheduled(spec)
    yield from logged(spec)


def writable(spec: Spec) -> Iterator[Finding]:
    folder = spec.made if spec.made.exists() else spec.folder
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        yield fine("read-only", "the folder can be written to")
    except OSError as error:
        full = error.errno == errno.ENOSPC
        hint = "free some space" if full else f"mount it writable, or chown {folder}"
        what = f"{folder} cannot be written to ({error.strerror})"
        yield Finding("problem", "disk" if full else "read-only", what, hint)


def data(spec: Spec) -> Iterator[Finding]:
    if spec.model.kind == "hosted":
        return
    documents = sum(1 for _ in owners_files(spec))
    if spec.model.kind == "retrieval":
        if documents or spec.knowledge.urls:
            yield fine("data", f"{documents:,} documents to answer from, and no model")
        else:
            hint = f"put some into {spec.path('knowledge')}"
            yield Finding("problem", "data", "no documents to answer from", hint)
        return
    try:
        found = files([spec.path(path) for path in spec.data.paths])
    except ChatwrightError as error:
        yield Finding("problem", "data", error.problem, error.next_step)
        return
    if found:
        yield fine("data", f"{len(found)} data files")
    elif documents and "kind" not in spec.model.model_fields_set:
        what = f"no data files: it answers from its {documents:,} documents alone"
        yield Finding("note", "data", what)
    else:
        hint = f"chatwright import FILE --bot {spec.folder}"
        yield Finding("problem", "data", "no data files", hint)


def secrets(spec: Spec) -> Iterator[Finding]:
    for name in needed(spec):
        if os.environ.get(name, "").strip():
            yield fine("secret-missing", f"{name} is set")
        else:
            hint = f"export {name}=..., for whoever runs the server"
            yield Finding("note", "secret-missing", f"{name} is not set", hint)
    for name, options in spec.channels.items():
        try:
            make(name, options, os.environ)
        except NotSet as error:
            yield Finding(
                "note", "secret-missing", f"channel {name}: {error.problem}", error.next_step
            )
    given, path = os.environ.get(VARIABLE), spec.made / SECRET_FILE
    if given is None and not path.exists():
        return
    try:
        text = path.read_text() if given is None else given
    except OSError as error:
        what = f"{path} cannot be read ({error.strerror})"
        yield Finding("problem", "secret-wrong", what, f"chown it to who runs the server: {path}")
        return
    where = str(path) if given is None else VARIABLE
    if len(text.strip()) < SHORTEST:
        hint = f"set {VARIABLE} to {SHORTEST} random characters or more, the same for all servers"
        yield Finding("problem", "secret-wrong", f"{where} is shorter than {SHORTEST}", hint)
    else:
        yield fine("secret-wrong", f"{where}: long enough")


def needed(spec: Spec) -> list[str]:
    """Variables whose names stand in bot.toml, and that a server of this bot reads."""
    names = set(environment(spec))
    if spec.model.kind != "hosted":
        names -= {spec.model.api_key_env}
    if not spec.judge.model:
        names -= {spec.judge.api_key_env}
    used = {spec.model.api_key_env} if spec.model.kind == "hosted" else set()
    used |= {spec.judge.api_key_env} if spec.judge.model else set()
    return sorted(names | used)


def permissions(spec: Spec) -> Iterator[Finding]:
    for name in PRIVATE:
        path = spec.made / name
        if path.exists() and path.stat().st_mode & 0o077:
            what = f"{path} can be read by others of this machine"
            yield Finding("problem", "permissions", what, f"chmod 600 {path}")


def release(spec: Spec) -> Iterator[Finding]:
    try:
        current = Registry(spec).current()
    except ChatwrightError as error:
        yield Finding("problem", "release", error.problem, error.next_step)
        return
    if current is None:
        hint = f"chatwright up {spec.folder}"
        yield Finding("note", "no-release", "no promoted release yet", hint)
        return
    yield fine("release", f"release {current[1].id} is promoted and whole")
    yield calibration(spec, current[0])


def calibration(spec: Spec, deployment: Deployment) -> Finding:
    hint = (
        f"chatwright evaluate {spec.folder}, then chatwright release promote {deployment.release}"
    )
    if deployment.calibration is None:
        what = "the deployment has no calibration: all answers are given as if they were sure"
        return Finding("note", "calibration", what, hint)
    if not any(calibrations(spec).glob(f"{deployment.calibration}*")):
        what = f"calibration {deployment.calibration} of the deployment is not there"
        return Finding("problem", "calibration", what, hint)
    return fine("calibration", f"calibration {deployment.calibration}")


def index(spec: Spec) -> Iterator[Finding]:
    newest = max((path.stat().st_mtime for path in owners_files(spec)), default=0.0)
    path = index_file(spec)
    if not newest:
        return
    logged = path.with_name(f"{path.name}-wal")
    made = max((one.stat().st_mtime for one in (path, logged) if one.exists()), default=0.0)
    if newest <= made:
        yield fine("index", "the index is as new as the documents")
    else:
        what = "documents changed after they were indexed" if made else "documents are not indexed"
        hint = f"chatwright knowledge sync --bot {spec.folder}; a server does it by itself"
        yield Finding("note", "index", what, hint)


def port(spec: Spec) -> Iterator[Finding]:
    host, number = spec.server.host, spec.server.port
    place = f"port {number} on {host}"
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if not number or probe.connect_ex((host, number)) != 0:
            yield fine("port", f"{place} is free")
            return
    scheme = "https" if spec.server.tls_cert else "http"
    try:
        said = httpx.get(f"{scheme}://{host}:{number}/version", timeout=2, verify=False).json()
        ours = isinstance(said, dict) and "version" in said
    except (httpx.HTTPError, ValueError):
        ours = False
    if ours:
        yield fine("port", f"a chatwright answers on {place}")
    else:
        yield Finding("problem", "port", f"{place} is used by another program", "--port")


def address(spec: Spec) -> Iterator[Finding]:
    server = spec.server
    if set(server.trusted_proxies) & set(EVERYBODY):
        what = "[server] trusted_proxies believes everybody: callers choose their own address"
        yield Finding("problem", "address", what, "name the proxies' own addresses")
    elif not is_loopback(server.host) and not server.tls_cert and not server.trusted_proxies:
        what = f"{server.host} is open to other machines, unencrypted"
        hint = "[server] tls_cert and tls_key; or trusted_proxies, where a proxy speaks https"
        yield Finding("note", "address", what, hint)
    elif is_loopback(server.host) and server.allow_hosts and not server.trusted_proxies:
        what = (
            "allow_hosts names a host behind a proxy, and no proxy is trusted: all share one limit"
        )
        hint = 'trusted_proxies = ["127.0.0.1"]'
        yield Finding("note", "address", what, hint)
    elif server.trusted_proxies and is_loopback(server.host) and not server.allow_hosts:
        what = "a proxy is trusted, and no host is allowed: requests for its name get a 403"
        yield Finding("problem", "address", what, 'allow_hosts = ["the name that people type"]')


def scheduled(spec: Spec) -> Iterator[Finding]:
    due = schedule.due_at(spec) if spec.improve.every else ""
    if due and datetime.fromisoformat(due) + OVERDUE < datetime.now(UTC):
        what = f"the bot was to be improved at {due}, and no server has begun"
        yield Finding("problem", "scheduled", what, f"chatwright serve {spec.folder}")
    elif due:
        yield fine("scheduled", f"the bot is to be improved at {due}")


def logged(spec: Spec) -> Iterator[Finding]:
    folder = spec.made / logs.FOLDER
    found = [path for path in folder.glob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in found) / 1e6
    if size > LOG_MB:
        what = f"the logs take {size:,.0f} MB"
        yield Finding("note", "logs", what, "lower [privacy] log_days, and see what is logged")
    old = [path for path in found if _age(path) > timedelta(days=spec.privacy.log_days + 2)]
    if old and spec.privacy.log_days:
        what = f"{len(old)} logs are older than [privacy] log_days: no server removes them"
        yield Finding("note", "logs", what, f"chatwright person prune --bot {spec.folder}")


def _age(path: Path) -> timedelta:
    return timedelta(seconds=time.time() - path.stat().st_mtime)
