"""`chatwright doctor`: what this machine and a bot folder lack, with the line that mends it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import typer

from chatwright import __version__
from chatwright.cli.show import Folder, Json, Screen
from chatwright.core.errors import ChatwrightError
from chatwright.data.documents import owners_files
from chatwright.data.readers import files
from chatwright.release.registry import Registry
from chatwright.server.static import WEB
from chatwright.spec import Spec, load_spec

app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
State = Literal["ok", "note", "problem"]
Finding = tuple[State, str, str]
MARK = {"ok": "ok", "note": "--", "problem": "!!"}
FREE_GB = 2


@app.command(epilog="Example: chatwright doctor mybot")
def doctor(folder: Folder = Path(), as_json: Json = False) -> None:
    """Check this machine and a bot folder; ends with 1 when something must be mended."""
    screen = Screen(as_json)
    findings = [*_machine(), *_bot(folder)]
    for state, what, hint in findings:
        screen.say(f"{MARK[state]}  {what}" + (f"  -> {hint}" if hint else ""))
    rows: list[dict[str, Any]] = [{"state": s, "what": w, "hint": h} for s, w, h in findings]
    screen.result({"version": __version__, "findings": rows})
    if any(state == "problem" for state, _, _ in findings):
        raise typer.Exit(1)


def _machine() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield "ok", f"chatwright {__version__}, Python {version}, {os.cpu_count()} cores", ""
    yield _package("openvino_genai", "serving", "pip install chatwright")
    yield _package("torch", "training", "pip install 'chatwright[train]'", needed=False)
    compiler = next((c for c in ("c++", "g++", "clang++") if shutil.which(c)), None)
    if compiler:
        yield "ok", f"C++ compiler: {compiler}", ""
    else:
        yield "note", "no C++ compiler: training runs uncompiled", ""
    page = (WEB / "index.html").exists()
    yield ("ok", "web page: built", "") if page else ("note", "web page: not built", "make web")
    free = shutil.disk_usage(".").free / 1e9
    yield ("ok" if free > FREE_GB else "problem"), f"{free:.1f} GB free on this disk", ""


def _package(name: str, purpose: str, hint: str, needed: bool = True) -> Finding:
    if importlib.util.find_spec(name) is not None:
        return "ok", f"{name}: installed ({purpose})", ""
    return ("problem" if needed else "note"), f"{name}: missing ({purpose})", hint


def _bot(folder: Path) -> Iterator[Finding]:
    try:
        spec = load_spec(folder)
    except ChatwrightError as error:
        yield "problem", error.problem, error.next_step
        return
    yield "ok", f"bot.toml: {spec.bot.name}", ""
    yield from _data(spec)
    yield from _release(spec)
    with socket.socket() as probe:
        probe.settimeout(0.5)
        used = probe.connect_ex((spec.server.host, spec.server.port)) == 0
    place = f"port {spec.server.port} on {spec.server.host}"
    yield ("note", f"{place} is in use", "--port") if used else ("ok", f"{place} is free", "")


def _data(spec: Spec) -> Iterator[Finding]:
    if spec.model.kind == "hosted":
        key = spec.model.api_key_env
        known = bool(os.environ.get(key))
        yield (
            ("ok" if known else "note"),
            f"hosted model; {key} is {'' if known else 'not '}set",
            "",
        )
        return
    documents = sum(1 for _ in owners_files(spec))
    if spec.model.kind == "retrieval":
        yield _documents(spec, documents)
        return
    try:
        found = files([spec.path(path) for path in spec.data.paths])
    except ChatwrightError as error:
        yield "problem", error.problem, error.next_step
        return
    if found:
        yield "ok", f"{len(found)} data files", ""
    elif documents and "kind" not in spec.model.model_fields_set:
        yield "note", f"no data files: it answers from its {documents:,} documents alone", ""
    else:
        yield "problem", "no data files", f"chatwright import FILE --bot {spec.folder}"


def _documents(spec: Spec, count: int) -> Finding:
    if count or spec.knowledge.urls:
        return "ok", f"{count:,} documents to answer from, and no model", ""
    return "problem", "no documents to answer from", f"put some into {spec.path('knowledge')}"


def _release(spec: Spec) -> Iterator[Finding]:
    try:
        current = Registry(spec).current()
    except ChatwrightError as error:
        yield "problem", error.problem, error.next_step
        return
    if current is None:
        yield "note", "no promoted release yet", f"chatwright up {spec.folder}"
    else:
        yield "ok", f"release {current[1].id} is promoted and whole", ""
